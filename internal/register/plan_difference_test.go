package register_test

import (
	"slices"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// aMilestone is a milestone of a plan with something in each of its fields.
func aMilestone(code string) programme.Milestone {
	return programme.Milestone{
		Code: code, Service: "s1", Level: programme.LevelTransactional,
		Channels:  []programme.Channel{programme.ChannelWeb},
		PlannedOn: civil.NewDate(2016, time.March, 1), ExpectedOn: civil.NewDate(2016, time.March, 5),
		Phases:    []programme.PlannedPhase{{Phase: programme.PhaseBuild, On: civil.NewDate(2016, time.January, 9)}},
		DependsOn: []string{"moj"}, Note: "as agreed",
	}
}

func TestAMilestoneDiffersByWhatIsOtherInIt(t *testing.T) {
	visits := 3
	for name, test := range map[string]struct {
		edit   func(*programme.Milestone)
		kind   register.PlanChangeKind
		days   int
		fields []string
	}{
		"nothing":            {func(*programme.Milestone) {}, register.PlanUnchanged, 0, nil},
		"only its reason":    {func(m *programme.Milestone) { m.Reason = "the vendor" }, register.PlanUnchanged, 0, nil},
		"a day later":        {func(m *programme.Milestone) { m.PlannedOn++ }, register.PlanMoved, 1, nil},
		"ten days earlier":   {func(m *programme.Milestone) { m.PlannedOn -= 10 }, register.PlanMoved, -10, nil},
		"another level":      {func(m *programme.Milestone) { m.Level++ }, register.PlanChanged, 0, []string{"level"}},
		"another expectance": {func(m *programme.Milestone) { m.ExpectedOn = 0 }, register.PlanChanged, 0, []string{"expected_on"}},
		"another service":    {func(m *programme.Milestone) { m.Service = "s2" }, register.PlanChanged, 0, []string{"service"}},
		"fewer channels":     {func(m *programme.Milestone) { m.Channels = nil }, register.PlanChanged, 0, []string{"channels"}},
		"an effort of three parts is one field": {
			func(m *programme.Milestone) {
				m.Before = &programme.Effort{Visits: &visits, Documents: &visits, Days: &visits}
			},
			register.PlanChanged, 0,
			[]string{"before"},
		},
		"moved and changed": {
			func(m *programme.Milestone) { m.PlannedOn, m.Note, m.DependsOn = m.PlannedOn+1, "", nil },
			register.PlanMoved, 1,
			[]string{"depends_on", "note"},
		},
	} {
		before, after := aMilestone("a"), aMilestone("a")
		test.edit(&after)
		got := register.PlanDifference([]programme.Milestone{before}, []programme.Milestone{after})
		if len(got) != 1 || got[0].Kind != test.kind || got[0].Days != test.days || !slices.Equal(got[0].Fields, test.fields) {
			t.Errorf("%s: %+v, want %s by %d days in %v", name, got, test.kind, test.days, test.fields)
			continue
		}
		if row := got[0]; row.Milestone != "a" || row.Reason != after.Reason || row.Now() != row.After || row.Before == nil {
			t.Errorf("%s: the row is %+v", name, row)
		}
	}
}

func TestTheDifferenceFollowsTheNewPlanAndEndsWithWhatWasDropped(t *testing.T) {
	before := []programme.Milestone{aMilestone("gone"), aMilestone("kept"), aMilestone("gone too")}
	after := []programme.Milestone{aMilestone("new"), aMilestone("kept")}
	after[0].Reason = "a new law"
	got := register.PlanDifference(before, after)
	for i, want := range []struct {
		code   string
		kind   register.PlanChangeKind
		reason string
	}{
		{"new", register.PlanAdded, "a new law"},
		{"kept", register.PlanUnchanged, ""},
		{"gone", register.PlanDropped, ""},
		{"gone too", register.PlanDropped, ""},
	} {
		if len(got) != 4 || got[i].Milestone != want.code || got[i].Kind != want.kind || got[i].Reason != want.reason {
			t.Fatalf("row %d of %+v, want %+v", i, got, want)
		}
		if now := got[i].Now(); now == nil || now.Code != want.code {
			t.Errorf("%s is now %+v", want.code, now)
		}
	}
	if got[0].Before != nil || got[0].Days != 0 || got[2].After != nil || got[2].Days != 0 {
		t.Errorf("what was added %+v, what was dropped %+v", got[0], got[2])
	}
}

func TestTwoEmptyPlansDoNotDiffer(t *testing.T) {
	if got := register.PlanDifference(nil, nil); got == nil || len(got) != 0 {
		t.Errorf("%#v", got)
	}
}
