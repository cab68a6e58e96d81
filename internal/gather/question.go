package gather

import (
	"context"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/reckon"
)

// moment is what a question is about: what was known as at its moment, and the date it describes.
type moment struct {
	dated

	// common says that it is what everybody asks about: the newest, on the day that figures describe.
	common bool
}

// dated is what was known as at a moment, with the days that a date needs.
type dated struct {
	*reckon.Knowledge

	on  civil.Date
	key dateKey
}

// daysKey names the days of a stretch, as known at a date's moment.
type daysKey struct {
	dateKey

	from, to civil.Date
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
	common := q == figures.Question{}
	found, err := f.moments.get(ctx, common, key, func(ctx context.Context) (dated, error) {
		from := min(on.Month().First(), on-29)
		known, err := f.withDays(ctx, knowledge, from, on)
		return dated{Knowledge: known, on: on, key: key}, err
	})
	return moment{dated: found, common: common}, err
}

// answer answers a question by what was known as at its moment, from what is kept or in a turn of the asker's.
func answer[T any](
	ctx context.Context, f *Figures, q figures.Question, compute func(context.Context, moment) (T, error),
) (T, error) {
	return answerBy(ctx, f, q, lightTurn, compute)
}

// work is an answer that is worked out each time.
func work[T any](ctx context.Context, f *Figures, q figures.Question, compute func(moment) (T, error)) (T, error) {
	return answer(ctx, f, q, func(ctx context.Context, m moment) (T, error) {
		if err := takeTurn(ctx); err != nil {
			var none T
			return none, err
		}
		return compute(m)
	})
}

// answerBy is answer in a turn of a weight.
func answerBy[T any](
	ctx context.Context, f *Figures, q figures.Question, weight int, compute func(context.Context, moment) (T, error),
) (T, error) {
	ctx, end := f.withTurn(ctx, weight)
	defer end()
	m, err := f.moment(ctx, q)
	if err != nil {
		var none T
		return none, err
	}
	return compute(ctx, m)
}
