package httpserver

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"math"
	"net/http"
	"slices"
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

// Meaning is what an error becomes: a status, a stable code and, by the code, texts in two languages: for a program
// api.problem.<code>.title and .remedy, for a reader of pages web.problem.<code>.title and .text.
type Meaning struct {
	Err    error
	Status int
	Code   string
	// shown reports whether the error's own text was written for the client.
	shown bool
}

// meanings is the one table from errors to answers; the first that matches holds.
var meanings = []Meaning{
	{Err: ErrUnauthenticated, Status: http.StatusUnauthorized, Code: "unauthenticated"},
	{Err: ErrCrossSite, Status: http.StatusForbidden, Code: "cross_site"},
	{Err: ErrMethodNotAllowed, Status: http.StatusMethodNotAllowed, Code: "method_not_allowed"},
	{Err: ErrTooLarge, Status: http.StatusRequestEntityTooLarge, Code: "too_large", shown: true},
	{Err: ErrUnsupportedMediaType, Status: http.StatusUnsupportedMediaType, Code: "unsupported_media_type", shown: true},
	{Err: ErrTooManyRequests, Status: http.StatusTooManyRequests, Code: "too_many_requests"},
	{Err: programme.ErrInvalid, Status: http.StatusUnprocessableEntity, Code: "invalid", shown: true},
	{Err: programme.ErrNotFound, Status: http.StatusNotFound, Code: "not_found"},
	{Err: programme.ErrAlreadyDecided, Status: http.StatusConflict, Code: "already_decided", shown: true},
	{Err: programme.ErrOwnClaim, Status: http.StatusForbidden, Code: "own_claim"},
	{Err: programme.ErrOwnPlan, Status: http.StatusForbidden, Code: "own_plan"},
	{Err: programme.ErrForbidden, Status: http.StatusForbidden, Code: "forbidden"},
	{Err: programme.ErrOverLimit, Status: http.StatusServiceUnavailable, Code: "over_limit"},
	{Err: programme.ErrBusy, Status: http.StatusServiceUnavailable, Code: "busy"},
	{Err: programme.ErrUnavailable, Status: http.StatusServiceUnavailable, Code: "unavailable"},
	{Err: context.DeadlineExceeded, Status: http.StatusServiceUnavailable, Code: "unavailable"},
	{Err: context.Canceled, Status: http.StatusServiceUnavailable, Code: "unavailable"},
}

// unforeseen is what every other error becomes: its words stay in the log.
var unforeseen = Meaning{Status: http.StatusInternalServerError, Code: "internal"}

// Meanings is the table from errors to answers, for pages and API alike; the last is that of every other error.
func Meanings() []Meaning { return append(slices.Clone(meanings), unforeseen) }

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

	// more marks what counts the faults that are not named.
	more bool
}

// FaultsError is a request with faults, named all at once; it is an ErrInvalid.
type FaultsError struct{ Faults []Fault }

// mostInDetail is how many faults the detail names beside the list of all.
const mostInDetail = 20

// Error names the first faults in English.
func (e *FaultsError) Error() string {
	parts := make([]string, 0, mostInDetail+1)
	for _, fault := range e.Faults[:min(len(e.Faults), mostInDetail)] {
		parts = append(parts, fault.Field+": "+fault.Message)
	}
	if len(e.Faults) > mostInDetail {
		parts = append(parts, "…")
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
	found := MeaningOf(err)
	english, arabic := texts().In(i18n.English), texts().In(i18n.Arabic)
	problem := &Problem{
		Type:      "about:blank",
		Status:    found.Status,
		Code:      found.Code,
		Reference: Reference(r.Context()),
		Title:     english.T("api.problem." + found.Code + ".title"),
		TitleAr:   arabic.T("api.problem." + found.Code + ".title"),
		Remedy:    english.T("api.problem." + found.Code + ".remedy"),
		RemedyAr:  arabic.T("api.problem." + found.Code + ".remedy"),
	}
	if found.Code == "invalid" && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
		problem.Status = http.StatusBadRequest
	}
	if faults, are := errors.AsType[*FaultsError](err); are {
		problem.Errors = boundFaults(faults.Faults)
	}
	if change, has := errors.AsType[*programme.FaultsError](err); has {
		problem.Errors = WordFaults(change)
	}
	if found.shown {
		problem.Detail = bounded(strings.TrimPrefix(err.Error(), found.Err.Error()+": "))
		problem.DetailAr = bounded(faultsInArabic(problem.Errors))
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

// MeaningOf looks an error up in the table.
func MeaningOf(err error) Meaning {
	if _, is := errors.AsType[*http.MaxBytesError](err); is {
		err = ErrTooLarge
	}
	for _, each := range meanings {
		if errors.Is(err, each.Err) {
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
	if problem.Status == http.StatusUnauthorized && header.Get("WWW-Authenticate") == "" {
		header.Set("WWW-Authenticate", `Bearer realm="mirsad"`)
	}
	AskAgain(header, problem.Status)
}

// AskAgain says when to ask again after a status that passes, unless the header says so already.
func AskAgain(header http.Header, status int) {
	passes := status == http.StatusServiceUnavailable || status == http.StatusTooManyRequests
	if passes && header.Get("Retry-After") == "" {
		header.Set("Retry-After", unavailableSeconds)
	}
}

// faultOf words a fault whose texts are api.fault.<kind> and api.fault.<kind>.remedy.
func faultOf(field, kind string) Fault { return NewFault(field, "api.fault."+kind, i18n.Args{}) }

// WordFaults words the faults of a change in both languages.
func WordFaults(change *programme.FaultsError) []Fault {
	faults := programme.BoundFaults(change.Faults)
	worded := make([]Fault, 0, len(faults))
	for _, each := range faults {
		fault := NewFault(each.Field, "admin.fault."+each.Kind, i18n.Args(each.Args))
		fault.more = each.Kind == programme.FaultMore
		worded = append(worded, fault)
	}
	return worded
}

// NewFault words a fault in both languages: key is its text, key.remedy what to do about it.
func NewFault(field, key string, args i18n.Args) Fault {
	field, args = programme.Shown(field), shown(args)
	english, arabic := texts().In(i18n.English), texts().In(i18n.Arabic)
	return Fault{
		Field: field, Message: english.T(key, args), MessageAr: arabic.T(key, args),
		Remedy: english.T(key+".remedy", args), RemedyAr: arabic.T(key+".remedy", args),
	}
}

// shown cuts the texts that were sent to what is repeated of them.
func shown(args i18n.Args) i18n.Args {
	cut := maps.Clone(args)
	for name, value := range args {
		if text, is := value.(string); is && name != "allowed" { // the program's own list
			cut[name] = programme.Shown(text)
		}
	}
	return cut
}

// boundFaults names the first programme.MostFaults of a list and counts the others.
func boundFaults(list []Fault) []Fault {
	if len(list) <= programme.MostFaults || list[len(list)-1].more {
		return list
	}
	more := NewFault(
		"", "admin.fault."+programme.FaultMore, i18n.Args{"n": len(list) - programme.MostFaults},
	)
	more.more = true
	return append(slices.Clone(list[:programme.MostFaults]), more)
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
