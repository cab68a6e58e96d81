package adoption_test

import (
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// useOf is the digital use of one service in a period, as known on a date.
func useOf(w *reckontest.World, on, service, inPeriod string) figures.UsageTotal {
	w.T.Helper()
	p := civiltest.Period(inPeriod)
	query := figures.UsageQuery{Service: service, Grain: p.Grain, From: p.From, To: p.To}
	series := w.Knowledge().Usage(civiltest.Day(on), query)
	if len(series) != 1 || len(series[0].Points) != 1 {
		w.T.Fatalf("%s has %d series", service, len(series))
	}
	return series[0].Points[0].Total
}

// Use is expected of a service that is live on any day of a period up to the date, and in the catalogue at its end or
// its beginning (docs/rules.md#expected-use); what was said counts all the same.
func TestExpectedUse(t *testing.T) {
	const web, mobile = programme.ChannelWeb, programme.ChannelMobile
	launch := func(w *reckontest.World, on string) { w.Live("a", on, programme.LevelInformative) }
	missing, unknown := programme.NotProvided, programme.Parts{}
	for name, test := range map[string]struct {
		say   func(w *reckontest.World)
		on    string
		state programme.State
		parts programme.Parts
	}{
		"live all the month":                 {func(w *reckontest.World) { launch(w, "2015-01-01") }, "2016-03-31", missing, programme.Parts{Expected: 1}},
		"launched on its last day":           {func(w *reckontest.World) { launch(w, "2016-03-31") }, "2016-03-31", missing, programme.Parts{Expected: 1}},
		"launched the day after":             {func(w *reckontest.World) { launch(w, "2016-04-01") }, "2016-04-30", missing, unknown},
		"launched on the date":               {func(w *reckontest.World) { launch(w, "2016-03-15") }, "2016-03-15", missing, programme.Parts{Expected: 1}},
		"launched after the date":            {func(w *reckontest.World) { launch(w, "2016-03-16") }, "2016-03-15", missing, unknown},
		"of a month that begins on the date": {func(w *reckontest.World) { launch(w, "2015-01-01") }, "2016-03-01", missing, programme.Parts{Expected: 1}},
		"of a month that begins after it":    {func(w *reckontest.World) { launch(w, "2015-01-01") }, "2016-02-29", programme.NotRequested, unknown},
		"retired on its first day": {func(w *reckontest.World) {
			launch(w, "2015-01-01")
			w.Rollout("a", programme.ActionRetire, "2016-03-01", 0)
		}, "2016-03-31", missing, unknown},
		"retired on its first day, reported before": {func(w *reckontest.World) {
			launch(w, "2015-01-01")
			w.Uses("moi", "a", "2016-02", web, 3)
			w.Rollout("a", programme.ActionRetire, "2016-03-01", 0)
		}, "2016-03-31", missing, unknown},
		"retired on its second day": {func(w *reckontest.World) {
			launch(w, "2015-01-01")
			w.Rollout("a", programme.ActionRetire, "2016-03-02", 0)
		}, "2016-03-31", missing, programme.Parts{Expected: 1}},
		"retired, and reported": {func(w *reckontest.World) {
			launch(w, "2015-01-01")
			w.Rollout("a", programme.ActionRetire, "2016-03-01", 0)
			w.Uses("moi", "a", "2016-03", web, 3)
		}, "2016-03-31", programme.Reported, programme.Parts{Reported: 1, Expected: 1}},
		"out of the catalogue on its first day": {func(w *reckontest.World) {
			launch(w, "2015-01-01")
			w.ServiceFrom(civiltest.Day("2016-03-01"), programme.Service{Code: "a", Removed: true})
		}, "2016-03-31", missing, unknown},
		"out of the catalogue on its second day": {func(w *reckontest.World) {
			launch(w, "2015-01-01")
			w.ServiceFrom(civiltest.Day("2016-03-02"), programme.Service{Code: "a", Removed: true})
		}, "2016-03-31", missing, programme.Parts{Expected: 1}},
		"not requested": {func(w *reckontest.World) {
			launch(w, "2015-01-01")
			w.States("a", "2016-03", web, programme.NotRequested, 0)
		}, "2016-03-31", programme.NotRequested, unknown},
		"not applicable": {func(w *reckontest.World) {
			launch(w, "2015-01-01")
			w.States("a", "2016-03", web, programme.NotApplicable, 0)
		}, "2016-03-31", programme.NotApplicable, unknown},
		"one channel of two is missing": {func(w *reckontest.World) {
			launch(w, "2015-01-01")
			w.Rollout("a", programme.ActionAddChannel, "2016-03-31", 0, mobile)
			w.States("a", "2016-03", web, programme.NotApplicable, 0)
		}, "2016-03-31", missing, programme.Parts{Expected: 1}},
		"a channel that came too late": {func(w *reckontest.World) {
			launch(w, "2015-01-01")
			w.Rollout("a", programme.ActionAddChannel, "2016-04-01", 0, mobile)
			w.States("a", "2016-03", web, programme.NotApplicable, 0)
		}, "2016-03-31", programme.NotApplicable, unknown},
		"a bundle with a live part": {func(w *reckontest.World) {
			w.Service(programme.Service{Code: "a"})
			w.Service(programme.Service{Code: "part", PartOf: "a"})
			w.Rollout("part", programme.ActionLaunch, "2016-03-31", programme.LevelInformative, web)
		}, "2016-03-31", missing, programme.Parts{Expected: 1}},
		"a bundle before its first part": {func(w *reckontest.World) {
			w.Service(programme.Service{Code: "a"})
			w.Service(programme.Service{Code: "part", PartOf: "a"})
			w.Rollout("part", programme.ActionLaunch, "2016-04-01", programme.LevelInformative, web)
		}, "2016-04-30", missing, unknown},
	} {
		w := reckontest.New(t)
		test.say(w)
		if got := useOf(w, test.on, "a", "2016-03"); got.State != test.state || got.Parts != test.parts {
			t.Errorf("%s: %s with parts %+v, want %s with %+v", name, got.State, got.Parts, test.state, test.parts)
		}
	}
}

// A service known only by its use is missed in the period after one in which it reported, and in no other.
func TestExpectedUseOfImports(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "uk"})
	w.Service(programme.Service{Code: "never"})
	w.States("uk", "2016-02", programme.ChannelWeb, programme.Reported, 3)
	w.States("uk", "2015-Q4", programme.ChannelWeb, programme.Reported, 9)
	for period, want := range map[string]programme.Parts{
		"2016-01": {}, "2016-02": {Reported: 1, Expected: 1}, "2016-03": {Expected: 1}, "2016-04": {},
		"2015-Q4": {Reported: 1, Expected: 1}, "2016-Q1": {Expected: 1}, "2016-Q2": {},
	} {
		if got := useOf(w, "2016-12-31", "uk", period).Parts; got != want {
			t.Errorf("%s: %+v, want %+v", period, got, want)
		}
		if got := useOf(w, "2016-12-31", "never", period).Parts; got != (programme.Parts{}) {
			t.Errorf("%s of a service without any: %+v", period, got)
		}
	}
	w.ServiceFrom(civiltest.Day("2016-03-01"), programme.Service{Code: "uk", Removed: true})
	if got := useOf(w, "2016-12-31", "uk", "2016-03").Parts; got != (programme.Parts{}) {
		t.Errorf("out of the catalogue it is missed: %+v", got)
	}
}
