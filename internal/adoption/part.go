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

// part adds up a service's numbers over channels: those listed while it is live, and any on which it reported
// (docs/rules.md#use-of-a-service).
func (u *Use) part(at catalogue.ServiceAt, s *Span, set programme.ChannelSet, measure programme.MeasureIndex) part {
	sum := u.spoken(at, s, set, measure, usage.NoEntity)
	record := &u.Services[at]
	if sum.rank != usage.NoPart || record.Launches() || !s.listed || u.places[at] == usage.NoService {
		return sum
	}
	// A service known only by its use is missed in the period after one in which it reported.
	before := Span{period: s.period.Previous(), on: s.on}
	if u.spoken(at, &before, set, measure, usage.NoEntity).reported() {
		sum.rank = usage.NotProvided
	}
	return sum
}

// spoken is what was said of a service's period; with an entity given, only what that entity reported.
func (u *Use) spoken(
	at catalogue.ServiceAt, s *Span, set programme.ChannelSet, measure programme.MeasureIndex, only usage.EntityAt,
) part {
	var sum part
	line := usage.Line{Service: u.places[at], Measure: measure}
	for line.Channel = range programme.ChannelCount {
		if !set.Has(line.Channel) {
			continue
		}
		got := u.index.Number(line, s.period, s.on, only)
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
