package i18n

import (
	"strings"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

func TestFindings(t *testing.T) {
	bundle := load(t)
	en, ar := bundle.In(English), bundle.In(Arabic)
	differs := programme.Finding{
		Kind: programme.FindingStatementDiffers, Channel: programme.ChannelWeb, Measure: programme.MeasureCompleted,
		Period: civil.Quarter(2016, 3), Statement: programme.CountOf(12000), Events: programme.CountOf(9000), Difference: programme.RatioOf(-1, 4),
	}
	fromZero := differs
	fromZero.Statement, fromZero.Difference = programme.CountOf(0), programme.Ratio{}
	first := civil.NewDate(2016, 9, 1)
	two := programme.Finding{Kind: programme.FindingIDOnTwoDays, Keys: 1, Days: []civil.Date{first, first + 1}}
	many := programme.Finding{Kind: programme.FindingIDOnTwoDays, Keys: 1200, Days: []civil.Date{first, first + 1, first + 2, first + 3, first + 4}}
	unused := programme.Finding{
		Kind: programme.FindingLevelWithoutUse, Level: 3, Completed: programme.CountOf(0), Period: civil.Period{Grain: civil.GrainInterval, From: first - 31, To: first},
	}
	unheard := unused
	unheard.Completed = programme.Count{State: programme.NotProvided}
	for _, test := range []struct {
		words   Words
		finding programme.Finding
		want    string
	}{
		{en, differs, "Q3 2016, Web, Completed: the statement says 12,000, its events sum to 9,000 (−25.0%)."},
		{en, fromZero, "Q3 2016, Web, Completed: the statement says 0, its events sum to 9,000."},
		{en, two, "1 event id was accepted on more than one day: 1 September 2016, 2 September 2016."},
		{en, many, "1,200 event ids were accepted on more than one day: 1 September 2016, 2 September 2016, 3 September 2016 and 2 more days."},
		{en, unused, "Level 3 is claimed, but 0 online completions were reported for the period 1 August 2016 to 1 September 2016."},
		{en, unheard, "Level 3 is claimed, but no online completions were reported for the period 1 August 2016 to 1 September 2016."},
		{ar, two, "قُبل معرّف حدث واحد في أكثر من يوم: 1 سبتمبر 2016، 2 سبتمبر 2016."},
		{ar, many, "قُبل 1,200 معرّف لأحداث في أكثر من يوم: 1 سبتمبر 2016، 2 سبتمبر 2016، 3 سبتمبر 2016 ويومان آخران."},
	} {
		text, remedy := test.words.Finding(&test.finding)
		if text != test.want {
			t.Errorf("got %q, want %q", text, test.want)
		}
		if remedy == "" || strings.ContainsAny(text+remedy, "⟦{") {
			t.Errorf("%q with remedy %q is not worded", text, remedy)
		}
	}
}

// Whatever a refusal or a finding is, it has words.
func TestEveryKindIsWorded(t *testing.T) {
	for _, language := range Languages() {
		words := load(t).In(language)
		for _, code := range programme.RefusalCodes() {
			if !words.Has("base.refusal." + string(code)) {
				t.Errorf("%s: refusal %s has no words", language, code)
			}
		}
		for _, kind := range programme.FindingKinds() {
			for _, key := range []string{"base.finding_kind.", "base.finding."} {
				if !words.Has(key + string(kind)) {
					t.Errorf("%s: %s%s has no words", language, key, kind)
				}
			}
		}
	}
}

// Every wording of a finding has all its numbers, in both languages.
func TestWhatIsImplausibleIsWorded(t *testing.T) {
	bundle := load(t)
	en, ar := bundle.In(English), bundle.In(Arabic)
	may := civil.NewMonth(2016, 5)
	line := programme.Finding{
		Channel: programme.ChannelWeb, Measure: programme.MeasureCompleted, Period: may.Period(), Service: "visa",
		Value: programme.CountOf(50), Against: programme.CountOf(10), Periods: 6,
	}
	of := func(kind programme.FindingKind, change func(f *programme.Finding)) programme.Finding {
		f := line
		f.Kind = kind
		if change != nil {
			change(&f)
		}
		return f
	}
	first := may.First()
	for _, test := range []struct {
		words Words
		found programme.Finding
		want  string
	}{
		{
			en, of(programme.FindingStageAboveEarlier, func(f *programme.Finding) { f.AgainstMeasure = programme.MeasureStarted }),
			"May 2016, Web: Completed 50, more than Started 10.",
		},
		{
			ar, of(programme.FindingStageAboveEarlier, func(f *programme.Finding) { f.AgainstMeasure = programme.MeasureStarted }),
			"مايو 2016، الموقع الإلكتروني: المعاملات المكتملة 50، وهو أكثر من الطلبات التي بدأت 10.",
		},
		{
			en, of(programme.FindingRatingOutOfRange, func(f *programme.Finding) { f.Mean = programme.RateOf(50, 10) }),
			"May 2016, Web: a sum of ratings of 50 over a number of ratings of 10, a mean of 5.0. Ratings are from 1 to 5.",
		},
		{en, of(programme.FindingRatingOutOfRange, nil), "May 2016, Web: a sum of ratings of 50 without any rating."},
		{
			en, of(programme.FindingChannelNotListed, nil),
			"May 2016, Completed: 50 on a channel that the service does not have: Web.",
		},
		{
			en, of(programme.FindingUseBeforeLaunch, func(f *programme.Finding) { f.Days = []civil.Date{first} }),
			"May 2016, Web, Completed: 50, before the service’s launch on 1 May 2016.",
		},
		{
			ar, of(programme.FindingUseAfterRetirement, func(f *programme.Finding) { f.Days = []civil.Date{first} }),
			"مايو 2016، الموقع الإلكتروني، المعاملات المكتملة: 50، بعد إيقاف الخدمة بتاريخ 1 مايو 2016.",
		},
		{en, of(programme.FindingFarFromUsual, nil), "May 2016, Web, Completed: 50. The median of the 6 numbers before it: 10."},
		{
			en, of(programme.FindingFarFromUsual, func(f *programme.Finding) { f.Periods = 1 }),
			"May 2016, Web, Completed: 50. The number before it: 10.",
		},
		{ar, of(programme.FindingFarFromUsual, nil), "مايو 2016، الموقع الإلكتروني، المعاملات المكتملة: 50. وسيط 6 أعداد سابقة له: 10."},
		{en, of(programme.FindingRepeatedValue, nil), "May 2016, Web, Completed: 50 in each of 6 months in a row."},
		{en, of(programme.FindingWholeDiffers, nil), "May 2016, Web, Completed: the total is 50, its parts sum to 10."},
		{
			en, of(programme.FindingWholeDiffers, func(f *programme.Finding) { f.Incomplete = true }),
			"May 2016, Web, Completed: the total is 50, and the parts known so far already sum to 10.",
		},
		{en, of(programme.FindingBundleBesideParts, nil), "May 2016, Web: 50 completed for the bundle, 10 for its parts."},
		{en, of(programme.FindingGap, nil), "May 2016: no event was received. Days without events, holidays excluded: 50."},
		{
			en, of(programme.FindingGap, func(f *programme.Finding) { f.Open = true }),
			"May 2016: no event was received, and none since. Days without events, holidays excluded: 50.",
		},
		{
			en, of(programme.FindingPartialMonth, func(f *programme.Finding) {
				f.Services, f.Periods = 2, 0
				f.Days = []civil.Date{first, first + 1, first + 2, first + 5, first + 7, first + 9, first + 10}
			}),
			"May 2016: events cover 50 of 10 days. Days without events: 1 May 2016 to 3 May 2016, 6 May 2016, 8 May 2016 and 2 more days. " +
				"The month of 2 services is left out of comparisons.",
		},
		{
			en, of(programme.FindingUseUnderTwoSources, func(f *programme.Finding) { f.Sources = []string{"/a", "/b"} }),
			"May 2016, Web, Completed: 50 from source /a, and almost the same number, day by day, from /b (10).",
		},
		{
			en, of(programme.FindingIDOnTwoServices, func(f *programme.Finding) { f.Keys, f.Others = 7, []string{"licence"} }),
			"7 event ids were accepted for more than one service: visa, licence.",
		},
	} {
		text, remedy := test.words.Finding(&test.found)
		if text != test.want {
			t.Errorf("got %q, want %q", text, test.want)
		}
		if remedy == "" || strings.ContainsAny(text+remedy, "⟦{") {
			t.Errorf("%q with remedy %q is not worded", text, remedy)
		}
	}
}
