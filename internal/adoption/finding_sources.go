package adoption

import (
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// When two sources send the same use (docs/rules.md#findings).
const (
	sameFrom        = 10  // uses of the larger
	sameTotalFrom   = 100 // uses, from which equal totals are enough
	sameWithin      = 20  // the days differ by at most one part in as many
	sourcesCompared = 20  // of one line: who sends from more does not send twice, but from each office
)

// SameUse finds the use that two sources of an entity sent alike: of one service, channel and month, their days together
// differ by at most 5 % of the larger, or their totals are equal. Of several stages the last speaks.
func SameUse(sums []programme.SourceSum) []programme.Finding {
	type pair struct {
		entity, service, first, other string
		channel                       programme.Channel
		month                         civil.Month
	}
	found := map[pair]programme.Finding{}
	for len(sums) > 0 {
		n := sourcesOf(sums)
		for i := range sums[:min(n, sourcesCompared)] {
			for j := range sums[:i] {
				f, is := sameUse(&sums[j], &sums[i])
				key := pair{f.Entity, f.Service, sums[j].Source, sums[i].Source, f.Channel, sums[i].Month}
				if before, had := found[key]; is && (!had || before.Measure.Index() < f.Measure.Index()) {
					found[key] = f
				}
			}
		}
		sums = sums[n:]
	}
	list := make([]programme.Finding, 0, len(found))
	for _, f := range found {
		list = append(list, f)
	}
	return list
}

// sourcesOf is how many of the first sums are of one line and month.
func sourcesOf(sums []programme.SourceSum) int {
	a := &sums[0]
	n := slices.IndexFunc(sums, func(b programme.SourceSum) bool {
		return a.Entity != b.Entity || a.Service != b.Service || a.Channel != b.Channel || a.Stage != b.Stage || a.Month != b.Month
	})
	if n < 0 {
		return len(sums)
	}
	return n
}

// sameUse compares what two sources sent of one line and month.
func sameUse(a, b *programme.SourceSum) (programme.Finding, bool) {
	measure := a.Stage.Measure()
	var first, other int64
	apart := map[civil.Date]int64{}
	for i, day := range a.Days {
		first += a.Uses[i]
		apart[day] += a.Uses[i]
	}
	for i, day := range b.Days {
		other += b.Uses[i]
		apart[day] -= b.Uses[i]
	}
	var distance int64
	for _, each := range apart {
		distance += abs(each)
	}
	larger := max(first, other)
	same := larger >= sameFrom && float64(distance)*sameWithin <= float64(larger)
	if measure == "" || (!same && (first != other || larger < sameTotalFrom)) {
		return programme.Finding{}, false
	}
	return programme.Finding{
		Kind: programme.FindingUseUnderTwoSources, Entity: a.Entity, Service: a.Service, Channel: a.Channel, Measure: measure,
		Period: a.Month.Period(), Value: programme.CountOf(first), Against: programme.CountOf(other),
		Sources: []string{a.Source, b.Source},
	}, true
}
