package programme

import (
	"slices"
	"testing"
)

// Where a service stands in its life; what was neither launched nor planned is offline.
func TestServiceStatus(t *testing.T) {
	w := newWorld(t)
	w.live("live", "2015-01-01", LevelInformative)
	w.live("retired", "2015-01-01", LevelInformative)
	w.rollout("retired", ActionRetire, "2015-02-01", 0)
	w.service(Service{Code: "planned"})
	w.service(Service{Code: "offline", Audience: "citizens", Mandatory: true, DependsOn: []string{"moj"}})
	w.service(Service{Code: "removed"})
	w.serviceFrom(day("2015-03-01"), Service{Code: "removed", Removed: true})
	w.plan("moi", "2015-01-01", milestone("planned", "2016-01-01"), milestone("not in the catalogue", "2016-01-01"))
	f := w.figures("2015-06-30")
	for code, want := range map[string]ServiceStatus{
		"live": ServiceLive, "retired": ServiceRetired, "planned": ServicePlanned, "offline": ServiceOffline,
	} {
		if got := serviceOf(t, f, code).Status; got != want {
			t.Errorf("%s is %s, want %s", code, got, want)
		}
	}
	if len(f.Services) != 4 {
		t.Errorf("%d services, want those of the catalogue on the date", len(f.Services))
	}
	if s := serviceOf(t, f, "offline"); !s.Mandatory || s.Audience != "citizens" || !slices.Equal(s.DependsOn, []string{"moj"}) || s.Entity != "moi" {
		t.Errorf("the catalogue's words are lost: %+v", s)
	}
}

// A service is described as the catalogue has it on the date: its name, owner and channels.
func TestServiceAsTheCatalogueHasIt(t *testing.T) {
	w := newWorld(t)
	w.service(Service{Code: "a", Name: "Old name", Entity: "moi"})
	w.serviceFrom(day("2015-06-01"), Service{Code: "a", Name: "New name", Entity: "moc", Channels: []Channel{ChannelMobile}})
	k := w.knowledge()
	for on, want := range map[string]ServiceFigures{
		"2015-05-31": {Name: "Old name", Entity: "moi", Channels: []Channel{ChannelWeb, ChannelCounter}},
		"2015-06-01": {Name: "New name", Entity: "moc", Channels: []Channel{ChannelMobile}},
	} {
		got := serviceOf(t, k.Figures(day(on)), "a")
		if got.Name != want.Name || got.Entity != want.Entity || !slices.Equal(got.Channels, want.Channels) {
			t.Errorf("on %s it is %q of %s on %v, want %q of %s on %v", on, got.Name, got.Entity, got.Channels, want.Name, want.Entity, want.Channels)
		}
	}
}

// A launch without an owner in the catalogue leaves the entity empty.
func TestServiceWithoutAnOwner(t *testing.T) {
	w := newWorld(t)
	w.fact(FamilyService, "a", 0, 0, Service{Code: "a"})
	w.rollout("a", ActionLaunch, "2015-01-01", LevelInformative).Entity = ""
	w.plan("moi", "2015-01-01", milestone("a", "2015-01-01"), milestone("nowhere", "2015-01-01"))
	f := w.figures("2015-06-30")
	if s := serviceOf(t, f, "a"); s.Entity != "" || s.Status != ServiceLive {
		t.Errorf("it belongs to %q and is %s", s.Entity, s.Status)
	}
	if late := f.Attention.Late; len(late) != 2 || late[0].Entity != "" || late[1].Service != "nowhere" {
		t.Errorf("late: %+v", late)
	}
}
