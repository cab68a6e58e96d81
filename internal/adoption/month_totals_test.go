package adoption_test

import (
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
	"mirsad/internal/usage"
)

func TestMonthTotalsSayWhatTheyRestOn(t *testing.T) {
	w := reckontest.New(t)
	w.Entity("moi")
	w.Service(programme.Service{Code: "planned"})
	for _, code := range []string{"stated", "tiled", "sent", "silent", "retired", "moved"} {
		w.Live(code, "2015-01-01", programme.LevelInteractive)
	}
	w.Rollout("retired", programme.ActionRetire, "2015-02-20", 0)
	w.Entity("moj")
	w.ServiceFrom(civiltest.Day("2015-03-01"), programme.Service{Code: "moved", Entity: "moj", Channels: []programme.Channel{programme.ChannelWeb}})
	w.Uses("moi", "stated", "2015-03", programme.ChannelWeb, 10)
	w.States("stated", "2015-03", programme.ChannelWeb, programme.Reported, 12)
	w.States("stated", "2015-03", programme.ChannelKiosk, programme.NotApplicable, 0)
	w.Uses("moi", "sent", "2015-03", programme.ChannelWeb, 30)
	for d := civiltest.Day("2015-03-01"); d <= civiltest.Day("2015-03-31"); d++ {
		w.States("tiled", d.String(), programme.ChannelWeb, programme.Reported, 1)
	}
	k := w.Knowledge()
	totals := k.MonthTotals("moi", civiltest.Day("2015-03-31"), civiltest.Month("2015-03"))
	found := map[string]usage.MeasuredTotal{}
	for _, line := range totals.Lines {
		for _, total := range line.Totals {
			found[line.Service+" "+string(line.Channel)+" "+string(total.Measure)] = total
		}
	}
	for name, want := range map[string]usage.MeasuredTotal{
		"stated web completed":   {Measure: programme.MeasureCompleted, Count: programme.CountOf(12), Source: usage.TotalOfStatement},
		"stated kiosk completed": {Measure: programme.MeasureCompleted, Count: programme.Count{State: programme.NotApplicable}, Source: usage.TotalOfStatement},
		"tiled web completed":    {Measure: programme.MeasureCompleted, Count: programme.CountOf(31), Source: usage.TotalOfStatement},
		"sent web completed":     {Measure: programme.MeasureCompleted, Count: programme.CountOf(30), Source: usage.TotalOfEvents},
		"sent web started":       {Measure: programme.MeasureStarted, Count: programme.CountOf(0), Source: usage.TotalOfEvents}, // it had events in the month
		"silent web completed":   {Measure: programme.MeasureCompleted, Count: programme.Count{State: programme.NotProvided}, Source: ""},
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
	if lines := k.MonthTotals("moj", civiltest.Day("2015-03-31"), civiltest.Month("2015-03")).Lines; len(lines) != 1 || lines[0].Service != "moved" || lines[0].Channel != programme.ChannelWeb {
		t.Errorf("the new owner's: %+v", lines)
	}
	if lines := k.MonthTotals("moi", civiltest.Day("2015-03-31"), civiltest.Month("2015-04")).Lines; len(lines) != 0 {
		t.Errorf("a month that has not begun: %+v", lines)
	}
	if lines := k.MonthTotals("none", civiltest.Day("2015-03-31"), civiltest.Month("2015-03")).Lines; len(lines) != 0 {
		t.Errorf("of nobody: %+v", lines)
	}
}
