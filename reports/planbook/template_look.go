package planbook

import (
	"github.com/xuri/excelize/v2"

	"mirsad/internal/i18n"
	"mirsad/reports/sheet"
)

// cellLook is what a cell of the sheet to fill looks like.
type cellLook struct {
	input input
	group bool // the first column of a group has a stronger edge
	// language is that of a text which is always in one language; none is the sheet's.
	language i18n.Language
}

// dateInputFormat can't be read two ways.
const dateInputFormat = `yyyy\-mm\-dd`

// inputFill is the ground of cells to fill: paper, while what is fixed is grey.
const (
	inputFill = "FFFFFF"
	fixedFill = "F1F3F4"
)

// cell returns the style of a cell to fill, made once.
func (t *template) cell(k cellLook) int {
	if id, found := t.cells[k]; found {
		return id
	}
	id, err := t.File.NewStyle(t.describeCell(k))
	t.Keep(err)
	t.cells[k] = id
	return id
}

func (t *template) describeCell(k cellLook) *excelize.Style {
	style := &excelize.Style{
		Font:       &excelize.Font{Family: sheet.Family, Size: sheet.OrdinarySize, Color: sheet.Ink},
		Fill:       sheet.Solid(inputFill),
		Alignment:  &excelize.Alignment{Vertical: "center", WrapText: true, Horizontal: t.Physical(sheet.Start)},
		Border:     t.cellBorders(k.group),
		Protection: &excelize.Protection{Locked: k.input == inputNone},
	}
	if t.RightToLeft() {
		style.Alignment.ReadingOrder = 2
	}
	format := sheet.TextFormat // a leading = stays text
	switch k.input {
	case inputNone:
		style.Fill, style.Font.Color, style.Font.Size = sheet.Solid(fixedFill), sheet.Muted, 8
		style.Alignment.Indent = 1
	case inputYesNo:
		style.Alignment.Horizontal = "center"
	case inputDate:
		format, style.Alignment.Horizontal, style.Alignment.ReadingOrder = dateInputFormat, "center", 1
	case inputWhole:
		format, style.Alignment.Horizontal, style.Alignment.ReadingOrder = `0`, "center", 1
	case inputText, inputChoice:
		style.Alignment.Indent = 1
	}
	direct(style.Alignment, k.language)
	style.CustomNumFmt = &format
	return style
}

// languageOf is the language of a column whose texts are always in one.
func languageOf(key string) i18n.Language {
	switch key {
	case keyName:
		return i18n.English
	case keyNameAr:
		return i18n.Arabic
	default:
		return ""
	}
}

// direct lets a text begin at the side where its language begins, whatever the sheet's direction.
func direct(alignment *excelize.Alignment, language i18n.Language) {
	switch language {
	case i18n.English:
		alignment.Horizontal, alignment.ReadingOrder = "left", 1
	case i18n.Arabic:
		alignment.Horizontal, alignment.ReadingOrder = "right", 2
	}
}

func (t *template) cellBorders(group bool) []excelize.Border {
	list := []excelize.Border{
		{Type: "bottom", Color: sheet.Hairline, Style: 1},
		{Type: "top", Color: sheet.Hairline, Style: 1},
		{Type: "left", Color: sheet.Hairline, Style: 1},
		{Type: "right", Color: sheet.Hairline, Style: 1},
	}
	if group {
		list[t.startSide()].Color = sheet.Accent
	}
	return list
}

// startSide is the border, of those that cellBorders lists, on which a row of text begins.
func (t *template) startSide() int {
	if t.RightToLeft() {
		return 3
	}
	return 2
}

// headingStyle is that of a column's heading or, dark, of a group's.
func (t *template) headingStyle(group bool) int {
	style := &excelize.Style{
		Font:      &excelize.Font{Family: sheet.Family, Size: 9, Bold: true, Color: sheet.Ink},
		Fill:      sheet.Solid(sheet.Tint),
		Alignment: &excelize.Alignment{Vertical: "center", Horizontal: "center", WrapText: true},
		Border: []excelize.Border{
			{Type: "bottom", Color: sheet.Accent, Style: 2},
			{Type: "left", Color: sheet.Hairline, Style: 1},
			{Type: "right", Color: sheet.Hairline, Style: 1},
		},
	}
	if group {
		style.Font.Color, style.Font.Size, style.Fill = sheet.White, sheet.OrdinarySize, sheet.Solid(sheet.Accent)
		style.Border = []excelize.Border{
			{Type: "left", Color: sheet.White, Style: 1},
			{Type: "right", Color: sheet.White, Style: 1},
		}
	}
	if t.RightToLeft() {
		style.Alignment.ReadingOrder = 2
	}
	id, err := t.File.NewStyle(style)
	t.Keep(err)
	return id
}
