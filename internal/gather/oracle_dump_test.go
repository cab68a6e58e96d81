package gather_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/engine"
)

// rawRows are the rows of a store as it keeps them, one JSON object a line: what the oracle reads.
type rawRows struct {
	database string
	events   bytes.Buffer // the newest version of an identity takes the place of an older one in time
	newest   uint64       // version of an event that is in it
}

func newRawRows(t *testing.T, database string) *rawRows {
	t.Helper()
	return &rawRows{database: database}
}

const (
	rawEvents = `SELECT 'use' AS row, entity, service, hex(event_key) AS key, report_date, channel, stage, count,
		version AS recorded_at FROM usage_event WHERE version > %d`
	newestEvent = `SELECT max(version) FROM usage_event FORMAT TabSeparated`
	rawFacts    = `SELECT 'fact' AS row, '%[1]s' AS family, subject, seq, id, effective_on,
		toUnixTimestamp64Micro(recorded_at) AS recorded_at, actor, body FROM %[1]s_fact`
	rawRollouts = `SELECT 'rollout' AS row, entity, service, effective_on, toUnixTimestamp64Micro(recorded_at) AS recorded_at,
		id, source, event_id, action, level, channels, actor, verified_by FROM rollout_event`
	rawStatements = `SELECT 'statement' AS row, entity, service, period, channel, measure, state, value, source, event_id,
		toUnixTimestamp64Micro(recorded_at) AS recorded_at FROM statement`
)

// takeEvents keeps the events that came since it was last asked, before a correction replaces them.
func (r *rawRows) takeEvents(t *testing.T) {
	t.Helper()
	r.ask(t, &r.events, fmt.Sprintf(rawEvents, r.newest))
	var text bytes.Buffer
	r.query(t, &text, newestEvent)
	if _, err := fmt.Fscan(&text, &r.newest); err != nil {
		t.Fatal(err)
	}
}

// write writes all rows into a file and returns its name.
func (r *rawRows) write(t *testing.T, folder, zone string) string {
	t.Helper()
	name := filepath.Join(folder, "rows.jsonl")
	file, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Fprintf(file, "{\"row\":\"zone\",\"zone\":%q}\n", zone); err != nil {
		t.Fatal(err)
	}
	for _, family := range []string{"entity", "service", "assessment", "plan", "programme"} {
		r.ask(t, file, fmt.Sprintf(rawFacts, family))
	}
	r.ask(t, file, rawRollouts)
	r.ask(t, file, rawStatements)
	if _, err := file.Write(r.events.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	return name
}

// ask writes what a question selects as lines of JSON.
func (r *rawRows) ask(t *testing.T, to io.Writer, question string) {
	t.Helper()
	r.query(t, to, question+" FORMAT JSONEachRow")
}

func (r *rawRows) query(t *testing.T, to io.Writer, question string) {
	t.Helper()
	endpoint := clickhousetest.Endpoint(t)
	with := url.Values{
		"database": {r.database}, "query": {question}, "output_format_json_quote_64bit_integers": {"0"},
		"user": {engine.UserAdmin}, "password": {endpoint.Passwords[engine.UserAdmin]},
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, endpoint.URL+"/?"+with.Encode(), nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }() // read to its end
	if answer.StatusCode != http.StatusOK {
		words, _ := io.ReadAll(answer.Body)
		t.Fatalf("%s: %s", question, words)
	}
	if _, err := io.Copy(to, answer.Body); err != nil {
		t.Fatal(err)
	}
}
