package source

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// ukWithdrawn is the reason that a removal by an import gives.
const ukWithdrawn = ukSource + ": the quarters given again no longer have the service"

// compare finds out what the files take back: a quarter that is given again takes the place of what was given before.
func (f *ukTransactions) compare(ctx context.Context, means Means, read *ukReader) error {
	var err error
	before, left := map[civil.Period]map[string]bool{}, map[string]bool{}
	f.withdrawn, err = means.withdrawn(ctx, ukSource, func(s *programme.Statement) bool {
		if before[s.Period] == nil {
			before[s.Period] = map[string]bool{}
		}
		before[s.Period][s.Service] = true
		gone := read.years[s.Period] != nil && !read.seen[s.Service+" "+s.Period.String()]
		left[s.Service] = left[s.Service] || !gone
		return gone
	})
	if err != nil {
		return err
	}
	if read.faults.count == 0 && !means.ConfirmYears {
		for _, period := range slices.SortedFunc(maps.Keys(read.years), byBeginning) {
			if year := read.years[period]; 2*year.count < len(before[period]) {
				read.faults.add(year.cell("quarter_start", period.From.String(), "few_of_before",
					"n", year.count, "most", len(before[period]), "neighbour", period.String()))
			}
		}
	}
	gone := map[string]bool{}
	for i := range f.withdrawn {
		if service := f.withdrawn[i].Service; !left[service] {
			if _, listed := read.services[service]; !listed {
				gone[service] = true
			}
		}
	}
	f.removed = f.before.removals(gone, ukWithdrawn)
	return nil
}

func byBeginning(a, b civil.Period) int { return cmp.Compare(a.From, b.From) }

// removals are the drafts that take services out of the catalogue, each from the day from which it was in it.
func (r *recorded) removals(services map[string]bool, reason string) []programme.Draft {
	var drafts []programme.Draft
	for _, code := range slices.Sorted(maps.Keys(services)) {
		stream := r.services[code]
		if len(stream) == 0 || stream[len(stream)-1].Body.Removed {
			continue
		}
		since := stream[0].EffectiveOn
		for i := range stream {
			since = min(since, stream[i].EffectiveOn)
		}
		newest := &stream[len(stream)-1]
		body := newest.Body
		body.Removed = true
		drafts = append(drafts, programme.Draft{
			Family: programme.FamilyService, Subject: code, EffectiveOn: since, Reason: reason, Body: body, After: newest.Seq,
		})
	}
	return drafts
}

// after returns the newest fact of a service where that took it out of the catalogue for a reason: a file that has the
// service again puts it back, though it may say what it said before. Else 0.
func (r *recorded) after(code, reason string) uint32 {
	stream := r.services[code]
	if len(stream) == 0 {
		return 0
	}
	if newest := &stream[len(stream)-1]; newest.Body.Removed && newest.Reason == reason {
		return newest.Seq
	}
	return 0
}
