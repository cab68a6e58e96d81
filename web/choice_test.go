package web

import (
	"slices"
	"testing"

	"mirsad/internal/figures"
)

// figuresOf is a visit in English with the figures of some entities.
func figuresOf(t *testing.T, codes ...string) *base {
	t.Helper()
	v := someone(t)
	v.figures = &figures.Figures{}
	for _, code := range codes {
		v.figures.Entities = append(v.figures.Entities, figures.EntityFigures{Code: code, Name: "Ministry " + code, NameAr: "وزارة " + code})
	}
	return v
}

// values are those of options, the chosen ones with a star.
func values(options []option) []string {
	return each(options, func(o option) string {
		if o.Chosen {
			return o.Value + "*"
		}
		return o.Value
	})
}

func TestEntitiesAreOfferedByName(t *testing.T) {
	v := figuresOf(t, "moj", "edu", "moi")
	list := v.figures.Entities
	for _, c := range []struct {
		name    string
		options []option
		want    []string
	}{
		{"a filter", v.entityOptions(""), []string{"", "edu", "moi", "moj"}},
		{"a filter that is set", v.entityOptions("moi"), []string{"", "edu", "moi*", "moj"}},
		{"a field", v.entityChoices(list, "", "none"), []string{"", "edu", "moi", "moj"}},
		{"a field that is filled", v.entityChoices(list, "moj", "none"), []string{"", "edu", "moi", "moj*"}},
		{"a field with what is no longer there", v.entityChoices(list, "gone", "none"), []string{"", "edu", "moi", "moj", "gone*"}},
		{"a field without a catalogue", v.entityChoices(nil, "moi", "none"), []string{"", "moi*"}},
	} {
		got := values(c.options)
		slices.Sort(got[1:])
		slices.Sort(c.want[1:])
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	byName := each(v.entityOptions("")[1:], func(o option) string { return o.Text })
	if !slices.IsSorted(byName) {
		t.Errorf("%q are not in the order of names", byName)
	}
}

func TestLevelsAndWordsAreOffered(t *testing.T) {
	v := someone(t)
	if got := values(v.levelOptions(3)); !slices.Equal(got, []string{"", "1", "2", "3*", "4"}) {
		t.Errorf("%q", got)
	}
	got := v.options("web.counted.", "false", "true", "false")
	if !slices.Equal(values(got), []string{"", "true", "false*"}) || slices.ContainsFunc(got, func(o option) bool { return o.Text == "" }) {
		t.Errorf("%+v", got)
	}
}

func TestASearchFoldsWhatIsTyped(t *testing.T) {
	for _, c := range []struct {
		search string
		texts  []string
		found  bool
	}{
		{"", nil, true},
		{"  ", []string{"anything"}, true},
		{"PERMIT", []string{"Renewal of a permit"}, true},
		{"إقامة", []string{"تجديد رخصة الاقامة"}, true},
		{"visa", []string{"permit", "licence"}, false},
		{"visa", []string{"permit", "visa-l2"}, true},
	} {
		if got := matches(c.search, c.texts...); got != c.found {
			t.Errorf("%q in %q: %t", c.search, c.texts, got)
		}
	}
}
