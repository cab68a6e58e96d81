package adoption

import (
	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/internal/usage"
)

// channelsNotListed finds use on channels that the service did not have on any day of the period
// (docs/rules.md#findings). Of a line that has more measures than one the first in the order of usesFirst speaks.
func (s *search) channelsNotListed() []programme.Finding {
	return s.strayUse(s.first.First(), func(l *searchedLine, p civil.Period) (programme.Finding, bool) {
		span := s.SpanOf(l.at, p, s.on)
		expected := span.live || s.knownByUse(l.at, s.on)
		if !expected || span.channels == 0 || span.channels.Has(l.Line.Channel) {
			return programme.Finding{}, false
		}
		return programme.Finding{Kind: programme.FindingChannelNotListed}, true
	})
}

// usesFirst are the measures by which use in the wrong place is named, the plainest first.
var usesFirst = []programme.Measure{
	programme.MeasureCompleted, programme.MeasureSubmitted, programme.MeasureStarted, programme.MeasureViews,
	programme.MeasureRatingCount,
}

// channelPeriod is a channel's period of one service.
type channelPeriod struct {
	channel programme.Channel
	period  civil.Period
}

// strayUse finds the use, on any channel and in periods that end on a day or later, that a rule has a doubt about. Months
// in a row of the same doubt are one finding, with the sum of their numbers; another measure of the same channel and
// period adds none.
func (s *search) strayUse(
	from civil.Date, doubt func(*searchedLine, civil.Period) (programme.Finding, bool),
) []programme.Finding {
	var found []programme.Finding
	for i := range s.lines {
		seen := map[channelPeriod]bool{}
		for _, measure := range usesFirst {
			for j := range s.lines[i] {
				l := &s.lines[i][j]
				if l.measure != measure {
					continue
				}
				found = append(found, s.strayOf(l, l.Months, from, seen, doubt)...)
				found = append(found, s.strayOf(l, l.Stated, from, seen, doubt)...)
			}
		}
	}
	return found
}

func (s *search) strayOf(
	l *searchedLine, list []usage.Known, from civil.Date, seen map[channelPeriod]bool,
	doubt func(*searchedLine, civil.Period) (programme.Finding, bool),
) []programme.Finding {
	var found []programme.Finding
	for i := range list {
		known := &list[i]
		key := channelPeriod{l.channel, known.Period}
		if known.Period.To < from || known.Rank != usage.Reported || known.Value == 0 || seen[key] {
			continue
		}
		about, is := doubt(l, known.Period)
		if !is {
			continue
		}
		seen[key] = true
		f := s.finding(about.Kind, l, known)
		f.Days = about.Days
		if n := len(found) - 1; n >= 0 && follows(&found[n], &f) {
			found[n].Period = civil.Interval(found[n].Period.From, f.Period.To)
			found[n].Value.Value += f.Value.Value
			continue
		}
		found = append(found, f)
	}
	return found
}

// follows reports whether a finding goes on with another one, a month later.
func follows(before, f *programme.Finding) bool {
	return before.Kind == f.Kind && before.Entity == f.Entity && f.Period.Grain == civil.GrainMonth &&
		before.Period.WholeMonths() && before.Period.To+1 == f.Period.From
}

// useOutsideLife finds use of periods that end before the service's launch, or that begin after its retirement and have
// no day on which it was live again (docs/rules.md#findings). It is sought in all that is known: a total of ten years ago
// is mostly a slip in the year. What is known by its use alone has no launch, and a bundle lives by its parts.
func (s *search) useOutsideLife() []programme.Finding {
	return s.strayUse(0, func(l *searchedLine, p civil.Period) (programme.Finding, bool) {
		record := &s.Services[l.at]
		if !record.Launches(s.on) {
			return programme.Finding{}, false
		}
		if live, _ := record.SpanOn(p.From, p.To, 0); live {
			return programme.Finding{}, false
		}
		if state := programme.StateOn(record.States, p.From); state.Retired {
			return programme.Finding{Kind: programme.FindingUseAfterRetirement, Days: []civil.Date{state.RetiredOn}}, true
		}
		launch := firstLaunch(record.States, s.on)
		if launch == 0 || p.To >= launch {
			return programme.Finding{}, false
		}
		return programme.Finding{Kind: programme.FindingUseBeforeLaunch, Days: []civil.Date{launch}}, true
	})
}

// firstLaunch is the day of a service's first launch by a date; 0 where it was never launched.
func firstLaunch(states []programme.RolloutState, on civil.Date) civil.Date {
	return programme.StateOn(states, on).FirstLaunch
}
