package adoption_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// Naive growth compares totals; like for like only services reported in both (docs/rules.md#like-for-like).
// A reporter that falls silent lowers the one and not the other.
func TestNaiveAndLikeForLike(t *testing.T) {
	w := reckontest.New(t)
	for code, uses := range map[string][2]int64{"stays": {100, 110}, "also": {100, 130}, "silent": {800, 0}} {
		w.Live(code, "2015-01-01", programme.LevelInformative)
		w.Uses("moi", code, "2016-02", programme.ChannelWeb, uses[0])
		if code != "silent" {
			w.Uses("moi", code, "2016-03", programme.ChannelWeb, uses[1])
		}
	}
	g := w.GrowthOf("2016-03-31", "2016-03")
	if g.Naive != programme.RatioOf(-760, 1000) || g.LikeForLike != programme.RatioOf(40, 200) || g.ServicesInBoth != 2 {
		t.Errorf("naive %v, like for like %v over %d; want −0.760, 0.200 over 2", g.Naive, g.LikeForLike, g.ServicesInBoth)
	}
	want := figures.Decomposition{Change: -760, Existing: 40, Lost: -800, Silent: -800}
	if g.Decomposition != want {
		t.Errorf("the change is %+v, want %+v", g.Decomposition, want)
	}
	if g.Total.Parts != (programme.Parts{Reported: 2, Expected: 3}) || g.PreviousTotal.Parts != (programme.Parts{Reported: 3, Expected: 3}) {
		t.Errorf("parts %v after %v", g.Total.Parts, g.PreviousTotal.Parts)
	}
}

// New splits into launched and returned, lost into retired and silent.
func TestDecomposition(t *testing.T) {
	w := reckontest.New(t)
	use := func(code string, before, now int64) {
		if before > 0 {
			w.Uses("moi", code, "2016-02", programme.ChannelWeb, before)
		}
		if now > 0 {
			w.Uses("moi", code, "2016-03", programme.ChannelWeb, now)
		}
	}
	w.Live("existing", "2015-01-01", programme.LevelInformative)
	use("existing", 50, 70)
	w.Live("launched", "2016-03-05", programme.LevelInformative)
	use("launched", 0, 11)
	w.Live("returned", "2015-01-01", programme.LevelInformative)
	use("returned", 0, 7)
	w.Live("retired", "2015-01-01", programme.LevelInformative)
	w.Rollout("retired", programme.ActionRetire, "2016-03-01", 0)
	use("retired", 5, 0)
	w.Live("silent", "2015-01-01", programme.LevelInformative)
	use("silent", 3, 0)
	w.Service(programme.Service{Code: "removed"})
	w.ServiceFrom(civiltest.Day("2016-03-01"), programme.Service{Code: "removed", Removed: true})
	use("removed", 2, 0)
	w.Service(programme.Service{Code: "first heard of"})
	use("first heard of", 0, 1)
	got := w.GrowthOf("2016-03-31", "2016-03").Decomposition
	want := figures.Decomposition{
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
		w := reckontest.New(t)
		for i := range 20 {
			code := fmt.Sprintf("s%d", i)
			w.Live(code, "2015-01-01", programme.LevelInformative)
			for _, m := range []string{"2016-01", "2016-02"} {
				if random.IntN(3) > 0 {
					w.Uses("moi", code, m, programme.Channels()[random.IntN(8)], int64(random.IntN(1000)))
				}
			}
		}
		g := w.GrowthOf("2016-02-29", "2016-02")
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
		end  figures.StreakEnd
	}{
		"three then flat":    {[]int64{10, 10, 11, 12, 13, 0}, 3, figures.StreakNotGrowing},
		"from the first":     {[]int64{-1, -1, 11, 12, 13, 0}, 2, figures.StreakNoCommonService},
		"a silent month":     {[]int64{9, 10, -1, 12, 13, 0}, 1, figures.StreakNoCommonService},
		"not growing at all": {[]int64{9, 10, 11, 13, 12, 0}, 0, figures.StreakNotGrowing},
		"nothing":            {[]int64{-1, -1, -1, -1, -1, 0}, 0, figures.StreakNoCommonService},
	} {
		w := reckontest.New(t)
		w.Live("a", "2015-01-01", programme.LevelInformative)
		for i, uses := range test.uses[:5] {
			if uses >= 0 {
				w.Uses("moi", "a", (civiltest.Month("2015-10") + civil.Month(i)).String(), programme.ChannelWeb, uses)
			}
		}
		if g := w.GrowthOf("2016-02-29", "2016-02"); g.Streak != test.want || g.StreakEnd != test.end {
			t.Errorf("%s: %d, %s; want %d, %s", name, g.Streak, g.StreakEnd, test.want, test.end)
		}
	}
}

// One bulk service must not hide the others: its share is told, and the total without it.
func TestConcentration(t *testing.T) {
	w := reckontest.New(t)
	for i, uses := range []int64{600, 100, 90, 80, 70, 60} {
		code := fmt.Sprintf("s%d", i)
		w.Live(code, "2015-01-01", programme.LevelInformative)
		w.Uses("moi", code, "2016-03", programme.ChannelWeb, uses)
	}
	got := w.GrowthOf("2016-03-31", "2016-03").Concentration
	want := figures.Concentration{
		Largest: "s0", LargestShare: programme.RatioOf(600, 1000), TopFiveShare: programme.RatioOf(940, 1000),
		WithoutLargest: programme.CountOf(400), WithoutTopFive: programme.CountOf(60),
	}
	if got != want {
		t.Errorf("concentration is %+v, want %+v", got, want)
	}
	none := reckontest.New(t).GrowthOf("2016-03-31", "2016-03")
	if none.Concentration.LargestShare.Known() || none.Naive.Known() || none.Total.Known() {
		t.Errorf("without use growth is %+v", none)
	}
}

// A succession is one unit for growth too, and one that changes hands is neither new nor lost.
func TestSuccessionGrowsAsOne(t *testing.T) {
	w := reckontest.New(t)
	w.Live("old", "2015-01-01", programme.LevelInformative)
	w.Rollout("old", programme.ActionRetire, "2016-03-01", 0)
	w.Heir(programme.Service{Code: "new", Succeeds: []string{"old"}}, "2016-03-01", programme.LevelInformative)
	w.Uses("moi", "old", "2016-02", programme.ChannelWeb, 100)
	w.Uses("moi", "new", "2016-03", programme.ChannelWeb, 120)
	g := w.GrowthOf("2016-03-31", "2016-03")
	if g.LikeForLike != programme.RatioOf(20, 100) || g.ServicesInBoth != 1 || g.Decomposition != (figures.Decomposition{Change: 20, Existing: 20}) {
		t.Errorf("like for like %v over %d, %+v", g.LikeForLike, g.ServicesInBoth, g.Decomposition)
	}
	w.Rollout("new", programme.ActionRetire, "2016-04-01", 0)
	if d := w.GrowthOf("2016-04-30", "2016-04").Decomposition; d != (figures.Decomposition{Change: -120, Lost: -120, Retired: -120}) {
		t.Errorf("when all of it is retired the change is %+v", d)
	}
}

// Growth can be asked for a quarter, a channel, a measure and one entity; left out, it is the last ended month's.
func TestGrowthQueries(t *testing.T) {
	w := reckontest.New(t)
	w.Live("a", "2015-01-01", programme.LevelInformative)
	for i, m := range []string{"2016-01", "2016-02", "2016-03", "2016-04", "2016-05", "2016-06"} {
		w.Uses("moi", "a", m, programme.ChannelWeb, int64(10+i))
		w.Uses("moc", "a", m, programme.ChannelMobile, int64(100-i))
	}
	k := w.Knowledge()
	for name, test := range map[string]struct {
		query figures.GrowthQuery
		want  [2]int64
	}{
		"the last ended month": {figures.GrowthQuery{}, [2]int64{14 + 96, 15 + 95}},
		"a quarter":            {figures.GrowthQuery{Period: civiltest.Period("2016-Q2"), Channels: []programme.Channel{programme.ChannelWeb}}, [2]int64{33, 42}},
		"one entity":           {figures.GrowthQuery{Entity: "moc"}, [2]int64{96, 95}},
	} {
		g := k.Growth(civiltest.Day("2016-07-10"), test.query)
		if g.PreviousTotal.Value != test.want[0] || g.Total.Value != test.want[1] || g.Measure != programme.MeasureCompleted {
			t.Errorf("%s: %v after %v, want %v", name, g.Total, g.PreviousTotal, test.want)
		}
	}
	if g := k.Growth(civiltest.Day("2016-07-10"), figures.GrowthQuery{Measure: programme.MeasureStarted}); g.Total.Value != 0 || g.Naive.Known() {
		t.Errorf("started beside completed is %v, naive %v", g.Total, g.Naive)
	}
	if g := k.Growth(civiltest.Day("2016-07-10"), figures.GrowthQuery{Period: civiltest.Period("2016-08")}); g.Total.Known() {
		t.Errorf("a month to come has %v", g.Total)
	}
}
