package figures

import (
	"cmp"
	"strconv"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/internal/usage"
)

// mostPoints bounds a series: a hundred years of months, ten of days.
const mostPoints = 3660

// Usage computes the series of use that the query asks for (docs/rules.md#series-of-use). A period that still runs is
// shown to date; one that begins after the date described is not_requested.
func (k *Knowledge) Usage(on civil.Date, q UsageQuery) []UsageSeries {
	q = q.complete(on)
	measure := programme.MeasureIndex(q.Measure)
	service, entity := usage.None, usage.None
	if q.Service != "" {
		if service = k.serviceAt(q.Service); service == usage.None {
			return []UsageSeries{}
		}
	}
	if q.Entity != "" {
		if entity = k.entityAt(q.Entity); entity == usage.None {
			return []UsageSeries{}
		}
	}
	split := k.newSplit(q, periodsOf(q.Grain, q.From, q.To))
	for i := range k.services {
		if at := int32(i); service == usage.None || service == at {
			split.addService(at, on, measure, entity)
		}
	}
	return split.series(on)
}

// complete fills what the query leaves out.
func (q UsageQuery) complete(on civil.Date) UsageQuery {
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
		if q.By == ByChannel {
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
	k       *Knowledge
	by      UsageBy
	set     programme.ChannelSet
	periods []civil.Period
	totals  [][]total // by key; nil for a key without any part
}

func (k *Knowledge) newSplit(q UsageQuery, periods []civil.Period) *usageSplit {
	keys := 1
	switch q.By {
	case ByChannel:
		keys = programme.ChannelCount
	case ByEntity:
		keys = len(k.entities)
	case ByService:
		keys = len(k.services)
	case ByLevelOf:
		keys = len(programme.Levels()) + 1
	case ByNothing:
	}
	return &usageSplit{k: k, by: q.By, set: programme.ChannelSetOf(q.Channels), periods: periods, totals: make([][]total, keys)}
}

func (u *usageSplit) add(key, period int, p part) {
	if p.rank == usage.NoPart {
		return
	}
	if u.totals[key] == nil {
		u.totals[key] = make([]total, len(u.periods))
	}
	u.totals[key][period].add(p)
}

func (u *usageSplit) addService(at int32, on civil.Date, measure int, entity int32) {
	for i, p := range u.periods {
		if p.From > on {
			return
		}
		s := u.k.spanOf(at, p, on)
		if u.by != ByChannel {
			u.addPart(at, i, &s, u.set, measure, entity, on)
			continue
		}
		for c := range programme.ChannelCount {
			if u.set.Has(c) {
				u.addPart(at, i, &s, 1<<c, measure, entity, on)
			}
		}
	}
}

func (u *usageSplit) addPart(at int32, period int, s *span, set programme.ChannelSet, measure int, entity int32, on civil.Date) {
	whole := u.k.part(at, s, set, measure)
	if whole.rank == usage.NoPart {
		return
	}
	key := 0
	switch u.by {
	case ByService:
		key = int(at)
	case ByLevelOf:
		standing := u.k.standing(at, min(s.period.To, on))
		key = int(standing.verified)
	case ByChannel:
		for !set.Has(key) {
			key++
		}
	case ByEntity, ByNothing:
	}
	if entity == usage.None && u.by != ByEntity {
		u.add(key, period, whole)
		return
	}
	u.k.eachShare(at, s, whole, set, measure, func(reporter int32, share part) {
		switch {
		case entity != usage.None && reporter != entity:
		case u.by == ByEntity:
			u.add(int(reporter), period, share)
		default:
			u.add(key, period, share)
		}
	})
}

// series lists the lines that have any part, in the order of channels, levels or codes; the whole always.
func (u *usageSplit) series(on civil.Date) []UsageSeries {
	series := make([]UsageSeries, 0, len(u.totals))
	for key, totals := range u.totals {
		if totals == nil && u.by != ByNothing {
			continue
		}
		series = append(series, UsageSeries{Key: u.key(key), Points: u.points(totals, on)})
	}
	return series
}

func (u *usageSplit) points(totals []total, on civil.Date) []UsagePoint {
	points := make([]UsagePoint, len(u.periods))
	for i, p := range u.periods {
		points[i].Period = p
		switch {
		case p.From > on:
			points[i].Total.State = programme.NotRequested
		case totals == nil:
			points[i].Total.State = programme.NotProvided
		default:
			points[i].Total = totals[i].figure()
		}
	}
	return points
}

func (u *usageSplit) key(key int) string {
	switch u.by {
	case ByChannel:
		return string(programme.Channels()[key])
	case ByEntity:
		return u.k.entities[key].code
	case ByService:
		return u.k.services[key].code
	case ByLevelOf:
		return strconv.Itoa(key)
	default:
		return ""
	}
}
