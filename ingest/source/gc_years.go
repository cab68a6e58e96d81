package source

import (
	"maps"
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// checkYears refuses a year that has less than half of the services that a year beside it has, or that the year itself
// had before: each year is taken for a whole inventory, and a few rows that strayed into a file would retire all others.
func (f *gcServices) checkYears(found *faults) {
	for _, year := range f.years {
		few := func(kind, neighbour string, most int) bool {
			if 2*len(year.services) >= most {
				return false
			}
			found.add(year.cell("fiscal_yr", year.name, kind,
				"n", len(year.services), "most", most, "neighbour", neighbour))
			return true
		}
		first := year.interval.From
		if few("few_of_before", year.name, f.known.count(first)) {
			continue
		}
		for _, years := range []int{-1, 1} {
			beside := civil.DateOf(first.Time().AddDate(years, 0, 0))
			count := f.known.count(beside)
			if given := f.file(beside); given != nil {
				count = len(given.services)
			}
			if few("few_of_year", gcYearName(beside), count) {
				break
			}
		}
	}
}

// count returns how many services a year that begins on a day is known to have; 0 for a year that is not known.
func (k gcKnown) count(first civil.Date) int {
	if !slices.Contains(k.firsts, first) {
		return 0
	}
	count := 0
	for service := range k.rollouts {
		if k.state(service, first).present() {
			count++
		}
	}
	return count
}

// checkTwins refuses services whose codes differ by case alone, from one another or from one that is known.
func (f *gcServices) checkTwins(found *faults) {
	codes := map[string]string{}
	for service := range f.known.rollouts {
		codes[programme.FoldCode(service)] = service
	}
	for _, year := range f.years {
		for _, service := range slices.Sorted(maps.Keys(year.services)) {
			folded := programme.FoldCode(service)
			if existing, known := codes[folded]; known && existing != service && f.known.rollouts[service] == nil {
				found.add(year.services[service].row.cell("service_id", service, "differs_by_case", "existing", existing))
				continue
			}
			codes[folded] = service
		}
	}
}
