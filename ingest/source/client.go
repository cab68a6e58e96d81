package source

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"

	"mirsad/internal/programme"
	"mirsad/internal/wait"
)

// Answer is what POST /v1/events answers to one body.
type Answer struct {
	Receipt  string    `json:"receipt"`
	Accepted int       `json:"accepted"`
	Rejected []Refused `json:"rejected"`
}

// Refused is one row that was not taken, why, and what to do.
type Refused struct {
	Index int                   `json:"index"` // position in the body, from 0
	File  string                `json:"-"`     // of a table, and the row as spreadsheet programs number it
	Row   int                   `json:"row"`
	ID    string                `json:"id"`
	Code  programme.RefusalCode `json:"code"`
	Field string                `json:"field"`
	Wording

	// Faults are all faults of the row, when there are several.
	Faults []RefusedFor `json:"faults"`
}

// RefusedFor is one of several faults of a row.
type RefusedFor struct {
	Field string `json:"field"`
	Wording
}

// Wording says in both languages what is wrong, and what to do.
type Wording struct {
	Message   string `json:"message"`
	MessageAr string `json:"message_ar"`
	Remedy    string `json:"remedy"`
	RemedyAr  string `json:"remedy_ar"`
}

// Body is what is sent at once.
type Body struct {
	Type    string // media type
	Content []byte
	// Verify asks that claimed levels are verified in the same act.
	Verify bool
}

// The media types of a Body.
const (
	typeLines = "application/x-ndjson"
	typeCSV   = "text/csv"
)

// Sender sends one body of events.
type Sender interface {
	Send(ctx context.Context, body Body) (Answer, error)
}

// Patience of a Client: how long it goes on trying while the server is away or busy, and the pauses in between.
const (
	patience   = 3 * time.Minute
	firstPause = 200 * time.Millisecond
	lastPause  = 5 * time.Second
)

// errTryAgain marks a failure that may pass with time: no connection, a cut answer, 429, 502, 503, 504.
var errTryAgain = errors.New("the server is away or busy")

// Client sends events to a server over HTTP, compressed. Sending a body again is safe, so it does after every failure
// that may pass with time, as after a restart of the server in the middle of an import.
type Client struct {
	// Dry asks the server to judge everything and to store nothing.
	Dry bool

	baseURL, bearer string
	http            *http.Client
	patience        time.Duration
	firstPause      time.Duration
}

// NewClient returns a client of the server at a base address, such as http://127.0.0.1:8080, which signs in with a
// token that may send for every entity.
func NewClient(baseURL, bearer string, client *http.Client) *Client {
	return &Client{
		baseURL: strings.TrimRight(baseURL, "/"), bearer: bearer, http: client,
		patience: patience, firstPause: firstPause,
	}
}

// Send posts the body and returns the answer. It waits as Retry-After says, or a little longer each time, for up to
// three minutes in all; then the error is programme.ErrUnavailable. A body that is refused as a whole is
// programme.ErrInvalid, unless each of its rows says why.
func (c *Client) Send(ctx context.Context, body Body) (Answer, error) {
	packed, err := compress(body.Content)
	if err != nil {
		return Answer{}, err
	}
	waited, pause := time.Duration(0), c.firstPause
	for {
		answer, retryAfter, err := c.post(ctx, body, packed)
		if !errors.Is(err, errTryAgain) {
			return answer, err
		}
		if waited >= c.patience {
			return Answer{}, fmt.Errorf("%w after %s: %w", programme.ErrUnavailable, waited, err)
		}
		rest := max(pause, retryAfter)
		if err := wait.For(ctx, rest); err != nil {
			return Answer{}, err
		}
		waited += rest
		pause = min(2*pause, lastPause)
	}
}

// post sends the body once, packed; the duration is what Retry-After asks for.
func (c *Client) post(ctx context.Context, body Body, packed []byte) (Answer, time.Duration, error) {
	address := c.baseURL + "/v1/events?verify=" + strconv.FormatBool(body.Verify)
	if c.Dry {
		address += "&dry_run=true"
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(packed))
	if err != nil {
		return Answer{}, 0, fmt.Errorf("address %s: %w", address, err)
	}
	request.Header.Set("Content-Type", body.Type)
	request.Header.Set("Content-Encoding", "gzip")
	request.Header.Set("Authorization", "Bearer "+c.bearer)
	response, err := c.http.Do(request)
	if err != nil {
		if ctx.Err() != nil {
			return Answer{}, 0, ctx.Err()
		}
		return Answer{}, 0, fmt.Errorf("%w: %w", errTryAgain, err)
	}
	defer response.Body.Close() //nolint:errcheck // only read
	switch response.StatusCode {
	case http.StatusAccepted, http.StatusOK: // to a dry run
		var answer Answer
		if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
			return Answer{}, 0, fmt.Errorf("%w: answer cut short: %w", errTryAgain, err)
		}
		return answer, 0, nil
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		seconds, _ := strconv.Atoi(response.Header.Get("Retry-After")) // absent or a date: our own pause
		pause := time.Duration(max(0, seconds)) * time.Second
		return Answer{}, pause, fmt.Errorf("%w: %s", errTryAgain, response.Status)
	default:
		answer, err := refusedBody(response)
		return answer, 0, err
	}
}

// Settled reports whether the server has written everything that it accepted, and has brought its rollups up to date;
// it asks the server to hurry. A server that is away is not settled.
func (c *Client) Settled(ctx context.Context) (bool, error) {
	address := c.baseURL + "/v1/ingest/lag?wait=true"
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return false, fmt.Errorf("address %s: %w", address, err)
	}
	request.Header.Set("Authorization", "Bearer "+c.bearer)
	response, err := c.http.Do(request)
	if err != nil {
		return false, ctx.Err() // away, unless the context has ended
	}
	defer response.Body.Close() //nolint:errcheck // only read
	if response.StatusCode >= http.StatusInternalServerError || response.StatusCode == http.StatusTooManyRequests {
		return false, nil
	}
	if response.StatusCode != http.StatusOK {
		_, err := refusedBody(response)
		return false, err
	}
	var lag struct {
		SpoolEvents  int64 `json:"spool_events"`
		RollupsClean bool  `json:"rollups_clean"`
	}
	if err := json.NewDecoder(response.Body).Decode(&lag); err != nil {
		return false, fmt.Errorf("%s: %w", address, err)
	}
	return lag.SpoolEvents == 0 && lag.RollupsClean, nil
}

// refusedBody is what became of a body that was refused as a whole: its refused rows, where they are listed, else an error.
func refusedBody(response *http.Response) (Answer, error) {
	meaning := programme.ErrInvalid
	if response.StatusCode == http.StatusUnauthorized || response.StatusCode == http.StatusForbidden {
		meaning = programme.ErrForbidden
	}
	var problem struct {
		Title    string    `json:"title"`
		Detail   string    `json:"detail"`
		Code     string    `json:"code"`
		Rejected []Refused `json:"rejected"`
	}
	text, _ := io.ReadAll(io.LimitReader(response.Body, mostRefusal)) // what was read is enough
	switch err := json.Unmarshal(text, &problem); {
	case err != nil || problem.Title+problem.Detail == "":
		return Answer{}, fmt.Errorf("%w: the server answered %s", meaning, response.Status)
	case len(problem.Rejected) > 0:
		return Answer{Rejected: problem.Rejected}, nil
	}
	return Answer{}, fmt.Errorf("%w: the server answered %s (%s): %s", meaning, response.Status, problem.Code,
		strings.TrimSpace(problem.Title+" "+problem.Detail))
}

// mostRefusal is far more than the refusals of a whole body take.
const mostRefusal = 64 << 20

// compress packs a body with the fastest gzip.
func compress(content []byte) ([]byte, error) {
	var packed bytes.Buffer
	packed.Grow(len(content) / 8)
	writer, err := gzip.NewWriterLevel(&packed, gzip.BestSpeed)
	if err != nil {
		return nil, fmt.Errorf("gzip: %w", err)
	}
	if _, err := writer.Write(content); err != nil {
		return nil, fmt.Errorf("gzip: %w", err)
	}
	if err := writer.Close(); err != nil {
		return nil, fmt.Errorf("gzip: %w", err)
	}
	return packed.Bytes(), nil
}
