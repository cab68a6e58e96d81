package clickhouse_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/clickhouse"
	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/clocktest"
	"mirsad/internal/programme"
)

func TestMigrateTwiceIsHarmless(t *testing.T) {
	t.Parallel()
	db := clickhousetest.New(t)
	mustAppend(t, db, draft("s", 1), 0)
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if stream, err := db.Stream(t.Context(), "service", "s"); err != nil || len(stream) != 1 {
		t.Errorf("%d facts, %v; want 1", len(stream), err)
	}
}

// before opens a database as an older version of the program left it.
func before(t *testing.T, step int64) *clickhouse.DB {
	t.Helper()
	endpoint := clickhousetest.Endpoint(t)
	db, err := clickhouse.Open(t.Context(),
		clickhouse.Configuration{URL: endpoint.URL, Passwords: endpoint.Passwords, Database: "test_63", Zone: time.UTC},
		clickhouse.Dependencies{Logger: slog.New(slog.DiscardHandler), Now: clocktest.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Drop(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := clickhouse.MigrateTo(t.Context(), db, step); err != nil {
		t.Fatal(err)
	}
	return db
}

// Stored events keep their meaning when the service becomes a part of their identity: what was replaced stays replaced,
// and a voided event, which was an event of no use, is none.
func TestEventsKeepTheirMeaningOverTheChangeOfIdentity(t *testing.T) {
	t.Parallel()
	db := before(t, 31)
	if err := clickhouse.AddSourceOfEvents(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	day := civil.NewDate(2016, 2, 29)
	other, void := used(2, "licence", day), used(3, "permit", civil.NewDate(2015, 12, 31))
	other.Version, void.Count = 2, 0
	load(t, db, "of before", used(1, "renewal", day), used(2, "renewal", day), other)
	if err := db.InsertUsage(t.Context(), "summed already", []programme.UsageEvent{void}); err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	recompute(t, db, 2)
	want := []string{"moi licence 2016-02 web complete 1/1", "moi renewal 2016-02 web complete 1/1"}
	mustEqual(t, "after the step", months(t, db, time.Time{}), want)
	agreed(t, db)

	again := used(2, "renewal", day)
	again.Version = 3
	load(t, db, "the id for another service", again, used(1, "renewal", day))
	recompute(t, db, 1)
	mustEqual(t, "by the new identity", months(t, db, time.Time{}),
		[]string{"moi licence 2016-02 web complete 1/1", "moi renewal 2016-02 web complete 2/2"})
	if totals := agreed(t, db); totals.Identities != 4 {
		t.Errorf("%d identities, want 4, one of them voided", totals.Identities)
	}
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	agreed(t, db)
}
