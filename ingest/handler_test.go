package ingest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"mirsad/ingest/rows"
	"mirsad/ingest/spool"
	"mirsad/internal/access"
	"mirsad/internal/programme"
)

func gzipped(tb testing.TB, body []byte) []byte {
	tb.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(body); err != nil {
		tb.Fatal(err)
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func zstandard(tb testing.TB, body []byte) []byte {
	tb.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		tb.Fatal(err)
	}
	return w.EncodeAll(body, nil)
}

func manyLines(n int) []byte {
	var body bytes.Buffer
	for i := range n {
		fmt.Fprintln(&body, usage(nil, fields{"id": strconv.Itoa(i)}))
	}
	return body.Bytes()
}

func TestPostEvents(t *testing.T) {
	t.Parallel()
	const lines, batch, single = string(rows.FormatLines), string(rows.FormatBatch), string(rows.FormatEvent)
	two := usage(nil) + "\n\n" + usage(nil, fields{"id": "2"}) + "\r\n"
	huge := bytes.Repeat([]byte(" "), rows.MaxInflatedBytes+1)
	for _, c := range []struct {
		name, target, kind, encoding string
		by                           *access.Principal
		body                         []byte
		status, accepted, rejected   int
		code                         string
	}{
		{name: "one event", kind: single, body: []byte(usage(nil)), status: 202, accepted: 1},
		{name: "charset", kind: single + "; charset=utf-8", body: []byte(usage(nil)), status: 202, accepted: 1},
		{name: "lines", kind: lines, body: []byte(two), status: 202, accepted: 2},
		{name: "batch", kind: batch, body: []byte("[" + usage(nil) + "," + usage(nil) + "]"), status: 202, accepted: 2},
		{name: "one bad in a batch", kind: batch, body: []byte("[" + usage(nil) + ",7," + usage(nil) + "]"), status: 202, accepted: 2, rejected: 1},
		{name: "batch cut short", kind: batch, body: []byte("[" + usage(nil) + "," + usage(nil)[:40]), status: 202, accepted: 1, rejected: 1},
		{name: "words after a batch", kind: batch, body: []byte("[" + usage(nil) + "] x"), status: 202, accepted: 1, rejected: 1},
		{name: "all rows refused", kind: lines, body: []byte(usage(fields{"count": -1})), status: 202, rejected: 1},
		{name: "gzip", kind: lines, encoding: "gzip", body: gzipped(t, []byte(two)), status: 202, accepted: 2},
		{name: "zstd", kind: lines, encoding: "zstd", body: zstandard(t, []byte(two)), status: 202, accepted: 2},
		{name: "10,000 events", kind: lines, encoding: "gzip", body: gzipped(t, manyLines(MaxEvents)), status: 202, accepted: MaxEvents},
		{name: "dry run", target: "?dry_run=true", kind: lines, body: []byte(two + "x"), status: 200, accepted: 2, rejected: 1},
		{name: "strict and right", target: "?strict=true", kind: lines, body: []byte(two), status: 202, accepted: 2},
		{name: "verified by an administrator", target: "?verify=true", by: &admin, kind: single, body: []byte(rolloutEvent(nil)), status: 202, accepted: 1},

		{name: "strict and not", target: "?strict=true", kind: lines, body: []byte(two + "x"), status: 422, rejected: 1, code: "rows_refused"},
		{name: "nothing", kind: lines, body: []byte("\n"), status: 400, code: "no_event"},
		{name: "empty batch", kind: batch, body: []byte("[]"), status: 400, code: "no_event"},
		{name: "no JSON", kind: lines, body: []byte("hello\nworld"), status: 400, rejected: 2, code: "malformed_json"},
		{name: "no array", kind: batch, body: []byte(usage(nil)), status: 400, rejected: 1, code: "malformed_json"},
		{name: "no gzip", kind: lines, encoding: "gzip", body: []byte(two), status: 400, code: "broken_body"},
		{name: "gzip cut short", kind: lines, encoding: "gzip", body: gzipped(t, []byte(two))[:30], status: 400, code: "broken_body"},
		{name: "no zstd", kind: lines, encoding: "zstd", body: []byte(two), status: 400, code: "broken_body"},
		{name: "neither true nor false", target: "?strict=maybe", kind: lines, body: []byte(two), status: 422, code: "invalid"},
		{name: "10,001 events", kind: lines, encoding: "gzip", body: gzipped(t, manyLines(MaxEvents+1)), status: 413, code: "too_many_events"},
		{name: "more than 8 MiB", kind: lines, body: make([]byte, rows.MaxSentBytes+1), status: 413, code: "too_large"},
		{name: "a gzip bomb", kind: lines, encoding: "gzip", body: gzipped(t, huge), status: 413, code: "too_large"},
		{name: "a zstd bomb", kind: lines, encoding: "zstd", body: zstandard(t, huge), status: 413, code: "too_large"},
		{name: "another type", kind: "application/json", body: []byte(two), status: 415, code: "unsupported_media_type"},
		{name: "no type", body: []byte(two), status: 415, code: "unsupported_media_type"},
		{name: "another encoding", kind: lines, encoding: "br", body: []byte(two), status: 415, code: "unsupported_media_type"},
		{name: "scope read", by: &reader, kind: lines, body: []byte(two), status: 403, code: "forbidden"},
		{name: "scope events of no entity", by: &access.Principal{Scopes: agency.Scopes}, kind: lines, body: []byte(two), status: 403, code: "forbidden"},
		{name: "verified by an agency", target: "?verify=true", kind: lines, body: []byte(two), status: 403, code: "forbidden"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFixture(t, quick, newMemoryStore(), standing)
			by := c.by
			if by == nil {
				by = &agency
			}
			response := f.post(by, "/v1/events"+c.target, c.kind, c.encoding, c.body)
			got := decoded[struct {
				Answer
				Status int
				Code   string
			}](t, response)
			if response.Code != c.status || got.Accepted != c.accepted || len(got.Rejected) != c.rejected || got.Code != c.code {
				t.Fatalf("%d %s", response.Code, response.Body)
			}
			stores := c.status == http.StatusAccepted
			rows := int64(0)
			if stores {
				rows = int64(c.accepted + c.rejected)
			}
			if (got.Receipt != "") != stores || f.spool.Depth().Rows != rows {
				t.Errorf("receipt %q, %d rows in the spool", got.Receipt, f.spool.Depth().Rows)
			}
			kind := response.Header().Get("Content-Type")
			if wrong := kind != "application/problem+json"; wrong == (c.code != "") {
				t.Errorf("Content-Type %q", kind)
			}
		})
	}
}

func TestWhoMaySendByHand(t *testing.T) {
	t.Parallel()
	person := access.Principal{ID: "user/noor@moi.example", Role: access.RoleAgency, Entity: "moi"}
	linked := func(purpose access.Purpose) access.Principal {
		return access.Principal{ID: "link/l1", Role: access.RoleAgency, Entity: "moi", Purpose: purpose}
	}
	for name, c := range map[string]struct {
		who access.Principal
		may bool
	}{
		"a person of the agency":       {person, true},
		"a link for statements":        {linked(access.LinkStatements), true},
		"a link for a plan":            {linked(access.LinkPlan), false},
		"a link for claims":            {linked(access.LinkClaims), false},
		"an agency without entity":     {access.Principal{ID: "user/x", Role: access.RoleAgency}, false},
		"a planner bound to an entity": {access.Principal{ID: "user/p", Role: access.RolePlanner, Entity: "moi"}, false},
		"an auditor":                   {access.Principal{ID: "user/a", Role: access.RoleAuditor}, false},
	} {
		f := newFixture(t, quick, newMemoryStore(), standing)
		answer, err := f.Receive(t.Context(), Submission{Principal: c.who, Format: rows.FormatLines, Body: []byte(usage(nil))})
		if c.may != (err == nil && answer.Accepted == 1) || (!c.may && !errors.Is(err, programme.ErrForbidden)) {
			t.Errorf("%s: %+v, %v", name, answer, err)
		}
	}
}

func TestAnonymousIsUnauthenticated(t *testing.T) {
	f := newFixture(t, quick, newMemoryStore(), standing)
	for _, response := range []*httptest.ResponseRecorder{
		f.post(nil, "/v1/events", string(rows.FormatEvent), "", []byte(usage(nil))),
		f.get(nil, "/v1/receipts/x"), f.get(nil, "/v1/quarantine"), f.get(nil, "/v1/ingest/lag"),
	} {
		if response.Code != http.StatusUnauthorized || response.Header().Get("WWW-Authenticate") == "" {
			t.Errorf("%d %s", response.Code, response.Body)
		}
	}
}

func TestFullSpoolAsksToComeBack(t *testing.T) {
	f := newFixture(t, quick, newMemoryStore(), standing)
	small, err := spool.Open(spool.Configuration{Dir: t.TempDir(), HighWater: 1}, spool.Dependencies{Logger: f.Logger, Now: standing})
	if err != nil {
		t.Fatal(err)
	}
	defer small.Close() //nolint:errcheck // the test is over
	f.Spool = small
	f.lines(t, agency, usage(nil))
	response := f.post(&agency, "/v1/events", string(rows.FormatEvent), "", []byte(usage(nil)))
	if response.Code != http.StatusServiceUnavailable || response.Header().Get("Retry-After") == "" ||
		!strings.Contains(response.Body.String(), `"spool_full"`) {
		t.Errorf("%d %v %s", response.Code, response.Header(), response.Body)
	}
}

func TestReceiptIsThereRightAfterTheAnswerAndLater(t *testing.T) {
	f := newFixture(t, quick, newMemoryStore(), standing)
	answer := f.lines(t, agency, usage(nil), usage(fields{"count": -1}, fields{"id": "bad"}))
	check := func(when string) {
		t.Helper()
		response := f.get(&agency, "/v1/receipts/"+answer.Receipt)
		got := decoded[ReceiptAnswer](t, response)
		if response.Code != http.StatusOK || got.Accepted != 1 || len(got.Rejected) != 1 ||
			!reflect.DeepEqual(got.Rejected, answer.Rejected) || got.Rejected[0].ID != "bad" || got.Entity != "moi" {
			t.Errorf("%s: %d %s", when, response.Code, response.Body)
		}
		if response := f.get(&stranger, "/v1/receipts/"+answer.Receipt); response.Code != http.StatusNotFound {
			t.Errorf("%s: another's receipt: %d", when, response.Code)
		}
		if response := f.get(&admin, "/v1/receipts/"+answer.Receipt); response.Code != http.StatusOK {
			t.Errorf("%s: administrator: %d", when, response.Code)
		}
	}
	check("from the spool")
	f.start(t)
	f.idle(t)
	if _, found := f.pending.find(answer.Receipt); found {
		t.Error("still pending when written")
	}
	check("from the store")
	if response := f.get(&agency, "/v1/receipts/none"); response.Code != http.StatusNotFound {
		t.Errorf("no receipt: %d", response.Code)
	}
}

func TestQuarantine(t *testing.T) {
	f := newFixture(t, quick, newMemoryStore(), standing)
	f.start(t)
	f.lines(t, agency, usage(fields{"count": -1}, fields{"id": "a"}), usage(fields{"count": -1}, fields{"id": "b"}))
	f.lines(t, stranger, usage(nil, fields{"subject": "moi-1", "id": "c"}))
	f.idle(t)
	ids := func(p access.Principal, query string) (string, string) {
		t.Helper()
		response := f.get(&p, "/v1/quarantine"+query)
		if response.Code != http.StatusOK {
			return strconv.Itoa(response.Code), ""
		}
		page := decoded[QuarantinePage](t, response)
		var list []string
		for _, item := range page.Items {
			list = append(list, item.ID)
			if !strings.Contains(item.Raw, `"`+item.ID+`"`) || item.RemedyAr == "" || item.Receipt == "" {
				t.Errorf("item %+v", item)
			}
		}
		return strings.Join(list, " "), page.Next
	}
	for _, c := range []struct {
		by          access.Principal
		query, want string
	}{
		{agency, "", "a b"},
		{agency, "?entity=moph", "403"},
		{stranger, "", "c"},
		{admin, "", "a b c"},
		{admin, "?entity=moph", "c"},
		{access.Principal{Role: access.RoleAuditor}, "", "a b c"},
		{access.Principal{Role: access.RoleAgency, Entity: "moi"}, "", "a b"},
		{access.Principal{Role: access.RoleExecutive}, "", "403"},
		{access.Principal{Scopes: []access.Scope{access.ScopePlan}, Entity: "moi"}, "", "403"},
		{admin, "?limit=0", "400"},
		{admin, "?limit=1000", "400"},
	} {
		if got, _ := ids(c.by, c.query); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.by.ID, c.query, got, c.want)
		}
	}
	first, next := ids(admin, "?limit=2")
	rest, end := ids(admin, "?limit=2&after="+next)
	if first != "a b" || rest != "c" || end != "" {
		t.Errorf("pages %q, %q, then %q", first, rest, end)
	}
}

func TestLag(t *testing.T) {
	f := newFixture(t, quick, newMemoryStore(), standing)
	f.lines(t, agency, usage(nil))
	if lag := f.Lag(); lag.SpoolEvents != 1 || lag.SpoolBytes == 0 || lag.RollupsClean {
		t.Errorf("lag %+v before the start", lag)
	}
	if response := f.get(&agency, "/v1/ingest/lag"); response.Code != http.StatusForbidden {
		t.Errorf("an agency: %d", response.Code)
	}
	f.start(t)
	response := f.get(&admin, "/v1/ingest/lag?wait=true")
	if got := decoded[Lag](t, response); response.Code != http.StatusOK || got != (Lag{RollupsClean: true}) {
		t.Errorf("%d %s", response.Code, response.Body)
	}
}

func TestServiceAddedAMomentAgoIsKnown(t *testing.T) {
	store := newMemoryStore()
	f := newFixture(t, quick, store, standing)
	f.start(t)
	store.mu.Lock()
	store.owners["moi-new"] = "moi"
	before := store.readings
	store.mu.Unlock()
	unknown := usage(nil, fields{"subject": "nowhere"})
	answer := f.lines(t, agency, usage(nil, fields{"subject": "moi-new"}), unknown, unknown, unknown)
	if answer.Accepted != 1 || len(answer.Rejected) != 3 {
		t.Errorf("%+v", answer)
	}
	if store.readings != before+1 {
		t.Errorf("%d readings of the catalogue for one body", store.readings-before)
	}
}

func TestUnreadCatalogueRefusesNothing(t *testing.T) {
	f := newFixture(t, quick, &awayStore{newMemoryStore()}, standing)
	response := f.post(&agency, "/v1/events", string(rows.FormatEvent), "", []byte(usage(nil)))
	if response.Code != http.StatusServiceUnavailable || response.Header().Get("Retry-After") == "" {
		t.Errorf("%d %s", response.Code, response.Body)
	}
	if f.spool.Depth().Rows != 0 {
		t.Error("something was stored")
	}
}

// awayStore is a store whose catalogue can't be read.
type awayStore struct{ *memoryStore }

func (*awayStore) ServiceOwners(context.Context) ([]programme.Ownership, error) {
	return nil, fmt.Errorf("%w: away", programme.ErrUnavailable)
}
