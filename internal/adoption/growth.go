package adoption

import (
	"cmp"

	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// Growth computes the growth of use that the query asks for. A period that begins after the date described has none.
func (u *Use) Growth(on civil.Date, q figures.GrowthQuery) figures.Growth {
	if q.Period.Grain == 0 {
		q.Period = u.LastEnded(on).Period()
	}
	q.Measure = cmp.Or(q.Measure, programme.MeasureCompleted)
	if len(q.Channels) == 0 {
		q.Channels = programme.DigitalChannels()
	}
	return u.growthFrom(on, q, func(p civil.Period) []part {
		set, measure := programme.ChannelSetOf(q.Channels), q.Measure.Index()
		if q.Entity == "" {
			return u.partsOf(p, set, measure, on)
		}
		return u.partsOfEntity(p, set, measure, on, u.FindEntity(q.Entity))
	})
}

// growthFrom compares a complete query's period with the one before and with the same of the year before, given every
// service's part of a period. A period that still runs has a total to date, and is compared with nothing
// (docs/rules.md#running-period).
func (u *Use) growthFrom(on civil.Date, q figures.GrowthQuery, partsOf func(civil.Period) []part) figures.Growth {
	previous := q.Period.Previous()
	now, before := partsOf(q.Period), partsOf(previous)
	growth := figures.Growth{
		Period: q.Period, Previous: previous, Measure: q.Measure, Channels: programme.ChannelSetOf(q.Channels).List(),
		Running: !u.Ended(q.Period, on),
		Total:   sumOf(now).figure(q.Period, on), PreviousTotal: sumOf(before).figure(previous, on),
	}
	growth.Concentration = u.concentration(now, growth.Total.Count)
	lastYear := q.Period.YearBefore()
	growth.LastYear = figures.YearOnYear{Period: lastYear, Comparison: (&comparison{}).figure()}
	if growth.Running {
		growth.Comparison = (&comparison{}).figure()
		return growth
	}
	units := u.UnitsOn(on)
	c := compare(before, now, &units)
	growth.Naive, growth.Comparison = change(growth.Total.Count, growth.PreviousTotal.Count), c.figure()
	growth.Decomposition = u.decompose(c, &units, q.Period, on)
	growth.Streak, growth.StreakEnd = u.streak(q.Period, c, before, &units, partsOf)
	growth.LastYear = yearOnYear(lastYear, now, growth.Total.Count, &units, on, partsOf)
	if lunar, is := u.sameLunarMonth(q.Period); is && lunar != lastYear {
		year := yearOnYear(lunar, now, growth.Total.Count, &units, on, partsOf)
		growth.LastLunarYear = &year
	}
	return growth
}

// sameLunarMonth is the month to which the month of Ramadan is compared by the moon (docs/rules.md#same-lunar-month).
func (u *Use) sameLunarMonth(p civil.Period) (civil.Period, bool) {
	if p.Grain != civil.GrainMonth {
		return civil.Period{}, false
	}
	month, is := u.Ramadan.MonthBefore(p.From.Month())
	return month.Period(), is
}

// yearOnYear compares a period with the same of the year before.
func yearOnYear(
	p civil.Period, now []part, total programme.Count, units *catalogue.Units, on civil.Date,
	partsOf func(civil.Period) []part,
) figures.YearOnYear {
	before := partsOf(p)
	year := figures.YearOnYear{Period: p, Total: sumOf(before).figure(p, on), Comparison: compare(before, now, units).figure()}
	year.Naive = change(total, year.Total.Count)
	return year
}

// change is naive growth: now ÷ before − 1 (docs/rules.md#naive-growth).
func change(now, before programme.Count) programme.Ratio {
	if !now.Known() || !before.Known() {
		return programme.Ratio{State: programme.NotProvided}
	}
	return programme.RatioOf(float64(now.Value-before.Value), float64(before.Value))
}

// decompose splits the change of use: existing units, new ones and lost ones sum to it exactly
// (docs/rules.md#decomposition).
func (u *Use) decompose(c *comparison, units *catalogue.Units, p civil.Period, on civil.Date) figures.Decomposition {
	d := figures.Decomposition{Existing: c.existing, Partial: c.partialTotal}
	for _, each := range c.appeared {
		if u.launchedIn(each.unit, units, p, on) {
			d.Launched += each.value
		} else {
			d.Returned += each.value
		}
	}
	for _, each := range c.missing {
		if u.retiredBy(each.unit, units, min(p.To, on)) {
			d.Retired -= each.value
		} else {
			d.Silent -= each.value
		}
	}
	d.New, d.Lost = d.Launched+d.Returned, d.Retired+d.Silent
	d.Change = d.Existing + d.New + d.Lost
	return d
}

// membersOf calls yield for each service of a unit.
func (u *Use) membersOf(unit catalogue.UnitAt, units *catalogue.Units, yield func(catalogue.ServiceAt)) {
	if units.Alone() {
		yield(catalogue.ServiceAt(unit))
		return
	}
	for i := range u.Services {
		if at := catalogue.ServiceAt(i); units.Of(at) == unit {
			yield(at)
		}
	}
}

// launchedIn reports whether a unit was live for the first time in a period; one that was not launched by the date,
// whether it reported for the first time.
func (u *Use) launchedIn(unit catalogue.UnitAt, units *catalogue.Units, p civil.Period, on civil.Date) bool {
	first, reported := civil.Never, civil.Never
	u.membersOf(unit, units, func(at catalogue.ServiceAt) {
		first = min(first, u.Services[at].Reached[figures.Claimed][0])
		footprint := u.footprint(at)
		reported = min(reported, footprint.FirstOn(on))
	})
	if first > on {
		return reported >= p.From
	}
	return p.Contains(first)
}

// retiredBy reports whether every member of a unit is retired, or out of the catalogue, on a date.
func (u *Use) retiredBy(unit catalogue.UnitAt, units *catalogue.Units, on civil.Date) bool {
	retired := true
	u.membersOf(unit, units, func(at catalogue.ServiceAt) {
		record := &u.Services[at]
		state := programme.StateOn(record.States, on)
		removed := len(record.Versions) > 0 && record.VersionOn(on) == nil
		retired = retired && (state.Retired || removed)
	})
	return retired
}

// streak counts the periods in a row whose like-for-like growth is above 0, and says why there are no more
// (docs/rules.md#growth-streak).
func (u *Use) streak(
	p civil.Period, c *comparison, before []part, units *catalogue.Units, partsOf func(civil.Period) []part,
) (int, figures.StreakEnd) {
	for n := 0; ; n++ {
		switch {
		case c.before == 0:
			return n, figures.StreakNoCommonService
		case c.now <= c.before:
			return n, figures.StreakNotGrowing
		}
		p = p.Previous()
		earlier := partsOf(p.Previous())
		c = compare(earlier, before, units)
		before = earlier
	}
}
