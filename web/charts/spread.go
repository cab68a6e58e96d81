package charts

import (
	"cmp"
	"slices"
)

const (
	// labelHeight is the room that a label at a line's end takes, in px.
	labelHeight = 17
	// plotHeight is the height of a plot's inside, in px, below the highest value: between that of a narrow screen
	// and that of a wide one.
	plotHeight = 240
	// lowest is where the last label stands at the lowest, in px: beside the axis, above its words.
	lowest = plotHeight
	// nearby is how many periods apart two lines may end for their labels to meet.
	nearby = 4
)

// endings are the labels at the lines' ends, the topmost first.
type endings []*ending

// ending is one label: of which series, where its line ends, and how far down it moves, in px.
type ending struct {
	series, period int
	at, shift      float64
}

func (e *ending) bottom() float64 { return e.at + e.shift + labelHeight }

// spread returns how far down each series' label moves, in px, so that labels of lines that end close to one
// another stand one below the other, around the middle of where they would; ECharts' own layout leaves those at
// one point together.
func spread(p Plot) []float64 {
	ends := endingsOf(p)
	ends.push()
	ends.centre()
	ends.rise()
	shifts := make([]float64, len(p.Series))
	for _, e := range ends {
		shifts[e.series] = e.shift
	}
	return shifts
}

func endingsOf(p Plot) endings {
	var ends endings
	top := highest(p)
	for i, s := range p.Series {
		if last := s.last(); s.Label != "" && last >= 0 && top > 0 {
			ends = append(ends, &ending{series: i, period: last, at: plotHeight * (1 - s.Values[last].Number/top)})
		}
	}
	slices.SortStableFunc(ends, func(a, b *ending) int { return cmp.Compare(a.at, b.at) })
	return ends
}

// push moves each label below those above it that it would meet.
func (ends endings) push() {
	for n, e := range ends {
		for _, above := range ends[:n] {
			if apart := e.period - above.period; apart <= nearby && apart >= -nearby {
				e.shift = max(e.shift, above.bottom()-e.at)
			}
		}
	}
}

// centre lifts a run of labels that pushed one another by half of the furthest move, as far as there is room.
func (ends endings) centre() {
	for from := 0; from < len(ends); {
		to, pushed := from+1, 0.0
		for to < len(ends) && ends[to].shift > 0 {
			pushed = max(pushed, ends[to].shift)
			to++
		}
		lift := pushed / 2
		if from > 0 {
			lift = min(lift, max(0, ends[from].at-ends[from-1].bottom()))
		}
		for _, e := range ends[from:to] {
			e.shift -= lift
		}
		from = to
	}
}

// rise lifts what was pushed below the axis, and what stands in its way.
func (ends endings) rise() {
	limit := float64(lowest)
	for _, e := range slices.Backward(ends) {
		if e.at+e.shift <= limit {
			return
		}
		e.shift = limit - e.at
		limit -= labelHeight
	}
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
	for _, band := range p.Bands {
		for _, v := range band.High {
			if v.Known {
				top = max(top, v.Number)
			}
		}
	}
	return top
}
