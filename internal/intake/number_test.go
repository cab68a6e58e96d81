package intake_test

import (
	"strings"
	"testing"

	"mirsad/internal/intake"
)

func TestWholeNumbersAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]int64{
		"0": 0, "12": 12, "007": 7, "-0": 0, "1234": 1234, " 12\t": 12, "999999999999999999": 999_999_999_999_999_999,
		"00000000000000000001": 1,
		// groups
		"1,234": 1234, "12,345,678": 12_345_678, "1 234": 1234, "1\u00a0234": 1234, "1\u202f234": 1234, "1\u2009234": 1234,
		"1'234": 1234, "1’234": 1234, "1٬234": 1234, "1،234": 1234, "1.234.567": 1_234_567,
		// whole numbers with a fraction of nothing
		"1234.0": 1234, "1234.": 1234, "12.00": 12, "1,234.0": 1234, "99,0": 99, "1234,00": 1234, "1.234,0": 1234, "1 234,0": 1234,
		"0.000": 0, "1234.000": 1234, "0,000": 0, "١٢٫٠": 12,
		// digits of other keyboards
		"١٢٣٤": 1234, "١٬٢٣٤": 1234, "۱۲۳": 123, "１２": 12,
		// marks that nobody sees
		"\u200f1234": 1234, "\u202a12\u202c": 12, "\u206812\u2069": 12, "\ufeff7": 7, "1\u00ad2": 12, "\u200b3": 3, "\u061c4": 4,
	} {
		got, reason := intake.Whole(text)
		if reason != "" || got != want {
			t.Errorf("%q is %d, %v; want %d", text, got, reason, want)
		}
	}
}

func TestWhatIsNoWholeNumber(t *testing.T) {
	for text, want := range map[string]intake.Reason{
		"": intake.Empty, " \u200f\u00a0": intake.Empty,
		"99,5": intake.Fraction, "12,34": intake.Fraction, "1.5": intake.Fraction, "0,123": intake.Fraction, "1234,567": intake.Fraction,
		"1,234.5": intake.Fraction, "1.234,5": intake.Fraction, "٩٩٫٥": intake.Fraction, "1,2345": intake.Fraction, "0.5": intake.Fraction,
		"1.234": intake.TwoNumbers, "1.000": intake.TwoNumbers, "123.456": intake.TwoNumbers,
		"-1": intake.Negative, "−5": intake.Negative, "(5)": intake.Negative, "-1,234": intake.Negative, "-2.5": intake.Negative,
		"1.2E+05": intake.Shortened, "1e3": intake.Shortened, "1,23E+06": intake.Shortened,
		"=1+1": intake.Formula, "=A1": intake.Formula, "#REF!": intake.SheetError, "#N/A": intake.SheetError, "########": intake.SheetError,
		"9999999999999999999": intake.TooLarge, strings.Repeat("9", 30): intake.TooLarge,
		"ten": intake.NotNumber, "+1": intake.NotNumber, "0x1": intake.NotNumber, "'5": intake.NotNumber, "12 34": intake.NotNumber,
		"1,23,456": intake.NotNumber, "1,234,56": intake.NotNumber, "1,234 567": intake.NotNumber, ",5": intake.NotNumber, "-": intake.NotNumber,
		"12%": intake.NotNumber, "QAR 5": intake.NotNumber, "1 2": intake.NotNumber, "-x": intake.NotNumber, "0 123": intake.NotNumber,
	} {
		if got, reason := intake.Whole(text); reason != want || got != 0 {
			t.Errorf("%q is %d, %v; want %s", text, got, reason, want)
		}
	}
}

func TestWholeNumbersAsWorkbooksStoreThem(t *testing.T) {
	for text, want := range map[string]int64{"0": 0, "1234": 1234, "1234.0": 1234, "1.234": -1, "1.234E3": 1234, "1E+15": 1e15} {
		if got, reason := intake.StoredWhole(text); (reason == "") != (want >= 0) || (reason == "" && got != want) {
			t.Errorf("%q is %d, %v; want %d", text, got, reason, want)
		}
	}
	for text, want := range map[string]intake.Reason{
		"0.5": intake.Fraction, "-1": intake.Negative, "1E300": intake.TooLarge, "NaN": intake.NotNumber, "x": intake.NotNumber,
		"Inf": intake.NotNumber, "1,234": intake.NotNumber,
	} {
		if _, reason := intake.StoredWhole(text); reason != want {
			t.Errorf("%q is %v, want %s", text, reason, want)
		}
	}
}
