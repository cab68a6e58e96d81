package ingest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"mirsad/ingest/rows"
	"mirsad/internal/civil"
	"mirsad/internal/clickhouse"
	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/clocktest"
	"mirsad/internal/programme"
)

func TestMain(m *testing.M) { clickhousetest.Main(m) }

// realStore is a database of its own with services moi-0 … moi-19 in its catalogue.
func realStore(tb testing.TB, now func() time.Time) *clickhouse.DB {
	tb.Helper()
	db := clickhousetest.NewWith(tb, now, qatar(tb))
	var drafts []programme.Draft
	for n := range 20 {
		code := fmt.Sprintf("moi-%d", n)
		drafts = append(drafts, programme.Draft{
			Family: programme.FamilyService, Subject: code, Actor: "test",
			Body: programme.Service{Code: code, Name: code, NameAr: code, Entity: "moi"},
		})
	}
	if _, err := db.AppendAll(tb.Context(), drafts); err != nil {
		tb.Fatal(err)
	}
	return db
}

func totals(tb testing.TB, db *clickhouse.DB) clickhouse.Totals {
	tb.Helper()
	got, err := db.Totals(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	return got
}

// month returns rows of usage, statements and rollouts over the days of September, some of them refused.
func month(n int) []string {
	rows := make([]string, 0, n)
	for i := range n {
		envelope := fields{
			"id": strconv.Itoa(i), "subject": fmt.Sprintf("moi-%d", i%20),
			"time": time.Date(2016, 9, 1+i%30, i%24, i%60, 0, 0, time.UTC).Format(time.RFC3339),
		}
		switch i % 50 {
		case 7:
			rows = append(rows, statement(fields{"value": i, "period": (civil.NewMonth(2014, 1) + civil.Month(i/50)).String()}, envelope))
		case 8:
			rows = append(rows, rolloutEvent(nil, envelope))
		case 9:
			rows = append(rows, usage(fields{"count": -1}, envelope))
		default:
			rows = append(rows, usage(fields{"count": i % 4}, envelope))
		}
	}
	return rows
}

func TestSameEventsAgainChangeNoFigure(t *testing.T) {
	t.Parallel()
	now := func() time.Time { return evening }
	db := realStore(t, now)
	f := newFixture(t, quick, db, now)
	f.start(t)
	rows := month(1000)
	first := f.lines(t, agency, rows...)
	f.idle(t)
	want := totals(t, db)
	if want.Identities != int64(first.Accepted)-want.Statements-want.Rollouts || want.Refusals != int64(len(first.Rejected)) ||
		want.Identities != want.RollupEvents || want.Uses != want.RollupUses || want.DirtySlices != 0 || want.Uses == 0 {
		t.Fatalf("accepted %d, refused %d, totals %+v", first.Accepted, len(first.Rejected), want)
	}
	for range 2 {
		f.lines(t, agency, rows...)
	}
	for at := 0; at < len(rows); at += 37 {
		f.lines(t, agency, rows[at:min(at+37, len(rows))]...)
	}
	f.idle(t)
	got := totals(t, db)
	// What is answered is recorded each time; what is known is the same.
	got.Receipts, got.Refusals = want.Receipts, want.Refusals
	if got != want {
		t.Errorf("after sending again\n got %+v\nwant %+v", got, want)
	}
}

func TestLaterIndexWinsWithinABody(t *testing.T) {
	t.Parallel()
	now := func() time.Time { return evening }
	db := realStore(t, now)
	f := newFixture(t, quick, db, now)
	f.start(t)
	f.lines(t, agency, usage(fields{"count": 5}), usage(fields{"count": 0}), usage(fields{"count": 3}))
	f.idle(t)
	if got := totals(t, db); got.Identities != 1 || got.RollupUses != 3 {
		t.Errorf("%+v", got)
	}
	f.lines(t, agency, usage(fields{"count": 0}))
	f.idle(t)
	if got := totals(t, db); got.Identities != 1 || got.RollupUses != 0 {
		t.Errorf("voided: %+v", got)
	}
}

// halfway is the real store that fails every third insert after it has taken it, as a lost answer does.
type halfway struct {
	*clickhouse.DB
	inserts atomic.Int64
}

func (h *halfway) InsertUsage(ctx context.Context, token string, events []programme.UsageEvent) error {
	return errors.Join(h.DB.InsertUsage(ctx, token, events), h.lost())
}

func (h *halfway) InsertStatements(ctx context.Context, token string, statements []programme.Statement) error {
	return errors.Join(h.DB.InsertStatements(ctx, token, statements), h.lost())
}

func (h *halfway) InsertRefusals(ctx context.Context, token string, refusals []programme.Refusal) error {
	return errors.Join(h.DB.InsertRefusals(ctx, token, refusals), h.lost())
}

func (h *halfway) lost() error {
	if h.inserts.Add(1)%3 != 0 {
		return errAway
	}
	return nil
}

func TestLostAnswersOfTheStoreCountNothingTwice(t *testing.T) {
	t.Parallel()
	now := func() time.Time { return evening }
	db := realStore(t, now)
	f := newFixture(t, quick, &halfway{DB: db}, now)
	f.start(t)
	answer := f.lines(t, agency, month(500)...)
	f.idle(t)
	got := totals(t, db)
	if got.Identities+got.Statements+got.Rollouts != int64(answer.Accepted) || got.Refusals != int64(len(answer.Rejected)) ||
		got.Identities != got.RollupEvents || got.Uses != got.RollupUses || got.Receipts != 1 {
		t.Errorf("accepted %d, refused %d, totals %+v", answer.Accepted, len(answer.Rejected), got)
	}
}

func TestRealReceiptAndQuarantine(t *testing.T) {
	t.Parallel()
	now := func() time.Time { return evening }
	f := newFixture(t, quick, realStore(t, now), now)
	f.start(t)
	answer := f.lines(t, agency, usage(nil), usage(fields{"count": -1}, fields{"id": "bad"}), usage(nil, fields{"subject": "x"}))
	f.idle(t)
	got := decoded[ReceiptAnswer](t, f.get(&agency, "/v1/receipts/"+answer.Receipt))
	if got.Accepted != 1 || len(got.Rejected) != 2 || !reflect.DeepEqual(got.Rejected, answer.Rejected) {
		t.Errorf("%+v, answered %+v", got, answer)
	}
	first := decoded[QuarantinePage](t, f.get(&agency, "/v1/quarantine?limit=1"))
	second := decoded[QuarantinePage](t, f.get(&agency, "/v1/quarantine?limit=1&after="+first.Next))
	if len(first.Items) != 1 || len(second.Items) != 1 || first.Items[0].Index+second.Items[0].Index != 3 {
		t.Errorf("pages %+v and %+v", first, second)
	}
	if response := f.get(&agency, "/v1/quarantine?after=nonsense"); response.Code != 400 {
		t.Errorf("a wrong cursor: %d %s", response.Code, response.Body)
	}
}

// BenchmarkEndToEnd posts batches of 500 to the handler on the real store and ends when the rollups are right.
func BenchmarkEndToEnd(b *testing.B) {
	db := realStore(b, clocktest.Now)
	f := newFixture(b, Configuration{}, db, clocktest.Now)
	f.start(b)
	bodies := make([][]byte, 0, b.N)
	for n := range b.N {
		bodies = append(bodies, batchOf(n, 500))
	}
	var next atomic.Int64
	b.SetParallelism(8)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			body := bodies[next.Add(1)-1]
			if response := f.post(&agency, "/v1/events", string(rows.FormatBatch), "", body); response.Code != 202 {
				b.Errorf("%d %s", response.Code, response.Body)
			}
		}
	})
	answered := b.Elapsed()
	f.idle(b)
	events := float64(b.N * 500)
	b.ReportMetric(events/answered.Seconds(), "acked_events/s")
	b.ReportMetric(events/b.Elapsed().Seconds(), "events/s")
	if got := totals(b, db); got.RollupEvents != int64(b.N*500) {
		b.Errorf("%+v", got)
	}
}

func batchOf(batch, size int) []byte {
	rows := make([]string, 0, size)
	for n := range size {
		at := time.Date(2026, 9, 1+batch%20, n%24, n%60, batch%60, 0, time.UTC)
		rows = append(rows, fmt.Sprintf(`{"specversion":"1.0","id":"%d-%d","source":"/moi/portal","type":"mirsad.usage.v1",`+
			`"time":"%s","subject":"moi-%d","data":{"channel":"web","stage":"complete","count":%d,"duration_ms":%d}}`,
			batch, n, at.Format(time.RFC3339), n%20, 1+n%3, 1000+n))
	}
	return []byte("[" + strings.Join(rows, ",") + "]")
}

// A server's clock that jumps a day back or ahead changes nothing about which of two versions is the later.
func TestClockOfTheServerJumps(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for step, jump := range []time.Duration{0, -24 * time.Hour, 48 * time.Hour, -24 * time.Hour} {
		d.now = d.now.Add(jump)
		value := 10 + step
		early := fields{"time": "2016-09-28T12:00:00+03:00"} // past by any of the clocks
		answer := d.lines(t, agency, usage(fields{"count": value}, early), statement(fields{"value": value}, early),
			rolloutEvent(fields{"level": 1 + step}, early), milestone(fields{"done_on": "2016-09-0" + strconv.Itoa(1+step)}, early))
		if answer.Accepted != 4 {
			t.Fatalf("jump of %s: %+v", jump, answer)
		}
		d.idle(t)
		use, err := d.db.Use(t.Context(), time.Time{})
		rollouts, errRollouts := d.db.Rollouts(t.Context(), time.Time{})
		milestones, errMilestones := d.db.Milestones(t.Context(), time.Time{})
		if err != nil || errRollouts != nil || errMilestones != nil {
			t.Fatal(err, errRollouts, errMilestones)
		}
		if got := totals(t, d.db); got.Uses != int64(value) || got.RollupUses != int64(value) || got.Identities != 1 {
			t.Errorf("jump of %s: %+v", jump, got)
		}
		if len(use.Statements) != 1 || use.Statements[0].Value != int64(value) || len(rollouts) != 1 || int(rollouts[0].Level) != 1+step ||
			len(milestones) != 1 || milestones[0].DoneOn.String() != "2016-09-0"+strconv.Itoa(1+step) {
			t.Errorf("jump of %s: %+v %+v %+v", jump, use.Statements, rollouts, milestones)
		}
	}
}
