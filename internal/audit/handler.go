package audit

import (
	"encoding/json"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/csvfile"
	"mirsad/internal/httpserver"
	"mirsad/internal/route"
)

// item is a row of the audit record as JSON.
type item struct {
	Chain      string          `json:"chain"`
	Seq        uint64          `json:"seq"`
	RecordedAt time.Time       `json:"recorded_at"`
	Request    string          `json:"request"`
	Actor      string          `json:"actor"`
	Role       string          `json:"role"`
	Entity     string          `json:"entity"`
	Action     Action          `json:"action"`
	Object     string          `json:"object"`
	Before     json.RawMessage `json:"before" doc:"null where there was nothing"`
	After      json.RawMessage `json:"after"`
	Detail     json.RawMessage `json:"detail"`
	Outcome    Outcome         `json:"outcome" enum:"done,refused"`
	Reason     string          `json:"reason"`
	Previous   Hash            `json:"previous" doc:"The hash of the row before in its chain."`
	Hash       Hash            `json:"hash"`
}

// page is a page of rows; Next is empty on the last.
type page struct {
	Items []item `json:"items"`
	Next  string `json:"next"`
}

// Routes are the calls that search the audit record; an agency reads the rows of its own entity.
func (a *Recorder) Routes() []route.Route {
	readers := access.For(access.RoleAgency, access.RoleAuditor, access.RoleAdmin).Tokens(access.ScopeAdmin)
	query := []route.Parameter{
		{Name: "actor", Text: "Part of who acted."},
		{Name: "action", Text: "What was done."},
		{Name: "object", Text: "Part of what it was done to."},
		{Name: "outcome", Text: "done or refused."},
		{Name: "entity", Text: "Whose object it is."},
		{Name: "from", Text: "First day, as 2016-09-30."},
		{Name: "to", Text: "Last day."},
		{Name: "after", Text: "What the page before answered as next."},
		{Name: "limit", Text: "Most rows."},
	}
	return []route.Route{
		route.Get("/v1/audit", a.getRows, readers, route.Doc(route.Description{
			ID: "audit", Summary: "The audit record, newest first", Tag: "accounts",
			Query: query, Status: http.StatusOK, Gives: "application/json", Answer: reflect.TypeFor[page](),
		})),
		route.Get("/v1/audit.csv", a.getCSV, readers, route.Doc(route.Description{
			ID: "audit-csv", Summary: "The audit record as CSV; Link names where it goes on", Tag: "accounts",
			Query: query, Status: http.StatusOK, Gives: "text/csv",
		})),
	}
}

func (a *Recorder) getRows(w http.ResponseWriter, r *http.Request) error {
	rows, limit, err := a.asked(r, mostRows)
	if err != nil {
		return err
	}
	page := page{Items: make([]item, 0, len(rows)), Next: NextRow(rows, limit)}
	for i := range rows {
		page.Items = append(page.Items, itemOf(&rows[i]))
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(page) // a client that has gone needs no answer
	return nil
}

// asked reads the rows that the request chooses and may see.
func (a *Recorder) asked(r *http.Request, most int) ([]Row, int, error) {
	query := r.URL.Query()
	if err := knownParameters(query); err != nil {
		return nil, 0, err
	}
	search, err := a.Search(query, most)
	if err != nil {
		return nil, 0, err
	}
	rows, err := a.Rows(r.Context(), search)
	return rows, search.Limit, err
}

// knownParameters refuses names that no search reads: a misspelt filter must not answer everything.
func knownParameters(query url.Values) error {
	var read reader
	for name, values := range query {
		if !slices.Contains(parameters, name) || len(values) != 1 {
			read.fault(name, strings.Join(parameters, ", "))
		}
	}
	if len(read.faults) > 0 {
		return &httpserver.FaultsError{Faults: read.faults}
	}
	return nil
}

// NextRow returns where the next page begins; "" when a page that may hold so many is the last.
func NextRow(rows []Row, limit int) string {
	if len(rows) == 0 || len(rows) < limit {
		return ""
	}
	return rows[len(rows)-1].Cursor().String()
}

func itemOf(row *Row) item {
	return item{
		Chain:      row.Chain,
		Seq:        row.Seq,
		RecordedAt: row.RecordedAt,
		Request:    row.Request,
		Actor:      row.Actor,
		Role:       row.Role,
		Entity:     row.Entity,
		Action:     row.Action,
		Object:     row.Object,
		Before:     rawJSON(row.Before),
		After:      rawJSON(row.After),
		Detail:     rawJSON(row.Detail),
		Outcome:    row.Outcome,
		Reason:     row.Reason,
		Previous:   row.Previous,
		Hash:       row.Hash,
	}
}

// rawJSON returns what is stored as JSON; what is not JSON, because somebody altered it, is shown as a text.
func rawJSON(stored string) json.RawMessage {
	if stored == "" {
		return nil
	}
	if json.Valid([]byte(stored)) {
		return json.RawMessage(stored)
	}
	text, _ := json.Marshal(stored) // a text always can be
	return text
}

var columns = []string{
	"recorded_at", "actor", "role", "entity", "action", "object", "outcome", "reason", "before", "after", "detail",
	"request", "chain", "seq", "previous", "hash",
}

// getCSV answers the same rows as a table for spreadsheet programs. When there are more than a table holds, Link names
// where they go on.
func (a *Recorder) getCSV(w http.ResponseWriter, r *http.Request) error {
	rows, limit, err := a.asked(r, mostExported)
	if err != nil {
		return err
	}
	header := w.Header()
	if next := NextRow(rows, limit); next != "" {
		query := r.URL.Query()
		query.Set("after", next)
		header.Set("Link", "</v1/audit.csv?"+query.Encode()+`>; rel="next"`)
	}
	header.Set("Content-Type", csvfile.ContentType)
	header.Set("Content-Disposition", `attachment; filename="audit.csv"`)
	header.Set("Cache-Control", "no-store")
	table := csvfile.NewWriter(w)
	table.Heading(columns...)
	for i := range rows {
		table.Row(cells(&rows[i])...)
	}
	_ = table.Flush() // a client that has gone needs no answer
	return nil
}

func cells(row *Row) []csvfile.Cell {
	text := csvfile.Text[string]
	return []csvfile.Cell{
		text(row.RecordedAt.Format(time.RFC3339Nano)), text(row.Actor), text(row.Role), text(row.Entity),
		text(string(row.Action)), text(row.Object), text(string(row.Outcome)), text(row.Reason),
		text(row.Before), text(row.After), text(row.Detail), text(row.Request), text(row.Chain),
		csvfile.Number(strconv.FormatUint(row.Seq, 10)), text(row.Previous.String()), text(row.Hash.String()),
	}
}
