package programme

import (
	"testing"
)

// owed is what an entity owes for a month as it stands on a date.
func (w *world) owed(on, inMonth, entity string) *EntitySubmissions {
	w.t.Helper()
	list := w.knowledge().Submissions(day(on), month(inMonth))
	for i := range list.Entities {
		if list.Entities[i].Entity == entity {
			return &list.Entities[i]
		}
	}
	w.t.Fatalf("nothing is said of %s", entity)
	return nil
}

// planStep is a step of the entity's plan on a day.
func (w *world) planStep(kind PlanKind, revision int, on string) {
	w.fact(FamilyPlan, "moi", 0, day(on), Plan{Kind: kind, Entity: "moi", Revision: revision})
}

func TestPlanUpdatesOwed(t *testing.T) {
	w := newWorld(t)
	w.entity("moi")
	w.service(Service{Code: "a"})
	w.plan("moi", "2015-01-15", milestone("a", "2016-06-01"))
	for _, step := range []struct {
		kind     PlanKind
		revision int
		on       string
	}{
		{PlanDraft, 2, "2015-04-12"},
		{PlanSubmitted, 2, "2015-04-20"},
		{PlanReturned, 2, "2015-04-25"},
		{PlanSubmitted, 3, "2015-05-12"},
		{PlanApproved, 3, "2015-05-14"},
		{PlanDraft, 4, "2015-05-20"},
	} {
		w.planStep(step.kind, step.revision, step.on)
	}
	for name, test := range map[string]struct {
		on, month string
		want      SubmissionState
		was       SubmissionState
		days      int
	}{
		"nothing since the month before was due": {"2015-04-10", "2015-03", SubmissionExpected, "", 0},
		"the day after":                          {"2015-04-11", "2015-03", SubmissionOverdue, SubmissionExpected, 1},
		"begun":                                  {"2015-04-12", "2015-04", SubmissionDraft, "", 0},
		"begun, for the month before too":        {"2015-04-12", "2015-03", SubmissionOverdue, SubmissionDraft, 2},
		"submitted":                              {"2015-04-21", "2015-04", SubmissionSubmitted, "", 0},
		"late, and no longer overdue":            {"2015-04-21", "2015-03", SubmissionSubmitted, "", 0},
		"returned":                               {"2015-04-30", "2015-04", SubmissionReturned, "", 0},
		"returned and due":                       {"2015-05-11", "2015-04", SubmissionOverdue, SubmissionReturned, 1},
		"a draft of the next takes nothing back": {"2015-05-31", "2015-05", SubmissionAccepted, "", 0},
		"the month after":                        {"2015-06-30", "2015-06", SubmissionExpected, "", 0},
	} {
		got := w.owed(test.on, test.month, "moi").Plan
		if got.State != test.want || got.Was != test.was || got.Days != test.days {
			t.Errorf("%s: %+v", name, got)
		}
	}
	w.rollout("a", ActionLaunch, "2015-07-01", LevelInformative).VerifiedBy = "admin"
	if got := w.owed("2015-09-30", "2015-08", "moi").Plan; got.State != SubmissionNone {
		t.Errorf("all milestones are done, yet %+v", got)
	}
	w.entity("moj")
	if got := w.owed("2015-09-30", "2015-08", "moj"); got.Plan.State != SubmissionNone || got.Use.State != SubmissionNone || got.Claims.State != SubmissionNone {
		t.Errorf("an entity without services owes %+v", got)
	}
}

func TestUseOwed(t *testing.T) {
	w := newWorld(t)
	for _, code := range []string{"a", "b"} {
		w.service(Service{Code: code, Channels: []Channel{ChannelWeb}})
		w.rollout(code, ActionLaunch, "2015-01-01", LevelInformative, ChannelWeb).VerifiedBy = "admin"
	}
	for _, inMonth := range []string{"2015-03", "2015-04"} {
		w.uses("moi", "a", inMonth, ChannelWeb, 10)
	}
	w.uses("moi", "b", "2015-03", ChannelWeb, 10)
	w.states("b", "2015-05", ChannelWeb, NotRequested, 0)
	w.states("a", "2015-05", ChannelWeb, NotRequested, 0)
	for name, test := range map[string]struct {
		on, month string
		want      SubmissionState
		parts     Parts
	}{
		"all of it":             {"2015-04-30", "2015-03", SubmissionAccepted, Parts{2, 2}},
		"some of it":            {"2015-05-10", "2015-04", SubmissionDraft, Parts{1, 2}},
		"some of it, and due":   {"2015-05-11", "2015-04", SubmissionOverdue, Parts{1, 2}},
		"none, not due":         {"2015-03-01", "2015-02", SubmissionExpected, Parts{0, 2}},
		"none, and due":         {"2015-03-31", "2015-02", SubmissionOverdue, Parts{0, 2}},
		"not requested":         {"2015-07-31", "2015-05", SubmissionNone, Parts{}},
		"before it was open":    {"2015-03-31", "2014-12", SubmissionNone, Parts{}},
		"a month not begun yet": {"2015-03-31", "2015-06", SubmissionNone, Parts{}},
	} {
		if got := w.owed(test.on, test.month, "moi").Use; got.State != test.want || got.Parts != test.parts {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// A calendar's due day holds in place of the programme's, for what is owed and for what is on time.
func TestTheCalendarHasTheDueDay(t *testing.T) {
	w := newWorld(t)
	w.live("a", "2015-01-01", LevelInformative)
	w.fact(FamilyProgramme, CalendarSubject(CalendarDueDays), 0, 0, Calendar{Name: CalendarDueDays, Days: []CalendarDay{
		{From: day("2015-05-20"), To: day("2015-05-20"), Name: "after the holidays", NameAr: "بعد العطلة"},
	}})
	k := w.knowledge()
	for inMonth, want := range map[string]string{"2015-04": "2015-05-20", "2015-05": "2015-06-10"} {
		if got := k.Submissions(day("2015-12-31"), month(inMonth)).DueOn.String(); got != want {
			t.Errorf("%s is due on %s, want %s", inMonth, got, want)
		}
	}
	if got := w.owed("2015-05-20", "2015-04", "moi").Use.State; got != SubmissionExpected {
		t.Errorf("on the day itself: %s", got)
	}
	if got := w.owed("2015-05-21", "2015-04", "moi"); got.Use.State != SubmissionOverdue || got.Use.Days != 1 {
		t.Errorf("the day after: %+v", got.Use)
	}
	w.states("a", "2015-04", ChannelWeb, Reported, 5).RecordedAt = noon(day("2015-05-19"))
	w.states("a", "2015-04", ChannelCounter, Reported, 5).RecordedAt = noon(day("2015-05-19"))
	if got := w.figures("2015-04-30").Completeness.Grade; got != "A" {
		t.Errorf("nine days after the programme's due day, one before the calendar's: grade %s", got)
	}
}

func TestClaimsOwed(t *testing.T) {
	w := newWorld(t)
	for _, code := range []string{"a", "b"} {
		w.service(Service{Code: code})
		w.rollout(code, ActionLaunch, "2015-01-01", 0)
	}
	state := func(on string) Submission { return w.owed(on, "2015-03", "moi").Claims }
	if got := state("2015-03-31"); got.State != SubmissionExpected || got.Parts != (Parts{0, 2}) {
		t.Errorf("nothing claimed: %+v", got)
	}
	a, b := *w.claimOn("a", "2015-02-01", 1), *w.claimOn("b", "2015-02-01", 1)
	if got := state("2015-03-31"); got.State != SubmissionSubmitted || got.Parts != (Parts{2, 2}) {
		t.Errorf("claimed: %+v", got)
	}
	w.answerTo(&a, AssessmentVerified, "2015-02-02", 1)
	w.answerTo(&b, AssessmentReturned, "2015-02-03", 1)
	if got := state("2015-03-31"); got.State != SubmissionReturned || got.Parts != (Parts{1, 2}) {
		t.Errorf("one returned: %+v", got)
	}
	if got := state("2015-04-11"); got.State != SubmissionOverdue || got.Was != SubmissionReturned {
		t.Errorf("returned, and due: %+v", got)
	}
	w.answerTo(&b, AssessmentVerified, "2015-02-04", 1)
	if got := state("2015-04-11"); got.State != SubmissionAccepted || w.owed("2015-04-11", "2015-03", "moi").Overdue != 2 {
		t.Errorf("all verified: %+v", w.owed("2015-04-11", "2015-03", "moi"))
	}
}
