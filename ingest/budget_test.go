package ingest

import (
	"net/http"
	"strconv"
	"testing"
	"time"

	"mirsad/ingest/rows"
)

func TestBudgetOfAToken(t *testing.T) {
	now := evening
	c := quick
	c.TokenEvents = 1
	f := newFixture(t, c, newMemoryStore(), func() time.Time { return now })
	post := func(body []byte) (int, string) {
		response := f.post(&agency, "/v1/events", string(rows.FormatLines), "", body)
		return response.Code, response.Header().Get("Retry-After")
	}
	if status, _ := post(manyLines(40)); status != http.StatusAccepted {
		t.Fatalf("a body above the budget that is left: %d, want it whole", status)
	}
	status, after := post([]byte(usage(nil)))
	if status != http.StatusTooManyRequests || after != "31" {
		t.Errorf("%d, Retry-After %q; 30 events too many at 1 a second", status, after)
	}
	if f.spool.Depth().Rows != 40 {
		t.Error("something of the refused body was taken")
	}
	for _, other := range []func() int{
		func() int { return f.post(&stranger, "/v1/events", string(rows.FormatLines), "", manyLines(1)).Code },
		func() int { return f.post(&admin, "/v1/events", string(rows.FormatLines), "", manyLines(2_000)).Code },
	} {
		if status := other(); status != http.StatusAccepted {
			t.Errorf("another is refused: %d", status)
		}
	}
	seconds, err := strconv.Atoi(after)
	if err != nil {
		t.Fatal(err)
	}
	now = now.Add(time.Duration(seconds) * time.Second)
	if status, _ := post([]byte(usage(nil))); status != http.StatusAccepted {
		t.Errorf("after Retry-After: %d", status)
	}
}

func TestBudgetRefusesBeforeReading(t *testing.T) {
	c := quick
	c.TokenEvents = 1
	f := newFixture(t, c, newMemoryStore(), standing)
	f.lines(t, agency, usage(nil), usage(nil), usage(nil), usage(nil), usage(nil), usage(nil), usage(nil), usage(nil), usage(nil), usage(nil))
	if err := f.mayReceive(t.Context(), Submission{Principal: agency}); err == nil {
		t.Error("the body would be read")
	}
}
