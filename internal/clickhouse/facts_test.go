package clickhouse_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/clickhouse"
	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/programme"
)

func TestMain(m *testing.M) {
	if os.Getenv(asDecider) != "" {
		os.Exit(decideOnce())
	}
	clickhousetest.Main(m)
}

// hostile holds everything that a parameter, a column or a body could trip over.
const hostile = "مرصد الخدمات \"quoted\" 'single' \\ back\tslash\nnew line __f__alert(1)__f__ </script> \x00 =cmd|' {x:UInt8}"

func draft(subject string, body any) programme.Draft {
	return programme.Draft{Family: programme.FamilyService, Subject: subject, Actor: "planner", Reason: "because", Body: body}
}

func mustAppend(t *testing.T, db *clickhouse.DB, d programme.Draft, after uint32) programme.Fact {
	t.Helper()
	fact, err := db.Append(t.Context(), d, after)
	if err != nil {
		t.Fatal(err)
	}
	return fact
}

func TestAppendAndStream(t *testing.T) {
	db := clickhousetest.New(t)
	first := draft(hostile, programme.Service{Code: hostile, NameAr: "خدمة"})
	first.Actor, first.Reason = hostile, hostile
	first.EffectiveOn = civil.NewDate(1923, time.April, 5)
	want := mustAppend(t, db, first, 0)
	second := mustAppend(t, db, draft(hostile, map[string]any{"b": 1, "a": "<&>"}), 1)

	stream, err := db.Stream(t.Context(), programme.FamilyService, hostile)
	if err != nil {
		t.Fatal(err)
	}
	if len(stream) != 2 {
		t.Fatalf("%d facts, want 2", len(stream))
	}
	for i, want := range []programme.Fact{want, second} {
		if got := stream[i]; fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("fact %d:\n got %v\nwant %v", i, got, want)
		}
	}
	if got := string(stream[1].Body); got != `{"a":"<&>","b":1}` {
		t.Errorf("body %s is not canonical", got)
	}
	var service programme.Service
	if err := json.Unmarshal(stream[0].Body, &service); err != nil || service.Code != hostile {
		t.Errorf("service code %q, %v", service.Code, err)
	}
	if !stream[1].EffectiveOn.IsZero() {
		t.Errorf("no effective date came back as %s", stream[1].EffectiveOn)
	}
}

func TestContestedAppendHasOneWinner(t *testing.T) {
	db := clickhousetest.New(t)
	mustAppend(t, db, draft("s", "first"), 0)
	const contenders = 64
	var wait sync.WaitGroup
	failures := make([]error, contenders)
	for i := range contenders {
		wait.Go(func() {
			_, failures[i] = db.Append(context.Background(), draft("s", i), 1)
		})
	}
	wait.Wait()
	won, lost := 0, 0
	for _, err := range failures {
		switch {
		case err == nil:
			won++
		case errors.Is(err, programme.ErrAlreadyDecided):
			lost++
		default:
			t.Error(err)
		}
	}
	if won != 1 || lost != contenders-1 {
		t.Errorf("%d won and %d lost, want 1 and %d", won, lost, contenders-1)
	}
	stream, err := db.Stream(t.Context(), programme.FamilyService, "s")
	if err != nil || len(stream) != 2 {
		t.Errorf("%d facts, %v; want 2", len(stream), err)
	}
}

func TestAppendRefuses(t *testing.T) {
	db := clickhousetest.New(t)
	mustAppend(t, db, draft("s", 1), 0)
	tests := map[string]struct {
		draft programme.Draft
		after uint32
		want  error
	}{
		"a taken place":       {draft("s", 2), 0, programme.ErrAlreadyDecided},
		"a gap":               {draft("s", 2), 7, programme.ErrInvalid},
		"no subject":          {draft("", 2), 0, programme.ErrInvalid},
		"an unknown family":   {programme.Draft{Family: "x_fact; DROP", Subject: "s"}, 0, programme.ErrInvalid},
		"a date of long ago":  {programme.Draft{Family: programme.FamilyPlan, Subject: "s", EffectiveOn: 1}, 0, programme.ErrInvalid},
		"a body without JSON": {draft("t", func() {}), 0, programme.ErrInvalid},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := db.Append(t.Context(), test.draft, test.after); !errors.Is(err, test.want) {
				t.Errorf("%v, want %v", err, test.want)
			}
		})
	}
}

func TestFactsAsAt(t *testing.T) {
	now := time.Date(2016, 9, 30, 20, 59, 59, 999_999_000, time.UTC)
	db := clickhousetest.NewWith(t, func() time.Time { return now }, time.UTC)
	mustAppend(t, db, draft("s", 1), 0)
	past := now
	now = now.Add(time.Microsecond)
	mustAppend(t, db, draft("s", 2), 1)
	families := []programme.Family{programme.FamilyEntity, programme.FamilyService}
	for asAt, want := range map[time.Time]int{{}: 2, now: 2, past: 1, past.Add(-time.Microsecond): 0} {
		found, err := db.Facts(t.Context(), families, asAt)
		if err != nil {
			t.Fatal(err)
		}
		if len(found) != want {
			t.Errorf("as at %s: %d facts, want %d", asAt, len(found), want)
		}
	}
}

func TestAppendAllTwiceIsOnce(t *testing.T) {
	db := clickhousetest.New(t)
	inYear := func(d programme.Draft, year int) programme.Draft {
		d.EffectiveOn = civil.NewDate(year, time.April, 1)
		return d
	}
	entity := programme.Draft{Family: programme.FamilyEntity, Subject: "moi", Actor: "import", Body: programme.Entity{Code: "moi"}}
	history := []programme.Draft{
		inYear(draft("a", 1), 2018), inYear(draft("b", 1), 2018), entity,
		inYear(draft("a", 2), 2019), inYear(draft("a", 1), 2020), inYear(draft("b", 1), 2018),
	}
	steps := []struct {
		name   string
		drafts []programme.Draft
		want   int
	}{
		{"a history", history, 5}, // the repeated b is its stream's newest
		{"the same again", history, 0},
		{"its first year alone", history[:3], 0},
		{"one more year", append(slices.Clip(history), inYear(draft("a", 3), 2021)), 1},
		{"the newest alone", []programme.Draft{inYear(draft("a", 3), 2021)}, 0},
		{"an old body from a new day", []programme.Draft{inYear(draft("a", 1), 2022)}, 1},
		{"nothing", nil, 0},
	}
	for _, step := range steps {
		added, err := db.AppendAll(t.Context(), step.drafts)
		if err != nil || added != step.want {
			t.Errorf("%s: %d added, %v; want %d", step.name, added, err, step.want)
		}
	}
	stream, err := db.Stream(t.Context(), programme.FamilyService, "a")
	if err != nil {
		t.Fatal(err)
	}
	var bodies strings.Builder
	for i, fact := range stream {
		bodies.Write(fact.Body)
		if fact.Seq != uint32(i+1) {
			t.Errorf("fact %d has sequence %d", i, fact.Seq)
		}
	}
	if bodies.String() != "12131" {
		t.Errorf("bodies %s, want 12131", bodies.String())
	}
}

func TestAppendAllAtOnceByMany(t *testing.T) {
	db := clickhousetest.New(t)
	drafts := make([]programme.Draft, 200)
	for i := range drafts {
		drafts[i] = draft(fmt.Sprint("service ", i), i)
	}
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if _, err := db.AppendAll(context.Background(), drafts); err != nil && !errors.Is(err, programme.ErrAlreadyDecided) {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	found, err := db.Facts(t.Context(), []programme.Family{programme.FamilyService}, time.Time{})
	if err != nil || len(found) != len(drafts) {
		t.Errorf("%d facts, %v; want %d", len(found), err, len(drafts))
	}
}
