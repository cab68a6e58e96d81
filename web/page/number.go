package page

import (
	"strconv"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// Figure is a number on a page: its words, its raw value as the API answers it, and its name there.
type Figure struct {
	Name string
	// Value is the JSON value of the API; empty when the number is unknown.
	Value string
	// Text is the number as it is read, or the word for its state.
	Text    string
	Unknown bool
}

// Whole returns a count that is always known.
func (w Words) Whole(name string, n int) Figure {
	return Figure{Name: name, Value: strconv.Itoa(n), Text: w.Int(int64(n))}
}

// CountOf returns a count or the word for its state.
func (w Words) CountOf(name string, n programme.Count) Figure {
	return known(w, name, n, w.Count(n))
}

// SignedOf returns a difference with its sign.
func (w Words) SignedOf(name string, n programme.Count) Figure {
	return known(w, name, n, w.Signed(n))
}

// PercentOf returns a ratio as a percentage.
func (w Words) PercentOf(name string, n programme.Ratio) Figure {
	return known(w, name, n, w.Percent(n))
}

// Growth returns a ratio as a percentage with its sign.
func (w Words) Growth(name string, n programme.Ratio) Figure {
	return known(w, name, n, w.SignedPercent(n))
}

// DecimalOf returns a rate, index or median.
func (w Words) DecimalOf(name string, n programme.Ratio, decimals int) Figure {
	return known(w, name, n, w.Decimal(n, decimals))
}

func known[T int64 | float64](w Words, name string, n programme.Number[T], text string) Figure {
	if !n.Known() {
		return Figure{Name: name, Text: w.State(n.State), Unknown: true}
	}
	return Figure{Name: name, Value: Raw(n.Value), Text: text}
}

// Raw writes a value as encoding/json does for numbers of this size.
func Raw[T int64 | float64](value T) string {
	return strconv.FormatFloat(float64(value), 'f', -1, 64)
}

// Partial says how many of the expected parts a total of use has, or nothing when it has all.
func (w Words) Partial(total figures.UsageTotal) string {
	if total.Parts.Expected == 0 || total.Parts.Reported >= total.Parts.Expected {
		return ""
	}
	return w.T(
		"web.partial",
		Args("reported", total.Parts.Reported, "expected", total.Parts.Expected, "n", total.Parts.Expected),
	)
}

// RatioOf returns one count as a share of another.
func RatioOf(part, whole int) programme.Ratio {
	return programme.RatioOf(float64(part), float64(whole))
}

// Abs is a number without its sign.
func Abs(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}
