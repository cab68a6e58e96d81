package adoption

import (
	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/usage"
)

// part is what one service reports for one period over some channels; without a rank it is no part of it.
type part struct {
	value int64
	rank  usage.Rank
}

func (p part) reported() bool { return p.rank == usage.Reported }

// total sums parts into an aggregate: the reported ones, the first present state, and how many were expected.
type total struct {
	value              int64
	rank               usage.Rank
	reported, expected int
}

func (t *total) add(p part) {
	t.rank = t.rank.First(p.rank)
	switch p.rank {
	case usage.Reported:
		t.value += p.value
		t.reported++
		t.expected++
	case usage.NotProvided:
		t.expected++
	}
}

func (t *total) figure() figures.UsageTotal {
	figure := figures.UsageTotal{
		Count: programme.Count{State: t.rank.State()},
		Parts: programme.Parts{Reported: t.reported, Expected: t.expected},
	}
	if t.rank == usage.Reported {
		figure.Value = t.value
	}
	return figure
}

// span is one service over one period: whether use of it is expected, on which channels, and its owner.
type span struct {
	period civil.Period
	// listed is whether the catalogue has the service at the period's end, or had it when the period began.
	listed   bool
	live     bool
	channels programme.ChannelSet // while live; for a service without rollout events those of the catalogue
	Owner    catalogue.EntityAt
}

// SpanOf looks at a service over a period as known on a date; what begins after the date is empty
// (docs/rules.md#expected-use).
func (u *Use) SpanOf(at catalogue.ServiceAt, p civil.Period, on civil.Date) span {
	s := span{period: p, Owner: catalogue.NoEntity}
	if p.From > on {
		return s
	}
	record := &u.Services[at]
	end := min(p.To, on)
	version := record.VersionOn(end)
	if version == nil {
		version = record.VersionOn(p.From)
	}
	if version == nil {
		return s
	}
	s.listed, s.Owner = true, version.Owner
	if len(record.Parts) > 0 && !record.Launches() {
		bundle := u.StandingOn(at, end)
		s.live, s.channels = bundle.Live(), bundle.Channels()
		return s
	}
	s.live, s.channels = record.SpanOn(p.From, end, version.Listed)
	if !record.Launches() {
		s.channels = version.Listed
	}
	return s
}

// part adds up a service's numbers over channels: those listed while it is live, and any on which it reported
// (docs/rules.md#use-of-a-service).
func (u *Use) part(at catalogue.ServiceAt, s *span, set programme.ChannelSet, measure programme.MeasureIndex) part {
	sum := u.spoken(at, s, set, measure, usage.NoEntity)
	record := &u.Services[at]
	if sum.rank != usage.NoPart || record.Launches() || !s.listed || u.places[at] == usage.NoService {
		return sum
	}
	// A service known only by its use is missed in the period after one in which it reported.
	before := span{period: s.period.Previous()}
	if u.spoken(at, &before, set, measure, usage.NoEntity).reported() {
		sum.rank = usage.NotProvided
	}
	return sum
}

// spoken is what was said of a service's period; with an entity given, only what that entity reported.
func (u *Use) spoken(
	at catalogue.ServiceAt, s *span, set programme.ChannelSet, measure programme.MeasureIndex, only usage.EntityAt,
) part {
	var sum part
	line := usage.Line{Service: u.places[at], Measure: measure}
	for line.Channel = range programme.ChannelCount {
		if !set.Has(line.Channel) {
			continue
		}
		got := u.index.Number(line, s.period, only)
		if listed := s.live && s.channels.Has(line.Channel); !listed && !got.Spoken {
			continue
		}
		sum.rank = sum.rank.First(got.Rank)
		if got.Rank == usage.Reported {
			sum.value += got.Value
		}
	}
	return sum
}

// eachShare attributes a part to the entities that reported it, and one that is missing to the owner: the count
// follows the owner, use stays with the entity that reported it (docs/rules.md#use-of-an-entity).
func (u *Use) eachShare(
	at catalogue.ServiceAt, s *span, whole part, set programme.ChannelSet, measure programme.MeasureIndex,
	yield func(catalogue.EntityAt, part),
) {
	if whole.rank == usage.NoPart {
		return
	}
	reporters := u.index.Reporters(u.places[at])
	switch {
	case !whole.reported() || len(reporters) == 0:
		if s.Owner != catalogue.NoEntity {
			yield(s.Owner, whole)
		}
	case len(reporters) == 1:
		yield(u.reporters[reporters[0]], whole)
	default:
		for _, reporter := range reporters {
			if p := u.spoken(at, s, set, measure, reporter); p.reported() {
				yield(u.reporters[reporter], p)
			}
		}
	}
}

// partsOf returns every service's part of a period, by place.
func (u *Use) partsOf(
	p civil.Period, set programme.ChannelSet, measure programme.MeasureIndex, on civil.Date,
) []part {
	parts := make([]part, len(u.Services))
	for i := range parts {
		at := catalogue.ServiceAt(i)
		s := u.SpanOf(at, p, on)
		if p.From <= on {
			parts[at] = u.part(at, &s, set, measure)
		}
	}
	return parts
}

// partsOfEntity returns every service's part of a period, as far as one entity reported it or, where it is
// missing, owns the service.
func (u *Use) partsOfEntity(
	p civil.Period, set programme.ChannelSet, measure programme.MeasureIndex, on civil.Date, entity catalogue.EntityAt,
) []part {
	parts := make([]part, len(u.Services))
	for i, whole := range u.partsOf(p, set, measure, on) {
		at := catalogue.ServiceAt(i)
		s := u.SpanOf(at, p, on)
		u.eachShare(at, &s, whole, set, measure, func(reporter catalogue.EntityAt, share part) {
			if reporter == entity {
				parts[at] = share
			}
		})
	}
	return parts
}
