package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/go-chi/chi/v5"

	"mirsad/internal/access"
	"mirsad/internal/act"
	"mirsad/internal/civil"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// document is a kind of object that is read and written whole, each time as a new version.
type document struct {
	id, path, what string
	// parameter is the part of the path that names it; "" where there is one only.
	parameter string
	family    programme.Family
	subject   func(name string) string
	// shape is the type that PUT takes; read reads a body of it and returns how to record that.
	shape reflect.Type
	read  func(ctx context.Context, name string, b *body) (recording, error)
	// value returns what stands; nil leaves GET to the figures.
	value func(name string, stream []programme.Fact) (any, error)
}

// recording is the act that records a document as it was read.
type recording func(context.Context, act.By, register.Change) (act.Version, error)

// documentAnswer is what stands.
type documentAnswer struct {
	Version uint32 `json:"version" doc:"Name it in a PUT: as version, or in If-Match."`
	Value   any    `json:"value"`
}

// changeAnswer is what a PUT did, or would do.
type changeAnswer struct {
	documentAnswer

	Actor       string                `json:"actor"`
	RecordedAt  time.Time             `json:"recorded_at,omitzero" doc:"Absent from a dry run."`
	Reason      string                `json:"reason"`
	EffectiveOn civil.Date            `json:"effective_on,omitzero"`
	DryRun      bool                  `json:"dry_run,omitempty"`
	Unchanged   bool                  `json:"unchanged,omitempty" doc:"The same stands already; no version was added."`
	Difference  []register.Difference `json:"difference"`
	Effect      *programme.Effect     `json:"effect,omitempty" doc:"Of a dry run: the counted total before and after."`
}

// versionsAnswer is everything that stood, the newest first.
type versionsAnswer struct {
	Items []register.Version `json:"items"`
}

// putting are the parameters of a PUT.
type putting struct {
	DryRun  string `query:"dry_run" doc:"true: the difference and the effect are answered, nothing is recorded." enum:"true,false"`
	IfMatch string `header:"If-Match" doc:"The version that was read, such as \"3\"; in place of version in the body."`
}

// registerDocument adds GET, PUT and the versions of a document.
func (a *API) registerDocument(d document) {
	if d.value != nil {
		serve(a, a.documentOperation(d, d.id, d.path, "Read "+d.what), only(access.Readers()),
			func(ctx context.Context, _ *struct{}) (*reply[documentAnswer], error) {
				return answering(ctx, func() (*reply[documentAnswer], error) { return a.readDocument(ctx, d) })
			})
	}
	serve(a, a.documentOperation(d, d.id+"-versions", d.path+"/versions", "Versions of "+d.what+": who, when, why"), historians(),
		func(ctx context.Context, _ *struct{}) (*reply[versionsAnswer], error) {
			return answering(ctx, func() (*reply[versionsAnswer], error) { return a.documentVersions(ctx, d) })
		})
	put := a.documentOperation(d, "put-"+d.id, d.path, "Record a new version of "+d.what)
	put.Method = http.MethodPut
	serve(a, put, registrars(), func(ctx context.Context, in *putting) (*reply[changeAnswer], error) {
		return answering(ctx, func() (*reply[changeAnswer], error) { return a.putDocument(ctx, d, *in) })
	})
	// Described only now: huma would check the body itself, in words of its own and in one language.
	a.huma.OpenAPI().Paths[d.path].Put.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		jsonType: {Schema: a.bodySchema(d)},
	}}
}

// bodySchema describes what a PUT takes. The version of a rule is given by the server: it may be sent back as it was
// read, and need not be.
func (a *API) bodySchema(d document) *huma.Schema {
	schemas := a.huma.OpenAPI().Components.Schemas
	reference := schemas.Schema(d.shape, true, d.id)
	body := schemas.SchemaFromRef(reference.Ref)
	if body == nil || body.Properties["rule"] == nil {
		return reference
	}
	rule := *schemas.SchemaFromRef(body.Properties["rule"].Ref)
	rule.Required = slices.DeleteFunc(slices.Clone(rule.Required), func(name string) bool { return name == "version" })
	body.Properties["rule"] = &rule
	return reference
}

// documentOperation is operation for what is recorded rather than computed.
func (a *API) documentOperation(d document, id, path, summary string) huma.Operation {
	operation := a.operation(call{id: id, path: path, summary: summary})
	operation.Tags = []string{"register"}
	if d.parameter != "" {
		operation.Parameters = []*huma.Param{{
			Name: d.parameter, In: "path", Required: true, Schema: &huma.Schema{Type: huma.TypeString},
			Description: "The code, or the calendar's name.",
		}}
	}
	return operation
}

// name returns the document that the path names; "" for the one that needs no name.
func (d document) name(ctx context.Context) string {
	return chi.URLParam(requestFrom(ctx), d.parameter)
}

// answering words an error for the client.
func answering[T any](ctx context.Context, answer func() (*reply[T], error)) (*reply[T], error) {
	out, err := answer()
	if err != nil {
		return nil, asProblem(requestFrom(ctx), err)
	}
	return out, nil
}

// versioned is the answer of a version: a client that sends it back in If-None-Match is told that it still holds.
func versioned[T any](ctx context.Context, version uint32, content T) *reply[T] {
	out := &reply[T]{
		Status: http.StatusOK, CacheControl: private, ETag: strconv.Quote(strconv.FormatUint(uint64(version), 10)),
		Body: content,
	}
	if r := requestFrom(ctx); r.Method != http.MethodPut && httpserver.Holds(r, out.ETag) {
		out.Status = http.StatusNotModified
	}
	return out
}

func newestOf(stream []programme.Fact) programme.Fact {
	if len(stream) == 0 {
		return programme.Fact{}
	}
	return stream[len(stream)-1]
}

func (a *API) readDocument(ctx context.Context, d document) (*reply[documentAnswer], error) {
	name := d.name(ctx)
	stream, err := a.dependencies.Register.Stream(ctx, d.family, d.subject(name))
	if err != nil {
		return nil, computing(err)
	}
	value, err := d.value(name, stream)
	if err != nil {
		return nil, err
	}
	version := newestOf(stream).Seq
	return versioned(ctx, version, documentAnswer{Version: version, Value: value}), nil
}

func (a *API) documentVersions(ctx context.Context, d document) (*reply[versionsAnswer], error) {
	name := d.name(ctx)
	stream, err := a.dependencies.Register.Stream(ctx, d.family, d.subject(name))
	if err != nil {
		return nil, computing(err)
	}
	if len(stream) == 0 && d.value != nil {
		_, err = d.value(name, stream) // an empty calendar is one, an unknown campaign is not
	} else if len(stream) == 0 {
		err = fmt.Errorf("%w: %s", programme.ErrNotFound, d.what)
	}
	if err != nil {
		return nil, err
	}
	return versioned(ctx, newestOf(stream).Seq, versionsAnswer{Items: register.VersionsOf(stream)}), nil
}

// putDocument records a new version, or says what it would be.
func (a *API) putDocument(ctx context.Context, d document, in putting) (*reply[changeAnswer], error) {
	who, known := access.PrincipalFrom(ctx)
	if !known {
		return nil, httpserver.ErrUnauthenticated
	}
	var read reader
	dry, _ := read.boolean("dry_run", in.DryRun)
	if err := read.err(); err != nil {
		return nil, err
	}
	content, err := readBody(requestFrom(ctx))
	if err != nil {
		return nil, err
	}
	record, err := d.read(ctx, d.name(ctx), content)
	if err != nil {
		return nil, err
	}
	content.match(in.IfMatch)
	outcome, err := record(ctx, act.By{Who: who, Dry: dry, Unread: content.faults}, content.change)
	outcome.Note(ctx)
	if err != nil {
		return nil, err
	}
	answer, err := answerOf(&outcome)
	if err != nil {
		return nil, err
	}
	return versioned(ctx, answer.Version, answer), nil
}

// answerOf words what was recorded; of a dry run the version is the one that the draft would follow.
func answerOf(outcome *act.Version) (changeAnswer, error) {
	fact, before := outcome.After, programme.Fact{}
	if outcome.Before != nil {
		before = *outcome.Before
	}
	answer := changeAnswer{
		documentAnswer: documentAnswer{Version: fact.Seq}, Actor: fact.Actor, RecordedAt: fact.RecordedAt,
		Reason:      fact.Reason,
		EffectiveOn: fact.EffectiveOn, Difference: register.Differences(before.Body, fact.Body),
		DryRun: outcome.Dry, Unchanged: outcome.Unchanged, Effect: outcome.Effect,
	}
	if outcome.Dry {
		answer.Version = before.Seq
	}
	if err := json.Unmarshal(fact.Body, &answer.Value); err != nil {
		return changeAnswer{}, fmt.Errorf("fact %s/%d: %w", fact.Subject, fact.Seq, err)
	}
	return answer, nil
}
