package token

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
	"mirsad/internal/account/accounttest"
	"mirsad/internal/clocktest"
	"mirsad/internal/programme"
	"mirsad/internal/secret"
)

// useOf returns what is known of a token's use.
func (f *fixture) useOf(id string) programme.TokenUse {
	f.T.Helper()
	uses, err := f.tokens.Uses(f.T.Context())
	if err != nil {
		f.T.Fatal(err)
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
			before: func(f *fixture, id string) { _, _ = f.tokens.Revoke(f.T.Context(), id) },
		},
		{
			why: "a wrong secret of a revoked one", target: "/v1/entities/moi", scope: access.ScopeRead, secret: "guessed",
			status: http.StatusUnauthorized, want: programme.TokenWrongSecret,
			before: func(f *fixture, id string) { _, _ = f.tokens.Revoke(f.T.Context(), id) },
		},
		{
			why: "expired", target: "/v1/entities/moi", scope: access.ScopeRead, status: http.StatusUnauthorized, want: programme.TokenExpired,
			before: func(f *fixture, _ string) { f.Clock.Pass(defaultExpiry) },
		},
		{why: "another scope", target: "/v1/entities/moi", scope: access.ScopeEvents, status: http.StatusForbidden, want: programme.TokenForbidden},
		{why: "a page", target: "/en/", scope: access.ScopeRead, status: http.StatusForbidden, want: programme.TokenForbidden},
		{why: "the whole programme", target: "/v1/reports", scope: access.ScopeRead, status: http.StatusForbidden, want: programme.TokenForbidden},
		{why: "another entity's object", target: "/v1/entities/moj", scope: access.ScopeRead, status: http.StatusNotFound, want: programme.TokenOtherEntity},
		{why: "no such route", target: "/v1/unheard-of", scope: access.ScopeRead, status: http.StatusNotFound},
		{why: "an open route", target: "/healthz", scope: access.ScopeRead, status: http.StatusOK},
	} {
		t.Run(test.why, func(t *testing.T) {
			f := newFixture(t)
			bearer, id := f.token("moi", test.scope)
			if test.before != nil {
				test.before(f, id)
			}
			if test.secret != "" {
				bearer = id + "." + test.secret
			}
			if w := (&browser{Site: f.Site, Bearer: bearer}).Get(test.target); w.Code != test.status {
				t.Errorf("status %d, want %d", w.Code, test.status)
			}
			want := programme.TokenUse{Token: id, LastUsed: f.Clock.Now()}
			if test.want != "" {
				want = programme.TokenUse{Token: id, LastRefused: f.Clock.Now(), Reason: test.want}
			}
			if got := f.useOf(id); got != want {
				t.Errorf("\n got %+v\nwant %+v", got, want)
			}
		})
	}
}

// A handler refuses what the guard can't know, such as another entity's receipt.
func TestAHandlersRefusalCounts(t *testing.T) {
	f := newFixture(t)
	f.Handler = f.tokens.Middleware(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/panic" {
			panic(http.ErrAbortHandler)
		}
		access.NoteRefusal(r.Context(), programme.TokenOtherEntity)
		w.WriteHeader(http.StatusNotFound)
	}))
	bearer, id := f.token("moi", access.ScopeEvents)
	b := &browser{Site: f.Site, Bearer: bearer}
	b.Get("/v1/receipts/of-another")
	if use := f.useOf(id); use.Reason != programme.TokenOtherEntity || !use.LastUsed.IsZero() {
		t.Errorf("%+v", use)
	}
	func() {
		defer func() { _ = recover() }()
		b.Get("/panic")
	}()
	if use := f.useOf(id); use.LastUsed.IsZero() {
		t.Error("a request that breaks off is no use")
	}
	access.NoteRefusal(t.Context(), programme.TokenForbidden) // nobody's request
}

func TestUnknownIDsAreNotKept(t *testing.T) {
	f := newFixture(t)
	_, id := f.token("moi", access.ScopeRead)
	operator := secret.NewBearer()
	if err := f.tokens.AddOperator("local", operator); err != nil {
		t.Fatal(err)
	}
	for i := range 100 {
		(&browser{Site: f.Site, Bearer: strings.Repeat("f", i) + ".secret"}).Get("/v1/progress")
	}
	(&browser{Site: f.Site, Bearer: operator}).Get("/v1/progress")
	(&browser{Site: f.Site, Bearer: id + ".guessed"}).Get("/v1/progress")
	if known := f.tokens.uses.known(); len(known) != 1 {
		t.Errorf("%d ids are kept, want 1: %+v", len(known), known)
	}
}

func TestUseCostsARowEveryFiveMinutes(t *testing.T) {
	f := newFixture(t)
	bearer, id := f.token("moi", access.ScopeRead)
	b := &browser{Site: f.Site, Bearer: bearer}
	look := func() { _ = f.tokens.uses.record(t.Context(), recordEvery) }
	for minute := range 20 { // used in each of them, looked after four times in each
		for range 4 {
			b.Get("/v1/progress")
			b.Get("/v1/reports")
			look()
			f.Clock.Pass(15 * time.Second)
		}
		if rows, most := f.Store.UseRows(), 1+minute/5; rows != most {
			t.Fatalf("%d rows after minute %d, want %d", rows, minute, most)
		}
	}
	f.Clock.Pass(time.Hour)
	look()
	look()
	if rows := f.Store.UseRows(); rows != 5 {
		t.Errorf("%d rows when all is recorded, want 5", rows)
	}
	recorded, _ := f.Store.TokenUses(t.Context())
	if len(recorded) != 1 || recorded[0] != f.useOf(id) {
		t.Errorf("recorded %+v, known %+v", recorded, f.useOf(id))
	}
}

func TestUseIsRecordedWhenTheStoreIsBack(t *testing.T) {
	f := newFixture(t)
	bearer, id := f.token("moi", access.ScopeRead)
	(&browser{Site: f.Site, Bearer: bearer}).Get("/v1/progress")
	f.Store.GoAway()
	if err := f.tokens.uses.record(t.Context(), recordEvery); !errors.Is(err, programme.ErrUnavailable) {
		t.Error(err)
	}
	if _, err := f.tokens.Uses(t.Context()); !errors.Is(err, programme.ErrUnavailable) {
		t.Error(err)
	}
	f.Store.ComeBack()
	for _, wait := range []time.Duration{0, recordEvery} {
		f.Clock.Pass(wait)
		_ = f.tokens.uses.record(t.Context(), recordEvery)
		if rows := f.Store.UseRows(); (rows == 1) != (wait == recordEvery) {
			t.Errorf("%d rows %s after the failure", rows, wait)
		}
	}
	if f.useOf(id).LastUsed.IsZero() {
		t.Error("the use is lost")
	}
}

// startedUses is uses over memory, for a bubble of synctest and on its clock. (Accounts as a whole would leave a
// goroutine of scs behind, which a bubble does not forgive.)
func startedUses(t *testing.T) (*accounttest.Memory, *uses) {
	t.Helper()
	store := &accounttest.Memory{Now: clocktest.Now}
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
		if rows := store.UseRows(); rows != 2 {
			t.Errorf("%d rows in ten minutes, want 2", rows)
		}
		for range 2 { // the second does nothing
			if err := u.stop(t.Context()); err != nil {
				t.Error(err)
			}
		}
		if rows := store.UseRows(); rows != 3 {
			t.Errorf("%d rows after the stop, want 3", rows)
		}
	})
}

func TestStopWhileTheStoreIsAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, u := startedUses(t)
		u.note(Token{ID: "a", seq: 1}, programme.TokenExpired)
		store.GoAway()
		time.Sleep(time.Minute)
		if err := u.stop(t.Context()); !errors.Is(err, programme.ErrUnavailable) {
			t.Errorf("the loss is not told: %v", err)
		}
	})
}

func TestWithoutAStoreOfUses(t *testing.T) {
	store := &accounttest.Memory{Now: clocktest.Now}
	tokens, err := New(Dependencies{Store: store, Logger: slog.New(slog.DiscardHandler), Now: clocktest.Now})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(tokens.Start(t.Context()), tokens.Stop(context.Background())); err != nil {
		t.Error(err)
	}
	if _, err := tokens.Uses(t.Context()); !errors.Is(err, programme.ErrUnavailable) {
		t.Error(err)
	}
}
