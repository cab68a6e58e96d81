package planbook

import (
	"strconv"
	"strings"
	"sync"

	"mirsad/internal/civil"
	"mirsad/internal/i18n"
	"mirsad/internal/intake"
	"mirsad/internal/programme"
	"mirsad/reports/sheet"
)

// visible is the text of a cell without what nobody sees: marks of direction, spaces of no width, line breaks.
func visible(text string) string { return sheet.Printable(intake.Clean(text)) }

// readCode reads the code of what a drop-down shows, or a code typed alone. Hyphens stand for the dash where they have
// spaces around them.
func readCode(text string) (string, bool) {
	for _, separator := range []string{codeSeparator, " – ", " - "} {
		if code, _, found := strings.Cut(text, separator); found {
			text = code
			break
		}
	}
	code, reason := intake.Code(text)
	return code, reason == ""
}

// levelNames are the words of the levels in both languages, folded.
var levelNames = sync.OnceValue(func() map[string]int {
	names := map[string]int{}
	for _, language := range i18n.Languages() {
		for _, level := range programme.Levels() {
			names[intake.Fold(planTexts().In(language).T("base.level."+strconv.Itoa(int(level))))] = int(level)
		}
	}
	return names
})

// readLevel reads a level by its number, its word in either language, or both as the drop-down has them; what
// contradicts itself is none.
func readLevel(text string) (programme.Level, bool) {
	level, reason := intake.Level(text, len(programme.Levels()), levelNames())
	return programme.Level(level), reason == "" //nolint:gosec // at most 4
}

// readYesNo reads yes and no in either language, or both as the drop-down has them.
func readYesNo(text string) (yes, is bool) {
	yes, reason := intake.YesNo(text)
	return yes, reason == ""
}

// readWhole reads a whole number from 0 to mostEffort.
func readWhole(text string) (int, bool) {
	number, reason := intake.Whole(text)
	if reason == intake.Shortened { // a workbook stores large numbers so, whatever it shows
		number, reason = intake.StoredWhole(text)
	}
	return int(number), reason == "" && number <= mostEffort
}

// readDay reads a day as Excel stores it, or typed as text: 2016-09-30 or, the day first, 30/09/2016.
func readDay(text string, dayZero civil.Date) (civil.Date, bool) {
	day, reason := intake.DayFirst().Day(text)
	if stored, is := intake.StoredDay(text, dayZero); reason != "" && is == "" {
		day, reason = stored, ""
	}
	if reason != "" || day < firstPlanDay || day > lastPlanDay {
		return 0, false
	}
	return day, true
}
