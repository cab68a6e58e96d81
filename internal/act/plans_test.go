package act_test

import (
	"context"
	"errors"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/act"
	"mirsad/internal/civil"
	"mirsad/internal/link"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// byPlanLink came by a signed link for the plan of the interior.
var byPlanLink = access.Principal{
	ID: "link/2", Role: access.RoleAgency, Entity: "moi", Purpose: access.LinkPlan, Month: byLink.Month,
}

func threeForVisa() []programme.Milestone {
	return []programme.Milestone{{Code: "m-1", Service: "visa", Level: 3, PlannedOn: civil.NewDate(2016, 11, 1)}}
}

func TestWhoSeesAPlan(t *testing.T) {
	d := newDesk(t)
	for _, c := range []struct {
		who     access.Principal
		entity  string
		want    error
		refused programme.TokenRefusal
		object  string
	}{
		{interior, "moi", nil, "", "plan/moi"},
		{admin, "moi", nil, "", "plan/moi"},
		{justice, "moi", programme.ErrNotFound, programme.TokenOtherEntity, ""},
		{nobodys, "moi", programme.ErrNotFound, programme.TokenOtherEntity, ""},
		{justice, "moj", programme.ErrNotFound, "", ""}, // the catalogue has no such entity
		{admin, "", programme.ErrNotFound, "", ""},
	} {
		verdict, plan := &access.Verdict{}, d.Plans.Of(c.entity, d.planning())
		ctx := access.WithVerdict(t.Context(), verdict)
		out, err := plan.Keep(ctx, act.By{Who: c.who, Dry: true}, register.Change{}, threeForVisa())
		if !errors.Is(err, c.want) || out.Object != c.object || verdict.Refused() != c.refused {
			t.Errorf("%s of %q: %q, %v, refused as %q", c.who.ID, c.entity, out.Object, err, verdict.Refused())
		}
	}
	if got := len(d.stream(programme.FamilyPlan, "moi")); got != 0 {
		t.Errorf("%d facts", got)
	}
}

// A link for a plan is used up by submitting it, and by nothing else that its reader does.
func TestALinkIsUsedUpByASubmittedPlan(t *testing.T) {
	d := newDesk(t)
	by, change := act.By{Who: byPlanLink}, register.Change{Reason: "as agreed"}
	want := link.Act{Purpose: access.LinkPlan, Entity: "moi", Month: byPlanLink.Month}
	for _, c := range []struct {
		name    string
		act     func(ctx context.Context, plan act.Plan) (act.Planned, error)
		refuses error
		used    int
		want    error
	}{
		{"kept", func(ctx context.Context, plan act.Plan) (act.Planned, error) {
			return plan.Keep(ctx, by, change, threeForVisa())
		}, programme.ErrForbidden, 0, nil},
		{"one milestone changed", func(ctx context.Context, plan act.Plan) (act.Planned, error) {
			next := threeForVisa()[0]
			next.PlannedOn++
			return plan.KeepMilestone(ctx, by, 1, register.MilestoneChange{Code: "m-1", Milestone: next})
		}, programme.ErrForbidden, 0, nil},
		{"the draft submitted, tried", func(ctx context.Context, plan act.Plan) (act.Planned, error) {
			return plan.SubmitDraft(ctx, act.By{Who: byPlanLink, Dry: true}, change, 1)
		}, programme.ErrForbidden, 0, nil},
		{"the draft submitted by a link that was used", func(ctx context.Context, plan act.Plan) (act.Planned, error) {
			return plan.SubmitDraft(ctx, by, change, 1)
		}, programme.ErrForbidden, 0, programme.ErrForbidden},
		{"the draft submitted", func(ctx context.Context, plan act.Plan) (act.Planned, error) {
			return plan.SubmitDraft(ctx, by, change, 1)
		}, nil, 1, nil},
		{"submitted as a whole", func(ctx context.Context, plan act.Plan) (act.Planned, error) {
			return plan.Submit(ctx, by, change, threeForVisa())
		}, nil, 2, nil},
		{"decided by a person", func(ctx context.Context, plan act.Plan) (act.Planned, error) {
			return plan.Decide(ctx, act.By{Who: planner}, register.PlanDecision{Revision: 2, Comment: "too late"})
		}, programme.ErrForbidden, 2, nil},
	} {
		d.refuses = c.refuses
		out, err := c.act(t.Context(), d.Plans.Of("moi", d.planning()))
		if !errors.Is(err, c.want) || len(d.used) != c.used || (out.After == nil) != (c.want != nil) {
			t.Errorf("%s: %+v, %v, used %v", c.name, out.After, err, d.used)
		}
		if c.used > 0 && d.used[c.used-1] != want {
			t.Errorf("%s: used as %+v", c.name, d.used)
		}
	}
}

func TestAPlanIsRefusedForAllItsFaults(t *testing.T) {
	d := newDesk(t)
	bad := []programme.Milestone{
		{Code: "m-1", Service: "visa", Level: 5, PlannedOn: civil.NewDate(2016, 11, 1)},
		{Code: "m-2", Service: "passport", Level: 3},
	}
	want := map[string]string{
		"milestones.0.level": "out_of_range", "milestones.1.service": "not_proposed", "milestones.1.planned_on": "missing",
		"milestones.0.expected_on": "not_a_date",
	}
	plan, change := d.Plans.Of("moi", d.planning()), register.Change{}
	by := act.By{Who: interior, Unread: unread("milestones.0.expected_on")}
	kept, err := plan.Keep(t.Context(), by, change, bad)
	mustFault(t, "kept", err, want)
	sent, err := plan.Submit(t.Context(), by, change, bad)
	mustFault(t, "submitted", err, want)
	if kept.After != nil || sent.After != nil || len(d.stream(programme.FamilyPlan, "moi")) != 0 {
		t.Errorf("%+v, %+v", kept, sent)
	}
	if noted, _, after := noteOf(t, sent.Note); noted.Object != "plan/moi" || after != `{"unchanged":true}` {
		t.Errorf("noted of %q: %s", noted.Object, after)
	}
	next := register.MilestoneChange{Milestone: bad[1], Unread: unread("expected_on")}
	_, err = plan.KeepMilestone(t.Context(), act.By{Who: interior}, 0, next)
	mustFault(t, "one milestone", err, map[string]string{
		"milestones.0.service": "not_proposed", "milestones.0.planned_on": "missing", "milestones.0.expected_on": "not_a_date",
	})
}

// What was written meanwhile is not overwritten, and a milestone or draft that went meanwhile is not there.
func TestAPlanIsChangedFromWhereItIs(t *testing.T) {
	d := newDesk(t)
	plan := d.Plans.Of("moi", d.planning())
	by := act.By{Who: interior}
	drop := register.MilestoneChange{Code: "m-9", Dropped: true, Why: "cancelled"}
	if _, err := plan.KeepMilestone(t.Context(), by, 0, drop); !errors.Is(err, register.ErrNoMilestone) {
		t.Errorf("dropped from no plan: %v", err)
	}
	if _, err := plan.SubmitDraft(t.Context(), by, register.Change{}, 1); !errors.Is(err, programme.ErrNotFound) {
		t.Errorf("no draft: %v", err)
	}
	first, err := plan.Keep(t.Context(), by, register.Change{Reason: "first"}, threeForVisa())
	if err != nil {
		t.Fatal(err)
	}
	second := append(threeForVisa(), programme.Milestone{Service: "forms", Level: 3, PlannedOn: civil.NewDate(2016, 12, 1)})
	changed, err := plan.Keep(t.Context(), by, register.Change{Reason: "second", Version: 1}, second)
	if err != nil || changed.Before.State != programme.PlanDraft || len(changed.Before.Milestones) != 1 ||
		len(changed.After.Milestones) != 2 || changed.After.Revision != first.After.Revision {
		t.Fatalf("changed: %+v, %v", changed, err)
	}
	noted, before, after := noteOf(t, changed.Note)
	if noted.Object != "plan/moi/1" || noted.Entity != "moi" ||
		before != `{"state":"draft","milestones":1,"comment":"first"}` ||
		after != `{"state":"draft","milestones":2,"comment":"second"}` {
		t.Errorf("noted of %q: %s, %s", noted.Object, before, after)
	}
	for name, err := range map[string]error{
		"kept from the version before":        errOf(plan.Keep(t.Context(), by, register.Change{Version: 1}, threeForVisa())),
		"submitted from the version before":   errOf(plan.SubmitDraft(t.Context(), by, register.Change{Version: 1}, 1)),
		"another draft submitted":             errOf(plan.SubmitDraft(t.Context(), by, register.Change{}, 2)),
		"a milestone that has gone meanwhile": errOf(plan.KeepMilestone(t.Context(), by, 1, drop)),
	} {
		if decided, is := errors.AsType[*programme.DecidedError](err); !is || decided.Seq != 2 || decided.Actor != interior.ID {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func errOf(_ act.Planned, err error) error { return err }

func TestDecisionsOnAPlan(t *testing.T) {
	d := newDesk(t)
	plan := d.Plans.Of("moi", d.planning())
	by := act.By{Who: interior}
	if _, err := plan.Submit(t.Context(), by, register.Change{Reason: "as agreed"}, threeForVisa()); err != nil {
		t.Fatal(err)
	}
	day := civil.NewDate(2016, 9, 30)
	approve := register.PlanDecision{Revision: 1, Approve: true, ApprovedOn: day}
	for _, c := range []struct {
		name     string
		by       act.By
		decision register.PlanDecision
		faults   map[string]string
		want     error
	}{
		{"one's own", by, approve, nil, programme.ErrOwnPlan},
		{
			"an unknown revision",
			act.By{Who: planner},
			register.PlanDecision{Revision: 2, Approve: true},
			nil,
			programme.ErrNotFound,
		},
		{"another entity's", act.By{Who: justice}, approve, nil, programme.ErrNotFound},
		{"returned without a comment", act.By{Who: planner}, register.PlanDecision{Revision: 1}, map[string]string{
			"comment": "missing",
		}, nil},
		{
			"approved without a day, which could not be read",
			act.By{Who: planner, Unread: unread("approved_on")},
			register.PlanDecision{Revision: 1, Approve: true},
			map[string]string{"approved_on": "not_a_date"},
			nil,
		},
		{"approved with nothing left of it", act.By{Who: planner, Dry: true}, register.PlanDecision{
			Revision: 1, Approve: true, ApprovedOn: day,
			Returned: []programme.ReturnedMilestone{{Milestone: "m-1", Comment: "too late"}},
		}, map[string]string{"returned": "nothing_left"}, nil},
	} {
		out, err := plan.Decide(t.Context(), c.by, c.decision)
		if c.faults != nil {
			mustFault(t, c.name, err, c.faults)
		} else if !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
		if out.After != nil || out.Recorded() {
			t.Errorf("%s: %+v", c.name, out.After)
		}
	}
	tried, err := plan.Decide(t.Context(), act.By{Who: planner, Dry: true}, approve)
	if err != nil || tried.Object != "plan/moi" || tried.After.State != programme.PlanApproved ||
		tried.After.ApprovedOn != day {
		t.Errorf("tried: %+v, %v", tried, err)
	}
	back, err := plan.Decide(t.Context(), act.By{Who: planner}, register.PlanDecision{Revision: 1, Comment: "too late"})
	if err != nil || back.After.State != programme.PlanReturned {
		t.Fatalf("returned: %+v, %v", back, err)
	}
	if _, before, after := noteOf(t, back.Note); before != `{"state":"submitted","milestones":1,"comment":"as agreed"}` ||
		after != `{"state":"returned","milestones":1,"comment":"too late"}` {
		t.Errorf("noted %s, %s", before, after)
	}
	_, err = plan.Decide(t.Context(), act.By{Who: admin}, approve)
	if decided, is := errors.AsType[*programme.DecidedError](err); !is || decided.Actor != planner.ID {
		t.Errorf("decided meanwhile: %v", err)
	}
	again, err := plan.Submit(t.Context(), by, register.Change{Reason: "as agreed"}, threeForVisa())
	if err != nil || again.Unchanged || again.After.Revision != 2 || again.Before != nil {
		t.Errorf("what was returned is sent once more: %+v, %v", again, err)
	}
}
