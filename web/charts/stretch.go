package charts

import (
	"github.com/go-echarts/go-echarts/v2/opts"
)

// stretchOpacity lets what is drawn over a stretch keep its colour.
const stretchOpacity = 0.1

// stretchSeries is a series without values, whose areas are the stretches. It has an axis of its own, which is not shown:
// the axis of periods knows whole periods only, and a stretch may begin within one.
type stretchSeries struct {
	Type       string    `json:"type"`
	XAxisIndex int       `json:"xAxisIndex"`
	Data       []Value   `json:"data"`
	Silent     bool      `json:"silent"`
	Tooltip    hidden    `json:"tooltip"`
	MarkArea   markAreas `json:"markArea"`
}

type hidden struct {
	Show bool `json:"show"`
}

type markAreas struct {
	Silent    bool           `json:"silent"`
	ItemStyle opts.ItemStyle `json:"itemStyle"`
	Data      [][2]areaEdge  `json:"data"`
}

// areaEdge is one edge of an area; the first carries the name.
type areaEdge struct {
	XAxis float64     `json:"xAxis"`
	Label *opts.Label `json:"label,omitempty"`
}

// stretchAxis counts periods from 0, unseen.
type stretchAxis struct {
	Type        string `json:"type"`
	Show        bool   `json:"show"`
	Min         int    `json:"min"`
	Max         int    `json:"max"`
	Inverse     bool   `json:"inverse"`
	AxisPointer struct {
		Show           bool `json:"show"`
		TriggerTooltip bool `json:"triggerTooltip"`
	} `json:"axisPointer"`
}

// addStretches shades the stretches of a plot; without any its options are left alone.
func addStretches(option map[string]any, p Plot) {
	if len(p.Stretches) == 0 {
		return
	}
	areas := make([][2]areaEdge, len(p.Stretches))
	for i, each := range p.Stretches {
		name := &opts.Label{
			Show: opts.Bool(true), Formatter: escapeTemplate(each.Name), Position: "insideTop", Color: string(Muted), FontSize: 11,
		}
		areas[i] = [2]areaEdge{{XAxis: each.From, Label: name}, {XAxis: each.To}}
	}
	axis := stretchAxis{Type: "value", Max: len(p.Periods), Inverse: p.RightToLeft}
	option["xAxis"] = []any{firstOf(option["xAxis"]), axis}
	shaded := stretchSeries{
		Type: "line", XAxisIndex: 1, Data: []Value{}, Silent: true,
		MarkArea: markAreas{
			Silent: true, Data: areas,
			ItemStyle: opts.ItemStyle{Color: string(Accent), Opacity: opts.Float(stretchOpacity)},
		},
	}
	if series, is := option["series"].([]any); is {
		option["series"] = append(series, shaded)
	}
}

// firstOf is the first of a list of axes, or the axis itself where there is no list.
func firstOf(axes any) any {
	if list, is := axes.([]opts.XAxis); is && len(list) > 0 {
		return list[0]
	}
	return axes
}
