package sheet

import (
	"errors"
	"strings"
	"testing"

	"mirsad/internal/i18n"
)

// A library that writes a part in another way makes no workbook, rather than one that is wrong without a word.
func TestAPartThatIsWrittenOtherwiseMakesNoWorkbook(t *testing.T) {
	for name, part := range map[string]string{
		"xl/worksheets/sheet1.xml": `<dimension r="A1"/>`, "xl/tables/table1.xml": `<tbl/>`, "docProps/core.xml": `<core/>`,
		"xl/workbook.xml": `<workbookView/>`, "xl/charts/chart1.xml": `<catAx></catAx>`,
	} {
		f := finished{parts: map[string][]byte{name: []byte(part)}, language: i18n.English}
		if err := f.mend(); !errors.Is(err, errLibrary) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAChartOfCellsThatAreNotThereMakesNoWorkbook(t *testing.T) {
	for _, reference := range []string{"$B$2:$B$4", "'Nowhere'!$B$2:$B$4"} {
		f := finished{parts: map[string][]byte{}}
		part := []byte(`<strRef><f>` + reference + `</f></strRef>`)
		if _, _, err := cachedPoints(&f, part); err == nil {
			t.Errorf("%s is drawn", reference)
		}
	}
}
