package clickhouse

import (
	"context"
	"time"

	driver "github.com/ClickHouse/clickhouse-go/v2"

	"mirsad/internal/civil"
)

// insert adds rows as one block of columns, under a token: a second block with the same token is dropped.
// The columns are in the order of the statement's list.
func (db *conn) insert(ctx context.Context, p part, q question, token string, columns ...any) error {
	ctx = driver.Context(ctx, driver.WithSettings(driver.Settings{"insert_deduplication_token": token}))
	batch, err := db.pools[p].PrepareBatch(ctx, q.text)
	if err != nil {
		return db.fault(q.name, err)
	}
	defer func() { _ = batch.Close() }() // after Send it does nothing
	for i, values := range columns {
		if err := batch.Column(i).Append(values); err != nil {
			return db.fault(q.name, err)
		}
	}
	return db.fault(q.name, batch.Send())
}

// columnOf returns one column of rows.
func columnOf[R, V any](rows []R, value func(*R) V) []V {
	values := make([]V, len(rows))
	for i := range rows {
		values[i] = value(&rows[i])
	}
	return values
}

// namesOf returns a column of few different texts. The driver boxes each text of a []string anew; here those that
// repeat the one before share its box, as nearly all rows of a body do.
func namesOf[R any](rows []R, name func(*R) string) []any {
	names := make([]any, len(rows))
	last, box := "", any("")
	for i := range rows {
		if text := name(&rows[i]); text != last {
			last, box = text, text
		}
		names[i] = box
	}
	return names
}

// The ends of the database's Date and Date32; days outside are refused, for they would be stored as others.
var (
	firstDate, lastDate     = unixEpoch, civil.NewDate(2149, time.June, 6)
	firstDate32, lastDate32 = civil.NewDate(1900, time.January, 1), civil.NewDate(2299, time.December, 31)
)
