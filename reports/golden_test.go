package reports

import (
	"os"
	"path/filepath"
	"testing"

	"mirsad/internal/i18n"
	"mirsad/reports/sheet/sheettest"
)

// small has every kind of row and few of each, so that its golden file can be read.
var small = knobs{entities: 6, services: 12, months: 4}

func TestCellsAreThoseOfTheGoldenFile(t *testing.T) {
	for _, language := range i18n.Languages() {
		golden := filepath.Join("testdata", "highlights."+string(language)+".txt")
		got := sheettest.Cells(t, build(t, sample(small), language))
		if *sheettest.Update {
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
			t.Errorf("%s: cells differ from %s (run with -update and read the change):\n%s", language, golden,
				sheettest.FirstDifference(got, string(want)))
		}
	}
}
