package clickhousetest

import (
	"context"
	"log/slog"
	"maps"
	"testing"

	"mirsad/internal/clickhouse"
	"mirsad/internal/clocktest"
	"mirsad/internal/programme"
)

func TestMain(m *testing.M) { Main(m) }

// TestACopyIsLikeAMigratedDatabase compares a copy, a copy that was used and spoilt, and a database migrated step by
// step: the same tables, created in the same way, and the same migrations applied.
func TestACopyIsLikeAMigratedDatabase(t *testing.T) {
	pid := Endpoint(t).PID
	copies, err := shared.template(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := migrateStepByStep(t, copies)
	const name = "copied"
	t.Cleanup(func() {
		if err := copies.admin.Exec(context.Background(), "DROP DATABASE "+name+" SYNC"); err != nil {
			t.Error(err)
		}
	})
	for round, spoil := range []string{
		"ALTER TABLE copied.entity_fact ADD COLUMN more String",
		"DROP TABLE copied.usage_event SYNC",
		"CREATE TABLE copied.stray (a String) ENGINE = MergeTree ORDER BY a",
		"INSERT INTO copied.audit (chain) VALUES ('a')",
		"SELECT 1",
	} {
		if err := copies.restore(t.Context(), pid, name); err != nil {
			t.Fatal(err)
		}
		if got := describe(t, copies, name); !maps.Equal(got, want) {
			t.Errorf("round %d: the copy is\n%v\nwant\n%v", round, got, want)
		}
		if err := copies.admin.Exec(t.Context(), spoil); err != nil {
			t.Fatal(err)
		}
	}
}

// migrateStepByStep describes a database made by the program's own migrations.
func migrateStepByStep(t *testing.T, copies *copies) map[string]string {
	t.Helper()
	endpoint := Endpoint(t)
	db, err := clickhouse.Open(t.Context(),
		clickhouse.Configuration{URL: endpoint.URL, Passwords: endpoint.Passwords, Database: "stepwise"},
		clickhouse.Dependencies{Logger: slog.New(slog.DiscardHandler), Now: clocktest.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Drop(context.Background()); err != nil {
			t.Error(err)
		}
		_ = db.Close() // it is dropped
	})
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return describe(t, copies, "stepwise")
}

// describe returns how each table of a database is created, and the rows of them all.
func describe(t *testing.T, copies *copies, database string) map[string]string {
	t.Helper()
	tables, err := copies.tablesOf(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	if len(tables) == 0 {
		t.Fatalf("%s has no tables", database)
	}
	for name := range tables {
		// Without the time of the migration.
		question := "SELECT toString(groupArray(tuple(* EXCEPT tstamp))) FROM (SELECT * FROM " + database + "." + name + " ORDER BY ALL)"
		if name != versions {
			question = "SELECT toString(count()) FROM " + database + "." + name
		}
		var rows string
		if err := copies.admin.QueryRow(t.Context(), question).Scan(&rows); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		tables[name] += " holding " + rows
	}
	return tables
}

// TestATokenOfAnEarlierTestIsForgotten inserts the same fact into the same database twice, as two tests do: what the
// first inserted, and the tables' memory of it, must be gone.
func TestATokenOfAnEarlierTestIsForgotten(t *testing.T) {
	for range 2 {
		t.Run("a test", func(t *testing.T) {
			db := New(t)
			Catalogue(t, db, programme.DefaultSettings(), "", nil, "visa")
			stream, err := db.Stream(t.Context(), programme.FamilyService, "visa")
			if err != nil || len(stream) != 1 {
				t.Errorf("%d facts, %v; want 1", len(stream), err)
			}
		})
	}
}
