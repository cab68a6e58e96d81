package reckon

import (
	"slices"

	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// milestoneWork is a service's progress against its original date.
type milestoneWork struct {
	planned bool
	due     bool
	done    bool
	// slip is actual − original in days, or max(expected, on) − original while it is open.
	slip int
	// late is how many days ago one that is not live was due.
	late int
	// claimedOn is the day of the claim that waits for its verification; never for none.
	claimedOn civil.Date
}

// awaits reports whether it is live and claimed at its level, and waits for the programme office.
func (m milestoneWork) awaits() bool { return m.planned && !m.done && m.claimedOn != civil.Never }

// status is what the milestone counts as.
func (m milestoneWork) status() figures.MilestoneStatus {
	switch {
	case m.done:
		return figures.MilestoneDone
	case m.awaits():
		return figures.MilestoneAwaiting
	case m.late > 0:
		return figures.MilestoneLate
	default:
		return figures.MilestoneOpen
	}
}

// milestoneOf compares a service with its original go-live (docs/rules.md#slip). Services that can't count,
// because they are parts or out of scope, have no milestone in the figures.
func (r *reckoning) milestoneOf(at catalogue.ServiceAt, basis figures.Basis) milestoneWork {
	planned := &r.schedule.services[at]
	version := r.now.services[at].Version
	if !planned.planned() || (version != nil && !r.settings.Rule.Eligible(&version.Service)) {
		return milestoneWork{}
	}
	m := milestoneWork{planned: true, due: planned.on <= r.on, claimedOn: civil.Never}
	if actual := r.actual(at, planned.level, basis, r.now); actual != civil.Never {
		m.done, m.slip = true, int(actual-planned.on)
		return m
	}
	m.slip = int(max(planned.expectedOn(), r.on) - planned.on)
	if m.claimedOn = r.awaitsSince(at, planned.level); m.claimedOn == civil.Never {
		m.late = max(0, int(r.on-planned.on))
	}
	return m
}

// awaitsSince is the day of the claim by which a service, or one that succeeds it, waits to be verified at a level;
// never for none (docs/rules.md#standing-of-a-milestone).
func (r *reckoning) awaitsSince(at catalogue.ServiceAt, level programme.Level) civil.Date {
	since := r.AwaitsSince(at, level, r.on)
	for _, heir := range r.now.heirs(at, r.Successors) {
		since = min(since, r.AwaitsSince(heir, level, r.on))
	}
	return since
}

// slips gathers the slip of due milestones.
type slips struct {
	days   []int
	over30 int
}

func (s *slips) add(m milestoneWork) {
	if !m.planned || !m.due {
		return
	}
	s.days = append(s.days, m.slip)
	if m.slip > figures.LateOverDays {
		s.over30++
	}
}

// median returns the middle slip in days, the mean of the two middle ones for an even number (docs/rules.md#slip).
func (s *slips) median() programme.Ratio {
	n := len(s.days)
	if n == 0 {
		return programme.Ratio{State: programme.NotProvided}
	}
	slices.Sort(s.days)
	return programme.RateOf(float64(s.days[(n-1)/2]+s.days[n/2]), 2)
}

// countInto counts one milestone into the figures behind a status.
func (m milestoneWork) countInto(s *figures.StatusReason) {
	if !m.planned {
		return
	}
	s.Milestones++
	if m.due {
		s.Due++
	}
	if m.done {
		s.Done++
	}
	if m.awaits() {
		s.AwaitingVerification++
	}
	if m.late > 0 {
		s.Late++
	}
	if m.late > figures.LateOverDays {
		s.LateOver30++
	}
}

// statusFor is an entity's standing by rule: no approved plan is no data; all done is done; over 10 % of due
// milestones not live and more than 30 days late is late; any not live is at risk. What awaits verification is not the
// entity's lateness (docs/rules.md#status-of-an-entity).
func statusFor(s *figures.StatusReason, approved bool) figures.Status {
	switch {
	case !approved && s.Milestones == 0:
		return figures.StatusNoData
	case s.Milestones > 0 && s.Done == s.Milestones:
		return figures.StatusDone
	case s.LateOver30*10 > s.Due:
		return figures.StatusLate
	case s.Late > 0:
		return figures.StatusAtRisk
	default:
		return figures.StatusOnTrack
	}
}
