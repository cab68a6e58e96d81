package sheet_test

import (
	"encoding/xml"
	"testing"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/i18n"
	"mirsad/reports/sheet"
	"mirsad/reports/sheet/sheettest"
)

// running is what the pages of these tests say around their sheets.
var running = sheet.Running{
	Programme: "Health & Welfare", Mark: "Sample data", Date: "On 30 September 2016", Title: "Highlights",
	Classification: "Official", Subtitle: "What it describes", Sample: "Made up",
}

// newBook begins a workbook and its first sheet, One, whose columns have the given widths.
func newBook(tb testing.TB, language i18n.Language, widths ...float64) (*sheet.Book, *sheet.Sheet) {
	tb.Helper()
	words, err := i18n.Load()
	if err != nil {
		tb.Fatal(err)
	}
	book := sheet.NewBook(words.In(language), running)
	tb.Cleanup(book.Close)
	book.Keep(book.File.SetSheetName("Sheet1", "One"))
	return book, book.OpenSheet("One", widths...)
}

// written finishes a workbook and reads it back as another program would.
func written(tb testing.TB, book *sheet.Book) *excelize.File {
	tb.Helper()
	return sheettest.Open(tb, bytesOf(tb, book))
}

func bytesOf(tb testing.TB, book *sheet.Book) []byte {
	tb.Helper()
	content, err := book.Bytes()
	if err != nil {
		tb.Fatal(err)
	}
	return content
}

// part decodes one part of a finished workbook.
func part[T any](tb testing.TB, content []byte, name string) T {
	tb.Helper()
	var decoded T
	text, found := sheettest.Parts(tb, content)[name]
	if !found {
		tb.Fatalf("the workbook has no %s", name)
	}
	if err := xml.Unmarshal([]byte(text), &decoded); err != nil {
		tb.Fatalf("%s: %v", name, err)
	}
	return decoded
}

// storedCell is a cell as the file holds it: the type of its value, its style and the value.
type storedCell struct {
	Address string `xml:"r,attr"`
	Type    string `xml:"t,attr"`
	Style   int    `xml:"s,attr"`
	Value   string `xml:"v"`
}

// storedCells are the cells of the first sheet by their addresses.
func storedCells(tb testing.TB, content []byte) map[string]storedCell {
	tb.Helper()
	stored := part[struct {
		Rows []struct {
			Cells []storedCell `xml:"c"`
		} `xml:"sheetData>row"`
	}](tb, content, "xl/worksheets/sheet1.xml")
	cells := map[string]storedCell{}
	for _, row := range stored.Rows {
		for _, cell := range row.Cells {
			cells[cell.Address] = cell
		}
	}
	return cells
}

// styleOf is how a cell of the first sheet looks.
func styleOf(tb testing.TB, file *excelize.File, cell string) *excelize.Style {
	tb.Helper()
	id, err := file.GetCellStyle("One", cell)
	if err != nil {
		tb.Fatal(err)
	}
	style, err := file.GetStyle(id)
	if err != nil {
		tb.Fatal(err)
	}
	return style
}

// shown is what a reader sees in a cell of the first sheet.
func shown(tb testing.TB, file *excelize.File, cell string) string {
	tb.Helper()
	text, err := file.GetCellValue("One", cell)
	if err != nil {
		tb.Fatal(err)
	}
	return text
}

func rowHeight(tb testing.TB, file *excelize.File, row int) float64 {
	tb.Helper()
	height, err := file.GetRowHeight("One", row)
	if err != nil {
		tb.Fatal(err)
	}
	return height
}
