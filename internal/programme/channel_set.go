package programme

// ChannelIndex is a channel's place in Channels.
type ChannelIndex int

// ChannelSet is a set of channels, one bit each in the order of Channels.
type ChannelSet uint8

// The number of channels, and the sets that figures are asked about.
const (
	ChannelCount ChannelIndex = 8
	DigitalSet                = ChannelSet(0b0000_1111)
	EverySet                  = ChannelSet(0b1111_1111)
)

// NoChannel is the index of a channel that is not in Channels.
const NoChannel ChannelIndex = -1

// Index returns the channel's place in Channels; NoChannel when it is not there.
func (c Channel) Index() ChannelIndex {
	switch c {
	case ChannelWeb:
		return 0
	case ChannelMobile:
		return 1
	case ChannelKiosk:
		return 2
	case ChannelAssisted:
		return 3
	case ChannelCallCentre:
		return 4
	case ChannelCounter:
		return 5
	case ChannelPost:
		return 6
	case ChannelOther:
		return 7
	default:
		return NoChannel
	}
}

// ChannelSetOf collects channels; unknown ones are left out.
func ChannelSetOf(channels []Channel) ChannelSet {
	var set ChannelSet
	for _, c := range channels {
		if at := c.Index(); at != NoChannel {
			set |= 1 << at
		}
	}
	return set
}

// Has reports whether a channel is in the set.
func (s ChannelSet) Has(channel ChannelIndex) bool { return s&(1<<channel) != 0 }

// List returns the members in the order of Channels; never nil, so that JSON shows an empty list.
func (s ChannelSet) List() []Channel {
	members := make([]Channel, 0, ChannelCount)
	for at, c := range Channels() {
		if s.Has(ChannelIndex(at)) {
			members = append(members, c)
		}
	}
	return members
}
