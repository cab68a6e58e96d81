package planbook

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/civil"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/reports/sheet/sheettest"
)

// planInput is a plan in force with every kind of part.
func planInput(tb testing.TB, language i18n.Language) TemplateInput {
	tb.Helper()
	zone, err := time.LoadLocation("Asia/Qatar")
	if err != nil {
		tb.Fatal(err)
	}
	in := TemplateInput{
		Language: language, Programme: "National e-services programme", Classification: "Official",
		Entity:   programme.Entity{Code: "moi", Name: sheettest.EntityNames[0][0], NameAr: sheettest.EntityNames[0][1]},
		Revision: 4,
		AsAt:     time.Date(2016, 10, 2, 11, 15, 0, 0, time.UTC), Zone: zone,
	}
	for i, name := range sheettest.ServiceNames {
		in.Services = append(in.Services,
			Service{
				Code: "S000" + string(rune('0'+i)), Name: name[0], NameAr: name[1],
				Verified: programme.Level(i % 4),
			})
	}
	for i, name := range sheettest.EntityNames[1:] {
		in.Others = append(in.Others, programme.Entity{Code: "e" + string(rune('a'+i)), Name: name[0], NameAr: name[1]})
	}
	for i := range in.Services {
		m := programme.Milestone{
			Code: "m-" + in.Services[i].Code, Service: in.Services[i].Code, Level: programme.Level(1 + i%4),
			PlannedOn: civil.NewDate(2016, 3, 1+i*40), Channels: programme.Channels()[:1+i%3],
		}
		if i%2 == 0 {
			m.ExpectedOn = m.PlannedOn.AddDays(30)
			m.Phases = []programme.PlannedPhase{
				{Phase: programme.PhaseDesign, On: m.PlannedOn.AddDays(-200)},
				{Phase: programme.PhaseTest, On: m.PlannedOn.AddDays(-20)},
			}
			m.Before = &programme.Effort{Visits: new(3), Documents: new(7), Days: new(21)}
			m.After = &programme.Effort{Visits: new(0), Days: new(1)}
			m.DependsOn = []string{in.Others[i].Code, in.Others[i+1].Code}
			m.Note = "The register of residents must be linked first; the vendor delivers the connection in two steps."
		}
		in.Milestones = append(in.Milestones, m)
	}
	in.Milestones = append(in.Milestones, programme.Milestone{
		Code: "m-new", Service: "new-visit-permits", Level: 3, PlannedOn: civil.NewDate(2016, 12, 1),
		Proposed: &programme.ProposedService{Name: "Visit permits for families", NameAr: "تصاريح الزيارة العائلية"},
	})
	return in
}

func planTemplateFile(tb testing.TB, in TemplateInput) []byte {
	tb.Helper()
	var out bytes.Buffer
	if err := Write(&out, in); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func TestPlanCellsAreThoseOfTheGoldenFile(t *testing.T) {
	for _, language := range i18n.Languages() {
		golden := filepath.Join("testdata", "plan."+string(language)+".txt")
		got := sheettest.Cells(t, planTemplateFile(t, planInput(t, language)))
		if *sheettest.Update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s: cells differ from %s (run with -update and read the change):\n%s", language, golden,
				sheettest.FirstDifference(got, string(want)))
		}
	}
}

func TestTheStructureIsFixedAndInputIsOpen(t *testing.T) {
	in := planInput(t, i18n.Arabic)
	all := sheettest.Parts(t, planTemplateFile(t, in))
	for n := 1; n <= 4; n++ {
		sheet := all["xl/worksheets/sheet"+strconv.Itoa(n)+".xml"]
		if !strings.Contains(sheet, "<sheetProtection") || strings.Contains(sheet, "hashValue") ||
			strings.Contains(sheet, `password="`) {
			t.Errorf("sheet %d is open, or has a password", n)
		}
	}
	if book := all["xl/workbook.xml"]; !strings.Contains(book, "lockStructure") ||
		!strings.Contains(book, `state="hidden"`) || !strings.Contains(book, `state="veryHidden"`) {
		t.Error("the structure is open, or the lists or keys can be seen")
	}
	book := sheettest.Open(t, planTemplateFile(t, in))
	for column, c := range planColumns(leastDependencies) {
		for _, row := range []int{planFirstRow, planFirstRow + planRows - 1} {
			if locked := isLocked(t, book, column+1, row); locked != (c.input == inputNone) {
				t.Errorf("%s of row %d: locked is %t", c.key, row, locked)
			}
		}
		if !isLocked(t, book, column+1, planHeadingRow) {
			t.Errorf("the heading of %s is open", c.key)
		}
	}
	validations, err := book.GetDataValidations(book.GetSheetName(0))
	if err != nil || len(validations) != len(planColumns(leastDependencies))-1 {
		t.Fatalf("%d columns with a rule, %v", len(validations), err)
	}
	for _, each := range validations {
		if each.Prompt == nil || each.Error == nil || utf8.RuneCountInString(*each.Prompt) > 255 ||
			utf8.RuneCountInString(*each.Error) > 225 || strings.Contains(*each.Prompt, "…") {
			t.Errorf("%s has no prompt or no refusal, or one that Excel cuts off", each.Sqref)
		}
	}
}

// isLocked reports whether a cell can't be written while the sheet is protected.
func isLocked(t *testing.T, book *excelize.File, column, row int) bool {
	t.Helper()
	cell, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		t.Fatal(err)
	}
	id, err := book.GetCellStyle(book.GetSheetName(0), cell)
	if err != nil {
		t.Fatal(err)
	}
	style, err := book.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	return style.Protection == nil || style.Protection.Locked
}
