package account

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"mirsad/internal/audit"
	"mirsad/internal/csvfile"
	"mirsad/internal/httpserver"
)

// auditItem is a row of the audit record as JSON.
type auditItem struct {
	Chain      string          `json:"chain"`
	Seq        uint64          `json:"seq"`
	RecordedAt time.Time       `json:"recorded_at"`
	Request    string          `json:"request"`
	Actor      string          `json:"actor"`
	Role       string          `json:"role"`
	Entity     string          `json:"entity"`
	Action     audit.Action    `json:"action"`
	Object     string          `json:"object"`
	Before     json.RawMessage `json:"before"` // null where there was nothing
	After      json.RawMessage `json:"after"`
	Detail     json.RawMessage `json:"detail"`
	Outcome    audit.Outcome   `json:"outcome"`
	Reason     string          `json:"reason"`
	Previous   audit.Hash      `json:"previous"`
	Hash       audit.Hash      `json:"hash"`
}

// auditPage is a page of rows; Next is empty on the last.
type auditPage struct {
	Items []auditItem `json:"items"`
	Next  string      `json:"next"`
}

// Handler serves GET /v1/audit and /v1/audit.csv, under the guard.
func (a *Audit) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v1/audit", a.getRows)
	mux.HandleFunc("GET /v1/audit.csv", a.getCSV)
	return mux
}

func (a *Audit) getRows(w http.ResponseWriter, r *http.Request) {
	rows, limit, err := a.asked(r, mostAuditRows)
	if err != nil {
		httpserver.WriteProblem(w, r, err)
		return
	}
	page := auditPage{Items: make([]auditItem, 0, len(rows)), Next: NextAuditRow(rows, limit)}
	for i := range rows {
		page.Items = append(page.Items, auditItemOf(&rows[i]))
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(page) // a client that has gone needs no answer
}

// asked reads the rows that the request chooses and may see.
func (a *Audit) asked(r *http.Request, most int) ([]audit.Row, int, error) {
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
	var read auditReader
	for name, values := range query {
		if !slices.Contains(auditParameters, name) || len(values) != 1 {
			read.fault(name, strings.Join(auditParameters, ", "))
		}
	}
	if len(read.faults) > 0 {
		return &httpserver.FaultsError{Faults: read.faults}
	}
	return nil
}

// NextAuditRow returns where the next page begins; "" when a page that may hold so many is the last.
func NextAuditRow(rows []audit.Row, limit int) string {
	if len(rows) == 0 || len(rows) < limit {
		return ""
	}
	return rows[len(rows)-1].Cursor().String()
}

func auditItemOf(row *audit.Row) auditItem {
	return auditItem{
		Chain: row.Chain, Seq: row.Seq, RecordedAt: row.RecordedAt, Request: row.Request, Actor: row.Actor, Role: row.Role,
		Entity: row.Entity, Action: row.Action, Object: row.Object, Before: rawJSON(row.Before), After: rawJSON(row.After),
		Detail: rawJSON(row.Detail), Outcome: row.Outcome, Reason: row.Reason, Previous: row.Previous, Hash: row.Hash,
	}
}

// rawJSON returns what is stored as JSON; what is none, for somebody altered it, is shown as a text.
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

var auditColumns = []string{
	"recorded_at", "actor", "role", "entity", "action", "object", "outcome", "reason", "before", "after", "detail",
	"request", "chain", "seq", "previous", "hash",
}

// getCSV answers the same rows as a table for spreadsheet programs. When there are more than a table holds, Link names
// where they go on.
func (a *Audit) getCSV(w http.ResponseWriter, r *http.Request) {
	rows, limit, err := a.asked(r, mostAuditExported)
	if err != nil {
		httpserver.WriteProblem(w, r, err)
		return
	}
	header := w.Header()
	if next := NextAuditRow(rows, limit); next != "" {
		query := r.URL.Query()
		query.Set("after", next)
		header.Set("Link", "</v1/audit.csv?"+query.Encode()+`>; rel="next"`)
	}
	header.Set("Content-Type", csvfile.ContentType)
	header.Set("Content-Disposition", `attachment; filename="audit.csv"`)
	header.Set("Cache-Control", "no-store")
	table := csvfile.NewWriter(w)
	table.Heading(auditColumns...)
	for i := range rows {
		table.Row(auditCells(&rows[i])...)
	}
	_ = table.Flush() // a client that has gone needs no answer
}

func auditCells(row *audit.Row) []csvfile.Cell {
	text := csvfile.Text[string]
	return []csvfile.Cell{
		text(row.RecordedAt.Format(time.RFC3339Nano)), text(row.Actor), text(row.Role), text(row.Entity),
		text(string(row.Action)), text(row.Object), text(string(row.Outcome)), text(row.Reason),
		text(row.Before), text(row.After), text(row.Detail), text(row.Request), text(row.Chain),
		csvfile.Number(strconv.FormatUint(row.Seq, 10)), text(row.Previous.String()), text(row.Hash.String()),
	}
}
