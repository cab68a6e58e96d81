package programme

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"
)

// A period is written in one way and reads back as it was (`4-interfaces.md`).
func TestPeriods(t *testing.T) {
	for text, want := range map[string]Period{
		"2016-02-29":            {GrainDay, day("2016-02-29"), day("2016-02-29")},
		"2016-02":               {GrainMonth, day("2016-02-01"), day("2016-02-29")},
		"2016-Q3":               {GrainQuarter, day("2016-07-01"), day("2016-09-30")},
		"2016":                  {GrainYear, day("2016-01-01"), day("2016-12-31")},
		"2018-04-01/2019-03-31": {GrainInterval, day("2018-04-01"), day("2019-03-31")},
	} {
		got, err := ParsePeriod(text)
		if err != nil || got != want || got.String() != text {
			t.Errorf("%s reads as %+v (%s), %v", text, got, got, err)
		}
	}
	for _, text := range []string{"", "0000", "2016-Q5", "2016-13", "2016-02-30", "16", "2016-02-01/", "/2016-02-01", "2016-02-02/2016-02-01", "x/2016-02-01"} {
		if got, err := ParsePeriod(text); !errors.Is(err, ErrCivil) {
			t.Errorf("%q reads as %v, %v", text, got, err)
		}
	}
	if got := (Period{}).String(); got != "" {
		t.Errorf("no period is %q", got)
	}
}

// Before and after a period lie those of its grain; of an interval those of its length.
func TestNeighboursOfAPeriod(t *testing.T) {
	for text, want := range map[string][2]string{
		"2016-03-01":            {"2016-02-29", "2016-03-02"},
		"2016-01":               {"2015-12", "2016-02"},
		"2016-Q1":               {"2015-Q4", "2016-Q2"},
		"2016":                  {"2015", "2017"},
		"2016-03-01/2016-03-10": {"2016-02-20/2016-02-29", "2016-03-11/2016-03-20"},
	} {
		p := period(text)
		if before, after := p.Previous().String(), p.Next().String(); before != want[0] || after != want[1] {
			t.Errorf("%s lies between %s and %s, want %v", text, before, after, want)
		}
	}
	p := period("2016-02")
	if p.Contains(day("2016-01-31")) || !p.Contains(day("2016-02-01")) || !p.Contains(day("2016-02-29")) || p.Contains(day("2016-03-01")) {
		t.Error("a month holds its first and last day and none beside them")
	}
}

func TestGrains(t *testing.T) {
	for text, want := range map[string]string{"day": "2016-05-17", "month": "2016-05", "quarter": "2016-Q2", "year": "2016"} {
		grain, err := ParseGrain(text)
		if err != nil || grain.String() != text || PeriodOf(grain, day("2016-05-17")).String() != want {
			t.Errorf("%s: %v of the day is %v, %v", text, grain, PeriodOf(grain, day("2016-05-17")), err)
		}
	}
	if _, err := ParseGrain("interval"); !errors.Is(err, ErrCivil) {
		t.Errorf("an interval is a grain to ask for: %v", err)
	}
}

// A day is that of the zone in which the time is given: a last second belongs to the month that ends.
func TestDayInTheProgrammesZone(t *testing.T) {
	zone := time.FixedZone("Asia/Qatar", 3*60*60)
	last := time.Date(2016, 9, 30, 20, 59, 59, 0, time.UTC)
	if got := DateOf(last.In(zone)); got != day("2016-09-30") {
		t.Errorf("the last second of September is on %v", got)
	}
	if got := DateOf(last.Add(time.Second).In(zone)); got != day("2016-10-01") || got.Month() != month("2016-10") {
		t.Errorf("the first second of October is on %v", got)
	}
}

// Dates, months and periods in JSON are text, none is empty, and what is no date is refused.
func TestDatesAsText(t *testing.T) {
	type dates struct {
		D Date
		M Month
		P Period
	}
	for text, want := range map[string]dates{
		`{"D":"2016-09-30","M":"2016-09","P":"2016-Q3"}`: {day("2016-09-30"), month("2016-09"), period("2016-Q3")},
		`{"D":"","M":"","P":""}`:                         {},
	} {
		var got dates
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != want {
			t.Errorf("%s reads as %+v, %v", text, got, err)
		}
		if written, err := json.Marshal(want); err != nil || string(written) != text {
			t.Errorf("%+v is written %s, %v", want, written, err)
		}
	}
	for _, text := range []string{`{"D":"30/09/2016"}`, `{"D":"0000-01-01"}`, `{"M":"9"}`, `{"M":"0000-01"}`, `{"P":"soon"}`} {
		var got dates
		if err := json.Unmarshal([]byte(text), &got); !errors.Is(err, ErrCivil) {
			t.Errorf("%s: %v", text, err)
		}
	}
	if got := NewDate(2016, time.February, 30); got != day("2016-03-01") {
		t.Errorf("30 February is %v", got)
	}
}

// Every word of a closed list reads as itself, and nothing else does.
func TestWordsOfClosedLists(t *testing.T) {
	check(t, Channels(), ParseChannel)
	check(t, Stages(), ParseStage)
	check(t, Measures(), ParseMeasure)
	check(t, States(), ParseState)
	if !slices.Equal(DigitalChannels(), []Channel{ChannelWeb, ChannelMobile, ChannelKiosk, ChannelAssisted}) || ChannelPost.Digital() || !ChannelKiosk.Digital() {
		t.Error("web, mobile, kiosk and assisted are digital, the others aren't")
	}
	if n := len(RefusalCodes()); n != 15 {
		t.Errorf("%d codes of refusal, want those of `4-interfaces.md`", n)
	}
	if n := len(Families()); n != 10 {
		t.Errorf("%d families of facts", n)
	}
}

func check[T ~string](t *testing.T, list []T, parse func(string) (T, error)) {
	t.Helper()
	for _, word := range list {
		if got, err := parse(string(word)); err != nil || got != word {
			t.Errorf("%s reads as %s, %v", word, got, err)
		}
	}
	if got, err := parse("nonsense"); !errors.Is(err, ErrInvalid) {
		t.Errorf("nonsense reads as %s, %v", got, err)
	}
}

// A stage adds to its measure; abandoning adds to none.
func TestMeasureOfAStage(t *testing.T) {
	for stage, want := range map[Stage]Measure{
		StageView: MeasureViews, StageStart: MeasureStarted, StageSubmit: MeasureSubmitted, StageComplete: MeasureCompleted, StageAbandon: "",
	} {
		if got := stage.Measure(); got != want {
			t.Errorf("%s adds to %q, want %q", stage, got, want)
		}
	}
	for i, m := range Measures() {
		if measureIndex(m) != i {
			t.Errorf("%s is at %d", m, measureIndex(m))
		}
	}
	for i, c := range Channels() {
		if channelIndex(c) != i {
			t.Errorf("%s is at %d", c, channelIndex(c))
		}
	}
}
