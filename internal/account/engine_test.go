package account

import (
	"net/http"
	"testing"
	"time"

	"mirsad/internal/clickhouse/clickhousetest"
)

// TestOnTheRealEngine goes through a person's and a token's life on ClickHouse.
func TestOnTheRealEngine(t *testing.T) {
	c := newClock()
	db := clickhousetest.NewWith(t, c.now, time.UTC)
	f := newFixtureOver(t, db, c, "")
	f.user("planner@example.qa", RolePlanner, "")
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
	b.do(http.MethodPost, "/en/sign-out", nil)
	c.pass(5 * time.Second)
	if there.knows() {
		t.Error("another process knows a session that has ended")
	}

	bearer, id := f.token("moi", ScopeEvents)
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
