package page

import (
	"slices"
	"testing"

	"mirsad/internal/figures"
)

// figuresOf is a visit in English with the figures of some entities.
func figuresOf(t *testing.T, codes ...string) *Visit {
	t.Helper()
	v := someone(t)
	v.Figures = &figures.Figures{}
	for _, code := range codes {
		v.Figures.Entities = append(v.Figures.Entities, figures.EntityFigures{Code: code, Name: "Ministry " + code, NameAr: "وزارة " + code})
	}
	return v
}

// values are those of options, the chosen ones with a star.
func values(options []Option) []string {
	return Each(options, func(o Option) string {
		if o.Chosen {
			return o.Value + "*"
		}
		return o.Value
	})
}

func TestEntitiesAreOfferedByName(t *testing.T) {
	v := figuresOf(t, "moj", "edu", "moi")
	list := v.Figures.Entities
	for _, c := range []struct {
		name    string
		options []Option
		want    []string
	}{
		{"a filter", v.EntityOptions(""), []string{"", "edu", "moi", "moj"}},
		{"a filter that is set", v.EntityOptions("moi"), []string{"", "edu", "moi*", "moj"}},
		{"a field", v.EntityChoices(list, "", "none"), []string{"", "edu", "moi", "moj"}},
		{"a field that is filled", v.EntityChoices(list, "moj", "none"), []string{"", "edu", "moi", "moj*"}},
		{"a field with what is no longer there", v.EntityChoices(list, "gone", "none"), []string{"", "edu", "moi", "moj", "gone*"}},
		{"a field without a catalogue", v.EntityChoices(nil, "moi", "none"), []string{"", "moi*"}},
	} {
		got := values(c.options)
		slices.Sort(got[1:])
		slices.Sort(c.want[1:])
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	byName := Each(v.EntityOptions("")[1:], func(o Option) string { return o.Text })
	if !slices.IsSorted(byName) {
		t.Errorf("%q are not in the order of names", byName)
	}
}

func TestLevelsAndWordsAreOffered(t *testing.T) {
	v := someone(t)
	if got := values(v.LevelOptions(3)); !slices.Equal(got, []string{"", "1", "2", "3*", "4"}) {
		t.Errorf("%q", got)
	}
	got := v.Options("web.counted.", "false", "true", "false")
	if !slices.Equal(values(got), []string{"", "true", "false*"}) || slices.ContainsFunc(got, func(o Option) bool { return o.Text == "" }) {
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
		if got := Matches(c.search, c.texts...); got != c.found {
			t.Errorf("%q in %q: %t", c.search, c.texts, got)
		}
	}
}
