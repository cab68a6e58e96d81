package clickhouse_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/clickhouse/clickhousetest"
)

// Counts that no door lets in, put there by hand: their sum is a fault wherever it is read, and never another number.
func TestSumsNeverWrap(t *testing.T) {
	on := civil.NewDate(2016, 9, 15)
	for name, counts := range map[string][]uint64{
		"one is beyond":                 {1<<52 + 1},
		"together they are beyond":      {1 << 51, 1 << 51, 1},
		"together they leave 64 bits":   {math.MaxUint64 / 2, math.MaxUint64 / 2, 7},
		"together they would be around": {math.MaxUint64, 6},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := clickhousetest.New(t)
			for n, count := range counts {
				event := used(n, "moi-1", on.AddDays(n%3))
				event.Count = count
				load(t, db, "chunk"+string(rune('a'+n)), event)
			}
			if _, err := db.Recompute(t.Context()); err != nil {
				t.Fatal(err)
			}
			if _, err := db.Totals(t.Context()); err == nil || !strings.Contains(err.Error(), "2^52") {
				t.Errorf("the totals: %v", err)
			}
			if use, err := db.Use(t.Context(), time.Time{}); err == nil || !strings.Contains(err.Error(), "2^52") {
				t.Errorf("the months: %+v, %v", use.Months, err)
			}
		})
	}
}
