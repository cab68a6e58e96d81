package adoption

import (
	"slices"

	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/internal/usage"
)

// searchedMonths is how far back what is implausible is sought: the months that pages and workbook show.
const searchedMonths = tableMonths

// search is what findings are sought in: what is known of every line on a date, by service.
type search struct {
	*Use

	on    civil.Date
	first civil.Month // that is looked at, and the last, which has ended
	last  civil.Month
	lines [][]searchedLine // by service
}

// searchedLine is what is known of one line.
type searchedLine struct {
	usage.History

	at      catalogue.ServiceAt
	channel programme.Channel
	measure programme.Measure
}

// searchOn gathers the history of every line.
func (u *Use) searchOn(on civil.Date) *search {
	s := u.emptySearch(on)
	for i := range u.Services {
		s.gather(catalogue.ServiceAt(i))
	}
	return s
}

// emptySearch looks at no service yet.
func (u *Use) emptySearch(on civil.Date) *search {
	return &search{
		Use: u, on: on, first: on.Month() - searchedMonths + 1, last: u.LastEnded(on),
		lines: make([][]searchedLine, len(u.Services)),
	}
}

// gather adds what is known of a service's lines.
func (s *search) gather(at catalogue.ServiceAt) {
	for _, history := range s.index.Histories(s.places[at], s.last, s.on) {
		s.lines[at] = append(s.lines[at], lineOf(at, history))
	}
}

func lineOf(at catalogue.ServiceAt, history usage.History) searchedLine {
	return searchedLine{
		History: history, at: at,
		channel: programme.Channels()[history.Line.Channel], measure: programme.Measures()[history.Line.Measure],
	}
}

// each calls yield for every line.
func (s *search) each(yield func(*searchedLine)) {
	for i := range s.lines {
		for j := range s.lines[i] {
			yield(&s.lines[i][j])
		}
	}
}

// numbers are a line's months and stated periods that end in the months looked at.
func (s *search) numbers(l *searchedLine) []usage.Known {
	var known []usage.Known
	for _, list := range [][]usage.Known{l.Months, l.Stated} {
		for i := range list {
			if list[i].Period.To >= s.first.First() {
				known = append(known, list[i])
			}
		}
	}
	return known
}

// other finds the line of another measure on the same channel; nil for none.
func (s *search) other(l *searchedLine, measure programme.Measure) *searchedLine {
	for i := range s.lines[l.at] {
		if other := &s.lines[l.at][i]; other.channel == l.channel && other.measure == measure {
			return other
		}
	}
	return nil
}

// of finds a period among what is known of a line.
func (l *searchedLine) of(p civil.Period) usage.Known {
	if p.Grain == civil.GrainMonth {
		if at := l.placeOf(p.From.Month()); at >= 0 {
			return l.Months[at]
		}
	} else if at := slices.IndexFunc(l.Stated, func(k usage.Known) bool { return k.Period == p }); at >= 0 {
		return l.Stated[at]
	}
	return usage.Known{Number: usage.Number{Rank: usage.NotProvided}}
}

// placeOf is the place of a month in the line's months; −1 for one that is not among them.
func (l *searchedLine) placeOf(m civil.Month) int {
	return slices.IndexFunc(l.Months, func(k usage.Known) bool { return k.Period == m.Period() })
}

// finding is a finding about a number of a line.
func (s *search) finding(kind programme.FindingKind, l *searchedLine, known *usage.Known) programme.Finding {
	return programme.Finding{
		Kind: kind, Entity: s.reporter(known.Entity), Service: s.Services[l.at].Code,
		Channel: l.channel, Measure: l.measure, Period: known.Period, Value: programme.CountOf(known.Value),
	}
}

// reporter is the code of an entity of the index; empty for none.
func (s *search) reporter(at usage.EntityAt) string {
	if at < 0 {
		return ""
	}
	return s.index.Entities()[at]
}

// against sets what a finding's number is measured against.
func against(f *programme.Finding, value int64) {
	f.Against = programme.CountOf(value)
	f.Difference = programme.RatioOf(float64(value-f.Value.Value), float64(f.Value.Value))
}
