package page

import (
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// Tile is a headline figure with what it is compared with.
type Tile struct {
	Label  string
	Figure Figure
	Unit   string
	Notes  []Note
	// Status is none where no target sets one.
	Status *Status
	// Partial says how many of the parts are known, when not all are.
	Partial string
}

// Note is one comparison under a tile's figure.
type Note struct {
	Label  string
	Figure Figure
	Tone   Tone
	// Remark says what the figure is over, or what it lacks; empty for nothing.
	Remark string
}

// Tone is what a comparison means; its sign and words say it too.
type Tone string

const (
	toneNone Tone = ""
	toneGood Tone = "good"
	toneWarn Tone = "warn"
	toneBad  Tone = "bad"
)

// ToneOf reads a difference of which more is better.
func ToneOf[T int64 | float64](n programme.Number[T]) Tone {
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
func toneOfStatus(s figures.Status) Tone {
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
