package web

import "mirsad/internal/programme"

// tile is a headline figure with what it is compared with.
type tile struct {
	Label  string
	Figure figure
	Unit   string
	Notes  []note
	// Partial says how many of the parts are known, when not all are.
	Partial string
}

// note is one comparison under a tile's figure.
type note struct {
	Label  string
	Figure figure
	Tone   tone
}

// tone is what a comparison means; its sign and words say it too.
type tone string

const (
	toneNone tone = ""
	toneGood tone = "good"
	toneBad  tone = "bad"
)

// toneOf reads a difference of which more is better.
func toneOf[T int64 | float64](n programme.Number[T]) tone {
	switch {
	case !n.Known() || n.Value == 0:
		return toneNone
	case n.Value > 0:
		return toneGood
	default:
		return toneBad
	}
}
