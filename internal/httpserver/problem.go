package httpserver

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// The meanings that only a request has; the others are sentinels of programme.
var (
	ErrUnauthenticated      = errors.New("not signed in")
	ErrCrossSite            = errors.New("sent by another site")
	ErrMethodNotAllowed     = errors.New("method not allowed")
	ErrTooLarge             = errors.New("body too large")
	ErrUnsupportedMediaType = errors.New("unsupported media type")
	ErrTooManyRequests      = errors.New("too many requests")
)

// meaning is what an error becomes: a status, a stable code and, by the code, texts in two languages
// (api.problem.<code>.title and .remedy).
type meaning struct {
	err    error
	status int
	code   string
	// shown reports whether the error's own text was written for the client.
	shown bool
}

// meanings is the one table from errors to answers; the first that matches holds.
var meanings = []meaning{
	{err: ErrUnauthenticated, status: http.StatusUnauthorized, code: "unauthenticated"},
	{err: ErrCrossSite, status: http.StatusForbidden, code: "cross_site"},
	{err: ErrMethodNotAllowed, status: http.StatusMethodNotAllowed, code: "method_not_allowed"},
	{err: ErrTooLarge, status: http.StatusRequestEntityTooLarge, code: "too_large", shown: true},
	{err: ErrUnsupportedMediaType, status: http.StatusUnsupportedMediaType, code: "unsupported_media_type", shown: true},
	{err: ErrTooManyRequests, status: http.StatusTooManyRequests, code: "too_many_requests"},
	{err: programme.ErrInvalid, status: http.StatusUnprocessableEntity, code: "invalid", shown: true},
	{err: programme.ErrNotFound, status: http.StatusNotFound, code: "not_found"},
	{err: programme.ErrAlreadyDecided, status: http.StatusConflict, code: "already_decided", shown: true},
	{err: programme.ErrOwnClaim, status: http.StatusForbidden, code: "own_claim"},
	{err: programme.ErrOwnPlan, status: http.StatusForbidden, code: "own_plan"},
	{err: programme.ErrForbidden, status: http.StatusForbidden, code: "forbidden"},
	{err: programme.ErrOverLimit, status: http.StatusServiceUnavailable, code: "over_limit"},
	{err: programme.ErrUnavailable, status: http.StatusServiceUnavailable, code: "unavailable"},
	{err: context.DeadlineExceeded, status: http.StatusServiceUnavailable, code: "unavailable"},
	{err: context.Canceled, status: http.StatusServiceUnavailable, code: "unavailable"},
}

// unforeseen is what every other error becomes: its words stay in the log.
var unforeseen = meaning{status: http.StatusInternalServerError, code: "internal"}

// Problem is an RFC 9457 answer; it is an error, so that a handler may return it.
type Problem struct { //nolint:errname // an answer first, and RFC 9457 calls it a problem
	Type      string  `json:"type" example:"about:blank"`
	Title     string  `json:"title"`
	TitleAr   string  `json:"title_ar"`
	Status    int     `json:"status"`
	Code      string  `json:"code" doc:"Stable; programs decide by it."`
	Detail    string  `json:"detail,omitempty"`
	DetailAr  string  `json:"detail_ar,omitempty"`
	Remedy    string  `json:"remedy"`
	RemedyAr  string  `json:"remedy_ar"`
	Reference string  `json:"reference,omitempty" doc:"Names the request in the log."`
	Errors    []Fault `json:"errors,omitempty" doc:"Every fault of the request at once."`
	// DecidedBy and DecidedAt go with already_decided.
	DecidedBy string    `json:"decided_by,omitempty" doc:"Who decided before, where that is why."`
	DecidedAt time.Time `json:"decided_at,omitzero" doc:"When that was."`
}

// Fault is one thing wrong with a request, in both languages.
type Fault struct {
	Field     string `json:"field"`
	Cell      string `json:"cell,omitempty" doc:"Of an uploaded workbook: the cell that the field came from."`
	Message   string `json:"message"`
	MessageAr string `json:"message_ar"`
	Remedy    string `json:"remedy,omitempty"`
	RemedyAr  string `json:"remedy_ar,omitempty"`
}

// FaultsError is a request with faults, named all at once; it is an ErrInvalid.
type FaultsError struct{ Faults []Fault }

// Error names the faults in English.
func (e *FaultsError) Error() string {
	parts := make([]string, 0, len(e.Faults))
	for _, fault := range e.Faults {
		parts = append(parts, fault.Field+": "+fault.Message)
	}
	return strings.Join(parts, "; ")
}

// Unwrap makes the faults an ErrInvalid.
func (e *FaultsError) Unwrap() error { return programme.ErrInvalid }

// Error returns the title and the detail in English.
func (p *Problem) Error() string {
	if p.Detail == "" {
		return p.Title
	}
	return p.Title + ": " + p.Detail
}

// GetStatus returns the HTTP status; huma asks for it.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType returns the media type of a problem; huma asks for it.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// ProblemOf looks the error up in the table of meanings. What the table does not know becomes `internal`, its
// words kept for the request's log line. An invalid GET is 400, an invalid body 422.
func ProblemOf(r *http.Request, err error) *Problem {
	NoteError(r.Context(), err)
	if ready, is := errors.AsType[*Problem](err); is {
		return ready
	}
	found := meaningOf(err)
	english, arabic := texts().In(i18n.English), texts().In(i18n.Arabic)
	problem := &Problem{
		Type:      "about:blank",
		Status:    found.status,
		Code:      found.code,
		Reference: Reference(r.Context()),
		Title:     english.T("api.problem." + found.code + ".title"),
		TitleAr:   arabic.T("api.problem." + found.code + ".title"),
		Remedy:    english.T("api.problem." + found.code + ".remedy"),
		RemedyAr:  arabic.T("api.problem." + found.code + ".remedy"),
	}
	if found.code == "invalid" && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
		problem.Status = http.StatusBadRequest
	}
	if faults, are := errors.AsType[*FaultsError](err); are {
		problem.Errors = faults.Faults
	}
	if change, has := errors.AsType[*programme.FaultsError](err); has {
		problem.Errors = WordFaults(change)
	}
	if found.shown {
		problem.Detail = strings.TrimPrefix(err.Error(), found.err.Error()+": ")
		problem.DetailAr = faultsInArabic(problem.Errors)
	}
	if detail, has := errors.AsType[*DetailError](err); has {
		problem.Detail, problem.DetailAr = english.T(detail.key, detail.args), arabic.T(detail.key, detail.args)
	}
	if decided, is := errors.AsType[*programme.DecidedError](err); is {
		at := i18n.Args{"actor": decided.Actor, "at": decided.At.UTC().Format(time.RFC3339)}
		problem.Detail, problem.DetailAr = english.T("api.decided", at), arabic.T("api.decided", at)
		problem.DecidedBy, problem.DecidedAt = decided.Actor, decided.At
	}
	return problem
}

func meaningOf(err error) meaning {
	if _, is := errors.AsType[*http.MaxBytesError](err); is {
		err = ErrTooLarge
	}
	for _, each := range meanings {
		if errors.Is(err, each.err) {
			return each
		}
	}
	return unforeseen
}

// unavailableSeconds is when to ask again after a 503, and after a 429 that does not know better.
const unavailableSeconds = "5"

// WriteProblem answers with the error's problem; its cause goes to the request's log line, not to the client.
func WriteProblem(w http.ResponseWriter, r *http.Request, err error) {
	problem := ProblemOf(r, err)
	PrepareProblem(w.Header(), problem)
	w.WriteHeader(problem.Status)
	_ = json.NewEncoder(w).Encode(problem) // a client that has gone needs no answer
}

// PrepareProblem sets the headers that belong to a problem: its type, that it is not kept, how to sign in, when to ask
// again.
func PrepareProblem(header http.Header, problem *Problem) {
	header.Set("Content-Type", problem.ContentType(""))
	header.Set("Cache-Control", "no-store")
	header.Del("ETag")
	header.Del("Content-Length")
	switch problem.Status {
	case http.StatusUnauthorized:
		if header.Get("WWW-Authenticate") == "" {
			header.Set("WWW-Authenticate", `Bearer realm="mirsad"`)
		}
	case http.StatusServiceUnavailable, http.StatusTooManyRequests:
		if header.Get("Retry-After") == "" {
			header.Set("Retry-After", unavailableSeconds)
		}
	}
}

// faultOf words a fault whose texts are api.fault.<kind> and api.fault.<kind>.remedy.
func faultOf(field, kind string) Fault { return NewFault(field, "api.fault."+kind, i18n.Args{}) }

// WordFaults words the faults of a change in both languages.
func WordFaults(change *programme.FaultsError) []Fault {
	worded := make([]Fault, 0, len(change.Faults))
	for _, each := range change.Faults {
		worded = append(worded, NewFault(each.Field, "admin.fault."+each.Kind, i18n.Args(each.Args)))
	}
	return worded
}

// NewFault words a fault in both languages: key is its text, key.remedy what to do about it.
func NewFault(field, key string, args i18n.Args) Fault {
	english, arabic := texts().In(i18n.English), texts().In(i18n.Arabic)
	return Fault{
		Field: field, Message: english.T(key, args), MessageAr: arabic.T(key, args),
		Remedy: english.T(key+".remedy", args), RemedyAr: arabic.T(key+".remedy", args),
	}
}

// NewRefusal words a fault whose text says what to do as well.
func NewRefusal(field, key string) Fault {
	return Fault{Field: field, Message: texts().In(i18n.English).T(key), MessageAr: texts().In(i18n.Arabic).T(key)}
}

// texts are read once: they are part of the program, so they can't fail to load in a program whose tests passed.
var texts = sync.OnceValue(func() *i18n.Bundle {
	bundle, err := i18n.Load()
	if err != nil {
		panic("httpserver: " + err.Error())
	}
	return bundle
})

// SetRetryAfter says when to ask again, in whole seconds.
func SetRetryAfter(header http.Header, wait time.Duration) {
	header.Set("Retry-After", strconv.Itoa(int(math.Ceil(max(wait.Seconds(), 1)))))
}
