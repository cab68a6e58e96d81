package reports

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/i18n"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// small has every kind of row and few of each, so that its golden file can be read.
var small = knobs{entities: 6, services: 12, months: 4}

func TestCellsAreThoseOfTheGoldenFile(t *testing.T) {
	for _, language := range i18n.Languages() {
		golden := filepath.Join("testdata", "highlights."+string(language)+".txt")
		got := cells(t, build(t, sample(small), language))
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s: cells differ from %s (run with -update and read the change):\n%s", language, golden, firstDifference(got, string(want)))
		}
	}
}

func firstDifference(got, want string) string {
	gotLines, wantLines := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(gotLines), len(wantLines)) {
		if gotLines[i] != wantLines[i] {
			return fmt.Sprintf("line %d\n got %s\nwant %s", i+1, gotLines[i], wantLines[i])
		}
	}
	return fmt.Sprintf("%d lines, not %d", len(gotLines), len(wantLines))
}

// cells lists every cell that holds something, a row a line, and every name.
func cells(t *testing.T, content []byte) string {
	t.Helper()
	book := open(t, content)
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

func open(tb testing.TB, content []byte) *excelize.File {
	tb.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = book.Close() })
	return book
}
