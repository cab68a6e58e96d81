package usage

import (
	"slices"

	"mirsad/internal/civil"
)

// History is what is known of one line by a date: its months in a row up to the last one that has ended, and the other
// periods of which a statement speaks, the earliest first.
type History struct {
	Line   Line
	Months []Known
	Stated []Known
}

// Known is the number of one period.
type Known struct {
	Number

	Period civil.Period
	// Entity is who reported the number: the first by code of several.
	Entity EntityAt
	// Stated says that the number rests on a statement, and not on events alone.
	Stated bool
}

// Histories returns every line of a service of which anything is known, as on a date: its months up to the last one given,
// and the other periods that end by the date.
func (x *Index) Histories(service ServiceAt, last civil.Month, on civil.Date) []History {
	if service == NoService {
		return nil
	}
	var histories []History
	for _, at := range x.lineOf[int(service)*slotsOfService : (int(service)+1)*slotsOfService] {
		if at != noLine {
			histories = append(histories, x.history(at, last, on))
		}
	}
	return histories
}

func (x *Index) history(at lineAt, last civil.Month, on civil.Date) History {
	s := &x.lines[at]
	h := History{Line: s.line}
	q := asked{s.line, at, on, NoEntity}
	if s.months > 0 && s.first <= last {
		h.Months = make([]Known, 0, last-s.first+1)
		for m := s.first; m <= last; m++ {
			h.Months = append(h.Months, x.knownMonth(q, m))
		}
	}
	for _, p := range s.periods {
		if p.Grain == civil.GrainMonth || p.To > on {
			continue
		}
		said := x.stated[statedKey{at, p}]
		h.Stated = append(h.Stated, Known{Number: said.number(NoEntity), Period: p, Entity: said.entity, Stated: true})
	}
	slices.SortFunc(h.Stated, func(a, b Known) int { return comparePeriods(a.Period, b.Period) })
	return h
}

// comparePeriods orders periods by their first day, of two the shorter first.
func comparePeriods(a, b civil.Period) int {
	if a.From != b.From {
		return int(a.From - b.From)
	}
	return int(a.To - b.To)
}

func (x *Index) knownMonth(q asked, m civil.Month) Known {
	known := Known{Number: x.month(q, m), Period: m.Period(), Entity: x.events[q.line.Service].in(m)}
	if c := x.lines[q.at].at(m); c != nil && c.rank != NoPart {
		known.Entity, known.Stated = x.reporterOf(q.at, m, c), c.stated
	}
	return known
}

// reporterOf is who reported a month: of several the first by code.
func (x *Index) reporterOf(at lineAt, m civil.Month, c *cell) EntityAt {
	if c.entity != several {
		return c.entity
	}
	first := NoEntity
	for _, share := range x.shares[monthKey{at, m}] {
		first = x.firstByCode(first, share.entity)
	}
	return first
}

// Parts are what is known of the parts of a period.
type Parts struct {
	Sum int64
	// Complete says that all of them are known, and whole.
	Complete bool
	// Events says that some of them rest on events alone; Stated is how many rest on statements.
	Events bool
	Stated int
}

// PartsOf adds up the parts of a period: of a longer one its years, quarters and months, of a month its days.
func (x *Index) PartsOf(l Line, p civil.Period, on civil.Date) Parts {
	if l.Service == NoService || x.find(l) == noLine {
		return Parts{}
	}
	parts := Parts{Complete: true}
	x.addParts(&parts, asked{l, x.find(l), on, NoEntity}, p)
	return parts
}

// addParts adds what is known of a period part by part; a quarter or year that nobody stated is its months, and of a month
// that is not known the stated days count.
func (x *Index) addParts(parts *Parts, q asked, p civil.Period) {
	for day := p.From; day <= p.To; {
		tile, got := x.tile(q, p, day)
		if tile.Grain == civil.GrainDay && !x.restsOnStatements(q.at, tile) {
			tile, got = civil.Period{}, unknown
		}
		switch {
		case got.Rank != Reported:
			parts.Complete = parts.Complete && got.Rank == NotApplicable
		case x.restsOnStatements(q.at, tile):
			parts.Sum += got.Value
			parts.Stated++
		case tile.Grain > civil.GrainMonth:
			x.addParts(parts, q, tile)
		default:
			parts.Sum += got.Value
			parts.Events = true
			parts.Complete = parts.Complete && !got.Partial()
		}
		day = x.after(q.at, tile, day)
	}
}

// after is the day after a part; where none is known, the next one that may be.
func (x *Index) after(at lineAt, tile civil.Period, day civil.Date) civil.Date {
	switch {
	case tile != civil.Period{}:
		return tile.To + 1
	case x.statedInside(at, day.Month().Period()):
		return day + 1
	default:
		return day.Month().Last() + 1
	}
}

// restsOnStatements reports whether a period has its own statement, or is a month whose days were stated.
func (x *Index) restsOnStatements(at lineAt, p civil.Period) bool {
	if _, found := x.stated[statedKey{at, p}]; found {
		return true
	}
	return p.Grain == civil.GrainMonth && x.statedIn(at, p.From.Month())
}
