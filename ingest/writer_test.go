package ingest

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"mirsad/ingest/spool"
	"mirsad/internal/civil"
	"mirsad/internal/clocktest"
	"mirsad/internal/programme"
)

var errAway = errors.New("the store is away")

func sendOfEach(t *testing.T, f *fixture) Answer {
	t.Helper()
	return f.lines(t, agency,
		usage(nil, fields{"id": "u"}), statement(nil, fields{"id": "s"}), rolloutEvent(nil, fields{"id": "r"}),
		usage(fields{"count": -1}, fields{"id": "x"}), usage(nil, fields{"id": "old", "time": "2016-08-31T20:00:00Z"}))
}

func TestBlocksAreWrittenInOrder(t *testing.T) {
	store := newMemoryStore()
	f := newFixture(t, quick, store, standing)
	answer := sendOfEach(t, f)
	f.start(t)
	f.idle(t)
	want := []string{"receipts", "refusals", "statements", "rollouts", "usage", "dirty"}
	if got := store.kinds(); !slices.Equal(got, want) {
		t.Errorf("wrote %v, want %v", got, want)
	}
	for _, b := range store.blocks {
		if want := f.spool.ID() + "/0-5/" + b.kind; b.token != want {
			t.Errorf("token %q, want %q", b.token, want)
		}
	}
	receipt := rowsIn[programme.Receipt](store, "receipts")[0]
	if receipt.ID != answer.Receipt || receipt.Accepted != 4 || receipt.Rejected != 1 || receipt.Entity != "moi" ||
		receipt.Actor != agency.ID || receipt.BodyHash == [32]byte{} || !receipt.RecordedAt.Equal(evening) {
		t.Errorf("receipt %+v", receipt)
	}
	refusal := rowsIn[programme.Refusal](store, "refusals")[0]
	if refusal.Receipt != answer.Receipt || refusal.Index != 3 || refusal.EventID != "x" || !strings.Contains(string(refusal.Raw), `"x"`) {
		t.Errorf("refusal %+v", refusal)
	}
	slices := rowsIn[programme.Slice](store, "dirty")
	if !reflect.DeepEqual(slices, []programme.Slice{
		{Entity: "moi", ReportDate: civil.NewDate(2016, 8, 31)}, {Entity: "moi", ReportDate: civil.NewDate(2016, 9, 30)},
	}) {
		t.Errorf("dirty %v", slices)
	}
}

func TestRetryWritesTheIdenticalBlocks(t *testing.T) {
	for _, kind := range []string{"receipts", "refusals", "statements", "rollouts", "usage", "dirty"} {
		t.Run(kind, func(t *testing.T) {
			store := newMemoryStore()
			failures := 0
			store.fail = func(b inserted) error {
				if b.kind == kind && failures < 3 {
					failures++
					return errAway
				}
				return nil
			}
			f := newFixture(t, quick, store, standing)
			f.start(t)
			sendOfEach(t, f)
			f.idle(t)
			if failures != 3 || len(store.blocks) != 6 {
				t.Fatalf("%d failures, blocks %v", failures, store.kinds())
			}
			sameForEachToken(t, store.tried)
		})
	}
}

func sameForEachToken(t *testing.T, tried []inserted) {
	t.Helper()
	first := map[string]inserted{}
	for _, b := range tried {
		known, again := first[b.token]
		if again && !reflect.DeepEqual(known, b) {
			t.Errorf("token %s came with\n%+v\nand then with\n%+v", b.token, known.rows, b.rows)
		}
		if !again {
			first[b.token] = b
		}
	}
}

// TestRestartWritesTheIdenticalChunk ends a writer in the middle of a chunk; more comes in before the next one starts.
func TestRestartWritesTheIdenticalChunk(t *testing.T) {
	dir := t.TempDir()
	store := newMemoryStore()
	stuck := make(chan struct{}, 100)
	store.fail = func(b inserted) error {
		if b.kind == "usage" {
			stuck <- struct{}{}
			return errAway
		}
		return nil
	}
	f := fixtureAt(t, dir, quick, store, standing)
	sendOfEach(t, f)
	f.start(t)
	clocktest.Await(t, stuck, "the writer to be refused by the store")
	sendOfEach(t, f)
	if err := f.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if chunk, err := f.spool.Chunk(); err != nil || chunk != (spool.Range{From: 0, To: 5}) {
		t.Fatalf("persisted chunk %v, %v", chunk, err)
	}
	if err := f.spool.Close(); err != nil {
		t.Fatal(err)
	}
	store.mu.Lock()
	store.fail = nil
	store.mu.Unlock()
	f = fixtureAt(t, dir, quick, store, func() time.Time { return evening.Add(time.Hour) })
	f.start(t)
	f.idle(t)
	sameForEachToken(t, store.tried)
	if rows := rowsIn[programme.UsageEvent](store, "usage"); len(rows) != 4 {
		t.Errorf("%d rows of usage, want 4", len(rows))
	}
}

func TestRowsTheStoreWillNeverTakeAreQuarantined(t *testing.T) {
	store := newMemoryStore()
	store.fail = func(b inserted) error {
		rows, usage := b.rows.([]programme.UsageEvent)
		if usage && slices.ContainsFunc(rows, func(e programme.UsageEvent) bool { return e.Count == 13 }) {
			return fmt.Errorf("%w: 13", programme.ErrInvalid)
		}
		return nil
	}
	f := newFixture(t, quick, store, standing)
	var rows []string
	for n := range 20 {
		rows = append(rows, usage(fields{"count": n}, fields{"id": strconv.Itoa(n)}))
	}
	answer := f.lines(t, agency, rows...)
	f.start(t)
	f.idle(t)
	if got := rowsIn[programme.UsageEvent](store, "usage"); len(got) != 19 {
		t.Errorf("%d rows stored, want 19", len(got))
	}
	refusals := rowsIn[programme.Refusal](store, "refusals")
	if len(refusals) != 1 || refusals[0].Code != programme.RefusedByStore || refusals[0].Receipt != answer.Receipt ||
		refusals[0].Index != 13 || !strings.Contains(string(refusals[0].Raw), "moi-1") {
		t.Errorf("refusals %+v", refusals)
	}
	sameForEachToken(t, store.tried)
}

func TestChunksAreBoundedInRows(t *testing.T) {
	store := newMemoryStore()
	c := quick
	c.ChunkRows = 10
	f := newFixture(t, c, store, standing)
	for n := range 30 {
		f.lines(t, agency, usage(nil, fields{"id": fmt.Sprint("a", n)}), usage(nil, fields{"id": fmt.Sprint("b", n)}), usage(nil, fields{"id": fmt.Sprint("c", n)}))
	}
	f.start(t)
	f.idle(t)
	total := 0
	for _, b := range store.blocks {
		if rows, usage := b.rows.([]programme.UsageEvent); usage {
			total += len(rows)
			if len(rows) > 12 {
				t.Errorf("a chunk of %d rows", len(rows))
			}
		}
	}
	if total != 90 {
		t.Errorf("%d rows, want 90", total)
	}
}

func TestBrokenRecordIsNotSkipped(t *testing.T) {
	for _, data := range []string{"", "\x07", "\x02", "\x02\x00\x00\x00" + strings.Repeat("x", 35) + "?", "\x02\xff\xff\xff\xff\xff\xff\xff\xff\x7f"} {
		if err := (&recordReader{}).readRecord([]byte(data), newChunk()); !errors.Is(err, errRecord) {
			t.Errorf("%q: %v", data, err)
		}
	}
}

func TestStopWithoutStart(t *testing.T) {
	f := newFixture(t, quick, newMemoryStore(), standing)
	if err := f.Stop(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := New(quick, Dependencies{}); err == nil {
		t.Error("no dependency is missed")
	}
}
