package intake_test

import (
	"slices"
	"testing"

	"mirsad/internal/intake"
)

func TestYesAndNoInBothLanguages(t *testing.T) {
	for _, text := range []string{"yes", "Yes", "Y", "TRUE", "1", "1.0", "x", "X", "✓", "✔️", "نعم", "نعم · Yes", "yes — نعم", "\u200fنعم", "أجل", "١"} {
		if yes, reason := intake.YesNo(text); reason != "" || !yes {
			t.Errorf("%q is %v, %v", text, yes, reason)
		}
	}
	for _, text := range []string{"no", "N", "False", "0", "لا", "لا · No", "٠", "لا\u00a0"} {
		if yes, reason := intake.YesNo(text); reason != "" || yes {
			t.Errorf("%q is %v, %v", text, yes, reason)
		}
	}
	for text, want := range map[string]intake.Reason{
		"": intake.Empty, "maybe": intake.NotYesNo, "yes · لا": intake.NotYesNo, "2": intake.NotYesNo, "·": intake.NotYesNo, "=F2": intake.Formula,
		"yes please": intake.NotYesNo,
	} {
		if _, reason := intake.YesNo(text); reason != want {
			t.Errorf("%q: %v, want %s", text, reason, want)
		}
	}
}

func TestLevelsAsPeopleNameThem(t *testing.T) {
	names := map[string]int{intake.Fold("Interactive"): 2, intake.Fold("تفاعلي"): 2, intake.Fold("Integrated"): 4}
	for text, want := range map[string]int{
		"2": 2, "2.0": 2, "٢": 2, "level 2": 2, "Level2": 2, "L2": 2, "المستوى ٢": 2, "مستوى 2": 2, "Interactive": 2, "تفاعليّ": 2, "2 · Interactive": 2,
		"2 – Interactive": 2, "2 - interactive": 2, "2 (Interactive)": 2, "Interactive · تفاعلي": 2, "level 2: Interactive": 2, "2 interactive": 2, "4": 4,
		"\u200f2": 2,
	} {
		if got, reason := intake.Level(text, 4, names); reason != "" || got != want {
			t.Errorf("%q is %d, %v; want %d", text, got, reason, want)
		}
	}
	for text, want := range map[string]intake.Reason{
		"": intake.Empty, "0": intake.NotLevel, "5": intake.NotLevel, "2.5": intake.NotLevel, "3 · Interactive": intake.NotLevel, "high": intake.NotLevel,
		"level": intake.NotLevel, "3 interactive": intake.NotLevel, "·": intake.NotLevel, "#REF!": intake.SheetError, "2 2": intake.NotLevel,
	} {
		if got, reason := intake.Level(text, 4, names); reason != want || got != 0 {
			t.Errorf("%q: %d, %v, want %s", text, got, reason, want)
		}
	}
}

func TestListsByAnySeparator(t *testing.T) {
	for text, want := range map[string][]string{
		"": nil, " ; ,": nil, "web": {"web"}, "web;counter": {"web", "counter"}, "web, mobile": {"web", "mobile"}, "web،mobile": {"web", "mobile"},
		"web | mobile": {"web", "mobile"}, "web؛ mobile": {"web", "mobile"}, "web\nmobile\r\nweb": {"web", "mobile"}, "call centre;web": {"call centre", "web"},
		"\u200fweb\u200f;\u00a0mobile": {"web", "mobile"},
	} {
		if got := intake.List(text); !slices.Equal(got, want) {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	if got := intake.Codes("moi moe;MOI, m\u200bof،a/b"); !slices.Equal(got, []string{"moi", "moe", "mof", "a/b"}) {
		t.Errorf("codes are %q", got)
	}
}

func TestCodes(t *testing.T) {
	for text, want := range map[string]string{"moi-1": "moi-1", " MOI_1.2 ": "MOI_1.2", "moi-1\u200f": "moi-1", "moi‑١": "moi-1", "moi–1": "moi-1", "moi—1": "moi-1", "moi－1": "moi-1", "\ufeffa": "a"} {
		if got, reason := intake.Code(text); reason != "" || got != want {
			t.Errorf("%q is %q, %v; want %q", text, got, reason, want)
		}
	}
	for text, want := range map[string]intake.Reason{"": intake.Empty, "\u200b": intake.Empty, "a b": intake.NotCode, "رمز": intake.NotCode, "-a": intake.NotCode, "=A1": intake.Formula} {
		if _, reason := intake.Code(text); reason != want {
			t.Errorf("%q: %v, want %s", text, reason, want)
		}
	}
	if !intake.SameCode("Moi-1", "moi-1") || intake.SameCode("moi-1", "moi-2") {
		t.Error("codes are compared without case")
	}
}

func TestTextAsPeopleSeeIt(t *testing.T) {
	for text, want := range map[string]string{
		"a": "a", "\u200ea\u202a b\u202c\u2068\u2069\ufeff\u00ad\u200d": "a b", "a\u00a0b\u202fc\u2009d\te\nf": "a b c d e f", " ": "", "\u0600 1": "\u0600 1",
	} {
		if got := intake.Clean(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{
		" \u200fa\u202c b\nc \u200d": "a b\nc", "می\u200cروم": "می\u200cروم", "✔️": "✔️", "\u200c": "",
	} {
		if got := intake.Prose(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]bool{
		"a": true, "نعم": true, "": false, " \u00a0": false, "\u202e": false, "\u200f\u200f": false, "\ufff9": false, "\u200b": false, "\u3164": false,
		"\u200fa": true, "\u0600": true, "\u0001": false,
	} {
		if got := intake.Seen(text); got != want {
			t.Errorf("%q is seen: %v", text, got)
		}
	}
	for text, want := range map[string]string{"إدارة": "اداره", "أحمَد": "احمد", "\u200fABC": "abc", "٣": "3", "کلید": "كليد"} {
		if got := intake.Fold(text); got != want {
			t.Errorf("%q folds to %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"moi‑1": "moi-1", "MOI-1\u200f": "moi-1", "ﺭﺧﺼﺔ": "رخصه", "ﻻ": "لا", "Ｍoi": "moi", "don’t": "don't", "إدارة ٣": "اداره 3", "Visa ": "visa",
	} {
		if got := intake.Sought(text); got != want {
			t.Errorf("%q is sought as %q, want %q", text, got, want)
		}
	}
}
