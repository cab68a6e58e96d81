package clickhouse_test

import (
	"fmt"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/programme"
)

func TestIDsOnSeveralDays(t *testing.T) {
	t.Parallel()
	db := clickhousetest.New(t)
	day := func(n int) civil.Date { return civil.NewDate(2016, 9, n) }
	version := func(event programme.UsageEvent, version, count uint64) programme.UsageEvent {
		event.Version, event.Count = version, count
		return event
	}
	of := func(entity string, event programme.UsageEvent) programme.UsageEvent {
		event.Entity = entity
		return event
	}
	load(t, db, "first",
		used(1, "visa", day(1)), used(1, "visa", day(2)), used(2, "visa", day(1)), used(2, "visa", day(2)),
		used(3, "visa", civil.NewDate(2016, 8, 31)), used(3, "licence", day(1)), used(3, "visa", day(9)), // across a month's end
		used(4, "visa", day(3)),                               // one day
		used(11, "visa", day(3)), used(11, "licence", day(3)), // and two services
		used(5, "visa", day(3)), used(5, "visa", day(4)), // the second is voided below
		used(6, "visa", day(3)), of("moc", used(6, "trade", day(4))), // an id is an entity's own
		used(7, "visa", day(30)), used(7, "visa", civil.NewDate(2016, 10, 1)), // outside
		used(8, "visa", day(5)), version(used(8, "visa", day(6)), 1, 0), // mended again below
		of("moc", used(9, "trade", day(7))), of("moc", used(9, "trade", day(8))),
	)
	load(t, db, "second",
		version(used(5, "visa", day(4)), 2, 0), version(used(4, "visa", day(3)), 2, 7), version(used(8, "visa", day(6)), 2, 3))

	found := func(limit int) []string {
		t.Helper()
		list, err := db.IDsOnSeveralDays(t.Context(), civil.NewDate(2016, 8, 1), day(30), limit)
		if err != nil {
			t.Fatal(err)
		}
		lines := make([]string, len(list))
		for i, f := range list {
			lines[i] = fmt.Sprintf("%s %s %s%v %v %d", f.Kind, f.Entity, f.Service, f.Others, f.Days, f.Keys)
		}
		return lines
	}
	want := []string{
		"id_on_two_days moi visa[] [2016-09-01 2016-09-02] 2",
		"id_on_two_days moc trade[] [2016-09-07 2016-09-08] 1",
		"id_on_two_services moi licence[visa] [2016-08-31 2016-09-01 2016-09-09] 1",
		"id_on_two_services moi licence[visa] [2016-09-03] 1",
		"id_on_two_days moi visa[] [2016-09-05 2016-09-06] 1",
	}
	mustEqual(t, "ids on several days", found(10), want)
	mustEqual(t, "the largest", found(1), want[:1])
	if list, err := db.IDsOnSeveralDays(t.Context(), day(2), day(1), 10); err != nil || len(list) != 0 {
		t.Errorf("of no days: %v, %v", list, err)
	}
}

// What several sources sent of one line is answered source by source; what only one sent, and what is voided, is not.
func TestSourceSums(t *testing.T) {
	t.Parallel()
	db := clickhousetest.New(t)
	day := func(n int) civil.Date { return civil.NewDate(2016, 9, n) }
	from := func(source string, event programme.UsageEvent) programme.UsageEvent {
		event.Source = source
		return event
	}
	voided := from("/c", used(9, "visa", day(3)))
	voided.Count = 0
	load(t, db, "first",
		from("/a", used(1, "visa", day(2))), from("/a", used(2, "visa", day(1))), from("/a", used(3, "visa", day(1))),
		from("/b", used(4, "visa", day(2))), voided, used(5, "visa", day(4)),
		from("/a", used(6, "licence", day(2))), from("/b", used(7, "permit", day(2))), from("/b", used(8, "licence", civil.NewDate(2016, 8, 31))),
	)
	found, err := db.SourceSums(t.Context(), civil.NewDate(2016, 8, 1), day(30))
	if err != nil {
		t.Fatal(err)
	}
	lines := make([]string, len(found))
	for i, f := range found {
		perDay := map[string]int64{}
		for at, day := range f.Days {
			perDay[day.String()] = f.Uses[at]
		}
		lines[i] = fmt.Sprintf("%s %s %s %s %s %s %v", f.Entity, f.Service, f.Channel, f.Stage, f.Month, f.Source, perDay)
	}
	mustEqual(t, "sources", lines, []string{
		"moi visa web complete 2016-09 /a map[2016-09-01:2 2016-09-02:1]", "moi visa web complete 2016-09 /b map[2016-09-02:1]",
	})
	if list, err := db.SourceSums(t.Context(), day(2), day(1)); err != nil || len(list) != 0 {
		t.Errorf("of no days: %v, %v", list, err)
	}
}

func TestDaysOfSomeServices(t *testing.T) {
	t.Parallel()
	db := clickhousetest.New(t)
	on := civil.NewDate(2016, 9, 3)
	load(t, db, "use", used(1, "visa", on), used(2, "licence", on), used(3, "permit", on.AddDays(1)))
	recompute(t, db, 2)
	days, err := db.DaysOf(t.Context(), time.Time{}, []string{"visa", "permit"}, on, on)
	if err != nil {
		t.Fatal(err)
	}
	mustEqual(t, "days", linesOf(days), []string{"moi visa 2016-09-03 web complete 1/1"})
	if days, err := db.DaysOf(t.Context(), time.Time{}, nil, on, on); err != nil || len(days) != 0 {
		t.Errorf("of no service: %v, %v", days, err)
	}
}

func TestOpenRefusals(t *testing.T) {
	db := clickhousetest.New(t)
	refusal := func(index int, entity string, code programme.RefusalCode, at time.Time) programme.Refusal {
		return programme.Refusal{Receipt: "r", Index: index, Entity: entity, Code: code, Format: programme.RowJSON, RecordedAt: at}
	}
	later := noon.Add(time.Hour)
	rows := []programme.Refusal{
		refusal(0, "moi", programme.RefusedBadTime, noon), refusal(1, "moi", programme.RefusedBadTime, noon),
		refusal(2, "moc", programme.RefusedTooOld, noon), refusal(3, "moc", programme.RefusedTooOld, later),
	}
	for _, token := range []string{"first", "sent again"} {
		if err := db.InsertRefusals(t.Context(), token, rows); err != nil {
			t.Fatal(err)
		}
	}
	closing := programme.Closing{RowPlace: programme.RowPlace{Receipt: "r", Index: 1}, Outcome: programme.OutcomeClosed, RecordedAt: later}
	if err := db.CloseRefusals(t.Context(), "close", []programme.Closing{closing}); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		asAt time.Time
		want []string
	}{
		"now":          {time.Time{}, []string{"moc too_old 2", "moi bad_time 1"}},
		"before later": {noon, []string{"moc too_old 1", "moi bad_time 2"}},
	} {
		open, err := db.OpenRefusals(t.Context(), test.asAt)
		if err != nil {
			t.Fatal(err)
		}
		lines := make([]string, len(open))
		for i, rows := range open {
			lines[i] = fmt.Sprintf("%s %s %d", rows.Entity, rows.Code, rows.Rows)
		}
		mustEqual(t, name, lines, test.want)
	}
}

// manyIDs returns n events of two months and 40 entities, each with its own id, and some of the ids on a second day too.
func manyIDs(n, twice int) []programme.UsageEvent {
	events := make([]programme.UsageEvent, 0, n+twice)
	first := civil.NewDate(2016, 8, 1)
	for i := range n + twice {
		id := i % n
		event := used(0, fmt.Sprintf("service-%04d", id%1400), first.AddDays(id/1400%60+i/n))
		event.Entity = fmt.Sprintf("entity-%02d", id%1400%40)
		for b := range event.Key { // keys are hashes: they do not compress
			event.Key[b] = byte((uint64(id+1) * 0x9E3779B97F4A7C15) >> (b % 8 * 8))
		}
		events = append(events, event)
	}
	return events
}

func BenchmarkIDsOnSeveralDays(b *testing.B) {
	db := clickhousetest.New(b)
	insertAll(b, db, 0, manyIDs(5_000_000, 1_000))
	for b.Loop() {
		found, err := db.IDsOnSeveralDays(b.Context(), civil.NewDate(2016, 8, 1), civil.NewDate(2016, 9, 30), 1_000)
		if err != nil || len(found) != 1_000 {
			b.Fatalf("%d findings, %v", len(found), err)
		}
	}
}
