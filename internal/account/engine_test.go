package account

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/programme"
)

// TestOnTheRealEngine goes through a person's and a token's life on ClickHouse.
func TestOnTheRealEngine(t *testing.T) {
	c := newClock()
	db := clickhousetest.NewWith(t, c.now, time.UTC)
	f := newFixtureOver(t, db, c, "")
	f.user("planner@example.qa", access.RolePlanner, "")
	b := &browser{fixture: f}
	if b.signIn("planner@example.qa", "wrong password") || !b.signIn("planner@example.qa", password) || !b.knows() {
		t.Fatal("signing in does not work")
	}
	c.pass(6 * time.Minute) // past the renewal
	for range 2 {
		if !b.knows() {
			t.Error("unknown after the renewal")
		}
	}
	elsewhere := newFixtureOver(t, db, c, "")
	there := &browser{fixture: elsewhere, cookie: b.cookie}
	if !there.knows() {
		t.Error("another process does not know the session")
	}
	if list := elsewhere.sessions(there); len(list) != 1 || !list[0].Current || list[0].UsedAt.Equal(list[0].SignedInAt) {
		t.Errorf("listed are %+v, want the one session as renewed", list)
	}
	b.do(http.MethodPost, "/en/sign-out", nil)
	c.pass(5 * time.Second)
	if there.knows() {
		t.Error("another process knows a session that has ended")
	}

	bearer, id := f.token("moi", access.ScopeEvents)
	sender := &browser{fixture: elsewhere, bearer: bearer}
	c.pass(5 * time.Second)
	if w := sender.do(http.MethodPost, "/v1/events", nil); w.Code != http.StatusOK {
		t.Errorf("a token: %d %s", w.Code, w.Body)
	}
	if _, err := f.accounts.RevokeToken(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	c.pass(5 * time.Second)
	if w := sender.do(http.MethodPost, "/v1/events", nil); w.Code != http.StatusUnauthorized {
		t.Errorf("a revoked token: %d", w.Code)
	}
	if _, err := f.accounts.DisableUser(t.Context(), "planner@example.qa"); err != nil {
		t.Fatal(err)
	}
	users, err := elsewhere.accounts.ListUsers(t.Context())
	if err != nil || len(users) != 1 || !users[0].Disabled {
		t.Errorf("users %+v, %v", users, err)
	}
}

// TestAProvidersSignInCountsOnceOnTheRealEngine finishes one sign-in in two processes: the store takes one.
func TestAProvidersSignInCountsOnceOnTheRealEngine(t *testing.T) {
	l := newLiar(t, nil)
	l.codesForever = true
	db := clickhousetest.NewWith(t, l.clock.now, time.UTC)
	cfg := l.accounts.configuration
	here, there := newFixtureWith(t, db, l.clock, cfg), newFixtureWith(t, db, l.clock, cfg)
	first := &browser{fixture: here}
	code, state := l.authorize(first.begin(""))
	second := &browser{fixture: there, flow: first.flow}
	if w := first.comeBack("code", code, "state", state); w.Code != http.StatusSeeOther || !first.knows() {
		t.Errorf("the first: %d %s", w.Code, w.Body)
	}
	refusedFor(t, second.comeBack("code", code, "state", state), "finished before")
	users, err := here.accounts.ListUsers(t.Context())
	if err != nil || len(users) != 1 || users[0].Local() || users[0].Role != access.RolePlanner {
		t.Errorf("%+v, %v", users, err)
	}
}

// TestTokensLifeOnTheRealEngine rotates a token that two processes see, and reads back what both saw of it.
func TestTokensLifeOnTheRealEngine(t *testing.T) {
	c := newClock()
	db := clickhousetest.NewWith(t, c.now, time.UTC)
	here, elsewhere := newFixtureOver(t, db, c, ""), newFixtureOver(t, db, c, "")
	for _, f := range []*fixture{here, elsewhere} {
		if err := f.accounts.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	bearer, id := here.token("moi", access.ScopeEvents)
	used := c.now()
	if !here.living(bearer) {
		t.Error("not let in")
	}
	rotation := here.rotate(id, 7*day)
	c.pass(5 * time.Second)
	if !elsewhere.living(bearer) || !elsewhere.living(rotation.Bearer) {
		t.Error("not both live in another process")
	}
	if _, err := elsewhere.accounts.RotateToken(t.Context(), id, time.Time{}, 0); !errors.Is(err, programme.ErrAlreadyDecided) {
		t.Errorf("a second rotation: %v", err)
	}
	c.pass(time.Second)
	refused := c.now()
	(&browser{fixture: here, bearer: rotation.Bearer}).get("/v1/progress")
	if err := errors.Join(here.accounts.Stop(t.Context()), elsewhere.accounts.Stop(t.Context())); err != nil {
		t.Fatal(err)
	}
	command := newFixtureOver(t, db, c, "") // it has seen nothing itself
	if use := command.useOf(id); !use.LastUsed.Equal(used.Add(5*time.Second)) || !use.LastRefused.IsZero() {
		t.Errorf("the old one: %+v", use)
	}
	want := programme.TokenUse{
		Token: rotation.New.ID, LastUsed: used.Add(5 * time.Second), LastRefused: refused, Reason: programme.TokenForbidden,
	}
	if use := command.useOf(rotation.New.ID); use != want {
		t.Errorf("the successor:\n got %+v\nwant %+v", use, want)
	}
	tokens, err := command.accounts.ListTokens(t.Context())
	if err != nil || len(tokens) != 2 {
		t.Fatalf("%+v, %v", tokens, err)
	}
	for _, token := range tokens {
		if token.ID == id && (token.RotatedTo != rotation.New.ID || !token.ExpiresAt.Equal(used.Add(7*day))) {
			t.Errorf("the old one is listed as %+v", token)
		}
	}
}
