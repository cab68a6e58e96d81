package sheet

import (
	"math"

	"github.com/xuri/excelize/v2"
)

// Line is one series of a chart.
type Line struct {
	Title  string // reference of its name
	Values string // reference of its values
	Colour string
	Dash   excelize.LineDashType
	Width  float64 // points, of a line
}

// Drawing is a chart and where it stands.
type Drawing struct {
	Name, Title, Alt string
	Categories       string
	Format           string // of the values' axis
	Series           []Line
	Column, Row      int
	Width, Height    uint // pixels
}

func (b *Book) chartFont(size float64, bold bool) excelize.Font {
	return excelize.Font{Family: Family, Size: size, Bold: bold, Color: AxisInk}
}

// labelEvery is how many months lie between two labels of an axis.
const labelEvery = 6

// chart makes one member of a drawing; the axes are set on every member, because the last one's are what shows.
func (s *Sheet) chart(kind excelize.ChartType, d Drawing, series []Line) *excelize.Chart {
	font := s.book.chartFont(9, false)
	titleFont := s.book.chartFont(10, true)
	gap, overlap := uint(40), 100
	zero := 0.0
	return &excelize.Chart{
		Type: kind, Series: chartSeries(kind, d.Categories, series),
		Format:    excelize.GraphicOptions{Name: d.Name, AltText: d.Alt, ScaleX: 1, ScaleY: 1, OffsetY: 4},
		Dimension: excelize.ChartDimension{Width: d.Width, Height: d.Height},
		Legend:    excelize.ChartLegend{Position: "bottom", Font: &font},
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: d.Title, Font: &titleFont}}},
		XAxis: excelize.ChartAxis{
			Font: font, ReverseOrder: s.book.RightToLeft(), TickLabelSkip: labelEvery, TickLabelPosition: excelize.ChartTickLabelLow,
			NumFmt: excelize.ChartNumFmt{CustomNumFmt: MonthFormat(s.book.Language)},
		},
		YAxis: excelize.ChartAxis{
			Font: font, MajorGridLines: true, Minimum: &zero, NumFmt: excelize.ChartNumFmt{CustomNumFmt: d.Format},
		},
		ShowBlanksAs: "gap", GapWidth: &gap, Overlap: &overlap,
		Border: excelize.LineOptions{Type: excelize.LineNone},
	}
}

func chartSeries(kind excelize.ChartType, categories string, series []Line) []excelize.ChartSeries {
	made := make([]excelize.ChartSeries, 0, len(series))
	for _, l := range series {
		one := excelize.ChartSeries{Name: l.Title, Categories: categories, Values: l.Values, Fill: Solid(l.Colour)}
		if kind == excelize.Line {
			one.Line = excelize.LineOptions{Type: excelize.LineSolid, Dash: l.Dash, Width: l.Width}
			one.Marker = excelize.ChartMarker{Symbol: "none"}
		}
		made = append(made, one)
	}
	return made
}

// Lines draws lines over the months.
func (s *Sheet) Lines(d Drawing) {
	s.draw(d, s.chart(excelize.Line, d, d.Series))
}

// Columns draws stacked columns, with lines over them when there are any.
func (s *Sheet) Columns(d Drawing, over ...Line) {
	main := s.chart(excelize.ColStacked, d, d.Series)
	if len(over) == 0 {
		s.draw(d, main)
		return
	}
	s.draw(d, main, s.chart(excelize.Line, d, over))
}

func (s *Sheet) draw(d Drawing, chart *excelize.Chart, over ...*excelize.Chart) {
	s.book.Keep(s.book.File.AddChart(s.Name, s.Address(d.Column, d.Row), chart, over...))
}

// Pixels is how wide columns are in the pixels of the library, which places charts by them: eight for a digit.
// What a chart leaves free at its end keeps it inside its last column in every program.
func Pixels(widths ...float64) uint {
	const free = 40
	whole := 0
	for _, width := range widths {
		whole += int(width*8 + 0.5)
	}
	return uint(max(whole-free, free))
}

// RowPixels is how tall rows are in the same pixels, less what keeps a chart inside its last row.
func RowPixels(heights ...float64) uint {
	const free = 14
	whole := 0
	for _, height := range heights {
		whole += int(math.Ceil(height * 4 / 3.4))
	}
	return uint(max(whole-free, free))
}
