package gather_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/clickhouse"
	"mirsad/internal/figures"
	"mirsad/internal/gather"
	"mirsad/internal/programme"
)

// slow is the real store whose days for somebody wait until they are let go.
type slow struct {
	*clickhouse.DB

	of      string // who waits
	letGo   chan struct{}
	waiting atomic.Int32
	most    atomic.Int32
	ended   atomic.Int32 // readings whose client had gone
	begun   chan struct{}
}

func (s *slow) Days(ctx context.Context, asAt time.Time, from, to civil.Date) ([]programme.EventSum, error) {
	if who, _ := access.PrincipalFrom(ctx); who.ID == s.of {
		now := s.waiting.Add(1)
		defer s.waiting.Add(-1)
		for most := s.most.Load(); now > most && !s.most.CompareAndSwap(most, now); most = s.most.Load() {
		}
		select {
		case s.begun <- struct{}{}:
		default:
		}
		select {
		case <-s.letGo:
		case <-ctx.Done():
			s.ended.Add(1)
			return nil, context.Cause(ctx)
		}
	}
	return s.DB.Days(ctx, asAt, from, to)
}

func slowly(t *testing.T) (*slow, *gather.Figures) {
	t.Helper()
	_, db, watch := start(t)
	addService(t, db, "visa", civil.NewDate(2015, 3, 1))
	store := &slow{DB: db, of: "user/greedy", letGo: make(chan struct{}), begun: make(chan struct{}, 1)}
	kept, err := gather.New(
		gather.Configuration{Zone: time.UTC, VersionEvery: time.Hour}, gather.Dependencies{Store: store, Now: watch.Now})
	if err != nil {
		t.Fatal(err)
	}
	return store, kept
}

func as(t *testing.T, id string) context.Context {
	t.Helper()
	return access.WithPrincipal(t.Context(), access.Principal{ID: id, Role: access.RoleExecutive})
}

func daysFrom(day int) figures.UsageQuery {
	from := civil.NewDate(2016, 4, 1).AddDays(day)
	return figures.UsageQuery{Grain: civil.GrainDay, From: from, To: from.AddDays(90), Measure: programme.MeasureCompleted}
}

var onSeptember = figures.Question{On: civil.NewDate(2016, 9, 30)}

// One account's series by day are worked out one at a time, the rest of them wait or are refused, and whoever else asks
// has an answer meanwhile.
func TestOneAccountsSeriesByDayLeaveRoomForOthers(t *testing.T) {
	store, kept := slowly(t)
	modest := as(t, "user/modest")
	if _, err := kept.Figures(modest, onSeptember); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	var refused atomic.Int32
	greedy := as(t, store.of)
	for i := range 60 {
		group.Go(func() {
			_, err := kept.Usage(greedy, onSeptember, daysFrom(i))
			switch {
			case errors.Is(err, programme.ErrBusy):
				refused.Add(1)
			case err != nil:
				t.Error(err)
			}
		})
	}
	<-store.begun
	for i := range 5 {
		if _, err := kept.Usage(modest, onSeptember, daysFrom(i)); err != nil {
			t.Errorf("the modest one's series: %v", err)
		}
		if _, err := kept.Figures(modest, figures.Question{On: civil.NewDate(2016, 8, 1+i)}); err != nil {
			t.Errorf("the modest one's figures: %v", err)
		}
	}
	close(store.letGo)
	group.Wait()
	if store.most.Load() != 1 || refused.Load() == 0 || refused.Load() > 50 {
		t.Errorf("%d at once, %d of 60 refused", store.most.Load(), refused.Load())
	}
}

// However many dates and series one account asks for, the figures of today are not worked out again for the others.
func TestWhatEverybodyAsksForStays(t *testing.T) {
	_, kept := slowly(t)
	modest := as(t, "user/modest")
	first, err := kept.Figures(modest, figures.Question{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 40 {
		other := as(t, "user/other")
		day := civil.NewDate(2016, 1, 1).AddDays(i)
		if _, err := kept.Figures(other, figures.Question{On: day, AsAt: day}); err != nil {
			t.Fatal(err)
		}
		if _, err := kept.Usage(other, onSeptember, daysFrom(i)); err != nil {
			t.Fatal(err)
		}
	}
	if again, err := kept.Figures(modest, figures.Question{}); err != nil || again != first {
		t.Errorf("worked out again: %v", err)
	}
}

// Nobody waits for what nobody asks for any more: the reading ends with the last who waited for it.
func TestWorkEndsWhenItsClientLeaves(t *testing.T) {
	store, kept := slowly(t)
	if _, err := kept.Figures(as(t, "user/modest"), onSeptember); err != nil {
		t.Fatal(err)
	}
	ctx, leave := context.WithCancel(as(t, store.of))
	var group sync.WaitGroup
	for range 3 {
		group.Go(func() {
			if _, err := kept.Usage(ctx, onSeptember, daysFrom(1)); err == nil {
				t.Error("an answer without days")
			}
		})
	}
	<-store.begun
	leave()
	group.Wait()
	if store.ended.Load() != 1 {
		t.Errorf("%d readings ended", store.ended.Load())
	}
	close(store.letGo)
	if series, err := kept.Usage(as(t, store.of), onSeptember, daysFrom(1)); err != nil || len(series) == 0 {
		t.Errorf("asked again: %v, %v", series, err)
	}
}

// One who leaves does not end what another waits for.
func TestOneWhoLeavesEndsNothingForAnother(t *testing.T) {
	store, kept := slowly(t)
	if _, err := kept.Figures(as(t, "user/modest"), onSeptember); err != nil {
		t.Fatal(err)
	}
	ctx, leave := context.WithCancel(as(t, store.of))
	defer leave()
	first, second := make(chan error, 1), make(chan error, 1)
	ask := func(ctx context.Context, to chan<- error) {
		_, err := kept.Usage(ctx, onSeptember, daysFrom(1))
		to <- err
	}
	go ask(ctx, first)
	<-store.begun
	go ask(as(t, "user/modest"), second)
	leave()
	select { // the second waits for the first's reading, or has begun its own
	case err := <-second:
		if err != nil {
			t.Errorf("the other: %v", err)
		}
		close(store.letGo)
	default:
		close(store.letGo)
		if err := <-second; err != nil {
			t.Errorf("the other: %v", err)
		}
	}
	if err := <-first; err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("the one who left: %v", err)
	}
}
