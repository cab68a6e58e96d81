package account

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"mirsad/internal/audit"
	"mirsad/internal/civil"
	"mirsad/internal/httpserver"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// AuditSearch is a search of the audit record.
type AuditSearch struct {
	audit.Filter

	After audit.Cursor
	Limit int
}

const (
	defaultAuditRows = 100
	mostAuditRows    = 1_000
	// mostAuditExported is the greatest number of rows in a CSV.
	mostAuditExported = 50_000
)

// auditParameters are the names that a search reads; a page has its dates and its language beside them.
var auditParameters = []string{"actor", "action", "object", "outcome", "entity", "from", "to", "after", "limit"}

// Search reads a search from an address: parts of actor and object, action, outcome, entity, the days from and to in the
// programme's zone, the place after which the rows come, and how many. Every fault is named at once.
func (a *Audit) Search(query url.Values, most int) (AuditSearch, error) {
	read := auditReader{query: query}
	search := AuditSearch{Filter: audit.Filter{
		Actor: read.text("actor"), Object: read.text("object"), Entity: read.text("entity"),
		Action:  audit.Action(read.oneOf("action", texts(audit.Actions()))),
		Outcome: audit.Outcome(read.oneOf("outcome", []string{string(audit.Done), string(audit.Refused)})),
		From:    read.day("from", func(day civil.Date) time.Time { return day.BeginsIn(a.configuration.Zone) }),
		To: read.day("to", func(day civil.Date) time.Time {
			return (day + 1).BeginsIn(a.configuration.Zone).Add(-time.Microsecond)
		}),
	}}
	search.After = read.cursor()
	search.Limit = read.limit(most)
	if len(read.faults) > 0 {
		return AuditSearch{}, &httpserver.FaultsError{Faults: read.faults}
	}
	return search, nil
}

// Rows returns the rows of a search that its asker may read: all for an auditor and an administrator, those of its own
// entity for an agency; another entity's is ErrNotFound.
func (a *Audit) Rows(ctx context.Context, search AuditSearch) ([]audit.Row, error) {
	who, known := PrincipalFrom(ctx)
	switch {
	case !known:
		return nil, httpserver.ErrUnauthenticated
	case who.Admin() || who.Role == RoleAuditor:
	case who.Role != RoleAgency || who.Entity == "":
		return nil, fmt.Errorf("%w: the audit record", programme.ErrForbidden)
	case search.Entity != "" && search.Entity != who.Entity:
		NoteRefusal(ctx, programme.TokenOtherEntity)
		return nil, fmt.Errorf("%w: another entity's audit record", programme.ErrNotFound)
	default:
		search.Entity = who.Entity
	}
	rows, err := a.dependencies.Store.AuditRows(ctx, search.Filter, search.After, search.Limit)
	if err != nil {
		return nil, programme.Unavailable("read the audit record", err)
	}
	return rows, nil
}

// auditReader reads the parameters of a search and collects their faults.
type auditReader struct {
	query  url.Values
	faults []httpserver.Fault
}

func (r *auditReader) fault(name, allowed string) {
	r.faults = append(r.faults, httpserver.NewFault(name, "audit.fault.filter", i18n.Args{"field": name, "allowed": allowed}))
}

func (r *auditReader) text(name string) string { return strings.TrimSpace(r.query.Get(name)) }

func (r *auditReader) oneOf(name string, allowed []string) string {
	text := r.text(name)
	if text != "" && !slices.Contains(allowed, text) {
		r.fault(name, strings.Join(allowed, ", "))
		return ""
	}
	return text
}

func (r *auditReader) day(name string, moment func(civil.Date) time.Time) time.Time {
	text := r.text(name)
	if text == "" {
		return time.Time{}
	}
	day, err := civil.ParseDate(text)
	if err != nil {
		r.fault(name, "2016-09-30")
		return time.Time{}
	}
	return moment(day)
}

func (r *auditReader) cursor() audit.Cursor {
	text := r.text("after")
	if text == "" {
		return audit.Cursor{}
	}
	cursor, err := audit.ParseCursor(text)
	if err != nil {
		r.fault("after", "next")
	}
	return cursor
}

func (r *auditReader) limit(most int) int {
	text := r.text("limit")
	if text == "" {
		if most == mostAuditExported { // a table is taken away whole
			return most
		}
		return defaultAuditRows
	}
	limit, err := strconv.Atoi(text)
	if err != nil || limit < 1 || limit > most {
		r.fault("limit", fmt.Sprintf("1 … %d", most))
		return 0
	}
	return limit
}

func texts[T ~string](values []T) []string {
	list := make([]string, len(values))
	for i, value := range values {
		list[i] = string(value)
	}
	return list
}
