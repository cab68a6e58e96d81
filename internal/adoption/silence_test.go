package adoption_test

import (
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// Dormant: live ≥ 90 days, every digital channel reported for the 30 days up to the date, < 30 digital
// completions in them (docs/rules.md#dormant).
func TestDormant(t *testing.T) {
	for name, test := range map[string]struct {
		facts func(w *reckontest.World)
		want  bool
	}{
		"29 completions": {func(w *reckontest.World) { w.Uses("moi", "a", "2016-04", programme.ChannelWeb, 29) }, true},
		"30 completions": {func(w *reckontest.World) { w.Uses("moi", "a", "2016-04", programme.ChannelWeb, 30) }, false},
		"none reported":  {func(w *reckontest.World) { w.States("a", "2016-04", programme.ChannelWeb, programme.Reported, 0) }, true},
		"nothing known":  {func(*reckontest.World) {}, false},
		"a channel is missing": {func(w *reckontest.World) {
			w.Rollout("a", programme.ActionAddChannel, "2016-02-02", 0, programme.ChannelMobile)
			w.States("a", "2016-04", programme.ChannelWeb, programme.Reported, 1)
		}, false},
		"a channel that does not apply": {func(w *reckontest.World) {
			w.Rollout("a", programme.ActionAddChannel, "2016-02-02", 0, programme.ChannelMobile)
			w.States("a", "2016-04", programme.ChannelWeb, programme.Reported, 1)
			w.States("a", "2016-04", programme.ChannelMobile, programme.NotApplicable, 0)
		}, true},
		"the counter does not count": {func(w *reckontest.World) {
			w.States("a", "2016-04", programme.ChannelWeb, programme.Reported, 1)
			w.States("a", "2016-04", programme.ChannelCounter, programme.Reported, 500)
		}, true},
	} {
		w := reckontest.New(t)
		w.Live("a", "2016-01-31", programme.LevelInformative) // 90 days before 2016-04-30
		test.facts(w)
		if got := reckontest.ServiceOf(t, w.Figures("2016-04-30"), "a").Dormant; got != test.want {
			t.Errorf("%s: dormant %v, want %v", name, got, test.want)
		}
	}
}

func TestDormantAfterNinetyDays(t *testing.T) {
	w := reckontest.New(t)
	w.Live("young", "2016-02-01", programme.LevelInformative)
	w.Uses("moi", "young", "2016-04", programme.ChannelWeb, 1)
	if reckontest.ServiceOf(t, w.Figures("2016-04-30"), "young").Dormant {
		t.Error("89 days after its launch it is dormant")
	}
}

// The thirty days are those up to the date, whatever the months: a statement of a month is none of them.
func TestDormantOverThirtyDays(t *testing.T) {
	world := func() *reckontest.World {
		w := reckontest.New(t)
		w.Live("a", "2015-01-01", programme.LevelInformative)
		return w
	}
	daily := world()
	for _, month := range []string{"2016-03", "2016-04", "2016-05"} {
		daily.Uses("moi", "a", month, programme.ChannelWeb, 100)
	}
	for day := civiltest.Day("2016-03-01"); day <= civiltest.Day("2016-05-31"); day += 2 {
		daily.Daily("a", day.String(), 1)
	}
	daily.Daily("a", "2016-04-15", 20)
	for on, want := range map[string]bool{
		"2016-04-14": true, "2016-04-15": false, "2016-05-14": false, "2016-05-15": true,
	} {
		if got := reckontest.ServiceOf(t, daily.Figures(on), "a").Dormant; got != want {
			t.Errorf("on %s: dormant %v, want %v", on, got, want)
		}
	}
	stated := world()
	stated.States("a", "2016-03", programme.ChannelWeb, programme.Reported, 1)
	stated.States("a", "2016-04", programme.ChannelWeb, programme.Reported, 1)
	for on, want := range map[string]bool{"2016-03-31": false, "2016-04-30": true, "2016-05-10": false} {
		if got := reckontest.ServiceOf(t, stated.Figures(on), "a").Dormant; got != want {
			t.Errorf("stated by month, on %s: dormant %v, want %v", on, got, want)
		}
	}
}

// Silent: nothing in two due periods, which are months due by the 10th, or the coarser periods it reports in.
func TestSilent(t *testing.T) {
	for name, test := range map[string]struct {
		facts func(w *reckontest.World)
		on    string
		want  bool
	}{
		"never a word":                  {func(*reckontest.World) {}, "2016-03-31", true},
		"a word in the first":           {func(w *reckontest.World) { w.Uses("moi", "a", "2016-01", programme.ChannelWeb, 1) }, "2016-03-31", false},
		"a word in the second":          {func(w *reckontest.World) { w.Uses("moi", "a", "2016-02", programme.ChannelWeb, 1) }, "2016-03-31", false},
		"before both":                   {func(w *reckontest.World) { w.Uses("moi", "a", "2015-12", programme.ChannelWeb, 1) }, "2016-03-31", true},
		"the second is not due":         {func(w *reckontest.World) { w.Uses("moi", "a", "2015-12", programme.ChannelWeb, 1) }, "2016-03-10", false},
		"the second is due":             {func(w *reckontest.World) { w.Uses("moi", "a", "2015-12", programme.ChannelWeb, 1) }, "2016-03-11", true},
		"not asked":                     {func(w *reckontest.World) { w.States("a", "2016-02", programme.ChannelWeb, programme.NotRequested, 0) }, "2016-03-31", false},
		"by quarter, one missed":        {func(w *reckontest.World) { w.States("a", "2015-Q3", programme.ChannelWeb, programme.Reported, 1) }, "2016-03-31", false},
		"by quarter, two missed":        {func(w *reckontest.World) { w.States("a", "2015-Q2", programme.ChannelWeb, programme.Reported, 1) }, "2016-03-31", true},
		"retired":                       {func(w *reckontest.World) { w.Rollout("a", programme.ActionRetire, "2016-03-01", 0) }, "2016-03-31", false},
		"launched after the first due":  {func(w *reckontest.World) { w.Live("a", "2016-02-01", programme.LevelInformative) }, "2016-03-31", true},
		"abandoned uses are words, too": {func(w *reckontest.World) { w.Abandoned("a", "2016-02") }, "2016-03-31", false},
	} {
		w := reckontest.New(t)
		w.Live("a", "2015-01-01", programme.LevelInformative)
		test.facts(w)
		if got := reckontest.ServiceOf(t, w.Figures(test.on), "a").Silent; got != test.want {
			t.Errorf("%s: silent %v, want %v", name, got, test.want)
		}
	}
}

// A service known only by its use is silent after its last word, and never before its first.
func TestSilenceOfImportedUse(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "uk"})
	w.Service(programme.Service{Code: "no use"})
	w.States("uk", "2015-Q4", programme.ChannelWeb, programme.Reported, 3)
	k := w.Knowledge()
	for on, want := range map[string]bool{"2016-02-01": false, "2016-04-30": false, "2016-07-31": true} {
		f := k.Figures(civiltest.Day(on))
		if got := reckontest.ServiceOf(t, f, "uk").Silent; got != want {
			t.Errorf("on %s silent %v, want %v", on, got, want)
		}
		if reckontest.ServiceOf(t, f, "no use").Silent {
			t.Errorf("on %s a service that never had any is silent", on)
		}
	}
}

// Only a service that was live on a day of both due periods can be silent, and only while it is in the catalogue.
func TestSilentOnceLiveInBothPeriods(t *testing.T) {
	for name, test := range map[string]struct {
		launched, removed string
		want              bool
	}{
		"on the last day of the first":         {"2016-02-29", "", true},
		"from the second on":                   {"2016-03-01", "", false},
		"out of the catalogue on the date":     {"2015-01-01", "2016-04-30", false},
		"out of the catalogue the day after":   {"2015-01-01", "2016-05-01", true},
		"from the first day after both":        {"2016-04-01", "", false},
		"of the programme's first day, at all": {"2014-01-01", "", true},
	} {
		w := reckontest.New(t)
		w.Live("a", test.launched, programme.LevelInformative)
		if test.removed != "" {
			w.ServiceFrom(civiltest.Day(test.removed), programme.Service{Code: "a", Removed: true})
		}
		silent := w.Figures("2016-04-30").Attention.Silent // February and March are due
		if got := len(silent) == 1; got != test.want {
			t.Errorf("%s: silent are %v", name, silent)
		}
	}
}
