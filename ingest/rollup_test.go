package ingest

import (
	"testing"
	"time"
)

func TestRecomputingGetsATenthAtMost(t *testing.T) {
	for took, want := range map[time.Duration]time.Duration{
		0:                      200 * time.Millisecond,
		10 * time.Millisecond:  200 * time.Millisecond,
		100 * time.Millisecond: 1500 * time.Millisecond,
		300 * time.Millisecond: 3 * time.Second,
		400 * time.Millisecond: 6 * time.Second,
		time.Second:            15 * time.Second,
		time.Hour:              time.Minute,
	} {
		got := pauseAfter(took)
		if got != want {
			t.Errorf("after %s a pause of %s, want %s", took, got, want)
		}
		if took < 6*time.Second && float64(took) > 0.1*float64(took+got)+1 {
			t.Errorf("after %s a pause of %s: more than a tenth", took, got)
		}
	}
}
