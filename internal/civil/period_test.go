package civil_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
)

// A period is written in one way and reads back as it was (docs/rules.md#dates-months-and-periods).
func TestPeriods(t *testing.T) {
	for text, want := range map[string]civil.Period{
		"2016-02-29":            {Grain: civil.GrainDay, From: civiltest.Day("2016-02-29"), To: civiltest.Day("2016-02-29")},
		"2016-02":               {Grain: civil.GrainMonth, From: civiltest.Day("2016-02-01"), To: civiltest.Day("2016-02-29")},
		"2016-Q3":               {Grain: civil.GrainQuarter, From: civiltest.Day("2016-07-01"), To: civiltest.Day("2016-09-30")},
		"2016":                  {Grain: civil.GrainYear, From: civiltest.Day("2016-01-01"), To: civiltest.Day("2016-12-31")},
		"2018-04-01/2019-03-31": {Grain: civil.GrainInterval, From: civiltest.Day("2018-04-01"), To: civiltest.Day("2019-03-31")},
	} {
		got, err := civil.ParsePeriod(text)
		if err != nil || got != want || got.String() != text {
			t.Errorf("%s reads as %+v (%s), %v", text, got, got, err)
		}
	}
	for _, text := range []string{"", "0000", "2016-Q5", "2016-13", "2016-02-30", "16", "2016-02-01/", "/2016-02-01", "2016-02-02/2016-02-01", "x/2016-02-01"} {
		if got, err := civil.ParsePeriod(text); !errors.Is(err, civil.ErrInvalid) {
			t.Errorf("%q reads as %v, %v", text, got, err)
		}
	}
	if got := (civil.Period{}).String(); got != "" {
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
		p := civiltest.Period(text)
		if before, after := p.Previous().String(), p.Next().String(); before != want[0] || after != want[1] {
			t.Errorf("%s lies between %s and %s, want %v", text, before, after, want)
		}
	}
	p := civiltest.Period("2016-02")
	if p.Contains(civiltest.Day("2016-01-31")) || !p.Contains(civiltest.Day("2016-02-01")) ||
		!p.Contains(civiltest.Day("2016-02-29")) ||
		p.Contains(civiltest.Day("2016-03-01")) {
		t.Error("a month holds its first and last day and none beside them")
	}
}

func TestGrains(t *testing.T) {
	for text, want := range map[string]string{"day": "2016-05-17", "month": "2016-05", "quarter": "2016-Q2", "year": "2016"} {
		grain, err := civil.ParseGrain(text)
		if err != nil || grain.String() != text || civil.PeriodOf(grain, civiltest.Day("2016-05-17")).String() != want {
			t.Errorf("%s: %v of the day is %v, %v", text, grain, civil.PeriodOf(grain, civiltest.Day("2016-05-17")), err)
		}
	}
	if _, err := civil.ParseGrain("interval"); !errors.Is(err, civil.ErrInvalid) {
		t.Errorf("an interval is a grain to ask for: %v", err)
	}
}

// A day is that of the zone in which the time is given: a last second belongs to the month that ends.
func TestDayInTheProgrammesZone(t *testing.T) {
	zone := time.FixedZone("Asia/Qatar", 3*60*60)
	last := time.Date(2016, 9, 30, 20, 59, 59, 0, time.UTC)
	if got := civil.DateOf(last.In(zone)); got != civiltest.Day("2016-09-30") {
		t.Errorf("the last second of September is on %v", got)
	}
	got := civil.DateOf(last.Add(time.Second).In(zone))
	if got != civiltest.Day("2016-10-01") || got.Month() != civiltest.Month("2016-10") {
		t.Errorf("the first second of October is on %v", got)
	}
}

// Dates, months and periods in JSON are text, none is empty, and what is no date is refused.
func TestDatesAsText(t *testing.T) {
	type dates struct {
		D civil.Date
		M civil.Month
		P civil.Period
	}
	for text, want := range map[string]dates{
		`{"D":"2016-09-30","M":"2016-09","P":"2016-Q3"}`: {civiltest.Day("2016-09-30"), civiltest.Month("2016-09"), civiltest.Period("2016-Q3")},
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
		if err := json.Unmarshal([]byte(text), &got); !errors.Is(err, civil.ErrInvalid) {
			t.Errorf("%s: %v", text, err)
		}
	}
	if got := civil.NewDate(2016, time.February, 30); got != civiltest.Day("2016-03-01") {
		t.Errorf("30 February is %v", got)
	}
}
