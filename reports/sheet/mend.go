package sheet

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"mirsad/internal/i18n"
)

// finished are the parts of a workbook as the library wrote them, before they are packed.
type finished struct {
	parts    map[string][]byte // by name
	language i18n.Language
	filters  map[string]bool // the tables whose headers carry filter buttons
	cells    *cells          // what charts draw from; read when the first asks
}

// mend puts right one thing that the library writes wrongly, or can't be told to write, in the finished parts.
type mend struct {
	what  string
	parts string // the names of the parts that it is for begin so
	// always: every such part has it. A part without it means that the library has changed, and that this is to be
	// read again: until then it makes no workbook.
	always bool
	// in returns the part put right, and how often it was wrong.
	in func(f *finished, part []byte) (mended []byte, found int, err error)
}

// mends are done in their order; docs/design.md#workbooks says which program fails on what.
var mends = []mend{
	{"used range", worksheetParts, true, trueDimension},
	{"calculated numbers", worksheetParts, false, calculatedNumbers},
	{"empty page breaks", worksheetParts, false, replaced(`<colBreaks></colBreaks>`, ``)},
	{"filter buttons", tableParts, true, wantedFilters},
	{"names of the core properties", "docProps/core.xml", true, prefixedProperties},
	{"window", "xl/workbook.xml", true, wideWindow},
	{"date axis", chartParts, true, dateAxes},
	{"one colour for a series", chartParts, false, replaced(`<varyColors val="1">`, `<varyColors val="0">`)},
	{"language of charts", chartParts, true, languageOfCharts},
	{"points of charts", chartParts, true, cachedPoints},
}

const (
	worksheetParts = "xl/worksheets/sheet"
	tableParts     = "xl/tables/table"
	chartParts     = "xl/charts/chart"
)

// mend puts all parts right, or says what it no longer finds.
func (f *finished) mend() error {
	for _, m := range mends {
		for _, name := range slices.Sorted(maps.Keys(f.parts)) {
			if !strings.HasPrefix(name, m.parts) {
				continue
			}
			mended, found, err := m.in(f, f.parts[name])
			if err == nil && found == 0 && m.always {
				err = errLibrary
			}
			if err != nil {
				return fmt.Errorf("%s of %s: %w", m.what, name, err)
			}
			f.parts[name] = mended
		}
	}
	return nil
}
