package sheet

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// Sheet is one sheet in the making: rows are written from top to bottom. Columns and rows count from 1.
type Sheet struct {
	book *Book
	Name string
	Last int // the last column of the printed page
	Row  int // the next row to write
}

// The first column is a margin of this width in digits; text begins in the second.
const (
	MarginWidth = 1.7
	FirstColumn = 2
)

// BareSheet is a sheet of a last printed column that its writer lays out.
func (b *Book) BareSheet(name string, last int) *Sheet {
	return &Sheet{book: b, Name: name, Last: last, Row: 1}
}

// OpenSheet sets up a sheet whose printed columns, after the margin, have the given widths in digits.
func (b *Book) OpenSheet(name string, widths ...float64) *Sheet {
	s := b.BareSheet(name, len(widths)+1)
	s.Width(1, MarginWidth)
	for i, width := range widths {
		s.Width(FirstColumn+i, width)
	}
	rightToLeft, hidden, zoom := b.RightToLeft(), false, 100.0
	b.Keep(b.File.SetSheetView(s.Name, 0, &excelize.ViewOptions{
		RightToLeft: &rightToLeft, ShowGridLines: &hidden, ZoomScale: &zoom,
	}))
	fit, colour := true, "FF"+Accent // unlike for a cell's colours, the library adds no opacity here
	b.Keep(b.File.SetSheetProps(s.Name, &excelize.SheetPropsOptions{FitToPage: &fit, TabColorRGB: &colour}))
	s.layOut()
	return s
}

// layOut sets A4 landscape, one page wide, with the sheet's date as literal text in the header.
func (s *Sheet) layOut() {
	const a4 = 9
	size, orientation, wide, tall := a4, "landscape", 1, 0
	s.book.Keep(s.book.File.SetPageLayout(s.Name, &excelize.PageLayoutOptions{
		Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &tall,
	}))
	side, top, bottom, head, centred := 0.4, 0.7, 0.6, 0.3, true
	s.book.Keep(s.book.File.SetPageMargins(s.Name, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &top, Bottom: &bottom, Header: &head, Footer: &head, Horizontally: &centred,
	}))
	s.book.Keep(s.book.File.SetHeaderFooter(s.Name, &excelize.HeaderFooterOptions{
		OddHeader: s.pageHeader(), OddFooter: s.pageFooter(),
	}))
}

const headerFont = `&"Arial,Regular"&8&K55626A `

func (s *Sheet) pageHeader() string {
	r := &s.book.Running
	return s.AcrossPage(HeaderText(r.Programme), HeaderText(r.Mark), HeaderText(r.Date))
}

func (s *Sheet) pageFooter() string {
	r := &s.book.Running
	return s.AcrossPage(HeaderText(r.Title+" | "+s.Name), HeaderText(r.Classification), `&P / &N`)
}

// AcrossPage puts three texts at the start, middle and end of a page's line in reading direction.
func (s *Sheet) AcrossPage(first, middle, last string) string {
	if s.book.RightToLeft() {
		first, last = last, first
	}
	return "&L" + headerFont + first + "&C" + headerFont + middle + "&R" + headerFont + last
}

// Width sets how many digits a column holds.
func (s *Sheet) Width(column int, width float64) {
	name, err := excelize.ColumnNumberToName(column)
	s.book.Keep(err)
	s.book.Keep(s.book.File.SetColWidth(s.Name, name, name, width))
}

// Height sets how tall a row is; 400 points are the most, because Excel takes no more than 409.
func (s *Sheet) Height(row int, points float64) {
	s.book.Keep(s.book.File.SetRowHeight(s.Name, row, min(points, 400)))
}

// Address is a cell as formulas of the same sheet call it: B7.
func (s *Sheet) Address(column, row int) string {
	cell, err := excelize.CoordinatesToCellName(column, row)
	s.book.Keep(err)
	return cell
}

// Absolute refers to cells of this sheet from anywhere.
func (s *Sheet) Absolute(column, row, toColumn, toRow int) string {
	from, err := excelize.CoordinatesToCellName(column, row, true)
	s.book.Keep(err)
	to, err := excelize.CoordinatesToCellName(toColumn, toRow, true)
	s.book.Keep(err)
	if from == to {
		return Quoted(s.Name) + from
	}
	return Quoted(s.Name) + from + ":" + to
}

// Quoted is a sheet's name as a reference begins with it. The names of sheets hold no apostrophe: they come from the
// catalogue of words.
func Quoted(sheet string) string { return "'" + sheet + "'!" }

// Set writes one cell and its look. A number that is not there leaves its cell empty.
func (s *Sheet) Set(column, row int, value any, k Look) {
	if s.book.err != nil {
		return
	}
	s.Put(column, row, value)
	cell := s.Address(column, row)
	s.book.Keep(s.book.File.SetCellStyle(s.Name, cell, cell, s.book.Style(k)))
}

// Put writes the value of a cell that has its look already.
func (s *Sheet) Put(column, row int, value any) {
	cell := s.Address(column, row)
	switch v := CellValue(value).(type) {
	case nil:
	case string:
		s.book.Keep(s.book.File.SetCellStr(s.Name, cell, literal(isolates.Replace(v))))
	default:
		s.book.Keep(s.book.File.SetCellValue(s.Name, cell, v))
	}
}

// isolates turns the marks that keep a signed number together into ones that every spreadsheet program knows.
var isolates = strings.NewReplacer("\u2066", "\u200e", "\u2068", "\u200e", "\u2069", "\u200e")

// Merge writes one cell over several columns.
func (s *Sheet) Merge(column, toColumn, row int, value any, k Look) {
	s.Set(column, row, value, k)
	if toColumn > column {
		s.book.Keep(s.book.File.SetCellStyle(s.Name, s.Address(column, row), s.Address(toColumn, row), s.book.Style(k)))
		s.book.Keep(s.book.File.MergeCell(s.Name, s.Address(column, row), s.Address(toColumn, row)))
	}
}

// Define names a cell, so that a formula or a test finds the figure wherever it is.
func (s *Sheet) Define(name string, column, row int) {
	s.define(excelize.DefinedName{Name: name, RefersTo: s.Absolute(column, row, column, row)})
}

// PrintArea limits what is printed to the page's columns.
func (s *Sheet) PrintArea(toRow int) {
	s.define(excelize.DefinedName{Name: "_xlnm.Print_Area", Scope: s.Name, RefersTo: s.Absolute(1, 1, s.Last, toRow)})
}

// Repeat prints a row again on top of every page that follows it.
func (s *Sheet) Repeat(row int) {
	reference := fmt.Sprintf("%s$%d:$%d", Quoted(s.Name), row, row)
	s.define(excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: s.Name, RefersTo: reference})
}

func (s *Sheet) define(name excelize.DefinedName) { s.book.Keep(s.book.File.SetDefinedName(&name)) }

// Freeze keeps the rows above and the columns before a cell in view.
func (s *Sheet) Freeze(column, row int) {
	pane := "bottomRight"
	if column == 1 {
		pane = "bottomLeft"
	}
	s.book.Keep(s.book.File.SetPanes(s.Name, &excelize.Panes{
		Freeze: true, XSplit: column - 1, YSplit: row - 1, TopLeftCell: s.Address(column, row), ActivePane: pane,
	}))
}

// BreakPage begins a new printed page at the row.
func (s *Sheet) BreakPage(row int) {
	s.book.Keep(s.book.File.InsertPageBreak(s.Name, s.Address(1, row)))
}

// CellValue turns the domain's values into what a cell holds; nil is an empty cell.
func CellValue(value any) any {
	switch v := value.(type) {
	case programme.Count:
		if v.Known() {
			return v.Value
		}
		return nil
	case programme.Ratio:
		if v.Known() {
			return v.Value
		}
		return nil
	case string:
		if v == "" {
			return nil // an empty text would be counted as a value
		}
		return v
	case civil.Date:
		if v.IsZero() {
			return nil
		}
		return Serial(v)
	case civil.Month:
		if v == 0 {
			return nil
		}
		return Serial(v.First())
	default:
		return value
	}
}

// Serial is a day as a spreadsheet counts it.
func Serial(d civil.Date) int { return int(d - ExcelDayZero) }
