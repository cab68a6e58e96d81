package intake

import (
	"math"
	"regexp"
	"strconv"
	"strings"
)

// mostDigits is how many digits a whole number may have: more than any count, and it fits in 63 bits.
const mostDigits = 18

// written are the ways in which a number is written, its digits as 0-9 and signs that look alike as one: its whole part
// and its fraction.
var written = []*regexp.Regexp{
	regexp.MustCompile(`^(\d+)(?:[.,٫](\d*))?$`),
	// In groups of three behind the same sign; no number begins with a group of zeros.
	regexp.MustCompile(`^([1-9]\d{0,2}(?:(?:,\d{3})+|(?: \d{3})+|(?:'\d{3})+|(?:٬\d{3})+))(?:[.٫](\d*))?$`),
	regexp.MustCompile(`^([1-9]\d{0,2}(?:(?: \d{3})+|(?:'\d{3})+))(?:,(\d*))$`),
	// As some countries of Europe write it.
	regexp.MustCompile(`^([1-9]\d{0,2}(?:\.\d{3})+),(\d*)$`),
	regexp.MustCompile(`^([1-9]\d{0,2}(?:\.\d{3}){2,})()$`),
}

var (
	// thousands is 1,234: by its form a fraction as well, and nobody means one.
	thousands = regexp.MustCompile(`^[1-9]\d{0,2},\d{3}$`)
	// doubtful is 1.234, which is a thousand in one country and a fraction in the other.
	doubtful  = regexp.MustCompile(`^[1-9]\d{0,2}\.\d{3}$`)
	shortened = regexp.MustCompile(`(?i)^\d+(?:[.,]\d*)?E[-+]?\d+$`)
)

// alike are the signs that are typed for one another.
var alike = strings.NewReplacer(
	"،", ",", "，", ",", "’", "'", "‘", "'", "．", ".",
	"−", "-", "‐", "-", "‑", "-", "–", "-", "—", "-", "﹣", "-", "－", "-",
)

// Whole reads a whole number of 0 or more in any digits: 1234, 1,234, 1 234, 1'234, 1٬234 and 1234.0. A comma before
// other than three digits begins a fraction and is never a thousand.
func Whole(text string) (int64, Reason) {
	text = alike.Replace(Digits(Clean(text)))
	if reason := unvalued(text); reason != "" {
		return 0, reason
	}
	if number, is := strings.CutPrefix(text, "-"); is {
		return 0, below(strings.TrimSpace(number))
	}
	if inside, is := strings.CutSuffix(strings.TrimPrefix(text, "("), ")"); is && text[0] == '(' {
		return 0, below(inside) // as accountants write it
	}
	return unsigned(text)
}

// unvalued names what a spreadsheet writes where it has no value to write; empty: the cell may hold one.
func unvalued(text string) Reason {
	switch {
	case text == "":
		return Empty
	case text[0] == '=':
		return Formula
	case text[0] == '#':
		return SheetError
	default:
		return ""
	}
}

// below is the fault of a number behind a minus; zero is none.
func below(number string) Reason {
	switch value, reason := unsigned(number); {
	case reason == "" && value == 0, reason == NotNumber:
		return reason
	default:
		return Negative
	}
}

func unsigned(text string) (int64, Reason) {
	switch {
	case shortened.MatchString(text):
		return 0, Shortened
	case doubtful.MatchString(text):
		return 0, TwoNumbers
	case thousands.MatchString(text):
		return wholeOf(text, "")
	}
	for _, form := range written {
		if parts := form.FindStringSubmatch(text); parts != nil {
			return wholeOf(parts[1], parts[2])
		}
	}
	return 0, NotNumber
}

// wholeOf joins the groups of a number whose fraction is none or zero.
func wholeOf(groups, fraction string) (int64, Reason) {
	digits := strings.TrimLeft(strings.Map(digitsAlone, groups), "0")
	switch {
	case strings.Trim(fraction, "0") != "":
		return 0, Fraction
	case len(digits) > mostDigits:
		return 0, TooLarge
	case digits == "":
		return 0, ""
	}
	value, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0, NotNumber
	}
	return value, ""
}

func digitsAlone(r rune) rune {
	if r < '0' || r > '9' {
		return -1
	}
	return r
}

// mostStored is up to where a workbook's numbers are exact.
const mostStored = 1 << 53

// StoredWhole reads a whole number of 0 or more as a workbook stores its numbers, whatever it shows: 1234, 1234.0,
// 1.234E3. For cells of text there is Whole.
func StoredWhole(text string) (int64, Reason) {
	number, err := strconv.ParseFloat(Clean(text), 64)
	switch {
	case err != nil, math.IsNaN(number), math.IsInf(number, 0):
		return 0, NotNumber
	case number < 0:
		return 0, Negative
	case number > mostStored:
		return 0, TooLarge
	case number != math.Trunc(number):
		return 0, Fraction
	default:
		return int64(number), ""
	}
}
