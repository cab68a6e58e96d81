package register_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// planSteps is the stream of the plan of moi with these steps, a day apart.
func planSteps(t *testing.T, steps ...programme.Plan) []programme.Fact {
	t.Helper()
	bodies := make([]any, len(steps))
	for i := range steps {
		bodies[i] = steps[i]
	}
	stream := streamOf(t, bodies...)
	for i := range stream {
		stream[i].Family, stream[i].Subject = programme.FamilyPlan, "moi"
		stream[i].RecordedAt = time.Date(2016, 1, 1+i, 9, 0, 0, 0, time.UTC)
	}
	return stream
}

// recordOf folds the steps of the plan of moi.
func recordOf(t *testing.T, steps ...programme.Plan) *register.PlanRecord {
	t.Helper()
	record, err := register.PlanOf("moi", planSteps(t, steps...))
	if err != nil {
		t.Fatal(err)
	}
	return record
}

// planStep is a step of a revision whose plan has one milestone, named as the text says.
func planStep(kind programme.PlanKind, revision int, milestone string) programme.Plan {
	step := programme.Plan{Kind: kind, Entity: "moi", Revision: revision}
	if milestone != "" {
		step.Milestones = []programme.Milestone{{Code: milestone}}
	}
	return step
}

// approvedFrom is the approval of a revision, in force from a day.
func approvedFrom(on string, revision int, milestone string) programme.Plan {
	step := planStep(programme.PlanApproved, revision, milestone)
	step.ApprovedOn = civiltest.Day(on)
	return step
}

// numberOf is a revision's number; 0 for none.
func numberOf(r *register.PlanRevision) int {
	if r == nil {
		return 0
	}
	return r.Revision
}

func TestWhereAPlanIsByItsSteps(t *testing.T) {
	const draft, submitted, returned = programme.PlanDraft, programme.PlanSubmitted, programme.PlanReturned
	type where struct{ inForce, waiting, draft, newest, start int }
	for name, test := range map[string]struct {
		steps []programme.Plan
		want  where
	}{
		"nothing":   {nil, where{}},
		"drafted":   {[]programme.Plan{planStep(draft, 1, "a")}, where{draft: 1, newest: 1, start: 1}},
		"submitted": {[]programme.Plan{planStep(submitted, 1, "a")}, where{waiting: 1, newest: 1, start: 1}},
		"returned":  {[]programme.Plan{planStep(submitted, 1, "a"), planStep(returned, 1, "")}, where{newest: 1, start: 1}},
		"approved": {
			[]programme.Plan{planStep(submitted, 1, "a"), approvedFrom("2016-01-05", 1, "a")},
			where{inForce: 1, newest: 1, start: 1},
		},
		"approved, a draft of the next": {
			[]programme.Plan{approvedFrom("2016-01-05", 1, "a"), planStep(draft, 2, "b")},
			where{inForce: 1, draft: 2, newest: 2, start: 2},
		},
		"approved, the next waits": {
			[]programme.Plan{approvedFrom("2016-01-05", 1, "a"), planStep(submitted, 2, "b")},
			where{inForce: 1, waiting: 2, newest: 2, start: 2},
		},
		"a draft beside what waits": {
			[]programme.Plan{planStep(submitted, 1, "a"), planStep(draft, 2, "b")},
			where{waiting: 1, draft: 2, newest: 2, start: 2},
		},
		"approved, the next returned": {
			[]programme.Plan{approvedFrom("2016-01-05", 1, "a"), planStep(submitted, 2, "b"), planStep(returned, 2, "")},
			where{inForce: 1, newest: 2, start: 2},
		},
		"one returned, the next approved": {
			[]programme.Plan{
				planStep(submitted, 1, "a"), planStep(returned, 1, ""), planStep(submitted, 2, "b"), approvedFrom("2016-01-05", 2, "b"),
			},
			where{inForce: 2, newest: 2, start: 2},
		},
		"two returned": {
			[]programme.Plan{
				planStep(submitted, 1, "a"), planStep(returned, 1, ""), planStep(submitted, 2, "b"), planStep(returned, 2, ""),
			},
			where{newest: 2, start: 2},
		},
		"the older decided last": {
			[]programme.Plan{planStep(submitted, 1, "a"), planStep(draft, 2, "b"), approvedFrom("2016-01-05", 1, "a")},
			where{inForce: 1, draft: 2, newest: 1, start: 2},
		},
	} {
		record := recordOf(t, test.steps...)
		got := where{
			numberOf(record.InForce()), numberOf(record.Waiting()), numberOf(record.Draft()),
			numberOf(record.Newest()), numberOf(record.StartingPoint()),
		}
		if got != test.want {
			t.Errorf("%s: %+v, want %+v", name, got, test.want)
		}
	}
}

func TestOfSeveralBaselinesTheOneApprovedLastIsInForce(t *testing.T) {
	record := recordOf(t, approvedFrom("2016-03-01", 1, "a"), approvedFrom("2016-02-01", 2, "b"), planStep(programme.PlanDraft, 3, ""))
	if got := record.InForce(); numberOf(got) != 2 || record.Planned()[0].Code != "b" {
		t.Errorf("%+v is in force", got)
	}
	if record.Revision(2).Revision != 2 || record.Revision(4) != nil {
		t.Error("a revision is found by its number, and one that is not there by none")
	}
	if got := recordOf(t).Planned(); got != nil {
		t.Errorf("without an approval %v is planned", got)
	}
}

func TestBaselinesAreInTheOrderInWhichTheyCameIntoForce(t *testing.T) {
	record := recordOf(t,
		approvedFrom("2016-03-01", 1, "a"), approvedFrom("2016-02-01", 2, "b"), planStep(programme.PlanSubmitted, 3, "c"),
		approvedFrom("2016-03-01", 4, "d"),
	)
	var order []int
	for _, each := range record.Baselines() {
		order = append(order, each.Revision)
	}
	if !slices.Equal(order, []int{2, 1, 4}) {
		t.Errorf("%v, want 2, 1, 4: by day, and of one day by the decision", order)
	}
	if none := recordOf(t).Baselines(); none == nil || len(none) != 0 {
		t.Errorf("without an approval: %#v", none)
	}
	for on, want := range map[string]int{
		"2016-01-31": 0, "2016-02-01": 2, "2016-02-29": 2, "2016-03-01": 4, "2016-12-31": 4,
	} {
		if got := numberOf(record.InForceOn(civiltest.Day(on))); got != want {
			t.Errorf("on %s revision %d is in force, want %d", on, got, want)
		}
	}
}

func TestOnlyAnApprovalGivesARevisionItsDay(t *testing.T) {
	stream := planSteps(t, planStep(programme.PlanSubmitted, 1, "a"))
	stream[0].EffectiveOn = civiltest.Day("2016-01-07")
	record, err := register.PlanOf("moi", stream)
	if err != nil || !record.Revision(1).ApprovedOn.IsZero() {
		t.Errorf("a submitted one is in force from %v, %v", record.Revision(1).ApprovedOn, err)
	}
}

func TestAnApprovalWithoutADayIsInForceFromThatOfItsFact(t *testing.T) {
	stream := planSteps(t, planStep(programme.PlanApproved, 1, "a"), approvedFrom("2016-02-01", 2, "b"))
	stream[0].EffectiveOn, stream[1].EffectiveOn = civiltest.Day("2016-01-07"), civiltest.Day("2016-01-08")
	record, err := register.PlanOf("moi", stream)
	if err != nil || record.Revision(1).ApprovedOn != civiltest.Day("2016-01-07") {
		t.Errorf("%+v, %v", record, err)
	}
	if got := record.Revision(2).ApprovedOn; got != civiltest.Day("2016-02-01") {
		t.Errorf("the day that the approval names is %v", got)
	}
}

// The difference of a decided revision is shown against what was in force then, whatever was approved since.
func TestBeforeARevisionIsWhatWasInForceAtItsLastStep(t *testing.T) {
	record := recordOf(t,
		planStep(programme.PlanSubmitted, 1, "a"), approvedFrom("2016-01-05", 1, "a"),
		planStep(programme.PlanSubmitted, 2, "b"), planStep(programme.PlanReturned, 2, ""),
		planStep(programme.PlanSubmitted, 3, "c"), approvedFrom("2016-02-05", 3, "c"),
		planStep(programme.PlanDraft, 4, "d"),
	)
	for revision, want := range map[int]string{1: "", 2: "a", 3: "a", 4: "c"} {
		got := ""
		if before := record.Before(record.Revision(revision)); len(before) > 0 {
			got = before[0].Code
		}
		if got != want {
			t.Errorf("before revision %d the plan had %q, want %q", revision, got, want)
		}
	}
}

func TestAStepWithoutMilestonesKeepsThoseOfTheStepBefore(t *testing.T) {
	record := recordOf(t, planStep(programme.PlanSubmitted, 1, "a"), planStep(programme.PlanReturned, 1, ""))
	if got := record.Revision(1).Milestones; len(got) != 1 || got[0].Code != "a" {
		t.Errorf("%+v", got)
	}
	record = recordOf(t, planStep(programme.PlanDraft, 1, "a"), planStep(programme.PlanSubmitted, 1, "b"))
	if got := record.Revision(1).Milestones; len(got) != 1 || got[0].Code != "b" {
		t.Errorf("of a later step with milestones: %+v", got)
	}
}

func TestOnlyASubmissionReplacesWhatWaits(t *testing.T) {
	for next, want := range map[programme.PlanKind]programme.PlanKind{
		programme.PlanSubmitted: register.PlanReplaced, programme.PlanDraft: programme.PlanSubmitted,
	} {
		record := recordOf(t, planStep(programme.PlanSubmitted, 1, "a"), planStep(next, 2, "b"))
		if got := record.Revision(1).State; got != want {
			t.Errorf("after a %s plan the one that waited is %s, want %s", next, got, want)
		}
	}
	record := recordOf(t, approvedFrom("2016-01-05", 1, "a"), planStep(programme.PlanSubmitted, 2, "b"))
	if got := record.Revision(1).State; got != programme.PlanApproved {
		t.Errorf("the plan in force is %s", got)
	}
}

func TestTheAuditRecordNotesARevisionWithoutItsMilestones(t *testing.T) {
	approval := approvedFrom("2016-01-05", 1, "a")
	approval.Comment, approval.Returned = "The rest later.", []programme.ReturnedMilestone{{Milestone: "b", Comment: "Too early."}}
	submission := planStep(programme.PlanSubmitted, 1, "a")
	submission.Comment = "As agreed."
	submission.Milestones = append(submission.Milestones, programme.Milestone{Code: "b"})
	want := register.PlanNote{State: programme.PlanSubmitted, Milestones: 2, Comment: "As agreed."}
	if got := recordOf(t, submission).Revision(1).Note(); !reflect.DeepEqual(got, want) {
		t.Errorf("submitted: %+v, want %+v", got, want)
	}
	want = register.PlanNote{
		State: programme.PlanApproved, Milestones: 1, ApprovedOn: civiltest.Day("2016-01-05"),
		Comment: "The rest later.", Returned: approval.Returned,
	}
	if got := recordOf(t, submission, approval).Revision(1).Note(); !reflect.DeepEqual(got, want) {
		t.Errorf("approved: %+v, want %+v", got, want)
	}
}

func TestWhoDraftedOrSubmittedARevisionWroteIt(t *testing.T) {
	stream := planSteps(t,
		planStep(programme.PlanDraft, 1, "a"), planStep(programme.PlanSubmitted, 1, "a"), planStep(programme.PlanReturned, 1, ""))
	for i, actor := range []string{"drafts", "submits", "returns"} {
		stream[i].Actor = actor
	}
	record, err := register.PlanOf("moi", stream)
	if err != nil {
		t.Fatal(err)
	}
	for actor, want := range map[string]bool{"drafts": true, "submits": true, "returns": false, "reads": false} {
		if got := record.Revision(1).WrittenBy(actor); got != want {
			t.Errorf("who %s it wrote it: %v", actor, got)
		}
	}
	if last := record.Revision(1).Last(); last.Seq != 3 || last.Actor != "returns" || !last.RecordedAt.Equal(stream[2].RecordedAt) {
		t.Errorf("the last step is %+v", last)
	}
}

func TestTheWrittenCommentIsTheEntitysOwnUntilItsPlanIsApproved(t *testing.T) {
	says := func(kind programme.PlanKind, comment string) programme.Plan {
		step := planStep(kind, 1, "a")
		step.Comment = comment
		return step
	}
	for name, test := range map[string]struct {
		steps []programme.Plan
		want  string
	}{
		"drafted":          {[]programme.Plan{says(programme.PlanDraft, "mine")}, "mine"},
		"drafted twice":    {[]programme.Plan{says(programme.PlanDraft, "mine"), says(programme.PlanDraft, "ours")}, "ours"},
		"then submitted":   {[]programme.Plan{says(programme.PlanDraft, "mine"), says(programme.PlanSubmitted, "ours")}, "ours"},
		"then returned":    {[]programme.Plan{says(programme.PlanSubmitted, "ours"), says(programme.PlanReturned, "theirs")}, "ours"},
		"then approved":    {[]programme.Plan{says(programme.PlanSubmitted, "ours"), says(programme.PlanApproved, "theirs")}, ""},
		"only an approval": {[]programme.Plan{says(programme.PlanReturned, "theirs")}, ""},
	} {
		if got := recordOf(t, test.steps...).Revision(1).WrittenComment(); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
	var none *register.PlanRevision
	if none.WrittenComment() != "" || none.Milestone("a") != nil {
		t.Error("no revision has a comment or a milestone")
	}
	one := recordOf(t, planStep(programme.PlanDraft, 1, "a")).Revision(1)
	if one.Milestone("a") != &one.Milestones[0] || one.Milestone("b") != nil {
		t.Error("a milestone is found by its code alone")
	}
}

func TestPlansAreFoldedByEntity(t *testing.T) {
	facts := planSteps(t, planStep(programme.PlanDraft, 1, "a"), planStep(programme.PlanSubmitted, 1, "b"))
	facts[1].Subject, facts[1].Seq = "moj", 1
	plans, err := register.PlansOf(append(facts, programme.Fact{Family: programme.FamilyEntity, Body: json.RawMessage("no")}))
	if err != nil || len(plans) != 2 || plans["moi"].Draft() == nil || plans["moj"].Waiting() == nil || plans["moj"].Entity != "moj" {
		t.Errorf("%+v, %v", plans, err)
	}
	none, err := register.PlanOf("moh", facts)
	if err != nil || none.Entity != "moh" || none.Revisions == nil || len(none.Revisions) != 0 {
		t.Errorf("an entity without a plan: %+v, %v", none, err)
	}
	if _, err := register.PlansOf(
		[]programme.Fact{{Family: programme.FamilyPlan, Body: json.RawMessage("no")}},
	); !errors.Is(
		err,
		programme.ErrInvalid,
	) {
		t.Errorf("a plan that can't be read: %v", err)
	}
}
