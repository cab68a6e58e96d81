package page

import (
	"strconv"
	"strings"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
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
func (v *Visit) Whole(name string, n int) Figure {
	return Figure{Name: name, Value: strconv.Itoa(n), Text: v.Int(int64(n))}
}

// CountOf returns a count or the word for its state.
func (v *Visit) CountOf(name string, n programme.Count) Figure {
	return known(v, name, n, v.Count(n))
}

// SignedOf returns a difference with its sign.
func (v *Visit) SignedOf(name string, n programme.Count) Figure {
	return known(v, name, n, v.Signed(n))
}

// PercentOf returns a ratio as a percentage.
func (v *Visit) PercentOf(name string, n programme.Ratio) Figure {
	return known(v, name, n, v.Percent(n))
}

// Growth returns a ratio as a percentage with its sign.
func (v *Visit) Growth(name string, n programme.Ratio) Figure {
	return known(v, name, n, v.SignedPercent(n))
}

// DecimalOf returns a rate, index or median.
func (v *Visit) DecimalOf(name string, n programme.Ratio, decimals int) Figure {
	return known(v, name, n, v.Decimal(n, decimals))
}

func known[T int64 | float64](v *Visit, name string, n programme.Number[T], text string) Figure {
	if !n.Known() {
		return Figure{Name: name, Text: v.State(n.State), Unknown: true}
	}
	return Figure{Name: name, Value: Raw(n.Value), Text: text}
}

// Raw writes a value as encoding/json does for numbers of this size.
func Raw[T int64 | float64](value T) string {
	return strconv.FormatFloat(float64(value), 'f', -1, 64)
}

// Partial says how many of the expected parts a total of use has and which days they lack, or nothing of a whole one.
func (v *Visit) Partial(total figures.UsageTotal) string {
	var parts string
	if total.Parts.Reported < total.Parts.Expected {
		parts = v.T("web.partial", Args("reported", total.Parts.Reported, "n", total.Parts.Expected))
	}
	return joined(parts, daysOf(v.Words, total))
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

// Shortfall says what a number of use lacks of its period: days, by a gap in the events, or what is still to come;
// nothing of a whole one.
func Shortfall(w i18n.Words, p figures.UsagePoint) string {
	return joined(w.ToDate(p.Period, p.ToDate.Ended, p.ToDate.Of), daysOf(w, p.Total))
}

func daysOf(w i18n.Words, t figures.UsageTotal) string {
	return w.Days(t.Days.Covered, t.Days.Expected, t.Partial)
}

// joined puts remarks side by side, leaving out the empty ones.
func joined(remarks ...string) string {
	return strings.Join(Filter(remarks, func(each string) bool { return each != "" }), " · ")
}

// Compared words a comparison of use with the period before it that is named.
func Compared(w i18n.Words, c figures.Comparison, before civil.Period) string {
	return w.Growth(i18n.Growth{
		Ratio: c.LikeForLike, Direction: string(c.Direction), Before: before,
		Services: c.ServicesInBoth, LeftOut: c.LeftOut,
	})
}

// ToneOfUse marks growth by its direction: within one percent it is neither good nor bad.
func ToneOfUse(d figures.Direction) Tone {
	switch d {
	case figures.DirectionUp:
		return toneGood
	case figures.DirectionDown:
		return toneBad
	default:
		return toneNone
	}
}
