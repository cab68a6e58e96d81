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

// Partial says how many of the expected parts a total of use has and which days they lack, or nothing of a whole one.
func (w Words) Partial(total figures.UsageTotal) string {
	var parts string
	if total.Parts.Reported < total.Parts.Expected {
		parts = w.T("web.partial", Args("reported", total.Parts.Reported, "n", total.Parts.Expected))
	}
	return joined(parts, w.daysOf(total))
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
func (w Words) Shortfall(p figures.UsagePoint) string {
	return joined(w.ToDate(p.Period, p.ToDate.Ended, p.ToDate.Of), w.daysOf(p.Total))
}

func (w Words) daysOf(t figures.UsageTotal) string {
	return w.Days(t.Days.Covered, t.Days.Expected, t.Partial)
}

// joined puts remarks side by side, leaving out the empty ones.
func joined(remarks ...string) string {
	return strings.Join(Filter(remarks, func(each string) bool { return each != "" }), " · ")
}

// Compared words a comparison of use with the period before it that is named.
func (w Words) Compared(c figures.Comparison, before civil.Period) string {
	return w.Words.Growth(i18n.Growth{
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
