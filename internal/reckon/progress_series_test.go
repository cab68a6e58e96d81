package reckon_test

import (
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// The burn-up runs from the month before the start to the target; after On it has plans and no counts.
func TestBurnUp(t *testing.T) {
	series := published(t).Figures("2015-12-15").Verified.Series
	if first, last := series[0].Month, series[len(series)-1].Month; first != civiltest.Month("2013-12") || last != civiltest.Month("2016-12") {
		t.Fatalf("the series runs from %v to %v", first, last)
	}
	at := func(m string) figures.ProgressMonth { return series[civiltest.Month(m)-series[0].Month] }
	for m, want := range map[string][2]programme.Count{
		"2013-12": {programme.CountOf(194), {State: programme.NotProvided}}, // no plan was approved yet
		"2014-01": {programme.CountOf(194), programme.CountOf(194)},
		"2015-05": {programme.CountOf(459), programme.CountOf(459)},
		"2015-12": {programme.CountOf(459), programme.CountOf(459)}, // on the 15th
		"2016-01": {programme.Count{State: programme.NotRequested}, programme.CountOf(711)},
	} {
		if got := at(m); got.Counted != want[0] || got.Plan != want[1] {
			t.Errorf("%s: counted %v, planned %v; want %v", m, got.Counted, got.Plan, want)
		}
	}
	if got := at("2016-01"); got.ByLevel.Total() != 0 || got.EndToEnd.State != programme.NotRequested {
		t.Errorf("a month to come has levels %v", got.ByLevel)
	}
}

// After the target the series goes on to On; without a start it has a year.
func TestBurnUpBeyondItsDates(t *testing.T) {
	w := reckontest.New(t)
	series := w.Figures("2018-03-10").Verified.Series
	if last := series[len(series)-1].Month; last != civiltest.Month("2018-03") {
		t.Errorf("the series ends in %v", last)
	}
	w.Settings(programme.Settings{Goal: 10})
	if n := len(w.Figures("2018-03-10").Verified.Series); n != 13 {
		t.Errorf("without dates the series has %d months, want a year and the one before", n)
	}
}

// An entity's twelve months end with On's.
func TestEntitySeries(t *testing.T) {
	e := reckontest.EntityOf(t, published(t).Figures("2015-12-31"), "moi")
	if len(e.Series) != 12 || e.Series[11].Month != civiltest.Month("2015-12") {
		t.Fatalf("the series has %d months", len(e.Series))
	}
	if got := e.Series[11]; got.Counted != programme.CountOf(681) || got.Plan != programme.CountOf(711) {
		t.Errorf("December is %v of %v, want 681 of 711", got.Counted, got.Plan)
	}
	if got := e.Series[4]; got.Month != civiltest.Month("2015-05") || got.Counted != programme.CountOf(459) {
		t.Errorf("May is %v", got.Counted)
	}
}
