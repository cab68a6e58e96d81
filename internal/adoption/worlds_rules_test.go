package adoption_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// The properties are sought in random worlds of three entities and four services over 2015, with events that have gaps
// and are sent by one entity or another, and totals of days, months, quarters and other stretches in every state.
func worlds() uint64 {
	if os.Getenv("SOAK") != "" {
		return 400
	}
	return 70
}

var (
	worldFirst, worldLast = civil.NewDate(2014, 12, 1), civil.NewDate(2015, 12, 31)
	worldServices         = []string{"a", "b", "c", "d"}
	worldEntities         = []string{"moi", "moe", "mot"}
	worldChannels         = []programme.Channel{
		programme.ChannelWeb, programme.ChannelMobile, programme.ChannelCounter, programme.ChannelPost,
	}
)

// happening is everything of a random world, so that parts of it can be left out or put in another order.
type happening struct {
	events     []programme.EventSum // by day
	statements []programme.Statement
	rollouts   []programme.Rollout
	owners     []string
}

func randomly(seed uint64) *rand.Rand {
	return rand.New(rand.NewPCG(seed, 0x72756c6573))
}

func pick[T any](chance *rand.Rand, from []T) T { return from[chance.IntN(len(from))] }

func randomHappening(chance *rand.Rand) *happening {
	h := &happening{}
	for range worldServices {
		h.owners = append(h.owners, pick(chance, worldEntities))
	}
	days := int(worldLast-worldFirst) + 1
	for i, service := range worldServices {
		if chance.IntN(4) > 0 {
			h.lives(chance, service, days)
		}
		every, pause := 1+chance.IntN(9), worldFirst.AddDays(chance.IntN(days))
		for day := worldFirst.AddDays(chance.IntN(120)); day <= worldLast && i < 3; day = day.AddDays(every) {
			if day >= pause && day < pause.AddDays(20) || chance.IntN(5) == 0 {
				continue
			}
			entity := h.owners[i]
			if chance.IntN(12) == 0 {
				entity = pick(chance, worldEntities)
			}
			h.events = append(h.events, programme.EventSum{
				Entity: entity, Service: service, Period: civil.DayPeriod(day), Channel: pick(chance, worldChannels[:3]),
				Stage: pick(chance, programme.Stages()), Events: 2, Uses: int64(2 * chance.IntN(20)),
			})
		}
		for range chance.IntN(14) {
			h.states(chance, service, worldFirst.AddDays(chance.IntN(days)))
		}
	}
	return h
}

func (h *happening) lives(chance *rand.Rand, service string, days int) {
	actions := []programme.Action{programme.ActionLaunch, programme.ActionLaunch, programme.ActionRetire, programme.ActionUpgrade}
	for range 1 + chance.IntN(3) {
		row := programme.Rollout{
			ID: fmt.Sprintf("r%03d", len(h.rollouts)), Entity: "moi", Service: service, Source: "test", Action: pick(chance, actions),
			Level:       programme.Level(1 + chance.IntN(4)),
			EffectiveOn: worldFirst.AddDays(chance.IntN(days) - 60), Actor: "moi", VerifiedBy: pick(chance, []string{"", "admin"}),
		}
		row.RecordedAt = civiltest.Noon(row.EffectiveOn.AddDays(chance.IntN(90)))
		h.rollouts = append(h.rollouts, row)
	}
}

func (h *happening) states(chance *rand.Rand, service string, day civil.Date) {
	quarter := civil.Interval((day.Month() - day.Month()%3).First(), (day.Month() - day.Month()%3 + 2).Last())
	period := pick(chance, []civil.Period{
		civil.DayPeriod(day), day.Month().Period(), day.Month().Period(), quarter, civil.Interval(day, day.AddDays(chance.IntN(70))),
	})
	row := programme.Statement{
		Entity: pick(chance, worldEntities), Service: service, Channel: pick(chance, worldChannels),
		Measure: programme.MeasureCompleted, Period: period, State: pick(chance, programme.States()), Source: "test",
		EventID: fmt.Sprintf("s%03d", len(h.statements)), Actor: "moi",
		RecordedAt: civiltest.Noon(period.To.AddDays(chance.IntN(60))),
	}
	if chance.IntN(2) == 0 {
		row.State = programme.Reported
	}
	if row.State == programme.Reported {
		row.Value = int64(chance.IntN(99))
	}
	h.statements = append(h.statements, row)
}

// without is the world less what is dated after a day.
func (h *happening) without(after civil.Date) *happening {
	return &happening{
		events:     slices.DeleteFunc(slices.Clone(h.events), func(e programme.EventSum) bool { return e.Period.From > after }),
		statements: slices.DeleteFunc(slices.Clone(h.statements), func(s programme.Statement) bool { return s.Period.To > after }),
		rollouts:   slices.DeleteFunc(slices.Clone(h.rollouts), func(r programme.Rollout) bool { return r.EffectiveOn > after }),
		owners:     h.owners,
	}
}

// shuffled is the same in another order, with every sum of events cut in two.
func (h *happening) shuffled(chance *rand.Rand) *happening {
	other := &happening{statements: slices.Clone(h.statements), rollouts: slices.Clone(h.rollouts), owners: h.owners}
	for _, row := range h.events {
		first := row
		first.Events, first.Uses = 1, row.Uses/2
		row.Events, row.Uses = row.Events-1, row.Uses-first.Uses
		other.events = append(other.events, first, row)
	}
	chance.Shuffle(len(other.events), func(i, j int) {
		other.events[i], other.events[j] = other.events[j], other.events[i]
	})
	chance.Shuffle(len(other.statements), func(i, j int) {
		other.statements[i], other.statements[j] = other.statements[j], other.statements[i]
	})
	chance.Shuffle(len(other.rollouts), func(i, j int) {
		other.rollouts[i], other.rollouts[j] = other.rollouts[j], other.rollouts[i]
	})
	return other
}

// world builds what happened.
func (h *happening) world(t *testing.T) *reckontest.World {
	t.Helper()
	w := reckontest.New(t)
	for _, code := range worldEntities {
		w.Entity(code)
	}
	for i, code := range worldServices {
		w.Service(programme.Service{Code: code, Entity: h.owners[i], Channels: worldChannels[:2+i%3]})
	}
	w.Facts.Rollouts = h.rollouts
	w.Use.Statements, w.Use.Days = h.statements, h.events
	w.Use.DaysFrom, w.Use.DaysTo = worldFirst, worldLast
	months := map[string]int{}
	for _, row := range h.events {
		row.Period = row.Period.From.Month().Period()
		at := fmt.Sprint(row.Entity, row.Service, row.Period, row.Channel, row.Stage)
		place, found := months[at]
		if !found {
			months[at] = len(w.Use.Months)
			w.Use.Months = append(w.Use.Months, row)
			continue
		}
		w.Use.Months[place].Events += row.Events
		w.Use.Months[place].Uses += row.Uses
	}
	for _, row := range h.events {
		w.Use.Sent = append(w.Use.Sent, programme.SentDay{Entity: row.Entity, Day: row.Period.From})
	}
	return w
}
