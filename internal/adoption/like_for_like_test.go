package adoption_test

import (
	"slices"
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// Like for like month by month: of the first month shown over the one before it, and of nothing without a common line
// that had use; the web of one service fell to zero in February, when mobile began.
func TestLikeForLikeByMonth(t *testing.T) {
	u := shared(t).Figures("2016-03-31").Usage
	var got []programme.Ratio
	for _, point := range u.LikeForLike {
		got = append(got, point.Value)
	}
	want := []programme.Ratio{programme.RatioOf(0, 0), programme.RatioOf(-10, 10), programme.RatioOf(0, 0)}
	if !slices.Equal(got, want) || u.LikeForLike[0].Period != civiltest.Period("2016-01") {
		t.Errorf("from %v: %v, want %v", u.LikeForLike[0].Period, got, want)
	}
}

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
	if g.Total.Parts != (programme.Parts{Reported: 2, Expected: 3}) ||
		g.PreviousTotal.Parts != (programme.Parts{Reported: 3, Expected: 3}) {
		t.Errorf("parts %v after %v", g.Total.Parts, g.PreviousTotal.Parts)
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
	if g.LikeForLike != programme.RatioOf(20, 100) || g.ServicesInBoth != 1 ||
		g.Decomposition != (figures.Decomposition{Change: 20, Existing: 20}) {
		t.Errorf("like for like %v over %d, %+v", g.LikeForLike, g.ServicesInBoth, g.Decomposition)
	}
	w.Rollout("new", programme.ActionRetire, "2016-04-01", 0)
	if d := w.GrowthOf("2016-04-30", "2016-04").Decomposition; d != (figures.Decomposition{Change: -120, Lost: -120, Retired: -120}) {
		t.Errorf("when all of it is retired the change is %+v", d)
	}
}
