package programme

import (
	"fmt"
	"slices"
	"testing"
)

// published is a programme with the published points: 194 services at its start, 459 on 2015-05-31, 681 on
// 2015-12-31 against a plan of 711 (`2-rules.md`, The counting rule).
func published(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	var milestones []Milestone
	add := func(from, to int, on string) {
		for i := from; i < to; i++ {
			w.live(fmt.Sprintf("s%04d", i), on, LevelInformative)
			if i >= 194 {
				milestones = append(milestones, milestone(fmt.Sprintf("s%04d", i), on))
			}
		}
	}
	add(0, 194, "2013-06-01")
	add(194, 459, "2015-05-31")
	add(459, 681, "2015-12-31")
	for i := 681; i < 711; i++ {
		w.service(Service{Code: fmt.Sprintf("s%04d", i)})
		milestones = append(milestones, milestone(fmt.Sprintf("s%04d", i), "2015-12-31"))
	}
	w.plan("moi", "2014-01-01", milestones...)
	return w
}

func TestPublishedPoints(t *testing.T) {
	k := published(t).knowledge()
	for on, want := range map[string][2]int{"2014-01-01": {194, 0}, "2015-05-31": {459, 265}, "2015-12-31": {681, 487}} {
		p := k.Figures(day(on)).Verified
		if p.Counted != want[0] || p.CountedAll != want[0] || p.CountedNew != want[1] {
			t.Errorf("on %s %d are counted, %d of them new; want %v", on, p.Counted, p.CountedNew, want)
		}
	}
	p := k.Figures(day("2015-12-31")).Verified
	if p.Plan != CountOf(711) || p.Variance != CountOf(-30) || p.ScheduleIndex != (Ratio{0.958, Reported}) {
		t.Errorf("plan %v, variance %v, index %v; want 711, −30, 0.958", p.Plan, p.Variance, p.ScheduleIndex)
	}
	if p.MonthsLeft != 12 || p.RequiredRate != (Ratio{26.6, Reported}) || p.Share != (Ratio{0.681, Reported}) {
		t.Errorf("%d months left, %v a month, share %v; want 12, 26.6, 0.681", p.MonthsLeft, p.RequiredRate, p.Share)
	}
	if p.LastMonth != CountOf(459) || p.LastYear != CountOf(194) {
		t.Errorf("last month %v, last year %v; want 459 and 194", p.LastMonth, p.LastYear)
	}
	if want := []ClauseCount{{ClauseNotLaunched, 30}}; !slices.Equal(p.NotCounted, want) {
		t.Errorf("not counted %v, want %v", p.NotCounted, want)
	}
}

// Both totals are shown, with and without existing services; the rule decides which one counts.
func TestExistingServicesApart(t *testing.T) {
	w := published(t)
	w.rule(Rule{MinimumLevel: LevelInformative})
	p := w.figures("2015-12-31").Verified
	if p.Counted != 487 || p.CountedNew != 487 || p.CountedAll != 681 || p.Plan != CountOf(517) {
		t.Errorf("counted %d (%d new, %d in all) of a plan of %v; want 487, 487, 681 and 517", p.Counted, p.CountedNew, p.CountedAll, p.Plan)
	}
	if want := []ClauseCount{{ClauseNotLaunched, 30}, {ClauseExistedBefore, 194}}; !slices.Equal(p.NotCounted, want) {
		t.Errorf("not counted %v, want %v in the order of the clauses", p.NotCounted, want)
	}
}

// Months left run up to and including the target month; with none left there is no value.
func TestRequiredRate(t *testing.T) {
	k := published(t).knowledge()
	for on, want := range map[string]struct {
		left int
		rate Ratio
	}{
		"2016-09-30": {3, RateOf(319, 3)}, "2016-11-01": {1, RateOf(319, 1)},
		"2016-12-01": {0, Ratio{State: NotProvided}}, "2017-03-31": {0, Ratio{State: NotProvided}},
	} {
		p := k.Figures(day(on)).Verified
		if p.MonthsLeft != want.left || p.RequiredRate != want.rate {
			t.Errorf("on %s: %d left, %v a month; want %d and %v", on, p.MonthsLeft, p.RequiredRate, want.left, want.rate)
		}
	}
}

func TestNothingIsRequiredPastTheGoal(t *testing.T) {
	if got := requiredRate(10, 12, 3); got != RateOf(0, 3) {
		t.Errorf("past the goal %v a month are required, want 0", got)
	}
}

// The recent rate is a mean over ended months only.
func TestRecentRate(t *testing.T) {
	w := newWorld(t)
	for i, on := range []string{"2015-01-15", "2015-04-15", "2015-05-15", "2015-05-20", "2015-06-15", "2015-07-10"} {
		w.live(fmt.Sprintf("s%d", i), on, LevelInformative)
	}
	k := w.knowledge()
	for on, want := range map[string]RecentRate{
		"2015-06-30": {RateOf(4, 3), RateOf(5, 6)},
		"2015-07-15": {RateOf(4, 3), RateOf(5, 6)}, // July still runs
		"2015-07-31": {RateOf(4, 3), RateOf(5, 6)}, // May, June and July; February to July
	} {
		if got := k.Figures(day(on)).Verified.RecentRate; got != want {
			t.Errorf("on %s: %v, want %v", on, got, want)
		}
	}
}

// The four levels sum to the total; levels 3 and 4 are end-to-end; a claim stands beside what is verified.
func TestLevelsSumToTheCount(t *testing.T) {
	w := newWorld(t)
	for i, level := range []Level{1, 1, 2, 3, 3, 3, 4} {
		w.live(fmt.Sprintf("s%d", i), "2015-01-01", level)
	}
	w.rollout("s0", ActionUpgrade, "2015-02-01", LevelTransactional)
	f := w.figures("2015-06-30")
	if f.Verified.ByLevel != (ByLevel{2, 1, 3, 1}) || f.Verified.Counted != 7 || f.Verified.EndToEnd != 4 {
		t.Errorf("verified %v: %d counted, %d end-to-end", f.Verified.ByLevel, f.Verified.Counted, f.Verified.EndToEnd)
	}
	if f.Claimed.ByLevel != (ByLevel{1, 1, 4, 1}) || f.Claimed.Basis != Claimed {
		t.Errorf("claimed %v", f.Claimed.ByLevel)
	}
}
