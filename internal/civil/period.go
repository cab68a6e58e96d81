package civil

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Grain is the kind of a period.
type Grain uint8

// The kinds of period; an interval has two ends that make no month, quarter or year, and answers only to itself.
const (
	GrainDay Grain = iota + 1
	GrainMonth
	GrainQuarter
	GrainYear
	GrainInterval
)

var grainNames = [...]string{"", "day", "month", "quarter", "year", "interval"}

// String returns the grain's name in code and API.
func (g Grain) String() string { return grainNames[g] }

// ParseGrain reads day, month, quarter or year.
func ParseGrain(text string) (Grain, error) {
	for g := GrainDay; g <= GrainYear; g++ {
		if grainNames[g] == text {
			return g, nil
		}
	}
	return 0, fmt.Errorf("%w: grain %q is none of day, month, quarter, year", ErrInvalid, text)
}

// Period is the stretch of days, both ends included, that a number describes.
type Period struct {
	Grain    Grain
	From, To Date
}

var (
	quarterForm = regexp.MustCompile(`^(\d{4})-Q([1-4])$`)
	yearForm    = regexp.MustCompile(`^\d{4}$`)
)

// ParsePeriod reads 2016-09-30, 2016-09, 2016-Q3, 2016 or 2018-04-01/2019-03-31.
func ParsePeriod(text string) (Period, error) {
	if from, to, found := strings.Cut(text, "/"); found {
		return parseInterval(text, from, to)
	}
	if match := quarterForm.FindStringSubmatch(text); match != nil {
		year, _ := strconv.Atoi(match[1])
		quarter, _ := strconv.Atoi(match[2])
		return Quarter(year, quarter), nil
	}
	if yearForm.MatchString(text) && text != "0000" {
		year, _ := strconv.Atoi(text)
		return Year(year), nil
	}
	if month, err := ParseMonth(text); err == nil {
		return month.Period(), nil
	}
	if day, err := ParseDate(text); err == nil {
		return DayPeriod(day), nil
	}
	return Period{}, fmt.Errorf(
		"%w: period %q is none of 2016-09-30, 2016-09, 2016-Q3, 2016, 2018-04-01/2019-03-31",
		ErrInvalid,
		text,
	)
}

func parseInterval(text, from, to string) (Period, error) {
	first, err := ParseDate(from)
	if err != nil {
		return Period{}, err
	}
	last, err := ParseDate(to)
	if err != nil {
		return Period{}, err
	}
	if last < first {
		return Period{}, fmt.Errorf("%w: period %q ends before it begins", ErrInvalid, text)
	}
	return Interval(first, last), nil
}

// Interval returns the stretch between two days, both included; one that is exactly a whole month, quarter or year is
// that month, quarter or year (docs/rules.md#dates-months-and-periods).
func Interval(from, to Date) Period {
	for grain := GrainMonth; grain <= GrainYear; grain++ {
		if p := PeriodOf(grain, from); p.From == from && p.To == to {
			return p
		}
	}
	return Period{Grain: GrainInterval, From: from, To: to}
}

// WholeMonths reports whether a period begins with the first day of a month and ends with the last of one.
func (p Period) WholeMonths() bool {
	return p.From == p.From.Month().First() && p.To == p.To.Month().Last()
}

// moved returns an interval some times its own length later: counted in months when it is of whole months, else in days.
func (p Period) moved(times int) Period {
	if p.WholeMonths() {
		return p.inMonths(Month(times) * (p.To.Month() - p.From.Month() + 1)) //nolint:gosec // 1 or −1
	}
	days := times * int(p.To-p.From+1)
	return Interval(p.From.AddDays(days), p.To.AddDays(days))
}

// DayPeriod returns one day as a period.
func DayPeriod(d Date) Period { return Period{Grain: GrainDay, From: d, To: d} }

// Quarter returns quarter 1 to 4 of a calendar year.
func Quarter(year, quarter int) Period {
	first := NewMonth(year, time.Month(quarter*3-2))
	return Period{Grain: GrainQuarter, From: first.First(), To: (first + 2).Last()}
}

// Year returns a calendar year.
func Year(year int) Period {
	return Period{Grain: GrainYear, From: NewDate(year, 1, 1), To: NewDate(year, 12, 31)}
}

// PeriodOf returns the period of a grain (day to year) that holds the day.
func PeriodOf(grain Grain, day Date) Period {
	month := day.Month()
	switch grain {
	case GrainDay:
		return DayPeriod(day)
	case GrainQuarter:
		return Quarter(month.Year(), (int(month.Calendar())+2)/3)
	case GrainYear:
		return Year(month.Year())
	default:
		return month.Period()
	}
}

// Previous returns the period of the same grain just before; before an interval of whole months the one of as many
// months, before another the one of as many days (docs/rules.md#dates-months-and-periods).
func (p Period) Previous() Period {
	if p.Grain == GrainInterval {
		return p.moved(-1)
	}
	return PeriodOf(p.Grain, p.From-1)
}

// YearBefore returns the same period a year earlier: a day and an interval of days by the calendar's day, the 29th of
// February by the 28th; every other by its months.
func (p Period) YearBefore() Period {
	if p.WholeMonths() {
		return p.inMonths(-12)
	}
	if p.Grain == GrainDay {
		return DayPeriod(p.From.yearBefore())
	}
	return Interval(p.From.yearBefore(), p.To.yearBefore())
}

// inMonths returns a period of whole months that is as long and begins some months later.
func (p Period) inMonths(months Month) Period {
	return Interval((p.From.Month() + months).First(), (p.To.Month() + months).Last())
}

// Next returns the period just after, as Previous returns the one before.
func (p Period) Next() Period {
	if p.Grain == GrainInterval {
		return p.moved(1)
	}
	return PeriodOf(p.Grain, p.To+1)
}

// Contains reports whether the day lies in the period.
func (p Period) Contains(d Date) bool { return p.From <= d && d <= p.To }

// String writes the period in the form that ParsePeriod reads; no period is "".
func (p Period) String() string {
	switch p.Grain {
	case GrainDay:
		return p.From.String()
	case GrainMonth:
		return p.From.Month().String()
	case GrainQuarter:
		month := p.From.Month()
		return fmt.Sprintf("%04d-Q%d", month.Year(), (int(month.Calendar())+2)/3)
	case GrainYear:
		return fmt.Sprintf("%04d", p.From.Month().Year())
	case GrainInterval:
		return p.From.String() + "/" + p.To.String()
	default:
		return ""
	}
}

// MarshalText writes the period as String does.
func (p Period) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads what ParsePeriod reads; empty text is no period.
func (p *Period) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*p = Period{}
		return nil
	}
	parsed, err := ParsePeriod(string(text))
	if err != nil {
		return err
	}
	*p = parsed
	return nil
}
