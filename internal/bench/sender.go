package bench

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// sent is what became of a load.
type sent struct {
	accepted  int             // events with a 202
	took      time.Duration   // from the first request to the last answer
	latencies []time.Duration // of every request, in ascending order
}

// percentile returns the latency that a share of the requests kept to.
func (s sent) percentile(share float64) time.Duration {
	if len(s.latencies) == 0 {
		return 0
	}
	return s.latencies[min(int(share*float64(len(s.latencies))), len(s.latencies)-1)]
}

// send has every body's connection post, one request after the other, until the time is over.
//
// Requests are written to the connection as they are: the two goroutines and the channels that net/http's client
// takes for each request would cost the measured service a good part of two cores.
func send(ctx context.Context, s Service, bodies []*body, for_ time.Duration) (sent, error) {
	ctx, cancel := context.WithTimeout(ctx, for_+time.Minute)
	defer cancel()
	began := s.Now()
	results := make([]sent, len(bodies))
	faults := make([]error, len(bodies))
	var group sync.WaitGroup
	for i, b := range bodies {
		group.Go(func() { results[i], faults[i] = sendOne(ctx, s, b, began.Add(for_)) })
	}
	group.Wait()
	all := sent{took: s.Now().Sub(began)}
	for _, each := range results {
		all.accepted += each.accepted
		all.latencies = append(all.latencies, each.latencies...)
	}
	slices.Sort(all.latencies)
	return all, errors.Join(faults...)
}

func sendOne(ctx context.Context, s Service, b *body, until time.Time) (sent, error) {
	var result sent
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", s.Host)
	if err != nil {
		return result, fmt.Errorf("connect: %w", err)
	}
	defer conn.Close() //nolint:errcheck // nothing more is sent
	if deadline, set := ctx.Deadline(); set {
		if err := conn.SetDeadline(deadline); err != nil {
			return result, err
		}
	}
	answers := bufio.NewReader(conn)
	for began := s.Now(); began.Before(until); began = s.Now() {
		if _, err := conn.Write(b.fresh()); err != nil {
			return result, fmt.Errorf("send: %w", err)
		}
		accepted, err := readAnswer(answers)
		if err != nil {
			return result, err
		}
		result.accepted += accepted
		result.latencies = append(result.latencies, s.Now().Sub(began))
	}
	return result, nil
}

// readAnswer returns the number of accepted events; the load has none that could be refused.
func readAnswer(from *bufio.Reader) (int, error) {
	response, err := http.ReadResponse(from, nil)
	if err != nil {
		return 0, fmt.Errorf("answer: %w", err)
	}
	defer response.Body.Close() //nolint:errcheck // read to its end
	content, err := io.ReadAll(response.Body)
	if err != nil {
		return 0, fmt.Errorf("answer: %w", err)
	}
	var answer struct {
		Accepted int   `json:"accepted"`
		Rejected []any `json:"rejected"`
	}
	if err := json.NewDecoder(bytes.NewReader(content)).Decode(&answer); err != nil ||
		response.StatusCode != http.StatusAccepted || len(answer.Rejected) > 0 {
		return 0, fmt.Errorf("answer: %s: %s", response.Status, content)
	}
	return answer.Accepted, nil
}
