package page

import (
	"encoding/json"
	"fmt"
	"slices"
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
	// From and to are the ends of the values\' axis; both 0 leave it to the values.
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

// columns are the series of the table: those drawn as lines, then the edges of the bands, from the lowest.
func (t Timeline) columns() []Track {
	list := slices.Clone(t.Tracks)
	for _, each := range t.Bands {
		list = append(list, each.Low)
	}
	for _, each := range slices.Backward(t.Bands) {
		list = append(list, each.High)
	}
	return list
}

// Chart draws a timeline and writes its table and sentence.
func (v *Visit) Chart(t Timeline) (Chart, error) {
	c := Chart{
		Name: t.Name, Headline: t.Headline, Subtitle: t.Subtitle, Unit: t.Unit,
		CSV: v.Address.Table(t.Name, t.Query...),
	}
	c.Table = v.tableOf(t) // a file without data has a heading all the same
	if !t.anything() {
		c.Nothing = v.T("web.chart.nothing")
		return c, nil
	}
	plot := charts.Plot{From: t.From, To: t.To, Goal: v.drawnLine(t.Goal), Today: v.drawnLine(t.Today), RightToLeft: v.RightToLeft()}
	for _, p := range t.Periods {
		plot.Periods = append(plot.Periods, v.DrawnText(v.short(p)))
	}
	for _, each := range t.Tracks {
		each.Name, each.Label = v.DrawnText(each.Name), v.DrawnText(each.Label)
		plot.Series = append(plot.Series, each.Series)
	}
	for _, each := range t.Bands {
		plot.Bands = append(plot.Bands, charts.Band{
			Name: v.DrawnText(each.Name), Low: each.Low.Values, High: each.High.Values, Colour: each.Colour, Opacity: each.Opacity,
		})
	}
	options, err := t.Draw(plot)
	if err != nil {
		return Chart{}, fmt.Errorf("draw chart %s: %w", t.Name, err)
	}
	c.Options = options
	c.Sentence = v.sentence(t)
	return c, nil
}

// DrawnText isolates a text (U+2067 … U+2069) that is drawn from the right: a canvas itself is left to right.
func (v *Visit) DrawnText(text string) string {
	if text == "" || !v.RightToLeft() {
		return text
	}
	return "\u2067" + text + "\u2069"
}

func (v *Visit) drawnLine(line *charts.Line) *charts.Line {
	if line == nil {
		return nil
	}
	return &charts.Line{At: line.At, Label: v.DrawnText(line.Label)}
}

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

// short words a period for an axis.
func (v *Visit) short(p civil.Period) string {
	if p.Grain == civil.GrainMonth {
		return v.ShortMonth(p.From.Month())
	}
	return v.Period(p)
}

func (v *Visit) tableOf(t Timeline) Table {
	out := Table{Caption: t.Subtitle, Head: []string{v.T("web.period")}}
	for _, each := range t.columns() {
		out.Head = append(out.Head, each.Name)
	}
	if t.Extra.Head != "" {
		out.Head = append(out.Head, t.Extra.Head)
	}
	if t.noted() {
		out.Head = append(out.Head, v.T("web.shortfall"))
	}
	for i, p := range t.Periods {
		r := Row{Head: v.Period(p), Key: p.String()}
		for _, each := range t.columns() {
			r.Cells = append(r.Cells, v.cellOf(each, i, t.Unit, p))
		}
		if t.Extra.Head != "" {
			r.Cells = append(r.Cells, t.Extra.Cells[i])
		}
		if t.noted() {
			note := t.noteOf(i, v.T("base.comma"))
			r.Cells = append(r.Cells, Cell{Text: note, Value: note})
		}
		out.Rows = append(out.Rows, r)
	}
	return out
}

// noted reports whether the chart's values may lack a part of their period: its table has a column that says so.
func (t Timeline) noted() bool {
	return slices.ContainsFunc(t.Tracks, func(each Track) bool { return each.notes != nil })
}

// noteOf is what is said of the values of a period; of several series with their names.
func (t Timeline) noteOf(i int, comma string) string {
	var notes []string
	for _, each := range t.Tracks {
		switch {
		case each.notes == nil || each.notes[i] == "":
		case len(t.Tracks) == 1:
			notes = append(notes, each.notes[i])
		default:
			notes = append(notes, each.Name+": "+each.notes[i])
		}
	}
	return strings.Join(notes, comma)
}

func (v *Visit) cellOf(t Track, i int, u unit, p civil.Period) Cell {
	value := t.Values[i]
	switch {
	case value.Known:
		return Cell{Text: v.worded(value, u), Value: Raw(value.Number), Number: true}
	case t.states[i] == programme.NotRequested && p.To > v.Figures.On:
		return Cell{Text: v.Count(programme.Count{})} // the future has no figure to ask for
	default:
		return Cell{Text: v.State(t.states[i])}
	}
}

func (v *Visit) worded(value charts.Value, u unit) string {
	if u == UnitPercent {
		return v.Percent(programme.Ratio{Value: value.Number, State: programme.Reported})
	}
	return v.Int(int64(value.Number))
}

// sentence says the chart to those who don't see it: each series' first and last value, its gaps, and which values lack a
// part of their period. A value that is not requested or does not apply is no gap.
func (v *Visit) sentence(t Timeline) string {
	parts := []string{t.Headline, t.Subtitle}
	for _, each := range t.Tracks {
		first, last, gaps := -1, -1, 0
		for i, value := range each.Values {
			switch {
			case value.Known && first < 0:
				first, last = i, i
			case value.Known:
				last = i
			case t.Periods[i].To <= v.Figures.On && each.expected(i):
				gaps++
			}
		}
		if first < 0 {
			parts = append(parts, v.T("web.chart.series_missing", Args("name", each.Name)))
			continue
		}
		parts = append(parts, v.T("web.chart.series", Args(
			"name", each.Name,
			"from", v.Period(t.Periods[first]), "start", v.worded(each.Values[first], t.Unit),
			"to", v.Period(t.Periods[last]), "end", v.worded(each.Values[last], t.Unit))))
		if gaps > 0 {
			parts = append(parts, v.T("web.chart.gaps", Args("n", gaps, "name", each.Name)))
		}
	}
	for i, p := range t.Periods {
		if note := t.noteOf(i, v.T("base.comma")); note != "" {
			parts = append(parts, v.Period(p)+": "+note)
		}
	}
	return strings.Join(parts, ". ") + "."
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
