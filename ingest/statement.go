package ingest

import (
	"encoding/binary"

	"github.com/go-faster/jx"

	"mirsad/ingest/rows"
	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// statementKind is a number that an entity states for a period.
var statementKind = kind[programme.Statement]{
	event: programme.TypeStatement, letter: 's', block: "statements", stated: true,
	judge: (*judge).statement, encode: encodeStatement, decode: decodeStatement, insert: EventStore.InsertStatements,
	origin: func(s *programme.Statement) origin { return origin{s.RecordedAt, s.Entity, s.EventID} },
	total: func(s programme.Statement) rows.Stated {
		of := rows.Total{Service: s.Service, Channel: s.Channel, Measure: s.Measure, Period: s.Period}
		return rows.Stated{Of: of, State: s.State, Value: s.Value, Entity: s.Entity, Source: s.Source, ID: s.EventID}
	},
}

var (
	measures = named(programme.Measures())
	states   = named(programme.States())
)

// figures are the numbers of a statement as sent; nil: not given.
type figures struct{ value, total, digital *int64 }

// statement judges the data of a mirsad.statement.v1.
func (j *judge) statement(e *envelope, c common) (programme.Statement, *rows.Fault) {
	s := programme.Statement{
		Entity: c.entity, Service: c.service, Source: string(e.source), EventID: string(e.id),
		Actor: j.principal.ID, RecordedAt: c.recordedAt, ReceivedAt: c.receivedAt,
	}
	var given figures
	wrong := j.eachDataField(e.data, func(key []byte, decoder *jx.Decoder) *rows.Fault {
		switch string(key) {
		case "period":
			return parsed(decoder, "data.period", civil.ParsePeriod, &s.Period)
		case "channel":
			return chosen(decoder, "data.channel", channels, &s.Channel)
		case "measure":
			return chosen(decoder, "data.measure", measures, &s.Measure)
		case "state":
			return chosen(decoder, "data.state", states, &s.State)
		default:
			return j.figure(key, decoder, &given)
		}
	})
	j.also = j.also[:0]
	if wrong == nil {
		lacks, due, settled := statementLacks(&s), j.duePeriod(s.Period), given.settle(&s)
		wrong = first(lacks, due, settled)
		if wrong != nil {
			j.also = append(j.also, due, settled)
			if s.Period != (civil.Period{}) {
				j.also = append(j.also, j.ownerOn(c.owners, s.Period.To, &c))
			}
		}
	}
	if wrong == nil {
		wrong = j.ownerOn(c.owners, s.Period.To, &c)
		s.Entity = c.entity
	}
	return s, wrong
}

// figure reads value and, from an importer or a table, total and digital.
func (j *judge) figure(key []byte, decoder *jx.Decoder, given *figures) *rows.Fault {
	switch {
	case string(key) == "value":
		return number(decoder, "data.value", &given.value)
	case string(key) == "total" && j.totals:
		return number(decoder, "data.total", &given.total)
	case string(key) == "digital" && j.totals:
		return number(decoder, "data.digital", &given.digital)
	default:
		return rows.UnknownField(key)
	}
}

func statementLacks(s *programme.Statement) *rows.Fault {
	switch {
	case s.Period == civil.Period{}:
		return missing("data.period")
	case s.Channel == "":
		return missing("data.channel")
	case s.Measure == "":
		return missing("data.measure")
	case s.State == "":
		return missing("data.state")
	default:
		return nil
	}
}

// duePeriod refuses periods that have not begun and those that begin before the first report date accepted.
func (j *judge) duePeriod(p civil.Period) *rows.Fault {
	switch {
	case p == civil.Period{}:
		return nil // it is missing
	case p.From > civil.DateOf(j.latest.In(j.zone)):
		return rows.Faulty(programme.RefusedFutureTime, "data.period")
	case p.From < j.earliest:
		return rows.Faulty(programme.RefusedTooOld, "data.period")
	default:
		return nil
	}
}

// settle decides the statement's value: as given, or total less digital (docs/rules.md#digital-and-total). Only a
// reported one has a value, and always has.
func (f figures) settle(s *programme.Statement) *rows.Fault {
	if f.total != nil || f.digital != nil {
		if wrong := f.subtract(); wrong != nil {
			return wrong
		}
		rest := *f.total - *f.digital
		f.value = &rest
	}
	if s.State != "" && (s.State == programme.Reported) != (f.value != nil) {
		return rows.Faulty(programme.RefusedStateValueMismatch, "data.value")
	}
	if f.value != nil {
		s.Value = *f.value
	}
	return nil
}

func (f figures) subtract() *rows.Fault {
	switch {
	case f.total == nil:
		return missing("data.total")
	case f.digital == nil:
		return missing("data.digital")
	case f.value != nil:
		return badValue("data.value")
	case *f.digital > *f.total:
		return rows.Faulty(programme.RefusedDigitalExceedsTotal, "data.digital")
	default:
		return nil
	}
}

// number reads a whole number from 0 up; null is left as not given.
func number(decoder *jx.Decoder, field string, into **int64) *rows.Fault {
	value := int64(-1)
	wrong := whole(decoder, field, 0, rows.MostValue, &value)
	if wrong == nil && value >= 0 {
		*into = &value
	}
	return wrong
}

func encodeStatement(into []byte, s programme.Statement) []byte {
	into = appendText(into, s.Entity)
	into = appendText(into, s.Service)
	into = appendText(into, string(s.Channel))
	into = appendText(into, string(s.Measure))
	into = append(into, byte(s.Period.Grain))
	into = binary.AppendVarint(into, int64(s.Period.From))
	into = binary.AppendVarint(into, int64(s.Period.To))
	into = appendText(into, string(s.State))
	into = binary.AppendVarint(into, s.Value)
	into = appendText(into, s.Source)
	into = appendText(into, s.EventID)
	into = binary.AppendVarint(into, s.RecordedAt.UnixMicro())
	return appendMoment(into, s.ReceivedAt)
}

func decodeStatement(r *recordReader, receipt *programme.Receipt) programme.Statement {
	s := programme.Statement{Actor: receipt.Actor, Entity: r.name(), Service: r.name()}
	s.Channel, s.Measure = programme.Channel(r.name()), programme.Measure(r.name())
	s.Period.Grain = civil.Grain(r.byte())
	s.Period.From = civil.Date(r.signed()) //nolint:gosec // written from a Date
	s.Period.To = civil.Date(r.signed())   //nolint:gosec // written from a Date
	s.State, s.Value = programme.State(r.name()), r.signed()
	s.Source, s.EventID = r.name(), r.text()
	s.RecordedAt, s.ReceivedAt = r.instant(), r.moment()
	return s
}
