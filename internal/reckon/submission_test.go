package reckon_test

import (
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

func TestPlanUpdatesOwed(t *testing.T) {
	w := reckontest.New(t)
	w.Entity("moi")
	w.Service(programme.Service{Code: "a"})
	w.Plan("moi", "2015-01-15", reckontest.Milestone("a", "2016-06-01"))
	for _, step := range []struct {
		kind     programme.PlanKind
		revision int
		on       string
	}{
		{programme.PlanDraft, 2, "2015-04-12"},
		{programme.PlanSubmitted, 2, "2015-04-20"},
		{programme.PlanReturned, 2, "2015-04-25"},
		{programme.PlanSubmitted, 3, "2015-05-12"},
		{programme.PlanApproved, 3, "2015-05-14"},
		{programme.PlanDraft, 4, "2015-05-20"},
	} {
		w.PlanStep(step.kind, step.revision, step.on)
	}
	for name, test := range map[string]struct {
		on, month string
		want      figures.SubmissionState
		was       figures.SubmissionState
		days      int
	}{
		"nothing since the month before was due": {"2015-04-10", "2015-03", figures.SubmissionExpected, "", 0},
		"the day after":                          {"2015-04-11", "2015-03", figures.SubmissionOverdue, figures.SubmissionExpected, 1},
		"begun":                                  {"2015-04-12", "2015-04", figures.SubmissionDraft, "", 0},
		"begun, for the month before too":        {"2015-04-12", "2015-03", figures.SubmissionOverdue, figures.SubmissionDraft, 2},
		"submitted":                              {"2015-04-21", "2015-04", figures.SubmissionSubmitted, "", 0},
		"late, and no longer overdue":            {"2015-04-21", "2015-03", figures.SubmissionSubmitted, "", 0},
		"returned":                               {"2015-04-30", "2015-04", figures.SubmissionReturned, "", 0},
		"returned and due":                       {"2015-05-11", "2015-04", figures.SubmissionOverdue, figures.SubmissionReturned, 1},
		"a draft of the next takes nothing back": {"2015-05-31", "2015-05", figures.SubmissionAccepted, "", 0},
		"the month after":                        {"2015-06-30", "2015-06", figures.SubmissionExpected, "", 0},
	} {
		got := w.Owed(test.on, test.month, "moi").Plan
		if got.State != test.want || got.Was != test.was || got.Days != test.days {
			t.Errorf("%s: %+v", name, got)
		}
	}
	w.Rollout("a", programme.ActionLaunch, "2015-07-01", programme.LevelInformative).VerifiedBy = "admin"
	if got := w.Owed("2015-09-30", "2015-08", "moi").Plan; got.State != figures.SubmissionNone {
		t.Errorf("all milestones are done, yet %+v", got)
	}
	w.Entity("moj")
	if got := w.Owed("2015-09-30", "2015-08", "moj"); got.Plan.State != figures.SubmissionNone || got.Use.State != figures.SubmissionNone || got.Claims.State != figures.SubmissionNone {
		t.Errorf("an entity without services owes %+v", got)
	}
}

// An entity that never planned owes a plan as soon as it has a service.
func TestAFirstPlanIsOwedForOneService(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "a"})
	if got := w.Owed("2015-04-10", "2015-03", "moi").Plan; got.State != figures.SubmissionExpected {
		t.Errorf("without a plan: %+v", got)
	}
	w.PlanStep(programme.PlanDraft, 1, "2015-01-15")
	if got := w.Owed("2015-04-10", "2015-03", "moi").Plan; got.State != figures.SubmissionNone {
		t.Errorf("with a draft that plans nothing: %+v", got)
	}
}

// A step on the day on which the month before is due is of that month, the day after of the next.
func TestAStepOnADueDayIsOfTheMonthThatIsDue(t *testing.T) {
	for on, want := range map[string]figures.SubmissionState{
		"2015-04-10": figures.SubmissionExpected, "2015-04-11": figures.SubmissionDraft, "2015-04-20": figures.SubmissionDraft,
		"2015-04-21": figures.SubmissionExpected,
	} {
		w := reckontest.New(t)
		w.Service(programme.Service{Code: "a"})
		w.Plan("moi", "2015-01-15", reckontest.Milestone("a", "2016-06-01"))
		w.PlanStep(programme.PlanDraft, 2, on)
		if got := w.Owed("2015-04-20", "2015-04", "moi").Plan.State; got != want {
			t.Errorf("a draft of %s: April's plan is %s, want %s", on, got, want)
		}
	}
}

// The level of a bundle is that of its parts, so that it owes no claim of its own.
func TestABundleOwesNoClaim(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "bundle"})
	w.Service(programme.Service{Code: "part", PartOf: "bundle"})
	w.Rollout("part", programme.ActionLaunch, "2015-01-01", programme.LevelInformative).VerifiedBy = "admin"
	if got := w.Owed("2015-03-31", "2015-03", "moi").Claims; got.State != figures.SubmissionAccepted ||
		got.Parts != (programme.Parts{Reported: 2, Expected: 2}) {
		t.Errorf("a bundle of one part: %+v", got)
	}
}

func TestUseOwed(t *testing.T) {
	w := reckontest.New(t)
	for _, code := range []string{"a", "b"} {
		w.Service(programme.Service{Code: code, Channels: []programme.Channel{programme.ChannelWeb}})
		w.Rollout(code, programme.ActionLaunch, "2015-01-01", programme.LevelInformative, programme.ChannelWeb).VerifiedBy = "admin"
	}
	for _, inMonth := range []string{"2015-03", "2015-04"} {
		w.Uses("moi", "a", inMonth, programme.ChannelWeb, 10)
	}
	w.Uses("moi", "b", "2015-03", programme.ChannelWeb, 10)
	w.States("b", "2015-05", programme.ChannelWeb, programme.NotRequested, 0)
	w.States("a", "2015-05", programme.ChannelWeb, programme.NotRequested, 0)
	for name, test := range map[string]struct {
		on, month string
		want      figures.SubmissionState
		parts     programme.Parts
	}{
		"all of it":             {"2015-04-30", "2015-03", figures.SubmissionAccepted, programme.Parts{Reported: 2, Expected: 2}},
		"some of it":            {"2015-05-10", "2015-04", figures.SubmissionDraft, programme.Parts{Reported: 1, Expected: 2}},
		"some of it, and due":   {"2015-05-11", "2015-04", figures.SubmissionOverdue, programme.Parts{Reported: 1, Expected: 2}},
		"none, not due":         {"2015-03-01", "2015-02", figures.SubmissionExpected, programme.Parts{Reported: 0, Expected: 2}},
		"none, and due":         {"2015-03-31", "2015-02", figures.SubmissionOverdue, programme.Parts{Reported: 0, Expected: 2}},
		"not requested":         {"2015-07-31", "2015-05", figures.SubmissionNone, programme.Parts{}},
		"before it was open":    {"2015-03-31", "2014-12", figures.SubmissionNone, programme.Parts{}},
		"a month not begun yet": {"2015-03-31", "2015-06", figures.SubmissionNone, programme.Parts{}},
	} {
		if got := w.Owed(test.on, test.month, "moi").Use; got.State != test.want || got.Parts != test.parts {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// A calendar's due day holds in place of the programme's, for what is owed and for what is on time.
func TestTheCalendarHasTheDueDay(t *testing.T) {
	w := reckontest.New(t)
	w.Live("a", "2015-01-01", programme.LevelInformative)
	w.Fact(programme.FamilyProgramme, programme.CalendarSubject(programme.CalendarDueDays), 0, 0, programme.Calendar{Name: programme.CalendarDueDays, Days: []programme.CalendarDay{
		{From: civiltest.Day("2015-05-20"), To: civiltest.Day("2015-05-20"), Name: "after the holidays", NameAr: "بعد العطلة"},
	}})
	k := w.Knowledge()
	for inMonth, want := range map[string]string{"2015-04": "2015-05-20", "2015-05": "2015-06-10"} {
		if got := k.Submissions(civiltest.Day("2015-12-31"), civiltest.Month(inMonth)).DueOn.String(); got != want {
			t.Errorf("%s is due on %s, want %s", inMonth, got, want)
		}
	}
	if got := w.Owed("2015-05-20", "2015-04", "moi").Use.State; got != figures.SubmissionExpected {
		t.Errorf("on the day itself: %s", got)
	}
	if got := w.Owed("2015-05-21", "2015-04", "moi"); got.Use.State != figures.SubmissionOverdue || got.Use.Days != 1 {
		t.Errorf("the day after: %+v", got.Use)
	}
	w.States("a", "2015-04", programme.ChannelWeb, programme.Reported, 5).RecordedAt = civiltest.Noon(civiltest.Day("2015-05-19"))
	w.States("a", "2015-04", programme.ChannelCounter, programme.Reported, 5).RecordedAt = civiltest.Noon(civiltest.Day("2015-05-19"))
	if got := w.Figures("2015-04-30").Completeness.Grade; got != "A" {
		t.Errorf("nine days after the programme's due day, one before the calendar's: grade %s", got)
	}
}

func TestClaimsOwed(t *testing.T) {
	w := reckontest.New(t)
	for _, code := range []string{"a", "b"} {
		w.Service(programme.Service{Code: code})
		w.Rollout(code, programme.ActionLaunch, "2015-01-01", 0)
	}
	state := func(on string) figures.Submission { return w.Owed(on, "2015-03", "moi").Claims }
	if got := state("2015-03-31"); got.State != figures.SubmissionExpected || got.Parts != (programme.Parts{Reported: 0, Expected: 2}) {
		t.Errorf("nothing claimed: %+v", got)
	}
	a, b := *w.ClaimOn("a", "2015-02-01", 1), *w.ClaimOn("b", "2015-02-01", 1)
	if got := state("2015-03-31"); got.State != figures.SubmissionSubmitted || got.Parts != (programme.Parts{Reported: 2, Expected: 2}) {
		t.Errorf("claimed: %+v", got)
	}
	w.AnswerTo(&a, programme.AssessmentVerified, "2015-02-02", 1)
	w.AnswerTo(&b, programme.AssessmentReturned, "2015-02-03", 1)
	if got := state("2015-03-31"); got.State != figures.SubmissionReturned || got.Parts != (programme.Parts{Reported: 1, Expected: 2}) {
		t.Errorf("one returned: %+v", got)
	}
	if got := state("2015-04-11"); got.State != figures.SubmissionOverdue || got.Was != figures.SubmissionReturned {
		t.Errorf("returned, and due: %+v", got)
	}
	w.AnswerTo(&b, programme.AssessmentVerified, "2015-02-04", 1)
	if got := state("2015-04-11"); got.State != figures.SubmissionAccepted || w.Owed("2015-04-11", "2015-03", "moi").Overdue != 2 {
		t.Errorf("all verified: %+v", w.Owed("2015-04-11", "2015-03", "moi"))
	}
}

// Nothing is owed by an entity that is not there yet.
func TestAnEntityThatIsNotThereYetIsNotListed(t *testing.T) {
	w := reckontest.New(t)
	w.Entity("moi")
	w.Fact(programme.FamilyEntity, "moc", civiltest.Day("2015-06-01"), civiltest.Day("2015-01-01"), programme.Entity{Code: "moc", Name: "c", NameAr: "ت"})
	for on, want := range map[string]int{"2015-05-31": 1, "2015-06-01": 2} {
		if got := w.Knowledge().Submissions(civiltest.Day(on), civiltest.Month("2015-05")).Entities; len(got) != want {
			t.Errorf("on %s %d entities are listed, want %d", on, len(got), want)
		}
	}
}
