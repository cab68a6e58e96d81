package account

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

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

func TestPasswordHash(t *testing.T) {
	standard := newPasswords(0, 0)
	hash, err := standard.hash(t.Context(), password)
	if err != nil || !strings.HasPrefix(hash, "$argon2id$v=19$m=65536,t=1,p=1$") {
		t.Fatalf("%s, %v", hash, err)
	}
	for secret, want := range map[string]bool{password: true, "Correct horse battery": false, "": false} {
		if got, err := standard.matches(t.Context(), passwordTurn{}, secret, hash); got != want || err != nil {
			t.Errorf("%q: %v, %v", secret, got, err)
		}
	}
	if nobody, err := standard.matches(t.Context(), passwordTurn{}, password, standard.nobody); nobody || err != nil {
		t.Errorf("nobody's password: %v, %v", nobody, err)
	}
	for _, bad := range []string{"", "plain", "$argon2id$v=19$m=4194304,t=1,p=1$AAAA$AAAA", "$argon2i$v=19$m=64,t=1,p=1$AAAA$AAAA"} {
		if got, err := standard.matches(t.Context(), passwordTurn{}, password, bad); got || !errors.Is(err, programme.ErrUnavailable) {
			t.Errorf("%q: %v, %v", bad, got, err)
		}
	}
}
