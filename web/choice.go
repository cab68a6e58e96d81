package web

import (
	"cmp"
	"slices"
	"strings"

	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// option is one choice of a form.
type option struct {
	Value, Text string
	Chosen      bool
}

// options returns a choice of any or one of the values, worded by prefix and value.
func (v *base) options(prefix, chosen string, values ...string) []option {
	options := []option{{Text: v.T("web.any")}}
	for _, value := range values {
		options = append(options, option{Value: value, Text: v.T(prefix + value), Chosen: value == chosen})
	}
	return options
}

// levelOptions returns a choice of any or one of the levels.
func (v *base) levelOptions(chosen programme.Level) []option {
	options := []option{{Text: v.T("web.any")}}
	for _, level := range programme.Levels() {
		options = append(options, option{
			Value: raw(int64(level)), Chosen: level == chosen,
			Text: v.T("web.level", args("number", int(level), "name", v.levelName(level))),
		})
	}
	return options
}

// entityOptions returns a choice of any or one of the entities that the reader sees.
func (v *base) entityOptions(chosen string) []option {
	options := []option{{Text: v.T("web.any")}}
	for i := range v.figures.Entities {
		e := &v.figures.Entities[i]
		options = append(options, option{Value: e.Code, Text: v.name(e.Name, e.NameAr), Chosen: e.Code == chosen})
	}
	slices.SortStableFunc(options[1:], func(a, b option) int { return cmp.Compare(a.Text, b.Text) })
	return options
}

// entityChoices offers the entities, and the chosen one even when it is not among them; none is what no entity is
// called.
func (v *base) entityChoices(list []figures.EntityFigures, chosen, none string) []option {
	choices := []option{{Text: none}}
	found := chosen == ""
	for i := range list {
		found = found || list[i].Code == chosen
		e := &list[i]
		choices = append(choices, option{Value: e.Code, Text: v.name(e.Name, e.NameAr), Chosen: e.Code == chosen})
	}
	if !found {
		choices = append(choices, option{Value: chosen, Text: chosen, Chosen: true})
	}
	slices.SortStableFunc(choices[1:], func(a, b option) int { return cmp.Compare(a.Text, b.Text) })
	return choices
}

// matches reports whether any of the texts holds what is searched for, folded as search folds.
func matches(search string, texts ...string) bool {
	wanted := i18n.Fold(strings.TrimSpace(search))
	if wanted == "" {
		return true
	}
	return slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(i18n.Fold(text), wanted) })
}
