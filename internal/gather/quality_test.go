package gather_test

import (
	"slices"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/clickhouse"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// use stores completions of the service visa and brings the rollup up to date.
func use(t *testing.T, db *clickhouse.DB, token string, events ...programme.UsageEvent) {
	t.Helper()
	var touched []programme.Slice
	for i := range events {
		e := &events[i]
		e.Entity, e.Service, e.Channel, e.Stage = "moi", "visa", programme.ChannelWeb, programme.StageComplete
		e.OccurredAt, e.Version = e.ReportDate.Time(), 1
		touched = append(touched, programme.Slice{Entity: "moi", ReportDate: e.ReportDate})
	}
	if err := db.InsertUsage(t.Context(), token, events); err != nil {
		t.Fatal(err)
	}
	if err := db.MarkDirty(t.Context(), token, touched); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Recompute(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func state(t *testing.T, db *clickhouse.DB, period string, value int64) {
	t.Helper()
	stateAt(t, db, period, value, someMorning)
}

func stateAt(t *testing.T, db *clickhouse.DB, period string, value int64, received time.Time) {
	t.Helper()
	p, err := civil.ParsePeriod(period)
	if err != nil {
		t.Fatal(err)
	}
	statement := programme.Statement{
		Entity: "moi", Service: "visa", Channel: programme.ChannelWeb, Measure: programme.MeasureCompleted, Period: p,
		State: programme.Reported, Value: value, Source: "test", EventID: period, Actor: "moi", RecordedAt: received,
	}
	if err := db.InsertStatements(t.Context(), period, []programme.Statement{statement}); err != nil {
		t.Fatal(err)
	}
}

func kinds(q *figures.Quality) []string {
	var list []string
	for i := range q.Findings {
		list = append(list, string(q.Findings[i].Kind)+" "+q.Findings[i].Period.String())
	}
	return list
}

func TestQualityIsSoughtOncePerDataVersion(t *testing.T) {
	t.Parallel()
	kept, db, watch := start(t)
	addService(t, db, "visa", civil.NewDate(2015, 3, 1))
	question := figures.Question{On: civil.NewDate(2016, 9, 30)}
	first, second := civil.NewDate(2016, 8, 31), civil.NewDate(2016, 9, 1)
	events := []programme.UsageEvent{
		{Key: programme.EventKey{1}, ReportDate: first, Count: 7}, {Key: programme.EventKey{1}, ReportDate: second, Count: 7},
	}
	for day := 5; day <= 30; day += 5 { // no gap
		events = append(events, programme.UsageEvent{
			Key: programme.EventKey{byte(day)}, ReportDate: civil.NewDate(2016, 9, day), Count: 1,
		})
	}
	use(t, db, "use", events...)
	state(t, db, "2016-09", 100)
	state(t, db, "2016-08-31", 5)
	state(t, db, "2016-09-01", 7)

	quality := func(q figures.Question) *figures.Quality {
		t.Helper()
		found, err := kept.Quality(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	want := []string{"partial_month 2016-08", "id_on_two_days ", "statement_differs 2016-08-31", "statement_differs 2016-09"}
	now := quality(question)
	if !slices.Equal(kinds(now), want) || len(now.Limits) != 0 || len(now.Refused) != 0 {
		t.Errorf("found %v, limits %v, refused %v; want %v", kinds(now), now.Limits, now.Refused, want)
	}
	if days := now.Findings[1].Days; !slices.Equal(days, []civil.Date{first, second}) || now.Findings[1].Keys != 1 {
		t.Errorf("%+v", now.Findings[1])
	}

	// Raw events that no rollup has read yet make no new data version.
	event := programme.UsageEvent{
		Key: programme.EventKey{1}, Entity: "moi", Service: "visa", ReportDate: second, Channel: programme.ChannelWeb,
		Stage: programme.StageComplete, OccurredAt: second.Time(), Version: 2,
	}
	if err := db.InsertUsage(t.Context(), "void", []programme.UsageEvent{event}); err != nil {
		t.Fatal(err)
	}
	watch.advance()
	if same := quality(question); !slices.Equal(kinds(same), want) {
		t.Errorf("sought again without a new data version: %v", kinds(same))
	}
	use(t, db, "other", programme.UsageEvent{Key: programme.EventKey{2}, ReportDate: first, Count: 1})
	watch.advance()
	if newer := quality(question); slices.Contains(kinds(newer), "id_on_two_days ") {
		t.Errorf("the voided id still stands on two days: %v", kinds(newer))
	}
}

func TestQualityOfAPastAsAt(t *testing.T) {
	t.Parallel()
	kept, db, watch := start(t)
	addService(t, db, "visa", civil.NewDate(2015, 3, 1))
	day := civil.NewDate(2016, 9, 1)
	use(t, db, "use",
		programme.UsageEvent{Key: programme.EventKey{1}, ReportDate: day, Count: 7},
		programme.UsageEvent{Key: programme.EventKey{1}, ReportDate: day.AddDays(1), Count: 7})
	refusal := programme.Refusal{
		Receipt:    "r",
		Entity:     "moi",
		Code:       programme.RefusedBadTime,
		Format:     programme.RowJSON,
		RecordedAt: someMorning,
	}
	if err := db.InsertRefusals(t.Context(), "refused", []programme.Refusal{refusal}); err != nil {
		t.Fatal(err)
	}
	on, today := civil.NewDate(2016, 9, 30), civil.DateOf(watch.now)
	past, err := kept.Quality(t.Context(), figures.Question{On: on, AsAt: today.AddDays(-2)})
	if err != nil {
		t.Fatal(err)
	}
	limits := []figures.FindingLimit{
		{Kind: programme.FindingIDOnTwoDays, Reason: figures.LimitPastAsAt},
		{Kind: programme.FindingIDOnTwoServices, Reason: figures.LimitPastAsAt},
		{Kind: programme.FindingUseUnderTwoSources, Reason: figures.LimitPastAsAt},
	}
	if len(past.Findings) != 0 || !slices.Equal(past.Limits, limits) || len(past.Refused) != 0 {
		t.Errorf("in the past: %+v", past)
	}
	now, err := kept.Quality(t.Context(), figures.Question{On: on, AsAt: today.AddDays(1)})
	if err != nil || !slices.Contains(kinds(now), "id_on_two_days ") || len(now.Limits) != 0 || len(now.Refused) != 1 {
		t.Errorf("now: %+v, %v", now, err)
	}
}
