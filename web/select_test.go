package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// seen is what a reader was answered: a parsed page with its status and headers.
type seen struct {
	answer
	*goquery.Selection

	t     *testing.T
	what  string
	shown bool
}

// see opens a page.
func see(t *testing.T, server *httptest.Server, path string) *seen {
	t.Helper()
	got, body := get(t, server, path)
	return look(t, path, got, body)
}

// fill sends a form.
func fill(t *testing.T, server *httptest.Server, path string, form url.Values) *seen {
	t.Helper()
	got, body := postForm(t, server, path, form)
	return look(t, "the form of "+path, got, body)
}

// look parses an answer. No page lacks a text, and a hostile name is text on every one.
func look(t *testing.T, what string, got answer, body string) *seen {
	t.Helper()
	s := &seen{answer: got, Selection: document(t, body).Selection, t: t, what: what}
	return s.has(`!body:contains("⟦")`, `![aria-label*="⟦"]`, `!body:contains("%!")`, `!img[onerror]`,
		`!main script:not([type])`)
}

// fails reports what is wrong, the first time with the text of the page's main part.
func (s *seen) fails(format string, values ...any) {
	s.t.Helper()
	s.t.Errorf("%s: %s", s.what, fmt.Sprintf(format, values...))
	if !s.shown {
		s.t.Logf("that page says: %s", wordsOf(s.Find("main")))
		s.shown = true
	}
}

// is compares the status.
func (s *seen) is(status int) *seen {
	s.t.Helper()
	if s.StatusCode != status {
		s.fails("%d, want %d", s.StatusCode, status)
	}
	return s
}

// leadsTo compares where the browser is sent after a form.
func (s *seen) leadsTo(address string) *seen {
	s.t.Helper()
	if to := s.Header.Get("Location"); to != address {
		s.fails("leads to %q, want %q", to, address)
	}
	return s.is(http.StatusSeeOther)
}

// has looks for what each selector names, or with a ! in front that it names nothing.
func (s *seen) has(selectors ...string) *seen {
	s.t.Helper()
	for _, each := range selectors {
		selector, without := strings.CutPrefix(each, "!")
		if n := s.Find(selector).Length(); (n > 0) == without {
			s.fails("%d of %s", n, selector)
		}
	}
	return s
}

// directions are the marks that keep a text of one script apart from what surrounds it.
var directions = strings.NewReplacer("\u200e", "", "\u2066", "", "\u2068", "", "\u2069", "")

// wordsOf is a text as a reader sees it: lines of their own are words of their own.
func wordsOf(part *goquery.Selection) string {
	lines := part.Clone()
	lines.Find("br").ReplaceWithHtml(" ")
	return directions.Replace(textOf(lines))
}

// says compares the words of what a selector names, in their order.
func (s *seen) says(selector string, texts ...string) *seen {
	s.t.Helper()
	got := s.Find(selector).Map(func(_ int, part *goquery.Selection) string { return wordsOf(part) })
	if !slices.Equal(got, texts) {
		s.fails("%s says %q, want %q", selector, got, texts)
	}
	return s
}

// holds compares values of fields, given as pairs of selector and value: a chosen option's, a written text, on for a
// tick.
func (s *seen) holds(pairs ...string) *seen {
	s.t.Helper()
	for i := 0; i+1 < len(pairs); i += 2 {
		if got := valueOf(s.Find(pairs[i])); got != pairs[i+1] {
			s.fails("%s holds %q, want %q", pairs[i], got, pairs[i+1])
		}
	}
	return s
}

// valueOf is what a browser would send of a field; "no field" where it is missing or there is more than one.
func valueOf(field *goquery.Selection) string {
	chosen := field.Find("option[selected]")
	switch {
	case field.Length() != 1:
		return "no field"
	case field.Is("textarea"):
		return field.Text()
	case field.Is("select") && chosen.Length() == 0:
		return attribute(field.Find("option"), "value")
	case field.Is("select"):
		return attribute(chosen, "value")
	case field.Is("[type=checkbox]") && !field.Is("[checked]"):
		return ""
	case field.Is("[type=checkbox]"):
		return field.AttrOr("value", "on")
	default:
		return attribute(field, "value")
	}
}
