package reports

import (
	"math"

	"github.com/xuri/excelize/v2"
)

// line is one series of a chart.
type line struct {
	title  string // reference of its name
	values string // reference of its values
	colour string
	dash   excelize.LineDashType
	width  float64 // points, of a line
}

// drawing is a chart and where it stands.
type drawing struct {
	name, title, alt string
	categories       string
	format           string // of the values' axis
	series           []line
	column, row      int
	width, height    uint // pixels
}

func (b *book) chartFont(size float64, bold bool) excelize.Font {
	return excelize.Font{Family: family, Size: size, Bold: bold, Color: axisInk}
}

// labelEvery is how many months lie between two labels of an axis.
const labelEvery = 6

// chart makes one member of a drawing; the axes are set on every member, because the last one's are what shows.
func (s *page) chart(kind excelize.ChartType, d drawing, series []line) *excelize.Chart {
	font := s.book.chartFont(9, false)
	titleFont := s.book.chartFont(10, true)
	gap, overlap := uint(40), 100
	zero := 0.0
	return &excelize.Chart{
		Type: kind, Series: chartSeries(kind, d.categories, series),
		Format:    excelize.GraphicOptions{Name: d.name, AltText: d.alt, ScaleX: 1, ScaleY: 1, OffsetY: 4},
		Dimension: excelize.ChartDimension{Width: d.width, Height: d.height},
		Legend:    excelize.ChartLegend{Position: "bottom", Font: &font},
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: d.title, Font: &titleFont}}},
		XAxis: excelize.ChartAxis{
			Font: font, ReverseOrder: s.book.rightToLeft(), TickLabelSkip: labelEvery, TickLabelPosition: excelize.ChartTickLabelLow,
			NumFmt: excelize.ChartNumFmt{CustomNumFmt: monthFormat(s.book.Language)},
		},
		YAxis: excelize.ChartAxis{
			Font: font, MajorGridLines: true, Minimum: &zero, NumFmt: excelize.ChartNumFmt{CustomNumFmt: d.format},
		},
		ShowBlanksAs: "gap", GapWidth: &gap, Overlap: &overlap,
		Border: excelize.LineOptions{Type: excelize.LineNone},
	}
}

func chartSeries(kind excelize.ChartType, categories string, series []line) []excelize.ChartSeries {
	made := make([]excelize.ChartSeries, 0, len(series))
	for _, l := range series {
		one := excelize.ChartSeries{Name: l.title, Categories: categories, Values: l.values, Fill: solid(l.colour)}
		if kind == excelize.Line {
			one.Line = excelize.LineOptions{Type: excelize.LineSolid, Dash: l.dash, Width: l.width}
			one.Marker = excelize.ChartMarker{Symbol: "none"}
		}
		made = append(made, one)
	}
	return made
}

// lines draws lines over the months.
func (s *page) lines(d drawing) {
	s.draw(d, s.chart(excelize.Line, d, d.series))
}

// columns draws stacked columns, with lines over them when there are any.
func (s *page) columns(d drawing, over ...line) {
	main := s.chart(excelize.ColStacked, d, d.series)
	if len(over) == 0 {
		s.draw(d, main)
		return
	}
	s.draw(d, main, s.chart(excelize.Line, d, over))
}

func (s *page) draw(d drawing, chart *excelize.Chart, over ...*excelize.Chart) {
	s.book.keep(s.book.file.AddChart(s.name, s.address(d.column, d.row), chart, over...))
}

// pixels is how wide columns are in the pixels of the library, which places charts by them: eight for a digit.
// What a chart leaves free at its end keeps it inside its last column in every program.
func pixels(widths ...float64) uint {
	const free = 40
	whole := 0
	for _, width := range widths {
		whole += int(width*8 + 0.5)
	}
	return uint(max(whole-free, free))
}

// rowPixels is how tall rows are in the same pixels, less what keeps a chart inside its last row.
func rowPixels(heights ...float64) uint {
	const free = 14
	whole := 0
	for _, height := range heights {
		whole += int(math.Ceil(height * 4 / 3.4))
	}
	return uint(max(whole-free, free))
}
