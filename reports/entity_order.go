package reports

import (
	"cmp"
	"slices"

	"mirsad/internal/programme"
)

// urgency orders the statuses: what needs a hand comes first.
var urgency = map[programme.Status]int{
	programme.StatusLate: 0, programme.StatusAtRisk: 1, programme.StatusNoData: 2, programme.StatusOnTrack: 3, programme.StatusDone: 4,
}

// bySlip orders entities by status, then by how far they are behind their plan, then by code.
func bySlip(entities []programme.EntityFigures) []*programme.EntityFigures {
	order := make([]*programme.EntityFigures, len(entities))
	for i := range entities {
		order[i] = &entities[i]
	}
	slices.SortFunc(order, func(a, b *programme.EntityFigures) int {
		return cmp.Or(
			cmp.Compare(urgency[a.Status], urgency[b.Status]),
			cmp.Compare(a.Variance.Value, b.Variance.Value),
			cmp.Compare(a.Code, b.Code),
		)
	})
	return order
}
