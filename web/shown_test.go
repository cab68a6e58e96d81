package web

import (
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"mirsad/internal/access"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
)

// shown is a page as a reader got it, to be asked for its parts by selectors.
type shown struct {
	*goquery.Document
	answer

	t    *testing.T
	path string
}

// opened gets a page. No page may lack a text or have the markup of a hostile name.
func opened(t *testing.T, server *httptest.Server, path string) shown {
	t.Helper()
	got, body := get(t, server, path)
	if i := strings.Index(body, "⟦"); i >= 0 {
		t.Errorf("%s lacks a text: %s", path, body[i:min(len(body), i+60)])
	}
	page := shown{Document: document(t, body), answer: got, t: t, path: path}
	if page.Find("main script:not([type='application/json']), main img").Length() != 0 {
		t.Errorf("%s has markup in a name", path)
	}
	return page
}

// overFigures opens a page over figures as a person.
func overFigures(t *testing.T, f *figures.Figures, person access.Principal, path string) shown {
	t.Helper()
	return opened(t, site(t, fixed{figures: f}, &person), path)
}

// says wants a part to have a text, its white space folded.
func (s shown) says(selector, want string) {
	s.t.Helper()
	if got := textOf(s.Find(selector).First()); got != want {
		s.t.Errorf("%s: %s says %q, want %q", s.path, selector, got, want)
	}
}

// holds wants as many parts as given.
func (s shown) holds(selector string, want int) {
	s.t.Helper()
	if got := s.Find(selector).Length(); got != want {
		s.t.Errorf("%s: %s is there %d times, want %d", s.path, selector, got, want)
	}
}

// answers wants a status.
func (s shown) answers(status int) {
	s.t.Helper()
	if s.StatusCode != status {
		s.t.Errorf("%s answers %d, want %d", s.path, s.StatusCode, status)
	}
}

// texts are those of every part that a selector finds.
func (s shown) texts(selector string) []string {
	var all []string
	s.Find(selector).Each(func(_ int, part *goquery.Selection) { all = append(all, textOf(part)) })
	return all
}

// lists wants parts with these texts, in this order.
func (s shown) lists(selector string, want ...string) {
	s.t.Helper()
	if got := s.texts(selector); !slices.Equal(got, want) {
		s.t.Errorf("%s: %s lists\n%q, want\n%q", s.path, selector, got, want)
	}
}

// attributes are the values of an attribute of every part that a selector finds.
func (s shown) attributes(selector, name string) []string {
	var all []string
	s.Find(selector).Each(func(_ int, part *goquery.Selection) { all = append(all, part.AttrOr(name, "")) })
	return all
}

// leads wants a link to lead to an address.
func (s shown) leads(selector, want string) {
	s.t.Helper()
	if got := attribute(s.Find(selector), "href"); got != want {
		s.t.Errorf("%s: %s leads to %q, want %q", s.path, selector, got, want)
	}
}

// figure is a named number: its words and its raw value. It has to be there once, or say the same everywhere.
func (s shown) figure(name string) (text, value string) {
	s.t.Helper()
	found := s.Find(`main data[data-figure="` + name + `"]`)
	if found.Length() == 0 {
		s.t.Errorf("%s has no figure %s", s.path, name)
	}
	found.Each(func(_ int, each *goquery.Selection) {
		if each.AttrOr("value", "") != attribute(found, "value") {
			s.t.Errorf("%s has two values of %s", s.path, name)
		}
	})
	return textOf(found.First()), attribute(found, "value")
}

// gives wants a named number with these words and this value.
func (s shown) gives(name, text, value string) {
	s.t.Helper()
	if gotText, gotValue := s.figure(name); gotText != text || gotValue != value {
		s.t.Errorf("%s: %s is %q (%s), want %q (%s)", s.path, name, gotText, gotValue, text, value)
	}
}

// tile is the tile whose own figure has the name.
func (s shown) tile(figure string) *goquery.Selection {
	return s.Find(`.tile:has(.tile__figure data[data-figure="` + figure + `"])`)
}

// chosen is the value that a form's field has, or the option that is selected in it.
func (s shown) chosen(name string) string {
	if field := s.Find(`form.filters input[name="` + name + `"]`); field.Length() > 0 {
		return attribute(field, "value")
	}
	return attribute(s.Find(`form.filters select[name="`+name+`"] option[selected]`), "value")
}

// bothLanguages runs a test on the pages of each language.
func bothLanguages(t *testing.T, run func(t *testing.T, language string)) {
	t.Helper()
	for _, language := range []string{"en", "ar"} {
		t.Run(language, func(t *testing.T) { run(t, language) })
	}
}

// english are the words of the English pages.
func english(t *testing.T) i18n.Words {
	t.Helper()
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	return words.In(i18n.English)
}

// plainly is a text without the spaces and marks that typesetting puts about numbers.
func plainly(text string) string {
	return strings.NewReplacer("\u00a0", "", "\u202f", "", " ", "", "\u2066", "", "\u2069", "").Replace(text)
}

// agencyOf is a person of an entity.
func agencyOf(entity string) access.Principal {
	return access.Principal{ID: "user/a@example.org", Name: "A", Role: access.RoleAgency, Entity: entity}
}
