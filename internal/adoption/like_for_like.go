package adoption

import (
	"mirsad/internal/catalogue"
	"mirsad/internal/programme"
)

// comparison is what units reported in two periods.
type comparison struct {
	common            int // units that reported in both
	commonBefore      int64
	commonNow         int64
	appeared, missing []unitUse
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
		unit := catalogue.UnitAt(i)
		switch {
		case was[i].reported() && is[i].reported():
			c.common++
			c.commonBefore += was[i].value
			c.commonNow += is[i].value
		case is[i].reported():
			c.appeared = append(c.appeared, unitUse{unit, is[i].value})
		case was[i].reported():
			c.missing = append(c.missing, unitUse{unit, was[i].value})
		}
	}
	return c
}

func byUnit(parts []part, units *catalogue.Units) []part {
	if units.Alone() {
		return parts
	}
	sums := make([]part, len(parts))
	for i, p := range parts {
		sum := &sums[units.Of(catalogue.ServiceAt(i))]
		sum.rank = sum.rank.First(p.rank)
		sum.value += p.value
	}
	return sums
}

func (c *comparison) likeForLike() programme.Ratio {
	return programme.RatioOf(float64(c.commonNow-c.commonBefore), float64(c.commonBefore))
}
