package page

import (
	"cmp"
	"slices"
	"strings"

	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// Option is one choice of a form.
type Option struct {
	Value, Text string
	Chosen      bool
}

// Options returns a choice of any or one of the values, worded by prefix and value.
func (w Words) Options(prefix, chosen string, values ...string) []Option {
	options := []Option{{Text: w.T("web.any")}}
	for _, value := range values {
		options = append(options, Option{Value: value, Text: w.T(prefix + value), Chosen: value == chosen})
	}
	return options
}

// LevelOptions returns a choice of any or one of the levels.
func (w Words) LevelOptions(chosen programme.Level) []Option {
	options := []Option{{Text: w.T("web.any")}}
	for _, level := range programme.Levels() {
		options = append(options, Option{
			Value: Raw(int64(level)), Chosen: level == chosen,
			Text: w.T("web.level", Args("number", int(level), "name", w.LevelName(level))),
		})
	}
	return options
}

// EntityOptions returns a choice of any or one of the entities that the reader sees.
func (v *Visit) EntityOptions(chosen string) []Option {
	options := []Option{{Text: v.T("web.any")}}
	for i := range v.Figures.Entities {
		e := &v.Figures.Entities[i]
		options = append(options, Option{Value: e.Code, Text: v.Name(e.Name, e.NameAr), Chosen: e.Code == chosen})
	}
	slices.SortStableFunc(options[1:], func(a, b Option) int { return cmp.Compare(a.Text, b.Text) })
	return options
}

// EntityChoices offers the entities, and the chosen one even when it is not among them; none is what no entity is
// called.
func (w Words) EntityChoices(list []figures.EntityFigures, chosen, none string) []Option {
	choices := []Option{{Text: none}}
	found := chosen == ""
	for i := range list {
		found = found || list[i].Code == chosen
		e := &list[i]
		choices = append(choices, Option{Value: e.Code, Text: w.Name(e.Name, e.NameAr), Chosen: e.Code == chosen})
	}
	if !found {
		choices = append(choices, Option{Value: chosen, Text: chosen, Chosen: true})
	}
	slices.SortStableFunc(choices[1:], func(a, b Option) int { return cmp.Compare(a.Text, b.Text) })
	return choices
}

// Matches reports whether any of the texts holds what is searched for, folded as search folds.
func Matches(search string, texts ...string) bool {
	wanted := i18n.Fold(strings.TrimSpace(search))
	if wanted == "" {
		return true
	}
	return slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(i18n.Fold(text), wanted) })
}
