package reckon_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// plotted is a small world of which every fact has a day: those after a date can be left out.
type plotted struct {
	*reckontest.World

	chance *rand.Rand
	until  civil.Date
}

// on draws a day between two dates; happens says whether facts of that day are in the world.
func (p *plotted) on(from, to civil.Date) (day string, happens bool) {
	drawn := from.AddDays(p.chance.IntN(int(to - from)))
	return drawn.String(), drawn <= p.until
}

// plot draws a world from a seed, without what happens after a day. The same draws are made whatever is left out.
func plot(t *testing.T, seed uint64, until civil.Date) *plotted {
	t.Helper()
	p := &plotted{World: reckontest.New(t), chance: rand.New(rand.NewPCG(seed, 3)), until: until}
	settings := programme.DefaultSettings()
	settings.Goal, settings.Rule.CountExisting = 12, true
	settings.Rule.MinimumLevel = programme.Level(1 + p.chance.IntN(2))
	p.Settings(settings)
	for e := range 3 {
		p.Entity(fmt.Sprintf("e%d", e))
	}
	for s := range 18 {
		p.life(s)
	}
	for e := range 3 {
		for _, approved := range []string{"2014-02-01", "2015-03-01", "2016-02-01"} {
			milestones := p.milestones(e)
			if civiltest.Day(approved) <= until {
				p.Plan(fmt.Sprintf("e%d", e), approved, milestones...)
			}
		}
	}
	return p
}

func (p *plotted) milestones(e int) []programme.Milestone {
	var list []programme.Milestone
	for s := e; s < 18; s += 3 {
		day, _ := p.on(civiltest.Day("2014-03-01"), civiltest.Day("2017-03-01"))
		m := reckontest.Milestone(fmt.Sprintf("s%02d", s), day)
		m.Level = programme.Level(1 + p.chance.IntN(3))
		expected, _ := p.on(civiltest.Day("2014-03-01"), civiltest.Day("2017-03-01"))
		if p.chance.IntN(3) == 0 {
			m.ExpectedOn = civiltest.Day(expected)
		}
		if p.chance.IntN(5) > 0 {
			list = append(list, m)
		}
	}
	return list
}

// life draws what happens to a service: launch, claims, decisions, retirement.
func (p *plotted) life(s int) {
	first, last := civiltest.Day("2013-06-01"), civiltest.Day("2016-12-31")
	code := fmt.Sprintf("s%02d", s)
	service := programme.Service{Code: code, Entity: fmt.Sprintf("e%d", s%3)}
	if s == 17 {
		service.Succeeds = []string{"s14"}
	}
	p.Service(service)
	level := func() programme.Level { return programme.Level(1 + p.chance.IntN(3)) }
	day, happens := p.on(first, last)
	launched, verified := level(), p.chance.IntN(2) == 0
	if happens {
		r := p.Rollout(code, programme.ActionLaunch, day, launched)
		if verified {
			r.VerifiedBy = "admin"
		}
	}
	for range p.chance.IntN(3) {
		p.claim(code, civiltest.Day(day), level(), level())
	}
	gone, retires := p.on(civiltest.Day("2015-06-01"), last)
	if p.chance.IntN(6) == 0 && retires {
		p.Rollout(code, programme.ActionRetire, gone, 0)
	}
}

func (p *plotted) claim(code string, after civil.Date, claimed, decided programme.Level) {
	day, happens := p.on(after, after+200)
	answer, answers := p.on(civiltest.Day(day), civiltest.Day(day)+120)
	kind := []programme.AssessmentKind{"", programme.AssessmentVerified, programme.AssessmentReturned}[p.chance.IntN(3)]
	if !happens {
		return
	}
	made := p.ClaimOn(code, day, claimed)
	if kind != "" && answers {
		p.AnswerTo(&programme.Fact{Subject: code, ID: made.ID}, kind, answer, decided)
	}
}

// In any world each milestone has one status, the figures that count them agree, and reach adds up.
func TestMilestonesAddUp(t *testing.T) {
	seen := map[figures.MilestoneStatus]int{}
	for seed := range uint64(60) {
		p := plot(t, seed, civiltest.Day("2016-12-31"))
		for _, on := range []string{"2014-06-30", "2015-05-15", "2016-09-30", "2016-12-31", "2017-01-31"} {
			f := p.Figures(on)
			c, reason := f.Plans.Counts, figures.StatusReason{}
			for i := range f.Entities {
				r := &f.Entities[i].Reason
				reason.Milestones, reason.Done, reason.Due = reason.Milestones+r.Milestones, reason.Done+r.Done, reason.Due+r.Due
				reason.Late, reason.AwaitingVerification = reason.Late+r.Late, reason.AwaitingVerification+r.AwaitingVerification
			}
			if c.All != len(f.Plans.Milestones) || c.Done+c.AwaitingVerification+c.Late+c.Open != c.All {
				t.Fatalf("seed %d on %s: %+v of %d", seed, on, c, len(f.Plans.Milestones))
			}
			if reason.Milestones != c.All || reason.Done != c.Done || reason.Late != c.Late || reason.AwaitingVerification != c.AwaitingVerification {
				t.Fatalf("seed %d on %s: the entities' %+v, the programme's %+v", seed, on, reason, c)
			}
			due := 0
			for i := range f.Plans.Milestones {
				m := &f.Plans.Milestones[i]
				seen[m.Status]++
				due += one(m.Status == figures.MilestoneOpen && m.OriginalOn <= f.Programme.TargetOn)
				checkOneMilestone(t, f, m)
			}
			checkReach(t, f, due)
		}
	}
	for _, status := range []figures.MilestoneStatus{
		figures.MilestoneDone, figures.MilestoneAwaiting, figures.MilestoneLate, figures.MilestoneOpen,
	} {
		if seen[status] < 30 {
			t.Errorf("only %d milestones are %s", seen[status], status)
		}
	}
}

func checkOneMilestone(t *testing.T, f *figures.Figures, m *figures.MilestoneFigures) {
	t.Helper()
	late := m.Status == figures.MilestoneLate
	agrees := map[figures.Status]bool{
		figures.StatusDone:                 m.Status == figures.MilestoneDone,
		figures.StatusAwaitingVerification: m.Status == figures.MilestoneAwaiting,
		figures.StatusLate:                 late && f.On-m.OriginalOn > 30,
		figures.StatusAtRisk:               (late && f.On-m.OriginalOn <= 30) || (m.Status == figures.MilestoneOpen && m.ExpectedOn > m.OriginalOn),
		figures.StatusDue:                  m.Status == figures.MilestoneOpen && m.OriginalOn-f.On <= 90,
		figures.StatusPlanned:              m.Status == figures.MilestoneOpen && m.OriginalOn-f.On > 90,
	}
	if !agrees[m.Standing] {
		t.Fatalf("on %v: %+v", f.On, m)
	}
	if late && m.OriginalOn >= f.On || m.Status == figures.MilestoneOpen && m.OriginalOn < f.On {
		t.Fatalf("late on its day or not after it, on %v: %+v", f.On, m)
	}
	if !m.ExpectedOn.IsZero() && m.ExpectedOn < f.On || m.NoDateGiven && m.Status == figures.MilestoneDone {
		t.Fatalf("an expected date that has passed, on %v: %+v", f.On, m)
	}
}

func checkReach(t *testing.T, f *figures.Figures, due int) {
	t.Helper()
	p, c := &f.Verified, &f.Plans.Counts
	r := p.Reach
	if r.Missing != max(0, p.Goal-p.Counted) || r.AwaitingVerification != c.AwaitingVerification || r.Late != c.Late || r.Due != due {
		t.Fatalf("on %v: %+v of %+v, %d due", f.On, r, c, due)
	}
	all := p.Counted + r.AwaitingVerification + r.Late + r.Due
	if r.AtMost != (figures.ReachParts{AwaitingVerification: all - r.AwaitingVerification, Late: all - r.Late, Due: all - r.Due}) {
		t.Fatalf("on %v: %+v of %d", f.On, r, p.Counted)
	}
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// What happens after a date changes nothing about it: neither standings, nor counts, nor reach.
func TestNothingLaterChangesAStanding(t *testing.T) {
	for seed := range uint64(40) {
		whole := plot(t, seed, civiltest.Day("2016-12-31"))
		for _, on := range []string{"2014-06-30", "2015-03-01", "2015-05-15", "2016-03-31"} {
			day := civiltest.Day(on)
			later, then := whole.Figures(on), plot(t, seed, day).Figures(on)
			if !reflect.DeepEqual(later.Plans.Milestones, then.Plans.Milestones) {
				t.Fatalf("seed %d on %s:\n%+v\nwant\n%+v", seed, on, later.Plans.Milestones, then.Plans.Milestones)
			}
			if later.Plans.Counts != then.Plans.Counts || later.Verified.Reach != then.Verified.Reach || later.Claimed.Reach != then.Claimed.Reach {
				t.Fatalf("seed %d on %s: %+v, want %+v", seed, on, later.Verified.Reach, then.Verified.Reach)
			}
			for _, m := range then.Plans.Approved {
				if now := later.Plans.ApprovedMilestone(m.Entity, m.Milestone); now == nil || *now != m {
					t.Fatalf("seed %d on %s: %+v, want %+v", seed, on, now, m)
				}
			}
			for i := range then.Entities {
				if a, b := &later.Entities[i], &then.Entities[i]; a.Status != b.Status || a.Reason != b.Reason {
					t.Fatalf("seed %d on %s: %+v, want %+v", seed, on, a.Reason, b.Reason)
				}
			}
		}
	}
}
