package programme

import "testing"

func TestMonthTotalsSayWhatTheyRestOn(t *testing.T) {
	w := newWorld(t)
	w.entity("moi")
	w.service(Service{Code: "planned"})
	for _, code := range []string{"stated", "tiled", "sent", "silent", "retired", "moved"} {
		w.live(code, "2015-01-01", LevelInteractive)
	}
	w.rollout("retired", ActionRetire, "2015-02-20", 0)
	w.entity("moj")
	w.serviceFrom(day("2015-03-01"), Service{Code: "moved", Entity: "moj", Channels: []Channel{ChannelWeb}})
	w.uses("moi", "stated", "2015-03", ChannelWeb, 10)
	w.states("stated", "2015-03", ChannelWeb, Reported, 12)
	w.states("stated", "2015-03", ChannelKiosk, NotApplicable, 0)
	w.uses("moi", "sent", "2015-03", ChannelWeb, 30)
	for d := day("2015-03-01"); d <= day("2015-03-31"); d++ {
		w.states("tiled", d.String(), ChannelWeb, Reported, 1)
	}
	k := w.knowledge()
	totals := k.MonthTotals("moi", day("2015-03-31"), month("2015-03"))
	found := map[string]MeasuredTotal{}
	for _, line := range totals.Lines {
		for _, total := range line.Totals {
			found[line.Service+" "+string(line.Channel)+" "+string(total.Measure)] = total
		}
	}
	for name, want := range map[string]MeasuredTotal{
		"stated web completed":   {MeasureCompleted, CountOf(12), TotalOfStatement},
		"stated kiosk completed": {MeasureCompleted, Count{State: NotApplicable}, TotalOfStatement},
		"tiled web completed":    {MeasureCompleted, CountOf(31), TotalOfStatement},
		"sent web completed":     {MeasureCompleted, CountOf(30), TotalOfEvents},
		"sent web started":       {MeasureStarted, CountOf(0), TotalOfEvents}, // it had events in the month
		"silent web completed":   {MeasureCompleted, Count{State: NotProvided}, ""},
	} {
		if got, is := found[name]; !is || got != want {
			t.Errorf("%s: %+v (%t), want %+v", name, got, is, want)
		}
	}
	for _, never := range []string{"planned web completed", "retired web completed", "moved web completed", "silent kiosk completed", "silent web views"} {
		if got, is := found[never]; is {
			t.Errorf("%s is asked for: %+v", never, got)
		}
	}
	if lines := k.MonthTotals("moj", day("2015-03-31"), month("2015-03")).Lines; len(lines) != 1 || lines[0].Service != "moved" || lines[0].Channel != ChannelWeb {
		t.Errorf("the new owner's: %+v", lines)
	}
	if lines := k.MonthTotals("moi", day("2015-03-31"), month("2015-04")).Lines; len(lines) != 0 {
		t.Errorf("a month that has not begun: %+v", lines)
	}
	if lines := k.MonthTotals("none", day("2015-03-31"), month("2015-03")).Lines; len(lines) != 0 {
		t.Errorf("of nobody: %+v", lines)
	}
}
