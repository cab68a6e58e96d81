package reports

import "mirsad/internal/programme"

// levelColours is the sequential ramp of the levels, each at least 3:1 against white.
var levelColours = [...]string{"6496A0", "3B7784", "0E4F5C", "052830"}

func levelColour(level programme.Level) string { return levelColours[level-1] }

// channelColours goes from the accent's ramp for the digital channels to greys for the others.
var channelColours = map[programme.Channel]string{
	programme.ChannelWeb: "0E4F5C", programme.ChannelMobile: "3B8796",
	programme.ChannelKiosk: "7FA9B1", programme.ChannelAssisted: "A9C4C9",
	programme.ChannelCallCentre: "55626A", programme.ChannelCounter: "7F8A90",
	programme.ChannelPost: "A5ADB1", programme.ChannelOther: "C9D1D5",
}
