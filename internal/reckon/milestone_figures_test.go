package reckon_test

import (
	"slices"
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// platforms is a programme in which moi's platform is late and others wait for it.
func platforms(t *testing.T) *figures.Figures {
	t.Helper()
	w := reckontest.New(t)
	for _, code := range []string{"moi", "moc", "mof"} {
		w.Entity(code)
	}
	at := func(code, entity, on string, level programme.Level, needs ...string) programme.Milestone {
		w.Service(programme.Service{Code: code, Entity: entity})
		m := reckontest.Milestone(code, on)
		m.Level, m.DependsOn = level, needs
		return m
	}
	gate := at("gate", "moi", "2015-05-31", programme.LevelTransactional)
	gate.ExpectedOn, gate.Reason = civiltest.Day("2015-07-30"), "The link is not ready"
	w.Plan("moi", "2015-01-01", gate, at("own", "moi", "2015-07-01", programme.LevelIntegrated, "moi"))
	w.Plan("moc", "2015-01-01", at("one", "moc", "2015-06-10", programme.LevelIntegrated, "moi"), at("two", "moc", "2015-07-20", programme.LevelIntegrated, "moi"),
		at("far", "moc", "2016-12-31", programme.LevelTransactional, "moi", "mof"))
	w.Service(programme.Service{Code: "three", Entity: "mof", DependsOn: []string{"moi"}}) // by the catalogue
	w.Plan("mof", "2015-01-01", reckontest.Milestone("three", "2015-07-29"), at("done", "mof", "2015-03-31", programme.LevelInformative, "moi"),
		at("tardy", "mof", "2015-03-01", programme.LevelInformative))
	for code, on := range map[string]string{"done": "2015-03-31", "tardy": "2015-03-02"} {
		r := w.Rollout(code, programme.ActionLaunch, on, programme.LevelInformative)
		r.Entity, r.VerifiedBy = "mof", "admin"
	}
	return w.Figures("2015-06-30")
}

// Each milestone stands with its dates, slip and reason; those done by their original date are on time.
func TestMilestoneFigures(t *testing.T) {
	p := platforms(t).Plans
	var order []string
	found := map[string]figures.MilestoneFigures{}
	for _, m := range p.Milestones {
		order = append(order, m.Service)
		found[m.Service] = m
	}
	if want := []string{"tardy", "done", "gate", "one", "own", "two", "three", "far"}; !slices.Equal(order, want) {
		t.Errorf("in the order %v, want %v", order, want)
	}
	if m := found["gate"]; m.Status != figures.MilestoneLate || !m.Due || m.Slip != 60 || m.ExpectedOn != civiltest.Day("2015-07-30") || m.Reason != "The link is not ready" || m.Entity != "moi" {
		t.Errorf("late: %+v", m)
	}
	if m := found["done"]; m.Status != figures.MilestoneDone || !m.Due || m.Slip != 0 || m.ActualOn != civiltest.Day("2015-03-31") || !m.ExpectedOn.IsZero() {
		t.Errorf("done: %+v", m)
	}
	if m := found["two"]; m.Status != figures.MilestoneOpen || m.Due || m.Slip != 0 || !slices.Equal(m.DependsOn, []string{"moi"}) {
		t.Errorf("open: %+v", m)
	}
	if m := found["gate"]; m.DependsOn == nil || len(m.DependsOn) != 0 {
		t.Errorf("a milestone that waits for nobody: %#v", m.DependsOn)
	}
	if m := found["own"]; len(m.DependsOn) != 0 {
		t.Errorf("a milestone waits for its own entity: %v", m.DependsOn)
	}
	if p.OnTime != (programme.Ratio{Value: .5, State: programme.Reported}) {
		t.Errorf("on time %v, want one of two", p.OnTime)
	}
}

// Planned go-lives that bunch: in the last month of a quarter, and in the programme's last quarter.
func TestBunching(t *testing.T) {
	p := platforms(t).Plans // March twice, June and December 2016 of eight; December 2016 alone in the last quarter
	if p.QuarterEnd != programme.RatioOf(4, 8) || p.LastQuarter != programme.RatioOf(1, 8) {
		t.Errorf("at the ends of quarters %v, in the last quarter %v", p.QuarterEnd, p.LastQuarter)
	}
	if none := reckontest.New(t).Figures("2015-06-30").Plans; none.OnTime.Known() || none.QuarterEnd.Known() || len(none.Milestones) != 0 || len(none.Platforms) != 0 {
		t.Errorf("without a plan: %+v", none)
	}
}

// What one late platform delays: the milestones of others that wait for it and were due before it is ready.
func TestPlatforms(t *testing.T) {
	p := platforms(t).Plans.Platforms
	want := []figures.PlatformFigures{
		{
			Entity: "moi", Waiting: 4, WaitingIntegrated: 2, Late: 1, ReadyOn: civiltest.Day("2015-07-30"), LateDays: 60,
			Delayed: 3, DaysPassedOn: 50 + 10 + 1,
		},
		{Entity: "mof", Waiting: 1},
	}
	if !slices.Equal(p, want) {
		t.Errorf("%+v, want %+v", p, want)
	}
}

func TestAMilestoneSaysWhichPhasesAreDone(t *testing.T) {
	w := reckontest.New(t)
	w.Entity("e")
	w.Service(programme.Service{Code: "s", Entity: "e"})
	w.Plan("e", "2015-01-01", programme.Milestone{Code: "m", Service: "s", Level: 1, PlannedOn: civiltest.Day("2016-06-01")})
	w.Facts.Phases = []programme.MilestoneEvent{
		{ID: "2", Entity: "e", Service: "s", Milestone: "M", Phase: programme.PhaseBuild, DoneOn: civiltest.Day("2016-05-01")},
		{ID: "1", Entity: "e", Service: "s", Milestone: "m", Phase: programme.PhaseDesign, DoneOn: civiltest.Day("2016-02-01")},
	}
	for on, want := range map[string]int{"2016-01-31": 0, "2016-02-01": 1, "2016-05-31": 2} {
		if got := w.Figures(on).Plans.Milestones[0].Phases; len(got) != want || (want == 2 && got[1].Phase != programme.PhaseBuild) {
			t.Errorf("on %s: %+v, want %d", on, got, want)
		}
	}
}

// Of several milestones of one service the one with the most phases done is shown, of two with as many the first by code;
// and only what was recorded by the moment of the knowledge.
func TestTheFurthestMilestoneOfAServiceSaysItsPhases(t *testing.T) {
	w := reckontest.New(t)
	w.Entity("e")
	w.Service(programme.Service{Code: "s", Entity: "e"})
	w.Plan("e", "2015-01-01", programme.Milestone{Code: "m2", Service: "s", Level: 1, PlannedOn: civiltest.Day("2016-06-01")})
	tell := func(milestone string, phase programme.Phase, on, recorded string) {
		w.Facts.Phases = append(w.Facts.Phases, programme.MilestoneEvent{
			ID: milestone + string(phase), Entity: "e", Service: "s", Milestone: milestone, Phase: phase,
			DoneOn: civiltest.Day(on), RecordedAt: civiltest.Noon(civiltest.Day(recorded)),
		})
	}
	tell("m1", programme.PhaseDesign, "2016-01-01", "2016-01-01")
	tell("m2", programme.PhaseDesign, "2016-01-02", "2016-01-02")
	tell("m3", programme.PhaseDesign, "2016-01-03", "2016-01-03")
	tell("m2", programme.PhaseBuild, "2016-01-04", "2016-01-10")
	shown := func(f *figures.Figures) []figures.PhaseDone { return f.Plans.Milestones[0].Phases }
	if got := shown(w.AsAt("2016-01-09").Figures(civiltest.Day("2016-01-31"))); len(got) != 1 || got[0].DoneOn != civiltest.Day("2016-01-01") {
		t.Errorf("before the build was recorded: %+v", got)
	}
	for name, f := range map[string]*figures.Figures{"then": w.AsAt("2016-01-10").Figures(civiltest.Day("2016-01-31")), "now": w.Figures("2016-01-31")} {
		if got := shown(f); len(got) != 2 || got[0].DoneOn != civiltest.Day("2016-01-02") || got[1].Phase != programme.PhaseBuild {
			t.Errorf("as known %s: %+v", name, got)
		}
	}
}
