package charts

import (
	"encoding/json"
	"fmt"
)

// Span is one row of a chart of times: a thin line as first planned above a bar as it stands, filled as far as done.
type Span struct {
	// Name stands beside the row, Label at the bar's end, Words in the tooltip.
	Name, Label, Words string
	// The four ends count months since the year 0: 2016-07-01 is 12 × 2016 + 6.
	OriginalFrom, OriginalTo, CurrentFrom, CurrentTo float64
	// Done is the share of the bar that is filled, 0 to 1.
	Done   float64
	Colour Colour
}

// SpanPlot is what a chart of times is drawn from.
type SpanPlot struct {
	Spans []Span // the first on top
	// From and To are the ends of the axis, in months since the year 0.
	From, To float64
	Today    *Line
	// RightToLeft lets time run from the right, with the names at the right.
	RightToLeft bool
}

// leastSpan is the length that a row of one day has, in months, so that it can be seen.
const leastSpan = .4

// openOpacity is how strong the part of a bar is that is not done.
const openOpacity = .32

// The options of a chart of times that go-echarts has no field for.
type (
	spanOption struct {
		Animation bool         `json:"animation"`
		Grid      []spanGrid   `json:"grid"`
		XAxis     []spanAxis   `json:"xAxis"`
		YAxis     []spanAxis   `json:"yAxis"`
		Tooltip   spanTooltip  `json:"tooltip"`
		Series    []spanSeries `json:"series"`
	}
	spanGrid struct {
		Left   string `json:"left"`
		Right  string `json:"right"`
		Top    string `json:"top"`
		Bottom string `json:"bottom"`
	}
	spanAxis struct {
		Type      string     `json:"type"`
		Data      []string   `json:"data,omitempty"`
		Position  string     `json:"position"`
		Inverse   bool       `json:"inverse"`
		Min       float64    `json:"min,omitempty"`
		Max       float64    `json:"max,omitempty"`
		Interval  float64    `json:"interval,omitempty"`
		AxisLine  spanShown  `json:"axisLine"`
		AxisTick  spanShown  `json:"axisTick"`
		SplitLine spanStroke `json:"splitLine"`
		AxisLabel spanLabel  `json:"axisLabel"`
	}
	spanShown struct {
		Show bool `json:"show"`
	}
	spanStroke struct {
		Show      bool     `json:"show"`
		LineStyle spanLine `json:"lineStyle"`
	}
	spanLine struct {
		Color Colour  `json:"color"`
		Width float64 `json:"width"`
		Type  Dash    `json:"type,omitempty"`
	}
	spanLabel struct {
		Show      bool   `json:"show"`
		Color     Colour `json:"color,omitempty"`
		FontSize  int    `json:"fontSize,omitempty"`
		Position  string `json:"position,omitempty"`
		Formatter string `json:"formatter,omitempty"`
		Width     int    `json:"width,omitempty"`
		Overflow  string `json:"overflow,omitempty"`
		Interval  *int   `json:"interval,omitempty"`
	}
	spanTooltip struct {
		Show            bool   `json:"show"`
		Trigger         string `json:"trigger"`
		RenderMode      string `json:"renderMode"`
		Confine         bool   `json:"confine"`
		BackgroundColor Colour `json:"backgroundColor"`
		BorderColor     Colour `json:"borderColor"`
	}
	spanSeries struct {
		Type     string      `json:"type"`
		Stack    string      `json:"stack"`
		BarWidth int         `json:"barWidth"`
		BarGap   string      `json:"barGap"`
		Silent   bool        `json:"silent"`
		Data     []spanDatum `json:"data"`
		MarkLine *spanMarks  `json:"markLine,omitempty"`
	}
	spanDatum struct {
		Value     float64    `json:"value"`
		Words     string     `json:"words,omitempty"`
		ItemStyle spanStyle  `json:"itemStyle"`
		Label     *spanLabel `json:"label,omitempty"`
	}
	spanStyle struct {
		Color   Colour  `json:"color"`
		Opacity float64 `json:"opacity"`
	}
	spanMarks struct {
		Silent    bool     `json:"silent"`
		Symbol    []string `json:"symbol"`
		LineStyle spanLine `json:"lineStyle"`
		Data      []mark   `json:"data"`
	}
)

// Spans draws a row for each span, on one axis of time.
func Spans(p SpanPlot) (json.RawMessage, error) {
	names := make([]string, len(p.Spans))
	for i, s := range p.Spans {
		names[i] = s.Name
	}
	side, grid, every := "left", spanGrid{Left: "232", Right: "150", Top: "30", Bottom: "28"}, 0
	if p.RightToLeft {
		side, grid.Left, grid.Right = "right", grid.Right, grid.Left
	}
	option := spanOption{
		Grid: []spanGrid{grid},
		XAxis: []spanAxis{{
			Type: "value", Position: "bottom", Inverse: p.RightToLeft, Min: p.From, Max: p.To, Interval: 12,
			SplitLine: spanStroke{Show: true, LineStyle: spanLine{Color: Rule, Width: 1}},
			AxisLabel: spanLabel{Show: true, Color: Muted, FontSize: 12},
		}},
		YAxis: []spanAxis{{
			Type: "category", Data: names, Position: side, Inverse: true,
			AxisLabel: spanLabel{
				Show: true, Color: Ink, FontSize: 12, Width: 216, Overflow: "truncate", Interval: &every,
			},
			SplitLine: spanStroke{LineStyle: spanLine{Color: Rule}},
		}},
		Tooltip: spanTooltip{
			Show: true, Trigger: "item", RenderMode: "richText", Confine: true, BackgroundColor: Ground,
			BorderColor: Rule,
		},
		Series: p.bars(),
	}
	data, err := json.Marshal(option)
	if err != nil {
		return nil, fmt.Errorf("encode chart options: %w", err)
	}
	return data, nil
}

// bars are two stacks: what was planned, a line, and what stands, filled and open; each stack begins with its unseen
// offset from the year 0.
func (p SpanPlot) bars() []spanSeries {
	end := "right"
	if p.RightToLeft {
		end = "left"
	}
	series := make([]spanSeries, 6)
	for i := range series {
		series[i] = spanSeries{
			Type: "bar", Stack: "current", BarWidth: 11, BarGap: "30%", Silent: i == 0 || i == 2 || i == 5,
			Data: make([]spanDatum, len(p.Spans)),
		}
		if i < 2 {
			series[i].Stack, series[i].BarWidth = "original", 3
		}
	}
	for i, s := range p.Spans {
		original, current := max(leastSpan, s.OriginalTo-s.OriginalFrom), max(leastSpan, s.CurrentTo-s.CurrentFrom)
		unseen := spanStyle{Color: Ground}
		series[0].Data[i] = spanDatum{Value: s.OriginalFrom, ItemStyle: unseen}
		series[1].Data[i] = spanDatum{Value: original, Words: s.Words, ItemStyle: spanStyle{Color: Muted, Opacity: 1}}
		series[2].Data[i] = spanDatum{Value: s.CurrentFrom, ItemStyle: unseen}
		series[3].Data[i] = spanDatum{
			Value: current * s.Done, Words: s.Words, ItemStyle: spanStyle{Color: s.Colour, Opacity: 1},
		}
		series[4].Data[i] = spanDatum{
			Value: current * (1 - s.Done), Words: s.Words, ItemStyle: spanStyle{Color: s.Colour, Opacity: openOpacity},
		}
		// The label hangs on a bar without length: it would be as pale as the open part otherwise.
		series[5].Data[i] = spanDatum{ItemStyle: spanStyle{Color: s.Colour, Opacity: 1}}
		series[5].Data[i].Label = &spanLabel{
			Show: true, Position: end, Color: Ink, FontSize: 12, Formatter: escapeTemplate(s.Label),
		}
	}
	if p.Today != nil {
		series[5].MarkLine = &spanMarks{
			Silent: true, Symbol: []string{"none", "none"}, LineStyle: spanLine{Color: Ink, Width: 1.25, Type: Dashed},
			Data: []mark{{XAxis: &p.Today.At, Label: markLabel(p.Today.Label, "start")}},
		}
	}
	return series
}
