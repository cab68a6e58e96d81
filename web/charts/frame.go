package charts

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// visitor adds what go-echarts has no field for.
type visitor struct {
	charts.BaseConfigurationVisitor
}

// tooltip is drawn on the canvas: the default one is HTML, which breaks the
// content security policy and would interpret names as markup.
type tooltip struct {
	opts.Tooltip
	RenderMode string `json:"renderMode"`
	Confine    bool   `json:"confine"`
}

// VisitTooltipOpt implements charts.ConfigurationVisitor.
func (visitor) VisitTooltipOpt(t opts.Tooltip) any {
	return tooltip{Tooltip: t, RenderMode: "richText", Confine: true}
}

// Visit implements charts.ConfigurationVisitor: no title, legend or toolbox, the page has words for them.
func (visitor) Visit(option map[string]any) {
	delete(option, "title")
	delete(option, "toolbox")
	delete(option, "color")
	option["animation"] = false
}

// frame returns the options that all charts share: axes, grid, tooltip.
func frame(p Plot, columns bool) []charts.GlobalOpts {
	return []charts.GlobalOpts{
		charts.WithLegendOpts(opts.Legend{Show: opts.Bool(false)}),
		charts.WithTooltipOpts(opts.Tooltip{
			Show: opts.Bool(true), Trigger: "axis",
			BackgroundColor: string(Ground), BorderColor: string(Rule),
			AxisPointer: &opts.AxisPointer{Type: pointer(columns)},
		}),
		charts.WithXAxisOpts(periodAxis(p)),
		charts.WithYAxisOpts(valueAxis(p)),
		charts.WithGridOpts(grid(p)),
	}
}

func pointer(columns bool) string {
	if columns {
		return "shadow"
	}
	return "line"
}

func periodAxis(p Plot) opts.XAxis {
	return opts.XAxis{
		Type: "category", Data: p.Periods, Inverse: opts.Bool(p.RightToLeft),
		AxisLine:  &opts.AxisLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: string(Muted)}},
		AxisTick:  &opts.AxisTick{Show: opts.Bool(false)},
		AxisLabel: axisLabel(),
	}
}

func valueAxis(p Plot) opts.YAxis {
	position := "left"
	if p.RightToLeft {
		position = "right"
	}
	axis := opts.YAxis{
		Type: "value", Position: position, SplitNumber: 4,
		AxisLine:  &opts.AxisLine{Show: opts.Bool(false)},
		AxisLabel: axisLabel(),
		SplitLine: &opts.SplitLine{Show: opts.Bool(true), LineStyle: &opts.LineStyle{Color: string(Rule), Width: 1}},
	}
	if p.To > p.From {
		axis.Min, axis.Max = p.From, p.To
	}
	return axis
}

func axisLabel() *opts.AxisLabel {
	return &opts.AxisLabel{Show: opts.Bool(true), Color: string(Muted), FontSize: 12, HideOverlap: opts.Bool(true)}
}

// line adds to a line what go-echarts has no field for: by default ECharts leaves
// out symbols, and with them the labels at the lines' ends, where they stand close.
type line struct {
	charts.SingleSeries
	ShowAllSymbol bool `json:"showAllSymbol"`
}

// VisitSeriesOpt implements charts.ConfigurationVisitor.
func (visitor) VisitSeriesOpt(series charts.MultiSeries) any {
	out := make([]any, len(series))
	for i, s := range series {
		out[i] = s
		if s.Type == "line" {
			out[i] = line{SingleSeries: s, ShowAllSymbol: true}
		}
	}
	return out
}

// grid leaves fixed room for the values' axis where time begins and for the labels where it ends.
func grid(p Plot) opts.Grid {
	start, end := "48", "24"
	if p.labelled() {
		end = "112"
	}
	g := opts.Grid{Left: start, Right: end, Top: "24", Bottom: "28"}
	if p.RightToLeft {
		g.Left, g.Right = end, start
	}
	return g
}
