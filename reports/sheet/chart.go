package sheet

import (
	"math"

	"github.com/xuri/excelize/v2"
)

// Series is one row of values of a chart over the months.
type Series struct {
	Title  string // reference of its name
	Values string // reference of its values
	Colour string
	Dash   excelize.LineDashType // of a line
	Width  float64               // of a line, in points
}

// Chart is a chart over the months and the cell that its corner lies in.
type Chart struct {
	Name, Title   string
	Alt           string // what it shows, for who does not see it
	Categories    string // reference of the months
	Format        string // of the values' axis
	Series        []Series
	Column, Row   int
	Width, Height uint // pixels
}

func (b *Book) chartFont(size float64, bold bool) excelize.Font {
	return excelize.Font{Family: Family, Size: size, Bold: bold, Color: AxisInk}
}

// labelEvery is how many months lie between two labels of an axis.
const labelEvery = 6

// member makes a chart of one kind; the axes are set on every member, because the last one's are what shows.
func (s *Sheet) member(kind excelize.ChartType, c Chart, series []Series) *excelize.Chart {
	font := s.book.chartFont(9, false)
	titleFont := s.book.chartFont(10, true)
	gap, overlap := uint(40), 100
	zero := 0.0
	return &excelize.Chart{
		Type: kind, Series: chartSeries(kind, c.Categories, series),
		Format:    excelize.GraphicOptions{Name: c.Name, AltText: c.Alt, ScaleX: 1, ScaleY: 1, OffsetY: 4},
		Dimension: excelize.ChartDimension{Width: c.Width, Height: c.Height},
		Legend:    excelize.ChartLegend{Position: "bottom", Font: &font},
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.Title, Font: &titleFont}}},
		XAxis: excelize.ChartAxis{
			Font: font, ReverseOrder: s.book.RightToLeft(),
			TickLabelSkip: labelEvery, TickLabelPosition: excelize.ChartTickLabelLow,
			NumFmt: excelize.ChartNumFmt{CustomNumFmt: MonthFormat(s.book.Language)},
		},
		YAxis: excelize.ChartAxis{
			Font: font, MajorGridLines: true, Minimum: &zero, NumFmt: excelize.ChartNumFmt{CustomNumFmt: c.Format},
		},
		ShowBlanksAs: "gap", GapWidth: &gap, Overlap: &overlap,
		Border: excelize.LineOptions{Type: excelize.LineNone},
	}
}

func chartSeries(kind excelize.ChartType, categories string, series []Series) []excelize.ChartSeries {
	made := make([]excelize.ChartSeries, 0, len(series))
	for _, from := range series {
		one := excelize.ChartSeries{
			Name: from.Title, Categories: categories, Values: from.Values,
			Fill: Solid(from.Colour),
		}
		if kind == excelize.Line {
			one.Line = excelize.LineOptions{Type: excelize.LineSolid, Dash: from.Dash, Width: from.Width}
			one.Marker = excelize.ChartMarker{Symbol: "none"}
		}
		made = append(made, one)
	}
	return made
}

// LineChart draws lines over the months.
func (s *Sheet) LineChart(c Chart) {
	s.draw(c, s.member(excelize.Line, c, c.Series))
}

// ColumnChart draws stacked columns, with lines over them when there are any.
func (s *Sheet) ColumnChart(c Chart, lines ...Series) {
	columns := s.member(excelize.ColStacked, c, c.Series)
	if len(lines) == 0 {
		s.draw(c, columns)
		return
	}
	s.draw(c, columns, s.member(excelize.Line, c, lines))
}

func (s *Sheet) draw(c Chart, first *excelize.Chart, over ...*excelize.Chart) {
	s.book.Keep(s.book.File.AddChart(s.Name, s.Address(c.Column, c.Row), first, over...))
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
