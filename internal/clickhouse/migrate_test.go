package clickhouse_test

import (
	"testing"

	"mirsad/internal/clickhouse/clickhousetest"
)

func TestMigrateTwiceIsHarmless(t *testing.T) {
	t.Parallel()
	db := clickhousetest.New(t)
	mustAppend(t, db, draft("s", 1), 0)
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if stream, err := db.Stream(t.Context(), "service", "s"); err != nil || len(stream) != 1 {
		t.Errorf("%d facts, %v; want 1", len(stream), err)
	}
}
