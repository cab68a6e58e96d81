package source

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"mirsad/internal/programme"
)

// feedOf is a feed with n usage events of which each seventh is to be verified.
type feedOf int

func (feedOf) Name() string { return "made" }

func (feedOf) Catalogue() ([]programme.Draft, error) {
	return []programme.Draft{{Family: programme.FamilyEntity, Subject: "e"}, {Family: programme.FamilyEntity, Subject: "f", Actor: "token/x"}}, nil
}

func (n feedOf) Events(yield func(programme.CloudEvent, bool) error) error {
	for i := range int(n) {
		event := programme.CloudEvent{ID: strconv.Itoa(i), Data: programme.UsageData{Channel: "web", Stage: "view"}}
		if err := yield(event, i%7 == 0); err != nil {
			return err
		}
	}
	return nil
}

// counter is a server that takes everything but ids that end in 99, and a catalogue.
type counter struct {
	t       *testing.T
	mutex   sync.Mutex
	seen    map[string]bool // id to verify
	bodies  int
	actors  []string
	failing error
}

func (c *counter) AppendAll(_ context.Context, drafts []programme.Draft) (int, error) {
	for _, draft := range drafts {
		c.actors = append(c.actors, draft.Actor)
	}
	return len(drafts), nil
}

func (c *counter) Send(_ context.Context, body Body) (Answer, error) {
	ndjson, verify := body.Content, body.Verify
	if c.failing != nil {
		return Answer{}, c.failing
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.bodies++
	all := ids(c.t, ndjson)
	if len(all) > batchEvents || len(ndjson) > batchBytes {
		c.t.Errorf("a body of %d events and %d bytes", len(all), len(ndjson))
	}
	answer := Answer{Receipt: "r" + all[0]}
	for i, id := range all {
		if _, twice := c.seen[id]; twice {
			c.t.Errorf("%s twice", id)
		}
		c.seen[id] = verify
		if !strings.HasSuffix(id, "99") {
			answer.Accepted++
			continue
		}
		answer.Rejected = append(answer.Rejected, Refused{
			Index: i, ID: id, Code: programme.RefusedBadValue, Field: "data.count",
			Wording: Wording{Message: "Not a count.", Remedy: "Send a count."},
		})
	}
	return answer, nil
}

func testLoader(t *testing.T) (*Loader, *counter) {
	t.Helper()
	c := &counter{t: t, seen: map[string]bool{}}
	clock := time.Unix(0, 0)
	now := func() time.Time { clock = clock.Add(time.Second); return clock }
	return &Loader{Sender: c, Catalogue: c, Now: now, Actor: "user/admin"}, c
}

func TestLoadSendsEverythingOnceAndReports(t *testing.T) {
	loader, c := testLoader(t)
	var words strings.Builder
	report, err := loader.Load(t.Context(), feedOf(20_000), &words)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.seen) != 20_000 || c.bodies != 5 || !c.seen["7"] || c.seen["8"] {
		t.Errorf("%d events in %d bodies", len(c.seen), c.bodies)
	}
	if report.Sent != 20_000 || report.Accepted != 19_800 || report.Rejected[programme.RefusedBadValue] != 200 || report.CatalogueAdded != 2 {
		t.Errorf("report %+v", report)
	}
	if want := []string{"user/admin", "token/x"}; c.actors[0] != want[0] || c.actors[1] != want[1] {
		t.Errorf("actors %v; want %v", c.actors, want)
	}
	if !strings.Contains(words.String(), "made: 100 %, 20000 of 20000 events sent, 200 refused\n") {
		t.Errorf("progress %q", words.String())
	}
}

func TestReportSaysWhatWasRefusedAndWhy(t *testing.T) {
	loader, _ := testLoader(t)
	report, err := loader.Load(t.Context(), feedOf(500), &strings.Builder{})
	if err != nil {
		t.Fatal(err)
	}
	var words strings.Builder
	if _, err := report.WriteTo(&words); err != nil {
		t.Fatal(err)
	}
	const want = `made: 500 events sent in 1s, 495 accepted, 5 refused; 2 facts added to the catalogue.

Refused as bad_value: 5
  row 399 (receipt r0), field data.count
    Not a count. Send a count.
  row 99 (receipt r1), field data.count
    Not a count. Send a count.
  row 199 (receipt r1), field data.count
    Not a count. Send a count.

Receipts with refusals:
  r0: 71 accepted, 1 refused
  r1: 424 accepted, 4 refused
`
	if words.String() != want {
		t.Errorf("report\n%s\nwant\n%s", words.String(), want)
	}
}

func TestLoadStopsWhenTheServerStaysAway(t *testing.T) {
	loader, c := testLoader(t)
	c.failing = programme.ErrUnavailable
	if _, err := loader.Load(t.Context(), feedOf(30_000), &strings.Builder{}); !errors.Is(err, programme.ErrUnavailable) {
		t.Errorf("error %v", err)
	}
}

func TestLoadWaitsUntilSettled(t *testing.T) {
	loader, _ := testLoader(t)
	asked := 0
	loader.Settled = func(context.Context) (bool, error) {
		asked++
		return asked == 2, nil
	}
	if _, err := loader.Load(t.Context(), feedOf(10), &strings.Builder{}); err != nil || asked != 2 {
		t.Errorf("asked %d times: %v", asked, err)
	}
	loader.Sender.(*counter).seen = map[string]bool{}
	loader.Settled = func(context.Context) (bool, error) { return false, programme.ErrForbidden }
	if _, err := loader.Load(t.Context(), feedOf(10), &strings.Builder{}); !errors.Is(err, programme.ErrForbidden) {
		t.Errorf("error %v", err)
	}
}
