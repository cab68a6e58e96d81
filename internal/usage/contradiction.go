package usage

import (
	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// Comparable reports whether a statement is one that events can speak against: a value of a measure that events add to,
// for a period that overlaps a span.
func (b *Index) Comparable(key statedKey, said stated, from, to civil.Date) bool {
	return said.rank == IsReported && ofEvents(b.Lines[key.Line].Measure) && key.From <= to && key.To >= from
}

func (b *Index) SumsByDay(rows []programme.EventSum) map[dayKey]int64 {
	sums := map[dayKey]int64{}
	for i := range rows {
		row := &rows[i]
		service, found := b.Services[row.Service]
		c, m := programme.ChannelIndex(row.Channel), programme.MeasureIndex(row.Stage.Measure())
		if row.Events <= 0 || !found || c < 0 || m < 0 {
			continue
		}
		if at := b.lineOf[b.slot(service, c, m)]; at != None {
			sums[dayKey{at, row.Period.From}] += row.Uses
		}
	}
	return sums
}

// OwnEvents sums a line's events over a period: whole months from the months, what is left from the days. There is no
// sum unless the service has an accepted event in every month and the line has one in the period.
func (b *Index) OwnEvents(key statedKey, byDay map[dayKey]int64) (sum int64, found bool) {
	l := &b.Lines[key.Line]
	for m := key.From.Month(); m <= key.To.Month(); m++ {
		if _, had := b.Events[l.Service].In(m); !had {
			return 0, false
		}
		if key.From <= m.First() && m.Last() <= key.To {
			if c := l.at(m); c != nil && c.had {
				sum, found = sum+c.uses, true
			}
			continue
		}
		for day := max(key.From, m.First()); day <= min(key.To, m.Last()); day++ {
			if uses, had := byDay[dayKey{key.Line, day}]; had {
				sum, found = sum+uses, true
			}
		}
	}
	return sum, found
}
