package ingest

import (
	"encoding/binary"

	"github.com/go-faster/jx"

	"mirsad/ingest/rows"
	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// usageKind is the use of a service: many times a second, and the one kind that the rollups sum up.
var usageKind = kind[programme.UsageEvent]{
	event: programme.TypeUsage, letter: 'u', block: "usage", many: true,
	judge: (*judge).usageEvent, encode: encodeUsage, decode: decodeUsage, insert: EventStore.InsertUsage,
	origin: func(e *programme.UsageEvent) origin { return origin{at: instant(e.Version), entity: e.Entity} },
	slice: func(e *programme.UsageEvent) programme.Slice {
		return programme.Slice{Entity: e.Entity, ReportDate: e.ReportDate}
	},
}

var stages = named(programme.Stages())

// maxDuration is the longest use in milliseconds: ten years.
const maxDuration = 10 * 366 * 24 * 3600 * 1000

// usageEvent judges the data of a mirsad.usage.v1.
func (j *judge) usageEvent(e *envelope, c common) (programme.UsageEvent, *rows.Fault) {
	event := programme.UsageEvent{
		Key: eventKey(e.source, e.id), Entity: c.entity, Service: c.service,
		ReportDate: c.reportDate, OccurredAt: c.time, Count: 1, Version: c.stamp, Source: string(e.source),
	}
	wrong := j.eachDataField(e.data, func(key []byte, decoder *jx.Decoder) *rows.Fault {
		switch string(key) {
		case "channel":
			return chosen(decoder, "data.channel", channels, &event.Channel)
		case "stage":
			return chosen(decoder, "data.stage", stages, &event.Stage)
		case "count":
			return whole(decoder, "data.count", 0, rows.MostCount, &event.Count)
		case "duration_ms":
			return whole(decoder, "data.duration_ms", 0, maxDuration, &event.DurationMS)
		case "rating":
			return whole(decoder, "data.rating", 1, 5, &event.Rating)
		default:
			return rows.UnknownField(key)
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

// Channels and stages are a byte each in a record: their place in the domain's lists, which only ever grow at the end.
var (
	channelList, stageList   = programme.Channels(), programme.Stages()
	channelBytes, stageBytes = placesIn(channelList), placesIn(stageList)
)

func placesIn[T comparable](list []T) map[T]byte {
	at := make(map[T]byte, len(list))
	for i, value := range list {
		at[value] = byte(i)
	}
	return at
}

func encodeUsage(into []byte, e programme.UsageEvent) []byte {
	into = append(into, e.Key[:]...)
	into = appendText(appendText(into, e.Entity), e.Service)
	into = binary.AppendVarint(into, int64(e.ReportDate))
	into = append(into, channelBytes[e.Channel], stageBytes[e.Stage])
	into = binary.AppendUvarint(into, e.Count)
	into = binary.AppendUvarint(into, e.DurationMS)
	into = append(into, e.Rating)
	into = binary.AppendVarint(into, e.OccurredAt.UnixMicro())
	return appendText(binary.AppendUvarint(into, e.Version), e.Source)
}

func decodeUsage(r *recordReader, _ *programme.Receipt) programme.UsageEvent {
	var e programme.UsageEvent
	copy(e.Key[:], r.take(len(e.Key)))
	r.again(&r.entity)
	r.again(&r.service)
	e.Entity, e.Service = r.entity, r.service
	e.ReportDate = civil.Date(r.signed()) //nolint:gosec // written from a Date
	e.Channel, e.Stage = placed(r, channelList), placed(r, stageList)
	e.Count, e.DurationMS = r.unsigned(), r.unsigned()
	e.Rating, e.OccurredAt, e.Version = r.byte(), r.instant(), r.unsigned()
	if r.format == recordFormat { // the one before had no sources
		e.Source = r.name()
	}
	return e
}

// placed reads one of a list by its place.
func placed[T any](r *recordReader, list []T) T {
	place := int(r.byte())
	if place >= len(list) {
		r.fail()
		place = 0
	}
	return list[place]
}
