package bench

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

func TestMeasuresAreJudged(t *testing.T) {
	for _, c := range []struct {
		m     Measure
		ratio float64
		met   bool
	}{
		{more("enough", 50, "x", 100, 0.5), 0.5, true},
		{more("too slow", 49, "x", 100, 0.5), 0.49, false},
		{more("no baseline", 49, "x", 0, 0.5), 0, false},
		{less("small", 300, "MB", 600), 2, true},
		{less("too big", 601, "MB", 600), 600.0 / 601, false},
		{less("nothing measured", 0, "MB", 600), 0, false},
		{told("for the reader", 7, "x"), 0, true},
	} {
		if c.m.Ratio != c.ratio || c.m.Met != c.met {
			t.Errorf("%+v", c.m)
		}
	}
	var table bytes.Buffer
	if err := WriteTable(&table, []Measure{more("too slow", 49, "x", 100, 0.5), told("told", 7, "x")}); err != nil {
		t.Fatal(err)
	}
	if text := table.String(); strings.Count(text, "NOT MET") != 1 || strings.Contains(text, "0.00") {
		t.Error(text)
	}
}

func TestIdsNeverRepeat(t *testing.T) {
	b := newBody("host", "bearer", "run", 3, 7, time.Unix(0, 0))
	seen := map[string]bool{}
	for range 2_000 {
		request := b.fresh()
		for _, place := range b.ids {
			id := string(request[place : place+idDigits])
			if seen[id] || strings.Trim(id, "0123456789") != "" {
				t.Fatalf("id %q again, or no number", id)
			}
			seen[id] = true
		}
	}
}
