package account

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/programme"
)

// serve lets an allowed request pass and writes down what it changed or took away, and what its handler refused.
func (a *Accounts) serve(w http.ResponseWriter, r *http.Request, route guarded, next http.Handler) {
	if action := auditOf(route, r); action != "" {
		a.serveAudited(w, r, action, next)
	} else {
		next.ServeHTTP(w, r)
	}
	if v, found := access.VerdictOf(r.Context()); found && v.Refused() != "" {
		a.auditRefusal(r)
	}
}

// auditOf returns what the audit record calls a request; "" when it is not written down.
func auditOf(route guarded, r *http.Request) audit.Action {
	switch {
	case route.audit != "":
		return route.audit
	case r.Method != http.MethodGet: // HEAD takes nothing away
		return ""
	case strings.HasSuffix(r.URL.Path, ".xlsx"):
		return audit.ReportDownload
	case strings.HasSuffix(r.URL.Path, ".csv"):
		return audit.Export
	default:
		return ""
	}
}

// serveAudited refuses what could not be written down, and writes down the rest with how it ended: one row an act. A refusal that
// the handler noted is written for itself, and so is what an office has written down with its object.
func (a *Accounts) serveAudited(w http.ResponseWriter, r *http.Request, action audit.Action, next http.Handler) {
	if err := a.dependencies.Audit.Room(); err != nil {
		a.refuse(w, r, err)
		return
	}
	if isExport(action) {
		who, _ := access.PrincipalFrom(r.Context())
		end, err := a.caps.begin(who.ID)
		if err != nil {
			setRetryAfter(w.Header(), exportWait*time.Second)
			a.refuse(w, r, err)
			return
		}
		defer end()
	}
	answer := &answered{ResponseWriter: w}
	ended := false
	defer func() {
		if !ended { // it panicked: what it did until then is not known
			answer.status = http.StatusInternalServerError
		}
		a.auditAct(r, action, answer.status)
	}()
	next.ServeHTTP(answer, r)
	ended = true
}

// answered remembers the status of an answer; 0: nothing but a body was written, if anything, which is a 200.
type answered struct {
	http.ResponseWriter

	status int
}

// WriteHeader remembers the status and sends it.
func (a *answered) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach what lies below.
func (a *answered) Unwrap() http.ResponseWriter { return a.ResponseWriter }

func (a *Accounts) auditAct(r *http.Request, action audit.Action, status int) {
	entry := audit.Entry{Action: action, Object: target(r)}
	if v, found := access.VerdictOf(r.Context()); found {
		if v.Refused() != "" || v.Written() {
			return
		}
		noted := v.Act()
		entry.Entity, entry.Before, entry.After = noted.Entity, noted.Before, noted.After
		if noted.Object != "" {
			entry.Object = noted.Object
		}
	}
	switch {
	case status == http.StatusNotModified: // the client has it already
		return
	case status >= http.StatusBadRequest:
		entry.Reason = "status_" + strconv.Itoa(status)
	}
	a.dependencies.Audit.Record(r.Context(), entry)
}

// auditRefusal writes down that somebody who is known was refused, for the reason that was noted.
func (a *Accounts) auditRefusal(r *http.Request) {
	reason := programme.TokenForbidden
	if v, found := access.VerdictOf(r.Context()); found && v.Refused() != "" {
		reason = v.Refused()
	}
	a.dependencies.Audit.Refused(r.Context(), audit.Entry{
		Action: audit.Request, Object: r.Method + " " + target(r), Reason: string(reason),
	})
}

// target is the address that was asked for; a query chooses what is taken away.
func target(r *http.Request) string {
	if r.URL.RawQuery == "" || r.Method != http.MethodGet {
		return r.URL.Path
	}
	return r.URL.Path + "?" + r.URL.RawQuery
}

// auditChange does what a person decides, unless it could not be written down, and writes down how it ended before it
// returns.
func (a *Accounts) auditChange(ctx context.Context, entry audit.Entry, change func() error) error {
	if err := a.dependencies.Audit.Room(); err != nil {
		return err
	}
	err := change()
	if err != nil {
		entry.After, entry.Reason = nil, refusalReason(err)
	}
	a.dependencies.Audit.Record(ctx, entry)
	access.NoteWritten(ctx)
	a.dependencies.Audit.Settle(ctx)
	return err
}

// refusalReason names what an error means.
func refusalReason(err error) string {
	switch {
	case errors.Is(err, programme.ErrAlreadyDecided):
		return "already_decided"
	case errors.Is(err, programme.ErrInvalid):
		return "invalid"
	default:
		return "unavailable"
	}
}

// shownToken is a token as the audit record shows it: without the hash of its secret.
type shownToken struct {
	Scopes      []access.Scope `json:"scopes"`
	Entity      string         `json:"entity,omitempty"`
	ExpiresAt   time.Time      `json:"expires_at"`
	Revoked     bool           `json:"revoked,omitempty"`
	RotatedFrom string         `json:"rotated_from,omitempty"`
	RotatedTo   string         `json:"rotated_to,omitempty"`
}

func (t Token) shown() shownToken {
	return shownToken{
		Scopes: t.Scopes, Entity: t.Entity, ExpiresAt: t.ExpiresAt, Revoked: t.Revoked, RotatedFrom: t.RotatedFrom, RotatedTo: t.RotatedTo,
	}
}
