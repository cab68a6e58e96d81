package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// doubtful is the fixture with findings of the test's own.
type doubtful struct {
	fixed

	found figures.Quality
}

func (d doubtful) Quality(context.Context, figures.Question) (*figures.Quality, error) {
	found := d.found
	return &found, d.err
}

// withFindings opens the page of quality over findings.
func withFindings(t *testing.T, found figures.Quality, person access.Principal, path string) shown {
	t.Helper()
	return opened(t, site(t, doubtful{fixed{figures: fixture()}, found}, &person), path)
}

// aFinding differs by one event.
func aFinding(entity, service string) programme.Finding {
	return programme.Finding{
		Kind: programme.FindingStatementDiffers, Entity: entity, Service: service, Channel: programme.ChannelWeb,
		Measure: programme.MeasureCompleted, Period: fixtureOn.Month().Period(), Statement: programme.CountOf(120),
		Events: programme.CountOf(90), Difference: programme.RatioOf(-30, 120),
	}
}

func TestAFindingIsARowWithItsNumbersAndItsRemedy(t *testing.T) {
	twice := programme.Finding{
		Kind: programme.FindingIDOnTwoDays, Entity: "e12", Service: "s0012", Days: []civil.Date{fixtureOn - 1, fixtureOn}, Keys: 7,
	}
	found := figures.Quality{Findings: []programme.Finding{aFinding("e11", "s0011"), twice}}
	bothLanguages(t, func(t *testing.T, language string) {
		t.Helper()
		page := withFindings(t, found, executive, "/"+language+"/quality?on=2016-09-30")
		rows := page.Find(`section[aria-labelledby="findings"] tbody tr`)
		if rows.Length() != 2 {
			t.Fatalf("%d rows", rows.Length())
		}
		if got := rows.Eq(0).Find("th a").AttrOr("href", ""); got != "/"+language+"/services/s0011?on=2016-09-30" {
			t.Errorf("it leads to %s", got)
		}
		if got := rows.Eq(0).Find("td a").AttrOr("href", ""); got != "/"+language+"/entities/e11?on=2016-09-30" {
			t.Errorf("its entity is at %s", got)
		}
		for name, want := range map[string]string{"statement": "120", "events": "90", "difference": "-0.25"} {
			if _, value := page.figure("quality.items.0." + name); value != want {
				t.Errorf("%s is %s, want %s", name, value, want)
			}
		}
		if rows.Eq(1).Find("data").Length() != 0 || rows.Eq(1).Find("td.muted").Length() != 3 {
			t.Errorf("what has no numbers has %q", textOf(rows.Eq(1)))
		}
		for i := range 2 {
			if what, remedy := textOf(rows.Eq(i).Find("td").Eq(1)), textOf(rows.Eq(i).Find("td").Last()); what == "" || remedy == "" {
				t.Errorf("row %d says %q and %q", i, what, remedy)
			}
		}
	})
}

func TestFindingsAreCountedInWords(t *testing.T) {
	for n, want := range map[int]string{0: "No findings in the data", 1: "1 finding in the data", 2: "2 findings in the data"} {
		var found figures.Quality
		for range n {
			found.Findings = append(found.Findings, aFinding("e11", "s0011"))
		}
		page := withFindings(t, found, executive, "/en/quality")
		page.says("h1", want)
		page.holds(`section[aria-labelledby="findings"] tbody tr`, n)
		page.holds("nav.pager", min(n, 1))
		if n == 0 {
			page.says(`section[aria-labelledby="findings"] .nothing`, "Nothing found for these dates.")
		}
	}
}

// A finding keeps its number on every page of the list: it is that of the API.
func TestFindingsAreNumberedThroughThePages(t *testing.T) {
	var found figures.Quality
	for i := range 51 {
		each := aFinding("e11", "s0011")
		each.Statement = programme.CountOf(1000 + i)
		found.Findings = append(found.Findings, each)
	}
	server := site(t, doubtful{fixed{figures: fixture()}, found}, &executive)
	first := opened(t, server, "/en/quality")
	first.gives("quality.items.0.statement", "1,000", "1000")
	first.leads("nav.pager a[rel=next]", "/en/quality?page=2")
	second := opened(t, server, "/en/quality?page=2")
	second.gives("quality.items.50.statement", "1,050", "1050")
	second.holds(`section[aria-labelledby="findings"] tbody tr`, 1)
	second.leads(`a[download]`, "/v1/quality.csv?lang=en")
}

// What has left the catalogue, or is another entity's now, is named by its code and leads nowhere.
func TestAFindingOfWhatIsGoneLeadsNowhere(t *testing.T) {
	found := figures.Quality{Findings: []programme.Finding{aFinding("gone", "left")}}
	page := withFindings(t, found, executive, "/en/quality")
	page.holds(`section[aria-labelledby="findings"] tbody a`, 0)
	page.lists(`section[aria-labelledby="findings"] tbody tr > :nth-child(-n+2)`, "left", "gone")
}

func TestWhatCannotBeToldIsSaid(t *testing.T) {
	limits := []figures.FindingLimit{{Kind: programme.FindingIDOnTwoDays, Reason: figures.LimitPastAsAt}}
	bothLanguages(t, func(t *testing.T, language string) {
		t.Helper()
		page := withFindings(t, figures.Quality{Limits: limits}, executive, "/"+language+"/quality")
		page.holds(`section[aria-labelledby="findings"] .remark`, 1)
		withFindings(t, figures.Quality{}, executive, "/"+language+"/quality").holds(`section[aria-labelledby="findings"] .remark`, 0)
	})
}

func TestRefusedRowsAreSummedByTheirReason(t *testing.T) {
	found := figures.Quality{Refused: []programme.RefusedRows{
		{Entity: "e11", Code: programme.RefusedTooOld, Rows: 1200},
		{Entity: "e12", Code: programme.RefusedTooOld, Rows: 34},
		{Entity: "e12", Code: programme.RefusedBadTime, Rows: 1},
	}}
	for _, c := range []struct {
		name, query string
		person      access.Principal
		want        map[string]string
	}{
		{"of all", "", executive, map[string]string{"too_old": "1234", "bad_time": "1"}},
		{"of the chosen entity", "?entity=e11", executive, map[string]string{"too_old": "1200"}},
		{"of one's own", "", agencyOf("e12"), map[string]string{"too_old": "34", "bad_time": "1"}},
		{"of one without any", "?entity=e13", executive, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := withFindings(t, found, c.person, "/en/quality"+c.query)
			page.holds(`section[aria-labelledby="refused"] tbody tr`, len(c.want))
			for code, rows := range c.want {
				if _, value := page.figure("quality.refused." + code); value != rows {
					t.Errorf("%s: %s, want %s", code, value, rows)
				}
			}
			if len(c.want) == 0 {
				page.says(`section[aria-labelledby="refused"] .nothing`, "No refused rows are waiting.")
			}
		})
	}
}

func TestWhatWasReceivedIsListedWorstFirst(t *testing.T) {
	f := fiveEntities()
	for i, c := range []struct {
		reported, expected int
		grade              string
	}{{20, 20, "A"}, {10, 20, "D"}, {0, 0, ""}, {19, 20, "B"}, {8, 20, "D"}} {
		f.Entities[i].Completeness = figures.Completeness{
			Parts: programme.Parts{Reported: c.reported, Expected: c.expected}, Grade: c.grade,
			Share: programme.RatioOf(float64(c.reported), float64(c.expected)),
		}
	}
	page := overFigures(t, f, executive, "/en/quality")
	const table = `section[aria-labelledby="received"] tbody `
	page.lists(table+"th a", "Transport", "Education", "Justice", "Customs", "Health")
	page.lists(table+"td:nth-of-type(1)", "D", "D", "B", "A", "–")
	page.lists(table+"td:nth-of-type(2)", "8 of 20", "10 of 20", "19 of 20", "20 of 20", "0 of 0")
	if text, value := page.figure("entities.hea.completeness.share"); value != "" || text == "0%" {
		t.Errorf("where nothing is expected the share is %q (%s)", text, value)
	}
	page = overFigures(t, f, executive, "/en/quality?entity=jus&on=2016-09-30&page=3")
	page.lists(table+"th a", "Justice")
	page.leads("a[download]", "/v1/quality.csv?entity=jus&lang=en&on=2016-09-30")
	if page.chosen("entity") != "jus" {
		t.Errorf("the form says %q", page.chosen("entity"))
	}
	f.Entities = nil
	overFigures(t, f, executive, "/en/quality").says(`section[aria-labelledby="received"] .nothing`, "No data for these dates yet.")
}

func TestTheDefinitionsExplainEveryWord(t *testing.T) {
	f := fixture()
	bothLanguages(t, func(t *testing.T, language string) {
		t.Helper()
		page := overFigures(t, f, executive, "/"+language+"/definitions")
		page.answers(http.StatusOK)
		for section, want := range map[string]int{
			"levels": len(programme.Levels()), "states": len(programme.States()), "statuses": 8, "figures": 24,
		} {
			terms := page.texts(`section[aria-labelledby="` + section + `"] dt`)
			meanings := page.texts(`section[aria-labelledby="` + section + `"] dd`)
			if len(terms) != want || len(meanings) != want || slices.Contains(meanings, "") || slices.Contains(terms, "") {
				t.Errorf("%s: %d words with %d meanings, want %d", section, len(terms), len(meanings), want)
			}
			slices.Sort(meanings)
			if len(slices.Compact(meanings)) != want {
				t.Errorf("%s: two words mean the same", section)
			}
		}
		page.holds(`section[aria-labelledby="rule"] ol li`, len(programme.Clauses()))
		for _, status := range []string{"on_track", "at_risk", "late", "done", "no_data", "awaiting_verification", "due", "planned"} {
			page.holds(`section[aria-labelledby="statuses"] .status--`+status, 1)
		}
		page.gives("progress.goal", "1,000", "1000")
	})
}

func TestTheDefinitionsAreThoseOfTheProgramme(t *testing.T) {
	f := fixture()
	f.Programme.Name, f.Programme.NameAr = "e-Services "+hostile[2], ""
	f.Programme.StartsOn, f.Programme.TargetOn = civil.NewDate(2014, 1, 1), civil.NewDate(2018, 12, 31)
	f.Programme.TimeZone, f.RuleVersion = "Asia/Riyadh", 7
	page := overFigures(t, f, executive, "/ar/definitions")
	facts := page.texts(`section[aria-labelledby="programme"] dl.notes dd`)
	if len(facts) != 5 || facts[0] != f.Programme.Name || facts[4] != "Asia/Riyadh" {
		t.Errorf("%q", facts)
	}
	english := overFigures(t, f, executive, "/en/definitions")
	english.says("#rule", "Counting rule, version 7")
	if facts := english.texts(
		`section[aria-labelledby="programme"] dl.notes dd`,
	); facts[2] != "1 January 2014" ||
		facts[3] != "31 December 2018" {
		t.Errorf("%q", facts)
	}
}

// Whoever is known reads the definitions; nobody else does.
func TestWhoReadsTheDefinitions(t *testing.T) {
	for _, role := range access.Roles() {
		who := access.Principal{ID: "user/x", Role: role}
		if role == access.RoleAgency {
			who.Entity = "e11"
		}
		overFigures(t, fixture(), who, "/en/definitions").answers(http.StatusOK)
	}
	page := opened(t, site(t, fixed{figures: fixture()}, nil), "/en/definitions")
	page.answers(http.StatusForbidden)
	page.leads(".gate a", "/en/sign-in")
}

func TestTheReportsListMonthsNewestFirst(t *testing.T) {
	bothLanguages(t, func(t *testing.T, language string) {
		t.Helper()
		page := overFigures(t, fixture(), executive, "/"+language+"/reports?as_at=2016-10-05&on=2016-09-30")
		months := page.attributes("tbody th time", "datetime")
		if len(months) != 33 || months[0] != "2016-09" || months[32] != "2014-01" {
			t.Fatalf("%q", months)
		}
		newestFirst := slices.IsSortedFunc(months, func(a, b string) int { return strings.Compare(b, a) })
		if !newestFirst {
			t.Errorf("%q are not the newest first", months)
		}
		page.holds("tbody a[download]", 2*len(months))
		page.leads("tbody tr:first-child a[hreflang=en]", "/v1/reports/2016-09/highlights.xlsx?as_at=2016-10-05&lang=en")
		page.leads("tbody tr:first-child a[hreflang=ar]", "/v1/reports/2016-09/highlights.xlsx?as_at=2016-10-05&lang=ar")
		for i, label := range page.texts("tbody a .unseen") {
			if !strings.Contains(label, textOf(page.Find("tbody th time").Eq(i/2))) {
				t.Errorf("link %d is called %q", i, label)
			}
		}
	})
	page := overFigures(t, fixture(), executive, "/en/reports")
	page.leads("tbody tr:first-child a[hreflang=en]", "/v1/reports/2016-09/highlights.xlsx?lang=en")
}

// What fails behind a page is a page, which says what to do and gives a reference where something was logged.
func TestWhatFailsIsAPageWithWhatToDo(t *testing.T) {
	pages := []string{"/", "/entities", "/entities/e11", "/services", "/services/s0011", "/usage", "/quality", "/definitions"}
	for _, c := range []struct {
		err       error
		status    int
		heading   string
		reference int
	}{
		{programme.ErrUnavailable, http.StatusServiceUnavailable, "Not available at the moment", 1},
		{programme.ErrOverLimit, http.StatusServiceUnavailable, "This page asks for too much data", 1},
		{programme.ErrForbidden, http.StatusForbidden, "No permission", 0},
		{programme.ErrInvalid, http.StatusBadRequest, "This address can't be read", 0},
		{programme.ErrNotFound, http.StatusNotFound, "Not found", 0},
		{errors.New("secret detail"), http.StatusInternalServerError, "Something went wrong", 1},
	} {
		server := site(t, fixed{figures: fixture(), err: fmt.Errorf("ask: %w", c.err)}, &executive)
		for _, path := range pages {
			page := opened(t, server, "/en"+path)
			page.answers(c.status)
			page.says("h1", c.heading)
			page.holds(".gate code", c.reference)
			page.leads(".gate a", "/en/")
			if strings.Contains(page.Text(), "secret detail") {
				t.Errorf("%s tells what failed", path)
			}
			arabic := opened(t, server, "/ar"+path)
			if heading := textOf(arabic.Find("h1")); heading == c.heading || heading == "" || arabic.StatusCode != c.status {
				t.Errorf("in Arabic %s answers %d, %q", path, arabic.StatusCode, heading)
			}
		}
	}
}

func TestAFileOfFiguresThatFailsIsNoFile(t *testing.T) {
	server := site(t, fixed{figures: fixture(), err: programme.ErrUnavailable}, &executive)
	for _, name := range []string{"burn-up", "entities", "usage", "use"} {
		page := opened(t, server, "/charts/"+name+".csv?lang=ar")
		page.answers(http.StatusServiceUnavailable)
		if page.Header.Get("Content-Disposition") != "" || !strings.HasPrefix(page.Header.Get("Content-Type"), "text/html") {
			t.Errorf("%s: %v", name, page.Header)
		}
		if attribute(page.Find("html"), "lang") != "ar" {
			t.Errorf("%s fails in another language than was asked", name)
		}
	}
}

// A number on the page of an entity is the one in the list of entities and in its file.
func TestOneNumberIsTheSameWhereverItStands(t *testing.T) {
	f := fixture()
	server := site(t, fixed{figures: f}, &executive)
	list, own := opened(t, server, "/en/entities"), opened(t, server, "/en/entities/e11")
	for there, here := range map[string]string{
		"entities.e11.counted": "scorecard.counted", "entities.e11.plan": "scorecard.plan", "entities.e11.variance": "scorecard.variance",
		"entities.e11.end_to_end": "scorecard.end_to_end", "entities.e11.slip_median": "scorecard.slip_median",
		"entities.e11.slip_over_30": "scorecard.slip_over_30", "entities.e11.completed": "scorecard.completed",
	} {
		_, one := list.figure(there)
		if _, other := own.figure(here); one != other || one == "" {
			t.Errorf("%s is %s, %s is %s", there, one, here, other)
		}
	}
	overview, definitions := opened(t, server, "/en/"), opened(t, server, "/en/definitions")
	_, goal := overview.figure("progress.goal")
	definitions.gives("progress.goal", "1,000", goal)
	if _, counted := overview.figure("progress.counted"); counted != strconv.Itoa(f.Verified.Counted) {
		t.Errorf("the overview counts %s", counted)
	}
}
