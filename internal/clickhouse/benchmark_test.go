package clickhouse_test

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/clickhouse"
	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/programme"
)

// chunkRows is how many events the writer puts into one block.
const chunkRows = 100_000

// manyEvents returns n events of 1,400 services, 36 months, 3 channels and 5 stages.
func manyEvents(n int) []programme.UsageEvent {
	events := make([]programme.UsageEvent, n)
	for i := range events {
		month := i / 15 % 36
		event := &events[i]
		service := i / 15 / 36 % 1400
		event.Entity, event.Service = fmt.Sprintf("entity-%02d", service%40), fmt.Sprintf("service-%04d", service)
		event.ReportDate = civil.NewDate(2014, time.Month(month+1), 1+service%28)
		event.Channel, event.Stage = programme.Channels()[i%3], programme.Stages()[i%5]
		event.Count, event.Version, event.OccurredAt = 1, 1, event.ReportDate.Time()
		binary.LittleEndian.PutUint64(event.Key[:], uint64(i))
	}
	return events
}

func insertAll(b *testing.B, db *clickhouse.DB, run int, events []programme.UsageEvent) {
	b.Helper()
	for from := 0; from < len(events); from += chunkRows {
		to := min(from+chunkRows, len(events))
		if err := db.InsertUsage(b.Context(), fmt.Sprintf("%d/%d", run, from), events[from:to]); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkInsertUsage(b *testing.B) {
	db := clickhousetest.New(b)
	events := manyEvents(5 * chunkRows)
	for i := range events { // a chunk is of these days, as it comes in
		events[i].ReportDate = civil.NewDate(2016, 9, 29+i%2)
	}
	run := 0
	for b.Loop() {
		insertAll(b, db, run, events)
		run++
	}
	b.ReportMetric(float64(run*len(events))/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkUse(b *testing.B) {
	db := clickhousetest.New(b)
	events := manyEvents(1400 * 36 * 15)
	insertAll(b, db, 0, events)
	slices := map[programme.Slice]bool{}
	var touched []programme.Slice
	for i := range events {
		slice := programme.Slice{Entity: events[i].Entity, ReportDate: events[i].ReportDate}
		if !slices[slice] {
			slices[slice] = true
			touched = append(touched, slice)
		}
	}
	if err := db.MarkDirty(b.Context(), "dirty", touched); err != nil {
		b.Fatal(err)
	}
	began := time.Now()
	recomputed, err := db.Recompute(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("recomputed %d slices of %d events in %s", recomputed, len(events), time.Since(began))
	statements := make([]programme.Statement, 100_000)
	for i := range statements {
		s := stated(civil.NewMonth(2014, time.Month(1+i/1400%36)).String(), int64(i), noon)
		s.Entity, s.Service = fmt.Sprintf("entity-%02d", i%40), fmt.Sprintf("service-%04d", i%1400)
		s.Channel, s.EventID = programme.Channels()[i/1400/36%8], fmt.Sprint("event-", i)
		statements[i] = s
	}
	for from := 0; from < len(statements); from += 10_000 {
		if err := db.InsertStatements(b.Context(), strconv.Itoa(from), statements[from:from+10_000]); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("now", func(b *testing.B) {
		for b.Loop() {
			use, err := db.Use(b.Context(), time.Time{})
			if err != nil || len(use.Months) != len(events) || len(use.Statements) != len(statements) {
				b.Fatalf("%d sums, %d statements, %v", len(use.Months), len(use.Statements), err)
			}
		}
	})
	b.Run("version", func(b *testing.B) {
		for b.Loop() {
			if _, _, err := db.DataVersion(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	})
}
