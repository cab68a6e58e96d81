package account

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"mirsad/internal/access"
)

// caller is one kind of who may ask.
type caller struct {
	name string
	*browser
}

// callers signs in one of each: every role and every scope; the agency and the bound tokens belong to moi.
func callers(f *fixture) []caller {
	list := []caller{{"nobody", &browser{fixture: f}}}
	for _, role := range access.Roles() {
		entity := ""
		if role == access.RoleAgency {
			entity = "moi"
		}
		f.user(string(role)+"@example.qa", role, entity)
		b := &browser{fixture: f}
		if !b.signIn(string(role)+"@example.qa", password) {
			f.t.Fatalf("%s is not let in", role)
		}
		list = append(list, caller{string(role), b})
	}
	for _, scope := range access.Scopes() {
		entity := "moi"
		if scope == access.ScopeAdmin {
			entity = ""
		}
		bearer, _ := f.token(entity, scope)
		list = append(list, caller{"token " + string(scope), &browser{fixture: f, bearer: bearer}})
	}
	for _, purpose := range access.SessionPurposes() {
		list = append(list, caller{"link " + string(purpose), f.opened(f.link(purpose))})
	}
	return list
}

func TestOpenRoutes(t *testing.T) {
	f := newFixture(t, "")
	f.store.goAway() // files need no database
	b := &browser{fixture: f, cookie: &http.Cookie{Name: plainCookie, Value: strings.Repeat("x", 43)}}
	for _, target := range []string{"/static/app.js", "/static/fonts/a.woff2", "/favicon.ico", "/robots.txt", "/healthz"} {
		if w := b.get(target); w.Code != http.StatusOK {
			t.Errorf("%s: %d", target, w.Code)
		}
	}
	b.cookie = nil
	for _, target := range []string{"/en/sign-in", "/ar/sign-in?next=/ar/", "/"} {
		if w := b.get(target); w.Code != http.StatusOK {
			t.Errorf("%s: %d", target, w.Code)
		}
	}
}

func TestAnonymousPeopleAreSentToSignInAndBack(t *testing.T) {
	b := &browser{fixture: newFixture(t, "")}
	for target, want := range map[string]string{
		"/en/":                            "/en/sign-in?next=%2Fen%2F",
		"/ar/entities/moi?on=2016-09-30":  "/ar/sign-in?next=%2Far%2Fentities%2Fmoi%3Fon%3D2016-09-30",
		"/en/usage?next=https://evil.com": "/en/sign-in?next=%2Fen%2Fusage%3Fnext%3Dhttps%3A%2F%2Fevil.com",
	} {
		w := b.get(target)
		if got := w.Header().Get("Location"); w.Code != http.StatusSeeOther || got != want {
			t.Errorf("%s: %d to %s, want %s", target, w.Code, got, want)
		}
		to, err := url.Parse(want)
		if err != nil || LocalPath(to.Query().Get("next"), "") != target {
			t.Errorf("%s does not come back: %q", target, LocalPath(to.Query().Get("next"), ""))
		}
	}
	if w := b.get("/v1/progress"); w.Code != http.StatusUnauthorized || w.Header().Get("WWW-Authenticate") != `Bearer realm="mirsad"` {
		t.Errorf("a program: %d %v", w.Code, w.Header())
	}
}

func TestLocalPath(t *testing.T) {
	for next, want := range map[string]string{
		"/en/": "/en/", "/ar/entities?on=2016-09-30": "/ar/entities?on=2016-09-30",
		"": "home", "https://evil.com/": "home", "//evil.com": "home", `/\evil.com`: "home", `\\evil.com`: "home", "/en/../../x": "home",
		"/%2f/evil.com": "home", "javascript:alert(1)": "home", "en/": "home", "/en/\n": "home", "/en//x": "home",
	} {
		if got := LocalPath(next, "home"); got != want {
			t.Errorf("%q: %q, want %q", next, got, want)
		}
	}
}

func TestOddPathsAreRefused(t *testing.T) {
	f := newFixture(t, "")
	bearer, _ := f.token("", access.ScopeAdmin)
	b := &browser{fixture: f, bearer: bearer}
	for _, target := range []string{"//v1/progress", "/v1//progress", "/v1/%2e%2e/progress", "/v1/services/a%2Fb", "/v1/services/..%2f", "/v1/./progress", "/v1/services/a%5cb"} {
		if w := b.get(target); w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d, want 400", target, w.Code)
		}
	}
}

func TestATokenNeverFallsBackToTheCookie(t *testing.T) {
	f := newFixture(t, "")
	f.user("admin@example.qa", access.RoleAdmin, "")
	b := &browser{fixture: f}
	b.signIn("admin@example.qa", password)
	b.bearer = "wrong.token"
	if w := b.get("/v1/progress"); w.Code != http.StatusUnauthorized {
		t.Errorf("a wrong token beside a good cookie: %d", w.Code)
	}
}
