package adoption

import (
	"mirsad/internal/catalogue"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// topServices is how many of the most used services the figures name.
const topServices = 10

// Figures are those of the last month of the table, and of the months before it.
func (t *Table) Figures() figures.UsageFigures {
	last := len(t.months) - 1
	now := t.point(last, t.parts[last]).Total
	query := figures.GrowthQuery{
		Period:   t.months[last].Period(),
		Measure:  programme.MeasureCompleted,
		Channels: programme.DigitalChannels(),
	}
	takeUp := t.takeUpIn(last)
	return figures.UsageFigures{
		Month: t.months[last], Completed: now,
		Growth: t.use.growthFrom(t.on, query, t.partsOf), TakeUp: takeUp.figure(query.Period, t.on),
		Total: t.total(), ByChannel: t.split(figures.ByChannel), ByLevel: t.split(figures.ByLevelOf),
		LikeForLike: t.likeForLike(), TakeUps: t.takeUps(), Top: t.top(now.Count),
	}
}

func (t *Table) total() figures.UsageSeries {
	points := make([]figures.UsagePoint, 0, len(t.months))
	for i := t.shown(); i < len(t.months); i++ {
		points = append(points, t.point(i, t.parts[i]))
	}
	return figures.UsageSeries{Points: points}
}

// split computes the lines by channel or level over the months shown.
func (t *Table) split(by figures.UsageBy) []figures.UsageSeries {
	if t.shown() >= len(t.months) {
		return []figures.UsageSeries{}
	}
	q := figures.UsageQuery{By: by, From: t.months[t.shown()].First(), To: t.months[len(t.months)-1].Last()}
	return t.use.Usage(t.on, q)
}

func (t *Table) likeForLike() []figures.RatioPoint {
	points := make([]figures.RatioPoint, 0, len(t.months))
	for i := t.shown(); i < len(t.months); i++ {
		c := compare(t.parts[i-1], t.parts[i], &t.units)
		points = append(points, figures.RatioPoint{Period: t.months[i].Period(), Value: c.likeForLike()})
	}
	return points
}

func (t *Table) takeUps() []figures.RatioPoint {
	points := make([]figures.RatioPoint, 0, len(t.months))
	for i := t.shown(); i < len(t.months); i++ {
		sum := t.takeUpIn(i)
		points = append(points, figures.RatioPoint{Period: t.months[i].Period(), Value: sum.Ratio()})
	}
	return points
}

// takeUpIn is the take-up of a month in the table.
func (t *Table) takeUpIn(month int) TakeUp {
	var sum TakeUp
	for i := range t.spans[month] {
		sum.Add(t.use.takeUpOf(catalogue.ServiceAt(i), &t.spans[month][i]))
	}
	return sum
}

// top names the most used services of the month.
func (t *Table) top(whole programme.Count) []figures.TopService {
	parts := t.parts[len(t.parts)-1]
	top := []figures.TopService{}
	for _, at := range largest(parts, topServices) {
		top = append(top, figures.TopService{
			Service: t.use.Services[at].Code, Completed: parts[at].value,
			Share: programme.RatioOf(float64(parts[at].value), float64(whole.Value)),
		})
	}
	return top
}
