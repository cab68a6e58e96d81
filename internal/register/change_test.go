package register_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
	"mirsad/internal/register"
)

// streamOf is a stream of one subject with these bodies.
func streamOf(t *testing.T, bodies ...any) []programme.Fact {
	t.Helper()
	stream := make([]programme.Fact, len(bodies))
	for i, body := range bodies {
		raw, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		stream[i] = programme.Fact{Seq: uint32(i + 1), Actor: "somebody", RecordedAt: time.Unix(int64(i), 0), Reason: "then", Body: raw}
	}
	return stream
}

// faultsOf returns the fields and kinds of a change's faults, in their order.
func faultsOf(t *testing.T, stream []programme.Fact, decide register.Deciding) string {
	t.Helper()
	_, err := decide(stream)
	found, are := errors.AsType[*programme.FaultsError](err)
	if !are {
		return "no faults"
	}
	if !errors.Is(err, programme.ErrInvalid) || found.Error() == "" {
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
	standing := streamOf(t, programme.DefaultSettings())
	change := register.Change{Actor: "admin", Reason: " because ", Version: 1}
	next := programme.DefaultSettings()
	next.Goal, next.Rule.NewAtLevel = 1200, programme.LevelInformative
	draft, err := change.Settings(next)(standing)
	if err != nil || draft.Actor != "admin" || draft.Reason != "because" {
		t.Fatalf("%+v, %v", draft, err)
	}
	raw := draft.Body.(json.RawMessage)
	if got := register.Differences(standing[0].Body, raw); len(got) != 1 || got[0].Field != "goal" || got[0].Before != 1000.0 || got[0].After != 1200.0 {
		t.Errorf("%+v", got)
	}
	if _, err := change.Settings(programme.DefaultSettings())(standing); !errors.Is(err, register.ErrUnchanged) {
		t.Errorf("nothing changed: %v", err)
	}
	_, err = register.Change{Reason: "x"}.Settings(next)(standing)
	if other, is := errors.AsType[*programme.DecidedError](err); !is || other.Actor != "somebody" || other.Seq != 1 {
		t.Errorf("from an older version: %v", err)
	}
	_, err = change.Settings(next)([]programme.Fact{{Seq: 1, Body: json.RawMessage("no")}})
	if _, compared := errors.AsType[*programme.FaultsError](err); err == nil || compared {
		t.Errorf("settings that can't be read are taken for some: %v", err)
	}
	next.Version, next.Rule.Version = 1, 1 // as an answer has it
	recorded := programme.Settings{Version: 7}
	if draft, err = change.Settings(next)(standing); err != nil || json.Unmarshal(draft.Body.(json.RawMessage), &recorded) != nil ||
		recorded.Version != 0 || recorded.Rule.Version != 0 {
		t.Errorf("the version, which the fact has, is recorded in its body too: %s, %v", draft.Body, err)
	}
}

func TestFaultsOfSettings(t *testing.T) {
	for name, each := range map[string]struct {
		edit func(*programme.Settings)
		want string
	}{
		"nothing said":    {func(s *programme.Settings) { *s = programme.Settings{TimeZone: s.TimeZone} }, "due_day out_of_range, goal out_of_range, name missing, name_ar missing, rule.minimum_level out_of_range, starts_on missing, target_on missing"},
		"without a start": {func(s *programme.Settings) { s.StartsOn, s.ReportingDate, s.DataFrom = 0, s.StartsOn-1, s.StartsOn+1 }, "starts_on missing"},
		"without an end":  {func(s *programme.Settings) { s.TargetOn = 0 }, "target_on missing"},
		"fixed parts":     {func(s *programme.Settings) { s.TimeZone, s.Sample = "UTC", true }, "sample fixed, time_zone fixed"},
		"far away":        {func(s *programme.Settings) { s.StartsOn, s.DataFrom = 1, civil.NewDate(2149, 6, 7) }, "data_from not_between, starts_on not_between"},
		"too long": {func(s *programme.Settings) {
			s.TargetOn, s.Classification = s.StartsOn.AddDays(366*51), strings.Repeat("x", 101)
		}, "classification too_long, target_on not_between"},
		"before the start": {func(s *programme.Settings) { s.TargetOn, s.ReportingDate = s.StartsOn, s.StartsOn-1 }, "reporting_date not_between, target_on not_between"},
		"data too late":    {func(s *programme.Settings) { s.DataFrom = s.StartsOn + 1 }, "data_from not_between"},
		"hidden signs":     {func(s *programme.Settings) { s.Name = "a\x00b" }, "name control_characters"},
		"the rule": {func(s *programme.Settings) {
			s.Rule = programme.Rule{MinimumLevel: 2, NewAtLevel: 7, Audiences: []string{"a", "a", ""}}
		}, "rule.audiences.1 repeated, rule.audiences.2 missing, rule.new_at_level out_of_range"},
	} {
		settings := programme.DefaultSettings()
		each.edit(&settings)
		stream := streamOf(t, programme.DefaultSettings())
		if got := faultsOf(t, stream, register.Change{Reason: "x", Version: 1}.Settings(settings)); got != each.want {
			t.Errorf("%s: %s, want %s", name, got, each.want)
		}
	}
	if got := faultsOf(t, nil, register.Change{Version: 2}.Settings(programme.DefaultSettings())); got != "reason missing, version unknown_version" {
		t.Errorf("a version of nothing: %s", got)
	}
}

func TestVersions(t *testing.T) {
	versions := register.VersionsOf(streamOf(t, map[string]any{"a": 1, "version": 0}, map[string]any{"a": 1, "b": map[string]any{"c": []int{1}}, "version": 3}))
	if len(versions) != 2 || versions[0].Version != 2 || len(versions[0].Difference) != 1 || versions[0].Difference[0].Field != "b.c" {
		t.Errorf("%+v", versions)
	}
	if got := versions[1].Difference; len(got) != 1 || got[0].Before != nil || got[0].After != 1.0 {
		t.Errorf("the first version: %+v", got)
	}
	if got := register.Differences(json.RawMessage("no"), nil); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

func TestACalendarIsNoSettings(t *testing.T) {
	w := reckontest.New(t)
	w.Fact(programme.FamilyProgramme, programme.CalendarSubject(programme.CalendarHolidays), 0, 0, programme.Calendar{Name: programme.CalendarHolidays})
	w.Fact(programme.FamilyProgramme, "z", 0, 0, programme.Settings{Goal: 5})
	if got := w.Figures("2016-09-30").Programme.Goal; got != 1000 {
		t.Errorf("goal %d", got)
	}
}

func TestCalendarChanges(t *testing.T) {
	feast := programme.CalendarDay{From: civiltest.Day("2016-12-18"), Name: "National day", NameAr: "اليوم الوطني"}
	draft, err := register.Change{Reason: "x"}.Calendar(programme.Calendar{Name: programme.CalendarHolidays, Days: []programme.CalendarDay{feast, {From: civiltest.Day("2016-01-01"), Name: "a", NameAr: "ا"}}})(nil)
	if err != nil {
		t.Fatal(err)
	}
	stored, err := programme.CalendarOf(programme.CalendarHolidays, streamOf(t, draft.Body))
	if err != nil || len(stored.Days) != 2 || stored.Days[1].To != feast.From {
		t.Errorf("%+v, %v", stored, err)
	}
	if empty, err := programme.CalendarOf(programme.CalendarRamadan, nil); err != nil || empty.Days == nil || empty.Name != programme.CalendarRamadan {
		t.Errorf("%+v, %v", empty, err)
	}
	second := feast
	second.From = civiltest.Day("2016-12-01")
	for name, each := range map[string]struct {
		calendar programme.Calendar
		want     string
	}{
		"twice":    {programme.Calendar{Days: []programme.CalendarDay{feast, feast}}, "days.1.from overlaps"},
		"due days": {programme.Calendar{Name: programme.CalendarDueDays, Days: []programme.CalendarDay{feast, second}}, "days.1.from overlaps"},
		"no day":   {programme.Calendar{Days: []programme.CalendarDay{{}}}, "days.0.from missing, days.0.name missing, days.0.name_ar missing"},
		"too many": {programme.Calendar{Days: make([]programme.CalendarDay, 1001)}, "days too_many"},
	} {
		if got := faultsOf(t, nil, register.Change{Reason: "x"}.Calendar(each.calendar)); got != each.want {
			t.Errorf("%s: %s, want %s", name, got, each.want)
		}
	}
}

func TestCampaignChanges(t *testing.T) {
	known := register.Catalogue{Services: map[string]programme.Service{"visa": {}, "deed": {}}}
	spring := register.Campaign{ID: "spring", Name: "Spring", NameAr: "الربيع", StartsOn: civiltest.Day("2016-03-01"), EndsOn: civiltest.Day("2016-03-31"), Services: []string{"visa", "deed"}}
	draft, err := register.Change{Reason: "x"}.Campaign(spring, known)(nil)
	if err != nil {
		t.Fatal(err)
	}
	if stored, err := register.CampaignOf(streamOf(t, draft.Body)); err != nil || !slices.Equal(stored.Services, []string{"deed", "visa"}) {
		t.Errorf("%+v, %v", stored, err)
	}
	if _, err := register.CampaignOf(nil); !errors.Is(err, programme.ErrNotFound) {
		t.Error(err)
	}
	bad := register.Campaign{ID: "no code", Name: "a", NameAr: "ا", StartsOn: spring.EndsOn, EndsOn: spring.StartsOn, Services: []string{"visa", "visa", "x"}}
	if got := faultsOf(t, nil, register.Change{Reason: "x"}.Campaign(bad, known)); got != "ends_on not_between, id not_a_code, services.1 repeated, services.2 unknown_code" {
		t.Error(got)
	}
	bad.Services = make([]string, 5001)
	if got := faultsOf(t, nil, register.Change{Reason: "x"}.Campaign(bad, known)); !strings.Contains(got, "services too_many") {
		t.Error(got)
	}
	w := reckontest.New(t)
	w.Fact(programme.FamilyCampaign, "spring", 0, 0, spring)
	w.Fact(programme.FamilyCampaign, "spring", 0, 0, spring)
	if campaigns, versions, err := register.CampaignsOf(w.Facts.Streams); err != nil || len(campaigns) != 1 || versions[0] != 2 {
		t.Errorf("%v %v %v", campaigns, versions, err)
	}
	if _, _, err := register.CampaignsOf([]programme.Fact{{Family: programme.FamilyCampaign, Body: json.RawMessage("no")}}); !errors.Is(err, programme.ErrInvalid) {
		t.Error(err)
	}
}

func TestCatalogueChanges(t *testing.T) {
	w := reckontest.New(t)
	w.Fact(programme.FamilyEntity, "moi", 0, 0, programme.Entity{Code: "moi"})
	w.Fact(programme.FamilyService, "visa", 0, 0, programme.Service{Code: "visa", Entity: "moi"})
	w.Fact(programme.FamilyService, "part", 0, 0, programme.Service{Code: "part", Entity: "moi", PartOf: "visa"})
	known, err := register.CatalogueOf(w.Facts.Streams)
	if err != nil {
		t.Fatal(err)
	}
	if draft, err := (register.Change{Reason: "x"}).Entity("moj", programme.Entity{Name: "Justice", NameAr: "العدل"}, register.Catalogue{})(nil); err != nil || draft.Body == nil {
		t.Error(err)
	}
	later := register.Change{Reason: "x", Version: 1}
	if got := faultsOf(t, streamOf(t, programme.Entity{Code: "moi"}), later.Entity("moi", programme.Entity{Code: "b", Name: "a", NameAr: "ا"}, register.Catalogue{})); got != "code fixed, effective_on missing" {
		t.Error(got)
	}
	names := programme.Service{Name: "a", NameAr: "ا"}
	for want, edit := range map[string]func(*programme.Service){
		"entity missing":          func(s *programme.Service) { s.Entity = "" },
		"entity unknown_code":     func(s *programme.Service) { s.Entity = "mof" },
		"part_of itself":          func(s *programme.Service) { s.PartOf = "new" },
		"part_of unknown_code":    func(s *programme.Service) { s.PartOf = "x" },
		"part_of part_itself":     func(s *programme.Service) { s.PartOf = "part" },
		"depends_on.0 itself":     func(s *programme.Service) { s.DependsOn = []string{"moi"} },
		"channels.0 not_one_of":   func(s *programme.Service) { s.Channels = []programme.Channel{"fax"} },
		"channels.1 repeated":     func(s *programme.Service) { s.Channels = []programme.Channel{"web", "web"} },
		"succeeds.0 unknown_code": func(s *programme.Service) { s.Succeeds = []string{"x"} },
		"no faults":               func(s *programme.Service) { s.PartOf, s.Succeeds = "visa", []string{"visa"} },
	} {
		service := names
		service.Entity = "moi"
		edit(&service)
		if got := faultsOf(t, nil, register.Change{Reason: "x"}.Service("new", service, known)); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	again := names
	again.Entity, again.Succeeds = "moi", []string{"visa"}
	if got := faultsOf(t, nil, register.Change{Reason: "x"}.Service("visa", again, known)); got != "succeeds.0 itself" {
		t.Error(got)
	}
	for _, family := range []programme.Family{programme.FamilyEntity, programme.FamilyService} {
		if _, err := register.CatalogueOf([]programme.Fact{{Family: family, Body: json.RawMessage("no")}}); !errors.Is(err, programme.ErrInvalid) {
			t.Errorf("%s: %v", family, err)
		}
	}
}

func TestFaultsOfFormAndContentAreToldTogether(t *testing.T) {
	content := &programme.FaultsError{Faults: []programme.Fault{{Field: "rule.minimum_level"}, {Field: "goal"}, {Field: "days.1.from"}}}
	if err := programme.JoinFaults(nil, content); err != nil {
		t.Error(err)
	}
	joined := programme.JoinFaults([]programme.Fault{{Field: "rule", Kind: "bad_value"}, {Field: "days.1", Kind: "bad_value"}}, content)
	if joined == nil || joined.Error() != "rule: bad_value; days.1: bad_value; goal: " {
		t.Errorf("%v", joined)
	}
}

func TestCodesThatDifferByCaseAloneAreRefused(t *testing.T) {
	known := register.Catalogue{
		Entities: map[string]bool{"moi": true},
		Services: map[string]programme.Service{"moi-1": {Code: "moi-1"}, "Old": {}, "old": {}}, // two from before the rule
	}
	change := register.Change{Reason: "x"}
	entity := programme.Entity{Name: "Interior", NameAr: "الداخلية"}
	service := programme.Service{Name: "Fine", NameAr: "مخالفة", Entity: "moi"}
	later := register.Change{Reason: "x", Version: 1, EffectiveOn: civiltest.Day("2016-01-01")}
	for name, each := range map[string]struct {
		stream []programme.Fact
		decide register.Deciding
		want   string
	}{
		"an entity":         {nil, change.Entity("MOI", entity, known), "code differs_by_case"},
		"the entity itself": {streamOf(t, entity), later.Entity("moi", entity, known), "no faults"},
		"a service":         {nil, change.Service("Moi-1", service, known), "code differs_by_case"},
		"a new service":     {nil, change.Service("moi-2", service, known), "no faults"},
		"one from before":   {streamOf(t, service), later.Service("Old", service, known), "no faults"},
		"of an entity in capitals": {nil, change.Service("moi-3", programme.Service{
			Name: "Fine", NameAr: "مخالفة", Entity: "MOI", Succeeds: []string{"MOI-1"},
		}, known), "no faults"},
		"one as an entity is": {nil, change.Service("MOI", service, known), "no faults"},
	} {
		if got := faultsOf(t, each.stream, each.decide); got != each.want {
			t.Errorf("%s: %s, want %s", name, got, each.want)
		}
	}
	_, err := change.Service("MOI-1", service, known)(nil)
	if found, are := errors.AsType[*programme.FaultsError](err); !are || found.Faults[0].Args["existing"] != "moi-1" {
		t.Errorf("the existing code is not named: %v", err)
	}
}

func TestNamesThatNobodySeesAreRefused(t *testing.T) {
	for _, name := range []string{"\u202e", "\u200f\u200f", "\ufff9", "\u00a0\u2003", "\u2800", "\u3164\u200b", "\u0301"} {
		got := faultsOf(t, nil, register.Change{Reason: "x"}.Entity("moj", programme.Entity{Name: name, NameAr: "العدل"}, register.Catalogue{}))
		if got != "name invisible" && got != "name missing" {
			t.Errorf("%q: %s", name, got)
		}
	}
	for _, name := range []string{"A\u200f", "\u200fوزارة العدل\u200f", "١", "é", "e\u0301"} {
		if !register.IsVisible(name) {
			t.Errorf("%q is called invisible", name)
		}
	}
}
