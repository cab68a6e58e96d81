package reckon_test

import (
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// leveled is a milestone of the service "a" at a level.
func leveled(code, on string, level programme.Level) programme.Milestone {
	return programme.Milestone{Code: code, Service: "a", Level: level, PlannedOn: civiltest.Day(on)}
}

// The milestone by which a service is counted has its service's original date, whatever code it has now; another has
// its own (docs/rules.md#milestones-and-phases).
func TestApprovedMilestones(t *testing.T) {
	const interactive, transactional = programme.LevelInteractive, programme.LevelTransactional
	type approved struct {
		original, actual string
		standing         figures.Status
	}
	for name, test := range map[string]struct {
		say  func(w *reckontest.World)
		want map[string]approved
	}{
		"nothing": {func(*reckontest.World) {}, map[string]approved{}},
		"on its way": {func(w *reckontest.World) {
			w.Plan("moi", "2015-01-05", leveled("m", "2015-07-01", interactive))
		}, map[string]approved{"m": {"2015-07-01", "", figures.StatusDue}}},
		"31 days late": {func(w *reckontest.World) {
			w.Plan("moi", "2015-01-05", leveled("m", "2015-05-30", interactive))
		}, map[string]approved{"m": {"2015-05-30", "", figures.StatusLate}}},
		"moved: the original date stays": {func(w *reckontest.World) {
			w.Plan("moi", "2015-01-05", leveled("m", "2015-07-01", interactive))
			w.Plan("moi", "2015-02-05", leveled("m", "2015-12-01", interactive))
		}, map[string]approved{"m": {"2015-07-01", "", figures.StatusAtRisk}}},
		"under another code: it keeps the date": {func(w *reckontest.World) {
			w.Plan("moi", "2015-01-05", leveled("m", "2015-07-01", interactive))
			w.Plan("moi", "2015-02-05", leveled("n", "2015-12-01", interactive))
		}, map[string]approved{"m": {"2015-07-01", "", figures.StatusAtRisk}, "n": {"2015-07-01", "", figures.StatusAtRisk}}},
		"done": {func(w *reckontest.World) {
			w.Plan("moi", "2015-01-05", leveled("m", "2015-07-01", interactive))
			w.Rollout("a", programme.ActionLaunch, "2015-06-30", interactive, programme.ChannelWeb).VerifiedBy = "admin"
		}, map[string]approved{"m": {"2015-07-01", "2015-06-30", figures.StatusDone}}},
		"done at its level, and not at a further one": {func(w *reckontest.World) {
			w.Plan("moi", "2015-01-05", leveled("m", "2015-07-01", interactive), leveled("n", "2015-09-01", transactional))
			w.Rollout("a", programme.ActionLaunch, "2015-06-30", interactive, programme.ChannelWeb).VerifiedBy = "admin"
		}, map[string]approved{"m": {"2015-07-01", "2015-06-30", figures.StatusDone}, "n": {"2015-09-01", "", figures.StatusDue}}},
		"one below the minimum has its own date": {func(w *reckontest.World) {
			w.Plan("moi", "2015-01-05", leveled("m", "2015-07-01", interactive), leveled("n", "2015-03-01", programme.LevelInformative))
		}, map[string]approved{"m": {"2015-07-01", "", figures.StatusDue}, "n": {"2015-03-01", "", figures.StatusLate}}},
		"approved after the date": {func(w *reckontest.World) {
			w.Plan("moi", "2015-07-01", leveled("m", "2015-09-01", interactive))
		}, map[string]approved{"m": {"2015-09-01", "", figures.StatusDue}}},
		"a service that can't count": {func(w *reckontest.World) {
			w.ServiceFrom(civiltest.Day("2015-02-01"), programme.Service{Code: "a", PartOf: "bundle"})
			w.Plan("moi", "2015-01-05", leveled("m", "2015-07-01", interactive))
			w.Plan("moi", "2015-02-05", leveled("m", "2015-12-01", interactive))
		}, map[string]approved{"m": {"2015-07-01", "", figures.StatusAtRisk}}},
	} {
		w := reckontest.New(t)
		w.Rule(programme.Rule{MinimumLevel: interactive, CountExisting: true})
		w.Service(programme.Service{Code: "a"})
		test.say(w)
		plans := w.Figures("2015-06-30").Plans
		if len(plans.Approved) != len(test.want) {
			t.Errorf("%s: %+v", name, plans.Approved)
		}
		for code, want := range test.want {
			m := plans.ApprovedMilestone("moi", code)
			if m == nil {
				t.Errorf("%s: %s is not there", name, code)
				continue
			}
			got := approved{original: m.OriginalOn.String(), standing: m.Standing}
			if !m.ActualOn.IsZero() {
				got.actual = m.ActualOn.String()
			}
			if got != want {
				t.Errorf("%s: %s is %+v, want %+v", name, code, got, want)
			}
		}
	}
}
