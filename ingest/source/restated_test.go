package source

import (
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
)

// sameFigures wants two shelves to agree on everything that figures come from: the services listed and their levels at
// the end of each year, and the use by channel and period.
func sameFigures(t *testing.T, name string, got, want *shelf, ends ...civil.Date) {
	t.Helper()
	if !maps.Equal(got.use(), want.use()) {
		t.Errorf("%s: use %v, want %v", name, got.use(), want.use())
	}
	for _, on := range ends {
		if g, w := got.levels(on), want.levels(on); g != w {
			t.Errorf("%s: levels %v on %s, want %v", name, g, on, w)
		}
		if g, w := liveNames(got, on), liveNames(want, on); !maps.Equal(g, w) {
			t.Errorf("%s: on %s other names", name, on)
		}
		if g, w := live(got, on), live(want, on); !slices.Equal(g, w) {
			t.Errorf("%s: on %s %d services, want %d: %v", name, on, len(g), len(w), missingFrom(w, g))
		}
	}
}

// live are the services that are in the catalogue and not retired on a day.
func live(s *shelf, on civil.Date) []string {
	k := gcKnown{rollouts: programme.RolloutsByService(programme.CurrentRollouts(s.Rollouts, programme.NoEnd))}
	return slices.DeleteFunc(s.listed(on), func(code string) bool { return !k.state(code, on).present() })
}

// liveNames are the names of those services, with the entity that owns each.
func liveNames(s *shelf, on civil.Date) map[string]string {
	names := map[string]string{}
	services, _ := programme.ReadFamily[programme.Service](s.Streams, programme.FamilyService, programme.NoEnd)
	streams := programme.BySubject(services)
	for _, code := range live(s, on) {
		body := programme.InForce(streams[code], on).Body
		names[code] = body.Name + " of " + body.Entity
	}
	return names
}

func missingFrom(want, got []string) []string {
	return slices.DeleteFunc(slices.Clone(want), func(code string) bool { return slices.Contains(got, code) })
}

func TestARestatedYearTakesThePlaceOfTheOneBefore(t *testing.T) {
	ends := []civil.Date{civiltest.Day("2018-03-31"), civiltest.Day("2019-03-31"), civiltest.Day("2020-03-31")}
	for name, each := range map[string]struct{ before, then []string }{
		"withdrawn":                              {[]string{"2018 a1 b3 c2"}, []string{"2018 a1 c2"}},
		"withdrawn and new":                      {[]string{"2018 a1 b3"}, []string{"2018 a1 c2"}},
		"withdrawn where there is a year before": {[]string{"2017 a1 b3 c1", "2018 a1 b3 c1"}, []string{"2018 a1 c1"}},
		"withdrawn from the year before":         {[]string{"2017 a1 b3", "2018 a1 b3"}, []string{"2017 a1"}},
		"withdrawn from both":                    {[]string{"2017 a1 b3", "2018 a1 b3"}, []string{"2017 a1", "2018 a1"}},
		"withdrawn from the second":              {[]string{"2017 a1 c1", "2018 a1 b3 c1"}, []string{"2018 a1 c1"}},
		"withdrawn and back":                     {[]string{"2018 a1 b3"}, []string{"2018 a1", "2018 a1 b3"}},
		"withdrawn, back and another level":      {[]string{"2018 a1 b3 c1"}, []string{"2018 a1 c1", "2018 a1 b2 c1"}},
		"in the middle":                          {[]string{"2017 a1 b3", "2018 a1 b3", "2019 a1 b3"}, []string{"2018 a1"}},
		"the first of three":                     {[]string{"2017 a1 b3", "2018 a1 b2", "2019 a1 b3"}, []string{"2017 a1"}},
	} {
		restated, fresh := &shelf{}, &shelf{}
		last := map[string]string{}
		for _, list := range [][]string{each.before, each.then} {
			for _, year := range list {
				first, services, _ := strings.Cut(year, " ")
				last[first] = year
				importOneByOne(t, restated, inventory(t, fiscal(first), strings.Fields(services)...))
			}
		}
		var files []string
		for _, year := range slices.Sorted(maps.Values(last)) {
			first, services, _ := strings.Cut(year, " ")
			files = append(files, inventory(t, fiscal(first), strings.Fields(services)...))
		}
		importTogether(t, fresh, files...)
		sameFigures(t, name, restated, fresh, ends...)
		if facts, rollouts := importTogether(t, restated, files...); facts+rollouts != 0 {
			t.Errorf("%s: again %d new facts and %d new rollouts: %+v", name, facts, rollouts, restated.Rollouts)
		}
		sameFigures(t, name+", again", restated, fresh, ends...)
	}
}

func fiscal(first string) string {
	var year int
	_, _ = fmt.Sscan(first, &year)
	return fmt.Sprintf("%d-%d", year, year+1)
}

func TestARenamedServiceIsRenamedInItsYear(t *testing.T) {
	file := func(year, name string) string {
		return gcFile(t, fmt.Sprintf("%s,1,%s,D,N,N,N,N,N,N,1,1,1,1,1", year, name))
	}
	s := &shelf{}
	importOneByOne(t, s, file("2017-2018", "Old"), file("2018-2019", "New"))
	for _, names := range [][2]string{{"Old", "Newer"}, {"Old", "New"}, {"Old", "Old"}, {"Older", "Old"}, {"Old", "Old"}} {
		importOneByOne(t, s, file("2017-2018", names[0]), file("2018-2019", names[1]))
		got := [2]string{s.names(civiltest.Day("2018-03-31"))["gc-1"], s.names(civiltest.Day("2019-03-31"))["gc-1"]}
		if got != names {
			t.Errorf("named %v, want %v", got, names)
		}
	}
}

// What a planner has taken out of the catalogue, or renamed, is not undone by the same file.
func TestTheSameYearAgainLeavesAPlannersChangeAlone(t *testing.T) {
	s := &shelf{}
	file := inventory(t, "2018-2019", "a1", "b3")
	importOneByOne(t, s, file)
	body := s.service(t, "gc-b").Body
	body.Removed = true
	s.append(t, programme.Draft{Family: programme.FamilyService, Subject: "gc-b", EffectiveOn: civiltest.Day("2018-04-01"), Actor: "user/planner", Body: body}, map[string]uint32{})
	if facts, rollouts := importTogether(t, s, file); facts+rollouts != 0 || !s.service(t, "gc-b").Body.Removed {
		t.Errorf("%d facts and %d rollouts; %+v", facts, rollouts, s.service(t, "gc-b").Body)
	}
}

func TestRowsOfANeighbouringYearAreRefused(t *testing.T) {
	whole := inventory(t, "2018-2019", "a1", "b3", "c2", "d1", "e1")
	stray := inventory(t, "2019-2020", "a1", "b3")
	s := &shelf{}
	_, err := Open(t.Context(), gcName, []string{whole, stray}, s.means())
	checkFaults(t, err, "faults: 1", `row 2, column fiscal_yr: "2019-2020" cannot be accepted; the year has 2 services and the year 2018-2019 has 5`, "--confirm-years")
	importOneByOne(t, s, whole)
	if _, err = Open(t.Context(), gcName, []string{stray}, s.means()); err == nil {
		t.Error("a few rows of the year after a known one are taken for all of it")
	}
	_, err = Open(t.Context(), gcName, []string{inventory(t, "2018-2019", "a1")}, s.means())
	checkFaults(t, err, "it has 1 services and had 5 when 2018-2019 was imported before")
	means := s.means()
	means.ConfirmYears = true
	if _, err = Open(t.Context(), gcName, []string{stray}, means); err != nil {
		t.Errorf("a year that is confirmed: %v", err)
	}
	if _, err = Open(t.Context(), gcName, []string{inventory(t, "2019-2020", "a1", "b3", "c2")}, s.means()); err != nil {
		t.Errorf("a year of three of five: %v", err)
	}
}

// restatedInventory writes the second year of the public inventory as it might be published again: every tenth service
// withdrawn, every tenth renamed, every tenth new under another number, volumes changed.
func restatedInventory(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(content), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	kept := rows[:1]
	for i, row := range rows[1:] {
		switch i % 10 {
		case 0:
			continue
		case 1:
			row[column["service_name_en"]] += " (renamed)"
		case 2:
			row[column["service_id"]] += "9999"
		case 3:
			row[column["online_applications"]] = "12345"
		}
		kept = append(kept, row)
	}
	var out strings.Builder
	if err := csv.NewWriter(&out).WriteAll(kept); err != nil {
		t.Fatal(err)
	}
	return writeFile(t, "restated.csv", out.String())
}

func TestThePublicInventoryRestated(t *testing.T) {
	first := publicFile(t, "canada-service-inventory/2018-2019_services.csv")
	second := publicFile(t, "canada-service-inventory/2019-2020_services.csv")
	for _, each := range []struct {
		name      string
		of, other string
	}{{"the second year", second, first}, {"the first year", first, second}} {
		again := restatedInventory(t, each.of)
		restated, fresh := &shelf{}, &shelf{}
		importTogether(t, restated, first, second)
		importOneByOne(t, restated, again)
		importTogether(t, fresh, each.other, again)
		sameFigures(t, each.name, restated, fresh, march2019, march2020)
		if facts, rollouts := importTogether(t, restated, again); facts+rollouts != 0 {
			t.Errorf("%s again: %d new facts and %d new rollouts", each.name, facts, rollouts)
		}
	}
}

func TestQuartersGivenAgainTakeBackWhatTheyNoLongerHave(t *testing.T) {
	row := func(service, quarter string, n int) string {
		return fmt.Sprintf("A,Agency,%s,%s,%s,%d,%d", service, service, quarter, n, n/2)
	}
	s := &shelf{}
	whole := []string{row("a", "2017-04-01", 10), row("b", "2017-04-01", 20), row("c", "2017-04-01", 40), row("a", "2017-07-01", 80), row("b", "2017-07-01", 160)}
	importInto(t, s, ukName, ukFile(t, whole...))
	importInto(t, s, ukName, ukFile(t, whole[0], whole[1])) // without c; the other quarter is not given
	if use := s.use(); use["2017-Q2 web"] != 15 || use["2017-Q2 other"] != 15 || use["2017-Q3 web"] != 120 {
		t.Errorf("use %v", use)
	}
	if got := s.listed(civiltest.Day("2017-09-30")); !slices.Equal(got, []string{"uk-a", "uk-b"}) {
		t.Errorf("listed %v", got)
	}
	importInto(t, s, ukName, ukFile(t, whole...))
	if use := s.use(); use["2017-Q2 web"] != 35 || len(s.listed(civiltest.Day("2017-09-30"))) != 3 {
		t.Errorf("given again as it was: %v, %v", use, s.listed(civiltest.Day("2017-09-30")))
	}
	_, err := Open(t.Context(), ukName, []string{ukFile(t, whole[0])}, s.means())
	checkFaults(t, err, "faults: 1", "it has 1 services and had 3 when 2017-Q2 was imported before")
}
