package figures_test

import (
	"fmt"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

func TestTheHeadlinesMostImportantFirst(t *testing.T) {
	want := "[counted end_to_end required_rate coverage completed like_for_like take_up]"
	if got := fmt.Sprint(figures.HeadlineKinds()); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for i, h := range (&figures.Figures{}).Headlines() {
		if h.Kind != figures.HeadlineKinds()[i] {
			t.Errorf("headline %d is %s", i, h.Kind)
		}
	}
}

// A total of other reporters than before has no direction of its own: that of like for like is shown beside it.
func TestUseGoesWhereItGoesLikeForLike(t *testing.T) {
	for _, direction := range []figures.Direction{figures.DirectionUp, figures.DirectionFlat, figures.DirectionDown, ""} {
		f := &figures.Figures{}
		f.Usage.Growth.Naive, f.Usage.Growth.Direction = programme.RatioOf(-45, 100), direction
		for _, kind := range []figures.HeadlineKind{figures.HeadlineCompleted, figures.HeadlineLikeForLike} {
			if h := f.Headline(kind); h.Direction != direction || h.Status != "" {
				t.Errorf("%s: %+v, want the direction %q", kind, h, direction)
			}
		}
	}
}

// The index is to three decimals: nine tenths and what is just less are told apart.
func TestTheCountBehindItsPlanIsJudgedByItsIndex(t *testing.T) {
	for name, test := range map[string]struct {
		variance programme.Count
		index    programme.Ratio
		want     figures.Status
	}{
		"on the plan":                  {programme.CountOf(0), programme.RatioOf(1, 1), figures.StatusOnTrack},
		"one ahead":                    {programme.CountOf(1), unknown, figures.StatusOnTrack},
		"one behind, nine tenths":      {programme.CountOf(-1), programme.RatioOf(900, 1000), figures.StatusAtRisk},
		"one behind, just less":        {programme.CountOf(-1), programme.RatioOf(899, 1000), figures.StatusLate},
		"behind without any index":     {programme.CountOf(-1), unknown, figures.StatusLate},
		"without a plan":               {programme.Count{State: programme.NotProvided}, programme.RatioOf(1, 1), figures.StatusNoData},
		"a variance that has no state": {programme.Count{}, unknown, figures.StatusNoData},
	} {
		f := &figures.Figures{Verified: figures.Progress{Variance: test.variance, ScheduleIndex: test.index}}
		if got := f.Headline(figures.HeadlineCounted).Status; got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

func TestThePaceIsWhatIsMissingToTheRequiredRate(t *testing.T) {
	f := &figures.Figures{}
	f.Verified.RequiredRate = programme.RateOf(10, 1)
	for recent, want := range map[float64]figures.Direction{
		9.9: figures.DirectionDown, 10: figures.DirectionFlat, 10.1: figures.DirectionUp,
	} {
		f.Verified.RecentRate.Months3 = programme.RateOf(recent, 1)
		f.Verified.RecentRate.Months6 = programme.RateOf(99, 1)
		h := f.Headline(figures.HeadlineRequiredRate)
		if h.Direction != want || h.Value.Value != 10 || h.Against.Value != recent {
			t.Errorf("a recent rate of %v: %+v", recent, h)
		}
		if got := programme.Round(recent-10, 1); h.Change.Value != got {
			t.Errorf("a recent rate of %v is %v more than required, want %v", recent, h.Change.Value, got)
		}
	}
}

func TestSharesChangeByPercentagePoints(t *testing.T) {
	march := civiltest.Month("2016-03")
	f := &figures.Figures{Stamp: figures.Stamp{On: march.Last()}}
	f.Usage.Growth = figures.Growth{
		Period:     march.Period(),
		Comparison: figures.Comparison{LikeForLike: programme.RatioOf(125, 1000), Direction: figures.DirectionUp},
	}
	f.Usage.LikeForLike = []figures.RatioPoint{
		{Period: (march - 2).Period(), Value: programme.RatioOf(9, 10)},
		{Period: (march - 1).Period(), Value: programme.RatioOf(1, 10)},
		{Period: march.Period(), Value: programme.RatioOf(125, 1000)},
	}
	f.Usage.TakeUp = figures.TakeUp{Period: march.Period(), Value: programme.RatioOf(41, 100)}
	f.Usage.TakeUps = []figures.RatioPoint{{Period: (march - 1).Period(), Value: programme.RatioOf(40, 100)}}
	if h := f.Headline(figures.HeadlineLikeForLike); h.Against.Value != 0.1 || h.Change.Value != 2.5 || h.Direction != figures.DirectionUp {
		t.Errorf("growth: %+v", h)
	}
	if h := f.Headline(figures.HeadlineTakeUp); h.Against.Value != 0.4 || h.Change.Value != 1 || h.Status != "" {
		t.Errorf("take-up: %+v", h)
	}
}

func TestAChangeHasOneDecimal(t *testing.T) {
	march := civiltest.Month("2016-03")
	f := &figures.Figures{}
	f.Usage.TakeUp = figures.TakeUp{Period: march.Period(), Value: programme.Ratio{Value: 0.41277, State: programme.Reported}}
	f.Usage.TakeUps = []figures.RatioPoint{{Period: (march - 1).Period(), Value: programme.RatioOf(40, 100)}}
	if got := f.Headline(figures.HeadlineTakeUp).Change.Value; got != 1.3 {
		t.Errorf("from 40 %% to 41.277 %% it changes by %v points, want 1.3", got)
	}
}

func TestAChangeIsKnownWhereBothValuesAre(t *testing.T) {
	march := civiltest.Month("2016-03")
	known := programme.CountOf(5)
	missing := programme.Count{State: programme.NotProvided}
	for name, test := range map[string]struct {
		before programme.Count
		want   programme.Ratio
	}{
		"both are":        {known, programme.Ratio{Value: 3, State: programme.Reported}},
		"the one before":  {missing, unknown},
		"not asked about": {programme.Count{State: programme.NotRequested}, unknown},
	} {
		f := &figures.Figures{Stamp: figures.Stamp{On: march.Last()}, Verified: figures.Progress{EndToEnd: 8}}
		f.Verified.Series = []figures.ProgressMonth{{Month: march - 1, EndToEnd: test.before}}
		if h := f.Headline(figures.HeadlineEndToEnd); h.Change != test.want || (h.Direction != "") != h.Change.Known() {
			t.Errorf("%s: %+v", name, h)
		}
	}
}

func TestAPointOfTheBurnUpIsFoundByItsMonth(t *testing.T) {
	p := &figures.Progress{Series: []figures.ProgressMonth{
		{Month: 10, Counted: programme.CountOf(1)}, {Month: 11, Counted: programme.CountOf(2)},
	}}
	for month, want := range map[civil.Month]programme.Count{
		10: programme.CountOf(1), 11: programme.CountOf(2),
		9: {State: programme.NotProvided}, 12: {State: programme.NotProvided},
	} {
		got := p.At(month)
		if got.Month != month || got.Counted != want {
			t.Errorf("month %d: %+v", month, got)
		}
		if month == 9 && (got.Plan.State != programme.NotProvided || got.CurrentPlan.State != programme.NotProvided) {
			t.Errorf("outside there is no plan: %+v", got)
		}
	}
}

func TestASlipWeighsFromMoreThanThirtyDays(t *testing.T) {
	for name, test := range map[string]struct {
		slip programme.Ratio
		want bool
	}{
		"thirty days":     {programme.RateOf(30, 1), false},
		"just more":       {programme.RateOf(30.1, 1), true},
		"early":           {programme.RateOf(-40, 1), false},
		"nothing was due": {unknown, false},
		"a value that is not reported": {
			programme.Ratio{Value: 99, State: programme.NotApplicable}, false,
		},
	} {
		if got := (&figures.EntityPlan{Slip: test.slip}).SlipsLong(); got != test.want {
			t.Errorf("%s: it slips long: %v", name, got)
		}
	}
}

func TestWhereAMilestoneIsInTime(t *testing.T) {
	on := civiltest.Day("2016-06-30")
	done := func(actual civil.Date) *figures.MilestoneFigures {
		return &figures.MilestoneFigures{Status: figures.MilestoneDone, ActualOn: actual, ExpectedOn: on + 50}
	}
	open := func(original, expected civil.Date) *figures.MilestoneFigures {
		return &figures.MilestoneFigures{Status: figures.MilestoneOpen, OriginalOn: original, ExpectedOn: expected}
	}
	late := open(on-5, on-5)
	late.Status = figures.MilestoneLate
	for name, test := range map[string]struct {
		m                   *figures.MilestoneFigures
		stands              civil.Date
		dueWithin, wentLive bool // in 30 days
	}{
		"done today":                 {done(on), on, false, true},
		"done 29 days ago":           {done(on - 29), on - 29, false, true},
		"done 30 days ago":           {done(on - 30), on - 30, false, false},
		"due in 30 days":             {open(on+30, on+30), on + 30, true, false},
		"due in 31 days":             {open(on+31, on+40), on + 40, false, false},
		"expected before the date":   {open(on+1, on-9), on, true, false},
		"late, so it is due no more": {late, on, false, false},
	} {
		if got := test.m.StandsOn(on); got != test.stands {
			t.Errorf("%s: it is on %v, want %v", name, got, test.stands)
		}
		if test.m.DueWithin(on, 30) != test.dueWithin || test.m.DoneWithin(on, 30) != test.wentLive {
			t.Errorf("%s: due %v, done %v", name, test.m.DueWithin(on, 30), test.m.DoneWithin(on, 30))
		}
	}
}
