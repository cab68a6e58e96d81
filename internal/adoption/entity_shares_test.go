package adoption_test

import (
	"slices"
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// An entity grows by what it reported itself in both months, services that succeed one another together.
func TestGrowthOfAnEntity(t *testing.T) {
	const web, mobile = programme.ChannelWeb, programme.ChannelMobile
	for name, test := range map[string]struct {
		say  func(w *reckontest.World)
		want programme.Ratio
	}{
		"nothing": {func(*reckontest.World) {}, programme.RatioOf(0, 0)},
		"two services": {func(w *reckontest.World) {
			w.Uses("moc", "a", "2016-02", web, 10)
			w.Uses("moc", "a", "2016-03", web, 15)
			w.Uses("moc", "b", "2016-02", web, 30)
			w.Uses("moc", "b", "2016-03", web, 25)
		}, programme.RatioOf(0, 40)},
		"two channels of one": {func(w *reckontest.World) {
			w.Uses("moc", "a", "2016-02", web, 10)
			w.Uses("moc", "a", "2016-02", mobile, 10)
			w.Uses("moc", "a", "2016-03", web, 25)
		}, programme.RatioOf(15, 10)}, // the web alone is in both
		"only what it reported itself": {func(w *reckontest.World) {
			w.Uses("moc", "a", "2016-02", web, 10)
			w.Uses("moi", "a", "2016-02", web, 90)
			w.Uses("moc", "a", "2016-03", web, 12)
			w.Uses("moi", "a", "2016-03", web, 900)
		}, programme.RatioOf(2, 10)},
		"not a service that is new": {func(w *reckontest.World) {
			w.Uses("moc", "a", "2016-02", web, 10)
			w.Uses("moc", "a", "2016-03", web, 12)
			w.Uses("moc", "b", "2016-03", web, 500)
		}, programme.RatioOf(2, 10)},
		"not a service that fell silent": {func(w *reckontest.World) {
			w.Uses("moc", "a", "2016-02", web, 10)
			w.Uses("moc", "a", "2016-03", web, 12)
			w.Uses("moc", "b", "2016-02", web, 500)
		}, programme.RatioOf(2, 10)},
		"an heir and what it succeeds, as one": {func(w *reckontest.World) {
			w.Heir(programme.Service{Code: "heir", Entity: "moc", Succeeds: []string{"a", "b"}}, "2016-01-01", programme.LevelInformative)
			w.Uses("moc", "a", "2016-02", web, 10)
			w.Uses("moc", "b", "2016-02", web, 20)
			w.Uses("moc", "heir", "2016-03", web, 40)
			w.Uses("moc", "a", "2016-03", web, 5)
		}, programme.RatioOf(15, 30)},
		"from nothing": {func(w *reckontest.World) {
			w.States("a", "2016-02", web, programme.Reported, 0).Entity = "moc"
			w.Uses("moc", "a", "2016-03", web, 5)
		}, programme.RatioOf(5, 0)},
	} {
		w := reckontest.New(t)
		w.Entity("moc")
		w.Live("a", "2015-01-01", programme.LevelInformative)
		w.Live("b", "2015-01-01", programme.LevelInformative)
		test.say(w)
		if got := reckontest.EntityOf(t, w.Figures("2016-03-31"), "moc").LikeForLike; got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

// What is missing of a service that has left the catalogue is of the entity of its oldest entry.
func TestWhatIsMissingOfARemovedServiceIsOfItsOwner(t *testing.T) {
	w := reckontest.New(t)
	w.Entity("moi")
	w.Service(programme.Service{Code: "a"})
	w.ServiceFrom(civiltest.Day("2016-01-01"), programme.Service{Code: "a", Removed: true})
	w.States("a", "2016-03", programme.ChannelWeb, programme.NotProvided, 0)
	f := w.Figures("2016-03-31")
	want := programme.Parts{Expected: 1}
	if got := reckontest.EntityOf(t, f, "moi").Completed.Parts; got != want || f.Usage.Completed.Parts != want {
		t.Errorf("the entity has %+v, the programme %+v, want %+v", got, f.Usage.Completed.Parts, want)
	}
}

// A trend is twelve months, the last ended one last; what was reported is of the reporter, what is missing of the owner.
func TestTrends(t *testing.T) {
	w := reckontest.New(t)
	w.Entity("moi")
	w.Entity("moc")
	w.Live("a", "2015-01-01", programme.LevelInformative)
	w.Uses("moc", "a", "2015-04", programme.ChannelWeb, 4)
	w.Uses("moi", "a", "2015-05", programme.ChannelWeb, 5)
	w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 7)
	w.Uses("moc", "a", "2016-03", programme.ChannelWeb, 8)
	w.Uses("moc", "a", "2015-03", programme.ChannelWeb, 99) // a month too early
	f := w.Figures("2016-03-31")
	const none = -1
	for name, test := range map[string]struct {
		trend    []figures.UsagePoint
		want     []int64
		expected int
	}{
		"the service":      {reckontest.ServiceOf(t, f, "a").Trend, []int64{4, 5, none, none, none, none, none, none, none, none, none, 15}, 12},
		"its owner":        {reckontest.EntityOf(t, f, "moi").Trend, []int64{none, 5, none, none, none, none, none, none, none, none, none, 7}, 11},
		"another reporter": {reckontest.EntityOf(t, f, "moc").Trend, []int64{4, none, none, none, none, none, none, none, none, none, none, 8}, 2},
	} {
		expected := 0
		for _, point := range test.trend {
			expected += point.Total.Parts.Expected
		}
		if got := values(figures.UsageSeries{Points: test.trend}); !slices.Equal(got, test.want) || expected != test.expected {
			t.Errorf("%s: %v with %d expected, want %v with %d", name, got, expected, test.want, test.expected)
		}
	}
}
