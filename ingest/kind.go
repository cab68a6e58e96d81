package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"mirsad/ingest/rows"
	"mirsad/internal/programme"
)

// kind is one kind of event: everything that the way from the judge to the store has to know of it.
type kind[T any] struct {
	// event is the type of its CloudEvents; the JSON Schema of their data has the same name.
	event string
	// letter marks its rows in a record of the spool. A record may be read by a later version of the program, so a
	// letter is never given to another kind.
	letter byte
	// block names its rows in the token of an insert. A chunk may be written again by a later version, so it stays too.
	block string

	// judge decides what an event's data say, or why they are refused.
	judge func(j *judge, e *envelope, c common) (T, *rows.Fault)
	// encode appends an accepted event to a record of the spool, and decode reads it back. The event is passed by
	// value: a pointer through a function value would cost an allocation an event.
	encode func(into []byte, event T) []byte
	decode func(r *recordReader, receipt *programme.Receipt) T
	// insert brings events to the store.
	insert func(s EventStore, ctx context.Context, token string, events []T) error
	// origin says where an event came from, should the store never take it.
	origin func(event *T) origin
	// many says that nearly all rows are of this kind: its block has room for a whole chunk from the start.
	many bool
	// undated says that its events may be of any date; stated that they are of a period, and not of their time.
	undated, stated bool
	// total is the total that an event states; nil for a kind that states none.
	total func(event T) rows.Stated
	// slice is what an event changes in the rollups; nil for a kind that is in none.
	slice func(event *T) programme.Slice
}

// origin is where an event came from.
type origin struct {
	at              time.Time // when it was received, which names its place in its body
	entity, eventID string
}

// eventKind is a kind of event, whatever its events hold.
type eventKind interface {
	eventType() string
	mark() byte
	// limited reports whether its events may be too old, ofPeriod whether they are of a period and not of their time.
	limited() bool
	ofPeriod() bool
	accept(j *judge, e *envelope, c common, into *record) *rows.Fault
	// check judges an event's data and keeps nothing.
	check(j *judge, e *envelope, c common) *rows.Fault
	newBlock() block
}

var (
	kindsByType = byType(kinds)
	places      = placesByLetter(kinds)
)

func byType(kinds []eventKind) map[string]eventKind {
	types := make(map[string]eventKind, len(kinds))
	for _, k := range kinds {
		types[k.eventType()] = k
	}
	return types
}

// noKind is the place of a letter that marks no kind of event.
const noKind = -1

// placesByLetter returns where in the list the kind is that a letter marks.
func placesByLetter(kinds []eventKind) (places [256]int8) {
	for letter := range places {
		places[letter] = noKind
	}
	for at, k := range kinds {
		places[k.mark()] = int8(at)
	}
	return places
}

func (k *kind[T]) eventType() string { return k.event }

func (k *kind[T]) mark() byte { return k.letter }

func (k *kind[T]) limited() bool { return !k.undated && !k.stated }

func (k *kind[T]) ofPeriod() bool { return k.stated }

func (k *kind[T]) newBlock() block { return &events[T]{kind: k} }

// accept judges an event's data and adds the event to the body's record when there is no fault.
func (k *kind[T]) accept(j *judge, e *envelope, c common, into *record) *rows.Fault {
	event, wrong := k.judge(j, e, c)
	if wrong != nil {
		return wrong
	}
	into.accepted++
	begin := len(into.rows)
	into.rows = k.encode(append(into.rows, k.letter), event)
	if k.total != nil {
		into.stated = append(into.stated, k.total(event))
		into.places = append(into.places, place{into.index, begin, len(into.rows)})
	}
	return nil
}

func (k *kind[T]) check(j *judge, e *envelope, c common) *rows.Fault {
	_, wrong := k.judge(j, e, c)
	return wrong
}

// encodeJSON is the encode of a kind that comes a few times a day.
func encodeJSON[T any](into []byte, event T) []byte {
	body, err := json.Marshal(&event)
	if err != nil {
		panic(err) // plain data always marshals
	}
	return appendText(into, body)
}

// decodeJSON reads what encodeJSON wrote.
func decodeJSON[T any](r *recordReader, _ *programme.Receipt) T {
	var event T
	if err := json.Unmarshal(r.sized(), &event); err != nil && r.err == nil {
		r.err = fmt.Errorf("%w: %w", errRecord, err)
	}
	return event
}
