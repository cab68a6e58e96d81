package reports

import (
	"cmp"
	"slices"

	"mirsad/internal/figures"
)

// urgency orders the statuses: what needs a hand comes first.
var urgency = map[figures.Status]int{
	figures.StatusLate: 0, figures.StatusAtRisk: 1, figures.StatusNoData: 2, figures.StatusOnTrack: 3, figures.StatusDone: 4,
}

// bySlip orders entities by status, then by how far they are behind their plan, then by code.
func bySlip(entities []figures.EntityFigures) []*figures.EntityFigures {
	order := make([]*figures.EntityFigures, len(entities))
	for i := range entities {
		order[i] = &entities[i]
	}
	slices.SortFunc(order, func(a, b *figures.EntityFigures) int {
		return cmp.Or(
			cmp.Compare(urgency[a.Status], urgency[b.Status]),
			cmp.Compare(a.Variance.Value, b.Variance.Value),
			cmp.Compare(a.Code, b.Code),
		)
	})
	return order
}
