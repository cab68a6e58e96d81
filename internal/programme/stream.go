package programme

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"mirsad/internal/civil"
)

// Recorded is a fact with its body read.
type Recorded[T any] struct {
	Fact
	Body T
}

// ReadFamily reads the bodies of one family's facts, in the order of subject and sequence.
// Of two facts with one sequence the first recorded counts, as in the store.
func ReadFamily[T any](facts []Fact, family Family, until time.Time) ([]Recorded[T], error) {
	var kept []Recorded[T]
	for _, fact := range facts {
		if fact.Family != family || RecordedAfter(fact.RecordedAt, until) {
			continue
		}
		read := Recorded[T]{Fact: fact}
		if err := json.Unmarshal(fact.Body, &read.Body); err != nil {
			return nil, fmt.Errorf("%w: fact %s/%s/%d: %s", ErrInvalid, family, fact.Subject, fact.Seq, err.Error())
		}
		kept = append(kept, read)
	}
	slices.SortFunc(kept, func(a, b Recorded[T]) int {
		return cmp.Or(cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Seq, b.Seq),
			a.RecordedAt.Compare(b.RecordedAt), cmp.Compare(a.ID, b.ID))
	})
	return slices.CompactFunc(kept, func(a, b Recorded[T]) bool {
		return a.Subject == b.Subject && a.Seq == b.Seq
	}), nil
}

// RecordedAfter reports whether something was recorded after the end of what is known; no end knows all.
func RecordedAfter(at, until time.Time) bool { return !until.IsZero() && at.After(until) }

// InForce returns the newest fact, by sequence, that is effective on the date.
func InForce[T any](stream []Recorded[T], on civil.Date) *Recorded[T] {
	for i := range slices.Backward(stream) {
		if stream[i].EffectiveOn <= on {
			return &stream[i]
		}
	}
	return nil
}

// BySubject cuts facts in the order of subject and sequence into their streams.
func BySubject[T any](facts []Recorded[T]) map[string][]Recorded[T] {
	streams := map[string][]Recorded[T]{}
	for from := 0; from < len(facts); {
		to := from
		for to < len(facts) && facts[to].Subject == facts[from].Subject {
			to++
		}
		streams[facts[from].Subject] = facts[from:to:to]
		from = to
	}
	return streams
}

// NoEnd is the last instant of a knowledge that leaves nothing out.
var NoEnd time.Time
