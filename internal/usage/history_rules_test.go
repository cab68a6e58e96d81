package usage_test

import (
	"fmt"
	"slices"
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
	"mirsad/internal/usage"
)

// told is a history in words: each period with its number, who reported it and whether it was stated.
func told(x *usage.Index, list []usage.Known) []string {
	words := []string{}
	for _, known := range list {
		by := "nobody"
		if known.Entity != usage.NoEntity {
			by = x.Entities()[known.Entity]
		}
		text := fmt.Sprintf("%s none", known.Period)
		if known.Rank == usage.Reported {
			text = fmt.Sprintf("%s %d by %s", known.Period, known.Value, by)
		}
		if known.Stated {
			text += " stated"
		}
		words = append(words, text)
	}
	return words
}

// A line is known by its months in a row up to the last that has ended, and by the other periods that were stated.
func TestTheHistoryOfALine(t *testing.T) {
	const web = programme.ChannelWeb
	w := reckontest.New(t)
	w.States("a", "2016-Q1", web, programme.Reported, 30)
	w.States("a", "2016-01-01/2016-02-15", web, programme.Reported, 15)
	w.States("a", "2016-Q2", web, programme.Reported, 60)
	w.States("a", "2015", web, programme.Reported, 90)
	w.States("a", "2016-02", web, programme.Reported, 20)
	w.Uses("moi", "a", "2016-04", web, 4)
	w.Uses("moc", "a", "2016-04", web, 5)
	w.Uses("moc", "a", "2016-05", web, 6)
	w.States("a", "2016-06", programme.ChannelCounter, programme.Reported, 7)
	x := usage.NewIndex(w.Use)
	for name, test := range map[string]struct {
		last, on       string
		months, stated []string
	}{
		"at the end of May": {
			"2016-05", "2016-05-31",
			[]string{"2016-02 20 by moi stated", "2016-03 none", "2016-04 9 by moc", "2016-05 6 by moc"},
			[]string{"2015 90 by moi stated", "2016-01-01/2016-02-15 15 by moi stated", "2016-Q1 30 by moi stated"},
		},
		"on the day on which the quarter ends": {
			"2016-02", "2016-03-31",
			[]string{"2016-02 20 by moi stated"},
			[]string{"2015 90 by moi stated", "2016-01-01/2016-02-15 15 by moi stated", "2016-Q1 30 by moi stated"},
		},
		"the day before": {
			"2016-01", "2016-03-30", nil, []string{"2015 90 by moi stated", "2016-01-01/2016-02-15 15 by moi stated"},
		},
	} {
		histories := x.Histories(place(t, x, "a"), civiltest.Month(test.last), civiltest.Day(test.on))
		if len(histories) != 2 {
			t.Fatalf("%s: %d lines, want the web and the counter", name, len(histories))
		}
		at := slices.IndexFunc(histories, func(h usage.History) bool { return h.Line.Channel == web.Index() })
		months, stated := told(x, histories[at].Months), told(x, histories[at].Stated)
		if !slices.Equal(months, append([]string{}, test.months...)) || !slices.Equal(stated, append([]string{}, test.stated...)) {
			t.Errorf("%s: %q and %q, want %q and %q", name, months, stated, test.months, test.stated)
		}
	}
	if got := x.Histories(usage.NoService, civiltest.Month("2016-05"), civiltest.Day("2016-05-31")); got != nil {
		t.Errorf("of no service: %+v", got)
	}
}

// The parts of a period add up by what is known of each: a sum is complete when none of them is missing.
func TestThePartsOfAPeriod(t *testing.T) {
	const web = programme.ChannelWeb
	w := reckontest.New(t)
	w.States("a", "2016-01", web, programme.Reported, 10)
	w.States("a", "2016-02", web, programme.Reported, 20)
	w.Uses("moi", "a", "2016-03", web, 3)
	w.Uses("moi", "a", "2016-04", web, 4)
	w.States("a", "2016-06", web, programme.NotApplicable, 0)
	w.States("a", "2016-Q3", web, programme.Reported, 33)
	x := usage.NewIndex(w.Use)
	line := usage.Line{Service: place(t, x, "a"), Channel: web.Index(), Measure: programme.MeasureCompleted.Index()}
	for period, want := range map[string]usage.Parts{
		"2016-Q1":               {Sum: 33, Complete: true, Events: true, Stated: 2},
		"2016-Q2":               {Sum: 4, Events: true},
		"2016-06-01/2016-09-30": {Sum: 33, Complete: true, Stated: 1},
		"2016-01-01/2016-02-29": {Sum: 30, Complete: true, Stated: 2},
		"2016":                  {Sum: 70, Events: true, Stated: 3},
		"2015":                  {},
	} {
		if got := x.PartsOf(line, civiltest.Period(period), civiltest.Day("2016-12-31")); got != want {
			t.Errorf("%s: %+v, want %+v", period, got, want)
		}
	}
	line.Channel = programme.ChannelKiosk.Index()
	if got := x.PartsOf(line, civiltest.Period("2016"), civiltest.Day("2016-12-31")); got != (usage.Parts{}) {
		t.Errorf("of a line that nobody reported: %+v", got)
	}
	if got := x.PartsOf(usage.Line{Service: usage.NoService}, civiltest.Period("2016"), civiltest.Day("2016-12-31")); got != (usage.Parts{}) {
		t.Errorf("of no service: %+v", got)
	}
}

// What was stated counts from the day on which its period ended, inside the period that is asked for.
func TestWhatWasStatedWithinAPeriod(t *testing.T) {
	const web = programme.ChannelWeb
	w := reckontest.New(t)
	w.States("a", "2016-02", web, programme.NotRequested, 0)
	w.States("a", "2016-Q2", web, programme.Reported, 5)
	x := usage.NewIndex(w.Use)
	line := usage.Line{Service: place(t, x, "a"), Channel: web.Index(), Measure: programme.MeasureCompleted.Index()}
	for _, test := range []struct {
		period, on string
		want       usage.Rank
	}{
		{"2016-Q1", "2016-02-28", usage.NoPart},
		{"2016-Q1", "2016-02-29", usage.NotRequested},
		{"2016-02", "2016-12-31", usage.NotRequested},
		{"2016-02-02/2016-12-31", "2016-03-31", usage.NoPart},
		{"2016-01", "2016-12-31", usage.NoPart},
		{"2016-05", "2016-12-31", usage.NoPart},
		{"2016-Q2", "2016-06-29", usage.NoPart},
		{"2016-Q2", "2016-06-30", usage.Reported},
	} {
		if got := x.StatedWithin(line, civiltest.Period(test.period), civiltest.Day(test.on)); got != test.want {
			t.Errorf("within %s on %s: rank %v, want %v", test.period, test.on, got, test.want)
		}
	}
	line.Channel = programme.ChannelKiosk.Index()
	if got := x.StatedWithin(line, civiltest.Period("2016"), civiltest.Day("2016-12-31")); got != usage.NoPart {
		t.Errorf("of a line that nobody stated: %v", got)
	}
	line.Service = usage.NoService
	if got := x.StatedWithin(line, civiltest.Period("2016"), civiltest.Day("2016-12-31")); got != usage.NoPart {
		t.Errorf("of no service: %v", got)
	}
}

// A service has reported since the first day of the first period that had ended, or of the month of events that runs.
func TestTheFirstDayOfWhatWasReported(t *testing.T) {
	w := reckontest.New(t)
	w.States("a", "2016-Q1", programme.ChannelWeb, programme.Reported, 5)
	w.Uses("moi", "a", "2016-02", programme.ChannelWeb, 1)
	x := usage.NewIndex(w.Use)
	for on, want := range map[string]string{
		"2016-01-31": "", "2016-02-01": "2016-02-01", "2016-03-30": "2016-02-01", "2016-03-31": "2016-01-01", "2016-12-31": "2016-01-01",
	} {
		f := x.Footprint(place(t, x, "a"))
		first := f.FirstOn(civiltest.Day(on))
		if (want == "" && first.String() == "2016-01-01") || (want != "" && first != civiltest.Day(want)) {
			t.Errorf("on %s since %s, want %q", on, first, want)
		}
	}
}

// A gap is known while it lasts and when it is over, if it reaches into the stretch.
func TestTheGapsOfAStretch(t *testing.T) {
	w := reckontest.New(t)
	w.Feed("moi", "a", "2016-01-01/2016-06-30", programme.ChannelWeb, 5, "2016-03-05/2016-03-18")
	x := usage.NewIndex(w.Use)
	for _, test := range []struct {
		from, on string
		want     []string
	}{
		{"2016-01-01", "2016-03-18", []string{"2016-03-05/2016-03-18 14 open"}},
		{"2016-01-01", "2016-03-19", []string{"2016-03-05/2016-03-18 14"}},
		{"2016-03-18", "2016-05-31", []string{"2016-03-05/2016-03-18 14"}},
		{"2016-03-19", "2016-05-31", nil},
		{"2016-03-05", "2016-03-18", []string{"2016-03-05/2016-03-18 14 open"}},
		{"2016-03-06", "2016-03-18", nil},
		{"2016-07-01", "2016-07-31", []string{"2016-07-01/2016-07-31 31 open"}},
		{"2016-07-02", "2016-07-31", nil},
		{"2015-01-01", "2015-12-31", nil},
	} {
		var got []string
		for _, gap := range x.Gaps(civiltest.Day(test.from), civiltest.Day(test.on)) {
			text := fmt.Sprintf("%s/%s %d", gap.Period.From, gap.Period.To, gap.Days)
			if gap.Open {
				text += " open"
			}
			got = append(got, text)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("from %s to %s: %q, want %q", test.from, test.on, got, test.want)
		}
	}
}
