package reports

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// column is one of a table's.
type column struct {
	title string
	width float64
	look  look
}

// table is a range with a filter, a header that stays in view and typed cells.
type table struct {
	name    string // how formulas call it
	columns []column
	rows    [][]any
}

// placed says where a table came to stand.
type placed struct {
	*sheet
	column, header, first, last int // first and last are its rows without the header
}

// reference is the n-th column's cells, for a chart.
func (p placed) reference(n int) string {
	return p.absolute(p.column+n, p.first, p.column+n, p.last)
}

// title is the n-th column's header, for a chart's key.
func (p placed) title(n int) string {
	return p.absolute(p.column+n, p.header, p.column+n, p.header)
}

func headerLook(c column) look {
	return look{bold: true, colour: accent, fill: tint, wrap: true, top: true, edge: strong, align: c.look.align, indent: c.look.indent, size: 9}
}

// headerHeight leaves a line under the longest title for the filter's button.
func headerHeight(columns []column) float64 {
	most := 1
	for _, c := range columns {
		most = max(most, lines(c.title, c.width-1, 9))
	}
	return float64(most)*lineHeight + 15
}

// table writes a table from the sheet's next row on; empty ones get a line that says so.
func (s *sheet) table(t table) placed {
	at := placed{sheet: s, column: firstColumn, header: s.row, first: s.row + 1, last: s.row + max(len(t.rows), 1)}
	s.height(s.row, headerHeight(t.columns))
	for i, c := range t.columns {
		s.set(firstColumn+i, s.row, c.title, headerLook(c))
	}
	for i, row := range t.rows {
		s.tableRow(at.first+i, t.columns, row)
	}
	if len(t.rows) == 0 {
		s.set(firstColumn, at.first, s.T("reports.none"), look{italic: true, colour: muted, edge: under})
	}
	s.keep(s.file.AddTable(s.name, &excelize.Table{
		Name:  t.name,
		Range: s.address(firstColumn, at.header) + ":" + s.address(firstColumn+len(t.columns)-1, at.last),
	}))
	s.row = at.last + 1
	return at
}

func (s *sheet) tableRow(row int, columns []column, values []any) {
	tallest := lineHeight + air
	for i, c := range columns {
		k := c.look
		k.edge = under
		value := values[i]
		if m, marked := value.(marked); marked {
			k, value = m.on(k), m.text
		}
		if text, isText := value.(string); isText && k.wrap {
			tallest = max(tallest, textHeight(text, c.width, k.size))
		}
		s.set(firstColumn+i, row, value, k)
	}
	s.height(row, tallest)
}

// marked is text that stands on a status's colours.
type marked struct {
	text string
	mark mark
}

func (m marked) on(k look) look {
	k.colour, k.fill, k.bold = m.mark.colour, m.mark.tint, true
	return k
}

// standing is a status as shape, word and colour.
func (w *workbook) standing(status figures.Status) marked {
	if _, known := marks[status]; !known {
		status = figures.StatusNoData
	}
	m := markOf(status)
	return marked{text: m.shape + " " + w.Status(string(status)), mark: m}
}

// gaps collects, for one row, the numbers that are not there.
type gaps struct {
	words  i18n.Words
	states map[programme.State][]string
}

func (w *workbook) gaps() *gaps {
	return &gaps{words: w.Words, states: map[programme.State][]string{}}
}

// note passes a number on and remembers its column when it is missing.
func note[T int64 | float64](g *gaps, title string, n programme.Number[T]) programme.Number[T] {
	if !n.Known() {
		state := n.State
		if state == "" {
			state = programme.NotProvided
		}
		g.states[state] = append(g.states[state], title)
	}
	return n
}

// text is the word beside the empty cells: "not provided: plan, take-up".
func (g *gaps) text() string {
	var parts []string
	for _, state := range programme.States() {
		if titles := g.states[state]; len(titles) > 0 {
			parts = append(parts, g.words.T("reports.missing", i18n.Args{
				"state": g.words.State(state), "what": strings.Join(titles, g.words.T("reports.comma")),
			}))
		}
	}
	return strings.Join(parts, "; ")
}
