package account

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/programme"
)

// contextWithSession is a request's context under the middleware.
func contextWithSession(t *testing.T) context.Context {
	t.Helper()
	f := newFixture(t, "")
	var inner context.Context
	f.accounts.Middleware(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { inner = r.Context() })).
		ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/en/", http.NoBody))
	return inner
}

func TestPeople(t *testing.T) {
	f := newFixture(t, "")
	f.user("planner@example.qa", access.RolePlanner, "")
	f.user("agency@example.qa", access.RoleAgency, "moi")
	for _, bad := range []struct {
		why, email, name string
		role             access.Role
		entity, password string
	}{
		{"an address without @", "planner", "P", access.RolePlanner, "", password},
		{"an address with a name", "P <p@example.qa>", "P", access.RolePlanner, "", password},
		{"an unknown role", "p@example.qa", "P", "king", "", password},
		{"no name", "p@example.qa", " ", access.RolePlanner, "", password},
		{"an agency without entity", "p@example.qa", "P", access.RoleAgency, "", password},
		{"a planner with entity", "p@example.qa", "P", access.RolePlanner, "moi", password},
		{"an entity that is a path", "p@example.qa", "P", access.RoleAgency, "../moi", password},
		{"a short password", "p@example.qa", "P", access.RolePlanner, "", "short"},
		{"one character", "p@example.qa", "P", access.RolePlanner, "", "aaaaaaaaaaaaaaaa"},
		{"the address as password", "planner.longer@example.qa", "P", access.RolePlanner, "", "Planner.Longer@example.qa"},
	} {
		if _, err := f.accounts.CreateUser(t.Context(), bad.email, bad.name, bad.role, bad.entity, bad.password); !errors.Is(err, programme.ErrInvalid) {
			t.Errorf("%s: %v", bad.why, err)
		}
	}
	if _, err := f.accounts.CreateUser(t.Context(), "PLANNER@example.qa", "Other", access.RoleAdmin, "", password); !errors.Is(err, programme.ErrAlreadyDecided) {
		t.Errorf("the same person twice: %v", err)
	}
	if _, err := f.accounts.DisableUser(t.Context(), "nobody@example.qa"); !errors.Is(err, programme.ErrNotFound) {
		t.Errorf("disabling nobody: %v", err)
	}
	users, err := f.accounts.ListUsers(t.Context())
	if err != nil || len(users) != 2 || users[0].Email != "agency@example.qa" || users[0].Entity != "moi" || users[1].Role != access.RolePlanner {
		t.Errorf("list %+v, %v", users, err)
	}
}

func TestTokens(t *testing.T) {
	f := newFixture(t, "")
	now := f.clock.now()
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
		if _, _, err := f.accounts.CreateToken(t.Context(), bad.scopes, bad.entity, bad.expires); !errors.Is(err, programme.ErrInvalid) {
			t.Errorf("%s: %v", bad.why, err)
		}
	}
	bearer, id := f.token("moi", access.ScopeRead)
	b := &browser{fixture: f, bearer: bearer}
	if w := b.get("/v1/progress"); w.Code != http.StatusOK || w.Body.String() != "token/"+id {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	for _, fact := range f.store.facts {
		if _, secret, _ := strings.Cut(bearer, "."); strings.Contains(string(fact.Body), secret) {
			t.Error("the secret is stored as it is")
		}
	}
	for _, wrong := range []string{bearer + "x", id + ".", id, "." + id, "unknown.secret", strings.Replace(bearer, ".", "..", 1)} {
		w := (&browser{fixture: f, bearer: wrong}).get("/v1/progress")
		if w.Code != http.StatusUnauthorized || !strings.Contains(w.Header().Get("WWW-Authenticate"), "invalid_token") ||
			w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%q: %d %v", wrong, w.Code, w.Header())
		}
	}
	if _, err := f.accounts.RevokeToken(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if w := b.get("/v1/progress"); w.Code != http.StatusUnauthorized {
		t.Errorf("revoked: %d", w.Code)
	}
	if _, err := f.accounts.RevokeToken(t.Context(), "unknown"); !errors.Is(err, programme.ErrNotFound) {
		t.Errorf("revoking nothing: %v", err)
	}
	tokens, err := f.accounts.ListTokens(t.Context())
	if err != nil || len(tokens) != 1 || !tokens[0].Revoked || tokens[0].CreatedBy != "operator/command" || tokens[0].CreatedAt.IsZero() {
		t.Errorf("list %+v, %v", tokens, err)
	}
}

func TestTokenExpires(t *testing.T) {
	f := newFixture(t, "")
	bearer, _ := f.token("", access.ScopeRead)
	b := &browser{fixture: f, bearer: bearer}
	f.clock.pass(defaultExpiry - time.Second)
	if w := b.get("/v1/progress"); w.Code != http.StatusOK {
		t.Errorf("a second before: %d", w.Code)
	}
	f.clock.pass(time.Second)
	if w := b.get("/v1/progress"); w.Code != http.StatusUnauthorized {
		t.Errorf("then: %d", w.Code)
	}
}

func TestTokensCostNoQuestionARequest(t *testing.T) {
	f := newFixture(t, "")
	bearer, _ := f.token("moi", access.ScopeEvents)
	b := &browser{fixture: f, bearer: bearer}
	b.get("/v1/quarantine")
	before := f.store.asked()
	for i := range 1000 {
		b.bearer = bearer
		if i%2 == 0 {
			b.bearer = "unknown" + strings.Repeat("x", i%7) + ".secret"
		}
		b.get("/v1/quarantine")
	}
	if asked := f.store.asked() - before; asked != 0 {
		t.Errorf("%d questions for 1,000 requests, half of them with an unknown token", asked)
	}
	f.clock.pass(5 * time.Second)
	b.bearer = bearer
	b.get("/v1/quarantine")
	if asked := f.store.asked() - before; asked != 1 {
		t.Errorf("%d questions after five seconds, want 1", asked)
	}
}

// What agencies send is taken into the spool while the database is away, so their tokens must still be known.
func TestTokensAreKnownWhileTheStoreIsAway(t *testing.T) {
	f := newFixture(t, "")
	bearer, _ := f.token("moi", access.ScopeEvents)
	b := &browser{fixture: f, bearer: bearer}
	b.get("/v1/quarantine")
	f.store.goAway()
	f.clock.pass(10 * time.Minute)
	if w := b.do(http.MethodPost, "/v1/events", nil); w.Code != http.StatusOK {
		t.Errorf("after ten minutes: %d %s", w.Code, w.Body)
	}
	f.clock.pass(time.Hour)
	if w := b.do(http.MethodPost, "/v1/events", nil); w.Code != http.StatusServiceUnavailable || strings.Contains(w.Body.String(), "10.1.2.3") {
		t.Errorf("after more than an hour: %d %s", w.Code, w.Body)
	}
}

func TestOperator(t *testing.T) {
	f := newFixture(t, "")
	if err := f.accounts.AddOperator("import", "x.short"); !errors.Is(err, programme.ErrInvalid) {
		t.Errorf("a short secret: %v", err)
	}
	bearer := NewBearer()
	if err := f.accounts.AddOperator("import", bearer); err != nil {
		t.Fatal(err)
	}
	f.store.goAway() // it is in memory
	b := &browser{fixture: f, bearer: bearer}
	for _, target := range []string{"/v1/progress", "/v1/quarantine", "/v1/ingest/lag", "/v1/reports/2016-09/highlights.xlsx"} {
		if w := b.get(target); w.Code != http.StatusOK || w.Body.String() != "operator/import" {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	}
	if f.store.rows(programme.FamilyToken) != 0 {
		t.Error("an operator is stored")
	}
}

func TestPasswordHash(t *testing.T) {
	standard := newPasswords(0, 0)
	began := time.Now()
	hash, err := standard.hash(t.Context(), password)
	if err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=65536,t=1,p=1$") {
		t.Fatalf("%s, %v", hash, err)
	}
	t.Logf("one hash takes %s", time.Since(began).Round(time.Millisecond))
	for secret, want := range map[string]bool{password: true, "Correct horse battery": false, "": false} {
		if got, err := standard.matches(t.Context(), secret, hash); got != want || err != nil {
			t.Errorf("%q: %v, %v", secret, got, err)
		}
	}
	if nobody, err := standard.matches(t.Context(), password, standard.nobody); nobody || err != nil {
		t.Errorf("nobody's password: %v, %v", nobody, err)
	}
	for _, bad := range []string{"", "plain", "$argon2id$v=19$m=4194304,t=1,p=1$AAAA$AAAA", "$argon2i$v=19$m=64,t=1,p=1$AAAA$AAAA"} {
		if got, err := standard.matches(t.Context(), password, bad); got || !errors.Is(err, programme.ErrUnavailable) {
			t.Errorf("%q: %v, %v", bad, got, err)
		}
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
