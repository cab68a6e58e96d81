package main

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"mirsad/ingest/spool/spooltest"
)

// TestFaultDamagedSpool flips four bytes of the spool's log while nothing runs: what is gone is missed, in the log, the
// metric and by verify, and the service goes on.
func TestFaultDamagedSpool(t *testing.T) {
	t.Parallel()
	database := startDatabase(t)
	p := serveWith(t, t.TempDir(), []string{"MIRSAD_CLICKHOUSE_URL=" + database.url})
	a := newAgencies(t, p)
	a.during(0, func() { time.Sleep(300 * time.Millisecond) })
	a.mustEqual("before")
	before := a.identities
	database.swallow()
	a.during(20_000, func() { time.Sleep(2 * time.Second) })
	p.kill9()

	spooltest.Damage(t, filepath.Join(p.data, "spool"))

	database.mend()
	p.restart()
	missing := int64(p.metric(regexp.MustCompile(`(?m)^mirsad_spool_missing_rows (\S+)$`)))
	p.settle()
	got := p.totals()
	if missing <= 0 || got.Identities <= before || got.Identities+missing != a.identities {
		t.Errorf("acknowledged %d, stored %d, said to be missing %d", a.identities, got.Identities, missing)
	}
	if words := p.words.String(); !strings.Contains(words, "acknowledged rows are missing") {
		t.Error("the log says nothing of what is missing")
	}
	out, words, code := runWith(t, p.data, p.environ, "verify")
	if code == exitDone || !strings.Contains(out, "missing: ") || !strings.Contains(words, "acknowledged rows are missing") {
		t.Errorf("verify: exit %d\n%s%s", code, out, words)
	}
}
