package programme

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// growthOf asks for the growth of digital completions in a month.
func (w *world) growthOf(on, m string) Growth {
	return w.knowledge().Growth(day(on), GrowthQuery{Period: period(m)})
}

// Naive growth compares totals; like for like only services reported in both (docs/rules.md#like-for-like).
// A reporter that falls silent lowers the one and not the other.
func TestNaiveAndLikeForLike(t *testing.T) {
	w := newWorld(t)
	for code, uses := range map[string][2]int64{"stays": {100, 110}, "also": {100, 130}, "silent": {800, 0}} {
		w.live(code, "2015-01-01", LevelInformative)
		w.uses("moi", code, "2016-02", ChannelWeb, uses[0])
		if code != "silent" {
			w.uses("moi", code, "2016-03", ChannelWeb, uses[1])
		}
	}
	g := w.growthOf("2016-03-31", "2016-03")
	if g.Naive != RatioOf(-760, 1000) || g.LikeForLike != RatioOf(40, 200) || g.ServicesInBoth != 2 {
		t.Errorf("naive %v, like for like %v over %d; want −0.760, 0.200 over 2", g.Naive, g.LikeForLike, g.ServicesInBoth)
	}
	want := Decomposition{Change: -760, Existing: 40, Lost: -800, Silent: -800}
	if g.Decomposition != want {
		t.Errorf("the change is %+v, want %+v", g.Decomposition, want)
	}
	if g.Total.Parts != (Parts{2, 3}) || g.PreviousTotal.Parts != (Parts{3, 3}) {
		t.Errorf("parts %v after %v", g.Total.Parts, g.PreviousTotal.Parts)
	}
}

// New splits into launched and returned, lost into retired and silent.
func TestDecomposition(t *testing.T) {
	w := newWorld(t)
	use := func(code string, before, now int64) {
		if before > 0 {
			w.uses("moi", code, "2016-02", ChannelWeb, before)
		}
		if now > 0 {
			w.uses("moi", code, "2016-03", ChannelWeb, now)
		}
	}
	w.live("existing", "2015-01-01", LevelInformative)
	use("existing", 50, 70)
	w.live("launched", "2016-03-05", LevelInformative)
	use("launched", 0, 11)
	w.live("returned", "2015-01-01", LevelInformative)
	use("returned", 0, 7)
	w.live("retired", "2015-01-01", LevelInformative)
	w.rollout("retired", ActionRetire, "2016-03-01", 0)
	use("retired", 5, 0)
	w.live("silent", "2015-01-01", LevelInformative)
	use("silent", 3, 0)
	w.service(Service{Code: "removed"})
	w.serviceFrom(day("2016-03-01"), Service{Code: "removed", Removed: true})
	use("removed", 2, 0)
	w.service(Service{Code: "first heard of"})
	use("first heard of", 0, 1)
	got := w.growthOf("2016-03-31", "2016-03").Decomposition
	want := Decomposition{
		Change: 29, Existing: 20, New: 19, Launched: 12, Returned: 7, Lost: -10, Retired: -7, Silent: -3,
	}
	if got != want {
		t.Errorf("the change is %+v, want %+v", got, want)
	}
}

// The three parts sum to the change exactly, whatever the world.
func TestDecompositionSumsExactly(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 11))
	for range 50 {
		w := newWorld(t)
		for i := range 20 {
			code := fmt.Sprintf("s%d", i)
			w.live(code, "2015-01-01", LevelInformative)
			for _, m := range []string{"2016-01", "2016-02"} {
				if random.IntN(3) > 0 {
					w.uses("moi", code, m, Channels()[random.IntN(8)], int64(random.IntN(1000)))
				}
			}
		}
		g := w.growthOf("2016-02-29", "2016-02")
		d := g.Decomposition
		if change := g.Total.Value - g.PreviousTotal.Value; d.Change != change || d.Existing+d.New+d.Lost != change {
			t.Fatalf("%+v does not sum to %d", d, change)
		}
		if d.Launched+d.Returned != d.New || d.Retired+d.Silent != d.Lost || d.Lost > 0 {
			t.Fatalf("%+v does not split", d)
		}
	}
}

// The streak counts months of like-for-like growth and says why it is not longer.
func TestStreak(t *testing.T) {
	for name, test := range map[string]struct {
		uses []int64 // from October 2015; −1 is a month without a report
		want int
		end  StreakEnd
	}{
		"three then flat":    {[]int64{10, 10, 11, 12, 13, 0}, 3, StreakNotGrowing},
		"from the first":     {[]int64{-1, -1, 11, 12, 13, 0}, 2, StreakNoCommonService},
		"a silent month":     {[]int64{9, 10, -1, 12, 13, 0}, 1, StreakNoCommonService},
		"not growing at all": {[]int64{9, 10, 11, 13, 12, 0}, 0, StreakNotGrowing},
		"nothing":            {[]int64{-1, -1, -1, -1, -1, 0}, 0, StreakNoCommonService},
	} {
		w := newWorld(t)
		w.live("a", "2015-01-01", LevelInformative)
		for i, uses := range test.uses[:5] {
			if uses >= 0 {
				w.uses("moi", "a", (month("2015-10") + Month(i)).String(), ChannelWeb, uses)
			}
		}
		if g := w.growthOf("2016-02-29", "2016-02"); g.Streak != test.want || g.StreakEnd != test.end {
			t.Errorf("%s: %d, %s; want %d, %s", name, g.Streak, g.StreakEnd, test.want, test.end)
		}
	}
}

// One bulk service must not hide the others: its share is told, and the total without it.
func TestConcentration(t *testing.T) {
	w := newWorld(t)
	for i, uses := range []int64{600, 100, 90, 80, 70, 60} {
		code := fmt.Sprintf("s%d", i)
		w.live(code, "2015-01-01", LevelInformative)
		w.uses("moi", code, "2016-03", ChannelWeb, uses)
	}
	got := w.growthOf("2016-03-31", "2016-03").Concentration
	want := Concentration{
		Largest: "s0", LargestShare: RatioOf(600, 1000), TopFiveShare: RatioOf(940, 1000),
		WithoutLargest: CountOf(400), WithoutTopFive: CountOf(60),
	}
	if got != want {
		t.Errorf("concentration is %+v, want %+v", got, want)
	}
	none := newWorld(t).growthOf("2016-03-31", "2016-03")
	if none.Concentration.LargestShare.Known() || none.Naive.Known() || none.Total.Known() {
		t.Errorf("without use growth is %+v", none)
	}
}

// A succession is one unit for growth too, and one that changes hands is neither new nor lost.
func TestSuccessionGrowsAsOne(t *testing.T) {
	w := newWorld(t)
	w.live("old", "2015-01-01", LevelInformative)
	w.rollout("old", ActionRetire, "2016-03-01", 0)
	w.heir(Service{Code: "new", Succeeds: []string{"old"}}, "2016-03-01", LevelInformative)
	w.uses("moi", "old", "2016-02", ChannelWeb, 100)
	w.uses("moi", "new", "2016-03", ChannelWeb, 120)
	g := w.growthOf("2016-03-31", "2016-03")
	if g.LikeForLike != RatioOf(20, 100) || g.ServicesInBoth != 1 || g.Decomposition != (Decomposition{Change: 20, Existing: 20}) {
		t.Errorf("like for like %v over %d, %+v", g.LikeForLike, g.ServicesInBoth, g.Decomposition)
	}
	w.rollout("new", ActionRetire, "2016-04-01", 0)
	if d := w.growthOf("2016-04-30", "2016-04").Decomposition; d != (Decomposition{Change: -120, Lost: -120, Retired: -120}) {
		t.Errorf("when all of it is retired the change is %+v", d)
	}
}

// Growth can be asked for a quarter, a channel, a measure and one entity; left out, it is the last ended month's.
func TestGrowthQueries(t *testing.T) {
	w := newWorld(t)
	w.live("a", "2015-01-01", LevelInformative)
	for i, m := range []string{"2016-01", "2016-02", "2016-03", "2016-04", "2016-05", "2016-06"} {
		w.uses("moi", "a", m, ChannelWeb, int64(10+i))
		w.uses("moc", "a", m, ChannelMobile, int64(100-i))
	}
	k := w.knowledge()
	for name, test := range map[string]struct {
		query GrowthQuery
		want  [2]int64
	}{
		"the last ended month": {GrowthQuery{}, [2]int64{14 + 96, 15 + 95}},
		"a quarter":            {GrowthQuery{Period: period("2016-Q2"), Channels: []Channel{ChannelWeb}}, [2]int64{33, 42}},
		"one entity":           {GrowthQuery{Entity: "moc"}, [2]int64{96, 95}},
	} {
		g := k.Growth(day("2016-07-10"), test.query)
		if g.PreviousTotal.Value != test.want[0] || g.Total.Value != test.want[1] || g.Measure != MeasureCompleted {
			t.Errorf("%s: %v after %v, want %v", name, g.Total, g.PreviousTotal, test.want)
		}
	}
	if g := k.Growth(day("2016-07-10"), GrowthQuery{Measure: MeasureStarted}); g.Total.Value != 0 || g.Naive.Known() {
		t.Errorf("started beside completed is %v, naive %v", g.Total, g.Naive)
	}
	if g := k.Growth(day("2016-07-10"), GrowthQuery{Period: period("2016-08")}); g.Total.Known() {
		t.Errorf("a month to come has %v", g.Total)
	}
}
