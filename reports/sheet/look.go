package sheet

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/i18n"
)

// The typeface, which every machine has with Arabic letters, and the ordinary size of text in points.
const (
	Family       = "Arial"
	OrdinarySize = 10.0
)

// Side is where text begins in its cell, in reading direction; the physical side follows the language.
type Side uint8

// The sides of a cell.
const (
	Start Side = iota
	Middle
	End
)

// Edge is the border of a cell.
type Edge uint8

// The borders of cells.
const (
	NoEdge   Edge = iota
	Under         // a hairline below: a table's row
	Strong        // an accent line below: a heading
	StrongUp      // an accent line above: a total
)

// Look is what a cell looks like; equal looks share one style.
type Look struct {
	Size   float64 // 0: OrdinarySize
	Bold   bool
	Italic bool
	Colour string // "": Ink
	Fill   string // "": none
	Format string // number format; "": general
	Align  Side
	Top    bool // against the middle
	Wrap   bool
	Edge   Edge
	Indent int
	Link   bool
	Title  bool // of a column of numbers: on their side
}

// Number formats. Months and days are given a language, so that they read alike on every machine.
const (
	WholeFormat   = `#,##0`
	SignedFormat  = `+#,##0;-#,##0;0`
	PercentFormat = `0.0%`
	GrowthFormat  = `+0.0%;-0.0%;0.0%`
	IndexFormat   = `0.000`
	RateFormat    = `0.0`
	PointsFormat  = `+0.0;-0.0;0.0` // also of a rate's change
	TextFormat    = `@`
)

// DayFormat is the number format of a day, with the name of its month.
func DayFormat(l i18n.Language) string {
	if l == i18n.Arabic {
		return `[$-4001]d mmmm yyyy`
	}
	return `[$-809]d mmm yyyy`
}

// MonthFormat is the number format of a month, by its name.
func MonthFormat(l i18n.Language) string {
	if l == i18n.Arabic {
		return `[$-4001]mmmm yyyy`
	}
	return `[$-809]mmm yyyy`
}

// numeric reports whether the format is a number's: numbers read from the left in both languages.
// A date with the name of its month is text in this respect.
func (k Look) numeric() bool {
	return k.Format != "" && k.Format != TextFormat && !strings.HasPrefix(k.Format, "[$-")
}

// Style returns the library's number of the look, made once.
func (b *Book) Style(k Look) int {
	if id, found := b.styles[k]; found {
		return id
	}
	id, err := b.File.NewStyle(b.Describe(k))
	b.Keep(err)
	b.styles[k] = id
	return id
}

// Describe returns the look as the library takes it, for a style with more to it, such as one that locks a cell.
func (b *Book) Describe(k Look) *excelize.Style {
	font := &excelize.Font{Family: Family, Size: k.Size, Bold: k.Bold, Italic: k.Italic, Color: k.Colour}
	if font.Size == 0 {
		font.Size = OrdinarySize
	}
	if font.Color == "" {
		font.Color = Ink
	}
	if k.Link {
		font.Color, font.Underline = Accent, "single"
	}
	style := &excelize.Style{Font: font, Alignment: b.alignment(k), Border: borders(k.Edge)}
	if k.Fill != "" {
		style.Fill = Solid(k.Fill)
	}
	if k.Format != "" {
		style.CustomNumFmt = &k.Format
	}
	return style
}

func (b *Book) alignment(k Look) *excelize.Alignment {
	a := &excelize.Alignment{Vertical: "center", WrapText: k.Wrap, Indent: k.Indent, Horizontal: b.Physical(k.Align)}
	if k.Align == End && (k.Title || k.numeric()) {
		a.Horizontal = "right" // in both languages, so that units are under units
	}
	if k.Top {
		a.Vertical = "top"
	}
	switch {
	case k.numeric():
		a.ReadingOrder = 1
	case b.RightToLeft():
		a.ReadingOrder = 2
	}
	return a
}

// Physical turns an edge in reading direction into left or right.
func (b *Book) Physical(s Side) string {
	switch {
	case s == Middle:
		return "center"
	case (s == Start) == b.RightToLeft():
		return "right"
	default:
		return "left"
	}
}

func borders(e Edge) []excelize.Border {
	switch e {
	case Under:
		return []excelize.Border{{Type: "bottom", Color: Hairline, Style: 1}}
	case Strong:
		return []excelize.Border{{Type: "bottom", Color: Accent, Style: 2}}
	case StrongUp:
		return []excelize.Border{{Type: "top", Color: Accent, Style: 1}}
	default:
		return nil
	}
}

// Solid fills a cell, a bar or an area with one colour.
func Solid(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}
