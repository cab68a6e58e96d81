package programme

import (
	"fmt"
	"testing"
	"time"
)

// slipped is a programme whose entity finished n milestones, each so many days late, and has some more to come.
func slipped(t *testing.T, finished, late, open int) *world {
	t.Helper()
	w := newWorld(t)
	w.entity("moi")
	var milestones []Milestone
	for i := range finished {
		code := fmt.Sprintf("d%03d", i)
		planned := day("2014-03-01").AddDays(7 * i)
		milestones = append(milestones, milestone(code, planned.String()))
		w.live(code, planned.AddDays(late).String(), LevelInformative)
	}
	for i := range open {
		code := fmt.Sprintf("o%03d", i)
		w.service(Service{Code: code})
		milestones = append(milestones, milestone(code, day("2015-10-15").AddDays(2*i).String()))
	}
	w.plan("moi", "2014-01-05", milestones...)
	return w
}

// Under 12 finished milestones there is too little history, and no value (docs/rules.md#what-is-forecast).
func TestTooLittleHistory(t *testing.T) {
	for finished, method := range map[int]string{11: MethodTooLittleHistory, 12: MethodMonteCarlo} {
		f := slipped(t, finished, 10, 5).figures("2015-09-30").Verified.Forecast
		if f.Method != method || f.P50.Known() != (method == MethodMonteCarlo) || f.Probability.Known() != f.P50.Known() {
			t.Errorf("%d finished: %+v, want %s", finished, f, method)
		}
		if f.Open != 5 || f.Finished != finished {
			t.Errorf("%d open and %d finished", f.Open, f.Finished)
		}
	}
	if f := newWorld(t).figures("2015-06-30").Verified.Forecast; f.P50.State != NotProvided || f.Method != MethodTooLittleHistory {
		t.Errorf("without any plan: %+v", f)
	}
}

// Once the target date has come there is nothing to forecast.
func TestForecastOfThePast(t *testing.T) {
	w := slipped(t, 20, 10, 5)
	for _, on := range []string{"2016-12-31", "2017-03-31"} {
		f := w.figures(on).Verified.Forecast
		if f.Method != MethodTargetPassed || f.P50.State != NotApplicable || f.Probability.State != NotApplicable {
			t.Errorf("on %s: %+v", on, f)
		}
	}
	if f := w.figures("2016-12-30").Verified.Forecast; f.Method != MethodMonteCarlo {
		t.Errorf("a day before: %+v", f)
	}
}

// Milestones that always came ten days late come ten days late; all are in by the target, and the bands by month widen
// in order from what is counted on the date.
func TestForecastFollowsHistory(t *testing.T) {
	p := slipped(t, 60, 10, 30).figures("2015-09-30").Verified
	if p.Forecast.P50 != CountOf(90) || p.Forecast.P10.Value < 88 || p.Forecast.Probability != (Ratio{0, Reported}) {
		t.Errorf("by the target %+v, want all 90", p.Forecast)
	}
	var months int
	for _, m := range p.Series {
		b := m.Forecast
		if m.Month < month("2015-09") {
			if b.P50.State != NotRequested {
				t.Errorf("%v has a band", m.Month)
			}
			continue
		}
		months++
		if b.P10.Value > b.P25.Value || b.P25.Value > b.P50.Value || b.P50.Value > b.P75.Value || b.P75.Value > b.P90.Value {
			t.Errorf("%v: %+v is out of order", m.Month, b)
		}
	}
	if now := p.Series[month("2015-09")-p.Series[0].Month].Forecast; now.P10 != CountOf(60) || now.P90 != CountOf(60) {
		t.Errorf("on the date itself %+v, want what is counted", now)
	}
	if october := p.Series[month("2015-10")-p.Series[0].Month].Forecast; october.P50.Value < 61 || october.P50.Value > 66 {
		t.Errorf("by the end of October %+v, want the few due ten days before", october)
	}
	if months != 16 {
		t.Errorf("%d months have a band, want September 2015 to December 2016", months)
	}
}

// The same facts and date give the same forecast, whatever else is computed; another month has another seed.
func TestForecastIsRepeatable(t *testing.T) {
	w := slipped(t, 40, 35, 60)
	first, again := w.figures("2015-11-30").Verified, w.figures("2015-11-30").Verified
	if first.Forecast != again.Forecast {
		t.Errorf("%+v and %+v", first.Forecast, again.Forecast)
	}
}

// A service that is live and waits for its verification counts after a lag; on the claimed basis it counts already.
func TestVerificationLag(t *testing.T) {
	w := slipped(t, 0, 0, 0)
	var milestones []Milestone
	for i := range 40 {
		code := fmt.Sprintf("v%03d", i)
		planned := day("2014-03-01").AddDays(14 * i)
		w.service(Service{Code: code})
		r := w.rollout(code, ActionLaunch, planned.String(), LevelInformative)
		if verified := planned.AddDays(100); verified <= day("2015-09-30") {
			w.fact(FamilyAssessment, code, planned, verified, Assessment{
				Kind: AssessmentVerified, Service: code, Level: LevelInformative, Claim: r.ID,
			})
		}
		milestones = append(milestones, milestone(code, planned.String()))
	}
	w.plan("moi", "2014-01-05", milestones...)
	f := w.figures("2015-09-30")
	if f.Claimed.Counted != 40 || f.Claimed.Forecast.P50 != CountOf(40) || f.Claimed.Forecast.Open != 0 {
		t.Errorf("claimed %d, forecast %+v", f.Claimed.Counted, f.Claimed.Forecast)
	}
	waiting := 40 - f.Verified.Counted
	if waiting < 5 || f.Verified.Forecast.Open != waiting || f.Verified.Forecast.P50 != CountOf(40) {
		t.Errorf("%d wait, forecast %+v", waiting, f.Verified.Forecast)
	}
	series := f.Verified.Series
	october := series[month("2015-10")-series[0].Month].Forecast.P50.Value
	if october < int64(f.Verified.Counted) || october > int64(f.Verified.Counted)+4 {
		t.Errorf("by the end of October %d of %d count, want those that waited longest", october, f.Verified.Counted)
	}
}

// What the newest revision dropped, and a service that is retired, are not open: they are not forecast.
func TestDroppedMilestonesAreNotForecast(t *testing.T) {
	w := slipped(t, 20, 10, 5)
	before := w.figures("2015-09-30").Verified.Forecast
	w.plan("moi", "2015-09-01", milestone("o000", "2015-11-15"))
	after := w.figures("2015-09-30").Verified.Forecast
	if before.Open != 5 || after.Open != 1 || after.P90.Value > 21 {
		t.Errorf("open %d and then %d, forecast %+v", before.Open, after.Open, after)
	}
}

// Long overdue milestones draw what is left of their delay given the delay so far, not their delay anew.
func TestOverdueMilestonesDrawTheRest(t *testing.T) {
	var delays []delay
	for i := range 100 { // nine in ten come within 10 days, one in ten after 400
		days := 10
		if i%10 == 0 {
			days = 400
		}
		delays = append(delays, delay{entity: 1, due: 1, days: days})
	}
	curves := curvesOf(delays)
	var fresh, overdue [quantiles]int32
	curves.of(1).fill(fresh[:], -1)
	curves.of(1).fill(overdue[:], 50)
	if fresh[0] != 10 || fresh[quantiles/2] != 10 || fresh[quantiles-1] != 400 {
		t.Errorf("a new one draws %v", fresh)
	}
	if overdue[0] != 400 || overdue[quantiles-1] != 400 {
		t.Errorf("one 50 days overdue draws %v, want 400", overdue)
	}
	var beyond [quantiles]int32
	curves.of(1).fill(beyond[:], 600)
	if beyond[0] <= 600 || beyond[quantiles-1] <= beyond[0] {
		t.Errorf("one later than all experience draws %v", beyond)
	}
}

// A history in which only the quick have finished yet does not look quick: the open ones count as long as they last.
func TestOpenMilestonesCountInTheHistory(t *testing.T) {
	var delays []delay
	for i := range 40 {
		delays = append(delays, delay{days: 5}, delay{days: 60 + i, open: true})
	}
	curve := curvesOf(delays).of(0)
	if got := curve.longer(20); got < .49 || got > .51 {
		t.Errorf("%v are longer than 20 days, want half", got)
	}
}

// An entity's own history weighs n ÷ (n + 10) against the programme's (docs/rules.md#delay-curve).
func TestShrinkage(t *testing.T) {
	var delays []delay
	for range 30 {
		delays = append(delays, delay{entity: 1, days: 100})
	}
	for range 10 {
		delays = append(delays, delay{entity: 2, days: 0})
	}
	curves := curvesOf(delays)
	if got, want := curves.of(2).longer(50), .5*.75; got < want-1e-9 || got > want+1e-9 {
		t.Errorf("of the second %v are longer, want %v", got, want)
	}
	if got := curves.of(3).longer(50); got != .75 {
		t.Errorf("one without history has %v, want the programme's", got)
	}
}

// Delays that many share widen the bands: independent ones would promise too much.
func TestCommonShocksWidenTheBands(t *testing.T) {
	calm, stormy := crowd(300), crowd(300)
	for i := range stormy.slips {
		stormy.slips[i].days += []int{-30, 0, 45, 10}[stormy.slips[i].due.Month()/3%4]
	}
	width := func(o *outlook) int {
		d := o.draw(forecastDraws, 1)
		return d.percentile(3, .9) - d.percentile(3, .1)
	}
	if a, b := width(calm), width(stormy); b < 2*a {
		t.Errorf("the 80 %% band is %d wide without common shocks and %d with them", a, b)
	}
}

// crowd is an outlook of so many open milestones of forty entities, three years into a programme.
func crowd(open int) *outlook {
	on := day("2016-01-31")
	o := &outlook{on: on, counted: 500, finished: open}
	for m := on.Month() + 1; m <= on.Month()+11; m++ {
		o.points = append(o.points, m.Last())
	}
	for i := range open {
		entity := int32(i % 40)
		o.slips = append(o.slips, delay{entity: entity, due: on.AddDays(-(i*37)%700 - 1), days: (i * 7919) % 60})
		o.lags = append(o.lags, delay{entity: entity, due: on.AddDays(-(i*31)%700 - 1), days: (i * 104729) % 30})
		o.open = append(o.open, openMilestone{service: int32(i), entity: entity, planned: on.AddDays((i*53)%380 - 40)})
	}
	return o
}

// 2,000 draws over 1,500 open milestones take under 300 ms.
func TestForecastSpeed(t *testing.T) {
	o := crowd(1500)
	best := time.Hour
	for range 5 {
		began := time.Now()
		o.draw(forecastDraws, 1)
		best = min(best, time.Since(began))
	}
	t.Logf("%d draws over %d milestones take %v", forecastDraws, len(o.open), best)
	if limit := 300 * time.Millisecond; best > limit && !testing.Short() {
		t.Errorf("the best of five took %v, want under %v", best, limit)
	}
}

func BenchmarkForecast(b *testing.B) {
	o := crowd(1500)
	b.ReportAllocs()
	for b.Loop() {
		o.draw(forecastDraws, 1)
	}
}

// A draw allocates nothing: what a forecast allocates doesn't grow with the number of draws.
func TestDrawsAllocateNothing(t *testing.T) {
	o := crowd(200)
	few := testing.AllocsPerRun(3, func() { o.draw(10, 1) })
	many := testing.AllocsPerRun(3, func() { o.draw(1000, 1) })
	if many > few+1 {
		t.Errorf("10 draws allocate %v times, 1,000 %v", few, many)
	}
}
