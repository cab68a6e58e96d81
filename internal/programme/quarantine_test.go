package programme_test

import (
	"testing"
	"time"

	"mirsad/internal/programme"
)

func TestARefusedRowIsOpenUntilItHasAnOutcome(t *testing.T) {
	for outcome, want := range map[programme.Outcome]bool{
		"": true, programme.OutcomeReplayed: false, programme.OutcomeClosed: false,
	} {
		row := programme.Quarantined{Closing: programme.Closing{Outcome: outcome}}
		if row.Open() != want {
			t.Errorf("with the outcome %q it is open: %v", outcome, row.Open())
		}
	}
}

// A row replayed late does not go before what was recorded between its receipt and its replay.
func TestAReplayedRowIsSupersededByWhatWasRecordedSinceItWasReceived(t *testing.T) {
	received := time.Date(2016, 5, 17, 9, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		receivedAt, newest time.Time
		want               bool
	}{
		"recorded before":        {received, received.Add(-time.Nanosecond), false},
		"recorded at the moment": {received, received, false},
		"recorded after":         {received, received.Add(time.Nanosecond), true},
		"nothing recorded":       {received, time.Time{}, false},
		"a row not replayed":     {time.Time{}, received, false},
	} {
		if got := programme.Superseded(test.receivedAt, test.newest); got != test.want {
			t.Errorf("%s: superseded is %v, want %v", name, got, test.want)
		}
	}
}
