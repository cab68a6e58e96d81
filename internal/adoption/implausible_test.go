package adoption_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mirsad/internal/adoption"
	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// says adds a statement of any measure of the service a on the web.
func says(w *reckontest.World, measure programme.Measure, inPeriod string, value int64) {
	w.States("a", inPeriod, programme.ChannelWeb, programme.Reported, value).Measure = measure
}

// monthly states completions of the service a on the web, month after month.
func monthly(w *reckontest.World, first string, values ...int64) {
	for m := civiltest.Month(first); len(values) > 0; m, values = m+1, values[1:] {
		says(w, programme.MeasureCompleted, m.String(), values[0])
	}
}

// implausible lists what is found on a day, but for what TestStatementsThatDiffer and its like look at.
func implausible(w *reckontest.World, on string) []string {
	w.T.Helper()
	lines := []string{}
	for _, f := range w.Knowledge().Findings(civiltest.Day(on), nil) {
		if f.Kind == programme.FindingLevelWithoutUse || f.Kind == programme.FindingStatementDiffers {
			continue
		}
		line := fmt.Sprintf("%s %s %s %s %s %d", f.Wording(), f.Entity, f.Service, f.Period, f.Channel, f.Value.Value)
		if f.Against.Known() {
			line += fmt.Sprintf("/%d", f.Against.Value)
		}
		words := append(strings.Fields(line), string(f.AgainstMeasure), strconv.Itoa(f.Periods), fmt.Sprint(f.Days))
		words = slices.DeleteFunc(words, func(word string) bool { return word == "" || word == "0" || word == "[]" })
		lines = append(lines, strings.Join(words, " "))
	}
	return lines
}

func TestWhatIsImplausible(t *testing.T) {
	const completed, started = programme.MeasureCompleted, programme.MeasureStarted
	for name, test := range map[string]struct {
		say  func(w *reckontest.World)
		want []string
	}{
		"more completed than started": {func(w *reckontest.World) {
			says(w, started, "2016-05", 10)
			says(w, completed, "2016-05", 50)
		}, []string{"stage_above_earlier moi a 2016-05 web 50/10 started"}},
		"as many completed as started": {func(w *reckontest.World) {
			says(w, started, "2016-05", 50)
			says(w, completed, "2016-05", 50)
		}, nil},
		"more submitted than started, and completed than submitted, in a quarter": {func(w *reckontest.World) {
			says(w, started, "2016-Q2", 60)
			says(w, programme.MeasureSubmitted, "2016-Q2", 61)
			says(w, programme.MeasureSubmitted, "2016-Q1", 40)
			says(w, completed, "2016-Q1", 41)
		}, []string{
			"stage_above_earlier moi a 2016-Q1 web 41/40 submitted", "stage_above_earlier moi a 2016-Q2 web 61/60 started",
		}},
		"completed in one month and started in another": {func(w *reckontest.World) {
			says(w, started, "2016-05", 10)
			says(w, completed, "2016-06", 50)
		}, nil},
		"completions alone have no starts that are 0": {func(w *reckontest.World) {
			w.Uses("moi", "a", "2016-05", programme.ChannelWeb, 50)
			w.Uses("moi", "a", "2016-06", programme.ChannelWeb, 50)
			w.Use.Months[1].Stage = programme.StageStart
		}, nil},
		"events that are carried over from one month to the next": {func(w *reckontest.World) {
			for m, uses := range map[string]int64{"2016-05": 110, "2016-06": 111, "2016-07": 1040} {
				w.Uses("moi", "a", m, programme.ChannelWeb, uses)
				w.Uses("moi", "a", m, programme.ChannelWeb, map[string]int64{"2016-05": 100, "2016-06": 100, "2016-07": 1000}[m])
				w.Use.Months[len(w.Use.Months)-1].Stage = programme.StageStart
			}
			w.Uses("moi", "a", "2016-04", programme.ChannelWeb, 1000) // nothing is far from usual
		}, []string{"stage_above_earlier moi a 2016-06 web 111/100 started"}},
		"starts that were not provided": {func(w *reckontest.World) {
			w.States("a", "2016-05", programme.ChannelWeb, programme.NotProvided, 0).Measure = started
			says(w, completed, "2016-05", 50)
		}, nil},
		"a mean rating of ten": {func(w *reckontest.World) {
			says(w, programme.MeasureRatingCount, "2016-05", 10)
			says(w, programme.MeasureRatingSum, "2016-05", 100)
		}, []string{"rating_out_of_range moi a 2016-05 web 100/10 rating_count"}},
		"a mean rating under one": {func(w *reckontest.World) {
			says(w, programme.MeasureRatingCount, "2016-05", 10)
			says(w, programme.MeasureRatingSum, "2016-05", 9)
		}, []string{"rating_out_of_range moi a 2016-05 web 9/10 rating_count"}},
		"mean ratings of one and five": {func(w *reckontest.World) {
			says(w, programme.MeasureRatingCount, "2016-05", 10)
			says(w, programme.MeasureRatingSum, "2016-05", 50)
			says(w, programme.MeasureRatingCount, "2016-06", 10)
			says(w, programme.MeasureRatingSum, "2016-06", 10)
			says(w, programme.MeasureRatingCount, "2016-07", 0)
			says(w, programme.MeasureRatingSum, "2016-07", 0)
		}, nil},
		"sums that nobody ever counted": {func(w *reckontest.World) {
			says(w, programme.MeasureRatingSum, "2016-05", 100)
		}, nil},
		"a sum whose count nobody gave": {func(w *reckontest.World) {
			says(w, programme.MeasureRatingSum, "2016-05", 100)
			says(w, programme.MeasureRatingCount, "2016-06", 10)
			says(w, programme.MeasureRatingSum, "2016-06", 30)
		}, nil},
		"a sum of no ratings": {func(w *reckontest.World) {
			says(w, programme.MeasureRatingCount, "2016-05", 0)
			says(w, programme.MeasureRatingSum, "2016-05", 4)
		}, []string{"rating_out_of_range.no_ratings moi a 2016-05 web 4/0 rating_count"}},
		"a channel that the service does not have, months in a row": {func(w *reckontest.World) {
			w.States("a", "2016-05", programme.ChannelKiosk, programme.Reported, 9)
			w.States("a", "2016-06", programme.ChannelKiosk, programme.Reported, 4)
			w.States("a", "2016-08", programme.ChannelKiosk, programme.Reported, 5)
			w.States("a", "2016-05", programme.ChannelKiosk, programme.Reported, 12).Measure = started
			w.States("a", "2016-05", programme.ChannelCounter, programme.Reported, 7)
			w.States("a", "2016-05", programme.ChannelMobile, programme.Reported, 0)
		}, []string{
			"channel_not_listed moi a 2016-05-01/2016-06-30 kiosk 13", "channel_not_listed moi a 2016-08 kiosk 5",
		}},
		"a channel before it was added": {func(w *reckontest.World) {
			w.Rollout("a", programme.ActionAddChannel, "2016-06-10", 0, programme.ChannelMobile)
			w.States("a", "2016-05", programme.ChannelMobile, programme.Reported, 9)
			w.States("a", "2016-06", programme.ChannelMobile, programme.Reported, 9)
		}, []string{"channel_not_listed moi a 2016-05 mobile 9"}},
		"before the launch, however long ago": {func(w *reckontest.World) {
			w.States("a", "2009-05", programme.ChannelWeb, programme.Reported, 9)
			w.States("a", "2014-12", programme.ChannelKiosk, programme.Reported, 9)
			w.States("a", "2014-11", programme.ChannelWeb, programme.Reported, 0)
			w.States("a", "2015", programme.ChannelWeb, programme.Reported, 9)
		}, []string{
			"use_before_launch moi a 2009-05 web 9 [2015-01-01]", "use_before_launch moi a 2014-12 kiosk 9 [2015-01-01]",
		}},
		"after its retirement, and in a second life": {func(w *reckontest.World) {
			w.Rollout("a", programme.ActionRetire, "2016-02-10", 0)
			w.Rollout("a", programme.ActionLaunch, "2016-05-20", programme.LevelInformative, programme.ChannelWeb)
			monthly(w, "2016-01", 9, 8, 7, 6, 5)
		}, []string{"use_after_retirement moi a 2016-03-01/2016-04-30 web 13 [2016-02-10]"}},
		"a thousand times the month before": {func(w *reckontest.World) {
			monthly(w, "2016-04", 1000, 1_000_000)
		}, []string{"far_from_usual moi a 2016-05 web 1000000/1000 1"}},
		"ten times is not over ten times": {func(w *reckontest.World) { monthly(w, "2016-04", 1000, 10_000) }, nil},
		"one more is":                     {func(w *reckontest.World) { monthly(w, "2016-04", 1000, 10_001) }, []string{"far_from_usual moi a 2016-05 web 10001/1000 1"}},
		"a tenth is not under a tenth":    {func(w *reckontest.World) { monthly(w, "2016-04", 1000, 100) }, nil},
		"one less is":                     {func(w *reckontest.World) { monthly(w, "2016-04", 1000, 99) }, []string{"far_from_usual moi a 2016-05 web 99/1000 1"}},
		"a zero where there was use":      {func(w *reckontest.World) { monthly(w, "2016-04", 100, 0) }, []string{"far_from_usual moi a 2016-05 web 0/100 1"}},
		"from a hundred uses":             {func(w *reckontest.World) { monthly(w, "2016-04", 9, 99) }, nil},
		"a hundred":                       {func(w *reckontest.World) { monthly(w, "2016-04", 9, 100) }, []string{"far_from_usual moi a 2016-05 web 100/9 1"}},
		"the median of the last six": {func(w *reckontest.World) {
			monthly(w, "2015-10", 1, 2, 200, 205, 210, 215, 220, 225, 2126)
		}, []string{"far_from_usual moi a 2015-12 web 200/2 2", "far_from_usual moi a 2016-01 web 205/2 3", "far_from_usual moi a 2016-06 web 2126/213 6"}},
		"of a median between two": {func(w *reckontest.World) {
			monthly(w, "2015-10", 200, 205, 210, 215, 220, 225, 2125)
		}, nil},
		"after the month in which the channel was opened": {func(w *reckontest.World) {
			w.Rollout("a", programme.ActionAddChannel, "2016-03-28", 0, programme.ChannelMobile)
			w.States("a", "2016-03", programme.ChannelMobile, programme.Reported, 9)
			w.States("a", "2016-04", programme.ChannelMobile, programme.Reported, 900)
			w.States("a", "2016-05", programme.ChannelMobile, programme.Reported, 9_001)
		}, []string{"far_from_usual moi a 2016-05 mobile 9001/900 1"}},
		"a line that was not reported for a year": {func(w *reckontest.World) {
			monthly(w, "2015-04", 1000)
			monthly(w, "2016-05", 1)
		}, nil},
		"quarters against quarters": {func(w *reckontest.World) {
			says(w, completed, "2015-Q4", 100)
			says(w, completed, "2016-Q1", 110)
			says(w, completed, "2016-Q2", 5000)
		}, []string{"far_from_usual moi a 2016-Q2 web 5000/105 2"}},
		"a month that has not ended": {func(w *reckontest.World) {
			monthly(w, "2016-09", 1000, 100_000)
		}, nil},
		"the same three months in a row": {func(w *reckontest.World) {
			monthly(w, "2016-03", 120, 777, 777, 777, 120)
		}, []string{"repeated_value moi a 2016-Q2 web 777 3"}},
		"the same twice, and small numbers": {func(w *reckontest.World) {
			monthly(w, "2015-12", 99, 99, 99, 99, 100, 100, 101, 101)
		}, nil},
		"the same by events": {func(w *reckontest.World) {
			for _, m := range []string{"2016-03", "2016-04", "2016-05", "2016-06"} {
				w.Uses("moi", "a", m, programme.ChannelWeb, 777)
			}
		}, nil},
		"a quarter that is not its months": {func(w *reckontest.World) {
			monthly(w, "2016-04", 10, 20, 30)
			says(w, completed, "2016-Q2", 100)
		}, []string{"whole_differs moi a 2016-Q2 web 100/60"}},
		"a quarter that is": {func(w *reckontest.World) {
			monthly(w, "2016-04", 10, 20, 30)
			says(w, completed, "2016-Q2", 60)
		}, nil},
		"a year that is not its quarters": {func(w *reckontest.World) {
			for _, q := range []string{"2015-Q1", "2015-Q2", "2015-Q3", "2015-Q4"} {
				says(w, completed, q, 25)
			}
			says(w, completed, "2015", 99)
		}, []string{"whole_differs moi a 2015 web 99/100"}},
		"a year that is not its months": {func(w *reckontest.World) {
			monthly(w, "2015-01", 10, 11, 10, 11, 10, 11, 10, 11, 10, 11, 10, 11)
			says(w, completed, "2015", 125)
		}, []string{"whole_differs moi a 2015 web 125/126"}},
		"a year that is not its months, of which some are events": {func(w *reckontest.World) {
			monthly(w, "2015-01", 10, 11, 10, 11, 10, 11, 10, 11, 10, 11, 10)
			w.Uses("moi", "a", "2015-12", programme.ChannelWeb, 11)
			says(w, completed, "2015", 119)
		}, []string{"whole_differs moi a 2015 web 119/126"}},
		"days that are more than their year": {func(w *reckontest.World) {
			says(w, completed, "2015", 10)
			says(w, completed, "2015-04-02", 6)
			says(w, completed, "2015-08-03", 5)
		}, []string{"whole_differs.incomplete moi a 2015 web 10/11"}},
		"months that are more than the quarter already": {func(w *reckontest.World) {
			monthly(w, "2016-04", 60, 50)
			says(w, completed, "2016-Q2", 100)
		}, []string{"whole_differs.incomplete moi a 2016-Q2 web 100/110"}},
		"months that leave room for the third": {func(w *reckontest.World) {
			monthly(w, "2016-04", 60, 40)
			says(w, completed, "2016-Q2", 100)
		}, nil},
		"a month that does not apply adds nothing": {func(w *reckontest.World) {
			monthly(w, "2016-04", 60, 30)
			w.States("a", "2016-06", programme.ChannelWeb, programme.NotApplicable, 0)
			says(w, completed, "2016-Q2", 100)
		}, []string{"whole_differs moi a 2016-Q2 web 100/90"}},
		"an interval of months": {func(w *reckontest.World) {
			monthly(w, "2016-04", 60, 30)
			says(w, completed, "2016-04-01/2016-05-31", 91)
		}, []string{"whole_differs moi a 2016-04-01/2016-05-31 web 91/90"}},
		"days that are more than their month": {func(w *reckontest.World) {
			says(w, completed, "2016-04", 10)
			says(w, completed, "2016-04-02", 6)
			says(w, completed, "2016-04-03", 5)
		}, []string{"whole_differs.incomplete moi a 2016-04 web 10/11"}},
		"a channel that was closed for months": {func(w *reckontest.World) {
			w.Rollout("a", programme.ActionAddChannel, "2015-10-01", 0, programme.ChannelMobile)
			w.Rollout("a", programme.ActionRemoveChannel, "2016-02-01", 0, programme.ChannelMobile)
			w.Rollout("a", programme.ActionAddChannel, "2016-08-01", 0, programme.ChannelMobile)
			for m := civiltest.Month("2015-11"); m <= civiltest.Month("2016-08"); m++ {
				w.Uses("moi", "a", m.String(), programme.ChannelWeb, 500)
			}
			for _, m := range []string{"2015-11", "2015-12", "2016-01", "2016-08"} {
				w.Uses("moi", "a", m, programme.ChannelMobile, 300)
			}
		}, nil},
		"a channel that opened with a part of a bundle": {func(w *reckontest.World) {
			w.Service(programme.Service{Code: "part", PartOf: "bundle", Channels: []programme.Channel{programme.ChannelWeb}})
			w.Service(programme.Service{Code: "bundle"})
			w.Rollout("part", programme.ActionLaunch, "2016-02-20", 0)
			for m, uses := range map[string]int64{"2016-02": 9, "2016-03": 300, "2016-04": 300} {
				w.States("bundle", m, programme.ChannelWeb, programme.Reported, uses)
			}
		}, nil},
		"a launch that is still to come": {func(w *reckontest.World) {
			w.Service(programme.Service{Code: "coming"})
			w.Rollout("coming", programme.ActionAddChannel, "2016-01-01", 0, programme.ChannelWeb)
			w.Rollout("coming", programme.ActionLaunch, "2016-12-01", 0)
			w.States("coming", "2016-04", programme.ChannelWeb, programme.Reported, 50)
		}, nil},
		"events within five percent": {func(w *reckontest.World) {
			monthly(w, "2016-04", 30, 30)
			w.Uses("moi", "a", "2016-06", programme.ChannelWeb, 45)
			says(w, completed, "2016-Q2", 100)
		}, nil},
		"events further away": {func(w *reckontest.World) {
			monthly(w, "2016-04", 30, 30)
			w.Uses("moi", "a", "2016-06", programme.ChannelWeb, 46)
			says(w, completed, "2016-Q2", 100)
		}, []string{"whole_differs moi a 2016-Q2 web 100/106"}},
		"a bundle beside its parts": {func(w *reckontest.World) {
			w.Service(programme.Service{Code: "part", PartOf: "a"})
			monthly(w, "2016-04", 60, 30, 20)
			w.States("part", "2016-04", programme.ChannelWeb, programme.Reported, 50)
			w.States("part", "2016-05", programme.ChannelWeb, programme.Reported, 20)
			w.States("part", "2016-06", programme.ChannelCounter, programme.Reported, 20)
		}, []string{"bundle_beside_parts moi a 2016-04-01/2016-05-31 web 90/70"}},
		"a bundle beside what is a part no more": {func(w *reckontest.World) {
			w.Service(programme.Service{Code: "part", PartOf: "a"})
			w.ServiceFrom(civiltest.Day("2016-05-01"), programme.Service{Code: "part"})
			monthly(w, "2016-04", 60, 30)
			w.States("part", "2016-04", programme.ChannelWeb, programme.Reported, 50)
			w.States("part", "2016-05", programme.ChannelWeb, programme.Reported, 20)
		}, []string{"bundle_beside_parts moi a 2016-04 web 60/50"}},
		"a bundle of parts that were never launched is known by its use alone": {func(w *reckontest.World) {
			w.Service(programme.Service{Code: "bundle"})
			w.Service(programme.Service{Code: "part", PartOf: "bundle"})
			w.Rollout("part", programme.ActionAddChannel, "2015-01-01", 0, programme.ChannelWeb)
			w.States("bundle", "2016-04", programme.ChannelKiosk, programme.Reported, 50)
		}, []string{"channel_not_listed moi bundle 2016-04 kiosk 50"}},
		"what is known by its use alone": {func(w *reckontest.World) {
			w.States("alone", "2016-04", programme.ChannelKiosk, programme.Reported, 50)
		}, nil},
	} {
		w := reckontest.New(t)
		w.Live("a", "2015-01-01", programme.LevelInformative)
		test.say(w)
		if got := implausible(w, "2016-09-30"); !slices.Equal(got, append([]string{}, test.want...)) {
			t.Errorf("%s:\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(test.want, "\n"))
		}
	}
}

// A gap is found with its days, and each month that it, the beginning or the end of the events touches.
func TestGapsAndPartialMonthsAreFound(t *testing.T) {
	w := reckontest.New(t)
	w.Live("a", "2015-01-01", programme.LevelInformative)
	w.Feed("moi", "a", "2016-06-04/2016-09-10", programme.ChannelWeb, 10, "2016-07-29/2016-08-04")
	for on, want := range map[string][]string{
		"2016-07-31": {"partial_month moi 2016-06 27/30 [2016-06-01 2016-06-02 2016-06-03]"},
		"2016-08-02": {
			"gap.open moi 2016-07-29/2016-08-02 5",
			"partial_month moi 2016-06 27/30 [2016-06-01 2016-06-02 2016-06-03]",
			"partial_month moi 2016-07 28/31 [2016-07-29 2016-07-30 2016-07-31]",
		},
		"2016-09-30": {
			"gap moi 2016-07-29/2016-08-04 7", "gap.open moi 2016-09-11/2016-09-30 20",
			"partial_month moi 2016-06 27/30 [2016-06-01 2016-06-02 2016-06-03]",
			"partial_month moi 2016-07 28/31 [2016-07-29 2016-07-30 2016-07-31]",
			"partial_month moi 2016-08 27/31 [2016-08-01 2016-08-02 2016-08-03 2016-08-04]",
		},
	} {
		got := implausible(w, on)
		if on == "2016-09-30" && len(got) == len(want)+1 {
			got = got[:len(want)] // the 20 days of September are too many to write here
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n%s\nwant\n%s", on, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	for _, m := range []string{"2016-06", "2016-07", "2016-08", "2016-09"} { // totals that are stated lack no days
		w.States("a", m, programme.ChannelWeb, programme.Reported, 300+int64(len(w.Use.Statements)))
	}
	want := []string{"gap moi 2016-07-29/2016-08-04 7", "gap.open moi 2016-09-11/2016-09-30 20"}
	if got := implausible(w, "2016-09-30"); !slices.Equal(got, want) {
		t.Errorf("with totals: %q", got)
	}
	if got := implausible(w, "2019-12-31"); slices.ContainsFunc(got, func(line string) bool { return strings.HasPrefix(line, "gap") }) {
		t.Errorf("years after the last event: %q", got)
	}
}

// What a total would be found for is known before it is stated, and nothing else is said.
func TestDoubtsAboutTotals(t *testing.T) {
	total := func(measure programme.Measure, channel programme.Channel, inMonth string, value int64) programme.Statement {
		return programme.Statement{
			Entity: "moi", Service: "a", Channel: channel, Measure: measure,
			Period: civiltest.Month(inMonth).Period(), State: programme.Reported, Value: value,
		}
	}
	const completed, web = programme.MeasureCompleted, programme.ChannelWeb
	for name, test := range map[string]struct {
		totals []programme.Statement
		want   []string
	}{
		"a number like the others":         {[]programme.Statement{total(completed, web, "2016-09", 130)}, nil},
		"a thousand times the usual":       {[]programme.Statement{total(completed, web, "2016-09", 125_000)}, []string{"far_from_usual 2016-09 125000"}},
		"in a month that still runs":       {[]programme.Statement{total(completed, web, "2016-10", 125_000)}, []string{"far_from_usual 2016-10 125000"}},
		"the same again":                   {[]programme.Statement{total(completed, web, "2016-09", 129)}, []string{"repeated_value 2016-Q3 129"}},
		"more than was started":            {[]programme.Statement{total(completed, web, "2016-05", 301)}, []string{"stage_above_earlier 2016-05 301"}},
		"both at once":                     {[]programme.Statement{total(completed, web, "2016-05", 301), total(programme.MeasureStarted, web, "2016-05", 301)}, nil},
		"starts under the completions":     {[]programme.Statement{total(programme.MeasureStarted, web, "2016-05", 3)}, []string{"stage_above_earlier 2016-05 125"}},
		"a channel that it has not":        {[]programme.Statement{total(completed, programme.ChannelKiosk, "2016-09", 7)}, []string{"channel_not_listed 2016-09 7"}},
		"before the launch":                {[]programme.Statement{total(completed, web, "2006-09", 7)}, []string{"use_before_launch 2006-09 7"}},
		"a line of which nothing is known": {[]programme.Statement{total(completed, programme.ChannelCounter, "2016-09", 70_000)}, nil},
		"a service that there is not":      {[]programme.Statement{{Service: "none", Channel: web, Measure: completed, Period: civiltest.Month("2016-09").Period(), State: programme.Reported, Value: 7}}, nil},
	} {
		w := reckontest.New(t)
		w.Live("a", "2015-01-01", programme.LevelInformative)
		monthly(w, "2016-04", 120, 125, 120, 129, 129)
		says(w, programme.MeasureStarted, "2016-05", 300)
		w.States("a", "2016-03", programme.ChannelPost, programme.Reported, 5) // a finding that is there already
		got := []string{}
		for _, f := range w.Knowledge().Doubts(civiltest.Day("2016-09-30"), test.totals) {
			got = append(got, fmt.Sprintf("%s %s %d", f.Kind, f.Period, f.Value.Value))
		}
		if !slices.Equal(got, append([]string{}, test.want...)) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// Two sources that send alike, day by day, are found; two that share the work are not.
func TestTheSameUseUnderTwoSources(t *testing.T) {
	sum := func(source string, stage programme.Stage, uses ...int64) programme.SourceSum {
		s := programme.SourceSum{
			Entity: "moi", Service: "a", Channel: programme.ChannelWeb, Stage: stage, Month: civiltest.Month("2016-09"), Source: source,
		}
		for i, each := range uses {
			s.Days, s.Uses = append(s.Days, civiltest.Day("2016-09-01")+civil.Date(i)), append(s.Uses, each)
		}
		return s
	}
	const complete, start = programme.StageComplete, programme.StageStart
	for name, test := range map[string]struct {
		sums []programme.SourceSum
		want []string
	}{
		"the same":                  {[]programme.SourceSum{sum("/a", complete, 50, 50), sum("/b", complete, 50, 50)}, []string{"completed 100/100 [/a /b]"}},
		"5 % apart":                 {[]programme.SourceSum{sum("/a", complete, 50, 50), sum("/b", complete, 50, 45)}, []string{"completed 100/95 [/a /b]"}},
		"further apart":             {[]programme.SourceSum{sum("/a", complete, 50, 50), sum("/b", complete, 50, 44)}, nil},
		"other days, as much":       {[]programme.SourceSum{sum("/a", complete, 40, 60), sum("/b", complete, 60, 40)}, []string{"completed 100/100 [/a /b]"}},
		"other days, a little less": {[]programme.SourceSum{sum("/a", complete, 40, 59), sum("/b", complete, 60, 39)}, nil},
		"too few":                   {[]programme.SourceSum{sum("/a", complete, 9), sum("/b", complete, 9)}, nil},
		"ten":                       {[]programme.SourceSum{sum("/a", complete, 10), sum("/b", complete, 10)}, []string{"completed 10/10 [/a /b]"}},
		"two of three":              {[]programme.SourceSum{sum("/a", complete, 50), sum("/b", complete, 90), sum("/c", complete, 50)}, []string{"completed 50/50 [/a /c]"}},
		"of several stages the last": {
			[]programme.SourceSum{sum("/a", complete, 50), sum("/b", complete, 50), sum("/a", start, 60), sum("/b", start, 60)},
			[]string{"completed 50/50 [/a /b]"},
		},
		"another stage alone":     {[]programme.SourceSum{sum("/a", complete, 50), sum("/b", start, 50)}, nil},
		"what adds to no measure": {[]programme.SourceSum{sum("/a", programme.StageAbandon, 50), sum("/b", programme.StageAbandon, 50)}, nil},
	} {
		got := []string{}
		for _, f := range adoption.SameUse(test.sums) {
			got = append(got, fmt.Sprintf("%s %d/%d %v", f.Measure, f.Value.Value, f.Against.Value, f.Sources))
		}
		if !slices.Equal(got, append([]string{}, test.want...)) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// Findings are sought over 1,500 services with 36 months of web and counter.
func BenchmarkFindings(b *testing.B) {
	w := reckontest.New(b)
	for i := range 1500 {
		code := fmt.Sprintf("s%04d", i)
		w.Live(code, "2012-01-01", programme.LevelInformative)
		for m := civiltest.Month("2013-10"); m <= civiltest.Month("2016-09"); m++ {
			value := int64(1000 + i%97 + int(m)%13*7)
			w.Uses("moi", code, m.String(), programme.ChannelWeb, value)
			w.States(code, m.String(), programme.ChannelCounter, programme.Reported, value)
		}
	}
	for day := civiltest.Day("2013-10-01"); day <= civiltest.Day("2016-09-30"); day++ {
		w.Use.Sent = append(w.Use.Sent, programme.SentDay{Entity: "moi", Day: day})
	}
	k, on := w.Knowledge(), civiltest.Day("2016-09-30")
	for b.Loop() {
		if found := k.Findings(on, nil); len(found) != 0 {
			b.Fatalf("%d findings, the first %+v", len(found), found[0])
		}
	}
}

// A month that was not over at the moment of the knowledge has not ended: that its feed stops is no gap of it yet.
func TestAMonthThatWasNotOverThenIsNotPartial(t *testing.T) {
	w := reckontest.New(t)
	w.Live("a", "2015-01-01", programme.LevelInformative)
	w.Feed("moi", "a", "2016-06-04/2016-08-20", programme.ChannelWeb, 3)
	var months []string
	for _, f := range w.AsAt("2016-08-20").Findings(civiltest.Day("2016-09-30"), nil) {
		if f.Kind == programme.FindingPartialMonth {
			months = append(months, f.Period.String())
		}
	}
	if !slices.Equal(months, []string{"2016-06"}) {
		t.Errorf("partial months: %v, want June alone", months)
	}
}
