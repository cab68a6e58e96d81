package programme

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// recorded is a fact with its body read.
type recorded[T any] struct {
	Fact
	body T
}

// readFamily reads the bodies of one family's facts, in the order of subject and sequence.
// Of two facts with one sequence the first recorded stands, as in the store.
func readFamily[T any](facts []Fact, family Family, until time.Time) ([]recorded[T], error) {
	var kept []recorded[T]
	for _, fact := range facts {
		if fact.Family != family || recordedAfter(fact.RecordedAt, until) {
			continue
		}
		read := recorded[T]{Fact: fact}
		if err := json.Unmarshal(fact.Body, &read.body); err != nil {
			return nil, fmt.Errorf("%w: fact %s/%s/%d: %s", ErrInvalid, family, fact.Subject, fact.Seq, err.Error())
		}
		kept = append(kept, read)
	}
	slices.SortFunc(kept, func(a, b recorded[T]) int {
		return cmp.Or(cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Seq, b.Seq),
			a.RecordedAt.Compare(b.RecordedAt), cmp.Compare(a.ID, b.ID))
	})
	return slices.CompactFunc(kept, func(a, b recorded[T]) bool {
		return a.Subject == b.Subject && a.Seq == b.Seq
	}), nil
}

// recordedAfter reports whether something was recorded after the end of what is known; no end knows all.
func recordedAfter(at, until time.Time) bool { return !until.IsZero() && at.After(until) }

// inForce returns the newest fact, by sequence, that is effective on the date.
func inForce[T any](stream []recorded[T], on Date) *recorded[T] {
	for i := range slices.Backward(stream) {
		if stream[i].EffectiveOn <= on {
			return &stream[i]
		}
	}
	return nil
}

// bySubject cuts facts in the order of subject and sequence into their streams.
func bySubject[T any](facts []recorded[T]) map[string][]recorded[T] {
	streams := map[string][]recorded[T]{}
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
