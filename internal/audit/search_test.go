package audit_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/audit/audittest"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
	"mirsad/internal/route"
)

var (
	auditor  = access.Principal{ID: "user/auditor", Role: access.RoleAuditor}
	interior = access.Principal{ID: "user/agency", Role: access.RoleAgency, Entity: "moi"}
)

func faultyFields(err error) []string {
	var fields []string
	if faults, are := errors.AsType[*httpserver.FaultsError](err); are {
		for _, each := range faults.Faults {
			fields = append(fields, each.Field)
		}
	}
	slices.Sort(fields)
	return fields
}

func TestASearchIsReadAndItsFaultsAreNamedAllAtOnce(t *testing.T) {
	recorder := recorderOver(t, &audittest.Memory{})
	cursor := audit.Cursor{RecordedAt: time.Date(2016, 9, 30, 1, 2, 3, 0, time.UTC), Chain: "c", Seq: 7}
	search, err := recorder.Search(url.Values{
		"actor": {" user/a "}, "object": {"plan"}, "entity": {"moi"}, "action": {string(audit.Export)}, "outcome": {"refused"},
		"from": {"2016-09-01"}, "to": {"2016-09-30"}, "after": {cursor.String()}, "limit": {"1000"},
	}, 1000)
	want := audit.Filter{
		Actor: "user/a", Object: "plan", Entity: "moi", Action: audit.Export, Outcome: audit.Refused,
		From: time.Date(2016, 9, 1, 0, 0, 0, 0, time.UTC), To: time.Date(2016, 10, 1, 0, 0, 0, 0, time.UTC).Add(-time.Microsecond),
	}
	if err != nil || search.Filter != want || search.Limit != 1000 || search.After.String() != cursor.String() {
		t.Errorf("%+v, %v", search, err)
	}
	if search, err := recorder.Search(nil, 1000); err != nil || search.Filter != (audit.Filter{}) || search.Limit != 100 ||
		search.After != (audit.Cursor{}) {
		t.Errorf("without parameters: %+v, %v", search, err)
	}
	if search, err := recorder.Search(url.Values{"limit": {"1"}}, 1000); err != nil || search.Limit != 1 {
		t.Errorf("one row: %+v, %v", search, err)
	}
	_, err = recorder.Search(url.Values{
		"action": {"fly"}, "outcome": {"maybe"}, "from": {"soon"}, "to": {"later"}, "after": {"x"}, "limit": {"0"},
	}, 1000)
	if got := faultyFields(err); !slices.Equal(got, []string{"action", "after", "from", "limit", "outcome", "to"}) {
		t.Errorf("faults of %v", got)
	}
	for _, limit := range []string{"1001", "-1", "x"} {
		if _, err := recorder.Search(url.Values{"limit": {limit}}, 1000); !slices.Equal(faultyFields(err), []string{"limit"}) {
			t.Errorf("%s rows: %v", limit, err)
		}
	}
}

func TestWhoReadsWhichRows(t *testing.T) {
	store := &audittest.Memory{}
	recorder := recorderOver(t, store)
	for _, entity := range []string{"moi", "moj"} {
		recorder.Record(t.Context(), audit.Entry{Action: audit.Export, Entity: entity})
	}
	recorder.Settle(t.Context())
	for _, each := range []struct {
		name   string
		who    access.Principal
		entity string
		want   int
		err    error
	}{
		{"auditor", auditor, "", 2, nil},
		{"auditor of one", auditor, "moj", 1, nil},
		{"admin", access.Principal{ID: "a", Role: access.RoleAdmin}, "", 2, nil},
		{"admin token", access.Principal{ID: "a", Scopes: []access.Scope{access.ScopeAdmin}}, "", 2, nil},
		{"agency", interior, "", 1, nil},
		{"agency of its own", interior, "moi", 1, nil},
		{"agency of another", interior, "moj", 0, programme.ErrNotFound},
		{"agency without an entity", access.Principal{ID: "a", Role: access.RoleAgency}, "", 0, programme.ErrForbidden},
		{"executive", access.Principal{ID: "e", Role: access.RoleExecutive}, "", 0, programme.ErrForbidden},
		{"executive with an entity", access.Principal{ID: "e", Role: access.RoleExecutive, Entity: "moi"}, "", 0, programme.ErrForbidden},
		{"nobody", access.Principal{}, "", 0, httpserver.ErrUnauthenticated},
	} {
		verdict := &access.Verdict{}
		ctx := access.WithVerdict(t.Context(), verdict)
		if each.who.ID != "" {
			ctx = access.WithPrincipal(ctx, each.who)
		}
		rows, err := recorder.Rows(ctx, audit.Search{Filter: audit.Filter{Entity: each.entity}, Limit: 10})
		if len(rows) != each.want || !errors.Is(err, each.err) || (each.err == nil) != (err == nil) {
			t.Errorf("%s: %d rows, %v", each.name, len(rows), err)
		}
		if (verdict.Refused() == programme.TokenOtherEntity) != (each.name == "agency of another") {
			t.Errorf("%s: the refusal noted is %q", each.name, verdict.Refused())
		}
	}
	store.SetAway(true)
	if _, err := recorder.Rows(access.WithPrincipal(t.Context(), auditor), audit.Search{Limit: 1}); !errors.Is(err, programme.ErrUnavailable) {
		t.Errorf("without the store: %v", err)
	}
}

// asked calls one of the recorder's routes as somebody.
func asked(t *testing.T, recorder *audit.Recorder, who access.Principal, target string) (*httptest.ResponseRecorder, error) {
	t.Helper()
	path, _, _ := strings.Cut(target, "?")
	at := slices.IndexFunc(recorder.Routes(), func(r route.Route) bool { return r.Path == path })
	w := httptest.NewRecorder()
	r := httptest.NewRequestWithContext(access.WithPrincipal(t.Context(), who), http.MethodGet, target, http.NoBody)
	return w, recorder.Routes()[at].Handler(w, r)
}

func TestRowsAreAnsweredByPages(t *testing.T) {
	recorder := recorderOver(t, &audittest.Memory{})
	for i := range 3 {
		recorder.Record(t.Context(), audit.Entry{
			Action: audit.Export, Object: fmt.Sprint("object ", i), Entity: "moi", Before: map[string]int{"n": i}, Reason: []string{"", "no", ""}[i],
		})
	}
	recorder.Settle(t.Context())
	for limit, next := range map[int]bool{2: true, 3: true, 4: false} {
		w, err := asked(t, recorder, auditor, fmt.Sprintf("/v1/audit?action=export&limit=%d", limit))
		var page struct {
			Items []struct {
				Object, Outcome, Reason string
				Before, After           json.RawMessage
			}
			Next string
		}
		if err != nil || json.Unmarshal(w.Body.Bytes(), &page) != nil || len(page.Items) != min(limit, 3) || (page.Next != "") != next {
			t.Errorf("%d rows: %v %s", limit, err, w.Body)
			continue
		}
		if page.Items[1].Object != "object 1" || page.Items[1].Outcome != "refused" || page.Items[0].Outcome != "done" ||
			string(page.Items[1].Before) != `{"n":1}` || string(page.Items[1].After) != "null" {
			t.Errorf("%s", w.Body)
		}
	}
	if w, err := asked(t, recorder, auditor, "/v1/audit?action=sign_in"); err != nil || !strings.Contains(w.Body.String(), `"items":[]`) {
		t.Errorf("nothing found: %v %s", err, w.Body)
	}
	for query, field := range map[string]string{"colour=red": "colour", "actor=a&actor=b": "actor", "limit=1001": "limit"} {
		for _, path := range []string{"/v1/audit?", "/v1/audit.csv?"} {
			if path == "/v1/audit.csv?" && field == "limit" {
				continue
			}
			if _, err := asked(t, recorder, auditor, path+query); !slices.Equal(faultyFields(err), []string{field}) {
				t.Errorf("%s%s: %v", path, query, err)
			}
		}
	}
	w, err := asked(t, recorder, auditor, "/v1/audit.csv?limit=2&action=export")
	table, csvErr := csv.NewReader(strings.NewReader(strings.TrimPrefix(w.Body.String(), "\ufeff"))).ReadAll()
	if err != nil || csvErr != nil || len(table) != 3 || len(table[0]) != 16 || table[2][5] != "object 1" {
		t.Errorf("as a table: %v %v %q", err, csvErr, table)
	}
	if link := w.Header().Get("Link"); !strings.Contains(link, "after=") || !strings.Contains(link, `rel="next"`) {
		t.Errorf("goes on at %q", link)
	}
	if w, err := asked(t, recorder, auditor, "/v1/audit.csv"); err != nil || w.Header().Get("Link") != "" {
		t.Errorf("all rows go on at %q, %v", w.Header().Get("Link"), err)
	}
	if w, err := asked(t, recorder, interior, "/v1/audit?entity=moj"); !errors.Is(err, programme.ErrNotFound) {
		t.Errorf("another entity's: %v %s", err, w.Body)
	}
}

func TestWhoIsNamedInARow(t *testing.T) {
	store := &audittest.Memory{}
	recorder := recorderOver(t, store)
	person := access.WithPrincipal(t.Context(), access.Principal{ID: "user/a", Role: access.RoleAgency, Entity: "moi"})
	link := access.WithPrincipal(t.Context(), access.Principal{ID: "token/t", Scopes: []access.Scope{access.ScopeRead}})
	for _, each := range []struct {
		ctx   context.Context
		entry audit.Entry
	}{
		{person, audit.Entry{Action: audit.Export}},
		{person, audit.Entry{Action: audit.Export, Entity: "moj", Actor: "user/b", Role: "admin", Reason: "no"}},
		{link, audit.Entry{Action: audit.Export}},
		{t.Context(), audit.Entry{Action: audit.Export, Object: strings.Repeat("ب", 400)}},
	} {
		recorder.Record(each.ctx, each.entry)
	}
	recorder.Settle(t.Context())
	var got []string
	for _, row := range store.Written() {
		got = append(got, fmt.Sprintf("%s %s %s %s %q %d", row.Actor, row.Role, row.Entity, row.Outcome, row.Reason, len(row.Object)))
	}
	want := []string{
		`user/a agency moi done "" 0`, `user/b admin moj refused "no" 0`, `token/t read  done "" 0`,
		`operator/test   done "" ` + strconv.Itoa(len(store.Written()[3].Object)),
	}
	if !slices.Equal(got, want) || len(store.Written()[3].Object) > 510 || len(store.Written()[3].Object) < 400 {
		t.Errorf("%q, want %q", got, want)
	}
}

// The record takes so much while it can't be written, refusals four fifths of it.
func TestTheRecordIsBoundedWhileItCantBeWritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &audittest.Memory{}
		recorder, err := audit.New(audit.Configuration{Operator: "operator/test", Most: 10},
			audit.Dependencies{Store: store, Logger: slog.New(slog.DiscardHandler), Now: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		refuse := func(n int) {
			recorder.Refused(t.Context(), audit.Entry{Action: audit.Request, Object: strconv.Itoa(n), Reason: "forbidden"})
		}
		for n := range 20 {
			refuse(n)
		}
		for n := range 2 {
			if err := recorder.Capacity(); err != nil {
				t.Fatalf("after eight refusals and %d rows: %v", n, err)
			}
			recorder.Record(t.Context(), audit.Entry{Action: audit.Export})
		}
		if err := recorder.Capacity(); !errors.Is(err, programme.ErrUnavailable) {
			t.Errorf("full: %v", err)
		}
		recorder.Settle(t.Context())
		if rows := store.Written(); len(rows) != 10 {
			t.Errorf("%d rows", len(rows))
		}
		if err := recorder.Capacity(); err != nil {
			t.Errorf("written: %v", err)
		}
		<-time.After(time.Minute)
		recorder.TellRefusals()
		recorder.Settle(t.Context())
		rows := store.Written()
		if last := rows[len(rows)-1]; last.Action != audit.Dropped || last.Detail != `{"rows":12}` || last.Outcome != audit.Done {
			t.Errorf("what was dropped: %+v", last)
		}
		recorder.TellRefusals()
		recorder.Settle(t.Context())
		if more := store.Written(); len(more) != len(rows) {
			t.Errorf("told again: %+v", more[len(rows):])
		}
	})
}

// Of different refusals a hundred a second are written, and each again after its minute.
func TestRefusalsAreBoundedBySecondAndCollapsedForAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &audittest.Memory{}
		recorder := recorderOver(t, store)
		for n := range 150 {
			recorder.Refused(t.Context(), audit.Entry{Action: audit.Request, Object: strconv.Itoa(n), Reason: "forbidden"})
		}
		recorder.Settle(t.Context())
		if rows := len(store.Written()); rows != 100 {
			t.Errorf("%d rows in a second", rows)
		}
		<-time.After(time.Second)
		recorder.Refused(t.Context(), audit.Entry{Action: audit.Request, Object: "next", Reason: "forbidden"})
		<-time.After(59 * time.Second)
		recorder.Refused(t.Context(), audit.Entry{Action: audit.Request, Object: "next", Reason: "forbidden"})
		recorder.Settle(t.Context())
		if rows := len(store.Written()); rows != 101 {
			t.Errorf("%d rows a second later", rows)
		}
		<-time.After(time.Second)
		recorder.Refused(t.Context(), audit.Entry{Action: audit.Request, Object: "next", Reason: "forbidden"})
		recorder.Settle(t.Context())
		if rows := len(store.Written()); rows != 102 {
			t.Errorf("%d rows after a minute", rows)
		}
	})
}

func TestAChangeIsWrittenWithHowItEnded(t *testing.T) {
	store := &audittest.Memory{}
	recorder := recorderOver(t, store)
	for err, reason := range map[error]string{
		nil: "", programme.ErrAlreadyDecided: "already_decided", programme.ErrInvalid: "invalid", errors.New("x"): "unavailable",
	} {
		verdict := &access.Verdict{}
		before := len(store.Written())
		got := recorder.Change(access.WithVerdict(t.Context(), verdict), audit.Entry{Action: audit.Administer, After: 1}, func() error { return err })
		row := store.Written()[before]
		if !errors.Is(got, err) || row.Reason != reason || (row.After != "") != (err == nil) || !verdict.Written() {
			t.Errorf("%v: %v, %+v", err, got, row)
		}
	}
	var none *audit.Recorder
	none.Record(t.Context(), audit.Entry{})
	none.Refused(t.Context(), audit.Entry{})
	none.Settle(t.Context())
	if none.Capacity() != nil {
		t.Error("no record has no bound")
	}
}

func TestATableSaysEachRowsPlace(t *testing.T) {
	recorder := recorderOver(t, &audittest.Memory{})
	for range 12 {
		recorder.Record(t.Context(), audit.Entry{Action: audit.Export})
	}
	recorder.Settle(t.Context())
	w, err := asked(t, recorder, auditor, "/v1/audit.csv?action=export")
	table, csvErr := csv.NewReader(strings.NewReader(strings.TrimPrefix(w.Body.String(), "\ufeff"))).ReadAll()
	if err != nil || csvErr != nil || len(table) != 13 || table[1][13] != "12" || table[12][13] != "1" {
		t.Errorf("%v, %v, %q", err, csvErr, table)
	}
}
