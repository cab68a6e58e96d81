package planbook

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"mirsad/reports/sheet"
)

// Excel shows at most so many characters of a prompt, and of its title.
const (
	longestPrompt = 250
	longestTitle  = 32
)

// validate gives a column its drop-down or rule, and its prompt.
func (t *template) validate(s *sheet.Sheet, column int, c *planColumn, last int) {
	if c.input == inputNone {
		return
	}
	rule := excelize.NewDataValidation(true)
	rule.SetSqref(s.Address(column, planFirstRow) + ":" + s.Address(column, last))
	t.limit(rule, c)
	title, _, _ := strings.Cut(t.heading(c), "\n")
	rule.SetInput(sheet.Shorten(title, longestTitle), t.hint("template.prompt."+promptOf(c)))
	style := excelize.DataValidationErrorStyleStop
	if c.key == keyService { // a new service's code is typed
		style = excelize.DataValidationErrorStyleWarning
	}
	rule.SetError(style, sheet.Shorten(title, longestTitle), t.hint("template.refusal."+refusalOf(c)))
	t.Keep(t.File.AddDataValidation(s.Name, rule))
}

// limit sets what the column takes.
func (t *template) limit(rule *excelize.DataValidation, c *planColumn) {
	switch c.input {
	case inputChoice:
		rule.SetSqrefDropList(t.lists[c.list])
	case inputYesNo:
		rule.SetSqrefDropList(t.lists["yes_no"])
	case inputDate:
		t.Keep(rule.SetRange(sheet.Serial(firstPlanDay), sheet.Serial(lastPlanDay), excelize.DataValidationTypeDate,
			excelize.DataValidationOperatorBetween))
	case inputWhole:
		t.Keep(rule.SetRange(0, mostEffort, excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween))
	case inputText, inputNone:
		most := longestPlanText
		if c.key == keyName || c.key == keyNameAr {
			most = longestPlanName
		}
		t.Keep(rule.SetRange(0, most, excelize.DataValidationTypeTextLength, excelize.DataValidationOperatorBetween))
	}
}

// hint is a text in both languages that a prompt or a refusal has room for.
func (t *template) hint(key string) string {
	return sheet.Shorten(t.both(key, "\n"), longestPrompt)
}

// promptOf names the words of a column's prompt: its own, or those of its kind.
func promptOf(c *planColumn) string {
	family, _, _ := strings.Cut(c.key, ".")
	switch family {
	case "before", "after":
		return "effort"
	default:
		return family
	}
}

// refusalOf names the words of what a column does not take.
func refusalOf(c *planColumn) string {
	switch {
	case c.key == keyService:
		return "service"
	case c.input == inputDate:
		return "date"
	case c.input == inputWhole:
		return "whole"
	case c.input == inputText:
		return "text"
	default:
		return "choice"
	}
}
