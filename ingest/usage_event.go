package ingest

import (
	"strconv"

	"github.com/go-faster/jx"

	"mirsad/internal/programme"
)

// maxNumber bounds every count and value, so that no sum of them leaves 63 bits in a programme's life.
const maxNumber = 1_000_000_000_000

// maxDuration is the longest use in milliseconds: ten years.
const maxDuration = 10 * 366 * 24 * 3600 * 1000

// usageEvent judges the data of a mirsad.usage.v1.
func (j *judge) usageEvent(e *envelope, c common) (programme.UsageEvent, *fault) {
	event := programme.UsageEvent{
		Key: eventKey(e.source, e.id), Entity: c.entity, Service: c.service,
		ReportDate: c.reportDate, OccurredAt: c.time, Count: 1, Version: c.stamp,
	}
	wrong := j.eachDataField(e.data, func(key []byte, decoder *jx.Decoder) *fault {
		switch string(key) {
		case "channel":
			return chosen(decoder, "data.channel", channels, &event.Channel)
		case "stage":
			return chosen(decoder, "data.stage", stages, &event.Stage)
		case "count":
			return whole(decoder, "data.count", 0, maxNumber, &event.Count)
		case "duration_ms":
			return whole(decoder, "data.duration_ms", 0, maxDuration, &event.DurationMS)
		case "rating":
			return whole(decoder, "data.rating", 1, 5, &event.Rating)
		default:
			return unknownField(key)
		}
	})
	switch {
	case wrong != nil:
		return event, wrong
	case event.Channel == "":
		return event, missing("data.channel")
	case event.Stage == "":
		return event, missing("data.stage")
	default:
		return event, nil
	}
}

// The words that a field may hold, by their spelling.
var (
	channels = named(programme.Channels())
	stages   = named(programme.Stages())
	measures = named(programme.Measures())
	states   = named(programme.States())
	actions  = named(programme.Actions())
	phases   = named(programme.Phases())
)

func named[T ~string](values []T) map[string]T {
	names := make(map[string]T, len(values))
	for _, value := range values {
		names[string(value)] = value
	}
	return names
}

// chosen reads one of a closed list of words; null is left as not given.
func chosen[T ~string](decoder *jx.Decoder, field string, list map[string]T, into *T) *fault {
	text, wrong := str(decoder, field)
	if wrong != nil || text == nil {
		return wrong
	}
	value, known := list[string(text)]
	if !known {
		return badValue(field)
	}
	*into = value
	return nil
}

// str reads a string; null is nil, as not given.
func str(decoder *jx.Decoder, field string) ([]byte, *fault) {
	switch decoder.Next() {
	case jx.Null:
		_ = decoder.Skip() // the row is known to be valid JSON
		return nil, nil
	case jx.String:
		text, err := decoder.StrBytes()
		if err != nil {
			return nil, badValue(field)
		}
		return text, nil
	default:
		return nil, badValue(field)
	}
}

// whole reads a whole number from low to high, written without fraction or exponent; null is left as not given.
func whole[T ~int64 | ~uint64 | ~uint8](decoder *jx.Decoder, field string, low, high int64, into *T) *fault {
	switch decoder.Next() {
	case jx.Null:
		_ = decoder.Skip() // the row is known to be valid JSON
		return nil
	case jx.Number:
		number, err := decoder.Num()
		if err != nil {
			return badValue(field)
		}
		value, err := strconv.ParseInt(string(number), 10, 64)
		if err != nil || value < low || value > high {
			return badValue(field)
		}
		*into = T(value)
		return nil
	default:
		return badValue(field)
	}
}
