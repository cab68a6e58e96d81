package programme

// ChannelSet is a set of channels, one bit each in the order of Channels.
type ChannelSet uint8

const (
	ChannelCount = 8
	DigitalSet   = ChannelSet(0b0000_1111)
	EverySet     = ChannelSet(0b1111_1111)
)

// ChannelIndex is the channel's place in Channels; -1 for none of them.
func ChannelIndex(c Channel) int {
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

// ChannelSetOf collects channels; unknown ones are left out.
func ChannelSetOf(channels []Channel) ChannelSet {
	var set ChannelSet
	for _, c := range channels {
		if at := ChannelIndex(c); at >= 0 {
			set |= 1 << at
		}
	}
	return set
}

func (s ChannelSet) Has(index int) bool { return s&(1<<index) != 0 }

// List returns the members in the order of Channels; never nil, so that JSON shows an empty list.
func (s ChannelSet) List() []Channel {
	members := make([]Channel, 0, ChannelCount)
	for at, c := range Channels() {
		if s.Has(at) {
			members = append(members, c)
		}
	}
	return members
}
