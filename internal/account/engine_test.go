package account

import (
	"net/http"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/account/accounttest"
	"mirsad/internal/clickhouse/clickhousetest"
)

// TestOnTheRealEngine goes through a person's and a token's life on ClickHouse.
func TestOnTheRealEngine(t *testing.T) {
	t.Parallel()
	c := accounttest.NewClock()
	db := clickhousetest.NewWith(t, c.Now, time.UTC)
	f := newFixtureOver(t, db, c, "")
	f.user("planner@example.qa", access.RolePlanner, "")
	b := &browser{Site: f.Site}
	if b.SignIn("planner@example.qa", "wrong password") || !b.SignIn("planner@example.qa", password) || !b.Knows() {
		t.Fatal("signing in does not work")
	}
	c.Pass(6 * time.Minute) // past the renewal
	for range 2 {
		if !b.Knows() {
			t.Error("unknown after the renewal")
		}
	}
	elsewhere := newFixtureOver(t, db, c, "")
	there := &browser{Site: elsewhere.Site, Cookie: b.Cookie}
	if !there.Knows() {
		t.Error("another process does not know the session")
	}
	if list := elsewhere.sessions(there); len(list) != 1 || !list[0].Current || list[0].UsedAt.Equal(list[0].SignedInAt) {
		t.Errorf("listed are %+v, want the one session as renewed", list)
	}
	b.Do(http.MethodPost, "/en/sign-out", nil)
	c.Pass(5 * time.Second)
	if there.Knows() {
		t.Error("another process knows a session that has ended")
	}

	bearer, id := f.token("moi", access.ScopeEvents)
	sender := &browser{Site: elsewhere.Site, Bearer: bearer}
	c.Pass(5 * time.Second)
	if w := sender.Do(http.MethodPost, "/v1/events", nil); w.Code != http.StatusOK {
		t.Errorf("a token: %d %s", w.Code, w.Body)
	}
	if _, err := f.tokens.Revoke(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	c.Pass(5 * time.Second)
	if w := sender.Do(http.MethodPost, "/v1/events", nil); w.Code != http.StatusUnauthorized {
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
	t.Parallel()
	l := newLiar(t, nil)
	l.codesForever = true
	db := clickhousetest.NewWith(t, l.Clock.Now, time.UTC)
	cfg := l.accounts.configuration
	here, there := newFixtureWith(t, db, l.Clock, cfg), newFixtureWith(t, db, l.Clock, cfg)
	first := &browser{Site: here.Site}
	code, state := l.authorize(begin(first, ""))
	second := &browser{Site: there.Site, Flow: first.Flow}
	if w := comeBack(first, "code", code, "state", state); w.Code != http.StatusSeeOther || !first.Knows() {
		t.Errorf("the first: %d %s", w.Code, w.Body)
	}
	refusedFor(t, comeBack(second, "code", code, "state", state), "finished before")
	users, err := here.accounts.ListUsers(t.Context())
	if err != nil || len(users) != 1 || users[0].Local() || users[0].Role != access.RolePlanner {
		t.Errorf("%+v, %v", users, err)
	}
}
