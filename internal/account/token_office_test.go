package account

import (
	"errors"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/programme"
)

func TestATokensFaultNamesItsField(t *testing.T) {
	f := newFixture(t, "")
	for _, each := range []struct {
		scopes     []access.Scope
		entity     string
		days       int
		field, key string
	}{
		{nil, "moi", 90, "scopes", "people.token.fault.scopes"},
		{[]access.Scope{"everything"}, "moi", 90, "scopes", "people.token.fault.scopes"},
		{[]access.Scope{access.ScopeEvents}, "", 90, "entity", "people.token.fault.entity"},
		{[]access.Scope{access.ScopeRead}, "../x", 90, "entity", "people.token.fault.entity"},
		{[]access.Scope{access.ScopeAdmin}, "moi", 90, "entity", "people.token.fault.whole"},
		{[]access.Scope{access.ScopeRead}, "", 0, "days", "people.token.fault.days"},
		{[]access.Scope{access.ScopeRead}, "", LongestTokenDays + 1, "days", "people.token.fault.days"},
	} {
		_, _, err := f.accounts.IssueToken(t.Context(), each.scopes, each.entity, each.days)
		if field, key := TokenFault(err); field != each.field || key != each.key || !errors.Is(err, programme.ErrInvalid) {
			t.Errorf("%+v: %q %q, %v", each, field, key, err)
		}
	}
	if field, key := TokenFault(nil); field != "" || key != "" {
		t.Errorf("no error is %q %q", field, key)
	}
}

func TestTokensAreListedWithTheirState(t *testing.T) {
	f := newFixture(t, "")
	bearer, short, err := f.accounts.IssueToken(t.Context(), []access.Scope{access.ScopeRead}, "", 1)
	if err != nil {
		t.Fatal(err)
	}
	(&browser{fixture: f, bearer: bearer}).get("/v1/sessions") // refused: not its scope
	rotation, err := f.accounts.ReplaceToken(t.Context(), short.ID, LongestTokenDays, 0)
	if err != nil || !rotation.New.ExpiresAt.After(f.clock.now().Add(700*24*time.Hour)) {
		t.Fatalf("%+v, %v", rotation.New, err)
	}
	if _, err := f.accounts.ReplaceToken(t.Context(), short.ID, 90, -1); !errors.Is(err, ErrTokenOverlap) {
		t.Errorf("a negative overlap: %v", err)
	}
	_, again := f.accounts.ReplaceToken(t.Context(), short.ID, 90, 7)
	if field, key := TokenFault(again); field != "" || key != "people.token.fault.rotated" {
		t.Errorf("rotated twice: %q %q, %v", field, key, again)
	}
	if _, err := f.accounts.RevokeToken(t.Context(), rotation.New.ID); err != nil {
		t.Fatal(err)
	}
	listed, err := f.accounts.TokensInUse(t.Context())
	if err != nil || len(listed) != 2 {
		t.Fatalf("%+v, %v", listed, err)
	}
	for _, each := range listed {
		want, refused := TokenRevoked, programme.TokenRefusal("")
		if each.ID == short.ID {
			want, refused = TokenExpired, programme.TokenForbidden
		}
		if each.State != want || each.Use.Reason != refused {
			t.Errorf("%s: %s, refused for %q", each.ID, each.State, each.Use.Reason)
		}
	}
}
