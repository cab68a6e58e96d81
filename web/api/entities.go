package api

import (
	"context"

	"mirsad/internal/access"
	"mirsad/internal/figures"
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
	figures.EntityFigures

	Sample                bool                 `json:"sample,omitempty"`
	ProgrammeCompleteness figures.Completeness `json:"programme_completeness"`
}

func (a *API) registerEntities() {
	entities := list[*plainInput, figures.EntityFigures]{
		call: call{
			id: "entities", who: access.Readers(), path: "/v1/entities", summary: "Entities with their scorecards",
		},
		items: func(_ context.Context, v *view, _ *plainInput) ([]figures.EntityFigures, error) {
			return v.visibleEntities(), nil
		},
		columns: entityColumns(),
	}
	answers(a, entities.call, func(_ context.Context, v *view, in *entitiesInput) (page[figures.EntityFigures], error) {
		return paginate(v, in.Paged, v.visibleEntities(), func(e figures.EntityFigures) string { return e.Code })
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
	answers(
		a, call{id: "entity", who: access.Readers(), path: "/v1/entities/{entity}", summary: "One entity"}, scorecard,
	)
	answers(
		a,
		call{
			id: "scorecard", who: access.Readers(), path: "/v1/entities/{entity}/scorecard",
			summary: "One entity's scorecard",
		},
		scorecard,
	)
}

func (v *view) visibleEntities() []figures.EntityFigures {
	entities := []figures.EntityFigures{}
	for _, each := range v.Entities {
		if v.who.Sees(each.Code) {
			entities = append(entities, each)
		}
	}
	return entities
}

func entityColumns() []column[figures.EntityFigures] {
	level := func(l programme.Level) func(figures.EntityFigures) cell {
		return func(e figures.EntityFigures) cell { return number(e.ByLevel.At(l)) }
	}
	claimed := func(l programme.Level) func(figures.EntityFigures) cell {
		return func(e figures.EntityFigures) cell { return number(e.ClaimedLevels.At(l)) }
	}
	return []column[figures.EntityFigures]{
		{"code", func(e figures.EntityFigures) cell { return text(e.Code) }},
		{"name", func(e figures.EntityFigures) cell { return text(e.Name) }},
		{"name_ar", func(e figures.EntityFigures) cell { return text(e.NameAr) }},
		{"status", func(e figures.EntityFigures) cell { return text(e.Status) }},
		{"services", func(e figures.EntityFigures) cell { return number(e.Services) }},
		{"live", func(e figures.EntityFigures) cell { return number(e.Live) }},
		{"counted", func(e figures.EntityFigures) cell { return number(e.Counted) }},
		{"end_to_end", func(e figures.EntityFigures) cell { return number(e.EndToEnd) }},
		{"level_1", level(programme.LevelInformative)},
		{"level_2", level(programme.LevelInteractive)},
		{"level_3", level(programme.LevelTransactional)},
		{"level_4", level(programme.LevelIntegrated)},
		{"claimed", func(e figures.EntityFigures) cell { return number(e.ClaimedLevels.Total()) }},
		{"claimed_level_1", claimed(programme.LevelInformative)},
		{"claimed_level_2", claimed(programme.LevelInteractive)},
		{"claimed_level_3", claimed(programme.LevelTransactional)},
		{"claimed_level_4", claimed(programme.LevelIntegrated)},
		{"plan", func(e figures.EntityFigures) cell { return count(e.Plan) }},
		{"plan_state", func(e figures.EntityFigures) cell { return state(e.Plan.State) }},
		{"variance", func(e figures.EntityFigures) cell { return count(e.Variance) }},
		{"schedule_index", func(e figures.EntityFigures) cell { return ratio(e.ScheduleIndex) }},
		{"slip_median", func(e figures.EntityFigures) cell { return ratio(e.SlipMedian) }},
		{"slip_over_30", func(e figures.EntityFigures) cell { return number(e.SlipOver30) }},
		{"completed", func(e figures.EntityFigures) cell { return count(e.Completed.Count) }},
		{"completed_state", func(e figures.EntityFigures) cell { return state(e.Completed.State) }},
		{"like_for_like", func(e figures.EntityFigures) cell { return ratio(e.LikeForLike) }},
		{"take_up", func(e figures.EntityFigures) cell { return ratio(e.TakeUp) }},
		{"completeness", func(e figures.EntityFigures) cell { return ratio(e.Completeness.Share) }},
		{"grade", func(e figures.EntityFigures) cell { return text(e.Completeness.Grade) }},
	}
}
