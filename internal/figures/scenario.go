package figures

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mirsad/internal/civil"
	"mirsad/internal/forecast"
	"mirsad/internal/programme"
)

// ShiftKind says whose milestones a shift moves.
type ShiftKind string

// The kinds of shifts.
const (
	ShiftEntity   ShiftKind = "entity"   // those of an entity
	ShiftPlatform ShiftKind = "platform" // those of other entities that depend on an entity
	ShiftLevel    ShiftKind = "level"    // those of a level
)

// ShiftKinds lists the kinds of shifts.
func ShiftKinds() []ShiftKind { return []ShiftKind{ShiftEntity, ShiftPlatform, ShiftLevel} }

// Shift moves the go-lives of open milestones by days; fewer than none brings them forward.
type Shift struct {
	Kind ShiftKind `json:"kind"`
	Of   string    `json:"of"` // an entity's code, or a level
	Days int       `json:"days"`
}

// Scenario is what if: nothing of it is stored. Shifts that meet in one milestone add up (docs/rules.md#what-if).
type Scenario []Shift

// The most that a scenario holds, and how far it shifts, in days.
const (
	mostShifts   = 10
	longestShift = 730
)

// ParseScenario reads what Scenario.String writes, such as entity:moi:30,level:4:-15; what is wrong is a FaultsError on
// the field shift.
func ParseScenario(text string) (Scenario, error) {
	var found programme.Faults
	if strings.TrimSpace(text) == "" {
		found.Add("shift", "missing", "example", "entity:moi:30")
		return nil, found.Err()
	}
	parts := strings.Split(text, ",")
	if len(parts) > mostShifts {
		found.Add("shift", "too_many", "most", mostShifts)
		return nil, found.Err()
	}
	scenario := make(Scenario, 0, len(parts))
	for _, part := range parts {
		if shift, read := parseShift(part, &found); read {
			scenario = append(scenario, shift)
		}
	}
	return scenario, found.Err()
}

func parseShift(text string, found *programme.Faults) (Shift, bool) {
	fields := strings.Split(strings.TrimSpace(text), ":")
	if len(fields) != 3 || !slices.Contains(ShiftKinds(), ShiftKind(fields[0])) || fields[1] == "" {
		found.Add("shift", "not_a_shift", "value", text)
		return Shift{}, false
	}
	shift := Shift{Kind: ShiftKind(fields[0]), Of: fields[1]}
	var err error
	if shift.Days, err = strconv.Atoi(fields[2]); err != nil || shift.Days < -longestShift ||
		shift.Days > longestShift {
		found.Add("shift", "out_of_range", "value", fields[2], "least", -longestShift, "most", longestShift)
		return Shift{}, false
	}
	level, err := strconv.Atoi(shift.Of)
	if shift.Kind == ShiftLevel && (err != nil || !programme.Level(level).Valid()) { //nolint:gosec // Valid decides
		found.Add("shift", "out_of_range", "value", shift.Of, "least", 1, "most", 4)
		return Shift{}, false
	}
	return shift, true
}

// String writes the scenario as an address has it.
func (s Scenario) String() string {
	parts := make([]string, len(s))
	for i, shift := range s {
		parts[i] = fmt.Sprintf("%s:%s:%d", shift.Kind, shift.Of, shift.Days)
	}
	return strings.Join(parts, ",")
}

// Moves returns by how many days the scenario moves a milestone.
func (s Scenario) Moves(m *MilestoneFigures) int {
	var days int
	for _, shift := range s {
		var meant bool
		switch shift.Kind {
		case ShiftEntity:
			meant = m.Entity == shift.Of
		case ShiftPlatform:
			meant = m.Entity != shift.Of && slices.Contains(m.DependsOn, shift.Of)
		case ShiftLevel:
			meant = strconv.Itoa(int(m.Level)) == shift.Of
		}
		if meant {
			days += shift.Days
		}
	}
	return days
}

// WhatIf is a forecast beside the one under a scenario, with the same chance.
type WhatIf struct {
	Scenario Scenario `json:"scenario"`
	// Moved is how many open milestones the scenario moves.
	Moved  int        `json:"moved"`
	Before WhatIfSide `json:"before"`
	After  WhatIfSide `json:"after"`
}

// WhatIfSide is one of the two forecasts, at the target date and by month.
type WhatIfSide struct {
	Forecast
	Months []BandMonth `json:"months"`
}

// BandMonth is the bands at the end of a month.
type BandMonth struct {
	Month civil.Month `json:"month"`
	forecast.Bands
}
