package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"mirsad/internal/access"
	"mirsad/internal/account"
	"mirsad/internal/civil"
	"mirsad/internal/clickhouse"
	"mirsad/internal/clocktest"
	"mirsad/internal/gather"
	"mirsad/internal/guard"
	"mirsad/internal/i18n"
	"mirsad/internal/link"
	"mirsad/internal/route"
	"mirsad/web/page"
)

// agencySite is the pages of plans and claims behind the guard, for one person after the other.
type agencySite struct {
	server *httptest.Server
	person access.Principal
	desk   *agencyDesk
}

// agencyDesk is where links are made and used up, and where the contacts of entities are known.
type agencyDesk struct {
	usedLinks

	contacts []account.User
	links    []link.Link
	letters  []string // the letters that were sent, in words
	mail     string   // what becomes of a letter
}

func (d *agencyDesk) ListUsers(context.Context) ([]account.User, error) { return d.contacts, nil }

func (d *agencyDesk) List(context.Context) ([]link.Link, error) { return d.links, nil }

func (d *agencyDesk) MailOn() bool { return d.mail != link.MailOff }

func (d *agencyDesk) StateOf(link link.Link) link.State {
	return link.State(time.Date(2016, 10, 6, 0, 0, 0, 0, time.UTC))
}

func (d *agencyDesk) Issue(_ context.Context, ask link.Ask) (link.Issued, error) {
	letter := []string{string(ask.Purpose), ask.Entity, ask.Month, ask.Email, string(ask.Language)}
	d.letters = append(d.letters, strings.Join(letter, " "))
	return link.Issued{Mail: d.mail}, d.err
}

// agencySiteOver is the pages over a store.
func agencySiteOver(t *testing.T, db *clickhouse.DB) *agencySite {
	t.Helper()
	kept, err := gather.New(gather.Configuration{Zone: qatar}, gather.Dependencies{Store: db, Now: clocktest.Now})
	if err != nil {
		t.Fatal(err)
	}
	return agencySiteOf(t, Dependencies{
		Figures: kept, Register: db, Weigher: kept, Submissions: kept, Planner: kept, PlanBook: trueBook{},
	})
}

// agencySiteOf is the pages over what they are given, with links and contacts of the test's own.
func agencySiteOf(t *testing.T, deps Dependencies) *agencySite {
	t.Helper()
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	office := &desk{bureau: &bureau{people: &people{}}}
	s := &agencySite{desk: &agencyDesk{usedLinks: usedLinks{desk: office}, mail: link.MailSent}}
	deps.Accounts, deps.Settings, deps.Links, deps.Office = &people{}, settingsOfFixture, s.desk, s.desk
	deps.Words, deps.Logger = words, slog.New(slog.DiscardHandler)
	w, err := New(Configuration{Zone: qatar}, complete(t, deps))
	if errors.Is(err, page.ErrNotBuilt) {
		t.Skip(skipReason(t, err.Error()))
	}
	if err != nil {
		t.Fatal(err)
	}
	guarded := agencyGuard(t, w)
	s.server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		guarded.ServeHTTP(rw, r.WithContext(access.WithPrincipal(r.Context(), s.person)))
	}))
	t.Cleanup(s.server.Close)
	return s
}

// agencyGuard is the guard before the pages, as the program has it.
func agencyGuard(t *testing.T, w *Web) http.Handler {
	t.Helper()
	problems := route.Problems{Page: w.Problem}
	routes, err := route.NewRegistry(problems, w.Routes())
	if err != nil {
		t.Fatal(err)
	}
	guarded, err := guard.New(guard.Configuration{}, guard.Dependencies{
		Routes: routes, Problems: problems, Now: clocktest.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	return guarded.Handler()
}

// agencyCase is a page that somebody looks at, or a form that they send, with what the answer holds.
type agencyCase struct {
	shows  string // the name of the case
	who    access.Principal
	path   string
	form   url.Values // nil: the page is looked at
	status int        // 0: 200
	to     string     // where the answer leads; * for any text
	parts  []agencyPart
}

// are goes through cases, one after the other.
func (s *agencySite) are(t *testing.T, cases []agencyCase) {
	t.Helper()
	for i := range cases {
		each := &cases[i]
		t.Run(each.shows, func(t *testing.T) {
			s.person = each.who
			got, body := s.ask(t, each.path, each.form)
			agencyAnswered(t, each, got, body)
		})
	}
}

func (s *agencySite) ask(t *testing.T, path string, form url.Values) (answer, string) {
	t.Helper()
	if form == nil {
		return get(t, s.server, path)
	}
	return post(t, s.server, path, form)
}

// agencyAnswered compares an answer with what a case wants.
func agencyAnswered(t *testing.T, want *agencyCase, got answer, body string) {
	t.Helper()
	status := want.status
	switch {
	case status == 0 && want.to != "":
		status = http.StatusSeeOther
	case status == 0:
		status = http.StatusOK
	}
	if got.StatusCode != status || !agencyLedTo(got, want.to) {
		text := textOf(document(t, body).Find("main"))
		t.Fatalf("%d to %q, want %d to %q: %s", got.StatusCode, got.Header.Get("Location"), status, want.to, text)
	}
	if want.to != "" {
		return
	}
	found := document(t, body).Selection
	agencySound(t, want.path, found)
	for _, part := range want.parts {
		part(t, found)
	}
}

// agencyLedTo reports whether an answer leads to an address, in which * is for a part that is made anew each time.
func agencyLedTo(got answer, to string) bool {
	before, after, open := strings.Cut(to, "*")
	address := got.Header.Get("Location")
	return address == to || (open && strings.HasPrefix(address, before) && strings.HasSuffix(address, after))
}

// agencySound wants a whole page in the language of its address, in which no name runs and no text is missing.
func agencySound(t *testing.T, path string, found *goquery.Selection) {
	t.Helper()
	language, direction := "en", "ltr"
	if strings.HasPrefix(path, "/ar") {
		language, direction = "ar", "rtl"
	}
	html := found.Find("html")
	if attribute(html, "lang") != language || attribute(html, "dir") != direction {
		t.Errorf("the page is in %s, written %s", attribute(html, "lang"), attribute(html, "dir"))
	}
	if found.Find("main h1").Length() != 1 {
		t.Errorf("%d headings", found.Find("main h1").Length())
	}
	if runs := found.Find("script:not([src]):not([type='application/json']), main img, [onerror]"); runs.Length() != 0 {
		t.Errorf("a name runs: %s", textOf(runs))
	}
	if whole := found.Text(); strings.Contains(whole, "⟦") {
		t.Errorf("a text is missing: %s", whole[strings.Index(whole, "⟦"):])
	}
}

// agencyPart looks at a part of a page.
type agencyPart func(t *testing.T, page *goquery.Selection)

// agencyText is the text of a part without the marks that keep its scripts apart.
func agencyText(part *goquery.Selection) string {
	return directions.Replace(textOf(part))
}

// agencyThere wants what each selector names.
func agencyThere(selectors ...string) agencyPart {
	return func(t *testing.T, page *goquery.Selection) {
		t.Helper()
		for _, selector := range selectors {
			if page.Find(selector).Length() == 0 {
				t.Errorf("no %s", selector)
			}
		}
	}
}

// agencyGone wants nothing of what the selectors name.
func agencyGone(selectors ...string) agencyPart {
	return func(t *testing.T, page *goquery.Selection) {
		t.Helper()
		for _, selector := range selectors {
			if found := page.Find(selector); found.Length() != 0 {
				t.Errorf("%s is there: %s", selector, agencyText(found))
			}
		}
	}
}

// agencyTimes wants a number of what a selector names.
func agencyTimes(n int, selector string) agencyPart {
	return func(t *testing.T, page *goquery.Selection) {
		t.Helper()
		if found := page.Find(selector); found.Length() != n {
			t.Errorf("%d times %s, want %d: %s", found.Length(), selector, n, agencyText(found))
		}
	}
}

// agencySays wants the whole text of the first that a selector names.
func agencySays(selector, text string) agencyPart {
	return func(t *testing.T, page *goquery.Selection) {
		t.Helper()
		if said := agencyText(page.Find(selector).First()); said != text {
			t.Errorf("%s says %q, want %q", selector, said, text)
		}
	}
}

// agencyTells wants a text within the first that a selector names.
func agencyTells(selector string, texts ...string) agencyPart {
	return func(t *testing.T, page *goquery.Selection) {
		t.Helper()
		said := agencyText(page.Find(selector).First())
		for _, text := range texts {
			if !strings.Contains(said, text) {
				t.Errorf("%s says %q, without %q", selector, said, text)
			}
		}
	}
}

// agencyLists wants the texts of everything that a selector names, in their order.
func agencyLists(selector string, texts ...string) agencyPart {
	return func(t *testing.T, page *goquery.Selection) {
		t.Helper()
		said := page.Find(selector).Map(func(_ int, each *goquery.Selection) string { return agencyText(each) })
		if strings.Join(said, " | ") != strings.Join(texts, " | ") {
			t.Errorf("%s lists %q, want %q", selector, said, texts)
		}
	}
}

// agencyHas wants an attribute of the first that a selector names.
func agencyHas(selector, name, value string) agencyPart {
	return func(t *testing.T, page *goquery.Selection) {
		t.Helper()
		if has := attribute(page.Find(selector), name); has != value {
			t.Errorf("%s of %s is %q, want %q", name, selector, has, value)
		}
	}
}

// agencyLeads wants the address of the first link that a selector names.
func agencyLeads(selector, address string) agencyPart { return agencyHas(selector, "href", address) }

// agencyKeeps wants fields, by their names, to hold values: name, value and so on.
func agencyKeeps(pairs ...string) agencyPart {
	return func(t *testing.T, page *goquery.Selection) {
		t.Helper()
		for i := 0; i+1 < len(pairs); i += 2 {
			field := page.Find(`main [name="` + pairs[i] + `"]`)
			if holds := agencyValue(field); field.Length() == 0 || holds != pairs[i+1] {
				t.Errorf("%d fields %s, which hold %q, want %q", field.Length(), pairs[i], holds, pairs[i+1])
			}
		}
	}
}

// agencyValue is what a field holds: a tick is on.
func agencyValue(field *goquery.Selection) string {
	switch {
	case field.Is("select"):
		return attribute(field.Find("option[selected]"), "value")
	case field.Is("textarea"):
		return field.Text()
	case field.Is("[type=checkbox]"):
		if field.Is("[checked]") {
			return "on"
		}
		return ""
	default:
		return attribute(field, "value")
	}
}

// agencyMarks wants a field to be marked as wrong and described by a text that holds the words.
func agencyMarks(name, words string) agencyPart {
	return func(t *testing.T, page *goquery.Selection) {
		t.Helper()
		field := page.Find(`main [name="` + name + `"]`).First()
		var fault *goquery.Selection
		for id := range strings.FieldsSeq(attribute(field, "aria-describedby")) {
			if strings.HasSuffix(id, "-fault") {
				fault = page.Find(`[id="` + id + `"]`)
			}
		}
		if fault == nil || attribute(field, "aria-invalid") != "true" {
			t.Errorf("%s is not marked as wrong", name)
			return
		}
		if said := agencyText(fault); !strings.Contains(said, words) {
			t.Errorf("beside %s it says %q, want %q", name, said, words)
		}
	}
}

// agencyValueOf wants the raw value of a figure.
func agencyValueOf(figure, value string) agencyPart {
	return agencyHas(`main data[data-figure="`+figure+`"]`, "value", value)
}

// agencyParts joins parts into one.
func agencyParts(parts ...agencyPart) agencyPart {
	return func(t *testing.T, page *goquery.Selection) {
		t.Helper()
		for _, part := range parts {
			part(t, page)
		}
	}
}

// agencyProblem is the page for what is refused as a whole.
func agencyProblem(heading string) []agencyPart {
	return []agencyPart{agencySays("main h1", heading), agencyGone("main form", "main table")}
}

// The pages that answer what is refused as a whole.
var (
	agencyForbidden = agencyProblem("No permission")
	agencyNotFound  = agencyProblem("Not found")
	agencyInvalid   = agencyProblem("This address can't be read")
)

// agencyForm is a form of pairs, in which a later one takes the place of an earlier one.
func agencyForm(pairs ...string) url.Values {
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return form
}

// agencyReader is the reader of a signed link of an entity.
func agencyReader(purpose access.Purpose, entity string) access.Principal {
	return access.Principal{
		ID: "link/l1", Name: "noor@" + entity + ".example", Role: access.RoleAgency, Entity: entity, Purpose: purpose,
		Month: civil.NewMonth(2016, time.September),
	}
}
