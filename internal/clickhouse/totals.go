package clickhouse

import (
	"context"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// Totals is how much the store holds. Raw facts and rollup agree when Identities = RollupEvents, Uses = RollupUses
// and no slice is dirty; a voided identity counts in both, with no use.
type Totals struct {
	Identities    int64 `json:"identities"`     // distinct usage events
	Uses          int64 `json:"uses"`           // sum of their counts
	RollupEvents  int64 `json:"rollup_events"`  // the same identities in the rollup
	RollupUses    int64 `json:"rollup_uses"`    // the same counts in the rollup
	Statements    int64 `json:"statements"`     // versions stored
	StatementKeys int64 `json:"statement_keys"` // numbers stated
	Rollouts      int64 `json:"rollouts"`       // distinct rollout events
	Milestones    int64 `json:"milestones"`     // distinct milestone events
	Refusals      int64 `json:"refusals"`
	Receipts      int64 `json:"receipts"`
	DirtySlices   int64 `json:"dirty_slices"` // waiting to be recomputed
}

// Totals counts everything anew; it reads all raw usage.
func (db *Readings) Totals(ctx context.Context) (Totals, error) {
	var totals Totals
	err := db.each(ctx, worker, db.queries.named("totals.Totals"), func(r *record) {
		totals = Totals{
			Identities: r.exact(), Uses: r.exact(), RollupEvents: r.exact(), RollupUses: r.exact(),
			Statements: r.int64(), StatementKeys: r.int64(), Rollouts: r.int64(), Milestones: r.int64(),
			Refusals: r.int64(), Receipts: r.int64(), DirtySlices: r.int64(),
		}
	})
	return totals, err
}

// Drift returns the slices of a period that are not dirty and whose rollup differs from their raw events.
func (db *Readings) Drift(ctx context.Context, from, to civil.Date) ([]programme.Drift, error) {
	from, to = max(from, firstDate), min(to, lastDate)
	return list(ctx, db.conn, worker, db.queries.named("rollup.Drift"), func(r *record) programme.Drift {
		return programme.Drift{
			Slice:      programme.Slice{Entity: r.name(), ReportDate: r.date()},
			Identities: r.exact(), Uses: r.exact(), RollupEvents: r.exact(), RollupUses: r.exact(),
		}
	}, bind("from", from.String()), bind("to", to.String()))
}
