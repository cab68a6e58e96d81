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
	if from, to, is := ends(text); is {
		d.See(from)
		d.See(to)
		return
	}
	parts := numbered(dateText(text))
	if parts == nil || parts.yearFirst {
		return
	}
	d.dayFirst = d.dayFirst || parts.first > 12
	d.monthFirst = d.monthFirst || parts.second > 12
}

// Day reads a day: 2016-09-30, 2016/9/30, 20160930, 30/09/2016, 30 September 2016, Friday, 30th Sep 2016, 30-Sep-16,
// Sep 30, 2016, ٣٠ سبتمبر ٢٠١٦, also with a time of day, which is left out.
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
	case hijri.MatchString(text):
		return 0, Hijri
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
	compact   = regexp.MustCompile(`^((?:19|20|21)\d{2})()(\d{2})(\d{2})$`)
	shortYear = regexp.MustCompile(`^\d{1,2}[-/.]\d{1,2}[-/.]\d{2}$`)
	// serial is a day since 1950 as a workbook counts it.
	serial = regexp.MustCompile(`^(1[89]|[2-7]\d)\d{3}([.,]\d+)?$`)
	// timeOfDay is what follows a date that a program wrote.
	timeOfDay = regexp.MustCompile(`(?i)(?:T| +)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[ap]\.?m\.?| ?[صم])?(?: ?Z| ?[-+]\d{2}:?\d{2}?)?$`)
)

// What people write around a date: the day of the week before it, the era behind it, spaces around its dashes.
var (
	weekday = regexp.MustCompile(`(?i)^(?:(?:sun|mon|tue|wed|thu|fri|sat)[a-z]*|` +
		`(?:يوم )?ال(?:[أا]حد|[إا]ثنين|ثلاثاء|[أا]ربعاء|خميس|جمعة|سبت))[ ,.-]+`)
	gregorian = regexp.MustCompile(`(\d) ?م$`)
	spaced    = regexp.MustCompile(` *([-/.]) *`)
	// hijri is a date that says of itself that it is of the Islamic calendar.
	hijri = regexp.MustCompile(`\d ?هـ?$|محرم|صفر|ربيع ال|جماد[ىي] |رجب|شعبان|رمضان|شوال|ذ[وي] ال`)
)

// dateText is a cell as dates are read: in plain digits, dashes of one kind, no time of day.
func dateText(text string) string {
	text = timeOfDay.ReplaceAllString(alike.Replace(Digits(Clean(text))), "")
	text = gregorian.ReplaceAllString(weekday.ReplaceAllString(text, ""), "$1")
	return strings.TrimSpace(spaced.ReplaceAllString(text, "$1"))
}

// dateParts are the three numbers of a date.
type dateParts struct {
	year, first, second int
	yearFirst           bool
}

func numbered(text string) *dateParts {
	for _, form := range []*regexp.Regexp{yearFirst, compact} {
		if found := form.FindStringSubmatch(text); found != nil {
			return &dateParts{year: number(found[1]), first: number(found[3]), second: number(found[4]), yearFirst: true}
		}
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
	case ofHijri(p.year):
		return 0, Hijri
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

// ofHijri reports whether a year is one that people live in by the Islamic calendar; nothing is of that year by this one.
func ofHijri(year int) bool { return year >= 1300 && year < 1600 }

// dayOf returns a day that the calendar has.
func dayOf(year, month, day int) (civil.Date, Reason) {
	if ofHijri(year) {
		return 0, Hijri
	}
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
