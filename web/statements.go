package web

import (
	"context"
	"net/http"

	"mirsad/internal/access"
	"mirsad/internal/account"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
)

// statementForm is what a form of totals was sent with, and what came of it.
type statementForm struct {
	status  int
	changes []statementChange
	// good are the changes that were not refused.
	good []statementChange
	// notice or alert is the key of what the page says first.
	notice, alert string
	// receipt is empty while nothing is stored.
	receipt string
}

// sendStatements checks the totals of a form, and with act=confirm sends them.
func (w *Web) sendStatements(rw http.ResponseWriter, r *http.Request) {
	v := w.arrive(r)
	err := readForm(rw, r, longForm)
	var s *statementVisit
	if err == nil {
		s, err = v.ownTotals(true)
	}
	if err != nil {
		w.problem(rw, v, err)
		return
	}
	form, err := s.take()
	switch {
	case err == nil:
		w.noStore(rw, v, form.status, "statements", s.view(form))
	case account.LinkText(err) != "":
		w.linkRefused(rw, v, err)
	default:
		w.problem(rw, v, err)
	}
}

// take checks what a form gives and, when its reader confirms what was shown, sends it.
func (s *statementVisit) take() (*statementForm, error) {
	values := s.request.PostForm
	form := &statementForm{status: http.StatusOK, changes: s.changesIn(values)}
	s.noteStatements(form, &IntakeAnswer{}, true)
	if len(form.changes) == 0 {
		form.notice = "statements.nothing_changes"
		return form, nil
	}
	confirmed := values.Get("act") == "confirm"
	if confirmed && values.Get("seen") != seenIn(form.changes) {
		form.status, form.alert = http.StatusConflict, "statements.changed_since"
		httpserver.NoteError(s.request.Context(), programme.ErrAlreadyDecided)
	}
	answer, err := s.submit(s.request.Context(), form.changes, true)
	if err != nil {
		return nil, err
	}
	form.good = s.refuse(form.changes, &answer)
	s.noteStatements(form, &answer, true)
	if confirmed && form.alert == "" && len(form.good) > 0 {
		return form, s.confirm(form)
	}
	if len(form.good) < len(form.changes) && form.alert == "" {
		form.status, form.alert = http.StatusUnprocessableEntity, "statements.refused"
		httpserver.NoteError(s.request.Context(), programme.ErrInvalid)
	}
	return form, nil
}

// confirm sends the totals: what is refused now is quarantined and explained, and the rest kept, as by the API.
func (s *statementVisit) confirm(form *statementForm) error {
	var answer IntakeAnswer
	err := s.useLink(access.LinkStatements, s.entity, s.month, func(ctx context.Context) (err error) {
		answer, err = s.submit(ctx, form.changes, false)
		return err
	})
	if err != nil {
		return err
	}
	form.good, form.receipt = s.refuse(form.changes, &answer), answer.Receipt
	if len(answer.Rejected) > 0 {
		form.alert = "statements.some_refused"
	}
	s.noteStatements(form, &answer, false)
	return nil
}

func (s *statementVisit) submit(ctx context.Context, changes []statementChange, dryRun bool) (IntakeAnswer, error) {
	body, err := s.statementBody(changes)
	if err != nil {
		return IntakeAnswer{}, err
	}
	return s.deps.Intake.Submit(ctx, s.reader.Principal, s.entity, body, "text/csv", dryRun)
}

// noteStatements tells the audit record what the form is about.
func (s *statementVisit) noteStatements(form *statementForm, answer *IntakeAnswer, dryRun bool) {
	before, after := written(form.changes)
	access.NoteAct(s.request.Context(), "statements/"+s.entity+"/"+s.month.String(), s.entity, before, writtenAct{
		Receipt: answer.Receipt, DryRun: dryRun, Accepted: answer.Accepted, Rejected: len(answer.Rejected), Totals: after,
	})
}
