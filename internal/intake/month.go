package intake

import (
	"regexp"
	"strings"
	"sync"
	"time"

	"mirsad/internal/civil"
)

// The forms of a month and of a quarter in digits.
var (
	monthForms = []struct {
		form        *regexp.Regexp
		year, month int
	}{
		{regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})$`), 1, 2},
		{regexp.MustCompile(`^(\d{1,2})[-/.](\d{4})$`), 2, 1},
		{regexp.MustCompile(`^((?:19|20|21)\d{2})(\d{2})$`), 1, 2},
	}
	quarterForms = []struct {
		form          *regexp.Regexp
		year, quarter int
	}{
		{regexp.MustCompile(`^(\d{4})[-/ ]?q([1-4])$`), 1, 2},
		{regexp.MustCompile(`^q([1-4])[-/ ]?(\d{4})$`), 2, 1},
		{regexp.MustCompile(`^([1-4])q[-/ ]?(\d{4})$`), 2, 1},
	}
	ordinals = strings.NewReplacer(
		"الربع الاول", "q1", "الربع الثاني", "q2", "الربع الثالث", "q3", "الربع الرابع", "q4", "الربع ", "q",
	)
	yearForm = regexp.MustCompile(`^\d{4}$`)
)

// Month reads a month: 2016-08, 2016/08, 08/2016, Aug-16, Aug 2016, August 2016, أغسطس ٢٠١٦; and its first day, which is how
// a spreadsheet keeps a month.
func (d *Dates) Month(text string) (civil.Month, Reason) {
	text = dateText(text)
	if reason := unvalued(text); reason != "" {
		return 0, reason
	}
	if month, is, reason := monthIn(text); is {
		return month, reason
	}
	switch day, reason := d.Day(text); {
	case reason == "" && day == day.Month().First():
		return day.Month(), ""
	case reason == "", reason == NotDate:
		return 0, NotMonth
	default:
		return 0, reason
	}
}

// monthIn reads a month that is not written as a day.
func monthIn(text string) (month civil.Month, is bool, reason Reason) {
	for _, each := range monthForms {
		if found := each.form.FindStringSubmatch(text); found != nil {
			month, reason = monthOf(number(found[each.year]), number(found[each.month]))
			return month, true, reason
		}
	}
	if day, month, year, is := named(text); is && day == 0 && year != 0 {
		found, reason := monthOf(year, month)
		return found, true, reason
	}
	return 0, false, ""
}

func monthOf(year, month int) (civil.Month, Reason) {
	switch {
	case ofHijri(year):
		return 0, Hijri
	case year < 1 || month < 1 || month > 12:
		return 0, NotMonth
	}
	return civil.NewMonth(year, time.Month(month)), ""
}

// Period reads a day, a month, a quarter (2016-Q3, Q3 2016), a year or an interval: 2018-04-01/2019-03-31, 01/04/2018 -
// 31/03/2019, 1 April 2018 to 31 March 2019.
func (d *Dates) Period(text string) (civil.Period, Reason) {
	if from, to, is := ends(text); is {
		return d.interval(from, to)
	}
	text = dateText(text)
	if reason := unvalued(text); reason != "" {
		return civil.Period{}, reason
	}
	folded := ordinals.Replace(Fold(text))
	for _, each := range quarterForms {
		if found := each.form.FindStringSubmatch(folded); found != nil && number(found[each.year]) > 0 {
			return civil.Quarter(number(found[each.year]), number(found[each.quarter])), ""
		}
	}
	if yearForm.MatchString(text) && number(text) > 0 {
		if ofHijri(number(text)) {
			return civil.Period{}, Hijri
		}
		return civil.Year(number(text)), ""
	}
	if month, is, reason := monthIn(text); is {
		if reason != "" {
			return civil.Period{}, reason
		}
		return month.Period(), ""
	}
	switch day, reason := d.Day(text); reason {
	case "":
		return civil.DayPeriod(day), ""
	case NotDate:
		return civil.Period{}, NotPeriod
	default:
		return civil.Period{}, reason
	}
}

// between parts the ends of an interval: a word, a dash with spaces, or a slash between two dates of the year first.
var between = regexp.MustCompile(
	`(?i)^(.*\d) *(?: - | to | until | till | إلى | الى | حتى ) *(\S.*\d)$|^(\d{4}-\d\d?-\d\d?) */ *(\d{4}-\d\d?-\d\d?)$`,
)

// ends takes an interval apart.
func ends(text string) (from, to string, is bool) {
	found := between.FindStringSubmatch(alike.Replace(Digits(Clean(text))))
	if found == nil {
		return "", "", false
	}
	return found[1] + found[3], found[2] + found[4], true
}

// Span reads a day or an interval, as a list of days has them.
func (d *Dates) Span(text string) (civil.Period, Reason) {
	if from, to, is := ends(text); is {
		return d.interval(from, to)
	}
	day, reason := d.Day(text)
	if reason != "" {
		return civil.Period{}, reason
	}
	return civil.DayPeriod(day), ""
}

// interval reads an interval by its ends, each of which may show how the other is read.
func (d *Dates) interval(from, to string) (civil.Period, Reason) {
	both := *d
	both.See(from)
	both.See(to)
	first, reason := both.Day(from)
	last, lastReason := both.Day(to)
	if reason == "" {
		reason = lastReason
	}
	switch {
	case reason == NotDate, reason == "" && first > last:
		return civil.Period{}, NotPeriod
	case reason != "":
		return civil.Period{}, reason
	default:
		return civil.Interval(first, last), ""
	}
}

// monthNames are the months of the year in both languages, as they are written in full, shortened, in the Levant and in the
// Maghreb.
var monthNames = sync.OnceValue(func() map[string]int {
	names := map[string]int{}
	for month, list := range [...]string{
		"january jan يناير كانون_الثاني جانفي", "february feb فبراير شباط فيفري", "march mar مارس آذار",
		"april apr أبريل إبريل نيسان أفريل", "may مايو أيار ماي", "june jun يونيو يونية يونيه حزيران جوان",
		"july jul يوليو يولية يوليه تموز يوليوز جويلية", "august aug أغسطس آب أوت غشت",
		"september sep sept سبتمبر أيلول شتنبر", "october oct أكتوبر تشرين_الأول",
		"november nov نوفمبر تشرين_الثاني نونبر", "december dec ديسمبر كانون_الأول دجنبر",
	} {
		for name := range strings.FieldsSeq(list) {
			names[Fold(name)] = month + 1
		}
	}
	return names
})

// ofTwoWords are the names of months that are two words.
var ofTwoWords = strings.NewReplacer(
	"كانون الثاني", "كانون_الثاني", "تشرين الاول", "تشرين_الاول",
	"تشرين الثاني", "تشرين_الثاني", "كانون الاول", "كانون_الاول",
	"كانون ثاني", "كانون_الثاني", "تشرين اول", "تشرين_الاول",
	"تشرين ثاني", "تشرين_الثاني", "كانون اول", "كانون_الاول",
)

// ordinal is a day as it is spoken, and beside are the words between a day and its month.
var (
	ordinal = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)$`)
	beside  = map[string]bool{"of": true, "من": true, "شهر": true, "سنه": true, "عام": true}
)

// named reads a date with the name of its month: the day is 0 where there is none, and so is the year.
func named(text string) (day, month, year int, is bool) {
	parts := strings.FieldsFunc(ofTwoWords.Replace(Fold(text)), func(r rune) bool {
		return r == ' ' || r == '-' || r == '/' || r == '.' || r == ','
	})
	var rest []string
	before := 0 // how many numbers are before the name
	for _, part := range parts {
		found := monthNames()[part]
		part = ordinal.ReplaceAllString(part, "$1")
		switch {
		case found != 0 && month != 0 && found != month: // one month may be named in two ways
			return 0, 0, 0, false
		case found != 0:
			month, before = found, len(rest)
		case beside[part]:
		case strings.Trim(part, "0123456789") != "":
			return 0, 0, 0, false
		default:
			rest = append(rest, part)
		}
	}
	if month == 0 || len(rest) < 1 || len(rest) > 2 {
		return 0, 0, 0, false
	}
	switch {
	case len(rest) == 2 && len(rest[0]) == 4: // 2016 Aug 31
		return number(rest[1]), month, number(rest[0]), len(rest[1]) <= 2
	case len(rest) == 2:
		return number(rest[0]), month, yearOf(rest[1]), len(rest[0]) <= 2
	case len(rest[0]) == 4:
		return 0, month, number(rest[0]), true
	case before == 0: // Aug-16 is how spreadsheets show a month, 16-Aug how they show a day
		return 0, month, yearOf(rest[0]), len(rest[0]) == 2
	default:
		return number(rest[0]), month, 0, len(rest[0]) <= 2
	}
}

// yearOf reads a year; of two digits as spreadsheet programs do.
func yearOf(digits string) int {
	year := number(digits)
	switch {
	case len(digits) == 4:
		return year
	case len(digits) != 2:
		return 0
	case year < 30:
		return 2000 + year
	default:
		return 1900 + year
	}
}
