package figures

import (
	"cmp"
	"slices"

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

// MilestoneStatus is where a milestone stands on a date.
type MilestoneStatus string

// The three statuses; each milestone has one. Those that were due, done or not, are told by Due.
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
	// OriginalOn is of the first approved plan that has it; CurrentOn of the newest, none when that dropped it;
	// ExpectedOn as the entity now expects it, none once done; ActualOn none until done.
	OriginalOn civil.Date `json:"original_on"`
	CurrentOn  civil.Date `json:"current_on"`
	ExpectedOn civil.Date `json:"expected_on"`
	ActualOn   civil.Date `json:"actual_on"`
	// Slip is actual − original, or max(expected, On) − original while it is open, in days.
	Slip   int    `json:"slip"`
	Reason string `json:"reason"` // why it moved, as the newest plan says
	// DependsOn lists the other entities whose part it waits for, by the plan and by the catalogue.
	DependsOn []string `json:"depends_on"`
	// Phases are those that its entity has told to be finished, in their order.
	Phases []PhaseDone `json:"phases"`
}

// PlatformFigures is an entity on which others' milestones depend: what one late platform delays.
type PlatformFigures struct {
	Entity string `json:"entity"`
	// Waiting are the open milestones of other entities that depend on it; WaitingIntegrated those of them at level 4.
	Waiting           int `json:"waiting"`
	WaitingIntegrated int `json:"waiting_integrated"`
	// Late are its own due milestones that are not done, and ReadyOn the latest day on which one of them is expected,
	// On at the earliest; none when nothing is late.
	Late    int        `json:"late"`
	ReadyOn civil.Date `json:"ready_on"`
	// LateDays is the longest open slip of its late milestones.
	LateDays int `json:"late_days"`
	// Delayed are the waiting milestones whose original date is before ReadyOn, and DaysPassedOn the sum of those days.
	Delayed      int `json:"delayed"`
	DaysPassedOn int `json:"days_passed_on"`
}

// planFigures draws the milestones of all entities and what they add up to (docs/rules.md#on-time-and-bunching).
func (r *reckoning) planFigures() PlanFigures {
	p := PlanFigures{Milestones: r.milestoneFigures()}
	var done, onTime, quarterEnd, lastQuarter int
	target := r.settings.TargetOn.Month()
	for i := range p.Milestones {
		m := &p.Milestones[i]
		month := m.OriginalOn.Month()
		done += one(m.Status == MilestoneDone)
		onTime += one(m.Status == MilestoneDone && m.ActualOn <= m.OriginalOn)
		quarterEnd += one(month%3 == 2)
		lastQuarter += one(month > target-3 && month <= target)
	}
	all := float64(len(p.Milestones))
	p.OnTime = programme.RatioOf(float64(onTime), float64(done))
	p.QuarterEnd, p.LastQuarter = programme.RatioOf(float64(quarterEnd), all), programme.RatioOf(float64(lastQuarter), all)
	p.Platforms = platformFigures(p.Milestones, r.on)
	p.Entities, p.Months = entityPlans(p.Milestones, r.on), planMonths(p.Milestones)
	p.Approved = r.approvedMilestones()
	return p
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

func (r *reckoning) milestoneFigures() []MilestoneFigures {
	list, phases := []MilestoneFigures{}, r.phasesDone()
	for i := range r.now.services {
		work := r.milestoneOf(serviceAt(i), Verified)
		if !work.planned {
			continue
		}
		at := serviceAt(i)
		planned := &r.schedule.services[i]
		m := MilestoneFigures{
			Service: r.Knowledge.services[i].code, Milestone: planned.code, Level: planned.level,
			Status: MilestoneOpen, Due: work.due,
			OriginalOn: planned.on, CurrentOn: planned.current, Slip: work.slip, Reason: planned.reason,
			DependsOn: r.dependencies(at), Phases: []PhaseDone{},
		}
		if done := phases[m.Service]; len(done) > 0 {
			m.Phases = done
		}
		if owner := r.ownerOn(r.now, at); owner != noEntity {
			m.Entity = r.entities[owner].code
		}
		switch {
		case work.done:
			m.Status, m.ActualOn = MilestoneDone, planned.on.AddDays(work.slip)
		default:
			m.ExpectedOn = planned.expectedOn()
			if work.late > 0 {
				m.Status = MilestoneLate
			}
		}
		m.Standing = MilestoneStanding(m.OriginalOn, m.ExpectedOn, m.ActualOn, r.on)
		list = append(list, m)
	}
	slices.SortStableFunc(list, func(a, b MilestoneFigures) int {
		return cmp.Or(cmp.Compare(a.OriginalOn, b.OriginalOn), cmp.Compare(a.Service, b.Service))
	})
	return list
}

// dependencies lists the other entities of which a service's milestone needs a part.
func (r *reckoning) dependencies(at serviceAt) []string {
	list := slices.Clone(r.schedule.services[at].dependsOn)
	owner := ""
	if version := r.now.services[at].version; version != nil {
		list, owner = append(list, version.DependsOn...), version.Entity
	}
	slices.Sort(list)
	list = slices.DeleteFunc(slices.Compact(list), func(code string) bool { return code == owner })
	if list == nil {
		list = []string{}
	}
	return list
}

// platformFigures gathers what waits for each entity that others depend on (docs/rules.md#what-a-platform-delays).
func platformFigures(milestones []MilestoneFigures, on civil.Date) []PlatformFigures {
	byCode := map[string]*PlatformFigures{}
	for i := range milestones {
		for _, code := range milestones[i].DependsOn {
			if milestones[i].Status != MilestoneDone && byCode[code] == nil {
				byCode[code] = &PlatformFigures{Entity: code}
			}
		}
	}
	for i := range milestones {
		if p := byCode[milestones[i].Entity]; p != nil && milestones[i].Status == MilestoneLate {
			p.Late++
			p.ReadyOn = max(p.ReadyOn, milestones[i].ExpectedOn, on)
			p.LateDays = max(p.LateDays, milestones[i].Slip)
		}
	}
	for i := range milestones {
		m := &milestones[i]
		for _, code := range m.DependsOn {
			if m.Status != MilestoneDone && m.Entity != code {
				waitFor(byCode[code], m)
			}
		}
	}
	list := make([]PlatformFigures, 0, len(byCode))
	for _, p := range byCode {
		if p.Waiting > 0 {
			list = append(list, *p)
		}
	}
	slices.SortFunc(list, func(a, b PlatformFigures) int {
		return cmp.Or(
			cmp.Compare(b.DaysPassedOn, a.DaysPassedOn),
			cmp.Compare(b.Waiting, a.Waiting),
			cmp.Compare(a.Entity, b.Entity),
		)
	})
	return list
}

// waitFor counts a milestone that waits for a platform.
func waitFor(p *PlatformFigures, m *MilestoneFigures) {
	p.Waiting++
	p.WaitingIntegrated += one(m.Level == programme.LevelIntegrated)
	if m.OriginalOn < p.ReadyOn {
		p.Delayed++
		p.DaysPassedOn += int(p.ReadyOn - m.OriginalOn)
	}
}
