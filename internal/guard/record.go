package guard

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
	"mirsad/internal/route"
)

// serve lets an allowed request pass and writes down what it changed or took away, and what its handler refused.
func (g *Guard) serve(w http.ResponseWriter, r *http.Request, served route.Route) {
	if isUpload(served) {
		g.takeUpload(w, r, func(w http.ResponseWriter, r *http.Request) { g.serveFound(w, r, served) })
	} else {
		g.serveFound(w, r, served)
	}
	if v, found := access.VerdictOf(r.Context()); found && v.Refused() != "" {
		g.auditRefusal(r)
	}
}

func (g *Guard) serveFound(w http.ResponseWriter, r *http.Request, served route.Route) {
	if action := actionOf(served, r); action != "" {
		g.serveAudited(w, r, action)
		return
	}
	g.dependencies.Routes.ServeHTTP(w, r)
}

// actionOf returns what the audit record calls a request; "" when it is not written down.
func actionOf(served route.Route, r *http.Request) audit.Action {
	switch {
	case served.Action != "":
		return audit.Action(served.Action)
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

// serveAudited refuses what could not be written down, and writes down the rest with how it ended: one row an act. A
// refusal that the handler noted is written for itself, and so is what an office has written down with its object.
func (g *Guard) serveAudited(w http.ResponseWriter, r *http.Request, action audit.Action) {
	if err := g.dependencies.Audit.Capacity(); err != nil {
		g.refuse(w, r, err)
		return
	}
	if isExport(action) {
		who, _ := access.PrincipalFrom(r.Context())
		end, err := g.caps.begin(who.ID)
		if err != nil {
			httpserver.SetRetryAfter(w.Header(), exportWait*time.Second)
			g.refuse(w, r, err)
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
		g.auditAct(r, action, answer.status)
	}()
	g.dependencies.Routes.ServeHTTP(answer, r)
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

func (g *Guard) auditAct(r *http.Request, action audit.Action, status int) {
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
	g.dependencies.Audit.Record(r.Context(), entry)
}

// auditRefusal writes down that somebody who is known was refused, for the reason that was noted.
func (g *Guard) auditRefusal(r *http.Request) {
	reason := programme.TokenForbidden
	if v, found := access.VerdictOf(r.Context()); found && v.Refused() != "" {
		reason = v.Refused()
	}
	g.dependencies.Audit.Refused(r.Context(), audit.Entry{
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
