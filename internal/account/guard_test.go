package account

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

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

const (
	persons    = "executive planner agency auditor admin"
	signedIn   = persons + " | token events, token plan, token read, token review, token admin"
	readers    = persons + " | token read, token admin"
	notAgency  = "executive planner auditor admin | token admin"
	office     = "planner auditor admin | token events, token admin"
	registrars = "admin | token admin"
	historians = "planner auditor admin | token admin"
	linkMakers = "planner admin | token admin"
	withAgency = "planner agency auditor admin | token events, token admin"
)

// matrix says who may; everyone else is refused.
var matrix = []struct{ method, target, who string }{
	{"GET", "/en", persons},
	{"GET", "/en/", persons},
	{"GET", "/ar/", persons},
	{"GET", "/en/entities", persons},
	{"GET", "/en/entities/moi", persons},
	{"GET", "/en/entities/moj", "executive planner auditor admin"},
	{"GET", "/ar/services", persons},
	{"GET", "/ar/services/moi-1", persons},
	{"GET", "/en/usage", persons},
	{"GET", "/en/plans", persons},
	{"GET", "/en/quality", persons},
	{"GET", "/en/definitions", persons},
	{"GET", "/en/screen", persons},
	{"GET", "/en/reports", "executive planner auditor admin"},
	{"GET", "/en/submit", "agency auditor admin | link plan"},
	{"POST", "/en/submit", "agency admin | link plan"},
	{"GET", "/en/review", "planner auditor admin"},
	{"GET", "/ar/submit/draft", "agency auditor admin | link plan"},
	{"GET", "/en/submit/milestone", "agency auditor admin | link plan"},
	{"GET", "/ar/submit/plan-template.xlsx", "agency auditor admin | link plan"},
	{"POST", "/en/submit/milestone", "agency admin | link plan"},
	{"POST", "/ar/submit/confirm", "agency admin | link plan"},
	{"GET", "/ar/review/moi/1", "planner auditor admin"},
	{"POST", "/en/review/moi/1", "planner admin"},
	{"POST", "/en/review", ""},
	{"GET", "/en/claims", "agency auditor admin | link claims"},
	{"GET", "/ar/claims/moi-1", "agency auditor admin | link claims"},
	{"POST", "/en/claims/moi-1", "agency admin | link claims"},
	{"GET", "/en/statements", "agency auditor admin | link statements"},
	{"POST", "/ar/statements", "agency admin | link statements"},
	{"GET", "/en/review/claims", "planner auditor admin"},
	{"GET", "/en/review/claims/moi-1/c1", "planner auditor admin"},
	{"POST", "/ar/review/claims/moi-1/c1", "planner admin"},
	{"GET", "/en/submissions", "planner agency auditor admin"},
	{"GET", "/en/admin", "auditor admin"},
	{"POST", "/en/admin", "admin"},
	{"GET", "/ar/links", "planner auditor admin"},
	{"POST", "/en/links", "planner admin"},
	{"POST", "/en/links/revoke", "planner admin"},
	{"GET", "/v1/links", historians},
	{"POST", "/v1/links", linkMakers},
	{"DELETE", "/v1/links/l1", linkMakers},
	{"GET", "/en/people", "auditor admin"},
	{"GET", "/ar/tokens", "auditor admin"},
	{"GET", "/en/sessions", "auditor admin"},
	{"POST", "/en/people", "admin"},
	{"POST", "/ar/people/change", "admin"},
	{"POST", "/en/people/disable", "admin"},
	{"POST", "/en/people/enable", "admin"},
	{"POST", "/en/tokens", "admin"},
	{"POST", "/ar/tokens/rotate", "admin"},
	{"POST", "/en/tokens/revoke", "admin"},
	{"POST", "/en/sessions/end", "admin"},
	{"POST", "/ar/sessions/end-all", "admin"},
	{"GET", "/en/account", persons},
	{"POST", "/ar/account/password", persons},
	{"POST", "/en/account/sessions", persons},
	{"GET", "/ar/admin/calendars/holidays", "auditor admin"},
	{"POST", "/en/admin/calendars/holidays", "admin"},
	{"GET", "/en/admin/campaigns", "auditor admin"},
	{"GET", "/en/admin/campaigns/spring", "auditor admin"},
	{"POST", "/ar/admin/campaigns/spring", "admin"},
	{"GET", "/en/unheard-of", ""},
	{"POST", "/en/entities", ""},
	{"GET", "/fr/", ""},
	{"GET", "/v1/progress", readers},
	{"GET", "/v1/progress/services", readers},
	{"GET", "/v1/progress/services.csv", readers},
	{"GET", "/v1/progress/forecast", readers},
	{"GET", "/v1/progress/forecast.csv", readers},
	{"GET", "/v1/progress/what-if", readers},
	{"GET", "/v1/milestones", readers},
	{"GET", "/v1/milestones.csv", readers},
	{"GET", "/v1/services", readers},
	{"GET", "/v1/services.csv", readers},
	{"GET", "/v1/services/moj-1", readers},
	{"GET", "/v1/entities", readers},
	{"GET", "/v1/entities.csv", readers},
	{"GET", "/v1/entities/moi", readers},
	{"GET", "/v1/entities/moi/scorecard", readers},
	{"GET", "/v1/entities/moj", "executive planner auditor admin | token admin"},
	{"GET", "/v1/entities/moj/scorecard", "executive planner auditor admin | token admin"},
	{"GET", "/v1/usage", readers},
	{"GET", "/v1/usage.csv", readers},
	{"GET", "/v1/usage/growth", readers},
	{"GET", "/v1/usage/take-up", readers},
	{"GET", "/v1/coverage", readers},
	{"GET", "/v1/quality", readers},
	{"GET", "/v1/quality.csv", readers},
	{"GET", "/v1/programme", readers},
	{"PUT", "/v1/programme", registrars},
	{"GET", "/v1/programme/versions", historians},
	{"GET", "/v1/calendars/holidays", readers},
	{"GET", "/v1/calendars/holidays/versions", historians},
	{"PUT", "/v1/calendars/holidays", registrars},
	{"GET", "/v1/campaigns", readers},
	{"GET", "/v1/campaigns/spring", readers},
	{"GET", "/v1/campaigns/spring/versions", historians},
	{"PUT", "/v1/campaigns/spring", registrars},
	{"GET", "/v1/entities/moj/versions", historians},
	{"PUT", "/v1/entities/moj", registrars},
	{"GET", "/v1/services/moj-1/versions", historians},
	{"PUT", "/v1/services/moj-1", registrars},
	{"GET", "/v1/services/moj-1/assessments", "planner agency auditor admin | token plan, token read, token review, token admin"},
	{"POST", "/v1/services/moi-1/assessments", "agency admin | token plan, token admin"},
	// The tokens here are bound to one entity, and such a one verifies nobody's level.
	{"POST", "/v1/services/moi-1/assessments/c1/verification", "planner admin | token admin"},
	{"GET", "/v1/entities/moi/plan", "planner agency auditor admin | token plan, token read, token review, token admin"},
	{"GET", "/v1/entities/moi/plan-revisions", "planner agency auditor admin | token plan, token read, token review, token admin"},
	{"GET", "/v1/entities/moi/plan-revisions/1", "planner agency auditor admin | token plan, token read, token review, token admin"},
	{"GET", "/v1/entities/moi/plan-template.xlsx", "planner agency auditor admin | token plan, token read, token review, token admin"},
	{"POST", "/v1/entities/moi/plan-revisions", "agency admin | token plan, token admin"},
	{"POST", "/v1/entities/moi/plan-revisions/1/decision", "planner admin | token admin"},
	{"POST", "/en/submissions/remind", "planner admin"},
	{"GET", "/v1/submissions", "planner agency auditor admin | token read, token admin"},
	{"GET", "/v1/submissions.csv", "planner agency auditor admin | token read, token admin"},
	{"PUT", "/v1/progress", ""},
	{"GET", "/charts/burn-up.svg", readers},
	{"GET", "/v1/reports", notAgency},
	{"GET", "/v1/reports/2016-09/highlights.xlsx", notAgency},
	{"GET", "/v1/receipts/r1", withAgency},
	{"GET", "/v1/quarantine", withAgency},
	{"GET", "/v1/quarantine.csv", withAgency},
	{"GET", "/v1/quarantine/r1/0", withAgency},
	{"POST", "/v1/quarantine/close", "agency admin | token events, token admin"},
	{"POST", "/v1/quarantine/replay", "agency admin | token events, token admin"},
	{"POST", "/v1/events", "| token events, token admin"},
	{"GET", "/v1/ingest/lag", office},
	{"GET", "/v1/people", "auditor admin | token admin"},
	{"POST", "/v1/people", "admin | token admin"},
	{"POST", "/v1/people/p1/disable", "admin | token admin"},
	{"POST", "/v1/people/p1/enable", "admin | token admin"},
	{"GET", "/v1/sessions", persons + " | token admin"},
	{"DELETE", "/v1/sessions/s1", persons + " | token admin"},
	{"GET", "/en/audit", "agency auditor admin"},
	{"GET", "/v1/audit", "agency auditor admin | token admin"},
	{"GET", "/v1/audit.csv", "agency auditor admin | token admin"},
	{"POST", "/v1/audit", ""},
	{"GET", "/v1/unheard-of", ""},
	{"DELETE", "/v1/services/moi-1", ""},
	{"GET", "/openapi.json", signedIn},
	{"GET", "/v1/schemas", signedIn},
	{"GET", "/v1/schemas/mirsad.usage.v1.json", signedIn},
	{"POST", "/v1/schemas", ""},
	{"GET", "/debug/pprof/", ""},
}

func TestWhoMayUseWhat(t *testing.T) {
	f := newFixture(t, "")
	everyone := callers(f)
	var printed strings.Builder
	table := tabwriter.NewWriter(&printed, 0, 0, 1, ' ', 0)
	_, _ = fmt.Fprint(table, "status\t") // a builder takes everything
	for _, each := range everyone {
		_, _ = fmt.Fprint(table, each.name, "\t")
	}
	for _, row := range matrix {
		_, _ = fmt.Fprintf(table, "\n%s %s\t", row.method, row.target)
		people, tokens, _ := strings.Cut(row.who, "|")
		allowed := append(strings.Fields(people), strings.Split(strings.TrimSpace(tokens), ", ")...)
		for _, each := range everyone {
			w := each.do(row.method, row.target, nil)
			_, _ = fmt.Fprint(table, w.Code, "\t")
			want := slices.Contains(allowed, each.name)
			if got := passed(w.Code); got != want {
				t.Errorf("%s %s as %s: %d, may it: %v", row.method, row.target, each.name, w.Code, want)
			}
			if want {
				continue
			}
			refusals := []int{http.StatusForbidden, http.StatusNotFound, http.StatusMethodNotAllowed}
			if each.name == "nobody" {
				refusals = []int{http.StatusSeeOther, http.StatusUnauthorized}
			}
			if !slices.Contains(refusals, w.Code) {
				t.Errorf("%s %s as %s is refused with %d", row.method, row.target, each.name, w.Code)
			}
		}
	}
	_ = table.Flush()
	t.Logf("who may what; moi is the agency's and the tokens' own entity, moj another:\n%s", &printed)
}

// passed reports whether the guard let a request in; the links' own handler has refused a body or an id then.
func passed(status int) bool {
	return status == http.StatusOK || status == http.StatusUnsupportedMediaType
}

// A password that somebody else chose opens nothing but the page where another is chosen.
func TestAFirstPasswordOpensOneDoor(t *testing.T) {
	f := newFixture(t, "")
	if _, err := f.accounts.CreateUser(t.Context(), "admin@example.qa", "A", access.RoleAdmin, "", password); err != nil {
		t.Fatal(err)
	}
	b := &browser{fixture: f}
	b.signIn("admin@example.qa", password)
	for _, row := range matrix {
		door := strings.HasSuffix(row.target, "/account") || strings.Contains(row.target, "/account/")
		if w := b.do(row.method, row.target, nil); (w.Code == http.StatusOK) != door {
			t.Errorf("%s %s: %d", row.method, row.target, w.Code)
		}
	}
}

// Every row of the table stands in the matrix, so that no route is opened without a word.
func TestTheMatrixCoversTheTable(t *testing.T) {
	f := newFixture(t, "")
	seen := map[string]bool{}
	for _, row := range matrix {
		r, err := http.NewRequestWithContext(t.Context(), row.method, row.target, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		if _, pattern, found := f.accounts.route(r); found {
			method, path := splitPattern(pattern)
			for _, page := range []string{"/en", "/ar"} {
				if path == page || strings.HasPrefix(path, page+"/") {
					path = strings.TrimPrefix(path, page)
				}
			}
			seen[method+" "+path] = true
		}
	}
	for _, each := range table() {
		for _, pattern := range append(slices.Clone(each.pages), each.routes...) {
			method, path := splitPattern(pattern)
			if name := method + " " + path; !each.rule.open && !seen[name] {
				t.Errorf("%q is in no row of the matrix", name)
			}
		}
	}
}

// TestAWrongMethodIsToldTheRightOnes asks what may be asked where a PUT is allowed, and where not.
func TestAWrongMethodIsToldTheRightOnes(t *testing.T) {
	f := newFixture(t, "")
	bearer, _ := f.token("", access.ScopeAdmin)
	b := &browser{fixture: f, bearer: bearer}
	for target, want := range map[string][]string{"/v1/programme": {"GET", "PUT"}, "/v1/progress": {"GET"}, "/v1/events": {"POST"}} {
		w := b.do(http.MethodDelete, target, nil)
		if got := w.Header().Values("Allow"); w.Code != http.StatusMethodNotAllowed || !slices.Equal(got, want) {
			t.Errorf("DELETE %s: %d, allowed are %v, want %v", target, w.Code, got, want)
		}
	}
}

func TestAnothersObjectIsNotThere(t *testing.T) {
	f := newFixture(t, "")
	for _, each := range callers(f) {
		if each.name != "agency" && each.name != "token read" {
			continue
		}
		if w := each.get("/v1/entities/moj"); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", each.name, w.Code)
		}
	}
}

func TestReportsAreForTokensOfNoEntity(t *testing.T) {
	f := newFixture(t, "")
	for entity, want := range map[string]int{"": http.StatusOK, "moi": http.StatusForbidden} {
		bearer, _ := f.token(entity, access.ScopeRead)
		w := (&browser{fixture: f, bearer: bearer}).get("/v1/reports/2016-09/highlights.xlsx")
		if w.Code != want {
			t.Errorf("bound to %q: %d, want %d", entity, w.Code, want)
		}
		if want == http.StatusForbidden && !strings.Contains(w.Header().Get("WWW-Authenticate"), "insufficient_scope") {
			t.Errorf("it does not say why: %v", w.Header())
		}
	}
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
