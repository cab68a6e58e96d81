package adoption

import (
	"slices"

	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/internal/usage"
)

// Doubts are the findings that totals of months would become if they were stated, by the same rules and as known on a
// date: what a person is asked about before they confirm them (docs/rules.md#findings). A total that nothing is wrong
// with has none.
func (u *Use) Doubts(on civil.Date, totals []programme.Statement) []programme.Finding {
	s := u.emptySearch(on)
	for i := range totals {
		at := u.FindService(totals[i].Service)
		if at == catalogue.NoService {
			continue
		}
		if s.lines[at] == nil {
			s.gather(at)
		}
		s.suppose(at, &totals[i])
	}
	found := slices.Concat(
		s.stagesAboveEarlier(), s.ratingsOutOfRange(), s.channelsNotListed(), s.useOutsideLife(), s.farFromUsual(),
		s.repeatedValues(),
	)
	return slices.DeleteFunc(found, func(f programme.Finding) bool {
		return !slices.ContainsFunc(totals, func(total programme.Statement) bool { return concerns(&f, &total) })
	})
}

// concerns reports whether a finding is about a total: of its line, or measured against it.
func concerns(f *programme.Finding, total *programme.Statement) bool {
	return f.Service == total.Service && f.Channel == total.Channel && f.Period.Contains(total.Period.To) &&
		(f.Measure == total.Measure || f.AgainstMeasure == total.Measure)
}

// suppose puts a total in the place of what is known of its month.
func (s *search) suppose(at catalogue.ServiceAt, total *programme.Statement) {
	l := s.lineFor(at, total)
	month := total.Period.From.Month()
	if len(l.Months) == 0 {
		l.Months = []usage.Known{unknownMonth(month)}
	}
	for first := l.Months[0].Period.From.Month(); month < first; first-- {
		l.Months = slices.Insert(l.Months, 0, unknownMonth(first-1))
	}
	for last := l.Months[len(l.Months)-1].Period.From.Month(); last < month; last++ {
		l.Months = append(l.Months, unknownMonth(last+1))
	}
	l.Months[l.placeOf(month)] = usage.Known{
		Number: usage.Number{Value: total.Value, Rank: usage.RankOf(total.State), Spoken: true},
		Period: month.Period(), Entity: usage.NoEntity, Stated: true,
	}
}

func unknownMonth(m civil.Month) usage.Known {
	return usage.Known{Number: usage.Number{Rank: usage.NotProvided}, Period: m.Period(), Entity: usage.NoEntity}
}

// lineFor is the line of a total; a new one where nothing is known of it.
func (s *search) lineFor(at catalogue.ServiceAt, total *programme.Statement) *searchedLine {
	lines := s.lines[at]
	for i := range lines {
		if lines[i].channel == total.Channel && lines[i].measure == total.Measure {
			return &lines[i]
		}
	}
	line := usage.Line{Service: s.places[at], Channel: total.Channel.Index(), Measure: total.Measure.Index()}
	s.lines[at] = append(lines, lineOf(at, usage.History{Line: line}))
	return &s.lines[at][len(lines)]
}
