package programme

import (
	"fmt"
	"slices"
)

// Channel is a way a service is used.
type Channel string

// The channels; the first four are digital.
const (
	ChannelWeb        Channel = "web"
	ChannelMobile     Channel = "mobile"
	ChannelKiosk      Channel = "kiosk"
	ChannelAssisted   Channel = "assisted"
	ChannelCallCentre Channel = "call_centre"
	ChannelCounter    Channel = "counter"
	ChannelPost       Channel = "post"
	ChannelOther      Channel = "other"
)

// Channels lists all channels, the digital ones first.
func Channels() []Channel {
	return []Channel{
		ChannelWeb, ChannelMobile, ChannelKiosk, ChannelAssisted,
		ChannelCallCentre, ChannelCounter, ChannelPost, ChannelOther,
	}
}

// DigitalChannels lists web, mobile, kiosk and assisted.
func DigitalChannels() []Channel { return Channels()[:4] }

// Digital reports whether the channel counts as digital use.
func (c Channel) Digital() bool { return slices.Contains(DigitalChannels(), c) }

// ParseChannel reads a channel's name; anything else is ErrInvalid.
func ParseChannel(text string) (Channel, error) {
	if c := Channel(text); slices.Contains(Channels(), c) {
		return c, nil
	}
	return "", fmt.Errorf("%w: channel %q is none of %v", ErrInvalid, text, Channels())
}
