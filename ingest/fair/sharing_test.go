package fair

import (
	"context"
	"errors"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/httpserver"
)

// One sender holds its part of the memory and no more; all is given back.
func TestASenderHoldsItsPart(t *testing.T) {
	const half = 128 << 20
	s := NewSharing(2 * half)
	agency := access.Principal{ID: "token/moi", Entity: "moi"}
	held := make([]*Share, 4)
	for n := range held {
		var err error
		if held[n], err = s.Open(agency); err == nil {
			err = held[n].Hold(t.Context(), AsSent, 8<<20)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	brief, stop := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer stop()
	fifth, err := s.Open(agency)
	if err != nil {
		t.Fatal(err)
	}
	if err := fifth.Hold(brief, AsSent, 8<<20); !errors.Is(err, httpserver.ErrTooManyRequests) {
		t.Errorf("beyond its part: %v", err)
	}
	if !s.memory[AsSent].TryAcquire(half - s.most[AsSent]) {
		t.Error("it holds more than its part")
	} else {
		s.memory[AsSent].Release(half - s.most[AsSent])
	}
	for _, each := range append(held, fifth) {
		each.Release()
	}
	if len(s.senders) != 0 || !s.memory[AsSent].TryAcquire(half) {
		t.Error("not all is given back")
	}
}
