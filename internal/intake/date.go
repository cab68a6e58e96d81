package intake

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"mirsad/internal/civil"
)

// Dates reads the dates of one table. What 01/03/2015 means is decided by the other dates of the table, once each was
// shown to See; without such evidence it is refused. The zero value has seen none.
type Dates struct{ dayFirst, monthFirst bool }

// DayFirst reads 01/03/2015 as 1 March, where a form says so beside its cells.
func DayFirst() *Dates { return &Dates{dayFirst: true} }

// See takes a cell for evidence of which part comes first in the table's dates.
func (d *Dates) See(text string) {
	parts := numbered(dateText(text))
	if parts == nil || parts.yearFirst {
		return
	}
	d.dayFirst = d.dayFirst || parts.first > 12
	d.monthFirst = d.monthFirst || parts.second > 12
}

// Day reads a day: 2016-09-30, 2016/9/30, 30/09/2016, 30 September 2016, 30-Sep-16, Sep 30, 2016, ٣٠ سبتمبر ٢٠١٦, also with a
// time of day, which is left out.
func (d *Dates) Day(text string) (civil.Date, Reason) {
	text = dateText(text)
	if reason := unvalued(text); reason != "" {
		return 0, reason
	}
	if parts := numbered(text); parts != nil {
		return d.numberedDay(parts)
	}
	if day, month, year, is := named(text); is {
		switch {
		case year == 0:
			return 0, NoYear
		case day == 0:
			return 0, NotDate
		}
		return dayOf(year, month, day)
	}
	switch {
	case shortYear.MatchString(text):
		return 0, ShortYear
	case serial.MatchString(text):
		return 0, SerialDate
	default:
		return 0, NotDate
	}
}

// The forms of a date in digits.
var (
	yearFirst = regexp.MustCompile(`^(\d{4})([-/.])(\d{1,2})[-/.](\d{1,2})$`)
	yearLast  = regexp.MustCompile(`^(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4})$`)
	shortYear = regexp.MustCompile(`^\d{1,2}[-/.]\d{1,2}[-/.]\d{2}$`)
	// serial is a day since 1950 as a workbook counts it.
	serial = regexp.MustCompile(`^(1[89]|[2-7]\d)\d{3}([.,]\d+)?$`)
	// timeOfDay is what follows a date that a program wrote.
	timeOfDay = regexp.MustCompile(`(?i)(?:T| +)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[ap]\.?m\.?| ?[صم])?(?: ?Z| ?[-+]\d{2}:?\d{2}?)?$`)
)

// dateText is a cell as dates are read: in plain digits, dashes of one kind, no time of day.
func dateText(text string) string {
	return strings.TrimSpace(timeOfDay.ReplaceAllString(alike.Replace(Digits(Clean(text))), ""))
}

// dateParts are the three numbers of a date.
type dateParts struct {
	year, first, second int
	yearFirst           bool
}

func numbered(text string) *dateParts {
	if found := yearFirst.FindStringSubmatch(text); found != nil {
		return &dateParts{year: number(found[1]), first: number(found[3]), second: number(found[4]), yearFirst: true}
	}
	if found := yearLast.FindStringSubmatch(text); found != nil {
		return &dateParts{year: number(found[4]), first: number(found[1]), second: number(found[3])}
	}
	return nil
}

// number is the value of a few digits.
func number(digits string) int {
	n, _ := strconv.Atoi(digits) // a pattern matched them
	return n
}

func (d *Dates) numberedDay(p *dateParts) (civil.Date, Reason) {
	switch {
	case p.yearFirst:
		return dayOf(p.year, p.first, p.second)
	case p.first > 12 || p.first == p.second:
		return dayOf(p.year, p.second, p.first)
	case p.second > 12:
		return dayOf(p.year, p.first, p.second)
	case d.dayFirst == d.monthFirst:
		return 0, TwoDates
	case d.dayFirst:
		return dayOf(p.year, p.second, p.first)
	default:
		return dayOf(p.year, p.first, p.second)
	}
}

// dayOf returns a day that the calendar has.
func dayOf(year, month, day int) (civil.Date, Reason) {
	date := civil.NewDate(year, time.Month(month), day)
	if at := date.Time(); year < 1 || at.Year() != year || int(at.Month()) != month || at.Day() != day {
		return 0, NoSuchDay
	}
	return date, ""
}

// mostSerial is the count of days up to the year 2447.
const mostSerial = 200_000

// StoredDay reads a day as a workbook stores it: counted from its day 0, the time of day left out.
func StoredDay(text string, dayZero civil.Date) (civil.Date, Reason) {
	days, err := strconv.ParseFloat(Clean(text), 64)
	if err != nil || dayZero.IsZero() || !(days >= 1 && days < mostSerial) {
		return 0, NotDate
	}
	return dayZero.AddDays(int(days)), ""
}

// momentForm is a day with a time of day: the parts between which people put spaces.
var momentForm = regexp.MustCompile(`(?i)^(\d{4}-\d{2}-\d{2})[T ]+(\d{1,2}:\d{2})(:\d{2})?([.,]\d+)? ?(Z|UTC|GMT|[-+]\d{1,2}(?::?\d{2})?)?$`)

// Moment reads a date with a time of day and its offset, and returns it as RFC 3339 writes it: also 2016-09-30 9:15 +3.
func Moment(text string) (string, Reason) {
	text = Digits(Clean(text))
	if reason := unvalued(text); reason != "" {
		return "", reason
	}
	parts := momentForm.FindStringSubmatch(strings.ReplaceAll(text, "−", "-"))
	if parts == nil {
		return "", NotMoment
	}
	clock, seconds, fraction := parts[2], parts[3], strings.Replace(parts[4], ",", ".", 1)
	if len(clock) < len("09:15") {
		clock = "0" + clock
	}
	if seconds == "" {
		seconds = ":00"
	}
	offset, is := offsetOf(strings.ToUpper(parts[5]))
	if !is {
		return "", NoOffset
	}
	moment := parts[1] + "T" + clock + seconds + fraction + offset
	if _, err := time.Parse(time.RFC3339, moment); err != nil {
		return "", NotMoment
	}
	return moment, ""
}

// offsetOf writes an offset as RFC 3339 does; false: there is none.
func offsetOf(text string) (offset string, is bool) {
	switch text {
	case "":
		return "", false
	case "Z", "UTC", "GMT":
		return "Z", true
	}
	digits := strings.Map(digitsAlone, text)
	if len(digits)%2 == 1 {
		digits = "0" + digits
	}
	if len(digits) == len("03") {
		digits += "00"
	}
	return text[:1] + digits[:2] + ":" + digits[2:], true
}
