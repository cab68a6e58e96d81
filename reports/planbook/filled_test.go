package planbook

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/civil"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/reports/sheet/sheettest"
)

// cellText is what a cell of the first sheet shows.
func cellText(t *testing.T, book *excelize.File, cell string) string {
	t.Helper()
	text, err := book.GetCellValue(book.GetSheetName(0), cell)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// A code of a character that an agency has typed comes back as it was typed.
func TestCodesOfCharactersComeBackAsTheyWereTyped(t *testing.T) {
	in := planInput(t, i18n.English)
	in.Milestones[0].Note = "the field _x0041_ of the form, _x202E_"
	in.Milestones[9].Proposed.Name = "Form _x0042_x0043_"
	upload := readPlan(t, planTemplateFile(t, in))
	if got, want := asJSON(t, upload.Milestones), asJSON(t, in.Milestones); got != want {
		t.Errorf("milestones\n got %s\nwant %s", got, want)
	}
}

func TestAMilestoneFillsItsRow(t *testing.T) {
	in := planInput(t, i18n.English)
	book := sheettest.Open(t, planTemplateFile(t, in))
	for key, want := range map[string]string{
		keyCode: "m-S0000", keyService: "S0000 — Renewal of a residence permit",
		keyLevel:   "1 — Informative · معلوماتية",
		keyPlanned: "2016-03-01", keyExpected: "2016-03-31", "channel.web": "Yes · نعم", "channel.mobile": "",
		keyName:        "",
		"phase.design": "2015-08-14", "phase.test": "2016-02-10", "phase.build": "",
		"depends_on.1": "ea — " + sheettest.EntityNames[1][0], "depends_on.3": "",
		"before.visits": "3", "before.documents": "7", "before.days": "21",
		"after.visits": "0", "after.documents": "", "after.days": "1", keyReason: "",
		keyNote: "The register of residents must be linked first; the vendor delivers the connection in two steps.",
	} {
		if got := cellText(t, book, cellAt(t, key, 0)); got != want {
			t.Errorf("%s shows %q, not %q", key, got, want)
		}
	}
	for key, want := range map[string]string{
		keyService: "new-visit-permits", keyName: "Visit permits for families", keyNameAr: "تصاريح الزيارة العائلية",
	} {
		if got := cellText(t, book, cellAt(t, key, 9)); got != want {
			t.Errorf("of a new service %s shows %q, not %q", key, got, want)
		}
	}
	if got := cellText(t, book, cellAt(t, keyCode, 10)); got != "" {
		t.Errorf("the first free row has the reference %q", got)
	}
}

func TestTheHeadSaysWhichPlanItIs(t *testing.T) {
	in := planInput(t, i18n.English)
	head := func() [4]string {
		book := sheettest.Open(t, planTemplateFile(t, in))
		return [4]string{
			cellText(t, book, "A1"), cellText(t, book, "C1"), cellText(t, book, "B2"), cellText(t, book, "C2"),
		}
	}
	if got, want := head(), [4]string{
		"Official", "Ministry of Interior", "Filled with revision 4, the plan in force",
		"National e-services programme · as at 2 October 2016, 14:15",
	}; got != want {
		t.Errorf("%q", got)
	}
	in.Revision, in.Milestones, in.Classification, in.Entity.Name, in.Entity.NameAr, in.Zone = 0, nil, "", "", "", nil
	got := head()
	if got[0] != "" || got[1] != "moi" || strings.Contains(got[2], "revision 4") ||
		!strings.HasSuffix(got[3], "11:15") {
		t.Errorf("without a plan, a name and a zone: %q", got)
	}
}

func TestThePlanHasAsManyColumnsAsItsEntitiesNeed(t *testing.T) {
	for waits, want := range map[int]int{0: 3, 3: 3, 5: 5, 20: 20, 25: 20} {
		if got := dependencies([]programme.Milestone{{}, {DependsOn: make([]string, waits)}}); got != want {
			t.Errorf("for %d entities there are %d columns, not %d", waits, got, want)
		}
	}
	in := planInput(t, i18n.English)
	in.Milestones[0].DependsOn = []string{"ea", "eb", "ec", "ed", "ee"}
	upload := readPlan(t, planTemplateFile(t, in))
	if got := len(upload.Milestones[0].DependsOn); got != 5 || len(upload.Faults) > 0 {
		t.Errorf("%d entities come back, %s", got, toldFaults(&upload))
	}
}

func TestThereAreAlwaysFreeRows(t *testing.T) {
	in := planInput(t, i18n.English)
	for len(in.Milestones) < planRows {
		in.Milestones = append(in.Milestones, in.Milestones[1])
	}
	book := sheettest.Open(t, planTemplateFile(t, in))
	if isLocked(t, book, 2, planFirstRow+planRows+freeRows-1) || !isLocked(t, book, 2, planFirstRow+planRows+freeRows) {
		t.Error("a plan that fills the sheet does not have its free rows")
	}
}

// A service or an entity that the lists have no more is shown by its code, and comes back.
func TestACodeThatIsNotListedIsShownAsItIs(t *testing.T) {
	in := planInput(t, i18n.English)
	in.Services = in.Services[1:]
	in.Others = in.Others[1:]
	book := sheettest.Open(t, planTemplateFile(t, in))
	for key, want := range map[string]string{keyService: "S0000", "depends_on.1": "ea"} {
		if got := cellText(t, book, cellAt(t, key, 0)); got != want {
			t.Errorf("%s shows %q, not %q", key, got, want)
		}
	}
}

func TestTheListsOfTheDropDowns(t *testing.T) {
	for language, want := range map[i18n.Language][4]string{
		i18n.English: {
			"S0001 — Issue of a commercial registration (verified level 1)", "ea — " + sheettest.EntityNames[1][0],
			"3 — Transactional · إجرائية", "Yes · نعم",
		},
		i18n.Arabic: {
			"S0001 — إصدار سجل تجاري (المستوى المُتحقَّق منه 1)", "ea — " +
				sheettest.EntityNames[1][1], "3 — إجرائية · Transactional", "نعم · Yes",
		},
	} {
		book := sheettest.Open(t, planTemplateFile(t, planInput(t, language)))
		lists := planTexts().In(language).T("template.sheet.lists")
		for i, cell := range []string{"A3", "B2", "C4", "D2"} {
			got, err := book.GetCellValue(lists, cell)
			if err != nil {
				t.Fatal(err)
			}
			if got != want[i] {
				t.Errorf("%s: %s lists %q, not %q", language, cell, got, want[i])
			}
		}
	}
}

func TestEveryColumnTakesWhatItIsFor(t *testing.T) {
	book := sheettest.Open(t, planTemplateFile(t, planInput(t, i18n.English)))
	rules, err := book.GetDataValidations(book.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]*excelize.DataValidation{}
	for _, rule := range rules {
		from, _, _ := strings.Cut(rule.Sqref, ":")
		found[from] = rule
	}
	for key, want := range map[string][3]string{
		keyLevel:         {"list", "'Lists'!$C$2:$C$5", ""},
		keyService:       {"list", "'Lists'!$A$2:$A$10", ""},
		"depends_on.2":   {"list", "'Lists'!$B$2:$B$14", ""},
		"channel.kiosk":  {"list", "'Lists'!$D$2:$D$3", ""},
		keyPlanned:       {"date", "36526", "73415"},
		"phase.redesign": {"date", "36526", "73415"},
		"before.visits":  {"whole", "0", "10000"},
		keyNote:          {"textLength", "0", "2000"},
		keyNameAr:        {"textLength", "0", "300"},
	} {
		rule := found[cellAt(t, key, 0)]
		if rule == nil {
			t.Errorf("%s takes everything", key)
			continue
		}
		if rule.Type != want[0] || rule.Formula1 != want[1] || rule.Formula2 != want[2] {
			t.Errorf("%s takes %s from %s to %s, not %v", key, rule.Type, rule.Formula1, rule.Formula2, want)
		}
		style := "stop"
		if key == keyService { // a new service's code is typed
			style = "warning"
		}
		if rule.ErrorStyle == nil || *rule.ErrorStyle != style || !rule.ShowInputMessage {
			t.Errorf("%s refuses by %v", key, rule.ErrorStyle)
		}
	}
}

func TestADateCannotBeReadTwoWays(t *testing.T) {
	in := planInput(t, i18n.Arabic)
	in.Milestones[0].PlannedOn = civil.NewDate(2016, 4, 3)
	book := sheettest.Open(t, planTemplateFile(t, in))
	cell := cellAt(t, keyPlanned, 0)
	id, err := book.GetCellStyle(book.GetSheetName(0), cell)
	if err != nil {
		t.Fatal(err)
	}
	style, err := book.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	if got := cellText(t, book, cell); got != "2016-04-03" || style.Alignment.ReadingOrder != 1 {
		t.Errorf("%q in reading order %d", got, style.Alignment.ReadingOrder)
	}
}

func TestNamesBeginWhereTheirLanguageBegins(t *testing.T) {
	for _, language := range i18n.Languages() {
		book := sheettest.Open(t, planTemplateFile(t, planInput(t, language)))
		for key, want := range map[string]string{keyName: "left", keyNameAr: "right"} {
			id, err := book.GetCellStyle(book.GetSheetName(0), cellAt(t, key, 9))
			if err != nil {
				t.Fatal(err)
			}
			style, err := book.GetStyle(id)
			if err != nil {
				t.Fatal(err)
			}
			if style.Alignment.Horizontal != want || *style.CustomNumFmt != "@" {
				t.Errorf("%s: %s begins at the %s, as %s", language, key, style.Alignment.Horizontal,
					*style.CustomNumFmt)
			}
		}
	}
}
