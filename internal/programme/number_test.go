package programme

import (
	"encoding/json"
	"errors"
	"testing"
)

// Ratios have 3 decimals and rates 1, rounded half away from zero; never −0 (docs/rules.md#rounding).
func TestRounding(t *testing.T) {
	for name, test := range map[string]struct{ got, want Ratio }{
		"681 of 711":        {RatioOf(681, 711), Ratio{0.958, Reported}},
		"319 in 12 months":  {RateOf(319, 12), Ratio{26.6, Reported}},
		"half up":           {RatioOf(5, 10_000), Ratio{0.001, Reported}},
		"half down":         {RatioOf(-5, 10_000), Ratio{-0.001, Reported}},
		"not minus zero":    {RatioOf(-1, 10_000), Ratio{0, Reported}},
		"nothing by which":  {RatioOf(5, 0), Ratio{State: NotProvided}},
		"no months by that": {RateOf(5, 0), Ratio{State: NotProvided}},
	} {
		if test.got != test.want {
			t.Errorf("%s: %v, want %v", name, test.got, test.want)
		}
	}
}

// A number's value is null unless it is reported; zero is a value (docs/rules.md#states-of-a-number).
func TestNumbersAsJSON(t *testing.T) {
	for text, want := range map[string]Count{
		`{"value":0,"state":"reported"}`:          CountOf(0),
		`{"value":12,"state":"reported"}`:         CountOf(12),
		`{"value":null,"state":"not_provided"}`:   {State: NotProvided},
		`{"value":null,"state":"not_applicable"}`: {Value: 7, State: NotApplicable},
	} {
		written, err := json.Marshal(want)
		if err != nil || string(written) != text {
			t.Errorf("%v is written %s, want %s (%v)", want, written, text, err)
		}
		var got Count
		if err := json.Unmarshal([]byte(text), &got); err != nil || got.State != want.State || (got.Known() && got != want) {
			t.Errorf("%s reads as %v, %v", text, got, err)
		}
	}
	if written, _ := json.Marshal(UsageTotal{}); string(written) != `{"value":null,"state":"not_provided","parts":{"reported":0,"expected":0}}` {
		t.Errorf("a total of nothing is written %s", written)
	}
	for _, into := range []any{new(Count), new(UsageTotal), new(ByLevel)} {
		if err := json.Unmarshal([]byte(`[]`), into); err == nil {
			t.Errorf("a list reads as %T", into)
		}
	}
}

func TestLevels(t *testing.T) {
	var counts ByLevel
	for i, level := range Levels() {
		got, err := ParseLevel(string('1' + rune(i)))
		if err != nil || got != level || !level.Valid() {
			t.Errorf("%d reads as %d, %v", level, got, err)
		}
		counts.Add(level)
	}
	counts.Add(LevelIntegrated)
	counts.Add(0)
	if counts.Total() != 5 || counts.EndToEnd() != 3 || counts.At(LevelIntegrated) != 2 || counts.At(0) != 0 {
		t.Errorf("the counts are %v", counts)
	}
	if LevelInteractive.EndToEnd() || !LevelTransactional.EndToEnd() {
		t.Error("end-to-end begins at level 3")
	}
	for _, text := range []string{"0", "5", "three", ""} {
		if _, err := ParseLevel(text); !errors.Is(err, ErrInvalid) {
			t.Errorf("%q is a level: %v", text, err)
		}
	}
}
