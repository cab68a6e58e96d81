package gather

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
)

// one returns a computation that counts its calls.
func one(value int, err error) (compute func(context.Context) (int, error), calls *atomic.Int32) {
	calls = &atomic.Int32{}
	return func(context.Context) (int, error) {
		calls.Add(1)
		return value, err
	}, calls
}

func TestAMemoComputesOnce(t *testing.T) {
	m := newMemo[string, int](2)
	compute, calls := one(7, nil)
	for range 3 {
		if got, err := m.get(t.Context(), "seven", compute); got != 7 || err != nil {
			t.Fatalf("%d, %v", got, err)
		}
	}
	if calls.Load() != 1 {
		t.Errorf("computed %d times", calls.Load())
	}
}

func TestAMemoForgetsWhatWasNotAskedForTheLongest(t *testing.T) {
	m := newMemo[string, int](2)
	for _, key := range []string{"a", "b", "a", "c"} { // a was asked for again
		if _, err := m.get(t.Context(), key, func(context.Context) (int, error) { return 1, nil }); err != nil {
			t.Fatal(err)
		}
	}
	for key, want := range map[string]bool{"a": true, "b": false, "c": true} {
		if _, kept := m.kept[key]; kept != want {
			t.Errorf("%s is kept: %v", key, kept)
		}
	}
	if len(m.order) != 2 || len(m.running) != 0 {
		t.Errorf("%d in order, %d running", len(m.order), len(m.running))
	}
}

func TestAMemoKeepsNoError(t *testing.T) {
	m := newMemo[string, int](2)
	broken := errors.New("broken")
	fail, calls := one(0, broken)
	for range 2 {
		if _, err := m.get(t.Context(), "a", fail); !errors.Is(err, broken) {
			t.Fatalf("got %v", err)
		}
	}
	if calls.Load() != 2 {
		t.Errorf("tried %d times, want each time it is asked for", calls.Load())
	}
}

// A computation that panics reaches all that wait for it, and none that ask later.
func TestAMemoSurvivesAPanic(t *testing.T) {
	m := newMemo[string, int](2)
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was lost")
			}
		}()
		_, _ = m.get(t.Context(), "a", func(context.Context) (int, error) { panic("no") })
	}()
	if got, err := m.get(t.Context(), "a", func(context.Context) (int, error) { return 3, nil }); got != 3 || err != nil {
		t.Errorf("afterwards %d, %v", got, err)
	}
}

// Eight goroutines ask while the first computes: they get its value.
func TestGoroutinesWaitForOneValue(t *testing.T) {
	const askers = 8
	m := newMemo[string, int](2)
	var calls atomic.Int32
	var asking, group sync.WaitGroup
	asking.Add(askers)
	for range askers {
		group.Go(func() {
			asking.Done()
			got, err := m.get(t.Context(), "slow", func(context.Context) (int, error) {
				calls.Add(1)
				asking.Wait()
				return 5, nil
			})
			if got != 5 || err != nil {
				t.Errorf("%d, %v", got, err)
			}
		})
	}
	group.Wait()
	if calls.Load() != 1 {
		t.Errorf("computed %d times", calls.Load())
	}
}
