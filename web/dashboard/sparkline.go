package dashboard

import (
	"fmt"
	"strings"

	"mirsad/internal/figures"
)

// sparkline is a line without axes, a path in a box of sparkWidth by sparkHeight; a gap breaks it.
type sparkline struct {
	Path string
	// EndX and EndY mark the newest known point.
	EndX, EndY string
	Empty      bool
}

const (
	sparkWidth  = 96
	sparkHeight = 24
	// sparkMargin keeps the line's end mark inside the box.
	sparkMargin = 3
)

func sparklineOf(points []figures.UsagePoint) sparkline {
	var most int64
	for _, p := range points {
		if p.Total.Known() {
			most = max(most, p.Total.Value)
		}
	}
	if most == 0 || len(points) < 2 {
		return sparkline{Empty: true}
	}
	var path strings.Builder
	spark, drawing := sparkline{}, false
	for i, p := range points {
		if !p.Total.Known() {
			drawing = false
			continue
		}
		x := sparkMargin + float64(sparkWidth-2*sparkMargin)*float64(i)/float64(len(points)-1)
		y := sparkHeight - sparkMargin - float64(sparkHeight-2*sparkMargin)*float64(p.Total.Value)/float64(most)
		step := "M"
		if drawing {
			step = "L"
		}
		drawing = true
		fmt.Fprintf(&path, "%s%.1f %.1f", step, x, y)
		spark.EndX, spark.EndY = fmt.Sprintf("%.1f", x), fmt.Sprintf("%.1f", y)
	}
	spark.Path = path.String()
	return spark
}
