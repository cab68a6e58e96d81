package figures_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

func TestAScenarioIsWrittenAsAnAddressHasIt(t *testing.T) {
	want := figures.Scenario{
		{Kind: figures.ShiftEntity, Of: "moi", Days: 30},
		{Kind: figures.ShiftPlatform, Of: "moj", Days: 0},
		{Kind: figures.ShiftLevel, Of: "4", Days: -15},
	}
	const text = "entity:moi:30,platform:moj:0,level:4:-15"
	got, err := figures.ParseScenario(text)
	if err != nil || !slices.Equal(got, want) || got.String() != text {
		t.Errorf("%+v, %v", got, err)
	}
	if spaced, err := figures.ParseScenario(" entity:moi:30 , platform:moj:0, level:4:-15"); err != nil || !slices.Equal(spaced, want) {
		t.Errorf("with spaces: %+v, %v", spaced, err)
	}
	if fmt.Sprint(figures.ShiftKinds()) != "[entity platform level]" {
		t.Errorf("kinds %v", figures.ShiftKinds())
	}
}

func TestTheLimitsOfAScenario(t *testing.T) {
	ten := strings.TrimSuffix(strings.Repeat("entity:moi:1,", 10), ",")
	for text, want := range map[string]string{
		"entity:moi:730": "", "entity:moi:-730": "", "level:1:1": "", "level:4:1": "", ten: "",
		"entity:moi:731": "out_of_range", "entity:moi:-731": "out_of_range", "entity:moi:soon": "out_of_range",
		"level:0:1": "out_of_range", "level:5:1": "out_of_range", "level:top:1": "out_of_range",
		ten + ",entity:moi:1": "too_many", "": "missing", "  ": "missing", "entity::1": "not_a_shift",
		"entity:moi": "not_a_shift", "entity:moi:1:2": "not_a_shift", "service:a:1": "not_a_shift", "entity:moi:1,": "not_a_shift",
	} {
		scenario, err := figures.ParseScenario(text)
		found, are := errors.AsType[*programme.FaultsError](err)
		switch {
		case want == "" && (err != nil || scenario.String() != text):
			t.Errorf("%q: %v, %v", text, scenario, err)
		case want != "" && (!are || found.Faults[0].Field != "shift" || found.Faults[0].Kind != want):
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func TestAFaultOfAScenarioNamesWhatIsAllowed(t *testing.T) {
	for text, want := range map[string]string{
		"level:9:1": "map[least:1 most:4 value:9]", "entity:moi:731": "map[least:-730 most:730 value:731]",
		"moon": "map[value:moon]", "": "map[example:entity:moi:30]",
	} {
		_, err := figures.ParseScenario(text)
		found, are := errors.AsType[*programme.FaultsError](err)
		if !are || fmt.Sprint(found.Faults[0].Args) != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func TestEveryFaultOfAScenarioIsTold(t *testing.T) {
	scenario, err := figures.ParseScenario("entity:moi,entity:moi:1,level:9:1")
	if err == nil || err.Error() != "shift: not_a_shift; shift: out_of_range" || len(scenario) != 1 {
		t.Errorf("%v, %v", scenario, err)
	}
}

func TestWhichMilestonesAScenarioMoves(t *testing.T) {
	scenario, err := figures.ParseScenario("entity:moi:1,platform:moj:10,level:4:100")
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		m    figures.MilestoneFigures
		want int
	}{
		"one that nothing concerns":      {figures.MilestoneFigures{Entity: "moe", Level: 3}, 0},
		"the entity's own":               {figures.MilestoneFigures{Entity: "moi", Level: 3}, 1},
		"one that depends on it":         {figures.MilestoneFigures{Entity: "moe", Level: 3, DependsOn: []string{"x", "moj"}}, 10},
		"the platform's own":             {figures.MilestoneFigures{Entity: "moj", Level: 3, DependsOn: []string{"moj"}}, 0},
		"of the level":                   {figures.MilestoneFigures{Entity: "moe", Level: 4}, 100},
		"shifts that meet in it are one": {figures.MilestoneFigures{Entity: "moi", Level: 4, DependsOn: []string{"moj"}}, 111},
	} {
		if got := scenario.Moves(&test.m); got != test.want {
			t.Errorf("%s: by %d days, want %d", name, got, test.want)
		}
	}
	if got := (figures.Scenario{{Kind: "moon", Of: "moi", Days: 5}}).Moves(&figures.MilestoneFigures{Entity: "moi"}); got != 0 {
		t.Errorf("a shift of no kind moves by %d", got)
	}
}
