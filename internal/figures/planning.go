package figures

import (
	"context"
	"time"

	"mirsad/internal/programme"
)

// planningFamilies are the facts that plans are checked against.
var planningFamilies = []programme.Family{
	programme.FamilyEntity, programme.FamilyService, programme.FamilyPlan, programme.FamilyProgramme,
}

// Planning returns what plans are checked against, as it stands now: the catalogue, the plans of all entities, the
// calendar of holidays and the verified levels on the reporting date.
func (f *Figures) Planning(ctx context.Context) (*programme.Planning, error) {
	now, err := f.Figures(ctx, programme.Question{})
	if err != nil {
		return nil, err
	}
	facts, err := f.Store.Facts(ctx, planningFamilies, time.Time{})
	if err != nil {
		return nil, err
	}
	planning, err := programme.PlanningOf(facts)
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
