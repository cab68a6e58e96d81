package civil

import (
	"errors"
	"fmt"
	"time"
)

// Date is a day of the civil calendar in the programme's zone, counted in days
// since 0000-12-31. The zero value means "no date"; dates compare with < and >.
type Date int32

// ErrInvalid is what a text that is no date, month or period gives.
var ErrInvalid = errors.New("invalid")

const dateLayout = "2006-01-02"

// epoch is the day before the first one a Date can hold.
var epoch = time.Date(0, 12, 31, 0, 0, 0, 0, time.UTC)

// NewDate returns the given day; out-of-range months and days carry over, as in time.Date.
func NewDate(year int, month time.Month, day int) Date {
	return DateOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// DateOf returns the day on which t falls in t's own location.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	utc := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	return Date((utc.Unix() - epoch.Unix()) / 86400) //nolint:gosec // days of civil years fit in 32 bits
}

// ParseDate reads a day written as 2016-09-30.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(dateLayout, text)
	if err != nil || t.Year() < 1 {
		return 0, fmt.Errorf("%w: date %q is not written like 2016-09-30", ErrInvalid, text)
	}
	return DateOf(t), nil
}

// Time returns midnight UTC of the day.
func (d Date) Time() time.Time { return epoch.AddDate(0, 0, int(d)) }

// BeginsIn returns the first moment of the day in a zone.
func (d Date) BeginsIn(zone *time.Location) time.Time {
	day := d.Time()
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, zone)
}

// IsZero reports whether d is no date at all.
func (d Date) IsZero() bool { return d == 0 }

// AddDays returns the day n days later.
func (d Date) AddDays(n int) Date { return d + Date(n) } //nolint:gosec // days of civil years fit in 32 bits

// Month returns the month that holds the day.
func (d Date) Month() Month {
	t := d.Time()
	return NewMonth(t.Year(), t.Month())
}

// yearBefore returns the same calendar day a year earlier; of a 29 February the 28th.
func (d Date) yearBefore() Date {
	month := d.Month() - 12
	return min(month.First()+(d-d.Month().First()), month.Last())
}

// String writes the day as 2016-09-30, and no date as "".
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format(dateLayout)
}

// MarshalText writes the day as String does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes; empty text is no date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = 0
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}
