package reading

import (
	"context"
	"errors"
	"log/slog"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"mirsad/internal/clocktest"
	"mirsad/internal/programme"
)

// shelf is a store of one family that counts its questions and can go away.
type shelf struct {
	facts     []programme.Fact
	questions int
	away      error
	hangs     atomic.Bool
}

func (s *shelf) Facts(ctx context.Context, _ []programme.Family, _ time.Time) ([]programme.Fact, error) {
	if s.hangs.Load() {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	s.questions++
	return s.facts, s.away
}

// counted is a reading of how many facts each stream has, on a clock that the test moves.
func counted(s *shelf) (*Reading[int], *time.Time) {
	now := clocktest.Start()
	deps := Dependencies{Store: s, Logger: slog.New(slog.DiscardHandler), Now: func() time.Time { return now }}
	fold := func(stream []programme.Fact) (int, bool, error) { return len(stream), true, nil }
	return New(Configuration{Family: programme.FamilyToken}, deps, fold), &now
}

func TestAReadingIsFreshForAWhile(t *testing.T) {
	s := &shelf{facts: []programme.Fact{{Subject: "a"}, {Subject: "b"}, {Subject: "a"}}}
	r, now := counted(s)
	for range 3 {
		if got, err := r.Current(t.Context()); err != nil || got["a"] != 2 || got["b"] != 1 {
			t.Fatalf("%v, %v", got, err)
		}
	}
	if s.questions != 1 {
		t.Errorf("%d questions, want 1", s.questions)
	}
	*now = now.Add(defaultFresh)
	if _, err := r.Current(t.Context()); err != nil || s.questions != 2 {
		t.Errorf("when it is old: %d questions, %v", s.questions, err)
	}
	s.facts = append(s.facts, programme.Fact{Subject: "c"})
	r.Forget()
	if got, err := r.Current(t.Context()); err != nil || got["c"] != 1 {
		t.Errorf("after a change made here: %v, %v", got, err)
	}
}

func TestAnOldReadingCountsWhileTheStoreIsAway(t *testing.T) {
	s := &shelf{facts: []programme.Fact{{Subject: "a"}}}
	r, now := counted(s)
	if _, err := r.Current(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.away = programme.ErrUnavailable
	*now = now.Add(staleFor - time.Second)
	for range 3 {
		if got, err := r.Current(t.Context()); err != nil || got["a"] != 1 {
			t.Errorf("%v, %v", got, err)
		}
	}
	if s.questions != 2 {
		t.Errorf("%d questions: a store that is away is asked again at once", s.questions)
	}
	if _, err := r.Read(t.Context()); !errors.Is(err, programme.ErrUnavailable) {
		t.Errorf("what must be known now: %v", err)
	}
	*now = now.Add(time.Second)
	if _, err := r.Current(t.Context()); !errors.Is(err, programme.ErrUnavailable) {
		t.Errorf("after an hour: %v", err)
	}
}

// A store that hangs, instead of being away, holds up no request once something was read: the reading goes on behind them.
func TestNoRequestWaitsForAStoreThatHangs(t *testing.T) {
	s := &shelf{facts: []programme.Fact{{Subject: "a"}}}
	r, now := counted(s)
	if _, err := r.Current(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.hangs.Store(true)
	*now = now.Add(staleFor / 2)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { r.Run(ctx); close(ended) }()
	for !r.behind.Load() {
		runtime.Gosched()
	}
	const requests = 1_000 // of which each would wait for half a second
	began := time.Now()
	for range requests {
		if got, err := r.Current(t.Context()); err != nil || got["a"] != 1 {
			t.Fatalf("%v, %v", got, err)
		}
	}
	if took := time.Since(began); took > requests*patience/20 {
		t.Errorf("%d requests took %s while the store hangs", requests, took)
	}
	if !r.Known() || r.Age() != staleFor/2 {
		t.Errorf("known %v, of an age of %s", r.Known(), r.Age())
	}
	cancel()
	<-ended
}

func TestWhatTheLastReadingLacksIsReadAgain(t *testing.T) {
	s := &shelf{facts: []programme.Fact{{Subject: "a"}}}
	r, now := counted(s)
	if _, err := r.Current(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.facts = append(s.facts, programme.Fact{Subject: "b"})
	*now = now.Add(newestEvery)
	if got, err := r.Newest(t.Context()); err != nil || got["b"] != 1 {
		t.Errorf("%v, %v", got, err)
	}
	s.away = programme.ErrUnavailable
	*now = now.Add(newestEvery)
	for range 2 { // the second does not ask
		if got, err := r.Newest(t.Context()); err != nil || got["b"] != 1 {
			t.Errorf("while the store is away: %v, %v", got, err)
		}
	}
	if s.questions != 3 {
		t.Errorf("%d questions", s.questions)
	}
}
