package planbook

import (
	"fmt"
	"strings"
	"testing"

	"mirsad/reports/scan"
)

// hostileAddresses are sheets that name cells far away, which makes the library fill everything before them.
func hostileAddresses() []hostileFile {
	rows := func(rows string) func(testing.TB) []byte {
		return func(tb testing.TB) []byte {
			tb.Helper()
			return forge(tb).rows(tb, rows).zip(tb)
		}
	}
	after := func(elements string) func(testing.TB) []byte {
		return func(tb testing.TB) []byte {
			tb.Helper()
			return forge(tb).replace(tb, planPart, "</sheetData>", "</sheetData>"+elements).zip(tb)
		}
	}
	value := func(cell string) string { return `<c r="` + cell + `"><v>1</v></c>` }
	far := strings.Repeat(`<c r="XFD600"/>`, 3000)
	return []hostileFile{
		{"the last cell of all", "sheet_too_long", rows(`<row r="1048576">` + value("XFD1048576") + `</row>`)},
		{"a row behind the last", "sheet_bad_address", rows(`<row r="1048577">` + value("A1048577") + `</row>`)},
		{"a row of a very large number", "sheet_bad_address", rows(`<row r="99999999999999999999"/>`)},
		{"a row before the first", "sheet_bad_address", rows(`<row r="-5"/>`)},
		{"the same row again", "sheet_bad_address", rows(`<row r="6">` + value("A6") + `</row>`)},
		{"a cell of another row", "sheet_bad_address", rows(`<row r="600">` + value("XFD1048576") + `</row>`)},
		{"a cell of no column", "sheet_bad_address", rows(`<row r="600">` + value("ZZZZZZZZ600") + `</row>`)},
		{"the last column", "sheet_too_wide", rows(`<row r="600">` + value("XFD600") + `</row>`)},
		{"the last column, empty, again and again", "sheet_bad_address", rows(`<row r="600">` + far + `</row>`)},
		{"the last column in each row", "sheet_too_wide", func(tb testing.TB) []byte {
			tb.Helper()
			var out strings.Builder
			for row := 600; row < 4600; row++ {
				fmt.Fprintf(&out, `<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, row, row)
			}
			return forge(tb).rows(tb, out.String()).zip(tb)
		}},
		{"the last column in each row, empty", harmless, func(tb testing.TB) []byte {
			tb.Helper()
			var out strings.Builder
			for row := 600; row < 4600; row++ {
				fmt.Fprintf(&out, `<row r="%d"><c r="XFD%d"/></row>`, row, row)
			}
			return forge(tb).rows(tb, out.String()).zip(tb)
		}},
		{"six thousand rows", "sheet_too_long", rows(rowsOf(6000, `<c><v>1</v></c>`))},
		{"a hundred columns", "sheet_too_wide", rows(rowsOf(1, strings.Repeat(`<c><v>1</v></c>`, 100)))},
		{"rows in a row", "sheet_malformed", rows(`<row r="600"><row r="601"/></row>`)},
		{
			"a second sheet's worth of rows", "sheet_malformed",
			after(`<extLst><sheetData><row r="1048576"/></sheetData></extLst>`),
		},
		{
			"a shared string that is not there", "sheet_bad_value",
			rows(`<row r="600"><c r="B600" t="s"><v>999999</v></c></row>`),
		},
		{"a shared string of no number", "sheet_bad_value", rows(`<row r="600"><c r="B600" t="s"><v>-1</v></c></row>`)},
		{
			"a merged range over all", "cell:sheet_merged",
			after(`<mergeCells><mergeCell ref="A6:XFD1048576"/></mergeCells>`),
		},
		{
			"thousands of merged ranges", "sheet_too_complex",
			after(`<mergeCells>` + strings.Repeat(`<mergeCell ref="A6:XFD1048576"/>`, 3000) + `</mergeCells>`),
		},
		{"a thousand formulas", "cell:sheet_formula", func(tb testing.TB) []byte {
			tb.Helper()
			var out strings.Builder
			for row := 600; row < 1600; row++ {
				fmt.Fprintf(&out, `<row r="%d"><c r="B%d"><f>HYPERLINK("http://evil.example")</f><v>1</v></c></row>`,
					row, row)
			}
			return forge(tb).rows(tb, out.String()).zip(tb)
		}},
		{
			"a data validation of half a million cells' names", "sheet_too_complex",
			after(`<dataValidations><dataValidation sqref="` + numbered("A%d ", 20_000) + `"/></dataValidations>`),
		},
		{"a dimension of all cells", harmless, func(tb testing.TB) []byte {
			tb.Helper()
			f := forge(tb)
			return f.replace(tb, planPart, "<sheetData>", `<dimension ref="A1:XFD1048576"/><sheetData>`).zip(tb)
		}},
		{"spans of all columns and more", harmless, rows(`<row r="600" spans="1:99999999"/>`)},
		{"columns to the last and further", harmless, func(tb testing.TB) []byte {
			tb.Helper()
			return forge(tb).replace(tb, planPart, "<sheetData>",
				`<cols><col min="1" max="99999999" width="9"/></cols><sheetData>`).zip(tb)
		}},
		{"the last row, empty, as LibreOffice writes it", harmless, rows(`<row r="1048576" ht="12.8"/>`)},
	}
}

// TestTheLargestPlanStaysWithinBounds: what keeps every limit is read, at a bounded cost.
func TestTheLargestPlanStaysWithinBounds(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: reads the file in a process of its own")
	}
	var rows strings.Builder
	cell := func(column string, row int, text string) {
		fmt.Fprintf(&rows, `<c r="%s%d" t="inlineStr"><is><t>%s</t></is></c>`, column, row, text)
	}
	count := scan.Plan().Rows - 600
	for row := 600; row < 600+count; row++ {
		fmt.Fprintf(&rows, `<row r="%d">`, row)
		cell("B", row, fmt.Sprintf("S%d — a service", row*7919))
		fmt.Fprintf(&rows, `<c r="E%d"><v>3</v></c><c r="F%d"><v>%d</v></c>`, row, row, 42000+row%900)
		for _, column := range []string{"H", "I", "J", "K", "L", "M", "N", "O"} {
			cell(column, row, "Yes")
		}
		cell("AC", row, fmt.Sprintf("A note of row %d.", row))
		rows.WriteString(`</row>`)
	}
	answer := readApart(t, forge(t).rows(t, rows.String()).zip(t))
	t.Logf("%v, %d MB", answer.Wall, answer.PeakKB>>10)
	if answer.Refused || answer.Milestones != count+2 || len(answer.Faults) > 0 {
		t.Errorf("%d milestones, refused: %t, %d faults", answer.Milestones, answer.Refused, len(answer.Faults))
	}
	if answer.PeakKB > hostileMemory {
		t.Errorf("%d kB", answer.PeakKB)
	}
}
