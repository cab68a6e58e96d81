package ingest

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"mirsad/ingest/fair"
	"mirsad/ingest/refusal"
	"mirsad/ingest/rows"
	"mirsad/ingest/schemas"
	"mirsad/ingest/spool"
	"mirsad/internal/access"
	"mirsad/internal/httpserver"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// postEvents answers 202 when everything is on disk, and 200 to a dry run, which stores nothing.
func (i *Ingest) postEvents(w http.ResponseWriter, r *http.Request) error {
	answer, err := i.receiveRequest(w, r)
	status := http.StatusAccepted
	switch {
	case err != nil:
		status = i.answerProblem(w, r, answer, err)
	case answer.Receipt == "":
		status = http.StatusOK
		writeJSON(w, status, answer)
	default:
		writeJSON(w, status, answer)
	}
	i.metrics.bodies.WithLabelValues(strconv.Itoa(status)).Inc()
	return nil
}

// optionsEvents answers whether events may be delivered here: as many a minute as a token's budget has.
func (i *Ingest) optionsEvents(w http.ResponseWriter, r *http.Request) error {
	rows.AnswerSender(w, r, 60*i.configuration.TokenEvents)
	return nil
}

func (i *Ingest) receiveRequest(w http.ResponseWriter, r *http.Request) (Answer, error) {
	principal, known := access.PrincipalFrom(r.Context())
	if !known {
		return Answer{}, httpserver.ErrUnauthenticated
	}
	s := Submission{Principal: principal}
	if err := s.ask(r); err != nil {
		return Answer{}, err
	}
	if err := i.mayReceive(r.Context(), s); err != nil { // before the body is read
		return Answer{}, err
	}
	sending, err := rows.SendingOf(r)
	if err != nil {
		return Answer{}, err
	}
	s.Format = sending.Format
	if s.share, err = i.sharing.Open(principal); err != nil {
		return Answer{}, err
	}
	defer s.share.Release()
	sent, plain := getBuffer(), getBuffer()
	defer putBuffer(sent)
	defer putBuffer(plain)
	if err := i.readBody(w, r, &s, sent, plain); err != nil {
		return Answer{}, err
	}
	if s.Body, err = sending.Body(s.Body); err != nil {
		return Answer{}, err
	}
	return i.Receive(r.Context(), s)
}

// readBody reads a body and inflates it, and has it charged by its bytes, be it taken or refused. Memory is reserved
// before it is spent: what is announced, or the most that may be sent, and then what it inflates to.
func (i *Ingest) readBody(w http.ResponseWriter, r *http.Request, s *Submission, sent, plain *bytes.Buffer) error {
	s.bill = i.budgets.Bill(s.Principal)
	announced := r.ContentLength
	if announced < 0 || announced > rows.MaxSentBytes {
		announced = rows.MaxSentBytes
	}
	if err := s.share.Hold(r.Context(), fair.AsSent, announced); err != nil {
		return err
	}
	err := rows.ReadSent(w, r, sent)
	s.bill.Bytes(sent.Len())
	if err != nil {
		return err
	}
	s.share.Keep(fair.AsSent, int64(sent.Len()))
	encoding := r.Header.Get("Content-Encoding")
	if err := s.share.Begin(r.Context()); err != nil {
		return err
	}
	s.Body, err = rows.Inflate(encoding, sent, plain, func(bytes int64) error {
		s.bill.Bytes(int(bytes))
		s.share.End() // whoever waits for memory holds up nobody
		if err := s.share.Hold(r.Context(), fair.Inflated, bytes); err != nil {
			return err
		}
		return s.share.Begin(r.Context())
	})
	s.bill.Bytes(plain.Len())
	s.share.Keep(fair.Inflated, int64(plain.Cap()))
	return err
}

// ask reads how the body is to be taken from the address.
func (s *Submission) ask(r *http.Request) error {
	query := r.URL.Query()
	var faults []httpserver.Fault
	for name, into := range map[string]*bool{"dry_run": &s.DryRun, "strict": &s.Strict, "verify": &s.Verify} {
		text := query.Get(name)
		value, err := strconv.ParseBool(text)
		if text != "" && err != nil {
			faults = append(faults, httpserver.NewFault(name, "ingest.fault.true_or_false", i18n.Args{"field": name}))
		}
		*into = value
	}
	if len(faults) > 0 {
		return &httpserver.FaultsError{Faults: faults}
	}
	return nil
}

// refusedBodyError is the problem of a body that was refused completely, with every row at fault.
type refusedBodyError struct {
	*httpserver.Problem
	Rejected []refusal.Rejection `json:"rejected,omitempty"`
}

// answerProblem answers that nothing of the body was taken, and returns the status.
func (i *Ingest) answerProblem(w http.ResponseWriter, r *http.Request, answer Answer, err error) int {
	problem := i.problemOf(r, err)
	httpserver.NoteError(r.Context(), err)
	if over, is := errors.AsType[*fair.BudgetError](err); is {
		w.Header().Set("Retry-After", over.RetryAfter())
	}
	httpserver.PrepareProblem(w.Header(), problem)
	w.WriteHeader(problem.Status)
	_ = json.NewEncoder(w).Encode(refusedBodyError{problem, answer.Rejected}) // a client that has gone needs no answer
	return problem.Status
}

// meanings are the errors that only the ingestion has; the rest is in httpserver's table.
var meanings = []struct {
	err    error
	status int
	code   string
	// words is part of the key of the words where they are not those of the code.
	words string
}{
	{errNoRow, http.StatusBadRequest, "no_event", "no_row"},
	{errUnreadableTable, http.StatusBadRequest, "malformed_json", "malformed_table"},
	{ErrNoEvent, http.StatusBadRequest, "no_event", ""},
	{ErrUnreadable, http.StatusBadRequest, "malformed_json", ""},
	{rows.ErrBroken, http.StatusBadRequest, "broken_body", ""},
	{ErrTooManyEvents, http.StatusRequestEntityTooLarge, "too_many_events", ""},
	{ErrRowsRefused, http.StatusUnprocessableEntity, "rows_refused", ""},
	{spool.ErrDiskFull, http.StatusServiceUnavailable, "spool_full", "disk_full"},
	{spool.ErrFull, http.StatusServiceUnavailable, "spool_full", ""},
	{spool.ErrClosed, http.StatusServiceUnavailable, "spool_closed", ""},
}

func (i *Ingest) problemOf(r *http.Request, err error) *httpserver.Problem {
	for _, meaning := range meanings {
		if errors.Is(err, meaning.err) {
			english, arabic := i.Words.In(i18n.English), i.Words.In(i18n.Arabic)
			key := "ingest.problem." + cmp.Or(meaning.words, meaning.code)
			return &httpserver.Problem{
				Type:      "about:blank",
				Status:    meaning.status,
				Code:      meaning.code,
				Reference: httpserver.Reference(r.Context()),
				Title:     english.T(key + ".title"),
				TitleAr:   arabic.T(key + ".title"),
				Remedy:    english.T(key + ".remedy"),
				RemedyAr:  arabic.T(key + ".remedy"),
			}
		}
	}
	return httpserver.ProblemOf(r, err)
}

func writeJSON(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value) // a client that has gone needs no answer
}

// schemaPage is the list of schemas; there are few, so there is no next page.
type schemaPage struct {
	Items []schemas.Item `json:"items"`
}

func (i *Ingest) getSchemas(w http.ResponseWriter, _ *http.Request) error {
	items, err := schemas.List()
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, schemaPage{Items: items})
	return nil
}

func (i *Ingest) getSchema(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("name")
	texts, err := schemas.Texts()
	if err != nil {
		return err
	}
	content, found := texts[name]
	if !found {
		return fmt.Errorf("%w: schema %q", programme.ErrNotFound, name)
	}
	w.Header().Set("Content-Type", "application/schema+json")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(content) // a client that has gone needs no answer
	return nil
}
