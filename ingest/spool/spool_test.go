package spool

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"mirsad/internal/clocktest"
)

var morning = time.Date(2016, 9, 30, 6, 0, 0, 0, time.UTC)

func open(tb testing.TB, dir string, highWater int64, now func() time.Time) *Spool {
	tb.Helper()
	s, err := Open(Configuration{Dir: dir, HighWater: highWater}, Dependencies{
		Logger: slog.New(slog.DiscardHandler), Now: now,
	})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	})
	return s
}

func at(instant time.Time) func() time.Time { return func() time.Time { return instant } }

func add(tb testing.TB, s *Spool, rows int, data string) uint64 {
	tb.Helper()
	first, err := s.Append(tb.Context(), Record{Rows: rows, Data: []byte(data)})
	if err != nil {
		tb.Fatal(err)
	}
	return first
}

func read(tb testing.TB, s *Spool, r Range) []string {
	tb.Helper()
	var got []string
	err := s.Each(r, func(row uint64, data []byte) error {
		got = append(got, fmt.Sprintf("%d:%s", row, data))
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return got
}

func TestSequenceCountsRows(t *testing.T) {
	s := open(t, t.TempDir(), 0, at(morning))
	first, err := s.Append(t.Context(), Record{3, []byte("a")}, Record{1, []byte("b")})
	if err != nil || first != 0 {
		t.Fatalf("Append = %d, %v", first, err)
	}
	if first := add(t, s, 2, "c"); first != 4 {
		t.Errorf("third record at %d, want 4", first)
	}
	if got, want := read(t, s, Range{0, 6}), []string{"0:a", "3:b", "4:c"}; !slices.Equal(got, want) {
		t.Errorf("read %v, want %v", got, want)
	}
	if depth := s.Depth(); depth.Rows != 6 || !depth.Oldest.Equal(morning) || depth.Bytes == 0 {
		t.Errorf("depth %+v", depth)
	}
	if data, err := s.Record(3); err != nil || string(data) != "b" {
		t.Errorf("Record(3) = %q, %v", data, err)
	}
	select {
	case <-s.Wake():
	default:
		t.Error("no wake after an append")
	}
}

func TestTakeEndsAtARecord(t *testing.T) {
	s := open(t, t.TempDir(), 0, at(morning))
	for _, rows := range []int{3, 3, 3} {
		add(t, s, rows, "x")
	}
	for _, c := range []struct {
		rows int
		want Range
	}{{1, Range{0, 3}}, {3, Range{0, 3}}, {4, Range{0, 6}}, {7, Range{0, 9}}, {9, Range{0, 9}}, {100, Range{0, 9}}} {
		if got, err := s.Take(c.rows); err != nil || got != c.want {
			t.Errorf("Take(%d) = %v, %v; want %v", c.rows, got, err, c.want)
		}
	}
}

func TestDeleteMovesTheFront(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, 0, at(morning))
	add(t, s, 2, "a")
	add(t, s, 2, "b")
	if err := s.SetChunk(Range{0, 2}); err != nil {
		t.Fatal(err)
	}
	if err := s.Delete(Range{0, 2}); err != nil {
		t.Fatal(err)
	}
	if chunk, err := s.Chunk(); err != nil || !chunk.Empty() {
		t.Errorf("chunk after delete: %v, %v", chunk, err)
	}
	if got := read(t, s, Range{0, 9}); !slices.Equal(got, []string{"2:b"}) {
		t.Errorf("left %v", got)
	}
	if err := s.Delete(Range{2, 4}); err != nil {
		t.Fatal(err)
	}
	if depth := s.Depth(); depth != (Depth{}) {
		t.Errorf("depth when empty: %+v", depth)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	// The sequence goes on where it was: a range names the same rows for ever.
	if first := add(t, open(t, dir, 0, at(morning)), 1, "c"); first != 4 {
		t.Errorf("after reopening at %d, want 4", first)
	}
}

func TestReopenFindsWhatWaits(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, 0, at(morning))
	id := s.ID()
	add(t, s, 5, "gone")
	add(t, s, 7, "waits")
	add(t, s, 2, "too")
	want := s.Depth()
	if err := s.Delete(Range{0, 5}); err != nil {
		t.Fatal(err)
	}
	if err := s.SetChunk(Range{5, 12}); err != nil {
		t.Fatal(err)
	}
	left := s.Depth()
	if left.Rows != want.Rows-5 || left.Bytes >= want.Bytes {
		t.Errorf("depth %+v after %+v", left, want)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir, 0, at(morning.Add(time.Hour)))
	if s.ID() != id || len(id) != 16 {
		t.Errorf("ID %q, was %q", s.ID(), id)
	}
	if got := s.Depth(); got != left {
		t.Errorf("depth %+v, was %+v", got, left)
	}
	// However many rows are asked for, the chunk begun is the chunk taken.
	if got, err := s.Take(100); err != nil || got != (Range{5, 12}) {
		t.Errorf("Take = %v, %v", got, err)
	}
}

func TestFullAboveHighWater(t *testing.T) {
	s := open(t, t.TempDir(), 100, at(morning))
	add(t, s, 1, string(bytes.Repeat([]byte("x"), 120)))
	if _, err := s.Append(t.Context(), Record{1, []byte("y")}); !errors.Is(err, ErrFull) {
		t.Errorf("Append above the mark: %v", err)
	}
	if err := s.Check(t.Context()); !errors.Is(err, ErrFull) {
		t.Errorf("Check above the mark: %v", err)
	}
	if err := s.Delete(Range{0, 1}); err != nil {
		t.Fatal(err)
	}
	if add(t, s, 1, "y") != 1 {
		t.Error("no room after delete")
	}
}

func TestFullWhenTheDiskNearlyIs(t *testing.T) {
	now := morning
	s := open(t, t.TempDir(), 0, func() time.Time { return now })
	free := int64(100)
	s.disk = disk{reserve: 100, free: func(string) (int64, error) { return free, nil }}
	add(t, s, 1, "there is room")
	free = 99
	add(t, s, 1, "asked a moment ago")
	now = now.Add(diskEvery)
	if _, err := s.Append(t.Context(), Record{1, []byte("y")}); !errors.Is(err, ErrDiskFull) {
		t.Errorf("Append on a nearly full disk: %v", err)
	}
	if err := s.Check(t.Context()); !errors.Is(err, ErrDiskFull) {
		t.Errorf("Check on a nearly full disk: %v", err)
	}
	free, now = 100, now.Add(diskEvery)
	add(t, s, 1, "there is room again")
	if got, err := freeBytes(t.TempDir()); err != nil || got <= 0 {
		t.Errorf("free on this disk: %d, %v", got, err)
	}
}

func TestStampsRise(t *testing.T) {
	dir := t.TempDir()
	now := morning
	s := open(t, dir, 0, func() time.Time { return now })
	last := uint64(0)
	take := func(n int, what string) uint64 {
		t.Helper()
		first, err := s.Stamp(n)
		if err != nil {
			t.Fatal(err)
		}
		if first <= last {
			t.Errorf("%s: stamp %d is not above %d", what, first, last)
		}
		last = first + uint64(n) - 1
		return first
	}
	if first := take(10_000, "first"); first != uint64(morning.UnixMicro()) {
		t.Errorf("first stamp %d is not the time", first)
	}
	take(1, "the same instant")
	now = now.Add(-24 * time.Hour)
	take(3, "a clock stepped back")
	now = morning.Add(time.Minute)
	if first := take(1, "a clock put right"); first != uint64(now.UnixMicro()) {
		t.Errorf("stamp %d is not the time again", first)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir, 0, at(morning.Add(-time.Hour)))
	take(1, "a restart with a clock stepped back")
}

func TestClosed(t *testing.T) {
	s := open(t, t.TempDir(), 0, at(morning))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Append(context.Background(), Record{1, nil}); !errors.Is(err, ErrClosed) {
		t.Errorf("Append after Close: %v", err)
	}
	if _, err := s.Stamp(6_000_000); !errors.Is(err, ErrClosed) {
		t.Errorf("Stamp after Close: %v", err)
	}
}

func TestConcurrentAppendsLeaveNoGap(t *testing.T) {
	s := open(t, t.TempDir(), 0, clocktest.Now)
	const writers, each = 8, 200
	var group sync.WaitGroup
	for w := range writers {
		group.Go(func() {
			for n := range each {
				if _, err := s.Append(context.Background(), Record{1 + n%3, fmt.Appendf(nil, "%d/%d", w, n)}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	next, records := uint64(0), 0
	err := s.Each(Range{0, uint64(s.Depth().Rows)}, func(row uint64, data []byte) error {
		if row != next {
			t.Errorf("a record at %d, want %d", row, next)
		}
		var w, n int
		if _, err := fmt.Sscanf(string(data), "%d/%d", &w, &n); err != nil {
			return err
		}
		next += uint64(1 + n%3)
		records++
		return nil
	})
	if err != nil || records != writers*each {
		t.Errorf("%d records, %v", records, err)
	}
}

func BenchmarkAppend(b *testing.B) {
	s := open(b, b.TempDir(), 1<<40, clocktest.Now)
	data := bytes.Repeat([]byte("x"), 40<<10)
	b.SetBytes(int64(len(data)))
	b.SetParallelism(32)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := s.Append(context.Background(), Record{500, data}); err != nil {
				b.Error(err)
			}
		}
	})
}
