package catalogue_test

import (
	"slices"
	"testing"

	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// codes lists the codes of the entities and of the services, by place.
func codes(c *catalogue.Catalogue) (entities, services []string) {
	for i := range c.Entities {
		entities = append(entities, c.Entities[i].Code)
	}
	for i := range c.Services {
		services = append(services, c.Services[i].Code)
	}
	return entities, services
}

// Whatever names an entity or a service gives it a place, one each, in the order of codes.
func TestWhoHasAPlace(t *testing.T) {
	for name, test := range map[string]struct {
		say                func(w *reckontest.World)
		entities, services []string
	}{
		"nobody who is not named":         {func(*reckontest.World) {}, nil, nil},
		"an entity of the catalogue":      {func(w *reckontest.World) { w.Entity("moc") }, []string{"moc"}, nil},
		"a service, and its owner":        {func(w *reckontest.World) { w.Service(programme.Service{Code: "a"}) }, []string{"moi"}, []string{"a"}},
		"the bundle of a part":            {func(w *reckontest.World) { w.Service(programme.Service{Code: "b", PartOf: "a"}) }, []string{"moi"}, []string{"a", "b"}},
		"whom a service succeeds":         {func(w *reckontest.World) { w.Service(programme.Service{Code: "a", Succeeds: []string{"z", "m"}}) }, []string{"moi"}, []string{"a", "m", "z"}},
		"a service of an assessment":      {func(w *reckontest.World) { w.ClaimOn("a", "2015-01-01", programme.LevelInformative) }, nil, []string{"a"}},
		"a service of a rollout":          {func(w *reckontest.World) { w.Rollout("a", programme.ActionRetire, "2015-01-01", 0) }, []string{"moi"}, []string{"a"}},
		"an entity with a plan":           {func(w *reckontest.World) { w.Plan("moc", "2015-01-01") }, []string{"moc"}, nil},
		"a service of a plan":             {func(w *reckontest.World) { w.Plan("moc", "2015-01-01", reckontest.Milestone("a", "2015-02-01")) }, []string{"moc"}, []string{"a"}},
		"a service and reporter of a use": {func(w *reckontest.World) { w.Uses("moc", "a", "2015-01", programme.ChannelWeb, 1) }, []string{"moc"}, []string{"a"}},
		"one place for all of these": {func(w *reckontest.World) {
			w.Live("b", "2015-01-01", programme.LevelInformative)
			w.Service(programme.Service{Code: "a", Entity: "moc", PartOf: "b", Succeeds: []string{"b"}})
			w.Uses("moi", "b", "2015-01", programme.ChannelWeb, 1)
		}, []string{"moc", "moi"}, []string{"a", "b"}},
	} {
		w := reckontest.New(t)
		test.say(w)
		k := w.Knowledge()
		entities, services := codes(k.Catalogue)
		if !slices.Equal(entities, test.entities) || !slices.Equal(services, test.services) {
			t.Errorf("%s: entities %v, services %v; want %v, %v", name, entities, services, test.entities, test.services)
		}
		for at, code := range services {
			if got := k.FindService(code); got != catalogue.ServiceAt(at) {
				t.Errorf("%s: %s is found at %d, want %d", name, code, got, at)
			}
		}
		for at, code := range entities {
			if got := k.FindEntity(code); got != catalogue.EntityAt(at) {
				t.Errorf("%s: %s is found at %d, want %d", name, code, got, at)
			}
		}
		if s, e := k.FindService("nobody"), k.FindEntity("nobody"); s != catalogue.NoService || e != catalogue.NoEntity {
			t.Errorf("%s: who is not named is at %d and %d", name, s, e)
		}
	}
}

// An entity has the names of the newest entry in force, and its code where it has none.
func TestNamesOfAnEntity(t *testing.T) {
	w := reckontest.New(t)
	moi := func(from civil.Date, name, nameAr string) {
		w.Fact(programme.FamilyEntity, "moi", from, from, programme.Entity{Code: "moi", Name: name, NameAr: nameAr})
	}
	moi(civiltest.Day("2015-01-01"), "Interior", "الداخلية")
	moi(civiltest.Day("2016-01-01"), "Home", "")
	k := w.Knowledge()
	for on, want := range map[string]programme.Entity{
		"2014-12-31": {Code: "moi", Name: "moi", NameAr: "moi"},
		"2015-01-01": {Code: "moi", Name: "Interior", NameAr: "الداخلية"},
		"2015-12-31": {Code: "moi", Name: "Interior", NameAr: "الداخلية"},
		"2016-01-01": {Code: "moi", Name: "Home", NameAr: "moi"},
	} {
		if got := k.EntityNamed(k.FindEntity("moi"), civiltest.Day(on)); got != want {
			t.Errorf("on %s it is %+v, want %+v", on, got, want)
		}
	}
}

// A bundle has each service that any entry makes a part of it, once; nothing is a part of itself.
func TestPartsOfABundle(t *testing.T) {
	for name, test := range map[string]struct {
		entries []programme.Service
		want    []string
	}{
		"none":                     {[]programme.Service{{Code: "bundle"}, {Code: "a"}}, nil},
		"two, in order":            {[]programme.Service{{Code: "b", PartOf: "bundle"}, {Code: "a", PartOf: "bundle"}}, []string{"a", "b"}},
		"one that came and went":   {[]programme.Service{{Code: "a", PartOf: "bundle"}, {Code: "a"}}, []string{"a"}},
		"one with two entries":     {[]programme.Service{{Code: "a", PartOf: "bundle"}, {Code: "a", PartOf: "bundle"}}, []string{"a"}},
		"not itself":               {[]programme.Service{{Code: "bundle", PartOf: "bundle"}}, nil},
		"not the parts of another": {[]programme.Service{{Code: "bundle"}, {Code: "a", PartOf: "other"}}, nil},
	} {
		w := reckontest.New(t)
		for _, entry := range test.entries {
			w.Service(entry)
		}
		k := w.Knowledge()
		at := k.FindService("bundle")
		var got []string
		for _, part := range k.Services[at].Parts {
			got = append(got, k.Services[part].Code)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: the parts are %v, want %v", name, got, test.want)
		}
	}
}
