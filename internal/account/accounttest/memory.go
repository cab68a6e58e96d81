package accounttest

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"mirsad/internal/audit/audittest"
	"mirsad/internal/programme"
)

// Memory is a store of facts that counts its questions and can go away; the same tests' essentials run on the real
// engine.
type Memory struct {
	audittest.Memory

	Now func() time.Time

	mu        sync.Mutex
	facts     []programme.Fact
	uses      []programme.TokenUse // one a row
	away      bool
	questions int
}

// Facts returns those of the families; what moment is asked for does not matter.
func (m *Memory) Facts(_ context.Context, families []programme.Family, _ time.Time) ([]programme.Fact, error) {
	return m.find(func(f programme.Fact) bool {
		return slices.Contains(families, f.Family)
	})
}

// Stream returns one subject's facts.
func (m *Memory) Stream(_ context.Context, family programme.Family, subject string) ([]programme.Fact, error) {
	return m.find(func(f programme.Fact) bool { return f.Family == family && f.Subject == subject })
}

// Recent returns the newest fact of every stream in which one was recorded since.
func (m *Memory) Recent(_ context.Context, family programme.Family, since time.Time) ([]programme.Fact, error) {
	found, err := m.find(func(f programme.Fact) bool { return f.Family == family && !f.RecordedAt.Before(since) })
	newest := map[string]programme.Fact{}
	for _, fact := range found {
		if fact.Seq > newest[fact.Subject].Seq {
			newest[fact.Subject] = fact
		}
	}
	return slices.Collect(maps.Values(newest)), err
}

func (m *Memory) find(wanted func(programme.Fact) bool) ([]programme.Fact, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.questions++
	if m.away {
		return nil, audittest.ErrAway
	}
	var found []programme.Fact
	for _, fact := range m.facts {
		if wanted(fact) {
			found = append(found, fact)
		}
	}
	return found, nil
}

// Append adds a fact at its place, or is ErrAlreadyDecided.
func (m *Memory) Append(_ context.Context, draft programme.Draft, after uint32) (programme.Fact, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.away {
		return programme.Fact{}, audittest.ErrAway
	}
	var newest uint32
	for _, fact := range m.facts {
		if fact.Family == draft.Family && fact.Subject == draft.Subject {
			newest = max(newest, fact.Seq)
		}
	}
	if newest != after {
		return programme.Fact{}, fmt.Errorf("%w: %s/%d", programme.ErrAlreadyDecided, draft.Subject, newest)
	}
	body, err := json.Marshal(draft.Body)
	if err != nil {
		return programme.Fact{}, err
	}
	fact := programme.Fact{
		Family: draft.Family, Subject: draft.Subject, Seq: after + 1, RecordedAt: m.Now(),
		Actor: draft.Actor, Body: body,
	}
	m.facts = append(m.facts, fact)
	return fact, nil
}

// RecordTokenUse adds a row a token.
func (m *Memory) RecordTokenUse(_ context.Context, _ string, uses []programme.TokenUse) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.away {
		return audittest.ErrAway
	}
	m.uses = append(m.uses, uses...)
	return nil
}

// TokenUses returns what all rows say together.
func (m *Memory) TokenUses(context.Context) ([]programme.TokenUse, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.away {
		return nil, audittest.ErrAway
	}
	together := map[string]programme.TokenUse{}
	for _, use := range m.uses {
		together[use.Token] = use.And(together[use.Token])
	}
	return slices.Collect(maps.Values(together)), nil
}

// UseRows counts the rows that record the use of tokens.
func (m *Memory) UseRows() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.uses)
}

// Rows counts the facts of a family.
func (m *Memory) Rows(family programme.Family) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	n := 0
	for _, fact := range m.facts {
		if fact.Family == family {
			n++
		}
	}
	return n
}

// Kept returns all facts in the order in which they were added.
func (m *Memory) Kept() []programme.Fact {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.facts)
}

// Asked counts the questions so far.
func (m *Memory) Asked() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.questions
}

// GoAway makes every question fail until ComeBack.
func (m *Memory) GoAway() { m.setAway(true) }

// ComeBack ends GoAway.
func (m *Memory) ComeBack() { m.setAway(false) }

func (m *Memory) setAway(away bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.away = away
	m.SetAway(away)
}
