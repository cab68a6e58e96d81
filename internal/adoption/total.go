package adoption

import (
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/usage"
)

// total sums parts into an aggregate: the reported ones, the first present state, how many were expected, and how many
// lack days (docs/rules.md#aggregates).
type total struct {
	value              int64
	rank               usage.Rank
	reported, expected int
	partial            int
	missing            int // of every reported part; −1 when they differ
}

func (t *total) add(p *part) {
	t.rank = t.rank.First(p.rank)
	switch p.rank {
	case usage.Reported:
		t.addReported(p)
	case usage.NotProvided:
		t.expected++
	}
}

func (t *total) addReported(p *part) {
	if t.reported == 0 {
		t.missing = p.missing
	} else if t.missing != p.missing {
		t.missing = differs
	}
	if p.missing > 0 {
		t.partial++
	}
	t.value += p.value
	t.reported++
	t.expected++
}

// differs says that parts lack different days.
const differs = -1

// figure is the aggregate of a period, as on a date.
func (t *total) figure(p civil.Period, on civil.Date) figures.UsageTotal {
	figure := figures.UsageTotal{
		Count: programme.Count{State: t.rank.State()},
		Parts: programme.Parts{Reported: t.reported, Expected: t.expected},
	}
	if t.rank != usage.Reported {
		return figure
	}
	figure.Value, figure.Partial = t.value, t.partial
	if t.missing > 0 {
		dated := usage.ToDate(p, on)
		days := int(dated.To-dated.From) + 1
		figure.Days = figures.Days{Covered: days - t.missing, Expected: days}
	}
	return figure
}

// sumOf adds up the parts of a period.
func sumOf(parts []part) *total {
	var sum total
	for i := range parts {
		sum.add(&parts[i])
	}
	return &sum
}

// toDate says how much of a period had ended on a date; nothing of one that is over.
func toDate(p civil.Period, on civil.Date) figures.ToDate {
	if p.To <= on {
		return figures.ToDate{}
	}
	dated := usage.ToDate(p, on)
	if dated.WholeMonths() && p.Grain > civil.GrainMonth {
		return figures.ToDate{Until: dated.To, Ended: monthsOf(dated), Of: monthsOf(p)}
	}
	return figures.ToDate{Until: dated.To, Ended: int(dated.To-p.From) + 1, Of: int(p.To-p.From) + 1}
}

func monthsOf(p civil.Period) int { return int(p.To.Month()-p.From.Month()) + 1 }
