package clickhouse_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/clickhouse"
	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/programme"
)

var noon = time.Date(2016, 10, 3, 12, 0, 0, 0, time.UTC)

func stated(period string, value int64, at time.Time) programme.Statement {
	parsed, err := civil.ParsePeriod(period)
	if err != nil {
		panic(err)
	}
	return programme.Statement{
		Entity: "moi", Service: "visa", Channel: programme.ChannelWeb, Measure: programme.MeasureCompleted,
		Period: parsed, State: programme.Reported, Value: value, Source: "test", EventID: "1", Actor: "importer", RecordedAt: at,
	}
}

func state(t *testing.T, db *clickhouse.DB, token string, statements ...programme.Statement) {
	t.Helper()
	if err := db.InsertStatements(t.Context(), token, statements); err != nil {
		t.Fatal(err)
	}
}

func statementsAsAt(t *testing.T, db *clickhouse.DB, asAt time.Time) []programme.Statement {
	t.Helper()
	use, err := db.Use(t.Context(), asAt)
	if err != nil {
		t.Fatal(err)
	}
	return use.Statements
}

func mustHold(t *testing.T, db *clickhouse.DB, what string, get func(clickhouse.Totals) int64, want int64) {
	t.Helper()
	totals, err := db.Totals(t.Context())
	if err != nil || get(totals) != want {
		t.Errorf("%s: %d, %v; want %d", what, get(totals), err, want)
	}
}

func TestStatementsTwiceAreOnce(t *testing.T) {
	db := clickhousetest.New(t)
	versions := func(totals clickhouse.Totals) int64 { return totals.Statements }
	missing := stated("2016-Q3", 0, noon)
	missing.State = programme.NotProvided
	first := []programme.Statement{
		stated("2016-09", 10, noon), stated("2016-09", 10, noon), stated("2016", 0, noon),
		missing, stated("2018-04-01/2019-03-31", 7, noon),
	}
	state(t, db, "1", first...)
	mustHold(t, db, "one repeated within the block", versions, 4)
	state(t, db, "1", first...)
	state(t, db, "2", first...)
	mustHold(t, db, "the same again", versions, 4)
	state(t, db, "3", stated("2016-Q3", 0, noon.Add(time.Hour)))
	mustHold(t, db, "a zero in place of nothing", versions, 5)
	// All at one instant, and the last of the block counts.
	state(t, db, "4", stated("2016-09", 11, noon), stated("2016-09", 10, noon), stated("2016-09", 12, noon))
	mustHold(t, db, "three changes", versions, 8)
	mustHold(t, db, "numbers", func(totals clickhouse.Totals) int64 { return totals.StatementKeys }, 4)

	for _, s := range statementsAsAt(t, db, time.Time{}) {
		if s.Period.String() == "2016-09" && s.Value != 12 {
			t.Errorf("the newest says %d, want 12", s.Value)
		}
	}
	for _, s := range statementsAsAt(t, db, noon) {
		if s.Period.String() == "2016-Q3" && s.State != programme.NotProvided {
			t.Errorf("as at noon: %s, want not_provided", s.State)
		}
	}
	if early := statementsAsAt(t, db, noon.Add(-time.Microsecond)); len(early) != 0 {
		t.Errorf("%d statements before any was recorded", len(early))
	}
}

func TestStatementComesBackAsItWent(t *testing.T) {
	db := clickhousetest.New(t)
	want := stated("2018-04-01/2019-03-31", 5, noon)
	want.Service, want.Entity, want.Source, want.EventID, want.Actor = hostile, hostile+"2", hostile+"3", hostile+"4", hostile+"5"
	state(t, db, hostile, want)
	state(t, db, "again", want)
	if got := statementsAsAt(t, db, time.Time{}); len(got) != 1 || !reflect.DeepEqual(got[0], want) {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
}

func launched(id string, at time.Time) programme.Rollout {
	return programme.Rollout{
		ID: id, Entity: "moi", Service: "visa", Source: "test", EventID: id, Action: programme.ActionLaunch, Level: 3,
		Channels: []programme.Channel{programme.ChannelWeb}, EffectiveOn: civil.NewDate(1968, 2, 29),
		Evidence: []programme.Answer{{Criterion: "apply", Answer: "yes", URL: hostile}}, Actor: "importer", RecordedAt: at,
	}
}

func roll(t *testing.T, db *clickhouse.DB, token string, rollouts ...programme.Rollout) {
	t.Helper()
	if err := db.InsertRollouts(t.Context(), token, rollouts); err != nil {
		t.Fatal(err)
	}
}

func TestRolloutsTwiceAreOnceAndTheNewestVersionCounts(t *testing.T) {
	db := clickhousetest.New(t)
	first, plain := launched("a", noon), launched("b", noon)
	plain.Channels, plain.Evidence, plain.VerifiedBy = nil, nil, "admin"
	roll(t, db, "1", first, plain, first)
	byAnother := plain
	byAnother.VerifiedBy, byAnother.Actor, byAnother.RecordedAt = "another admin", "another", noon.Add(time.Hour)
	empty := plain
	empty.Channels, empty.Evidence = []programme.Channel{}, []programme.Answer{}
	roll(t, db, "2", first, byAnother, empty)
	got, err := db.Rollouts(t.Context(), time.Time{})
	if err != nil || !reflect.DeepEqual(got, []programme.Rollout{first, plain}) {
		t.Fatalf("%v\n got %+v\nwant %+v", err, got, []programme.Rollout{first, plain})
	}

	corrected := first
	corrected.Level, corrected.RecordedAt = 2, noon.Add(-time.Hour) // a clock that went back
	roll(t, db, "3", corrected)
	if got, err = db.Rollouts(t.Context(), time.Time{}); err != nil || len(got) != 2 || got[1].Level != 2 {
		t.Errorf("%v; the newest version does not count: %+v", err, got)
	}
	if got, err = db.Rollouts(t.Context(), noon); err != nil || len(got) != 2 || got[0].Level != 3 {
		t.Errorf("%v; as at noon: %+v", err, got)
	}
	mustHold(t, db, "rollout events", func(totals clickhouse.Totals) int64 { return totals.Rollouts }, 2)
}

func TestReceiptAndQuarantine(t *testing.T) {
	db := clickhousetest.New(t)
	receipt := programme.Receipt{ID: "r1", Actor: "token " + hostile, Entity: "moi", BodyHash: [32]byte{1, 31: 2}, Accepted: 3, Rejected: 2, RecordedAt: noon}
	refusals := []programme.Refusal{
		{Receipt: "r1", Index: 4, Entity: "moi", EventID: hostile, Code: programme.RefusedBadValue, Field: "data.count", Raw: []byte{0xff, 0, '\n'}, RecordedAt: noon},
		{Receipt: "r1", Index: 1, Entity: "moi", Code: programme.RefusedBadTime, Raw: []byte(hostile), RecordedAt: noon},
		{Receipt: "r0", Index: 0, Entity: "moh", Code: programme.RefusedBadTime, Raw: []byte("{}"), RecordedAt: noon.Add(time.Minute)},
	}
	for range 2 {
		if err := db.InsertReceipts(t.Context(), "t/receipts", []programme.Receipt{receipt}); err != nil {
			t.Fatal(err)
		}
		if err := db.InsertRefusals(t.Context(), "t/refusals", refusals); err != nil {
			t.Fatal(err)
		}
	}
	got, its, err := db.Receipt(t.Context(), "r1")
	if err != nil || got != receipt {
		t.Errorf("%v\n got %+v\nwant %+v", err, got, receipt)
	}
	if want := []programme.Refusal{refusals[1], refusals[0]}; !reflect.DeepEqual(its, want) {
		t.Errorf("\n got %+v\nwant %+v", its, want)
	}
	if _, _, err := db.Receipt(t.Context(), "r2"); !errors.Is(err, programme.ErrNotFound) {
		t.Errorf("%v, want ErrNotFound", err)
	}
	type filter = programme.QuarantineFilter
	checkPages(t, db, filter{}, "r0/0", "r1/4", "r1/1")
	checkPages(t, db, filter{Entity: "moi"}, "r1/4", "r1/1")
	checkPages(t, db, filter{Entity: "nobody"})
	checkPages(t, db, filter{Receipt: "r1"}, "r1/4", "r1/1")
	checkPages(t, db, filter{Code: programme.RefusedBadTime}, "r0/0", "r1/1")
	checkPages(t, db, filter{From: noon.Add(time.Second)}, "r0/0")
	checkPages(t, db, filter{To: noon}, "r1/4", "r1/1")
	closing := programme.Closing{
		RowPlace: programme.RowPlace{Receipt: "r1", Index: 4}, Outcome: programme.OutcomeClosed, Comment: hostile, Actor: "user/a", RecordedAt: noon.Add(time.Hour),
	}
	second := closing
	second.Comment, second.RecordedAt = "too late", noon.Add(2*time.Hour)
	for token, each := range []programme.Closing{second, closing} {
		if err := db.CloseRefusals(t.Context(), strconv.Itoa(token), []programme.Closing{each}); err != nil {
			t.Fatal(err)
		}
	}
	checkPages(t, db, filter{State: "open"}, "r0/0", "r1/1")
	checkPages(t, db, filter{State: "closed"}, "r1/4")
	rows, err := db.Refusals(t.Context(), []programme.RowPlace{{Receipt: "r1", Index: 4}, {Receipt: "r1", Index: 1}, {Receipt: "none", Index: 0}})
	want := []programme.Quarantined{{Refusal: refusals[1]}, {Refusal: refusals[0], Closing: closing}}
	if err != nil || !reflect.DeepEqual(rows, want) {
		t.Errorf("%v\n got %+v\nwant %+v", err, rows, want)
	}
	if _, err := db.Quarantine(t.Context(), programme.QuarantineFilter{}, "nonsense", 1); !errors.Is(err, programme.ErrInvalid) {
		t.Errorf("%v, want ErrInvalid", err)
	}
}

// checkPages reads the quarantine one row a page.
func checkPages(t *testing.T, db *clickhouse.DB, filter programme.QuarantineFilter, want ...string) {
	t.Helper()
	after := ""
	for _, cursor := range append(want, "") {
		page, err := db.Quarantine(t.Context(), filter, after, 1)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if len(page) == 1 {
			got = fmt.Sprintf("%s/%d", page[0].Receipt, page[0].Index)
		}
		if got != cursor {
			t.Errorf("%+v after %q: %q, want %q", filter, after, got, cursor)
		}
		after = cursor
	}
}

func TestServiceOwners(t *testing.T) {
	db := clickhousetest.New(t)
	mustAppend(t, db, draft("visa", programme.Service{Code: "visa", Entity: "old"}), 0)
	mustAppend(t, db, draft("visa", programme.Service{Code: "visa", Entity: "وزارة \"x\""}), 1)
	mustAppend(t, db, draft("gone", programme.Service{Code: "gone", Entity: "moi"}), 0)
	moved := draft("gone", programme.Service{Code: "gone", Entity: "moi", Removed: true})
	moved.EffectiveOn = civil.NewDate(2016, 9, 1)
	mustAppend(t, db, moved, 1)
	owners, err := db.ServiceOwners(t.Context())
	want := []programme.Ownership{
		{Service: "gone", Entity: "moi"},
		{Service: "gone", Entity: "moi", From: moved.EffectiveOn, Removed: true},
		{Service: "visa", Entity: "old"},
		{Service: "visa", Entity: "وزارة \"x\""},
	}
	if err != nil || !slices.Equal(owners, want) {
		t.Errorf("%v, %v; want %v", owners, err, want)
	}
}

func TestWhatTheStoreNeverTakesIsPermanent(t *testing.T) {
	db := clickhousetest.New(t)
	event := used(1, "s", civil.NewDate(2016, 9, 1))
	event.Channel = "telepathy"
	if err := db.InsertUsage(t.Context(), "1", []programme.UsageEvent{event}); !clickhouse.IsPermanent(err) {
		t.Errorf("an unknown channel: %v, want a permanent error", err)
	}
	if err := db.InsertUsage(t.Context(), "2", []programme.UsageEvent{used(1, "s", civil.NewDate(1900, 1, 1))}); !clickhouse.IsPermanent(err) {
		t.Errorf("a day before the database's first: %v, want a permanent error", err)
	}
	wrong := launched("a", noon)
	wrong.EffectiveOn = 0
	if err := db.InsertRollouts(t.Context(), "3", []programme.Rollout{wrong}); !clickhouse.IsPermanent(err) {
		t.Errorf("a rollout without a date: %v, want a permanent error", err)
	}
	away, err := clickhouse.Open(t.Context(), clickhouse.Configuration{URL: "http://127.0.0.1:1"}, db.Dependencies)
	if err != nil {
		t.Fatal(err)
	}
	err = away.InsertUsage(t.Context(), "4", []programme.UsageEvent{used(1, "s", civil.NewDate(2016, 9, 1))})
	if clickhouse.IsPermanent(err) || !errors.Is(err, programme.ErrUnavailable) {
		t.Errorf("a database that is away: %v, want ErrUnavailable", err)
	}
	if errors.Is(err, programme.ErrOperator) {
		t.Errorf("a database that is away asks for an operator: %v", err)
	}
	if err := away.Ping(t.Context()); !errors.Is(err, programme.ErrUnavailable) {
		t.Errorf("ping: %v, want ErrUnavailable", err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := db.Use(cancelled, time.Time{}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want context.Canceled", err)
	}
}

func TestMilestonesTwiceAreOnceAndTheNewestVersionCounts(t *testing.T) {
	t.Parallel()
	db := clickhousetest.New(t)
	first := programme.MilestoneEvent{
		ID: "00ff", Entity: "moi", Service: "visa", Source: "test", EventID: "1", Milestone: "visa-3",
		Phase: programme.PhaseTest, DoneOn: civil.NewDate(2016, 9, 15), Actor: "token/moi", RecordedAt: noon,
	}
	corrected := first
	corrected.DoneOn, corrected.RecordedAt = civil.NewDate(2016, 9, 20), noon.Add(time.Hour)
	for token, events := range [][]programme.MilestoneEvent{{first, first}, {first}, {corrected}} {
		if err := db.InsertMilestones(t.Context(), strconv.Itoa(token), events); err != nil {
			t.Fatal(err)
		}
	}
	for asAt, want := range map[time.Time]string{noon.Add(-time.Second): "", noon: "2016-09-15", {}: "2016-09-20"} {
		got, err := db.Milestones(t.Context(), asAt)
		if err != nil || len(got) != min(len(want), 1) || (want != "" && got[0].DoneOn.String() != want) {
			t.Errorf("as at %s: %v, %v; want %q", asAt, got, err, want)
		}
	}
	mustHold(t, db, "milestones", func(totals clickhouse.Totals) int64 { return totals.Milestones }, 1)
}

func TestWhatOnlyAnOperatorCanMend(t *testing.T) {
	db := clickhousetest.New(t)
	events := []programme.UsageEvent{used(1, "s", civil.NewDate(2016, 9, 1))}
	stranger := db.Configuration
	stranger.Passwords = maps.Clone(stranger.Passwords)
	stranger.Passwords["ingest"] = "not the password"
	elsewhere := db.Configuration
	elsewhere.Database = "mirsad_that_is_not_there"
	for what, configuration := range map[string]clickhouse.Configuration{"a wrong password": stranger, "no database": elsewhere} {
		wrong, err := clickhouse.Open(t.Context(), configuration, db.Dependencies)
		if err != nil {
			t.Fatal(err)
		}
		err = wrong.InsertUsage(t.Context(), "1", events)
		if !errors.Is(err, programme.ErrOperator) || !errors.Is(err, programme.ErrUnavailable) || clickhouse.IsPermanent(err) {
			t.Errorf("%s: %v, want ErrOperator", what, err)
		}
		if err := wrong.Close(); err != nil {
			t.Error(err)
		}
	}
}
