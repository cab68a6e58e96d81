package figures

import (
	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// PlanMonth counts the go-lives of a month: how they bunch.
type PlanMonth struct {
	Month civil.Month `json:"month"`
	// Planned are by the original dates, Current by those of the newest plans, GoneLive by the actual ones.
	Planned  int `json:"planned"`
	Current  int `json:"current"`
	GoneLive int `json:"gone_live"`
}

// EntityPlan is the time that an entity's milestones span, as first planned and as it is now.
type EntityPlan struct {
	Entity     string `json:"entity"`
	Milestones int    `json:"milestones"`
	Done       int    `json:"done"`
	Late       int    `json:"late"` // due and not live
	// AwaitingVerification are live, and wait for the programme office.
	AwaitingVerification int `json:"awaiting_verification"`
	// DoneShare is done ÷ milestones.
	DoneShare programme.Ratio `json:"done_share"`
	// OriginalFrom and OriginalTo are the first and last original go-live.
	OriginalFrom civil.Date `json:"original_from"`
	OriginalTo   civil.Date `json:"original_to"`
	// CurrentFrom and CurrentTo are the same of actual go-lives and, of open milestones, of max(expected, On): the
	// dates from which slip is computed.
	CurrentFrom civil.Date `json:"current_from"`
	CurrentTo   civil.Date `json:"current_to"`
	// Slip is the median of due milestones, in days, as of the entity.
	Slip programme.Ratio `json:"slip_median"`
}

// SlipsLong reports whether the entity's slip weighs: more than 30 days.
func (p *EntityPlan) SlipsLong() bool { return p.Slip.Known() && p.Slip.Value > LateOverDays }

// StandsOn is the day on which a milestone went live, or on which it may at the earliest as the entity now expects it.
func (m *MilestoneFigures) StandsOn(on civil.Date) civil.Date {
	if m.Status == MilestoneDone {
		return m.ActualOn
	}
	return max(m.ExpectedOn, on)
}

// DueWithin reports whether an open milestone's original date is one of the next days; it is not late then.
func (m *MilestoneFigures) DueWithin(on civil.Date, days int) bool {
	return m.Status == MilestoneOpen && m.OriginalOn <= on.AddDays(days)
}

// DoneWithin reports whether a milestone went live in the last days, on On itself too.
func (m *MilestoneFigures) DoneWithin(on civil.Date, days int) bool {
	return m.Status == MilestoneDone && m.ActualOn > on.AddDays(-days)
}
