package source

import (
	"time"

	"mirsad/internal/programme"
)

// specVersion is that of CloudEvents.
const specVersion = "1.0"

// statementEvent wraps a statement as an event; its id is period, service, measure and channel.
func statementEvent(source, period, service string, data programme.StatementData) programme.CloudEvent {
	end := data.Period.To.Time().Add(24*time.Hour - time.Second)
	return programme.CloudEvent{
		SpecVersion: specVersion, Type: programme.TypeStatement, Source: source, Subject: service,
		ID:   period + "/" + service + "/" + string(data.Measure) + "/" + string(data.Channel),
		Time: end.Format(time.RFC3339), Data: data,
	}
}

// rolloutEvent wraps a rollout as an event; its id is period, service and action. Its time is that of its sending, which
// the loader gives it: the day on which it took effect, however long ago, is in its data.
func rolloutEvent(source, period, service string, data programme.RolloutData) programme.CloudEvent {
	return programme.CloudEvent{
		SpecVersion: specVersion, Type: programme.TypeRollout, Source: source, Subject: service,
		ID:   period + "/" + service + "/" + string(data.Action),
		Data: data,
	}
}
