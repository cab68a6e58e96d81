package planbook

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"mirsad/internal/i18n"
	"mirsad/reports/sheet"
)

// The first and the last that a cell takes, and what is just beyond: each is the value of one cell of a good row.
func TestWhatACellTakesAtMost(t *testing.T) {
	name := func(n int) map[string]string {
		return map[string]string{keyService: "new-1", keyName: strings.Repeat("م", n), keyNameAr: "تصاريح"}
	}
	one := func(key, text string) map[string]string { return map[string]string{key: text} }
	for _, c := range []struct {
		name    string
		changes map[string]string
		faults  string
	}{
		{"a note of 2,000 characters", one(keyNote, strings.Repeat("م", 2000)), ""},
		{"a note of 2,001 characters", one(keyNote, strings.Repeat("م", 2001)), "E2 too_long"},
		{"a reason of 2,000 characters", one(keyReason, strings.Repeat("x", 2000)), ""},
		{"a reason of 2,001 characters", one(keyReason, strings.Repeat("x", 2001)), "E2 too_long"},
		{"a name of 300 characters", name(300), ""},
		{"a name of 301 characters", name(301), "E2 too_long"},
		{"no visits", one("before.visits", "0"), ""},
		{"10,000 days", one("after.days", "10000"), ""},
		{"10,001 days", one("after.days", "10001"), "E2 sheet_not_whole"},
		{"a visit less than none", one("before.visits", "-1"), "E2 sheet_not_whole"},
		{"half a document", one("before.documents", "0.5"), "E2 sheet_not_whole"},
		{"the first day", one(keyPlanned, "2000-01-01"), ""},
		{"the day before it", one(keyPlanned, "1999-12-31"), "D2 sheet_not_a_date"},
		{"the first day as Excel counts", one(keyPlanned, "36526"), ""},
		{"the day before it as Excel counts", one(keyPlanned, "36525"), "D2 sheet_not_a_date"},
		{"the last day", one(keyExpected, "31/12/2100"), ""},
		{"the day after it", one(keyExpected, "1/1/2101"), "E2 sheet_not_a_date"},
		{"the last day as Excel counts", one(keyExpected, "73415"), ""},
		{"the day after it as Excel counts", one(keyExpected, "73416"), "E2 sheet_not_a_date"},
		{"a day that the year has not", one("phase.build", "29/02/2015"), "E2 sheet_not_a_date"},
		{"level 1", one(keyLevel, "1"), ""},
		{"level 4", one(keyLevel, "4"), ""},
		{"level 0", one(keyLevel, "0"), "C2 sheet_not_a_level"},
		{"level 5", one(keyLevel, "5"), "C2 sheet_not_a_level"},
		{"a twentieth entity", one("depends_on.20", "ea"), ""},
		{"an entity by its name", one("depends_on.1", "Ministry of Justice"), "E2 sheet_not_listed"},
		{"a code of 100 characters", one(keyService, strings.Repeat("s", 100)), ""},
		{"a code of 101 characters", one(keyService, strings.Repeat("s", 101)), "B2 sheet_not_listed"},
		{"neither yes nor no", one("channel.web", "perhaps"), "E2 sheet_not_yes_or_no"},
		{"no service", one(keyService, ""), "B2 sheet_missing"},
		{"no level", one(keyLevel, ""), "C2 sheet_missing"},
		{"no day", one(keyPlanned, ""), "D2 sheet_missing"},
		{"marks that nobody sees are nothing", one(keyPlanned, "\u200f \u00a0"), "D2 sheet_missing"},
		{"an error of Excel's", one(keyLevel, "#N/A"), "C2 sheet_not_a_level"},
		{"a reference of the template", one(keyCode, "m-1"), ""},
		{"a reference of another", one(keyCode, "m-2"), "A2 sheet_unknown_reference"},
		{
			"a service of the list and a new one",
			map[string]string{keyService: "S1 — Visa", keyName: "Visa"},
			"B2 sheet_listed_and_new",
		},
		{
			"a new service in one language",
			map[string]string{keyService: "", keyName: "Visa", keyNameAr: "\u00a0"},
			"F2 sheet_missing",
		},
	} {
		upload := readRow(t, c.changes)
		if got := toldFaults(&upload); got != c.faults || len(upload.Milestones) != 1 {
			t.Errorf("%s: faults %q, want %q", c.name, got, c.faults)
		}
		for i := range upload.Faults {
			checkWorded(t, &upload.Faults[i].Fault)
		}
	}
}

// A fault repeats what is in the cell, in both languages, and not more of it than a line holds.
func TestAFaultSaysWhatItFound(t *testing.T) {
	long := strings.Repeat("z", 70)
	for _, c := range []struct {
		key, text, english, arabic string
	}{
		{keyPlanned, "31/02/2016", "“31/02/2016” is not a date from 2000 to 2100.", "31/02/2016"},
		{keyLevel, "five", "“five” is not a maturity level.", "five"},
		{"channel.web", "perhaps", "“perhaps” is neither “yes” nor “no”.", "perhaps"},
		{"before.days", "many", "“many” is not a whole number from 0 to 10,000.", "many"},
		{keyService, "two words", "“two words” is not in the list.", "two words"},
		{keyCode, "mine", "“mine” is not a reference of this template.", "mine"},
		{keyNote, strings.Repeat("x", 2001), "It is longer than 2,000 characters.", "2,000"},
		{keyLevel, long, "“" + sheet.Shorten(long, 60) + "” is not a maturity level.", sheet.Shorten(long, 60)},
		{keyLevel, "\u202e\u200fexe.", "“exe.” is not a maturity level.", "exe."},
	} {
		upload := readRow(t, map[string]string{c.key: c.text})
		if len(upload.Faults) != 1 {
			t.Errorf("%s %q: %s", c.key, c.text, toldFaults(&upload))
			continue
		}
		fault := &upload.Faults[0].Fault
		english, arabic := sentence(fault, i18n.English), sentence(fault, i18n.Arabic)
		if plain(english) != c.english || !strings.Contains(arabic, c.arabic) || arabic == english {
			t.Errorf("%s %.80q:\n%s\n%s\nwant %s", c.key, c.text, english, arabic, c.english)
		}
	}
}

// plain is a sentence without the marks that keep its parts in their direction.
func plain(text string) string {
	return strings.NewReplacer("\u2066", "", "\u2067", "", "\u2068", "", "\u2069", "").Replace(text)
}

// A cell that can't be taken at its word has that one fault, and is not missing as well.
func TestABlockedCellHasOneFault(t *testing.T) {
	const formula = `<f>A1</f><v>3</v>`
	for key, want := range map[string]string{
		keyService: "B2 sheet_formula", keyLevel: "C2 sheet_formula", keyPlanned: "D2 sheet_formula",
		keyNote: "E2 sheet_formula", "before.days": "E2 sheet_formula", "channel.web": "E2 sheet_formula", "depends_on.1": "E2 sheet_formula",
		keyExpected: "E2 sheet_formula", keyCode: "A2 sheet_formula",
	} {
		upload := readRow(t, map[string]string{key: formula})
		if got := toldFaults(&upload); got != want {
			t.Errorf("a formula for %s: %q, want %q", key, got, want)
		}
		if field := upload.Faults[0].Field; !strings.HasPrefix(field, "milestones.0.") {
			t.Errorf("a formula for %s is a fault of %s", key, field)
		}
	}
	upload := readRow(t, map[string]string{keyService: "", keyName: formula, keyNameAr: formula})
	if got := toldFaults(&upload); got != "E2 sheet_formula, F2 sheet_formula" {
		t.Errorf("names that are computed: %q", got)
	}
}

// Merged cells are told once each; in the head and beside the plan they do no harm.
func TestWhereCellsMayBeMerged(t *testing.T) {
	for area, want := range map[string]string{
		"A3:B3": "A3 sheet_merged, B3 sheet_merged", // a second range begins in B3
		"C3:D3": "B3 sheet_merged, C3 sheet_merged",
		"A1:D2": "B3 sheet_merged",
		"A2:D3": "A3 sheet_merged, B3 sheet_merged",
		"E3:F9": "B3 sheet_merged",
		"D4:D4": "B3 sheet_merged, D4 sheet_merged",
		"nine":  "B3 sheet_merged",
		"A3":    "B3 sheet_merged",
	} {
		part := strings.Replace(sheetOf(t, 2, usualKeys(), oneRow(nil), oneRow(nil)), "</sheetData>",
			`</sheetData><mergeCells><mergeCell ref="B3:B4"/><mergeCell ref="`+area+`"/></mergeCells>`, 1)
		upload := readPlan(t, smallPlan().with(planPart, part).zip(t))
		if got := toldFaults(&upload); got != want {
			t.Errorf("%s: %q, want %q", area, got, want)
		}
		for i := range upload.Milestones {
			if m := &upload.Milestones[i]; m.Service != "" {
				t.Errorf("%s: the merged cell is read as %s", area, m.Service)
			}
		}
	}
}

// A row that says nothing is no milestone, wherever it is, and the places of the others follow.
func TestRowsOfNothingAreSkipped(t *testing.T) {
	keys := append(usualKeys(), keyNote)
	nothing := map[string]string{keyNote: " \u200f\u00a0 ", keyCode: "m-1"}
	part := sheetOf(t, 1, keys, nothing, oneRow(nil), nothing, map[string]string{keyNote: "later"}, nothing)
	upload := readPlan(t, smallPlan().with(planPart, part).zip(t))
	level, note := upload.Cell("milestones.0.level"), upload.Cell("milestones.1.note")
	if len(upload.Milestones) != 2 || level != "C3" || note != "E5" {
		t.Errorf("%d milestones, at %s and %s", len(upload.Milestones), level, note)
	}
	if got, want := toldFaults(&upload), "B5 sheet_missing, C5 sheet_missing, D5 sheet_missing"; got != want {
		t.Errorf("a row with only a note: %q, want %q", got, want)
	}
}

// A column that is not the template's is told once, where it first holds something: what is in it would be lost.
func TestAColumnOfOnesOwnIsToldOnce(t *testing.T) {
	keys := append(usualKeys(), "my column", "other")
	own := oneRow(nil)
	own["my column"] = strings.Repeat("w", 50)
	part := sheetOf(t, 1, keys, oneRow(nil), own, own)
	upload := readPlan(t, smallPlan().with(planPart, part).zip(t))
	if got := toldFaults(&upload); got != "E3 sheet_extra_column" || len(upload.Milestones) != 3 {
		t.Fatalf("%d milestones, %q", len(upload.Milestones), got)
	}
	want := "Column E is not the template's: “" + sheet.Shorten(own["my column"], 40) + "”."
	if got := plain(sentence(&upload.Faults[0].Fault, i18n.English)); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// Faults come in the order in which somebody goes through the sheet, and those of other sheets last.
func TestFaultsAreInTheOrderOfTheSheet(t *testing.T) {
	bad := map[string]string{keyService: "no code!", keyLevel: "five", keyPlanned: "soon", keyCode: "mine"}
	rows := make([]map[string]string, 11)
	for i := range rows {
		rows[i] = oneRow(nil)
	}
	rows[0], rows[9] = bad, bad
	rows[8] = oneRow(map[string]string{keyLevel: `<f>B1</f><v>3</v>`})
	f := smallPlan().with(planPart, sheetOf(t, 1, usualKeys(), rows...))
	f.replace(t, "xl/worksheets/sheet2.xml", "</sheetData>", `<row><c><f>1+1</f><v>2</v></c></row></sheetData>`)
	upload := readPlan(t, f.zip(t))
	const want = "A2 sheet_unknown_reference, B2 sheet_not_listed, C2 sheet_not_a_level, D2 sheet_not_a_date, " +
		"C10 sheet_formula, A11 sheet_unknown_reference, B11 sheet_not_listed, C11 sheet_not_a_level, D11 sheet_not_a_date, " +
		"'_mirsad'!A7 sheet_formula"
	if got := toldFaults(&upload); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

// A milestone's code holds at most 80 characters of its service's, and is its own all the same.
func TestCodesOfLongServicesAreTheirOwn(t *testing.T) {
	long := strings.Repeat("s", 90)
	part := sheetOf(
		t, 1, usualKeys(), oneRow(map[string]string{keyService: long}), oneRow(map[string]string{keyService: long + "2"}),
	)
	upload := readPlan(t, smallPlan().with(planPart, part).zip(t))
	base := fmt.Sprintf("m-%s-3", sheet.Shorten(long, 80))
	if got := upload.Milestones[0].Code + " " + upload.Milestones[1].Code; got != base+" "+base+"-"+strconv.Itoa(2) {
		t.Errorf("codes %s", got)
	}
}
