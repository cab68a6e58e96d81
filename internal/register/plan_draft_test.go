package register_test

import (
	"errors"
	"strings"
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// draftDesk is a desk whose entity has drafted two milestones with a comment.
func draftDesk(t *testing.T, comment string) *planDesk {
	t.Helper()
	d := newPlanDesk(t)
	spring := civiltest.Day("2016-03-01")
	d.must(register.Change{Actor: "user/a", Reason: comment}.Plan(
		"moi", []programme.Milestone{milestoneOn("s1", 3, spring), milestoneOn("s2", 3, spring)}, false, d.planning))
	return d
}

// milestone keeps the draft with one milestone changed, from a version.
func (d *planDesk) milestone(version uint32, m register.MilestoneChange) error {
	d.t.Helper()
	return d.decide(register.Change{Actor: "user/a", Version: version}.Milestone("moi", m, d.planning))
}

func TestWhyAMilestoneIsDroppedJoinsThePlansComment(t *testing.T) {
	for name, test := range map[string]struct{ comment, why, want string }{
		"a comment and a reason": {"as agreed", "no budget", "as agreed · no budget"},
		"only a comment":         {"as agreed", "  ", "as agreed"},
		"only a reason":          {"", " no budget ", "no budget"},
		"neither":                {"", "", ""},
		"the same of both":       {"no budget", "no budget", "no budget"},
	} {
		d := draftDesk(t, test.comment)
		if err := d.milestone(1, register.MilestoneChange{Code: "m-s1-3", Dropped: true, Why: test.why}); err != nil {
			t.Fatal(err)
		}
		if got := d.record().Draft(); got.WrittenComment() != test.want || len(got.Milestones) != 1 ||
			got.Milestones[0].Service != "s2" {
			t.Errorf("%s: %q, want %q; %+v", name, got.WrittenComment(), test.want, got.Milestones)
		}
	}
}

func TestOneMilestoneTakesItsPlaceInThePlan(t *testing.T) {
	start := &register.PlanRevision{Milestones: []programme.Milestone{{Code: "a"}, {Code: "b"}, {Code: "c"}}}
	for name, test := range map[string]struct {
		start  *register.PlanRevision
		change register.MilestoneChange
		want   string
		at     int
	}{
		"changed where it is": {start, register.MilestoneChange{Code: "b", Milestone: programme.Milestone{Code: "B"}}, "aBc", 1},
		"the first":           {start, register.MilestoneChange{Code: "a", Milestone: programme.Milestone{Code: "A"}}, "Abc", 0},
		"the last":            {start, register.MilestoneChange{Code: "c", Milestone: programme.Milestone{Code: "C"}}, "abC", 2},
		"added at the end":    {start, register.MilestoneChange{Milestone: programme.Milestone{Code: "d"}}, "abcd", 3},
		"dropped":             {start, register.MilestoneChange{Code: "b", Dropped: true}, "ac", 1},
		"dropped, unknown":    {start, register.MilestoneChange{Code: "x", Dropped: true}, "abc", -1},
		"the first of all":    {nil, register.MilestoneChange{Milestone: programme.Milestone{Code: "d"}}, "d", 0},
	} {
		milestones, at := test.change.In(test.start)
		var codes strings.Builder
		for _, m := range milestones {
			codes.WriteString(m.Code)
		}
		if codes.String() != test.want || at != test.at {
			t.Errorf("%s: %s at %d, want %s at %d", name, codes.String(), at, test.want, test.at)
		}
		if start.Milestones[0].Code != "a" || start.Milestones[1].Code != "b" || start.Milestones[2].Code != "c" {
			t.Fatalf("%s: the plan it starts from is changed: %+v", name, start.Milestones)
		}
	}
}

func TestAMilestoneThatIsGoneTellsWhoChangedThePlan(t *testing.T) {
	for name, test := range map[string]struct {
		version uint32
		change  register.MilestoneChange
		want    error
	}{
		"changed, having read a version": {1, register.MilestoneChange{Code: "gone"}, programme.ErrAlreadyDecided},
		"changed, having read none":      {0, register.MilestoneChange{Code: "gone"}, register.ErrNoMilestone},
		"dropped without its code":       {0, register.MilestoneChange{Dropped: true}, register.ErrNoMilestone},
		"dropped":                        {1, register.MilestoneChange{Code: "gone", Dropped: true}, programme.ErrAlreadyDecided},
	} {
		if err := draftDesk(t, "").milestone(test.version, test.change); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
	if err := newPlanDesk(t).milestone(1, register.MilestoneChange{Code: "gone"}); !errors.Is(err, register.ErrNoMilestone) {
		t.Errorf("before any plan: %v", err)
	}
}

func TestWhatCouldNotBeReadIsNamedInItsPlace(t *testing.T) {
	bad := []programme.Fault{{Field: "planned_on", Kind: "not_a_date"}}
	changed := milestoneOn("s2", 3, civiltest.Day("2016-03-02"))
	changed.Code = "m-s2-3"
	for name, test := range map[string]struct {
		change register.MilestoneChange
		want   string
	}{
		"changed":             {register.MilestoneChange{Code: "m-s2-3", Milestone: changed, Unread: bad}, "milestones.1.planned_on: not_a_date"},
		"added":               {register.MilestoneChange{Milestone: milestoneOn("s1", 4, civiltest.Day("2016-03-02")), Unread: bad}, "milestones.2.planned_on: not_a_date"},
		"beside other faults": {register.MilestoneChange{Milestone: milestoneOn("s1", 9, 0), Unread: bad}, "milestones.2.planned_on: not_a_date; milestones.2.level: out_of_range"},
	} {
		err := draftDesk(t, "").milestone(1, test.change)
		if err == nil || err.Error() != test.want || !errors.Is(err, programme.ErrInvalid) {
			t.Errorf("%s: %v, want %s", name, err, test.want)
		}
	}
	if bad[0].Field != "planned_on" {
		t.Error("the faults that were given are changed")
	}
	dropped := register.MilestoneChange{Code: "m-s1-3", Dropped: true, Unread: bad}
	if err := draftDesk(t, "").milestone(1, dropped); err != nil {
		t.Errorf("a milestone that is dropped needs no date: %v", err)
	}
}

func TestAnApprovalLeavesSomethingOfThePlan(t *testing.T) {
	back := func(codes ...string) []programme.ReturnedMilestone {
		var list []programme.ReturnedMilestone
		for _, code := range codes {
			list = append(list, programme.ReturnedMilestone{Milestone: code, Comment: "Too early."})
		}
		return list
	}
	on := civiltest.Day("2016-01-05")
	for name, test := range map[string]struct {
		decision register.PlanDecision
		want     string
	}{
		"all of it":                 {approval(1, on), ""},
		"one returned":              {approval(1, on, back("m-s1-3")...), ""},
		"all returned":              {approval(1, on, back("m-s1-3", "m-s2-3")...), "returned: nothing_left"},
		"one returned twice":        {approval(1, on, back("m-s1-3", "m-s1-3")...), "returned.1.milestone: repeated"},
		"one that is not in it":     {approval(1, on, back("m-s9-3")...), "returned.0.milestone: not_in_plan"},
		"without a day":             {approval(1, 0), "approved_on: missing"},
		"with a long word":          {register.PlanDecision{Revision: 1, Approve: true, ApprovedOn: on, Comment: strings.Repeat("م", 1001)}, "comment: too_long"},
		"sent back with milestones": {register.PlanDecision{Revision: 1, Comment: "no", Returned: back("m-s1-3")}, "returned: of_approval"},
		"sent back with a word":     {register.PlanDecision{Revision: 1, Comment: "no"}, ""},
	} {
		d := draftDesk(t, "")
		d.must(register.Change{Actor: "user/a"}.SubmitDraft("moi", 1, d.planning))
		err := d.decide(planner.DecidePlan("moi", test.decision))
		if (test.want == "") != (err == nil) || (err != nil && err.Error() != test.want) {
			t.Errorf("%s: %v, want %q", name, err, test.want)
		}
	}
}

func TestADecidedPlanKeepsWordAndDay(t *testing.T) {
	d := draftDesk(t, "")
	d.must(register.Change{Actor: "user/a"}.SubmitDraft("moi", 1, d.planning))
	draft, err := planner.DecidePlan("moi", register.PlanDecision{
		Revision: 1, Approve: true, ApprovedOn: civiltest.Day("2016-01-05"), Comment: " Well done. ",
		Returned: []programme.ReturnedMilestone{{Milestone: "m-s1-3", Comment: "Too early."}},
	})(d.stream)
	if err != nil || draft.EffectiveOn != civiltest.Day("2016-01-05") || draft.Reason != "Well done." || draft.Actor != "user/p" {
		t.Fatalf("%+v, %v", draft, err)
	}
	body, is := draft.Body.(programme.Plan)
	if !is || body.Kind != programme.PlanApproved || body.Revision != 1 || len(body.Milestones) != 1 || len(body.Returned) != 1 {
		t.Errorf("%+v", draft.Body)
	}
	back, err := planner.DecidePlan("moi", register.PlanDecision{Revision: 1, Comment: " Who builds it? "})(d.stream)
	if body, is = back.Body.(programme.Plan); err != nil || !is || body.Kind != programme.PlanReturned ||
		body.Comment != "Who builds it?" || len(body.Milestones) != 0 || !back.EffectiveOn.IsZero() {
		t.Errorf("%+v, %v", back, err)
	}
}

func TestAServiceOutOfTheCatalogueIsNotClaimed(t *testing.T) {
	d := newDeciding(t)
	d.service.Removed = true
	if _, err := d.claim("moi", "2015-02-01", 1, fullAnswers(1)); faultsIn(err) != "service:removed" {
		t.Errorf("%v", err)
	}
	d.service.Removed = false
	if _, err := d.claim("moi", "2015-02-01", 5, fullAnswers(1)); faultsIn(err) != "level:out_of_range" {
		t.Errorf("a level above all: %v", err)
	}
	broken := []programme.Fact{{Family: programme.FamilyAssessment, Subject: "visa"}}
	for name, rule := range map[string]register.Deciding{
		"a claim": register.Change{Actor: "moi"}.Claim(d.service, programme.Assessment{
			EffectiveOn: civiltest.Day("2015-02-01"), Answers: fullAnswers(1),
		}, register.Catalogue{}),
		"a decision": register.Change{Actor: "p"}.Decide(register.Decision{Claim: "1"}, nil),
	} {
		if draft, err := rule(broken); !errors.Is(err, programme.ErrInvalid) || draft.Body != nil {
			t.Errorf("%s on a stream that can't be read: %+v, %v", name, draft, err)
		}
	}
}

func TestAClaimIsRecordedAsOne(t *testing.T) {
	next := programme.Assessment{
		Kind: programme.AssessmentVerified, Service: "other", Claim: "x", Criterion: "y", RecheckOn: 9, // none of a claim
		EffectiveOn: civiltest.Day("2015-02-01"), Answers: fullAnswers(3), Comment: " as seen ",
	}
	known := register.Catalogue{Entities: map[string]bool{"moi": true, "moj": true}}
	draft, err := register.Change{Actor: "moi"}.Claim(programme.Service{Code: "visa", Entity: "moi"}, next, known)(nil)
	body, is := draft.Body.(programme.Assessment)
	if err != nil || !is || body.Kind != programme.AssessmentClaim || body.Service != "visa" || body.Claim != "" ||
		body.Criterion != "" || !body.RecheckOn.IsZero() || body.Level != 3 {
		t.Errorf("%+v, %v", draft, err)
	}
	if draft.EffectiveOn != next.EffectiveOn || draft.Actor != "moi" || draft.Reason != "as seen" {
		t.Errorf("%+v", draft)
	}
}
