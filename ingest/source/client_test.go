package source

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/klauspost/compress/gzip"

	"mirsad/internal/programme"
)

func testClient(t *testing.T, handler http.HandlerFunc) *Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	client := NewClient(server.URL+"/", "id.secret", server.Client())
	client.firstPause, client.patience = time.Millisecond, 50*time.Millisecond
	return client
}

func TestClientSendsCompressedWithToken(t *testing.T) {
	client := testClient(t, func(w http.ResponseWriter, r *http.Request) {
		reader, err := gzip.NewReader(r.Body)
		if err != nil {
			t.Error(err)
			return
		}
		body, _ := io.ReadAll(reader)
		if string(body) != "{}\n{}\n" || r.Header.Get("Authorization") != "Bearer id.secret" ||
			r.Header.Get("Content-Type") != "application/x-ndjson" || r.URL.String() != "/v1/events?verify=true" {
			t.Errorf("body %q, headers %v, address %s", body, r.Header, r.URL)
		}
		w.WriteHeader(http.StatusAccepted)
		_, _ = io.WriteString(w, `{"receipt":"r1","accepted":1,"rejected":[{"index":1,"id":"x","code":"bad_value","field":"data.count","message":"m","message_ar":"ع","remedy":"r"}]}`)
	})
	answer, err := client.Send(t.Context(), Body{Type: typeLines, Content: []byte("{}\n{}\n"), Verify: true})
	if err != nil || answer.Receipt != "r1" || answer.Accepted != 1 || answer.Rejected[0].MessageAr != "ع" {
		t.Errorf("%+v, %v", answer, err)
	}
}

func TestClientTriesAgain(t *testing.T) {
	var calls atomic.Int32
	client := testClient(t, func(w http.ResponseWriter, _ *http.Request) {
		switch calls.Add(1) {
		case 1:
			w.Header().Set("Retry-After", "0")
			w.WriteHeader(http.StatusServiceUnavailable)
		case 2:
			w.WriteHeader(http.StatusTooManyRequests)
		case 3:
			panic(http.ErrAbortHandler) // the server is killed
		case 4:
			w.WriteHeader(http.StatusAccepted)
			_, _ = io.WriteString(w, `{"receipt":`) // killed in the middle of its answer
		default:
			w.WriteHeader(http.StatusAccepted)
			_, _ = io.WriteString(w, `{"receipt":"r5","accepted":1,"rejected":[]}`)
		}
	})
	answer, err := client.Send(t.Context(), Body{Type: typeLines, Content: []byte("{}\n")})
	if err != nil || answer.Receipt != "r5" || calls.Load() != 5 {
		t.Errorf("%+v, %v after %d calls", answer, err, calls.Load())
	}
}

func TestClientHonoursRetryAfter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		var calls []time.Duration
		client := NewClient("http://mirsad.example/", "id.secret", &http.Client{Transport: answers(func(w http.ResponseWriter) {
			calls = append(calls, time.Since(began))
			if len(calls) == 1 {
				w.Header().Set("Retry-After", "7")
				w.WriteHeader(http.StatusServiceUnavailable)
				return
			}
			w.WriteHeader(http.StatusAccepted)
			_, _ = io.WriteString(w, `{}`)
		})})
		_, err := client.Send(t.Context(), Body{Type: typeLines})
		if err != nil || !slices.Equal(calls, []time.Duration{0, 7 * time.Second}) {
			t.Errorf("%v, sent after %v", err, calls)
		}
	})
}

// answers is a server without a network, so that time can be the test's own.
type answers func(http.ResponseWriter)

func (a answers) RoundTrip(*http.Request) (*http.Response, error) {
	recorder := httptest.NewRecorder()
	a(recorder)
	return recorder.Result(), nil
}

func TestClientGivesUp(t *testing.T) {
	for name, test := range map[string]struct {
		status int
		body   string
		want   error
		text   string
	}{
		"away for long": {http.StatusServiceUnavailable, "", programme.ErrUnavailable, "503"},
		"unreadable":    {http.StatusBadRequest, `{"title":"No event","detail":"can be read","code":"malformed_json"}`, programme.ErrInvalid, "malformed_json): No event can be read"},
		"no token":      {http.StatusUnauthorized, "nothing", programme.ErrForbidden, "401"},
	} {
		t.Run(name, func(t *testing.T) {
			client := testClient(t, func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(test.status)
				_, _ = io.WriteString(w, test.body)
			})
			_, err := client.Send(t.Context(), Body{Type: typeLines, Content: []byte("{}\n")})
			if !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.text) {
				t.Errorf("error %v; want %v with %q", err, test.want, test.text)
			}
		})
	}
}

func TestClientEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	client := testClient(t, func(w http.ResponseWriter, _ *http.Request) {
		cancel()
		w.Header().Set("Retry-After", "60")
		w.WriteHeader(http.StatusServiceUnavailable)
	})
	if _, err := client.Send(ctx, Body{Type: typeLines, Content: []byte("{}\n")}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestClientAsksWhetherEverythingIsSettled(t *testing.T) {
	for name, test := range map[string]struct {
		status  int
		body    string
		settled bool
		want    error
	}{
		"settled":        {http.StatusOK, `{"spool_events":0,"spool_bytes":0,"age_seconds":0,"rollups_clean":true}`, true, nil},
		"spool waits":    {http.StatusOK, `{"spool_events":3,"rollups_clean":true}`, false, nil},
		"rollups wait":   {http.StatusOK, `{"spool_events":0,"rollups_clean":false}`, false, nil},
		"away":           {http.StatusServiceUnavailable, ``, false, nil},
		"not permitted":  {http.StatusForbidden, ``, false, programme.ErrForbidden},
		"other answer":   {http.StatusNotFound, ``, false, programme.ErrInvalid},
		"unreadable lag": {http.StatusOK, `{`, false, io.ErrUnexpectedEOF},
	} {
		client := testClient(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.String() != "/v1/ingest/lag?wait=true" || r.Header.Get("Authorization") != "Bearer id.secret" {
				t.Errorf("%s %v", r.URL, r.Header)
			}
			w.WriteHeader(test.status)
			_, _ = io.WriteString(w, test.body)
		})
		if settled, err := client.Settled(t.Context()); settled != test.settled || !errors.Is(err, test.want) {
			t.Errorf("%s: %t, %v", name, settled, err)
		}
	}
}

// ids reads the ids of a body.
func ids(t *testing.T, ndjson []byte) []string {
	t.Helper()
	var all []string
	for line := range strings.Lines(string(ndjson)) {
		var event programme.CloudEvent
		if err := json.Unmarshal([]byte(line), &event); err != nil {
			t.Errorf("%v in %q", err, line)
		}
		all = append(all, event.ID)
	}
	return all
}
