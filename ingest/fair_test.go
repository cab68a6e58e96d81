package ingest

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mirsad/ingest/fair"
	"mirsad/ingest/rows"
	"mirsad/internal/access"
)

// dear is a body of one event and 40 MB of white space: little to send, much to read.
func dear(tb testing.TB) []byte {
	tb.Helper()
	noise := bytes.Repeat([]byte("    \t\t \t   \t \t\t\t  \t    \t \t"), 40<<20/32)
	for i := 0; i < len(noise); i += 97 {
		noise[i] = "\t "[i/97*7919%13/7]
	}
	return gzipped(tb, append([]byte(usage(nil)+"\n"), noise...))
}

// modest posts an event a few milliseconds after the other as somebody, and returns the time that 99 of 100 took at most.
func (f *fixture) modest(tb testing.TB, as access.Principal) time.Duration {
	tb.Helper()
	const posts = 100
	took := make([]time.Duration, posts)
	for n := range posts {
		body := []byte(usage(nil, fields{"id": strconv.Itoa(n), "subject": "moph-1"}))
		began := time.Now()
		if got := f.post(&as, "/v1/events", string(rows.FormatLines), "", body); got.Code != http.StatusAccepted {
			tb.Fatalf("%d %s", got.Code, got.Body)
		}
		took[n] = time.Since(began)
		time.Sleep(5 * time.Millisecond)
	}
	slices.Sort(took)
	return took[posts*99/100-1]
}

// One token sends, on 24 connections, bodies that are dear to read, and spends its budget; another sends an event now
// and then and does not notice.
func TestAGreedyTokenDoesNotHoldUpAModestOne(t *testing.T) {
	f := newFixture(t, Configuration{}, newMemoryStore(), func() time.Time { return evening.Add(time.Since(started)) })
	f.start(t)
	quiet := f.modest(t, stranger)
	body := dear(t)
	var ended atomic.Bool
	var greedy sync.WaitGroup
	var taken, refused atomic.Int64
	for range 24 {
		greedy.Go(func() {
			for !ended.Load() {
				switch got := f.post(&agency, "/v1/events", string(rows.FormatLines), "gzip", body).Code; got {
				case http.StatusAccepted:
					taken.Add(1)
				case http.StatusTooManyRequests:
					refused.Add(1)
					time.Sleep(20 * time.Millisecond)
				default:
					t.Errorf("a greedy body: %d", got)
				}
			}
		})
	}
	for taken.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	during := f.modest(t, stranger)
	ended.Store(true)
	greedy.Wait()
	t.Logf("p99 %s, quiet %s; %d greedy bodies were taken, %d refused", during, quiet, taken.Load(), refused.Load())
	if limit := 3*quiet + 250*time.Millisecond; during > limit { // on a machine that is busy with other tests
		t.Errorf("a modest token waits %s, quiet %s", during, quiet)
	}
}

var started = time.Now()

// Bodies are charged by what they cost, whatever becomes of them.
func TestBodiesAreChargedByTheirCost(t *testing.T) {
	for name, each := range map[string]struct {
		encoding string
		body     []byte
		least    int
	}{
		"one event":                   {"", []byte(usage(nil)), fair.LeastCost},
		"nothing":                     {"", nil, fair.LeastCost},
		"white space":                 {"", bytes.Repeat([]byte("\n"), 8<<20), 8 << 10},
		"brackets":                    {"", bytes.Repeat([]byte("["), 8<<20), 8 << 10},
		"too much":                    {"", make([]byte, rows.MaxSentBytes+1), fair.LeastCost},
		"inflated white space":        {"gzip", gzipped(t, bytes.Repeat([]byte(" "), 4<<20)), 4 << 10},
		"a bomb":                      {"gzip", gzipped(t, make([]byte, 65<<20)), 8 << 10},
		"no gzip":                     {"gzip", bytes.Repeat([]byte("x"), 1<<20), 1 << 10},
		"more events than a body may": {"", bytes.Repeat([]byte("{}\n"), MaxEvents+1), MaxEvents},
	} {
		f := newFixture(t, quick, newMemoryStore(), standing)
		f.post(&agency, "/v1/events", string(rows.FormatLines), each.encoding, each.body)
		left := f.budgets.Of(agency).TokensAt(standing())
		if charged := int(float64(f.budgets.Of(agency).Burst()) - left); charged < each.least {
			t.Errorf("%s is charged as %d events, want %d at least", name, charged, each.least)
		}
	}
}

// slow is a body of which all but the last byte has come; it goes on when it is let go.
type slow struct {
	sent  io.Reader
	letGo <-chan struct{}
}

func (s slow) Read(into []byte) (int, error) {
	n, err := s.sent.Read(into)
	if err == io.EOF {
		<-s.letGo
	}
	return n, err
}

// Connections that announce a large body and hold it back take no more memory than the part of one principal, and no
// more bodies than it may have open; another's bodies are taken meanwhile.
func TestBodiesHeldBackHoldTheirSendersPartOnly(t *testing.T) {
	f := newFixture(t, quick, newMemoryStore(), standing)
	letGo := make(chan struct{})
	const mostOpen = 64
	codes := make(chan int, 200)
	for range 200 {
		go func() {
			request := httptest.NewRequest(http.MethodPost, "/v1/events", slow{strings.NewReader("\n"), letGo})
			request.Header.Set("Content-Type", string(rows.FormatLines))
			request.ContentLength = rows.MaxSentBytes
			codes <- f.serve(&agency, request).Code
		}()
	}
	for range 200 - mostOpen {
		if code := <-codes; code != http.StatusTooManyRequests {
			t.Errorf("a body beyond those that may be open: %d", code)
		}
	}
	if got := f.post(&stranger, "/v1/events", string(rows.FormatLines), "", []byte(usage(nil, fields{"subject": "moph-1"}))); got.Code != http.StatusAccepted {
		t.Errorf("another's body: %d %s", got.Code, got.Body)
	}
	close(letGo)
	for range mostOpen {
		<-codes
	}
	if got := f.post(&agency, "/v1/events", string(rows.FormatLines), "", []byte(usage(nil))); got.Code != http.StatusAccepted {
		t.Errorf("after all has come: %d %s", got.Code, got.Body)
	}
}
