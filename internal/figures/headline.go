package figures

import (
	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// HeadlineKind says which headline figure it is.
type HeadlineKind string

// The seven headline figures, most important first.
const (
	HeadlineCounted      HeadlineKind = "counted"
	HeadlineEndToEnd     HeadlineKind = "end_to_end"
	HeadlineRequiredRate HeadlineKind = "required_rate"
	HeadlineCoverage     HeadlineKind = "coverage"
	HeadlineCompleted    HeadlineKind = "completed"
	HeadlineLikeForLike  HeadlineKind = "like_for_like"
	HeadlineTakeUp       HeadlineKind = "take_up"
)

// HeadlineKinds lists the headline figures, most important first.
func HeadlineKinds() []HeadlineKind {
	return []HeadlineKind{
		HeadlineCounted, HeadlineEndToEnd, HeadlineRequiredRate, HeadlineCoverage,
		HeadlineCompleted, HeadlineLikeForLike, HeadlineTakeUp,
	}
}

// Direction is where a number is going.
type Direction string

// The directions; none where there is nothing to compare with.
const (
	DirectionUp   Direction = "up"
	DirectionFlat Direction = "flat"
	DirectionDown Direction = "down"
)

// Headline is one of the figures at the top: what it is, what it is compared with, and its status. i18n words it;
// page, answer and workbook show it.
type Headline struct {
	Kind  HeadlineKind    `json:"kind"`
	Value programme.Ratio `json:"value"` // counts are whole numbers
	// Against is the plan, last month, the pace of the last three months or, of coverage, the part on mobile.
	Against programme.Ratio `json:"against"`
	// Change is Value less Against, of the pace the other way round: of counts in services, of shares in percentage
	// points, of completions as a growth rate.
	Change programme.Ratio `json:"change"`
	// Status is empty where no target sets one.
	Status Status `json:"status"`
	// Direction is of Change; of completions and of their growth it is that of like for like
	// (docs/rules.md#rising-flat-and-falling).
	Direction Direction `json:"direction"`
}

// Headlines are all headline figures, most important first.
func (f *Figures) Headlines() []Headline {
	list := make([]Headline, 0, len(HeadlineKinds()))
	for _, kind := range HeadlineKinds() {
		list = append(list, f.Headline(kind))
	}
	return list
}

// Headline is one of the headline figures, on the verified basis.
func (f *Figures) Headline(kind HeadlineKind) Headline {
	h := f.compared(kind)
	h.Kind = kind
	switch {
	case kind == HeadlineCompleted, kind == HeadlineLikeForLike:
		// A total whose reporters differ from those of the month before has no direction of its own.
		h.Direction = f.Usage.Growth.Direction
	case h.Change.Known():
		h.Direction = directionOf(h.Change.Value)
	}
	return h
}

// compared is a headline's value, what it is compared with and, where a target sets one, its status.
func (f *Figures) compared(kind HeadlineKind) Headline {
	p, u, last := &f.Verified, &f.Usage, f.On.Month()-1
	switch kind {
	case HeadlineCounted:
		counted := programme.CountOf(p.Counted)
		return Headline{
			Value: asRatio(counted), Against: asRatio(p.Plan), Change: asRatio(p.Variance), Status: p.planStatus(),
		}
	case HeadlineEndToEnd:
		return headlineBefore(asRatio(programme.CountOf(p.EndToEnd)), asRatio(p.At(last).EndToEnd), 1)
	case HeadlineRequiredRate:
		recent := p.RecentRate.Months3
		return Headline{
			Value:   p.RequiredRate,
			Against: recent,
			Change:  difference(recent, p.RequiredRate, 1),
			Status:  p.PaceStatus(recent),
		}
	case HeadlineCoverage:
		c := &f.Coverage
		return Headline{Value: c.Share, Against: c.MobileShare, Change: programme.Ratio{State: programme.NotApplicable}}
	case HeadlineCompleted:
		before := u.Growth.PreviousTotal.Count
		return Headline{Value: asRatio(u.Completed.Count), Against: asRatio(before), Change: u.Growth.Naive}
	case HeadlineLikeForLike:
		return headlineBefore(u.Growth.LikeForLike, ratioBefore(u.LikeForLike, u.Growth.Period), percent)
	default:
		return headlineBefore(u.TakeUp.Value, ratioBefore(u.TakeUps, u.TakeUp.Period), percent)
	}
}

// percent turns a difference of shares into percentage points.
const percent = 100

// headlineBefore compares a value with that of the period before.
func headlineBefore(now, before programme.Ratio, scale float64) Headline {
	return Headline{Value: now, Against: before, Change: difference(now, before, scale)}
}

// planStatus is on track at or above the plan, at risk from nine tenths of it, else late
// (docs/rules.md#standing-of-the-count).
func (p *Progress) planStatus() Status {
	switch {
	case !p.Variance.Known():
		return StatusNoData
	case p.Variance.Value >= 0:
		return StatusOnTrack
	case p.ScheduleIndex.Known() && p.ScheduleIndex.Value >= 0.9:
		return StatusAtRisk
	default:
		return StatusLate
	}
}

// PaceStatus compares a recent rate with what the plan asks of the next months: on track when it was fast enough, at
// risk from three quarters of it, else late; done once the goal is reached, and nothing is said before the programme's
// start or without a plan (docs/rules.md#standing-of-the-required-rate).
func (p *Progress) PaceStatus(recent programme.Ratio) Status {
	switch {
	case p.Reached():
		return StatusDone
	case !p.PlanRate.Known() || !recent.Known():
		return StatusNoData
	case recent.Value >= p.PlanRate.Value:
		return StatusOnTrack
	case recent.Value >= 0.75*p.PlanRate.Value:
		return StatusAtRisk
	default:
		return StatusLate
	}
}

// At returns a month's point of the burn-up; a month outside it has no counts.
func (p *Progress) At(month civil.Month) ProgressMonth {
	for i := range p.Series {
		if p.Series[i].Month == month {
			return p.Series[i]
		}
	}
	none := programme.Count{State: programme.NotProvided}
	return ProgressMonth{Month: month, Counted: none, EndToEnd: none, Plan: none, CurrentPlan: none}
}

// ratioBefore finds the ratio of the period before.
func ratioBefore(points []RatioPoint, period civil.Period) programme.Ratio {
	before := period.Previous()
	for _, point := range points {
		if point.Period == before {
			return point.Value
		}
	}
	return programme.Ratio{State: programme.NotProvided}
}

func asRatio(n programme.Count) programme.Ratio {
	return programme.Ratio{Value: float64(n.Value), State: n.State}
}

// difference is now less before, times a scale, to one decimal.
func difference(now, before programme.Ratio, scale float64) programme.Ratio {
	if !now.Known() || !before.Known() {
		return programme.Ratio{State: programme.NotProvided}
	}
	return programme.Ratio{Value: programme.Round((now.Value-before.Value)*scale, 1), State: programme.Reported}
}

func directionOf(change float64) Direction {
	switch {
	case change > 0:
		return DirectionUp
	case change < 0:
		return DirectionDown
	default:
		return DirectionFlat
	}
}
