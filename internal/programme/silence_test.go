package programme

import "testing"

// Dormant: live ≥ 90 days, the last month reported on every digital channel, < 30 digital completions in it
// (docs/rules.md#dormant).
func TestDormant(t *testing.T) {
	for name, test := range map[string]struct {
		facts func(w *world)
		want  bool
	}{
		"29 completions": {func(w *world) { w.uses("moi", "a", "2016-03", ChannelWeb, 29) }, true},
		"30 completions": {func(w *world) { w.uses("moi", "a", "2016-03", ChannelWeb, 30) }, false},
		"none reported":  {func(w *world) { w.states("a", "2016-03", ChannelWeb, Reported, 0) }, true},
		"nothing known":  {func(*world) {}, false},
		"a channel is missing": {func(w *world) {
			w.rollout("a", ActionAddChannel, "2016-01-02", 0, ChannelMobile)
			w.states("a", "2016-03", ChannelWeb, Reported, 1)
		}, false},
		"a channel that does not apply": {func(w *world) {
			w.rollout("a", ActionAddChannel, "2016-01-02", 0, ChannelMobile)
			w.states("a", "2016-03", ChannelWeb, Reported, 1)
			w.states("a", "2016-03", ChannelMobile, NotApplicable, 0)
		}, true},
		"the counter does not count": {func(w *world) {
			w.states("a", "2016-03", ChannelWeb, Reported, 1)
			w.states("a", "2016-03", ChannelCounter, Reported, 500)
		}, true},
	} {
		w := newWorld(t)
		w.live("a", "2016-01-01", LevelInformative) // 90 days before 2016-03-31
		test.facts(w)
		if got := serviceOf(t, w.figures("2016-03-31"), "a").Dormant; got != test.want {
			t.Errorf("%s: dormant %v, want %v", name, got, test.want)
		}
	}
}

func TestDormantAfterNinetyDays(t *testing.T) {
	w := newWorld(t)
	w.live("young", "2016-01-02", LevelInformative)
	w.uses("moi", "young", "2016-03", ChannelWeb, 1)
	if serviceOf(t, w.figures("2016-03-31"), "young").Dormant {
		t.Error("89 days after its launch it is dormant")
	}
}

// Silent: nothing in two due periods, which are months due by the 10th, or the coarser periods it reports in.
func TestSilent(t *testing.T) {
	for name, test := range map[string]struct {
		facts func(w *world)
		on    string
		want  bool
	}{
		"never a word":                  {func(*world) {}, "2016-03-31", true},
		"a word in the first":           {func(w *world) { w.uses("moi", "a", "2016-01", ChannelWeb, 1) }, "2016-03-31", false},
		"a word in the second":          {func(w *world) { w.uses("moi", "a", "2016-02", ChannelWeb, 1) }, "2016-03-31", false},
		"before both":                   {func(w *world) { w.uses("moi", "a", "2015-12", ChannelWeb, 1) }, "2016-03-31", true},
		"the second is not due":         {func(w *world) { w.uses("moi", "a", "2015-12", ChannelWeb, 1) }, "2016-03-10", false},
		"the second is due":             {func(w *world) { w.uses("moi", "a", "2015-12", ChannelWeb, 1) }, "2016-03-11", true},
		"not asked":                     {func(w *world) { w.states("a", "2016-02", ChannelWeb, NotRequested, 0) }, "2016-03-31", false},
		"by quarter, one missed":        {func(w *world) { w.states("a", "2015-Q3", ChannelWeb, Reported, 1) }, "2016-03-31", false},
		"by quarter, two missed":        {func(w *world) { w.states("a", "2015-Q2", ChannelWeb, Reported, 1) }, "2016-03-31", true},
		"retired":                       {func(w *world) { w.rollout("a", ActionRetire, "2016-03-01", 0) }, "2016-03-31", false},
		"launched after the first due":  {func(w *world) { w.live("a", "2016-02-01", LevelInformative) }, "2016-03-31", true},
		"abandoned uses are words, too": {func(w *world) { w.abandoned("a", "2016-02") }, "2016-03-31", false},
	} {
		w := newWorld(t)
		w.live("a", "2015-01-01", LevelInformative)
		test.facts(w)
		if got := serviceOf(t, w.figures(test.on), "a").Silent; got != test.want {
			t.Errorf("%s: silent %v, want %v", name, got, test.want)
		}
	}
}

func (w *world) abandoned(service, inMonth string) {
	w.uses("moi", service, inMonth, ChannelWeb, 3)
	w.use.Months[len(w.use.Months)-1].Stage = StageAbandon
}

// A service known only by its use is silent after its last word, and never before its first.
func TestSilenceOfImportedUse(t *testing.T) {
	w := newWorld(t)
	w.service(Service{Code: "uk"})
	w.service(Service{Code: "no use"})
	w.states("uk", "2015-Q4", ChannelWeb, Reported, 3)
	k := w.knowledge()
	for on, want := range map[string]bool{"2016-02-01": false, "2016-04-30": false, "2016-07-31": true} {
		f := k.Figures(day(on))
		if got := serviceOf(t, f, "uk").Silent; got != want {
			t.Errorf("on %s silent %v, want %v", on, got, want)
		}
		if serviceOf(t, f, "no use").Silent {
			t.Errorf("on %s a service that never had any is silent", on)
		}
	}
}
