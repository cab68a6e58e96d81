package web

import (
	"cmp"
	"strings"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"

	"github.com/PuerkitoBio/goquery"
)

// statusInRow is the status in the table row that names a code; empty for none.
func statusInRow(page shown, code string) string {
	status := ""
	page.Find("tr:has(.code)").EachWithBreak(func(_ int, row *goquery.Selection) bool {
		if textOf(row.Find(".code").First()) != code {
			return true
		}
		for class := range strings.FieldsSeq(row.Find(".status").AttrOr("class", "")) {
			if named, is := strings.CutPrefix(class, "status--"); is {
				status = named
			}
		}
		return status == ""
	})
	return status
}

// What an agency reads of its milestone is what its planner reads.
func TestAMilestoneHasOneStatusOnEveryPage(t *testing.T) {
	db := planStore(t)
	day := civil.NewDate(2016, time.September, 30)
	milestones := []programme.Milestone{
		{Code: "visa-l2", Service: "visa", Level: 2, PlannedOn: day.AddDays(-5)},
		{Code: "permit-l3", Service: "permit", Level: 3, PlannedOn: day.AddDays(-31)},
		{Code: "licence-l1", Service: "licence", Level: 1, PlannedOn: day.AddDays(40)},
	}
	stepped(t, db, "user/planner", programme.Plan{
		Kind: programme.PlanApproved, Revision: 1, ApprovedOn: civil.NewDate(2016, time.January, 10), Milestones: milestones,
	})
	agency := storeSite(t, db, interior)
	office := storeSite(t, db, access.Principal{ID: "user/p@example.org", Role: access.RolePlanner})
	submitted, entity := opened(t, agency, "/en/submit"), opened(t, office, "/en/entities/moi")
	plans, due := opened(t, office, "/en/plans"), opened(t, office, "/en/plans?milestones=due")
	for i, want := range []figures.Status{figures.StatusAtRisk, figures.StatusLate, figures.StatusDue} {
		m := &milestones[i]
		for page, got := range map[string]string{
			"/submit": statusInRow(submitted, m.Code), "/plans": cmp.Or(statusInRow(plans, m.Service), statusInRow(due, m.Service)),
			"/entities/moi": statusInRow(entity, m.Service),
		} {
			if got != string(want) {
				t.Errorf("%s: %s is %q, want %q", page, m.Code, got, want)
			}
		}
	}
}

// A pace of four fifths of what the plan asks is at risk, as the workbook says, and a count near its plan too.
func TestWhatIsNearlyEnoughIsAtRisk(t *testing.T) {
	f := fixture()
	p := &f.Verified
	p.RequiredRate, p.PlanRate = programme.RateOf(15, 1), programme.RateOf(10, 1)
	p.RecentRate = figures.RecentRate{Months3: programme.RateOf(8, 1), Months6: programme.RateOf(7, 1)}
	p.Plan, p.Variance, p.ScheduleIndex = programme.CountOf(1000), programme.CountOf(-100), programme.RatioOf(900, 1000)
	page := overFigures(t, f, executive, "/en/")
	for figure, marks := range map[string][]string{
		"progress.required_rate": {".status--at_risk", ".tone--warn", ".tone--bad"}, // three months nearly, six months not
		"progress.counted":       {".status--at_risk", ".tone--warn"},
	} {
		for _, mark := range marks {
			if n := page.tile(figure).Find(mark).Length(); n != 1 {
				t.Errorf("%s: %d of %s", figure, n, mark)
			}
		}
	}
}

// What an entity's status rests on says apart what waits for the programme office.
func TestAnEntitysStatusSaysWhatAwaitsVerification(t *testing.T) {
	for waiting, want := range map[int]string{0: "", 4: "Awaiting verification: 4."} {
		f := fixture()
		f.Entities[0].Reason.AwaitingVerification = waiting
		page := overFigures(t, f, executive, "/en/entities/"+f.Entities[0].Code)
		reason := page.Find("p.lead .muted").Text()
		if _, said, _ := strings.Cut(reason, "30 days. "); said != want {
			t.Errorf("%d wait: %q", waiting, reason)
		}
	}
}

// The list of claims that wait and the clause of the counting rule are two numbers, under two names.
func TestClaimsToDecideAreNotNamedAsTheClauseIs(t *testing.T) {
	for language, want := range map[string]string{"en": "Claims to decide", "ar": "مستويات بانتظار القرار"} {
		list := overFigures(t, fixture(), executive, "/"+language+"/").Find(`.decision:has([data-figure="attention.claimed_not_verified"])`)
		if title := strings.TrimSpace(list.Find("h3").Text()); title != want {
			t.Errorf("%s: the list is named %q, want %q", language, title, want)
		}
	}
}
