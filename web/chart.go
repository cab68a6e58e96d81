package web

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

// chart is a figure of a page: what it says, the options to draw it and the same numbers as a table.
type chart struct {
	Name string
	// Headline states the message; Subtitle names measure, place and period.
	Headline, Subtitle string
	// Sentence is read out in place of the drawing.
	Sentence string
	Options  json.RawMessage
	Unit     unit
	Table    table
	CSV      string
	// Rows is how many rows a drawing has room for whose height is its rows'; 0 for the usual height.
	Rows int
	// Nothing says why there is nothing to draw; then Options are empty.
	Nothing string
}

// unit is how the values of a chart are worded.
type unit string

const (
	unitCount   unit = "count"
	unitPercent unit = "percent"
	unitMonths  unit = "months" // since the year 0: the axis says years
)

// track is one series with the state of each of its values.
type track struct {
	charts.Series

	states []programme.State
}

// trackOf returns a series over numbers with their states.
func trackOf[T int64 | float64](look charts.Series, numbers []programme.Number[T]) track {
	t := track{Series: look, states: make([]programme.State, len(numbers))}
	t.Values = make([]charts.Value, len(numbers))
	for i, n := range numbers {
		t.Values[i], t.states[i] = charts.Of(n), n.State
	}
	return t
}

// timeline is what a chart over periods is made of.
type timeline struct {
	name, headline, subtitle string
	periods                  []civil.Period
	tracks                   []track
	unit                     unit
	draw                     func(charts.Plot) (json.RawMessage, error)
	goal, today              *charts.Line
	bands                    []band
	// from and to are the ends of the values\' axis; both 0 leave it to the values.
	from, to float64
	// extra is one more column of the table.
	extra column
	// query goes into the address of the CSV.
	query []string
}

// column is a column of a table beside the series.
type column struct {
	head  string
	cells []cell
}

// band is a drawn band, whose edges are two columns of the table.
type band struct {
	name      string
	low, high track
	colour    charts.Colour
	opacity   float32
}

// columns are the series of the table: those drawn as lines, then the edges of the bands, from the lowest.
func (t timeline) columns() []track {
	list := slices.Clone(t.tracks)
	for _, each := range t.bands {
		list = append(list, each.low)
	}
	for _, each := range slices.Backward(t.bands) {
		list = append(list, each.high)
	}
	return list
}

// chart draws a timeline and writes its table and sentence.
func (v *base) chart(t timeline) (chart, error) {
	c := chart{
		Name: t.name, Headline: t.headline, Subtitle: t.subtitle, Unit: t.unit,
		CSV: v.address.table(t.name, t.query...),
	}
	if !t.anything() {
		c.Nothing = v.T("web.chart.nothing")
		return c, nil
	}
	plot := charts.Plot{From: t.from, To: t.to, Goal: v.drawnLine(t.goal), Today: v.drawnLine(t.today), RightToLeft: v.rightToLeft()}
	for _, p := range t.periods {
		plot.Periods = append(plot.Periods, v.drawnText(v.short(p)))
	}
	for _, each := range t.tracks {
		each.Name, each.Label = v.drawnText(each.Name), v.drawnText(each.Label)
		plot.Series = append(plot.Series, each.Series)
	}
	for _, each := range t.bands {
		plot.Bands = append(plot.Bands, charts.Band{
			Name: v.drawnText(each.name), Low: each.low.Values, High: each.high.Values, Colour: each.colour, Opacity: each.opacity,
		})
	}
	options, err := t.draw(plot)
	if err != nil {
		return chart{}, fmt.Errorf("draw chart %s: %w", t.name, err)
	}
	c.Options = options
	c.Table = v.tableOf(t)
	c.Sentence = v.sentence(t)
	return c, nil
}

// drawnText isolates a text (U+2067 … U+2069) that is drawn from the right: a canvas itself is left to right.
func (v *base) drawnText(text string) string {
	if text == "" || !v.rightToLeft() {
		return text
	}
	return "\u2067" + text + "\u2069"
}

func (v *base) drawnLine(line *charts.Line) *charts.Line {
	if line == nil {
		return nil
	}
	return &charts.Line{At: line.At, Label: v.drawnText(line.Label)}
}

func (t timeline) anything() bool {
	for _, each := range t.tracks {
		for _, value := range each.Values {
			if value.Known {
				return true
			}
		}
	}
	return false
}

// short words a period for an axis.
func (v *base) short(p civil.Period) string {
	if p.Grain == civil.GrainMonth {
		return v.ShortMonth(p.From.Month())
	}
	return v.Period(p)
}

func (v *base) tableOf(t timeline) table {
	out := table{Caption: t.subtitle, Head: []string{v.T("web.period")}}
	for _, each := range t.columns() {
		out.Head = append(out.Head, each.Name)
	}
	if t.extra.head != "" {
		out.Head = append(out.Head, t.extra.head)
	}
	for i, p := range t.periods {
		r := row{Head: v.Period(p), Key: p.String()}
		for _, each := range t.columns() {
			r.Cells = append(r.Cells, v.cellOf(each, i, t.unit, p))
		}
		if t.extra.head != "" {
			r.Cells = append(r.Cells, t.extra.cells[i])
		}
		out.Rows = append(out.Rows, r)
	}
	return out
}

func (v *base) cellOf(t track, i int, u unit, p civil.Period) cell {
	value := t.Values[i]
	switch {
	case value.Known:
		return cell{Text: v.worded(value, u), Value: raw(value.Number), Number: true}
	case t.states[i] == programme.NotRequested && p.To > v.figures.On:
		return cell{Text: v.Count(programme.Count{})} // the future has no figure to ask for
	default:
		return cell{Text: v.State(t.states[i])}
	}
}

func (v *base) worded(value charts.Value, u unit) string {
	if u == unitPercent {
		return v.Percent(programme.Ratio{Value: value.Number, State: programme.Reported})
	}
	return v.Int(int64(value.Number))
}

// sentence tells the chart to those who don't see it: each series' first and last value, and its gaps.
func (v *base) sentence(t timeline) string {
	parts := []string{t.headline, t.subtitle}
	for _, each := range t.tracks {
		first, last, gaps := -1, -1, 0
		for i, value := range each.Values {
			switch {
			case value.Known && first < 0:
				first, last = i, i
			case value.Known:
				last = i
			case t.periods[i].To <= v.figures.On:
				gaps++
			}
		}
		if first < 0 {
			parts = append(parts, v.T("web.chart.series_missing", args("name", each.Name)))
			continue
		}
		parts = append(parts, v.T("web.chart.series", args(
			"name", each.Name,
			"from", v.Period(t.periods[first]), "start", v.worded(each.Values[first], t.unit),
			"to", v.Period(t.periods[last]), "end", v.worded(each.Values[last], t.unit))))
		if gaps > 0 {
			parts = append(parts, v.T("web.chart.gaps", args("n", gaps)))
		}
	}
	return strings.Join(parts, ". ") + "."
}

// months returns each month of a progress series as a period.
func months(series []figures.ProgressMonth) []civil.Period {
	out := make([]civil.Period, len(series))
	for i, m := range series {
		out[i] = m.Month.Period()
	}
	return out
}

// spanOf words the first and last of periods.
func (v *base) spanOf(periods []civil.Period) string {
	if len(periods) == 0 {
		return v.Period(v.figures.Usage.Month.Period())
	}
	return v.T("base.interval", args("from", v.Period(periods[0]), "to", v.Period(periods[len(periods)-1])))
}

// chartPart is what the template of a chart takes: the chart with the words around it.
type chartPart struct {
	Chart                    chart
	TableWord, CSVWord, AsAt string
}

// With gives a chart the words of the page it stands on.
func (f frame) With(c chart) chartPart {
	part := chartPart{Chart: c, TableWord: f.T("web.chart.table"), CSVWord: f.T("web.csv")}
	if f.Stamp != nil {
		part.AsAt = f.T("base.on") + " " + f.Stamp.On + " · " + f.T("base.as_at") + " " + f.Stamp.AsAt
	}
	return part
}
