package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"mirsad/ingest/refusal"
	"mirsad/ingest/rows"
	"mirsad/ingest/spool"
	"mirsad/internal/access"
	"mirsad/internal/httpserver"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// DeskRequest chooses refused rows that are to be judged again, or given up with a comment.
type DeskRequest struct {
	Rows    []programme.RowPlace `json:"rows"`
	Comment string               `json:"comment,omitempty" doc:"Why rows are closed; a replay needs none."`
}

// CloseAnswer says how many rows were given up.
type CloseAnswer struct {
	Closed int `json:"closed"`
}

// ReplayAnswer says what became of the rows that were judged again.
type ReplayAnswer struct {
	// Receipt is that of the rows accepted now; empty when there is none.
	Receipt  string `json:"receipt"`
	Accepted int    `json:"accepted"`
	Closed   int    `json:"closed" doc:"Rows replayed or closed before: they are left alone."`
	// Rejected are those refused again, by the codes and places of today; they stay in quarantine.
	Rejected []QuarantinedRow `json:"rejected"`
}

const (
	// mostOnDesk is the greatest number of rows at once, and of characters of a comment.
	mostOnDesk    = 1_000
	mostDeskBytes = 1 << 20
	deskExample   = `{"rows": [{"receipt": "…", "index": 0}]}`
)

// Replay judges refused rows again by today's catalogue and rules. What is accepted keeps its id and its time
// of receipt: a correction that came in the meantime stays the newer one. Figures know of it from now on.
// Errors: programme.ErrNotFound for a row that is not there or that the principal may not see, spool.ErrFull,
// programme.ErrUnavailable.
func (i *Ingest) Replay(
	ctx context.Context, principal access.Principal, places []programme.RowPlace, dryRun bool,
) (ReplayAnswer, error) {
	answer := ReplayAnswer{Rejected: []QuarantinedRow{}}
	rows, err := i.deskRows(ctx, principal, places)
	if err != nil {
		return answer, err
	}
	open := make([]programme.Quarantined, 0, len(rows))
	for _, row := range rows {
		if row.Open() {
			open = append(open, row)
		}
	}
	answer.Closed = len(rows) - len(open)
	defer func() { noteDesk(ctx, rows, answer.act(dryRun)) }()
	if len(open) == 0 {
		return answer, nil
	}
	decided, err := i.judgeAgain(ctx, principal, open)
	if err != nil {
		return answer, fmt.Errorf("replay: %w", err)
	}
	defer decided.release()
	answer.Accepted = decided.accepted
	refusedAgain := map[int]bool{}
	for _, refusal := range decided.refusals {
		refusedAgain[refusal.Index] = true
		row := open[refusal.Index]
		row.Code, row.Field, row.Reasons = refusal.Code, refusal.Field, refusal.Reasons
		answer.Rejected = append(answer.Rejected, i.quarantinedRow(row))
	}
	if dryRun || decided.accepted == 0 {
		return answer, nil
	}
	answer.Receipt, err = i.keepReplayed(ctx, principal, decided)
	if err != nil {
		return answer, err
	}
	closings := make([]programme.Closing, 0, decided.accepted)
	done := programme.Closing{Outcome: programme.OutcomeReplayed, Replay: answer.Receipt}
	for at, row := range open {
		if !refusedAgain[at] {
			done.RowPlace = placeOf(row)
			closings = append(closings, done)
		}
	}
	return answer, i.close(ctx, principal, closings)
}

// judgeAgain decides rows with the stamps of their first receipt; a refusal's index is the row's among them.
func (i *Ingest) judgeAgain(
	ctx context.Context, principal access.Principal, refused []programme.Quarantined,
) (*record, error) {
	first, err := i.Spool.Stamp(len(refused))
	if err != nil {
		return nil, err
	}
	j := i.newJudge(Submission{Principal: principal})
	defer j.release()
	into := newRecord(first)
	into.again = true
	for index, quarantined := range refused {
		j.totals = principal.Admin() || quarantined.Format == programme.RowCSV
		stamp := stampOf(quarantined.RecordedAt) + uint64(quarantined.Index) //nolint:gosec // from 0
		c := common{
			entity: principal.Entity, stamp: stamp, receivedAt: instant(stamp),
			recordedAt: instant(first + uint64(index)),
		}
		row := rows.Again(quarantined.Format, quarantined.Raw, i.Now())
		row.Number = refusal.ReasonsIn(quarantined.Reasons).Row // of the table that it was in
		if err := j.decideAs(ctx, &row, index, c, into); err != nil {
			into.release()
			return nil, err
		}
	}
	return into, nil
}

// keepReplayed puts the accepted rows on disk under a receipt of their own.
func (i *Ingest) keepReplayed(ctx context.Context, principal access.Principal, decided *record) (string, error) {
	receipt := programme.Receipt{
		ID: newReceiptID(), Actor: principal.ID, Entity: principal.Entity, BodyHash: sha256.Sum256(decided.rows),
		Accepted: decided.accepted, RecordedAt: instant(decided.first),
	}
	row, err := i.Spool.Append(ctx, spool.Record{Rows: receipt.Accepted, Data: decided.bytes(&receipt)})
	if err != nil {
		return "", fmt.Errorf("replay: %w", err)
	}
	i.pending.add(receipt.ID, row)
	i.metrics.accepted.Add(float64(decided.accepted))
	return receipt.ID, nil
}

// Close gives refused rows up; the comment says why. Those closed before are left alone. It returns how many it closed.
func (i *Ingest) Close(
	ctx context.Context, principal access.Principal, places []programme.RowPlace, comment string,
) (int, error) {
	rows, err := i.deskRows(ctx, principal, places)
	if err != nil {
		return 0, err
	}
	var closings []programme.Closing
	for _, row := range rows {
		if row.Open() {
			closings = append(
				closings, programme.Closing{RowPlace: placeOf(row), Outcome: programme.OutcomeClosed, Comment: comment},
			)
		}
	}
	noteDesk(ctx, rows, deskAct{Rows: places, Closed: len(closings), Comment: comment})
	return len(closings), i.close(ctx, principal, closings)
}

// deskAct is what the audit record says of work on refused rows: of a replay its receipt names the rows.
type deskAct struct {
	Rows     []programme.RowPlace `json:"rows,omitempty"`
	Receipt  string               `json:"receipt,omitempty"`
	Accepted int                  `json:"accepted,omitempty"`
	Rejected int                  `json:"rejected,omitempty"`
	Closed   int                  `json:"closed,omitempty"`
	Comment  string               `json:"comment,omitempty"`
	DryRun   bool                 `json:"dry_run,omitempty"`
}

func (a *ReplayAnswer) act(dryRun bool) deskAct {
	return deskAct{
		Receipt:  a.Receipt,
		Accepted: a.Accepted,
		Rejected: len(a.Rejected),
		Closed:   a.Closed,
		DryRun:   dryRun,
	}
}

// noteDesk gives the audit record what was done, and the entity when all rows are of one.
func noteDesk(ctx context.Context, rows []programme.Quarantined, done deskAct) {
	entity := ""
	for at, row := range rows {
		if at > 0 && row.Entity != entity {
			entity = ""
			break
		}
		entity = row.Entity
	}
	access.NoteAct(ctx, "quarantine", entity, nil, done)
}

func (i *Ingest) close(ctx context.Context, principal access.Principal, closings []programme.Closing) error {
	if len(closings) == 0 {
		return nil
	}
	for at := range closings {
		closings[at].Actor, closings[at].RecordedAt = principal.ID, i.Now()
	}
	if err := i.Store.CloseRefusals(ctx, "close/"+newReceiptID(), closings); err != nil {
		return fmt.Errorf("close refused rows: %w", err)
	}
	return nil
}

// deskRows reads the rows; the principal must be allowed to work on all of them.
func (i *Ingest) deskRows(
	ctx context.Context, principal access.Principal, places []programme.RowPlace,
) ([]programme.Quarantined, error) {
	rows, err := i.Store.Refusals(ctx, places)
	if err != nil {
		return nil, fmt.Errorf("refused rows: %w", err)
	}
	asked := map[programme.RowPlace]bool{}
	for _, place := range places {
		asked[place] = true
	}
	for _, row := range rows {
		if mayRead(principal, row.Entity) {
			delete(asked, placeOf(row))
		}
	}
	for place := range asked {
		return nil, fmt.Errorf("%w: no refused row %s/%d", programme.ErrNotFound, place.Receipt, place.Index)
	}
	return rows, nil
}

func placeOf(q programme.Quarantined) programme.RowPlace {
	return programme.RowPlace{Receipt: q.Receipt, Index: q.Index}
}

// postReplay answers 200: what was accepted is on disk.
func (i *Ingest) postReplay(w http.ResponseWriter, r *http.Request) error {
	request, principal, err := deskRequest(w, r)
	asked := Submission{}
	if err == nil {
		err = asked.ask(r)
	}
	var answer ReplayAnswer
	if err == nil {
		answer, err = i.Replay(r.Context(), principal, request.Rows, asked.DryRun)
	}
	if err != nil {
		i.answerProblem(w, r, Answer{}, err)
		return nil
	}
	writeJSON(w, http.StatusOK, answer)
	return nil
}

func (i *Ingest) postClose(w http.ResponseWriter, r *http.Request) error {
	request, principal, err := deskRequest(w, r)
	if comment := strings.TrimSpace(request.Comment); err == nil &&
		(comment == "" || len([]rune(comment)) > mostOnDesk) {
		err = deskFault("comment", "ingest.fault.comment")
	}
	closed := 0
	if err == nil {
		closed, err = i.Close(r.Context(), principal, request.Rows, strings.TrimSpace(request.Comment))
	}
	if err != nil {
		return err
	}
	writeJSON(w, http.StatusOK, CloseAnswer{Closed: closed})
	return nil
}

func deskRequest(w http.ResponseWriter, r *http.Request) (DeskRequest, access.Principal, error) {
	var request DeskRequest
	principal, known := access.PrincipalFrom(r.Context())
	if !known {
		return request, principal, httpserver.ErrUnauthenticated
	}
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, mostDeskBytes))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&request); err != nil {
		if _, large := errors.AsType[*http.MaxBytesError](err); large {
			return request, principal, err
		}
		return request, principal, deskFault("body", "ingest.fault.desk_body")
	}
	if len(request.Rows) == 0 || len(request.Rows) > mostOnDesk {
		return request, principal, deskFault("rows", "ingest.fault.rows")
	}
	for _, place := range request.Rows {
		if place.Index < 0 || place.Index > MaxEvents {
			return request, principal, deskFault("rows", "ingest.fault.rows")
		}
	}
	return request, principal, nil
}

func deskFault(field, key string) error {
	return &httpserver.FaultsError{
		Faults: []httpserver.Fault{httpserver.NewFault(field, key, i18n.Args{"n": mostOnDesk, "example": deskExample})},
	}
}
