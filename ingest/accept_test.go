package ingest

import (
	"reflect"
	"testing"
	"time"

	"mirsad/ingest/rows"
	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// stored sends one row and returns what reaches the store of it. What is accepted also fits its schema.
func stored(t *testing.T, s Submission, row string) *memoryStore {
	t.Helper()
	mustFitSchema(t, s.Principal, row)
	store := newMemoryStore()
	f := newFixture(t, quick, store, standing)
	f.start(t)
	s.Format, s.Body = rows.FormatEvent, []byte(row)
	answer, err := f.Receive(t.Context(), s)
	if err != nil || answer.Accepted != 1 {
		t.Fatalf("%+v, %v", answer, err)
	}
	f.idle(t)
	return store
}

func TestAcceptedUsage(t *testing.T) {
	t.Parallel()
	noon := time.Date(2016, 9, 30, 9, 0, 0, 0, time.UTC)
	plain := programme.UsageEvent{
		Key: eventKey([]byte("/moi/portal"), []byte("1")), Entity: "moi", Service: "moi-1",
		ReportDate: civil.NewDate(2016, 9, 30), Channel: programme.ChannelWeb, Stage: programme.StageComplete,
		Count: 1, OccurredAt: noon, Version: uint64(evening.UnixMicro()), Source: "/moi/portal",
	}
	full := plain
	full.Count, full.DurationMS, full.Rating, full.Channel = 7, 1500, 4, programme.ChannelCallCentre
	void := plain
	void.Count = 0
	other := plain
	other.Entity, other.Service = "moph", "moph-1"
	for _, c := range []struct {
		name string
		by   access.Principal
		row  string
		want programme.UsageEvent
	}{
		{"count defaults to 1", agency, usage(nil), plain},
		{"all fields", agency, usage(fields{"channel": "call_centre", "count": 7, "duration_ms": 1500, "rating": 4}), full},
		{"null is not given", agency, usage(nil, fields{"data": fields{"channel": "web", "stage": "complete", "count": nil, "rating": nil}}), plain},
		{"0 voids", agency, usage(fields{"count": 0}), void},
		{"an administrator's has the owner's entity", admin, usage(nil, fields{"subject": "moph-1"}), other},
		{"extensions are ignored", agency, usage(nil, fields{"traceparent": "x", "partitionkey": []int{1}, "dataschema": "y"}), plain},
		{"escapes are undone", agency, `{"data":{"chann\u0065l":"\u0077eb","stage":"complete"},"subject":"moi\u002d1","time":"2016-09-30T09:00:00Z",` +
			`"type":"mirsad.usage.v1","source":"\/moi\/portal","id":"\u0031","specversion":"1.0"}`, plain},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := rowsIn[programme.UsageEvent](stored(t, Submission{Principal: c.by}, c.row), "usage")
			if len(got) != 1 || !reflect.DeepEqual(got[0], c.want) {
				t.Errorf("stored %+v\nwant   %+v", got, c.want)
			}
		})
	}
}

func TestAcceptedStatement(t *testing.T) {
	reported := programme.Statement{
		Entity: "moi", Service: "moi-1", Channel: programme.ChannelWeb, Measure: programme.MeasureCompleted,
		Period: civil.NewMonth(2016, 8).Period(), State: programme.Reported, Value: 12,
		Source: "/moi/portal", EventID: "1", Actor: agency.ID, RecordedAt: evening,
	}
	zero := reported
	zero.Value = 0
	missing := zero
	missing.State, missing.Period = programme.NotProvided, civil.Quarter(2016, 2)
	rest := reported
	rest.Value, rest.Actor, rest.Channel = 7, admin.ID, programme.ChannelOther
	interval := reported
	interval.Period = civil.Period{
		Grain: civil.GrainInterval, From: civil.NewDate(2015, 4, 1), To: civil.NewDate(2016, 3, 31),
	}
	for _, c := range []struct {
		name string
		by   access.Principal
		row  string
		want programme.Statement
	}{
		{"reported", agency, statement(nil), reported},
		{"zero is a value", agency, statement(fields{"value": 0}), zero},
		{"not provided", agency, statement(fields{"value": nil, "state": "not_provided", "period": "2016-Q2"}), missing},
		{"an interval", agency, statement(fields{"period": "2015-04-01/2016-03-31"}), interval},
		{"total less digital", admin, statement(fields{"value": nil, "total": 10, "digital": 3, "channel": "other"}), rest},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := rowsIn[programme.Statement](stored(t, Submission{Principal: c.by}, c.row), "statements")
			if len(got) != 1 || !reflect.DeepEqual(got[0], c.want) {
				t.Errorf("stored %+v\nwant   %+v", got, c.want)
			}
		})
	}
}

func TestAcceptedRollout(t *testing.T) {
	launch := programme.Rollout{
		ID: "", Entity: "moi", Service: "moi-1", Source: "/moi/portal", EventID: "1",
		Action: programme.ActionLaunch, Level: 3, Channels: []programme.Channel{programme.ChannelWeb},
		EffectiveOn: civil.NewDate(2016, 9, 1), Actor: agency.ID, RecordedAt: evening,
	}
	verified := launch
	verified.Actor, verified.VerifiedBy = admin.ID, admin.ID
	claimed := launch
	claimed.Actor = admin.ID
	proved := launch
	proved.Evidence = []programme.Answer{{Criterion: "linked", Answer: "yes", URL: "https://moi.example/1", Entities: []string{"moph"}}}
	old := launch
	old.EffectiveOn = civil.NewDate(2007, 7, 1)
	retired := launch
	retired.Action, retired.Level, retired.Channels, retired.Actor = programme.ActionRetire, 0, nil, admin.ID
	for _, c := range []struct {
		name string
		s    Submission
		row  string
		want programme.Rollout
	}{
		{"a claim", Submission{Principal: agency}, rolloutEvent(nil), launch},
		{"a launch before the first use that is taken", Submission{Principal: agency}, rolloutEvent(fields{
			"effective_on": "2007-07-01",
		}, fields{"time": "2007-07-01T09:00:00Z"}), old},
		{"an administrator's claim", Submission{Principal: admin}, rolloutEvent(nil), claimed},
		{"claimed and verified in one act", Submission{Principal: admin, Verify: true}, rolloutEvent(nil), verified},
		{"nothing to verify", Submission{Principal: admin, Verify: true}, rolloutEvent(fields{"action": "retire", "level": nil, "channels": nil}), retired},
		{"evidence", Submission{Principal: agency}, rolloutEvent(fields{"evidence": []any{
			fields{"criterion": "linked", "answer": "yes", "url": "https://moi.example/1", "entities": []string{"moph"}},
		}}), proved},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := rowsIn[programme.Rollout](stored(t, c.s, c.row), "rollouts")
			if len(got) != 1 || len(got[0].ID) != 32 {
				t.Fatalf("stored %+v", got)
			}
			got[0].ID = ""
			if !reflect.DeepEqual(got[0], c.want) {
				t.Errorf("stored %+v\nwant   %+v", got[0], c.want)
			}
		})
	}
}

func TestReportDateIsReckonedInTheProgrammesZone(t *testing.T) {
	f := newFixture(t, quick, newMemoryStore(), func() time.Time { return evening.Add(time.Hour) })
	store := f.Store.(*memoryStore)
	f.start(t)
	f.lines(t, agency,
		usage(nil, fields{"id": "last", "time": "2016-09-30T20:59:59.999Z"}),
		usage(nil, fields{"id": "first", "time": "2016-09-30T21:00:00Z"}),
		usage(nil, fields{"id": "offset", "time": "2016-09-30T23:59:59+05:00"}),
	)
	f.idle(t)
	got := rowsIn[programme.UsageEvent](store, "usage")
	want := []civil.Date{civil.NewDate(2016, 9, 30), civil.NewDate(2016, 10, 1), civil.NewDate(2016, 9, 30)}
	for i := range want {
		if got[i].ReportDate != want[i] {
			t.Errorf("row %d on %s, want %s", i, got[i].ReportDate, want[i])
		}
	}
}

func TestLaterIndexHasTheLaterVersion(t *testing.T) {
	f := newFixture(t, quick, newMemoryStore(), standing)
	store := f.Store.(*memoryStore)
	f.start(t)
	f.lines(t, agency, usage(fields{"count": 1}), `broken`, usage(fields{"count": 2}), statement(nil), statement(fields{"value": 13}))
	f.lines(t, agency, usage(fields{"count": 3}))
	f.idle(t)
	last := uint64(0)
	for _, e := range rowsIn[programme.UsageEvent](store, "usage") {
		if e.Version <= last {
			t.Errorf("count %d has version %d after %d", e.Count, e.Version, last)
		}
		last = e.Version
	}
	statements := rowsIn[programme.Statement](store, "statements")
	if !statements[1].RecordedAt.After(statements[0].RecordedAt) {
		t.Errorf("recorded %v, then %v", statements[0].RecordedAt, statements[1].RecordedAt)
	}
}

func TestEventKeyJoinsWithoutAmbiguity(t *testing.T) {
	keys := map[programme.EventKey]string{}
	for _, pair := range [][2]string{{"a", "bc"}, {"ab", "c"}, {"abc", ""}, {"", "abc"}, {"\x01a", "bc"}} {
		key := eventKey([]byte(pair[0]), []byte(pair[1]))
		if other, taken := keys[key]; taken {
			t.Errorf("%q and %s have one key", pair, other)
		}
		keys[key] = pair[0] + "|" + pair[1]
	}
}

// The day that is remembered from event to event is the one that each event would get by itself, also where clocks change.
func TestReportDayIsRemembered(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	for _, zone := range []*time.Location{qatar(t), time.UTC, london} {
		var day reportDay
		for at := time.Date(2016, 3, 25, 0, 0, 0, 0, time.UTC); at.Before(time.Date(2016, 11, 2, 0, 0, 0, 0, time.UTC)); at = at.Add(13*time.Minute - time.Microsecond) {
			if got, want := day.of(at, zone), civil.DateOf(at.In(zone)); got != want {
				t.Fatalf("%s in %s: %s, want %s", at, zone, got, want)
			}
		}
		for _, second := range []string{"2016-09-30T20:59:59.999999Z", "2016-09-30T21:00:00Z", "2016-09-30T20:59:59Z"} {
			at, err := time.Parse(time.RFC3339, second)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := day.of(at, zone), civil.DateOf(at.In(zone)); got != want {
				t.Errorf("%s in %s: %s, want %s", second, zone, got, want)
			}
		}
	}
}
