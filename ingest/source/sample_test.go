package source

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/klauspost/compress/gzip"

	"mirsad/internal/sample"
)

// The sample programme is a feed like any other.
var _ Feed = (*sample.Programme)(nil)

// TestSampleGoesThroughHTTP loads the whole sample over a real connection into a server that counts lines and is away now and then.
func TestSampleGoesThroughHTTP(t *testing.T) {
	var rows, verified, calls atomic.Int64
	client := testClient(t, func(w http.ResponseWriter, r *http.Request) {
		if calls.Add(1)%20 == 7 {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		lines := countLines(t, r.Body)
		rows.Add(lines)
		if r.URL.Query().Get("verify") == "true" {
			verified.Add(lines)
		}
		w.WriteHeader(http.StatusAccepted)
		_, _ = io.WriteString(w, `{"receipt":"r`+strconv.FormatInt(calls.Load(), 10)+`","accepted":`+strconv.FormatInt(lines, 10)+`,"rejected":[]}`)
	})
	loader, _ := testLoader(t)
	loader.Sender = client
	var words strings.Builder
	report, err := loader.Load(t.Context(), sample.New(1), &words)
	if err != nil {
		t.Fatal(err)
	}
	if int64(report.Sent) != rows.Load() || report.Sent != report.Accepted || report.Sent < 300_000 || verified.Load() < 1_000 {
		t.Errorf("%d sent, %d received, %d accepted, %d to be verified", report.Sent, rows.Load(), report.Accepted, verified.Load())
	}
}

func countLines(t *testing.T, body io.Reader) int64 {
	t.Helper()
	reader, err := gzip.NewReader(body)
	if err != nil {
		t.Error(err)
		return 0
	}
	lines := int64(0)
	scanner := bufio.NewScanner(reader)
	for scanner.Scan() {
		if lines%5000 == 0 && !json.Valid(scanner.Bytes()) {
			t.Errorf("not JSON: %s", scanner.Bytes())
		}
		lines++
	}
	return lines
}

func BenchmarkLoadSample(b *testing.B) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.WriteHeader(http.StatusAccepted)
		_, _ = io.WriteString(w, `{"receipt":"r","accepted":1,"rejected":[]}`)
	}))
	defer server.Close()
	for b.Loop() {
		feed := sample.New(1)
		packer := batcher{send: func(body batch) error {
			_, err := NewClient(server.URL, "x", server.Client()).Send(b.Context(), body.Body)
			return err
		}}
		if err := feed.Events(packer.add); err != nil {
			b.Fatal(err)
		}
		if err := packer.close(); err != nil {
			b.Fatal(err)
		}
	}
}
