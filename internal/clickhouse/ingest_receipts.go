package clickhouse

import (
	"context"
	"fmt"
	"time"

	"mirsad/internal/programme"
)

// InsertRefusals adds refused rows to the quarantine as one block under a token.
func (db *ReceiptStore) InsertRefusals(ctx context.Context, token string, refusals []programme.Refusal) error {
	type refusal = programme.Refusal
	return db.insert(ctx, ingest, db.queries.named("ingest.InsertRefusals"), token,
		columnOf(refusals, func(r *refusal) string { return r.Entity }),
		columnOf(refusals, func(r *refusal) string { return r.Receipt }),
		//nolint:gosec // a body has at most 10,000 rows
		columnOf(refusals, func(r *refusal) uint32 { return uint32(r.Index) }),
		columnOf(refusals, func(r *refusal) string { return r.EventID }),
		columnOf(refusals, func(r *refusal) string { return string(r.Code) }),
		columnOf(refusals, func(r *refusal) string { return r.Field }),
		columnOf(refusals, func(r *refusal) string { return string(r.Format) }),
		columnOf(refusals, func(r *refusal) string { return r.Reasons }),
		columnOf(refusals, func(r *refusal) string { return string(r.Raw) }),
		columnOf(refusals, func(r *refusal) time.Time { return r.RecordedAt }),
	)
}

// InsertReceipts adds receipts as one block under a token.
func (db *ReceiptStore) InsertReceipts(ctx context.Context, token string, receipts []programme.Receipt) error {
	type receipt = programme.Receipt
	return db.insert(ctx, ingest, db.queries.named("ingest.InsertReceipts"), token,
		columnOf(receipts, func(r *receipt) string { return r.ID }),
		columnOf(receipts, func(r *receipt) string { return r.Actor }),
		columnOf(receipts, func(r *receipt) string { return r.Entity }),
		columnOf(receipts, func(r *receipt) []byte { return r.BodyHash[:] }),
		//nolint:gosec // a body has at most 10,000 rows
		columnOf(receipts, func(r *receipt) uint32 { return uint32(r.Accepted) }),
		columnOf(receipts, func(r *receipt) uint32 { return uint32(r.Rejected) }), //nolint:gosec // the same
		columnOf(receipts, func(r *receipt) time.Time { return r.RecordedAt }),
	)
}

// Receipt returns a receipt and its refused rows in their order; ErrNotFound when there is none.
func (db *ReceiptStore) Receipt(ctx context.Context, id string) (programme.Receipt, []programme.Refusal, error) {
	found, err := list(ctx, db.conn, web, db.queries.named("ingest.Receipt"), func(r *record) programme.Receipt {
		receipt := programme.Receipt{ID: r.text(), Actor: r.name(), Entity: r.name()}
		copy(receipt.BodyHash[:], r.fixed(len(receipt.BodyHash)))
		receipt.Accepted, receipt.Rejected, receipt.RecordedAt = int(r.uint32()), int(r.uint32()), r.instant()
		return receipt
	}, bind("id", id))
	if err != nil {
		return programme.Receipt{}, nil, err
	}
	if len(found) == 0 {
		return programme.Receipt{}, nil, fmt.Errorf("receipt: %w", programme.ErrNotFound)
	}
	refusals, err := db.refusals(ctx, "ingest.ReceiptRefusals", bind("id", id))
	return found[0], refusals, err
}

func (db *ReceiptStore) refusals(ctx context.Context, question string, args ...any) ([]programme.Refusal, error) {
	return list(ctx, db.conn, web, db.queries.named(question), refusalOf, args...)
}

func refusalOf(r *record) programme.Refusal {
	return programme.Refusal{
		Receipt:    r.name(),
		Index:      int(r.uint32()),
		Entity:     r.name(),
		EventID:    r.text(),
		Code:       programme.RefusalCode(r.name()),
		Field:      r.name(),
		Format:     programme.RowFormat(r.name()),
		Reasons:    r.text(),
		Raw:        r.bytes(),
		RecordedAt: r.instant(),
	}
}

// ServiceOwners returns which entity owns each service from which day on, by service and then as recorded.
func (db *ReceiptStore) ServiceOwners(ctx context.Context) ([]programme.Ownership, error) {
	return list(ctx, db.conn, ingest, db.queries.named("ingest.ServiceOwners"), func(r *record) programme.Ownership {
		return programme.Ownership{Service: r.text(), Entity: r.name(), From: r.dateOrNone(), Removed: r.uint8() != 0}
	})
}
