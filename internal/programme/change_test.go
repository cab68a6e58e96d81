package programme

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

// streamOf is a stream of one subject with these bodies.
func streamOf(t *testing.T, bodies ...any) []Fact {
	t.Helper()
	stream := make([]Fact, len(bodies))
	for i, body := range bodies {
		raw, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		stream[i] = Fact{Seq: uint32(i + 1), Actor: "somebody", RecordedAt: time.Unix(int64(i), 0), Reason: "then", Body: raw}
	}
	return stream
}

// faultsOf returns the fields and kinds of a change's faults, in their order.
func faultsOf(t *testing.T, stream []Fact, decide Deciding) string {
	t.Helper()
	_, err := decide(stream)
	found, are := errors.AsType[*FaultsError](err)
	if !are {
		return "no faults"
	}
	if !errors.Is(err, ErrInvalid) || found.Error() == "" {
		t.Errorf("%v is no ErrInvalid", err)
	}
	list := make([]string, 0, len(found.Faults))
	for _, each := range found.Faults {
		list = append(list, each.Field+" "+each.Kind)
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}

func TestAChangeOfSettings(t *testing.T) {
	standing := streamOf(t, DefaultSettings())
	change := Change{Actor: "admin", Reason: " because ", Version: 1}
	next := DefaultSettings()
	next.Goal, next.Rule.NewAtLevel = 1200, LevelInformative
	draft, err := change.Settings(next)(standing)
	if err != nil || draft.Actor != "admin" || draft.Reason != "because" {
		t.Fatalf("%+v, %v", draft, err)
	}
	raw := draft.Body.(json.RawMessage)
	if got := Differences(standing[0].Body, raw); len(got) != 1 || got[0].Field != "goal" || got[0].Before != 1000.0 || got[0].After != 1200.0 {
		t.Errorf("%+v", got)
	}
	if got := DraftDifferences(standing, draft); len(got) != 1 {
		t.Errorf("%+v", got)
	}
	if got := DraftDifferences(nil, Draft{Body: func() {}}); got != nil {
		t.Errorf("%+v", got)
	}
	if _, err := change.Settings(DefaultSettings())(standing); !errors.Is(err, ErrUnchanged) {
		t.Errorf("nothing changed: %v", err)
	}
	_, err = Change{Reason: "x"}.Settings(next)(standing)
	if other, is := errors.AsType[*DecidedError](err); !is || other.Actor != "somebody" || other.Seq != 1 {
		t.Errorf("from an older version: %v", err)
	}
	if _, err := change.Settings(next)([]Fact{{Seq: 1, Body: json.RawMessage("no")}}); err == nil {
		t.Error("settings that can't be read are taken for some")
	}
}

func TestFaultsOfSettings(t *testing.T) {
	for name, each := range map[string]struct {
		edit func(*Settings)
		want string
	}{
		"nothing said":     {func(s *Settings) { *s = Settings{TimeZone: s.TimeZone} }, "due_day out_of_range, goal out_of_range, name missing, name_ar missing, rule.minimum_level out_of_range, starts_on missing, target_on missing"},
		"fixed parts":      {func(s *Settings) { s.TimeZone, s.Sample = "UTC", true }, "sample fixed, time_zone fixed"},
		"far away":         {func(s *Settings) { s.StartsOn, s.DataFrom = 1, NewDate(2149, 6, 7) }, "data_from not_between, starts_on not_between"},
		"too long":         {func(s *Settings) { s.TargetOn, s.Classification = s.StartsOn.AddDays(366*51), strings.Repeat("x", 101) }, "classification too_long, target_on not_between"},
		"before the start": {func(s *Settings) { s.TargetOn, s.ReportingDate = s.StartsOn, s.StartsOn-1 }, "reporting_date not_between, target_on not_between"},
		"data too late":    {func(s *Settings) { s.DataFrom = s.StartsOn + 1 }, "data_from not_between"},
		"hidden signs":     {func(s *Settings) { s.Name = "a\x00b" }, "name control_characters"},
		"the rule":         {func(s *Settings) { s.Rule = Rule{MinimumLevel: 2, NewAtLevel: 7, Audiences: []string{"a", "a", ""}} }, "rule.audiences.1 repeated, rule.audiences.2 missing, rule.new_at_level out_of_range"},
	} {
		settings := DefaultSettings()
		each.edit(&settings)
		stream := streamOf(t, DefaultSettings())
		if got := faultsOf(t, stream, Change{Reason: "x", Version: 1}.Settings(settings)); got != each.want {
			t.Errorf("%s: %s, want %s", name, got, each.want)
		}
	}
	if got := faultsOf(t, nil, Change{Version: 2}.Settings(DefaultSettings())); got != "reason missing, version unknown_version" {
		t.Errorf("a version of nothing: %s", got)
	}
}

func TestVersions(t *testing.T) {
	versions := VersionsOf(streamOf(t, map[string]any{"a": 1, "version": 0}, map[string]any{"a": 1, "b": map[string]any{"c": []int{1}}, "version": 3}))
	if len(versions) != 2 || versions[0].Version != 2 || len(versions[0].Difference) != 1 || versions[0].Difference[0].Field != "b.c" {
		t.Errorf("%+v", versions)
	}
	if got := versions[1].Difference; len(got) != 1 || got[0].Before != nil || got[0].After != 1.0 {
		t.Errorf("the first version: %+v", got)
	}
	if got := Differences(json.RawMessage("no"), nil); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

func TestACalendarIsNoSettings(t *testing.T) {
	w := newWorld(t)
	w.fact(FamilyProgramme, CalendarSubject(CalendarHolidays), 0, 0, Calendar{Name: CalendarHolidays})
	w.fact(FamilyProgramme, "z", 0, 0, Settings{Goal: 5})
	if got := w.figures("2016-09-30").Programme.Goal; got != 1000 {
		t.Errorf("goal %d", got)
	}
}

func TestCalendarChanges(t *testing.T) {
	feast := CalendarDay{From: day("2016-12-18"), Name: "National day", NameAr: "اليوم الوطني"}
	draft, err := Change{Reason: "x"}.Calendar(Calendar{Name: CalendarHolidays, Days: []CalendarDay{feast, {From: day("2016-01-01"), Name: "a", NameAr: "ا"}}})(nil)
	if err != nil {
		t.Fatal(err)
	}
	stored, err := CalendarOf(CalendarHolidays, streamOf(t, draft.Body))
	if err != nil || len(stored.Days) != 2 || stored.Days[1].To != feast.From {
		t.Errorf("%+v, %v", stored, err)
	}
	if empty, err := CalendarOf(CalendarRamadan, nil); err != nil || empty.Days == nil || empty.Name != CalendarRamadan {
		t.Errorf("%+v, %v", empty, err)
	}
	second := feast
	second.From = day("2016-12-01")
	for name, each := range map[string]struct {
		calendar Calendar
		want     string
	}{
		"twice":    {Calendar{Days: []CalendarDay{feast, feast}}, "days.1.from overlaps"},
		"due days": {Calendar{Name: CalendarDueDays, Days: []CalendarDay{feast, second}}, "days.1.from overlaps"},
		"no day":   {Calendar{Days: []CalendarDay{{}}}, "days.0.from missing, days.0.name missing, days.0.name_ar missing"},
		"too many": {Calendar{Days: make([]CalendarDay, 1001)}, "days too_many"},
	} {
		if got := faultsOf(t, nil, Change{Reason: "x"}.Calendar(each.calendar)); got != each.want {
			t.Errorf("%s: %s, want %s", name, got, each.want)
		}
	}
}

func TestCampaignChanges(t *testing.T) {
	known := Catalogue{Services: map[string]Service{"visa": {}, "deed": {}}}
	spring := Campaign{ID: "spring", Name: "Spring", NameAr: "الربيع", StartsOn: day("2016-03-01"), EndsOn: day("2016-03-31"), Services: []string{"visa", "deed"}}
	draft, err := Change{Reason: "x"}.Campaign(spring, known)(nil)
	if err != nil {
		t.Fatal(err)
	}
	if stored, err := CampaignOf(streamOf(t, draft.Body)); err != nil || !slices.Equal(stored.Services, []string{"deed", "visa"}) {
		t.Errorf("%+v, %v", stored, err)
	}
	if _, err := CampaignOf(nil); !errors.Is(err, ErrNotFound) {
		t.Error(err)
	}
	bad := Campaign{ID: "no code", Name: "a", NameAr: "ا", StartsOn: spring.EndsOn, EndsOn: spring.StartsOn, Services: []string{"visa", "visa", "x"}}
	if got := faultsOf(t, nil, Change{Reason: "x"}.Campaign(bad, known)); got != "ends_on not_between, id not_a_code, services.1 repeated, services.2 unknown_code" {
		t.Error(got)
	}
	bad.Services = make([]string, 5001)
	if got := faultsOf(t, nil, Change{Reason: "x"}.Campaign(bad, known)); !strings.Contains(got, "services too_many") {
		t.Error(got)
	}
	w := newWorld(t)
	w.fact(FamilyCampaign, "spring", 0, 0, spring)
	w.fact(FamilyCampaign, "spring", 0, 0, spring)
	if campaigns, versions, err := CampaignsOf(w.facts.Streams); err != nil || len(campaigns) != 1 || versions[0] != 2 {
		t.Errorf("%v %v %v", campaigns, versions, err)
	}
	if _, _, err := CampaignsOf([]Fact{{Family: FamilyCampaign, Body: json.RawMessage("no")}}); !errors.Is(err, ErrInvalid) {
		t.Error(err)
	}
}

func TestCatalogueChanges(t *testing.T) {
	w := newWorld(t)
	w.fact(FamilyEntity, "moi", 0, 0, Entity{Code: "moi"})
	w.fact(FamilyService, "visa", 0, 0, Service{Code: "visa", Entity: "moi"})
	w.fact(FamilyService, "part", 0, 0, Service{Code: "part", Entity: "moi", PartOf: "visa"})
	known, err := CatalogueOf(w.facts.Streams)
	if err != nil {
		t.Fatal(err)
	}
	if draft, err := (Change{Reason: "x"}).Entity("moj", Entity{Name: "Justice", NameAr: "العدل"})(nil); err != nil || draft.Body == nil {
		t.Error(err)
	}
	later := Change{Reason: "x", Version: 1}
	if got := faultsOf(t, streamOf(t, Entity{Code: "moi"}), later.Entity("moi", Entity{Code: "b", Name: "a", NameAr: "ا"})); got != "code fixed, effective_on missing" {
		t.Error(got)
	}
	names := Service{Name: "a", NameAr: "ا"}
	for want, edit := range map[string]func(*Service){
		"entity missing":          func(s *Service) { s.Entity = "" },
		"entity unknown_code":     func(s *Service) { s.Entity = "mof" },
		"part_of itself":          func(s *Service) { s.PartOf = "new" },
		"part_of unknown_code":    func(s *Service) { s.PartOf = "x" },
		"part_of part_itself":     func(s *Service) { s.PartOf = "part" },
		"depends_on.0 itself":     func(s *Service) { s.DependsOn = []string{"moi"} },
		"channels.0 not_one_of":   func(s *Service) { s.Channels = []Channel{"fax"} },
		"channels.1 repeated":     func(s *Service) { s.Channels = []Channel{"web", "web"} },
		"succeeds.0 unknown_code": func(s *Service) { s.Succeeds = []string{"x"} },
		"no faults":               func(s *Service) { s.PartOf, s.Succeeds = "visa", []string{"visa"} },
	} {
		service := names
		service.Entity = "moi"
		edit(&service)
		if got := faultsOf(t, nil, Change{Reason: "x"}.Service("new", service, known)); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	again := names
	again.Entity, again.Succeeds = "moi", []string{"visa"}
	if got := faultsOf(t, nil, Change{Reason: "x"}.Service("visa", again, known)); got != "succeeds.0 itself" {
		t.Error(got)
	}
	for _, family := range []Family{FamilyEntity, FamilyService} {
		if _, err := CatalogueOf([]Fact{{Family: family, Body: json.RawMessage("no")}}); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: %v", family, err)
		}
	}
}

func TestWeigh(t *testing.T) {
	w := newWorld(t)
	w.fact(FamilyService, "visa", 0, 0, Service{Code: "visa", Entity: "moi"})
	k, err := NewKnowledge(w.facts, w.use, Knowing{Provisional: true, Today: day("2016-09-30")})
	if err != nil {
		t.Fatal(err)
	}
	next := DefaultSettings()
	next.Goal, next.ReportingDate = 5, day("2016-01-31")
	effect := k.Weigh(next)
	if effect.Before.On != day("2016-09-30") || effect.Before.Goal != 1000 || effect.After.On != next.ReportingDate || effect.After.Goal != 5 {
		t.Errorf("%+v", effect)
	}
}

func TestFaultsOfFormAndContentAreToldTogether(t *testing.T) {
	content := &FaultsError{Faults: []Fault{{Field: "rule.minimum_level"}, {Field: "goal"}, {Field: "days.1.from"}}}
	if err := JoinFaults(nil, content); err != nil {
		t.Error(err)
	}
	joined := JoinFaults([]Fault{{Field: "rule", Kind: "bad_value"}, {Field: "days.1", Kind: "bad_value"}}, content)
	if joined == nil || joined.Error() != "rule: bad_value; days.1: bad_value; goal: " {
		t.Errorf("%v", joined)
	}
}
