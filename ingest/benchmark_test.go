package ingest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"mirsad/ingest/rows"
	"mirsad/internal/programme"
)

// discard is a store that forgets what it is given.
type discard struct{ *memoryStore }

// InsertUsage takes the rows and keeps none.
func (discard) InsertUsage(context.Context, string, []programme.UsageEvent) error { return nil }

// benchmarkBodies are what the benchmarks send: 500 rows of the kind in the name.
func benchmarkBodies() map[string]Submission {
	lines := func(row string) []byte { return []byte(strings.Repeat(row+"\n", 500)) }
	return map[string]Submission{
		"usage":      {Principal: agency, Format: rows.FormatLines, Body: lines(usage(fields{"duration_ms": 4200, "rating": 4}))},
		"statements": {Principal: agency, Format: rows.FormatLines, Body: lines(statement(nil))},
		"milestones": {Principal: agency, Format: rows.FormatLines, Body: lines(milestone(nil))},
		"mixed":      {Principal: agency, Format: rows.FormatLines, Body: []byte(strings.Join(month(500), "\n"))},
	}
}

// BenchmarkJudge decides the rows of a body and writes them as they go to the spool.
func BenchmarkJudge(b *testing.B) {
	store := newMemoryStore()
	for n := range 20 {
		store.owners[fmt.Sprint("moi-", n)] = "moi"
	}
	f := newFixture(b, Configuration{TokenEvents: 1 << 40}, store, standing)
	for name, body := range benchmarkBodies() {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				decided, err := f.judgeAll(b.Context(), body)
				if err != nil {
					b.Fatal(err)
				}
				decided.release()
			}
		})
	}
}

// BenchmarkReadRecord reads a record of the spool as the writer does.
func BenchmarkReadRecord(b *testing.B) {
	f := newFixture(b, Configuration{TokenEvents: 1 << 40}, newMemoryStore(), standing)
	for name, body := range benchmarkBodies() {
		decided, err := f.judgeAll(b.Context(), body)
		if err != nil {
			b.Fatal(err)
		}
		record := decided.bytes(&programme.Receipt{
			ID: "r", Actor: agency.ID, Entity: "moi", Accepted: decided.accepted, RecordedAt: evening,
		})
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			reader := newChunkReader()
			for b.Loop() {
				reader.space.empty()
				if err := reader.records.readRecord(record, reader.space); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkWrite carries bodies of usage through the spool to a store that takes them at once.
func BenchmarkWrite(b *testing.B) {
	f := newFixture(b, Configuration{TokenEvents: 1 << 40}, discard{newMemoryStore()}, standing)
	body := benchmarkBodies()["usage"]
	b.ReportAllocs()
	for b.Loop() {
		if _, err := f.Receive(b.Context(), body); err != nil {
			b.Fatal(err)
		}
		if err := f.writer.writeChunk(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
