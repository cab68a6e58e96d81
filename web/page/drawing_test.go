package page

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/web/charts"
)

// months are the first months of 2016.
func months(n int) []civil.Period {
	list := make([]civil.Period, n)
	for i := range list {
		list[i] = (civil.NewMonth(2016, time.January) + civil.Month(i)).Period()
	}
	return list
}

// drawnIn is a visit in a language, with figures as of the end of March 2016.
func drawnIn(t *testing.T, language i18n.Language) *Visit {
	t.Helper()
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	v := someone(t)
	v.Words, v.Address = Words{words.In(language)}, Address{Language: language, Path: "/"}
	v.Figures = &figures.Figures{}
	v.Figures.On = civil.NewDate(2016, time.March, 31)
	return v
}

// timelineOf is one series over months, drawn into plot.
func timelineOf(plot *charts.Plot, unit unit, values ...programme.Count) Timeline {
	return Timeline{
		Name: "use", Headline: "It grows", Subtitle: "Use · 2016", Periods: months(len(values)), Unit: unit,
		Tracks: []Track{TrackOf(charts.Series{Name: "Counted", Label: "end"}, values)},
		Draw: func(p charts.Plot) (json.RawMessage, error) {
			*plot = p
			return json.RawMessage(`{}`), nil
		},
	}
}

func TestATimelineIsATableWithEveryState(t *testing.T) {
	var plot charts.Plot
	v := drawnIn(t, i18n.English)
	c, err := v.Chart(timelineOf(&plot, UnitCount,
		programme.CountOf(1200), programme.Count{State: programme.NotProvided}, programme.Count{State: programme.NotRequested},
		programme.Count{State: programme.NotRequested}))
	if err != nil {
		t.Fatal(err)
	}
	texts := Each(c.Table.Rows, func(r Row) string { return r.Head + ": " + r.Cells[0].Text + " (" + r.Cells[0].Value + ")" })
	if want := []string{
		"January 2016: 1,200 (1200)", "February 2016: not provided ()", "March 2016: not requested ()", "April 2016: – ()",
	}; !slices.Equal(texts, want) {
		t.Errorf("%q, want %q", texts, want)
	}
	if c.CSV != "/charts/use.csv?lang=en" || c.Table.Caption != "Use · 2016" || c.Table.Rows[0].Key != "2016-01" {
		t.Errorf("%s, %q", c.CSV, c.Table.Caption)
	}
}

func TestATimelineIsASentence(t *testing.T) {
	unknown := programme.Count{State: programme.NotProvided}
	for _, c := range []struct {
		name   string
		values []programme.Count
		want   string
	}{
		{"from end to end", []programme.Count{programme.CountOf(1), programme.CountOf(3)}, "It grows. Use · 2016. Counted: 1 in January 2016, 3 in February 2016."},
		{"with a gap", []programme.Count{programme.CountOf(1), unknown, programme.CountOf(3)}, "It grows. Use · 2016. Counted: 1 in January 2016, 3 in March 2016. Counted: 1 period has no data."},
		{"one value", []programme.Count{unknown, programme.CountOf(3)}, "It grows. Use · 2016. Counted: 3 in February 2016, 3 in February 2016. Counted: 1 period has no data."},
		{"what is to come is no gap", []programme.Count{programme.CountOf(1), programme.CountOf(2), programme.CountOf(3), unknown}, "It grows. Use · 2016. Counted: 1 in January 2016, 3 in March 2016."},
	} {
		var plot charts.Plot
		drawn, err := drawnIn(t, i18n.English).Chart(timelineOf(&plot, UnitCount, c.values...))
		if err != nil || drawn.Sentence != c.want {
			t.Errorf("%s: %q, %v, want %q", c.name, drawn.Sentence, err, c.want)
		}
	}
}

func TestATimelineWithoutAValueIsNotDrawn(t *testing.T) {
	var plot charts.Plot
	for _, values := range [][]programme.Count{nil, {{}}, {{State: programme.NotProvided}, {State: programme.NotApplicable}}} {
		c, err := drawnIn(t, i18n.English).Chart(timelineOf(&plot, UnitCount, values...))
		if err != nil || c.Nothing != "No data for these dates yet." || c.Options != nil || len(c.Table.Head) != 2 {
			t.Errorf("%v: %+v, %v", values, c, err)
		}
	}
}

// Each band has two columns of the table: from the lowest edge to the highest.
func TestTheEdgesOfBandsAreColumns(t *testing.T) {
	var plot charts.Plot
	edge := func(name string, value int64) Track {
		return TrackOf(charts.Series{Name: name}, []programme.Count{programme.CountOf(value)})
	}
	timeline := timelineOf(&plot, UnitCount, programme.CountOf(50))
	timeline.Bands = []Band{
		{Name: "80 %", Low: edge("p10", 10), High: edge("p90", 90)}, {Name: "50 %", Low: edge("p25", 25), High: edge("p75", 75)},
	}
	timeline.Extra = Column{Head: "Parts", Cells: []Cell{{Text: "2 of 3", Value: "2/3"}}}
	c, err := drawnIn(t, i18n.English).Chart(timeline)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"Period", "Counted", "p10", "p25", "p75", "p90", "Parts"}; !slices.Equal(c.Table.Head, want) {
		t.Errorf("%q, want %q", c.Table.Head, want)
	}
	values := Each(c.Table.Rows[0].Cells, func(cell Cell) string { return cell.Value })
	if want := []string{"50", "10", "25", "75", "90", "2/3"}; !slices.Equal(values, want) {
		t.Errorf("%q, want %q", values, want)
	}
	if len(plot.Bands) != 2 || plot.Bands[0].Name != "80 %" {
		t.Errorf("drawn are %+v", plot.Bands)
	}
}

// A canvas is left to right: what is drawn of an Arabic page is isolated, and says so to the drawing.
func TestADrawingFromTheRightIsIsolated(t *testing.T) {
	for language, mark := range map[i18n.Language]string{i18n.English: "", i18n.Arabic: "\u2067"} {
		var plot charts.Plot
		timeline := timelineOf(&plot, UnitPercent, programme.CountOf(1))
		timeline.Goal = &charts.Line{At: 3, Label: "goal"}
		c, err := drawnIn(t, language).Chart(timeline)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{plot.Series[0].Name, plot.Series[0].Label, plot.Periods[0], plot.Goal.Label} {
			if strings.HasPrefix(text, "\u2067") != (mark != "") || strings.HasSuffix(text, "\u2069") != (mark != "") {
				t.Errorf("%s: %q", language, text)
			}
		}
		if plot.RightToLeft != (mark != "") || plot.Today != nil || strings.Contains(c.Table.Head[1], "\u2067") {
			t.Errorf("%s: %+v", language, plot)
		}
	}
}

func TestADrawingThatFailsNamesItsChart(t *testing.T) {
	var plot charts.Plot
	timeline := timelineOf(&plot, UnitCount, programme.CountOf(1))
	timeline.Draw = func(charts.Plot) (json.RawMessage, error) { return nil, programme.ErrInvalid }
	if _, err := drawnIn(t, i18n.English).Chart(timeline); err == nil || !strings.Contains(err.Error(), "use") {
		t.Errorf("%v", err)
	}
}

func TestPeriodsAreShortOnAnAxis(t *testing.T) {
	d := drawing{Words: drawnIn(t, i18n.English).Words}
	for text, want := range map[string]string{"2016-09": "Sep 2016", "2016-Q3": d.Period(mustPeriod(t, "2016-Q3")), "2016": "2016"} {
		if got := d.short(mustPeriod(t, text)); got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
}

func mustPeriod(t *testing.T, text string) civil.Period {
	t.Helper()
	period, err := civil.ParsePeriod(text)
	if err != nil {
		t.Fatal(err)
	}
	return period
}

func TestASpanIsFromTheFirstPeriodToTheLast(t *testing.T) {
	v := drawnIn(t, i18n.English)
	v.Figures.Usage.Month = civil.NewMonth(2016, time.March)
	if got := v.SpanOf(months(3)); got != "January 2016 to March 2016" {
		t.Errorf("%q", got)
	}
	if got := v.SpanOf(nil); got != "March 2016" {
		t.Errorf("of nothing: %q", got)
	}
}
