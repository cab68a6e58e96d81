package register_test

import (
	"encoding/json"
	"errors"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

func TestAPlanIsCheckedAgainstWhatTheFactsSay(t *testing.T) {
	facts := planSteps(t, approvedFrom("2016-01-05", 1, "a"))
	holidays := func(seq uint32, name string) programme.Fact {
		raw, err := json.Marshal(programme.Calendar{Days: []programme.CalendarDay{{From: civil.NewDate(2016, 7, 5), Name: name}}})
		if err != nil {
			t.Fatal(err)
		}
		return programme.Fact{
			Family: programme.FamilyProgramme, Subject: programme.CalendarSubject(programme.CalendarHolidays), Seq: seq, Body: raw,
		}
	}
	ramadan := holidays(3, "not a holiday")
	ramadan.Subject = programme.CalendarSubject(programme.CalendarRamadan)
	facts = append(facts, holidays(2, "Eid"), holidays(1, "old"), ramadan,
		programme.Fact{Family: programme.FamilyEntity, Subject: "moi", Seq: 1, Body: json.RawMessage(`{"code":"moi"}`)},
		programme.Fact{Family: programme.FamilyService, Subject: "s1", Seq: 1, Body: json.RawMessage(`{"code":"s1","entity":"moi"}`)})
	planning, err := register.PlanningOf(facts)
	if err != nil {
		t.Fatal(err)
	}
	if days := planning.Holidays.Days; len(days) != 1 || days[0].Name != "Eid" {
		t.Errorf("the newest calendar of holidays has %+v", days)
	}
	if !planning.Entities["moi"] || planning.Services["s1"].Entity != "moi" {
		t.Errorf("the catalogue is %+v", planning.Catalogue)
	}
	if planned := planning.Planned("moi"); len(planned) != 1 || planned[0].Code != "a" {
		t.Errorf("moi plans %+v", planned)
	}
	if other := planning.Record("moj"); other.Entity != "moj" || other.Revisions == nil || planning.Planned("moj") != nil {
		t.Errorf("moj has %+v", other)
	}
	empty, err := register.PlanningOf(nil)
	if err != nil || empty.Holidays.Days == nil || empty.Plans == nil {
		t.Errorf("of nothing: %+v, %v", empty, err)
	}
}

func TestFactsThatCannotBeReadAreNoPlanning(t *testing.T) {
	for name, fact := range map[string]programme.Fact{
		"a plan":     {Family: programme.FamilyPlan},
		"a service":  {Family: programme.FamilyService},
		"an entity":  {Family: programme.FamilyEntity},
		"a calendar": {Family: programme.FamilyProgramme, Subject: programme.CalendarSubject(programme.CalendarHolidays)},
	} {
		fact.Body = json.RawMessage("no")
		if planning, err := register.PlanningOf([]programme.Fact{fact}); !errors.Is(err, programme.ErrInvalid) || planning != nil {
			t.Errorf("%s: %+v, %v", name, planning, err)
		}
	}
}
