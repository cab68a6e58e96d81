package ingest

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"mirsad/ingest/refusal"
	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/csvfile"
	"mirsad/internal/httpserver"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// QuarantinedRow is a refused row as it is in quarantine.
type QuarantinedRow struct {
	refusal.Rejection
	Receipt    string              `json:"receipt"`
	Entity     string              `json:"entity"`
	Format     programme.RowFormat `json:"format" enum:"json,csv"`
	Raw        string              `json:"raw" doc:"The row as sent; exactly so at /v1/quarantine/{receipt}/{index}."`
	RecordedAt time.Time           `json:"recorded_at"`
	// Outcome is empty while the row is open; then replayed, with the receipt of the replay, or closed, with a comment.
	Outcome  programme.Outcome `json:"outcome" doc:"Empty while the row is open; then replayed or closed."`
	Replay   string            `json:"replay,omitempty"`
	Comment  string            `json:"comment,omitempty"`
	ClosedBy string            `json:"closed_by,omitempty"`
	ClosedAt time.Time         `json:"closed_at,omitzero"`
}

// QuarantinePage is a page of refused rows; Next is empty on the last.
type QuarantinePage struct {
	Items []QuarantinedRow `json:"items"`
	Next  string           `json:"next"`
}

const (
	// mostQuarantined is the greatest number of refused rows on a page.
	mostQuarantined = 200
	// mostDownloaded is the greatest number of refused rows in a CSV: those of a whole body.
	mostDownloaded = MaxEvents
)

// getQuarantine answers the refused rows that the address chooses, newest first, a page at a time.
func (i *Ingest) getQuarantine(w http.ResponseWriter, r *http.Request) error {
	limit, err := limitOf(r.URL.Query().Get("limit"))
	if err != nil {
		return err
	}
	rows, err := i.quarantine(r, limit)
	if err != nil {
		return err
	}
	page := QuarantinePage{Items: make([]QuarantinedRow, 0, len(rows))}
	for _, row := range rows {
		page.Items = append(page.Items, i.quarantinedRow(row))
	}
	if len(rows) == limit {
		page.Next = Cursor(rows[limit-1].Refusal)
	}
	writeJSON(w, http.StatusOK, page)
	return nil
}

// quarantine reads the rows that the request may see and chooses: those of ?entity=, of all for those who may read all.
func (i *Ingest) quarantine(r *http.Request, limit int) ([]programme.Quarantined, error) {
	principal, known := access.PrincipalFrom(r.Context())
	if !known {
		return nil, httpserver.ErrUnauthenticated
	}
	filter, err := i.filterOf(r.URL.Query())
	if err != nil {
		return nil, err
	}
	if filter.Entity == "" {
		filter.Entity = principal.Entity
	}
	if !mayRead(principal, filter.Entity) {
		access.NoteRefusal(r.Context(), programme.TokenOtherEntity)
		return nil, fmt.Errorf("quarantine: %w", programme.ErrForbidden)
	}
	rows, err := i.Store.Quarantine(r.Context(), filter, r.URL.Query().Get("after"), limit)
	if err != nil {
		return nil, fmt.Errorf("quarantine: %w", err)
	}
	return rows, nil
}

// filterOf reads entity, receipt, code, state (open by default, closed, all) and the days from and to, in the
// programme's zone.
func (i *Ingest) filterOf(query url.Values) (programme.QuarantineFilter, error) {
	var faults []httpserver.Fault
	fault := func(name, allowed string) {
		faults = append(
			faults, httpserver.NewFault(name, "ingest.fault.filter", i18n.Args{"field": name, "allowed": allowed}),
		)
	}
	filter := programme.QuarantineFilter{
		Entity:  query.Get("entity"),
		Receipt: query.Get("receipt"),
		Code:    programme.RefusalCode(query.Get("code")),
		State:   query.Get("state"),
	}
	if codes := programme.RefusalCodes(); filter.Code != "" && !slices.Contains(codes, filter.Code) {
		fault("code", listed(codes))
	}
	switch filter.State {
	case "":
		filter.State = "open"
	case "all":
		filter.State = ""
	case "open", "closed":
	default:
		fault("state", "open, closed, all")
	}
	for name, moment := range map[string]*time.Time{"from": &filter.From, "to": &filter.To} {
		day, err := civil.ParseDate(query.Get(name))
		switch {
		case query.Get(name) == "":
		case err != nil:
			fault(name, "2016-09-30")
		case name == "to":
			*moment = (day + 1).BeginsIn(i.Zone).Add(-time.Microsecond)
		default:
			*moment = day.BeginsIn(i.Zone)
		}
	}
	if len(faults) > 0 {
		return filter, &httpserver.FaultsError{Faults: faults}
	}
	return filter, nil
}

func listed[T ~string](values []T) string {
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = string(value)
	}
	return strings.Join(texts, ", ")
}

func (i *Ingest) quarantinedRow(q programme.Quarantined) QuarantinedRow {
	return QuarantinedRow{
		Rejection: refusal.Explain(i.Words, q.Refusal), Receipt: q.Receipt, Entity: q.Entity, Format: q.Format,
		Raw: strings.ToValidUTF8(string(q.Raw), "\uFFFD"), RecordedAt: q.RecordedAt,
		Outcome: q.Closing.Outcome, Replay: q.Closing.Replay, Comment: q.Closing.Comment,
		ClosedBy: q.Closing.Actor, ClosedAt: q.Closing.RecordedAt,
	}
}

// getQuarantineCSV answers the same rows as a table for spreadsheet programs.
func (i *Ingest) getQuarantineCSV(w http.ResponseWriter, r *http.Request) error {
	rows, err := i.quarantine(r, mostDownloaded)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", csvfile.ContentType)
	w.Header().Set("Content-Disposition", `attachment; filename="quarantine.csv"`)
	w.Header().Set("Cache-Control", "no-store")
	table := csvfile.NewWriter(w)
	table.Heading(
		"receipt", "index", "entity", "id", "code", "field", "message", "message_ar", "remedy", "remedy_ar",
		"recorded_at", "outcome", "replay", "comment", "closed_by", "raw",
	)
	text := csvfile.Text[string]
	for _, q := range rows {
		row := i.quarantinedRow(q)
		table.Row(
			text(row.Receipt),
			csvfile.Number(strconv.Itoa(row.Index)),
			text(row.Entity),
			text(row.ID),
			text(string(row.Code)),
			text(row.Field),
			text(row.Message),
			text(row.MessageAr),
			text(row.Remedy),
			text(row.RemedyAr),
			text(row.RecordedAt.Format(time.RFC3339)),
			text(string(row.Outcome)),
			text(row.Replay),
			text(row.Comment),
			text(row.ClosedBy),
			text(row.Raw),
		)
	}
	_ = table.Flush() // a client that has gone needs no answer
	return nil
}

// getQuarantinedRow answers one row byte for byte as it was sent, and 404 for another's.
func (i *Ingest) getQuarantinedRow(w http.ResponseWriter, r *http.Request) error {
	row, err := i.refusedRow(r.Context(), r.PathValue("receipt"), r.PathValue("index"))
	if err != nil {
		return err
	}
	name := fmt.Sprintf("%s-%d.%s", row.Receipt, row.Index, row.Format)
	w.Header().Set("Content-Type", "application/octet-stream") // it is not known to be what it says it is
	w.Header().Set("Content-Disposition", "attachment; filename="+strconv.Quote(name))
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(row.Raw) // a client that has gone needs no answer
	return nil
}

func (i *Ingest) refusedRow(ctx context.Context, receipt, text string) (programme.Quarantined, error) {
	index, err := strconv.Atoi(text)
	if err != nil || index < 0 || index > MaxEvents {
		return programme.Quarantined{}, fmt.Errorf("refused row: %w", programme.ErrNotFound)
	}
	principal, known := access.PrincipalFrom(ctx)
	if !known {
		return programme.Quarantined{}, httpserver.ErrUnauthenticated
	}
	found, err := i.Store.Refusals(ctx, []programme.RowPlace{{Receipt: receipt, Index: index}})
	if err != nil {
		return programme.Quarantined{}, fmt.Errorf("refused row: %w", err)
	}
	if len(found) > 0 && !mayRead(principal, found[0].Entity) {
		access.NoteRefusal(ctx, programme.TokenOtherEntity)
		found = nil
	}
	if len(found) == 0 {
		return programme.Quarantined{}, fmt.Errorf("refused row: %w", programme.ErrNotFound)
	}
	return found[0], nil
}

func limitOf(text string) (int, error) {
	if text == "" {
		return mostQuarantined, nil
	}
	limit, err := strconv.Atoi(text)
	if err != nil || limit < 1 || limit > mostQuarantined {
		fault := httpserver.NewFault("limit", "ingest.fault.limit", i18n.Args{"n": mostQuarantined})
		return 0, &httpserver.FaultsError{Faults: []httpserver.Fault{fault}}
	}
	return limit, nil
}

// Cursor names a refused row's place in the quarantine: receipt/index.
func Cursor(refusal programme.Refusal) string {
	return refusal.Receipt + "/" + strconv.Itoa(refusal.Index)
}
