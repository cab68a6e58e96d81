package catalogue_test

import (
	"slices"
	"strings"
	"testing"

	"mirsad/internal/catalogue"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// unitsOn words the units with several members on a date.
func unitsOn(w *reckontest.World, on string) []string {
	k := w.Knowledge()
	units := k.UnitsOn(civiltest.Day(on))
	var worded []string
	for _, members := range units.Several {
		named := make([]string, len(members))
		for i, at := range members {
			named[i] = k.Services[at].Code
			if units.Of(at) != catalogue.UnitAt(members[0]) {
				named[i] += " of another"
			}
		}
		worded = append(worded, strings.Join(named, " "))
	}
	return worded
}

// Services that succession connects are one unit, whichever way round it is stated (docs/rules.md#succession).
func TestUnitsOfSuccession(t *testing.T) {
	for name, test := range map[string]struct {
		entries []programme.Service
		want    []string
	}{
		"none":                     {[]programme.Service{{Code: "a"}, {Code: "b"}}, nil},
		"two":                      {[]programme.Service{{Code: "b", Succeeds: []string{"a"}}}, []string{"a b"}},
		"two, the heir first":      {[]programme.Service{{Code: "a", Succeeds: []string{"b"}}}, []string{"a b"}},
		"a chain":                  {[]programme.Service{{Code: "c", Succeeds: []string{"b"}}, {Code: "b", Succeeds: []string{"a"}}}, []string{"a b c"}},
		"a chain across the codes": {[]programme.Service{{Code: "a", Succeeds: []string{"c"}}, {Code: "b", Succeeds: []string{"c"}}, {Code: "b2", Succeeds: []string{"b"}}}, []string{"a b b2 c"}},
		"a circle":                 {[]programme.Service{{Code: "a", Succeeds: []string{"b"}}, {Code: "b", Succeeds: []string{"a"}}}, []string{"a b"}},
		"two that were merged":     {[]programme.Service{{Code: "c", Succeeds: []string{"a", "b"}}}, []string{"a b c"}},
		"one that was split":       {[]programme.Service{{Code: "b", Succeeds: []string{"a"}}, {Code: "c", Succeeds: []string{"a"}}}, []string{"a b c"}},
		"two units, in order":      {[]programme.Service{{Code: "d", Succeeds: []string{"b"}}, {Code: "c", Succeeds: []string{"a"}}}, []string{"a c", "b d"}},
		"not oneself":              {[]programme.Service{{Code: "a", Succeeds: []string{"a"}}}, nil},
	} {
		w := reckontest.New(t)
		for _, entry := range test.entries {
			w.Service(entry)
		}
		if got := unitsOn(w, "2015-12-31"); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// Succession is what the catalogue of the date says: from the day on which it is entered until it is taken back.
func TestSuccessionOfADate(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "a"})
	w.Service(programme.Service{Code: "b"})
	w.ServiceFrom(civiltest.Day("2015-03-01"), programme.Service{Code: "b", Succeeds: []string{"a"}})
	w.ServiceFrom(civiltest.Day("2015-06-01"), programme.Service{Code: "b"})
	w.ServiceFrom(civiltest.Day("2015-09-01"), programme.Service{Code: "b", Succeeds: []string{"a"}})
	w.ServiceFrom(civiltest.Day("2015-12-01"), programme.Service{Code: "b", Removed: true, Succeeds: []string{"a"}})
	for on, want := range map[string][]string{
		"2015-02-28": nil,
		"2015-03-01": {"a b"},
		"2015-05-31": {"a b"},
		"2015-06-01": nil,
		"2015-09-01": {"a b"},
		"2015-12-01": nil,
	} {
		if got := unitsOn(w, on); !slices.Equal(got, want) {
			t.Errorf("on %s: %q, want %q", on, got, want)
		}
	}
}

// Where nobody ever succeeds anybody, each service is a unit of its own.
func TestUnitsOfOne(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "a"})
	w.Service(programme.Service{Code: "b", Succeeds: []string{"b"}}) // which says nothing
	k := w.Knowledge()
	units := k.UnitsOn(civiltest.Day("2015-12-31"))
	if b := k.FindService("b"); !units.Alone() || units.Of(b) != catalogue.UnitAt(b) {
		t.Errorf("alone %v, b is of %d", units.Alone(), units.Of(b))
	}
	w.Service(programme.Service{Code: "c", Succeeds: []string{"b"}})
	k = w.Knowledge()
	units = k.UnitsOn(civiltest.Day("2015-12-31"))
	if a, c := k.FindService(
		"a",
	), k.FindService(
		"c",
	); units.Alone() || units.Of(a) != catalogue.UnitAt(a) ||
		units.Of(c) != catalogue.UnitAt(k.FindService("b")) {
		t.Errorf("alone %v, a is of %d, c of %d", units.Alone(), units.Of(a), units.Of(c))
	}
}
