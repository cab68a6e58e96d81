package ingest

import (
	"context"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// Store is what the ingestion needs of the database.
//
// An insert is one block: all of it or none, and its rows are not kept. The same token again is dropped, whatever comes
// with it. An error that is programme.ErrInvalid says that the store will never take this block; any other is taken to
// pass and the insert is tried again.
type Store interface {
	InsertReceipts(ctx context.Context, token string, receipts []programme.Receipt) error
	InsertRefusals(ctx context.Context, token string, refusals []programme.Refusal) error
	EventStore

	// MarkDirty asks for the slices' rollups to be recomputed.
	MarkDirty(ctx context.Context, token string, slices []programme.Slice) error
	// Recompute brings the rollups of all slices that are dirty when it is called up to date and returns how many they
	// were.
	Recompute(ctx context.Context) (int, error)

	// Drift returns the slices of a period that are not dirty and whose rollup differs from their raw events; none when
	// all is well.
	Drift(ctx context.Context, from, to civil.Date) ([]programme.Drift, error)

	// ServiceOwners returns which entity owns each service from which day on, by service and then as recorded.
	ServiceOwners(ctx context.Context) ([]programme.Ownership, error)
	// Receipt returns a receipt and its refused rows; programme.ErrNotFound when there is none.
	Receipt(ctx context.Context, id string) (programme.Receipt, []programme.Refusal, error)
	// Quarantine returns up to limit refused rows that the filter chooses, newest first, that come after
	// the row with the cursor after ("" for the first page; see Cursor).
	Quarantine(
		ctx context.Context, filter programme.QuarantineFilter, after string, limit int,
	) ([]programme.Quarantined, error)
	// Refusals returns refused rows by their places, the oldest first; places without one are left out.
	Refusals(ctx context.Context, places []programme.RowPlace) ([]programme.Quarantined, error)
	// CloseRefusals notes what became of refused rows, as one block; the first closing of a row counts.
	CloseRefusals(ctx context.Context, token string, closings []programme.Closing) error
}
