package programme_test

import (
	"encoding/json"
	"errors"
	"testing"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// Ratios have 3 decimals and rates 1, rounded half away from zero; never −0 (docs/rules.md#rounding).
func TestRounding(t *testing.T) {
	for name, test := range map[string]struct{ got, want programme.Ratio }{
		"681 of 711":        {programme.RatioOf(681, 711), programme.Ratio{Value: 0.958, State: programme.Reported}},
		"319 in 12 months":  {programme.RateOf(319, 12), programme.Ratio{Value: 26.6, State: programme.Reported}},
		"half up":           {programme.RatioOf(5, 10_000), programme.Ratio{Value: 0.001, State: programme.Reported}},
		"half down":         {programme.RatioOf(-5, 10_000), programme.Ratio{Value: -0.001, State: programme.Reported}},
		"not minus zero":    {programme.RatioOf(-1, 10_000), programme.Ratio{Value: 0, State: programme.Reported}},
		"nothing by which":  {programme.RatioOf(5, 0), programme.Ratio{State: programme.NotProvided}},
		"no months by that": {programme.RateOf(5, 0), programme.Ratio{State: programme.NotProvided}},
	} {
		if test.got != test.want {
			t.Errorf("%s: %v, want %v", name, test.got, test.want)
		}
	}
}

// A number's value is null unless it is reported; zero is a value (docs/rules.md#states-of-a-number).
func TestNumbersAsJSON(t *testing.T) {
	for text, want := range map[string]programme.Count{
		`{"value":0,"state":"reported"}`:          programme.CountOf(0),
		`{"value":12,"state":"reported"}`:         programme.CountOf(12),
		`{"value":null,"state":"not_provided"}`:   {State: programme.NotProvided},
		`{"value":null,"state":"not_applicable"}`: {Value: 7, State: programme.NotApplicable},
	} {
		written, err := json.Marshal(want)
		if err != nil || string(written) != text {
			t.Errorf("%v is written %s, want %s (%v)", want, written, text, err)
		}
		var got programme.Count
		if err := json.Unmarshal([]byte(text), &got); err != nil || got.State != want.State || (got.Known() && got != want) {
			t.Errorf("%s reads as %v, %v", text, got, err)
		}
	}
	if written, _ := json.Marshal(figures.UsageTotal{}); string(written) != `{"value":null,"state":"not_provided","parts":{"reported":0,"expected":0}}` {
		t.Errorf("a total of nothing is written %s", written)
	}
	for _, into := range []any{new(programme.Count), new(figures.UsageTotal), new(programme.ByLevel)} {
		if err := json.Unmarshal([]byte(`[]`), into); err == nil {
			t.Errorf("a list reads as %T", into)
		}
	}
}

func TestLevels(t *testing.T) {
	var counts programme.ByLevel
	for i, level := range programme.Levels() {
		got, err := programme.ParseLevel(string('1' + rune(i)))
		if err != nil || got != level || !level.Valid() {
			t.Errorf("%d reads as %d, %v", level, got, err)
		}
		counts.Add(level)
	}
	counts.Add(programme.LevelIntegrated)
	counts.Add(0)
	if counts.Total() != 5 || counts.EndToEnd() != 3 || counts.At(programme.LevelIntegrated) != 2 || counts.At(0) != 0 {
		t.Errorf("the counts are %v", counts)
	}
	if programme.LevelInteractive.EndToEnd() || !programme.LevelTransactional.EndToEnd() {
		t.Error("end-to-end begins at level 3")
	}
	for _, text := range []string{"0", "5", "three", ""} {
		if _, err := programme.ParseLevel(text); !errors.Is(err, programme.ErrInvalid) {
			t.Errorf("%q is a level: %v", text, err)
		}
	}
}
