package page

import (
	"fmt"
	"slices"
	"strings"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/web/charts"
)

// Chart draws a timeline and writes its table and sentence.
func (v *Visit) Chart(t Timeline) (Chart, error) {
	c := Chart{
		Name: t.Name, Headline: t.Headline, Subtitle: t.Subtitle, Unit: t.Unit,
		CSV: v.Address.Table(t.Name, t.Query...),
	}
	d := drawing{Words: v.Words, Timeline: t, on: v.Figures.On}
	c.Table = d.table() // a file without data has a heading all the same
	if !t.anything() {
		c.Nothing = v.T("web.chart.nothing")
		return c, nil
	}
	marked := ramadanIn(v, t.Periods)
	plot := d.plot()
	plot.Stretches = marked.stretches(v, t.Periods)
	var err error
	if c.Options, err = t.Draw(plot); err != nil {
		return Chart{}, fmt.Errorf("draw chart %s: %w", t.Name, err)
	}
	marked.intoTable(v, t.Periods, &c.Table)
	c.Sentence = d.sentence() + marked.sentence(v)
	return c, nil
}

// DrawnText isolates a text (U+2067 … U+2069) that is drawn from the right: a canvas itself is left to right.
func (w Words) DrawnText(text string) string {
	if text == "" || !w.RightToLeft() {
		return text
	}
	return "\u2067" + text + "\u2069"
}

// drawing is a timeline in the words of a language, as a drawing, a table and a sentence.
type drawing struct {
	Words
	Timeline

	// on is the date of the figures: what comes after it is no gap.
	on civil.Date
}

// plot is what is drawn.
func (d *drawing) plot() charts.Plot {
	plot := charts.Plot{
		From: d.From, To: d.To, Goal: d.line(d.Goal), Today: d.line(d.Today), RightToLeft: d.RightToLeft(),
	}
	for _, p := range d.Periods {
		plot.Periods = append(plot.Periods, d.DrawnText(d.short(p)))
	}
	for _, each := range d.Tracks {
		each.Name, each.Label = d.DrawnText(each.Name), d.DrawnText(each.Label)
		plot.Series = append(plot.Series, each.Series)
	}
	for _, each := range d.Bands {
		plot.Bands = append(plot.Bands, charts.Band{
			Name: d.DrawnText(each.Name), Low: each.Low.Values, High: each.High.Values,
			Colour: each.Colour, Opacity: each.Opacity,
		})
	}
	return plot
}

func (d *drawing) line(line *charts.Line) *charts.Line {
	if line == nil {
		return nil
	}
	return &charts.Line{At: line.At, Label: d.DrawnText(line.Label)}
}

// short words a period for an axis.
func (d *drawing) short(p civil.Period) string {
	if p.Grain == civil.GrainMonth {
		return d.ShortMonth(p.From.Month())
	}
	return d.Period(p)
}

// columns are the series of the table: those drawn as lines, then the edges of the bands, from the lowest.
func (d *drawing) columns() []Track {
	list := slices.Clone(d.Tracks)
	for _, each := range d.Bands {
		list = append(list, each.Low)
	}
	for _, each := range slices.Backward(d.Bands) {
		list = append(list, each.High)
	}
	return list
}

// table is the same numbers, a row a period.
func (d *drawing) table() Table {
	columns := d.columns()
	out := Table{Caption: d.Subtitle, Head: []string{d.T("web.period")}}
	for _, each := range columns {
		out.Head = append(out.Head, each.Name)
	}
	if d.Extra.Head != "" {
		out.Head = append(out.Head, d.Extra.Head)
	}
	if d.noted() {
		out.Head = append(out.Head, d.T("web.shortfall"))
	}
	for i, p := range d.Periods {
		r := Row{Head: d.Period(p), Key: p.String()}
		for _, each := range columns {
			r.Cells = append(r.Cells, d.cell(each, i))
		}
		if d.Extra.Head != "" {
			r.Cells = append(r.Cells, d.Extra.Cells[i])
		}
		if d.noted() {
			note := d.note(i)
			r.Cells = append(r.Cells, Cell{Text: note, Value: note})
		}
		out.Rows = append(out.Rows, r)
	}
	return out
}

// noted reports whether the values may lack a part of their period: the table has a column that says so.
func (d *drawing) noted() bool {
	return slices.ContainsFunc(d.Tracks, func(each Track) bool { return each.notes != nil })
}

// note is what is said of the values of a period; of several series with their names.
func (d *drawing) note(i int) string {
	var notes []string
	for _, each := range d.Tracks {
		switch {
		case each.notes == nil || each.notes[i] == "":
		case len(d.Tracks) == 1:
			notes = append(notes, each.notes[i])
		default:
			notes = append(notes, each.Name+": "+each.notes[i])
		}
	}
	return strings.Join(notes, d.T("base.comma"))
}

// cell is a track's value in the period of a place.
func (d *drawing) cell(t Track, i int) Cell {
	value := t.Values[i]
	switch {
	case value.Known:
		return Cell{Text: d.worded(value), Value: Raw(value.Number), Number: true}
	case t.states[i] == programme.NotRequested && d.Periods[i].To > d.on:
		return Cell{Text: d.Count(programme.Count{})} // the future has no figure to ask for
	default:
		return Cell{Text: d.State(t.states[i])}
	}
}

func (d *drawing) worded(value charts.Value) string {
	if d.Unit == UnitPercent {
		return d.Percent(programme.Ratio{Value: value.Number, State: programme.Reported})
	}
	return d.Int(int64(value.Number))
}

// sentence describes the chart to those who don't see it: each series' first and last value, its gaps, and which values
// lack a part of their period. A value that is not requested is no gap.
func (d *drawing) sentence() string {
	parts := []string{d.Headline, d.Subtitle}
	for _, each := range d.Tracks {
		parts = append(parts, d.course(each)...)
	}
	for i, p := range d.Periods {
		if note := d.note(i); note != "" {
			parts = append(parts, d.Period(p)+": "+note)
		}
	}
	return strings.Join(parts, ". ") + "."
}

// course describes one series.
func (d *drawing) course(t Track) []string {
	first, last, gaps := -1, -1, 0
	for i, value := range t.Values {
		switch {
		case value.Known && first < 0:
			first, last = i, i
		case value.Known:
			last = i
		case d.Periods[i].To <= d.on && t.expected(i):
			gaps++
		}
	}
	if first < 0 {
		return []string{d.T("web.chart.series_missing", Args("name", t.Name))}
	}
	parts := []string{d.T("web.chart.series", Args(
		"name", t.Name,
		"from", d.Period(d.Periods[first]), "start", d.worded(t.Values[first]),
		"to", d.Period(d.Periods[last]), "end", d.worded(t.Values[last])))}
	if gaps > 0 {
		parts = append(parts, d.T("web.chart.gaps", Args("n", gaps, "name", t.Name)))
	}
	return parts
}
