package statement

import (
	"net/http"

	"mirsad/internal/act"
	"mirsad/internal/httpserver"
	"mirsad/internal/link"
	"mirsad/internal/programme"
	"mirsad/web/page"
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
	// doubts is how many doubts there are about the good ones.
	doubts int
}

// sendStatements checks the totals of a form, and with act=confirm sends them.
func (v *visit) sendStatements(rw http.ResponseWriter) error {
	err := page.ReadForm(rw, v.Request, page.LongForm)
	var s *statementVisit
	if err == nil {
		s, err = v.ownTotals(true)
	}
	if err != nil {
		return err
	}
	form, err := s.take()
	switch {
	case err == nil:
		return v.NoStore(rw, form.status, "statements", s.view(form))
	case link.Text(err) != "":
		return v.LinkRefused(rw, err)
	default:
		return err
	}
}

// take checks what a form gives and, when its reader confirms what was shown, sends it.
func (s *statementVisit) take() (*statementForm, error) {
	values := s.Request.PostForm
	form := &statementForm{status: http.StatusOK, changes: s.changesIn(values)}
	if len(form.changes) == 0 {
		form.notice = "statements.nothing_changes"
		_, err := s.send(nil, true)
		return form, err
	}
	confirmed := values.Get("act") == "confirm"
	if confirmed && values.Get("seen") != seenIn(form.changes) {
		form.status, form.alert = http.StatusConflict, "statements.changed_since"
		httpserver.NoteError(s.Request.Context(), programme.ErrAlreadyDecided)
	}
	answer, err := s.send(form.changes, true)
	if err != nil {
		return nil, err
	}
	form.good = s.refuse(form.changes, &answer)
	asks, err := s.ask(form)
	if err != nil {
		return nil, err
	}
	if confirmed && form.alert == "" && len(form.good) > 0 {
		if !asks {
			return form, s.confirm(form)
		}
		form.status, form.alert = http.StatusUnprocessableEntity, "statements.not_sure"
		httpserver.NoteError(s.Request.Context(), programme.ErrInvalid)
		return form, nil
	}
	if len(form.good) < len(form.changes) && form.alert == "" {
		form.status, form.alert = http.StatusUnprocessableEntity, "statements.refused"
		httpserver.NoteError(s.Request.Context(), programme.ErrInvalid)
	}
	return form, nil
}

// confirm sends the totals: what is refused now is quarantined and explained, and the rest kept, as by the API.
func (s *statementVisit) confirm(form *statementForm) error {
	answer, err := s.send(form.changes, false)
	if err != nil {
		return err
	}
	form.good, form.receipt = s.refuse(form.changes, &answer), answer.Receipt
	if len(answer.Rejected) > 0 {
		form.alert = "statements.some_refused"
	}
	return nil
}

// send sends totals, or tries to.
func (s *statementVisit) send(changes []statementChange, dry bool) (act.Sent, error) {
	ctx, totals := s.Request.Context(), make([]act.Total, len(changes))
	for i := range changes {
		c := &changes[i]
		totals[i] = act.Total{
			Service: c.key.service, Channel: c.key.channel, Measure: c.key.measure,
			State: c.state, Value: c.value, Before: c.before.Count,
		}
	}
	sent, err := s.deps.Acts.Statements.Send(ctx, act.By{Who: s.Reader.Principal, Dry: dry}, s.entity, s.month, totals)
	sent.Note(ctx)
	return sent, err
}
