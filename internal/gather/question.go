package gather

import (
	"context"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/reckon"
)

// moment is what a question is about: what was known as at its moment, and the date it describes.
type moment struct {
	*reckon.Knowledge

	on  civil.Date
	key dateKey
}

// dateKey names the figures of a date: by what was known as at a day, by which version of the data, read on which day.
type dateKey struct {
	asAt    civil.Date
	version string
	today   civil.Date
	on      civil.Date
}

// monthKey names the figures of a month as they are on a date.
type monthKey struct {
	dateKey

	month civil.Month
}

// moment finds what a question is about. Its knowledge has the days that figures of the date need beside months: those
// of the month that runs on it, and the thirty up to it (docs/rules.md#running-period, docs/rules.md#dormant).
func (f *Figures) moment(ctx context.Context, q figures.Question) (moment, error) {
	knowledge, err := f.knowledgeAt(ctx, q)
	if err != nil {
		return moment{}, err
	}
	on := knowledge.On(q)
	key := dateKey{q.AsAt, knowledge.DataVersion, knowledge.Today, on}
	return f.moments.get(key, func() (moment, error) {
		from := min(on.Month().First(), on-29)
		dated, err := f.withDays(context.WithoutCancel(ctx), knowledge, from, on)
		return moment{Knowledge: dated, on: on, key: key}, err
	})
}

// answer answers a question by what was known as at its moment.
func answer[T any](
	ctx context.Context, f *Figures, q figures.Question, compute func(moment) (T, error),
) (T, error) {
	m, err := f.moment(ctx, q)
	if err != nil {
		var none T
		return none, err
	}
	return compute(m)
}
