package sheet_test

import (
	"math"
	"strings"
	"testing"

	"mirsad/internal/i18n"
	"mirsad/reports/sheet"
)

func TestEverySheetBeginsWithItsTitle(t *testing.T) {
	book, page := newBook(t, i18n.English, 20, 20)
	page.Title("Maturity")
	if page.Row != 6 {
		t.Errorf("the sheet goes on in row %d", page.Row)
	}
	file := written(t, book)
	for cell, want := range map[string]string{"B2": "Maturity", "B3": running.Subtitle, "B4": running.Sample} {
		if got := shown(t, file, cell); got != want {
			t.Errorf("%s shows %q, not %q", cell, got, want)
		}
	}
	if fill := styleOf(t, file, "B4").Fill.Color; len(fill) != 1 || fill[0] != sheet.SampleTint {
		t.Errorf("the line that says that it is sample data has the fill %v", fill)
	}
}

func TestRealDataHasNoLineOfTheSample(t *testing.T) {
	book, page := newBook(t, i18n.English, 20, 20)
	book.Running.Sample = ""
	page.Title("Maturity")
	if page.Row != 5 {
		t.Errorf("the sheet goes on in row %d", page.Row)
	}
	if got := shown(t, written(t, book), "B4"); got != "" {
		t.Errorf("B4 shows %q", got)
	}
}

func TestAHeadingSpansItsColumns(t *testing.T) {
	book, page := newBook(t, i18n.English, 20, 20, 20)
	page.Heading(2, 3, 7, "By level")
	file := written(t, book)
	if rowHeight(t, file, 7) != sheet.HeadingHeight || shown(t, file, "B7") != "By level" {
		t.Errorf("%q in a row of %v points", shown(t, file, "B7"), rowHeight(t, file, 7))
	}
	merged, err := file.GetMergeCells("One")
	if err != nil || len(merged) != 1 || merged[0].GetStartAxis() != "B7" || merged[0].GetEndAxis() != "C7" {
		t.Errorf("merged %v: %v", merged, err)
	}
}

func TestAParagraphHasARowTallEnough(t *testing.T) {
	book, page := newBook(t, i18n.English, 20, 20)
	page.Row = 5
	page.Paragraph(40, strings.Repeat("word ", 30), sheet.Look{Size: 12})
	page.Gap()
	if page.Row != 7 {
		t.Errorf("the sheet goes on in row %d", page.Row)
	}
	file := written(t, book)
	if !styleOf(t, file, "B5").Alignment.WrapText {
		t.Error("a paragraph does not wrap")
	}
	// 150 characters in lines of 36 letters of this size
	if got := rowHeight(t, file, 5); got < 5*12*1.3 || got > 6*12*1.5 {
		t.Errorf("its row is %v points tall", got)
	}
	if got := rowHeight(t, file, 6); got != 9 {
		t.Errorf("the gap is %v points tall", got)
	}
}

func TestTextHeights(t *testing.T) {
	const one = sheet.LineHeight + sheet.Air
	for _, c := range []struct {
		name        string
		text        string
		width, size float64
		want        float64
	}{
		{"nothing takes a line", "", 20, 0, one},
		{"a word", "word", 20, 0, one},
		{"a line that is just full", "1234567890", 10, 0, one},
		{"two words that fit no line together", "12345678 12345678", 10, 0, one + sheet.LineHeight},
		{"a word longer than its cell", strings.Repeat("x", 25), 10, 0, one + 2*sheet.LineHeight},
		{"line breaks", "one\ntwo\n\nfour", 20, 0, one + 3*sheet.LineHeight},
		{"letters twice as tall", "word", 20, 2 * sheet.OrdinarySize, 2*sheet.LineHeight + sheet.Air},
		{
			"letters twice as tall fill lines sooner", "12345 12345", 12, 2 * sheet.OrdinarySize,
			4*sheet.LineHeight + sheet.Air,
		},
		{"Arabic letters are counted, not their bytes", strings.Repeat("م", 10), 10, 0, one},
	} {
		if got := sheet.TextHeight(c.text, c.width, c.size); math.Abs(got-c.want) > 0.01 {
			t.Errorf("%s: %v points, not %v", c.name, got, c.want)
		}
	}
}
