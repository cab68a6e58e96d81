package audit_test

import (
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"mirsad/internal/audit"
	"mirsad/internal/audit/audittest"
	"mirsad/internal/programme"
)

// recorderOver is one that is not started: it writes when it settles.
func recorderOver(t *testing.T, store audit.Store) *audit.Recorder {
	t.Helper()
	recorder, err := audit.New(audit.Configuration{Operator: "operator/test"},
		audit.Dependencies{Store: store, Logger: slog.New(slog.DiscardHandler), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	return recorder
}

func TestRefusalsThatComeAgainAreOneRowAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &audittest.Memory{}
		recorder := recorderOver(t, store)
		for range 50 {
			recorder.Refused(t.Context(), audit.Entry{Action: audit.Request, Object: "POST /v1/events", Reason: "forbidden"})
		}
		time.Sleep(time.Minute)
		recorder.TellRefusals()
		recorder.Settle(t.Context())
		var details []string
		for _, row := range store.Written() {
			details = append(details, row.Detail)
		}
		if !slices.Equal(details, []string{"", `{"repeated":49}`}) {
			t.Errorf("details %q", details)
		}
	})
}

// The anchors at the start, each hour and at the stop hold what other chains have come to.
func TestAnchors(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &audittest.Memory{}
		killed, other := recorderOver(t, store), recorderOver(t, store)
		act := func() {
			killed.Record(t.Context(), audit.Entry{Action: audit.Export})
			killed.Settle(t.Context())
		}
		act()
		killedChain := store.All()[0].Chain
		if err := other.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := other.Start(t.Context()); !errors.Is(err, programme.ErrInvalid) {
			t.Errorf("started twice: %v", err)
		}
		synctest.Wait()
		act()
		time.Sleep(2*time.Hour + time.Minute)
		store.SetAway(true)
		time.Sleep(time.Hour)
		store.SetAway(false)
		time.Sleep(time.Minute)
		if err := other.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
		var anchors []string
		for _, row := range store.All() {
			var detail audit.AnchorDetail
			if row.Action == audit.Anchor && json.Unmarshal([]byte(row.Detail), &detail) == nil {
				anchors = append(anchors, detail.When)
				for _, head := range detail.Heads {
					anchors[len(anchors)-1] += " " + strings.Repeat("x", int(head.Seq))
				}
			}
		}
		if !slices.Equal(anchors, []string{"start x", "hour xx", "hour", "hour", "stop"}) {
			t.Errorf("anchors %q", anchors)
		}
		rows := slices.DeleteFunc(store.All(), func(r audit.Row) bool { return r.Chain == killedChain && r.Seq == 2 })
		faults := audit.Check(rows)
		if len(faults) != 1 || faults[0].Kind != audit.Cut || faults[0].Seq != 2 {
			t.Errorf("a cut tail: %v", faults)
		}
	})
}
