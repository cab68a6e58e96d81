package figures_test

import (
	"slices"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

func TestMilestoneStanding(t *testing.T) {
	on := civiltest.Day("2015-06-30")
	for name, test := range map[string]struct {
		original, expected, actual, claimed civil.Date
		want                                figures.Status
	}{
		"done, however late":               {on - 400, 0, on, 0, figures.StatusDone},
		"done, and claimed again":          {on - 400, 0, on - 9, on, figures.StatusDone},
		"claimed, however late":            {on - 400, 0, 0, on - 90, figures.StatusAwaitingVerification},
		"claimed before it is due":         {on + 40, on + 40, 0, on, figures.StatusAwaitingVerification},
		"31 days late":                     {on - 31, on - 31, 0, 0, figures.StatusLate},
		"31 days late, expected soon":      {on - 31, on + 9, 0, 0, figures.StatusLate},
		"30 days late":                     {on - 30, on - 30, 0, 0, figures.StatusAtRisk},
		"30 days late, expected later":     {on - 30, on + 90, 0, 0, figures.StatusAtRisk},
		"a day late, no date given":        {on - 1, 0, 0, 0, figures.StatusAtRisk},
		"due today":                        {on, on, 0, 0, figures.StatusDue},
		"due tomorrow":                     {on + 1, on + 1, 0, 0, figures.StatusDue},
		"not due, expected late":           {on + 1, on + 2, 0, 0, figures.StatusAtRisk},
		"not due, expected early":          {on + 9, on + 2, 0, 0, figures.StatusDue},
		"due in 90 days":                   {on + 90, on + 90, 0, 0, figures.StatusDue},
		"planned in 91 days":               {on + 91, on + 91, 0, 0, figures.StatusPlanned},
		"planned in 91 days, then later":   {on + 91, on + 92, 0, 0, figures.StatusAtRisk},
		"planned in a year, no date given": {on + 365, 0, 0, 0, figures.StatusPlanned},
	} {
		days := figures.MilestoneDays{
			Original: test.original, Expected: test.expected, Actual: test.actual, ClaimedOn: test.claimed,
		}
		if got := days.Standing(on); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

// A milestone that was moved, renamed or joined by a further level keeps the standing of its service's original date.
func TestApprovedMilestonesStandAsTheirServicesDo(t *testing.T) {
	w := reckontest.New(t)
	for _, code := range []string{"moved", "renamed", "further", "early", "low", "later"} {
		w.Service(programme.Service{Code: code})
	}
	w.Rule(programme.Rule{MinimumLevel: programme.LevelInteractive, Audiences: []string{"citizens", ""}})
	at := func(service, code, on string, level programme.Level) programme.Milestone {
		m := reckontest.Milestone(service, on)
		m.Code, m.Level = code, level
		return m
	}
	const two, four = programme.LevelInteractive, programme.LevelIntegrated
	further, low := at("further", "c", "2015-02-01", two), at("low", "e", "2015-02-01", programme.LevelInformative)
	w.Plan("moi", "2015-01-01",
		at("moved", "a", "2015-03-01", two), at("renamed", "b", "2015-03-01", two), further, low)
	w.Plan("moi", "2015-04-01",
		at("moved", "a", "2015-09-01", two), at("renamed", "b2", "2015-09-01", two), further, at("further", "d", "2015-06-20", four), low)
	w.Plan("moi", "2015-07-15", at("later", "f", "2015-06-01", two)) // after the date described
	w.Rollout("further", programme.ActionLaunch, "2015-02-10", two).VerifiedBy = "admin"
	w.Rollout("low", programme.ActionLaunch, "2015-02-03", programme.LevelInformative).VerifiedBy = "admin"
	p := w.Figures("2015-06-30").Plans
	for code, want := range map[string]figures.ApprovedMilestone{
		"a":  {OriginalOn: civiltest.Day("2015-03-01"), Standing: figures.StatusLate},
		"b":  {OriginalOn: civiltest.Day("2015-03-01"), Standing: figures.StatusLate},
		"b2": {OriginalOn: civiltest.Day("2015-03-01"), Standing: figures.StatusLate},
		"c":  {OriginalOn: civiltest.Day("2015-02-01"), ActualOn: civiltest.Day("2015-02-10"), Standing: figures.StatusDone},
		"d":  {OriginalOn: civiltest.Day("2015-06-20"), Standing: figures.StatusAtRisk, NoDateGiven: true},
		"e":  {OriginalOn: civiltest.Day("2015-02-01"), ActualOn: civiltest.Day("2015-02-03"), Standing: figures.StatusDone},
		"f":  {OriginalOn: civiltest.Day("2015-06-01"), Standing: figures.StatusAtRisk, NoDateGiven: true},
	} {
		want.Entity, want.Milestone = "moi", code
		if got := p.ApprovedMilestone("moi", code); got == nil || *got != want {
			t.Errorf("%s: %+v, want %+v", code, got, want)
		}
	}
	if p.ApprovedMilestone("moi", "g") != nil || p.ApprovedMilestone("mof", "a") != nil {
		t.Error("a milestone that nobody planned is found")
	}
	for _, m := range p.Milestones {
		found := p.ApprovedMilestone(m.Entity, m.Milestone)
		if found == nil || found.Standing != m.Standing || found.OriginalOn != m.OriginalOn {
			t.Errorf("%+v is %+v in its entity's plan", m, found)
		}
	}
}

func TestWhatNeedsAHandComesFirst(t *testing.T) {
	want := []figures.Status{
		figures.StatusLate, figures.StatusAtRisk, figures.StatusAwaitingVerification, figures.StatusNoData,
		figures.StatusOnTrack, figures.StatusDone,
	}
	list := slices.Clone(want)
	slices.Reverse(list)
	slices.SortFunc(list, figures.CompareStatus)
	if !slices.Equal(list, want) {
		t.Errorf("%v, want %v", list, want)
	}
	if figures.CompareStatus(figures.StatusDue, figures.StatusPlanned) != 0 {
		t.Error("what is due and what is planned need a hand alike")
	}
	for i, each := range want {
		if each.Behind() != (i < 2) {
			t.Errorf("%s: behind is %v", each, each.Behind())
		}
	}
}
