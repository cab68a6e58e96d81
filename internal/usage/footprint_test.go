package usage_test

import (
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
	"mirsad/internal/usage"
)

// place finds a service in an index.
func place(t *testing.T, x *usage.Index, code string) usage.ServiceAt {
	t.Helper()
	for at, each := range x.Services() {
		if each == code {
			return usage.ServiceAt(at)
		}
	}
	t.Fatalf("%s is not in the index", code)
	return usage.NoService
}

func TestAFootprintIsWhatWasReported(t *testing.T) {
	w := reckontest.New(t)
	w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 4)
	w.Uses("moc", "a", "2016-05", programme.ChannelMobile, 4)
	w.States("a", "2015-Q4", programme.ChannelWeb, programme.Reported, 90)
	w.States("a", "2014-Q4", programme.ChannelWeb, programme.NotProvided, 0) // reports nothing
	w.States("b", "2015", programme.ChannelWeb, programme.Reported, 90)
	x := usage.NewIndex(w.Use)
	a, b := place(t, x, "a"), place(t, x, "b")

	got := x.Footprint(a)
	if got.First != civiltest.Day("2015-10-01") {
		t.Errorf("%+v", got)
	}
	for on, want := range map[string]struct {
		grain civil.Grain
		last  string
	}{
		"2015-12-30": {civil.GrainMonth, ""}, // nothing yet
		"2015-12-31": {civil.GrainQuarter, "2015-12-31"},
		"2016-03-31": {civil.GrainMonth, "2016-03-31"},
		"2016-05-30": {civil.GrainMonth, "2016-03-31"},
		"2016-12-31": {civil.GrainMonth, "2016-05-31"},
	} {
		day := civiltest.Day(on)
		if grain, last := got.GrainOn(day), got.LastOn(day); grain != want.grain || last.String() != want.last {
			t.Errorf("on %s: %v and %s, want %v and %s", on, grain, last, want.grain, want.last)
		}
	}
	seen := x.Footprint(b)
	if grain := seen.GrainOn(civil.Never); grain != civil.GrainYear {
		t.Errorf("the finest grain is %v", grain)
	}
	var reporters []string
	for _, at := range x.Reporters(a) {
		reporters = append(reporters, x.Entities()[at])
	}
	if len(reporters) != 2 || reporters[0] != "moi" || reporters[1] != "moc" {
		t.Errorf("%v reported", reporters)
	}
	for month, want := range map[string]bool{"2016-03": true, "2016-04": false, "2015-11": false} {
		if x.HadEvents(a, civiltest.Month(month)) != want {
			t.Errorf("events in %s: %v", month, !want)
		}
	}
}

// Of a service that nobody reported anything of, every answer is that nothing is known.
func TestNoServiceHasNoUse(t *testing.T) {
	w := reckontest.New(t)
	w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 4)
	x := usage.NewIndex(w.Use)
	line := usage.Line{Service: usage.NoService, Measure: programme.MeasureCompleted.Index()}
	march := civiltest.Month("2016-03")
	if got := x.Footprint(usage.NoService); got.First != civil.Never || got.LastOn(civil.Never) != 0 {
		t.Errorf("%+v", got)
	}
	if x.Reporters(usage.NoService) != nil || x.HadEvents(usage.NoService, march) || x.Speaks(usage.NoService, 0, march) {
		t.Error("somebody reported something")
	}
	if got := x.Number(line, march.Period(), civil.Never, usage.NoEntity); got.Rank != usage.NotProvided || got.Spoken {
		t.Errorf("%+v", got)
	}
}

// What one entity reported of a month that two reported is its own share of the events.
func TestSharesOfOneMonth(t *testing.T) {
	w := reckontest.New(t)
	w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 4)
	w.Uses("moc", "a", "2016-03", programme.ChannelWeb, 7)
	x := usage.NewIndex(w.Use)
	line := usage.Line{Service: place(t, x, "a"), Measure: programme.MeasureCompleted.Index()}
	period := civiltest.Period("2016-03")
	if got := x.Number(line, period, civil.Never, usage.NoEntity).Count(); got != programme.CountOf(11) {
		t.Errorf("both reported %v", got)
	}
	shares := map[string]int64{"moi": 4, "moc": 7}
	for _, at := range x.Reporters(line.Service) {
		if got := x.Number(line, period, civil.Never, at).Count(); got != programme.CountOf(shares[x.Entities()[at]]) {
			t.Errorf("%s reported %v", x.Entities()[at], got)
		}
	}
}
