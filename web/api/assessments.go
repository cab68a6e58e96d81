package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/go-chi/chi/v5"

	"mirsad/internal/access"
	"mirsad/internal/account"
	"mirsad/internal/civil"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// The bodies of POST.
type (
	claimBody struct {
		Level       programme.Level    `json:"level,omitempty" doc:"1 to 4: what the answers reach; left out, it is taken from them."`
		EffectiveOn civil.Date         `json:"effective_on" format:"date" doc:"The day from which the service has the level."`
		Answers     []programme.Answer `json:"answers" doc:"One for each criterion; each yes with url or text as its evidence."`
		Comment     string             `json:"comment,omitempty"`
	}
	decisionBody struct {
		Decision    string              `json:"decision" enum:"verify,return"`
		Level       programme.Level     `json:"level,omitempty" doc:"What is confirmed: at most the claimed level, which it is when left out."`
		EffectiveOn civil.Date          `json:"effective_on,omitempty" format:"date" doc:"From when; left out, from the claim's day. Required to decide on a verified claim again."`
		Criterion   programme.Criterion `json:"criterion,omitempty" doc:"The one that fails; required to return."`
		Comment     string              `json:"comment,omitempty" doc:"Required to return, and to confirm less than was claimed."`
		RecheckOn   civil.Date          `json:"recheck_on,omitempty" format:"date" doc:"Asks to look again on this day."`
		Version     int                 `json:"version,omitempty" doc:"How many decisions on the claim were read; required to decide again."`
	}
)

// claimItem is a claim with the version that a decision on it names.
type claimItem struct {
	register.Claim

	Version int `json:"version"`
}

type claimsAnswer struct {
	Items []claimItem `json:"items"`
	Next  string      `json:"next"`
}

// claimAnswer is what a claim or a decision did, or would do.
type claimAnswer struct {
	Claim     claimItem `json:"claim"`
	DryRun    bool      `json:"dry_run,omitempty"`
	Unchanged bool      `json:"unchanged,omitempty" doc:"The same claim waits already; nothing was added."`
}

func itemOf(c *register.Claim) claimItem {
	item := claimItem{Claim: *c, Version: c.Version()}
	item.Answers, item.Decisions = present(c.Answers), present(c.Decisions)
	return item
}

// trying is the parameter of a POST that can be tried.
type trying struct {
	DryRun string `query:"dry_run" doc:"true: what would be recorded is answered, nothing is." enum:"true,false"`
}

func (a *API) registerAssessments() {
	const path = "/v1/services/{service}/assessments"
	serve(a, a.assessmentOperation("assessments", path, "Levels that were claimed of a service, with what was decided on each"), only(planReaders()),
		func(ctx context.Context, _ *struct{}) (*reply[claimsAnswer], error) {
			return answering(ctx, func() (*reply[claimsAnswer], error) { return a.assessments(ctx) })
		})
	claim := a.assessmentOperation("claim-level", path, "Claim a level of a service of your own entity")
	claim.Method = http.MethodPost
	serve(a, claim, claimants(), func(ctx context.Context, in *trying) (*reply[claimAnswer], error) {
		return answering(ctx, func() (*reply[claimAnswer], error) { return a.claimLevel(ctx, in.DryRun) })
	})
	verify := a.assessmentOperation("verify-level", path+"/{n}/verification", "Verify a claimed level, or return it")
	verify.Method = http.MethodPost
	verify.Parameters = append(verify.Parameters, &huma.Param{
		Name: "n", In: "path", Required: true, Schema: &huma.Schema{Type: huma.TypeString},
		Description: "The claim's number or id; a rollout event that names a level is a claim by its id.",
	})
	serve(a, verify, verifiers(), func(ctx context.Context, in *trying) (*reply[claimAnswer], error) {
		return answering(ctx, func() (*reply[claimAnswer], error) { return a.decideClaim(ctx, in.DryRun) })
	})
	// Described only now, as with documents.
	for path, shape := range map[string]reflect.Type{path: reflect.TypeFor[claimBody](), path + "/{n}/verification": reflect.TypeFor[decisionBody]()} {
		a.huma.OpenAPI().Paths[path].Post.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
			jsonType: {Schema: a.huma.OpenAPI().Components.Schemas.Schema(shape, true, "assessment")},
		}}
	}
}

func (a *API) assessmentOperation(id, path, summary string) huma.Operation {
	operation := a.documentOperation(document{parameter: "service"}, id, path, summary)
	operation.Tags = []string{"assessments"}
	return operation
}

// assessed is a service with everything that was claimed of it and decided on that.
type assessed struct {
	service  programme.Service
	stream   []programme.Fact
	rollouts []programme.Rollout
}

// assessed reads a service of the catalogue that the asker sees; unknown or another entity's is ErrNotFound alike.
func (a *API) assessed(ctx context.Context) (*assessed, register.Catalogue, error) {
	code := chi.URLParam(requestFrom(ctx), "service")
	known, err := a.catalogue(ctx)
	if err != nil {
		return nil, known, computing(err)
	}
	service, found := known.Services[code]
	if !found {
		return nil, known, fmt.Errorf("%w: service %q", programme.ErrNotFound, code)
	}
	who, signedIn := access.PrincipalFrom(ctx)
	if !signedIn {
		return nil, known, httpserver.ErrUnauthenticated
	}
	if !who.Sees(service.Entity) {
		access.NoteRefusal(ctx, programme.TokenOtherEntity)
		a.dependencies.Logger.WarnContext(ctx, "another entity's object was asked for", slog.String("actor", who.ID), slog.String("entity", service.Entity))
		return nil, known, fmt.Errorf("%w: it belongs to %q", programme.ErrNotFound, service.Entity)
	}
	read := &assessed{service: service}
	if read.stream, err = a.dependencies.Register.Stream(ctx, programme.FamilyAssessment, code); err != nil {
		return nil, known, computing(err)
	}
	if read.rollouts, err = a.dependencies.Register.ServiceRollouts(ctx, code); err != nil {
		return nil, known, computing(err)
	}
	return read, known, nil
}

func (a *API) assessments(ctx context.Context) (*reply[claimsAnswer], error) {
	read, _, err := a.assessed(ctx)
	if err != nil {
		return nil, err
	}
	claims, err := register.ClaimsOf(read.stream, read.rollouts)
	if err != nil {
		return nil, computing(err)
	}
	items := make([]claimItem, len(claims))
	for i := range claims {
		items[i] = itemOf(&claims[i])
	}
	return &reply[claimsAnswer]{Status: http.StatusOK, CacheControl: unkept, Body: claimsAnswer{Items: items}}, nil
}

func (a *API) claimLevel(ctx context.Context, dryRun string) (*reply[claimAnswer], error) {
	read, known, err := a.assessed(ctx)
	if err != nil {
		return nil, err
	}
	if who, _ := access.PrincipalFrom(ctx); !who.Admin() && who.Entity != read.service.Entity {
		return nil, fmt.Errorf("%w: %s claims for no entity", programme.ErrForbidden, who.ID)
	}
	content, err := readBody(requestFrom(ctx))
	if err != nil {
		return nil, err
	}
	var in claimBody
	content.into(&in)
	next := programme.Assessment{Level: in.Level, EffectiveOn: in.EffectiveOn, Answers: in.Answers, Comment: in.Comment}
	return a.assess(ctx, read, dryRun, content.faults, func(c register.Change) register.Deciding { return c.Claim(read.service, next, known) })
}

func (a *API) decideClaim(ctx context.Context, dryRun string) (*reply[claimAnswer], error) {
	read, _, err := a.assessed(ctx)
	if err != nil {
		return nil, err
	}
	content, err := readBody(requestFrom(ctx))
	if err != nil {
		return nil, err
	}
	var in decisionBody
	content.into(&in)
	decision := register.Decision{
		Claim: chi.URLParam(requestFrom(ctx), "n"), Verify: in.Decision == "verify", Level: in.Level, EffectiveOn: in.EffectiveOn,
		Criterion: in.Criterion, Comment: in.Comment, RecheckOn: in.RecheckOn, Version: in.Version,
	}
	if in.Decision != "verify" && in.Decision != "return" {
		content.faults = append(content.faults, programme.Fault{
			Field: "decision", Kind: "not_one_of", Args: map[string]any{"value": in.Decision, "allowed": "verify, return"},
		})
	}
	return a.assess(ctx, read, dryRun, content.faults, func(c register.Change) register.Deciding { return c.Decide(decision, read.rollouts) })
}

// assess records a step of an assessment, or says what it would be.
func (a *API) assess(
	ctx context.Context, read *assessed, dryRun string, form []programme.Fault, rule func(register.Change) register.Deciding,
) (*reply[claimAnswer], error) {
	var parameters reader
	dry, _ := parameters.boolean("dry_run", dryRun)
	if err := parameters.err(); err != nil {
		return nil, err
	}
	who, _ := access.PrincipalFrom(ctx)
	decide := rule(register.Change{Actor: who.ID})
	account.NoteNoVersion(ctx, programme.FamilyAssessment, read.service.Code, read.service.Entity, dry) // unless it does
	if dry || len(form) > 0 {
		draft, err := decide(read.stream)
		if all := programme.JoinFaults(form, err); all != nil {
			return nil, all
		}
		return a.wouldAssess(read, draft, err)
	}
	fact, err := a.dependencies.Register.Decide(ctx, programme.FamilyAssessment, read.service.Code, func(stream []programme.Fact) (programme.Draft, error) {
		read.stream = stream
		return decide(stream)
	})
	if errors.Is(err, register.ErrUnchanged) {
		return a.wouldAssess(read, programme.Draft{}, err)
	}
	if err != nil {
		return nil, err
	}
	before, after, err := read.around(fact)
	if err != nil {
		return nil, err
	}
	access.NoteAct(ctx, "assessment/"+read.service.Code+"/"+after.ID, read.service.Entity, before, after)
	out := &reply[claimAnswer]{Status: http.StatusOK, CacheControl: unkept, Body: claimAnswer{Claim: itemOf(after)}}
	if before == nil {
		out.Status = http.StatusCreated
	}
	return out, nil
}

// around returns the claim that a fact is about, before it and after; before is nil of a new claim.
func (r *assessed) around(fact programme.Fact) (before any, after *register.Claim, err error) {
	if after, err = register.ClaimAfter(r.stream, r.rollouts, fact); err != nil {
		return nil, nil, computing(err)
	}
	claims, err := register.ClaimsOf(r.stream, r.rollouts)
	if err != nil {
		return nil, nil, computing(err)
	}
	if was, err := register.FindClaim(claims, after.ID); err == nil && after.ID != "" {
		before = was
	}
	return before, after, nil
}

// wouldAssess answers a dry run, and a claim that waits already.
func (a *API) wouldAssess(read *assessed, draft programme.Draft, err error) (*reply[claimAnswer], error) {
	answer := claimAnswer{DryRun: true}
	standing := newestOf(read.stream)
	switch {
	case errors.Is(err, register.ErrUnchanged):
		answer = claimAnswer{Unchanged: true}
	case err != nil:
		return nil, err
	default:
		raw, err := json.Marshal(draft.Body)
		if err != nil {
			return nil, err
		}
		standing = programme.Fact{
			Family: programme.FamilyAssessment, Subject: read.service.Code, Seq: standing.Seq + 1, EffectiveOn: draft.EffectiveOn,
			RecordedAt: read.newest(), Actor: draft.Actor, Body: raw,
		}
	}
	claim, err := register.ClaimAfter(read.stream, read.rollouts, standing)
	if err != nil {
		return nil, computing(err)
	}
	answer.Claim = itemOf(claim)
	return &reply[claimAnswer]{Status: http.StatusOK, CacheControl: unkept, Body: answer}, nil
}

// newest is when the newest of what was claimed and decided was recorded: a trial stands after it.
func (r *assessed) newest() time.Time {
	at := newestOf(r.stream).RecordedAt
	for i := range r.rollouts {
		if r.rollouts[i].RecordedAt.After(at) {
			at = r.rollouts[i].RecordedAt
		}
	}
	return at
}
