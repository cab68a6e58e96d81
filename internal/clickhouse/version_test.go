package clickhouse_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/clickhouse"
	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/programme"
)

func TestTablesAreThoseOfTheMigrations(t *testing.T) {
	db := clickhousetest.New(t)
	asked := "SELECT name FROM system.tables WHERE database = '" + db.Database +
		"' AND name NOT LIKE 'goose%' ORDER BY name"
	got := strings.Fields(asAdmin(t, db, asked))
	var want []string
	for _, table := range programme.Tables() {
		want = append(want, table.Name)
	}
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the database has %v\nthe list is %v", got, want)
	}
}

// addition adds a row to a table of events.
type addition func(t *testing.T, db *clickhouse.DB, at time.Time)

// additions are by the table; a kind of event that drives figures needs one.
var additions = map[string]addition{
	"statement": func(t *testing.T, db *clickhouse.DB, at time.Time) {
		t.Helper()
		state(t, db, "new", stated("2016-09", 1, at))
	},
	"rollout_event": func(t *testing.T, db *clickhouse.DB, at time.Time) {
		t.Helper()
		roll(t, db, "new", launched("id", at))
	},
	"milestone_event": func(t *testing.T, db *clickhouse.DB, at time.Time) {
		t.Helper()
		event := programme.MilestoneEvent{
			ID: "id", Entity: "moi", Service: "visa", Source: "test", EventID: "id", Milestone: "visa-3",
			Phase: programme.PhaseTest, DoneOn: civil.NewDate(2016, 9, 15), RecordedAt: at,
		}
		if err := db.InsertMilestones(t.Context(), "new", []programme.MilestoneEvent{event}); err != nil {
			t.Fatal(err)
		}
	},
	"usage_event": func(t *testing.T, db *clickhouse.DB, _ time.Time) {
		t.Helper()
		load(t, db, "new", used(1, "s", civil.NewDate(2016, 9, 1)))
	},
}

// Every fact and event that figures rest on makes them new, and no other does.
func TestFiguresAreNewExactlyAfterWhatDrivesThem(t *testing.T) {
	watch := &clock{now: noon}
	db := clickhousetest.NewWith(t, watch.Now, time.UTC)
	before, _, err := db.DataVersion(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range programme.Tables() {
		watch.now = watch.now.Add(time.Second)
		add, known := additions[table.Name]
		switch {
		case table.Family != "":
			mustAppend(t, db, programme.Draft{Family: table.Family, Subject: "a", Actor: "test", Body: 1}, 0)
		case known:
			add(t, db, watch.now)
		case table.DrivesFigures || table.Event != "":
			t.Fatalf("nothing here adds to %s", table.Name)
		default:
			continue
		}
		after, newest, err := db.DataVersion(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if (after != before) != table.DrivesFigures {
			t.Errorf("%s: %s after %s, drives figures: %v", table.Name, after, before, table.DrivesFigures)
		}
		if table.DrivesFigures && !newest.Equal(watch.now) {
			t.Errorf("%s: the newest is of %s, want %s", table.Name, newest, watch.now)
		}
		before = after
	}
}
