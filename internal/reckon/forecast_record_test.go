package reckon_test

import (
	"slices"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/forecast"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// month reads a month; none means that it has not come.
func month(text string) civil.Month {
	if text == "" {
		return forecast.NotYet
	}
	return civiltest.Month(text)
}

// Each unit is in the record with the months in which it was planned, approved, dropped and came to count.
func TestTheRecordOfUnits(t *testing.T) {
	const on = "2015-06-30"
	for name, test := range map[string]struct {
		build func(w *reckontest.World)
		want  [][4]string // planned, approved, dropped, counted
	}{
		"open": {func(w *reckontest.World) {
			w.Service(programme.Service{Code: "a"})
			w.Plan("moi", "2014-02-10", reckontest.Milestone("a", "2015-03-20"))
		}, [][4]string{{"2015-03", "2014-02", "", ""}}},
		"counted": {func(w *reckontest.World) {
			w.Live("a", "2015-04-30", programme.LevelInformative)
			w.Plan("moi", "2014-02-10", reckontest.Milestone("a", "2015-03-20"))
		}, [][4]string{{"2015-03", "2014-02", "", "2015-04"}}},
		"counted on the day": {func(w *reckontest.World) {
			w.Live("a", on, programme.LevelInformative)
			w.Plan("moi", "2014-02-10", reckontest.Milestone("a", "2015-03-20"))
		}, [][4]string{{"2015-03", "2014-02", "", "2015-06"}}},
		"counted later": {func(w *reckontest.World) {
			w.Live("a", "2015-07-01", programme.LevelInformative)
			w.Plan("moi", "2014-02-10", reckontest.Milestone("a", "2015-03-20"))
		}, [][4]string{{"2015-03", "2014-02", "", ""}}},
		"nobody planned it": {func(w *reckontest.World) {
			w.Live("a", "2015-04-30", programme.LevelInformative)
		}, [][4]string{{"", "", "", "2015-04"}}},
		"nobody planned it, not live": {func(w *reckontest.World) { w.Service(programme.Service{Code: "a"}) }, nil},
		"dropped": {func(w *reckontest.World) {
			w.Service(programme.Service{Code: "a"})
			w.Plan("moi", "2014-02-10", reckontest.Milestone("a", "2015-03-20"))
			w.Plan("moi", "2014-09-10", reckontest.Milestone("b", "2015-03-20"))
			w.Plan("moi", "2014-11-10", reckontest.Milestone("c", "2015-03-20"))
		}, [][4]string{{"2015-03", "2014-02", "2014-09", ""}, {"2015-03", "2014-09", "2014-11", ""}, {"2015-03", "2014-11", "", ""}}},
		"dropped later": {func(w *reckontest.World) {
			w.Service(programme.Service{Code: "a"})
			w.Plan("moi", "2014-02-10", reckontest.Milestone("a", "2015-03-20"))
			w.Plan("moi", "2015-07-10")
		}, [][4]string{{"2015-03", "2014-02", "", ""}}},
		"dropped and back": {func(w *reckontest.World) {
			w.Service(programme.Service{Code: "a"})
			w.Plan("moi", "2014-02-10", reckontest.Milestone("a", "2015-03-20"))
			w.Plan("moi", "2014-09-10")
			w.Plan("moi", "2014-11-10", reckontest.Milestone("a", "2015-03-20"))
		}, [][4]string{{"2015-03", "2014-02", "", ""}}},
		"retired before it counted": {func(w *reckontest.World) {
			w.Service(programme.Service{Code: "a"})
			w.Plan("moi", "2014-02-10", reckontest.Milestone("a", "2015-03-20"))
			w.Rollout("a", programme.ActionRetire, "2014-12-20", 0)
		}, [][4]string{{"2015-03", "2014-02", "2014-12", ""}}},
		"of the stock": {func(w *reckontest.World) { w.Live("a", "2013-05-01", programme.LevelInformative) }, nil},
		"planned later": {func(w *reckontest.World) {
			w.Service(programme.Service{Code: "a"})
			w.Plan("moi", "2015-07-10", reckontest.Milestone("a", "2015-09-20"))
		}, nil},
	} {
		w := reckontest.New(t)
		w.Entity("moi")
		test.build(w)
		record := w.Knowledge().RecordOf(civiltest.Day(on), figures.Verified)
		var want []forecast.Unit
		for _, u := range test.want {
			want = append(want, forecast.Unit{Planned: month(u[0]), Approved: month(u[1]), Dropped: month(u[2]), Counted: month(u[3])})
		}
		if !slices.Equal(record.Units, want) {
			t.Errorf("%s: %+v, want %+v", name, record.Units, want)
		}
		if record.First != civiltest.Month("2014-01") || len(record.Counted) != 18 {
			t.Errorf("%s: %d months from %v", name, len(record.Counted), record.First)
		}
	}
}

// What was verified in April and recorded in June came to count in June, as the counts of each month's end have it.
func TestTheRecordIsAsKnownThen(t *testing.T) {
	w := reckontest.New(t)
	w.Entity("moi")
	w.Service(programme.Service{Code: "a"})
	w.Plan("moi", "2014-02-10", reckontest.Milestone("a", "2015-03-20"))
	claim := w.Rollout("a", programme.ActionLaunch, "2015-03-31", programme.LevelInformative)
	w.Fact(programme.FamilyAssessment, "a", civiltest.Day("2015-03-31"), civiltest.Day("2015-06-10"), programme.Assessment{
		Kind: programme.AssessmentVerified, Service: "a", Level: programme.LevelInformative, Claim: claim.ID,
	})
	for basis, want := range map[figures.Basis]string{figures.Verified: "2015-06", figures.Claimed: "2015-03"} {
		record := w.Knowledge().RecordOf(civiltest.Day("2015-08-31"), basis)
		if len(record.Units) != 1 || record.Units[0].Counted != civiltest.Month(want) {
			t.Fatalf("%s: %+v, want %s", basis, record.Units, want)
		}
		for i, counted := range record.Counted {
			m := record.First + civil.Month(i)
			if (counted == 1) != (m >= civiltest.Month(want)) {
				t.Errorf("%s: %d counted in %v", basis, counted, m)
			}
		}
	}
	if record := w.Knowledge().RecordOf(civiltest.Day("2015-05-31"), figures.Verified); record.Units[0].Counted != forecast.NotYet {
		t.Errorf("in May: %+v", record.Units)
	}
}

// On the day with which the record begins only what was recorded by then is known; the day before, all there is.
func TestTheRecordBeginsWithTheFirstFactRecorded(t *testing.T) {
	for name, test := range map[string]struct{ planned, came string }{
		"on the last of March":  {"2014-03-31", "2014-04"},
		"on the first of April": {"2014-04-01", "2014-03"},
	} {
		w := reckontest.New(t)
		w.Entity("moi")
		w.Live("a", "2014-03-20", programme.LevelInformative)
		w.Facts.Rollouts[0].RecordedAt = civiltest.Noon(civiltest.Day("2014-04-10"))
		w.Plan("moi", test.planned, reckontest.Milestone("b", "2015-03-20"))
		record := w.Knowledge().RecordOf(civiltest.Day("2014-06-30"), figures.Verified)
		for i, counted := range record.Counted {
			m := record.First + civil.Month(i)
			if (counted == 1) != (m >= civiltest.Month(test.came)) {
				t.Errorf("recorded %s: %d counted in %v", name, counted, m)
			}
		}
	}
}

// What makes a service count is the record of a level that counts, not of a lower one before it.
func TestTheRecordIsOfTheLevelThatCounts(t *testing.T) {
	w := reckontest.New(t)
	w.Rule(programme.Rule{MinimumLevel: programme.LevelInteractive, CountExisting: true})
	w.Entity("moi")
	w.Live("a", "2014-02-10", programme.LevelInformative)
	raised := w.Rollout("a", programme.ActionUpgrade, "2014-05-20", programme.LevelInteractive)
	raised.VerifiedBy, raised.RecordedAt = "admin", civiltest.Noon(civiltest.Day("2014-07-10"))
	record := w.Knowledge().RecordOf(civiltest.Day("2014-12-31"), figures.Verified)
	if len(record.Units) != 1 || record.Units[0].Counted != civiltest.Month("2014-07") {
		t.Errorf("%+v, want one counted in July", record.Units)
	}
}

// Where everything was recorded afterwards each came to count in its own month.
func TestTheRecordOfAnImportedHistory(t *testing.T) {
	w := reckontest.New(t)
	w.Entity("moi")
	w.Live("a", "2015-04-30", programme.LevelInformative)
	late := civiltest.Noon(civiltest.Day("2016-02-01"))
	for i := range w.Facts.Rollouts {
		w.Facts.Rollouts[i].RecordedAt = late
	}
	for i := range w.Facts.Streams {
		w.Facts.Streams[i].RecordedAt = late.Add(-time.Hour)
	}
	record := w.Knowledge().RecordOf(civiltest.Day("2015-08-31"), figures.Verified)
	if len(record.Units) != 1 || record.Units[0].Counted != civiltest.Month("2015-04") {
		t.Errorf("%+v", record.Units)
	}
}

// A bundle is one unit, whatever parts it has.
func TestABundleIsOneUnitOfTheRecord(t *testing.T) {
	w := reckontest.New(t)
	w.Entity("moi")
	w.Service(programme.Service{Code: "bundle"})
	for _, part := range []string{"one", "two"} {
		w.Service(programme.Service{Code: part, PartOf: "bundle"})
		w.Rollout(part, programme.ActionLaunch, "2015-02-01", programme.LevelInformative).VerifiedBy = "admin"
	}
	w.Plan("moi", "2014-02-10", reckontest.Milestone("bundle", "2015-03-20"))
	record := w.Knowledge().RecordOf(civiltest.Day("2015-06-30"), figures.Verified)
	if len(record.Units) != 1 || record.Units[0].Planned != civiltest.Month("2015-03") ||
		record.Units[0].Counted != civiltest.Month("2015-02") {
		t.Errorf("%+v", record.Units)
	}
}
