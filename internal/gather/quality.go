package gather

import (
	"context"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// Quality returns what is doubtful or refused in the data behind the question's figures. Findings are sought at most
// once per data version, for they may read raw events; refused rows change without one and are counted each time.
func (f *Figures) Quality(ctx context.Context, q figures.Question) (*figures.Quality, error) {
	knowledge, err := f.knowledge(ctx, q)
	if err != nil {
		return nil, err
	}
	on := knowledge.On(q)
	key := "quality as at " + knowledgeKey(q, knowledge.Today, knowledge.DataVersion) + " on " + on.String()
	found, err := once(f, f.doubts, key, func() (*figures.Quality, error) {
		return f.doubt(context.WithoutCancel(ctx), knowledge, on)
	})
	if err != nil {
		return nil, err
	}
	refused, err := f.Store.OpenRefusals(ctx, storeTime(knowledge.Knowing))
	if err != nil {
		return nil, wrap("refused rows", err)
	}
	return &figures.Quality{Findings: found.Findings, Limits: found.Limits, Refused: refused}, nil
}

// doubt seeks the findings of a date.
func (f *Figures) doubt(ctx context.Context, knowledge *figures.Knowledge, on civil.Date) (*figures.Quality, error) {
	var days []programme.EventSum
	if services, from, to := knowledge.DayStatements(on); len(services) > 0 {
		var err error
		if days, err = f.Store.DaysOf(ctx, storeTime(knowledge.Knowing), services, from, to); err != nil {
			return nil, wrap("days", err)
		}
	}
	found := &figures.Quality{Findings: knowledge.StatementsThatDiffer(on, days), Limits: []figures.FindingLimit{}}
	found.Findings = append(found.Findings, knowledge.LevelsWithoutUse(on)...)
	figures.SortFindings(found.Findings)
	limit := func(reason figures.LimitReason) {
		found.Limits = append(found.Limits, figures.FindingLimit{Kind: programme.FindingIDOnTwoDays, Reason: reason})
	}
	if !knowledge.Provisional {
		limit(figures.LimitPastAsAt)
		return found, nil
	}
	ids, err := f.Store.IDsOnSeveralDays(ctx, (on.Month() - 1).First(), on, figures.MostIDFindings+1)
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
