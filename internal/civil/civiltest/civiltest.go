package civiltest

import (
	"time"

	"mirsad/internal/civil"
)

// Day reads a date such as 2016-09-30.
func Day(text string) civil.Date {
	d, err := civil.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

// Month reads a month such as 2016-09.
func Month(text string) civil.Month {
	m, err := civil.ParseMonth(text)
	if err != nil {
		panic(err)
	}
	return m
}

// Period reads a period such as 2016-Q3.
func Period(text string) civil.Period {
	p, err := civil.ParsePeriod(text)
	if err != nil {
		panic(err)
	}
	return p
}

// Noon is the middle of a day, in UTC.
func Noon(d civil.Date) time.Time { return d.Time().Add(12 * time.Hour) }
