package web

import (
	"strconv"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// figure is a number on a page: its words, its raw value as the API answers it, and its name there.
type figure struct {
	Name string
	// Value is the JSON value of the API; empty when the number is unknown.
	Value string
	// Text is the number as it is read, or the word for its state.
	Text    string
	Unknown bool
}

// whole returns a count that is always known.
func (v *base) whole(name string, n int) figure {
	return figure{Name: name, Value: strconv.Itoa(n), Text: v.Int(int64(n))}
}

// count returns a count or the word for its state.
func (v *base) count(name string, n programme.Count) figure {
	return known(v, name, n, v.Count(n))
}

// signed returns a difference with its sign.
func (v *base) signed(name string, n programme.Count) figure {
	return known(v, name, n, v.Signed(n))
}

// percent returns a ratio as a percentage.
func (v *base) percent(name string, n programme.Ratio) figure {
	return known(v, name, n, v.Percent(n))
}

// growth returns a ratio as a percentage with its sign.
func (v *base) growth(name string, n programme.Ratio) figure {
	return known(v, name, n, v.SignedPercent(n))
}

// decimal returns a rate, index or median.
func (v *base) decimal(name string, n programme.Ratio, decimals int) figure {
	return known(v, name, n, v.Decimal(n, decimals))
}

func known[T int64 | float64](v *base, name string, n programme.Number[T], text string) figure {
	if !n.Known() {
		return figure{Name: name, Text: v.State(n.State), Unknown: true}
	}
	return figure{Name: name, Value: raw(n.Value), Text: text}
}

// raw writes a value as encoding/json does for numbers of this size.
func raw[T int64 | float64](value T) string {
	return strconv.FormatFloat(float64(value), 'f', -1, 64)
}

// partial says how many of the expected parts a total of use has, or nothing when it has all.
func (v *base) partial(total figures.UsageTotal) string {
	if total.Parts.Expected == 0 || total.Parts.Reported >= total.Parts.Expected {
		return ""
	}
	return v.T("web.partial", args("reported", total.Parts.Reported, "expected", total.Parts.Expected, "n", total.Parts.Expected))
}

// ratioOf returns one count as a share of another.
func ratioOf(part, whole int) programme.Ratio {
	return programme.RatioOf(float64(part), float64(whole))
}

func abs(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}
