package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"mirsad/ingest"
	"mirsad/ingest/rows"
	"mirsad/internal/programme"
)

// dryRuns sends events to a server that decides them and stores nothing, and keeps the longest time an answer took.
type dryRuns struct {
	url, bearer string
	client      *http.Client
	clock       func() time.Time
	ahead       time.Duration // of this machine's clock before the server's
	slowest     time.Duration
}

func newDryRuns(address, bearer string, clock func() time.Time) *dryRuns {
	return &dryRuns{url: address, bearer: bearer, clock: clock, client: &http.Client{
		Timeout:       longestWait,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// now is the time by the server's clock, in UTC.
func (d *dryRuns) now() time.Time { return d.clock().Add(-d.ahead).UTC() }

// outcome is what came back, or why nothing did.
type outcome struct {
	err        error
	status     int
	body       []byte
	location   string
	retryAfter string
	ahead      time.Duration
}

// send posts one event as a dry run.
func (d *dryRuns) send(ctx context.Context, event programme.CloudEvent, encoding string) outcome {
	body, err := json.Marshal(event)
	if err == nil {
		body, err = packed(encoding, body)
	}
	if err != nil {
		return outcome{err: err}
	}
	return d.do(ctx, http.MethodPost, "/v1/events?dry_run=true", body, encoding)
}

func (d *dryRuns) do(ctx context.Context, method, path string, body []byte, encoding string) outcome {
	request, err := http.NewRequestWithContext(ctx, method, d.url+path, bytes.NewReader(body))
	if err != nil {
		return outcome{err: err}
	}
	request.Header.Set("Authorization", "Bearer "+d.bearer)
	if body != nil {
		request.Header.Set("Content-Type", string(rows.FormatEvent))
	}
	if encoding != "" {
		request.Header.Set("Content-Encoding", encoding)
	}
	began := d.clock()
	response, err := d.client.Do(request)
	if err != nil {
		return outcome{err: err}
	}
	defer response.Body.Close() //nolint:errcheck // only read
	got := outcome{
		status:     response.StatusCode,
		location:   response.Header.Get("Location"),
		retryAfter: response.Header.Get("Retry-After"),
	}
	got.body, got.err = io.ReadAll(io.LimitReader(response.Body, 1<<20))
	took := d.clock().Sub(began)
	d.slowest = max(d.slowest, took)
	if date, err := http.ParseTime(response.Header.Get("Date")); err == nil {
		// The header has whole seconds: half a second is what it lacks on average.
		got.ahead = began.Add(took / 2).Sub(date.Add(time.Second / 2))
		d.ahead = got.ahead
	}
	return got
}

// fault says how the outcome differs from the one expected: accepted, or refused with the code; and what to do about
// it.
func (o outcome) fault(code programme.RefusalCode) (remedy string, fault error) {
	if o.err != nil {
		return "check the network and the proxy between, then try again", o.err
	}
	var answer struct {
		ingest.Answer
		Code   string `json:"code"`
		Title  string `json:"title"`
		Remedy string `json:"remedy"`
	}
	if err := json.Unmarshal(o.body, &answer); err != nil {
		return "check --url and the proxy between", fmt.Errorf("the answer (%d) is not JSON", o.status)
	}
	switch {
	case o.status == http.StatusTooManyRequests, o.status == http.StatusServiceUnavailable:
		return "try again after " + o.retryAfter + " seconds", fmt.Errorf("%s (%d)", answer.Title, o.status)
	case o.status != http.StatusOK:
		return answer.Remedy, fmt.Errorf("%s (%d %s)", answer.Title, o.status, answer.Code)
	case len(answer.Rejected) == 0 && code == "":
		return "", nil
	case len(answer.Rejected) == 0:
		remedy = "tell the programme office: the server does not keep what its documentation promises"
		return remedy, errors.New("it was accepted")
	case answer.Rejected[0].Code == code:
		return "", nil
	default:
		refused := answer.Rejected[0]
		return refused.Remedy, fmt.Errorf("refused as %s at %q: %s", refused.Code, refused.Field, refused.Message)
	}
}

// packed compresses a body as Content-Encoding names it.
func packed(encoding string, body []byte) ([]byte, error) {
	var out bytes.Buffer
	var writer io.WriteCloser
	switch encoding {
	case "gzip":
		writer = gzip.NewWriter(&out)
	case "zstd":
		encoder, err := zstd.NewWriter(&out)
		if err != nil {
			return nil, err
		}
		writer = encoder
	default:
		return body, nil
	}
	if _, err := writer.Write(body); err != nil {
		return nil, err
	}
	if err := writer.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
