package sheet

// Heights in points of a line of ordinary text, and of the air around it.
const (
	LineHeight = 13.2
	Air        = 5.0
	// HeadingHeight is that of a part's heading.
	HeadingHeight = 22.0
)

// Title writes what every sheet begins with: its name, what it describes and, for sample data, that it is.
func (s *Sheet) Title(text string) {
	s.Height(1, 8)
	s.Merge(FirstColumn, s.Last, 2, text, Look{Size: 18, Bold: true, Colour: Accent})
	s.Height(2, 28)
	s.Merge(FirstColumn, s.Last, 3, s.book.Running.Subtitle, Look{Size: 9, Colour: Muted})
	s.Height(3, 15)
	s.Row = 4
	if sample := s.book.Running.Sample; sample != "" {
		k := Look{Size: 9, Bold: true, Colour: SampleInk, Fill: SampleTint, Indent: 1}
		s.Merge(FirstColumn, s.Last, 4, sample, k)
		s.Height(4, 16)
		s.Row = 5
	}
	s.Height(s.Row, 8)
	s.Row++
}

// Heading begins a part of a sheet.
func (s *Sheet) Heading(column, toColumn, row int, text string) {
	s.Merge(column, toColumn, row, text, Look{Size: 12, Bold: true, Colour: Accent, Edge: Strong})
	s.Height(row, HeadingHeight)
}

// Paragraph writes wrapped text over the whole page, whose widths sum to width, in a row tall enough for it.
func (s *Sheet) Paragraph(width float64, text string, k Look) {
	k.Wrap = true
	s.Merge(FirstColumn, s.Last, s.Row, text, k)
	s.Height(s.Row, TextHeight(text, width, k.Size))
	s.Row++
}

// TextHeight is how tall a row must be for text in a cell of the width.
func TextHeight(text string, width, size float64) float64 {
	if size == 0 {
		size = OrdinarySize
	}
	return float64(lines(text, width, size))*LineHeight*size/OrdinarySize + Air
}

// Gap leaves a small empty row.
func (s *Sheet) Gap() {
	s.Height(s.Row, 9)
	s.Row++
}
