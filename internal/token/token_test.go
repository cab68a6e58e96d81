package token

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/programme"
	"mirsad/internal/secret"
)

func TestTokens(t *testing.T) {
	f := newFixture(t)
	now := f.Clock.Now()
	for _, bad := range []struct {
		why     string
		scopes  []access.Scope
		entity  string
		expires time.Time
	}{
		{"no scope", nil, "moi", time.Time{}},
		{"an unknown scope", []access.Scope{"all"}, "moi", time.Time{}},
		{"events without entity", []access.Scope{access.ScopeEvents}, "", time.Time{}},
		{"admin with entity", []access.Scope{access.ScopeAdmin}, "moi", time.Time{}},
		{"expired", []access.Scope{access.ScopeRead}, "", now},
		{"three years", []access.Scope{access.ScopeRead}, "", now.AddDate(3, 0, 0)},
	} {
		if _, _, err := f.tokens.Create(t.Context(), bad.scopes, bad.entity, bad.expires); !errors.Is(err, programme.ErrInvalid) {
			t.Errorf("%s: %v", bad.why, err)
		}
	}
	bearer, id := f.token("moi", access.ScopeRead)
	b := &browser{Site: f.Site, Bearer: bearer}
	if w := b.Get("/v1/progress"); w.Code != http.StatusOK || w.Body.String() != "token/"+id {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	for _, fact := range f.Store.Kept() {
		if _, secret, _ := strings.Cut(bearer, "."); strings.Contains(string(fact.Body), secret) {
			t.Error("the secret is stored as it is")
		}
	}
	for _, wrong := range []string{bearer + "x", id + ".", id, "." + id, "unknown.secret", strings.Replace(bearer, ".", "..", 1)} {
		w := (&browser{Site: f.Site, Bearer: wrong}).Get("/v1/progress")
		if w.Code != http.StatusUnauthorized || !strings.Contains(w.Header().Get("WWW-Authenticate"), "invalid_token") ||
			w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%q: %d %v", wrong, w.Code, w.Header())
		}
	}
	if _, err := f.tokens.Revoke(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if w := b.Get("/v1/progress"); w.Code != http.StatusUnauthorized {
		t.Errorf("revoked: %d", w.Code)
	}
	if _, err := f.tokens.Revoke(t.Context(), "unknown"); !errors.Is(err, programme.ErrNotFound) {
		t.Errorf("revoking nothing: %v", err)
	}
	tokens, err := f.tokens.List(t.Context())
	if err != nil || len(tokens) != 1 || !tokens[0].Revoked || tokens[0].CreatedBy != "operator/command" ||
		tokens[0].CreatedAt.IsZero() {
		t.Errorf("list %+v, %v", tokens, err)
	}
}

func TestTokenExpires(t *testing.T) {
	f := newFixture(t)
	bearer, _ := f.token("", access.ScopeRead)
	b := &browser{Site: f.Site, Bearer: bearer}
	f.Clock.Pass(defaultExpiry - time.Second)
	if w := b.Get("/v1/progress"); w.Code != http.StatusOK {
		t.Errorf("a second before: %d", w.Code)
	}
	f.Clock.Pass(time.Second)
	if w := b.Get("/v1/progress"); w.Code != http.StatusUnauthorized {
		t.Errorf("then: %d", w.Code)
	}
}

func TestTokensCostNoQuestionARequest(t *testing.T) {
	f := newFixture(t)
	bearer, _ := f.token("moi", access.ScopeEvents)
	b := &browser{Site: f.Site, Bearer: bearer}
	b.Get("/v1/quarantine")
	before := f.Store.Asked()
	for i := range 1000 {
		b.Bearer = bearer
		if i%2 == 0 {
			b.Bearer = "unknown" + strings.Repeat("x", i%7) + ".secret"
		}
		b.Get("/v1/quarantine")
	}
	if asked := f.Store.Asked() - before; asked != 0 {
		t.Errorf("%d questions for 1,000 requests, half of them with an unknown token", asked)
	}
	f.Clock.Pass(5 * time.Second)
	b.Bearer = bearer
	b.Get("/v1/quarantine")
	if asked := f.Store.Asked() - before; asked != 1 {
		t.Errorf("%d questions after five seconds, want 1", asked)
	}
}

// What agencies send is taken into the spool while the database is away, so their tokens must still be known.
func TestTokensAreKnownWhileTheStoreIsAway(t *testing.T) {
	f := newFixture(t)
	bearer, _ := f.token("moi", access.ScopeEvents)
	b := &browser{Site: f.Site, Bearer: bearer}
	b.Get("/v1/quarantine")
	f.Store.GoAway()
	f.Clock.Pass(10 * time.Minute)
	if w := b.Do(http.MethodPost, "/v1/events", nil); w.Code != http.StatusOK {
		t.Errorf("after ten minutes: %d %s", w.Code, w.Body)
	}
	f.Clock.Pass(time.Hour)
	if w := b.Do(
		http.MethodPost,
		"/v1/events",
		nil,
	); w.Code != http.StatusServiceUnavailable ||
		strings.Contains(w.Body.String(), "10.1.2.3") {
		t.Errorf("after more than an hour: %d %s", w.Code, w.Body)
	}
}

func TestOperator(t *testing.T) {
	f := newFixture(t)
	if err := f.tokens.AddOperator("import", "x.short"); !errors.Is(err, programme.ErrInvalid) {
		t.Errorf("a short secret: %v", err)
	}
	bearer := secret.NewBearer()
	if err := f.tokens.AddOperator("import", bearer); err != nil {
		t.Fatal(err)
	}
	f.Store.GoAway() // it is in memory
	b := &browser{Site: f.Site, Bearer: bearer}
	for _, target := range []string{"/v1/progress", "/v1/quarantine", "/v1/ingest/lag", "/v1/reports/2016-09/highlights.xlsx"} {
		if w := b.Get(target); w.Code != http.StatusOK || w.Body.String() != "operator/import" {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	}
	if f.Store.Rows(programme.FamilyToken) != 0 {
		t.Error("an operator is stored")
	}
}

func TestScopes(t *testing.T) {
	if _, err := access.ParseScope("everything"); !errors.Is(err, programme.ErrInvalid) {
		t.Error(err)
	}
	if scopes := normalScopes([]access.Scope{access.ScopeRead, access.ScopeEvents, access.ScopeRead}); len(scopes) != 2 {
		t.Error(scopes)
	}
}
