package clickhouse

import (
	"context"
	"fmt"
	"time"

	"mirsad/internal/audit"
)

// AppendAudit adds rows of one chain as one block. The same block again, after an answer that was lost, changes
// nothing; so a caller that tries again sends the same rows.
func (db *AuditStore) AppendAudit(ctx context.Context, rows []audit.Row) error {
	type row = audit.Row
	if len(rows) == 0 {
		return nil
	}
	token := fmt.Sprintf("%s/%d/%d", rows[0].Chain, rows[0].Seq, len(rows))
	return db.insert(ctx, facts, db.queries.named("audit.Append"), token,
		columnOf(rows, func(r *row) string { return r.Chain }),
		columnOf(rows, func(r *row) uint64 { return r.Seq }),
		columnOf(rows, func(r *row) time.Time { return r.RecordedAt }),
		columnOf(rows, func(r *row) string { return r.Request }),
		columnOf(rows, func(r *row) string { return r.Actor }),
		columnOf(rows, func(r *row) string { return r.Role }),
		columnOf(rows, func(r *row) string { return r.Entity }),
		columnOf(rows, func(r *row) string { return string(r.Action) }),
		columnOf(rows, func(r *row) string { return r.Object }),
		columnOf(rows, func(r *row) string { return r.Before }),
		columnOf(rows, func(r *row) string { return r.After }),
		columnOf(rows, func(r *row) string { return r.Detail }),
		columnOf(rows, func(r *row) string { return string(r.Outcome) }),
		columnOf(rows, func(r *row) string { return r.Reason }),
		columnOf(rows, func(r *row) string { return string(r.Previous[:]) }),
		columnOf(rows, func(r *row) string { return string(r.Hash[:]) }),
	)
}

// AuditHeads returns the newest row of every chain but the given one, by chain.
func (db *AuditStore) AuditHeads(ctx context.Context, chain string) ([]audit.Head, error) {
	return list(ctx, db.conn, facts, db.queries.named("audit.Heads"), func(r *record) audit.Head {
		return audit.Head{Chain: r.text(), Seq: r.uint64(), Hash: r.hash()}
	}, bind("chain", chain))
}

// AuditRecord reads the whole audit record, chain by chain in the order of their rows.
func (db *AuditStore) AuditRecord(ctx context.Context, read func(*audit.Row)) error {
	return db.each(ctx, facts, db.queries.named("audit.Record"), func(r *record) {
		row := auditRowOf(r)
		read(&row)
	})
}

// AuditRows returns up to limit rows that the filter chooses, newest first, that come after the cursor's; the zero
// cursor begins with the newest.
func (db *AuditStore) AuditRows(
	ctx context.Context, filter audit.Filter, after audit.Cursor, limit int,
) ([]audit.Row, error) {
	return list(
		ctx, db.conn, facts, db.queries.named("audit.Rows"), auditRowOf, bind("from", earliest(filter.From)),
		bind("to", microseconds(filter.To)), bind("actor", filter.Actor), bind("object", filter.Object),
		bind("action", string(filter.Action)), bind("outcome", string(filter.Outcome)), bind("entity", filter.Entity),
		bind("at", earliest(after.RecordedAt)), bind("chain", after.Chain), bind("seq", after.Seq),
		bind("limit", max(limit, 0)),
	)
}

// LastAnchor returns the newest anchor that was recorded by a moment; false when there was none yet.
func (db *AuditStore) LastAnchor(ctx context.Context, by time.Time) (audit.Anchored, bool, error) {
	rows, err := db.AuditRows(ctx, audit.Filter{Action: audit.Anchor, To: by}, audit.Cursor{}, 1)
	if err != nil || len(rows) == 0 {
		return audit.Anchored{}, false, err
	}
	head := audit.Head{Chain: rows[0].Chain, Seq: rows[0].Seq, Hash: rows[0].Hash}
	return audit.Anchored{Head: head, RecordedAt: rows[0].RecordedAt}, true, nil
}

func auditRowOf(r *record) audit.Row {
	return audit.Row{
		Chain:      r.name(),
		Seq:        r.uint64(),
		RecordedAt: r.instant(),
		Request:    r.text(),
		Actor:      r.name(),
		Role:       r.name(),
		Entity:     r.name(),
		Action:     audit.Action(r.name()),
		Object:     r.text(),
		Before:     r.text(),
		After:      r.text(),
		Detail:     r.text(),
		Outcome:    audit.Outcome(r.name()),
		Reason:     r.text(),
		Previous:   r.hash(),
		Hash:       r.hash(),
	}
}

// hash reads a FixedString(32).
func (r *record) hash() audit.Hash {
	var hash audit.Hash
	copy(hash[:], r.fixed(len(hash)))
	return hash
}
