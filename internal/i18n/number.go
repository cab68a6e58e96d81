package i18n

import (
	"strconv"
	"strings"

	"mirsad/internal/programme"
)

// missing is written in place of a number without a value.
const missing = "–"

// Int writes a whole number with grouped Latin digits: 12,345.
func (w Words) Int(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = minus, digits[1:]
	}
	return w.isolate(sign + group(digits))
}

// minus is the true minus sign; a hyphen would break from its number at a line's end.
const minus = "−"

func group(digits string) string {
	var out strings.Builder
	for i, digit := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			out.WriteByte(',')
		}
		out.WriteRune(digit)
	}
	return out.String()
}

// isolate keeps a number with a sign, a percent sign or decimals together inside right-to-left text (U+2066 … U+2069).
func (w Words) isolate(number string) string {
	if w.Language == Arabic && strings.ContainsAny(number, minus+"+%.") {
		return "\u2066" + number + "\u2069"
	}
	return number
}

// Count writes a count, or the dash where there is none; State says why.
func (w Words) Count(n programme.Count) string {
	if !n.Known() {
		return missing
	}
	return w.Int(n.Value)
}

// Signed writes a count with its sign: +12, −3, 0.
func (w Words) Signed(n programme.Count) string {
	if n.Known() && n.Value > 0 {
		return w.isolate("+" + group(strconv.FormatInt(n.Value, 10)))
	}
	return w.Count(n)
}

// Decimal writes a ratio as it is, not as a percentage, with the given decimals: 0.958, 26.6.
func (w Words) Decimal(n programme.Ratio, decimals int) string {
	if !n.Known() {
		return missing
	}
	return w.decimal(n.Value, decimals, false)
}

// Percent writes a ratio of 3 decimals as a percentage of 1 decimal: 0.958 is 95.8%.
func (w Words) Percent(n programme.Ratio) string {
	if !n.Known() {
		return missing
	}
	return w.percent(n.Value, false)
}

// SignedPercent writes a growth as a percentage with its sign: +3.1%, −25.6%.
func (w Words) SignedPercent(n programme.Ratio) string {
	if !n.Known() {
		return missing
	}
	return w.percent(n.Value, true)
}

func (w Words) percent(value float64, signed bool) string {
	number := w.plainDecimal(programme.Round(value*100, 1), 1, signed)
	return w.isolate(number + "%")
}

func (w Words) decimal(value float64, decimals int, signed bool) string {
	return w.isolate(w.plainDecimal(value, decimals, signed))
}

func (w Words) plainDecimal(value float64, decimals int, signed bool) string {
	text := strconv.FormatFloat(value, 'f', decimals, 64)
	sign := ""
	switch {
	case strings.HasPrefix(text, "-"):
		sign, text = minus, text[1:]
	case signed && value > 0:
		sign = "+"
	}
	whole, fraction, found := strings.Cut(text, ".")
	if found {
		fraction = "." + fraction
	}
	return sign + group(whole) + fraction
}

// State words the state of a number, such as not provided.
func (w Words) State(s programme.State) string {
	if s == "" {
		s = programme.NotProvided
	}
	return w.T("base.state." + string(s))
}
