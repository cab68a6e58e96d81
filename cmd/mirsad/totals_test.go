package main

import (
	"encoding/json"
	"time"
)

// totals is what mirsad verify --json prints: the two equalities of the store.
type totals struct {
	Identities    int64 `json:"identities"`
	Uses          int64 `json:"uses"`
	RollupEvents  int64 `json:"rollup_events"`
	RollupUses    int64 `json:"rollup_uses"`
	Statements    int64 `json:"statements"`
	StatementKeys int64 `json:"statement_keys"`
	DirtySlices   int64 `json:"dirty_slices"`
}

// lag is what the service says of what waits.
type lag struct {
	SpoolEvents  int64 `json:"spool_events"`
	SpoolBytes   int64 `json:"spool_bytes"`
	RollupsClean bool  `json:"rollups_clean"`
}

func (p *program) lag() lag {
	p.t.Helper()
	var now lag
	p.get("/v1/ingest/lag", &now)
	return now
}

// settle waits until everything acknowledged is in the database and in the rollup, and until figures know it.
func (p *program) settle() {
	p.t.Helper()
	eventually(p.t, "an empty spool and clean rollups", func() bool {
		lag := p.lag()
		return lag.SpoolEvents == 0 && lag.RollupsClean
	})
	time.Sleep(versionEvery + 200*time.Millisecond)
}

// totals reads the store's equalities.
func (p *program) totals() totals {
	p.t.Helper()
	out, words, code := runWith(p.t, p.data, p.environ, "verify", "--json")
	var got totals
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		p.t.Fatalf("mirsad verify: exit %d, %v\n%s%s", code, err, out, words)
	}
	return got
}

// mustAgree checks that raw facts and rollup say the same.
func (p *program) mustAgree() totals {
	p.t.Helper()
	got := p.totals()
	if got.Identities != got.RollupEvents || got.Uses != got.RollupUses || got.DirtySlices != 0 {
		p.t.Errorf("raw and rollup disagree: %+v", got)
	}
	return got
}
