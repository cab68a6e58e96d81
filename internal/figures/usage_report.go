package figures

import "mirsad/internal/programme"

// topServices is how many of the most used services the figures name.
const topServices = 10

// usage computes the use of services in the last month that ended.
func (r *reckoning) usage() UsageFigures {
	t := r.table
	last := len(t.months) - 1
	now := sumOf(t.parts[last]).figure()
	query := GrowthQuery{
		Period:   t.months[last].Period(),
		Measure:  programme.MeasureCompleted,
		Channels: programme.DigitalChannels(),
	}
	var sum takeUp
	for i := range r.services {
		sum.add(r.services[i].takeUp)
	}
	return UsageFigures{
		Month: t.months[last], Completed: now,
		Growth: r.growthFrom(r.on, query, t.partsOf), TakeUp: sum.figure(query.Period),
		Total: t.total(), ByChannel: t.split(ByChannel), ByLevel: t.split(ByLevelOf),
		LikeForLike: t.likeForLike(&r.now.units), TakeUps: t.takeUps(), Top: r.top(now.Count),
	}
}

func (t *useTable) total() UsageSeries {
	points := make([]UsagePoint, 0, len(t.months))
	for i := t.shown(); i < len(t.months); i++ {
		points = append(points, UsagePoint{Period: t.months[i].Period(), Total: sumOf(t.parts[i]).figure()})
	}
	return UsageSeries{Points: points}
}

// split computes the lines by channel or level over the months shown.
func (t *useTable) split(by UsageBy) []UsageSeries {
	if t.shown() >= len(t.months) {
		return []UsageSeries{}
	}
	q := UsageQuery{By: by, From: t.months[t.shown()].First(), To: t.months[len(t.months)-1].Last()}
	return t.k.Usage(t.on, q)
}

func (t *useTable) likeForLike(units *units) []RatioPoint {
	points := make([]RatioPoint, 0, len(t.months))
	for i := t.shown(); i < len(t.months); i++ {
		c := compare(t.parts[i-1], t.parts[i], units)
		points = append(points, RatioPoint{Period: t.months[i].Period(), Value: c.likeForLike()})
	}
	return points
}

func (t *useTable) takeUps() []RatioPoint {
	points := make([]RatioPoint, 0, len(t.months))
	for i := t.shown(); i < len(t.months); i++ {
		var sum takeUp
		for j := range t.spans[i] {
			sum.add(t.k.takeUpOf(serviceAt(j), &t.spans[i][j]))
		}
		points = append(points, RatioPoint{Period: t.months[i].Period(), Value: sum.ratio()})
	}
	return points
}

// top names the most used services of the month.
func (r *reckoning) top(whole programme.Count) []TopService {
	parts := r.table.parts[len(r.table.parts)-1]
	top := []TopService{}
	for _, at := range largest(parts, topServices) {
		top = append(top, TopService{
			Service: r.Knowledge.services[at].code, Completed: parts[at].value,
			Share: programme.RatioOf(float64(parts[at].value), float64(whole.Value)),
		})
	}
	return top
}
