package web

import (
	"bytes"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"mirsad/web/page"
)

// rendered is a field as a page has it.
func rendered(t *testing.T, f page.Field) *goquery.Selection {
	t.Helper()
	parsed, err := page.ParsePages()
	if err != nil {
		t.Fatal(err)
	}
	var body bytes.Buffer
	if err := parsed["admin"].ExecuteTemplate(&body, "field", f); err != nil {
		t.Fatal(err)
	}
	return document(t, body.String()).Find("div.field")
}

// fieldKinds are the kinds of field that forms have, with the selector of each.
var fieldKinds = map[string]string{
	"text": "input[type=text]", "date": "input[type=date]", "email": "input[type=email]", "url": "input[type=url]",
	"number": "input[type=text][inputmode=numeric]", "checkbox": "input[type=checkbox]", "select": "select", "textarea": "textarea",
}

func TestAFieldNamesAndExplainsItself(t *testing.T) {
	for kind, selector := range fieldKinds {
		f := page.NewField("rule.goal", kind, "The label", hostile[2])
		f.Hint, f.Faults, f.Options = "A hint.", []string{
			"First.",
			"Second.",
		}, []page.Option{
			{Value: "1", Text: "One"},
			{Value: "2", Text: "Two", Chosen: true},
		}
		part := rendered(t, f)
		control := part.Find(selector)
		if control.Length() != 1 || attribute(control, "id") != "f-rule-goal" || attribute(control, "name") != "rule.goal" {
			t.Errorf("%s: %d controls, id %q, name %q", kind, control.Length(), attribute(control, "id"), attribute(control, "name"))
		}
		if label := part.Find(`label[for="f-rule-goal"]`); textOf(label) != "The label" {
			t.Errorf("%s: the label is %q", kind, textOf(label))
		}
		if attribute(control, "aria-describedby") != "f-rule-goal-hint f-rule-goal-fault" ||
			attribute(control, "aria-invalid") != "true" ||
			attribute(control, "aria-required") != "true" {
			t.Errorf(
				"%s: described by %q, invalid %q",
				kind,
				attribute(control, "aria-describedby"),
				attribute(control, "aria-invalid"),
			)
		}
		if textOf(part.Find("#f-rule-goal-hint")) != "A hint." || part.Find("#f-rule-goal-fault p").Length() != 2 {
			t.Errorf("%s: the hint is %q", kind, textOf(part.Find("#f-rule-goal-hint")))
		}
		if part.Find("img").Length() != 0 {
			t.Errorf("%s: a value is markup", kind)
		}
	}
}

func TestAFieldWithoutAnythingToSaySaysNothing(t *testing.T) {
	for kind, selector := range fieldKinds {
		part := rendered(t, page.Optional(page.NewField("note", kind, "Note", "")))
		control := part.Find(selector)
		for _, name := range []string{"aria-describedby", "aria-invalid", "aria-required", "disabled", "readonly", "multiple"} {
			if _, there := control.Attr(name); there {
				t.Errorf("%s: the control has %s", kind, name)
			}
		}
		if part.Find(".flag, .muted").Length() != 0 {
			t.Errorf("%s: something is said of it", kind)
		}
	}
}

func TestAFieldIsOnlyReadOrOfManyValues(t *testing.T) {
	for kind, selector := range fieldKinds {
		f := page.NewField("a", kind, "A", "")
		f.ReadOnly = true
		if rendered(t, f).Find(selector).Is("[readonly], [disabled]") {
			continue
		}
		t.Errorf("%s can be changed by who may only read it", kind)
	}
	several := page.NewField("a", "select", "A", "")
	several.Multiple, several.Rows, several.Options, several.Layout = true, 6, []page.Option{
		{Value: "x", Chosen: true},
		{Value: "y", Chosen: true},
	}, "wide"
	part := rendered(t, several)
	if part.Find("select[multiple][size='6'] option[selected]").Length() != 2 || !part.HasClass("field--wide") {
		html, _ := part.Html()
		t.Errorf("%s", html)
	}
}

// What names or describes a field is there, once.
func checkFields(t *testing.T, address, body string) {
	t.Helper()
	page := document(t, body)
	page.Find("form[method=post]").Find("input:not([type=hidden]), select, textarea").Each(func(_ int, control *goquery.Selection) {
		name, id := attribute(control, "name"), attribute(control, "id")
		if page.Find(`label[for="`+id+`"]`).Length() != 1 && attribute(control, "aria-label") == "" &&
			control.Closest("label").Length() == 0 {
			t.Errorf("%s: nothing names the field %s", address, name)
		}
		if id != "" && page.Find(`[id="`+id+`"]`).Length() != 1 {
			t.Errorf("%s: the id %s is there more than once", address, id)
		}
		for described := range strings.FieldsSeq(attribute(control, "aria-describedby")) {
			if page.Find(`[id="`+described+`"]`).Length() != 1 {
				t.Errorf("%s: %s is described by %s, which is not there", address, name, described)
			}
		}
	})
	if page.Find("form[method=post]").Length() == 0 {
		t.Errorf("%s has no form", address)
	}
}

func TestEveryFieldOfEveryFormIsNamed(t *testing.T) {
	office := site(t, fixed{figures: fixture()}, &administrator)
	for _, path := range []string{"/people", "/people?person=noor", "/tokens", "/links", "/sessions", "/sign-in", "/account"} {
		_, body := get(t, office, "/ar"+path)
		checkFields(t, path, body)
	}
	db := claimStore(t)
	record := storeSite(t, db, administrator)
	for _, path := range []string{"/admin", "/admin/calendars/holidays", "/admin/campaigns/autumn", "/claims/visa", "/submit?entity=moi", "/submit/milestone?entity=moi"} {
		_, body := get(t, record, "/en"+path)
		checkFields(t, path, body)
	}
	for path, form := range map[string]url.Values{
		"/admin": settingsForm("goal", "0", "name", "", "starts_on", "never", "reason", ""), "/claims/visa": claimedForm("effective_on", "soon"),
		"/submit/milestone?entity=moi": {"version": {"0"}, "planned_on": {"soon"}},
	} {
		answer, body := post(t, record, "/en"+path, form)
		if answer.StatusCode != 422 || document(t, body).Find("[aria-invalid]").Length() == 0 {
			t.Errorf("%s: %d without faults", path, answer.StatusCode)
		}
		checkFields(t, path, body)
	}
}
