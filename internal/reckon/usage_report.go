package reckon

import (
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// topServices is how many of the most used services the figures name.
const topServices = 10

// usage computes the use of services in the last month that ended.
func (r *reckoning) usage() figures.UsageFigures {
	t := r.table
	last := len(t.months) - 1
	now := sumOf(t.parts[last]).figure()
	query := figures.GrowthQuery{
		Period:   t.months[last].Period(),
		Measure:  programme.MeasureCompleted,
		Channels: programme.DigitalChannels(),
	}
	var sum takeUp
	for i := range r.services {
		sum.add(r.services[i].takeUp)
	}
	return figures.UsageFigures{
		Month: t.months[last], Completed: now,
		Growth: r.growthFrom(r.on, query, t.partsOf), TakeUp: sum.figure(query.Period),
		Total: t.total(), ByChannel: t.split(figures.ByChannel), ByLevel: t.split(figures.ByLevelOf),
		LikeForLike: t.likeForLike(&r.now.units), TakeUps: t.takeUps(), Top: r.top(now.Count),
	}
}

func (t *useTable) total() figures.UsageSeries {
	points := make([]figures.UsagePoint, 0, len(t.months))
	for i := t.shown(); i < len(t.months); i++ {
		points = append(points, figures.UsagePoint{Period: t.months[i].Period(), Total: sumOf(t.parts[i]).figure()})
	}
	return figures.UsageSeries{Points: points}
}

// split computes the lines by channel or level over the months shown.
func (t *useTable) split(by figures.UsageBy) []figures.UsageSeries {
	if t.shown() >= len(t.months) {
		return []figures.UsageSeries{}
	}
	q := figures.UsageQuery{By: by, From: t.months[t.shown()].First(), To: t.months[len(t.months)-1].Last()}
	return t.k.Usage(t.on, q)
}

func (t *useTable) likeForLike(units *units) []figures.RatioPoint {
	points := make([]figures.RatioPoint, 0, len(t.months))
	for i := t.shown(); i < len(t.months); i++ {
		c := compare(t.parts[i-1], t.parts[i], units)
		points = append(points, figures.RatioPoint{Period: t.months[i].Period(), Value: c.likeForLike()})
	}
	return points
}

func (t *useTable) takeUps() []figures.RatioPoint {
	points := make([]figures.RatioPoint, 0, len(t.months))
	for i := t.shown(); i < len(t.months); i++ {
		var sum takeUp
		for j := range t.spans[i] {
			sum.add(t.k.takeUpOf(serviceAt(j), &t.spans[i][j]))
		}
		points = append(points, figures.RatioPoint{Period: t.months[i].Period(), Value: sum.ratio()})
	}
	return points
}

// top names the most used services of the month.
func (r *reckoning) top(whole programme.Count) []figures.TopService {
	parts := r.table.parts[len(r.table.parts)-1]
	top := []figures.TopService{}
	for _, at := range largest(parts, topServices) {
		top = append(top, figures.TopService{
			Service: r.Knowledge.services[at].code, Completed: parts[at].value,
			Share: programme.RatioOf(float64(parts[at].value), float64(whole.Value)),
		})
	}
	return top
}
