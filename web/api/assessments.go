package api

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"reflect"

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
	list := a.assessmentOperation(
		"assessments", path, "Levels that were claimed of a service, with what was decided on each")
	serve(a, list, only(planReaders()),
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
	for path, shape := range map[string]reflect.Type{
		path: reflect.TypeFor[claimBody](), path + "/{n}/verification": reflect.TypeFor[decisionBody](),
	} {
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

// claimsOf reads the claims of a service that the asker sees; unknown or another entity's is ErrNotFound alike.
func (a *API) claimsOf(ctx context.Context) ([]register.Claim, error) {
	code := chi.URLParam(requestFrom(ctx), "service")
	known, err := a.catalogue(ctx)
	if err != nil {
		return nil, computing(err)
	}
	service, found := known.Services[code]
	if !found {
		return nil, fmt.Errorf("%w: service %q", programme.ErrNotFound, code)
	}
	who, signedIn := access.PrincipalFrom(ctx)
	if !signedIn {
		return nil, httpserver.ErrUnauthenticated
	}
	if !who.Sees(service.Entity) {
		access.NoteRefusal(ctx, programme.TokenOtherEntity)
		a.dependencies.Logger.WarnContext(
			ctx, "another entity's object was asked for", slog.String("actor", who.ID),
			slog.String("entity", service.Entity),
		)
		return nil, fmt.Errorf("%w: it belongs to %q", programme.ErrNotFound, service.Entity)
	}
	stream, err := a.dependencies.Register.Stream(ctx, programme.FamilyAssessment, code)
	if err != nil {
		return nil, computing(err)
	}
	rollouts, err := a.dependencies.Register.ServiceRollouts(ctx, code)
	if err != nil {
		return nil, computing(err)
	}
	claims, err := register.ClaimsOf(stream, rollouts)
	if err != nil {
		return nil, computing(err)
	}
	return claims, nil
}

func (a *API) assessments(ctx context.Context) (*reply[claimsAnswer], error) {
	claims, err := a.claimsOf(ctx)
	if err != nil {
		return nil, err
	}
	items := make([]claimItem, len(claims))
	for i := range claims {
		items[i] = itemOf(&claims[i])
	}
	return &reply[claimsAnswer]{Status: http.StatusOK, CacheControl: unkept, Body: claimsAnswer{Items: items}}, nil
}

func (a *API) claimLevel(ctx context.Context, dryRun string) (*reply[claimAnswer], error) {
	var in claimBody
	by, err := readTried(ctx, dryRun, &in)
	if err != nil {
		return nil, err
	}
	next := programme.Assessment{Level: in.Level, EffectiveOn: in.EffectiveOn, Answers: in.Answers, Comment: in.Comment}
	outcome, err := a.acts.Claims.Make(ctx, by, chi.URLParam(requestFrom(ctx), "service"), next)
	return answerClaim(ctx, &outcome, err)
}

func (a *API) decideClaim(ctx context.Context, dryRun string) (*reply[claimAnswer], error) {
	var in decisionBody
	by, err := readTried(ctx, dryRun, &in)
	if err != nil {
		return nil, err
	}
	decision := register.Decision{
		Claim: chi.URLParam(requestFrom(ctx), "n"), Verify: in.Decision == "verify", Level: in.Level,
		EffectiveOn: in.EffectiveOn,
		Criterion:   in.Criterion, Comment: in.Comment, RecheckOn: in.RecheckOn, Version: in.Version,
	}
	if in.Decision != "verify" && in.Decision != "return" {
		by.Unread = append(by.Unread, programme.Fault{
			Field: "decision", Kind: "not_one_of",
			Args: map[string]any{"value": in.Decision, "allowed": "verify, return"},
		})
	}
	outcome, err := a.acts.Claims.Decide(ctx, by, chi.URLParam(requestFrom(ctx), "service"), decision)
	return answerClaim(ctx, &outcome, err)
}

// readTried reads who acts, whether they only try, and the body.
func readTried(ctx context.Context, dryRun string, into any) (act.By, error) {
	who, known := access.PrincipalFrom(ctx)
	if !known {
		return act.By{}, httpserver.ErrUnauthenticated
	}
	content, err := readBody(requestFrom(ctx))
	if err != nil {
		return act.By{}, err
	}
	var parameters reader
	dry, _ := parameters.boolean("dry_run", dryRun)
	if err := parameters.err(); err != nil {
		return act.By{}, err
	}
	content.into(into)
	return act.By{Who: who, Dry: dry, Unread: content.faults}, nil
}

// answerClaim hands the outcome of an act on a claim to the audit record, and answers it.
func answerClaim(ctx context.Context, outcome *act.Claimed, err error) (*reply[claimAnswer], error) {
	outcome.Note(ctx)
	if err != nil {
		return nil, err
	}
	answer := claimAnswer{
		Claim: itemOf(outcome.After), DryRun: outcome.Dry && !outcome.Unchanged, Unchanged: outcome.Unchanged,
	}
	out := &reply[claimAnswer]{Status: http.StatusOK, CacheControl: unkept, Body: answer}
	if outcome.Recorded() && outcome.Before == nil {
		out.Status = http.StatusCreated
	}
	return out, nil
}
