package charts

import (
	"cmp"
	"slices"
)

const (
	// labelHeight is the room that a label at a line's end takes, in px.
	labelHeight = 17
	// plotHeight is the height of a plot's inside on most screens, in px; it need not be exact.
	plotHeight = 290
	// nearby is how many periods apart two lines may end for their labels to meet.
	nearby = 4
)

// spread returns how far down each series' label moves, in px, so that labels of lines that end
// close to one another stand one below the other; ECharts' own layout leaves those at one point together.
func spread(p Plot) []float64 {
	shifts := make([]float64, len(p.Series))
	top := highest(p)
	if top <= 0 {
		return shifts
	}
	var order []int
	for i, s := range p.Series {
		if s.Label != "" && s.last() >= 0 {
			order = append(order, i)
		}
	}
	// at is the height of a label's line in px from the top.
	at := func(i int) float64 {
		return plotHeight * (1 - p.Series[i].Values[p.Series[i].last()].Number/top)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(at(a), at(b)) })
	for n, i := range order {
		for _, above := range order[:n] {
			if apart := p.Series[i].last() - p.Series[above].last(); apart > nearby || apart < -nearby {
				continue
			}
			shifts[i] = max(shifts[i], at(above)+shifts[above]+labelHeight-at(i))
		}
	}
	return shifts
}

// highest returns the top of the scale: the largest value or the goal.
func highest(p Plot) float64 {
	top := 0.0
	if p.Goal != nil {
		top = p.Goal.At
	}
	for _, s := range p.Series {
		for _, v := range s.Values {
			if v.Known {
				top = max(top, v.Number)
			}
		}
	}
	return top
}
