// Package fair keeps one sender of events from holding up the others: each has a budget of what its bodies cost, and a
// share of the memory and the processors that all bodies have together.
package fair

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"mirsad/ingest/rows"
	"mirsad/internal/access"
	"mirsad/internal/programme"
)

// What the bodies of one principal may hold of what is for all.
const (
	// mostOpen is how many bodies may be under way at once; what is more is refused at once.
	mostOpen = 64
	// memoryPart is which part of the memory for bodies one principal may hold, or one body when that is more.
	memoryPart = 4
	// roomWithin is how long a body waits for memory.
	roomWithin = 10 * time.Second
)

// The memory for bodies has two halves, of what is read and of what that inflates to: who holds something of the first
// waits for the second, and never the other way.
const (
	AsSent   = iota // what is read as it comes
	Inflated        // what that inflates to
	halves
)

// Sharing parts what bodies take of the machine among those who send them.
type Sharing struct {
	memory [halves]*semaphore.Weighted // bytes, of all bodies together
	most   [halves]int64               // bytes that one principal may hold

	mu      sync.Mutex
	senders map[string]*holder
}

// holder is one principal that has bodies under way.
type holder struct {
	open   int
	memory [halves]*semaphore.Weighted
	turns  *semaphore.Weighted // bodies that are being inflated or judged
}

// NewSharing returns a sharing of so many bytes of memory.
func NewSharing(bytes int64) *Sharing {
	s := &Sharing{senders: map[string]*holder{}}
	half := max(bytes/halves, 1)
	for which, body := range [halves]int64{AsSent: rows.MaxSentBytes, Inflated: rows.MaxInflatedBytes} {
		s.memory[which] = semaphore.NewWeighted(half)
		s.most[which] = max(half/memoryPart, min(half, body))
	}
	return s
}

// Share is what one body holds; it is given back by Release.
type Share struct {
	sharing *Sharing
	holder  *holder
	id      string
	bytes   [halves]int64
	turn    bool
}

// Open begins a body, unless the principal has too many under way. An importer of an administrator's may use all
// processors at once, anybody else one: nobody's events wait behind another's.
func (s *Sharing) Open(p access.Principal) (*Share, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	of := s.senders[p.ID]
	if of == nil {
		turns := int64(1)
		if p.Admin() {
			turns = int64(runtime.GOMAXPROCS(0))
		}
		of = &holder{turns: semaphore.NewWeighted(turns)}
		for which, most := range s.most {
			of.memory[which] = semaphore.NewWeighted(most)
		}
		s.senders[p.ID] = of
	}
	if of.open >= mostOpen {
		return nil, &BudgetError{after: time.Second}
	}
	of.open++
	return &Share{sharing: s, holder: of, id: p.ID}, nil
}

// Hold waits for memory before it is spent, in place of what the body holds of that half.
func (h *Share) Hold(ctx context.Context, which int, bytes int64) error {
	h.Keep(which, 0)
	ctx, stop := context.WithTimeout(ctx, roomWithin)
	defer stop()
	bytes = min(bytes, h.sharing.most[which])
	if err := h.holder.memory[which].Acquire(ctx, bytes); err != nil {
		return fmt.Errorf("receive events: %w", &BudgetError{after: time.Second})
	}
	if err := h.sharing.memory[which].Acquire(ctx, bytes); err != nil {
		h.holder.memory[which].Release(bytes)
		return fmt.Errorf("receive events: %w: no memory for the body: %w", programme.ErrUnavailable, err)
	}
	h.bytes[which] = bytes
	return nil
}

// Keep gives memory back that the body turned out not to need.
func (h *Share) Keep(which int, bytes int64) {
	if spare := h.bytes[which] - bytes; spare > 0 {
		h.bytes[which] = bytes
		h.sharing.memory[which].Release(spare)
		h.holder.memory[which].Release(spare)
	}
}

// Begin waits for the principal's turn; a nil share has always its turn.
func (h *Share) Begin(ctx context.Context) error {
	if h == nil || h.turn {
		return nil
	}
	if err := h.holder.turns.Acquire(ctx, 1); err != nil {
		return fmt.Errorf("receive events: %w", err)
	}
	h.turn = true
	return nil
}

// End gives the turn back.
func (h *Share) End() {
	if h != nil && h.turn {
		h.turn = false
		h.holder.turns.Release(1)
	}
}

// Release gives back all that the body holds.
func (h *Share) Release() {
	h.End()
	h.Keep(AsSent, 0)
	h.Keep(Inflated, 0)
	h.sharing.mu.Lock()
	defer h.sharing.mu.Unlock()
	if h.holder.open--; h.holder.open == 0 {
		delete(h.sharing.senders, h.id)
	}
}
