package page

import (
	"encoding/json"
	"strings"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/web/charts"
)

// Chart is a figure of a page: what it says, the options to draw it and the same numbers as a table.
type Chart struct {
	Name string
	// Headline states the message; Subtitle names measure, place and period.
	Headline, Subtitle string
	// Sentence is read out in place of the drawing.
	Sentence string
	Options  json.RawMessage
	Unit     unit
	Table    Table
	CSV      string
	// Rows is how many rows a drawing has room for whose height is its rows'; 0 for the usual height.
	Rows int
	// Nothing says why there is nothing to draw; then Options are empty.
	Nothing string
}

// unit is how the values of a chart are worded.
type unit string

// The units of a chart's values.
const (
	UnitCount   unit = "count"
	UnitPercent unit = "percent"
	UnitMonths  unit = "months" // since the year 0: the axis says years
)

// Track is one series with the state of each of its values.
type Track struct {
	charts.Series

	states []programme.State
	// notes are what is said beside single values, such as of how many days they are.
	notes []string
}

// Noted returns the track with what is said beside its values, empty for nothing. Such columns are drawn hollow.
func (t Track) Noted(notes []string) Track {
	t.notes = notes
	t.Light = Each(notes, func(note string) bool { return note != "" })
	return t
}

// expected reports whether a number was asked for at all.
func (t Track) expected(i int) bool {
	return t.states[i] != programme.NotRequested && t.states[i] != programme.NotApplicable
}

// TrackOf returns a series over numbers with their states.
func TrackOf[T int64 | float64](look charts.Series, numbers []programme.Number[T]) Track {
	t := Track{Series: look, states: make([]programme.State, len(numbers))}
	t.Values = make([]charts.Value, len(numbers))
	for i, n := range numbers {
		t.Values[i], t.states[i] = charts.Of(n), n.State
	}
	return t
}

// Timeline is what a chart over periods is made of.
type Timeline struct {
	Name, Headline, Subtitle string
	Periods                  []civil.Period
	Tracks                   []Track
	Unit                     unit
	Draw                     func(charts.Plot) (json.RawMessage, error)
	Goal, Today              *charts.Line
	Bands                    []Band
	// From and To are the ends of the values' axis; both 0 leave it to the values.
	From, To float64
	// Extra is one more column of the table.
	Extra Column
	// Query goes into the address of the CSV.
	Query []string
}

// Column is a column of a table beside the series.
type Column struct {
	Head  string
	Cells []Cell
}

// Band is a drawn band, whose edges are two columns of the table.
type Band struct {
	Name      string
	Low, High Track
	Colour    charts.Colour
	Opacity   float32
}

// anything reports whether there is a value to draw.
func (t Timeline) anything() bool {
	for _, each := range t.Tracks {
		for _, value := range each.Values {
			if value.Known {
				return true
			}
		}
	}
	return false
}

// Months returns each month of a progress series as a period.
func Months(series []figures.ProgressMonth) []civil.Period {
	out := make([]civil.Period, len(series))
	for i, m := range series {
		out[i] = m.Month.Period()
	}
	return out
}

// SpanOf words the first and last of periods.
func (v *Visit) SpanOf(periods []civil.Period) string {
	if len(periods) == 0 {
		return v.Period(v.Figures.Usage.Month.Period())
	}
	return v.T("base.interval", Args("from", v.Period(periods[0]), "to", v.Period(periods[len(periods)-1])))
}

// chartPart is what the template of a chart takes: the chart with the words around it.
type chartPart struct {
	Chart                    Chart
	TableWord, CSVWord, AsAt string
}

// With gives a chart the words of the page it stands on.
func (f Frame) With(c Chart) chartPart {
	part := chartPart{Chart: c, TableWord: f.T("web.chart.table"), CSVWord: f.T("web.csv")}
	if f.Stamp != nil {
		part.AsAt = f.T("base.on") + " " + f.Stamp.On + " · " + f.T("base.as_at") + " " + f.Stamp.AsAt
	}
	return part
}

// markedDays are the months of Ramadan within a timeline: shaded in its chart, counted in its table, and said in its
// sentence (docs/rules.md#same-lunar-month).
type markedDays struct {
	programme.Ramadan
}

// ramadanIn returns what is to be marked within periods.
func ramadanIn(v *Visit, periods []civil.Period) markedDays {
	if len(periods) == 0 {
		return markedDays{}
	}
	return markedDays{v.Figures.Ramadan.In(periods[0].From, periods[len(periods)-1].To)}
}

// stretches are where the days lie among the periods.
func (m markedDays) stretches(v *Visit, periods []civil.Period) []charts.Stretch {
	return Each(m.Ramadan, func(d programme.CalendarDay) charts.Stretch {
		return charts.Stretch{
			Name: v.DrawnText(v.Name(d.Name, d.NameAr)), From: placeOf(periods, d.From), To: placeOf(periods, d.To+1),
		}
	})
}

// placeOf is where a day begins, counted in periods from the beginning of the first.
func placeOf(periods []civil.Period, day civil.Date) float64 {
	for i, p := range periods {
		if day <= p.To {
			return float64(i) + max(0, float64(day-p.From)/float64(p.To-p.From+1))
		}
	}
	return float64(len(periods))
}

// intoTable adds a column with how many days of each period are marked, where any are.
func (m markedDays) intoTable(v *Visit, periods []civil.Period, t *Table) {
	if len(m.Ramadan) == 0 {
		return
	}
	t.Head = append(t.Head, v.T("web.ramadan.days"))
	for i, p := range periods {
		days := programme.CountOf(m.DaysIn(p))
		t.Rows[i].Cells = append(t.Rows[i].Cells, Cell{Text: v.Count(days), Value: Raw(days.Value), Number: true})
	}
}

// sentence names the marked days for those who don't see the chart: each name is said once, with all its days.
func (m markedDays) sentence(v *Visit) string {
	if len(m.Ramadan) == 0 {
		return ""
	}
	var names []string
	spans := map[string][]string{}
	for _, d := range m.Ramadan {
		name := v.Name(d.Name, d.NameAr)
		if spans[name] == nil {
			names = append(names, name)
		}
		spans[name] = append(spans[name], v.Period(civil.Interval(d.From, d.To)))
	}
	separator := v.T("web.list_separator")
	days := Each(names, func(name string) string { return name + " (" + strings.Join(spans[name], separator) + ")" })
	return " " + v.T("web.ramadan.sentence", Args("days", strings.Join(days, separator)))
}
