package sheettest

import (
	"bytes"
	"flag"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// Update rewrites the golden files instead of comparing with them.
var Update = flag.Bool("update", false, "rewrite the golden files")

// FirstDifference words the first line in which two texts differ.
func FirstDifference(got, want string) string {
	gotLines, wantLines := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(gotLines), len(wantLines)) {
		if gotLines[i] != wantLines[i] {
			return fmt.Sprintf("line %d\n got %s\nwant %s", i+1, gotLines[i], wantLines[i])
		}
	}
	return fmt.Sprintf("%d lines, not %d", len(gotLines), len(wantLines))
}

// Cells lists every cell that holds something, a row a line, and every name.
func Cells(t *testing.T, content []byte) string {
	t.Helper()
	book := Open(t, content)
	var out strings.Builder
	for _, sheet := range book.GetSheetList() {
		fmt.Fprintf(&out, "== %s\n", sheet)
		rows, err := book.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			if line := strings.Trim(strings.Join(row, " | "), " |"); line != "" {
				fmt.Fprintf(&out, "%d: %s\n", i+1, line)
			}
		}
	}
	out.WriteString("== names\n")
	for _, name := range book.GetDefinedName() {
		fmt.Fprintf(&out, "%s = %s\n", name.Name, name.RefersTo)
	}
	return out.String()
}

// Open reads a workbook; it is closed when the test ends.
func Open(tb testing.TB, content []byte) *excelize.File {
	tb.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = book.Close() })
	return book
}
