package sheet_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/i18n"
	"mirsad/reports/sheet"
	"mirsad/reports/sheet/sheettest"
)

// crowded is a workbook with something of everything whose order the library leaves to maps.
func crowded(t *testing.T) []byte {
	t.Helper()
	book, page, chart := months(t, i18n.Arabic)
	page.Define("one", 2, 2)
	page.LineChart(chart)
	for _, name := range []string{"Two", "Three", "Four"} {
		_, err := book.File.NewSheet(name)
		book.Keep(err)
		other := book.OpenSheet(name, 30, 12)
		table := services([]any{"Renewal", 851})
		table.Name += name
		other.Table(table)
		other.ColumnChart(chart, chart.Series[1])
	}
	return bytesOf(t, book)
}

func TestTheSameWorkbookHasTheSameBytes(t *testing.T) {
	first := crowded(t)
	for range 5 {
		if !bytes.Equal(crowded(t), first) {
			t.Fatal("two builds of one workbook differ")
		}
	}
}

func TestTheArchiveIsSortedAndKnowsNoClock(t *testing.T) {
	content := crowded(t)
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, file := range archive.File {
		names = append(names, file.Name)
		if year := file.Modified.UTC().Year(); year != 1980 {
			t.Errorf("%s is of the year %d", file.Name, year)
		}
		if file.Method != zip.Deflate {
			t.Errorf("%s is not compressed", file.Name)
		}
	}
	if !slices.IsSorted(names) || names[0] != sheet.ContentTypes {
		t.Errorf("parts %v", names)
	}
	types := sheettest.Parts(t, content)[sheet.ContentTypes]
	for _, kind := range []string{"Default", "Override"} {
		listed := regexp.MustCompile(`<`+kind+` [^>]*>`).FindAllString(types, -1)
		if len(listed) < 2 || !slices.IsSorted(listed) {
			t.Errorf("%s: %d types, not in their order: %v", kind, len(listed), listed)
		}
	}
	if strings.LastIndex(types, "<Default") > strings.Index(types, "<Override") ||
		!strings.HasSuffix(types, "</Types>") {
		t.Errorf("the list of types is %s", types)
	}
}

func TestTheKitKeepsTheOpenXMLRules(t *testing.T) {
	sheettest.KeepsOpenXML(t, crowded(t))
}

func TestTheFirstErrorIsKept(t *testing.T) {
	book, page := newBook(t, i18n.English, 20)
	first, second := errors.New("first"), errors.New("second")
	book.Keep(nil)
	if book.Err() != nil {
		t.Fatal("nothing is an error")
	}
	book.Keep(first)
	book.Keep(second)
	page.Set(2, 2, "text", sheet.Look{})
	if _, err := book.Bytes(); !errors.Is(err, first) || !errors.Is(book.Err(), first) {
		t.Errorf("%v", err)
	}
	if got, err := book.File.GetCellValue("One", "B2"); err != nil || got != "" {
		t.Errorf("after an error B2 is written: %q, %v", got, err)
	}
}

// What the library refuses breaks the workbook, wherever in the kit it happens.
func TestNoErrorOfTheLibraryIsLost(t *testing.T) {
	for name, step := range map[string]func(*sheet.Sheet){
		"a column before the first": func(s *sheet.Sheet) { s.Set(0, 1, "text", sheet.Look{}) },
		"a width without a column":  func(s *sheet.Sheet) { s.Width(0, 10) },
		"a row before the first":    func(s *sheet.Sheet) { s.Height(0, 10) },
		"a width of a mile":         func(s *sheet.Sheet) { s.Width(2, 5000) },
		"a name with a space":       func(s *sheet.Sheet) { s.Define("no name", 2, 2) },
		"a reference to no cell":    func(s *sheet.Sheet) { s.Absolute(2, 0, 2, 2) },
		"a reference to no end":     func(s *sheet.Sheet) { s.Absolute(2, 2, 0, 2) },
		"a chart of nothing":        func(s *sheet.Sheet) { s.LineChart(sheet.Chart{Column: 0, Row: 0}) },
		"a table called like a cell": func(s *sheet.Sheet) {
			table := services([]any{"x", 1})
			table.Name = "1 no name"
			s.Table(table)
		},
		"a sheet that is not there": func(s *sheet.Sheet) { s.Name = "Two"; s.Set(2, 2, "text", sheet.Look{}) },
	} {
		book, page := newBook(t, i18n.English, 20)
		step(page)
		if book.Err() == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestNamesAreInTheReadersLanguageWhenThereIsOne(t *testing.T) {
	for _, c := range []struct {
		english, arabic, code string
		inEnglish, inArabic   string
	}{
		{"Health", "الصحة", "moh", "Health", "الصحة"},
		{"Health", "", "moh", "Health", "Health"},
		{"", "الصحة", "moh", "الصحة", "الصحة"},
		{" \n", "", "moh", "moh", "moh"},
		{"", "", "", "", ""},
	} {
		for language, want := range map[i18n.Language]string{i18n.English: c.inEnglish, i18n.Arabic: c.inArabic} {
			book, _ := newBook(t, language, 20)
			if got := book.Named(c.english, c.arabic, c.code); got != want {
				t.Errorf("%q, %q, %q in %s: %q, not %q", c.english, c.arabic, c.code, language, got, want)
			}
		}
	}
}

func TestAWorkbookSpeaksOneTypeface(t *testing.T) {
	book, page := newBook(t, i18n.English, 20)
	page.Set(2, 2, "text", sheet.Look{})
	styles := part[struct {
		Families []struct {
			Name string `xml:"val,attr"`
		} `xml:"fonts>font>name"`
	}](t, bytesOf(t, book), "xl/styles.xml")
	if len(styles.Families) == 0 {
		t.Fatal("no typeface")
	}
	for _, family := range styles.Families {
		if family.Name != sheet.Family {
			t.Errorf("the workbook has the typeface %s", family.Name)
		}
	}
}

func TestADescribedLookCanBecomeMore(t *testing.T) {
	book, page := newBook(t, i18n.English, 20)
	style := book.Describe(sheet.Look{Bold: true})
	style.Protection = &excelize.Protection{Locked: false}
	id, err := book.File.NewStyle(style)
	book.Keep(err)
	book.Keep(book.File.SetCellStyle(page.Name, "B2", "B2", id))
	got := styleOf(t, written(t, book), "B2")
	if !got.Font.Bold || got.Protection == nil || got.Protection.Locked {
		t.Errorf("style %+v", got)
	}
}
