package adoption

import (
	"math/bits"

	"mirsad/internal/catalogue"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// comparison is what units reported in two periods, line by line.
type comparison struct {
	// before and now are the use of the lines reported in both periods and partial in neither.
	before, now            int64
	units, lines           int // that are compared
	leftOut, partial       int // lines: reported and not compared, and those of them for a gap
	appeared, missing      []unitUse
	existing, partialTotal int64 // changes: of units that reported in both, and of lines left out for a gap
}

// unitUse is what a unit reported in the one period in which it reported.
type unitUse struct {
	unit  catalogue.UnitAt
	value int64
}

// compare sets the parts of two periods side by side, the members of a succession together
// (docs/rules.md#like-for-like).
func compare(before, now []part, units *catalogue.Units) *comparison {
	was, is := byUnit(before, units), byUnit(now, units)
	c := &comparison{}
	for i := range was {
		c.add(catalogue.UnitAt(i), &was[i], &is[i])
	}
	return c
}

func byUnit(parts []part, units *catalogue.Units) []part {
	if units.Alone() {
		return parts
	}
	sums := make([]part, len(parts))
	for i := range parts {
		sums[units.Of(catalogue.ServiceAt(i))].add(&parts[i])
	}
	return sums
}

// add compares a unit's lines, and places what it reported among the existing, the new and the lost.
func (c *comparison) add(unit catalogue.UnitAt, was, is *part) {
	reported, partial := was.channels|is.channels, was.partial|is.partial
	both := was.channels & is.channels &^ partial
	c.leftOut += sizeOf(reported &^ both)
	c.partial += sizeOf(partial)
	if both != 0 {
		c.units++
		c.lines += sizeOf(both)
		c.before += was.over(both)
		c.now += is.over(both)
	}
	c.partialTotal += is.over(partial) - was.over(partial)
	whole := reported &^ partial
	earlier, later := was.channels&whole != 0, is.channels&whole != 0
	switch {
	case earlier && later:
		c.existing += is.over(whole) - was.over(whole)
	case later:
		c.appeared = append(c.appeared, unitUse{unit, is.over(whole)})
	case earlier:
		c.missing = append(c.missing, unitUse{unit, was.over(whole)})
	}
}

// over is a part's use on some channels.
func (p *part) over(set programme.ChannelSet) int64 {
	var sum int64
	for channel, value := range p.lines {
		if set.Has(programme.ChannelIndex(channel)) {
			sum += value
		}
	}
	return sum
}

func sizeOf(set programme.ChannelSet) int { return bits.OnesCount8(uint8(set)) }

// likeForLike is the growth of the lines that are compared.
func (c *comparison) likeForLike() programme.Ratio {
	return programme.RatioOf(float64(c.now-c.before), float64(c.before))
}

// figure says where use goes, and over what that is said.
func (c *comparison) figure() figures.Comparison {
	return figures.Comparison{
		LikeForLike: c.likeForLike(), Direction: c.direction(),
		ServicesInBoth: c.units, LinesInBoth: c.lines, LeftOut: c.leftOut, Partial: c.partial, Step: c.step(),
	}
}

// flatPercent is up to which percentage, either way, use is flat (docs/rules.md#rising-flat-and-falling).
const flatPercent = 1

func (c *comparison) direction() figures.Direction {
	switch grown := (c.now - c.before) * 100; {
	case c.before == 0:
		return ""
	case grown > flatPercent*c.before:
		return figures.DirectionUp
	case grown < -flatPercent*c.before:
		return figures.DirectionDown
	default:
		return figures.DirectionFlat
	}
}

// step names what moved the total another way than the lines that are compared: whichever of new and silent reporters
// weighs more.
func (c *comparison) step() figures.Step {
	appeared, missing := sumUnits(c.appeared), sumUnits(c.missing)
	change := c.existing + c.partialTotal + appeared - missing
	direction := c.direction()
	switch {
	case direction == figures.DirectionFlat && abs(change)*100 <= flatPercent*c.before:
		return ""
	case direction != figures.DirectionUp && change > 0 && appeared > 0:
		return figures.StepOfNewReporters
	case direction != figures.DirectionDown && change < 0 && missing > 0:
		return figures.StepOfSilentReporters
	default:
		return ""
	}
}

func sumUnits(list []unitUse) int64 {
	var sum int64
	for _, each := range list {
		sum += each.value
	}
	return sum
}

func abs(n int64) int64 { return max(n, -n) }
