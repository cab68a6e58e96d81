package account

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/clocktest"
	"mirsad/internal/programme"
)

// useOf returns what is known of a token's use.
func (f *fixture) useOf(id string) programme.TokenUse {
	f.t.Helper()
	uses, err := f.accounts.TokenUses(f.t.Context())
	if err != nil {
		f.t.Fatal(err)
	}
	return uses[id]
}

func TestEveryRefusalHasItsReason(t *testing.T) {
	for _, test := range []struct {
		why    string
		method string
		target string
		scope  access.Scope
		before func(f *fixture, id string)
		secret string // instead of the right one
		status int
		want   programme.TokenRefusal
	}{
		{why: "accepted", target: "/v1/entities/moi", scope: access.ScopeRead, status: http.StatusOK},
		{why: "wrong secret", target: "/v1/entities/moi", scope: access.ScopeRead, secret: "guessed", status: http.StatusUnauthorized, want: programme.TokenWrongSecret},
		{
			why: "revoked", target: "/v1/entities/moi", scope: access.ScopeRead, status: http.StatusUnauthorized, want: programme.TokenRevoked,
			before: func(f *fixture, id string) { _, _ = f.accounts.RevokeToken(f.t.Context(), id) },
		},
		{
			why: "a wrong secret of a revoked one", target: "/v1/entities/moi", scope: access.ScopeRead, secret: "guessed",
			status: http.StatusUnauthorized, want: programme.TokenWrongSecret,
			before: func(f *fixture, id string) { _, _ = f.accounts.RevokeToken(f.t.Context(), id) },
		},
		{
			why: "expired", target: "/v1/entities/moi", scope: access.ScopeRead, status: http.StatusUnauthorized, want: programme.TokenExpired,
			before: func(f *fixture, _ string) { f.clock.pass(defaultExpiry) },
		},
		{why: "another scope", target: "/v1/entities/moi", scope: access.ScopeEvents, status: http.StatusForbidden, want: programme.TokenForbidden},
		{why: "a page", target: "/en/", scope: access.ScopeRead, status: http.StatusForbidden, want: programme.TokenForbidden},
		{why: "the whole programme", target: "/v1/reports", scope: access.ScopeRead, status: http.StatusForbidden, want: programme.TokenForbidden},
		{why: "another entity's object", target: "/v1/entities/moj", scope: access.ScopeRead, status: http.StatusNotFound, want: programme.TokenOtherEntity},
		{why: "no such route", target: "/v1/unheard-of", scope: access.ScopeRead, status: http.StatusNotFound},
		{why: "an open route", target: "/healthz", scope: access.ScopeRead, status: http.StatusOK},
	} {
		t.Run(test.why, func(t *testing.T) {
			f := newFixture(t, "")
			bearer, id := f.token("moi", test.scope)
			if test.before != nil {
				test.before(f, id)
			}
			if test.secret != "" {
				bearer = id + "." + test.secret
			}
			if w := (&browser{fixture: f, bearer: bearer}).get(test.target); w.Code != test.status {
				t.Errorf("status %d, want %d", w.Code, test.status)
			}
			want := programme.TokenUse{Token: id, LastUsed: f.clock.now()}
			if test.want != "" {
				want = programme.TokenUse{Token: id, LastRefused: f.clock.now(), Reason: test.want}
			}
			if got := f.useOf(id); got != want {
				t.Errorf("\n got %+v\nwant %+v", got, want)
			}
		})
	}
}

// A handler refuses what the guard can't know, such as another entity's receipt.
func TestAHandlersRefusalCounts(t *testing.T) {
	f := newFixture(t, "")
	f.site = f.accounts.Middleware(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/panic" {
			panic(http.ErrAbortHandler)
		}
		access.NoteRefusal(r.Context(), programme.TokenOtherEntity)
		w.WriteHeader(http.StatusNotFound)
	}))
	bearer, id := f.token("moi", access.ScopeEvents)
	b := &browser{fixture: f, bearer: bearer}
	b.get("/v1/receipts/of-another")
	if use := f.useOf(id); use.Reason != programme.TokenOtherEntity || !use.LastUsed.IsZero() {
		t.Errorf("%+v", use)
	}
	func() {
		defer func() { _ = recover() }()
		b.get("/panic")
	}()
	if use := f.useOf(id); use.LastUsed.IsZero() {
		t.Error("a request that breaks off is no use")
	}
	access.NoteRefusal(t.Context(), programme.TokenForbidden) // nobody's request
}

func TestUnknownIDsAreNotKept(t *testing.T) {
	f := newFixture(t, "")
	_, id := f.token("moi", access.ScopeRead)
	operator := NewBearer()
	if err := f.accounts.AddOperator("local", operator); err != nil {
		t.Fatal(err)
	}
	for i := range 100 {
		(&browser{fixture: f, bearer: strings.Repeat("f", i) + ".secret"}).get("/v1/progress")
	}
	(&browser{fixture: f, bearer: operator}).get("/v1/progress")
	(&browser{fixture: f, bearer: id + ".guessed"}).get("/v1/progress")
	if known := f.accounts.uses.known(); len(known) != 1 {
		t.Errorf("%d ids are kept, want 1: %+v", len(known), known)
	}
}

func TestUseCostsARowEveryFiveMinutes(t *testing.T) {
	f := newFixture(t, "")
	bearer, id := f.token("moi", access.ScopeRead)
	b := &browser{fixture: f, bearer: bearer}
	look := func() { _ = f.accounts.uses.record(t.Context(), recordEvery) }
	for minute := range 20 { // used in each of them, looked after four times in each
		for range 4 {
			b.get("/v1/progress")
			b.get("/v1/reports")
			look()
			f.clock.pass(15 * time.Second)
		}
		if rows, most := f.store.useRows(), 1+minute/5; rows != most {
			t.Fatalf("%d rows after minute %d, want %d", rows, minute, most)
		}
	}
	f.clock.pass(time.Hour)
	look()
	look()
	if rows := f.store.useRows(); rows != 5 {
		t.Errorf("%d rows when all is recorded, want 5", rows)
	}
	recorded, _ := f.store.TokenUses(t.Context())
	if len(recorded) != 1 || recorded[0] != f.useOf(id) {
		t.Errorf("recorded %+v, known %+v", recorded, f.useOf(id))
	}
}

func TestUseIsRecordedWhenTheStoreIsBack(t *testing.T) {
	f := newFixture(t, "")
	bearer, id := f.token("moi", access.ScopeRead)
	(&browser{fixture: f, bearer: bearer}).get("/v1/progress")
	f.store.goAway()
	if err := f.accounts.uses.record(t.Context(), recordEvery); !errors.Is(err, programme.ErrUnavailable) {
		t.Error(err)
	}
	if _, err := f.accounts.TokenUses(t.Context()); !errors.Is(err, programme.ErrUnavailable) {
		t.Error(err)
	}
	f.store.comeBack()
	for _, wait := range []time.Duration{0, recordEvery} {
		f.clock.pass(wait)
		_ = f.accounts.uses.record(t.Context(), recordEvery)
		if rows := f.store.useRows(); (rows == 1) != (wait == recordEvery) {
			t.Errorf("%d rows %s after the failure", rows, wait)
		}
	}
	if f.useOf(id).LastUsed.IsZero() {
		t.Error("the use is lost")
	}
}

// startedUses is uses over memory, for a bubble of synctest and on its clock. (Accounts as a whole would leave a
// goroutine of scs behind, which a bubble does not forgive.)
func startedUses(t *testing.T) (*memory, *uses) {
	t.Helper()
	store := &memory{now: clocktest.Now}
	u := newUses(store, slog.New(slog.DiscardHandler), clocktest.Now)
	if err := u.start(t.Context()); err != nil {
		t.Fatal(err)
	}
	return store, u
}

func TestStartRecordsAndStopRecordsTheRest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, u := startedUses(t)
		if err := u.start(t.Context()); !errors.Is(err, programme.ErrInvalid) {
			t.Errorf("a second start: %v", err)
		}
		for range 10 * 60 { // ten minutes of a request a second
			u.note(Token{ID: "a", seq: 1}, "")
			time.Sleep(time.Second)
		}
		synctest.Wait()
		if rows := store.useRows(); rows != 2 {
			t.Errorf("%d rows in ten minutes, want 2", rows)
		}
		for range 2 { // the second does nothing
			if err := u.stop(t.Context()); err != nil {
				t.Error(err)
			}
		}
		if rows := store.useRows(); rows != 3 {
			t.Errorf("%d rows after the stop, want 3", rows)
		}
	})
}

func TestStopWhileTheStoreIsAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, u := startedUses(t)
		u.note(Token{ID: "a", seq: 1}, programme.TokenExpired)
		store.goAway()
		time.Sleep(time.Minute)
		if err := u.stop(t.Context()); !errors.Is(err, programme.ErrUnavailable) {
			t.Errorf("the loss is not told: %v", err)
		}
	})
}

func TestWithoutAStoreOfUses(t *testing.T) {
	store := &memory{now: clocktest.Now}
	accounts, err := New(Configuration{}, Dependencies{Store: store, Logger: slog.New(slog.DiscardHandler), Now: clocktest.Now})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(accounts.Start(t.Context()), accounts.Stop(context.Background())); err != nil {
		t.Error(err)
	}
	if _, err := accounts.TokenUses(t.Context()); !errors.Is(err, programme.ErrUnavailable) {
		t.Error(err)
	}
}
