package register_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// kindsOf lists the fields and kinds of faults, sorted.
func kindsOf(faults []programme.Fault) string {
	list := make([]string, 0, len(faults))
	for _, each := range faults {
		list = append(list, strings.TrimPrefix(each.Field, "milestones.0.")+" "+each.Kind)
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}

func phasesOn(pairs ...any) []programme.PlannedPhase {
	var phases []programme.PlannedPhase
	for i := 0; i+1 < len(pairs); i += 2 {
		phases = append(phases, programme.PlannedPhase{Phase: pairs[i].(programme.Phase), On: civiltest.Day(pairs[i+1].(string))})
	}
	return phases
}

// Each limit is tried on both sides: what is just taken and what is just refused.
func TestTheLimitsOfAMilestone(t *testing.T) {
	number := func(n int) *int { return &n }
	const build, design, test = programme.PhaseBuild, programme.PhaseDesign, programme.PhaseTest
	for name, each := range map[string]struct {
		edit func(*programme.Milestone)
		want string
	}{
		"as it should be":           {func(*programme.Milestone) {}, ""},
		"on the programme's first":  {func(m *programme.Milestone) { m.PlannedOn = civiltest.Day("2014-01-01") }, ""},
		"before it":                 {func(m *programme.Milestone) { m.PlannedOn = civiltest.Day("2013-12-31") }, "planned_on not_between"},
		"after the target":          {func(m *programme.Milestone) { m.PlannedOn = civiltest.Day("2017-01-01") }, ""},
		"expected before 1970":      {func(m *programme.Milestone) { m.ExpectedOn = civiltest.Day("1969-12-31") }, "expected_on not_between"},
		"level 1":                   {func(m *programme.Milestone) { m.Level = 1 }, ""},
		"level 0":                   {func(m *programme.Milestone) { m.Level = 0 }, "level out_of_range"},
		"level 5":                   {func(m *programme.Milestone) { m.Level = 5 }, "level out_of_range"},
		"above the verified level":  {func(m *programme.Milestone) { m.Service, m.Level = "s3", 4 }, ""},
		"at the verified level":     {func(m *programme.Milestone) { m.Service, m.Level = "s3", 3 }, "level reached_already"},
		"below it":                  {func(m *programme.Milestone) { m.Service, m.Level = "s3", 2 }, "level reached_already"},
		"effort of nothing":         {func(m *programme.Milestone) { m.Before = &programme.Effort{Days: number(0)} }, ""},
		"less than nothing":         {func(m *programme.Milestone) { m.Before = &programme.Effort{Days: number(-1)} }, "before.days out_of_range"},
		"the most effort":           {func(m *programme.Milestone) { m.After = &programme.Effort{Documents: number(10_000)} }, ""},
		"one more":                  {func(m *programme.Milestone) { m.After = &programme.Effort{Documents: number(10_001)} }, "after.documents out_of_range"},
		"a note of a thousand":      {func(m *programme.Milestone) { m.Note = strings.Repeat("م", 1000) }, ""},
		"one letter more":           {func(m *programme.Milestone) { m.Note = strings.Repeat("م", 1001) }, "note too_long"},
		"a reason too long":         {func(m *programme.Milestone) { m.Reason = strings.Repeat("م", 1001) }, "reason too_long"},
		"a phase on the go-live":    {func(m *programme.Milestone) { m.Phases = phasesOn(build, "2016-03-01") }, ""},
		"a phase after it":          {func(m *programme.Milestone) { m.Phases = phasesOn(build, "2016-03-02") }, "phases.0.on not_between"},
		"two phases on a day":       {func(m *programme.Milestone) { m.Phases = phasesOn(design, "2016-02-01", build, "2016-02-01") }, ""},
		"the later one earlier":     {func(m *programme.Milestone) { m.Phases = phasesOn(design, "2016-02-02", build, "2016-02-01") }, "phases.1.on not_between"},
		"a phase twice":             {func(m *programme.Milestone) { m.Phases = phasesOn(test, "2016-02-01", test, "2016-02-02") }, "phases.1.phase out_of_order"},
		"the go-live as a phase":    {func(m *programme.Milestone) { m.Phases = phasesOn(programme.PhaseGoLive, "2016-02-01") }, "phases.0.phase not_one_of"},
		"a phase without a day":     {func(m *programme.Milestone) { m.Phases = []programme.PlannedPhase{{Phase: build}} }, "phases.0.on missing"},
		"a phase that nobody knows": {func(m *programme.Milestone) { m.Phases = phasesOn(programme.Phase("party"), "2016-02-01") }, "phases.0.phase not_one_of"},
		"a service that is gone":    {func(m *programme.Milestone) { m.Service = "gone" }, "service service_removed"},
		"a service of another":      {func(m *programme.Milestone) { m.Service = "theirs" }, "service of_another_entity"},
		"another entity":            {func(m *programme.Milestone) { m.DependsOn = []string{"moj", "moe"} }, ""},
		"another entity twice":      {func(m *programme.Milestone) { m.DependsOn = []string{"moj", "moj"} }, "depends_on.1 repeated"},
		"without a service":         {func(m *programme.Milestone) { m.Service = "" }, "service missing"},
		"one proposed with its names": {func(m *programme.Milestone) {
			m.Service, m.Proposed = "new", &programme.ProposedService{Name: "a", NameAr: "ا"}
		}, ""},
		"one proposed without":       {func(m *programme.Milestone) { m.Service, m.Proposed = "new", &programme.ProposedService{} }, "proposed.name missing, proposed.name_ar missing"},
		"one proposed that is there": {func(m *programme.Milestone) { m.Proposed = &programme.ProposedService{Name: "a", NameAr: "ا"} }, "proposed in_catalogue"},
		"one that nobody proposed":   {func(m *programme.Milestone) { m.Service = "new" }, "service not_proposed"},
	} {
		m := programme.Milestone{Code: "m", Service: "s1", Level: 3, PlannedOn: civiltest.Day("2016-03-01")}
		each.edit(&m)
		if got := kindsOf(newPlanDesk(t).planning.Faults("moi", []programme.Milestone{m}, "")); got != each.want {
			t.Errorf("%s: %q, want %q", name, got, each.want)
		}
	}
}

// inForceDesk is a desk whose entity has one milestone of s1 in force, planned before the programme's start.
func inForceDesk(t *testing.T) *planDesk {
	t.Helper()
	d := newPlanDesk(t)
	d.planning.Plans["moi"] = recordOf(t, programme.Plan{
		Kind: programme.PlanApproved, Entity: "moi", Revision: 1, Milestones: []programme.Milestone{
			{Code: "a", Service: "s1", Level: 3, PlannedOn: civiltest.Day("2013-11-01")},
		},
	})
	return d
}

func TestWhatIsInForceMayStayAsItIs(t *testing.T) {
	same := programme.Milestone{Code: "a", Service: "s1", Level: 3, PlannedOn: civiltest.Day("2013-11-01")}
	for name, each := range map[string]struct {
		edit    func(*programme.Milestone, *planDesk)
		comment string
		want    string
	}{
		"unmoved":                       {func(*programme.Milestone, *planDesk) {}, "", ""},
		"moved without a reason":        {func(m *programme.Milestone, _ *planDesk) { m.PlannedOn = civiltest.Day("2014-02-01") }, "", "reason moved_without_reason"},
		"moved with one":                {func(m *programme.Milestone, _ *planDesk) { m.PlannedOn, m.Reason = civiltest.Day("2014-02-01"), "why" }, "", ""},
		"moved to another day too soon": {func(m *programme.Milestone, _ *planDesk) { m.PlannedOn, m.Reason = civiltest.Day("2013-11-02"), "why" }, "", "planned_on not_between"},
		"reached meanwhile":             {func(_ *programme.Milestone, d *planDesk) { d.planning.Verified["s1"] = 3 }, "", ""},
		"proposed, now in the catalogue": {
			func(m *programme.Milestone, _ *planDesk) {
				m.Proposed = &programme.ProposedService{Name: "a", NameAr: "ا"}
			}, "", "",
		},
		"its code for another service": {func(m *programme.Milestone, _ *planDesk) { m.Service = "s2" }, "", "code of_another_service"},
		"dropped without a word":       {func(m *programme.Milestone, _ *planDesk) { m.Code, m.Service = "b", "s2"; m.PlannedOn += 400 }, "", "comment dropped_without_reason"},
		"its code in capital letters":  {func(m *programme.Milestone, _ *planDesk) { m.Code = "A"; m.PlannedOn += 400 }, "why", "code differs_by_case"},
		"dropped with one":             {func(m *programme.Milestone, _ *planDesk) { m.Code, m.Service = "b", "s2"; m.PlannedOn += 400 }, "why", ""},
	} {
		d, m := inForceDesk(t), same
		each.edit(&m, d)
		if got := kindsOf(d.planning.Faults("moi", []programme.Milestone{m}, each.comment)); got != each.want {
			t.Errorf("%s: %q, want %q", name, got, each.want)
		}
	}
}

// A service or entity in other capital letters is the one that is recorded, also where a plan proposes it as a new one.
func TestAPlanNamesServicesAsTheyAreRecorded(t *testing.T) {
	d := newPlanDesk(t)
	first, second := "", ""
	for code := range d.planning.Entities {
		if code != "moi" {
			second = code
		}
	}
	for code, service := range d.planning.Services {
		if service.Entity == "moi" && !service.Removed {
			first = code
		}
	}
	m := programme.Milestone{
		Code: "m-1", Service: strings.ToUpper(first), Level: 4, PlannedOn: civiltest.Day("2016-03-01"), DependsOn: []string{strings.ToUpper(second)},
	}
	got := d.planning.AsRecorded([]programme.Milestone{m})
	if got[0].Service != first || !slices.Equal(got[0].DependsOn, []string{second}) {
		t.Errorf("%q waits for %q", got[0].Service, got[0].DependsOn)
	}
	m.Proposed = &programme.ProposedService{Name: "New", NameAr: "جديد"}
	_, err := register.Change{Reason: "x"}.Plan("moi", []programme.Milestone{m}, false, d.planning)(nil)
	if found, are := errors.AsType[*programme.FaultsError](err); !are || found.Faults[0].Kind != "in_catalogue" {
		t.Errorf("a service that is there is proposed: %v", err)
	}
}

func TestAMoveWithoutAReasonIsWordedInDays(t *testing.T) {
	for on, want := range map[string]int{"2014-01-31": 91, "2013-10-31": 1} {
		d := inForceDesk(t)
		m := programme.Milestone{Code: "a", Service: "s1", Level: 3, PlannedOn: civiltest.Day(on)}
		faults := d.planning.Faults("moi", []programme.Milestone{m}, "")
		at := slices.IndexFunc(faults, func(f programme.Fault) bool { return f.Kind == "moved_without_reason" })
		if at < 0 || faults[at].Args["n"] != want {
			t.Errorf("moved to %s: %+v, want %d days", on, faults, want)
		}
	}
}

func TestAPlanHoldsUpToFiveThousandMilestones(t *testing.T) {
	plan := func(n int) []programme.Milestone {
		list := make([]programme.Milestone, n)
		for i := range list {
			list[i] = programme.Milestone{Code: fmt.Sprintf("m%d", i), Service: "s1", Level: programme.Level(i%4 + 1)}
		}
		return list
	}
	d := newPlanDesk(t)
	for n, want := range map[int]bool{0: false, 5000: false, 5001: true} {
		faults := d.planning.Faults("moi", plan(n), "")
		if got := faults[0].Kind == "too_many"; got != want {
			t.Errorf("%d are too many: %v", n, got)
		}
	}
}

// warnedOf lists what a plan of one milestone is warned of.
func warnedOf(d *planDesk, m programme.Milestone) string {
	return kindsOf(d.planning.Warnings("moi", []programme.Milestone{m}))
}

func TestDaysOnWhichNothingShouldGoLive(t *testing.T) {
	for on, want := range map[string]string{
		"2016-06-30": "", // a Thursday
		"2016-07-01": "planned_on on_weekend",
		"2016-07-02": "planned_on on_weekend",
		"2016-07-03": "", // a Sunday
		"2016-07-04": "", // the day before the holidays
		"2016-07-05": "planned_on on_holiday",
		"2016-07-07": "planned_on on_holiday",
		"2016-07-10": "",
		"2016-12-31": "planned_on on_weekend", // the target, a Saturday
		"2017-01-01": "planned_on after_target",
	} {
		if got := warnedOf(newPlanDesk(t), milestoneOn("s1", 3, civiltest.Day(on))); got != want {
			t.Errorf("on %s: %q, want %q", on, got, want)
		}
	}
	if got := warnedOf(newPlanDesk(t), milestoneOn("s1", 3, 0)); got != "" {
		t.Errorf("without a day: %q", got)
	}
}

func TestADependencyIsComparedWithTheFirstGoLiveOfTheOther(t *testing.T) {
	for name, test := range map[string]struct {
		on   string
		want string
	}{
		"before it": {"2016-03-06", "depends_on.0 dependency_later"}, "on the day": {"2016-03-07", ""}, "after it": {"2016-03-08", ""},
		"without a day": {"", ""},
	} {
		d := newPlanDesk(t)
		d.planning.Plans["moj"] = recordOf(
			t,
			programme.Plan{Kind: programme.PlanApproved, Revision: 1, Milestones: []programme.Milestone{
				{
					Code:      "late",
					Service:   "x",
					PlannedOn: civiltest.Day("2016-09-07"),
				},
				{Code: "first", Service: "y", PlannedOn: civiltest.Day("2016-03-07")},
			}},
		)
		m := programme.Milestone{Service: "s1", Level: 3, DependsOn: []string{"moj"}}
		if test.on != "" {
			m.PlannedOn = civiltest.Day(test.on)
		}
		if got := warnedOf(d, m); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestAnIntegratedServiceNamesASecondOrganisation(t *testing.T) {
	for level, want := range map[programme.Level]string{3: "", 4: "depends_on no_second_organisation"} {
		if got := warnedOf(newPlanDesk(t), milestoneOn("s1", level, civiltest.Day("2016-03-01"))); got != want {
			t.Errorf("level %d: %q, want %q", level, got, want)
		}
	}
}

// Of the plans that have a service the first by code is named, and never the entity's own.
func TestAServiceInAnotherPlanIsWarnedOf(t *testing.T) {
	d := newPlanDesk(t)
	plan := programme.Plan{Kind: programme.PlanApproved, Revision: 1, Milestones: []programme.Milestone{
		{Code: "x", Service: "s1", PlannedOn: civiltest.Day("2016-01-03")},
	}}
	for _, entity := range []string{"moj", "moe", "moi"} {
		d.planning.Plans[entity] = recordOf(t, plan)
	}
	warnings := d.planning.Warnings("moi", []programme.Milestone{milestoneOn("s1", 3, civiltest.Day("2016-03-01"))})
	if len(warnings) != 1 || warnings[0].Kind != "in_two_plans" || warnings[0].Args["entity"] != "moe" {
		t.Errorf("%+v", warnings)
	}
}

func TestWhatIsUnchangedInThePlanInForceIsNotWarnedOfAgain(t *testing.T) {
	d, friday := newPlanDesk(t), milestoneOn("s1", 3, civiltest.Day("2016-07-01"))
	friday.Code = "a"
	d.planning.Plans["moi"] = recordOf(t, programme.Plan{
		Kind: programme.PlanApproved, Revision: 1, Milestones: []programme.Milestone{friday},
	})
	if got := warnedOf(d, friday); got != "" {
		t.Errorf("unchanged: %q", got)
	}
	friday.Note = "still on a Friday"
	if got := warnedOf(d, friday); got != "planned_on on_weekend" {
		t.Errorf("changed: %q", got)
	}
}

func TestOpenMilestonesBunchInTheLastThreeMonths(t *testing.T) {
	plan := func(early, late int) []programme.Milestone {
		var list []programme.Milestone
		for i := range early + late {
			on := civiltest.Day("2016-09-29")
			if i >= early {
				on = []civil.Date{civiltest.Day("2016-10-02"), civiltest.Day("2016-12-29")}[i%2]
			}
			list = append(list, milestoneOn(fmt.Sprintf("p%d", i), 1, on))
		}
		return list
	}
	for name, test := range map[string]struct {
		milestones []programme.Milestone
		want       bool
	}{
		"more than half of six":  {plan(2, 4), true},
		"half of six":            {plan(3, 3), false},
		"all of five":            {plan(0, 5), false},
		"all of six":             {plan(0, 6), true},
		"more than half, beside": {append(plan(2, 4), milestoneOn("s3", 3, civiltest.Day("2016-01-03"))), true}, // reached
		"one more that is open":  {append(plan(3, 4), milestoneOn("s3", 4, civiltest.Day("2016-01-03"))), false},
		"one without a day":      {append(plan(2, 4), milestoneOn("s1", 3, 0)), true},
	} {
		got := slices.ContainsFunc(newPlanDesk(t).planning.Warnings("moi", test.milestones), func(f programme.Fault) bool {
			return f.Kind == "bunched"
		})
		if got != test.want {
			t.Errorf("%s: they bunch: %v", name, got)
		}
	}
}

func TestTheLastQuarterBeginsThreeMonthsBeforeTheTargetEnds(t *testing.T) {
	for on, want := range map[string]bool{
		"2016-09-30": false, "2016-10-01": true, "2016-12-31": true, "2017-01-01": false,
	} {
		var list []programme.Milestone
		for i := range 6 {
			list = append(list, milestoneOn(fmt.Sprintf("p%d", i), 1, civiltest.Day(on)))
		}
		got := strings.Contains(kindsOf(newPlanDesk(t).planning.Warnings("moi", list)), "bunched")
		if got != want {
			t.Errorf("six on %s bunch: %v", on, got)
		}
	}
}

func TestAMilestoneWithoutACodeTakesThatOfThePlanInForce(t *testing.T) {
	inForce := []programme.Milestone{{Code: "old", Service: "s1", Level: 3}, {Code: "other", Service: "s2", Level: 3}}
	for name, test := range map[string]struct {
		milestones []programme.Milestone
		want       []string
	}{
		"its service and level":  {[]programme.Milestone{{Service: "s1", Level: 3}}, []string{"old"}},
		"another level":          {[]programme.Milestone{{Service: "s1", Level: 4}}, []string{"m-s1-4"}},
		"another service":        {[]programme.Milestone{{Service: "s9", Level: 3}}, []string{"m-s9-3"}},
		"a code of its own":      {[]programme.Milestone{{Code: "mine", Service: "s1", Level: 3}}, []string{"mine"}},
		"the code is taken":      {[]programme.Milestone{{Service: "s1", Level: 3}, {Code: "old", Service: "s1", Level: 3}}, []string{"m-s1-3", "old"}},
		"two of one and a level": {[]programme.Milestone{{Service: "s1", Level: 3}, {Service: "s1", Level: 3}}, []string{"old", "m-s1-3"}},
	} {
		given := slices.Clone(test.milestones)
		for i, m := range register.NameMilestones(test.milestones, inForce) {
			if m.Code != test.want[i] {
				t.Errorf("%s: milestone %d is %s, want %s", name, i, m.Code, test.want[i])
			}
		}
		if test.milestones[0].Code != given[0].Code {
			t.Errorf("%s: what was given is changed to %s", name, test.milestones[0].Code)
		}
	}
}

func TestADecisionOnAPlanIsInForceNoEarlierThanTheOneBefore(t *testing.T) {
	for on, want := range map[string]bool{"2016-01-04": false, "2016-01-05": true, "2016-01-06": true} {
		d := newPlanDesk(t)
		d.must(d.submit("", milestoneOn("s1", 3, civiltest.Day("2016-03-01"))))
		d.must(planner.DecidePlan("moi", approval(1, civiltest.Day("2016-01-05"))))
		d.must(d.submit("", milestoneOn("s1", 3, civiltest.Day("2016-03-01")), milestoneOn("s2", 3, civiltest.Day("2016-03-02"))))
		err := d.decide(planner.DecidePlan("moi", approval(2, civiltest.Day(on))))
		if (err == nil) != want {
			t.Errorf("approved from %s: %v", on, err)
		}
	}
}

func TestADraftIsNoPlanToDecideOnAndNothingIsNoneToSubmit(t *testing.T) {
	d := newPlanDesk(t)
	if err := d.decide(planner.SubmitDraft("moi", 1, d.planning)); !errors.Is(err, programme.ErrNotFound) {
		t.Errorf("no plan at all: %v", err)
	}
	d.must(
		register.Change{
			Actor: "user/a",
		}.Plan(
			"moi",
			[]programme.Milestone{milestoneOn("s1", 3, civiltest.Day("2016-03-01"))},
			false,
			d.planning,
		),
	)
	if err := d.decide(planner.DecidePlan("moi", approval(1, civiltest.Day("2016-01-05")))); !errors.Is(err, programme.ErrNotFound) {
		t.Errorf("a draft: %v", err)
	}
	if err := d.decide(planner.SubmitDraft("moi", 2, d.planning)); !errors.Is(err, programme.ErrAlreadyDecided) {
		t.Errorf("another draft: %v", err)
	}
}

func TestAPlanChangedFromAnOlderVersionIsRefused(t *testing.T) {
	d := newPlanDesk(t)
	first := []programme.Milestone{milestoneOn("s1", 3, civiltest.Day("2016-03-01"))}
	second := append(slices.Clone(first), milestoneOn("s2", 3, civiltest.Day("2016-03-02")))
	d.must(d.submit("", first...))
	d.must(d.submit("more", second...))
	for version, want := range map[uint32]error{0: nil, 1: programme.ErrAlreadyDecided, 2: nil, 3: programme.ErrAlreadyDecided} {
		change := register.Change{Actor: "user/a", Reason: "again", Version: version}
		if _, err := change.Plan("moi", second, true, d.planning)(d.stream); !errors.Is(err, want) {
			t.Errorf("from version %d: %v, want %v", version, err, want)
		}
	}
}

func TestAStreamThatCannotBeReadIsNoPlanToChange(t *testing.T) {
	broken := []programme.Fact{{Family: programme.FamilyPlan, Subject: "moi", Seq: 1}}
	d := newPlanDesk(t)
	for name, rule := range map[string]register.Deciding{
		"a plan":      planner.Plan("moi", nil, false, d.planning),
		"a draft":     planner.SubmitDraft("moi", 1, d.planning),
		"a decision":  planner.DecidePlan("moi", approval(1, 1)),
		"a milestone": planner.Milestone("moi", register.MilestoneChange{}, d.planning),
	} {
		if draft, err := rule(broken); !errors.Is(err, programme.ErrInvalid) || draft.Body != nil {
			t.Errorf("%s: %+v, %v", name, draft, err)
		}
	}
}
