package reports

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// page is one sheet in the making: rows are written from top to bottom.
type page struct {
	book *book
	name string
	last int // the last column of the printed page
	row  int // the next row to write
}

// The first column is a margin; text begins in the second.
const (
	marginWidth = 1.7
	firstColumn = 2
)

// bareSheet is a sheet of a last printed column that its writer lays out.
func (b *book) bareSheet(name string, last int) *page {
	return &page{book: b, name: name, last: last, row: 1}
}

// openSheet sets up a sheet whose printed columns, after the margin, have the given widths in digits.
func (b *book) openSheet(name string, widths ...float64) *page {
	s := b.bareSheet(name, len(widths)+1)
	s.width(1, marginWidth)
	for i, width := range widths {
		s.width(firstColumn+i, width)
	}
	rightToLeft, hidden, zoom := b.rightToLeft(), false, 100.0
	b.keep(b.file.SetSheetView(s.name, 0, &excelize.ViewOptions{
		RightToLeft: &rightToLeft, ShowGridLines: &hidden, ZoomScale: &zoom,
	}))
	fit, colour := true, accent
	b.keep(b.file.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &fit, TabColorRGB: &colour}))
	s.layOut()
	return s
}

// layOut sets A4 landscape, one page wide, with the sheet's date as literal text in the header.
func (s *page) layOut() {
	const a4 = 9
	size, orientation, wide, tall := a4, "landscape", 1, 0
	s.book.keep(s.book.file.SetPageLayout(s.name, &excelize.PageLayoutOptions{
		Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &tall,
	}))
	side, top, bottom, head, centred := 0.4, 0.7, 0.6, 0.3, true
	s.book.keep(s.book.file.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &top, Bottom: &bottom, Header: &head, Footer: &head, Horizontally: &centred,
	}))
	s.book.keep(s.book.file.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddHeader: s.pageHeader(), OddFooter: s.pageFooter()}))
}

const headerFont = `&"Arial,Regular"&8&K55626A `

func (s *page) pageHeader() string {
	r := &s.book.running
	return s.acrossPage(headerText(r.programme), headerText(r.mark), headerText(r.date))
}

func (s *page) pageFooter() string {
	r := &s.book.running
	return s.acrossPage(headerText(r.title+" | "+s.name), headerText(r.classification), `&P / &N`)
}

// acrossPage puts three texts at the start, middle and end of a page's line in reading direction.
func (s *page) acrossPage(first, middle, last string) string {
	if s.book.rightToLeft() {
		first, last = last, first
	}
	return "&L" + headerFont + first + "&C" + headerFont + middle + "&R" + headerFont + last
}

func (s *page) width(column int, width float64) {
	name, err := excelize.ColumnNumberToName(column)
	s.book.keep(err)
	s.book.keep(s.book.file.SetColWidth(s.name, name, name, width))
}

func (s *page) height(row int, points float64) {
	s.book.keep(s.book.file.SetRowHeight(s.name, row, min(points, 400)))
}

func (s *page) address(column, row int) string {
	cell, err := excelize.CoordinatesToCellName(column, row)
	s.book.keep(err)
	return cell
}

// absolute refers to cells of this sheet from anywhere.
func (s *page) absolute(column, row, toColumn, toRow int) string {
	from, err := excelize.CoordinatesToCellName(column, row, true)
	s.book.keep(err)
	to, err := excelize.CoordinatesToCellName(toColumn, toRow, true)
	s.book.keep(err)
	if from == to {
		return quoted(s.name) + from
	}
	return quoted(s.name) + from + ":" + to
}

func quoted(sheet string) string { return "'" + sheet + "'!" }

// set writes one cell. A number that is not there leaves its cell empty.
func (s *page) set(column, row int, value any, k look) {
	if s.book.broken != nil {
		return
	}
	cell := s.address(column, row)
	switch v := cellValue(value).(type) {
	case nil:
	case string:
		s.book.keep(s.book.file.SetCellStr(s.name, cell, isolates.Replace(v)))
	default:
		s.book.keep(s.book.file.SetCellValue(s.name, cell, v))
	}
	s.book.keep(s.book.file.SetCellStyle(s.name, cell, cell, s.book.style(k)))
}

// isolates turns the marks that keep a signed number together into ones that every spreadsheet program knows.
var isolates = strings.NewReplacer("\u2066", "\u200e", "\u2069", "\u200e")

// merge writes one cell over several columns.
func (s *page) merge(column, toColumn, row int, value any, k look) {
	s.set(column, row, value, k)
	if toColumn > column {
		s.book.keep(s.book.file.SetCellStyle(s.name, s.address(column, row), s.address(toColumn, row), s.book.style(k)))
		s.book.keep(s.book.file.MergeCell(s.name, s.address(column, row), s.address(toColumn, row)))
	}
}

// define names a cell, so that a formula or a test finds the figure wherever it stands.
func (s *page) define(name string, column, row int) {
	s.book.keep(s.book.file.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: s.absolute(column, row, column, row)}))
}

// printArea limits what is printed to the page's columns.
func (s *page) printArea(toRow int) {
	s.book.keep(s.book.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Area", Scope: s.name, RefersTo: s.absolute(1, 1, s.last, toRow),
	}))
}

// repeat prints a row again on top of every page that follows it.
func (s *page) repeat(row int) {
	reference := quoted(s.name) + excelRows(row)
	s.book.keep(s.book.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: s.name, RefersTo: reference}))
}

// freeze keeps the rows above and the columns before a cell in view.
func (s *page) freeze(column, row int) {
	pane := "bottomRight"
	if column == 1 {
		pane = "bottomLeft"
	}
	s.book.keep(s.book.file.SetPanes(s.name, &excelize.Panes{
		Freeze: true, XSplit: column - 1, YSplit: row - 1, TopLeftCell: s.address(column, row), ActivePane: pane,
	}))
}

// breakPage begins a new printed page at the row.
func (s *page) breakPage(row int) {
	s.book.keep(s.book.file.InsertPageBreak(s.name, s.address(1, row)))
}

// cellValue turns the domain's values into what a cell holds; nil is an empty cell.
func cellValue(value any) any {
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
	case civil.Date:
		if v.IsZero() {
			return nil
		}
		return serial(v)
	case civil.Month:
		if v == 0 {
			return nil
		}
		return serial(v.First())
	default:
		return value
	}
}

// serial is a day as a spreadsheet counts it.
func serial(d civil.Date) int { return int(d - civil.NewDate(1899, 12, 30)) }
