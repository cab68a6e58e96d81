package api

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/forecast"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// made answers with a hand-made value and notes what it was asked.
type made struct {
	figures  *figures.Figures
	question figures.Question
	usage    figures.UsageQuery
	growth   figures.GrowthQuery
	takeUp   civil.Period
	quality  figures.Quality
	basis    figures.Basis
	scenario figures.Scenario
	err      error
}

func (m *made) Figures(_ context.Context, q figures.Question) (*figures.Figures, error) {
	m.question = q
	return m.figures, m.err
}

func (m *made) Usage(_ context.Context, _ figures.Question, query figures.UsageQuery) ([]figures.UsageSeries, error) {
	m.usage = query
	month := civil.NewMonth(2016, 9).Period()
	return []figures.UsageSeries{{Key: "web", Points: []figures.UsagePoint{
		{Period: month, Total: figures.UsageTotal{Count: programme.CountOf(12), Parts: programme.Parts{Reported: 3, Expected: 4}}},
		{Period: month.Next()},
	}}}, m.err
}

func (m *made) Growth(_ context.Context, _ figures.Question, query figures.GrowthQuery) (figures.Growth, error) {
	m.growth = query
	return figures.Growth{
		Period: query.Period, Previous: query.Period.Previous(), Measure: query.Measure, Channels: programme.DigitalChannels(),
		Naive:         programme.RatioOf(-756, 1000),
		Comparison:    figures.Comparison{LikeForLike: programme.RatioOf(-256, 1000), ServicesInBoth: 474},
		Concentration: figures.Concentration{Largest: "moj-1"},
	}, m.err
}

func (m *made) TakeUp(_ context.Context, _ figures.Question, period civil.Period) (figures.TakeUp, error) {
	m.takeUp = period
	return figures.TakeUp{Period: period, Value: programme.RatioOf(1, 2)}, m.err
}

func (m *made) Quality(_ context.Context, q figures.Question) (*figures.Quality, error) {
	m.question = q
	return &m.quality, m.err
}

func (m *made) Backtest(_ context.Context, q figures.Question) (*figures.Backtest, error) {
	m.question = q
	return backtestMade(), m.err
}

func (m *made) WhatIf(_ context.Context, _ figures.Question, basis figures.Basis, scenario figures.Scenario) (*figures.WhatIf, error) {
	m.basis, m.scenario = basis, scenario
	side := figures.WhatIfSide{Forecast: forecastMade(), Months: []figures.BandMonth{{Month: civil.NewMonth(2016, 12), Bands: forecastMade().Bands}}}
	return &figures.WhatIf{Scenario: scenario, Moved: 7, Before: side, After: side}, m.err
}

func backtestMade() *figures.Backtest {
	point := func(from, horizon civil.Month, counted int) figures.BacktestPoint {
		return figures.BacktestPoint{
			From: from, Horizon: int(horizon), Month: from + horizon, Bands: forecastMade().Bands, Counted: counted, Within80: counted > 900,
		}
	}
	return &figures.Backtest{
		Points:   []figures.BacktestPoint{point(civil.NewMonth(2015, 3), 3, 950), point(civil.NewMonth(2015, 3), 12, 200)},
		Horizons: []figures.BacktestHorizon{{Months: 3, Points: 1, Within50: programme.RatioOf(0, 1), Within80: programme.RatioOf(1, 1)}},
		Within50: programme.RatioOf(0, 2), Within80: programme.RatioOf(1, 2),
	}
}

func forecastMade() figures.Forecast {
	return figures.Forecast{
		Bands: forecast.Bands{
			P10: programme.CountOf(930), P25: programme.CountOf(960), P50: programme.CountOf(985), P75: programme.CountOf(1010), P90: programme.CountOf(1040),
		},
		Probability: programme.RatioOf(37, 100), Method: figures.MethodMonteCarlo, Coverage: programme.RatioOf(8, 10), Open: 120, Finished: 600,
	}
}

func milestonesMade() []figures.MilestoneFigures {
	day := civil.NewDate(2016, 9, 1)
	return []figures.MilestoneFigures{
		{Service: "moi-1", Entity: "moi", Level: 3, Status: figures.MilestoneDone, Due: true, OriginalOn: day - 90, CurrentOn: day - 90, ActualOn: day - 80, Slip: 10},
		{
			Service: "moj-1", Entity: "moj", Level: 2, Status: figures.MilestoneLate, Due: true, OriginalOn: day, CurrentOn: day + 60, ExpectedOn: day + 60,
			Slip: 60, Reason: "=1+1", DependsOn: []string{"moi"},
		},
		{Service: "moj-2", Entity: "moj", Level: 4, Status: figures.MilestoneOpen, OriginalOn: day + 90, CurrentOn: day + 90, ExpectedOn: day + 90, DependsOn: []string{"moi"}},
	}
}

func qualityMade() figures.Quality {
	first := civil.NewDate(2016, 9, 1)
	return figures.Quality{
		Findings: []programme.Finding{
			{Kind: programme.FindingIDOnTwoDays, Entity: "moi", Service: "moi-1", Days: []civil.Date{first, first + 1}, Keys: 3},
			{
				Kind: programme.FindingStatementDiffers, Entity: "moi", Service: "moi-2", Channel: programme.ChannelWeb, Measure: programme.MeasureCompleted,
				Period: civil.NewMonth(2016, 9).Period(), Statement: programme.CountOf(0), Events: programme.CountOf(5), Difference: programme.RatioOf(5, 0),
			},
			{
				Kind: programme.FindingStatementDiffers, Entity: "moj", Service: "moj-1", Channel: programme.ChannelWeb, Measure: programme.MeasureStarted,
				Period: civil.Quarter(2016, 3), Statement: programme.CountOf(1000), Events: programme.CountOf(900), Difference: programme.RatioOf(-100, 1000),
			},
		},
		Limits: []figures.FindingLimit{{Kind: programme.FindingIDOnTwoDays, Reason: figures.LimitTooMany}},
		Refused: []programme.RefusedRows{
			{Entity: "moi", Code: programme.RefusedTooOld, Rows: 2},
			{Entity: "moj", Code: programme.RefusedBadTime, Rows: 4},
			{Entity: "moj", Code: programme.RefusedTooOld, Rows: 1},
		},
	}
}

func figuresMade() *figures.Figures {
	day := civil.NewDate(2016, 9, 30)
	return &figures.Figures{
		Stamp: figures.Stamp{
			On: day, AsAt: time.Date(2016, 10, 3, 8, 0, 0, 0, time.UTC), Provisional: true, DataVersion: "12-7", RuleVersion: 3,
			Completeness: figures.Completeness{Parts: programme.Parts{Reported: 9, Expected: 10}, Share: programme.RatioOf(9, 10), Grade: "B"},
		},
		Programme: programme.DefaultSettings(),
		Verified: figures.Progress{
			Basis: figures.Verified, Goal: 1000, Counted: 681, EndToEnd: 201, ByLevel: programme.ByLevel{312, 168, 150, 51},
			Plan: programme.CountOf(711), Variance: programme.CountOf(-30), ScheduleIndex: programme.RatioOf(681, 711),
			NotCounted: []figures.ClauseCount{{Clause: programme.ClauseBelowMinimum, Services: 2}},
		},
		Claimed:  figures.Progress{Basis: figures.Claimed, Goal: 1000, Counted: 700},
		Coverage: figures.Coverage{Services: 900, Digital: 700},
		Plans: figures.PlanFigures{
			OnTime: programme.RatioOf(1, 2), QuarterEnd: programme.RatioOf(1, 3), LastQuarter: programme.RatioOf(1, 3), Milestones: milestonesMade(),
			Counts:    figures.MilestoneCounts{All: 3, Done: 1, Late: 1, Open: 1},
			Platforms: []figures.PlatformFigures{{Entity: "moi", Waiting: 2, WaitingIntegrated: 1}, {Entity: "moj", Waiting: 1}},
			Entities:  []figures.EntityPlan{{Entity: "moj", Milestones: 2}, {Entity: "moi", Milestones: 1, Done: 1}},
		},
		Entities: []figures.EntityFigures{
			{Code: "moi", Name: "Interior", NameAr: "الداخلية", Status: figures.StatusLate, Counted: 2},
			{Code: "moj", Name: "Justice", NameAr: "العدل", Status: figures.StatusOnTrack, Completeness: figures.Completeness{Grade: "A"}},
		},
		Services: []figures.ServiceFigures{
			{Code: "moi-1", Name: `=cmd|"/c calc"!A1`, NameAr: "إصدار رخصةٍ", Entity: "moi", Status: figures.ServiceLive, LevelClaimed: 3, LevelVerified: 3, Counted: true},
			{Code: "moi-2", Name: "Renew, with comma", NameAr: "تجديد", Entity: "moi", Status: figures.ServiceRetired, Clause: programme.ClauseRetired, ClaimedClause: programme.ClauseRetired},
			{Code: "moj-1", Name: "Register a deed", NameAr: "تسجيل عقد", Entity: "moj", Status: figures.ServiceLive, LevelClaimed: 2, Clause: programme.ClauseClaimedNotVerified, Slip: programme.CountOf(-4)},
			{Code: "moj-2", Name: "Notary", NameAr: "توثيق", Entity: "moj", Status: figures.ServicePlanned, Clause: programme.ClauseNotLaunched, ClaimedClause: programme.ClauseNotLaunched},
		},
	}
}

var (
	planner = access.Principal{ID: "user/p@x", Role: access.RolePlanner}
	agency  = access.Principal{ID: "user/a@x", Role: access.RoleAgency, Entity: "moi"}
)

// fixture is an API over hand-made figures.
type fixture struct {
	t    *testing.T
	made *made
	api  *API
	log  *bytes.Buffer
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	words, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	answers := &made{figures: figuresMade(), quality: qualityMade()}
	api, err := New(Configuration{Version: "test"}, Dependencies{Figures: answers, Words: words, Logger: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	return &fixture{t: t, made: answers, api: api, log: &log}
}

// ask calls the API as somebody; the zero principal is nobody.
func (f *fixture) ask(who access.Principal, target string, header ...string) *httptest.ResponseRecorder {
	f.t.Helper()
	r := httptest.NewRequestWithContext(f.t.Context(), http.MethodGet, target, http.NoBody)
	if who.ID != "" {
		r = r.WithContext(access.WithPrincipal(r.Context(), who))
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	f.api.router.ServeHTTP(w, r)
	return w
}

// get is ask that has to succeed, decoded.
func (f *fixture) get(who access.Principal, target string) map[string]any {
	f.t.Helper()
	w := f.ask(who, target)
	if w.Code != http.StatusOK {
		f.t.Fatalf("GET %s: %d %s", target, w.Code, w.Body)
	}
	answer := map[string]any{}
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		f.t.Fatalf("GET %s: %v in %s", target, err, w.Body)
	}
	return answer
}

// codes returns the codes of a list's items.
func (f *fixture) codes(who access.Principal, target string) []string {
	f.t.Helper()
	codes := []string{}
	for _, item := range f.get(who, target)["items"].([]any) {
		codes = append(codes, item.(map[string]any)["code"].(string))
	}
	return codes
}
