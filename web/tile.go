package web

import (
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// tile is a headline figure with what it is compared with.
type tile struct {
	Label  string
	Figure figure
	Unit   string
	Notes  []note
	// Status is none where no target sets one.
	Status *status
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
	toneWarn tone = "warn"
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

// toneOfStatus marks a comparison by the status that it gives.
func toneOfStatus(s figures.Status) tone {
	switch s {
	case figures.StatusOnTrack, figures.StatusDone:
		return toneGood
	case figures.StatusAtRisk:
		return toneWarn
	case figures.StatusLate:
		return toneBad
	default:
		return toneNone
	}
}
