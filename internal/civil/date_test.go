package civil_test

import (
	"errors"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
)

func TestADayIsCountedFromTheFirstOfTheCalendar(t *testing.T) {
	for text, want := range map[string]civil.Date{"0001-01-01": 1, "0001-01-02": 2, "0002-01-01": 366, "1970-01-01": 719163} {
		day, err := civil.ParseDate(text)
		if err != nil || day != want || day.String() != text {
			t.Errorf("%s is day %d, %v; want %d", text, day, err, want)
		}
	}
	if !civil.Date(0).IsZero() || civil.Date(1).IsZero() || civil.Date(0).String() != "" {
		t.Error("no date is day 0 alone")
	}
	if day := civiltest.Day("9999-12-31"); day >= civil.Never {
		t.Error("a day comes after the one that does not come")
	}
}

func TestDaysThatAreNone(t *testing.T) {
	for _, text := range []string{"", "0000-12-31", "2015-02-29", "2016-04-31", "2016-00-10", "2016-1-1", "2016-01-01 ", "30/09/2016"} {
		if got, err := civil.ParseDate(text); !errors.Is(err, civil.ErrInvalid) || got != 0 {
			t.Errorf("%q is %v, %v", text, got, err)
		}
	}
}

func TestDaysOfMonths(t *testing.T) {
	for text, want := range map[string]string{
		"2016-01": "2016-01-31", "2016-02": "2016-02-29", "2015-02": "2015-02-28", "1900-02": "1900-02-28",
		"2000-02": "2000-02-29", "2016-04": "2016-04-30", "2016-12": "2016-12-31",
	} {
		month := civiltest.Month(text)
		if month.First().String() != text+"-01" || month.Last().String() != want {
			t.Errorf("%s is from %s to %s, want %s", text, month.First(), month.Last(), want)
		}
		if month.First().Month() != month || month.Last().Month() != month || (month.Last()+1).Month() != month+1 {
			t.Errorf("the days of %s are of other months", text)
		}
		if got := month.Period(); got != civiltest.Period(text) {
			t.Errorf("%s is the period %+v", text, got)
		}
	}
	if december := civiltest.Month("2016-12"); december.Year() != 2016 || december.Calendar() != time.December || (december+1).Year() != 2017 {
		t.Errorf("December 2016 is %v of %d", december.Calendar(), december.Year())
	}
}

func TestDaysLater(t *testing.T) {
	day := civiltest.Day("2016-02-28")
	for n, want := range map[int]string{0: "2016-02-28", 1: "2016-02-29", 2: "2016-03-01", -28: "2016-01-31", 366: "2017-02-28"} {
		if got := day.AddDays(n).String(); got != want {
			t.Errorf("%d days later it is %s, want %s", n, got, want)
		}
	}
}

// A day begins with the midnight of the zone, whatever day it is elsewhere.
func TestADayBeginsInItsZone(t *testing.T) {
	qatar := time.FixedZone("Asia/Qatar", 3*60*60)
	if got := civiltest.Day("2016-09-30").BeginsIn(qatar); !got.Equal(time.Date(2016, 9, 29, 21, 0, 0, 0, time.UTC)) {
		t.Errorf("30 September begins at %v", got)
	}
	if got := civiltest.Day("2016-09-30").Time(); !got.Equal(time.Date(2016, 9, 30, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("its midnight in UTC is %v", got)
	}
	day := civil.DateOf(time.Date(2016, 9, 30, 23, 59, 59, 0, qatar))
	if day.BeginsIn(qatar).After(time.Date(2016, 9, 30, 23, 59, 59, 0, qatar)) {
		t.Error("a day begins after a moment of it")
	}
}

func TestThePeriodOfADayByItsGrain(t *testing.T) {
	for day, quarter := range map[string]string{
		"2016-01-01": "2016-Q1", "2016-03-31": "2016-Q1", "2016-04-01": "2016-Q2", "2016-06-30": "2016-Q2",
		"2016-07-01": "2016-Q3", "2016-09-30": "2016-Q3", "2016-10-01": "2016-Q4", "2016-12-31": "2016-Q4",
	} {
		p := civil.PeriodOf(civil.GrainQuarter, civiltest.Day(day))
		if p.String() != quarter || !p.Contains(civiltest.Day(day)) || p != civiltest.Period(quarter) {
			t.Errorf("the quarter of %s is %s, want %s", day, p, quarter)
		}
		if year := civil.PeriodOf(civil.GrainYear, civiltest.Day(day)); year.String() != "2016" || year != civil.Year(2016) {
			t.Errorf("the year of %s is %s", day, year)
		}
	}
}

func TestAPeriodLiesBetweenItsNeighbours(t *testing.T) {
	for _, text := range []string{"2016-02-29", "2016-02", "2016-Q4", "2016", "2016-02-29/2016-03-01", "2016-05-05/2016-05-05"} {
		p := civiltest.Period(text)
		before, after := p.Previous(), p.Next()
		if before.To+1 != p.From || p.To+1 != after.From {
			t.Errorf("%s: between it and its neighbours are days: %s, %s", text, before, after)
		}
		if before.Next() != p || after.Previous() != p {
			t.Errorf("%s: the neighbours of its neighbours are others: %s, %s", text, before.Next(), after.Previous())
		}
	}
}

func TestWhatIsNoGrain(t *testing.T) {
	for _, text := range []string{"", "interval", "Month", "week"} {
		if got, err := civil.ParseGrain(text); !errors.Is(err, civil.ErrInvalid) || got != 0 {
			t.Errorf("%q is the grain %v, %v", text, got, err)
		}
	}
	if got := civil.GrainInterval.String(); got != "interval" {
		t.Errorf("an interval is called %s", got)
	}
}
