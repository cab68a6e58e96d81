package ingest

import (
	"encoding/hex"
	"unicode/utf8"

	"github.com/go-faster/jx"

	"mirsad/ingest/rows"
	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// milestoneKind is a phase of a milestone that an entity has finished.
var milestoneKind = kind[programme.MilestoneEvent]{
	event: programme.TypeMilestone, letter: 'm', block: "milestones", undated: true,
	judge:  (*judge).milestone,
	encode: encodeJSON[programme.MilestoneEvent], decode: decodeJSON[programme.MilestoneEvent],
	insert: EventStore.InsertMilestones,
	origin: func(m *programme.MilestoneEvent) origin { return origin{m.RecordedAt, m.Entity, m.EventID} },
}

var phases = named(programme.Phases())

// longestMilestone bounds a milestone's code, in characters.
const longestMilestone = 200

// milestone judges the data of a mirsad.milestone.v1.
func (j *judge) milestone(e *envelope, c common) (programme.MilestoneEvent, *rows.Fault) {
	key := eventKey(e.source, e.id)
	m := programme.MilestoneEvent{
		ID: hex.EncodeToString(key[:]), Entity: c.entity, Service: c.service,
		Source: string(e.source), EventID: string(e.id),
		Actor: j.principal.ID, RecordedAt: c.recordedAt, ReceivedAt: c.receivedAt,
	}
	wrong := j.eachDataField(e.data, func(key []byte, decoder *jx.Decoder) *rows.Fault {
		switch string(key) {
		case "milestone":
			code, wrong := str(decoder, "data.milestone")
			m.Milestone = string(code)
			return wrong
		case "phase":
			return chosen(decoder, "data.phase", phases, &m.Phase)
		case "done_on":
			return parsed(decoder, "data.done_on", civil.ParseDate, &m.DoneOn)
		default:
			return rows.UnknownField(key)
		}
	})
	if wrong == nil {
		wrong = j.milestoneLacks(&m)
	}
	return m, wrong
}

func (j *judge) milestoneLacks(m *programme.MilestoneEvent) *rows.Fault {
	switch {
	case m.Milestone == "":
		return missing("data.milestone")
	case utf8.RuneCountInString(m.Milestone) > longestMilestone:
		return badValue("data.milestone")
	case m.Phase == "":
		return missing("data.phase")
	case m.DoneOn.IsZero():
		return missing("data.done_on")
	case m.DoneOn < earliestEffect:
		return badValue("data.done_on")
	case m.DoneOn > civil.DateOf(j.latest.In(j.zone)):
		// Only finished work is reported by an event; expected dates are in the plan.
		return rows.Faulty(programme.RefusedFutureTime, "data.done_on")
	default:
		return nil
	}
}
