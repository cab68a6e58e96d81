package charts

import (
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// bandID begins the id of a band's two series: the page's script words both as one line of the tooltip.
const bandID = "band-"

// addBands draws each band as its lower edge, which is not seen, and its height, stacked on it and filled.
func addBands(chart *charts.Line, p Plot) {
	for i, band := range p.Bands {
		height := make([]Value, len(band.High))
		for at := range height {
			low, high := band.Low[at], band.High[at]
			height[at] = Value{Number: high.Number - low.Number, Known: low.Known && high.Known}
		}
		id := bandID + strconv.Itoa(i)
		chart.AddSeries(band.Name, nil, edgeOf(id, band, band.Low, 0))
		chart.AddSeries(band.Name, nil, edgeOf(id, band, height, band.Opacity))
	}
}

func edgeOf(id string, band Band, values []Value, opacity float32) charts.SeriesOpts {
	return charts.WithSeriesOpts(func(line *charts.SingleSeries) {
		data := make([]point, len(values))
		for i, v := range values {
			data[i] = point{Value: v}
		}
		line.Data, line.Symbol, line.Stack = data, "none", id
		line.Color = string(band.Colour)
		line.LineStyle = &opts.LineStyle{Color: string(band.Colour), Width: 0, Opacity: opts.Float(0)}
		if opacity > 0 {
			line.AreaStyle = &opts.AreaStyle{Color: string(band.Colour), Opacity: opts.Float(opacity)}
		}
	})
}
