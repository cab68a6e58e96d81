package adoption

import (
	"cmp"
	"math/bits"
	"strconv"

	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/usage"
)

// mostPoints bounds a series: a hundred years of months, ten of days.
const mostPoints = 3660

// Usage computes the series of use that the query asks for (docs/rules.md#series-of-use). A period that still runs is
// shown to date; one that begins after the date described is not_requested.
func (u *Use) Usage(on civil.Date, q figures.UsageQuery) []figures.UsageSeries {
	q = completed(q, on)
	service, entity := catalogue.NoService, catalogue.NoEntity
	if q.Service != "" {
		if service = u.FindService(q.Service); service == catalogue.NoService {
			return []figures.UsageSeries{}
		}
	}
	if q.Entity != "" {
		if entity = u.FindEntity(q.Entity); entity == catalogue.NoEntity {
			return []figures.UsageSeries{}
		}
	}
	split := u.newSplit(q, entity, on)
	for i := range u.Services {
		if at := catalogue.ServiceAt(i); service == catalogue.NoService || service == at {
			split.addService(at)
		}
	}
	return split.series()
}

// completed fills what a query leaves out.
func completed(q figures.UsageQuery, on civil.Date) figures.UsageQuery {
	q.Measure = cmp.Or(q.Measure, programme.MeasureCompleted)
	if q.Grain == 0 || q.Grain > civil.GrainYear {
		q.Grain = civil.GrainMonth
	}
	q.To = cmp.Or(q.To, on)
	if q.From.IsZero() {
		p := civil.PeriodOf(q.Grain, q.To)
		for range 11 {
			p = p.Previous()
		}
		q.From = p.From
	}
	if len(q.Channels) == 0 {
		q.Channels = programme.DigitalChannels()
		if q.By == figures.ByChannel {
			q.Channels = programme.Channels()
		}
	}
	return q
}

// periodsOf lists the periods of a grain from the one that holds the first day to the one that holds the last.
func periodsOf(grain civil.Grain, from, to civil.Date) []civil.Period {
	var periods []civil.Period
	for p := civil.PeriodOf(grain, max(from, 1)); p.From <= to && len(periods) < mostPoints; p = p.Next() {
		periods = append(periods, p)
	}
	return periods
}

// usageSplit gathers totals by key and period.
type usageSplit struct {
	use     *Use
	by      figures.UsageBy
	set     programme.ChannelSet
	measure programme.MeasureIndex
	entity  catalogue.EntityAt // only what it reported, or is missing of it; noEntity for all
	on      civil.Date
	periods []civil.Period
	totals  [][]total // by key; nil for a key without any part
}

func (u *Use) newSplit(q figures.UsageQuery, entity catalogue.EntityAt, on civil.Date) *usageSplit {
	keys := 1
	switch q.By {
	case figures.ByChannel:
		keys = int(programme.ChannelCount)
	case figures.ByEntity:
		keys = len(u.Entities)
	case figures.ByService:
		keys = len(u.Services)
	case figures.ByLevelOf:
		keys = len(programme.Levels()) + 1
	case figures.ByNothing:
	}
	return &usageSplit{
		use: u, by: q.By, set: programme.ChannelSetOf(q.Channels), measure: q.Measure.Index(), entity: entity, on: on,
		periods: periodsOf(q.Grain, q.From, q.To), totals: make([][]total, keys),
	}
}

func (u *usageSplit) add(key, period int, p *part) {
	if p.rank == usage.NoPart {
		return
	}
	if u.totals[key] == nil {
		u.totals[key] = make([]total, len(u.periods))
	}
	u.totals[key][period].add(p)
}

func (u *usageSplit) addService(at catalogue.ServiceAt) {
	for i, p := range u.periods {
		if p.From > u.on {
			return
		}
		s := u.use.SpanOf(at, p, u.on)
		if u.by != figures.ByChannel {
			u.addPart(at, i, &s, u.set)
			continue
		}
		for c := range programme.ChannelCount {
			if u.set.Has(c) {
				u.addPart(at, i, &s, 1<<c)
			}
		}
	}
}

// addPart adds what a service reported in a period on a set of channels; split by entity, each share has its own key.
func (u *usageSplit) addPart(at catalogue.ServiceAt, period int, s *Span, set programme.ChannelSet) {
	whole := u.use.part(at, s, set, u.measure)
	if whole.rank == usage.NoPart {
		return
	}
	key := u.keyOf(at, s, set)
	if u.entity == catalogue.NoEntity && u.by != figures.ByEntity {
		u.add(key, period, &whole)
		return
	}
	u.use.eachShare(at, s, whole, set, u.measure, func(reporter catalogue.EntityAt, share part) {
		switch {
		case u.entity != catalogue.NoEntity && reporter != u.entity:
		case u.by == figures.ByEntity:
			u.add(int(reporter), period, &share)
		default:
			u.add(key, period, &share)
		}
	})
}

// keyOf is the key of what a service reported in a period on a set of channels, whichever entity did.
func (u *usageSplit) keyOf(at catalogue.ServiceAt, s *Span, set programme.ChannelSet) int {
	switch u.by {
	case figures.ByService:
		return int(at)
	case figures.ByLevelOf:
		standing := u.use.StandingOn(at, usage.ToDate(s.period, u.on).To)
		return int(standing.Verified)
	case figures.ByChannel:
		return bits.TrailingZeros8(uint8(set)) // a set of one
	default:
		return 0
	}
}

// series lists the lines that have any part, in the order of channels, levels or codes; the whole always.
func (u *usageSplit) series() []figures.UsageSeries {
	series := make([]figures.UsageSeries, 0, len(u.totals))
	for key, totals := range u.totals {
		if totals == nil && u.by != figures.ByNothing {
			continue
		}
		series = append(series, figures.UsageSeries{Key: u.key(key), Points: u.points(totals)})
	}
	return series
}

func (u *usageSplit) points(totals []total) []figures.UsagePoint {
	points := make([]figures.UsagePoint, len(u.periods))
	for i, p := range u.periods {
		points[i].Period = p
		switch {
		case p.From > u.on:
			points[i].Total.State = programme.NotRequested
		case totals == nil:
			points[i].Total.State = programme.NotProvided
		default:
			points[i].Total = totals[i].figure(p, u.on)
		}
		if p.From <= u.on {
			points[i].ToDate = toDate(p, u.on)
		}
	}
	return points
}

func (u *usageSplit) key(key int) string {
	switch u.by {
	case figures.ByChannel:
		return string(programme.Channels()[key])
	case figures.ByEntity:
		return u.use.Entities[key].Code
	case figures.ByService:
		return u.use.Services[key].Code
	case figures.ByLevelOf:
		return strconv.Itoa(key)
	default:
		return ""
	}
}
