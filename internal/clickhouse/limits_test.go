package clickhouse_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"mirsad/internal/clickhouse"
	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/programme"
)

// TestAQueryOverItsLimitIsStopped asks the real engine, as the user of pages and API, for more than that user may have.
func TestAQueryOverItsLimitIsStopped(t *testing.T) {
	db := clickhousetest.New(t)
	for name, question := range map[string]string{
		"rows read": "SELECT sum(number) FROM numbers(2000000000)",
		"rows":      "SELECT number FROM numbers(60000000) ORDER BY number DESC",
		"memory":    "SELECT length(groupArray(number)) FROM numbers(900000000)",
		"time":      "SELECT sum(sleepEachRow(1)) FROM numbers(3) SETTINGS max_block_size = 1, max_execution_time = 1",
	} {
		err := clickhouse.AskAsWeb(t.Context(), db, question)
		if !errors.Is(err, programme.ErrOverLimit) || !errors.Is(err, programme.ErrUnavailable) {
			t.Errorf("%s: %v", name, err)
		}
	}
	later, stop := context.WithTimeout(t.Context(), time.Hour) // more than the user may ask for
	defer stop()
	if err := clickhouse.AskAsWeb(later, db, "SELECT 1"); err != nil {
		t.Error(err)
	}
	if err := clickhouse.AskAsWeb(t.Context(), db, "SELECT 1 SETTINGS max_execution_time = 3600"); err == nil {
		t.Error("the limit is raised")
	}
}
