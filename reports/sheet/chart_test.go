package sheet_test

import (
	"regexp"
	"strings"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/i18n"
	"mirsad/reports/sheet"
	"mirsad/reports/sheet/sheettest"
)

// months is a sheet with a table of three months, and what charts of it have in common.
func months(t *testing.T, language i18n.Language) (*sheet.Book, *sheet.Sheet, sheet.Chart) {
	t.Helper()
	book, page := newBook(t, language, 20, 12, 12)
	table := sheet.Table{Name: "Months", Columns: []sheet.Column{
		{Title: "Month", Look: sheet.Look{Format: sheet.MonthFormat(language)}}, {Title: "Counted"}, {Title: "Plan"},
	}}
	for i := range 3 {
		table.Rows = append(table.Rows, []any{civil.NewMonth(2016, 7) + civil.Month(i), 800 + i, 900 + i})
	}
	at := page.Table(table)
	return book, page, sheet.Chart{
		Name: "burn-up", Title: "Progress", Alt: "851 of 1,000 services", Categories: at.Reference(0),
		Format: sheet.WholeFormat, Column: 2, Row: 8, Width: 400, Height: 200,
		Series: []sheet.Series{
			{Title: at.Title(1), Values: at.Reference(1), Colour: sheet.Accent, Width: 3},
			{Title: at.Title(2), Values: at.Reference(2), Colour: sheet.Ink, Width: 1.5},
		},
	}
}

func TestAChartOfLines(t *testing.T) {
	book, page, chart := months(t, i18n.English)
	page.LineChart(chart)
	content := bytesOf(t, book)
	drawn := part[struct {
		Lines []struct {
			Title  string  `xml:"tx>strRef>f"`
			Months string  `xml:"cat>numRef>f"`
			Values string  `xml:"val>numRef>f"`
			Colour element `xml:"spPr>ln>solidFill>srgbClr"`
			Marker element `xml:"marker>symbol"`
		} `xml:"chart>plotArea>lineChart>ser"`
		Blanks element `xml:"chart>dispBlanksAs"`
	}](t, content, "xl/charts/chart1.xml")
	if len(drawn.Lines) != 2 {
		t.Fatalf("%d lines", len(drawn.Lines))
	}
	line := drawn.Lines[1]
	if line.Title != "'One'!$D$1" || line.Values != "'One'!$D$2:$D$4" || line.Months != "'One'!$B$2:$B$4" {
		t.Errorf("the second line reads %s, %s over %s", line.Title, line.Values, line.Months)
	}
	if line.Colour.Value != sheet.Ink || line.Marker.Value != "none" || drawn.Blanks.Value != "gap" {
		t.Errorf("colour %s, marker %s, blanks as %s", line.Colour.Value, line.Marker.Value, drawn.Blanks.Value)
	}
	drawing := sheettest.Parts(t, content)["xl/drawings/drawing1.xml"]
	if !strings.Contains(drawing, `name="burn-up"`) || !strings.Contains(drawing, `descr="851 of 1,000 services"`) {
		t.Errorf("the chart has no name or no words for who does not see it: %s", drawing)
	}
}

// element is an XML element of which only its value matters.
type element struct {
	Value string `xml:"val,attr"`
}

func TestColumnsAreStackedWithLinesOverThem(t *testing.T) {
	for _, over := range []int{0, 1} {
		book, page, chart := months(t, i18n.English)
		lines := chart.Series[1:][:over]
		chart.Series = chart.Series[:1]
		page.ColumnChart(chart, lines...)
		drawn := part[struct {
			Grouping element    `xml:"chart>plotArea>barChart>grouping"`
			Overlap  element    `xml:"chart>plotArea>barChart>overlap"`
			Columns  []struct{} `xml:"chart>plotArea>barChart>ser"`
			Lines    []struct{} `xml:"chart>plotArea>lineChart>ser"`
		}](t, bytesOf(t, book), "xl/charts/chart1.xml")
		if drawn.Grouping.Value != "stacked" || drawn.Overlap.Value != "100" {
			t.Errorf("columns are %s with an overlap of %s", drawn.Grouping.Value, drawn.Overlap.Value)
		}
		if len(drawn.Columns) != 1 || len(drawn.Lines) != over {
			t.Errorf("%d columns and %d lines, not 1 and %d", len(drawn.Columns), len(drawn.Lines), over)
		}
	}
}

// axis is what a chart says of one of its axes.
type axis struct {
	Orientation element `xml:"scaling>orientation"`
	Least       element `xml:"scaling>min"`
	Format      struct {
		Code string `xml:"formatCode,attr"`
	} `xml:"numFmt"`
	Labels element `xml:"tickLblPos"`
	Unit   element `xml:"baseTimeUnit"`
	Every  element `xml:"majorUnit"`
	Months element `xml:"majorTimeUnit"`
}

// axes are those of a chart. An axis of names is what the library writes and the kit turns into one of dates.
type axes struct {
	Dates  []axis `xml:"chart>plotArea>dateAx"`
	Names  []axis `xml:"chart>plotArea>catAx"`
	Values []axis `xml:"chart>plotArea>valAx"`
}

// The axes of the last member are what shows, so the lines over columns need them as the columns do.
func TestEveryMemberOfAChartHasItsAxes(t *testing.T) {
	for language, orientation := range map[i18n.Language]string{i18n.English: "minMax", i18n.Arabic: "maxMin"} {
		for _, over := range []int{0, 1} {
			book, page, chart := months(t, language)
			lines := chart.Series[1:][:over]
			chart.Series = chart.Series[:1]
			page.ColumnChart(chart, lines...)
			drawn := part[axes](t, bytesOf(t, book), "xl/charts/chart1.xml")
			if len(drawn.Names) != 0 || len(drawn.Dates) == 0 || len(drawn.Values) == 0 {
				t.Fatalf("%s: %d axes of names, %d of dates, %d of values",
					language, len(drawn.Names), len(drawn.Dates), len(drawn.Values))
			}
			for _, a := range drawn.Dates {
				if a.Orientation.Value != orientation || a.Format.Code != sheet.MonthFormat(language) ||
					a.Labels.Value != "low" {
					t.Errorf("%s: the months run %s as %s, labels %s",
						language, a.Orientation.Value, a.Format.Code, a.Labels.Value)
				}
				if a.Unit.Value != "months" || a.Every.Value != "6" || a.Months.Value != "months" {
					t.Errorf("%s: labels every %s %s of %s", language, a.Every.Value, a.Months.Value, a.Unit.Value)
				}
			}
			for _, a := range drawn.Values {
				if a.Least.Value != "0" || a.Format.Code != sheet.WholeFormat {
					t.Errorf("%s: values from %q as %s", language, a.Least.Value, a.Format.Code)
				}
			}
		}
	}
}

func TestAChartHasTheColoursAndTypefaceOfTheKit(t *testing.T) {
	book, page, chart := months(t, i18n.English)
	page.ColumnChart(chart, chart.Series[1])
	drawn := sheettest.Parts(t, bytesOf(t, book))["xl/charts/chart1.xml"]
	for _, found := range regexp.MustCompile(`latin typeface="([^"]*)"`).FindAllStringSubmatch(drawn, -1) {
		if found[1] != sheet.Family && found[1] != "+mn-lt" {
			t.Errorf("text in %s", found[1])
		}
	}
	if !strings.Contains(drawn, `<a:latin typeface="`+sheet.Family+`"`) || strings.Contains(drawn, "accent") {
		t.Error("no text in the kit's typeface, or a colour of the theme")
	}
}

func TestPixelsLeaveRoomAtTheEnd(t *testing.T) {
	for got, want := range map[uint]uint{
		sheet.Pixels(30, 20):         30*8 + 20*8 - 40,
		sheet.Pixels(1.5):            40, // never nothing
		sheet.RowPixels(17, 17, 3.4): 20 + 20 + 4 - 14,
		sheet.RowPixels():            14,
	} {
		if got != want {
			t.Errorf("%d pixels, not %d", got, want)
		}
	}
}

func TestOnlyChartsGetAnAxisOfDates(t *testing.T) {
	const axis = `<catAx>x<lblAlgn val="ctr"></lblAlgn><lblOffset val="100"></lblOffset>`
	book, page := newBook(t, i18n.English, 20)
	page.Set(2, 2, axis, sheet.Look{})
	if got := shown(t, written(t, book), "B2"); got != axis {
		t.Errorf("text became %q", got)
	}
}
