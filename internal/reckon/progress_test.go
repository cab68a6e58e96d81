package reckon_test

import (
	"fmt"
	"slices"
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// published is a programme with the published points: 194 services at its start, 459 on 2015-05-31, 681 on
// 2015-12-31 against a plan of 711 (docs/rules.md#counted).
func published(t *testing.T) *reckontest.World {
	t.Helper()
	w := reckontest.New(t)
	var milestones []programme.Milestone
	add := func(from, to int, on string) {
		for i := from; i < to; i++ {
			w.Live(fmt.Sprintf("s%04d", i), on, programme.LevelInformative)
			if i >= 194 {
				milestones = append(milestones, reckontest.Milestone(fmt.Sprintf("s%04d", i), on))
			}
		}
	}
	add(0, 194, "2013-06-01")
	add(194, 459, "2015-05-31")
	add(459, 681, "2015-12-31")
	for i := 681; i < 711; i++ {
		w.Service(programme.Service{Code: fmt.Sprintf("s%04d", i)})
		milestones = append(milestones, reckontest.Milestone(fmt.Sprintf("s%04d", i), "2015-12-31"))
	}
	w.Plan("moi", "2014-01-01", milestones...)
	return w
}

func TestPublishedPoints(t *testing.T) {
	k := published(t).Knowledge()
	for on, want := range map[string][2]int{"2014-01-01": {194, 0}, "2015-05-31": {459, 265}, "2015-12-31": {681, 487}} {
		p := k.Figures(civiltest.Day(on)).Verified
		if p.Counted != want[0] || p.CountedAll != want[0] || p.CountedNew != want[1] {
			t.Errorf("on %s %d are counted, %d of them new; want %v", on, p.Counted, p.CountedNew, want)
		}
	}
	p := k.Figures(civiltest.Day("2015-12-31")).Verified
	if p.Plan != programme.CountOf(711) || p.Variance != programme.CountOf(-30) || p.ScheduleIndex != (programme.Ratio{Value: 0.958, State: programme.Reported}) {
		t.Errorf("plan %v, variance %v, index %v; want 711, −30, 0.958", p.Plan, p.Variance, p.ScheduleIndex)
	}
	if p.MonthsLeft != 12 || p.RequiredRate != (programme.Ratio{Value: 26.6, State: programme.Reported}) || p.Share != (programme.Ratio{Value: 0.681, State: programme.Reported}) {
		t.Errorf("%d months left, %v a month, share %v; want 12, 26.6, 0.681", p.MonthsLeft, p.RequiredRate, p.Share)
	}
	if p.LastMonth != programme.CountOf(459) || p.LastYear != programme.CountOf(194) {
		t.Errorf("last month %v, last year %v; want 459 and 194", p.LastMonth, p.LastYear)
	}
	if want := []figures.ClauseCount{{Clause: programme.ClauseNotLaunched, Services: 30}}; !slices.Equal(p.NotCounted, want) {
		t.Errorf("not counted %v, want %v", p.NotCounted, want)
	}
}

// Both totals are shown, with and without existing services; the rule decides which one counts.
func TestExistingServicesApart(t *testing.T) {
	w := published(t)
	w.Rule(programme.Rule{MinimumLevel: programme.LevelInformative})
	p := w.Figures("2015-12-31").Verified
	if p.Counted != 487 || p.CountedNew != 487 || p.CountedAll != 681 || p.Plan != programme.CountOf(517) {
		t.Errorf("counted %d (%d new, %d in all) of a plan of %v; want 487, 487, 681 and 517", p.Counted, p.CountedNew, p.CountedAll, p.Plan)
	}
	if want := []figures.ClauseCount{{Clause: programme.ClauseNotLaunched, Services: 30}, {Clause: programme.ClauseExistedBefore, Services: 194}}; !slices.Equal(p.NotCounted, want) {
		t.Errorf("not counted %v, want %v in the order of the clauses", p.NotCounted, want)
	}
}

// Months left run up to and including the target month; with none left there is no value.
func TestRequiredRate(t *testing.T) {
	k := published(t).Knowledge()
	for on, want := range map[string]struct {
		left int
		rate programme.Ratio
	}{
		"2016-09-30": {3, programme.RateOf(319, 3)}, "2016-11-01": {1, programme.RateOf(319, 1)},
		"2016-12-01": {0, programme.Ratio{State: programme.NotProvided}}, "2017-03-31": {0, programme.Ratio{State: programme.NotProvided}},
	} {
		p := k.Figures(civiltest.Day(on)).Verified
		if p.MonthsLeft != want.left || p.RequiredRate != want.rate {
			t.Errorf("on %s: %d left, %v a month; want %d and %v", on, p.MonthsLeft, p.RequiredRate, want.left, want.rate)
		}
	}
}

// The recent rate is a mean over ended months only.
func TestRecentRate(t *testing.T) {
	w := reckontest.New(t)
	for i, on := range []string{"2015-01-15", "2015-04-15", "2015-05-15", "2015-05-20", "2015-06-15", "2015-07-10"} {
		w.Live(fmt.Sprintf("s%d", i), on, programme.LevelInformative)
	}
	k := w.Knowledge()
	for on, want := range map[string]figures.RecentRate{
		"2015-06-30": {Months3: programme.RateOf(4, 3), Months6: programme.RateOf(5, 6)},
		"2015-07-15": {Months3: programme.RateOf(4, 3), Months6: programme.RateOf(5, 6)}, // July still runs
		"2015-07-31": {Months3: programme.RateOf(4, 3), Months6: programme.RateOf(5, 6)}, // May, June and July; February to July
	} {
		if got := k.Figures(civiltest.Day(on)).Verified.RecentRate; got != want {
			t.Errorf("on %s: %v, want %v", on, got, want)
		}
	}
}

// The four levels sum to the total; levels 3 and 4 are end-to-end; a claim stands beside what is verified.
func TestLevelsSumToTheCount(t *testing.T) {
	w := reckontest.New(t)
	for i, level := range []programme.Level{1, 1, 2, 3, 3, 3, 4} {
		w.Live(fmt.Sprintf("s%d", i), "2015-01-01", level)
	}
	w.Rollout("s0", programme.ActionUpgrade, "2015-02-01", programme.LevelTransactional)
	f := w.Figures("2015-06-30")
	if f.Verified.ByLevel != (programme.ByLevel{2, 1, 3, 1}) || f.Verified.Counted != 7 || f.Verified.EndToEnd != 4 {
		t.Errorf("verified %v: %d counted, %d end-to-end", f.Verified.ByLevel, f.Verified.Counted, f.Verified.EndToEnd)
	}
	if f.Claimed.ByLevel != (programme.ByLevel{1, 1, 4, 1}) || f.Claimed.Basis != figures.Claimed {
		t.Errorf("claimed %v", f.Claimed.ByLevel)
	}
}
