package reports

import (
	"slices"
	"strings"
	"testing"

	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

func TestTheSevenFiguresAreInTheirRows(t *testing.T) {
	p := pageOf(t, sample(small), i18n.English, "highlights")
	for i, want := range [][]string{
		{"Services counted", "851", "Plan for this date", "921", "-70", "▲ At risk"},
		{"End-to-end services", "253", "Month before", "245", "8", "↑ Rising"},
		{"Required rate (services a month)", "49.7", "Rate of the last 3 months", "18.7", "-31", "■ Late"},
		{"Online coverage", "0.654", "On mobile alone", "0.288", "", "No target set"},
		{"Digital completions", "1284211", "Month before, as reported", "1241380", "0.035", "↑ Rising"},
		{"Like-for-like growth", "0.031", "Month before", "0.036", "-0.5", "↑ Rising"},
		{"Digital take-up", "0.614", "Month before", "0.442", "17.2", "↑ Rising"},
	} {
		if got := p.row("B", 9+i, len(want)); !slices.Equal(got, want) {
			t.Errorf("row %d holds %q, not %q", 9+i, got, want)
		}
	}
}

// A total that fell because a service did not report is no fall of use, and one that rose by a new reporter no rise.
func TestTheDirectionOfUseIsThatOfWhatIsCompared(t *testing.T) {
	f := sample(small)
	growth := &f.Usage.Growth
	growth.Naive, growth.LeftOut, growth.Step = programme.RatioOf(-45, 100), 1, figures.StepOfSilentReporters
	f.Usage.Completed.Days = figures.Days{Covered: 15, Expected: 30}
	p := pageOf(t, f, i18n.English, "highlights")
	const compared = "851 of 894 services reported (15 of 30 days); Use is rising: +3.1% on August 2016 like for like, " +
		"over 812 services, 1 service channel left out. The total fell because services did not report, not because use fell."
	if got := p.row("F", 13, 3); !slices.Equal(got, []string{"-0.45", "↑ Rising", compared}) {
		t.Errorf("%q", got)
	}
}

// The status of a headline is a shape, a word and a colour, in both languages.
func TestStatusesOfTheCount(t *testing.T) {
	for _, c := range []struct {
		plan, counted   int
		english, arabic string
		status          figures.Status
	}{
		{1000, 851, "■ Late", "■ متأخر", figures.StatusLate},
		{921, 851, "▲ At risk", "▲ معرّض للتأخر", figures.StatusAtRisk},
		{851, 851, "● On track", "● ضمن الخطة", figures.StatusOnTrack},
		{800, 851, "● On track", "● ضمن الخطة", figures.StatusOnTrack},
		{0, 851, "○ No data", "○ لا توجد بيانات", figures.StatusNoData},
	} {
		f := sample(small)
		v := &f.Verified
		v.Plan, v.Variance = programme.CountOf(c.plan), programme.CountOf(c.counted-c.plan)
		v.ScheduleIndex = programme.RatioOf(float64(c.counted), float64(c.plan))
		if c.plan == 0 {
			v.Plan, v.Variance, v.ScheduleIndex = programme.Count{}, programme.Count{}, programme.Ratio{}
		}
		for language, want := range map[i18n.Language]string{i18n.English: c.english, i18n.Arabic: c.arabic} {
			p := pageOf(t, f, language, "highlights")
			p.wants(map[string]string{"G9": want})
			mark := markOf(c.status)
			style := p.style("G9")
			if style.Font.Color != mark.Colour || style.Fill.Color[0] != mark.Tint {
				t.Errorf("%s is in %s on %v", want, style.Font.Color, style.Fill.Color)
			}
		}
	}
}

func TestAMissingComparisonIsAnEmptyCellWithItsReason(t *testing.T) {
	for language, reason := range map[i18n.Language]string{
		i18n.English: "not provided: Plan for this date", i18n.Arabic: "غير متاح: ",
	} {
		f := sample(small)
		f.Verified.Plan, f.Verified.Variance = programme.Count{}, programme.Count{}
		p := pageOf(t, f, language, "highlights")
		p.wants(map[string]string{"E9": "", "F9": "", "C9": "851"})
		if got := p.raw("H9"); language == i18n.English && got != reason || got == "" {
			t.Errorf("%s: beside the empty cells it says %q", language, got)
		}
	}
}

// Three messages and up to four decisions, numbered, on the page that is read when no other is.
func TestMessagesAndDecisionsAreNumberedBesideTheChart(t *testing.T) {
	p := pageOf(t, sample(small), i18n.English, "highlights")
	p.wants(map[string]string{"B17": "Progress towards the goal", "E17": "Key messages", "E21": "Decisions asked for"})
	for from, count := range map[int]int{18: 3, 22: 4} {
		texts := p.column("E", from)
		if len(texts) < count {
			t.Fatalf("from row %d: %v", from, texts)
		}
		for i, text := range texts[:count] {
			if !strings.HasPrefix(text, string(rune('1'+i))+". ") {
				t.Errorf("row %d: %q", from+i, text)
			}
		}
	}
}

func TestOneVerdictForCoverAndHighlights(t *testing.T) {
	for _, language := range i18n.Languages() {
		f := sample(small)
		cover := pageOf(t, f, language, "cover").raw("B8")
		if highlights := pageOf(t, f, language, "highlights").raw("B6"); cover != highlights || cover == "" {
			t.Errorf("%s: the cover says %q, the highlights %q", language, cover, highlights)
		}
	}
}

func TestTheCoverSaysHowSureItIs(t *testing.T) {
	f := sample(small)
	p := pageOf(t, f, i18n.English, "cover")
	p.wants(map[string]string{
		"B3": "National e-services programme", "B4": "Executive highlights", "B5": "September 2016",
		"C10": "Draft: the month is not closed", "C11": "42643", "C12": "2 October 2016, 14:15 (provisional)",
		"C13": "Asia/Qatar", "C14": "95.2% (851 of 894 services), grade B", "C15": "3", "C16": "14207.881",
		"C17": "Official", "C18": "Programme office, highlights@programme.example",
	})
	f.Completeness = figures.Completeness{Share: programme.Ratio{State: programme.NotProvided}}
	f.Programme.Classification = ""
	p = pageOf(t, f, i18n.English, "cover")
	p.wants(map[string]string{"C14": "not provided", "B17": "Contact"})
}

func TestTheCoverLeadsToEverySheet(t *testing.T) {
	for _, language := range i18n.Languages() {
		p := pageOf(t, sample(small), language, "cover")
		names := p.file.GetSheetList()
		if got := p.column("B", 21); !slices.Equal(got, names[1:]) {
			t.Errorf("%s: contents %v of the sheets %v", language, got, names)
		}
		for i, name := range names[1:] {
			cell := "B2" + string(rune('1'+i))
			linked, target, err := p.file.GetCellHyperLink(p.name, cell)
			if err != nil || !linked || target != "'"+name+"'!A1" {
				t.Errorf("%s: %s leads to %q: %v", language, cell, target, err)
			}
		}
	}
}
