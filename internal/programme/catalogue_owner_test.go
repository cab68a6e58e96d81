package programme_test

import (
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
)

func TestWhoOwnsAServiceOnADay(t *testing.T) {
	day := civiltest.Day
	moved := programme.Owners{{Entity: "moi", From: day("2015-01-01")}, {Entity: "moph", From: day("2016-09-01")}}
	back := append(moved, programme.Ownership{Entity: "moi", From: day("2016-09-01")})
	late := programme.Owners{{Entity: "moph", From: day("2016-09-01")}, {Entity: "moi", From: day("2015-01-01")}}
	gone := programme.Owners{{Entity: "moi"}, {From: day("2016-09-15"), Removed: true}}
	for name, test := range map[string]struct {
		owners programme.Owners
		on     string
		entity string
		found  bool
	}{
		"the day before it moves":             {moved, "2016-08-31", "moi", true},
		"the day on which it moves":           {moved, "2016-09-01", "moph", true},
		"before its first entry":              {moved, "2014-01-01", "moi", true},
		"corrected on the same day":           {back, "2016-09-01", "moi", true},
		"recorded last, of an earlier day":    {late, "2016-09-02", "moi", true},
		"the earliest entry, recorded last":   {late, "2014-01-01", "moi", true},
		"the day before it is removed":        {gone, "2016-09-14", "moi", true},
		"removed; the owner is the last":      {gone, "2016-09-15", "moi", false},
		"nobody ever said":                    {nil, "2016-09-15", "", false},
		"in the catalogue from always, early": {gone, "1999-01-01", "moi", true},
	} {
		owner, found := test.owners.On(day(test.on))
		if owner.Entity != test.entity || found != test.found {
			t.Errorf("%s: %q, %v; want %q, %v", name, owner.Entity, found, test.entity, test.found)
		}
	}
}
