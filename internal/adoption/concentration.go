package adoption

import (
	"cmp"
	"slices"

	"mirsad/internal/catalogue"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// concentration is how much of the use the largest services have (docs/rules.md#concentration).
func (u *Use) concentration(parts []part, whole programme.Count) figures.Concentration {
	missing := programme.Ratio{State: programme.NotProvided}
	concentration := figures.Concentration{
		LargestShare:   missing,
		TopFiveShare:   missing,
		WithoutLargest: programme.Count{State: programme.NotProvided},
		WithoutTopFive: programme.Count{State: programme.NotProvided},
	}
	top := largest(parts, 5)
	if !whole.Known() || len(top) == 0 {
		return concentration
	}
	var five int64
	for _, at := range top {
		five += parts[at].value
	}
	first := parts[top[0]].value
	concentration.Largest = u.Services[top[0]].Code
	concentration.LargestShare = programme.RatioOf(float64(first), float64(whole.Value))
	concentration.TopFiveShare = programme.RatioOf(float64(five), float64(whole.Value))
	concentration.WithoutLargest = programme.CountOf(whole.Value - first)
	concentration.WithoutTopFive = programme.CountOf(whole.Value - five)
	return concentration
}

// largest returns the places of the services with most use, the most first and then by code.
func largest(parts []part, n int) []catalogue.ServiceAt {
	var places []catalogue.ServiceAt
	for i, p := range parts {
		if p.reported() {
			places = append(places, catalogue.ServiceAt(i))
		}
	}
	slices.SortStableFunc(places, func(a, b catalogue.ServiceAt) int { return cmp.Compare(parts[b].value, parts[a].value) })
	return places[:min(n, len(places))]
}
