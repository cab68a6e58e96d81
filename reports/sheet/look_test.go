package sheet_test

import (
	"testing"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/civil"
	"mirsad/internal/i18n"
	"mirsad/reports/sheet"
)

func TestEqualLooksShareOneStyle(t *testing.T) {
	book, page := newBook(t, i18n.English, 20, 20)
	total := sheet.Look{Bold: true, Fill: sheet.Tint, Edge: sheet.StrongUp}
	page.Set(2, 2, "first", total)
	page.Set(3, 9, "second", sheet.Look{Edge: sheet.StrongUp, Bold: true, Fill: sheet.Tint})
	page.Set(2, 3, "another", sheet.Look{Bold: true})
	content := bytesOf(t, book)
	cells := storedCells(t, content)
	if cells["B2"].Style == 0 || cells["B2"].Style != cells["C9"].Style || cells["B2"].Style == cells["B3"].Style {
		t.Errorf("styles %d and %d of equal looks, %d of another",
			cells["B2"].Style, cells["C9"].Style, cells["B3"].Style)
	}
	styles := part[struct {
		Formats []struct{} `xml:"cellXfs>xf"`
	}](t, content, "xl/styles.xml")
	if len(styles.Formats) != 3 {
		t.Errorf("%d styles for two looks and the workbook's own", len(styles.Formats))
	}
}

func TestALookWithoutWishesIsOrdinary(t *testing.T) {
	book, page := newBook(t, i18n.English, 20)
	page.Set(2, 2, "text", sheet.Look{})
	style := styleOf(t, written(t, book), "B2")
	if f := style.Font; f.Family != sheet.Family || f.Size != sheet.OrdinarySize || f.Color != sheet.Ink || f.Bold {
		t.Errorf("typeface %+v", *f)
	}
	if len(style.Border) > 0 || len(style.Fill.Color) > 0 || style.Alignment.Vertical != "center" {
		t.Errorf("a border %v, a fill %v or text that is not in the middle of its row", style.Border, style.Fill)
	}
}

func TestALookReachesItsCell(t *testing.T) {
	book, page := newBook(t, i18n.English, 20)
	page.Set(2, 2, "text", sheet.Look{
		Size: 13, Bold: true, Italic: true, Colour: sheet.Muted, Fill: sheet.Tint, Top: true, Wrap: true, Indent: 2,
	})
	page.Set(2, 3, "link", sheet.Look{Link: true, Colour: sheet.Muted})
	file := written(t, book)
	style := styleOf(t, file, "B2")
	if f := style.Font; f.Size != 13 || !f.Bold || !f.Italic || f.Color != sheet.Muted {
		t.Errorf("typeface %+v", *f)
	}
	if a := style.Alignment; a.Vertical != "top" || !a.WrapText || a.Indent != 2 {
		t.Errorf("alignment %+v", *a)
	}
	if len(style.Fill.Color) != 1 || style.Fill.Color[0] != sheet.Tint {
		t.Errorf("fill %+v", style.Fill)
	}
	if f := styleOf(t, file, "B3").Font; f.Underline != "single" || f.Color != sheet.Accent {
		t.Errorf("a link in typeface %+v", *f)
	}
}

func TestEdgesAreBordersOfOneSide(t *testing.T) {
	book, page := newBook(t, i18n.English, 20)
	want := map[sheet.Edge]excelize.Border{
		sheet.Under:    {Type: "bottom", Color: sheet.Hairline, Style: 1},
		sheet.Strong:   {Type: "bottom", Color: sheet.Accent, Style: 2},
		sheet.StrongUp: {Type: "top", Color: sheet.Accent, Style: 1},
	}
	for edge := range want {
		page.Set(2, int(edge)+1, "text", sheet.Look{Edge: edge})
	}
	file := written(t, book)
	for edge, border := range want {
		cell := page.Address(2, int(edge)+1)
		if got := styleOf(t, file, cell).Border; len(got) != 1 || got[0] != border {
			t.Errorf("%s has the borders %v, not %v", cell, got, border)
		}
	}
}

// Text follows the language; a number reads from the left in both, or its sign would move to its other end.
func TestSidesAndReadingOrderFollowTheLanguage(t *testing.T) {
	const left, right = 1, 2
	for _, c := range []struct {
		language i18n.Language
		look     sheet.Look
		side     string
		order    uint64
	}{
		{i18n.English, sheet.Look{}, "left", 0},
		{i18n.English, sheet.Look{Align: sheet.End}, "right", 0},
		{i18n.English, sheet.Look{Align: sheet.Middle}, "center", 0},
		{i18n.English, sheet.Look{Align: sheet.End, Format: sheet.SignedFormat}, "right", left},
		{i18n.Arabic, sheet.Look{}, "right", right},
		{i18n.Arabic, sheet.Look{Align: sheet.End}, "left", right},
		{i18n.Arabic, sheet.Look{Align: sheet.Middle}, "center", right},
		{i18n.Arabic, sheet.Look{Align: sheet.End, Format: sheet.SignedFormat}, "right", left},
		{i18n.Arabic, sheet.Look{Align: sheet.End, Title: true}, "right", right},
		{i18n.Arabic, sheet.Look{Format: sheet.PercentFormat}, "right", left},
		{i18n.Arabic, sheet.Look{Format: sheet.TextFormat}, "right", right},
		{i18n.Arabic, sheet.Look{Format: sheet.MonthFormat(i18n.Arabic)}, "right", right},
	} {
		book, page := newBook(t, c.language, 20)
		page.Set(2, 2, 7, c.look)
		a := styleOf(t, written(t, book), "B2").Alignment
		if a.Horizontal != c.side || a.ReadingOrder != c.order {
			t.Errorf("%s %+v: at the %s, reading order %d; want %s, %d",
				c.language, c.look, a.Horizontal, a.ReadingOrder, c.side, c.order)
		}
	}
}

func TestNumberFormatsShowWhatTheyPromise(t *testing.T) {
	for _, c := range []struct {
		format string
		value  any
		want   string
	}{
		{sheet.WholeFormat, 1284211, "1,284,211"},
		{sheet.SignedFormat, 1070, "+1,070"},
		{sheet.SignedFormat, -70, "-70"},
		{sheet.PercentFormat, 0.614, "61.4%"},
		{sheet.GrowthFormat, 0.031, "+3.1%"},
		{sheet.GrowthFormat, -0.031, "-3.1%"},
		{sheet.IndexFormat, 1.0, "1.000"},
		{sheet.RateFormat, 49.6667, "49.7"},
		{sheet.PointsFormat, 17.2, "+17.2"},
		{sheet.PointsFormat, -0.5, "-0.5"},
		{sheet.DayFormat(i18n.English), civil.NewDate(2016, 9, 3), "3 Sep 2016"},
		{sheet.MonthFormat(i18n.English), civil.NewMonth(2016, 9), "Sep 2016"},
		{sheet.DayFormat(i18n.Arabic), civil.NewDate(2016, 9, 3), "3 سبتمبر 2016"},
		{sheet.MonthFormat(i18n.Arabic), civil.NewMonth(2016, 9), "سبتمبر 2016"},
	} {
		book, page := newBook(t, i18n.English, 20)
		page.Set(2, 2, c.value, sheet.Look{Format: c.format})
		if got := shown(t, written(t, book), "B2"); got != c.want {
			t.Errorf("%v as %s shows %q, not %q", c.value, c.format, got, c.want)
		}
	}
}
