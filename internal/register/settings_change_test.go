package register_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

func TestAProgrammeBeginsInItsTimeZone(t *testing.T) {
	draft, err := register.Change{Actor: "program", Reason: "first start"}.Begin("Asia/Riyadh")(nil)
	if err != nil || draft.Actor != "program" || draft.Reason != "first start" {
		t.Fatalf("%+v, %v", draft, err)
	}
	want := programme.DefaultSettings()
	want.TimeZone = "Asia/Riyadh"
	got, is := draft.Body.(programme.Settings)
	if !is || got.TimeZone != want.TimeZone || got.Goal != want.Goal || got.StartsOn != want.StartsOn {
		t.Errorf("%+v, want %+v", draft.Body, want)
	}
}

func TestAProgrammeThatHasBegunKeepsItsTimeZone(t *testing.T) {
	begun := streamOf(t, programme.DefaultSettings())
	for zone, want := range map[string]error{"Asia/Qatar": register.ErrUnchanged, "UTC": programme.ErrInvalid} {
		draft, err := register.Change{Actor: "program"}.Begin(zone)(begun)
		if !errors.Is(err, want) || draft.Body != nil {
			t.Errorf("%s: %+v, %v; want %v", zone, draft, err, want)
		}
		if zone == "UTC" && !strings.Contains(err.Error(), "Asia/Qatar") {
			t.Errorf("the zone that is kept is not named: %v", err)
		}
	}
	if _, err := (register.Change{}).Begin("UTC")([]programme.Fact{{Seq: 1, Body: json.RawMessage("no")}}); err == nil {
		t.Error("settings that can't be read are begun anew")
	}
}

func TestSettingsAreThoseOfTheNewestFactWithItsVersion(t *testing.T) {
	first, second := programme.DefaultSettings(), programme.DefaultSettings()
	second.Goal, second.Version = 1200, 77
	got, err := register.SettingsOf(streamOf(t, first, second))
	if err != nil || got.Goal != 1200 || got.Version != 2 || got.Rule.Version != 2 {
		t.Errorf("%+v, %v", got, err)
	}
	got, err = register.SettingsOf(nil)
	if err != nil || got.Goal != programme.DefaultSettings().Goal || got.Version != 0 {
		t.Errorf("before any fact: %+v, %v", got, err)
	}
	bare, err := register.SettingsOf(streamOf(t, programme.Settings{Goal: 5}))
	if err != nil || bare.DueDay != 0 || bare.Name != "" {
		t.Errorf("what a fact leaves out is no default: %+v, %v", bare, err)
	}
}

// Each limit is tried on both sides: the last value that is taken and the first that is not.
func TestTheLimitsOfSettings(t *testing.T) {
	starts := programme.DefaultSettings().StartsOn
	for name, test := range map[string]struct {
		edit  func(*programme.Settings)
		fault string
	}{
		"a goal of one":            {func(s *programme.Settings) { s.Goal = 1 }, ""},
		"a goal of none":           {func(s *programme.Settings) { s.Goal = 0 }, "goal out_of_range"},
		"a goal of a million":      {func(s *programme.Settings) { s.Goal = 1_000_000 }, ""},
		"one more":                 {func(s *programme.Settings) { s.Goal = 1_000_001 }, "goal out_of_range"},
		"due on the first":         {func(s *programme.Settings) { s.DueDay = 1 }, ""},
		"due on no day":            {func(s *programme.Settings) { s.DueDay = 0 }, "due_day out_of_range"},
		"due on the 28th":          {func(s *programme.Settings) { s.DueDay = 28 }, ""},
		"due on the 29th":          {func(s *programme.Settings) { s.DueDay = 29 }, "due_day out_of_range"},
		"a programme of a day":     {func(s *programme.Settings) { s.TargetOn = starts + 1 }, ""},
		"a programme of no day":    {func(s *programme.Settings) { s.TargetOn = starts }, "target_on not_between"},
		"fifty years":              {func(s *programme.Settings) { s.TargetOn = civiltest.Day("2064-01-01") }, ""},
		"fifty years and a day":    {func(s *programme.Settings) { s.TargetOn = civiltest.Day("2064-01-02") }, "target_on not_between"},
		"reporting from the start": {func(s *programme.Settings) { s.ReportingDate = starts }, ""},
		"reporting before it":      {func(s *programme.Settings) { s.ReportingDate = starts - 1 }, "reporting_date not_between"},
		"data from the start":      {func(s *programme.Settings) { s.DataFrom = starts }, ""},
		"data from after it":       {func(s *programme.Settings) { s.DataFrom = starts + 1 }, "data_from not_between"},
		"data from 1970":           {func(s *programme.Settings) { s.DataFrom = civiltest.Day("1970-01-01") }, ""},
		"data from before 1970":    {func(s *programme.Settings) { s.DataFrom = civiltest.Day("1969-12-31") }, "data_from not_between"},
		"reporting on the last day": {
			func(s *programme.Settings) { s.ReportingDate = civiltest.Day("2149-06-06") }, "",
		},
		"reporting after it": {
			func(s *programme.Settings) { s.ReportingDate = civiltest.Day("2149-06-07") }, "reporting_date not_between",
		},
		"a name of 200 letters": {func(s *programme.Settings) { s.NameAr = strings.Repeat("م", 200) }, ""},
		"a name of 201 letters": {func(s *programme.Settings) { s.NameAr = strings.Repeat("م", 201) }, "name_ar too_long"},
		"a name of spaces":      {func(s *programme.Settings) { s.Name = " \t" }, "name missing"},
		"a class of 100":        {func(s *programme.Settings) { s.Classification = strings.Repeat("م", 100) }, ""},
		"a class of 101":        {func(s *programme.Settings) { s.Classification = strings.Repeat("م", 101) }, "classification too_long"},
		"a name that is no text": {
			func(s *programme.Settings) { s.Name = "a\xff" }, "name control_characters",
		},
		"the lowest minimum":  {func(s *programme.Settings) { s.Rule.MinimumLevel = 1 }, ""},
		"below it":            {func(s *programme.Settings) { s.Rule.MinimumLevel = 0 }, "rule.minimum_level out_of_range"},
		"the highest minimum": {func(s *programme.Settings) { s.Rule.MinimumLevel = 4 }, ""},
		"above it":            {func(s *programme.Settings) { s.Rule.MinimumLevel = 5 }, "rule.minimum_level out_of_range"},
		"new at the highest":  {func(s *programme.Settings) { s.Rule.NewAtLevel = 4 }, ""},
		"new above it":        {func(s *programme.Settings) { s.Rule.NewAtLevel = 5 }, "rule.new_at_level out_of_range"},
	} {
		settings := programme.DefaultSettings()
		settings.Classification = "internal" // so that no case is the settings as they are
		test.edit(&settings)
		got := faultsOf(t, streamOf(t, programme.DefaultSettings()), register.Change{Reason: "x", Version: 1}.Settings(settings))
		if want := orNone(test.fault); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// orNone words the absence of faults as faultsOf does.
func orNone(faults string) string {
	if faults == "" {
		return "no faults"
	}
	return faults
}

// aService is what a service needs to be recorded.
var aService = programme.Service{Name: "a", NameAr: "ا", Entity: "moi"}

func TestAChangeIsMadeFromTheNewestVersion(t *testing.T) {
	known := register.Catalogue{Entities: map[string]bool{"moi": true}}
	standing := streamOf(t, aService, aService)
	for version, want := range map[uint32]error{1: programme.ErrAlreadyDecided, 2: nil, 3: programme.ErrInvalid} {
		next := aService
		next.Mandatory = true
		change := register.Change{Reason: "x", Version: version, EffectiveOn: civiltest.Day("2016-05-01")}
		if _, err := change.Service("visa", next, known)(standing); !errors.Is(err, want) {
			t.Errorf("from version %d: %v, want %v", version, err, want)
		}
	}
}

func TestTheSameFromAnotherDayIsAChange(t *testing.T) {
	known := register.Catalogue{Entities: map[string]bool{"moi": true}}
	standing := streamOf(t, func() programme.Service { s := aService; s.Code = "visa"; return s }())
	standing[0].EffectiveOn = civiltest.Day("2016-05-01")
	for on, want := range map[string]error{"2016-05-01": register.ErrUnchanged, "2016-05-02": nil} {
		draft, err := register.Change{
			Reason:      "x",
			Version:     1,
			EffectiveOn: civiltest.Day(on),
		}.Service(
			"visa",
			aService,
			known,
		)(
			standing,
		)
		if !errors.Is(err, want) || (want == nil && draft.EffectiveOn != civiltest.Day(on)) {
			t.Errorf("from %s: %+v, %v; want %v", on, draft, err, want)
		}
	}
}

func TestACodeIsFitForAddresses(t *testing.T) {
	for code, want := range map[string]bool{
		"a": true, "A-1_b.c": true, "9": true, strings.Repeat("a", 100): true,
		"": false, strings.Repeat("a", 101): false, "-a": false, ".a": false, "a b": false, "a/b": false, "خدمة": false, "a\n": false,
	} {
		if register.IsCode(code) != want {
			t.Errorf("%q is a code: %v", code, !want)
		}
	}
}

func TestTheLimitsOfACalendar(t *testing.T) {
	day := func(from, to string) programme.CalendarDay {
		d := programme.CalendarDay{From: civiltest.Day(from), Name: "a", NameAr: "ا"}
		if to != "" {
			d.To = civiltest.Day(to)
		}
		return d
	}
	many := func(n int) []programme.CalendarDay {
		days := make([]programme.CalendarDay, n)
		for i := range days {
			days[i] = programme.CalendarDay{From: civil.NewDate(2014, 1, 1+i), Name: "a", NameAr: "ا"}
		}
		return days
	}
	for name, test := range map[string]struct {
		calendar string
		days     []programme.CalendarDay
		want     string
	}{
		"sixty days":           {programme.CalendarRamadan, []programme.CalendarDay{day("2016-01-01", "2016-02-29")}, ""},
		"sixty-one days":       {programme.CalendarRamadan, []programme.CalendarDay{day("2016-01-01", "2016-03-01")}, "days.0.to not_between"},
		"it ends before":       {programme.CalendarHolidays, []programme.CalendarDay{day("2016-01-02", "2016-01-01")}, "days.0.to not_between"},
		"one day":              {programme.CalendarHolidays, []programme.CalendarDay{day("2016-01-02", "2016-01-02")}, ""},
		"one after the other":  {programme.CalendarHolidays, []programme.CalendarDay{day("2016-01-01", "2016-01-03"), day("2016-01-04", "")}, ""},
		"a day in common":      {programme.CalendarHolidays, []programme.CalendarDay{day("2016-01-01", "2016-01-03"), day("2016-01-03", "")}, "days.1.from overlaps"},
		"in common, turned":    {programme.CalendarHolidays, []programme.CalendarDay{day("2016-01-03", ""), day("2016-01-01", "2016-01-03")}, "days.1.from overlaps"},
		"before, turned":       {programme.CalendarHolidays, []programme.CalendarDay{day("2016-01-04", ""), day("2016-01-01", "2016-01-03")}, ""},
		"a due day is one day": {programme.CalendarDueDays, []programme.CalendarDay{day("2016-01-01", "2016-01-02")}, "days.0.to not_between"},
		"due in two months":    {programme.CalendarDueDays, []programme.CalendarDay{day("2016-01-31", ""), day("2016-02-01", "")}, ""},
		"two of one month":     {programme.CalendarDueDays, []programme.CalendarDay{day("2016-01-01", ""), day("2016-01-31", "")}, "days.1.from overlaps"},
		"a thousand days":      {programme.CalendarHolidays, many(1000), ""},
		"one more":             {programme.CalendarHolidays, many(1001), "days too_many"},
	} {
		change := register.Change{Reason: "x"}.Calendar(programme.Calendar{Name: test.calendar, Days: test.days})
		if got := faultsOf(t, nil, change); got != orNone(test.want) {
			t.Errorf("%s: %s, want %s", name, got, orNone(test.want))
		}
	}
}

func TestTheLimitsOfACampaign(t *testing.T) {
	known := register.Catalogue{Services: map[string]programme.Service{"visa": {}}}
	for name, test := range map[string]struct {
		ends     string
		services []string
		want     string
	}{
		"of a day":            {"2016-03-01", []string{"visa"}, ""},
		"it ends before":      {"2016-02-29", []string{"visa"}, "ends_on not_between"},
		"of two years":        {"2018-03-01", []string{"visa"}, ""},
		"of a day more":       {"2018-03-02", []string{"visa"}, "ends_on not_between"},
		"of no service":       {"2016-03-01", nil, "services missing"},
		"of an unknown one":   {"2016-03-01", []string{"deed"}, "services.0 unknown_code"},
		"of one twice":        {"2016-03-01", []string{"visa", "visa"}, "services.1 repeated"},
		"without an end":      {"", []string{"visa"}, "ends_on missing"},
		"long after any date": {"2149-06-07", []string{"visa"}, "ends_on not_between"},
	} {
		campaign := register.Campaign{
			ID: "spring", Name: "Spring", NameAr: "الربيع", StartsOn: civiltest.Day("2016-03-01"), Services: test.services,
		}
		if test.ends != "" {
			campaign.EndsOn = civiltest.Day(test.ends)
		}
		if got := faultsOf(t, nil, register.Change{Reason: "x"}.Campaign(campaign, known)); got != orNone(test.want) {
			t.Errorf("%s: %s, want %s", name, got, orNone(test.want))
		}
	}
}

func TestOfEachCampaignTheNewestVersionIsListed(t *testing.T) {
	facts := streamOf(t, register.Campaign{Name: "old"}, register.Campaign{Name: "new"}, register.Campaign{Name: "other"})
	for i, subject := range []string{"spring", "spring", "winter"} {
		facts[i].Family, facts[i].Subject = programme.FamilyCampaign, subject
	}
	facts[2].Seq = 1
	campaigns, versions, err := register.CampaignsOf(facts)
	if err != nil || len(campaigns) != 2 || campaigns[0].Name != "new" || campaigns[1].Name != "other" {
		t.Fatalf("%+v, %v", campaigns, err)
	}
	if versions[0] != 2 || versions[1] != 1 {
		t.Errorf("versions %v", versions)
	}
	if none, _, err := register.CampaignsOf(nil); err != nil || none == nil || len(none) != 0 {
		t.Errorf("of nothing: %#v, %v", none, err)
	}
}
