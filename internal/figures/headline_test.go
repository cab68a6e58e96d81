package figures_test

import (
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

var unknown = programme.Ratio{State: programme.NotProvided}

func TestTheCountIsAtRiskFromNineTenthsOfThePlan(t *testing.T) {
	for counted, want := range map[int64]figures.Status{
		1001: figures.StatusOnTrack, 1000: figures.StatusOnTrack, 999: figures.StatusAtRisk, 900: figures.StatusAtRisk,
		899: figures.StatusLate,
	} {
		f := &figures.Figures{Verified: figures.Progress{
			Counted: int(counted), Plan: programme.CountOf(1000), Variance: programme.CountOf(counted - 1000),
			ScheduleIndex: programme.RatioOf(float64(counted), 1000),
		}}
		h := f.Headline(figures.HeadlineCounted)
		agree := h.Value.Value == float64(counted) && h.Against.Value == 1000 && h.Change.Value == float64(counted-1000)
		if h.Status != want || !agree {
			t.Errorf("%d of 1,000: %+v, want %s", counted, h, want)
		}
	}
	without := &figures.Figures{Verified: figures.Progress{Counted: 7}}
	if h := without.Headline(figures.HeadlineCounted); h.Status != figures.StatusNoData || h.Direction != "" {
		t.Errorf("without a plan: %+v", h)
	}
}

func TestThePaceIsAtRiskFromThreeQuartersOfThePlans(t *testing.T) {
	rate := func(n float64) programme.Ratio { return programme.RateOf(n, 1) }
	for name, test := range map[string]struct {
		counted      int
		plan, recent programme.Ratio
		want         figures.Status
	}{
		"fast enough":            {90, rate(10), rate(10), figures.StatusOnTrack},
		"just not":               {90, rate(10), rate(9.9), figures.StatusAtRisk},
		"three quarters":         {90, rate(10), rate(7.5), figures.StatusAtRisk},
		"less":                   {90, rate(10), rate(7.4), figures.StatusLate},
		"nothing is planned now": {90, rate(0), rate(0), figures.StatusOnTrack},
		"no plan, or no month":   {90, unknown, rate(8), figures.StatusNoData},
		"no month has ended":     {90, rate(10), unknown, figures.StatusNoData},
		"one short of the goal":  {99, rate(10), rate(-2), figures.StatusLate},
		"reached, then slower":   {100, rate(10), rate(-2), figures.StatusDone},
		"reached, no month left": {101, unknown, unknown, figures.StatusDone},
	} {
		f := &figures.Figures{Verified: figures.Progress{Goal: 100, Counted: test.counted, RequiredRate: rate(1)}}
		f.Verified.PlanRate, f.Verified.RecentRate.Months3 = test.plan, test.recent
		if h := f.Headline(figures.HeadlineRequiredRate); h.Status != test.want {
			t.Errorf("%s: %+v, want %s", name, h, test.want)
		}
	}
}

func TestHeadlinesAreComparedWithThePeriodBefore(t *testing.T) {
	march := civil.NewMonth(2016, 3)
	f := &figures.Figures{Stamp: figures.Stamp{On: march.Last()}}
	f.Verified.EndToEnd = 12
	f.Verified.Series = []figures.ProgressMonth{
		{Month: march - 1, EndToEnd: programme.CountOf(15)}, {Month: march, EndToEnd: programme.CountOf(12)},
	}
	f.Coverage = figures.Coverage{Share: programme.RatioOf(7, 10), MobileShare: programme.RatioOf(3, 10)}
	f.Usage.Completed.Count = programme.CountOf(110)
	f.Usage.Growth = figures.Growth{
		Period: march.Period(), Naive: programme.RatioOf(1, 10),
		Comparison: figures.Comparison{LikeForLike: programme.RatioOf(-1, 100), Direction: figures.DirectionFlat},
	}
	f.Usage.Growth.PreviousTotal.Count = programme.CountOf(100)
	f.Usage.LikeForLike = []figures.RatioPoint{{Period: (march - 1).Period(), Value: programme.RatioOf(-1, 100)}}
	f.Usage.TakeUp = figures.TakeUp{Period: march.Period(), Value: programme.RatioOf(41, 100)}
	for i, want := range []struct {
		value, against, change float64
		status                 figures.Status
		direction              figures.Direction
	}{
		{0, 0, 0, figures.StatusNoData, ""},
		{12, 15, -3, "", figures.DirectionDown},
		{0, 0, 0, figures.StatusNoData, ""},
		{0.7, 0.3, 0, "", ""},
		{110, 100, 0.1, "", figures.DirectionFlat}, // of like for like, not of the totals
		{-0.01, -0.01, 0, "", figures.DirectionFlat},
		{0.41, 0, 0, "", ""}, // nothing is known of the month before
	} {
		h := f.Headlines()[i]
		numbers := h.Value.Value == want.value && h.Against.Value == want.against && h.Change.Value == want.change
		if h.Kind != figures.HeadlineKinds()[i] || !numbers || h.Status != want.status || h.Direction != want.direction {
			t.Errorf("%+v, want %+v", h, want)
		}
	}
	if none := f.Verified.At(march - 12); none.Counted.Known() || none.EndToEnd.State != programme.NotProvided {
		t.Errorf("a month that is not drawn: %+v", none)
	}
}
