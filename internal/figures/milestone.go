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
	Counts      MilestoneCounts    `json:"counts"`
	Milestones  []MilestoneFigures `json:"milestones"` // by original date, then by service
	Platforms   []PlatformFigures  `json:"platforms"`  // that pass on the most days first
	Entities    []EntityPlan       `json:"entities"`   // that slip most first
	Months      []PlanMonth        `json:"months"`     // from the first go-live to the last
	// Approved are the milestones that any approved plan names, those too that no service is counted by.
	Approved []ApprovedMilestone `json:"approved"`
}

// MilestoneCounts are how many milestones have each status; the four add up to all.
type MilestoneCounts struct {
	All                  int `json:"all"`
	Done                 int `json:"done"`
	AwaitingVerification int `json:"awaiting_verification"`
	Late                 int `json:"late"` // due and not live
	Open                 int `json:"open"` // not yet late
}

// Add counts a milestone.
func (c *MilestoneCounts) Add(m *MilestoneFigures) {
	c.All++
	switch m.Status {
	case MilestoneDone:
		c.Done++
	case MilestoneAwaiting:
		c.AwaitingVerification++
	case MilestoneLate:
		c.Late++
	case MilestoneOpen:
		c.Open++
	}
}

// MilestoneStatus is the state of a milestone on a date.
type MilestoneStatus string

// The four statuses; each milestone has one. Due says which were due, done or not.
const (
	MilestoneDone MilestoneStatus = "done"
	// MilestoneAwaiting is live, and claimed at its level by a claim that waits for the programme office.
	MilestoneAwaiting MilestoneStatus = "awaiting_verification"
	MilestoneLate     MilestoneStatus = "late" // due and not live
	MilestoneOpen     MilestoneStatus = "open" // neither done nor claimed, and not late
)

// MilestoneFigures is one planned go-live.
type MilestoneFigures struct {
	Service   string          `json:"service"`
	Milestone string          `json:"milestone"` // the code in the first approved plan that has it
	Entity    string          `json:"entity"`    // that owns the service
	Level     programme.Level `json:"level"`
	Status    MilestoneStatus `json:"status"`
	// Standing is done, awaiting_verification, late, at_risk, due or planned, see MilestoneDays.
	Standing Status `json:"standing"`
	Due      bool   `json:"due"` // the original date is on or before On
	// OriginalOn is the date in the first approved plan that has it, and CurrentOn in the newest, empty when that
	// dropped it. ExpectedOn is what the entity now expects, empty once done and when that day has passed; ActualOn is empty
	// until done.
	OriginalOn civil.Date `json:"original_on"`
	CurrentOn  civil.Date `json:"current_on"`
	ExpectedOn civil.Date `json:"expected_on"`
	ActualOn   civil.Date `json:"actual_on"`
	// NoDateGiven says that the entity has given no date that is still to come.
	NoDateGiven bool `json:"no_date_given"`
	// ClaimedOn is the day of the claim that waits for its verification, and WaitingDays how long ago that is.
	ClaimedOn   civil.Date `json:"claimed_on"`
	WaitingDays int        `json:"waiting_days"`
	// Slip is actual − original, or max(expected, On) − original while it is open, in days.
	Slip   int    `json:"slip"`
	Reason string `json:"reason"` // why it moved, as the newest plan says
	// DependsOn lists the other entities whose part it waits for, by the plan and by the catalogue.
	DependsOn []string `json:"depends_on"`
	// Phases are those that its entity has reported as finished, in their order.
	Phases []PhaseDone `json:"phases"`
}

// NotLive reports whether the service has yet to go live at the level: it is neither done nor claimed.
func (m *MilestoneFigures) NotLive() bool {
	return m.Status == MilestoneLate || m.Status == MilestoneOpen
}

// Days are the days by which it is judged.
func (m *MilestoneFigures) Days() MilestoneDays {
	return MilestoneDays{Original: m.OriginalOn, Expected: m.ExpectedOn, Actual: m.ActualOn, ClaimedOn: m.ClaimedOn}
}

// PlatformFigures is an entity on which others' milestones depend: what one late platform delays.
type PlatformFigures struct {
	Entity string `json:"entity"`
	// Waiting are the milestones of other entities that depend on it and are not live; WaitingIntegrated those of them at level 4.
	Waiting           int `json:"waiting"`
	WaitingIntegrated int `json:"waiting_integrated"`
	// Late are its own due milestones that are not live, and ReadyOn the latest day on which one of them is expected,
	// On at the earliest; empty when nothing is late.
	Late    int        `json:"late"`
	ReadyOn civil.Date `json:"ready_on"`
	// LateDays is the longest open slip of its late milestones.
	LateDays int `json:"late_days"`
	// Delayed are the waiting milestones whose original date is before ReadyOn, and DaysPassedOn the sum of those days.
	Delayed      int `json:"delayed"`
	DaysPassedOn int `json:"days_passed_on"`
}
