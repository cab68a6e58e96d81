package page

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"mirsad/internal/access"
	"mirsad/internal/figures"
	"mirsad/internal/httpserver"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/internal/route"
)

// answering answers every question with the same figures, or with an error.
type answering struct {
	questions // those that a test does not ask

	all *figures.Figures
	err error
}

type questions = Figures

func (a answering) Figures(context.Context, figures.Question) (*figures.Figures, error) {
	return a.all, a.err
}

// kitOver is a kit over figures, with a log of the test's own.
func kitOver(t *testing.T, source answering, log *strings.Builder) *Kit {
	t.Helper()
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := ParsePages()
	if err != nil {
		t.Fatal(err)
	}
	built, err := BuiltAssets()
	if errors.Is(err, ErrNotBuilt) {
		t.Skip("the assets are not built: " + err.Error())
	}
	if err != nil {
		t.Fatal(err)
	}
	return &Kit{
		Zone: time.UTC, Source: source, Settings: programme.DefaultSettings, Bundle: words, Assets: built, Pages: parsed,
		Logger: slog.New(slog.NewTextHandler(log, nil)),
	}
}

// asks serves a request for an address by somebody; nobody when nil.
func asks(t *testing.T, handler route.Handler, person *access.Principal, address string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	if person != nil {
		r = r.WithContext(access.WithPrincipal(r.Context(), *person))
	}
	rw := httptest.NewRecorder()
	if err := handler(rw, r); err != nil {
		t.Errorf("%s: the error %v is left to somebody else", address, err)
	}
	return rw
}

// parsed is an answer as a document.
func parsed(t *testing.T, rw *httptest.ResponseRecorder) *goquery.Document {
	t.Helper()
	document, err := goquery.NewDocumentFromReader(rw.Body)
	if err != nil {
		t.Fatal(err)
	}
	return document
}

var planner = access.Principal{ID: "user/p@example.org", Name: "P", Role: access.RolePlanner}

// Every error that a page returns has its status, its words and, where it is logged, a reference that finds it.
func TestAReturnedErrorIsAnsweredByItsPage(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
		logged bool
	}{
		{programme.ErrNotFound, http.StatusNotFound, false},
		{programme.ErrInvalid, http.StatusBadRequest, false},
		{programme.ErrForbidden, http.StatusForbidden, false},
		{programme.ErrAlreadyDecided, http.StatusConflict, false},
		{programme.ErrOverLimit, http.StatusServiceUnavailable, true},
		{programme.ErrUnavailable, http.StatusServiceUnavailable, true},
		{httpserver.ErrTooManyRequests, http.StatusTooManyRequests, false},
		{&http.MaxBytesError{Limit: 1}, http.StatusRequestEntityTooLarge, false},
		{errors.New("boom"), http.StatusInternalServerError, true},
	} {
		for _, language := range []string{"en", "ar"} {
			var log strings.Builder
			handler := kitOver(t, answering{}, &log).Handler(func(*Visit, http.ResponseWriter) error {
				return fmt.Errorf("serve: %w", c.err)
			})
			rw := asks(t, handler, &planner, "/"+language+"/x")
			page := parsed(t, rw)
			if rw.Code != c.status || page.Find("h1").Text() == "" || strings.Contains(page.Text(), "⟦") {
				t.Errorf("%v in %s: %d, %q", c.err, language, rw.Code, page.Find("h1").Text())
			}
			reference := page.Find("code").Text()
			if (reference != "") != c.logged || !strings.Contains(log.String(), reference) || (log.Len() > 0) != c.logged {
				t.Errorf("%v: the reference %q is in the log: %s", c.err, reference, &log)
			}
			if strings.Contains(page.Text(), "boom") {
				t.Errorf("%v is shown", c.err)
			}
		}
	}
}

func TestNobodyIsAnsweredWhoHasLeft(t *testing.T) {
	var log strings.Builder
	handler := kitOver(t, answering{}, &log).Handler(func(*Visit, http.ResponseWriter) error { return context.Canceled })
	if rw := asks(t, handler, &planner, "/en/x"); rw.Body.Len() != 0 || log.Len() != 0 {
		t.Errorf("%d bytes and the log %q", rw.Body.Len(), &log)
	}
}

// A page is written once it is whole: a template that fails leaves nothing of itself.
func TestATemplateThatFailsIsAProblem(t *testing.T) {
	broken := template.Must(template.New("layout").Parse(`<p>half a page {{.Missing.Field}}</p>`))
	for name, breaks := range map[string][]string{"the page's": {"overview"}, "that of problems too": {"overview", "problem"}} {
		var log strings.Builder
		kit := kitOver(t, answering{}, &log)
		whole := kit.Pages
		kit.Pages = maps.Clone(whole)
		for _, each := range breaks {
			kit.Pages[each] = broken
		}
		rw := asks(t, kit.Handler(func(v *Visit, rw http.ResponseWriter) error {
			return v.Render(rw, http.StatusOK, "overview", struct{}{})
		}), &planner, "/en/")
		if rw.Code != http.StatusInternalServerError || strings.Contains(rw.Body.String(), "half a page") || log.Len() == 0 {
			t.Errorf("%s: %d, %s", name, rw.Code, rw.Body)
		}
	}
}

func TestAPageOfFiguresIsForWhoMaySeeThem(t *testing.T) {
	all := &figures.Figures{Entities: []figures.EntityFigures{{Code: "moi"}, {Code: "moj"}}}
	for _, c := range []struct {
		name   string
		person *access.Principal
		status int
		sees   string
	}{
		{"nobody", nil, http.StatusForbidden, ""},
		{"a planner", &planner, http.StatusOK, "moi moj"},
		{"an agency", &access.Principal{ID: "a", Role: access.RoleAgency, Entity: "moj"}, http.StatusOK, "moj"},
		{"a token that reads", &access.Principal{ID: "token/a", Scopes: []access.Scope{access.ScopeRead}}, http.StatusOK, "moi moj"},
		{"a token that only writes", &access.Principal{ID: "token/b", Scopes: []access.Scope{access.ScopePlan}}, http.StatusForbidden, ""},
	} {
		var log strings.Builder
		room := NewRoom(kitOver(t, answering{all: all}, &log), func(v *Visit) *Visit { return v })
		seen := ""
		rw := asks(t, room.Page("problem", func(v *Visit) (any, error) {
			seen = strings.Join(Each(v.Figures.Entities, func(e figures.EntityFigures) string { return e.Code }), " ")
			return problemView{Frame: v.Frame("x")}, nil
		}), c.person, "/en/x")
		if rw.Code != c.status || seen != c.sees {
			t.Errorf("%s: %d, sees %q", c.name, rw.Code, seen)
		}
	}
}

func TestARoomGivesItsPagesWhatTheyNeed(t *testing.T) {
	type needing struct {
		*Visit

		need string
	}
	var log strings.Builder
	kit := kitOver(t, answering{all: &figures.Figures{}}, &log)
	room := NewRoom(kit, func(v *Visit) needing { return needing{v, "a register"} })
	served := asks(t, room.Serve(func(v needing, rw http.ResponseWriter) error {
		_, err := rw.Write([]byte(v.need + " " + string(v.Language)))
		return err
	}), nil, "/ar/x")
	if served.Body.String() != "a register ar" {
		t.Errorf("%s", served.Body)
	}
	tables := room.Tables(map[string]func(needing) (Table, error){
		"one": func(v needing) (Table, error) { return Table{Head: []string{v.need}}, nil },
	})
	if taken, err := tables["one"](
		kit.newVisit(httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/en/", http.NoBody)),
	); err != nil ||
		taken.Head[0] != "a register" {
		t.Errorf("%v, %v", taken, err)
	}
}

func TestAnAnswerIsKeptOrNot(t *testing.T) {
	for _, c := range []struct {
		name    string
		answer  func(*Visit, http.ResponseWriter, any) error
		control string
		named   bool
	}{
		{"a page", func(v *Visit, rw http.ResponseWriter, view any) error {
			return v.Render(rw, http.StatusOK, "problem", view)
		}, Kept, true},
		{"a refused form", func(v *Visit, rw http.ResponseWriter, view any) error {
			return v.Render(rw, http.StatusUnprocessableEntity, "problem", view)
		}, Kept, false},
		{"about people", func(v *Visit, rw http.ResponseWriter, view any) error {
			return v.NoStore(rw, http.StatusOK, "problem", view)
		}, "no-store", false},
	} {
		var log strings.Builder
		rw := asks(t, kitOver(t, answering{}, &log).Handler(func(v *Visit, rw http.ResponseWriter) error {
			return c.answer(v, rw, problemView{Frame: v.Frame("x")})
		}), &planner, "/en/x")
		if rw.Header().Get("Cache-Control") != c.control || (rw.Header().Get("ETag") != "") != c.named {
			t.Errorf("%s: %v", c.name, rw.Header())
		}
	}
}

// The language is the address's, else what the query says, else the browser's.
func TestTheLanguageOfARequest(t *testing.T) {
	for _, c := range []struct {
		address, browser string
		want             i18n.Language
	}{
		{"/en/usage", "ar", i18n.English},
		{"/ar/usage", "en", i18n.Arabic},
		{"/ar", "en", i18n.Arabic},
		{"/charts/use.csv?lang=ar", "en", i18n.Arabic},
		{"/charts/use.csv?lang=fr", "ar", i18n.Arabic},
		{"/charts/use.csv", "", i18n.English},
		{"/en/x?lang=ar", "", i18n.English},
		{"/arabia", "en", i18n.English},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, c.address, http.NoBody)
		r.Header.Set("Accept-Language", c.browser)
		if got := languageOf(r); got != c.want {
			t.Errorf("%s of a browser in %q is %s, want %s", c.address, c.browser, got, c.want)
		}
	}
}

func TestAVisitCanTurnToAnotherLanguage(t *testing.T) {
	var log strings.Builder
	v := kitOver(t, answering{}, &log).newVisit(httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/en/usage", http.NoBody))
	before := v.T("web.menu.usage")
	v.Speak(i18n.Arabic)
	if v.T("web.menu.usage") == before || v.Address.To("/usage") != "/ar/usage" || !v.RightToLeft() {
		t.Errorf("%s at %s", v.T("web.menu.usage"), v.Address.To("/usage"))
	}
}
