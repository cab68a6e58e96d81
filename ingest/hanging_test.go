package ingest

import (
	"context"
	"net/http"
	"runtime"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"mirsad/ingest/rows"
	"mirsad/internal/programme"
)

// hangingStore is a store that can hang: instead of an answer there is none.
type hangingStore struct {
	*memoryStore

	hangs  atomic.Bool
	waited atomic.Int64 // requests that were given up
}

func (h *hangingStore) hang(ctx context.Context) error {
	if !h.hangs.Load() {
		return nil
	}
	<-ctx.Done()
	h.waited.Add(1)
	return ctx.Err()
}

func (h *hangingStore) ServiceOwners(ctx context.Context) ([]programme.Ownership, error) {
	if err := h.hang(ctx); err != nil {
		return nil, err
	}
	return h.memoryStore.ServiceOwners(ctx)
}

func (h *hangingStore) InsertUsage(ctx context.Context, token string, rows []programme.UsageEvent) error {
	if err := h.hang(ctx); err != nil {
		return err
	}
	return h.memoryStore.InsertUsage(ctx, token, rows)
}

func (h *hangingStore) Recompute(ctx context.Context) (int, error) {
	if err := h.hang(ctx); err != nil {
		return 0, err
	}
	return h.memoryStore.Recompute(ctx)
}

// While the store hangs, bodies are taken, also those whose service is not known or another's: they are decided by the
// catalogue that was read last. When it answers again, the writer and the rollup go on.
func TestEventsAreTakenWhileTheStoreHangs(t *testing.T) {
	store := &hangingStore{memoryStore: newMemoryStore()}
	brief := quick
	brief.AttemptFirst = 20 * time.Millisecond
	f := newFixture(t, brief, store, time.Now)
	f.start(t)
	f.lines(t, agency, usage(nil, fields{"id": "before"}))
	f.idle(t)
	store.hangs.Store(true)
	const bodies = 40 // each of which would wait for the store
	done := make(chan int)
	go func() {
		taken := 0
		for n := range bodies {
			body := usage(nil, fields{"id": strconv.Itoa(n), "subject": []string{"moi-1", "nowhere", "moph-1"}[n%3]})
			if f.post(&agency, "/v1/events", string(rows.FormatLines), "", []byte(body)).Code == http.StatusAccepted {
				taken++
			}
		}
		done <- taken
	}()
	select {
	case taken := <-done:
		if taken != bodies {
			t.Errorf("%d of %d bodies were taken", taken, bodies)
		}
	case <-time.After(bodies * 500 * time.Millisecond / 4):
		t.Fatal("bodies wait for a store that hangs")
	}
	for store.waited.Load() < 2 { // the writer gives a request up, and tries again
		runtime.Gosched()
	}
	store.hangs.Store(false)
	f.idle(t)
	if got := len(rowsIn[programme.UsageEvent](store.memoryStore, "usage")); got != 1+(bodies+2)/3 {
		t.Errorf("%d events are stored", got)
	}
}
