package ingest

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/clickhouse"
	"mirsad/internal/programme"
)

// desk is an ingestion on the real store with a clock that can be moved.
type desk struct {
	*fixture
	t   *testing.T
	db  *clickhouse.DB
	now time.Time
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, now: evening}
	clock := func() time.Time { return d.now }
	d.db = realStore(t, clock)
	d.fixture = newFixture(t, quick, d.db, clock)
	d.start(t)
	return d
}

// enter brings a service into the catalogue.
func (d *desk) enter(service string) {
	d.t.Helper()
	_, err := d.db.AppendAll(d.t.Context(), []programme.Draft{{
		Family: programme.FamilyService, Subject: service, Actor: "test",
		Body: programme.Service{Code: service, Name: service, NameAr: service, Entity: "moi"},
	}})
	if err != nil {
		d.t.Fatal(err)
	}
}

// open returns the open rows of the quarantine as an agency sees them.
func (d *desk) open(query string) []QuarantinedRow {
	d.t.Helper()
	d.idle(d.t)
	return decoded[QuarantinePage](d.t, d.get(&agency, "/v1/quarantine"+query)).Items
}

func (d *desk) post(path, body string) string {
	d.t.Helper()
	response := d.fixture.post(&agency, path, "application/json", "", []byte(body))
	d.idle(d.t)
	return fmt.Sprintf("%d %s", response.Code, response.Body)
}

func (d *desk) replay(rows ...QuarantinedRow) ReplayAnswer {
	d.t.Helper()
	places := make([]programme.RowPlace, 0, len(rows))
	for _, row := range rows {
		places = append(places, programme.RowPlace{Receipt: row.Receipt, Index: row.Index})
	}
	answer, err := d.Replay(d.t.Context(), agency, places, false)
	if err != nil {
		d.t.Fatal(err)
	}
	d.idle(d.t)
	return answer
}

func TestReplayAfterACatalogueChange(t *testing.T) {
	d := newDesk(t)
	d.lines(t, agency, usage(fields{"count": 3}, fields{"subject": "new", "id": "1"}), usage(fields{"count": -1}, fields{"subject": "new", "id": "2"}))
	d.table(t, agency, statementHeading+"moi-1,web,completed,2016-08,reported,1\nnew,web,completed,2016-08,reported,5\n")
	rows := d.open("")
	if len(rows) != 3 {
		t.Fatalf("%+v", rows)
	}
	if again := d.replay(rows...); again.Accepted != 0 || len(again.Rejected) != 3 || again.Receipt != "" {
		t.Errorf("nothing has changed, yet %+v", again)
	}
	d.enter("new")
	if dry, err := d.Replay(t.Context(), agency, []programme.RowPlace{{Receipt: rows[0].Receipt, Index: rows[0].Index}}, true); err != nil || dry.Accepted != 1 || dry.Receipt != "" {
		t.Errorf("dry run: %+v, %v", dry, err)
	}
	answer := d.replay(rows...)
	if answer.Accepted != 2 || answer.Receipt == "" || len(answer.Rejected) != 1 || answer.Rejected[0].Code != programme.RefusedBadValue {
		t.Errorf("%+v", answer)
	}
	if twice := d.replay(rows...); twice.Accepted != 0 || twice.Closed != 2 || len(twice.Rejected) != 1 {
		t.Errorf("a second replay: %+v", twice)
	}
	got := totals(t, d.db)
	if got.Uses != 3 || got.RollupUses != 3 || got.Identities != 1 || got.Statements != 2 {
		t.Errorf("%+v", got)
	}
	closed := d.open("?state=closed")
	if len(closed) != 2 || closed[0].Outcome != programme.OutcomeReplayed || closed[0].Replay != answer.Receipt || closed[0].ClosedBy != agency.ID {
		t.Errorf("%+v", closed)
	}
	if left := d.open(""); len(left) != 1 || left[0].ID != "2" {
		t.Errorf("%+v", left)
	}
}

// A replayed row keeps its time of receipt: what was sent after it stays newer.
func TestReplayDoesNotOverrideACorrection(t *testing.T) {
	d := newDesk(t)
	d.lines(t, agency, usage(fields{"count": 3}, fields{"subject": "new", "id": "1"}),
		statement(fields{"value": 30}, fields{"subject": "new", "id": "s"}),
		rolloutEvent(fields{"level": 1}, fields{"subject": "new", "id": "r"}),
		milestone(fields{"done_on": "2016-09-01"}, fields{"subject": "new", "id": "m"}))
	rows := d.open("")
	d.enter("new")
	d.now = d.now.Add(time.Minute)
	d.lines(t, agency, usage(fields{"count": 7}, fields{"subject": "new", "id": "1"}),
		statement(fields{"value": 70}, fields{"subject": "new", "id": "s2"}),
		rolloutEvent(fields{"level": 2}, fields{"subject": "new", "id": "r"}),
		milestone(fields{"done_on": "2016-09-02"}, fields{"subject": "new", "id": "m"}))
	d.idle(t)
	d.now = d.now.Add(time.Minute)
	if answer := d.replay(rows...); answer.Accepted != 4 {
		t.Fatalf("%+v", answer)
	}
	got := totals(t, d.db)
	if got.Uses != 7 || got.RollupUses != 7 || got.Identities != 1 || got.Statements != 1 {
		t.Errorf("%+v", got)
	}
	rollouts, err := d.db.Rollouts(t.Context(), time.Time{})
	if err != nil || len(rollouts) != 1 || rollouts[0].Level != 2 {
		t.Errorf("%+v, %v", rollouts, err)
	}
	milestones, err := d.db.Milestones(t.Context(), time.Time{})
	if err != nil || len(milestones) != 1 || milestones[0].DoneOn.String() != "2016-09-02" {
		t.Errorf("%+v, %v", milestones, err)
	}
}

func TestReplayedStatementIsKnownFromTheReplayOn(t *testing.T) {
	d := newDesk(t)
	d.lines(t, agency, statement(fields{"value": 30}, fields{"subject": "new"}))
	rows := d.open("")
	d.enter("new")
	d.now = d.now.Add(48 * time.Hour)
	d.replay(rows...)
	for asAt, want := range map[time.Time]int{evening.Add(time.Hour): 0, {}: 1} {
		use, err := d.db.Use(t.Context(), asAt)
		if err != nil || len(use.Statements) != want {
			t.Errorf("as at %s: %d statements, %v; want %d", asAt, len(use.Statements), err, want)
		}
	}
}

// What the store rejects of a replay stands in quarantine under the replay's receipt, each row at a place of its own.
func TestTheStoreRejectsAReplay(t *testing.T) {
	store := newMemoryStore()
	f := newFixture(t, quick, store, standing)
	f.start(t)
	f.lines(t, agency, usage(nil, fields{"subject": "moi-new", "id": "1"}), usage(nil, fields{"id": "ok"}), usage(nil, fields{"subject": "moi-new", "id": "2"}))
	f.idle(t)
	store.mu.Lock()
	store.owners["moi-new"] = "moi"
	store.fail = func(b inserted) error {
		if b.kind == "usage" {
			return programme.ErrInvalid
		}
		return nil
	}
	store.mu.Unlock()
	var places []programme.RowPlace
	for _, r := range rowsIn[programme.Refusal](store, "refusals") {
		places = append(places, programme.RowPlace{Receipt: r.Receipt, Index: r.Index})
	}
	f.lines(t, agency, statement(nil)) // a receipt without usage stands before it in the chunk
	answer, err := f.Replay(t.Context(), agency, places, false)
	if err != nil || answer.Accepted != 2 {
		t.Fatalf("%+v, %v", answer, err)
	}
	f.idle(t)
	got := map[string]bool{}
	for _, r := range rowsIn[programme.Refusal](store, "refusals") {
		got[fmt.Sprintf("%s/%d %s", r.Receipt, r.Index, r.Code)] = true
	}
	for index := range 2 {
		if want := fmt.Sprintf("%s/%d rejected_by_store", answer.Receipt, index); !got[want] {
			t.Errorf("%s is not in %v", want, got)
		}
	}
}

func TestTheDesk(t *testing.T) {
	d := newDesk(t)
	raw := usage(fields{"count": -1}, fields{"id": "=cmd|x"})
	d.lines(t, agency, raw, usage(fields{"count": -2}, fields{"id": "b"}))
	row := d.open("")[0]
	place := fmt.Sprintf(`{"receipt":%q,"index":0}`, row.Receipt)
	sent := d.get(&agency, "/v1/quarantine/"+row.Receipt+"/0")
	if sent.Code != http.StatusOK || sent.Body.String() != raw || !strings.Contains(sent.Header().Get("Content-Disposition"), "attachment") {
		t.Errorf("as sent: %d %q", sent.Code, sent.Body)
	}
	table := d.get(&admin, "/v1/quarantine.csv?code=bad_value").Body.String()
	if strings.Count(table, "\r\n") != 3 || !strings.HasPrefix(table, "\ufeffreceipt,index") || !strings.Contains(table, ",'=cmd|x,") {
		t.Errorf("%q", table)
	}
	for _, c := range []struct{ path, body, want string }{
		{"replay", `{"rows":[]}`, "422"},
		{"replay", `{"rows":[` + place + `],"what":1}`, "422"},
		{"replay", `hello`, "422"},
		{"replay", `{"rows":[{"receipt":"none","index":0}]}`, "404"},
		{"replay", `{"rows":[{"receipt":"none","index":-1}]}`, "422"},
		{"replay", `{"rows":[` + place + `]}`, `200 {"receipt":"","accepted":0,"closed":0,"rejected":[`},
		{"close", `{"rows":[` + place + `]}`, "422"},
		{"close", `{"rows":[` + place + `],"comment":" "}`, "422"},
		{"close", `{"rows":[` + place + `],"comment":"a test of our portal"}`, `200 {"closed":1}`},
		{"close", `{"rows":[` + place + `],"comment":"again"}`, `200 {"closed":0}`},
		{"replay", `{"rows":[` + place + `]}`, `200 {"receipt":"","accepted":0,"closed":1,"rejected":[]}`},
	} {
		if got := d.post("/v1/quarantine/"+c.path, c.body); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s %s: %s, want %s", c.path, c.body, got, c.want)
		}
	}
	if closed := d.open("?state=closed"); len(closed) != 1 || closed[0].Comment != "a test of our portal" {
		t.Errorf("%+v", closed)
	}
	for query, want := range map[string]int{
		"?state=all": 2, "?state=all&receipt=" + row.Receipt: 2, "?receipt=none": 0, "?code=bad_time": 0, "?code=bad_value": 1,
		"?from=2016-09-30&to=2016-09-30": 1, "?from=2016-10-01": 0, "?to=2016-09-29": 0,
	} {
		if got := d.open(query); len(got) != want {
			t.Errorf("%s: %d rows, want %d", query, len(got), want)
		}
	}
	for _, query := range []string{"?state=ajar", "?code=boring", "?from=yesterday", "?to=30.9.2016"} {
		if response := d.get(&agency, "/v1/quarantine"+query); response.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", query, response.Code)
		}
	}
}

func TestNobodySeesAnothersRows(t *testing.T) {
	d := newDesk(t)
	d.lines(t, agency, usage(fields{"count": -1}))
	row := d.open("")[0]
	place := []programme.RowPlace{{Receipt: row.Receipt, Index: row.Index}}
	if _, err := d.Replay(t.Context(), stranger, place, false); err == nil || !strings.Contains(err.Error(), "no refused row") {
		t.Errorf("replay: %v", err)
	}
	if _, err := d.Close(t.Context(), stranger, place, "mine"); err == nil {
		t.Error("a stranger closes it")
	}
	executive := access.Principal{Role: access.RoleExecutive}
	for _, by := range []access.Principal{stranger, executive} {
		if response := d.get(&by, "/v1/quarantine/"+row.Receipt+"/0"); response.Code != http.StatusNotFound {
			t.Errorf("%+v: %d", by, response.Code)
		}
	}
}
