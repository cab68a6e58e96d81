package api

import (
	"context"

	"mirsad/internal/programme"
)

type entitiesInput struct {
	Asked
	Paged
}

type entityInput struct {
	Asked
	Entity string `path:"entity" doc:"The entity's code."`
}

// scorecardAnswer is one entity's figures; completeness is the entity's, the programme's stands beside it.
type scorecardAnswer struct {
	Moment
	programme.EntityFigures

	Sample                bool                   `json:"sample,omitempty"`
	ProgrammeCompleteness programme.Completeness `json:"programme_completeness"`
}

func (a *API) registerEntities() {
	entities := list[*plainInput, programme.EntityFigures]{
		call: call{id: "entities", path: "/v1/entities", summary: "Entities with their scorecards"},
		items: func(_ context.Context, v *view, _ *plainInput) ([]programme.EntityFigures, error) {
			return v.visibleEntities(), nil
		},
		columns: entityColumns(),
	}
	answers(a, entities.call, func(_ context.Context, v *view, in *entitiesInput) (page[programme.EntityFigures], error) {
		return paginate(v, in.Paged, v.visibleEntities(), func(e programme.EntityFigures) string { return e.Code })
	})
	registerCSV(a, entities)
	scorecard := func(_ context.Context, v *view, in *entityInput) (scorecardAnswer, error) {
		found, err := v.entity(in.Entity)
		if err != nil {
			return scorecardAnswer{}, err
		}
		return scorecardAnswer{
			Moment: v.moment(), EntityFigures: *found, Sample: v.Sample, ProgrammeCompleteness: v.Completeness,
		}, nil
	}
	answers(a, call{id: "entity", path: "/v1/entities/{entity}", summary: "One entity"}, scorecard)
	answers(a, call{id: "scorecard", path: "/v1/entities/{entity}/scorecard", summary: "One entity's scorecard"}, scorecard)
}

func (v *view) visibleEntities() []programme.EntityFigures {
	entities := []programme.EntityFigures{}
	for _, each := range v.Entities {
		if v.sees(each.Code) {
			entities = append(entities, each)
		}
	}
	return entities
}

func entityColumns() []column[programme.EntityFigures] {
	level := func(l programme.Level) func(programme.EntityFigures) cell {
		return func(e programme.EntityFigures) cell { return number(e.ByLevel.At(l)) }
	}
	claimed := func(l programme.Level) func(programme.EntityFigures) cell {
		return func(e programme.EntityFigures) cell { return number(e.ClaimedLevels.At(l)) }
	}
	return []column[programme.EntityFigures]{
		{"code", func(e programme.EntityFigures) cell { return text(e.Code) }},
		{"name", func(e programme.EntityFigures) cell { return text(e.Name) }},
		{"name_ar", func(e programme.EntityFigures) cell { return text(e.NameAr) }},
		{"status", func(e programme.EntityFigures) cell { return text(e.Status) }},
		{"services", func(e programme.EntityFigures) cell { return number(e.Services) }},
		{"live", func(e programme.EntityFigures) cell { return number(e.Live) }},
		{"counted", func(e programme.EntityFigures) cell { return number(e.Counted) }},
		{"end_to_end", func(e programme.EntityFigures) cell { return number(e.EndToEnd) }},
		{"level_1", level(programme.LevelInformative)},
		{"level_2", level(programme.LevelInteractive)},
		{"level_3", level(programme.LevelTransactional)},
		{"level_4", level(programme.LevelIntegrated)},
		{"claimed", func(e programme.EntityFigures) cell { return number(e.ClaimedLevels.Total()) }},
		{"claimed_level_1", claimed(programme.LevelInformative)},
		{"claimed_level_2", claimed(programme.LevelInteractive)},
		{"claimed_level_3", claimed(programme.LevelTransactional)},
		{"claimed_level_4", claimed(programme.LevelIntegrated)},
		{"plan", func(e programme.EntityFigures) cell { return count(e.Plan) }},
		{"plan_state", func(e programme.EntityFigures) cell { return state(e.Plan.State) }},
		{"variance", func(e programme.EntityFigures) cell { return count(e.Variance) }},
		{"schedule_index", func(e programme.EntityFigures) cell { return ratio(e.ScheduleIndex) }},
		{"slip_median", func(e programme.EntityFigures) cell { return ratio(e.SlipMedian) }},
		{"slip_over_30", func(e programme.EntityFigures) cell { return number(e.SlipOver30) }},
		{"completed", func(e programme.EntityFigures) cell { return count(e.Completed.Count) }},
		{"completed_state", func(e programme.EntityFigures) cell { return state(e.Completed.State) }},
		{"like_for_like", func(e programme.EntityFigures) cell { return ratio(e.LikeForLike) }},
		{"take_up", func(e programme.EntityFigures) cell { return ratio(e.TakeUp) }},
		{"completeness", func(e programme.EntityFigures) cell { return ratio(e.Completeness.Share) }},
		{"grade", func(e programme.EntityFigures) cell { return text(e.Completeness.Grade) }},
	}
}
