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
		{ar, two, "معرّف واحد لحدث قُبل في أكثر من يوم: 1 سبتمبر 2016، 2 سبتمبر 2016."},
		{ar, many, "1,200 معرّف لأحداث قُبلت في أكثر من يوم: 1 سبتمبر 2016، 2 سبتمبر 2016، 3 سبتمبر 2016 ويومان آخران."},
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
