package charts

import (
	"encoding/json"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// point is a datum of a line; only the last known one shows its symbol and label.
type point struct {
	Value      Value  `json:"value"`
	Symbol     string `json:"symbol,omitempty"`
	SymbolSize int    `json:"symbolSize,omitempty"`
	Label      *label `json:"label,omitempty"`
}

// label is a text beside a point, moved by an offset to the right and down, in px.
type label struct {
	opts.Label
	Offset []float64 `json:"offset,omitempty"`
}

// Lines draws each series as a line with its label at its end and gaps where values are unknown.
func Lines(p Plot) (json.RawMessage, error) {
	chart := charts.NewLine()
	chart.Accept(visitor{})
	chart.SetGlobalOptions(frame(p, false)...)
	chart.SetXAxis(p.Periods)
	shifts := spread(p)
	for i, s := range p.Series {
		options := []charts.SeriesOpts{lineOf(p, s, shifts[i])}
		if i == 0 {
			options = append(options, marks(p)...)
		}
		chart.AddSeries(s.Name, nil, options...)
	}
	addBands(chart, p)
	chart.Validate()
	return encode(chart.JSON(), p)
}

func lineOf(p Plot, s Series, shift float64) charts.SeriesOpts {
	width := float32(1.75)
	if s.Heavy {
		width = 3.5
	}
	return charts.WithSeriesOpts(func(line *charts.SingleSeries) {
		line.Data = points(p, s, shift)
		line.Symbol = "none"
		line.Color = string(s.Colour)
		line.ConnectNulls = opts.Bool(false)
		line.LineStyle = &opts.LineStyle{Color: string(s.Colour), Width: width, Type: string(s.Dash)}
		if s.Heavy && p.From == 0 { // an area says that the axis begins at 0
			line.AreaStyle = &opts.AreaStyle{Color: string(s.Colour), Opacity: opts.Float(0.08)}
		}
	})
}

func points(p Plot, s Series, shift float64) []point {
	out := make([]point, len(s.Values))
	last := s.last()
	for i, v := range s.Values {
		out[i] = point{Value: v}
		if i != last && !alone(s.Values, i) {
			continue
		}
		out[i].Symbol, out[i].SymbolSize = s.Symbol, 8
		if i == last && s.Label != "" {
			out[i].Label = &label{Label: endLabel(p, s)}
			if shift != 0 {
				out[i].Label.Offset = []float64{0, shift}
			}
		}
	}
	return out
}

// alone reports whether a known value stands between two gaps, where no line would show it.
func alone(values []Value, i int) bool {
	before := i > 0 && values[i-1].Known
	after := i+1 < len(values) && values[i+1].Known
	return values[i].Known && !before && !after
}

func endLabel(p Plot, s Series) opts.Label {
	weight := "normal"
	if s.Heavy {
		weight = "600"
	}
	return opts.Label{
		Show: opts.Bool(true), Formatter: escapeTemplate(s.Label), Position: p.end(),
		Color: string(Ink), FontSize: 13, FontWeight: weight,
	}
}

// marks draws the goal and the day the figures describe.
func marks(p Plot) []charts.SeriesOpts {
	var lines []any
	if p.Goal != nil {
		lines = append(lines, mark{YAxis: &p.Goal.At, Label: markLabel(p.Goal.Label, p.insideStart())})
	}
	if p.Today != nil {
		lines = append(lines, mark{XAxis: &p.Today.At, Label: markLabel(p.Today.Label, "end")})
	}
	if len(lines) == 0 {
		return nil
	}
	return []charts.SeriesOpts{charts.WithSeriesOpts(func(s *charts.SingleSeries) {
		s.MarkLines = &opts.MarkLines{Data: lines, MarkLineStyle: opts.MarkLineStyle{
			Symbol:    []string{"none", "none"},
			LineStyle: &opts.LineStyle{Color: string(Muted), Width: 1.25, Type: string(Solid)},
		}}
	})}
}

// insideStart puts a label above the goal line, where time begins. A mark's own ends are those of the
// axis, so that an inverse axis turns them by itself.
func (p Plot) insideStart() string { return "insideStartTop" }

// mark is one straight line with its own label.
type mark struct {
	XAxis *float64    `json:"xAxis,omitempty"`
	YAxis *float64    `json:"yAxis,omitempty"`
	Label *opts.Label `json:"label"`
}

func markLabel(text, position string) *opts.Label {
	return &opts.Label{
		Show: opts.Bool(true), Formatter: escapeTemplate(text), Position: position,
		Color: string(Muted), FontSize: 12,
	}
}
