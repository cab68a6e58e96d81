package api

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strconv"

	"github.com/go-chi/chi/v5"

	"mirsad/internal/access"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// Planner knows what plans are checked against.
type Planner interface {
	Planning(ctx context.Context) (*register.Planning, error)
}

// PlanBook writes an entity's plan as a workbook to fill in, and reads one that was.
type PlanBook interface {
	Write(ctx context.Context, to io.Writer, planning *register.Planning, entity string, language i18n.Language) error
	// Read refuses a file that is no template of the entity with a *programme.FaultsError.
	Read(workbook []byte, entity string) (register.PlanSheet, error)
}

const (
	planPath      = "/v1/entities/{entity}/plan"
	revisionsPath = "/v1/entities/{entity}/plan-revisions"
)

// plannedInput asks for an entity's plan.
type plannedInput struct {
	Asked
	Entity string `path:"entity" doc:"The entity's code."`
}

// planAnswer is an entity's plan on a date, with every baseline until then.
type planAnswer struct {
	Moment

	Entity    string                   `json:"entity"`
	InForce   *register.PlanRevision   `json:"in_force" doc:"null before the first approval."`
	Baselines []*register.PlanRevision `json:"baselines"`
	Draft     *register.PlanRevision   `json:"draft" doc:"What the entity has not submitted yet."`
	Waiting   *register.PlanRevision   `json:"waiting" doc:"What waits for a planner's decision."`
}

func (a *API) registerPlans() {
	answers(
		a,
		call{
			id: "plan", who: planReaders(), path: planPath,
			summary: "An entity's plan in force, its baselines, and what is drafted or submitted", live: true,
		},
		a.plan,
	)
	answers(
		a,
		call{
			id: "plan-revisions", who: planReaders(), path: revisionsPath,
			summary: "Every revision of an entity's plan", live: true,
		},
		a.planRevisions,
	)
	answers(
		a,
		call{
			id: "plan-revision", who: planReaders(), path: revisionsPath + "/{n}",
			summary: "One revision of an entity's plan", live: true,
		},
		a.planRevision,
	)
	a.registerPlanChanges()
	if a.dependencies.PlanBook != nil {
		operation := a.operation(call{
			id: "plan-template", who: planReaders(), path: planPath + "-template.xlsx",
			summary: "The Excel template, filled with the plan in force",
		})
		operation.Tags = []string{"plans"}
		serve(a, operation, only(planReaders()), a.planTemplate)
	}
}

// seesDrafts reports whether the asker sees what an entity has not submitted yet: its own people and tokens, who looks
// after the program, and auditors.
func (v *view) seesDrafts(entity string) bool {
	return v.who.Entity == entity || v.who.Admin() || v.who.Role == access.RoleAuditor
}

// recorded is an entity's plans as they were known at the view's moment; another's entity is ErrNotFound.
func (a *API) recorded(ctx context.Context, v *view, entity string) (*register.PlanRecord, error) {
	if _, err := v.entity(entity); err != nil {
		return nil, err
	}
	facts, err := a.dependencies.Register.Facts(ctx, []programme.Family{programme.FamilyPlan}, v.AsAt)
	if err != nil {
		return nil, computing(err)
	}
	plans, err := register.PlansOf(facts)
	if err != nil {
		return nil, computing(err)
	}
	if record := plans[entity]; record != nil {
		return record, nil
	}
	return &register.PlanRecord{Entity: entity, Revisions: []register.PlanRevision{}}, nil
}

func (a *API) plan(ctx context.Context, v *view, in *plannedInput) (planAnswer, error) {
	record, err := a.recorded(ctx, v, in.Entity)
	if err != nil {
		return planAnswer{}, err
	}
	answer := planAnswer{
		Moment: v.moment(), Entity: in.Entity, InForce: record.InForceOn(v.On), Baselines: []*register.PlanRevision{},
		Waiting: record.Waiting(),
	}
	if v.seesDrafts(in.Entity) {
		answer.Draft = record.Draft()
	}
	for _, baseline := range record.Baselines() {
		if baseline.ApprovedOn <= v.On {
			answer.Baselines = append(answer.Baselines, baseline)
		}
	}
	return answer, nil
}

// revisionsAnswer lists revisions without their milestones.
type revisionsAnswer struct {
	Moment

	Items []register.PlanRevision `json:"items"`
	Next  string                  `json:"next"`
}

func (a *API) planRevisions(ctx context.Context, v *view, in *plannedInput) (revisionsAnswer, error) {
	record, err := a.recorded(ctx, v, in.Entity)
	if err != nil {
		return revisionsAnswer{}, err
	}
	answer := revisionsAnswer{Moment: v.moment(), Items: []register.PlanRevision{}}
	for _, each := range record.Revisions {
		if each.State == programme.PlanDraft && !v.seesDrafts(in.Entity) {
			continue
		}
		each.Milestones = []programme.Milestone{}
		answer.Items = append(answer.Items, each)
	}
	return answer, nil
}

type revisionInput struct {
	Asked
	Entity string `path:"entity" doc:"The entity's code."`
	N      string `path:"n" doc:"The revision's number."`
}

// revisionAnswer is a revision, and how it differs from the plan that was in force before it.
type revisionAnswer struct {
	Moment
	register.PlanRevision

	Difference []register.PlanChange `json:"difference"`
}

func (a *API) planRevision(ctx context.Context, v *view, in *revisionInput) (revisionAnswer, error) {
	record, err := a.recorded(ctx, v, in.Entity)
	if err != nil {
		return revisionAnswer{}, err
	}
	number, _ := strconv.Atoi(in.N)
	revision := record.Revision(number)
	if revision == nil || (revision.State == programme.PlanDraft && !v.seesDrafts(in.Entity)) {
		return revisionAnswer{}, fmt.Errorf("%w: revision %q", programme.ErrNotFound, in.N)
	}
	return revisionAnswer{
		Moment: v.moment(), PlanRevision: *revision,
		Difference: register.PlanDifference(record.Before(revision), revision.Milestones),
	}, nil
}

// templateReply is the workbook.
type templateReply struct {
	ContentType  string `header:"Content-Type"`
	Disposition  string `header:"Content-Disposition"`
	CacheControl string `header:"Cache-Control"`
	Body         []byte
}

func (a *API) planTemplate(ctx context.Context, in *plannedInput) (*templateReply, error) {
	v, err := a.view(ctx, &in.Asked)
	if err == nil {
		_, err = v.entity(in.Entity)
	}
	language := i18n.English
	if in.Lang == string(i18n.Arabic) {
		language = i18n.Arabic
	}
	var planning *register.Planning
	if err == nil {
		planning, err = a.dependencies.Planner.Planning(ctx)
	}
	var content bytes.Buffer
	if err == nil {
		err = a.dependencies.PlanBook.Write(ctx, &content, planning, in.Entity, language)
	}
	if err != nil {
		return nil, asProblem(requestFrom(ctx), err)
	}
	return &templateReply{
		ContentType: workbookType, CacheControl: unkept, Body: content.Bytes(),
		Disposition: fmt.Sprintf(`attachment; filename="plan-%s-%s.xlsx"`, in.Entity, language),
	}, nil
}

// ownPlan is the code of the entity whose plan the request changes, which is the asker's own, and who asks.
func (a *API) ownPlan(ctx context.Context, planning *register.Planning) (string, access.Principal, error) {
	entity := chi.URLParam(requestFrom(ctx), "entity")
	who, _ := access.PrincipalFrom(ctx)
	switch {
	case !planning.Entities[entity]:
		return "", who, fmt.Errorf("%w: entity %q", programme.ErrNotFound, entity)
	case !who.Sees(entity):
		access.NoteRefusal(ctx, programme.TokenOtherEntity)
		return "", who, fmt.Errorf("%w: it belongs to %q", programme.ErrNotFound, entity)
	}
	return entity, who, nil
}
