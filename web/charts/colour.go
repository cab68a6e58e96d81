package charts

import (
	"strconv"

	"mirsad/internal/programme"
)

// Colour is a token that the page's script replaces by the style sheet's custom property of that name.
type Colour string

// The colours of a chart.
const (
	Ink    Colour = "@ink"
	Muted  Colour = "@muted"
	Rule   Colour = "@rule"
	Ground Colour = "@surface"
	Accent Colour = "@accent"
)

// LevelColour returns the level's step of the sequential ramp.
func LevelColour(level programme.Level) Colour {
	return Colour("@level-" + strconv.Itoa(int(level)))
}

// seriesColours are the ramp and greys: eight lines can't each have a hue that can be told apart, so they have dashes
// and labels too.
var seriesColours = []Colour{
	"@level-4", "@level-2", "@level-3", "@level-1", Ink, Muted, Ink, Muted,
}

// SeriesColour returns the colour of the n-th line of a chart with many.
func SeriesColour(n int) Colour { return seriesColours[n%len(seriesColours)] }

// SeriesDash returns the stroke of the n-th line of a chart with many.
func SeriesDash(n int) Dash { return []Dash{Solid, Dashed, Dotted}[n%3] }

// SeriesSymbol returns the shape at the end of the n-th line of a chart with many.
func SeriesSymbol(n int) string { return []string{"circle", "rect", "triangle", "diamond"}[n%4] }
