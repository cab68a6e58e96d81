package sheet_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/i18n"
	"mirsad/reports/sheet"
	"mirsad/reports/sheet/sheettest"
)

// Each mend is looked for in the file itself, where the library's own words would be if it were not done.
func TestTheFileSaysWhatTheLibraryCannotSay(t *testing.T) {
	book, page, chart := months(t, i18n.Arabic)
	page.ColumnChart(chart)
	page.Set(2, 40, 0, sheet.Look{})
	book.Keep(book.File.SetCellFormula(page.Name, "B40", "SUM(C2:C4)-2403"))
	page.Set(3, 41, "", sheet.Look{})
	page.BreakPage(30)
	filtered := services([]any{"Renewal", 851})
	filtered.Name, filtered.Filter = "Filtered", true
	page.Row = 50
	page.Table(filtered)
	parts := sheettest.Parts(t, bytesOf(t, book))
	for _, c := range []struct{ name, part, holds, not string }{
		{"the used range", "xl/worksheets/sheet1.xml", `<dimension ref="B1:D51">`, `ref="A1"`},
		{"a calculated number", "xl/worksheets/sheet1.xml", `><f>SUM(C2:C4)-2403</f><v>0</v>`, `t="str"`},
		{"no break without one", "xl/worksheets/sheet1.xml", `<rowBreaks count="1"`, `<colBreaks>`},
		{"an empty text is no value", "xl/worksheets/sheet1.xml", ``, `<v></v>`},
		{"the prefix of properties", "docProps/core.xml", `<cp:coreProperties xmlns:cp=`, `<coreProperties`},
		{"a window of a screen", "xl/workbook.xml", `windowWidth="28800" windowHeight="15600" tabRatio="800"`, `14805`},
		{"no filter nobody asks for", "xl/tables/table1.xml", `displayName="Months"`, `autoFilter`},
		{"a filter somebody asks for", "xl/tables/table2.xml", `<autoFilter ref="B50:C51">`, `Months`},
		{"an axis of dates", "xl/charts/chart1.xml", `<dateAx>`, `<catAx>`},
		{"one colour for a series", "xl/charts/chart1.xml", `<varyColors val="0">`, `<varyColors val="1">`},
		{"the chart's language", "xl/charts/chart1.xml", `<lang val="ar-QA">`, `en-US`},
		{"its direction", "xl/charts/chart1.xml", `<a:pPr rtl="1">`, `<a:pPr>`},
		{"the months it shows", "xl/charts/chart1.xml", `<ptCount val="3"></ptCount><pt idx="0"><v>42552</v></pt>`, ``},
		{"the numbers it shows", "xl/charts/chart1.xml", `<pt idx="2"><v>802</v></pt>`, `<formatCode></formatCode>`},
		{"the names it shows", "xl/charts/chart1.xml", `<strCache><ptCount val="1"></ptCount><pt idx="0"><v>Counted</v></pt></strCache>`, ``},
	} {
		part := parts[c.part]
		if !strings.Contains(part, c.holds) || (c.not != "" && strings.Contains(part, c.not)) {
			t.Errorf("%s: %s has no %s, or has %s", c.name, c.part, c.holds, c.not)
		}
	}
}

// The file's own metadata, which the library writes in two ways, has one form.
func TestPropertiesHaveTheirPrefixInBothForms(t *testing.T) {
	for _, described := range []bool{false, true} {
		book, _ := newBook(t, i18n.English, 20)
		if described {
			book.Keep(book.File.SetDocProps(&excelize.DocProperties{Category: "Official", LastModifiedBy: "Mirsad"}))
		}
		core := sheettest.Parts(t, bytesOf(t, book))["docProps/core.xml"]
		if bare := regexp.MustCompile(`</?(coreProperties|lastModifiedBy|category|version|contentStatus)\b`).FindString(core); bare != "" {
			t.Errorf("%s is without its prefix in %s", bare, core)
		}
		if described && !strings.Contains(core, `<cp:category>Official</cp:category>`) {
			t.Errorf("the category is lost in %s", core)
		}
	}
}
