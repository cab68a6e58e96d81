package reports

import (
	"cmp"
	"slices"

	"mirsad/internal/figures"
)

// bySlip orders entities by status, then by how far they are behind their plan, then by code.
func bySlip(entities []figures.EntityFigures) []*figures.EntityFigures {
	order := make([]*figures.EntityFigures, len(entities))
	for i := range entities {
		order[i] = &entities[i]
	}
	slices.SortFunc(order, func(a, b *figures.EntityFigures) int {
		return cmp.Or(
			figures.CompareStatus(a.Status, b.Status),
			cmp.Compare(a.Variance.Value, b.Variance.Value),
			cmp.Compare(a.Code, b.Code),
		)
	})
	return order
}
