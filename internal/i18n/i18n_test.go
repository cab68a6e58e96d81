package i18n

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

func load(t *testing.T) *Bundle {
	t.Helper()
	bundle, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return bundle
}

// The forms that each language's plurals take (Unicode CLDR).
var forms = map[Language][]string{
	English: {"one", "other"},
	Arabic:  {"zero", "one", "two", "few", "many", "other"},
}

func TestEveryKeyIsInBothLanguagesWithAllItsForms(t *testing.T) {
	bundle := load(t)
	for _, language := range Languages() {
		for key, entry := range bundle.texts[language] {
			if _, found := bundle.texts[language.Other()][key]; !found {
				t.Errorf("%s is in %s only", key, language)
			}
			if entry.forms == nil {
				if entry.plain == "" {
					t.Errorf("%s is empty in %s", key, language)
				}
				continue
			}
			for _, form := range forms[language] {
				if entry.forms[form] == "" {
					t.Errorf("%s lacks the form %s in %s", key, form, language)
				}
			}
		}
	}
}

func TestNoneMayHaveAFormOfItsOwn(t *testing.T) {
	words := load(t).In(English)
	for n, want := range map[int]string{0: "No findings in the data", 1: "1 finding in the data", 2: "2 findings in the data"} {
		if got := words.T("web.quality.heading", Args{"n": n}); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestBothLanguagesNameTheSameValues(t *testing.T) {
	bundle := load(t)
	for key, entry := range bundle.texts[English] {
		if entry.forms != nil {
			continue
		}
		english, arabic := names(entry.plain), names(bundle.texts[Arabic][key].plain)
		if english != arabic {
			t.Errorf("%s: English names %q, Arabic %q", key, english, arabic)
		}
	}
}

// A date such as 2016-09 turns round behind Arabic letters unless a mark goes before it.
func TestDatesInArabicTextsKeepTheirOrder(t *testing.T) {
	unmarked := regexp.MustCompile(`(^|[^0-9/\x{200e}\x{2066}-])[0-9]{4}-([0-9]{2}|Q[0-9])`)
	for key, entry := range load(t).texts[Arabic] {
		for _, text := range append(slices.Collect(maps.Values(entry.forms)), entry.plain) {
			if found := unmarked.FindString(text); found != "" {
				t.Errorf("%s: no left-to-right mark before %q", key, found)
			}
		}
	}
}

func names(text string) string {
	found := map[string]bool{}
	for _, part := range strings.Split(text, "{")[1:] {
		name, _, _ := strings.Cut(part, "}")
		found[name] = true
	}
	list := make([]string, 0, len(found))
	for name := range found {
		list = append(list, name)
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

func TestNumbers(t *testing.T) {
	bundle := load(t)
	en, ar := bundle.In(English), bundle.In(Arabic)
	for _, c := range []struct{ got, want string }{
		{en.Int(1234567), "1,234,567"},
		{en.Int(-12), "−12"},
		{ar.Int(-12), "\u2066−12\u2069"},
		{ar.Int(999), "999"},
		{en.Count(programme.Count{}), "–"},
		{en.Signed(programme.CountOf(3)), "+3"},
		{en.Signed(programme.CountOf(0)), "0"},
		{en.Percent(programme.RatioOf(681, 711)), "95.8%"},
		{en.SignedPercent(programme.RatioOf(-756, 1000)), "−75.6%"},
		{ar.SignedPercent(programme.RatioOf(31, 1000)), "\u2066+3.1%\u2069"},
		{en.Decimal(programme.RateOf(319, 12), 1), "26.6"},
		{ar.Percent(programme.RatioOf(681, 711)), "\u206695.8%\u2069"},
		{ar.Decimal(programme.RateOf(319, 12), 1), "\u206626.6\u2069"},
		{ar.State(programme.NotProvided), "غير مقدَّم"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestDates(t *testing.T) {
	bundle := load(t)
	day := civil.NewDate(2016, 9, 30)
	noon := time.Date(2016, 9, 30, 12, 5, 7, 0, time.UTC)
	for _, c := range []struct{ got, want string }{
		{bundle.In(English).Date(day), "30 September 2016"},
		{bundle.In(Arabic).Date(day), "30 سبتمبر 2016"},
		{bundle.In(English).Period(civil.Quarter(2016, 3)), "Q3 2016"},
		{bundle.In(Arabic).Period(civil.Quarter(2016, 3)), "الربع الثالث من عام 2016"},
		{bundle.In(English).Instant(noon, time.UTC), "30 September 2016, 12:05"},
		{bundle.In(Arabic).Instant(noon, time.UTC), "30 سبتمبر 2016، الساعة 12:05"},
		{bundle.In(Arabic).Second(noon, time.UTC), "30 سبتمبر 2016، الساعة 12:05:07"},
		{bundle.In(English).Date(0), "–"},
		{bundle.In(Arabic).T("admin.fault.on_weekend", Args{"date": "2016-12-02"}), "يوافق \u20662016-12-02\u2069 عطلة نهاية الأسبوع (الجمعة والسبت)."},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestFold(t *testing.T) {
	if Fold("إِصدارُ رخصةٍ ١٢") != Fold("اصدار رخصه 12") {
		t.Error("spelling variants fold apart")
	}
}
