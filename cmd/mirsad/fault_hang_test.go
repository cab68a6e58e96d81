package main

import (
	"context"
	"net/http"
	"slices"
	"syscall"
	"testing"
	"time"

	"mirsad/internal/engine"
)

// hanging is how long the database hangs.
func hanging(short time.Duration) time.Duration {
	if soaking() {
		return 2 * time.Minute
	}
	return short
}

// probe posts small bodies one after the other until the context ends, and returns how long each took to be taken.
func (a *agencies) probe(ctx context.Context) (took []time.Duration) {
	a.t.Helper()
	for ctx.Err() == nil {
		content, uses := a.body(0)
		began := time.Now()
		status, answer := a.send(0, content)
		took = append(took, time.Since(began))
		if status != http.StatusAccepted {
			a.t.Errorf("a body is not taken after %s: %d %s", took[len(took)-1], status, answer)
			continue
		}
		a.mu.Lock()
		a.identities += bodyEvents
		a.uses += uses
		a.mu.Unlock()
		time.Sleep(50 * time.Millisecond)
	}
	return took
}

func (a *agencies) probeFor(duration time.Duration) []time.Duration {
	ctx, cancel := context.WithTimeout(a.t.Context(), duration)
	defer cancel()
	return a.probe(ctx)
}

// p99 is the time that 99 of 100 took at most.
func p99(took []time.Duration) time.Duration {
	if len(took) == 0 {
		return 0
	}
	slices.Sort(took)
	return took[(len(took)-1)*99/100]
}

// mustBeTakenWhile probes before and during, and wants events to be acknowledged within a second, or within what a busy
// machine makes of it when nothing hangs.
func (a *agencies) mustBeTakenWhile(what string, duration time.Duration, begin func()) {
	a.t.Helper()
	eventually(a.t, "the token to be known", func() bool { // a token just made is known within seconds
		status, _ := a.send(0, []byte("\n"))
		return status == http.StatusBadRequest
	})
	quiet := p99(a.probeFor(2 * time.Second))
	begin()
	took := a.probeFor(duration)
	a.t.Logf("%s: p99 of %d bodies %s, before it %s", what, len(took), p99(took), quiet)
	if limit := max(time.Second, 5*quiet); p99(took) > limit {
		a.t.Errorf("%s: bodies take %s, want within %s", what, p99(took), limit)
	}
	if status, _ := a.p.request(http.MethodGet, "/readyz", "", nil); status != http.StatusOK {
		a.t.Errorf("%s: /readyz answers %d while events are taken", what, status)
	}
}

// TestFaultFrozen stops the engine's process without ending it, as a disk that stalls does. In the long form nobody lets
// it go on: the supervisor has to notice.
func TestFaultFrozen(t *testing.T) {
	t.Parallel()
	p := serve(t, t.TempDir())
	a := newAgencies(t, p)
	endpoint, err := engine.ReadEndpoint(p.data)
	if err != nil {
		t.Fatal(err)
	}
	p.openPool()
	a.mustBeTakenWhile("the engine frozen", hanging(6*time.Second), func() {
		if err := syscall.Kill(endpoint.PID, syscall.SIGSTOP); err != nil {
			t.Fatal(err)
		}
		if soaking() {
			go func() {
				began := time.Now()
				eventually(t, "another engine", func() bool {
					now, err := engine.ReadEndpoint(p.data)
					return err == nil && now.PID != endpoint.PID
				})
				t.Logf("another engine runs after %s", time.Since(began))
			}()
		}
	})
	_ = syscall.Kill(endpoint.PID, syscall.SIGCONT) // in the long form it is no more
	a.mustEqual("the engine frozen")
}

// TestFaultBlackHole has the line to the database swallow everything, as a firewall does that drops packets.
func TestFaultBlackHole(t *testing.T) {
	t.Parallel()
	database := startDatabase(t)
	p := serveWith(t, t.TempDir(), []string{"MIRSAD_CLICKHOUSE_URL=" + database.url})
	a := newAgencies(t, p)
	p.openPool()
	a.mustBeTakenWhile("the database in a black hole", hanging(6*time.Second), database.swallow)
	database.mend()
	a.mustEqual("the database in a black hole")
}

// openPool opens connections to the database that are idle when it begins to hang.
func (p *program) openPool() {
	p.t.Helper()
	done := make(chan int)
	for range 10 {
		go func() {
			request, err := http.NewRequestWithContext(p.t.Context(), http.MethodGet, p.address()+"/v1/audit", http.NoBody)
			if err != nil {
				done <- 0
				return
			}
			request.Header.Set("Authorization", "Bearer "+p.service.Operator)
			answer, err := p.client.Do(request)
			if err != nil {
				done <- 0
				return
			}
			_ = answer.Body.Close()
			done <- answer.StatusCode
		}()
	}
	for range 10 {
		if status := <-done; status != http.StatusOK {
			p.t.Errorf("GET /v1/audit: %d", status)
		}
	}
}
