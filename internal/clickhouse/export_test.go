package clickhouse

import "context"

// AskAsWeb asks a question as the user of pages and API, for what its answer fails with.
func AskAsWeb(ctx context.Context, db *DB, text string) error {
	return db.each(ctx, web, question{name: "test", text: text}, func(r *record) { r.uint8() })
}

// MigrateTo migrates as far as a step, as an older version of the program did.
func MigrateTo(ctx context.Context, db *DB, step int64) error { return db.migrateTo(ctx, step) }

// AddSourceOfEvents gives the events of an older database the column by which today's program stores where they came from.
func AddSourceOfEvents(ctx context.Context, db *DB) error {
	return db.exec(ctx, admin, question{
		name: "test", text: "ALTER TABLE usage_event ADD COLUMN source LowCardinality(String) AFTER occurred_at",
	})
}
