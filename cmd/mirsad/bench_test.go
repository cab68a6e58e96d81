package main

import (
	"encoding/json"
	"testing"

	"mirsad/internal/bench"
)

// TestBenchIngest runs the whole measurement for a moment: it says nothing of speed, but the command itself fails when
// what was acknowledged, what is stored and what is in the rollups differ.
func TestBenchIngest(t *testing.T) {
	t.Parallel()
	out, words, code := runBeside(t, t.TempDir(), "bench", "ingest", "--json", "--each", "300ms")
	var measures []bench.Measure
	if err := json.Unmarshal([]byte(out), &measures); err != nil {
		t.Fatalf("%v, exit %d: %s\n%s", err, code, out, words)
	}
	if code != exitDone && bench.Met(measures) {
		t.Errorf("exit %d, though everything is met: %s", code, words)
	}
	if code == exitDone && !bench.Met(measures) {
		t.Error("exit 0, though not everything is met")
	}
	for _, m := range measures {
		if m.Value <= 0 || m.Name == "" || m.Unit == "" || (m.AtLeast > 0) != (m.Baseline > 0) {
			t.Errorf("%+v", m)
		}
	}
	if len(measures) != 9 {
		t.Errorf("%d measures", len(measures))
	}
}
