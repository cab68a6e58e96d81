package gather_test

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/gather"
	"mirsad/internal/programme"
)

// closable is a store that can be away, or hang.
type closable struct {
	gather.Streams

	away, hangs bool
}

func (c *closable) Stream(ctx context.Context, family programme.Family, subject string) ([]programme.Fact, error) {
	switch {
	case c.hangs:
		<-ctx.Done()
		return nil, ctx.Err()
	case c.away:
		return nil, errors.Join(programme.ErrUnavailable, errors.New("the store is away"))
	}
	return c.Streams.Stream(ctx, family, subject)
}

func TestSettingsInForceAreReadAgainAfterAWhile(t *testing.T) {
	db := clickhousetest.New(t)
	store, now := &closable{Streams: db}, time.Date(2016, 2, 29, 12, 0, 0, 0, time.UTC)
	inForce := gather.NewInForce(store, slog.New(slog.DiscardHandler), func() time.Time { return now })
	goals := func(want int, when string) {
		t.Helper()
		if got := inForce.Within(t.Context(), 10*time.Second).Goal; got != want {
			t.Errorf("%s: a goal of %d, want %d", when, got, want)
		}
	}
	goals(1000, "before any are recorded")
	settings := programme.DefaultSettings()
	settings.Goal = 1200
	draft := programme.Draft{Family: programme.FamilyProgramme, Subject: programme.ProgrammeSubject, Actor: "test", Reason: "test", Body: settings}
	if _, err := db.Append(t.Context(), draft, 0); err != nil {
		t.Fatal(err)
	}
	now = now.Add(9 * time.Second)
	goals(1000, "too soon")
	now = now.Add(time.Second)
	goals(1200, "after a while")
	store.away, now = true, now.Add(time.Minute)
	goals(1200, "while the store is away")
	if got := inForce.Known().Version; got != 1 {
		t.Errorf("version %d", got)
	}
	if got := inForce.Age(); got != time.Minute {
		t.Errorf("what is known is said to be %s old", got)
	}
}

// A store that hangs holds up nobody: neither who asks for what is known, nor who waits for the newest.
func TestSettingsAreKnownWhileTheStoreHangs(t *testing.T) {
	store := &closable{hangs: true}
	inForce := gather.NewInForce(store, slog.New(slog.DiscardHandler), time.Now)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { inForce.Run(ctx); close(ended) }()
	answered := make(chan struct{})
	go func() {
		defer close(answered)
		for range 20 {
			inForce.Known()
			inForce.Within(t.Context(), time.Nanosecond)
		}
	}()
	select {
	case <-answered:
	case <-time.After(time.Minute):
		t.Fatal("settings are waited for while the store hangs")
	}
	cancel()
	<-ended
}
