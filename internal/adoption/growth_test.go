package adoption_test

import (
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

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
	if g := k.Growth(
		civiltest.Day("2016-07-10"),
		figures.GrowthQuery{Measure: programme.MeasureStarted},
	); g.Total.Value != 0 ||
		g.Naive.Known() {
		t.Errorf("started beside completed is %v, naive %v", g.Total, g.Naive)
	}
	if g := k.Growth(civiltest.Day("2016-07-10"), figures.GrowthQuery{Period: civiltest.Period("2016-08")}); g.Total.Known() {
		t.Errorf("a month to come has %v", g.Total)
	}
}

// Naive growth needs both totals, and one before that is not 0 (docs/rules.md#naive-growth).
func TestNaiveGrowthOfWhatIsMissing(t *testing.T) {
	const none = -1
	for name, test := range map[string]struct {
		before, now int64
		want        programme.Ratio
	}{
		"both":               {10, 15, programme.RatioOf(5, 10)},
		"the same":           {10, 10, programme.RatioOf(0, 10)},
		"down to nothing":    {10, 0, programme.RatioOf(-10, 10)},
		"up from nothing":    {0, 10, programme.RatioOf(10, 0)},
		"missing before":     {none, 10, programme.Ratio{State: programme.NotProvided}},
		"missing now":        {10, none, programme.Ratio{State: programme.NotProvided}},
		"missing altogether": {none, none, programme.Ratio{State: programme.NotProvided}},
	} {
		w := reckontest.New(t)
		w.Live("a", "2015-01-01", programme.LevelInformative)
		for m, uses := range map[string]int64{"2016-02": test.before, "2016-03": test.now} {
			if uses != none {
				w.States("a", m, programme.ChannelWeb, programme.Reported, uses)
			}
		}
		if got := w.GrowthOf("2016-03-31", "2016-03").Naive; got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

// A streak goes back as far as use does, beyond the months that the figures show, and in the grain of its period.
func TestHowFarAStreakGoes(t *testing.T) {
	w := reckontest.New(t)
	w.Live("a", "2010-01-01", programme.LevelInformative)
	for i := range 48 {
		w.Uses("moi", "a", (civiltest.Month("2012-01") + civil.Month(i)).String(), programme.ChannelWeb, int64(i+1))
	}
	if got := w.Figures("2015-12-31").Usage.Growth; got.Streak != 47 || got.StreakEnd != figures.StreakNoCommonService {
		t.Errorf("the figures have %d months, %s", got.Streak, got.StreakEnd)
	}
	if got := w.GrowthOf("2015-12-31", "2015-Q4"); got.Streak != 15 || got.StreakEnd != figures.StreakNoCommonService {
		t.Errorf("%d quarters, %s", got.Streak, got.StreakEnd)
	}
	w.Uses("moi", "a", "2011-12", programme.ChannelWeb, 0)
	if got := w.GrowthOf("2015-12-31", "2015-12"); got.Streak != 47 || got.StreakEnd != figures.StreakNoCommonService {
		t.Errorf("from a month of nothing there is no growth: %d, %s", got.Streak, got.StreakEnd)
	}
	w.Uses("moi", "a", "2011-12", programme.ChannelWeb, 1)
	if got := w.GrowthOf("2015-12-31", "2015-12"); got.Streak != 47 || got.StreakEnd != figures.StreakNotGrowing {
		t.Errorf("from a month of the same: %d, %s", got.Streak, got.StreakEnd)
	}
}

// A period that begins on the date has its use to date; one that begins the day after has none.
func TestGrowthOfAPeriodThatRuns(t *testing.T) {
	w := reckontest.New(t)
	w.Live("a", "2015-01-01", programme.LevelInformative)
	w.Uses("moi", "a", "2016-02", programme.ChannelWeb, 10)
	w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 1)
	w.Daily("a", "2016-03-01", 1)
	for on, want := range map[string]programme.Count{
		"2016-02-29": {State: programme.NotProvided}, "2016-03-01": programme.CountOf(1), "2016-03-31": programme.CountOf(1),
	} {
		if got := w.GrowthOf(on, "2016-03"); got.Total.Count != want || got.PreviousTotal.Count != programme.CountOf(10) {
			t.Errorf("on %s: %v after %v, want %v", on, got.Total.Count, got.PreviousTotal.Count, want)
		}
	}
}

// The month of Ramadan is compared with that of the year before too, when the two are not the same month of the year.
func TestGrowthAgainstTheSameLunarMonth(t *testing.T) {
	w := reckontest.New(t)
	w.Live("a", "2013-01-01", programme.LevelInformative)
	month := func(from, to string) programme.CalendarDay {
		return programme.CalendarDay{From: civiltest.Day(from), To: civiltest.Day(to), Name: "Ramadan", NameAr: "رمضان"}
	}
	w.Fact(programme.FamilyProgramme, programme.CalendarSubject(programme.CalendarRamadan), 0, 0, programme.Calendar{
		Name: programme.CalendarRamadan, Days: []programme.CalendarDay{
			month("2016-06-06", "2016-07-05"), month("2014-06-29", "2014-07-27"), month("2015-06-18", "2015-07-16"),
		},
	})
	for m, uses := range map[string]int64{"2014-07": 300, "2015-06": 500, "2015-07": 400, "2016-06": 440, "2016-07": 520} {
		w.States("a", m, programme.ChannelWeb, programme.Reported, uses)
	}
	june := w.GrowthOf("2016-09-30", "2016-06")
	if lunar := june.LastLunarYear; lunar == nil || lunar.Period != civiltest.Period("2015-07") || lunar.LikeForLike.Value != .1 ||
		lunar.Naive.Value != .1 || lunar.Total.Value != 400 || lunar.LinesInBoth != 1 {
		t.Errorf("June against %+v", lunar)
	}
	if june.LastYear.Period != civiltest.Period("2015-06") || june.LastYear.LikeForLike.Value != -.12 {
		t.Errorf("June against the same month of the year: %+v", june.LastYear)
	}
	for _, m := range []string{"2016-07", "2015-07", "2016-08"} { // not its month, the same month, no day of it
		if lunar := w.GrowthOf("2016-09-30", m).LastLunarYear; lunar != nil {
			t.Errorf("%s against %+v", m, lunar)
		}
	}
	if lunar := w.GrowthOf("2016-06-15", "2016-06").LastLunarYear; lunar != nil {
		t.Errorf("a month that still runs against %+v", lunar)
	}
	quarter := w.Knowledge().Growth(civiltest.Day("2016-09-30"), figures.GrowthQuery{Period: civiltest.Period("2016-Q2")})
	if quarter.LastLunarYear != nil {
		t.Errorf("a quarter against %+v", quarter.LastLunarYear)
	}
}
