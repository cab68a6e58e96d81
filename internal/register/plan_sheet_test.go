package register_test

import (
	"reflect"
	"testing"

	"mirsad/internal/programme"
	"mirsad/internal/register"
)

func TestAWorkbookIsOutdatedOnceANewerPlanIsInForce(t *testing.T) {
	none := recordOf(t, planStep(programme.PlanSubmitted, 1, "a"))
	if got := none.Outdated(0); got != nil {
		t.Errorf("before any approval: %+v", got)
	}
	record := recordOf(t, approvedFrom("2016-01-05", 2, "a"), planStep(programme.PlanSubmitted, 3, "b"))
	for made, want := range map[int]bool{0: true, 1: true, 2: false, 3: false} {
		got := record.Outdated(made)
		if (len(got) > 0) != want {
			t.Errorf("one made for revision %d is outdated: %+v", made, got)
			continue
		}
		if want && (got[0].Field != "workbook" || got[0].Kind != "sheet_outdated" ||
			got[0].Args["revision"] != made || got[0].Args["in_force"] != 2) {
			t.Errorf("it is worded by %+v", got[0])
		}
	}
}

func TestASheetNamesTheCellOfAFault(t *testing.T) {
	unread := programme.Fault{Field: "milestones.0.planned_on", Kind: "not_a_date"}
	sheet := &register.PlanSheet{
		Faults: []register.SheetFault{
			{Fault: programme.Fault{Field: "milestones.0.level", Kind: "not_a_number"}}, // of a row, not of a cell
			{Fault: unread, Cell: "D9"},
		},
		Address: func(field string) string {
			return map[string]string{"milestones.0.planned_on": "D1", "milestones.1.level": "C10"}[field]
		},
	}
	for name, test := range map[string]struct {
		fault programme.Fault
		want  string
	}{
		"one that could not be read":         {unread, "D9"},
		"another fault of that field":        {programme.Fault{Field: unread.Field, Kind: "missing"}, "D1"},
		"the same fault of another field":    {programme.Fault{Field: "milestones.1.level", Kind: unread.Kind}, "C10"},
		"one whose cell nobody knows":        {programme.Fault{Field: "milestones.0.level", Kind: "not_a_number"}, ""},
		"one that names its cell":            {programme.Fault{Field: "workbook", Args: map[string]any{"cell": "A2"}}, "A2"},
		"one that names none":                {programme.Fault{Field: "workbook"}, ""},
		"the field's cell before that named": {programme.Fault{Field: "milestones.1.level", Args: map[string]any{"cell": "A2"}}, "C10"},
	} {
		if got := sheet.Cells()(test.fault); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
	if got := (&register.PlanSheet{}).Cells()(unread); got != "" {
		t.Errorf("a sheet that knows no addresses: %q", got)
	}
	form := sheet.FormFaults()
	if len(form) != 2 || form[0].Kind != "not_a_number" || !reflect.DeepEqual(form[1], unread) {
		t.Errorf("the faults of the form are %+v", form)
	}
	if empty := (&register.PlanSheet{}).FormFaults(); empty == nil || len(empty) != 0 {
		t.Errorf("a sheet without faults has %#v", empty)
	}
}
