package reports

import (
	"slices"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

func TestTheDataIsTyped(t *testing.T) {
	p := pageOf(t, sample(small), i18n.English, "data")
	if got := p.column("B", 7); len(got) != 12 || got[0] != "S0000" || got[11] != "S0011" {
		t.Errorf("services %v", got)
	}
	for _, cell := range []string{"F8", "G8", "J8", "K8", "L8", "M8", "N8", "X8"} {
		if kind := p.kind(cell); kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
			t.Errorf("%s is of type %d, no number", cell, kind)
		}
		if _, err := strconv.ParseFloat(p.raw(cell), 64); err != nil {
			t.Errorf("%s holds %q", cell, p.raw(cell))
		}
	}
	for _, cell := range []string{"B8", "C8", "D8", "E8", "H8", "O8", "V8", "W8"} {
		if kind := p.kind(cell); kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
			t.Errorf("%s is of type %d, no text", cell, kind)
		}
	}
	if shown, err := p.file.GetCellValue(p.name, "J8"); err != nil || shown != "2 Jan 2014" {
		t.Errorf("the launch is shown as %q: %v", shown, err)
	}
}

// An expected date that has passed is no date given, and shown so.
func TestAnExpectedDateThatHasPassedIsNoDateGiven(t *testing.T) {
	for language, want := range map[i18n.Language]string{i18n.English: "No date given", i18n.Arabic: "لم يُحدَّد موعد"} {
		f := sample(small)
		f.Services[1].ExpectedOn, f.Services[1].NoDateGiven = 0, true
		pageOf(t, f, language, "data").wants(map[string]string{"L8": want})
	}
}

func TestAMissingNumberOfAServiceIsEmptyAndItsStateIsBeside(t *testing.T) {
	for language, words := range map[i18n.Language][2]string{
		i18n.English: {"not provided", "not applicable"}, i18n.Arabic: {"غير متاح", "لا ينطبق"},
	} {
		p := pageOf(t, sample(small), language, "data")
		p.wants(map[string]string{"N14": "", "N16": "", "M16": "", "J16": "", "F16": "", "G16": "", "N7": "0"})
		for cell, want := range map[string]string{"O14": words[0], "O16": words[1]} {
			if got := p.raw(cell); language == i18n.English && got != want || got == "" || got == p.raw("O7") {
				t.Errorf("%s: %s says %q", language, cell, got)
			}
		}
	}
}

// dataOf is the row of a service as a workbook in a language lists it, by the keys of the columns.
func dataOf(t *testing.T, s *figures.ServiceFigures, language i18n.Language) map[string]any {
	t.Helper()
	f := sample(small)
	f.Services = append(f.Services, *s)
	w := said(t, f, language)
	row := map[string]any{}
	for _, c := range dataColumns {
		row[c.key] = c.value(w, s)
	}
	return row
}

func TestTheColumnsOfAService(t *testing.T) {
	service := &figures.ServiceFigures{
		Code: "S9", Name: "Visit permits", NameAr: "تصاريح الزيارة", Entity: "e02", Status: figures.ServiceRetired,
		Clause: programme.ClauseRetired, LevelClaimed: 3, Audience: "citizens\u202e", Mandatory: true, Dormant: true,
		Silent: true, WithoutNumbers: true,
		Completed: figures.UsageTotal{
			Count: programme.CountOf(150), Days: figures.Days{Covered: 15, Expected: 31}, Partial: 1,
		},
		Channels:  []programme.Channel{programme.ChannelWeb, programme.ChannelCounter},
		RetiredOn: civil.NewDate(2016, 5, 1),
	}
	english := dataOf(t, service, i18n.English)
	for key, want := range map[string]any{
		"code": "S9", "service": "Visit permits", "other_name": "تصاريح الزيارة",
		"entity":      "Ministry of Economy and Commerce",
		"entity_code": "e02", "is_counted": "No", "mandatory": "Yes", "existed": "No", "level_claimed": 3,
		"level_verified": nil,
		"audience":       "citizens", "attention": "Dormant, Not reporting, Without numbers",
		"completed_state": "reported (15 of 31 days)", "channels": "Web, Counter",
		"retired_on": civil.NewDate(2016, 5, 1),
	} {
		if got := english[key]; got != want {
			t.Errorf("%s is %v, not %v", key, got, want)
		}
	}
	arabic := dataOf(t, service, i18n.Arabic)
	for key, want := range map[string]any{
		"service": "تصاريح الزيارة", "other_name": "Visit permits", "entity": "وزارة الاقتصاد والتجارة", "code": "S9",
		"audience": "المواطنون",
	} {
		if got := arabic[key]; got != want {
			t.Errorf("in Arabic %s is %v, not %v", key, got, want)
		}
	}
	if english["clause"] == "" || english["clause"] == arabic["clause"] {
		t.Errorf("why it is not counted: %q and %q", english["clause"], arabic["clause"])
	}
}

func TestACodeOfACharacterInANameIsShownAsItWasTyped(t *testing.T) {
	f := sample(small)
	const typed = "_x202E_exe"
	f.Services[0].Name, f.Entities[1].Name = typed, typed
	pageOf(t, f, i18n.English, "data").wants(map[string]string{"C7": typed, "D8": typed})
	pageOf(t, f, i18n.English, "entities").wants(map[string]string{"B11": typed})
}

func TestAProgrammeWithoutServicesHasAnEmptyList(t *testing.T) {
	f := sample(small)
	f.Services, f.Usage.Top = nil, nil
	p := pageOf(t, f, i18n.English, "data")
	p.wants(map[string]string{"B6": "Code", "B7": "Nothing to show", "B8": ""})
	tables, err := p.file.GetTables(p.name)
	if err != nil || len(tables) != 1 || tables[0].Name != "Services" || tables[0].Range != "B6:AJ7" {
		t.Errorf("tables %+v: %v", tables, err)
	}
}

func TestTheDataKeepsItsHeaderInViewAndIsForTheScreen(t *testing.T) {
	p := pageOf(t, sample(small), i18n.English, "data")
	panes, err := p.file.GetPanes(p.name)
	if err != nil || !panes.Freeze || panes.TopLeftCell != "D7" {
		t.Errorf("panes %+v: %v", panes, err)
	}
	names := []string{}
	for _, name := range p.file.GetDefinedName() {
		if name.Scope == p.name {
			names = append(names, name.Name+" "+name.RefersTo)
		}
	}
	want := []string{"_xlnm.Print_Area 'Data'!$A$1:$P$5"}
	if !slices.Equal(names, want) {
		t.Errorf("names %q", names)
	}
}
