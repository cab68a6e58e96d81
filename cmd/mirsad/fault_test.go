package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"syscall"
	"testing"
	"time"

	"mirsad/internal/engine"
)

// The fault suite (docs/design.md#reliability): after every round, what was acknowledged, what is stored and what the
// rollup holds are the same. `make test` runs a few rounds of it, `make faults` shows them, `make soak` runs all.

// soaking reports whether the whole suite is asked for.
func soaking() bool { return os.Getenv("SOAK") != "" }

// rounds is how many of the whole suite's rounds are run.
func rounds(whole, short int) int {
	if soaking() {
		return whole
	}
	return short
}

// during runs an act while the agencies send as fast as they can, and lets them finish what they had begun.
func (a *agencies) during(perSecond int, act func()) {
	ctx, cancel := context.WithCancel(a.t.Context())
	done := make(chan struct{})
	go func() { a.load(ctx, perSecond); close(done) }()
	act()
	cancel()
	select {
	case <-done:
	case <-time.After(3 * time.Minute): // a body is tried for two
		a.t.Fatal("the agencies have not finished within three minutes what they had begun to send")
	}
}

func TestFaultKill(t *testing.T) {
	p := serve(t, t.TempDir())
	a := newAgencies(t, p)
	random := rand.New(rand.NewPCG(2016, 9))
	kills := []func(){p.kill9, p.killEngine, func() { p.killEngine(); p.kill9() }}
	names := []string{"the service", "the engine", "both"}
	for round := range rounds(100, 3) {
		which := round % len(kills)
		a.during(0, func() {
			time.Sleep(time.Duration(50+random.IntN(600)) * time.Millisecond)
			kills[which]()
			p.restart()
			time.Sleep(time.Duration(random.IntN(200)) * time.Millisecond)
		})
		a.mustEqual(fmt.Sprintf("round %d, kill -9 of %s", round+1, names[which]))
		if t.Failed() {
			return
		}
	}
}

func TestFaultSentAgain(t *testing.T) {
	p := serve(t, t.TempDir())
	a := newAgencies(t, p)
	for round := range rounds(20, 1) {
		a.during(0, func() { time.Sleep(1500 * time.Millisecond) })
		a.mustEqual(fmt.Sprintf("round %d", round+1))
		for range 2 { // three times in all
			a.resend(a.sent)
		}
		a.mustEqual("the same bodies three times")
		a.resend(rebatched(a.sent))
		a.mustEqual("the same events in other bodies")
	}
}

// resend sends bodies that were accepted before; nothing of them is new.
func (a *agencies) resend(bodies [][]byte) {
	for _, content := range bodies {
		entity := int(content[bytes.Index(content, []byte(`"subject":"e`))+len(`"subject":"e`)] - '0')
		for status := 0; status != http.StatusAccepted; {
			status, _ = a.send(entity, content)
		}
	}
}

// rebatched cuts the events of every two bodies of an entity into two others.
func rebatched(bodies [][]byte) [][]byte {
	byEntity := map[byte][][]byte{}
	for _, content := range bodies {
		entity := content[bytes.Index(content, []byte(`"subject":"e`))+len(`"subject":"e`)]
		byEntity[entity] = append(byEntity[entity], bytes.SplitAfter(bytes.TrimSpace(content), []byte("\n"))...)
	}
	var others [][]byte
	for _, lines := range byEntity {
		for at := 77; at+bodyEvents <= len(lines); at += bodyEvents {
			other := bytes.Clone(bytes.TrimSpace(bytes.Join(lines[at:at+bodyEvents], []byte("\n"))))
			others = append(others, other)
		}
	}
	return others
}

func TestFaultDatabaseAway(t *testing.T) {
	away, perSecond := 3*time.Second, 20_000
	if soaking() {
		away = 10 * time.Minute
	}
	database := startDatabase(t)
	p := serveWith(t, t.TempDir(), []string{"MIRSAD_CLICKHOUSE_URL=" + database.url})
	a := newAgencies(t, p)
	a.during(perSecond, func() { time.Sleep(time.Second) })
	a.mustEqual("before")

	database.cut()
	a.during(perSecond, func() { time.Sleep(away) })
	waiting := p.lag().SpoolEvents
	t.Logf("database away for %s: %d events wait in %d MB of the spool", away, waiting, p.lag().SpoolBytes/1_000_000)
	if waiting < int64(away.Seconds()*float64(perSecond)*0.8) {
		t.Errorf("%d events wait: fewer were taken than were sent", waiting)
	}
	database.mend()
	began := time.Now()
	for p.lag().SpoolEvents > 0 {
		if time.Since(began) > 5*time.Minute {
			t.Fatalf("the database is back for five minutes, and %d events still wait", p.lag().SpoolEvents)
		}
		time.Sleep(20 * time.Millisecond)
	}
	rate := float64(waiting) / time.Since(began).Seconds()
	t.Logf("drained at %.0f events/s, %.1f times the rate of arrival", rate, rate/float64(perSecond))
	if soaking() && rate < 5*float64(perSecond) {
		t.Errorf("drained at %.0f events/s, want five times the rate of arrival", rate)
	}
	a.mustEqual("database away for " + away.String())
}

func TestFaultDiskNearlyFull(t *testing.T) {
	p := serve(t, t.TempDir())
	a := newAgencies(t, p)
	a.during(0, func() { time.Sleep(300 * time.Millisecond) })
	a.mustEqual("before")
	p.kill9()
	p.environ, p.ready = []string{"MIRSAD_DISK_RESERVE_MB=1000000000"}, "/healthz" // it says that it takes nothing
	p.restart()
	content, _ := a.body(0)
	if status, answer := a.send(0, content); status != http.StatusServiceUnavailable {
		t.Errorf("below the reserve: %d %s, want 503", status, answer)
	}
	p.kill9()
	p.environ, p.ready = nil, ""
	p.restart()
	a.during(0, func() { time.Sleep(300 * time.Millisecond) })
	a.mustEqual("the disk nearly full, then not")
}

// TestFaultDiskFull fills a small disk to its last byte; it needs the right to mount one.
func TestFaultDiskFull(t *testing.T) {
	if !soaking() {
		t.Skip("mounts a disk: make soak")
	}
	disk := t.TempDir()
	if err := syscall.Mount("mirsad-test", disk, "tmpfs", 0, "size=2g"); err != nil {
		t.Skipf("a small disk can't be mounted here: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(disk, syscall.MNT_DETACH) })
	p := serveWith(t, filepath.Join(disk, "data"), []string{"MIRSAD_DISK_RESERVE_MB=50"})
	a := newAgencies(t, p)
	for round := range 3 {
		a.during(5_000, func() {
			time.Sleep(2 * time.Second)
			ballast := fillDisk(t, disk)
			time.Sleep(5 * time.Second)
			if err := os.Remove(ballast); err != nil {
				t.Error(err)
			}
			p.restart() // a service that could not write its log has ended, as it must
		})
		a.mustEqual(fmt.Sprintf("round %d, a full disk", round+1))
	}
}

// fillDisk leaves no byte free and returns the file that took them.
func fillDisk(t *testing.T, disk string) string {
	t.Helper()
	ballast := filepath.Join(disk, "ballast")
	file, err := os.Create(ballast)
	if err != nil {
		t.Fatal(err)
	}
	for size := 1 << 20; size > 0; {
		if _, err := file.Write(make([]byte, size)); err != nil {
			size /= 2
		}
	}
	_ = file.Close() // it is full
	return ballast
}

// A sender whose clock is a day behind is believed, one whose clock is a day ahead is told so; neither loses an event of others.
func TestFaultSendersClock(t *testing.T) {
	p := serve(t, t.TempDir())
	a := newAgencies(t, p)
	a.during(0, func() { time.Sleep(200 * time.Millisecond) })
	event := func(id string, at time.Time) string {
		return fmt.Sprintf(`{"specversion":"1.0","id":%q,"source":"/skew","type":"mirsad.usage.v1","time":%q,"subject":"e0-s0","data":{"channel":"web","stage":"complete"}}`,
			id, at.UTC().Format(time.RFC3339))
	}
	now := now(t)
	status, answer := p.post("/v1/events", "application/x-ndjson",
		[]byte(event("behind", now.Add(-24*time.Hour))+"\n"+event("ahead", now.Add(24*time.Hour))+"\n"+event("right", now)))
	if status != http.StatusAccepted || !bytes.Contains(answer, []byte(`"future_time"`)) || !bytes.Contains(answer, []byte(`"accepted":2`)) {
		t.Errorf("%d %s", status, answer)
	}
	a.identities, a.uses = a.identities+2, a.uses+2
	a.mustEqual("senders' clocks a day off")
}

// kill9 ends the service at once.
func (p *program) kill9() { p.kill() }

// killEngine ends the database at once; the service starts it again.
func (p *program) killEngine() {
	endpoint, err := engine.ReadEndpoint(p.data)
	if err != nil {
		return // it is being started: there is nothing to kill
	}
	_ = syscall.Kill(endpoint.PID, syscall.SIGKILL)
}

// restart starts the service again if it has ended, at another address.
func (p *program) restart() {
	p.t.Helper()
	select {
	case <-p.done:
		p.start()
	default:
	}
}

// TestVisibleSoon measures how long after its 202 an event is in the figures' rollups, at 5,000 events a second
// (docs/design.md#speed).
func TestVisibleSoon(t *testing.T) {
	if !soaking() {
		t.Skip("measures for a minute: make soak")
	}
	p := serve(t, t.TempDir())
	a := newAgencies(t, p)
	a.during(5_000, func() { time.Sleep(time.Minute) })
	a.mustEqual("5,000 events a second")
	within := p.metric(regexp.MustCompile(`(?m)^mirsad_ingest_visible_seconds_bucket\{le="5"\} (\S+)$`))
	all := p.metric(regexp.MustCompile(`(?m)^mirsad_ingest_visible_seconds_count (\S+)$`))
	t.Logf("%.0f of %.0f chunks were visible within 5 s", within, all)
	if all == 0 || within < 0.99*all {
		t.Errorf("%.0f of %.0f chunks were visible within 5 s, want 99 of 100", within, all)
	}
}
