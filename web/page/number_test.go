package page

import (
	"strings"
	"testing"

	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// A number on a page has the words of the language and the value of the API; what is unknown has the word of its state
// and no value.
func TestNumbersAreWordedAndKeepTheirValue(t *testing.T) {
	w := drawnIn(t, i18n.English).Words
	for _, c := range []struct {
		name        string
		got         Figure
		text, value string
	}{
		{"a whole number", w.Whole("n", 1234), "1,234", "1234"},
		{"zero", w.Whole("n", 0), "0", "0"},
		{"a count", w.CountOf("n", programme.CountOf(-3)), "−3", "-3"},
		{"a difference above", w.SignedOf("n", programme.CountOf(3)), "+3", "3"},
		{"a difference below", w.SignedOf("n", programme.CountOf(-3)), "−3", "-3"},
		{"no difference", w.SignedOf("n", programme.CountOf(0)), "0", "0"},
		{"a share", w.PercentOf("n", programme.RatioOf(637, 1000)), "63.7%", "0.637"},
		{"growth", w.Growth("n", programme.RatioOf(-31, 1000)), "−3.1%", "-0.031"},
		{"an index", w.DecimalOf("n", programme.RatioOf(1, 8), 3), "0.125", "0.125"},
		{"a rounded median", w.DecimalOf("n", programme.RatioOf(23, 2), 1), "11.5", "11.5"},
	} {
		if plain(c.got.Text) != c.text || c.got.Value != c.value || c.got.Unknown || c.got.Name != "n" {
			t.Errorf("%s: %+v, want %q (%s)", c.name, c.got, c.text, c.value)
		}
	}
	for state, want := range map[programme.State]string{
		programme.NotProvided: "not provided", programme.NotRequested: "not requested", programme.NotApplicable: "not applicable",
	} {
		for _, got := range []Figure{
			w.CountOf("n", programme.Count{State: state}), w.SignedOf("n", programme.Count{State: state}),
			w.PercentOf("n", programme.Ratio{State: state}), w.Growth("n", programme.Ratio{State: state}), w.DecimalOf("n", programme.Ratio{State: state}, 1),
		} {
			if got.Text != want || got.Value != "" || !got.Unknown {
				t.Errorf("%s: %+v", state, got)
			}
		}
	}
}

// plain is a text without the marks that isolate a number.
func plain(text string) string {
	return strings.NewReplacer("\u2066", "", "\u2067", "", "\u2068", "", "\u2069", "", "\u200e", "", "\u00a0", " ").Replace(text)
}

func TestATotalSaysWhenItIsPartial(t *testing.T) {
	w := drawnIn(t, i18n.English).Words
	for _, c := range []struct {
		reported, expected int
		want               string
	}{{0, 0, ""}, {3, 3, ""}, {4, 3, ""}, {2, 3, "2 of 3 services"}, {0, 1, "0 of 1 service"}} {
		if got := w.Partial(figures.UsageTotal{Parts: programme.Parts{Reported: c.reported, Expected: c.expected}}); got != c.want {
			t.Errorf("%d of %d: %q, want %q", c.reported, c.expected, got, c.want)
		}
	}
}

func TestToneIsOfWhatIsKnown(t *testing.T) {
	for _, c := range []struct {
		number programme.Count
		want   Tone
	}{
		{programme.CountOf(1), toneGood}, {programme.CountOf(-1), toneBad}, {programme.CountOf(0), toneNone}, {programme.Count{}, toneNone},
	} {
		if got := ToneOf(c.number); got != c.want {
			t.Errorf("%v: %q, want %q", c.number, got, c.want)
		}
	}
	for status, want := range map[figures.Status]Tone{
		figures.StatusOnTrack: toneGood, figures.StatusDone: toneGood, figures.StatusAtRisk: toneWarn, figures.StatusLate: toneBad,
		figures.StatusNoData: toneNone, "": toneNone,
	} {
		if got := toneOfStatus(status); got != want {
			t.Errorf("%q: %q, want %q", status, got, want)
		}
	}
}

func TestAStatusIsAWordInEveryLanguage(t *testing.T) {
	for _, language := range i18n.Languages() {
		w := drawnIn(t, language).Words
		seen := map[string]bool{}
		for _, status := range []figures.Status{
			figures.StatusLate, figures.StatusAtRisk, figures.StatusOnTrack, figures.StatusDone, figures.StatusNoData,
		} {
			got := w.StatusOf(status)
			if got.Code != string(status) || strings.Contains(got.Text, "⟦") || seen[got.Text] || got.Reason != "" {
				t.Errorf("%s in %s: %+v", status, language, got)
			}
			seen[got.Text] = true
		}
		if w.HeadlineStatus(&figures.Headline{}) != nil ||
			w.HeadlineStatus(&figures.Headline{Status: figures.StatusLate}).Code != "late" {
			t.Error("a headline without a target has a status")
		}
	}
}

func TestNamesAreInTheLanguageWhereThereIsOne(t *testing.T) {
	english, arabic := drawnIn(t, i18n.English).Words, drawnIn(t, i18n.Arabic).Words
	for _, c := range []struct{ name, ar, inEnglish, inArabic string }{
		{"Interior", "الداخلية", "Interior", "الداخلية"}, {"Interior", "", "Interior", "Interior"}, {"", "الداخلية", "الداخلية", "الداخلية"}, {"", "", "", ""},
	} {
		if english.Name(c.name, c.ar) != c.inEnglish || arabic.Name(c.name, c.ar) != c.inArabic {
			t.Errorf("%q, %q: %q and %q", c.name, c.ar, english.Name(c.name, c.ar), arabic.Name(c.name, c.ar))
		}
	}
	if english.Day(0) != "–" || english.Chip(0).Name != "No level" || english.Chip(3) != (LevelChip{3, "Transactional"}) {
		t.Errorf("%q, %+v, %+v", english.Day(0), english.Chip(0), english.Chip(3))
	}
}
