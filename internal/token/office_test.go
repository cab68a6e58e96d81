package token

import (
	"errors"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/programme"
)

func TestATokensFaultNamesItsField(t *testing.T) {
	f := newFixture(t)
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
		{[]access.Scope{access.ScopeRead}, "", LongestDays + 1, "days", "people.token.fault.days"},
	} {
		_, _, err := f.tokens.Issue(t.Context(), each.scopes, each.entity, each.days)
		if field, key := Fault(err); field != each.field || key != each.key || !errors.Is(err, programme.ErrInvalid) {
			t.Errorf("%+v: %q %q, %v", each, field, key, err)
		}
	}
	if field, key := Fault(nil); field != "" || key != "" {
		t.Errorf("no error is %q %q", field, key)
	}
}

func TestTokensAreListedWithTheirState(t *testing.T) {
	f := newFixture(t)
	bearer, short, err := f.tokens.Issue(t.Context(), []access.Scope{access.ScopeRead}, "", 1)
	if err != nil {
		t.Fatal(err)
	}
	(&browser{Site: f.Site, Bearer: bearer}).Get("/v1/quarantine") // refused: not its scope
	rotation, err := f.tokens.Replace(t.Context(), short.ID, LongestDays, 0)
	if err != nil || !rotation.New.ExpiresAt.After(f.Clock.Now().Add(700*24*time.Hour)) {
		t.Fatalf("%+v, %v", rotation.New, err)
	}
	if _, err := f.tokens.Replace(t.Context(), short.ID, 90, -1); !errors.Is(err, ErrOverlap) {
		t.Errorf("a negative overlap: %v", err)
	}
	_, again := f.tokens.Replace(t.Context(), short.ID, 90, 7)
	if field, key := Fault(again); field != "" || key != "people.token.fault.rotated" {
		t.Errorf("rotated twice: %q %q, %v", field, key, again)
	}
	if _, err := f.tokens.Revoke(t.Context(), rotation.New.ID); err != nil {
		t.Fatal(err)
	}
	listed, err := f.tokens.InUse(t.Context())
	if err != nil || len(listed) != 2 {
		t.Fatalf("%+v, %v", listed, err)
	}
	for _, each := range listed {
		want, refused := Revoked, programme.TokenRefusal("")
		if each.ID == short.ID {
			want, refused = Expired, programme.TokenForbidden
		}
		if each.State != want || each.Use.Reason != refused {
			t.Errorf("%s: %s, refused for %q", each.ID, each.State, each.Use.Reason)
		}
	}
}
