package account

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

// memory is a store of facts that counts its questions and can go away; the same tests' essentials run on the
// real engine in engine_test.go.
type memory struct {
	audittest.Memory

	now func() time.Time

	mu        sync.Mutex
	facts     []programme.Fact
	uses      []programme.TokenUse // one a row
	away      bool
	questions int
}

var errAway = audittest.ErrAway

func (m *memory) Facts(_ context.Context, families []programme.Family, _ time.Time) ([]programme.Fact, error) {
	return m.find(func(f programme.Fact) bool {
		return slices.Contains(families, f.Family)
	})
}

func (m *memory) Stream(_ context.Context, family programme.Family, subject string) ([]programme.Fact, error) {
	return m.find(func(f programme.Fact) bool { return f.Family == family && f.Subject == subject })
}

func (m *memory) Recent(_ context.Context, family programme.Family, since time.Time) ([]programme.Fact, error) {
	found, err := m.find(func(f programme.Fact) bool { return f.Family == family && !f.RecordedAt.Before(since) })
	newest := map[string]programme.Fact{}
	for _, fact := range found {
		if fact.Seq > newest[fact.Subject].Seq {
			newest[fact.Subject] = fact
		}
	}
	return slices.Collect(maps.Values(newest)), err
}

func (m *memory) find(wanted func(programme.Fact) bool) ([]programme.Fact, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.questions++
	if m.away {
		return nil, errAway
	}
	var found []programme.Fact
	for _, fact := range m.facts {
		if wanted(fact) {
			found = append(found, fact)
		}
	}
	return found, nil
}

func (m *memory) Append(_ context.Context, draft programme.Draft, after uint32) (programme.Fact, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.away {
		return programme.Fact{}, errAway
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
		Family: draft.Family, Subject: draft.Subject, Seq: after + 1, RecordedAt: m.now(), Actor: draft.Actor, Body: body,
	}
	m.facts = append(m.facts, fact)
	return fact, nil
}

func (m *memory) RecordTokenUse(_ context.Context, _ string, uses []programme.TokenUse) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.away {
		return errAway
	}
	m.uses = append(m.uses, uses...)
	return nil
}

func (m *memory) TokenUses(context.Context) ([]programme.TokenUse, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.away {
		return nil, errAway
	}
	together := map[string]programme.TokenUse{}
	for _, use := range m.uses {
		together[use.Token] = use.And(together[use.Token])
	}
	return slices.Collect(maps.Values(together)), nil
}

// useRows counts the rows that record the use of tokens.
func (m *memory) useRows() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.uses)
}

// rows counts the facts of a family.
func (m *memory) rows(family programme.Family) int {
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

func (m *memory) asked() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.questions
}

func (m *memory) goAway() { m.setAway(true) }

func (m *memory) comeBack() { m.setAway(false) }

func (m *memory) setAway(away bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.away = away
	m.SetAway(away)
}
