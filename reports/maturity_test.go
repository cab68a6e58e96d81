package reports

import (
	"slices"
	"testing"

	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

func TestTheLevelsSumToTheCount(t *testing.T) {
	p := pageOf(t, sample(small), i18n.English, "maturity")
	for i, want := range [][]string{
		{"1 – Informative", "262", "0.308", "250", "177"},
		{"2 – Interactive", "336", "0.395", "335", "223"},
		{"3 – Transactional", "190", "0.223", "220", "126"},
		{"4 – Integrated", "63", "0.074", "71", "41"},
	} {
		if got := p.row("B", 10+i, len(want)); !slices.Equal(got, want) {
			t.Errorf("row %d holds %q, not %q", 10+i, got, want)
		}
	}
	formula, err := p.file.GetCellFormula(p.name, "F14")
	if err != nil || formula != "SUM(C10:C13)-progress_counted" {
		t.Errorf("the check is %q: %v", formula, err)
	}
	f := sample(small)
	f.Verified.ByLevel[0] += 2
	pageOf(t, f, i18n.English, "maturity").wants(map[string]string{"F14": "2"})
}

func TestAYearAgoBeforeTheProgrammeIsEmptyWithAWord(t *testing.T) {
	f := sample(small)
	f.Verified.Series = f.Verified.Series[len(f.Verified.Series)-6:]
	pageOf(t, f, i18n.English, "maturity").wants(map[string]string{
		"F10": "", "F13": "", "B15": "not provided: A year before",
	})
}

func TestEachMissingFigureOfThePaceHasItsWord(t *testing.T) {
	f := sample(small)
	f.Verified.SlipMedian = programme.Ratio{State: programme.NotApplicable}
	f.Verified.Forecast = figures.Forecast{Method: figures.MethodTargetPassed}
	f.Verified.Plan, f.Verified.Variance, f.Verified.ScheduleIndex = programme.Count{}, programme.Count{},
		programme.Ratio{}
	p := pageOf(t, f, i18n.English, "maturity")
	p.wants(map[string]string{
		"K10": "1000", "L10": "", "K12": "", "L12": "not provided", "K13": "", "L13": "not provided",
		"K16": "", "L16": "not applicable", "K20": "", "L20": "not provided", "K17": "57", "L17": "",
	})
}

// The likelihood of the goal is a word, and its probability a whole percentage; beside it is what the goal takes.
func TestTheLikelihoodAndTheReachOfTheGoal(t *testing.T) {
	for language, want := range map[i18n.Language][2]string{
		i18n.English: {"Uncertain", `[<0.01]"<1%";[>0.99]">99%";0%`},
		i18n.Arabic:  {"غير محسوم", `[<0.01]"أقل من 1%";[>0.99]"أكثر من 99%";0%`},
	} {
		f := sample(small)
		f.Verified.Forecast.Probability = programme.RatioOf(42, 100)
		p := pageOf(t, f, language, "maturity")
		p.wants(map[string]string{
			"K23": "0.42", "K24": want[0], "K26": "149", "K27": "12", "K28": "996", "K29": "48", "K30": "960", "K31": "97", "K32": "911",
		})
		style, err := p.file.GetCellStyle(p.name, "K23")
		if err != nil {
			t.Fatal(err)
		}
		look, err := p.file.GetStyle(style)
		if err != nil || look.CustomNumFmt == nil || *look.CustomNumFmt != want[1] {
			t.Errorf("%s: the probability is shown as %v: %v", language, look, err)
		}
	}
	none := sample(small)
	none.Verified.Forecast = figures.Forecast{Method: figures.MethodTargetPassed}
	pageOf(t, none, i18n.English, "maturity").wants(map[string]string{"K24": "", "L24": "not provided"})
}

// After the date described nothing is counted: its cells are empty, never zero.
func TestMonthsToComeHaveAPlanAndAForecastOnly(t *testing.T) {
	p := pageOf(t, sample(small), i18n.English, "maturity")
	months := p.column("B", 59)
	if len(months) != 37 {
		t.Fatalf("%d months", len(months))
	}
	last := 59 + len(months) - 1
	if got := p.row("B", last, 14); !slices.Equal(got, []string{
		"42705", "1000", "1000", "1000", "", "", "", "", "", "", "", "884", "932", "998",
	}) {
		t.Errorf("the last month holds %q", got)
	}
	if got := p.row("F", last-3, 2); !slices.Equal(got, []string{"851", "253"}) {
		t.Errorf("the month described holds %q", got)
	}
}

func TestWhyServicesAreNotCounted(t *testing.T) {
	p := pageOf(t, sample(small), i18n.English, "maturity")
	if got := p.column("B", 98); !slices.Equal(got, []string{"482", "12", "49"}) {
		t.Errorf("services %q", got)
	}
	p.wants(map[string]string{"C98": "Not launched by this date"})
	f := sample(small)
	f.Verified.NotCounted = nil
	if got := pageOf(t, f, i18n.English, "maturity").column("B", 98); len(got) != 1 {
		t.Errorf("with every service counted it says %q", got)
	}
}

func TestUseHasAColumnForEachChannelInUse(t *testing.T) {
	p := pageOf(t, sample(small), i18n.English, "usage")
	want := []string{
		"Month", "Digital completions", "Services reported", "Services expected", "Web", "Mobile", "Assisted",
		"Call centre",
		"Counter", "Like-for-like growth", "Digital take-up", "Missing",
	}
	if got := p.row("B", 42, len(want)); !slices.Equal(got, want) {
		t.Errorf("columns %q", got)
	}
	f := sample(small)
	f.Usage.ByChannel = nil
	if got := pageOf(t, f, i18n.English, "usage").row("F", 42, 2); !slices.Equal(got,
		[]string{"Like-for-like growth", "Digital take-up"}) {
		t.Errorf("without channels: %q", got)
	}
}

func TestTheMostUsedServices(t *testing.T) {
	p := pageOf(t, sample(small), i18n.English, "usage")
	p.wants(map[string]string{
		"B28": "Most used services of September 2016", "B30": "Renewal of a residence permit 0",
		"F30": "Ministry of Interior", "K30": "273000", "L30": "0.213", "K39": "27300",
	})
	f := sample(small)
	f.Usage.Top = nil
	pageOf(t, f, i18n.English, "usage").wants(map[string]string{"B30": "Nothing to show"})
}

// A change of use has parts only when both of its totals are known.
func TestPartsOfAnUnknownChangeAreEmpty(t *testing.T) {
	f := sample(small)
	f.Usage.Growth.PreviousTotal = figures.UsageTotal{}
	p := pageOf(t, f, i18n.English, "usage")
	p.wants(map[string]string{
		"C15": "", "D15": "not provided", "C16": "", "C17": "", "C18": "", "C10": "812", "C24": "2",
	})
}

func TestTheCountingRuleInPlainWords(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*programme.Rule)
		want   string
	}{
		{
			"existing services count", func(*programme.Rule) {},
			" Services that reached the level before 1 January 2014 count too; both totals, with and without them, " +
				"are always shown.",
		},
		{
			"new ones only", func(r *programme.Rule) { r.CountExisting = false },
			" Services that reached the level before 1 January 2014 do not count; both totals, with and without " +
				"them, are always shown.",
		},
		{
			"some audiences", func(r *programme.Rule) { r.Audiences = []string{"citizens", "firms\u202e"} },
			" Services that reached the level before 1 January 2014 count too; both totals, with and without them, " +
				"are always shown." +
				" Audiences in scope: citizens, firms.",
		},
	} {
		f := sample(small)
		c.change(&f.Programme.Rule)
		want := "A service counts once, whatever the number of its channels, when it is launched, not retired, and " +
			"verified at " +
			"level 1 – Informative or above (rule version 3). A bundle counts as one, at the level of its weakest " +
			"live part." + c.want
		pageOf(t, f, i18n.English, "definitions").wants(map[string]string{"B7": want})
	}
}

// Every figure with a name of its own is defined beside that name, and every name is a cell of the workbook.
func TestEveryDefinedFigureHasItsCell(t *testing.T) {
	p := pageOf(t, sample(small), i18n.English, "definitions")
	names := map[string]bool{}
	for _, name := range p.file.GetDefinedName() {
		names[name.Name] = true
	}
	for i, d := range defined {
		row := p.row("B", 11+i, 3)
		if row[0] == "" || row[1] == "" || row[2] != d.name {
			t.Errorf("%s is defined as %q", d.key, row)
		}
		if d.name != "" && !names[d.name] {
			t.Errorf("%s: no cell is called %s", d.key, d.name)
		}
	}
}
