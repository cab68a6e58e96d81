package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/clocktest"
	"mirsad/internal/gather"
	"mirsad/internal/guard"
	"mirsad/internal/httpserver"
	"mirsad/internal/i18n"
	"mirsad/internal/route"
	"mirsad/web/api"
)

// One table says what an error becomes: whatever it has for programs has a page for people.
func TestEveryErrorOfTheTableHasAPage(t *testing.T) {
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, meaning := range httpserver.Meanings() {
		if errors.Is(meaning.Err, context.Canceled) {
			continue // who has left is answered nothing
		}
		if meaning.Err == nil {
			meaning.Err = http.ErrNotSupported // none of the table's
		}
		status := meaning.Status
		if meaning.Code == "invalid" {
			status = http.StatusBadRequest
		}
		server := site(t, fixed{figures: fixture(), err: meaning.Err}, &executive)
		for _, language := range i18n.Languages() {
			shown := opened(t, server, "/"+string(language)+"/")
			shown.answers(status)
			for _, part := range []string{"title", "text"} {
				key := "web.problem." + meaning.Code + "." + part
				if want := words.In(language).T(key); want == key || !strings.Contains(shown.Find("main").Text(), want) {
					t.Errorf("the page of %v in %s does not say %s: %q", meaning.Err, language, key, shown.Find("main").Text())
				}
			}
			for _, part := range []string{"title", "remedy"} {
				if key := "api.problem." + meaning.Code + "." + part; !words.In(language).Has(key) {
					t.Errorf("%s is not in %s", key, language)
				}
			}
		}
	}
}

// A page without its route's method is no fault of the program's.
func TestAWrongMethodOfAPageIsAPageThatSaysSo(t *testing.T) {
	s := newDoorSite(t)
	for _, each := range [][2]string{
		{http.MethodGet, "/en/people/change"},
		{http.MethodHead, "/en/people/change"},
		{http.MethodOptions, "/en/"},
		{http.MethodPut, "/ar/usage"},
		{http.MethodGet, "/en/sign-out"},
	} {
		if status, _ := s.by("admin", sent{method: each[0], path: each[1]}); status != http.StatusMethodNotAllowed {
			t.Errorf("%s %s: %d", each[0], each[1], status)
		}
	}
}

// servePages puts every page over the one store in the place of the site's doors.
func (s *doorSite) servePages(t *testing.T) {
	t.Helper()
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	kept, err := gather.New(gather.Configuration{Zone: qatar}, gather.Dependencies{Store: s.db, Now: clocktest.Now})
	if err != nil {
		t.Fatal(err)
	}
	pages, err := New(Configuration{Zone: qatar}, complete(t, Dependencies{
		Figures: kept, Accounts: s.accounts, Audit: s.audit, Office: s.accounts, Tokens: s.tokens, Totals: kept,
		Settings: settingsOfFixture, Register: s.db, Weigher: kept, Submissions: kept, Planner: kept, PlanBook: trueBook{},
		Words: words, Logger: slog.New(slog.DiscardHandler),
	}))
	if err != nil {
		t.Fatal(err)
	}
	answers, err := api.New(api.Configuration{}, api.Dependencies{
		Figures: kept, Register: s.db, Weigher: kept, Submissions: kept, Planner: kept, PlanBook: trueBook{}, Words: words,
		Logger: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	routes, err := route.NewRegistry(route.Problems{Page: pages.Problem}, answers.Routes(), pages.Routes())
	if err != nil {
		t.Fatal(err)
	}
	guarded, err := guard.New(guard.Configuration{}, guard.Dependencies{Routes: routes, Audit: s.audit, Now: clocktest.Now})
	if err != nil {
		t.Fatal(err)
	}
	s.server = httptest.NewServer(s.tokens.Middleware(s.accounts.Middleware(guarded.Handler())))
	t.Cleanup(s.server.Close)
}

// opens returns the status of a page for a person, where it leads in the end.
func (s *doorSite) opens(name, path string) int {
	s.t.Helper()
	for range 3 {
		request, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, s.server.URL+path, http.NoBody)
		if err != nil {
			s.t.Fatal(err)
		}
		request.AddCookie(s.cookies[name])
		got, _ := do(s.t, request)
		if got.StatusCode != http.StatusSeeOther {
			return got.StatusCode
		}
		path = got.Header.Get("Location")
	}
	return http.StatusLoopDetected
}

// formAddresses are those of the forms, with an object for each name in a pattern.
func formAddresses(t *testing.T) map[string]access.Rule {
	t.Helper()
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	w, err := New(Configuration{Zone: qatar}, complete(t, Dependencies{
		Words: words, Figures: fixed{figures: fixture()}, Accounts: &people{}, Settings: settingsOfFixture,
		Logger: slog.New(slog.DiscardHandler),
	}))
	if err != nil {
		t.Fatal(err)
	}
	objects := strings.NewReplacer(
		"{service}", "visa", "{entity}", "moi", "{revision}", "1", "{claim}", "1", "{calendar}", "holidays", "{campaign}", "new",
	)
	addresses := map[string]access.Rule{}
	for _, each := range w.Served {
		if each.Method == http.MethodPost && !each.Who.IsOpen() {
			addresses[objects.Replace(each.Path)] = each.Who
		}
	}
	return addresses
}

// After a session has ended, each form leads through sign-in to a page that opens for those whose form it is.
func TestEveryFormLeadsBackToAPageThatOpens(t *testing.T) {
	s := newDoorSite(t)
	for _, act := range slices.Concat(claimActs()[2:3], planActs(t)[1:4]) { // a claim and a plan to decide on
		s.by(act.who, act.api)
	}
	s.servePages(t)
	for path, who := range formAddresses(t) {
		for _, language := range []string{"/en", "/ar"} {
			w, _ := postForm(t, s.server, language+path, url.Values{"any": {"thing"}})
			to, err := url.Parse(w.Header.Get("Location"))
			if err != nil || w.StatusCode != http.StatusSeeOther || to.Query().Get("unsent") == "" {
				t.Fatalf("%s leads to %s with %d", path, to, w.StatusCode)
			}
			next := to.Query().Get("next")
			name := "agency"
			if who.Allows(access.Principal{Role: access.RoleAdmin}) {
				name = "admin"
			}
			if status := s.opens(name, next); status != http.StatusOK {
				t.Errorf("%s leads back to %s, which is %d for %s", path, next, status, name)
			}
		}
	}
}

// The page that a form was on opens again with its query; another site's page does not.
func TestAFormLeadsBackToThePageThatItWasOn(t *testing.T) {
	s := newDoorSite(t)
	for from, want := range map[string]string{
		s.server.URL + "/en/people?page=2":              "/en/people?page=2",
		s.server.URL + "/en/statements?month=2016-08":   "/en/statements?month=2016-08",
		"https://evil.example/en/usage":                 "/en/people",
		s.server.URL + "/en/people/change":              "/en/people",
		s.server.URL + "/en/sign-in?next=%2Fen%2Fx":     "/en/people",
		s.server.URL + "/en/../../etc":                  "/en/people",
		s.server.URL + "/v1/progress":                   "/en/people",
		strings.Replace(s.server.URL, "http:", "x:", 1): "/en/people",
	} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.server.URL+"/en/people/change", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Referer", from)
		w, _ := do(t, request)
		to, err := url.Parse(w.Header.Get("Location"))
		if err != nil || to.Query().Get("next") != want {
			t.Errorf("from %s: %s, want %s", from, to, want)
		}
	}
}

func TestSignInSaysThatAFormWasNotRecorded(t *testing.T) {
	server := site(t, fixed{figures: fixture()}, nil)
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range i18n.Languages() {
		says := words.In(language).T("web.sign_in.unsent")
		shown := opened(t, server, "/"+string(language)+"/sign-in?next=%2Fen%2Fpeople&unsent=1")
		if textOf(shown.Find(".gate [role=status]")) != says || shown.Find(`input[name=unsent][value="1"]`).Length() != 1 {
			t.Errorf("in %s: %q", language, shown.Find(".gate").Text())
		}
		if opened(t, server, "/"+string(language)+"/sign-in?next=%2Fen%2Fpeople").Find(".gate [role=status]").Length() != 0 {
			t.Errorf("said in %s without a form", language)
		}
	}
}

// An entity that nobody has, or another's, is refused alike by every page and chart, whether it filters by it or not.
func TestAnUnknownEntityIsNotAnsweredWithTheFiguresOfAll(t *testing.T) {
	agency := access.Principal{ID: "user/a", Role: access.RoleAgency, Entity: "e01"}
	server := site(t, fixed{figures: fixture()}, &agency)
	paths := []string{
		"/en/?", "/en/usage?", "/en/services?", "/en/entities?", "/en/quality?", "/en/plans?", "/en/claims?", "/en/submit?",
		"/en/statements?", "/en/submissions?",
	}
	for _, name := range []string{"burn-up", "maturity", "use", "growth", "take-up", "channels", "usage", "entities", "plan-months"} {
		paths = append(paths, "/charts/"+name+".csv?")
	}
	for _, path := range paths {
		for _, code := range []string{"moph", "e02"} {
			if w, _ := get(t, server, path+"entity="+code); w.StatusCode != http.StatusNotFound {
				t.Errorf("%sentity=%s: %d", path, code, w.StatusCode)
			}
		}
	}
	if w, _ := get(t, server, "/en/usage?entity=e01"); w.StatusCode != http.StatusOK {
		t.Errorf("one's own: %d", w.StatusCode)
	}
}
