package page

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"mirsad/internal/access"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/internal/route"
)

// visitedBy is a visit of an address by somebody, of a kit with a few routes.
func visitedBy(t *testing.T, person *access.Principal, address string) *Visit {
	t.Helper()
	var log strings.Builder
	kit := kitOver(t, answering{}, &log)
	kit.Served = []route.Route{
		route.Page("/{$}", nil, access.Everyone(), route.Menu("web.menu.overview")),
		route.Page("/services", nil, access.Everyone(), route.Menu("web.menu.services")),
		route.Page("/services/{service}", nil, access.Everyone()),
		route.Page("/review", nil, access.For(access.RolePlanner), route.InMenu(route.MenuEntry{Key: "review.menu", Below: true})),
		route.Page("/review/claims", nil, access.For(access.RolePlanner), route.InMenu(route.MenuEntry{Key: "claims.menu.review", Below: true})),
		route.Page("/submit", nil, access.For(access.RoleAgency, access.RoleAdmin), route.InMenu(route.MenuEntry{
			Key: "submit.menu.any", OwnKey: "submit.menu.own", Roles: []access.Role{access.RoleAgency, access.RoleAdmin},
		})),
		route.Get("/v1/services", nil, access.Everyone()),
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	if person != nil {
		r = r.WithContext(access.WithPrincipal(r.Context(), *person))
	}
	return kit.newVisit(r)
}

func TestTheMenuHasWhatTheReaderMayOpen(t *testing.T) {
	agency := access.Principal{ID: "a", Role: access.RoleAgency, Entity: "moi"}
	admin := access.Principal{ID: "m", Role: access.RoleAdmin}
	for _, c := range []struct {
		name   string
		person *access.Principal
		want   []string
	}{
		{"a planner", &planner, []string{"/en/", "/en/services", "/en/review", "/en/review/claims"}},
		{"an agency", &agency, []string{"/en/", "/en/services", "/en/submit"}},
		{"an administrator", &admin, []string{"/en/", "/en/services", "/en/submit"}},
	} {
		links := visitedBy(t, c.person, "/en/").menu()
		if got := Each(links, func(l Link) string { return l.Address }); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	own, every := visitedBy(t, &agency, "/en/").menu(), visitedBy(t, &admin, "/en/").menu()
	if own[2].Text == every[2].Text {
		t.Errorf("an agency's own plan is called %q, as every plan is", own[2].Text)
	}
}

func TestTheMenuMarksTheNearestEntry(t *testing.T) {
	for address, want := range map[string]string{
		"/en/": "/en/", "/en/services": "/en/services", "/en/services/visa": "", "/en/review": "/en/review",
		"/en/review/moi/3": "/en/review", "/en/review/claims": "/en/review/claims", "/en/review/claims/visa/1": "/en/review/claims",
		"/en/reviewers": "", "/en/nowhere": "",
	} {
		marked := Filter(visitedBy(t, &planner, address).menu(), func(l Link) bool { return l.Current })
		current := strings.Join(Each(marked, func(l Link) string { return l.Address }), " ")
		if current != want {
			t.Errorf("on %s the menu marks %q, want %q", address, current, want)
		}
	}
}

func TestAPageMayBeOpenedByItsRule(t *testing.T) {
	for path, want := range map[string]bool{"/": true, "/review": true, "/submit": false, "/none": false, "/services/{service}": false} {
		if got := visitedBy(t, &planner, "/en/").MayOpen(path); got != want {
			t.Errorf("%s may be opened: %t", path, got)
		}
	}
}

func TestTheFrameIsOfWhoReads(t *testing.T) {
	link := access.Principal{ID: "link/x", Name: "reader@example.org", Role: access.RoleAgency, Entity: "moi", Purpose: access.LinkPlan}
	for _, c := range []struct {
		name            string
		person          *access.Principal
		called, account string
		menu            bool
	}{
		{"nobody", nil, "", "", false},
		{"a person", &planner, "P", "/ar/account", true},
		{"the reader of a signed link, who has one page", &link, "reader@example.org", "", false},
	} {
		f := visitedBy(t, c.person, "/ar/services?q=x&on=2016-09-30").Frame("Services")
		if f.Person != c.called || f.Account != c.account || (len(f.Menu) > 0) != c.menu {
			t.Errorf("%s: %q, %q, %d entries", c.name, f.Person, f.Account, len(f.Menu))
		}
		if f.Direction != "rtl" || f.Other.Address != "/en/services?on=2016-09-30&q=x" || f.Stamp != nil || f.Title != "Services" {
			t.Errorf("%s: %+v", c.name, f.Other)
		}
		if f.Home != "/ar/?on=2016-09-30" || f.SignOut != "/ar/sign-out" {
			t.Errorf("%s: home is %s, signing out %s", c.name, f.Home, f.SignOut)
		}
	}
}

// pagerOf renders the pager of a list as a page does.
func pagerOf(t *testing.T, query string, rows int) *goquery.Document {
	t.Helper()
	v := drawnIn(t, i18n.English)
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	v.Address = Address{Language: i18n.English, Path: "/services", Query: values}
	_, pager := Paged(v, make([]int, rows), 50)
	all, err := ParsePages()
	if err != nil {
		t.Fatal(err)
	}
	var body bytes.Buffer
	if err := all["services"].ExecuteTemplate(&body, "pager", pager.At("results")); err != nil {
		t.Fatal(err)
	}
	document, err := goquery.NewDocumentFromReader(&body)
	if err != nil {
		t.Fatal(err)
	}
	return document
}

func TestAPagerLeadsToThePagesBesideIt(t *testing.T) {
	for _, c := range []struct {
		name, query           string
		rows                  int
		shown, previous, next string
	}{
		{"nothing", "", 0, "0–0 of 0", "", ""},
		{"one row", "", 1, "1–1 of 1", "", ""},
		{"a full page", "", 50, "1–50 of 50", "", ""},
		{"the first of two", "q=a", 51, "1–50 of 51", "", "/en/services?page=2&q=a#results"},
		{"the last of two", "page=2&q=a", 51, "51–51 of 51", "/en/services?page=1&q=a#results", ""},
		{"between", "page=2", 101, "51–100 of 101", "/en/services?page=1#results", "/en/services?page=3#results"},
		{"beyond the last", "page=9", 51, "51–51 of 51", "/en/services?page=1#results", ""},
		{"no number", "page=last", 51, "1–50 of 51", "", "/en/services?page=2#results"},
	} {
		page := pagerOf(t, c.query, c.rows)
		if got := plain(page.Find(".muted").Text()); got != c.shown {
			t.Errorf("%s: %q, want %q", c.name, got, c.shown)
		}
		if got := page.Find("a[rel=prev]").AttrOr("href", ""); got != c.previous {
			t.Errorf("%s: back is %q, want %q", c.name, got, c.previous)
		}
		if got := page.Find("a[rel=next]").AttrOr("href", ""); got != c.next {
			t.Errorf("%s: on is %q, want %q", c.name, got, c.next)
		}
	}
}

func TestWhatIsConfirmedByALinkIsItsLastPage(t *testing.T) {
	for _, c := range []struct {
		name    string
		purpose access.Purpose
		status  int
		leads   string
	}{
		{"a person goes on", "", http.StatusSeeOther, "/en/submit?done=submitted"},
		{"a link's reader is done", access.LinkPlan, http.StatusOK, ""},
	} {
		v := visitedBy(t, &access.Principal{ID: "x", Role: access.RoleAgency, Entity: "moi", Purpose: c.purpose}, "/en/submit/confirm")
		rw := httptest.NewRecorder()
		if err := v.Confirmed(rw, v.Address.To("/submit", "done", "submitted")); err != nil {
			t.Fatal(err)
		}
		if rw.Code != c.status || rw.Header().Get("Location") != c.leads {
			t.Errorf("%s: %d to %q", c.name, rw.Code, rw.Header().Get("Location"))
		}
		if c.purpose == "" {
			continue
		}
		page := parsed(t, rw)
		if page.Find("form, .menu").Length() != 0 || page.Find("h1").Text() == "" {
			t.Errorf("%s: %s", c.name, page.Find("main").Text())
		}
		if rw.Header().Get("Cache-Control") != "no-store" || rw.Header().Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%s: %v", c.name, rw.Header())
		}
	}
}

func TestAnErrorThatIsNoLinksIsReturned(t *testing.T) {
	v := visitedBy(t, nil, "/en/link/x")
	rw := httptest.NewRecorder()
	if err := v.LinkRefused(rw, programme.ErrUnavailable); err == nil || rw.Body.Len() != 0 {
		t.Errorf("%v with %d bytes", err, rw.Body.Len())
	}
}
