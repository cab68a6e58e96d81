package programme

// channelSet is a set of channels, one bit each in the order of Channels.
type channelSet uint8

const (
	channelCount = 8
	digitalSet   = channelSet(0b0000_1111)
	everySet     = channelSet(0b1111_1111)
)

// channelIndex is the channel's place in Channels; -1 for none of them.
func channelIndex(c Channel) int {
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
		return -1
	}
}

// channelSetOf collects channels; unknown ones are left out.
func channelSetOf(channels []Channel) channelSet {
	var set channelSet
	for _, c := range channels {
		if at := channelIndex(c); at >= 0 {
			set |= 1 << at
		}
	}
	return set
}

func (s channelSet) has(index int) bool { return s&(1<<index) != 0 }

// list returns the members in the order of Channels; never nil, so that JSON shows an empty list.
func (s channelSet) list() []Channel {
	members := make([]Channel, 0, channelCount)
	for at, c := range Channels() {
		if s.has(at) {
			members = append(members, c)
		}
	}
	return members
}
