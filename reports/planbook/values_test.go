package planbook

import (
	"errors"
	"strings"
	"testing"

	"mirsad/internal/i18n"
	"mirsad/internal/intake/intaketest"
	"mirsad/internal/programme"
	"mirsad/reports/sheet"
)

func TestCodesAreReadFromWhatDropDownsShow(t *testing.T) {
	for text, want := range map[string]string{
		"S0001": "S0001", "S0001 — Renewal": "S0001", "S0001 – Renewal": "S0001", "S0001 - Renewal": "S0001",
		" S0001 ": "S0001", "S-0001": "S-0001", "S٠٠٠١ — تجديد": "S0001", "moi.visit_permits": "moi.visit_permits",
		"a — b — c": "a", strings.Repeat("x", 100): strings.Repeat("x", 100),
		"": "", "— Renewal": "", "two words": "", "not a code!": "", "-S1": "", "خدمة": "",
		strings.Repeat("x", 101): "",
	} {
		code, is := readCode(text)
		if is != (want != "") || is && code != want {
			t.Errorf("%q is the code %q (%t), not %q", text, code, is, want)
		}
	}
}

func TestWholeNumbersAreReadInAnyDigits(t *testing.T) {
	for text, want := range map[string]int{
		"0": 0, "7": 7, "٧": 7, "۲۱": 21, "3.0": 3, "1e3": 1000, "10000": 10000, "1.000": -1,
		"10001": -1, "-1": -1, "2.5": -1, "": -1, "many": -1, "NaN": -1, "Inf": -1, "1,000": 1000, "1,00": 1, "0x1p4": -1,
	} {
		number, is := readWhole(text)
		if is != (want >= 0) || is && number != want {
			t.Errorf("%q is %d (%t), not %d", text, number, is, want)
		}
	}
}

// What every door reads is read in the cells of a plan.
func TestAPlanReadsTheSameCells(t *testing.T) {
	for _, number := range intaketest.Numbers() {
		got, is := readWhole(number.Text)
		if is != (number.Reason == "") || is && int64(got) != number.Value {
			t.Errorf("%q is %d, %v", number.Text, got, is)
		}
	}
	for _, day := range intaketest.Days() {
		got, is := readDay(day.Text, sheet.ExcelDayZero)
		if is != (day.Reason == "") || is && got.String() != day.Day {
			t.Errorf("%q is %s, %v", day.Text, got, is)
		}
	}
	for _, answer := range intaketest.Answers() {
		if yes, is := readYesNo(answer.Text); !is || yes != answer.Yes {
			t.Errorf("%q is %v, %v", answer.Text, yes, is)
		}
	}
}

// However a table of text was saved, it is named as what it is where a plan's workbook belongs.
func TestATableOfTextIsNoPlan(t *testing.T) {
	for _, file := range intaketest.Files(t, [][]string{{"service", "level", "planned_on"}, {"S0001", "2", "2016-09-30"}, {"خدمة", "3", "2016-10-31"}}) {
		_, err := Read([]byte(file.Content), "moi")
		if faults, are := errors.AsType[*programme.FaultsError](err); !are || faults.Faults[0].Kind != "sheet_text" {
			t.Errorf("%s: %v", file.Name, err)
		}
	}
}

func TestWhatNobodySeesIsNotRead(t *testing.T) {
	for text, want := range map[string]string{
		"\u200fنعم\u200e": "نعم", "a\u200bb": "ab", "one\ntwo": "one two", "\ufeffcode": "code", " \u00a0 ": "",
		"x\u00ady": "xy",
	} {
		if got := visible(text); got != want {
			t.Errorf("%+q is read as %+q, not %+q", text, got, want)
		}
	}
}

func TestTheCodeOfAProposedService(t *testing.T) {
	code := proposedCode("moi", "Visit permits for families", "")
	if !strings.HasPrefix(code, "new-visit-permits-for-families-") ||
		len(code) != len("new-visit-permits-for-families-")+4 {
		t.Errorf("%s", code)
	}
	if other := proposedCode("moi", "visit permits for FAMILIES", "تصاريح"); other != code {
		t.Errorf("the same name in other letters, with an Arabic one beside it, has the code %s, not %s", other, code)
	}
	for name, other := range map[string]string{
		"of another entity":        proposedCode("mof", "Visit permits for families", ""),
		"that reads alike in code": proposedCode("moi", "Visit permits: for families!", ""),
		"in Arabic":                proposedCode("moi", "", "تصاريح الزيارة"),
	} {
		if other == code {
			t.Errorf("a service %s has the same code, %s", name, other)
		}
	}
	if arabic := proposedCode("moi", "", "تصاريح الزيارة"); len(arabic) != len("new-")+4 {
		t.Errorf("a service without an English name has the code %s", arabic)
	}
	long := proposedCode("moi", strings.Repeat("permits ", 20), "")
	if len(long) > len("new-")+longestSlug+5 || strings.Contains(long, "--") {
		t.Errorf("a long name has the code %s", long)
	}
	if _, is := readCode(long); !is {
		t.Errorf("%s is no code", long)
	}
}

// Two new milestones of one service and level are told apart by a number, which no milestone in force has.
func TestNewMilestonesGetCodesOfTheirOwn(t *testing.T) {
	in := planInput(t, i18n.English)
	in.Milestones = in.Milestones[:1]
	in.Milestones[0].Code = "m-S0003-2"
	values := map[string]any{}
	for row := 1; row <= 3; row++ {
		values[cellAt(t, keyService, row)] = "S0003"
		values[cellAt(t, keyLevel, row)] = 2
		values[cellAt(t, keyPlanned, row)] = "2016-09-30"
	}
	upload := readPlan(t, fillPlan(t, planTemplateFile(t, in), values))
	var codes []string
	for i := range upload.Milestones {
		codes = append(codes, upload.Milestones[i].Code)
	}
	const want = "m-S0003-2 m-S0003-2-2 m-S0003-2-3 m-S0003-2-4"
	if got := strings.Join(codes, " "); got != want || len(upload.Faults) > 0 {
		t.Errorf("codes %s, not %s; %s", got, want, toldFaults(&upload))
	}
}

func TestEveryColumnHasItsWordsInBothLanguages(t *testing.T) {
	keys := map[string]bool{}
	for _, c := range planColumns(mostDependencies) {
		if keys[c.key] {
			t.Errorf("two columns have the key %s", c.key)
		}
		keys[c.key] = true
		for _, language := range i18n.Languages() {
			book := sheet.NewBook(planTexts().In(language), sheet.Running{})
			t.Cleanup(book.Close)
			made := &template{Book: book, second: planTexts().In(language.Other())}
			if text := made.heading(&c); strings.Contains(text, "⟦") || strings.Count(text, "\n") != 1 {
				t.Errorf("%s of %s: %q", language, c.key, text)
			}
		}
	}
	for _, channel := range programme.Channels() {
		if !keys["channel."+string(channel)] {
			t.Errorf("the channel %s has no column", channel)
		}
	}
	if keys["phase."+string(programme.Phases()[len(programme.Phases())-1])] {
		t.Error("the go-live has a column twice: as a phase and as the planned date")
	}
}
