package gather

import (
	"context"
	"time"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// planningFamilies are the facts that plans are checked against.
var planningFamilies = []programme.Family{
	programme.FamilyEntity, programme.FamilyService, programme.FamilyPlan, programme.FamilyProgramme,
}

// Planning returns what plans are checked against, as it is now: the catalogue, the plans of all entities, the
// calendar of holidays and the verified levels on the reporting date.
func (f *Figures) Planning(ctx context.Context) (*register.Planning, error) {
	ctx, end := f.withTurn(ctx, lightTurn)
	defer end()
	now, err := f.Figures(ctx, figures.Question{})
	if err != nil {
		return nil, err
	}
	if err := takeTurn(ctx); err != nil {
		return nil, err
	}
	facts, err := f.store.Facts(ctx, planningFamilies, time.Time{})
	if err != nil {
		return nil, err
	}
	planning, err := register.PlanningOf(facts)
	if err != nil {
		return nil, err
	}
	planning.On, planning.Starts, planning.Target = now.On, now.Programme.StartsOn, now.Programme.TargetOn
	planning.Verified = make(map[string]programme.Level, len(now.Services))
	for i := range now.Services {
		planning.Verified[now.Services[i].Code] = now.Services[i].LevelVerified
	}
	return planning, nil
}
