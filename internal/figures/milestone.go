package figures

import (
	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// PlanFigures is how the programme keeps to its plans, on the verified basis.
type PlanFigures struct {
	// OnTime is done milestones whose go-live was on or before the original date ÷ done milestones.
	OnTime programme.Ratio `json:"on_time"`
	// QuarterEnd is original go-lives in the last month of a calendar quarter ÷ all; a third of evenly spread ones are.
	QuarterEnd programme.Ratio `json:"quarter_end"`
	// LastQuarter is original go-lives in the three months that end with the target month ÷ all.
	LastQuarter programme.Ratio    `json:"last_quarter"`
	Milestones  []MilestoneFigures `json:"milestones"` // by original date, then by service
	Platforms   []PlatformFigures  `json:"platforms"`  // that pass on the most days first
	Entities    []EntityPlan       `json:"entities"`   // that slip most first
	Months      []PlanMonth        `json:"months"`     // from the first go-live to the last
	// Approved are the milestones that any approved plan names, those too that no service is counted by.
	Approved []ApprovedMilestone `json:"approved"`
}

// MilestoneStatus is the state of a milestone on a date.
type MilestoneStatus string

// The three statuses; each milestone has one. Due says which were due, done or not.
const (
	MilestoneDone MilestoneStatus = "done"
	MilestoneLate MilestoneStatus = "late" // due and not done
	MilestoneOpen MilestoneStatus = "open" // not due yet
)

// MilestoneFigures is one planned go-live.
type MilestoneFigures struct {
	Service   string          `json:"service"`
	Milestone string          `json:"milestone"` // the code in the first approved plan that has it
	Entity    string          `json:"entity"`    // that owns the service
	Level     programme.Level `json:"level"`
	Status    MilestoneStatus `json:"status"`
	// Standing is on_track, at_risk, late or done, see MilestoneStanding.
	Standing Status `json:"standing"`
	Due      bool   `json:"due"` // the original date is on or before On
	// OriginalOn is the date in the first approved plan that has it, and CurrentOn in the newest, empty when that
	// dropped it. ExpectedOn is what the entity now expects, empty once done; ActualOn is empty until done.
	OriginalOn civil.Date `json:"original_on"`
	CurrentOn  civil.Date `json:"current_on"`
	ExpectedOn civil.Date `json:"expected_on"`
	ActualOn   civil.Date `json:"actual_on"`
	// Slip is actual − original, or max(expected, On) − original while it is open, in days.
	Slip   int    `json:"slip"`
	Reason string `json:"reason"` // why it moved, as the newest plan says
	// DependsOn lists the other entities whose part it waits for, by the plan and by the catalogue.
	DependsOn []string `json:"depends_on"`
	// Phases are those that its entity has reported as finished, in their order.
	Phases []PhaseDone `json:"phases"`
}

// PlatformFigures is an entity on which others' milestones depend: what one late platform delays.
type PlatformFigures struct {
	Entity string `json:"entity"`
	// Waiting are the open milestones of other entities that depend on it; WaitingIntegrated those of them at level 4.
	Waiting           int `json:"waiting"`
	WaitingIntegrated int `json:"waiting_integrated"`
	// Late are its own due milestones that are not done, and ReadyOn the latest day on which one of them is expected,
	// On at the earliest; empty when nothing is late.
	Late    int        `json:"late"`
	ReadyOn civil.Date `json:"ready_on"`
	// LateDays is the longest open slip of its late milestones.
	LateDays int `json:"late_days"`
	// Delayed are the waiting milestones whose original date is before ReadyOn, and DaysPassedOn the sum of those days.
	Delayed      int `json:"delayed"`
	DaysPassedOn int `json:"days_passed_on"`
}
