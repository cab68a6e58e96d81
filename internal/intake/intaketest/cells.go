package intaketest

import "mirsad/internal/intake"

// Number is a cell where a whole number belongs: its value, or why it is refused.
type Number struct {
	Text   string
	Value  int64
	Reason intake.Reason
}

// Numbers are whole numbers as people write them, and what is none.
func Numbers() []Number {
	return []Number{
		{Text: "1234", Value: 1234},
		{Text: "1,234", Value: 1234},
		{Text: "1 234", Value: 1234},
		{Text: "1\u00a0234", Value: 1234},
		{Text: "1\u202f234", Value: 1234},
		{Text: "1\u2009234", Value: 1234},
		{Text: "1'234", Value: 1234},
		{Text: "1234.0", Value: 1234},
		{Text: "1,234.00", Value: 1234},
		{Text: "1.234,00", Value: 1234},
		{Text: "١٢٣٤", Value: 1234},
		{Text: "١٬٢٣٤", Value: 1234},
		{Text: "١٬٢٣٤٫٠", Value: 1234},
		{Text: "۱۲۳۴", Value: 1234},
		{Text: "\u200f1234\u200f", Value: 1234},
		{Text: "\u2068\u202a1234\u202c\u2069", Value: 1234},
		{Text: "99,5", Reason: intake.Fraction},
		{Text: "12,34", Reason: intake.Fraction},
		{Text: "1.234,56", Reason: intake.Fraction},
		{Text: "٩٩٫٥", Reason: intake.Fraction},
		{Text: "1.234", Reason: intake.TwoNumbers},
		{Text: "-5", Reason: intake.Negative},
		{Text: "(5)", Reason: intake.Negative},
		{Text: "1.2E+05", Reason: intake.Shortened},
		{Text: "12%", Reason: intake.NotNumber},
		{Text: "ten", Reason: intake.NotNumber},
		{Text: "=A1", Reason: intake.Formula},
		{Text: "#REF!", Reason: intake.SheetError},
		{Text: "9999999999999999999", Reason: intake.TooLarge},
	}
}

// Day is a cell where a day belongs: the day, or why it is refused.
type Day struct {
	Text, Day string
	Reason    intake.Reason
}

// Days are days as people write them, and what is none.
func Days() []Day {
	return []Day{
		{Text: "2016-09-30", Day: "2016-09-30"},
		{Text: "2016-9-30", Day: "2016-09-30"},
		{Text: "2016/09/30", Day: "2016-09-30"},
		{Text: "30/09/2016", Day: "2016-09-30"},
		{Text: "30.9.2016", Day: "2016-09-30"},
		{Text: "9/30/2016", Day: "2016-09-30"},
		{Text: "30 Sep 2016", Day: "2016-09-30"},
		{Text: "30-Sep-16", Day: "2016-09-30"},
		{Text: "Friday, September 30, 2016", Day: "2016-09-30"},
		{Text: "30th September 2016", Day: "2016-09-30"},
		{Text: "٣٠/٩/٢٠١٦", Day: "2016-09-30"},
		{Text: "۳۰/۹/۲۰۱۶", Day: "2016-09-30"},
		{Text: "30 سبتمبر 2016", Day: "2016-09-30"},
		{Text: "الجمعة، ٣٠ أيلول، ٢٠١٦", Day: "2016-09-30"},
		{Text: "2016-09-30 00:00:00", Day: "2016-09-30"},
		{Text: "2016-09-30T00:00:00Z", Day: "2016-09-30"},
		{Text: "\u200f30/09/2016", Day: "2016-09-30"},
		{Text: "31/02/2016", Reason: intake.NoSuchDay},
		{Text: "30/09/16", Reason: intake.ShortYear},
		{Text: "30-Sep", Reason: intake.NoYear},
		{Text: "1437/12/28", Reason: intake.Hijri},
		{Text: "soon", Reason: intake.NotDate},
		{Text: "=TODAY()", Reason: intake.Formula},
		{Text: "#N/A", Reason: intake.SheetError},
	}
}

// Answer is a cell where yes or no belongs.
type Answer struct {
	Text string
	Yes  bool
}

// Answers are yes and no as people write them.
func Answers() []Answer {
	return []Answer{
		{"yes", true},
		{"Y", true},
		{"TRUE", true},
		{"1", true},
		{"x", true},
		{"نعم", true},
		{"\u200fنعم", true},
		{"صحيح", true},
		{"نعم · Yes", true},
		{"no", false},
		{"N", false},
		{"False", false},
		{"0", false},
		{"٠", false},
		{"لا", false},
		{"لا\u00a0", false},
	}
}
