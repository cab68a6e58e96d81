package api

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/go-chi/chi/v5"

	"mirsad/internal/access"
	"mirsad/internal/act"
	"mirsad/internal/civil"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// The bodies of POST.
type (
	planBody struct {
		Milestones []programme.Milestone `json:"milestones" doc:"All of the plan: a milestone of the plan in force that is not here is dropped."`
		Comment    string                `json:"comment,omitempty" doc:"What the planner should know; why milestones are dropped."`
		Draft      bool                  `json:"draft,omitempty" doc:"true keeps it as a draft; else it is submitted."`
		Version    uint32                `json:"version,omitempty" doc:"The step of the plan that was read; another one since is a conflict. Left out: no check."`
	}
	planDecisionBody struct {
		Decision   string                        `json:"decision" enum:"approve,return"`
		Comment    string                        `json:"comment,omitempty" doc:"Required to return."`
		Returned   []programme.ReturnedMilestone `json:"returned,omitempty" doc:"Milestones that an approval leaves out."`
		ApprovedOn civil.Date                    `json:"approved_on,omitempty" format:"date" doc:"From when the baseline is in force; left out, from the reporting date."`
	}
)

// planChangeAnswer is what a submission or a decision did, or would do.
type planChangeAnswer struct {
	Entity     string                 `json:"entity"`
	Revision   *register.PlanRevision `json:"revision" doc:"null of a dry run."`
	DryRun     bool                   `json:"dry_run,omitempty"`
	Unchanged  bool                   `json:"unchanged,omitempty" doc:"The same stands already; nothing was added."`
	Difference []register.PlanChange  `json:"difference" doc:"From the plan in force, milestone by milestone."`
	Warnings   []httpserver.Fault     `json:"warnings" doc:"What a planner will ask about; they refuse nothing."`
}

// submission is a plan on its way in.
type submission struct {
	entity   string
	who      access.Principal
	planning *register.Planning
	dry      bool
	body     planBody
	// form are the faults of what could not be read, sheet the workbook that it came from; empty for JSON.
	form  []programme.Fault
	sheet register.PlanSheet
}

func (a *API) registerPlanChanges() {
	submit := a.planOperation("submit-plan", revisionsPath, "Submit a revision of your entity's plan, or keep a draft")
	serve(a, submit, submitters(), func(ctx context.Context, in *trying) (*reply[planChangeAnswer], error) {
		return answering(ctx, func() (*reply[planChangeAnswer], error) { return a.submitPlan(ctx, in.DryRun) })
	})
	decide := a.planOperation(
		"decide-plan", revisionsPath+"/{n}/decision", "Approve a submitted revision, or return it",
	)
	decide.Parameters = append(
		decide.Parameters,
		&huma.Param{Name: "n", In: "path", Required: true, Schema: &huma.Schema{Type: huma.TypeInteger}},
	)
	serve(a, decide, planners(), func(ctx context.Context, _ *struct{}) (*reply[planChangeAnswer], error) {
		return answering(ctx, func() (*reply[planChangeAnswer], error) { return a.decidePlan(ctx) })
	})
	// Described only now, as with documents.
	schemas := a.huma.OpenAPI().Components.Schemas
	submitted := map[string]*huma.MediaType{
		jsonType: {Schema: schemas.Schema(reflect.TypeFor[planBody](), true, "plan")},
	}
	if a.dependencies.PlanBook != nil {
		submitted[workbookType] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	}
	a.huma.OpenAPI().Paths[revisionsPath].Post.RequestBody = &huma.RequestBody{Required: true, Content: submitted}
	decided := map[string]*huma.MediaType{
		jsonType: {Schema: schemas.Schema(reflect.TypeFor[planDecisionBody](), true, "plan-decision")},
	}
	decision := a.huma.OpenAPI().Paths[revisionsPath+"/{n}/decision"].Post
	decision.RequestBody = &huma.RequestBody{Required: true, Content: decided}
}

func (a *API) planOperation(id, path, summary string) huma.Operation {
	operation := a.documentOperation(document{parameter: "entity"}, id, path, summary)
	operation.Tags, operation.Method = []string{"plans"}, http.MethodPost
	return operation
}

// submitPlan reads a plan from JSON or from the filled template, checks it and records it.
func (a *API) submitPlan(ctx context.Context, dryRun string) (*reply[planChangeAnswer], error) {
	planning, err := a.dependencies.Planner.Planning(ctx)
	if err != nil {
		return nil, computing(err)
	}
	s := &submission{planning: planning}
	if s.entity, s.who, err = a.ownPlan(ctx, planning); err != nil {
		return nil, err
	}
	var parameters reader
	s.dry, _ = parameters.boolean("dry_run", dryRun)
	if err := parameters.err(); err != nil {
		return nil, err
	}
	if err := a.readPlan(requestFrom(ctx), s); err != nil {
		return nil, err
	}
	plan, change := a.acts.Plans.Of(s.entity, planning), register.Change{
		Reason: s.body.Comment, Version: s.body.Version,
	}
	write := plan.Submit
	if s.body.Draft {
		write = plan.Keep
	}
	outcome, err := write(ctx, act.By{Who: s.who, Dry: s.dry, Unread: s.form}, change, s.body.Milestones)
	outcome.Note(ctx)
	if found, are := errors.AsType[*programme.FaultsError](err); are {
		return nil, &httpserver.FaultsError{Faults: s.worded(found.Faults)}
	}
	if err != nil {
		return nil, err
	}
	record := planning.Record(s.entity)
	milestones := register.NameMilestones(planning.AsRecorded(s.body.Milestones), record.Planned())
	warnings := planning.Warnings(s.entity, milestones)
	if s.sheet.Address != nil {
		warnings = append(record.Outdated(s.sheet.Revision), warnings...)
	}
	answer := planChangeAnswer{
		Entity: s.entity, Difference: register.PlanDifference(record.Planned(), milestones),
		Warnings: s.worded(warnings),
	}
	return answerPlan(answer, &outcome), nil
}

// worded words faults in both languages, each with its cell.
func (s *submission) worded(found []programme.Fault) []httpserver.Fault {
	found = programme.BoundFaults(found)
	worded := httpserver.WordFaults(&programme.FaultsError{Faults: found})
	cell := s.sheet.Cells()
	for i := range worded {
		worded[i].Cell = cell(found[i])
	}
	return worded
}

func (a *API) readPlan(r *http.Request, s *submission) error {
	if a.dependencies.PlanBook == nil || r.Header.Get("Content-Type") != workbookType {
		content, err := readBodyUpTo(r, largestPlan)
		if err != nil {
			return err
		}
		content.into(&s.body)
		s.form = content.faults
		return nil
	}
	raw, err := readAll(r, largestPlan)
	if err != nil {
		return err
	}
	if s.sheet, err = a.dependencies.PlanBook.Read(raw, s.entity); err != nil {
		return err
	}
	s.body.Milestones, s.body.Comment, s.form = s.sheet.Milestones, r.URL.Query().Get("comment"), s.sheet.FormFaults()
	return nil
}

// answerPlan answers the revision as it stands after an act, and of a dry run none.
func answerPlan(answer planChangeAnswer, outcome *act.Planned) *reply[planChangeAnswer] {
	out := &reply[planChangeAnswer]{Status: http.StatusOK, CacheControl: unkept}
	if outcome.Recorded() {
		out.Status = http.StatusCreated
	}
	answer.DryRun, answer.Unchanged = outcome.Dry, outcome.Unchanged
	if !outcome.Dry {
		answer.Revision = outcome.After
	}
	out.Body = answer
	return out
}

func (a *API) decidePlan(ctx context.Context) (*reply[planChangeAnswer], error) {
	planning, err := a.dependencies.Planner.Planning(ctx)
	if err != nil {
		return nil, computing(err)
	}
	entity, who, err := a.ownPlan(ctx, planning)
	if err != nil {
		return nil, err
	}
	content, err := readBody(requestFrom(ctx))
	if err != nil {
		return nil, err
	}
	var in planDecisionBody
	content.into(&in)
	if in.Decision != "approve" && in.Decision != "return" {
		content.faults = append(content.faults, programme.Fault{
			Field: "decision", Kind: "not_one_of",
			Args: map[string]any{"value": in.Decision, "allowed": "approve, return"},
		})
	}
	number, _ := strconv.Atoi(chi.URLParam(requestFrom(ctx), "n")) // what is no number names no revision
	decision := register.PlanDecision{
		Revision: number, Approve: in.Decision == "approve", Comment: in.Comment, Returned: in.Returned,
		ApprovedOn: in.ApprovedOn,
	}
	if decision.Approve && decision.ApprovedOn.IsZero() {
		decision.ApprovedOn = planning.On
	}
	answer := planChangeAnswer{Entity: entity, Difference: []register.PlanChange{}, Warnings: []httpserver.Fault{}}
	record := planning.Record(entity)
	if revision := record.Revision(number); revision != nil {
		answer.Difference = register.PlanDifference(record.Before(revision), revision.Milestones)
	}
	outcome, err := a.acts.Plans.Of(entity, planning).Decide(ctx, act.By{Who: who, Unread: content.faults}, decision)
	outcome.Note(ctx)
	if err != nil {
		return nil, err
	}
	return answerPlan(answer, &outcome), nil
}
