package usage

import (
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// WithDays returns the same index with the sums of events of the days from and to, both included: what asks for a day,
// or for a month that still runs, is answered from them. The receiver is left as it is.
func (x *Index) WithDays(rows []programme.EventSum, from, to civil.Date) *Index {
	with := *x
	with.byDay = with.sumDays(rows, from, to)
	with.lines = slices.Clone(x.lines)
	for key := range x.statedParts {
		series := &with.lines[key.line]
		series.cells = slices.Clone(series.cells)
	}
	with.tileMonths()
	return &with
}

// sumDays adds up the events of each day.
func (x *Index) sumDays(rows []programme.EventSum, from, to civil.Date) byDay {
	days := byDay{
		from: from, to: to,
		sums: make(map[dayKey]daySum, len(rows)), sent: map[entityDay]bool{},
		served: map[serviceDay]EntityAt{}, firsts: map[channelKey]civil.Date{},
	}
	for i := range rows {
		if rows[i].Events > 0 {
			x.sumDay(&days, &rows[i])
		}
	}
	return days
}

func (x *Index) sumDay(days *byDay, row *programme.EventSum) {
	entity, found := x.entities[row.Entity]
	if !found {
		return // nothing of it was known by month either
	}
	day := row.Period.From
	days.sent[entityDay{entity, day}] = true
	service, found := x.services[row.Service]
	if !found {
		return
	}
	served, had := days.served[serviceDay{service, day}]
	if !had {
		served = NoEntity
	}
	days.served[serviceDay{service, day}] = x.firstByCode(served, entity)
	if channel := row.Channel.Index(); channel != programme.NoChannel {
		key := channelKey{service, channel}
		first, had := days.firsts[key]
		if !had || day < first {
			days.firsts[key] = day
		}
	}
	at := x.lineOfEvents(row)
	if at == noLine {
		return
	}
	sum, had := days.sums[dayKey{at, day}]
	if !had {
		sum.entity = NoEntity
	}
	sum.uses += row.Uses
	sum.entity = x.firstByCode(sum.entity, entity)
	days.sums[dayKey{at, day}] = sum
}

// senderIn returns the entity that sent events of a service in a month, as on a day; NoEntity when none had come.
func (x *Index) senderIn(service ServiceAt, m civil.Month, until civil.Date) EntityAt {
	if m.Last() <= until {
		return x.events[service].in(m)
	}
	sender := NoEntity
	for day := m.First(); day <= until; day++ {
		if entity, had := x.served[serviceDay{service, day}]; had {
			sender = x.firstByCode(sender, entity)
		}
	}
	return sender
}

// channelSlot is the place of a service's channel in Index.channels.
func channelSlot(service ServiceAt, channel programme.ChannelIndex) int {
	return int(service)*int(programme.ChannelCount) + int(channel)
}

// heardBy reports whether a service had had an accepted event on a channel by the end of a day.
func (x *Index) heardBy(service ServiceAt, channel programme.ChannelIndex, day civil.Date) bool {
	first := x.channels[channelSlot(service, channel)]
	if first != day.Month() || day == first.Last() {
		return first <= day.Month()
	}
	firstDay, had := x.firsts[channelKey{service, channel}]
	return had && firstDay <= day
}
