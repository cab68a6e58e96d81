package reports

import (
	"strconv"
)

func excelRows(row int) string {
	text := strconv.Itoa(row)
	return "$" + text + ":$" + text
}

// Heights in points of a line of ordinary text, and of the air around it.
const (
	lineHeight = 13.2
	air        = 5.0
	// headingHeight is that of a part's heading.
	headingHeight = 22.0
)

// title writes what every sheet begins with: its name, what it describes and, for sample data, that it is.
func (s *page) title(text string) {
	s.height(1, 8)
	s.merge(firstColumn, s.last, 2, text, look{size: 18, bold: true, colour: accent})
	s.height(2, 28)
	s.merge(firstColumn, s.last, 3, s.book.running.subtitle, look{size: 9, colour: muted})
	s.height(3, 15)
	s.row = 4
	if sample := s.book.running.sample; sample != "" {
		s.merge(firstColumn, s.last, 4, sample, look{size: 9, bold: true, colour: sampleInk, fill: sampleTint, indent: 1})
		s.height(4, 16)
		s.row = 5
	}
	s.height(s.row, 8)
	s.row++
}

// heading begins a part of a sheet.
func (s *page) heading(column, toColumn, row int, text string) {
	s.merge(column, toColumn, row, text, look{size: 12, bold: true, colour: accent, edge: strong})
	s.height(row, headingHeight)
}

// paragraph writes wrapped text over the whole page, whose widths sum to width, in a row tall enough for it.
func (s *page) paragraph(width float64, text string, k look) {
	k.wrap = true
	s.merge(firstColumn, s.last, s.row, text, k)
	s.height(s.row, textHeight(text, width, k.size))
	s.row++
}

// textHeight is how tall a row must be for text in a cell of the width.
func textHeight(text string, width, size float64) float64 {
	if size == 0 {
		size = ordinarySize
	}
	return float64(lines(text, width, size))*lineHeight*size/ordinarySize + air
}

// gap leaves a small empty row.
func (s *page) gap() {
	s.height(s.row, 9)
	s.row++
}
