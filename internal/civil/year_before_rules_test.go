package civil_test

import (
	"testing"

	"mirsad/internal/civil/civiltest"
)

// The same period of the year before keeps its day of the month, the last of a shorter February excepted.
func TestTheSamePeriodOfTheYearBefore(t *testing.T) {
	for period, want := range map[string]string{
		"2016-09-30": "2015-09-30", "2016-02-29": "2015-02-28", "2016-03-01": "2015-03-01", "2016-03-17": "2015-03-17",
		"2016-09": "2015-09", "2016-Q1": "2015-Q1", "2016": "2015", "2016-03-05/2016-04-20": "2015-03-05/2015-04-20",
		"2016-02-10/2016-02-29": "2015-02-10/2015-02-28",
	} {
		if got := civiltest.Period(period).YearBefore().String(); got != want {
			t.Errorf("%s: %s, want %s", period, got, want)
		}
	}
}

// An interval of whole months has neighbours of as many months, any other one of as many days.
func TestTheNeighboursOfAnInterval(t *testing.T) {
	for period, want := range map[string][2]string{
		"2016-03-01/2016-04-30": {"2016-01-01/2016-02-29", "2016-05-01/2016-06-30"},
		"2016-02-01/2016-03-31": {"2015-12-01/2016-01-31", "2016-04-01/2016-05-31"},
		"2016-03-01/2016-04-29": {"2016-01-01/2016-02-29", "2016-04-30/2016-06-28"},
		"2016-03-02/2016-04-30": {"2016-01-02/2016-03-01", "2016-05-01/2016-06-29"},
	} {
		p := civiltest.Period(period)
		if p.Previous() != civiltest.Period(want[0]) || p.Next() != civiltest.Period(want[1]) {
			t.Errorf("%s is between %s and %s, want %s and %s", period, p.Previous(), p.Next(), want[0], want[1])
		}
	}
}
