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
