package office

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/httpserver"
	"mirsad/internal/i18n"
	"mirsad/web/page"
)

// Audit searches the audit record.
type Audit interface {
	// Search reads a search from an address; *httpserver.FaultsError names what is wrong with it.
	Search(query url.Values, most int) (audit.Search, error)
	// Rows returns the rows of a search that the context's person may read.
	Rows(ctx context.Context, search audit.Search) ([]audit.Row, error)
}

// auditView searches the audit record: filters and a page of rows.
type auditView struct {
	page.Frame

	Heading, Lead         string
	Action                string
	Actor, Object, Entity string
	// Everything is whether the reader may choose an entity.
	Everything        bool
	Actions, Outcomes []page.Option
	From, To          string
	Faults            []string
	Rows              []auditLine
	Nothing           string
	Newest, Next      page.Link
	CSV               string
}

// auditLine is a row of the record in the reader's words.
type auditLine struct {
	When, Moment          string // in the programme's zone, and as the API has it
	Actor, Role, Entity   string
	Action, Object        string
	Refused               bool
	Outcome               string
	Before, After, Detail string // JSON
	Request, Place, Hash  string
}

const (
	auditRowsOnPage = 50
	mostAuditRows   = 1_000
)

// auditFilters are the names of the form's fields.
var auditFilters = []string{"actor", "object", "entity", "action", "outcome", "from", "to"}

// auditPage shows a search; one that can't be read is shown with its faults and no rows.
func (v *visit) auditPage(rw http.ResponseWriter) error {
	rw.Header().Set("Cache-Control", "no-store") // its problems too
	search, err := v.deps.Audit.Search(v.Address.Copied(), mostAuditRows)
	var faults *httpserver.FaultsError
	status := http.StatusOK
	var rows []audit.Row
	switch {
	case errors.As(err, &faults):
		status = http.StatusBadRequest
	case err == nil:
		search.Limit = auditRowsOnPage
		rows, err = v.deps.Audit.Rows(v.Request.Context(), search)
	}
	if err != nil && faults == nil {
		return err
	}
	in := auditWords{v.Visit}
	view := in.view(rows, search.After != audit.Cursor{})
	if faults != nil {
		view.Nothing, view.Heading = "", view.Title
		view.Faults = in.faults(faults)
	}
	return v.NoStore(rw, status, "audit", view)
}

// auditWords words the record for its page.
type auditWords struct{ *page.Visit }

func (v auditWords) view(rows []audit.Row, older bool) auditView {
	query := v.Address.Query
	view := auditView{
		Frame: v.Frame(v.T("audit.title")), Lead: v.T("audit.lead.own"), Action: "/" + string(v.Language) + "/audit",
		Actor: query.Get("actor"), Object: query.Get("object"), Entity: query.Get("entity"), From: query.Get("from"),
		To:         query.Get("to"),
		Everything: v.Reader.Role != access.RoleAgency,
		Actions: v.Options(
			"audit.action.", query.Get("action"),
			page.Each(audit.Actions(), func(a audit.Action) string { return string(a) })...,
		),
		Outcomes: v.Options("audit.outcome.", query.Get("outcome"), string(audit.Done), string(audit.Refused)),
		Heading:  v.T("audit.heading", page.Args("n", len(rows))),
	}
	if view.Everything {
		view.Lead = v.T("audit.lead.all")
	}
	if older {
		view.Heading = v.T("audit.heading.older", page.Args("n", len(rows)))
		view.Newest = page.Link{Text: v.T("audit.newest"), Address: v.Address.With("after", "")}
	}
	for i := range rows {
		view.Rows = append(view.Rows, v.line(&rows[i]))
	}
	if next := audit.NextRow(rows, auditRowsOnPage); next != "" {
		view.Next = page.Link{Text: v.T("audit.more"), Address: v.Address.With("after", next)}
	}
	if len(rows) == 0 {
		view.Nothing = v.T("audit.nothing")
	}
	chosen := url.Values{}
	for _, name := range auditFilters {
		if value := query.Get(name); value != "" {
			chosen.Set(name, value)
		}
	}
	view.CSV = page.WithQuery("/v1/audit.csv", chosen)
	return view
}

func (v auditWords) line(row *audit.Row) auditLine {
	line := auditLine{
		When:   v.Second(row.RecordedAt, v.Zone),
		Moment: row.RecordedAt.Format(time.RFC3339Nano),
		Actor:  v.ActorName(row.Actor), Role: row.Role, Entity: row.Entity, Action: string(row.Action), Object: row.Object,
		Refused: row.Outcome == audit.Refused, Outcome: v.T("audit.outcome.done"),
		Before: row.Before, After: row.After, Detail: row.Detail,
		Request: row.Request, Place: fmt.Sprintf("%s/%d", row.Chain, row.Seq), Hash: row.Hash.String(),
	}
	if slices.Contains(audit.Actions(), row.Action) { // another version may know more
		line.Action = v.T("audit.action." + line.Action)
	}
	if role, err := access.ParseRole(row.Role); err == nil {
		line.Role = v.T("account.role." + string(role))
	}
	if line.Refused {
		line.Outcome = v.T("audit.outcome.refused") + ": " + v.reason(row.Reason)
	}
	return line
}

// auditReasons are those that have words.
var auditReasons = []string{
	"forbidden", "other_entity", "wrong_password", "too_many_attempts", "already_decided", "invalid", "unavailable",
	"provider_unavailable", "provider_refused", "provider_stale", "provider_denied", "provider_no_role",
	"provider_disabled",
}

func (v auditWords) reason(reason string) string {
	if slices.Contains(auditReasons, reason) {
		return v.T("audit.reason." + reason)
	}
	if status, answered := strings.CutPrefix(reason, "status_"); answered {
		return v.T("audit.reason.status", page.Args("status", status))
	}
	return reason
}

// auditFaults words what is wrong with a search, by field.
func (v auditWords) faults(faults *httpserver.FaultsError) []string {
	worded := map[string]string{}
	for _, fault := range faults.Faults {
		worded[fault.Field] = fault.Message + " " + fault.Remedy
		if v.Language == i18n.Arabic {
			worded[fault.Field] = fault.MessageAr + " " + fault.RemedyAr
		}
	}
	texts := make([]string, 0, len(worded))
	for _, field := range slices.Sorted(maps.Keys(worded)) {
		texts = append(texts, worded[field])
	}
	return texts
}
