package reckontest

import (
	"fmt"
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
)

// Uses adds a month's sum of completions that an entity's events have.
func (w *World) Uses(entity, service, inMonth string, channel programme.Channel, uses int64) {
	w.Use.Months = append(w.Use.Months, programme.EventSum{
		Entity:  entity,
		Service: service,
		Period:  civiltest.Month(inMonth).Period(),
		Channel: channel,
		Stage:   programme.StageComplete,
		Events:  1,
		Uses:    uses,
	})
}

// Abandoned adds three uses of the service on the web that were given up in a month.
func (w *World) Abandoned(service, inMonth string) {
	w.Uses("moi", service, inMonth, programme.ChannelWeb, 3)
	w.Use.Months[len(w.Use.Months)-1].Stage = programme.StageAbandon
}

// Daily adds a day's sum of completions on the web; the index then knows the days of the world's year.
func (w *World) Daily(service, on string, uses int64) {
	w.Use.DaysFrom, w.Use.DaysTo = civiltest.Day("2016-01-01"), civiltest.Day("2016-12-31")
	w.Use.Days = append(w.Use.Days, programme.EventSum{
		Entity:  "moi",
		Service: service,
		Period:  civil.DayPeriod(civiltest.Day(on)),
		Channel: programme.ChannelWeb,
		Stage:   programme.StageComplete,
		Events:  1,
		Uses:    uses,
	})
}

// Feed adds completions on every day of a stretch but those of the pauses, so that gaps can be found: the sums by day, by
// month, and the days on which the entity sent events.
func (w *World) Feed(entity, service, stretch string, channel programme.Channel, uses int64, pauses ...string) {
	w.Use.DaysFrom, w.Use.DaysTo = civiltest.Day("2015-01-01"), civiltest.Day("2017-12-31")
	months := map[civil.Month]int64{}
	p := civiltest.Period(stretch)
	for day := p.From; day <= p.To; day++ {
		if slices.ContainsFunc(pauses, func(pause string) bool { return civiltest.Period(pause).Contains(day) }) {
			continue
		}
		months[day.Month()] += uses
		w.Use.Sent = append(w.Use.Sent, programme.SentDay{Entity: entity, Day: day})
		w.Use.Days = append(w.Use.Days, programme.EventSum{
			Entity: entity, Service: service, Period: civil.DayPeriod(day),
			Channel: channel, Stage: programme.StageComplete, Events: 1, Uses: uses,
		})
	}
	for month, sum := range months {
		w.Uses(entity, service, month.String(), channel, sum)
	}
}

// States adds a statement of completions, recorded on the third of the month after its period.
func (w *World) States(
	service, inPeriod string, channel programme.Channel, state programme.State, value int64,
) *programme.Statement {
	p := civiltest.Period(inPeriod)
	w.Use.Statements = append(w.Use.Statements, programme.Statement{
		Entity:     "moi",
		Service:    service,
		Channel:    channel,
		Measure:    programme.MeasureCompleted,
		Period:     p,
		State:      state,
		Value:      value,
		Source:     "test",
		EventID:    fmt.Sprintf("s%04d", len(w.Use.Statements)),
		Actor:      "moi",
		RecordedAt: civiltest.Noon(p.To.AddDays(3)),
	})
	return &w.Use.Statements[len(w.Use.Statements)-1]
}
