package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humachi"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/httpserver"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// private lets a browser keep an answer for its person alone, and makes it ask each time whether it still holds.
const private = "private, no-cache"

// unkept is of answers that nobody keeps: what is asked for to be decided on, and what has just been decided.
const unkept = "no-store"

// Asked are the parameters of every call.
type Asked struct {
	On   string `query:"on" doc:"The date described; default: the programme's reporting date, or today." example:"2016-09-30"`
	AsAt string `query:"as_at" doc:"The last day of the knowledge used; default: now, marked provisional." example:"2016-10-10"`
	Lang string `query:"lang" doc:"The language of a CSV's headings; without it they are the names of the JSON fields." enum:"en,ar"`
}

func (a *Asked) common() *Asked { return a }

// input is the parameters of a call, which embed Asked.
type input[T any] interface {
	*T
	common() *Asked
}

// view is what a call answers from: the figures of its question, and who asks.
type view struct {
	*figures.Figures

	question figures.Question
	who      access.Principal
	words    *i18n.Bundle
	logger   *slog.Logger
	// noteRefusal tells the guard that an object is another entity's.
	noteRefusal func()
}

// reply is an answer with what a client needs to keep it.
type reply[T any] struct {
	Status       int
	CacheControl string `header:"Cache-Control"`
	ETag         string `header:"ETag"`
	Body         T
}

// Moment is a stamp without completeness and the sample's mark, for answers that have such fields of their own.
type Moment struct {
	On          civil.Date `json:"on"`
	AsAt        time.Time  `json:"as_at"`
	Provisional bool       `json:"provisional"`
	DataVersion string     `json:"data_version"`
	RuleVersion uint32     `json:"rule_version"`
}

func (v *view) moment() Moment {
	s := v.Stamp
	return Moment{
		On: s.On, AsAt: s.AsAt, Provisional: s.Provisional, DataVersion: s.DataVersion, RuleVersion: s.RuleVersion,
	}
}

type requestKey struct{}

// call describes one call of the API.
type call struct {
	id      string
	who     access.Rule
	path    string
	summary string
	// live says that the answer also rests on what no data version names, so that its tag is made from its content.
	live bool
}

func (a *API) operation(c call) huma.Operation {
	return huma.Operation{
		OperationID: c.id, Method: http.MethodGet, Path: c.path, Summary: c.summary, Tags: []string{"figures"},
		// Parameters are read by reader, which words each fault in both languages.
		SkipValidateParams: true,
		Responses:          problems(a.huma.OpenAPI().Components.Schemas),
	}
}

// answers adds a call that answers JSON.
func answers[T any, P input[T], O any](a *API, c call, answer func(context.Context, *view, P) (O, error)) {
	serve(a, a.operation(c), only(c.who), func(ctx context.Context, parameters *T) (*reply[O], error) {
		r := requestFrom(ctx)
		v, err := a.view(ctx, P(parameters).common())
		if err != nil {
			return nil, asProblem(r, err)
		}
		out := &reply[O]{Status: http.StatusOK, CacheControl: private, ETag: a.tag(r, v)}
		if !c.live && httpserver.Holds(r, out.ETag) {
			out.Status = http.StatusNotModified
			return out, nil
		}
		if out.Body, err = answer(ctx, v, P(parameters)); err != nil {
			return nil, asProblem(r, err)
		}
		if c.live {
			err = tagContent(a, r, v, out)
		}
		if err != nil {
			return nil, asProblem(r, err)
		}
		return out, nil
	})
}

// tagContent names an answer by its content, and leaves the content out when the client has it.
func tagContent[O any](a *API, r *http.Request, v *view, out *reply[O]) error {
	content, err := json.Marshal(out.Body)
	if err != nil {
		return fmt.Errorf("name an answer: %w", err)
	}
	out.ETag = a.tag(r, v, string(content))
	if httpserver.Holds(r, out.ETag) {
		var none O
		out.Status, out.Body = http.StatusNotModified, none
	}
	return nil
}

// view reads the common parameters and takes the figures they ask for.
func (a *API) view(ctx context.Context, asked *Asked) (*view, error) {
	who, known := access.PrincipalFrom(ctx)
	if !known {
		return nil, httpserver.ErrUnauthenticated
	}
	var read reader
	question := figures.Question{On: read.date("on", asked.On), AsAt: read.date("as_at", asked.AsAt)}
	read.oneOf("lang", asked.Lang, "en", "ar")
	if err := read.err(); err != nil {
		return nil, err
	}
	figures, err := a.dependencies.Figures.Figures(ctx, question)
	if err != nil {
		return nil, computing(err)
	}
	return &view{
		Figures: figures, question: question, who: who, words: a.dependencies.Words, logger: a.dependencies.Logger,
		noteRefusal: func() { access.NoteRefusal(ctx, programme.TokenOtherEntity) },
	}, nil
}

// computing keeps a fault of the stored data from being told as a fault of the request.
func computing(err error) error {
	if errors.Is(err, programme.ErrInvalid) {
		return fmt.Errorf("compute figures: %s", err.Error())
	}
	return fmt.Errorf("compute figures: %w", err)
}

// checkParameters refuses parameters that a call doesn't know or that are given twice, and hands the request on.
func checkParameters(ctx huma.Context, next func(huma.Context)) {
	r, w := humachi.Unwrap(ctx)
	allowed := make([]string, 0, len(ctx.Operation().Parameters))
	for _, parameter := range ctx.Operation().Parameters {
		if parameter.In == "query" {
			allowed = append(allowed, parameter.Name)
		}
	}
	var read reader
	given := r.URL.Query()
	for _, name := range slices.Sorted(mapKeys(given)) {
		switch {
		case !slices.Contains(allowed, name):
			read.fault(name, "unknown_parameter", i18n.Args{"allowed": strings.Join(allowed, ", ")})
		case len(given[name]) > 1:
			read.fault(name, "repeated_parameter", nil)
		}
	}
	if err := read.err(); err != nil {
		httpserver.WriteProblem(w, r, err)
		return
	}
	next(huma.WithValue(ctx, requestKey{}, r))
}

func requestFrom(ctx context.Context) *http.Request {
	return ctx.Value(requestKey{}).(*http.Request) // checkParameters has put it there
}

// asProblem looks up an error's problem, with the headers that belong to it.
func asProblem(r *http.Request, err error) error {
	problem := httpserver.ProblemOf(r, err)
	header := http.Header{}
	httpserver.PrepareProblem(header, problem)
	header.Del("Content-Type") // huma sets it from the problem itself
	return huma.ErrorWithHeaders(problem, header)
}

// tag names an answer: it changes with the program, the data, the question and what the asker may see.
func (a *API) tag(r *http.Request, v *view, more ...string) string {
	sum := sha256.New()
	for _, part := range append([]string{
		a.configuration.Version, v.DataVersion, v.On.String(), v.AsAt.UTC().String(), v.visible(), r.URL.Path,
		r.URL.Query().Encode(),
		v.Usage.Month.String(), strconv.FormatBool(v.Provisional), // a day goes by without new data
	}, more...) {
		_, _ = fmt.Fprintf(sum, "%d:%s\n", len(part), part) // a hash takes everything
	}
	return `W/"` + hex.EncodeToString(sum.Sum(nil)[:12]) + `"`
}

// tagOf names an answer by its content alone.
func tagOf(content []byte) string {
	sum := sha256.Sum256(content)
	return `W/"` + hex.EncodeToString(sum[:12]) + `"`
}
