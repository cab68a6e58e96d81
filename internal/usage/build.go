package usage

import (
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// NewIndex indexes the use that is known: one pass gives every service, channel and measure its line, a second
// fills the months, and statements then take precedence.
func NewIndex(use programme.Use) *Index {
	x := &Index{
		services: map[string]ServiceAt{},
		entities: map[string]EntityAt{},
		stated:   map[statedKey]stated{},
		shares:   map[monthKey][]share{},

		statedParts: map[monthKey]bool{},
	}
	months := x.placeSums(use.Months)
	statements := x.placeStatements(use.Statements)
	x.allocate()
	x.fill(use.Months, months)
	x.state(use.Statements, statements)
	x.joinFeeds(use)
	x.byDay = x.sumDays(use.Days, use.DaysFrom, use.DaysTo)
	x.settleMonths()
	return x
}

// rowPlace is where a row of sums or a statement goes.
type rowPlace struct {
	service ServiceAt
	entity  EntityAt
	line    lineAt
}

// nowhere is the place of a row that is not indexed.
var nowhere = rowPlace{service: NoService, entity: NoEntity, line: noLine}

// placeSums gives each row of monthly sums its service, entity and line, and widens what they cover. Rows without
// events are those that a rollup took back.
func (x *Index) placeSums(rows []programme.EventSum) []rowPlace {
	places := make([]rowPlace, len(rows))
	for i := range rows {
		row := &rows[i]
		if row.Events <= 0 {
			places[i] = nowhere
			continue
		}
		at := rowPlace{service: x.addService(row.Service), entity: x.addEntity(row.Entity), line: noLine}
		month := row.Period.From.Month()
		x.events[at.service].widen(month)
		if channel := row.Channel.Index(); channel != programme.NoChannel {
			first := &x.channels[channelSlot(at.service, channel)]
			*first = min(*first, month)
		}
		l := Line{at.service, row.Channel.Index(), row.Stage.Measure().Index()}
		if l.Channel != programme.NoChannel && l.Measure != programme.NoMeasure {
			at.line = x.addLine(l)
			x.lines[at.line].widen(month)
		}
		places[i] = at
	}
	return places
}

func (x *Index) placeStatements(rows []programme.Statement) []rowPlace {
	places := make([]rowPlace, len(rows))
	for i := range rows {
		row := &rows[i]
		channel, measure := row.Channel.Index(), row.Measure.Index()
		if channel == programme.NoChannel || measure == programme.NoMeasure || row.Period.Grain == 0 {
			places[i] = nowhere
			continue
		}
		at := rowPlace{service: x.addService(row.Service), entity: x.addEntity(row.Entity)}
		at.line = x.addLine(Line{at.service, channel, measure})
		if withinMonth(row.Period) {
			x.lines[at.line].widen(row.Period.From.Month())
		}
		places[i] = at
	}
	return places
}

func (x *Index) addService(code string) ServiceAt {
	at, found := x.services[code]
	if !found {
		at = ServiceAt(len(x.serviceCodes)) //nolint:gosec // places fit in 32 bits
		x.services[code] = at
		x.serviceCodes = append(x.serviceCodes, code)
		x.events = append(x.events, presence{})
		x.footprints = append(x.footprints, Footprint{First: civil.Never})
		for range programme.ChannelCount {
			x.channels = append(x.channels, noMonth)
		}
		for range slotsOfService {
			x.lineOf = append(x.lineOf, noLine)
		}
	}
	return at
}

func (x *Index) addEntity(code string) EntityAt {
	at, found := x.entities[code]
	if !found {
		at = EntityAt(len(x.entityCodes)) //nolint:gosec // places fit in 32 bits
		x.entities[code] = at
		x.entityCodes = append(x.entityCodes, code)
	}
	return at
}

func (x *Index) addLine(l Line) lineAt {
	at := &x.lineOf[slot(l)]
	if *at == noLine {
		*at = lineAt(len(x.lines)) //nolint:gosec // places fit in 32 bits
		x.lines = append(x.lines, series{line: l})
	}
	return *at
}

// firstByCode picks one of two entities, whatever order they come in; NoEntity gives way.
func (x *Index) firstByCode(a, other EntityAt) EntityAt {
	if a == NoEntity || (other != NoEntity && x.entityCodes[other] < x.entityCodes[a]) {
		return other
	}
	return a
}

// allocate gives lines and services their months, out of one piece of memory each.
func (x *Index) allocate() {
	cells, months := 0, 0
	for i := range x.lines {
		cells += x.lines[i].months
	}
	for i := range x.events {
		months += x.events[i].months
	}
	allCells, allMonths := make([]cell, cells), slices.Repeat([]EntityAt{NoEntity}, months)
	for i := range x.lines {
		s := &x.lines[i]
		s.cells, allCells = allCells[:s.months:s.months], allCells[s.months:]
	}
	for i := range x.events {
		p := &x.events[i]
		p.entity, allMonths = allMonths[:p.months:p.months], allMonths[p.months:]
	}
}

// fill adds up the events of each month.
func (x *Index) fill(rows []programme.EventSum, places []rowPlace) {
	for i := range rows {
		at := places[i]
		if at.service == NoService {
			continue
		}
		row := &rows[i]
		month := row.Period.From.Month()
		events := &x.events[at.service]
		sentBy := &events.entity[month-events.first]
		*sentBy = x.firstByCode(*sentBy, at.entity)
		x.footprints[at.service].add(row.Period, at.entity)
		if at.line == noLine {
			continue
		}
		c := x.lines[at.line].at(month)
		x.addShare(monthKey{at.line, month}, c, at.entity, row.Uses)
		c.uses += row.Uses
		c.value, c.rank, c.had, c.entity = c.uses, Reported, true, c.usesBy
	}
}

// addShare remembers which entity reported a month's events, and the parts when several did.
func (x *Index) addShare(key monthKey, c *cell, entity EntityAt, uses int64) {
	switch {
	case !c.had:
		c.usesBy = entity
		return
	case c.usesBy == entity:
		return
	case c.usesBy != several:
		x.shares[key] = []share{{c.usesBy, c.uses}}
		c.usesBy = several
	}
	parts := x.shares[key]
	if at := slices.IndexFunc(parts, func(s share) bool { return s.entity == entity }); at >= 0 {
		parts[at].uses += uses
		return
	}
	x.shares[key] = append(parts, share{entity, uses})
}

// joinFeeds gives every entity whose days are known its feed.
func (x *Index) joinFeeds(use programme.Use) {
	days := map[EntityAt][]civil.Date{}
	for _, sent := range use.Sent {
		at := x.addEntity(sent.Entity)
		days[at] = append(days[at], sent.Day)
	}
	x.feeds = make([]*feed, len(x.entityCodes))
	for at, list := range days {
		x.feeds[at] = newFeed(list, use.Holidays)
	}
}
