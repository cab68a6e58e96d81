package clickhouse_test

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/clickhouse"
	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/clocktest"
	"mirsad/internal/programme"
)

// clock is a time that a test sets.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

func qatar(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Qatar")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// used is a completed use on the web, of version 1.
func used(key int, service string, on civil.Date) programme.UsageEvent {
	event := programme.UsageEvent{
		Entity: "moi", Service: service, ReportDate: on, Channel: programme.ChannelWeb, Stage: programme.StageComplete,
		Count: 1, OccurredAt: on.Time(), Version: 1,
	}
	binary.LittleEndian.PutUint64(event.Key[:], uint64(key))
	return event
}

// load inserts the events as one chunk and notes their slices.
func load(t *testing.T, db *clickhouse.DB, token string, events ...programme.UsageEvent) {
	t.Helper()
	if err := db.InsertUsage(t.Context(), token+"/usage", events); err != nil {
		t.Fatal(err)
	}
	seen := map[programme.Slice]bool{}
	var touched []programme.Slice
	for _, event := range events {
		slice := programme.Slice{Entity: event.Entity, ReportDate: event.ReportDate}
		if !seen[slice] {
			seen[slice] = true
			touched = append(touched, slice)
		}
	}
	if err := db.MarkDirty(t.Context(), token+"/dirty", touched); err != nil {
		t.Fatal(err)
	}
}

func recompute(t *testing.T, db *clickhouse.DB, want int) {
	t.Helper()
	if got, err := db.Recompute(t.Context()); err != nil || got != want {
		t.Fatalf("%d slices recomputed, %v; want %d", got, err, want)
	}
}

// months returns the rollup by month as lines, sorted.
func months(t *testing.T, db *clickhouse.DB, asAt time.Time) []string {
	t.Helper()
	use, err := db.Use(t.Context(), asAt)
	if err != nil {
		t.Fatal(err)
	}
	return linesOf(use.Months)
}

func linesOf(sums []programme.EventSum) []string {
	lines := make([]string, len(sums))
	for i, s := range sums {
		lines[i] = fmt.Sprintf("%s %s %s %s %s %d/%d", s.Entity, s.Service, s.Period, s.Channel, s.Stage, s.Events, s.Uses)
	}
	slices.SortFunc(lines, cmp.Compare)
	return lines
}

func mustEqual(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}

// agreed checks the two equalities and returns the totals.
func agreed(t *testing.T, db *clickhouse.DB) clickhouse.Totals {
	t.Helper()
	totals, err := db.Totals(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if totals.Identities != totals.RollupEvents || totals.Uses != totals.RollupUses || totals.DirtySlices != 0 {
		t.Errorf("raw and rollup disagree: %+v", totals)
	}
	return totals
}

func TestRebatchedEventsCountOnce(t *testing.T) {
	db := clickhousetest.New(t)
	first, last := civil.NewDate(2016, 9, 1), civil.NewDate(2016, 9, 30)
	var events []programme.UsageEvent
	for i := range 1000 {
		event := used(i, fmt.Sprint("s", i%3), first+civil.Date(i%30))
		event.Entity = fmt.Sprint("entity ", i%7)
		events = append(events, event)
	}
	load(t, db, "chunk 1", events...)
	recompute(t, db, 210)
	want := months(t, db, time.Time{})

	load(t, db, "chunk 1", events...)            // the very same chunk again
	load(t, db, "chunk 2", events[:700]...)      // other chunks of the same events
	load(t, db, "chunk 3", events[300:]...)      //
	load(t, db, "chunk 4", events[5], events[5]) // twice within one
	slices.Reverse(events)                       // another order
	load(t, db, "chunk 5", append(events, used(5000, "s0", last))...)
	recompute(t, db, 211)
	recompute(t, db, 0)
	got := months(t, db, time.Time{})
	mustEqual(t, "the one new event", got[len(got)-1:], []string{"moi s0 2016-09 web complete 1/1"})
	mustEqual(t, "the others", got[:len(got)-1], want)
	if totals := agreed(t, db); totals.Identities != 1001 {
		t.Errorf("%d identities, want 1001", totals.Identities)
	}
}

func TestCorrectionsLeaveNothingBehind(t *testing.T) {
	t.Parallel()
	db := clickhousetest.New(t)
	day := civil.NewDate(2016, 2, 29)
	event := used(1, "renewal", day)
	event.Count, event.Rating, event.DurationMS = 3, 5, 1000
	load(t, db, "first", event, used(2, "renewal", day))
	recompute(t, db, 1)
	mustEqual(t, "as sent", months(t, db, time.Time{}), []string{"moi renewal 2016-02 web complete 2/4"})

	event.Channel, event.Version = programme.ChannelMobile, 2
	other, void := used(2, "licence", day), used(2, "renewal", day) // to another service: void, then the id of that
	other.Version, void.Version, void.Count = 2, 2, 0
	load(t, db, "corrected", event, void, other)
	recompute(t, db, 1)
	want := []string{"moi licence 2016-02 web complete 1/1", "moi renewal 2016-02 mobile complete 1/3"}
	mustEqual(t, "corrected", months(t, db, time.Time{}), want)
	agreed(t, db)

	load(t, db, "an earlier version, late", used(1, "renewal", day))
	recompute(t, db, 1)
	mustEqual(t, "after the late one", months(t, db, time.Time{}), want)

	event.Count, event.Version = 0, 3
	load(t, db, "void", event)
	recompute(t, db, 1)
	mustEqual(t, "voided", months(t, db, time.Time{}), []string{"moi licence 2016-02 web complete 1/1"})
	if totals := agreed(t, db); totals.Identities != 3 || totals.Uses != 1 {
		t.Errorf("%+v, want 3 identities, two of them voided, of 1 use", totals)
	}
}

func TestMonthEnds(t *testing.T) {
	t.Parallel()
	db := clickhousetest.NewWith(t, clocktest.Now, qatar(t))
	days := []civil.Date{
		civil.NewDate(2015, 12, 31), civil.NewDate(2016, 1, 1), civil.NewDate(2016, 1, 31),
		civil.NewDate(2016, 2, 1), civil.NewDate(2016, 2, 29), civil.NewDate(2016, 3, 1),
		civil.NewDate(1970, 1, 1), civil.NewDate(2149, 6, 6),
	}
	var events []programme.UsageEvent
	for i, day := range days {
		events = append(events, used(i, "s", day))
	}
	load(t, db, "ends", events...)
	recompute(t, db, len(days))
	mustEqual(t, "months", months(t, db, time.Time{}), []string{
		"moi s 1970-01 web complete 1/1", "moi s 2015-12 web complete 1/1", "moi s 2016-01 web complete 2/2",
		"moi s 2016-02 web complete 2/2", "moi s 2016-03 web complete 1/1", "moi s 2149-06 web complete 1/1",
	})
	sums, err := db.Days(t.Context(), time.Time{}, days[1], days[4])
	if err != nil {
		t.Fatal(err)
	}
	mustEqual(t, "days", linesOf(sums), []string{
		"moi s 2016-01-01 web complete 1/1", "moi s 2016-01-31 web complete 1/1",
		"moi s 2016-02-01 web complete 1/1", "moi s 2016-02-29 web complete 1/1",
	})
	if sums, err = db.Days(t.Context(), time.Time{}, 1, civil.NewDate(9999, 1, 1)); err != nil || len(sums) != len(days) {
		t.Errorf("all days: %d, %v; want %d", len(sums), err, len(days))
	}
}

func TestRollupOfThePast(t *testing.T) {
	zone := qatar(t)
	c := &clock{now: time.Date(2016, 10, 3, 12, 0, 0, 0, zone)}
	db := clickhousetest.NewWith(t, c.Now, zone)
	day := civil.NewDate(2016, 9, 30)
	load(t, db, "on time", used(1, "s", day))
	recompute(t, db, 1)

	c.now = time.Date(2016, 10, 3, 23, 59, 59, 0, zone) // the same day still
	load(t, db, "in the evening", used(2, "s", day))
	recompute(t, db, 1)

	c.now = time.Date(2016, 10, 4, 0, 0, 1, 0, zone) // 3 October in UTC
	void := used(1, "s", day)
	void.Version, void.Count = 2, 0
	load(t, db, "a day late", void, used(1, "t", day))
	recompute(t, db, 1)

	for _, test := range []struct {
		asAt time.Time
		want []string
	}{
		{time.Date(2016, 10, 2, 23, 59, 59, 0, zone), []string{}},
		{time.Date(2016, 10, 3, 23, 59, 59, 0, zone), []string{"moi s 2016-09 web complete 2/2"}},
		{time.Date(2016, 10, 4, 23, 59, 59, 0, zone), []string{"moi s 2016-09 web complete 1/1", "moi t 2016-09 web complete 1/1"}},
		{time.Time{}, []string{"moi s 2016-09 web complete 1/1", "moi t 2016-09 web complete 1/1"}},
	} {
		mustEqual(t, "months as at "+test.asAt.String(), months(t, db, test.asAt), test.want)
		sums, err := db.Days(t.Context(), test.asAt, day, day)
		if err != nil || len(sums) != len(test.want) {
			t.Errorf("days as at %s: %d, %v; want %d", test.asAt, len(sums), err, len(test.want))
		}
	}
	agreed(t, db)
}

// A chunk that comes while its slice is being recomputed leaves the slice dirty.
func TestRecomputeBesideArrivingChunks(t *testing.T) {
	db := clickhousetest.New(t)
	day := civil.NewDate(2016, 9, 30)
	arrived, done := make(chan struct{}), make(chan error, 1)
	go func() {
		for {
			if _, err := db.Recompute(context.Background()); err != nil {
				done <- err
				return
			}
			select {
			case <-arrived:
				done <- nil
				return
			default:
			}
		}
	}()
	const chunks = 40
	for i := range chunks {
		load(t, db, fmt.Sprint("chunk ", i), used(i, "s", day))
	}
	close(arrived)
	if err := clocktest.Await(t, done, "the last recomputation"); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Recompute(t.Context()); err != nil {
		t.Fatal(err)
	}
	if totals := agreed(t, db); totals.Identities != chunks {
		t.Errorf("%d identities, want %d", totals.Identities, chunks)
	}
}

func TestClockThatGoesBackHidesNothing(t *testing.T) {
	t.Parallel()
	c := &clock{now: noon}
	db := clickhousetest.NewWith(t, c.Now, time.UTC)
	day := civil.NewDate(2016, 9, 30)
	load(t, db, "first", used(1, "s", day))
	recompute(t, db, 1)
	for i, now := range []time.Time{noon.AddDate(0, 0, -1), noon.AddDate(0, 0, -2)} {
		c.now = now
		load(t, db, now.String(), used(2+i, "s", day))
		another, err := clickhouse.Open(t.Context(), db.Configuration, db.Dependencies) // after a restart too
		if err != nil {
			t.Fatal(err)
		}
		recompute(t, another, 1)
		if err := another.Close(); err != nil {
			t.Error(err)
		}
	}
	mustEqual(t, "months", months(t, db, time.Time{}), []string{"moi s 2016-09 web complete 3/3"})
	agreed(t, db)
}

func TestDataVersionMovesWithFiguresOnly(t *testing.T) {
	t.Parallel()
	c := &clock{now: time.Date(2016, 10, 3, 12, 0, 0, 0, time.UTC)}
	db := clickhousetest.NewWith(t, c.Now, time.UTC)
	version, newest, err := db.DataVersion(t.Context())
	if err != nil || version != "0.0" || !newest.IsZero() {
		t.Errorf("empty: %q, %s, %v", version, newest, err)
	}
	still := map[string]func(){
		"an account": func() { mustAppend(t, db, programme.Draft{Family: programme.FamilyAccount, Subject: "a", Body: 1}, 0) },
		"a session":  func() { mustAppend(t, db, programme.Draft{Family: programme.FamilySession, Subject: "a", Body: 1}, 0) },
		"a token":    func() { mustAppend(t, db, programme.Draft{Family: programme.FamilyToken, Subject: "a", Body: 1}, 0) },
		"raw events": func() { load(t, db, "one", used(1, "s", civil.NewDate(2016, 9, 1))) },
	}
	for name, act := range still {
		act()
		if after, _, err := db.DataVersion(t.Context()); err != nil || after != version {
			t.Errorf("%s: %q, %v; want %q still", name, after, err, version)
		}
	}
	for _, step := range []struct {
		name string
		act  func()
	}{
		{"a fact", func() { mustAppend(t, db, draft("s", 1), 0) }},
		{"a rollup", func() { recompute(t, db, 1) }},
		{"a statement", func() { state(t, db, "1", stated("2016-09", 1, c.now)) }},
		{"a rollout", func() { roll(t, db, "1", launched("id", c.now)) }},
	} {
		c.now = c.now.Add(time.Second)
		step.act()
		after, newest, err := db.DataVersion(t.Context())
		if err != nil || after == version || !newest.Equal(c.now) {
			t.Errorf("%s: %q after %q, %s at %s, %v", step.name, after, version, newest, c.now, err)
		}
		version = after
	}
}

func TestDriftNamesTheSlice(t *testing.T) {
	t.Parallel()
	db := clickhousetest.New(t)
	first, second := civil.NewDate(2016, 9, 1), civil.NewDate(2016, 9, 2)
	insertAndRoll := func(token string, events ...programme.UsageEvent) {
		t.Helper()
		if err := db.InsertUsage(t.Context(), token, events); err != nil {
			t.Fatal(err)
		}
		if err := db.MarkDirty(t.Context(), token, []programme.Slice{{Entity: events[0].Entity, ReportDate: events[0].ReportDate}}); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Recompute(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	insertAndRoll("1", used(1, "s", first))
	insertAndRoll("2", used(2, "s", second))
	mustDrift := func(what string, from, to civil.Date, want int) {
		t.Helper()
		got, err := db.Drift(t.Context(), from, to)
		if err != nil || len(got) != want {
			t.Errorf("%s: %+v, %v; want %d", what, got, err, want)
		}
		if want == 1 && (got[0].ReportDate != second || got[0].Identities != 2 || got[0].RollupEvents != 1) {
			t.Errorf("%s: %+v", what, got[0])
		}
	}
	mustDrift("all is well", first, second, 0)
	if err := db.InsertUsage(t.Context(), "behind its back", []programme.UsageEvent{used(3, "s", second)}); err != nil {
		t.Fatal(err)
	}
	mustDrift("an event that no rollup has", first, second, 1)
	mustDrift("the day before", first, first, 0)
	if err := db.MarkDirty(t.Context(), "3", []programme.Slice{{Entity: "moi", ReportDate: second}}); err != nil {
		t.Fatal(err)
	}
	mustDrift("it waits to be recomputed", first, second, 0)
}
