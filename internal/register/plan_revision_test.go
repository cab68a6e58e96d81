package register_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// planDesk decides on the plan of one entity, as the store would.
type planDesk struct {
	t        *testing.T
	stream   []programme.Fact
	planning *register.Planning
}

func newPlanDesk(t *testing.T) *planDesk {
	t.Helper()
	return &planDesk{t: t, planning: &register.Planning{
		Catalogue: register.Catalogue{
			Entities: map[string]bool{"moi": true, "moj": true, "moe": true},
			Services: map[string]programme.Service{
				"s1": {Code: "s1", Entity: "moi"}, "s2": {Code: "s2", Entity: "moi"}, "s3": {Code: "s3", Entity: "moi"},
				"gone": {Code: "gone", Entity: "moi", Removed: true}, "theirs": {Code: "theirs", Entity: "moj"},
			},
		},
		Starts: civil.NewDate(2014, time.January, 1), Target: civil.NewDate(2016, time.December, 31), Verified: map[string]programme.Level{"s3": 3},
		Holidays: programme.Calendar{Days: []programme.CalendarDay{{From: civil.NewDate(2016, 7, 5), To: civil.NewDate(2016, 7, 7), Name: "Eid", NameAr: "عيد"}}},
		Plans:    map[string]*register.PlanRecord{},
	}}
}

// decide adds what a rule decides, with the planning of the moment.
func (d *planDesk) decide(rule register.Deciding) error {
	d.t.Helper()
	draft, err := rule(slices.Clone(d.stream))
	if err != nil {
		return err
	}
	raw, err := json.Marshal(draft.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	d.stream = append(d.stream, programme.Fact{
		Family: programme.FamilyPlan, Subject: "moi", Seq: uint32(len(d.stream) + 1), ID: strconv.Itoa(len(d.stream)), EffectiveOn: draft.EffectiveOn,
		Actor: draft.Actor, RecordedAt: time.Date(2016, 1, 1+len(d.stream), 9, 0, 0, 0, time.UTC), Body: raw,
	})
	d.planning.Plans["moi"] = d.record()
	return nil
}

func (d *planDesk) must(rule register.Deciding) {
	d.t.Helper()
	if err := d.decide(rule); err != nil {
		d.t.Fatal(err)
	}
}

func (d *planDesk) submit(comment string, milestones ...programme.Milestone) register.Deciding {
	return register.Change{Actor: "user/a", Reason: comment}.Plan("moi", milestones, true, d.planning)
}

func (d *planDesk) record() *register.PlanRecord {
	d.t.Helper()
	record, err := register.PlanOf("moi", d.stream)
	if err != nil {
		d.t.Fatal(err)
	}
	return record
}

func approval(revision int, on civil.Date, returned ...programme.ReturnedMilestone) register.PlanDecision {
	return register.PlanDecision{Revision: revision, Approve: true, ApprovedOn: on, Returned: returned}
}

var planner = register.Change{Actor: "user/p"}

func milestoneOn(service string, level programme.Level, on civil.Date) programme.Milestone {
	return programme.Milestone{Service: service, Level: level, PlannedOn: on}
}

func TestAPlanGoesFromDraftToBaseline(t *testing.T) {
	d := newPlanDesk(t)
	first := milestoneOn("s1", 3, civil.NewDate(2016, 3, 1))
	second := milestoneOn("s2", 3, civil.NewDate(2016, 4, 5))
	d.must(register.Change{Actor: "user/a"}.Plan("moi", []programme.Milestone{first}, false, d.planning))
	d.must(d.submit("", first, second))
	if got := d.record(); len(got.Revisions) != 1 || got.Revisions[0].State != programme.PlanSubmitted || len(got.Revisions[0].Steps) != 2 {
		t.Fatalf("a submission goes on in the draft's revision: %+v", got.Revisions)
	}
	if err := d.decide(d.submit("", first, second)); !errors.Is(err, register.ErrUnchanged) {
		t.Errorf("the same again: %v", err)
	}
	d.must(planner.DecidePlan("moi", register.PlanDecision{Revision: 1, Comment: "Say who builds it."}))
	d.must(d.submit("", first, second))
	if got := d.record(); len(got.Revisions) != 2 || got.Revisions[0].State != programme.PlanReturned {
		t.Fatalf("a returned revision is kept: %+v", got.Revisions)
	}
	d.must(planner.DecidePlan("moi", approval(2, civil.NewDate(2016, 1, 5), programme.ReturnedMilestone{Milestone: "m-s2-3", Comment: "Too early."})))
	inForce := d.record().InForce()
	if inForce == nil || len(inForce.Milestones) != 1 || inForce.Milestones[0].Code != "m-s1-3" || inForce.ApprovedOn != civil.NewDate(2016, 1, 5) {
		t.Fatalf("the rest is frozen: %+v", inForce)
	}
}

func TestAReturnedMilestoneStaysAsItIsInForce(t *testing.T) {
	d := newPlanDesk(t)
	first, second := milestoneOn("s1", 3, civil.NewDate(2016, 3, 1)), milestoneOn("s2", 3, civil.NewDate(2016, 4, 5))
	d.must(d.submit("", first, second))
	d.must(planner.DecidePlan("moi", approval(1, civil.NewDate(2016, 1, 5))))
	moved := milestoneOn("s2", 3, civil.NewDate(2016, 9, 5))
	if err := d.decide(d.submit("", first, moved)); faultKinds(err)["milestones.1.reason"] != "moved_without_reason" {
		t.Errorf("a move without a reason: %v", err)
	}
	if err := d.decide(d.submit("", first)); faultKinds(err)["comment"] != "dropped_without_reason" {
		t.Errorf("a milestone dropped without a word: %v", err)
	}
	moved.Reason = "The vendor is late."
	d.must(d.submit("", first, moved))
	if got := register.PlanDifference(d.record().Planned(), d.record().Waiting().Milestones); got[0].Kind != register.PlanUnchanged || got[1].Kind != register.PlanMoved || got[1].Days != 153 || got[1].Reason == "" {
		t.Errorf("the difference: %+v", got)
	}
	d.must(planner.DecidePlan("moi", approval(2, civil.NewDate(2016, 2, 5), programme.ReturnedMilestone{Milestone: "m-s2-3", Comment: "No."})))
	if got := d.record().InForce().Milestones; len(got) != 2 || got[1].PlannedOn != second.PlannedOn {
		t.Errorf("what was returned stays as it was: %+v", got)
	}
}

func TestThePlanInForceIsNoNewRevision(t *testing.T) {
	d := newPlanDesk(t)
	first := milestoneOn("s1", 3, civil.NewDate(2016, 3, 1))
	d.must(d.submit("", first))
	d.must(planner.DecidePlan("moi", approval(1, civil.NewDate(2016, 1, 5))))
	keep := register.Change{Actor: "user/a", Reason: "As it came."}.Plan("moi", []programme.Milestone{first}, false, d.planning)
	for act, rule := range map[string]register.Deciding{"submitted": d.submit("As it came.", first), "kept as a draft": keep} {
		if err := d.decide(rule); !errors.Is(err, register.ErrUnchanged) {
			t.Errorf("%s: %v", act, err)
		}
	}
	second := milestoneOn("s2", 3, civil.NewDate(2016, 4, 5))
	d.must(d.submit("", first, second))
	waits := register.Change{Actor: "user/a", Reason: "Once more."}.Plan("moi", []programme.Milestone{first, second}, false, d.planning)
	if err := d.decide(waits); !errors.Is(err, register.ErrUnchanged) {
		t.Errorf("a draft of what waits: %v", err)
	}
	d.must(d.submit("With a word to the planner.", first, second))
	d.must(planner.DecidePlan("moi", register.PlanDecision{Revision: 3, Comment: "Say who builds it."}))
	d.must(d.submit("With a word to the planner.", first, second)) // what was returned may be sent once more
}

func TestOneMilestoneIsAddedChangedAndDropped(t *testing.T) {
	d := newPlanDesk(t)
	writes := func(version uint32, m register.MilestoneChange) error {
		return d.decide(register.Change{Actor: "user/a", Version: version}.Milestone("moi", m, d.planning))
	}
	first, second := milestoneOn("s1", 3, civil.NewDate(2016, 3, 1)), milestoneOn("s2", 3, civil.NewDate(2016, 4, 5))
	for _, each := range []programme.Milestone{first, second} {
		if err := writes(0, register.MilestoneChange{Milestone: each}); err != nil {
			t.Fatal(err)
		}
	}
	unread := []programme.Fault{{Field: "planned_on", Kind: "not_a_date"}}
	err := writes(2, register.MilestoneChange{Code: "m-s2-3", Milestone: programme.Milestone{Code: "m-s2-3", Service: "s2", Level: 9}, Unread: unread})
	if got := faultKinds(err); got["milestones.1.planned_on"] != "not_a_date" || got["milestones.1.level"] != "out_of_range" {
		t.Errorf("what can't be read beside what is wrong: %v", err)
	}
	if err := writes(1, register.MilestoneChange{Code: "m-s2-3", Milestone: second, Unread: unread}); !errors.Is(err, programme.ErrAlreadyDecided) {
		t.Errorf("an older version: %v", err)
	}
	if err := writes(0, register.MilestoneChange{Code: "gone", Dropped: true}); !errors.Is(err, programme.ErrNotFound) {
		t.Errorf("nothing to drop: %v", err)
	}
	if err := writes(2, register.MilestoneChange{Code: "m-s1-3", Dropped: true, Why: " no budget "}); err != nil {
		t.Fatal(err)
	}
	if got := d.record().Draft(); len(got.Milestones) != 1 || got.Milestones[0].Service != "s2" || got.WrittenComment() != "no budget" {
		t.Errorf("%+v", got)
	}
	d.must(register.Change{Actor: "user/a", Reason: "As agreed."}.SubmitDraft("moi", 1, d.planning))
	if err := d.decide(register.Change{Actor: "user/a"}.SubmitDraft("moi", 1, d.planning)); !errors.Is(err, programme.ErrAlreadyDecided) {
		t.Errorf("submitted twice: %v", err)
	}
}

func TestWhoWritesAPlanDoesNotDecideOnIt(t *testing.T) {
	d := newPlanDesk(t)
	first := milestoneOn("s1", 3, civil.NewDate(2016, 3, 1))
	d.must(register.Change{Actor: "user/p"}.Plan("moi", []programme.Milestone{first}, false, d.planning))
	d.must(d.submit("As drafted.", first))
	if err := d.decide(planner.DecidePlan("moi", approval(1, civil.NewDate(2016, 1, 5)))); !errors.Is(err, programme.ErrOwnPlan) {
		t.Errorf("who drafted it decides: %v", err)
	}
	other := register.Change{Actor: "user/q"}
	d.must(other.DecidePlan("moi", approval(1, civil.NewDate(2016, 1, 5))))
	err := d.decide(planner.DecidePlan("moi", approval(1, civil.NewDate(2016, 1, 6))))
	if by, is := errors.AsType[*programme.DecidedError](err); !is || by.Actor != "user/q" {
		t.Errorf("the second planner: %v", err)
	}
}

func TestANewerSubmissionTakesThePlaceOfOneThatWaits(t *testing.T) {
	d := newPlanDesk(t)
	first := milestoneOn("s1", 3, civil.NewDate(2016, 3, 1))
	d.must(d.submit("", first))
	d.must(d.submit("Both.", first, milestoneOn("s2", 3, civil.NewDate(2016, 4, 5))))
	record := d.record()
	if record.Revisions[0].State != register.PlanReplaced || record.Waiting().Revision != 2 {
		t.Fatalf("%+v", record.Revisions)
	}
	err := d.decide(planner.DecidePlan("moi", approval(1, civil.NewDate(2016, 1, 5))))
	if by, is := errors.AsType[*programme.DecidedError](err); !is || by.Seq != 2 || by.Actor != "user/a" {
		t.Errorf("a decision on what was replaced: %v", err)
	}
	if err := d.decide(planner.DecidePlan("moi", approval(9, 0))); !errors.Is(err, programme.ErrNotFound) {
		t.Errorf("an unknown revision: %v", err)
	}
}

func TestDecisionsWithFaults(t *testing.T) {
	d := newPlanDesk(t)
	d.must(d.submit("", milestoneOn("s1", 3, civil.NewDate(2016, 3, 1))))
	d.must(planner.DecidePlan("moi", approval(1, civil.NewDate(2016, 1, 5))))
	moved := milestoneOn("s1", 3, civil.NewDate(2016, 3, 2))
	moved.Reason = "A day later."
	d.must(d.submit("Again.", moved))
	for field, decision := range map[string]register.PlanDecision{
		"comment":              {Revision: 2},
		"approved_on":          approval(2, civil.NewDate(2016, 1, 4)),
		"returned.0.milestone": approval(2, civil.NewDate(2016, 1, 6), programme.ReturnedMilestone{Milestone: "none", Comment: "x"}),
		"returned.0.comment":   approval(2, civil.NewDate(2016, 1, 6), programme.ReturnedMilestone{Milestone: "m-s1-3"}),
		"returned":             approval(2, civil.NewDate(2016, 1, 6), programme.ReturnedMilestone{Milestone: "m-s1-3", Comment: "all of it"}),
	} {
		if err := d.decide(planner.DecidePlan("moi", decision)); faultKinds(err)[field] == "" {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestEveryFaultOfAPlanIsTold(t *testing.T) {
	d, spring := newPlanDesk(t), civil.NewDate(2016, 3, 1)
	minus := -1
	milestones := []programme.Milestone{
		{Code: "no code", Service: "s1", Level: 3, PlannedOn: spring, Channels: []programme.Channel{"web", "web", "fax"}},
		{Code: "b", Service: "nothing", Level: 9},
		{Code: "c", Service: "theirs", Level: 3, PlannedOn: civil.NewDate(2013, 1, 1), DependsOn: []string{"moi", "nobody"}},
		{Code: "d", Service: "gone", Level: 3, PlannedOn: spring, Before: &programme.Effort{Visits: &minus}},
		{Code: "d", Service: "s3", Level: 3, PlannedOn: spring, Proposed: &programme.ProposedService{}},
		{Code: "f", Service: "new one", Level: 3, PlannedOn: spring, Proposed: &programme.ProposedService{Name: "New"}},
		{Code: "g", Service: "s1", Level: 3, PlannedOn: spring, Note: "a\x00b", Phases: []programme.PlannedPhase{
			{Phase: programme.PhaseBuild, On: civil.NewDate(2016, 2, 1)}, {Phase: programme.PhaseDesign, On: spring}, {Phase: programme.PhaseTest, On: civil.NewDate(2016, 1, 1)}, {Phase: programme.PhaseGoLive, On: spring},
		}},
	}
	want := map[string]string{
		"milestones.0.code": "not_a_code", "milestones.0.channels.1": "repeated", "milestones.0.channels.2": "not_one_of",
		"milestones.1.service": "not_proposed", "milestones.1.level": "out_of_range", "milestones.1.planned_on": "missing",
		"milestones.2.service": "of_another_entity", "milestones.2.planned_on": "not_between", "milestones.2.depends_on.0": "itself",
		"milestones.2.depends_on.1": "unknown_code", "milestones.3.service": "service_removed", "milestones.3.before.visits": "out_of_range",
		"milestones.4.code": "repeated", "milestones.4.level": "reached_already", "milestones.4.proposed": "in_catalogue",
		"milestones.5.service": "not_a_code", "milestones.5.proposed.name_ar": "missing",
		"milestones.6.level": "planned_twice", "milestones.6.note": "control_characters", "milestones.6.phases.1.phase": "out_of_order",
		"milestones.6.phases.2.on": "not_between", "milestones.6.phases.3.phase": "not_one_of",
	}
	if got := faultKinds(d.decide(d.submit("", milestones...))); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	if got := faultKinds(d.decide(d.submit(""))); got["milestones"] != "missing" {
		t.Errorf("an empty plan: %v", got)
	}
	if got := faultKinds(d.decide(d.submit("", make([]programme.Milestone, 5001)...))); got["milestones"] != "too_many" {
		t.Errorf("too many: %v", got)
	}
	d.must(d.submit("", milestoneOn("s1", 3, spring)))
	d.must(planner.DecidePlan("moi", approval(1, spring)))
	if got := faultKinds(d.decide(d.submit("", programme.Milestone{Code: "m-s1-3", Service: "s2", Level: 3, PlannedOn: spring}))); got["milestones.0.code"] != "of_another_service" {
		t.Errorf("a code for another service: %v", got)
	}
}

func TestWarningsOfAPlan(t *testing.T) {
	d := newPlanDesk(t)
	d.planning.Plans["moj"] = &register.PlanRecord{Revisions: []register.PlanRevision{{
		Revision: 1, State: programme.PlanApproved, Steps: []register.PlanStep{{Seq: 1}}, Milestones: []programme.Milestone{milestoneOn("s1", 3, civil.NewDate(2016, 8, 1))},
	}}}
	milestones := []programme.Milestone{
		milestoneOn("s1", 4, civil.NewDate(2016, 7, 6)), // a holiday, and in two plans
		{Service: "s2", Level: 4, PlannedOn: civil.NewDate(2016, 7, 8), DependsOn: []string{"moj", "moe"}},
	}
	for i := range 9 {
		milestones = append(milestones, milestoneOn(fmt.Sprintf("p%d", i), 1, civil.NewDate(2016, 10, 3)))
	}
	milestones = append(milestones, milestoneOn("late", 1, civil.NewDate(2017, 1, 2)))
	got := map[string]string{}
	for _, each := range d.planning.Warnings("moi", milestones) {
		got[each.Field+" "+each.Kind] = each.Kind
	}
	for _, want := range []string{
		"milestones bunched", "milestones.0.planned_on on_holiday", "milestones.0.service in_two_plans", "milestones.0.depends_on no_second_organisation",
		"milestones.1.planned_on on_weekend", "milestones.1.depends_on.0 dependency_later", "milestones.1.depends_on.1 without_plan",
		"milestones.11.planned_on after_target",
	} {
		if got[want] == "" {
			t.Errorf("no warning %q in %v", want, got)
		}
		delete(got, want)
	}
	if len(got) > 0 {
		t.Errorf("unfounded: %v", got)
	}
}

// faultKinds returns the kinds of an error's faults by field; empty for another error.
func faultKinds(err error) map[string]string {
	kinds := map[string]string{}
	if found, are := errors.AsType[*programme.FaultsError](err); are {
		for _, each := range found.Faults {
			kinds[each.Field] = each.Kind
		}
	}
	return kinds
}
