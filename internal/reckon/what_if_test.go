package reckon_test

import (
	"errors"
	"strings"
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// A scenario is what stands in an address: it is read as it is written.
func TestScenarioIsAnAddress(t *testing.T) {
	for _, text := range []string{"entity:moi:30", "platform:moi:-15", "level:4:90,entity:moc:730"} {
		scenario, err := figures.ParseScenario(text)
		if err != nil || scenario.String() != text {
			t.Errorf("%s was read as %v, %v", text, scenario, err)
		}
	}
}

// What is no scenario is told by the field, what is wrong, and the bounds.
func TestBadScenarios(t *testing.T) {
	for text, kind := range map[string]string{
		"": "missing", "moi": "not_a_shift", "entity:moi": "not_a_shift", "ministry:moi:3": "not_a_shift", "entity::3": "not_a_shift",
		"entity:moi:soon": "out_of_range", "entity:moi:731": "out_of_range", "level:5:3": "out_of_range", "level:x:3": "out_of_range",
		"entity:moi:3,": "not_a_shift", strings.Repeat("entity:moi:1,", 10) + "entity:moi:1": "too_many",
	} {
		_, err := figures.ParseScenario(text)
		found, are := errors.AsType[*programme.FaultsError](err)
		if !are || found.Faults[0].Field != "shift" || found.Faults[0].Kind != kind {
			t.Errorf("%q: %v, want %s", text, err, kind)
		}
	}
	_, err := slipped(t, 20, 10, 5).Knowledge().WhatIf(civiltest.Day("2015-09-30"), figures.Verified, figures.Scenario{{Kind: figures.ShiftPlatform, Of: "nobody", Days: 3}}, nil)
	if found, are := errors.AsType[*programme.FaultsError](err); !are || found.Faults[0].Kind != "unknown_code" {
		t.Errorf("an unknown entity: %v", err)
	}
}

// The new band stands beside the old, which is the forecast itself; what nobody planned to move stays.
func TestWhatIf(t *testing.T) {
	w := slipped(t, 40, 10, 30)
	k := w.Knowledge()
	on := civiltest.Day("2015-09-30")
	forecast := k.Figures(on).Verified.Forecast
	for text, test := range map[string]struct {
		moved int
		least int64
	}{
		"entity:moi:600": {30, 40}, "level:1:600": {30, 40}, "level:4:600": {0, 70}, "platform:moi:600": {0, 70}, "entity:moi:600,level:1:-600": {0, 70},
	} {
		scenario, err := figures.ParseScenario(text)
		if err != nil {
			t.Fatal(err)
		}
		what, err := k.WhatIf(on, figures.Verified, scenario, nil)
		if err != nil {
			t.Fatal(err)
		}
		if what.Before.Forecast != forecast {
			t.Errorf("%s: before %+v, want %+v", text, what.Before.Forecast, forecast)
		}
		if what.Moved != test.moved || what.After.P50.Value > test.least+2 || (what.Moved == 0 && what.After.Forecast != forecast) {
			t.Errorf("%s moves %d, after %+v", text, what.Moved, what.After.Forecast)
		}
		if len(what.Before.Months) != 16 || len(what.After.Months) != 16 || what.After.Months[0].P50 != programme.CountOf(40) {
			t.Errorf("%s: %d months before, %d after", text, len(what.Before.Months), len(what.After.Months))
		}
	}
}
