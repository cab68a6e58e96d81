package clickhouse_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"mirsad/internal/audit"
	"mirsad/internal/clickhouse"
	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/engine"
)

// auditRows returns a chain of so many rows, with everything hostile in them.
func auditRows(chain string, count int) []audit.Row {
	rows := make([]audit.Row, count)
	var head audit.Row
	for i := range rows {
		rows[i] = audit.Row{
			RecordedAt: noon.Add(time.Duration(i)*time.Second + 123_456*time.Microsecond), Request: strconv.Itoa(i), Actor: "user/a@example.qa",
			Role: "planner", Entity: "moi", Action: audit.TokenCreate, Object: "token/" + hostile, Before: hostile,
			After: "\xff\x00", Outcome: audit.Done, Reason: hostile,
		}
		rows[i].Follow(chain, head.Seq, head.Hash)
		head = rows[i]
	}
	return rows
}

func mustRecord(t *testing.T, db *clickhouse.DB, rows []audit.Row) {
	t.Helper()
	if err := db.AppendAudit(t.Context(), rows); err != nil {
		t.Fatal(err)
	}
}

// asAdmin does what only the database's administrator can, waits until it is done and returns the answer.
func asAdmin(t *testing.T, db *clickhouse.DB, statement string) string {
	t.Helper()
	endpoint := clickhousetest.Endpoint(t)
	target := endpoint.URL + "/?" + url.Values{"database": {db.Database}, "mutations_sync": {"1"}}.Encode()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, target, strings.NewReader(statement))
	if err != nil {
		t.Fatal(err)
	}
	request.SetBasicAuth(engine.UserAdmin, endpoint.Passwords[engine.UserAdmin])
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	words, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v", statement, words, err)
	}
	return string(words)
}

// faultsOf proves the audit record as it stands in the database.
func faultsOf(t *testing.T, db *clickhouse.DB) []string {
	t.Helper()
	var proof audit.Proof
	if err := db.AuditRecord(t.Context(), proof.Add); err != nil {
		t.Fatal(err)
	}
	var faults []string
	for _, fault := range proof.Faults() {
		faults = append(faults, fault.String())
	}
	return faults
}

// anchorBehind adds a chain whose one row holds the heads of the others.
func anchorBehind(t *testing.T, db *clickhouse.DB, chain string) {
	t.Helper()
	heads, err := db.AuditHeads(t.Context(), chain)
	if err != nil {
		t.Fatal(err)
	}
	detail, err := json.Marshal(audit.AnchorDetail{When: "hour", Heads: heads})
	if err != nil {
		t.Fatal(err)
	}
	anchor := audit.Row{RecordedAt: noon.Add(time.Hour), Actor: "system", Action: audit.Anchor, Detail: string(detail), Outcome: audit.Done}
	anchor.Follow(chain, 0, audit.Hash{})
	mustRecord(t, db, []audit.Row{anchor})
}

func TestTamperingWithTheAuditIsFound(t *testing.T) {
	for _, test := range []struct {
		why        string
		statements []string
		want       []string
	}{
		{"untouched", nil, nil},
		{
			"an actor altered",
			[]string{"ALTER TABLE audit UPDATE actor = 'user/somebody@example.qa' WHERE chain = 'first' AND seq = 4"},
			[]string{"altered: chain first, row 4"},
		},
		{
			"a row deleted",
			[]string{"ALTER TABLE audit DELETE WHERE chain = 'first' AND seq = 4"},
			[]string{"missing: chain first, row 4"},
		},
		{
			"two rows swapped", // seq is of the table's key, which no UPDATE can change: the rows are taken out and put back

			[]string{
				"CREATE TABLE aside AS audit",
				"INSERT INTO aside SELECT * REPLACE (toUInt64(9 - seq) AS seq) FROM audit WHERE chain = 'first' AND seq IN (4, 5)",
				"ALTER TABLE audit DELETE WHERE chain = 'first' AND seq IN (4, 5)",
				"INSERT INTO audit SELECT * FROM aside",
			},
			[]string{"reordered: chain first, row 4 was written as row 5", "reordered: chain first, row 5 was written as row 4"},
		},
		{
			"the tail cut off",
			[]string{"ALTER TABLE audit DELETE WHERE chain = 'first' AND seq > 6"},
			[]string{"cut: chain first, rows 7 to 8, shown by anchor second/1"},
		},
		{
			"a chain deleted",
			[]string{"ALTER TABLE audit DELETE WHERE chain = 'first'"},
			[]string{"cut: chain first, rows 1 to 8, shown by anchor second/1"},
		},
	} {
		t.Run(test.why, func(t *testing.T) {
			db := clickhousetest.New(t)
			mustRecord(t, db, auditRows("first", 8))
			anchorBehind(t, db, "second")
			for _, statement := range test.statements {
				asAdmin(t, db, statement)
			}
			if got := faultsOf(t, db); !slices.Equal(got, test.want) {
				t.Errorf("\n got %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestAnAuditBlockThatComesAgainIsOne(t *testing.T) {
	db := clickhousetest.New(t)
	rows := auditRows("first", 5)
	mustRecord(t, db, rows[:3])
	mustRecord(t, db, rows[:3])
	mustRecord(t, db, rows[3:])
	mustRecord(t, db, nil)
	var read []audit.Row
	if err := db.AuditRecord(t.Context(), func(r *audit.Row) { read = append(read, *r) }); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(read, rows) {
		t.Errorf("\n got %+v\nwant %+v", read, rows)
	}
}

func TestTheAuditIsSearched(t *testing.T) {
	db := clickhousetest.New(t)
	first, second := auditRows("first", 6), auditRows("second", 3)
	for i := range second {
		second[i].Actor, second[i].Entity, second[i].Object = "token/T1", "moj", "/v1/Services.csv"
		second[i].Action, second[i].Outcome = audit.Export, audit.Refused
		second[i].Hash = second[i].Sum()
	}
	mustRecord(t, db, first)
	mustRecord(t, db, second)
	for _, test := range []struct {
		why    string
		filter audit.Filter
		want   int
	}{
		{"all", audit.Filter{}, 9},
		{"a part of the actor in another case", audit.Filter{Actor: "t1"}, 3},
		{"a part of the object", audit.Filter{Object: "services"}, 3},
		{"an action", audit.Filter{Action: audit.TokenCreate}, 6},
		{"an outcome", audit.Filter{Outcome: audit.Refused}, 3},
		{"an entity", audit.Filter{Entity: "moi"}, 6},
		{"from", audit.Filter{From: first[4].RecordedAt}, 2},
		{"to", audit.Filter{To: first[0].RecordedAt}, 2},
		{"no pattern", audit.Filter{Actor: "%"}, 0},
	} {
		rows, err := db.AuditRows(t.Context(), test.filter, audit.Cursor{}, 100)
		if err != nil || len(rows) != test.want {
			t.Errorf("%s: %d rows, want %d, %v", test.why, len(rows), test.want, err)
		}
	}
	var seen []audit.Row
	var cursor audit.Cursor
	for {
		page, err := db.AuditRows(t.Context(), audit.Filter{}, cursor, 2)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		seen = append(seen, page...)
		cursor = page[len(page)-1].Cursor()
	}
	newestFirst := slices.IsSortedFunc(seen, func(a, b audit.Row) int { return b.RecordedAt.Compare(a.RecordedAt) })
	if len(seen) != 9 || !newestFirst {
		t.Errorf("%d rows page by page, newest first: %v", len(seen), newestFirst)
	}
}

func TestTheLastAnchorByAMomentIsFound(t *testing.T) {
	db := clickhousetest.New(t)
	if _, found, err := db.LastAnchor(t.Context(), noon.Add(time.Hour)); found || err != nil {
		t.Fatalf("of nothing: %v, %v", found, err)
	}
	var rows []audit.Row
	var head audit.Row
	for n, action := range []audit.Action{audit.SignIn, audit.Anchor, audit.SignIn, audit.Anchor} {
		row := audit.Row{RecordedAt: noon.Add(time.Duration(n) * time.Minute), Actor: "system", Action: action, Outcome: audit.Done}
		row.Follow("chain", head.Seq, head.Hash)
		rows, head = append(rows, row), row
	}
	mustRecord(t, db, rows)
	for minutes, seq := range map[int]uint64{0: 0, 1: 2, 2: 2, 3: 4, 60: 4} {
		anchor, found, err := db.LastAnchor(t.Context(), noon.Add(time.Duration(minutes)*time.Minute))
		if err != nil || found != (seq > 0) || anchor.Seq != seq {
			t.Errorf("by minute %d: %+v, %v, %v", minutes, anchor, found, err)
		}
		if found && (anchor.Hash != rows[seq-1].Hash || !anchor.RecordedAt.Equal(rows[seq-1].RecordedAt) || anchor.Chain != "chain") {
			t.Errorf("by minute %d: %+v", minutes, anchor)
		}
	}
}
