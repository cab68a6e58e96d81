package clickhouse

import "context"

// AskAsWeb asks a question as the user of pages and API, for what its answer fails with.
func AskAsWeb(ctx context.Context, db *DB, text string) error {
	return db.each(ctx, web, question{name: "test", text: text}, func(r *record) { r.uint8() })
}
