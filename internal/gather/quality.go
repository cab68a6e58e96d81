package gather

import (
	"context"

	"mirsad/internal/adoption"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// Quality returns what is doubtful or refused in the data behind the question's figures. Findings are sought at most
// once per data version, for they may read raw events; refused rows change without one and are counted each time.
func (f *Figures) Quality(ctx context.Context, q figures.Question) (*figures.Quality, error) {
	return answer(ctx, f, q, func(ctx context.Context, m moment) (*figures.Quality, error) {
		found, err := f.quality.get(ctx, m.common, m.key, func(ctx context.Context) (*figures.Quality, error) {
			return f.findings(ctx, m)
		})
		if err != nil {
			return nil, err
		}
		refused, err := f.store.OpenRefusals(ctx, storeTime(m.Knowing))
		if err != nil {
			return nil, wrap("refused rows", err)
		}
		return &figures.Quality{Findings: found.Findings, Limits: found.Limits, Refused: refused}, nil
	})
}

// findings seeks the findings of a date.
func (f *Figures) findings(ctx context.Context, m moment) (*figures.Quality, error) {
	var days []programme.EventSum
	if services, from, to := m.DayStatements(m.on); len(services) > 0 {
		var err error
		if days, err = f.store.DaysOf(ctx, storeTime(m.Knowing), services, from, to); err != nil {
			return nil, wrap("days", err)
		}
		bounded := programme.Use{Days: days}
		boundSums(&bounded)
		days = bounded.Days
	}
	listed, limits := figures.Bound(m.Findings(m.on, days))
	found := &figures.Quality{Findings: listed, Limits: append([]figures.FindingLimit{}, limits...)}
	if err := f.askRawEvents(ctx, m, found); err != nil {
		return nil, err
	}
	figures.SortFindings(found.Findings)
	return found, nil
}

// sourceMonths is how many months are looked at for use that two sources send: the month of on and those before it.
const sourceMonths = 12

// askRawEvents adds the findings that only raw events can say. They are kept as they are now, so they never answer a past
// as-at.
func (f *Figures) askRawEvents(ctx context.Context, m moment, found *figures.Quality) error {
	limit := func(reason figures.LimitReason, kinds ...programme.FindingKind) {
		for _, kind := range kinds {
			found.Limits = append(found.Limits, figures.FindingLimit{Kind: kind, Reason: reason})
		}
	}
	if !m.Provisional {
		limit(figures.LimitPastAsAt, programme.FindingIDOnTwoDays, programme.FindingIDOnTwoServices, programme.FindingUseUnderTwoSources)
		return nil
	}
	ids, err := f.store.IDsOnSeveralDays(ctx, (m.on.Month() - 1).First(), m.on, figures.MostIDFindings+1)
	if err != nil {
		return wrap("ids on several days", err)
	}
	if len(ids) > figures.MostIDFindings {
		ids = ids[:figures.MostIDFindings]
		limit(figures.LimitTooMany, programme.FindingIDOnTwoDays)
	}
	sources, err := f.store.SourceSums(ctx, (m.on.Month() - sourceMonths + 1).First(), m.on)
	if err != nil {
		return wrap("sources of events", err)
	}
	same, limits := figures.Bound(adoption.SameUse(sources))
	found.Findings = append(append(found.Findings, ids...), same...)
	found.Limits = append(found.Limits, limits...)
	return nil
}
