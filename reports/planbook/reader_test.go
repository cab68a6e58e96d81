package planbook

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/civil"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/reports/sheet"
	"mirsad/reports/sheet/sheettest"
)

// fillPlan writes values into cells of a template's first sheet, as a person would, and returns the saved file.
func fillPlan(tb testing.TB, template []byte, values map[string]any) []byte {
	tb.Helper()
	book := sheettest.Open(tb, template)
	sheet := book.GetSheetName(0)
	for cell, value := range values {
		if err := book.SetCellValue(sheet, cell, value); err != nil {
			tb.Fatal(err)
		}
	}
	return saved(tb, book)
}

func saved(tb testing.TB, book *excelize.File) []byte {
	tb.Helper()
	out, err := book.WriteToBuffer()
	if err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func readPlan(tb testing.TB, workbook []byte) Upload {
	tb.Helper()
	upload, err := Read(workbook, "moi")
	if err != nil {
		tb.Fatal(err)
	}
	return upload
}

// cellAt is the address of a column of the template in the row of a milestone, counted from 0.
func cellAt(tb testing.TB, key string, at int) string {
	tb.Helper()
	column := slices.IndexFunc(planColumns(leastDependencies), func(c planColumn) bool { return c.key == key })
	cell, err := excelize.CoordinatesToCellName(column+1, planFirstRow+at)
	if err != nil {
		tb.Fatal(err)
	}
	return cell
}

func asJSON(tb testing.TB, value any) string {
	tb.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		tb.Fatal(err)
	}
	return string(text)
}

// toldFaults lists cell and kind of each fault.
func toldFaults(upload *Upload) string {
	list := make([]string, 0, len(upload.Faults))
	for _, fault := range upload.Faults {
		list = append(list, fault.Cell+" "+fault.Kind)
	}
	return strings.Join(list, ", ")
}

func TestATemplateReadsBackAsThePlanInForce(t *testing.T) {
	for _, language := range i18n.Languages() {
		in := planInput(t, language)
		upload := readPlan(t, planTemplateFile(t, in))
		if got := toldFaults(&upload); got != "" {
			t.Errorf("%s: faults %s", language, got)
		}
		if upload.Entity != "moi" || upload.Revision != 4 || upload.TemplateVersion != TemplateVersion ||
			upload.Language != language {
			t.Errorf("%s: it says to be %+v", language, upload)
		}
		if got, want := asJSON(t, upload.Milestones), asJSON(t, in.Milestones); got != want {
			t.Errorf("%s: milestones\n got %s\nwant %s", language, got, want)
		}
	}
}

func TestRowsAreReadAsPeopleWriteThem(t *testing.T) {
	in := planInput(t, i18n.Arabic)
	in.Milestones = nil
	at := func(key string, row int) string { return cellAt(t, key, row) }
	upload := readPlan(t, fillPlan(t, planTemplateFile(t, in), map[string]any{
		at("service", 0): "S0001", at("level", 0): "٣", at("planned_on", 0): "\u200f٣٠/٠٩/٢٠١٦\u200f",
		at("channel.web", 0): "yes", at("channel.mobile", 0): "لا",
		at("service", 2): "\u200eS0002 — أيًّا كان", at("level", 2): "إجرائية", at("planned_on", 2): "2016-09-30",
		at("channel.web", 2): "نعم", at("before.visits", 2): "٣", at("after.visits", 2): 0,
		at("service", 3): "S0003", at("level", 3): 2, at("planned_on", 3): 42643, at("phase.build", 3): 42600,
		at("depends_on.2", 3): "ea — x", at("note", 3): "  سطر\nآخر\u200f ",
		at("name", 5): "Visit permits", at("name_ar", 5): "تصاريح الزيارة", at("level", 5): "Integrated",
		at("planned_on", 5): "3/4/2016",
		at("service", 6):    "my-code", at("name", 6): "Other permits", at("name_ar", 6): "تصاريح أخرى",
		at("level", 6): "4 — Integrated · متكاملة", at("planned_on", 6): "2016/4/3",
	}))
	if got := toldFaults(&upload); got != "" {
		t.Errorf("faults %s", got)
	}
	code := proposedCode("moi", "visit permits", "")
	want := []string{
		`{"code":"m-S0001-3","service":"S0001","level":3,"channels":["web"],"planned_on":"2016-09-30"}`,
		`{"code":"m-S0002-3","service":"S0002","level":3,"channels":["web"],"planned_on":"2016-09-30",` +
			`"before":{"visits":3},"after":{"visits":0}}`,
		`{"code":"m-S0003-2","service":"S0003","level":2,"planned_on":"2016-09-30",` +
			`"phases":[{"phase":"build","on":"2016-08-18"}],"depends_on":["ea"],"note":"سطر آخر"}`,
		`{"code":"m-` + code + `-4","service":"` + code +
			`","proposed":{"name":"Visit permits","name_ar":"تصاريح الزيارة"},"level":4,"planned_on":"2016-04-03"}`,
		`{"code":"m-my-code-4","service":"my-code","proposed":{"name":"Other permits","name_ar":"تصاريح ` +
			`أخرى"},"level":4,"planned_on":"2016-04-03"}`,
	}
	for i := range want {
		if got := asJSON(t, upload.Milestones[i]); got != want[i] {
			t.Errorf("row %d\n got %s\nwant %s", i, got, want[i])
		}
	}
	for field, cell := range map[string]string{
		"milestones.2.depends_on.0": at("depends_on.2", 3), "milestones.2.phases.0.on": at("phase.build", 3),
		"milestones.3.planned_on":    at("planned_on", 5),
		"milestones.1.before.visits": at("before.visits", 2), "milestones.1.before": at("service", 2),
		"milestones.0.channels.0":       at("channel.web", 0),
		"milestones.3.proposed.name_ar": at("name_ar", 5), "milestones.4": at("service", 6), "milestones": "",
		"comment": "",
	} {
		if got := upload.Cell(field); got != cell {
			t.Errorf("%s stands in %q, not %q", field, got, cell)
		}
	}
}

// TestFortyRowsWithFourFaultsTellEachByItsCell is the measure of the upload.
func TestFortyRowsWithFourFaultsTellEachByItsCell(t *testing.T) {
	in := planInput(t, i18n.English)
	in.Milestones = nil
	for i := range 40 {
		in.Milestones = append(in.Milestones, programme.Milestone{
			Code: fmt.Sprintf("m-%02d", i), Service: in.Services[i%len(in.Services)].Code,
			Level: programme.Level(1 + i%4), PlannedOn: civil.NewDate(2016, 1, i*9),
		})
	}
	upload := readPlan(t, fillPlan(t, planTemplateFile(t, in), map[string]any{
		cellAt(t, "planned_on", 3): "31/02/2016", cellAt(t, "level", 11): "five", cellAt(t, "before.days", 11): "many",
		cellAt(t, "channel.web", 39): "perhaps",
	}))
	if len(upload.Milestones) != 40 {
		t.Errorf("%d milestones", len(upload.Milestones))
	}
	const want = "F9 sheet_not_a_date, E17 sheet_not_a_level, Y17 sheet_not_whole, H45 sheet_not_yes_or_no"
	if got := toldFaults(&upload); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	for _, fault := range upload.Faults {
		if fault.Cell != upload.Cell(fault.Field) {
			t.Errorf("%s is told at %s and stands at %s", fault.Field, fault.Cell, upload.Cell(fault.Field))
		}
		checkWorded(t, &fault.Fault)
	}
}

// checkWorded wants a fault's text and remedy in both languages, with every value in its place.
func checkWorded(t *testing.T, fault *programme.Fault) {
	t.Helper()
	for _, language := range i18n.Languages() {
		words := planTexts().In(language)
		for _, key := range []string{"admin.fault." + fault.Kind, "admin.fault." + fault.Kind + ".remedy"} {
			if text := words.T(key, i18n.Args(fault.Args)); strings.ContainsAny(text, "⟦{}") || text == "" {
				t.Errorf("%s of %s: %q", language, key, text)
			}
		}
	}
}

func TestEveryFaultOfACellIsTold(t *testing.T) {
	in := planInput(t, i18n.English)
	book := sheettest.Open(t, planTemplateFile(t, in))
	sheet := book.GetSheetName(0)
	set := func(key string, row int, value any) {
		if err := book.SetCellValue(sheet, cellAt(t, key, row), value); err != nil {
			t.Fatal(err)
		}
	}
	set("code", 0, "m-S0001")
	set("code", 2, "mine")
	set("service", 3, nil)
	set("name", 4, "A name")
	set("depends_on.1", 5, "some entity")
	set("reason", 6, strings.Repeat("x", longestPlanText+1))
	set("planned_on", 7, nil)
	set("level", 7, "2 — Integrated")
	set("service", 8, "not a code!")
	set("before.visits", 8, "2.5")
	set("after.visits", 8, -1)
	set("planned_on", 8, "30/09/16")
	set("expected_on", 8, "1/2/16")
	set("name_ar", 9, "")
	if err := book.SetCellFormula(sheet, cellAt(t, "planned_on", 1), "TODAY()"); err != nil {
		t.Fatal(err)
	}
	if err := book.SetCellFormula(sheet, cellAt(t, "note", 40), "1+1"); err != nil {
		t.Fatal(err)
	}
	if err := book.MergeCell(sheet, cellAt(t, "phase.design", 2), cellAt(t, "phase.design", 3)); err != nil {
		t.Fatal(err)
	}
	if err := book.SetCellValue(sheet, "AH7", "my own column"); err != nil {
		t.Fatal(err)
	}
	if err := book.SetCellFormula("Lists", "A2", "1"); err != nil {
		t.Fatal(err)
	}
	upload := readPlan(t, saved(t, book))
	got := toldFaults(&upload)
	for _, fault := range []string{
		"A7 sheet_repeated_reference", "F7 sheet_formula", "AH7 sheet_extra_column", "A8 sheet_unknown_reference",
		"Q8 sheet_merged", "B9 sheet_missing",
		"B10 sheet_listed_and_new", "T11 sheet_not_listed", "AD12 too_long", "E13 sheet_not_a_level",
		"F13 sheet_missing", "B14 sheet_not_listed",
		"F14 sheet_not_a_date", "G14 sheet_not_a_date", "W14 sheet_not_whole", "Z14 sheet_not_whole",
		"D15 sheet_missing", "AC46 sheet_formula", "'Lists'!A2 sheet_formula",
	} {
		if !strings.Contains(", "+got+", ", ", "+fault+", ") {
			t.Errorf("not told: %s", fault)
		}
	}
	if len(upload.Faults) != 19 {
		t.Errorf("%d faults: %s", len(upload.Faults), got)
	}
	for i := range upload.Faults {
		checkWorded(t, &upload.Faults[i].Fault)
	}
}

func TestAWholeFileIsRefusedWithAReason(t *testing.T) {
	in := planInput(t, i18n.English)
	template := planTemplateFile(t, in)
	other, empty, plain := in, in, excelize.NewFile()
	other.Entity.Code = "mof"
	empty.Milestones = nil
	old := sheettest.Open(t, template)
	if err := old.SetCellValue(planKeysSheet, "B2", TemplateVersion+1); err != nil {
		t.Fatal(err)
	}
	without := sheettest.Open(t, template)
	if err := without.SetCellValue(without.GetSheetName(0), "E5", ""); err != nil {
		t.Fatal(err)
	}
	for kind, workbook := range map[string][]byte{
		"entity_mismatch": planTemplateFile(t, other), "sheet_empty": planTemplateFile(t, empty),
		"sheet_no_template":  saved(t, plain),
		"sheet_old_template": saved(t, old), "sheet_text": []byte("Service;Level"),
		"sheet_encrypted": []byte(oleStart + "..."),
	} {
		checkRefused(t, kind, workbook)
	}
	checkRefused(t, "sheet_no_template", saved(t, without))
}

// checkRefused wants a file refused whole, for the reason given.
func checkRefused(t *testing.T, kind string, workbook []byte) {
	t.Helper()
	upload, err := Read(workbook, "moi")
	refused, is := err.(*programme.FaultsError) //nolint:errorlint // nothing wraps it here
	if !is || len(refused.Faults) != 1 || refused.Faults[0].Kind != kind {
		t.Errorf("%s: %v, %d milestones, %s", kind, err, len(upload.Milestones), toldFaults(&upload))
		return
	}
	checkWorded(t, &refused.Faults[0])
}

func TestAnOutdatedTemplateWarns(t *testing.T) {
	upload := readPlan(t, planTemplateFile(t, planInput(t, i18n.English)))
	var record register.PlanRecord
	for revision := 4; revision <= 5; revision++ {
		record.Revisions = append(record.Revisions, register.PlanRevision{
			Revision: revision, State: programme.PlanApproved, Steps: []register.PlanStep{{Seq: uint32(revision)}},
		})
		if warns := len(record.Outdated(upload.Revision)) > 0; warns != (revision == 5) {
			t.Errorf("a template of revision %d, with %d in force, warns: %t", upload.Revision, revision, warns)
		}
	}
	warning := record.Outdated(upload.Revision)[0]
	checkWorded(t, &warning)
}

func TestAMovedColumnAndARenamedSheetAreFound(t *testing.T) {
	in := planInput(t, i18n.English)
	book := sheettest.Open(t, planTemplateFile(t, in))
	sheet := book.GetSheetName(0)
	if err := book.SetSheetName(sheet, "My plan"); err != nil {
		t.Fatal(err)
	}
	if err := book.InsertRows("My plan", 1, 2); err != nil {
		t.Fatal(err)
	}
	upload := readPlan(t, saved(t, book))
	if got, want := asJSON(t, upload.Milestones), asJSON(t, in.Milestones); got != want {
		t.Errorf("milestones\n got %s\nwant %s", got, want)
	}
	if got := upload.Cell("milestones.0.level"); got != "E8" {
		t.Errorf("the first level stands in %s", got)
	}
}

func TestThePlanIsTheSameBytesEachTime(t *testing.T) {
	for _, language := range i18n.Languages() {
		want := planTemplateFile(t, planInput(t, language))
		for range 5 {
			if !bytes.Equal(planTemplateFile(t, planInput(t, language)), want) {
				t.Fatalf("%s: another build has other bytes", language)
			}
		}
	}
}

func TestARowWithNothingButItsReferenceIsDropped(t *testing.T) {
	in := planInput(t, i18n.English)
	cleared := map[string]any{}
	for _, c := range planColumns(leastDependencies) {
		if c.key != keyCode {
			cleared[cellAt(t, c.key, 1)] = nil
		}
	}
	upload := readPlan(t, fillPlan(t, planTemplateFile(t, in), cleared))
	want := slices.Delete(slices.Clone(in.Milestones), 1, 2)
	if got := asJSON(t, upload.Milestones); got != asJSON(t, want) || len(upload.Faults) > 0 {
		t.Errorf("faults %s, milestones %s", toldFaults(&upload), got)
	}
}

func TestDays(t *testing.T) {
	for text, want := range map[string]string{
		"42643": "2016-09-30", "42643.75": "2016-09-30", "2016-09-30": "2016-09-30", "2016/9/3": "2016-09-03",
		"30.09.2016": "2016-09-30", "3-9-2016": "2016-09-03",
		"۳۰/۰۹/۲۰۱۶": "2016-09-30", "2016-09-30T00:00:00Z": "2016-09-30", "29/02/2016": "2016-02-29",
		"09/30/2016": "2016-09-30", "29/02/2015": "", "30/09/16": "", "2016": "", "1999-12-31": "", "2101-01-01": "",
		"99999999": "", "-1": "", "NaN": "", "Inf": "", "1e5": "", "soon": "", "2016-13-01": "",
	} {
		got, is := readDay(text, sheet.ExcelDayZero)
		if is != (want != "") || got.String() != want {
			t.Errorf("%s is %s, not %s", text, got, want)
		}
	}
	if got, _ := readDay("41181", sheet.ExcelDayZero1904); got.String() != "2016-09-30" {
		t.Errorf("a day counted from 1904 is %s", got)
	}
}

func TestLevelsAndYesAndNo(t *testing.T) {
	for text, want := range map[string]programme.Level{
		"1": 1, "٤": 4, "3.0": 3, "transactional": 3, "متكامله": 4, "2 — Interactive · تفاعلية": 2, "Interactive": 2,
		"0": 0, "5": 0, "2.5": 0, "2 — Integrated": 0, "": 0, "·": 0, "level": 0,
	} {
		if got, is := readLevel(text); got != want || is != (want != 0) {
			t.Errorf("%q is level %d, not %d", text, got, want)
		}
	}
	for text, want := range map[string]bool{
		"Yes · نعم": true, "YES": true, "نعم": true, "TRUE": true, "1": true,
		"x": true, "no": false, "لا": false, "0": false, "FALSE": false,
	} {
		if got, is := readYesNo(text); got != want || !is {
			t.Errorf("%q is %t, %t", text, got, is)
		}
	}
	for _, text := range []string{"maybe", "yes · لا", "2", "·"} {
		if _, is := readYesNo(text); is {
			t.Errorf("%q is taken", text)
		}
	}
}

func TestWhatIsHiddenInAPlanIsTold(t *testing.T) {
	in := planInput(t, i18n.English)
	template := planTemplateFile(t, in)
	file := sheettest.Open(t, template)
	name := file.GetSheetName(0)
	row := planKeyRow + 2
	if err := errors.Join(file.SetRowVisible(name, row, false), file.SetRowVisible(name, 900, false)); err != nil {
		t.Fatal(err)
	}
	upload := readPlan(t, saved(t, file))
	if told := toldFaults(&upload); !strings.Contains(told, "sheet_hidden_row") || len(upload.Faults) != 1 {
		t.Errorf("a hidden row: %s", told)
	}
	file = sheettest.Open(t, template)
	if err := errors.Join(file.SetColVisible(name, "F", false), file.SetColVisible(name, "AZ", false)); err != nil {
		t.Fatal(err)
	}
	upload = readPlan(t, saved(t, file))
	if told := toldFaults(&upload); !strings.Contains(told, "sheet_hidden_column") || len(upload.Faults) != 1 {
		t.Errorf("a hidden column that holds something, and one that holds nothing: %s", told)
	}
}
