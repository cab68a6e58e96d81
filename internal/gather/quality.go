package gather

import (
	"context"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// Quality returns what is doubtful or refused in the data behind the question's figures. Findings are sought at most
// once per data version, for they may read raw events; refused rows change without one and are counted each time.
func (f *Figures) Quality(ctx context.Context, q figures.Question) (*figures.Quality, error) {
	return answer(ctx, f, q, func(m moment) (*figures.Quality, error) {
		found, err := f.quality.get(m.key, func() (*figures.Quality, error) {
			return f.findings(context.WithoutCancel(ctx), m)
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
	}
	found := &figures.Quality{Findings: m.Findings(m.on, days), Limits: []figures.FindingLimit{}}
	limit := func(reason figures.LimitReason) {
		found.Limits = append(found.Limits, figures.FindingLimit{Kind: programme.FindingIDOnTwoDays, Reason: reason})
	}
	if !m.Provisional {
		limit(figures.LimitPastAsAt)
		return found, nil
	}
	ids, err := f.store.IDsOnSeveralDays(ctx, (m.on.Month() - 1).First(), m.on, figures.MostIDFindings+1)
	if err != nil {
		return nil, wrap("ids on several days", err)
	}
	if len(ids) > figures.MostIDFindings {
		ids = ids[:figures.MostIDFindings]
		limit(figures.LimitTooMany)
	}
	found.Findings = append(found.Findings, ids...)
	figures.SortFindings(found.Findings)
	return found, nil
}
