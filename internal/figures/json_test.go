package figures_test

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/forecast"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// readBack writes a value as JSON and reads it again.
func readBack[T any](t *testing.T, value T) T {
	t.Helper()
	raw, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	var read T
	if err := json.Unmarshal(raw, &read); err != nil {
		t.Fatalf("%s: %v", raw, err)
	}
	again, err := json.Marshal(read)
	if err != nil || string(again) != string(raw) {
		t.Errorf("written %s\nand again %s, %v", raw, again, err)
	}
	return read
}

func TestATotalOfUseIsANumberWithItsParts(t *testing.T) {
	for want, total := range map[string]figures.UsageTotal{
		`{"value":12,"state":"reported","parts":{"reported":3,"expected":4}}`: {
			Count: programme.CountOf(12), Parts: programme.Parts{Reported: 3, Expected: 4},
		},
		`{"value":0,"state":"reported","parts":{"reported":0,"expected":0}}`: {Count: programme.CountOf(0)},
		`{"value":null,"state":"not_requested","parts":{"reported":0,"expected":4}}`: {
			Count: programme.Count{State: programme.NotRequested}, Parts: programme.Parts{Expected: 4},
		},
	} {
		raw, err := json.Marshal(total)
		if err != nil || string(raw) != want {
			t.Errorf("%+v is written %s, %v; want %s", total, raw, err, want)
		}
		if got := readBack(t, total); got != total {
			t.Errorf("%+v is read as %+v", total, got)
		}
	}
}

func TestFiguresReadBackAsTheyWereWritten(t *testing.T) {
	w := reckontest.New(t)
	w.Entity("moi")
	w.Live("visa", "2015-03-01", programme.LevelTransactional)
	w.Service(programme.Service{Code: "late", DependsOn: []string{"moj"}})
	w.Plan("moi", "2015-01-01", reckontest.Milestone("visa", "2015-02-01"), reckontest.Milestone("late", "2015-04-01"))
	for _, month := range []string{"2015-04", "2015-05", "2015-06"} {
		w.Uses("moi", "visa", month, programme.ChannelWeb, 40)
		w.States("visa", month, programme.ChannelCounter, programme.Reported, 60)
	}
	f := w.Figures("2015-06-30")
	got := readBack(t, *f)
	if !reflect.DeepEqual(got.Verified, f.Verified) || !reflect.DeepEqual(got.Claimed, f.Claimed) {
		t.Errorf("progress %+v, want %+v", got.Verified, f.Verified)
	}
	if !reflect.DeepEqual(got.Plans, f.Plans) || !reflect.DeepEqual(got.Attention, f.Attention) {
		t.Errorf("plans %+v, want %+v", got.Plans, f.Plans)
	}
	if got.Coverage != f.Coverage || got.On != f.On || got.Completeness != f.Completeness {
		t.Errorf("coverage %+v, want %+v", got.Coverage, f.Coverage)
	}
	if !reflect.DeepEqual(got.Headlines(), f.Headlines()) {
		t.Errorf("headlines %+v, want %+v", got.Headlines(), f.Headlines())
	}
}

func TestSubmissionsReadBackAsTheyWereWritten(t *testing.T) {
	want := figures.Submissions{
		Month: civiltest.Month("2016-05"), DueOn: civiltest.Day("2016-06-10"), Entities: []figures.EntitySubmissions{{
			Entity: "moi", Overdue: 1,
			Plan: figures.Submission{State: figures.SubmissionSubmitted, On: civiltest.Day("2016-06-01"), Revision: 2},
			Use: figures.Submission{
				State: figures.SubmissionOverdue, Was: figures.SubmissionDraft, Days: 3, Parts: programme.Parts{Reported: 1, Expected: 2},
			},
		}},
	}
	if got := readBack(t, want); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestABacktestReadsBackAsItWasWritten(t *testing.T) {
	want := figures.Backtest{
		Points: []figures.BacktestPoint{{
			From: civiltest.Month("2016-05"), Horizon: 3, Month: civiltest.Month("2016-08"), Counted: 7, Within80: true,
			Bands: forecast.BandsIn(programme.NotApplicable), AsKnownThen: true,
		}},
		Horizons: []figures.BacktestHorizon{{Months: 3, Points: 1, Within50: programme.RatioOf(0, 1), Within80: programme.RatioOf(1, 1)}},
		Within50: programme.RatioOf(0, 1), Within80: programme.RatioOf(1, 1),
	}
	if got := readBack(t, want); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestTheNamesOfAStampInJSON(t *testing.T) {
	stamp := figures.Stamp{
		On: civiltest.Day("2016-05-31"), AsAt: time.Date(2016, 6, 1, 9, 0, 0, 0, time.UTC), DataVersion: "v", RuleVersion: 2,
		Completeness: figures.Completeness{
			Parts: programme.Parts{Reported: 1, Expected: 2}, Share: programme.RatioOf(1, 2), Grade: "C",
		},
	}
	want := `{"on":"2016-05-31","as_at":"2016-06-01T09:00:00Z","provisional":false,"data_version":"v","rule_version":2,` +
		`"completeness":{"reported":1,"expected":2,"share":{"value":0.5,"state":"reported"},"grade":"C"}}`
	if raw, err := json.Marshal(stamp); err != nil || string(raw) != want {
		t.Errorf("%s, %v; want %s", raw, err, want)
	}
}

func TestWhatIsNoTotalIsNotRead(t *testing.T) {
	for _, text := range []string{`{"value":"12"}`, `{"value":1.5}`, `{"parts":[]}`, `7`, `[]`} {
		total := figures.UsageTotal{Count: programme.CountOf(3)}
		if err := json.Unmarshal([]byte(text), &total); err == nil {
			t.Errorf("%s is read as %+v", text, total)
		}
	}
	var none figures.UsageTotal
	if err := json.Unmarshal([]byte(`{"value":null,"state":"not_requested","parts":{"reported":0,"expected":2}}`), &none); err != nil {
		t.Fatal(err)
	}
	if none.Known() || none.Value != 0 || none.State != programme.NotRequested || none.Parts.Expected != 2 {
		t.Errorf("%+v", none)
	}
}

func TestWhatIfReadsBackAsItWasWritten(t *testing.T) {
	side := figures.WhatIfSide{
		Forecast: figures.Forecast{
			Bands: forecast.BandsIn(programme.NotProvided), Probability: programme.RatioOf(1, 4),
			Method: figures.MethodMonteCarlo, Coverage: programme.RatioOf(8, 10), Scale: programme.RatioOf(12, 10), Open: 3, Finished: 14,
		},
		Months: []figures.BandMonth{{Month: civiltest.Month("2016-08"), Bands: forecast.BandsIn(programme.NotApplicable)}},
	}
	want := figures.WhatIf{
		Scenario: figures.Scenario{{Kind: figures.ShiftLevel, Of: "4", Days: -15}}, Moved: 2, Before: side, After: side,
	}
	want.After.Open = 5
	if got := readBack(t, want); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestAnUnknownBasisIsNotRead(t *testing.T) {
	for _, text := range []string{`"Verified"`, `""`, `0`, `"verified "`} {
		var p figures.Progress
		if err := json.Unmarshal([]byte(`{"basis":`+text+`}`), &p); err == nil {
			t.Errorf("%s is read as %s", text, p.Basis)
		}
	}
}
