package usage

import (
	"cmp"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// statedKey names what a statement is of: a line and a period.
type statedKey struct {
	line   lineAt
	period civil.Period
}

// stated is the newest statement of a line and period.
type stated struct {
	value    int64
	rank     Rank
	entity   EntityAt
	at       time.Time // when it was recorded
	reported time.Time // when a value was first reported; zero for never
	row      int       // its place in what the index was built from
}

// number returns what was stated, as far as one entity stated it.
func (s *stated) number(only EntityAt) Number {
	if s.rank != Reported {
		return Number{Rank: s.rank, Spoken: true}
	}
	return reporting(s.value, s.entity, only, true)
}

// state keeps the newest statement of each line and period.
func (x *Index) state(rows []programme.Statement, places []rowPlace) {
	for i := range rows {
		at, row := places[i], &rows[i]
		if at.service == NoService {
			continue
		}
		key := statedKey{at.line, row.Period}
		said := stated{rank: RankOf(row.State), entity: at.entity, at: row.RecordedAt, row: i}
		if said.rank == Reported {
			said.value, said.reported = row.Value, row.RecordedAt
			x.footprints[at.service].add(row.Period, at.entity)
		}
		if before, found := x.stated[key]; found {
			said = newestOf(rows, before, said)
		} else {
			x.lines[at.line].periods = append(x.lines[at.line].periods, row.Period)
		}
		x.stated[key] = said
		x.lines[at.line].byOther = x.lines[at.line].byOther || row.Period.Grain != civil.GrainMonth
	}
}

// newestOf keeps the newer of two versions, and when a value was first reported. Two recorded at one instant are
// ordered by their content, so that the order they come in does not matter.
func newestOf(rows []programme.Statement, a, b stated) stated {
	first, second := &rows[a.row], &rows[b.row]
	order := cmp.Or(
		a.at.Compare(b.at),
		cmp.Compare(first.EventID, second.EventID),
		cmp.Compare(first.Source, second.Source),
		cmp.Compare(first.State, second.State),
		cmp.Compare(first.Value, second.Value),
		cmp.Compare(first.Entity, second.Entity),
	)
	newest := b
	if order > 0 {
		newest = a
	}
	newest.reported = a.reported
	if a.reported.IsZero() || (!b.reported.IsZero() && b.reported.Before(a.reported)) {
		newest.reported = b.reported
	}
	return newest
}

// settleMonths lets statements take precedence over sums of events: those for a month, and those of parts of it, of which
// those by day tile a month with the days beside them.
func (x *Index) settleMonths() {
	for key, said := range x.stated {
		month := key.period.From.Month()
		switch {
		case key.period.Grain == civil.GrainMonth:
			c := x.lines[key.line].at(month)
			c.value, c.rank, c.entity, c.stated = said.value, said.rank, said.entity, true
		case withinMonth(key.period):
			x.statedParts[monthKey{key.line, month}] = true
		}
	}
	for key := range x.statedParts {
		if _, found := x.stated[statedKey{key.line, key.month.Period()}]; found {
			delete(x.statedParts, key)
		}
	}
	x.tileMonths()
}

// withinMonth reports whether a period is a month, or a part of one.
func withinMonth(p civil.Period) bool { return p.From.Month() == p.To.Month() }

// tileMonths gives months of which parts are stated the sum of their days when all are known; else nothing is known of
// them, for a sum of events that passes by what is stated would say too much or too little.
func (x *Index) tileMonths() {
	for key := range x.statedParts {
		c, month := x.lines[key.line].at(key.month), key.month.Period()
		sum, complete := x.tiled(asked{x.lines[key.line].line, key.line, month.To, NoEntity}, month)
		if !complete {
			c.value, c.rank, c.stated = 0, NotProvided, false
			continue
		}
		c.value, c.rank, c.stated = sum.Value, sum.Rank, true
		for day := month.From; day <= month.To; day++ {
			if said, found := x.stated[dayStated(key.line, day)]; found {
				c.entity = said.entity // the last statement's
			}
		}
	}
}

// dayStated is the key of a statement of one day.
func dayStated(at lineAt, day civil.Date) statedKey {
	return statedKey{at, civil.Period{Grain: civil.GrainDay, From: day, To: day}}
}
