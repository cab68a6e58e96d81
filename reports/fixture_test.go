package reports

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/forecast"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/reports/sheet/sheettest"
)

// knobs are what tests turn on the sample of figures.
type knobs struct {
	entities, services int
	months             int // of use
}

var usual = knobs{entities: 14, services: 90, months: 33}

var september = civil.NewMonth(2016, time.September)

// stubFigures answers with figures made by hand.
type stubFigures struct {
	figures *figures.Figures
	err     error
	asked   figures.Question
}

func (s *stubFigures) Figures(_ context.Context, q figures.Question) (*figures.Figures, error) {
	s.asked = q
	return s.figures, s.err
}

func newReports(tb testing.TB, figures *figures.Figures) (*Reports, *stubFigures) {
	tb.Helper()
	words, err := i18n.Load()
	if err != nil {
		tb.Fatal(err)
	}
	zone, err := time.LoadLocation("Asia/Qatar")
	if err != nil {
		tb.Fatal(err)
	}
	stub := &stubFigures{figures: figures}
	r, err := New(Configuration{Contact: "Programme office, highlights@programme.example", Version: "test"},
		Dependencies{
			Figures: stub, Words: words, Zone: zone, Logger: slog.New(slog.DiscardHandler),
			Registerer: prometheus.NewRegistry(),
			Now:        func() time.Time { return time.Date(2016, 10, 3, 9, 0, 0, 0, time.UTC) },
		})
	if err != nil {
		tb.Fatal(err)
	}
	return r, stub
}

// sample returns complete, valid figures for 30 September 2016, with numbers missing where a real programme misses
// them.
func sample(k knobs) *figures.Figures {
	on := september.Last()
	f := &figures.Figures{
		Stamp: figures.Stamp{
			On: on, AsAt: time.Date(2016, 10, 2, 11, 15, 0, 0, time.UTC), Provisional: true, DataVersion: "14207.881",
			RuleVersion: 3, Sample: true,
			Completeness: figures.Completeness{
				Parts: programme.Parts{Reported: 851, Expected: 894},
				Share: programme.RatioOf(851, 894), Grade: "B",
			},
		},
		Programme: programme.DefaultSettings(),
		Coverage: figures.Coverage{
			Services: 1394, Digital: 912, Web: 880, Mobile: 402, Both: 370, Share: programme.RatioOf(912, 1394),
			MobileShare: programme.RatioOf(402, 1394), LastMonthServices: programme.CountOf(1391),
		},
	}
	f.Programme.Rule.CountExisting, f.Programme.Sample, f.Programme.Classification = true, true, "Official"
	f.Verified = sampleProgress(figures.Verified, on)
	f.Claimed = sampleProgress(figures.Claimed, on)
	f.Claimed.EndToEnd += 41
	f.Claimed.ByLevel = programme.ByLevel{250, 335, 220, 71}
	addEntities(f, k)
	addServices(f, k)
	f.Usage = sampleUsage(k, f)
	f.Attention = figures.Attention{
		LateEntities: []string{
			f.Entities[0].Code, f.Entities[1].Code, f.Entities[4].Code,
			f.Entities[5].Code,
		}[:min(4, k.entities)],
		Dormant: []string{"S0007", "S0011"}, Silent: []string{"S0003"},
		ClaimedNotVerified: []string{"S0002", "S0005", "S0009"}, BehindPlan: 14,
	}
	return f
}

func sampleProgress(basis figures.Basis, on civil.Date) figures.Progress {
	p := figures.Progress{
		Basis: basis, Goal: 1000, Counted: 851, CountedNew: 657, CountedAll: 851, EndToEnd: 253,
		ByLevel: programme.ByLevel{262, 336, 190, 63},
		Share:   programme.RatioOf(851, 1000), LastMonth: programme.CountOf(832), LastYear: programme.CountOf(604),
		Plan: programme.CountOf(921), Variance: programme.CountOf(-70), ScheduleIndex: programme.RatioOf(851, 921),
		MonthsLeft:   3,
		RequiredRate: programme.RateOf(149, 3), PlanRate: programme.RateOf(79, 2),
		Reach:      figures.ReachOf(1000, 851, figures.ReachParts{AwaitingVerification: 12, Late: 48, Due: 97}),
		RecentRate: figures.RecentRate{Months3: programme.RateOf(56, 3), Months6: programme.RateOf(115, 6)},
		SlipMedian: programme.RateOf(23, 1), SlipOver30: 57, Forecast: sampleForecast(3),
		NotCounted: []figures.ClauseCount{
			{Clause: programme.ClauseNotLaunched, Services: 482},
			{Clause: programme.ClauseRetired, Services: 12},
			{Clause: programme.ClauseClaimedNotVerified, Services: 49},
		},
	}
	first, last := civil.NewMonth(2013, time.December), civil.NewMonth(2016, time.December)
	for m := first; m <= last; m++ {
		done := float64(m-first) / float64(last-first)
		point := figures.ProgressMonth{
			Month: m, Plan: programme.CountOf(int64(194 + 806*math.Pow(done, 1.15))),
			CurrentPlan: programme.CountOf(int64(194 + 806*math.Pow(done, 1.5))),
			Counted:     programme.Count{State: programme.NotRequested},
			EndToEnd:    programme.Count{State: programme.NotRequested},
		}
		if m < first+4 {
			point.CurrentPlan = programme.Count{}
		}
		if m <= on.Month() {
			at := float64(m-first) / float64(on.Month()-first)
			total := 194 + int(657*math.Pow(at, 1.25))
			point.ByLevel = programme.ByLevel{0, total * 336 / 851, total * 190 / 851, total * 63 / 851}
			point.ByLevel[0] = total - point.ByLevel.Total()
			point.Counted, point.EndToEnd = programme.CountOf(total), programme.CountOf(point.ByLevel.EndToEnd())
		}
		point.Forecast = sampleForecast(int(m - on.Month())).Bands
		p.Series = append(p.Series, point)
	}
	return p
}

// sampleForecast opens from what is counted on the date, month by month.
func sampleForecast(after int) figures.Forecast {
	if after < 0 {
		none := programme.Count{State: programme.NotRequested}
		return figures.Forecast{Bands: forecast.Bands{P10: none, P25: none, P50: none, P75: none, P90: none}}
	}
	at := func(rate int) programme.Count { return programme.CountOf(851 + rate*after) }
	return figures.Forecast{
		Bands:       forecast.Bands{P10: at(11), P25: at(19), P50: at(27), P75: at(36), P90: at(49)},
		Probability: programme.RatioOf(32, 1000), Coverage: programme.RatioOf(79, 100),
		Method: figures.MethodMonteCarlo, Open: 149, Finished: 601,
	}
}

func addEntities(f *figures.Figures, k knobs) {
	statuses := []figures.Status{
		figures.StatusLate, figures.StatusAtRisk, figures.StatusOnTrack, figures.StatusDone,
		figures.StatusLate, figures.StatusNoData,
	}
	counted, levels := f.Verified.Counted, f.Verified.ByLevel
	for i := range k.entities {
		name := sheettest.EntityNames[i%len(sheettest.EntityNames)]
		e := figures.EntityFigures{
			Code: fmt.Sprintf("e%02d", i), Name: name[0], NameAr: name[1], Services: 100 + i, Live: 70 + i,
			Counted: counted / k.entities, EndToEnd: 15 + i%7,
			Plan: programme.CountOf(counted/k.entities + 5 - i%9), SlipMedian: programme.RateOf(float64(i*3%40), 1),
			SlipOver30: i % 6,
			Completed: figures.UsageTotal{
				Count: programme.CountOf(120000 / (i + 1)),
				Parts: programme.Parts{Reported: 60, Expected: 64},
			},
			Comparison: figures.Comparison{LikeForLike: programme.RatioOf(float64(31-i*5), 1000)}, TakeUp: programme.RatioOf(float64(400+i*20), 1000),
			Completeness: figures.Completeness{
				Parts: programme.Parts{Reported: 60, Expected: 64},
				Share: programme.RatioOf(60, 64), Grade: "B",
			},
			Status: statuses[i%len(statuses)],
			Reason: figures.StatusReason{Due: 42, Done: 37, Late: 5, LateOver30: 3, Milestones: 60},
			Trend:  trend(f.On.Month(), 90000/(i+1), i),
		}
		if i == 0 {
			e.Counted += counted % k.entities
			e.ByLevel = levels
		}
		e.Variance = programme.CountOf(int64(e.Counted) - e.Plan.Value)
		e.ScheduleIndex = programme.RatioOf(float64(e.Counted), float64(e.Plan.Value))
		if e.Status == figures.StatusNoData {
			e.Plan, e.Variance, e.ScheduleIndex, e.SlipMedian = programme.Count{}, programme.Count{}, programme.Ratio{},
				programme.Ratio{}
			e.TakeUp = programme.Ratio{State: programme.NotApplicable}
		}
		f.Entities = append(f.Entities, e)
	}
}

// trend is twelve months of use with one gap.
func trend(last civil.Month, base, seed int) []figures.UsagePoint {
	points := make([]figures.UsagePoint, 0, 12)
	for i := range 12 {
		m := last - 11 + civil.Month(i)
		total := figures.UsageTotal{Count: programme.CountOf(base + base*((i*7+seed*3)%10)/20 + base*i/12)}
		if (i+seed)%11 == 5 {
			total.Count = programme.Count{State: programme.NotProvided}
		}
		points = append(points, figures.UsagePoint{Period: m.Period(), Total: total})
	}
	return points
}

func addServices(f *figures.Figures, k knobs) {
	for i := range k.services {
		name := sheettest.ServiceNames[i%len(sheettest.ServiceNames)]
		s := figures.ServiceFigures{
			Code: fmt.Sprintf("S%04d", i), Name: fmt.Sprintf("%s %d", name[0], i),
			NameAr: fmt.Sprintf("%s %d", name[1], i), Entity: f.Entities[i%k.entities].Code,
			Audience: "citizens", Mandatory: i%3 == 0, Status: figures.ServiceLive,
			Channels:   []programme.Channel{programme.ChannelWeb, programme.ChannelMobile, programme.ChannelCounter},
			LaunchedOn: civil.NewDate(2014, 1, 1+i%700), LevelClaimed: programme.Level(1 + i%4),
			LevelVerified: programme.Level(1 + i%3), Counted: true,
			PlannedOn: civil.NewDate(2014, 1, i%690+1), ExpectedOn: civil.NewDate(2014, 1, 1+i%700),
			Slip:      programme.CountOf(i % 50),
			Completed: figures.UsageTotal{Count: programme.CountOf(i * 37)}, Trend: trend(f.On.Month(), 40*i+10, i),
		}
		switch i % 10 {
		case 7:
			s.Dormant, s.Silent = true, true
			s.Completed.Count = programme.Count{State: programme.NotProvided}
		case 9:
			s.Status, s.Counted, s.Clause = figures.ServicePlanned, false, programme.ClauseNotLaunched
			s.LaunchedOn, s.LevelClaimed, s.LevelVerified = 0, 0, 0
			s.Slip, s.Completed.Count, s.Trend = programme.Count{}, programme.Count{State: programme.NotApplicable}, nil
		}
		f.Services = append(f.Services, s)
	}
}

func sampleUsage(k knobs, f *figures.Figures) figures.UsageFigures {
	month := f.On.Month()
	u := figures.UsageFigures{
		Month: month, Completed: figures.UsageTotal{
			Count: programme.CountOf(1284211),
			Parts: programme.Parts{Reported: 851, Expected: 894},
		},
		Growth: figures.Growth{
			Total:  figures.UsageTotal{Count: programme.CountOf(1284211)},
			Period: month.Period(), Previous: month.Period().Previous(),
			PreviousTotal: figures.UsageTotal{Count: programme.CountOf(1241380)},
			Naive:         programme.RatioOf(42831, 1241380),
			Comparison: figures.Comparison{
				LikeForLike: programme.RatioOf(31, 1000), Direction: figures.DirectionUp, ServicesInBoth: 812,
			},
			Decomposition: figures.Decomposition{Change: 42831, Existing: 36400, New: 9931, Lost: -3500}, Streak: 7,
			Concentration: figures.Concentration{
				Largest: "S0002", LargestShare: programme.RatioOf(213, 1000),
				TopFiveShare: programme.RatioOf(517, 1000), WithoutTopFive: programme.CountOf(620274),
			},
		},
		TakeUp: figures.TakeUp{
			Period: month.Period(), Value: programme.RatioOf(614, 1000),
			CoveredShare: programme.RatioOf(380, 894), Services: 380, Live: 894, DigitalOnly: 122,
		},
	}
	for _, channel := range programme.Channels() {
		u.ByChannel = append(u.ByChannel, figures.UsageSeries{Key: string(channel)})
	}
	for i := range k.months {
		p := (month - civil.Month(k.months-1-i)).Period()
		base := int64(700000 + 18000*i + 30000*(i%12)/5)
		total := figures.UsageTotal{
			Count: programme.CountOf(base),
			Parts: programme.Parts{Reported: 500 + i*10, Expected: 540 + i*10},
		}
		u.Total.Points = append(u.Total.Points, figures.UsagePoint{Period: p, Total: total})
		for c, share := range []int64{60, 30, 6, 4, 8, 35, 0, 0} {
			point := figures.UsagePoint{
				Period: p,
				Total:  figures.UsageTotal{Count: programme.CountOf(base * share / 100)},
			}
			if share == 0 || (c == 2 && i < 9) || (c == 4 && i == 20) {
				point.Total.Count = programme.Count{State: programme.NotApplicable}
			}
			u.ByChannel[c].Points = append(u.ByChannel[c].Points, point)
		}
		growth := figures.RatioPoint{Period: p, Value: programme.RatioOf(float64(10+i*13%40), 1000)}
		if i == 0 {
			growth.Value = programme.Ratio{}
		}
		u.LikeForLike = append(u.LikeForLike, growth)
		u.TakeUps = append(u.TakeUps, figures.RatioPoint{Period: p, Value: programme.RatioOf(float64(430+i*6), 1000)})
	}
	for i := range min(10, k.services) {
		u.Top = append(u.Top, figures.TopService{
			Service:   f.Services[(i*7)%k.services].Code,
			Completed: int64(273000 / (i + 1)), Share: programme.RatioOf(213/float64(i+1), 1000),
		})
	}
	return u
}
