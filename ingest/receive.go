package ingest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"mirsad/ingest/fair"
	"mirsad/ingest/refusal"
	"mirsad/ingest/rows"
	"mirsad/ingest/spool"
	"mirsad/internal/access"
	"mirsad/internal/programme"
)

// Submission is one body of events and how it is to be taken.
type Submission struct {
	// Principal is recorded as the actor. Unless it is an administrator, its entity must own the services.
	Principal access.Principal
	Format    rows.Format
	// Body is not changed and not kept; at most rows.MaxInflatedBytes.
	Body []byte
	// DryRun decides and stores nothing.
	DryRun bool
	// Strict takes all rows or none.
	Strict bool
	// Verify claims and verifies the levels that rollouts name in the same act; for administrators only.
	Verify bool

	// share and bill are what the body holds and was charged as a request; nil: it came in another way.
	share *fair.Share
	bill  *fair.Bill
}

// Answer says what became of a body.
type Answer struct {
	// Receipt names the receipt; empty when nothing was stored.
	Receipt  string              `json:"receipt" doc:"Empty for a dry run."`
	Accepted int                 `json:"accepted"`
	Rejected []refusal.Rejection `json:"rejected"`
}

// What a whole body is refused for.
var (
	// ErrNoEvent says that the body holds no event at all.
	ErrNoEvent = errors.New("no event in the body")
	// ErrUnreadable says that not one event could be read; the answer says where.
	ErrUnreadable = errors.New("no event can be read")
	// A table is spoken to of tables.
	errNoRow           = fmt.Errorf("%w: the table has no row", ErrNoEvent)
	errUnreadableTable = fmt.Errorf("%w: no row of the table can be read", ErrUnreadable)
	// ErrTooManyEvents says that the body holds more than MaxEvents.
	ErrTooManyEvents = errors.New("too many events in the body")
	// ErrRowsRefused says that a strict body had refused rows and nothing was taken; the answer lists them.
	ErrRowsRefused = errors.New("rows refused")
)

// Receive judges the rows of a body and answers when what it accepted, what it refused
// and the receipt are on disk. Errors: ErrNoEvent, ErrUnreadable, ErrTooManyEvents,
// ErrRowsRefused, spool.ErrFull, programme.ErrForbidden, programme.ErrUnavailable, and
// httpserver.ErrTooManyRequests for a token that has sent more than its budget.
func (i *Ingest) Receive(ctx context.Context, s Submission) (Answer, error) {
	if err := i.mayReceive(ctx, s); err != nil {
		return Answer{}, err
	}
	decided, err := i.judgeAll(ctx, s)
	if err != nil {
		return Answer{}, err
	}
	defer decided.release()
	return i.settle(ctx, s, decided)
}

// mayReceive says whether it is worth reading the body: the principal may send it, its budget is not used up and the
// spool has room.
func (i *Ingest) mayReceive(ctx context.Context, s Submission) error {
	if !mayPost(s.Principal) || (s.Verify && !s.Principal.Admin()) {
		access.NoteRefusal(ctx, programme.TokenForbidden)
		return fmt.Errorf("receive events: %w", programme.ErrForbidden)
	}
	if s.bill == nil { // else it was checked before the body was read
		if err := i.budgets.Check(s.Principal); err != nil {
			return fmt.Errorf("receive events: %w", err)
		}
	}
	if err := i.Spool.Check(ctx); err != nil {
		return fmt.Errorf("receive events: %w", err)
	}
	return nil
}

// judgeAll decides every row; stamps are taken before, one for each row.
func (i *Ingest) judgeAll(ctx context.Context, s Submission) (*record, error) {
	if s.bill == nil {
		s.bill = i.budgets.Bill(s.Principal)
		s.bill.Bytes(len(s.Body))
	}
	if err := s.share.Begin(ctx); err != nil {
		return nil, err
	}
	defer s.share.End()
	sent, err := gather(s, i.Now())
	s.bill.AtLeast(len(sent))
	if err != nil {
		return nil, err
	}
	first, err := i.Spool.Stamp(len(sent))
	if err != nil {
		return nil, fmt.Errorf("receive events: %w", err)
	}
	j := i.newJudge(s)
	defer j.release()
	into := newRecord(first)
	for index := range sent {
		if err := j.decide(ctx, &sent[index], index, into); err != nil {
			into.release()
			return nil, fmt.Errorf("receive events: %w", err)
		}
	}
	into.refuseTwice(sent, s.Format)
	return into, nil
}

func gather(s Submission, now time.Time) ([]rows.Row, error) {
	found, err := rows.In(s.Format, s.Body, now)
	if err != nil {
		return nil, err
	}
	sent := make([]rows.Row, 0, min(len(s.Body)/200+1, MaxEvents))
	for row := range found {
		if len(sent) == MaxEvents {
			return sent, ErrTooManyEvents
		}
		sent = append(sent, row)
	}
	switch {
	case len(sent) > 0:
		return sent, nil
	case s.Format == rows.FormatCSV:
		return nil, errNoRow
	default:
		return nil, ErrNoEvent
	}
}

// settle stores what was decided, as far as the submission asks for it, and words the answer.
func (i *Ingest) settle(ctx context.Context, s Submission, decided *record) (Answer, error) {
	answer := Answer{Accepted: decided.accepted, Rejected: refusal.All(i.Words, decided.refusals)}
	if decided.accepted == 0 && allMalformed(decided.refusals) {
		if s.Format == rows.FormatCSV {
			return answer, errUnreadableTable
		}
		return answer, ErrUnreadable
	}
	if s.Strict && len(decided.refusals) > 0 {
		answer.Accepted = 0
		return answer, ErrRowsRefused
	}
	if s.DryRun {
		return answer, nil
	}
	receipt := programme.Receipt{
		ID: newReceiptID(), Actor: s.Principal.ID, Entity: s.Principal.Entity, BodyHash: sha256.Sum256(s.Body),
		Accepted: decided.accepted, Rejected: len(decided.refusals), RecordedAt: instant(decided.first),
	}
	data := decided.bytes(&receipt)
	row, err := i.Spool.Append(ctx, spool.Record{Rows: receipt.Accepted + receipt.Rejected, Data: data})
	if err != nil {
		return Answer{}, fmt.Errorf("receive events: %w", err)
	}
	i.pending.add(receipt.ID, row)
	i.count(decided)
	answer.Receipt = receipt.ID
	return answer, nil
}

func (i *Ingest) count(decided *record) {
	i.metrics.accepted.Add(float64(decided.accepted))
	for _, refusal := range decided.refusals {
		i.metrics.refused.WithLabelValues(string(refusal.Code)).Inc()
	}
}

func allMalformed(refusals []programme.Refusal) bool {
	for _, refusal := range refusals {
		if refusal.Code != programme.RefusedMalformedJSON {
			return false
		}
	}
	return true
}

func newReceiptID() string {
	var id [16]byte
	_, _ = rand.Read(id[:]) // never fails
	return hex.EncodeToString(id[:])
}

// mayPost reports whether the principal may send events: an administrator, a token with the scope that is bound to an
// entity, or a person of an agency, by hand or by a signed link for statements. The route of events itself is for
// tokens.
func mayPost(p access.Principal) bool {
	byHand := p.Role == access.RoleAgency && (p.Purpose == "" || p.Purpose == access.LinkStatements)
	return p.Admin() || (p.Entity != "" && (byHand || p.Has(access.ScopeEvents)))
}
