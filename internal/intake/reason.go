package intake

// Reason says why a cell can't be read; empty: it can. It is part of the key of its words, intake.<reason> in the locales.
type Reason string

// Why a cell can't be read.
const (
	// Empty is a cell in which nobody sees anything.
	Empty Reason = "empty"
	// NotNumber is a text that is no number.
	NotNumber Reason = "not_number"
	// Fraction is a number that is not whole: 99.5, and 99,5 too.
	Fraction Reason = "fraction"
	// TwoNumbers is 1.234: a thousand and more in one country, a fraction in the other.
	TwoNumbers Reason = "two_numbers"
	// Negative is a number below zero.
	Negative Reason = "negative"
	// TooLarge is a number of more digits than anything has.
	TooLarge Reason = "too_large"
	// Shortened is 1.2E+05: a spreadsheet wrote fewer digits than it has.
	Shortened Reason = "shortened"
	// Formula is =A1+A2 where its result belongs.
	Formula Reason = "formula"
	// SheetError is #REF! and the like: what a spreadsheet shows where it has no value.
	SheetError Reason = "sheet_error"
	// NotDate is a text that is no date.
	NotDate Reason = "not_date"
	// NoSuchDay is a date that the calendar doesn't have.
	NoSuchDay Reason = "no_such_day"
	// TwoDates is 01/03/2015: 1 March in one country, 3 January in the other.
	TwoDates Reason = "two_dates"
	// ShortYear is 31/08/16, whose parts may each be the year.
	ShortYear Reason = "short_year"
	// NoYear is 16-Aug.
	NoYear Reason = "no_year"
	// SerialDate is 42583: a date as a workbook counts it, in a text.
	SerialDate Reason = "serial_date"
	// Hijri is a date of the Islamic calendar, whose days this one's can't be counted from for sure.
	Hijri Reason = "hijri"
	// NotMonth is a text that is no month.
	NotMonth Reason = "not_month"
	// NotPeriod is a text that is no day, month, quarter, year or interval.
	NotPeriod Reason = "not_period"
	// NotMoment is a text that is no date with a time of day.
	NotMoment Reason = "not_moment"
	// NoOffset is a time of day that does not say in which zone.
	NoOffset Reason = "no_offset"
	// NotYesNo is neither yes nor no.
	NotYesNo Reason = "not_yes_no"
	// NotLevel is no level, or says two of them.
	NotLevel Reason = "not_level"
	// NotCode is a text that can be no code.
	NotCode Reason = "not_code"
)

// Reasons returns every reason why a cell can't be read.
func Reasons() []Reason {
	return []Reason{
		Empty, NotNumber, Fraction, TwoNumbers, Negative, TooLarge, Shortened, Formula, SheetError, NotDate, NoSuchDay,
		TwoDates, ShortYear, NoYear, SerialDate, Hijri, NotMonth, NotPeriod, NotMoment, NoOffset, NotYesNo, NotLevel, NotCode,
	}
}
