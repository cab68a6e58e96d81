package reckon_test

import (
	"fmt"
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// slipped is a programme whose entity finished n milestones, each so many days late, and has some more to come.
func slipped(t *testing.T, finished, late, open int) *reckontest.World {
	t.Helper()
	w := reckontest.New(t)
	w.Entity("moi")
	var milestones []programme.Milestone
	for i := range finished {
		code := fmt.Sprintf("d%03d", i)
		planned := civiltest.Day("2014-03-01").AddDays(7 * i)
		milestones = append(milestones, reckontest.Milestone(code, planned.String()))
		w.Live(code, planned.AddDays(late).String(), programme.LevelInformative)
	}
	for i := range open {
		code := fmt.Sprintf("o%03d", i)
		w.Service(programme.Service{Code: code})
		milestones = append(milestones, reckontest.Milestone(code, civiltest.Day("2015-10-15").AddDays(2*i).String()))
	}
	w.Plan("moi", "2014-01-05", milestones...)
	return w
}

// Under 12 finished milestones there is too little history, and no value (docs/rules.md#what-is-forecast).
func TestTooLittleHistory(t *testing.T) {
	for finished, method := range map[int]string{11: figures.MethodTooLittleHistory, 12: figures.MethodMonteCarlo} {
		f := slipped(t, finished, 10, 5).Figures("2015-09-30").Verified.Forecast
		if f.Method != method || f.P50.Known() != (method == figures.MethodMonteCarlo) || f.Probability.Known() != f.P50.Known() {
			t.Errorf("%d finished: %+v, want %s", finished, f, method)
		}
		if f.Open != 5 || f.Finished != finished {
			t.Errorf("%d open and %d finished", f.Open, f.Finished)
		}
	}
	if f := reckontest.New(
		t,
	).Figures(
		"2015-06-30",
	).Verified.Forecast; f.P50.State != programme.NotProvided ||
		f.Method != figures.MethodTooLittleHistory {
		t.Errorf("without any plan: %+v", f)
	}
}

// Once the target date has come there is nothing to forecast.
func TestForecastOfThePast(t *testing.T) {
	w := slipped(t, 20, 10, 5)
	for _, on := range []string{"2016-12-31", "2017-03-31"} {
		f := w.Figures(on).Verified.Forecast
		if f.Method != figures.MethodTargetPassed || f.P50.State != programme.NotApplicable ||
			f.Probability.State != programme.NotApplicable {
			t.Errorf("on %s: %+v", on, f)
		}
	}
	if f := w.Figures("2016-12-30").Verified.Forecast; f.Method != figures.MethodMonteCarlo {
		t.Errorf("a day before: %+v", f)
	}
}

// Milestones that always came ten days late come ten days late; nearly all are in by the target, and the bands by month widen
// in order from what is counted on the date.
func TestForecastFollowsHistory(t *testing.T) {
	p := slipped(t, 60, 10, 30).Figures("2015-09-30").Verified
	if p.Forecast.P50.Value < 87 || p.Forecast.P50.Value > 91 || p.Forecast.P10.Value < 84 ||
		p.Forecast.Probability != (programme.Ratio{Value: 0, State: programme.Reported}) {
		t.Errorf("by the target %+v, want nearly all 90", p.Forecast)
	}
	var months int
	for _, m := range p.Series {
		b := m.Forecast
		if m.Month < civiltest.Month("2015-09") {
			if b.P50.State != programme.NotRequested {
				t.Errorf("%v has a band", m.Month)
			}
			continue
		}
		months++
		if b.P10.Value > b.P25.Value || b.P25.Value > b.P50.Value || b.P50.Value > b.P75.Value || b.P75.Value > b.P90.Value {
			t.Errorf("%v: %+v is out of order", m.Month, b)
		}
	}
	if now := p.Series[civiltest.Month("2015-09")-p.Series[0].Month].Forecast; now.P10 != programme.CountOf(60) ||
		now.P90 != programme.CountOf(60) {
		t.Errorf("on the date itself %+v, want what is counted", now)
	}
	if october := p.Series[civiltest.Month("2015-10")-p.Series[0].Month].Forecast; october.P50.Value < 61 || october.P50.Value > 66 {
		t.Errorf("by the end of October %+v, want the few due ten days before", october)
	}
	if months != 16 {
		t.Errorf("%d months have a band, want September 2015 to December 2016", months)
	}
}

// The same facts and date give the same forecast, whatever else is computed; another month has another seed.
func TestForecastIsRepeatable(t *testing.T) {
	w := slipped(t, 40, 35, 60)
	first, again := w.Figures("2015-11-30").Verified, w.Figures("2015-11-30").Verified
	if first.Forecast != again.Forecast {
		t.Errorf("%+v and %+v", first.Forecast, again.Forecast)
	}
}

// A service that is live and waits for its verification counts after a lag; on the claimed basis it counts already.
func TestVerificationLag(t *testing.T) {
	w := slipped(t, 0, 0, 0)
	var milestones []programme.Milestone
	for i := range 40 {
		code := fmt.Sprintf("v%03d", i)
		planned := civiltest.Day("2014-03-01").AddDays(14 * i)
		w.Service(programme.Service{Code: code})
		r := w.Rollout(code, programme.ActionLaunch, planned.String(), programme.LevelInformative)
		if verified := planned.AddDays(100); verified <= civiltest.Day("2015-09-30") {
			w.Fact(programme.FamilyAssessment, code, planned, verified, programme.Assessment{
				Kind: programme.AssessmentVerified, Service: code, Level: programme.LevelInformative, Claim: r.ID,
			})
		}
		milestones = append(milestones, reckontest.Milestone(code, planned.String()))
	}
	w.Plan("moi", "2014-01-05", milestones...)
	f := w.Figures("2015-09-30")
	if f.Claimed.Counted != 40 || f.Claimed.Forecast.P50 != programme.CountOf(40) || f.Claimed.Forecast.Open != 0 {
		t.Errorf("claimed %d, forecast %+v", f.Claimed.Counted, f.Claimed.Forecast)
	}
	waiting := 40 - f.Verified.Counted
	if waiting < 5 || f.Verified.Forecast.Open != waiting || f.Verified.Forecast.P50 != programme.CountOf(40) {
		t.Errorf("%d wait, forecast %+v", waiting, f.Verified.Forecast)
	}
	series := f.Verified.Series
	october := series[civiltest.Month("2015-10")-series[0].Month].Forecast.P50.Value
	if october < int64(f.Verified.Counted) || october > int64(f.Verified.Counted)+4 {
		t.Errorf("by the end of October %d of %d count, want those that waited longest", october, f.Verified.Counted)
	}
}

// What the newest revision dropped, and a service that is retired, are not open: they are not forecast.
func TestDroppedMilestonesAreNotForecast(t *testing.T) {
	w := slipped(t, 20, 10, 5)
	before := w.Figures("2015-09-30").Verified.Forecast
	w.Plan("moi", "2015-09-01", reckontest.Milestone("o000", "2015-11-15"))
	after := w.Figures("2015-09-30").Verified.Forecast
	if before.Open != 5 || after.Open != 1 || after.P90.Value > 22 {
		t.Errorf("open %d and then %d, forecast %+v", before.Open, after.Open, after)
	}
}

// A forecast names ten years of month ends, however far the target is, and the target itself.
func TestHowFarAheadMonthsAreForecast(t *testing.T) {
	for target, want := range map[string]int{"2020-12-31": 63, "2040-12-31": 120} {
		w := slipped(t, 12, 10, 5)
		settings := programme.DefaultSettings()
		settings.Rule.CountExisting, settings.TargetOn = true, civiltest.Day(target)
		w.Settings(settings)
		got := 0
		for _, month := range w.Figures("2015-09-30").Verified.Series {
			if month.Month > civiltest.Month("2015-09") && month.Forecast.P50.Known() {
				got++
			}
		}
		if got != want {
			t.Errorf("to %s %d months are forecast, want %d", target, got, want)
		}
	}
}
