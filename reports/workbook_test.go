package reports

import (
	"encoding/json"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/reports/sheet"
	"mirsad/reports/sheet/sheettest"
)

// paths says where the figure of each named cell stands in the figures as JSON.
var paths = map[string]string{
	"progress_": "verified.", "coverage_": "coverage.", "usage_growth_": "usage.growth.",
	"usage_take_up_": "usage.take_up.", "usage_": "usage.",
}

func TestEveryNamedCellHoldsItsFigureToTheLastDigit(t *testing.T) {
	figures := sample(usual)
	encoded, err := json.Marshal(figures)
	if err != nil {
		t.Fatal(err)
	}
	var tree map[string]any
	if err := json.Unmarshal(encoded, &tree); err != nil {
		t.Fatal(err)
	}
	for _, language := range i18n.Languages() {
		book := sheettest.Open(t, build(t, figures, language))
		checked := 0
		for _, name := range book.GetDefinedName() {
			if strings.HasPrefix(name.Name, "_xlnm") || strings.HasPrefix(name.Name, "attention_") {
				continue
			}
			value, found := figure(tree, name.Name)
			if !found {
				t.Errorf("%s names no figure", name.Name)
				continue
			}
			if got := cellOf(t, book, name.RefersTo); got != value {
				t.Errorf("%s %s: cell %q, figure %q", language, name.Name, got, value)
			}
			checked++
		}
		if checked < 30 {
			t.Errorf("%s: %d named figures only", language, checked)
		}
	}
}

// figure finds the value of a name in the tree: underscores are dots wherever the tree has such a branch.
func figure(tree map[string]any, name string) (string, bool) {
	for _, prefix := range []string{"progress_", "coverage_", "usage_growth_", "usage_take_up_", "usage_"} {
		if !strings.HasPrefix(name, prefix) {
			continue
		}
		var node any = tree
		for part := range strings.SplitSeq(strings.TrimSuffix(paths[prefix], "."), ".") {
			node = node.(map[string]any)[part]
		}
		return descend(node, strings.TrimPrefix(name, prefix))
	}
	return "", false
}

func descend(node any, rest string) (string, bool) {
	branch, isBranch := node.(map[string]any)
	if rest == "" {
		if isBranch {
			node = branch["value"]
		}
		number, isNumber := node.(float64)
		if !isNumber {
			return "", node == nil
		}
		return strconv.FormatFloat(number, 'f', -1, 64), true
	}
	for key, child := range branch {
		if rest == key || strings.HasPrefix(rest, key+"_") {
			if value, found := descend(child, strings.TrimPrefix(strings.TrimPrefix(rest, key), "_")); found {
				return value, true
			}
		}
	}
	return "", false
}

// cellOf reads the raw value of the cell that a name refers to.
func cellOf(t *testing.T, book *excelize.File, reference string) string {
	t.Helper()
	sheet, cell, _ := strings.Cut(reference, "!")
	value, err := book.GetCellValue(strings.Trim(sheet, "'"), strings.ReplaceAll(cell, "$", ""),
		excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestAMissingNumberIsAnEmptyCellAndAWord(t *testing.T) {
	reported := sample(usual)
	reported.Verified.Plan, reported.Verified.Variance = programme.Count{}, programme.Count{}
	reported.Usage.Growth.LikeForLike = programme.Ratio{State: programme.NotProvided}
	reported.Verified.Forecast = figures.Forecast{Method: figures.MethodTooLittleHistory, Finished: 7}
	book := sheettest.Open(t, build(t, reported, i18n.English))
	for _, name := range book.GetDefinedName() {
		switch name.Name {
		case "progress_plan", "progress_variance", "progress_forecast_p50", "usage_growth_like_for_like":
			if got := cellOf(t, book, name.RefersTo); got != "" {
				t.Errorf("%s holds %q", name.Name, got)
			}
		}
	}
	shown := sheettest.Cells(t, build(t, reported, i18n.English))
	for _, word := range []string{
		"not provided: Plan for this date", "not provided: Like-for-like growth", "○ No data",
		"There is too little history for a forecast: 7 milestones are finished, and 12 are needed.",
	} {
		if !strings.Contains(shown, word) {
			t.Errorf("nothing says %q", word)
		}
	}
}

// While its month runs, a draft shows use up to the last month that has ended; no column is kept for the one that runs.
func TestADraftsTrendEndsWithTheLastEndedMonth(t *testing.T) {
	figures := sample(usual)
	figures.Usage.Month--
	shown := sheettest.Cells(t, build(t, figures, i18n.English))
	first, last := strings.Contains(shown, "Use Sep 2015 | "), strings.Contains(shown, "Use Aug 2016")
	if !first || !last || strings.Contains(shown, "Use Sep 2016") {
		t.Error("the columns of the trend are not those of the twelve months up to August")
	}
	if !strings.Contains(shown, "August 2016: 851 of 894") {
		t.Error("the figure of use does not say that it is of August")
	}
}

func TestTheArabicWorkbookReadsFromTheRight(t *testing.T) {
	content := build(t, sample(usual), i18n.Arabic)
	book := sheettest.Open(t, content)
	for _, sheet := range book.GetSheetList() {
		view, err := book.GetSheetView(sheet, 0)
		if err != nil {
			t.Fatal(err)
		}
		if view.RightToLeft == nil || !*view.RightToLeft {
			t.Errorf("%s reads from the left", sheet)
		}
	}
	all := sheettest.Parts(t, content)
	if !strings.Contains(all["xl/styles.xml"], `readingOrder="2"`) ||
		strings.Contains(all["xl/styles.xml"], "Calibri") {
		t.Error("styles have no reading order from the right, or another typeface")
	}
	if bars := all["xl/worksheets/sheet4.xml"]; !strings.Contains(bars, `direction="rightToLeft"`) ||
		!strings.Contains(bars, `rightToLeft="true"`) {
		t.Error("bars or sparklines begin at the left")
	}
	for name, part := range all {
		if strings.HasPrefix(name, "xl/charts/chart") && !strings.Contains(part, `<orientation val="maxMin">`) {
			t.Errorf("%s runs from the left", name)
		}
		if strings.Contains(part, "⟦") {
			t.Errorf("%s shows a key without a text", name)
		}
	}
}

func TestChartsCanBeReadAndEdited(t *testing.T) {
	for _, language := range i18n.Languages() {
		all := sheettest.Parts(t, build(t, sample(usual), language))
		charts, described := 0, 0
		for name, part := range all {
			switch {
			case strings.HasPrefix(name, "xl/charts/chart"):
				charts++
				if !strings.Contains(part, "<dateAx>") || !strings.Contains(part, sheet.AxisInk) ||
					strings.Contains(part, "accent") {
					t.Errorf("%s: no axis of dates, pale text or a theme's colour", name)
				}
			case strings.HasPrefix(name, "xl/drawings/drawing"):
				described += len(regexp.MustCompile(`descr="[^"]{20,}"`).FindAllString(part, -1))
			case strings.Contains(part, "⟦"):
				t.Errorf("%s shows a key without a text", name)
			}
		}
		if charts != 3 || described != charts {
			t.Errorf("%s: %d charts, %d with a text beside", language, charts, described)
		}
	}
}

func TestEverySheetSaysWhatItIs(t *testing.T) {
	figures := sample(usual)
	book := sheettest.Open(t, build(t, figures, i18n.English))
	for i, sheet := range book.GetSheetList() {
		header, err := book.GetHeaderFooter(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(header.OddHeader, "30 September 2016") ||
			!strings.Contains(header.OddHeader, "Sample data") {
			t.Errorf("%s: page header %q", sheet, header.OddHeader)
		}
		layout, err := book.GetPageLayout(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if *layout.Size != 9 || *layout.Orientation != "landscape" || *layout.FitToWidth != 1 {
			t.Errorf("%s is not A4 landscape, one page wide", sheet)
		}
		tables, err := book.GetTables(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if wants := []int{0, 1, 2, 1, 1, 1, 1}[i]; len(tables) != wants {
			t.Errorf("%s has %d tables, not %d", sheet, len(tables), wants)
		}
	}
}

func TestClosedMonthsAndRealDataSaySo(t *testing.T) {
	figures := sample(small)
	figures.Sample, figures.Provisional = false, false
	r, _ := newReports(t, figures)
	content, err := r.Render(figures, Edition{Month: september, Language: i18n.English, Closed: true})
	if err != nil {
		t.Fatal(err)
	}
	shown := sheettest.Cells(t, content)
	if !strings.Contains(shown, "Closed") || strings.Contains(shown, "Sample data") ||
		strings.Contains(shown, "provisional") {
		t.Error("a closed month of real data calls itself a draft, a sample or provisional")
	}
}

func TestColoursCanBeTold(t *testing.T) {
	for _, colour := range []string{sheet.Accent, sheet.Ink, sheet.Muted, sheet.AxisInk} {
		if c := contrast(t, colour, sheet.White); c < 4.5 {
			t.Errorf("text in %s has a contrast of %.1f", colour, c)
		}
	}
	for _, m := range marks {
		if c := contrast(t, m.Colour, m.Tint); c < 4.5 {
			t.Errorf("status %s has a contrast of %.1f", m.Shape, c)
		}
	}
	for i, colour := range levelColours {
		if c := contrast(t, colour, sheet.White); c < 3 {
			t.Errorf("level %d has a contrast of %.1f", i+1, c)
		}
	}
	if c := contrast(t, sheet.SampleInk, sheet.SampleTint); c < 4.5 {
		t.Errorf("the sample label has a contrast of %.1f", c)
	}
}

// contrast is WCAG's ratio of two colours.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	first, second := luminance(t, a), luminance(t, b)
	return (max(first, second) + 0.05) / (min(first, second) + 0.05)
}

func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	total := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		part, err := strconv.ParseUint(colour[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(part) / 255
		if c <= 0.03928 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		total += weight * c
	}
	return total
}
