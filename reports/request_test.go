package reports

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
)

const highlights = "/v1/reports/2016-09/highlights.xlsx"

var auditor = &access.Principal{Role: access.RoleAuditor}

func TestAMonthIsWrittenInOneWay(t *testing.T) {
	r, stub := newReports(t, sample(small))
	for month, want := range map[string]int{
		"2016-09": http.StatusOK, "2016-10": http.StatusOK, "2014-02": http.StatusOK,
		"2016-11": http.StatusNotFound, "2999-01": http.StatusNotFound,
		"2016-9": http.StatusBadRequest, "2016-00": http.StatusBadRequest, "2016-13": http.StatusBadRequest,
		"2016": http.StatusBadRequest, "2016-09-30": http.StatusBadRequest, "09-2016": http.StatusBadRequest,
		"latest": http.StatusBadRequest, "%D9%A2%D9%A0%D9%A1%D9%A6-%D9%A0%D9%A9": http.StatusBadRequest,
		"0000-01": http.StatusBadRequest, "2016-09%20": http.StatusBadRequest, "-2016-09": http.StatusBadRequest,
	} {
		stub.asked = figures.Question{}
		answer := request(t, r, "/v1/reports/"+month+"/highlights.xlsx", auditor)
		if answer.Code != want {
			t.Errorf("%s: %d, not %d", month, answer.Code, want)
		}
		if asked := stub.asked != (figures.Question{}); asked != (want == http.StatusOK) {
			t.Errorf("%s: figures are asked for %t", month, asked)
		}
	}
}

// The month's last day is asked for, of a leap February too.
func TestTheFiguresOfTheMonthsLastDayAreAskedFor(t *testing.T) {
	r, stub := newReports(t, sample(small))
	for month, day := range map[string]civil.Date{
		"2016-02": civil.NewDate(2016, 2, 29), "2015-02": civil.NewDate(2015, 2, 28),
		"2015-12": civil.NewDate(2015, 12, 31),
	} {
		request(t, r, "/v1/reports/"+month+"/highlights.xlsx", auditor)
		if stub.asked != (figures.Question{On: day}) {
			t.Errorf("%s: asked for %+v", month, stub.asked)
		}
	}
}

func TestTheLanguageOfTheWorkbook(t *testing.T) {
	r, _ := newReports(t, sample(small))
	for query, want := range map[string]string{
		"": "en", "?lang=": "en", "?lang=en": "en", "?lang=ar": "ar", "?lang=fr": "", "?lang=arabic": "",
		"?lang=en%20": "",
	} {
		answer := request(t, r, highlights+query, auditor)
		if want == "" {
			if answer.Code != http.StatusBadRequest || answer.Header().Get("Content-Disposition") != "" {
				t.Errorf("%s: %d %s", query, answer.Code, answer.Header().Get("Content-Disposition"))
			}
			continue
		}
		name := `attachment; filename="highlights-2016-09-` + want + `.xlsx"`
		if got := answer.Header().Get("Content-Disposition"); answer.Code != http.StatusOK || got != name {
			t.Errorf("%s: %d %s", query, answer.Code, got)
		}
	}
}

func TestTheDayOfTheKnowledge(t *testing.T) {
	r, stub := newReports(t, sample(small))
	for text, want := range map[string]civil.Date{
		"": 0, "2016-10-02": civil.NewDate(2016, 10, 2), "2016-02-29": civil.NewDate(2016, 2, 29),
	} {
		answer := request(t, r, highlights+"?as_at="+text, auditor)
		if answer.Code != http.StatusOK || stub.asked.AsAt != want {
			t.Errorf("%q: %d, asked as at %s", text, answer.Code, stub.asked.AsAt)
		}
	}
	for _, text := range []string{"2015-02-29", "2016-10", "yesterday", "2016-10-02T00:00:00Z", "02/10/2016"} {
		answer := request(t, r, highlights+"?as_at="+text, auditor)
		if answer.Code != http.StatusBadRequest || !strings.Contains(answer.Body.String(), `"status":400`) {
			t.Errorf("%q: %d %s", text, answer.Code, answer.Body)
		}
	}
}

// A client that holds a workbook is not sent the same one again, however it words that.
func TestAClientThatHoldsTheWorkbookGetsNoSecondCopy(t *testing.T) {
	r, _ := newReports(t, sample(small))
	first := request(t, r, highlights, auditor)
	tag := first.Header().Get("ETag")
	if len(tag) < 10 || first.Header().Get("Vary") != "Authorization, Cookie" {
		t.Fatalf("tag %q, vary %q", tag, first.Header().Get("Vary"))
	}
	for header, want := range map[string]int{
		tag: http.StatusNotModified, "W/" + tag: http.StatusNotModified,
		`"a", ` + tag + `, "b"`: http.StatusNotModified,
		"*":                     http.StatusNotModified, `"a"`: http.StatusOK, "": http.StatusOK,
		strings.Trim(tag, `"`): http.StatusOK,
	} {
		answer := request(t, r, highlights, auditor, "If-None-Match", header)
		if answer.Code != want || (answer.Body.Len() == 0) != (want == http.StatusNotModified) {
			t.Errorf("%s: %d with %d bytes", header, answer.Code, answer.Body.Len())
		}
		if answer.Header().Get("ETag") != tag {
			t.Errorf("%s: another tag, %s", header, answer.Header().Get("ETag"))
		}
	}
}

// What changes the bytes changes the tag, or a client would keep an old workbook.
func TestTheTagNamesAllThatTheBytesDependOn(t *testing.T) {
	edition := Edition{Month: september, Language: i18n.English}
	base, _ := newReports(t, sample(small))
	want := base.tag(base.figuresOf(t), edition)
	if again := base.tag(base.figuresOf(t), edition); again != want {
		t.Errorf("the same has two tags, %s and %s", want, again)
	}
	for name, change := range map[string]func(*Reports, *figures.Figures, *Edition){
		"the program":        func(r *Reports, _ *figures.Figures, _ *Edition) { r.Version = "next" },
		"the contact":        func(r *Reports, _ *figures.Figures, _ *Edition) { r.Contact = "somebody else" },
		"the data":           func(_ *Reports, f *figures.Figures, _ *Edition) { f.DataVersion += "1" },
		"the date described": func(_ *Reports, f *figures.Figures, _ *Edition) { f.On-- },
		"the knowledge":      func(_ *Reports, f *figures.Figures, _ *Edition) { f.AsAt = f.AsAt.Add(time.Second) },
		"the month of use":   func(_ *Reports, f *figures.Figures, _ *Edition) { f.Usage.Month-- },
		"provisional":        func(_ *Reports, f *figures.Figures, _ *Edition) { f.Provisional = false },
		"the language":       func(_ *Reports, _ *figures.Figures, e *Edition) { e.Language = i18n.Arabic },
		"the month":          func(_ *Reports, _ *figures.Figures, e *Edition) { e.Month-- },
		"the anchor":         func(_ *Reports, _ *figures.Figures, e *Edition) { e.Anchor.Hash = audit.Hash{1} },
	} {
		r, _ := newReports(t, sample(small))
		f, other := r.figuresOf(t), edition
		change(r, f, &other)
		if r.tag(f, other) == want {
			t.Errorf("%s changes and the tag does not", name)
		}
	}
}

// figuresOf are the figures that the reports of a test are made of.
func (r *Reports) figuresOf(t *testing.T) *figures.Figures {
	t.Helper()
	f, err := r.Figures.Figures(t.Context(), figures.Question{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestReportsNeedAllTheirDependencies(t *testing.T) {
	r, _ := newReports(t, sample(small))
	for name, without := range map[string]func(*Dependencies){
		"figures":      func(d *Dependencies) { d.Figures = nil },
		"words":        func(d *Dependencies) { d.Words = nil },
		"a zone":       func(d *Dependencies) { d.Zone = nil },
		"a logger":     func(d *Dependencies) { d.Logger = nil },
		"a clock":      func(d *Dependencies) { d.Now = nil },
		"a registerer": func(d *Dependencies) { d.Registerer = nil },
	} {
		deps := r.Dependencies
		without(&deps)
		if _, err := New(Configuration{}, deps); err == nil {
			t.Errorf("reports are made without %s", name)
		}
	}
	if _, err := New(Configuration{}, r.Dependencies); err == nil {
		t.Error("the metrics are registered twice")
	}
}
