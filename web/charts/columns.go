package charts

import (
	"encoding/json"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// Columns draws one series as columns, the last one heavier.
func Columns(p Plot) (json.RawMessage, error) {
	chart := columnChart(p)
	for _, s := range p.Series {
		chart.AddSeries(s.Name, columns(s), charts.WithSeriesOpts(func(bars *charts.SingleSeries) {
			bars.Color = string(s.Colour)
			bars.BarCategoryGap = "28%"
			bars.BarMaxWidth = "36"
		}))
	}
	chart.Validate()
	return encode(chart.JSON(), p)
}

// Stack draws the series as stacked columns, the first at the bottom, each labelled beside the last column.
func Stack(p Plot) (json.RawMessage, error) {
	chart := columnChart(p)
	for _, s := range p.Series {
		bars := columns(s)
		if last := s.last(); last >= 0 && s.Label != "" {
			text := endLabel(p, s)
			bars[last].Label = &text
		}
		chart.AddSeries(s.Name, bars, charts.WithSeriesOpts(func(bars *charts.SingleSeries) {
			bars.Stack = "all"
			bars.Color = string(s.Colour)
			bars.BarCategoryGap = "18%"
			bars.BarMaxWidth = "36"
			bars.ItemStyle = &opts.ItemStyle{BorderColor: string(Ground), BorderWidth: 0.75}
			bars.LabelLayout = &opts.LabelLayout{MoveOverlap: "shiftY"}
		}))
	}
	chart.Validate()
	return encode(chart.JSON(), p)
}

// ColumnsUnderLines draws the first series as columns and the others as lines over them, on one axis.
func ColumnsUnderLines(p Plot) (json.RawMessage, error) {
	chart := columnChart(p)
	shifts := spread(p)
	for i, s := range p.Series {
		if i > 0 {
			options := []charts.SeriesOpts{lineOf(p, s, shifts[i])}
			chart.MultiSeries = append(chart.MultiSeries, overlaid(s.Name, options))
			continue
		}
		look := charts.WithSeriesOpts(func(bars *charts.SingleSeries) {
			bars.Color = string(s.Colour)
			bars.BarCategoryGap = "20%"
			bars.BarMaxWidth = "36"
		})
		chart.AddSeries(s.Name, columns(s), append(marks(p), look)...)
	}
	chart.Validate()
	return encode(chart.JSON(), p)
}

// overlaid is a line of a chart of columns.
func overlaid(name string, options []charts.SeriesOpts) charts.SingleSeries {
	line := charts.SingleSeries{Name: name, Type: "line"}
	for _, option := range options {
		option(&line)
	}
	line.AreaStyle = nil // the columns are the ground already
	return line
}

func columnChart(p Plot) *charts.Bar {
	chart := charts.NewBar()
	chart.Accept(visitor{})
	chart.SetGlobalOptions(frame(p, true)...)
	chart.SetXAxis(p.Periods)
	return chart
}

func columns(s Series) []opts.BarData {
	out := make([]opts.BarData, len(s.Values))
	last := s.last()
	for i, v := range s.Values {
		out[i] = opts.BarData{Value: v}
		if s.Heavy && i == last {
			out[i].ItemStyle = &opts.ItemStyle{Color: string(Accent)}
		}
		if i < len(s.Light) && s.Light[i] && v.Known {
			out[i].ItemStyle = &opts.ItemStyle{Color: string(Ground), BorderColor: string(Accent), BorderWidth: 1.5}
		}
	}
	return out
}

// escapeTemplate keeps braces in a label from being read as ECharts' {placeholders}.
func escapeTemplate(text string) string {
	return strings.NewReplacer("{", "(", "}", ")").Replace(text)
}
