package ingest

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"mirsad/ingest/rows"
	"mirsad/ingest/spool"
	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/internal/route"
)

// evening is the last second of September 2016 in Qatar, and still 30 September in UTC.
var evening = time.Date(2016, 9, 30, 20, 59, 59, 0, time.UTC)

var (
	agency   = access.Principal{ID: "token/moi", Scopes: []access.Scope{access.ScopeEvents}, Entity: "moi"}
	admin    = access.Principal{ID: "token/admin", Scopes: []access.Scope{access.ScopeAdmin}}
	reader   = access.Principal{ID: "token/read", Scopes: []access.Scope{access.ScopeRead}, Entity: "moi"}
	stranger = access.Principal{ID: "token/moph", Scopes: []access.Scope{access.ScopeEvents}, Entity: "moph"}
)

// inserted is one insert as the memory store got it.
type inserted struct {
	kind, token string
	rows        any
}

// memoryStore keeps what it is given and fails where it is told to. It proves the order
// and the sameness of what the writer does; what a store makes of it is proved on the real one.
type memoryStore struct {
	mu       sync.Mutex
	owners   map[string]string
	moved    []programme.Ownership // recorded after the owners
	readings int
	tried    []inserted // every insert, also those that failed
	blocks   []inserted // those that did not
	dirty    int
	fail     func(b inserted) error
}

func newMemoryStore() *memoryStore {
	return &memoryStore{owners: map[string]string{"moi-1": "moi", "moi-2": "moi", "moph-1": "moph"}}
}

func (m *memoryStore) insert(kind, token string, rows any) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	b := inserted{kind, token, rows}
	m.tried = append(m.tried, b)
	if m.fail != nil {
		if err := m.fail(b); err != nil {
			return err
		}
	}
	if !slices.ContainsFunc(m.blocks, func(known inserted) bool { return known.token == token }) {
		m.blocks = append(m.blocks, b)
	}
	if kind == "dirty" {
		m.dirty++
	}
	return nil
}

func (m *memoryStore) InsertUsage(_ context.Context, token string, rows []programme.UsageEvent) error {
	return m.insert("usage", token, slices.Clone(rows))
}

func (m *memoryStore) InsertStatements(_ context.Context, token string, rows []programme.Statement) error {
	return m.insert("statements", token, slices.Clone(rows))
}

func (m *memoryStore) InsertRollouts(_ context.Context, token string, rows []programme.Rollout) error {
	return m.insert("rollouts", token, slices.Clone(rows))
}

func (m *memoryStore) InsertMilestones(_ context.Context, token string, rows []programme.MilestoneEvent) error {
	return m.insert("milestones", token, slices.Clone(rows))
}

func (m *memoryStore) InsertRefusals(_ context.Context, token string, rows []programme.Refusal) error {
	return m.insert("refusals", token, slices.Clone(rows))
}

func (m *memoryStore) InsertReceipts(_ context.Context, token string, rows []programme.Receipt) error {
	return m.insert("receipts", token, slices.Clone(rows))
}

func (m *memoryStore) MarkDirty(_ context.Context, token string, rows []programme.Slice) error {
	return m.insert("dirty", token, slices.Clone(rows))
}

func (m *memoryStore) Recompute(context.Context) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	recomputed := m.dirty
	m.dirty = 0
	return recomputed, nil
}

func (m *memoryStore) Drift(context.Context, civil.Date, civil.Date) ([]programme.Drift, error) {
	return nil, nil
}

func (m *memoryStore) ServiceOwners(context.Context) ([]programme.Ownership, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.readings++
	owners := slices.Clone(m.moved)
	for service, entity := range m.owners {
		owners = slices.Insert(owners, 0, programme.Ownership{Service: service, Entity: entity})
	}
	return owners, nil
}

func (m *memoryStore) Receipt(_ context.Context, id string) (programme.Receipt, []programme.Refusal, error) {
	for _, receipt := range rowsIn[programme.Receipt](m, "receipts") {
		if receipt.ID == id {
			refusals := rowsIn[programme.Refusal](m, "refusals")
			return receipt, slices.DeleteFunc(refusals, func(r programme.Refusal) bool { return r.Receipt != id }), nil
		}
	}
	return programme.Receipt{}, nil, programme.ErrNotFound
}

func (m *memoryStore) Quarantine(_ context.Context, filter programme.QuarantineFilter, after string, limit int) ([]programme.Quarantined, error) {
	rows := slices.DeleteFunc(m.quarantined(), func(q programme.Quarantined) bool {
		return (filter.Entity != "" && q.Entity != filter.Entity) || (filter.State != "" && q.Open() != (filter.State == "open"))
	})
	if at := slices.IndexFunc(rows, func(q programme.Quarantined) bool { return Cursor(q.Refusal) == after }); at >= 0 {
		rows = rows[at+1:]
	}
	return rows[:min(limit, len(rows))], nil
}

func (m *memoryStore) Refusals(_ context.Context, places []programme.RowPlace) ([]programme.Quarantined, error) {
	return slices.DeleteFunc(m.quarantined(), func(q programme.Quarantined) bool { return !slices.Contains(places, placeOf(q)) }), nil
}

func (m *memoryStore) CloseRefusals(_ context.Context, token string, closings []programme.Closing) error {
	return m.insert("closings", token, slices.Clone(closings))
}

func (m *memoryStore) quarantined() []programme.Quarantined {
	closed := map[programme.RowPlace]programme.Closing{}
	for _, c := range rowsIn[programme.Closing](m, "closings") {
		closed[c.RowPlace] = c
	}
	var rows []programme.Quarantined
	for _, r := range rowsIn[programme.Refusal](m, "refusals") {
		rows = append(rows, programme.Quarantined{Refusal: r, Closing: closed[programme.RowPlace{Receipt: r.Receipt, Index: r.Index}]})
	}
	return rows
}

// rowsIn returns all stored rows of a kind.
func rowsIn[T any](m *memoryStore, kind string) []T {
	m.mu.Lock()
	defer m.mu.Unlock()
	var rows []T
	for _, b := range m.blocks {
		if b.kind == kind {
			rows = append(rows, b.rows.([]T)...)
		}
	}
	return rows
}

func (m *memoryStore) kinds() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	var kinds []string
	for _, b := range m.tried {
		kinds = append(kinds, b.kind)
	}
	return kinds
}

// fixture is an ingestion on a store, whose clock stands still at evening unless told otherwise.
type fixture struct {
	*Ingest
	spool *spool.Spool
	words *i18n.Bundle
}

// quick is a configuration for tests: nothing waits long.
var quick = Configuration{
	ChunkAge: 10 * time.Millisecond, RetryFirst: time.Millisecond, RetryLast: 5 * time.Millisecond,
	CatalogueEvery: time.Millisecond,
}

func newFixture(tb testing.TB, c Configuration, store Store, now func() time.Time) *fixture {
	tb.Helper()
	return fixtureAt(tb, tb.TempDir(), c, store, now)
}

func fixtureAt(tb testing.TB, dir string, c Configuration, store Store, now func() time.Time) *fixture {
	tb.Helper()
	words, err := i18n.Load()
	if err != nil {
		tb.Fatal(err)
	}
	s, err := spool.Open(spool.Configuration{Dir: dir}, spool.Dependencies{Logger: slog.New(slog.DiscardHandler), Now: now})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	})
	i, err := New(c, Dependencies{
		Store: store, Spool: s, Words: words, Logger: slog.New(slog.DiscardHandler),
		Registerer: prometheus.NewRegistry(), Now: now, Zone: qatar(tb), Settings: programme.DefaultSettings,
	})
	if err != nil {
		tb.Fatal(err)
	}
	return &fixture{Ingest: i, spool: s, words: words}
}

func qatar(tb testing.TB) *time.Location {
	tb.Helper()
	zone, err := time.LoadLocation("Asia/Qatar")
	if err != nil {
		tb.Fatal(err)
	}
	return zone
}

func standing() time.Time { return evening }

// start starts writing, and stops before the spool is closed.
func (f *fixture) start(tb testing.TB) {
	tb.Helper()
	if err := f.Start(context.Background()); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := f.Stop(context.Background()); err != nil {
			tb.Error(err)
		}
	})
}

func (f *fixture) idle(tb testing.TB) {
	tb.Helper()
	ctx, cancel := context.WithTimeout(tb.Context(), 30*time.Second)
	defer cancel()
	if err := f.Idle(ctx); err != nil {
		tb.Fatal(err)
	}
}

// lines sends rows as NDJSON and returns the answer of a 202.
func (f *fixture) lines(tb testing.TB, p access.Principal, events ...string) Answer {
	tb.Helper()
	answer, err := f.Receive(tb.Context(), Submission{
		Principal: p, Format: rows.FormatLines, Body: []byte(strings.Join(events, "\n")),
	})
	if err != nil {
		tb.Fatal(err)
	}
	return answer
}

// post sends a body through the handler.
func (f *fixture) post(p *access.Principal, target, kind, encoding string, body []byte) *httptest.ResponseRecorder {
	request := httptest.NewRequest(http.MethodPost, target, bytes.NewReader(body))
	request.Header.Set("Content-Type", kind)
	if encoding != "" {
		request.Header.Set("Content-Encoding", encoding)
	}
	return f.serve(p, request)
}

func (f *fixture) get(p *access.Principal, target string) *httptest.ResponseRecorder {
	return f.serve(p, httptest.NewRequest(http.MethodGet, target, http.NoBody))
}

func (f *fixture) serve(p *access.Principal, request *http.Request) *httptest.ResponseRecorder {
	if p != nil {
		request = request.WithContext(access.WithPrincipal(request.Context(), *p))
	}
	response := httptest.NewRecorder()
	f.handler().ServeHTTP(response, request)
	return response
}

func decoded[T any](tb testing.TB, response *httptest.ResponseRecorder) T {
	tb.Helper()
	var value T
	if err := json.Unmarshal(response.Body.Bytes(), &value); err != nil {
		tb.Fatalf("%d %s: %v", response.Code, response.Body, err)
	}
	return value
}

// event returns a CloudEvent of moi-1 at noon of 30 September; attributes are overridden by those
// given, and dropped where they are nil.
func event(kind string, data any, overrides ...map[string]any) string {
	e := map[string]any{
		"specversion": "1.0", "id": "1", "source": "/moi/portal", "type": kind,
		"time": "2016-09-30T12:00:00+03:00", "subject": "moi-1", "data": data,
	}
	for _, override := range overrides {
		for name, value := range override {
			if e[name] = value; value == nil {
				delete(e, name)
			}
		}
	}
	body, err := json.Marshal(e)
	if err != nil {
		panic(err)
	}
	return string(body)
}

// with returns fields with some overridden, and dropped where they are nil.
func with(fields, overrides map[string]any) map[string]any {
	merged := map[string]any{}
	for _, each := range []map[string]any{fields, overrides} {
		for name, value := range each {
			if merged[name] = value; value == nil {
				delete(merged, name)
			}
		}
	}
	return merged
}

var (
	usageFields     = map[string]any{"channel": "web", "stage": "complete"}
	statementFields = map[string]any{
		"period": "2016-08", "channel": "web", "measure": "completed", "state": "reported", "value": 12,
	}
	milestoneFields = map[string]any{"milestone": "moi-1-3", "phase": "test", "done_on": "2016-09-15"}
	rolloutFields   = map[string]any{"action": "launch", "level": 3, "channels": []string{"web"}, "effective_on": "2016-09-01"}
)

func usage(overrides map[string]any, envelope ...map[string]any) string {
	return event(programme.TypeUsage, with(usageFields, overrides), envelope...)
}

func statement(overrides map[string]any, envelope ...map[string]any) string {
	return event(programme.TypeStatement, with(statementFields, overrides), envelope...)
}

func milestone(overrides map[string]any, envelope ...map[string]any) string {
	return event(programme.TypeMilestone, with(milestoneFields, overrides), envelope...)
}

func rolloutEvent(overrides map[string]any, envelope ...map[string]any) string {
	return event(programme.TypeRollout, with(rolloutFields, overrides), envelope...)
}

// handler serves the calls without a guard.
func (f *fixture) handler() http.Handler {
	registry, err := route.NewRegistry(route.Problems{}, f.Routes())
	if err != nil {
		panic(err) // two routes for one address are a fault of the program, whatever the test
	}
	return registry
}
