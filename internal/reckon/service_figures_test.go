package reckon_test

import (
	"slices"
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// Where a service stands in its life; what was neither launched nor planned is offline.
func TestServiceStatus(t *testing.T) {
	w := reckontest.New(t)
	w.Live("live", "2015-01-01", programme.LevelInformative)
	w.Live("retired", "2015-01-01", programme.LevelInformative)
	w.Rollout("retired", programme.ActionRetire, "2015-02-01", 0)
	w.Rule(programme.Rule{MinimumLevel: programme.LevelInteractive})
	w.Service(programme.Service{Code: "planned"})
	w.Service(programme.Service{Code: "planned lower"})
	w.Service(programme.Service{Code: "offline", Audience: "citizens", Mandatory: true, DependsOn: []string{"moj"}})
	w.Service(programme.Service{Code: "removed"})
	w.ServiceFrom(civiltest.Day("2015-03-01"), programme.Service{Code: "removed", Removed: true})
	lower, higher := reckontest.Milestone("planned lower", "2016-01-01"), reckontest.Milestone("planned", "2016-01-01")
	lower.Level, higher.Level = programme.LevelInformative, programme.LevelInteractive
	w.Plan("moi", "2015-01-01", lower, higher, reckontest.Milestone("not in the catalogue", "2016-01-01"))
	f := w.Figures("2015-06-30")
	for code, want := range map[string]figures.ServiceStatus{
		"live": figures.ServiceLive, "retired": figures.ServiceRetired, "planned": figures.ServicePlanned, "offline": figures.ServiceOffline,
		"planned lower": figures.ServicePlanned,
	} {
		if got := reckontest.ServiceOf(t, f, code).Status; got != want {
			t.Errorf("%s is %s, want %s", code, got, want)
		}
	}
	if len(f.Services) != 5 {
		t.Errorf("%d services, want those of the catalogue on the date", len(f.Services))
	}
	if s := reckontest.ServiceOf(t, f, "offline"); !s.Mandatory || s.Audience != "citizens" || !slices.Equal(s.DependsOn, []string{"moj"}) || s.Entity != "moi" {
		t.Errorf("the catalogue's words are lost: %+v", s)
	}
}

// A service is described as the catalogue has it on the date: its name, owner and channels.
func TestServiceAsTheCatalogueHasIt(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "a", Name: "Old name", Entity: "moi"})
	w.ServiceFrom(civiltest.Day("2015-06-01"), programme.Service{Code: "a", Name: "New name", Entity: "moc", Channels: []programme.Channel{programme.ChannelMobile}})
	k := w.Knowledge()
	for on, want := range map[string]figures.ServiceFigures{
		"2015-05-31": {Name: "Old name", Entity: "moi", Channels: []programme.Channel{programme.ChannelWeb, programme.ChannelCounter}},
		"2015-06-01": {Name: "New name", Entity: "moc", Channels: []programme.Channel{programme.ChannelMobile}},
	} {
		got := reckontest.ServiceOf(t, k.Figures(civiltest.Day(on)), "a")
		if got.Name != want.Name || got.Entity != want.Entity || !slices.Equal(got.Channels, want.Channels) {
			t.Errorf("on %s it is %q of %s on %v, want %q of %s on %v", on, got.Name, got.Entity, got.Channels, want.Name, want.Entity, want.Channels)
		}
	}
}

// A launch without an owner in the catalogue leaves the entity empty.
func TestServiceWithoutAnOwner(t *testing.T) {
	w := reckontest.New(t)
	w.Fact(programme.FamilyService, "a", 0, 0, programme.Service{Code: "a"})
	w.Rollout("a", programme.ActionLaunch, "2015-01-01", programme.LevelInformative).Entity = ""
	higher := reckontest.Milestone("a", "2015-01-01")
	higher.Level = programme.LevelInteractive
	w.Plan("moi", "2015-01-01", higher, reckontest.Milestone("nowhere", "2015-01-01"))
	f := w.Figures("2015-06-30")
	if s := reckontest.ServiceOf(t, f, "a"); s.Entity != "" || s.Status != figures.ServiceLive {
		t.Errorf("it belongs to %q and is %s", s.Entity, s.Status)
	}
	if late := f.Attention.Late; len(late) != 2 || late[0].Entity != "" || late[1].Service != "nowhere" {
		t.Errorf("late: %+v", late)
	}
}

// A service says on which days it was launched and retired; one that is launched again is not retired.
func TestTheDaysOfAServicesLife(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "a"})
	w.Rollout("a", programme.ActionLaunch, "2015-02-01", programme.LevelInformative)
	w.Rollout("a", programme.ActionRetire, "2015-04-01", 0)
	w.Rollout("a", programme.ActionLaunch, "2015-06-01", programme.LevelInformative)
	for on, want := range map[string][2]string{
		"2015-01-31": {"", ""}, "2015-02-01": {"2015-02-01", ""}, "2015-04-01": {"2015-02-01", "2015-04-01"},
		"2015-06-01": {"2015-02-01", ""},
	} {
		s := reckontest.ServiceOf(t, w.Figures(on), "a")
		if got := [2]string{s.LaunchedOn.String(), s.RetiredOn.String()}; got != want {
			t.Errorf("on %s launched and retired on %q, want %q", on, got, want)
		}
	}
}
