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
	}
	quarterForms = []struct {
		form          *regexp.Regexp
		year, quarter int
	}{
		{regexp.MustCompile(`^(\d{4})[-/ ]?q([1-4])$`), 1, 2},
		{regexp.MustCompile(`^q([1-4])[-/ ]?(\d{4})$`), 2, 1},
	}
	ordinals = strings.NewReplacer(
		"الربع الاول", "q1", "الربع الثاني", "q2", "الربع الثالث", "q3", "الربع الرابع", "q4",
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
	if year < 1 || month < 1 || month > 12 {
		return 0, NotMonth
	}
	return civil.NewMonth(year, time.Month(month)), ""
}

// Period reads a day, a month, a quarter (2016-Q3, Q3 2016), a year or an interval 2018-04-01/2019-03-31.
func (d *Dates) Period(text string) (civil.Period, Reason) {
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
		return civil.Year(number(text)), ""
	}
	if month, is, reason := monthIn(text); is {
		if reason != "" {
			return civil.Period{}, reason
		}
		return month.Period(), ""
	}
	return d.longPeriod(text)
}

// longPeriod reads an interval or a day.
func (d *Dates) longPeriod(text string) (civil.Period, Reason) {
	if from, to, found := strings.Cut(strings.ReplaceAll(text, " ", ""), "/"); found {
		first, err := civil.ParseDate(from)
		if last, lastErr := civil.ParseDate(to); err == nil && lastErr == nil && first <= last {
			return civil.Interval(first, last), ""
		}
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

// monthNames are the months of the year in both languages, as they are written in full, shortened, and in the Levant.
var monthNames = sync.OnceValue(func() map[string]int {
	names := map[string]int{}
	for month, list := range [...]string{
		"january jan يناير كانون_الثاني", "february feb فبراير شباط", "march mar مارس آذار",
		"april apr أبريل إبريل نيسان", "may مايو أيار", "june jun يونيو يونية حزيران",
		"july jul يوليو يولية يوليه تموز", "august aug أغسطس آب", "september sep sept سبتمبر أيلول",
		"october oct أكتوبر تشرين_الأول", "november nov نوفمبر تشرين_الثاني", "december dec ديسمبر كانون_الأول",
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
)

// named reads a date with the name of its month: the day is 0 where there is none, and so is the year.
func named(text string) (day, month, year int, is bool) {
	parts := strings.FieldsFunc(ofTwoWords.Replace(Fold(text)), func(r rune) bool {
		return r == ' ' || r == '-' || r == '/' || r == '.' || r == ','
	})
	at := -1
	for i, part := range parts {
		if found := monthNames()[part]; found != 0 && month == 0 {
			at, month = i, found
		} else if strings.Trim(part, "0123456789") != "" {
			return 0, 0, 0, false
		}
	}
	if at < 0 || len(parts) < 2 || len(parts) > 3 {
		return 0, 0, 0, false
	}
	rest := append(append([]string{}, parts[:at]...), parts[at+1:]...)
	switch {
	case len(rest) == 2 && len(rest[0]) == 4: // 2016 Aug 31
		return number(rest[1]), month, number(rest[0]), len(rest[1]) <= 2
	case len(rest) == 2:
		return number(rest[0]), month, yearOf(rest[1]), len(rest[0]) <= 2
	case len(rest[0]) == 4:
		return 0, month, number(rest[0]), true
	case at == 0: // Aug-16 is how spreadsheets show a month, 16-Aug how they show a day
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
