package web

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// document parses a page, so that a test asks for its parts by selectors.
func document(t *testing.T, body string) *goquery.Document {
	t.Helper()
	page, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// textOf is the text of a part of a page with its white space folded.
func textOf(part *goquery.Selection) string { return strings.Join(strings.Fields(part.Text()), " ") }

// attribute is the attribute of the first part that a selector finds; "" where there is none.
func attribute(part *goquery.Selection, name string) string { return part.First().AttrOr(name, "") }

// finds looks for what each selector names, or with a ! in front that it names nothing.
func finds(t *testing.T, what, body string, selectors ...string) {
	t.Helper()
	page := document(t, body)
	for _, each := range selectors {
		selector, without := strings.CutPrefix(each, "!")
		if there := page.Find(selector).Length() > 0; there == without {
			t.Errorf("%s: %s is there: %t", what, selector, there)
		}
	}
}

// faulty selects a field that has a fault beside it and says so.
func faulty(name, id string) string {
	return `[name="` + name + `"][aria-invalid=true][aria-describedby~="` + id + `-fault"]`
}
