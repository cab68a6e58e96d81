package web

import (
	"context"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/forecast"
	"mirsad/internal/programme"
)

func (m *maker) progress() {
	verified := &m.f.Verified
	*verified = figures.Progress{Basis: figures.Verified, Goal: 1000, MonthsLeft: 3, SlipOver30: 61, SlipMedian: programme.RatioOf(11, 1)}
	claimed := figures.Progress{Basis: figures.Claimed, Goal: 1000}
	clauses := map[programme.Clause]int{}
	for i := range m.f.Services {
		s := &m.f.Services[i]
		e := &m.f.Entities[i%len(m.f.Entities)]
		e.Services++
		if s.Status == figures.ServiceLive {
			e.Live++
			claimed.ByLevel.Add(s.LevelClaimed)
			e.ClaimedLevels.Add(s.LevelClaimed)
		}
		if s.Counted {
			verified.ByLevel.Add(s.LevelVerified)
			e.ByLevel.Add(s.LevelVerified)
		} else {
			clauses[s.Clause]++
		}
	}
	verified.Counted, verified.EndToEnd = verified.ByLevel.Total(), verified.ByLevel.EndToEnd()
	verified.CountedAll, verified.CountedNew = verified.Counted, verified.Counted-194
	claimed.Counted, claimed.EndToEnd = claimed.ByLevel.Total(), claimed.ByLevel.EndToEnd()
	m.f.Claimed = claimed
	for _, clause := range programme.Clauses() {
		if n := clauses[clause]; n > 0 {
			verified.NotCounted = append(verified.NotCounted, figures.ClauseCount{Clause: clause, Services: n})
		}
	}
	verified.Share = programme.RatioOf(float64(verified.Counted), 1000)
	verified.Plan = programme.CountOf(verified.Counted + 47)
	verified.Variance = programme.CountOf(-47)
	verified.ScheduleIndex = programme.RatioOf(float64(verified.Counted), float64(verified.Counted+47))
	verified.RequiredRate = programme.RateOf(float64(1000-verified.Counted), 3)
	verified.PlanRate = verified.RequiredRate
	verified.RecentRate = figures.RecentRate{Months3: programme.RateOf(58, 3), Months6: programme.RateOf(133, 6)}
	verified.LastMonth, verified.LastYear = programme.CountOf(verified.Counted-17), programme.CountOf(verified.Counted-231)
	m.series()
	m.coverage()
	m.scorecards()
}

func (m *maker) series() {
	p := &m.f.Verified
	first, on, last := civil.NewMonth(2013, time.December), fixtureOn.Month(), civil.NewMonth(2016, time.December)
	for month := first; month <= last; month++ {
		i, n := int(month-first), int(on-first)
		point := figures.ProgressMonth{
			Month: month, Counted: programme.Count{State: programme.NotRequested}, EndToEnd: programme.Count{State: programme.NotRequested},
			Plan: programme.CountOf(194 + (1000-194)*i*i/(36*36)/2 + (1000-194)*i/72), CurrentPlan: programme.CountOf(194 + (1000-194)*i*i/(36*36)),
		}
		if month <= on {
			for level := range 4 {
				point.ByLevel[level] = p.ByLevel[level] * (n + 3*i) / (4 * n)
			}
			point.Counted, point.EndToEnd = programme.CountOf(point.ByLevel.Total()), programme.CountOf(point.ByLevel.EndToEnd())
		}
		point.Forecast = m.bands(int(month - on))
		p.Series = append(p.Series, point)
	}
	p.Forecast = figures.Forecast{
		Bands: m.bands(int(last - on)), Probability: programme.RatioOf(42, 100), Method: figures.MethodMonteCarlo,
		Coverage: programme.RatioOf(79, 100), Open: 118, Finished: 640,
	}
}

// bands opens from what is counted on the date, month by month.
func (m *maker) bands(after int) forecast.Bands {
	none := programme.Count{State: programme.NotRequested}
	if after < 0 {
		return forecast.Bands{P10: none, P25: none, P50: none, P75: none, P90: none}
	}
	at := func(rate int) programme.Count { return programme.CountOf(m.f.Verified.Counted + rate*after) }
	return forecast.Bands{P10: at(9), P25: at(14), P50: at(19), P75: at(25), P90: at(33)}
}

func (m *maker) coverage() {
	m.f.Coverage = figures.Coverage{
		Services: 1400, Digital: 980, Web: 961, Mobile: 402, Both: 383, Share: programme.RatioOf(980, 1400),
		MobileShare: programme.RatioOf(402, 1400), LastMonthServices: programme.CountOf(1396),
	}
}

func (m *maker) scorecards() {
	statuses := []figures.Status{figures.StatusLate, figures.StatusOnTrack, figures.StatusAtRisk, figures.StatusOnTrack, figures.StatusDone}
	for i := range m.f.Entities {
		e := &m.f.Entities[i]
		e.Counted, e.EndToEnd = e.ByLevel.Total(), e.ByLevel.EndToEnd()
		e.Status = statuses[i%len(statuses)]
		variance := m.random.IntN(9) - 6
		e.Plan, e.Variance = programme.CountOf(e.Counted-variance), programme.CountOf(variance)
		e.ScheduleIndex = programme.RatioOf(float64(e.Counted), float64(e.Counted-variance))
		e.SlipMedian, e.SlipOver30 = programme.RatioOf(float64(m.random.IntN(60)-5), 1), m.random.IntN(8)
		e.Reason = figures.StatusReason{Due: 20, Done: 17, Late: 3, LateOver30: 2, Milestones: 28}
		e.Trend = m.trend(9000+m.random.IntN(20000), i == 3)
		e.Completed = e.Trend[11].Total
		e.LikeForLike, e.TakeUp = programme.RatioOf(float64(m.random.IntN(90)-20), 1000), programme.RatioOf(612, 1000)
		e.Completeness = figures.Completeness{Parts: programme.Parts{Reported: 20, Expected: 21}, Share: programme.RatioOf(20, 21), Grade: "B"}
		for back := 11; back >= 0; back-- {
			e.Series = append(e.Series, figures.ProgressMonth{
				Month:   fixtureOn.Month() - civil.Month(back),
				Counted: programme.CountOf(max(0, e.Counted-back)), Plan: programme.CountOf(max(0, e.Counted-variance-back*3/2)),
			})
		}
	}
	unplanned := &m.f.Entities[7]
	unplanned.Status, unplanned.Reason = figures.StatusNoData, figures.StatusReason{}
	unplanned.Plan, unplanned.Variance, unplanned.ScheduleIndex = programme.Count{}, programme.Count{}, programme.Ratio{}
	unplanned.SlipMedian, unplanned.Completed = programme.Ratio{}, figures.UsageTotal{}
	unplanned.LikeForLike, unplanned.TakeUp, unplanned.Trend = programme.Ratio{}, programme.Ratio{}, nil
	for i := range unplanned.Series {
		unplanned.Series[i].Plan = programme.Count{}
	}
}

func (m *maker) use() {
	u := &m.f.Usage
	u.Month = fixtureOn.Month()
	first := civil.NewMonth(2014, time.January)
	for _, channel := range programme.Channels() {
		u.ByChannel = append(u.ByChannel, figures.UsageSeries{Key: string(channel)})
	}
	for month := first; month <= u.Month; month++ {
		i := int64(month - first)
		period := month.Period()
		value := 410_000 + i*i*310 + int64(m.random.IntN(24_000)) - 40_000*boolean(month.Calendar() == time.July)
		point := figures.UsagePoint{Period: period, Total: total(value, 700+int(i)*4, 720+int(i)*4)}
		like := programme.RatioOf(float64(m.random.IntN(60)-12), 1000)
		if month == first+14 {
			point.Total = figures.UsageTotal{Count: programme.Count{State: programme.NotProvided}, Parts: programme.Parts{Expected: 760}}
			like = programme.Ratio{State: programme.NotProvided}
		}
		if month == first {
			like = programme.Ratio{State: programme.NotProvided}
		}
		u.Total.Points = append(u.Total.Points, point)
		u.LikeForLike = append(u.LikeForLike, figures.RatioPoint{Period: period, Value: like})
		u.TakeUps = append(u.TakeUps, figures.RatioPoint{Period: period, Value: programme.RatioOf(float64(381+i*8), 1000)})
		for c := range u.ByChannel[:6] {
			u.ByChannel[c].Points = append(u.ByChannel[c].Points, figures.UsagePoint{Period: period, Total: total(value/int64(2*c+2), 700, 720)})
		}
	}
	u.ByChannel = u.ByChannel[:6]
	for _, level := range programme.Levels() {
		u.ByLevel = append(u.ByLevel, figures.UsageSeries{Key: string('0' + rune(level)), Points: u.ByChannel[level].Points})
	}
	m.growth()
}

func boolean(is bool) int64 {
	if is {
		return 1
	}
	return 0
}

func (m *maker) growth() {
	u := &m.f.Usage
	points := u.Total.Points
	now, before := points[len(points)-1], points[len(points)-2]
	u.Completed = now.Total
	u.Growth = figures.Growth{
		Period: now.Period, Previous: before.Period, Measure: programme.MeasureCompleted, Channels: programme.DigitalChannels(),
		Total: now.Total, PreviousTotal: before.Total, Naive: programme.RatioOf(-31, 1000),
		Comparison: figures.Comparison{
			LikeForLike: programme.RatioOf(24, 1000), Direction: figures.DirectionUp, ServicesInBoth: 761,
		},
		Streak: 5, StreakEnd: figures.StreakNotGrowing,
		Decomposition: figures.Decomposition{Change: 9110, Existing: 14_402, New: 6_310, Launched: 4_210, Returned: 2_100, Lost: -11_602, Retired: -1_602, Silent: -10_000},
		Concentration: figures.Concentration{
			Largest: "s0004", LargestShare: programme.RatioOf(181, 1000), TopFiveShare: programme.RatioOf(402, 1000),
			WithoutLargest: programme.CountOf(now.Total.Value * 819 / 1000), WithoutTopFive: programme.CountOf(now.Total.Value * 598 / 1000),
		},
	}
	u.TakeUp = figures.TakeUp{
		Period: now.Period, Value: programme.RatioOf(637, 1000), CoveredShare: programme.RatioOf(712, 1000), Services: 690, Live: 970,
		DigitalOnly: 118, DigitalOnlyCompleted: programme.CountOf(20_114), Digital: programme.CountOf(400_000), All: programme.CountOf(627_943),
	}
	for i := range 10 {
		u.Top = append(u.Top, figures.TopService{
			Service: m.f.Services[i*3].Code, Completed: now.Total.Value * int64(181-i*16) / 1000, Share: programme.RatioOf(float64(181-i*16), 1000),
		})
	}
}

func (m *maker) attention() {
	a := &m.f.Attention
	for i := range m.f.Services {
		s := &m.f.Services[i]
		if s.Dormant {
			a.Dormant = append(a.Dormant, s.Code)
		}
		if s.Silent {
			a.Silent = append(a.Silent, s.Code)
		}
		if s.Clause == programme.ClauseClaimedNotVerified {
			a.ClaimedNotVerified = append(a.ClaimedNotVerified, s.Code)
		}
		if s.Status == figures.ServicePlanned && s.PlannedOn < fixtureOn {
			a.Late = append(a.Late, figures.LateMilestone{Service: s.Code, Entity: s.Entity, Level: 3, PlannedOn: s.PlannedOn, Days: int(fixtureOn - s.PlannedOn)})
		}
	}
	for i := range m.f.Entities {
		if m.f.Entities[i].Variance.Known() && m.f.Entities[i].Variance.Value < 0 {
			a.BehindPlan++
		}
		if m.f.Entities[i].Status == figures.StatusLate {
			a.LateEntities = append(a.LateEntities, m.f.Entities[i].Code)
		}
	}
}

// quality is findings of both kinds, many of them, on hostile names too.
func (f fixed) Quality(context.Context, figures.Question) (*figures.Quality, error) {
	q := &figures.Quality{Refused: []programme.RefusedRows{
		{Entity: "e01", Code: programme.RefusedTooOld, Rows: 1200}, {Entity: "e02", Code: programme.RefusedTooOld, Rows: 34}, {Entity: "e02", Code: programme.RefusedBadTime, Rows: 1},
	}}
	for i := range f.figures.Services[:min(60, len(f.figures.Services))] {
		s := &f.figures.Services[i]
		found := programme.Finding{
			Kind: programme.FindingStatementDiffers, Entity: s.Entity, Service: s.Code, Channel: programme.ChannelWeb, Measure: programme.MeasureCompleted,
			Period: fixtureOn.Month().Period(), Statement: programme.CountOf(1200 * i), Events: programme.CountOf(900*i + 7),
			Difference: programme.RatioOf(float64(7-300*i), float64(1200*i)),
		}
		if i%7 == 1 {
			found = programme.Finding{Kind: programme.FindingIDOnTwoDays, Entity: s.Entity, Service: s.Code, Days: []civil.Date{fixtureOn - 1, fixtureOn}, Keys: i}
		}
		q.Findings = append(q.Findings, found)
	}
	figures.SortFindings(q.Findings)
	return q, f.err
}

// fixed answers every question with the same figures, or with an error.
type fixed struct {
	figures *figures.Figures
	err     error
}

func (f fixed) Figures(context.Context, figures.Question) (*figures.Figures, error) {
	return f.figures, f.err
}

func (f fixed) Usage(_ context.Context, _ figures.Question, q figures.UsageQuery) ([]figures.UsageSeries, error) {
	switch q.By {
	case figures.ByChannel:
		return f.figures.Usage.ByChannel, f.err
	case figures.ByLevelOf:
		return f.figures.Usage.ByLevel, f.err
	default:
		return []figures.UsageSeries{f.figures.Usage.Total}, f.err
	}
}
