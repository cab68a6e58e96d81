package sheet_test

import (
	"strings"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/reports/sheet"
)

func TestASheetIsReadInTheDirectionOfItsLanguage(t *testing.T) {
	for language, rightToLeft := range map[i18n.Language]bool{i18n.English: false, i18n.Arabic: true} {
		book, _ := newBook(t, language, 20)
		if book.RightToLeft() != rightToLeft {
			t.Errorf("%s: the workbook's direction", language)
		}
		view, err := written(t, book).GetSheetView("One", 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := view.RightToLeft != nil && *view.RightToLeft; got != rightToLeft {
			t.Errorf("%s: from the right %t", language, got)
		}
		if *view.ShowGridLines || *view.ZoomScale != 100 {
			t.Errorf("%s: grid lines %t, zoom %v", language, *view.ShowGridLines, *view.ZoomScale)
		}
	}
}

func TestASheetIsPrintedOnA4OnePageWide(t *testing.T) {
	book, _ := newBook(t, i18n.English, 20)
	file := written(t, book)
	layout, err := file.GetPageLayout("One")
	if err != nil {
		t.Fatal(err)
	}
	if *layout.Size != 9 || *layout.Orientation != "landscape" || *layout.FitToWidth != 1 || *layout.FitToHeight != 0 {
		t.Errorf("paper %d, %s, %d wide, %d tall", *layout.Size, *layout.Orientation, *layout.FitToWidth,
			*layout.FitToHeight)
	}
	props, err := file.GetSheetProps("One")
	if err != nil {
		t.Fatal(err)
	}
	if props.FitToPage == nil || !*props.FitToPage {
		t.Error("the sheet is not fitted to its page")
	}
	margins, err := file.GetPageMargins("One")
	if err != nil {
		t.Fatal(err)
	}
	if *margins.Top <= *margins.Header || *margins.Bottom <= *margins.Footer || !*margins.Horizontally {
		t.Error("the sheet runs into its header or footer, or is not centred")
	}
}

func TestHeadersAndFootersFollowTheReadingDirection(t *testing.T) {
	const font = `&"Arial,Regular"&8&K55626A `
	for language, want := range map[i18n.Language][2]string{
		i18n.English: {
			"&L" + font + "Health && Welfare&C" + font + "Sample data&R" + font + "On 30 September 2016",
			"&L" + font + "Highlights | One&C" + font + "Official&R" + font + "&P / &N",
		},
		i18n.Arabic: {
			"&L" + font + "On 30 September 2016&C" + font + "Sample data&R" + font + "Health && Welfare",
			"&L" + font + "&P / &N&C" + font + "Official&R" + font + "Highlights | One",
		},
	} {
		book, _ := newBook(t, language, 20)
		got, err := written(t, book).GetHeaderFooter("One")
		if err != nil {
			t.Fatal(err)
		}
		if got.OddHeader != want[0] || got.OddFooter != want[1] {
			t.Errorf("%s: header %q, footer %q", language, got.OddHeader, got.OddFooter)
		}
	}
}

// Excel refuses a file whose header has more than 255 characters.
func TestTheLongestHeaderFits(t *testing.T) {
	long := strings.Repeat("&", 300)
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	book := sheet.NewBook(words.In(i18n.English), sheet.Running{})
	t.Cleanup(book.Close)
	page := book.BareSheet("Sheet1", 1)
	plain := strings.Repeat("x", 300)
	if got := page.AcrossPage(sheet.HeaderText(plain), sheet.HeaderText(plain),
		sheet.HeaderText(plain)); len(got) > 255 {
		t.Errorf("%d characters", len(got))
	}
	if got := sheet.HeaderText(long); strings.Count(got, "&") != 98 {
		t.Errorf("%d marks of %q", strings.Count(got, "&"), got)
	}
}

func TestColumnsHaveTheirWidthsAfterAMargin(t *testing.T) {
	book, page := newBook(t, i18n.English, 36, 15)
	page.Width(9, 50)
	file := written(t, book)
	for column, want := range map[string]float64{"A": sheet.MarginWidth, "B": 36, "C": 15, "I": 50} {
		if got, err := file.GetColWidth("One", column); err != nil || got != want {
			t.Errorf("column %s is %v wide, not %v: %v", column, got, want, err)
		}
	}
	if page.Last != 3 || page.Row != 1 {
		t.Errorf("printed up to column %d, next row %d", page.Last, page.Row)
	}
}

func TestRowsAreNoTallerThanExcelTakes(t *testing.T) {
	book, page := newBook(t, i18n.English, 20)
	page.Height(2, 24.5)
	page.Height(3, 5000)
	file := written(t, book)
	if two, three := rowHeight(t, file, 2), rowHeight(t, file, 3); two != 24.5 || three != 400 {
		t.Errorf("heights %v and %v", two, three)
	}
}

func TestValuesAreTyped(t *testing.T) {
	for _, c := range []struct {
		value       any
		kind, store string
	}{
		{"text", "s", ""},
		{"=1+1", "s", ""},
		{851, "", "851"},
		{int64(-70), "", "-70"},
		{0.035, "", "0.035"},
		{programme.CountOf(0), "", "0"},
		{programme.CountOf(851), "", "851"},
		{programme.RatioOf(851, 1000), "", "0.851"},
		{civil.NewDate(2016, 9, 30), "", "42643"},
		{civil.NewMonth(2016, 9), "", "42614"},
		{nil, "", ""},
		{programme.Count{}, "", ""},
		{programme.Count{Value: 7, State: programme.NotProvided}, "", ""},
		{programme.Ratio{State: programme.NotApplicable}, "", ""},
		{civil.Date(0), "", ""},
		{civil.Month(0), "", ""},
	} {
		book, page := newBook(t, i18n.English, 20)
		page.Set(2, 2, c.value, sheet.Look{Edge: sheet.Under})
		cell := storedCells(t, bytesOf(t, book))["B2"]
		if cell.Type != c.kind && (c.kind != "" || cell.Type != "n") {
			t.Errorf("%T %v is stored as type %q", c.value, c.value, cell.Type)
		}
		if c.kind == "" && cell.Value != c.store {
			t.Errorf("%T %v is stored as %q, not %q", c.value, c.value, cell.Value, c.store)
		}
		if cell.Style == 0 {
			t.Errorf("%T %v has no look", c.value, c.value)
		}
	}
}

// A text that embeds a signed number isolates it; spreadsheet programs know the older mark only.
func TestIsolatedNumbersInTextGetTheMarkThatSpreadsheetsKnow(t *testing.T) {
	book, page := newBook(t, i18n.Arabic, 40)
	page.Set(2, 2, "تغير \u2066-70\u2069 خدمة", sheet.Look{})
	if got := shown(t, written(t, book), "B2"); got != "تغير \u200e-70\u200e خدمة" {
		t.Errorf("%+q", got)
	}
}

func TestADayIsANumberOfDays(t *testing.T) {
	for day, want := range map[civil.Date]int{
		civil.NewDate(1900, 3, 1): 61, civil.NewDate(2000, 2, 29): 36585, civil.NewDate(2016, 9, 30): 42643,
	} {
		if got := sheet.Serial(day); got != want {
			t.Errorf("%s is %d, not %d", day, got, want)
		}
	}
}

func TestReferences(t *testing.T) {
	_, page := newBook(t, i18n.English, 20)
	for got, want := range map[string]string{
		page.Address(2, 7):           "B7",
		page.Address(28, 10):         "AB10",
		page.Absolute(2, 7, 2, 7):    "'One'!$B$7",
		page.Absolute(2, 7, 28, 60):  "'One'!$B$7:$AB$60",
		sheet.Quoted("Month report"): "'Month report'!",
	} {
		if got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
}

func TestMergedCellsAreOneInLookAndValue(t *testing.T) {
	book, page := newBook(t, i18n.English, 20, 20, 20)
	page.Merge(2, 4, 2, "wide", sheet.Look{Fill: sheet.Tint})
	page.Merge(2, 2, 3, "narrow", sheet.Look{Fill: sheet.Tint})
	content := bytesOf(t, book)
	cells := storedCells(t, content)
	if cells["B2"].Style != cells["D2"].Style || cells["D2"].Style == 0 {
		t.Error("the cells of a merged range look different")
	}
	merged := part[struct {
		Ranges []struct {
			Cells string `xml:"ref,attr"`
		} `xml:"mergeCells>mergeCell"`
	}](t, content, "xl/worksheets/sheet1.xml")
	if len(merged.Ranges) != 1 || merged.Ranges[0].Cells != "B2:D2" {
		t.Errorf("merged %v", merged.Ranges)
	}
}

// definedName is a name of the workbook; one that belongs to a sheet carries the sheet's place.
type definedName struct {
	Name  string `xml:"name,attr"`
	Sheet string `xml:"localSheetId,attr"`
	Cells string `xml:",chardata"`
}

func TestNamesOfCellsAndOfPages(t *testing.T) {
	book, page := newBook(t, i18n.English, 20, 20)
	page.Define("progress_counted", 3, 9)
	page.PrintArea(44)
	page.Repeat(8)
	workbook := part[struct {
		Names []definedName `xml:"definedNames>definedName"`
	}](t, bytesOf(t, book), "xl/workbook.xml")
	got := map[definedName]bool{}
	for _, name := range workbook.Names {
		got[name] = true
	}
	for _, want := range []definedName{
		{"progress_counted", "", "'One'!$C$9"},
		{"_xlnm.Print_Area", "0", "'One'!$A$1:$C$44"},
		{"_xlnm.Print_Titles", "0", "'One'!$8:$8"},
	} {
		if !got[want] {
			t.Errorf("no %v among %v", want, workbook.Names)
		}
	}
}

func TestFrozenPanes(t *testing.T) {
	for _, c := range []struct {
		column, row int
		corner      string
		pane        string
	}{{1, 4, "A4", "bottomLeft"}, {3, 9, "C9", "bottomRight"}} {
		book, page := newBook(t, i18n.English, 20, 20)
		page.Freeze(c.column, c.row)
		panes, err := written(t, book).GetPanes("One")
		if err != nil {
			t.Fatal(err)
		}
		if !panes.Freeze || panes.XSplit != c.column-1 || panes.YSplit != c.row-1 || panes.TopLeftCell != c.corner ||
			panes.ActivePane != c.pane {
			t.Errorf("frozen before column %d and row %d: %+v", c.column, c.row, panes)
		}
	}
}

func TestAPageBreaksBeforeARow(t *testing.T) {
	book, page := newBook(t, i18n.English, 20)
	page.BreakPage(31)
	breaks := part[struct {
		Rows []struct {
			After int `xml:"id,attr"`
		} `xml:"rowBreaks>brk"`
	}](t, bytesOf(t, book), "xl/worksheets/sheet1.xml")
	if len(breaks.Rows) != 1 || breaks.Rows[0].After != 30 {
		t.Errorf("breaks after the rows %v", breaks.Rows)
	}
}
