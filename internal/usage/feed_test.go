package usage

import (
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
)

// sent lists the days from first to last but those of the pauses, each named by its two ends.
func sent(first, last string, pauses ...string) []civil.Date {
	var days []civil.Date
	for day := civiltest.Day(first); day <= civiltest.Day(last); day++ {
		pause := false
		for _, each := range pauses {
			p := civiltest.Period(each)
			pause = pause || p.Contains(day)
		}
		if !pause {
			days = append(days, day)
		}
	}
	return days
}

// How many days of a month a feed does not cover, as known on a day (docs/rules.md#gap, docs/rules.md#partial-month).
func TestDaysThatAFeedDoesNotCover(t *testing.T) {
	holidays := map[civil.Date]bool{}
	for day := civiltest.Day("2016-09-11"); day <= civiltest.Day("2016-09-15"); day++ {
		holidays[day] = true
	}
	tests := map[string]struct {
		days         []civil.Date
		month, until string
		want         int
	}{
		"every day":                  {sent("2016-07-01", "2016-08-31"), "2016-08", "2016-08-31", 0},
		"a pause of four days":       {sent("2016-07-01", "2016-08-31", "2016-08-10/2016-08-13"), "2016-08", "2016-08-31", 0},
		"a gap of five days":         {sent("2016-07-01", "2016-08-31", "2016-08-10/2016-08-14"), "2016-08", "2016-08-31", 5},
		"the month before a gap":     {sent("2016-07-01", "2016-08-31", "2016-08-10/2016-08-14"), "2016-07", "2016-08-31", 0},
		"a gap over the month's end": {sent("2016-07-01", "2016-08-31", "2016-07-30/2016-08-03"), "2016-08", "2016-08-31", 3},
		"twice the longest pause": {
			sent("2016-07-01", "2016-08-31", "2016-07-05/2016-07-07", "2016-08-10/2016-08-15"),
			"2016-08",
			"2016-08-31",
			0,
		},
		"over twice the longest pause": {
			sent("2016-07-01", "2016-08-31", "2016-07-05/2016-07-07", "2016-08-10/2016-08-16"),
			"2016-08",
			"2016-08-31",
			7,
		},
		"the pause was twelve weeks ago": {
			sent("2016-01-01", "2016-08-31", "2016-05-16/2016-05-18", "2016-08-10/2016-08-14"),
			"2016-08",
			"2016-08-31",
			0,
		},
		"the pause was longer ago": {
			sent("2016-01-01", "2016-08-31", "2016-05-14/2016-05-17", "2016-08-10/2016-08-14"),
			"2016-08",
			"2016-08-31",
			5,
		},
		"holidays are no gap":       {sent("2016-07-01", "2016-09-30", "2016-09-09/2016-09-17"), "2016-09", "2016-09-30", 0},
		"a gap with holidays in it": {sent("2016-07-01", "2016-09-30", "2016-09-09/2016-09-18"), "2016-09", "2016-09-30", 10},
		"the feed begins":           {sent("2016-08-04", "2016-08-31"), "2016-08", "2016-08-31", 3},
		"before it begins":          {sent("2016-08-04", "2016-08-31"), "2016-07", "2016-08-31", 31},
		"nothing had come yet":      {sent("2016-08-04", "2016-08-31"), "2016-08", "2016-08-02", 2},
		"the feed ends":             {sent("2016-07-01", "2016-08-20"), "2016-08", "2016-08-31", 11},
		"long after it ended":       {sent("2016-07-01", "2016-08-20"), "2016-09", "2016-10-31", 30},
		"a pause that may go on":    {sent("2016-07-01", "2016-08-27"), "2016-08", "2016-08-31", 0},
		"a gap that is still open":  {sent("2016-07-01", "2016-09-10", "2016-08-10/2016-08-20"), "2016-08", "2016-08-14", 5},
		"a pause as known then":     {sent("2016-07-01", "2016-09-10", "2016-08-10/2016-08-20"), "2016-08", "2016-08-13", 0},
		"days in any order, twice": {
			append(sent("2016-08-16", "2016-08-31"), append(sent("2016-08-01", "2016-08-10"), sent("2016-08-01", "2016-08-10")...)...),
			"2016-08",
			"2016-08-31",
			5,
		},
		"nothing ever came": {nil, "2016-08", "2016-08-31", 31},
	}
	for name, test := range tests {
		got := newFeed(test.days, holidays).missing(civiltest.Month(test.month), civiltest.Day(test.until))
		if got.count() != test.want {
			t.Errorf("%s: %d days of %s missing, want %d", name, got.count(), test.month, test.want)
		}
	}
}
