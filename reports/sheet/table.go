package sheet

import "github.com/xuri/excelize/v2"

// Column is one of a table's.
type Column struct {
	Title string
	Width float64
	Look  Look
}

// Table is a range with a header and typed cells.
type Table struct {
	Name    string // how formulas call it
	Filter  bool   // whether its header carries filter buttons
	Columns []Column
	Rows    [][]any // a value for each column
}

// Placed says where a table was written.
type Placed struct {
	*Sheet
	Column, Header, First, Last int // first and last are its rows without the header
}

// Reference is the n-th column's cells, for a chart.
func (p Placed) Reference(n int) string {
	return p.Absolute(p.Column+n, p.First, p.Column+n, p.Last)
}

// Title is the n-th column's header, for a chart's key.
func (p Placed) Title(n int) string {
	return p.Absolute(p.Column+n, p.Header, p.Column+n, p.Header)
}

// HeaderLook is what the title of a column looks like; a filter's button leaves it the upper part of its cell.
func HeaderLook(c Column, filter bool) Look {
	return Look{
		Size: 9, Bold: true, Colour: Accent, Fill: Tint, Align: c.Look.Align, Top: filter, Wrap: true, Edge: Strong,
		Indent: c.Look.Indent, Title: c.Look.numeric(),
	}
}

// HeaderHeight is what the longest title needs, with a line under it where a filter's button is.
func HeaderHeight(columns []Column, filter bool) float64 {
	most := 1
	for _, c := range columns {
		most = max(most, lines(c.Title, c.Width-1, 9))
	}
	height := float64(most)*LineHeight + Air
	if filter {
		height += LineHeight
	}
	return height
}

// Table writes a table from the sheet's next row on; empty ones get a line that says so.
func (s *Sheet) Table(t Table) Placed {
	at := Placed{Sheet: s, Column: FirstColumn, Header: s.Row, First: s.Row + 1, Last: s.Row + max(len(t.Rows), 1)}
	s.Height(s.Row, HeaderHeight(t.Columns, t.Filter))
	for i, c := range t.Columns {
		s.Set(FirstColumn+i, s.Row, c.Title, HeaderLook(c, t.Filter))
	}
	for i, row := range t.Rows {
		s.tableRow(at.First+i, t.Columns, row)
	}
	if len(t.Rows) == 0 {
		s.Set(FirstColumn, at.First, s.book.T("reports.none"), Look{Italic: true, Colour: Muted, Edge: Under})
	}
	if t.Filter {
		s.book.Filtered(t.Name)
	}
	s.book.Keep(s.book.File.AddTable(s.Name, &excelize.Table{
		Name:  t.Name,
		Range: s.Address(FirstColumn, at.Header) + ":" + s.Address(FirstColumn+len(t.Columns)-1, at.Last),
	}))
	s.Row = at.Last + 1
	return at
}

func (s *Sheet) tableRow(row int, columns []Column, values []any) {
	tallest := LineHeight + Air
	for i, c := range columns {
		k := c.Look
		k.Edge = Under
		value := values[i]
		if m, marked := value.(Marked); marked {
			k, value = m.on(k), m.Text
		}
		if text, isText := value.(string); isText && k.Wrap {
			tallest = max(tallest, TextHeight(text, c.Width, k.Size))
		}
		s.Set(FirstColumn+i, row, value, k)
	}
	s.Height(row, tallest)
}

// Marked is text on the colours of a status.
type Marked struct {
	Text string
	Mark Mark
}

func (m Marked) on(k Look) Look {
	k.Colour, k.Fill, k.Bold = m.Mark.Colour, m.Mark.Tint, true
	return k
}
