package reckon

import (
	"cmp"
	"slices"

	"mirsad/internal/catalogue"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// Words of a service's history beside the actions of rollout events.
const (
	historyClaimed  = "claimed"
	historyVerified = "verified"
)

// history lists what happened to a service by the date, oldest first. A level that a rollout event claims is listed
// with the event, and so is its verification by the same act of an administrator's import.
func (r *reckoning) history(at catalogue.ServiceAt) []figures.ServiceEvent {
	record := &r.Services[at]
	events := make([]figures.ServiceEvent, 0, len(record.Rollouts)+len(record.Ladder.Verified))
	for i := range record.Rollouts {
		event := &record.Rollouts[i]
		events = append(events, figures.ServiceEvent{
			On: event.EffectiveOn, Action: string(event.Action), Level: event.Level, Channels: event.Channels,
			Actor: event.Actor, RecordedAt: event.RecordedAt, SameAct: event.VerifiedBy != "",
		})
	}
	for _, made := range record.Ladder.Claims {
		if !made.OfRollout {
			events = append(events, eventOf(&made, historyClaimed))
		}
	}
	for _, made := range record.Ladder.Verified {
		if !made.SameAct {
			events = append(events, eventOf(&made, historyVerified))
		}
	}
	events = slices.DeleteFunc(events, func(e figures.ServiceEvent) bool { return e.On > r.on })
	slices.SortStableFunc(events, func(a, b figures.ServiceEvent) int {
		return cmp.Or(cmp.Compare(a.On, b.On), a.RecordedAt.Compare(b.RecordedAt))
	})
	return events
}

func eventOf(c *programme.LevelClaim, action string) figures.ServiceEvent {
	return figures.ServiceEvent{On: c.On, Action: action, Level: c.Level, Actor: c.Actor, RecordedAt: c.RecordedAt}
}
