package programme

import "testing"

// Slip = actual − original; open slip = max(expected, on) − original (docs/rules.md#slip).
func TestSlip(t *testing.T) {
	expecting := func(on, expected string) Milestone {
		m := milestone("a", on)
		m.ExpectedOn = day(expected)
		return m
	}
	for name, test := range map[string]struct {
		planned  Milestone
		launched string
		want     Count
	}{
		"done late":             {milestone("a", "2015-03-01"), "2015-03-11", CountOf(10)},
		"done early":            {milestone("a", "2015-03-11"), "2015-03-01", CountOf(-10)},
		"open and not due":      {milestone("a", "2015-08-01"), "", CountOf(0)},
		"open and overdue":      {milestone("a", "2015-06-25"), "", CountOf(5)},
		"open, expected later":  {expecting("2015-06-25", "2015-07-05"), "", CountOf(10)},
		"overdue what it hoped": {expecting("2015-06-10", "2015-06-20"), "", CountOf(20)},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.service(Service{Code: "a"})
			if test.launched != "" {
				w.rollout("a", ActionLaunch, test.launched, LevelInformative).VerifiedBy = "admin"
			}
			w.plan("moi", "2015-01-01", test.planned)
			s := serviceOf(t, w.figures("2015-06-30"), "a")
			if s.Slip != test.want {
				t.Errorf("slip %v, want %v", s.Slip, test.want)
			}
			if done := test.launched != ""; s.ExpectedOn.IsZero() != done {
				t.Errorf("expected on %v, done %v", s.ExpectedOn, done)
			}
		})
	}
}

// The slip of an unplanned service does not apply.
func TestUnplannedServiceHasNoSlip(t *testing.T) {
	w := newWorld(t)
	w.live("a", "2015-01-01", LevelInformative)
	if s := serviceOf(t, w.figures("2015-06-30"), "a"); s.Slip.State != NotApplicable || !s.PlannedOn.IsZero() {
		t.Errorf("slip %v, planned %v", s.Slip, s.PlannedOn)
	}
}

func TestMedianSlip(t *testing.T) {
	for name, test := range map[string]struct {
		days   []int
		want   Ratio
		over30 int
	}{
		"none": {nil, Ratio{State: NotProvided}, 0},
		"odd":  {[]int{40, -2, 30}, RatioOf(30, 1), 1},
		"even": {[]int{31, 10, 5, 90}, RatioOf(20.5, 1), 2},
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
		reason   StatusReason
		approved bool
		want     Status
	}{
		"no approved plan":               {StatusReason{}, false, StatusNoData},
		"an approved plan of nothing":    {StatusReason{}, true, StatusOnTrack},
		"a plan that came with services": {StatusReason{Milestones: 1}, false, StatusOnTrack},
		"all done":                       {StatusReason{Milestones: 3, Due: 3, Done: 3}, true, StatusDone},
		"nothing late":                   {StatusReason{Milestones: 3, Due: 1, Done: 1}, true, StatusOnTrack},
		"one late":                       {StatusReason{Milestones: 3, Due: 2, Done: 1, Late: 1}, true, StatusAtRisk},
		"exactly a tenth over 30 days":   {StatusReason{Milestones: 20, Due: 10, Done: 9, Late: 1, LateOver30: 1}, true, StatusAtRisk},
		"over a tenth over 30 days":      {StatusReason{Milestones: 20, Due: 9, Done: 8, Late: 1, LateOver30: 1}, true, StatusLate},
	} {
		if got := test.reason.status(test.approved); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

// The figures behind a status: 30 days late is late, 31 days weighs more.
func TestStatusReason(t *testing.T) {
	w := newWorld(t)
	w.live("done", "2015-02-01", LevelInformative)
	for _, code := range []string{"thirty", "more", "open"} {
		w.service(Service{Code: code})
	}
	w.plan("moi", "2015-01-01", milestone("done", "2015-02-01"), milestone("thirty", "2015-05-31"),
		milestone("more", "2015-05-30"), milestone("open", "2015-09-01"))
	e := entityOf(t, w.figures("2015-06-30"), "moi")
	if want := (StatusReason{Due: 3, Done: 1, Late: 2, LateOver30: 1, Milestones: 4}); e.Reason != want || e.Status != StatusLate {
		t.Errorf("%s for %+v, want late for %+v", e.Status, e.Reason, want)
	}
}
