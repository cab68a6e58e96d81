package clickhouse

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	driver "github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/ext"

	"mirsad/internal/programme"
)

// Quarantine returns up to limit refused rows that the filter chooses, newest first, that come after the row with
// the cursor after: receipt/index, or "" for the first page. ErrInvalid: the cursor is not of that form.
func (db *ReceiptStore) Quarantine(
	ctx context.Context, filter programme.QuarantineFilter, after string, limit int,
) ([]programme.Quarantined, error) {
	var cursor programme.RowPlace
	if after != "" {
		place := strings.LastIndexByte(after, '/')
		index, err := strconv.ParseUint(after[place+1:], 10, 32)
		if place < 1 || err != nil {
			return nil, fmt.Errorf("%w: cursor %q is not receipt/index", programme.ErrInvalid, after)
		}
		cursor = programme.RowPlace{Receipt: after[:place], Index: int(index)}
	}
	return db.quarantined(ctx, "ingest.Quarantine",
		bind("entity", filter.Entity), bind("of_receipt", filter.Receipt), bind("code", string(filter.Code)),
		bind("state", filter.State), bind("from", earliest(filter.From)), bind("to", microseconds(filter.To)),
		bind("receipt", cursor.Receipt), bind("row_index", cursor.Index), bind("limit", max(limit, 0)))
}

// earliest returns a moment in µs; none is the beginning of the table's time.
func earliest(moment time.Time) int64 {
	if moment.IsZero() {
		return 0
	}
	return moment.UnixMicro()
}

// Refusals returns refused rows by their places, the oldest first; places without one are left out.
func (db *ReceiptStore) Refusals(ctx context.Context, places []programme.RowPlace) ([]programme.Quarantined, error) {
	table, err := ext.NewTable("place", ext.Column("receipt", "String"), ext.Column("row_index", "UInt32"))
	if err != nil {
		return nil, err
	}
	for _, place := range places {
		if err := table.Append(place.Receipt, uint32(place.Index)); err != nil { //nolint:gosec // checked by the caller
			return nil, err
		}
	}
	return db.quarantined(driver.Context(ctx, driver.WithExternalTable(table)), "ingest.Refusals")
}

func (db *ReceiptStore) quarantined(
	ctx context.Context, question string, args ...any,
) ([]programme.Quarantined, error) {
	return list(ctx, db.conn, worker, db.queries.named(question), func(r *record) programme.Quarantined {
		q := programme.Quarantined{Refusal: refusalOf(r)}
		q.Closing = programme.Closing{
			RowPlace:   programme.RowPlace{Receipt: q.Receipt, Index: q.Index},
			Outcome:    programme.Outcome(r.name()),
			Replay:     r.text(),
			Comment:    r.text(),
			Actor:      r.name(),
			RecordedAt: r.instant(),
		}
		if q.Open() {
			q.Closing = programme.Closing{}
		}
		return q
	}, args...)
}

// CloseRefusals notes what became of refused rows, as one block; the first closing of a row counts.
func (db *ReceiptStore) CloseRefusals(ctx context.Context, token string, closings []programme.Closing) error {
	type closing = programme.Closing
	return db.insert(ctx, ingest, db.queries.named("ingest.CloseRefusals"), token,
		columnOf(closings, func(c *closing) string { return c.Receipt }),
		//nolint:gosec // a body has at most 10,000 rows
		columnOf(closings, func(c *closing) uint32 { return uint32(c.Index) }),
		columnOf(closings, func(c *closing) string { return string(c.Outcome) }),
		columnOf(closings, func(c *closing) string { return c.Replay }),
		columnOf(closings, func(c *closing) string { return c.Comment }),
		columnOf(closings, func(c *closing) string { return c.Actor }),
		columnOf(closings, func(c *closing) time.Time { return c.RecordedAt }),
	)
}
