package act_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"mirsad/internal/act"
	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// everyAct does each act once, as somebody who may, and returns what came of it.
func (d *desk) everyAct(ctx context.Context, dry bool, planning *register.Planning) map[string]error {
	byAdmin, byAgency := act.By{Who: admin, Dry: dry}, act.By{Who: interior, Dry: dry}
	byPlanner := act.By{Who: planner, Dry: dry}
	plan, change := d.Plans.Of("moi", planning), register.Change{Reason: "agreed"}
	found := map[string]error{}
	note := func(name string, err error) { found[name] = err }
	for name, doc := range d.documents() {
		_, err := doc.record(ctx, byAdmin, register.Change{Reason: "agreed", Version: doc.recorded}, "One")
		note(name, err)
	}
	_, err := d.Claims.Make(ctx, byAgency, "visa", claimed())
	note("a claim", err)
	_, err = d.Claims.Decide(ctx, byPlanner, "visa", register.Decision{Claim: "1", Verify: true})
	note("a decision on a claim", err)
	note("a draft", errOf(plan.Keep(ctx, byAgency, change, threeForVisa())))
	note("a milestone", errOf(plan.KeepMilestone(ctx, byAgency, 0, register.MilestoneChange{Milestone: threeForVisa()[0]})))
	note("a plan", errOf(plan.Submit(ctx, byAgency, change, threeForVisa())))
	note("a draft submitted", errOf(plan.SubmitDraft(ctx, byAgency, change, 1)))
	note("a decision on a plan", errOf(plan.Decide(ctx, byPlanner, register.PlanDecision{
		Revision: 1, Approve: true, ApprovedOn: civil.NewDate(2016, 9, 30),
	})))
	return found
}

// A store that does not answer fails every act, and is no fault of what was asked for.
func TestAStoreThatDoesNotAnswerFailsEveryAct(t *testing.T) {
	d := newDesk(t)
	planning := d.planning()
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for _, dry := range []bool{true, false} {
		for name, err := range d.everyAct(gone, dry, planning) {
			if err == nil || errors.Is(err, programme.ErrInvalid) || errors.Is(err, programme.ErrNotFound) ||
				errors.Is(err, programme.ErrForbidden) {
				t.Errorf("%s, dry %t: %v", name, dry, err)
			}
		}
	}
	all, err := d.db.Facts(t.Context(), programme.Families(), clockEnd)
	if err != nil || len(all) != 4 {
		t.Errorf("%d facts, %v", len(all), err)
	}
}

// What is stored and can't be read is the program's fault: who asks is not answered that their request is invalid.
func TestWhatIsStoredWrongIsNoFaultOfTheRequest(t *testing.T) {
	for _, c := range []struct {
		family  programme.Family
		subject string
		fails   []string
	}{
		{programme.FamilyEntity, "moi", []string{"a campaign", "a service", "a claim", "a decision on a claim"}},
		{programme.FamilyService, "visa", []string{"a campaign", "a service", "a claim", "a decision on a claim"}},
		{programme.FamilyAssessment, "visa", []string{"a claim", "a decision on a claim"}},
		{programme.FamilyProgramme, programme.ProgrammeSubject, []string{"the settings"}},
		{programme.FamilyPlan, "moi", []string{
			"a draft", "a milestone", "a plan", "a draft submitted", "a decision on a plan",
		}},
	} {
		d := newDesk(t)
		planning := d.planning()
		wrong := func([]programme.Fact) (programme.Draft, error) {
			return programme.Draft{Actor: "test", Body: json.RawMessage(`["not", "an", "object"]`)}, nil
		}
		if _, err := d.db.Decide(t.Context(), c.family, c.subject, wrong); err != nil {
			t.Fatal(err)
		}
		for _, dry := range []bool{true, false} {
			came := d.everyAct(t.Context(), dry, planning)
			for _, name := range c.fails {
				if err := came[name]; err == nil || errors.Is(err, programme.ErrInvalid) {
					t.Errorf("%s/%s is broken: %s, dry %t: %v", c.family, c.subject, name, dry, err)
				}
			}
		}
	}
}
