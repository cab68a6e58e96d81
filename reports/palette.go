package reports

import (
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// The colours: one accent, greys, and a status's own; all that carry text have at least 4.5:1 against white.
const (
	accent     = "0E4F5C"
	ink        = "1F2A30"
	muted      = "55626A"
	axisInk    = "404040"
	hairline   = "C9D1D5"
	tint       = "EEF3F4"
	sampleInk  = "7A4A00"
	sampleTint = "FDF3DF"
	white      = "FFFFFF"
)

// levelColours is the sequential ramp of the levels, each at least 3:1 against white.
var levelColours = [...]string{"6496A0", "3B7784", "0E4F5C", "052830"}

func levelColour(level programme.Level) string { return levelColours[level-1] }

// channelColours goes from the accent's ramp for the digital channels to greys for the others.
var channelColours = map[programme.Channel]string{
	programme.ChannelWeb: "0E4F5C", programme.ChannelMobile: "3B8796", programme.ChannelKiosk: "7FA9B1", programme.ChannelAssisted: "A9C4C9",
	programme.ChannelCallCentre: "55626A", programme.ChannelCounter: "7F8A90", programme.ChannelPost: "A5ADB1", programme.ChannelOther: "C9D1D5",
}

// mark is how a status looks: a shape beside its word, and its colour.
type mark struct{ shape, colour, tint string }

var marks = map[figures.Status]mark{
	figures.StatusOnTrack: {"●", "1B6B3A", "E6F2EA"},
	figures.StatusAtRisk:  {"▲", "875400", "FBF0DA"},
	figures.StatusLate:    {"■", "A3242B", "FAE7E7"},
	figures.StatusNoData:  {"○", muted, "F1F3F4"},
	figures.StatusDone:    {"✔", accent, "E3EEF0"},
}

func markOf(status figures.Status) mark {
	if found, ok := marks[status]; ok {
		return found
	}
	return marks[figures.StatusNoData]
}
