package clickhouse

import (
	"encoding/json"
	"time"

	"mirsad/internal/civil"
)

// eventColumn is one column of a table of events: how the field behind it is written and read.
type eventColumn[T any] struct {
	name  string
	write func(events []T) any // the column of a block
	read  func(r *record, event *T) error
}

// names is a column of texts that many events repeat.
func names[T any, S ~string](name string, at func(*T) *S) eventColumn[T] {
	return textual(name, at, (*record).name)
}

// texts is a column of texts that are an event's own.
func texts[T any, S ~string](name string, at func(*T) *S) eventColumn[T] {
	return textual(name, at, (*record).text)
}

func textual[T any, S ~string](name string, at func(*T) *S, read func(*record) string) eventColumn[T] {
	return eventColumn[T]{
		name:  name,
		write: func(events []T) any { return columnOf(events, func(e *T) string { return string(*at(e)) }) },
		read: func(r *record, e *T) error {
			*at(e) = S(read(r))
			return nil
		},
	}
}

// small is a column of numbers below 256.
func small[T any, N ~uint8](name string, at func(*T) *N) eventColumn[T] {
	return eventColumn[T]{
		name:  name,
		write: func(events []T) any { return columnOf(events, func(e *T) uint8 { return uint8(*at(e)) }) },
		read: func(r *record, e *T) error {
			*at(e) = N(r.uint8())
			return nil
		},
	}
}

// days is a column of dates from 1900 on.
func days[T any](name string, at func(*T) *civil.Date) eventColumn[T] {
	return eventColumn[T]{
		name:  name,
		write: func(events []T) any { return columnOf(events, func(e *T) time.Time { return at(e).Time() }) },
		read: func(r *record, e *T) error {
			*at(e) = r.date32()
			return nil
		},
	}
}

// instants is a column of moments to the microsecond.
func instants[T any](name string, at func(*T) *time.Time) eventColumn[T] {
	return eventColumn[T]{
		name:  name,
		write: func(events []T) any { return columnOf(events, func(e *T) time.Time { return *at(e) }) },
		read: func(r *record, e *T) error {
			*at(e) = r.instant()
			return nil
		},
	}
}

// lists is a column of lists as JSON; an empty list is an empty text.
func lists[T, V any](name string, at func(*T) *[]V) eventColumn[T] {
	return eventColumn[T]{
		name:  name,
		write: func(events []T) any { return columnOf(events, func(e *T) string { return encode(*at(e)) }) },
		read: func(r *record, e *T) error {
			content := r.bytes()
			if len(content) == 0 {
				return nil
			}
			return json.Unmarshal(content, at(e))
		},
	}
}

// encode writes a list as JSON; an empty list is nothing.
func encode[V any](values []V) string {
	if len(values) == 0 {
		return ""
	}
	content, err := json.Marshal(values)
	if err != nil {
		panic(err) // the lists of events are of texts: they always marshal
	}
	return string(content)
}
