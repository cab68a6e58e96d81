package gather_test

import (
	"errors"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/clickhouse"
	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/clocktest"
	"mirsad/internal/figures"
	"mirsad/internal/gather"
	"mirsad/internal/programme"
)

func TestMain(m *testing.M) { clickhousetest.Main(m) }

// clock is a time that a test moves on.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

// advance moves on by as long as a data version may be kept.
func (c *clock) advance() { c.now = c.now.Add(versionEvery) }

const versionEvery = 5 * time.Second

// someMorning is when a test begins that has nothing to do with its day.
var someMorning = clocktest.Start()

func start(t *testing.T) (*gather.Figures, *clickhouse.DB, *clock) {
	t.Helper()
	return startAt(t, someMorning)
}

func qatar(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Qatar")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// startAt returns figures over a store that both live by one clock, from a moment on.
func startAt(t *testing.T, now time.Time) (*gather.Figures, *clickhouse.DB, *clock) {
	t.Helper()
	zone, watch := qatar(t), &clock{now: now}
	db := clickhousetest.NewWith(t, watch.Now, zone)
	kept, err := gather.New(
		gather.Configuration{Zone: zone, VersionEvery: versionEvery}, gather.Dependencies{Store: db, Now: watch.Now},
	)
	if err != nil {
		t.Fatal(err)
	}
	return kept, db, watch
}

func addService(t *testing.T, db *clickhouse.DB, code string, launched civil.Date) {
	t.Helper()
	drafts := []programme.Draft{
		{
			Family:  programme.FamilyEntity,
			Subject: "moi",
			Actor:   "test",
			Body:    programme.Entity{Code: "moi", Name: "Interior", NameAr: "الداخلية"},
		},
		{Family: programme.FamilyService, Subject: code, Actor: "test", Body: programme.Service{
			Code: code, Name: code, NameAr: code, Entity: "moi", Channels: []programme.Channel{programme.ChannelWeb},
		}},
	}
	if _, err := db.AppendAll(t.Context(), drafts); err != nil {
		t.Fatal(err)
	}
	rollout := programme.Rollout{
		ID: "launch-" + code, Entity: "moi", Service: code, Source: "test", EventID: code, Action: programme.ActionLaunch,
		Level: programme.LevelTransactional, EffectiveOn: launched, Actor: "test", VerifiedBy: "test", RecordedAt: someMorning,
	}
	if err := db.InsertRollouts(t.Context(), "launch "+code, []programme.Rollout{rollout}); err != nil {
		t.Fatal(err)
	}
}

func TestFiguresAreComputedOncePerDataVersion(t *testing.T) {
	t.Parallel()
	kept, db, watch := start(t)
	on := figures.Question{On: civil.NewDate(2016, 9, 30)}
	addService(t, db, "visa", civil.NewDate(2015, 3, 1))

	first, err := kept.Figures(t.Context(), on)
	if err != nil {
		t.Fatal(err)
	}
	if first.Verified.Counted != 1 || !first.Provisional {
		t.Errorf("counted %d, provisional %v", first.Verified.Counted, first.Provisional)
	}
	watch.advance()
	same, err := kept.Figures(t.Context(), on)
	if err != nil || same != first {
		t.Errorf("nothing changed, and the figures were computed again (%v)", err)
	}

	addService(t, db, "licence", civil.NewDate(2015, 4, 1))
	stillOld, err := kept.Figures(t.Context(), on)
	if err != nil || stillOld != first {
		t.Errorf("the data version was asked for again within %s (%v)", versionEvery, err)
	}
	watch.advance()
	newer, err := kept.Figures(t.Context(), on)
	if err != nil || newer.Verified.Counted != 2 || newer.DataVersion == first.DataVersion {
		t.Errorf("after the second service: %+v, %v", newer.Stamp, err)
	}
}

func TestAPastAsAtUsesOnlyWhatWasRecordedByThen(t *testing.T) {
	t.Parallel()
	kept, db, watch := start(t)
	addService(t, db, "visa", civil.NewDate(2015, 3, 1))
	yesterday := civil.DateOf(watch.now).AddDays(-2)

	past, err := kept.Figures(t.Context(), figures.Question{On: civil.NewDate(2016, 9, 30), AsAt: yesterday})
	if err != nil {
		t.Fatal(err)
	}
	if past.Verified.Counted != 0 || past.Provisional {
		t.Errorf("as at %s: counted %d, provisional %v", yesterday, past.Verified.Counted, past.Provisional)
	}
}

func TestUseByDay(t *testing.T) {
	t.Parallel()
	kept, db, _ := start(t)
	addService(t, db, "visa", civil.NewDate(2015, 3, 1))
	day := civil.NewDate(2016, 9, 28)
	event := programme.UsageEvent{
		Key: programme.EventKey{1}, Entity: "moi", Service: "visa", ReportDate: day,
		Channel: programme.ChannelWeb, Stage: programme.StageComplete, Count: 7, OccurredAt: day.Time(), Version: 1,
	}
	if err := db.InsertUsage(t.Context(), "use", []programme.UsageEvent{event}); err != nil {
		t.Fatal(err)
	}
	if err := db.MarkDirty(t.Context(), "use", []programme.Slice{{Entity: "moi", ReportDate: day}}); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Recompute(t.Context()); err != nil {
		t.Fatal(err)
	}
	series, err := kept.Usage(t.Context(), figures.Question{On: civil.NewDate(2016, 9, 30)},
		figures.UsageQuery{Grain: civil.GrainDay, From: day.AddDays(-1), To: day})
	if err != nil || len(series) != 1 || len(series[0].Points) != 2 {
		t.Fatalf("%+v, %v", series, err)
	}
	before, used := series[0].Points[0].Total, series[0].Points[1].Total
	if before.Known() || used.Value != 7 {
		t.Errorf("the day before %+v, the day %+v", before, used)
	}
}

func TestFiguresNeedAStoreAndAClock(t *testing.T) {
	db := clickhousetest.New(t)
	for name, deps := range map[string]gather.Dependencies{
		"nothing":  {},
		"no clock": {Store: db},
		"no store": {Now: time.Now},
	} {
		if _, err := gather.New(gather.Configuration{}, deps); !errors.Is(err, programme.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
