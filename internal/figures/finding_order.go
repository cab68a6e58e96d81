package figures

import (
	"cmp"
	"slices"

	"mirsad/internal/programme"
)

// SortFindings brings findings into the order of their keys.
func SortFindings(findings []programme.Finding) {
	slices.SortFunc(findings, func(a, b programme.Finding) int { return cmp.Compare(a.Key(), b.Key()) })
}
