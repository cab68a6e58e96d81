package reports

import (
	"math"
	"testing"

	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/reports/sheet/sheettest"
)

// Other programs' readers see every cell that the workbook holds, and every number as a number.
func TestOtherReadersReadTheWholeWorkbook(t *testing.T) {
	empty := &figures.Figures{Stamp: figures.Stamp{On: september.Last()}, Programme: programme.DefaultSettings()}
	for name, figures := range map[string]*figures.Figures{"sample": sample(usual), "hostile": hostile(), "empty": empty} {
		for _, language := range i18n.Languages() {
			t.Run(name+" "+string(language), func(t *testing.T) {
				t.Parallel()
				content := build(t, figures, language)
				here := sheettest.SeenHere(t, content)
				for reader, sheets := range sheettest.ReadElsewhere(t, content) {
					if len(sheets) != len(here) {
						t.Errorf("%s reads %d sheets of %d", reader, len(sheets), len(here))
					}
					for sheet, want := range here {
						got := sheets[sheet]
						if got.Cells != want.Cells || got.Numbers != want.Numbers {
							t.Errorf("%s reads of %s %+v, not %+v", reader, sheet, got, want)
						}
						if got.Sum != nil && math.Abs(*got.Sum-*want.Sum) > 1e-6*math.Abs(*want.Sum) {
							t.Errorf("%s sums %s to %v, not %v", reader, sheet, *got.Sum, *want.Sum)
						}
					}
				}
			})
		}
	}
}
