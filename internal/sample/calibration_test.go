package sample

import (
	"strconv"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// counted counts by hand what the rule counts on a day: the oracle for the calibration.
func counted(p *Programme, on civil.Date) (verified programme.ByLevel, claimed int) {
	for _, a := range p.authorities {
		for _, o := range a.offerings {
			if o.partOf() || o.launched.IsZero() || o.launched > on || (!o.retired.IsZero() && o.retired <= on) {
				continue
			}
			level := programme.Level(0)
			for _, s := range o.steps {
				if s.Level.Valid() && s.verified && s.EffectiveOn <= on {
					level = s.Level
				}
			}
			verified.Add(level)
			claimed++
		}
	}
	return verified, claimed
}

// plannedBy counts the original milestones up to a day, with the stock that existed.
func plannedBy(t *testing.T, p *Programme, on civil.Date) int {
	t.Helper()
	drafts, err := p.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	first := map[string]civil.Date{}
	for _, d := range drafts {
		plan, ok := d.Body.(programme.Plan)
		if !ok || plan.Kind != programme.PlanApproved || plan.ApprovedOn > on {
			continue
		}
		for _, m := range plan.Milestones {
			if _, known := first[m.Service]; !known {
				first[m.Service] = m.PlannedOn
			}
		}
	}
	total := countedAtStart
	for _, day := range first {
		if day <= on {
			total++
		}
	}
	return total
}

func TestCalibration(t *testing.T) {
	for _, seed := range []uint64{1, 2, 3, 2016} {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			p := New(seed)
			for _, point := range []struct {
				on   civil.Date
				want int
			}{
				{civil.NewDate(2013, 12, 31), 194},
				{civil.NewDate(2014, 1, 1), 194},
				{civil.NewDate(2015, 5, 31), 459},
				{civil.NewDate(2015, 12, 31), 681},
				{civil.NewDate(2016, 9, 30), 884},
			} {
				levels, claimed := counted(p, point.on)
				t.Logf("%s: %v verified, %d claimed, plan %d", point.on, levels, claimed, plannedBy(t, p, point.on))
				if levels.Total() != point.want {
					t.Errorf("%s: %d counted; want %d", point.on, levels.Total(), point.want)
				}
			}
			levels, claimed := counted(p, reportingOn)
			if rarest := levels.At(4); rarest == 0 || rarest >= levels.At(1) || rarest >= levels.At(2) || rarest >= levels.At(3) {
				t.Errorf("level 4 is not the rarest of %v", levels)
			}
			if claimed-levels.Total() != unverifiedLaunch {
				t.Errorf("%d claimed, %d verified", claimed, levels.Total())
			}
			for on, want := range map[civil.Date]int{civil.NewDate(2014, 1, 1): 194, civil.NewDate(2015, 12, 31): 711, targetOn: 1000} {
				if got := plannedBy(t, p, on); got != want {
					t.Errorf("%s: %d planned; want %d", on, got, want)
				}
			}
		})
	}
}
