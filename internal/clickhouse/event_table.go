package clickhouse

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// eventTable is a table of events that keeps all versions of an event; the newest version of an id counts. A kind of
// event says what its columns are; how versions are compared, added and read is the same for all.
type eventTable[T any] struct {
	name string
	// day is the column of the day on which an event applies; events are read in that order.
	day     string
	columns []eventColumn[T]
	version func(event *T) eventVersion
	// same reports whether two versions say the same, apart from the sender and the time.
	same func(a, b T) bool
}

// eventVersion is what decides whether an event is a new version of one.
type eventVersion struct {
	id         string
	on         civil.Date
	receivedAt time.Time  // of a replayed event; otherwise zero
	recordedAt *time.Time // moved on when a version recorded later is stored already
}

// idsAsked bounds how many events one question names: they travel in its address.
const idsAsked = 2000

// insert adds events as one block under a token, in their order. One whose newest version says the same is left out;
// one that says something else is a new version, and the newest counts.
func (t *eventTable[T]) insert(ctx context.Context, db *conn, token string, events []T) error {
	newest, err := t.newest(ctx, db, events)
	if err != nil {
		return err
	}
	var added []T
	for _, event := range events {
		v := t.version(&event)
		if v.on < firstDate32 || v.on > lastDate32 {
			return fmt.Errorf("insert %s: %w: day %s is not within %s and %s",
				t.name, programme.ErrInvalid, v.on, firstDate32, lastDate32)
		}
		if last, found := newest[v.id]; found {
			lastRecorded := *t.version(&last).recordedAt
			if t.same(last, event) || programme.Superseded(v.receivedAt, lastRecorded) {
				continue
			}
			*v.recordedAt = afterwards(*v.recordedAt, lastRecorded)
		}
		newest[v.id] = event
		added = append(added, event)
	}
	if len(added) == 0 {
		return nil
	}
	columns := make([]any, 0, len(t.columns))
	for _, c := range t.columns {
		columns = append(columns, c.write(added))
	}
	return db.insert(ctx, ingest, t.question(db, "events.Insert"), token, columns...)
}

// newest returns the newest stored version of each event by its id.
func (t *eventTable[T]) newest(ctx context.Context, db *conn, events []T) (map[string]T, error) {
	newest := map[string]T{}
	ids := columnOf(events, func(event *T) string { return t.version(event).id })
	for some := range slices.Chunk(ids, idsAsked) {
		found, err := t.list(ctx, db, ingest, "events.Newest", bind("ids", some))
		if err != nil {
			return nil, err
		}
		for _, event := range found {
			newest[t.version(&event).id] = event
		}
	}
	return newest, nil
}

// asAt returns the newest version of every event recorded by a moment, in the order in which they apply; a zero moment
// means now.
func (t *eventTable[T]) asAt(ctx context.Context, db *conn, moment time.Time) ([]T, error) {
	return t.list(ctx, db, web, "events.AsAt", bind("as_at", microseconds(moment)))
}

// list asks a question whose answer has the table's columns.
func (t *eventTable[T]) list(ctx context.Context, db *conn, p part, question string, args ...any) ([]T, error) {
	var faults []error
	found, err := list(ctx, db, p, t.question(db, question), func(r *record) (event T) {
		for _, c := range t.columns {
			if err := c.read(r, &event); err != nil {
				faults = append(faults, fmt.Errorf("read %s of %s: %w", c.name, t.name, err))
			}
		}
		return event
	}, args...)
	if err = errors.Join(err, errors.Join(faults...)); err != nil {
		return nil, err
	}
	return found, nil
}

// question is a question about this table; names of tables and columns can't be bound.
func (t *eventTable[T]) question(db *conn, name string) question {
	columns := make([]string, 0, len(t.columns))
	for _, c := range t.columns {
		columns = append(columns, c.name)
	}
	named := strings.NewReplacer("{table}", t.name, "{columns}", strings.Join(columns, ", "), "{day}", t.day)
	return question{name: name + " " + t.name, text: named.Replace(db.queries[name])}
}
