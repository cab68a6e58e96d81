package adoption

import (
	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/internal/usage"
)

// part is what one service reports for one period over some channels; without a rank it is no part of it.
type part struct {
	value int64
	rank  usage.Rank
	// missing is how many days of the period the line lacks that lacks most (docs/rules.md#partial-month).
	missing int
	// lines are the values by channel; reported and partial say of which there is one, and which lacks days.
	lines             [programme.ChannelCount]int64
	channels, partial programme.ChannelSet
}

func (p *part) reported() bool { return p.rank == usage.Reported }

// addLine adds what is known of one channel.
func (p *part) addLine(channel programme.ChannelIndex, got usage.Number) {
	p.rank = p.rank.First(got.Rank)
	if got.Rank != usage.Reported {
		return
	}
	p.value += got.Value
	p.lines[channel] += got.Value
	p.channels |= 1 << channel
	if got.Partial() {
		p.partial |= 1 << channel
		p.missing = max(p.missing, got.Missing)
	}
}

// add adds the part of another member of the same unit.
func (p *part) add(other *part) {
	p.rank = p.rank.First(other.rank)
	p.value += other.value
	p.missing = max(p.missing, other.missing)
	p.channels |= other.channels
	p.partial |= other.partial
	for channel, value := range other.lines {
		p.lines[channel] += value
	}
}

// part adds up a service's numbers over channels: those listed while it is live, and any on which it reported
// (docs/rules.md#use-of-a-service).
func (u *Use) part(at catalogue.ServiceAt, s *Span, set programme.ChannelSet, measure programme.MeasureIndex) part {
	sum := u.spoken(at, s, set, measure, usage.NoEntity)
	if sum.rank != usage.NoPart || !u.knownByUse(at, s.on) || !s.listed || u.places[at] == usage.NoService {
		return sum
	}
	// A service known only by its use is missed in the period after one in which it reported.
	before := Span{period: s.period.Previous(), on: s.on}
	earlier := u.spoken(at, &before, set, measure, usage.NoEntity)
	if earlier.reported() {
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
		if listed := s.live && s.channels.Has(line.Channel); listed || got.Spoken {
			sum.addLine(line.Channel, got)
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
