package ingest

import (
	"fmt"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"

	"mirsad/internal/programme"
)

// These tests run in a bubble, whose clock goes on at once when everybody in it waits.

// pass lets time go by in a bubble.
func pass(d time.Duration) { <-time.After(d) }

// passing is a clock that shows evening now and goes on with the bubble's.
func passing() func() time.Time {
	began := time.Now()
	return func() time.Time { return evening.Add(time.Since(began)) }
}

// tries notes when something was tried, from the moment when it began.
type tries struct {
	mu    sync.Mutex
	began time.Time
	at    []time.Duration
}

func (n *tries) note() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.at = append(n.at, time.Since(n.began))
	return len(n.at)
}

func TestAnOperatorIsCalledAndTheChunkKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newMemoryStore()
		locked, tried := true, make(chan struct{}, 1)
		store.fail = func(b inserted) error {
			if b.kind == "usage" && locked {
				poke(tried)
				return fmt.Errorf("%w: %w", programme.ErrUnavailable, programme.ErrOperator)
			}
			return nil
		}
		f := newFixture(t, quick, store, standing)
		f.lines(t, agency, usage(nil))
		needed := func() float64 {
			return testutil.ToFloat64(f.metrics.operator.WithLabelValues(doingWrite))
		}
		f.start(t)
		<-tried
		synctest.Wait()
		if needed() != 1 {
			t.Error("no operator is called")
		}
		if f.spool.Depth().Rows != 1 {
			t.Error("the chunk is gone")
		}
		store.mu.Lock()
		locked = false
		store.mu.Unlock()
		f.idle(t)
		if needed() != 0 || len(rowsIn[programme.UsageEvent](store, "usage")) != 1 {
			t.Errorf("after the repair: operator needed %v", needed())
		}
		if testutil.CollectAndCount(f.metrics.visible) == 0 || f.rollup.lag() != 0 {
			t.Error("the time to visible is not told")
		}
	})
}

func TestAChunkWaitsForItsAgeOrItsSize(t *testing.T) {
	for _, c := range []struct {
		name string
		rows int
		want time.Duration
	}{
		{"few rows", 9, time.Second},
		{"enough rows", 10, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				store := newMemoryStore()
				f := newFixture(t, Configuration{ChunkRows: 10, ChunkAge: time.Second}, store, passing())
				written := tries{}
				store.fail = func(b inserted) error {
					if b.kind == "receipts" {
						written.note()
					}
					return nil
				}
				f.start(t)
				pass(time.Minute) // with nothing to write
				if len(store.kinds()) != 0 {
					t.Errorf("wrote %v of nothing", store.kinds())
				}
				rows := make([]string, 0, c.rows)
				for n := range c.rows {
					rows = append(rows, usage(nil, fields{"id": strconv.Itoa(n)}))
				}
				written.began = time.Now()
				f.lines(t, agency, rows...)
				pass(time.Minute)
				// The spool itself takes a moment.
				if len(written.at) != 1 || written.at[0] < c.want || written.at[0] > c.want+100*time.Millisecond {
					t.Errorf("written after %v, want %s", written.at, c.want)
				}
			})
		})
	}
}

func TestPausesBetweenTriesGrowAndEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const failures = 8
		store := newMemoryStore()
		tried := tries{began: time.Now()}
		store.fail = func(b inserted) error {
			if b.kind == "usage" && tried.note() <= failures {
				return errAway
			}
			return nil
		}
		f := newFixture(t, Configuration{RetryFirst: 100 * time.Millisecond, RetryLast: 3 * time.Second}, store, standing)
		f.lines(t, agency, usage(nil))
		f.start(t)
		pass(time.Minute)
		if len(tried.at) != failures+1 {
			t.Fatalf("tried %d times, want %d", len(tried.at), failures+1)
		}
		for n := range failures {
			longest := min(100*time.Millisecond<<n, 3*time.Second)
			if pause := tried.at[n+1] - tried.at[n]; pause > longest || pause < longest/2 {
				t.Errorf("pause %d is of %s, want %s to %s", n, pause, longest/2, longest)
			}
		}
		if retries := testutil.ToFloat64(f.metrics.retries); retries != failures {
			t.Errorf("%v retries are counted, want %d", retries, failures)
		}
	})
}

func TestStopEndsAPauseAndKeepsTheChunk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := newMemoryStore()
		tried := make(chan struct{}, 1)
		store.fail = func(inserted) error {
			poke(tried)
			return errAway
		}
		f := newFixture(t, Configuration{RetryFirst: time.Hour, RetryLast: time.Hour}, store, standing)
		f.lines(t, agency, usage(nil), statement(nil))
		f.start(t)
		<-tried
		synctest.Wait()
		began := time.Now()
		if err := f.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
		if waited := time.Since(began); waited != 0 {
			t.Errorf("the stop took %s of a pause of an hour", waited)
		}
		if f.spool.Depth().Rows != 2 {
			t.Errorf("%d rows wait, want 2", f.spool.Depth().Rows)
		}
	})
}
