package queue

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"mirsad/internal/programme"
)

var small = Configuration{Room: 4, Own: 2, Waiting: 100, OwnWaiting: 20, Patience: time.Minute}

func TestOneWhoAsksForMuchWaitsBehindItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := New(small)
		var group sync.WaitGroup
		var done []string
		var mu sync.Mutex
		work := func(name string, takes time.Duration) {
			leave, err := q.Enter(t.Context(), name, 1)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				return
			}
			<-time.After(takes) // in the test's own time
			mu.Lock()
			done = append(done, name)
			mu.Unlock()
			leave()
		}
		for range 20 {
			group.Go(func() { work("greedy", time.Second) })
		}
		synctest.Wait()
		began := time.Now()
		work("modest", time.Millisecond)
		if waited := time.Since(began); waited > 2*time.Millisecond {
			t.Errorf("the modest one waited %s behind the greedy one", waited)
		}
		group.Wait()
		if len(done) != 21 || q.taken != 0 || q.waiting != 0 || len(q.callers) != 0 || len(q.next) != 0 {
			t.Errorf("%d done; left: %+v", len(done), q)
		}
	})
}

// With more callers than room each gets a turn before anyone gets a second.
func TestCallersTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := New(Configuration{Room: 1, Own: 1, Waiting: 100, OwnWaiting: 20, Patience: time.Hour})
		var group sync.WaitGroup
		var order []string
		leave, _ := q.Enter(t.Context(), "first", 1)
		for _, name := range []string{"a", "a", "a", "b", "b", "c"} {
			group.Go(func() {
				leave, err := q.Enter(t.Context(), name, 1)
				if err != nil {
					t.Error(err)
					return
				}
				order = append(order, name)
				leave()
			})
			synctest.Wait()
		}
		leave()
		group.Wait()
		if fmt.Sprint(order) != "[a b c a b a]" {
			t.Errorf("the order is %v", order)
		}
	})
}

func TestWhoMayNotWaitIsRefusedAtOnceAndAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := New(Configuration{Room: 2, Own: 1, Waiting: 3, OwnWaiting: 2, Patience: 10 * time.Second})
		enter := func(name string) error {
			leave, err := q.Enter(t.Context(), name, 1)
			if err == nil {
				defer leave()
				<-time.After(time.Hour)
			}
			return err
		}
		var group sync.WaitGroup
		results := make([]error, 5)
		for i := range results {
			group.Go(func() { results[i] = enter("greedy") })
			synctest.Wait()
		}
		if err := results[4]; !errors.Is(err, programme.ErrBusy) || !errors.Is(err, programme.ErrUnavailable) {
			t.Errorf("the fourth who would wait: %v", err)
		}
		leave, err := q.Enter(t.Context(), "modest", 1)
		if err != nil {
			t.Errorf("the modest one: %v", err)
		} else {
			leave()
		}
		<-time.After(11 * time.Second)
		synctest.Wait()
		if !errors.Is(results[1], programme.ErrBusy) || !errors.Is(results[2], programme.ErrBusy) {
			t.Errorf("who waited too long: %v, %v", results[1], results[2])
		}
		group.Wait()
	})
}

func TestWhoLeavesWaitsNoLonger(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := New(small)
		first, _ := q.Enter(t.Context(), "a", 2)
		ctx, cancel := context.WithCancel(t.Context())
		left := make(chan error)
		go func() {
			_, err := q.Enter(ctx, "a", 2)
			left <- err
		}()
		synctest.Wait()
		cancel()
		if err := <-left; !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
		first()
		first() // a second time gives nothing back
		if q.taken != 0 || q.waiting != 0 || len(q.callers) != 0 {
			t.Errorf("left: %+v", q)
		}
	})
}

// A heavy turn is not overtaken for ever by light ones.
func TestAHeavyTurnComes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := New(Configuration{Room: 2, Own: 2, Waiting: 100, OwnWaiting: 10, Patience: time.Hour})
		light, _ := q.Enter(t.Context(), "light", 1)
		heavy := make(chan func())
		go func() {
			leave, _ := q.Enter(t.Context(), "heavy", 2)
			heavy <- leave
		}()
		synctest.Wait()
		go func() {
			if leave, err := q.Enter(t.Context(), "other", 1); err == nil {
				leave()
			}
		}()
		synctest.Wait()
		if q.waiting != 2 {
			t.Errorf("%d wait: the heavy one was overtaken", q.waiting)
		}
		light()
		(<-heavy)()
		synctest.Wait()
		if q.taken != 0 || q.waiting != 0 {
			t.Errorf("left: %+v", q)
		}
	})
}

// Whatever comes and goes, neither the room nor a caller's own is ever passed, and all of it is given back.
func TestLimitsHoldWhateverComes(t *testing.T) {
	q := New(Configuration{Room: 3, Own: 2, Waiting: 8, OwnWaiting: 3, Patience: time.Millisecond})
	var all atomic.Int64
	own := make([]atomic.Int64, 5)
	var group sync.WaitGroup
	for seed := range uint64(16) {
		group.Go(func() {
			random := rand.New(rand.NewPCG(seed, 1))
			for range 500 {
				who, weight := random.IntN(len(own)), 1+random.IntN(2)
				ctx, cancel := context.WithCancel(t.Context())
				if random.IntN(4) == 0 {
					cancel()
				}
				leave, err := q.Enter(ctx, strconv.Itoa(who), weight)
				if err == nil {
					if all.Add(int64(weight)) > 3 || own[who].Add(int64(weight)) > 2 {
						t.Error("more is given out than there is")
					}
					runtime.Gosched()
					own[who].Add(-int64(weight))
					all.Add(-int64(weight))
					leave()
				}
				cancel()
			}
		})
	}
	group.Wait()
	if q.taken != 0 || q.waiting != 0 || len(q.callers) != 0 || len(q.next) != 0 {
		t.Errorf("left: %+v", q)
	}
}
