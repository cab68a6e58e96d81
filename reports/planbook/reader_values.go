package planbook

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"mirsad/internal/civil"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/reports/sheet"
)

// visible is the text of a cell without what nobody sees: marks of direction, spaces of no width, line breaks.
func visible(text string) string {
	return sheet.Printable(strings.Map(func(c rune) rune {
		if unicode.Is(unicode.Cf, c) {
			return -1
		}
		return c
	}, text))
}

// codePattern is what codes of the catalogue look like.
var codePattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`)

// readCode reads the code of what a drop-down shows, or a code typed alone. Hyphens stand for the dash where they have
// spaces around them.
func readCode(text string) (string, bool) {
	for _, separator := range []string{codeSeparator, " – ", " - "} {
		if code, _, found := strings.Cut(text, separator); found {
			text = code
			break
		}
	}
	code := i18n.Digits(strings.TrimSpace(text))
	return code, codePattern.MatchString(code)
}

// words are the words of the levels and of yes and no in both languages, folded.
type words struct {
	levels map[string]programme.Level
	yesNo  map[string]bool
}

var planWords = sync.OnceValue(func() words {
	w := words{levels: map[string]programme.Level{}, yesNo: map[string]bool{
		"y": true, "true": true, "1": true, "x": true, "✓": true, "✔": true, "n": false, "false": false, "0": false,
	}}
	for _, language := range i18n.Languages() {
		texts := planTexts().In(language)
		for _, level := range programme.Levels() {
			w.levels[i18n.Fold(texts.T("base.level."+strconv.Itoa(int(level))))] = level
		}
		w.yesNo[i18n.Fold(texts.T("template.yes"))] = true
		w.yesNo[i18n.Fold(texts.T("template.no"))] = false
	}
	return w
})

// readLevel reads a level by its number, its word in either language, or both as the drop-down has them; what
// contradicts itself is none.
func readLevel(text string) (programme.Level, bool) {
	var level programme.Level
	for _, part := range choiceParts(text) {
		found, is := planWords().levels[i18n.Fold(part)]
		if number, err := strconv.ParseFloat(i18n.Digits(part), 64); err == nil &&
			(number == 1 || number == 2 || number == 3 || number == 4) {
			found, is = programme.Level(number), true
		}
		if !is || (level != 0 && found != level) {
			return 0, false
		}
		level = found
	}
	return level, level != 0
}

// readYesNo reads yes and no in either language, or both as the drop-down has them.
func readYesNo(text string) (yes, is bool) {
	for i, part := range choiceParts(text) {
		found, known := planWords().yesNo[i18n.Fold(part)]
		if !known || (i > 0 && found != yes) {
			return false, false
		}
		yes, is = found, true
	}
	return yes, is
}

// choiceParts takes what a drop-down shows apart.
func choiceParts(text string) []string {
	parts := strings.FieldsFunc(text, func(c rune) bool { return c == '·' || c == '—' || c == '–' })
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

// readWhole reads a whole number from 0 to mostEffort.
func readWhole(text string) (int, bool) {
	number, err := strconv.ParseFloat(i18n.Digits(text), 64)
	if err != nil || number != math.Trunc(number) || number < 0 || number > mostEffort {
		return 0, false
	}
	return int(number), true
}

// The ways a date is typed as text: the year first, or the day first and the year with four digits.
var (
	yearFirst = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$`)
	dayFirst  = regexp.MustCompile(`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$`)
)

// readDay reads a day as Excel stores it, or typed as text: 2016-09-30 or, the day first, 30/09/2016.
func readDay(text string, dayZero civil.Date) (civil.Date, bool) {
	text = i18n.Digits(text)
	var day civil.Date
	if parts := yearFirst.FindStringSubmatch(text); parts != nil {
		day = dayOf(parts[1], parts[2], parts[3])
	} else if parts := dayFirst.FindStringSubmatch(text); parts != nil {
		day = dayOf(parts[3], parts[2], parts[1])
	} else if number, err := strconv.ParseFloat(text, 64); err == nil && number > 0 && number < 1e6 {
		day = dayZero.AddDays(int(number))
	}
	if day < firstPlanDay || day > lastPlanDay {
		return 0, false
	}
	return day, true
}

// dayOf is the day of a year, month and day in digits; none when the calendar has no such day.
func dayOf(year, month, day string) civil.Date {
	numbers := [3]int{}
	for i, text := range []string{year, month, day} {
		numbers[i], _ = strconv.Atoi(text) // digits, as the patterns say
	}
	date := civil.NewDate(numbers[0], time.Month(numbers[1]), numbers[2])
	if at := date.Time(); int(at.Month()) != numbers[1] || at.Day() != numbers[2] {
		return 0
	}
	return date
}
