package adoption_test

import (
	"slices"
	"strconv"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// values lists a series' values; −1 for a number that is not there.
func values(s figures.UsageSeries) []int64 {
	list := make([]int64, len(s.Points))
	for i, p := range s.Points {
		list[i] = -1
		if p.Total.Known() {
			list[i] = p.Total.Value
		}
	}
	return list
}

// shared is two services of two entities over the first quarter of 2016, of which one changes hands in March.
func shared(t *testing.T) *reckontest.World {
	t.Helper()
	w := reckontest.New(t)
	w.Entity("moc")
	w.Live("a", "2015-01-01", programme.LevelInteractive)
	w.Rollout("a", programme.ActionUpgrade, "2016-03-01", programme.LevelTransactional).VerifiedBy = "admin"
	w.Live("b", "2015-01-01", programme.LevelInformative)
	w.ServiceFrom(civiltest.Day("2016-03-01"), programme.Service{Code: "a", Entity: "moc"})
	w.Uses("moi", "a", "2016-01", programme.ChannelWeb, 10)
	w.Uses("moi", "a", "2016-01", programme.ChannelCounter, 5)
	w.Uses("moi", "a", "2016-02", programme.ChannelMobile, 20)
	w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 30)
	w.Uses("moc", "a", "2016-03", programme.ChannelWeb, 3)
	w.Uses("moi", "b", "2016-01", programme.ChannelWeb, 100)
	w.Uses("moi", "b", "2016-03", programme.ChannelWeb, 300)
	return w
}

// Use by channel, entity, service or level; missing is never zero, and a month to come is not requested. Use stays
// with the entity that reported it, whichever owns the service.
func TestUsage(t *testing.T) {
	k := shared(t).Knowledge()
	query := figures.UsageQuery{From: civiltest.Day("2016-01-01"), To: civiltest.Day("2016-04-30")}
	for name, test := range map[string]struct {
		with func(q *figures.UsageQuery)
		want map[string][]int64
	}{
		"in all":       {func(*figures.UsageQuery) {}, map[string][]int64{"": {110, 20, 333, -1}}},
		"one service":  {func(q *figures.UsageQuery) { q.Service = "b" }, map[string][]int64{"": {100, -1, 300, -1}}},
		"one entity":   {func(q *figures.UsageQuery) { q.Entity = "moc" }, map[string][]int64{"": {-1, -1, 3, -1}}},
		"one channel":  {func(q *figures.UsageQuery) { q.Channels = []programme.Channel{programme.ChannelCounter} }, map[string][]int64{"": {5, 0, 0, -1}}},
		"by channel":   {func(q *figures.UsageQuery) { q.By = figures.ByChannel; q.Service = "a" }, map[string][]int64{"web": {10, 0, 33, -1}, "mobile": {-1, 20, -1, -1}, "counter": {5, 0, 0, -1}}},
		"by entity":    {func(q *figures.UsageQuery) { q.By = figures.ByEntity }, map[string][]int64{"moc": {-1, -1, 3, -1}, "moi": {110, 20, 330, -1}}},
		"by service":   {func(q *figures.UsageQuery) { q.By = figures.ByService }, map[string][]int64{"a": {10, 20, 33, -1}, "b": {100, -1, 300, -1}}},
		"by level":     {func(q *figures.UsageQuery) { q.By = figures.ByLevelOf }, map[string][]int64{"1": {100, -1, 300, -1}, "2": {10, 20, -1, -1}, "3": {-1, -1, 33, -1}}},
		"by quarter":   {func(q *figures.UsageQuery) { q.Grain = civil.GrainQuarter; q.Service = "a" }, map[string][]int64{"": {43, -1}}},
		"no service":   {func(q *figures.UsageQuery) { q.Service = "z" }, map[string][]int64{}},
		"no entity":    {func(q *figures.UsageQuery) { q.Entity = "z" }, map[string][]int64{}},
		"no use of it": {func(q *figures.UsageQuery) { q.Measure = programme.MeasureRatingSum }, map[string][]int64{"": {-1, -1, -1, -1}}},
	} {
		q := query
		test.with(&q)
		got := map[string][]int64{}
		for _, s := range k.Usage(civiltest.Day("2016-03-31"), q) {
			got[s.Key] = values(s)
		}
		if len(got) != len(test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
		for key, want := range test.want {
			if !slices.Equal(got[key], want) {
				t.Errorf("%s: %q is %v, want %v", name, key, got[key], want)
			}
		}
	}
}

// Left out, the twelve months that end with On's; what is not there has its state.
func TestUsageOfTheLastYear(t *testing.T) {
	w := shared(t)
	w.Daily("a", "2016-02-03", 20)
	points := w.Knowledge().Usage(civiltest.Day("2016-02-15"), figures.UsageQuery{})[0].Points
	if len(points) != 12 || points[11].Period != civiltest.Period("2016-02") ||
		points[11].Total.Parts != (programme.Parts{Reported: 1, Expected: 2}) {
		t.Errorf("%d points, the last %+v", len(points), points[len(points)-1])
	}
	coming := shared(t).Knowledge().Usage(civiltest.Day("2016-02-15"), figures.UsageQuery{From: civiltest.Day("2016-02-01"), To: civiltest.Day("2016-03-31")})[0].Points
	if got := coming[1]; got.Total.State != programme.NotRequested || got.ToDate != (figures.ToDate{}) {
		t.Errorf("a month to come is %s, to date %+v", got.Total.State, got.ToDate)
	}
	if got := coming[0].ToDate; got != (figures.ToDate{Until: civiltest.Day("2016-02-15"), Ended: 15, Of: 29}) {
		t.Errorf("the month that runs is to date %+v", got)
	}
	first := shared(t).Knowledge().Usage(civiltest.Day("2016-02-01"), figures.UsageQuery{})[0].Points
	if got := first[len(first)-1].ToDate; got != (figures.ToDate{Until: civiltest.Day("2016-02-01"), Ended: 1, Of: 29}) {
		t.Errorf("on its first day a month is to date %+v", got)
	}
}

// Growth of one entity is over what it reported; the count follows the owner.
func TestUseStaysWithItsReporter(t *testing.T) {
	f := shared(t).Figures("2016-03-31")
	moi, moc := reckontest.EntityOf(t, f, "moi"), reckontest.EntityOf(t, f, "moc")
	if moi.Completed.Value != 330 || moc.Completed.Value != 3 {
		t.Errorf("completed %v and %v, want 330 and 3", moi.Completed, moc.Completed)
	}
	if moi.Counted != 1 || moc.Counted != 1 || moc.EndToEnd != 1 {
		t.Errorf("counted %d and %d (%d end-to-end)", moi.Counted, moc.Counted, moc.EndToEnd)
	}
	if moi.LikeForLike.Known() || moc.LikeForLike.Known() { // of a it had the web in one month and mobile in the other
		t.Errorf("like for like %v and %v, want none", moi.LikeForLike, moc.LikeForLike)
	}
	if len(moi.Trend) != 12 || moi.Trend[11].Total != moi.Completed || moi.Trend[0].Total.Known() {
		t.Errorf("the trend is %+v", moi.Trend)
	}
}

// In a month that still runs the figures are those of the last one that ended.
func TestUseOfTheLastEndedMonth(t *testing.T) {
	if got := shared(t).Figures("2016-03-30").Usage.Month; got != civiltest.Month("2016-02") {
		t.Errorf("on 30 March use is that of %v", got)
	}
	if u := reckontest.New(t).Figures("2016-03-30").Usage; len(u.Total.Points) != 0 || len(u.ByChannel) != 0 || len(u.Top) != 0 {
		t.Errorf("without use the figures have %+v", u)
	}
}

// A series goes on for ten years of days at most, and by itself begins twelve periods before its end.
func TestHowLongASeriesIs(t *testing.T) {
	k := reckontest.New(t).Knowledge()
	for name, test := range map[string]struct {
		query       figures.UsageQuery
		points      int
		first, last string
	}{
		"the last twelve months":      {figures.UsageQuery{}, 12, "2015-04", "2016-03"},
		"the last twelve quarters":    {figures.UsageQuery{Grain: civil.GrainQuarter}, 12, "2013-Q2", "2016-Q1"},
		"twelve days to a day":        {figures.UsageQuery{Grain: civil.GrainDay, To: civiltest.Day("2016-03-01")}, 12, "2016-02-19", "2016-03-01"},
		"one month, asked by its day": {figures.UsageQuery{From: civiltest.Day("2016-02-10"), To: civiltest.Day("2016-02-10")}, 1, "2016-02", "2016-02"},
		"to the first day of a month": {figures.UsageQuery{From: civiltest.Day("2016-01-31"), To: civiltest.Day("2016-03-01")}, 3, "2016-01", "2016-03"},
		"intervals are no grain":      {figures.UsageQuery{Grain: civil.GrainInterval, From: civiltest.Day("2016-01-01")}, 3, "2016-01", "2016-03"},
		"years":                       {figures.UsageQuery{Grain: civil.GrainYear, From: civiltest.Day("2015-12-31")}, 2, "2015", "2016"},
		"no more days than it bears":  {figures.UsageQuery{Grain: civil.GrainDay, From: civiltest.Day("2000-01-01")}, 3660, "2000-01-01", "2010-01-07"},
	} {
		series := k.Usage(civiltest.Day("2016-03-31"), test.query)
		points := series[0].Points
		if n := len(
			points,
		); n != test.points || points[0].Period != civiltest.Period(test.first) ||
			points[n-1].Period != civiltest.Period(test.last) {
			t.Errorf("%s: %d points from %v to %v", name, n, points[0].Period, points[n-1].Period)
		}
	}
}

// By level there is a line for each level at which a service with use is, from none to the highest, in order.
func TestUsageOfEveryLevel(t *testing.T) {
	w := reckontest.New(t)
	for level, code := range []string{"none", "one", "two", "three", "four"} {
		w.Live(code, "2015-01-01", programme.Level(level))
		w.Uses("moi", code, "2016-03", programme.ChannelWeb, int64(10+level))
	}
	query := figures.UsageQuery{By: figures.ByLevelOf, From: civiltest.Day("2016-03-01")}
	series := w.Knowledge().Usage(civiltest.Day("2016-03-31"), query)
	if len(series) != 5 {
		t.Fatalf("%d lines", len(series))
	}
	for level, line := range series {
		if want := int64(10 + level); line.Key != strconv.Itoa(level) || !slices.Equal(values(line), []int64{want}) {
			t.Errorf("%q is %v, want %d of level %d", line.Key, values(line), want, level)
		}
	}
}
