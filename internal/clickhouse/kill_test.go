package clickhouse_test

import (
	"errors"
	"fmt"
	"syscall"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/clocktest"
	"mirsad/internal/programme"
)

// insist tries again for as long as the database is away, as the writer does.
func insist(t *testing.T, act func() error) {
	t.Helper()
	for range 400 {
		err := act()
		if err == nil {
			return
		}
		if !errors.Is(err, programme.ErrUnavailable) {
			t.Fatal(err)
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatal("the database does not come back")
}

// TestKilledEngineLosesAndDoublesNothing kills the engine again and again while chunks go in and rollups are recomputed.
func TestKilledEngineLosesAndDoublesNothing(t *testing.T) {
	db := clickhousetest.New(t)
	killed := make(chan struct{})
	go func() {
		defer close(killed)
		for range 5 {
			time.Sleep(150 * time.Millisecond)
			if err := syscall.Kill(clickhousetest.Endpoint(t).PID, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
				t.Error(err)
			}
		}
	}()
	const chunks, rows = 20, 2000
	events := manyEvents(chunks * rows)
	for i := range events { // of six weeks
		events[i].ReportDate = civil.NewDate(2016, 8, 15).AddDays(i % 42)
	}
	for chunk := range chunks {
		some := events[chunk*rows : (chunk+1)*rows]
		seen := map[programme.Slice]bool{}
		var touched []programme.Slice
		for _, event := range some {
			slice := programme.Slice{Entity: event.Entity, ReportDate: event.ReportDate}
			if !seen[slice] {
				seen[slice] = true
				touched = append(touched, slice)
			}
		}
		insist(t, func() error { return db.InsertUsage(t.Context(), fmt.Sprint("usage ", chunk), some) })
		insist(t, func() error { return db.MarkDirty(t.Context(), fmt.Sprint("dirty ", chunk), touched) })
		if chunk%10 == 0 {
			_, err := db.Recompute(t.Context()) // it may fail half-way
			if err != nil && !errors.Is(err, programme.ErrUnavailable) {
				t.Fatal(err)
			}
		}
	}
	clocktest.Await(t, killed, "the engine to be killed for the last time")
	insist(t, func() error { _, err := db.Recompute(t.Context()); return err })
	if totals := agreed(t, db); totals.Identities != int64(len(events)) {
		t.Errorf("%d identities, want %d", totals.Identities, len(events))
	}
}
