package reports

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/i18n"
)

const (
	family       = "Arial" // on every machine, and with Arabic letters
	ordinarySize = 10.0
)

// side is an edge of text in reading direction; the physical side follows the language.
type side uint8

const (
	start side = iota
	middle
	end
)

// edge is which borders a cell has.
type edge uint8

const (
	noEdge   edge = iota
	under         // a hairline below: a table's row
	strong        // an accent line below: a heading
	strongUp      // an accent line above: a total
)

// look is what a cell looks like; equal looks share one style.
type look struct {
	size   float64 // 0: ordinarySize
	bold   bool
	italic bool
	colour string // "": ink
	fill   string // "": none
	format string // number format; "": general
	align  side
	top    bool // against the middle
	wrap   bool
	edge   edge
	indent int
	link   bool
}

// Number formats. Months and days are given a language, so that they read alike on every machine.
const (
	wholeFormat   = `#,##0`
	signedFormat  = `+#,##0;-#,##0;0`
	percentFormat = `0.0%`
	growthFormat  = `+0.0%;-0.0%;0.0%`
	indexFormat   = `0.000`
	rateFormat    = `0.0`
	pointsFormat  = `+0.0;-0.0;0.0` // also of a rate's change
	textFormat    = `@`
)

func dayFormat(l i18n.Language) string {
	if l == i18n.Arabic {
		return `[$-4001]d mmmm yyyy`
	}
	return `[$-809]d mmm yyyy`
}

func monthFormat(l i18n.Language) string {
	if l == i18n.Arabic {
		return `[$-4001]mmmm yyyy`
	}
	return `[$-809]mmm yyyy`
}

// numeric reports whether the format is a number's: numbers read from the left in both languages.
// A date with the name of its month is text in this respect.
func (k look) numeric() bool {
	return k.format != "" && k.format != textFormat && !strings.HasPrefix(k.format, "[$-")
}

// style returns the library's number of the look, made once.
func (b *book) style(k look) int {
	if id, found := b.styles[k]; found {
		return id
	}
	id, err := b.file.NewStyle(b.describe(k))
	b.keep(err)
	b.styles[k] = id
	return id
}

func (b *book) describe(k look) *excelize.Style {
	font := &excelize.Font{Family: family, Size: k.size, Bold: k.bold, Italic: k.italic, Color: k.colour}
	if font.Size == 0 {
		font.Size = ordinarySize
	}
	if font.Color == "" {
		font.Color = ink
	}
	if k.link {
		font.Color, font.Underline = accent, "single"
	}
	style := &excelize.Style{Font: font, Alignment: b.alignment(k), Border: borders(k.edge)}
	if k.fill != "" {
		style.Fill = solid(k.fill)
	}
	if k.format != "" {
		style.CustomNumFmt = &k.format
	}
	return style
}

func (b *book) alignment(k look) *excelize.Alignment {
	a := &excelize.Alignment{Vertical: "center", WrapText: k.wrap, Indent: k.indent, Horizontal: b.physical(k.align)}
	if k.top {
		a.Vertical = "top"
	}
	switch {
	case k.numeric():
		a.ReadingOrder = 1
	case b.rightToLeft():
		a.ReadingOrder = 2
	}
	return a
}

// physical turns an edge in reading direction into left or right.
func (b *book) physical(s side) string {
	switch {
	case s == middle:
		return "center"
	case (s == start) == b.rightToLeft():
		return "right"
	default:
		return "left"
	}
}

func borders(e edge) []excelize.Border {
	switch e {
	case under:
		return []excelize.Border{{Type: "bottom", Color: hairline, Style: 1}}
	case strong:
		return []excelize.Border{{Type: "bottom", Color: accent, Style: 2}}
	case strongUp:
		return []excelize.Border{{Type: "top", Color: accent, Style: 1}}
	default:
		return nil
	}
}

func solid(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}
