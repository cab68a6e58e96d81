package usage

import (
	"cmp"
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// NewIndex indexes the use that is known: one pass gives every service, channel and measure its line, a second
// fills the months, and statements then take precedence.
func NewIndex(use programme.Use) *Index {
	b := &Index{
		Services: map[string]int32{}, entities: map[string]int32{}, Stated: map[statedKey]stated{},
		shares: map[shareKey][]share{}, days: map[dayKey]int64{}, dayBy: map[dayKey]int32{},
		entityDays: map[entityDay]bool{}, from: use.DaysFrom, to: use.DaysTo,
	}
	months := b.place(use.Months)
	statements := b.placeStatements(use.Statements)
	b.allocate()
	b.fill(use.Months, months)
	b.state(use.Statements, statements)
	b.fillDays(use.Days)
	b.settleMonths()
	return b
}

// rowPlace is where a row of sums or a statement goes.
type rowPlace struct {
	service, entity, line int32
}

// place gives each row of monthly sums its service, entity and line, and widens what they cover. Rows without
// events are those that a rollup took back.
func (b *Index) place(rows []programme.EventSum) []rowPlace {
	places := make([]rowPlace, len(rows))
	for i := range rows {
		row := &rows[i]
		at := rowPlace{service: None, entity: None, line: None}
		if row.Events > 0 {
			at.service, at.entity = b.serviceOf(row.Service), b.entityOf(row.Entity)
			month := row.Period.From.Month()
			b.Events[at.service].widen(month)
			if c, m := programme.ChannelIndex(row.Channel), programme.MeasureIndex(row.Stage.Measure()); c >= 0 && m >= 0 {
				at.line = b.lineAt(at.service, c, m)
				b.Lines[at.line].widen(month)
			}
		}
		places[i] = at
	}
	return places
}

func (b *Index) placeStatements(rows []programme.Statement) []rowPlace {
	places := make([]rowPlace, len(rows))
	for i := range rows {
		row := &rows[i]
		c, m := programme.ChannelIndex(row.Channel), programme.MeasureIndex(row.Measure)
		if c < 0 || m < 0 || row.Period.Grain == 0 {
			places[i] = rowPlace{service: None, entity: None, line: None}
			continue
		}
		at := rowPlace{service: b.serviceOf(row.Service), entity: b.entityOf(row.Entity)}
		at.line = b.lineAt(at.service, c, m)
		if row.Period.Grain <= civil.GrainMonth {
			b.Lines[at.line].widen(row.Period.From.Month())
		}
		places[i] = at
	}
	return places
}

func (b *Index) serviceOf(code string) int32 {
	at, found := b.Services[code]
	if !found {
		at = int32(len(b.Events)) //nolint:gosec // places fit in 32 bits
		b.Services[code] = at
		b.Events = append(b.Events, presence{})
		b.Prints = append(b.Prints, footprint{First: civil.Never})
		for range programme.ChannelCount * programme.MeasureCount {
			b.lineOf = append(b.lineOf, None)
		}
	}
	return at
}

func (b *Index) entityOf(code string) int32 {
	at, found := b.entities[code]
	if !found {
		at = int32(len(b.entities)) //nolint:gosec // places fit in 32 bits
		b.entities[code] = at
		b.Codes = append(b.Codes, code)
	}
	return at
}

// firstByCode picks one of two entities, whatever order they come in; none gives way.
func (b *Index) firstByCode(a, other int32) int32 {
	if a == None || (other != None && b.Codes[other] < b.Codes[a]) {
		return other
	}
	return a
}

// slot is the place of a service, channel and measure in lineOf.
func (b *Index) slot(service int32, channel, measure int) int {
	return (int(service)*programme.ChannelCount+channel)*programme.MeasureCount + measure
}

func (b *Index) lineAt(service int32, channel, measure int) int32 {
	slot := b.slot(service, channel, measure)
	if b.lineOf[slot] == None {
		b.lineOf[slot] = int32(len(b.Lines)) //nolint:gosec // places fit in 32 bits
		b.Lines = append(b.Lines, line{Service: service, Channel: channel, Measure: measure})
	}
	return b.lineOf[slot]
}

// widen makes room for a month; the cells themselves come with allocate.
func (r *reach) widen(m civil.Month) {
	if r.months == 0 {
		r.first, r.months = m, 1
		return
	}
	last := max(r.first+civil.Month(r.months)-1, m) //nolint:gosec // months fit in 32 bits
	r.first = min(r.first, m)
	r.months = int(last-r.first) + 1
}

// allocate gives lines and services their months, out of one piece of memory each.
func (b *Index) allocate() {
	cells, days := 0, 0
	for i := range b.Lines {
		cells += b.Lines[i].months
	}
	for i := range b.Events {
		days += b.Events[i].months
	}
	allCells, allDays := make([]cell, cells), make([]int32, days)
	for i := range b.Lines {
		l := &b.Lines[i]
		l.cells, allCells = allCells[:l.months:l.months], allCells[l.months:]
	}
	for i := range b.Events {
		p := &b.Events[i]
		p.entity, allDays = allDays[:p.months:p.months], allDays[p.months:]
		for m := range p.entity {
			p.entity[m] = None
		}
	}
	b.coarse = make([]bool, len(b.Lines))
}

func (b *Index) fill(rows []programme.EventSum, places []rowPlace) {
	for i := range rows {
		at := places[i]
		if at.service == None {
			continue
		}
		row := &rows[i]
		month := row.Period.From.Month()
		present := &b.Events[at.service].entity[month-b.Events[at.service].first]
		*present = b.firstByCode(*present, at.entity)
		b.Prints[at.service].add(row.Period, at.entity)
		if at.line == None {
			continue
		}
		c := b.Lines[at.line].at(month)
		b.addShare(shareKey{at.line, month}, c, at.entity, row.Uses)
		c.uses += row.Uses
		c.value, c.rank, c.had, c.entity = c.uses, IsReported, true, c.usesBy
	}
}

// addShare remembers which entity reported a month's events, and the parts when several did.
func (b *Index) addShare(key shareKey, c *cell, entity int32, uses int64) {
	switch {
	case !c.had:
		c.usesBy = entity
		return
	case c.usesBy == entity:
		return
	case c.usesBy != several:
		b.shares[key] = []share{{c.usesBy, c.uses}}
		c.usesBy = several
	}
	parts := b.shares[key]
	if at := slices.IndexFunc(parts, func(s share) bool { return s.entity == entity }); at >= 0 {
		parts[at].uses += uses
		return
	}
	b.shares[key] = append(parts, share{entity, uses})
}

// state keeps the newest statement of each line and period.
func (b *Index) state(rows []programme.Statement, places []rowPlace) {
	for i := range rows {
		at, row := places[i], &rows[i]
		if at.service == None {
			continue
		}
		key := statedKey{at.line, row.Period.Grain, row.Period.From, row.Period.To}
		said := stated{rank: rankOf(row.State), Entity: at.entity, at: row.RecordedAt, row: int32(i)}
		if said.rank == IsReported {
			said.Value, said.reported = row.Value, row.RecordedAt
			b.Prints[at.service].add(row.Period, at.entity)
		}
		if before, found := b.Stated[key]; found {
			said = newestOf(rows, before, said)
		}
		b.Stated[key] = said
		b.coarse[at.line] = b.coarse[at.line] || row.Period.Grain != civil.GrainMonth
	}
}

// newestOf keeps the newer of two versions, and when a value was first reported. Two of one instant are told
// apart by their content, so that the order they come in does not matter.
func newestOf(rows []programme.Statement, a, b stated) stated {
	x, y := &rows[a.row], &rows[b.row]
	order := cmp.Or(a.at.Compare(b.at), cmp.Compare(x.EventID, y.EventID), cmp.Compare(x.Source, y.Source),
		cmp.Compare(x.State, y.State), cmp.Compare(x.Value, y.Value), cmp.Compare(x.Entity, y.Entity))
	newest := b
	if order > 0 {
		newest = a
	}
	newest.reported = a.reported
	if a.reported.IsZero() || (!b.reported.IsZero() && b.reported.Before(a.reported)) {
		newest.reported = b.reported
	}
	return newest
}

func (b *Index) fillDays(rows []programme.EventSum) {
	for i := range rows {
		row := &rows[i]
		if row.Events <= 0 {
			continue
		}
		entity := b.entityOf(row.Entity)
		b.entityDays[entityDay{entity, row.Period.From}] = true
		service, found := b.Services[row.Service]
		c, m := programme.ChannelIndex(row.Channel), programme.MeasureIndex(row.Stage.Measure())
		if !found || c < 0 || m < 0 {
			continue
		}
		if at := b.lineOf[b.slot(service, c, m)]; at != None {
			b.days[dayKey{at, row.Period.From}] += row.Uses
			before, found := b.dayBy[dayKey{at, row.Period.From}]
			if !found {
				before = None
			}
			b.dayBy[dayKey{at, row.Period.From}] = b.firstByCode(before, entity)
		}
	}
}

// settleMonths lets statements take precedence over sums of events: those for a month, and those by day that
// tile a month with the days beside them.
func (b *Index) settleMonths() {
	tiled := map[shareKey]bool{}
	for key, said := range b.Stated {
		month := key.From.Month()
		switch key.Grain {
		case civil.GrainMonth:
			c := b.Lines[key.Line].at(month)
			c.value, c.rank, c.entity = said.Value, said.rank, said.Entity
		case civil.GrainDay:
			tiled[shareKey{key.Line, month}] = true
		}
	}
	for key := range tiled {
		p := key.month.Period()
		if _, found := b.Stated[statedKey{key.line, p.Grain, p.From, p.To}]; !found {
			b.tileMonth(key.line, p)
		}
	}
}

// tileMonth gives a month the sum of its days, when all are known; the entity of its last statement reported it.
func (b *Index) tileMonth(at int32, month civil.Period) {
	l := &b.Lines[at]
	sum, complete := b.tiled(l.Service, l.Channel, l.Measure, month, None)
	if !complete {
		return
	}
	c := l.at(month.From.Month())
	c.value, c.rank = sum.Value, sum.Rank
	for day := month.From; day <= month.To; day++ {
		if said, found := b.Stated[statedKey{at, civil.GrainDay, day, day}]; found {
			c.entity = said.Entity
		}
	}
}
