package audit

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/httpserver"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// Search is a search of the audit record.
type Search struct {
	Filter

	After Cursor
	Limit int
}

const (
	defaultRows = 100
	mostRows    = 1_000
	// mostExported is the greatest number of rows in a CSV.
	mostExported = 50_000
)

// parameters are the names that a search reads; a page has its dates and its language beside them.
var parameters = []string{"actor", "action", "object", "outcome", "entity", "from", "to", "after", "limit"}

// Search reads a search from an address: parts of actor and object, action, outcome, entity, the days from and to in
// the programme's zone, the place after which the rows come, and how many. Every fault is named at once.
func (a *Recorder) Search(query url.Values, most int) (Search, error) {
	read := reader{query: query}
	search := Search{Filter: Filter{
		Actor: read.text("actor"), Object: read.text("object"), Entity: read.text("entity"),
		Action:  Action(read.oneOf("action", texts(Actions()))),
		Outcome: Outcome(read.oneOf("outcome", []string{string(Done), string(Refused)})),
		From:    read.day("from", func(day civil.Date) time.Time { return day.BeginsIn(a.configuration.Zone) }),
		To: read.day("to", func(day civil.Date) time.Time {
			return (day + 1).BeginsIn(a.configuration.Zone).Add(-time.Microsecond)
		}),
	}}
	search.After = read.cursor()
	search.Limit = read.limit(most)
	if len(read.faults) > 0 {
		return Search{}, &httpserver.FaultsError{Faults: read.faults}
	}
	return search, nil
}

// Rows returns the rows of a search that its asker may read: all for an auditor and an administrator, those of its own
// entity for an agency; another entity's is ErrNotFound.
func (a *Recorder) Rows(ctx context.Context, search Search) ([]Row, error) {
	who, known := access.PrincipalFrom(ctx)
	switch {
	case !known:
		return nil, httpserver.ErrUnauthenticated
	case who.Admin() || who.Role == access.RoleAuditor:
	case who.Role != access.RoleAgency || who.Entity == "":
		return nil, fmt.Errorf("%w: the audit record", programme.ErrForbidden)
	case search.Entity != "" && !who.Sees(search.Entity):
		access.NoteRefusal(ctx, programme.TokenOtherEntity)
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

// reader reads the parameters of a search and collects their faults.
type reader struct {
	query  url.Values
	faults []httpserver.Fault
}

func (r *reader) fault(name, allowed string) {
	r.faults = append(
		r.faults, httpserver.NewFault(name, "audit.fault.filter", i18n.Args{"field": name, "allowed": allowed}),
	)
}

func (r *reader) text(name string) string { return strings.TrimSpace(r.query.Get(name)) }

func (r *reader) oneOf(name string, allowed []string) string {
	text := r.text(name)
	if text != "" && !slices.Contains(allowed, text) {
		r.fault(name, strings.Join(allowed, ", "))
		return ""
	}
	return text
}

func (r *reader) day(name string, moment func(civil.Date) time.Time) time.Time {
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

func (r *reader) cursor() Cursor {
	text := r.text("after")
	if text == "" {
		return Cursor{}
	}
	cursor, err := ParseCursor(text)
	if err != nil {
		r.fault("after", "next")
	}
	return cursor
}

func (r *reader) limit(most int) int {
	text := r.text("limit")
	if text == "" {
		if most == mostExported { // a table is taken away whole
			return most
		}
		return defaultRows
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
