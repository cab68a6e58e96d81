package usage

import "mirsad/internal/programme"

// ServiceAt is the place of a service in an Index, in the order in which NewIndex met them.
type ServiceAt int32

// EntityAt is the place of an entity in an Index, in the order in which NewIndex met them.
type EntityAt int32

// lineAt is the place of a line's series in an Index.
type lineAt int32

// No place at all. NoService is the place of a service whose use nothing is known of; where a question can be
// limited to what one entity reported, NoEntity asks for all of it.
const (
	NoService ServiceAt = -1
	NoEntity  EntityAt  = -1
	noLine    lineAt    = -1
)

// several is the place of more than one entity.
const several EntityAt = -2

// Line is one measure of one service on one channel.
type Line struct {
	Service ServiceAt
	Channel programme.ChannelIndex
	Measure programme.MeasureIndex
}

// ofEvents reports whether sums of events add to the line's measure.
func (l Line) ofEvents() bool { return l.Measure >= 0 && l.Measure <= lastOfEvents }

// lastOfEvents is the last of the measures that events add to: the ratings after it are only ever stated.
var lastOfEvents = programme.MeasureCompleted.Index()
