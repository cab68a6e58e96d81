package civil

import (
	"fmt"
	"time"
)

// Month is a calendar month, counted from January of year 0. The zero value means "no month".
type Month int32

const monthLayout = "2006-01"

// NewMonth returns the given month.
func NewMonth(year int, month time.Month) Month {
	return Month(year*12 + int(month) - 1) //nolint:gosec // months of civil years fit in 32 bits
}

// ParseMonth reads a month written as 2016-09.
func ParseMonth(text string) (Month, error) {
	t, err := time.Parse(monthLayout, text)
	if err != nil || t.Year() < 1 {
		return 0, fmt.Errorf("%w: month %q is not written like 2016-09", ErrInvalid, text)
	}
	return NewMonth(t.Year(), t.Month()), nil
}

// Year returns the calendar year.
func (m Month) Year() int { return int(m) / 12 }

// Calendar returns the month of the year.
func (m Month) Calendar() time.Month { return time.Month(int(m)%12 + 1) }

// First returns the first day of the month.
func (m Month) First() Date { return NewDate(m.Year(), m.Calendar(), 1) }

// Last returns the last day of the month.
func (m Month) Last() Date { return (m + 1).First() - 1 }

// Period returns the month as a period.
func (m Month) Period() Period { return Period{Grain: GrainMonth, From: m.First(), To: m.Last()} }

// String writes the month as 2016-09, and no month as "".
func (m Month) String() string {
	if m == 0 {
		return ""
	}
	return m.First().Time().Format(monthLayout)
}

// MarshalText writes the month as String does.
func (m Month) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads what MarshalText writes; empty text is no month.
func (m *Month) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*m = 0
		return nil
	}
	parsed, err := ParseMonth(string(text))
	if err != nil {
		return err
	}
	*m = parsed
	return nil
}
