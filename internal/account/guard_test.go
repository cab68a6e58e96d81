package account

import (
	"net/http"
	"net/url"
	"slices"
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
	list := []caller{{"nobody", &browser{Site: f.Site}}}
	for _, role := range access.Roles() {
		entity := ""
		if role == access.RoleAgency {
			entity = "moi"
		}
		f.user(string(role)+"@example.qa", role, entity)
		b := &browser{Site: f.Site}
		if !b.SignIn(string(role)+"@example.qa", password) {
			f.T.Fatalf("%s is not let in", role)
		}
		list = append(list, caller{string(role), b})
	}
	for _, scope := range access.Scopes() {
		entity := "moi"
		if scope == access.ScopeAdmin {
			entity = ""
		}
		bearer, _ := f.token(entity, scope)
		list = append(list, caller{"token " + string(scope), &browser{Site: f.Site, Bearer: bearer}})
	}
	return list
}

func TestOpenRoutes(t *testing.T) {
	f := newFixture(t, "")
	f.Store.GoAway() // files need no database
	b := &browser{Site: f.Site, Cookie: &http.Cookie{Name: plainCookie, Value: strings.Repeat("x", 43)}}
	for _, target := range []string{"/static/app.js", "/static/fonts/a.woff2", "/favicon.ico", "/robots.txt", "/healthz"} {
		if w := b.Get(target); w.Code != http.StatusOK {
			t.Errorf("%s: %d", target, w.Code)
		}
	}
	b.Cookie = nil
	for _, target := range []string{"/en/sign-in", "/ar/sign-in?next=/ar/", "/"} {
		if w := b.Get(target); w.Code != http.StatusOK {
			t.Errorf("%s: %d", target, w.Code)
		}
	}
}

func TestAnonymousPeopleAreSentToSignInAndBack(t *testing.T) {
	b := &browser{Site: newFixture(t, "").Site}
	for target, want := range map[string]string{
		"/en/":                            "/en/sign-in?next=%2Fen%2F",
		"/ar/entities/moi?on=2016-09-30":  "/ar/sign-in?next=%2Far%2Fentities%2Fmoi%3Fon%3D2016-09-30",
		"/en/usage?next=https://evil.com": "/en/sign-in?next=%2Fen%2Fusage%3Fnext%3Dhttps%3A%2F%2Fevil.com",
	} {
		w := b.Get(target)
		if got := w.Header().Get("Location"); w.Code != http.StatusSeeOther || got != want {
			t.Errorf("%s: %d to %s, want %s", target, w.Code, got, want)
		}
		to, err := url.Parse(want)
		if err != nil || LocalPath(to.Query().Get("next"), "") != target {
			t.Errorf("%s does not come back: %q", target, LocalPath(to.Query().Get("next"), ""))
		}
	}
	if w := b.Get("/v1/progress"); w.Code != http.StatusUnauthorized || w.Header().Get("WWW-Authenticate") != `Bearer realm="mirsad"` {
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
	b := &browser{Site: f.Site, Bearer: bearer}
	for _, target := range []string{"//v1/progress", "/v1//progress", "/v1/%2e%2e/progress", "/v1/services/a%2Fb", "/v1/services/..%2f", "/v1/./progress", "/v1/services/a%5cb"} {
		if w := b.Get(target); w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d, want 400", target, w.Code)
		}
	}
}

func TestATokenNeverFallsBackToTheCookie(t *testing.T) {
	f := newFixture(t, "")
	f.user("admin@example.qa", access.RoleAdmin, "")
	b := &browser{Site: f.Site}
	b.SignIn("admin@example.qa", password)
	b.Bearer = "wrong.token"
	if w := b.Get("/v1/progress"); w.Code != http.StatusUnauthorized {
		t.Errorf("a wrong token beside a good Cookie: %d", w.Code)
	}
}

// What a request says of scope and entity changes nothing: both are the token's, and its successor's are the same.
func TestScopeAndEntityComeFromTheTokenOnly(t *testing.T) {
	f := newFixture(t, "")
	f.user("admin@example.qa", access.RoleAdmin, "")
	admin := &browser{Site: f.Site}
	if !admin.SignIn("admin@example.qa", password) {
		t.Fatal("the administrator is not let in")
	}
	bearer, id := f.token("moi", access.ScopeRead)
	var seen access.Principal
	f.Handler = f.answeredBy(func(_ http.ResponseWriter, r *http.Request) { seen, _ = access.PrincipalFrom(r.Context()) })
	rotation := f.rotate(id)
	for token, bearer := range map[string]string{id: bearer, rotation.New.ID: rotation.Bearer} {
		b := &browser{Site: f.Site, Bearer: bearer, Cookie: admin.Cookie}
		for _, target := range []string{
			"/v1/progress", "/v1/progress?entity=moj", "/v1/progress?scope=admin&role=admin&entity=", "/v1/entities/moi?entity=moj",
		} {
			seen = access.Principal{}
			w := b.Get(target)
			if w.Code != http.StatusOK || seen.ID != "token/"+token || seen.Entity != "moi" || seen.Role != "" ||
				!slices.Equal(seen.Scopes, []access.Scope{access.ScopeRead}) || seen.Admin() {
				t.Errorf("%s: %d as %+v", target, w.Code, seen)
			}
		}
		for _, target := range []string{"/v1/entities/moj?entity=moi", "/v1/quarantine?scope=events", "/en/admin"} {
			seen = access.Principal{}
			if w := b.Get(target); w.Code == http.StatusOK || seen.ID != "" {
				t.Errorf("%s: %d as %+v", target, w.Code, seen)
			}
		}
	}
}
