package figures

import (
	"context"

	"mirsad/internal/programme"
)

// Quality returns what is doubtful or refused in the data behind the question's figures. Findings are sought at most
// once per data version, for they may read raw events; refused rows change without one and are counted each time.
func (f *Figures) Quality(ctx context.Context, q programme.Question) (*programme.Quality, error) {
	knowledge, err := f.knowledge(ctx, q)
	if err != nil {
		return nil, err
	}
	on := knowledge.On(q)
	key := "quality as at " + knowledgeKey(q, knowledge.Today, knowledge.DataVersion) + " on " + on.String()
	found, err := once(f, f.doubts, key, func() (*programme.Quality, error) {
		return f.doubt(context.WithoutCancel(ctx), knowledge, on)
	})
	if err != nil {
		return nil, err
	}
	refused, err := f.Store.OpenRefusals(ctx, storeTime(knowledge.Knowing))
	if err != nil {
		return nil, wrap("refused rows", err)
	}
	return &programme.Quality{Findings: found.Findings, Limits: found.Limits, Refused: refused}, nil
}

// doubt seeks the findings of a date.
func (f *Figures) doubt(ctx context.Context, knowledge *programme.Knowledge, on programme.Date) (*programme.Quality, error) {
	var days []programme.EventSum
	if services, from, to := knowledge.DayStatements(on); len(services) > 0 {
		var err error
		if days, err = f.Store.DaysOf(ctx, storeTime(knowledge.Knowing), services, from, to); err != nil {
			return nil, wrap("days", err)
		}
	}
	found := &programme.Quality{Findings: knowledge.StatementsThatDiffer(on, days), Limits: []programme.FindingLimit{}}
	found.Findings = append(found.Findings, knowledge.LevelsWithoutUse(on)...)
	programme.SortFindings(found.Findings)
	limit := func(reason programme.LimitReason) {
		found.Limits = append(found.Limits, programme.FindingLimit{Kind: programme.FindingIDOnTwoDays, Reason: reason})
	}
	if !knowledge.Provisional {
		limit(programme.LimitPastAsAt)
		return found, nil
	}
	ids, err := f.Store.IDsOnSeveralDays(ctx, (on.Month() - 1).First(), on, programme.MostIDFindings+1)
	if err != nil {
		return nil, wrap("ids on several days", err)
	}
	if len(ids) > programme.MostIDFindings {
		ids = ids[:programme.MostIDFindings]
		limit(programme.LimitTooMany)
	}
	found.Findings = append(found.Findings, ids...)
	programme.SortFindings(found.Findings)
	return found, nil
}
