package reckon

import (
	"testing"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

func TestMedianSlip(t *testing.T) {
	for name, test := range map[string]struct {
		days   []int
		want   programme.Ratio
		over30 int
	}{
		"none": {nil, programme.Ratio{State: programme.NotProvided}, 0},
		"odd":  {[]int{40, -2, 30}, programme.RatioOf(30, 1), 1},
		"even": {[]int{31, 10, 5, 90}, programme.RatioOf(20.5, 1), 2},
	} {
		var s slips
		for _, days := range test.days {
			s.add(milestoneWork{planned: true, due: true, slip: days})
		}
		s.add(milestoneWork{planned: true, slip: 500}) // not due
		s.add(milestoneWork{due: true, slip: 500})     // not planned
		if got := s.median(); got != test.want || s.over30 != test.over30 {
			t.Errorf("%s: median %v with %d over 30, want %v with %d", name, got, s.over30, test.want, test.over30)
		}
	}
}

// The status of an entity, by rule (docs/rules.md#status-of-an-entity).
func TestStatus(t *testing.T) {
	for name, test := range map[string]struct {
		reason   figures.StatusReason
		approved bool
		want     figures.Status
	}{
		"no approved plan":               {figures.StatusReason{}, false, figures.StatusNoData},
		"an approved plan of nothing":    {figures.StatusReason{}, true, figures.StatusOnTrack},
		"a plan that came with services": {figures.StatusReason{Milestones: 1}, false, figures.StatusOnTrack},
		"all done":                       {figures.StatusReason{Milestones: 3, Due: 3, Done: 3}, true, figures.StatusDone},
		"nothing late":                   {figures.StatusReason{Milestones: 3, Due: 1, Done: 1}, true, figures.StatusOnTrack},
		"one late":                       {figures.StatusReason{Milestones: 3, Due: 2, Done: 1, Late: 1}, true, figures.StatusAtRisk},
		"exactly a tenth over 30 days":   {figures.StatusReason{Milestones: 20, Due: 10, Done: 9, Late: 1, LateOver30: 1}, true, figures.StatusAtRisk},
		"over a tenth over 30 days":      {figures.StatusReason{Milestones: 20, Due: 9, Done: 8, Late: 1, LateOver30: 1}, true, figures.StatusLate},
	} {
		if got := statusFor(&test.reason, test.approved); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}
