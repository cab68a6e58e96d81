package programme

import (
	"slices"
	"testing"
)

// platforms is a programme in which moi's platform is late and others wait for it.
func platforms(t *testing.T) *Figures {
	t.Helper()
	w := newWorld(t)
	for _, code := range []string{"moi", "moc", "mof"} {
		w.entity(code)
	}
	at := func(code, entity, on string, level Level, needs ...string) Milestone {
		w.service(Service{Code: code, Entity: entity})
		m := milestone(code, on)
		m.Level, m.DependsOn = level, needs
		return m
	}
	gate := at("gate", "moi", "2015-05-31", LevelTransactional)
	gate.ExpectedOn, gate.Reason = day("2015-07-30"), "The link is not ready"
	w.plan("moi", "2015-01-01", gate, at("own", "moi", "2015-07-01", LevelIntegrated, "moi"))
	w.plan("moc", "2015-01-01", at("one", "moc", "2015-06-10", LevelIntegrated, "moi"), at("two", "moc", "2015-07-20", LevelIntegrated, "moi"),
		at("far", "moc", "2016-12-31", LevelTransactional, "moi", "mof"))
	w.service(Service{Code: "three", Entity: "mof", DependsOn: []string{"moi"}}) // by the catalogue
	w.plan("mof", "2015-01-01", milestone("three", "2015-07-29"), at("done", "mof", "2015-03-31", LevelInformative, "moi"),
		at("tardy", "mof", "2015-03-01", LevelInformative))
	for code, on := range map[string]string{"done": "2015-03-31", "tardy": "2015-03-02"} {
		r := w.rollout(code, ActionLaunch, on, LevelInformative)
		r.Entity, r.VerifiedBy = "mof", "admin"
	}
	return w.figures("2015-06-30")
}

// Each milestone stands with its dates, slip and reason; those done by their original date are on time.
func TestMilestoneFigures(t *testing.T) {
	p := platforms(t).Plans
	var order []string
	found := map[string]MilestoneFigures{}
	for _, m := range p.Milestones {
		order = append(order, m.Service)
		found[m.Service] = m
	}
	if want := []string{"tardy", "done", "gate", "one", "own", "two", "three", "far"}; !slices.Equal(order, want) {
		t.Errorf("in the order %v, want %v", order, want)
	}
	if m := found["gate"]; m.Status != MilestoneLate || !m.Due || m.Slip != 60 || m.ExpectedOn != day("2015-07-30") || m.Reason != "The link is not ready" || m.Entity != "moi" {
		t.Errorf("late: %+v", m)
	}
	if m := found["done"]; m.Status != MilestoneDone || !m.Due || m.Slip != 0 || m.ActualOn != day("2015-03-31") || !m.ExpectedOn.IsZero() {
		t.Errorf("done: %+v", m)
	}
	if m := found["two"]; m.Status != MilestoneOpen || m.Due || m.Slip != 0 || !slices.Equal(m.DependsOn, []string{"moi"}) {
		t.Errorf("open: %+v", m)
	}
	if p.OnTime != (Ratio{.5, Reported}) {
		t.Errorf("on time %v, want one of two", p.OnTime)
	}
}

// Planned go-lives that bunch: in the last month of a quarter, and in the programme's last quarter.
func TestBunching(t *testing.T) {
	p := platforms(t).Plans // March twice, June and December 2016 of eight; December 2016 alone in the last quarter
	if p.QuarterEnd != RatioOf(4, 8) || p.LastQuarter != RatioOf(1, 8) {
		t.Errorf("at the ends of quarters %v, in the last quarter %v", p.QuarterEnd, p.LastQuarter)
	}
	if none := newWorld(t).figures("2015-06-30").Plans; none.OnTime.Known() || none.QuarterEnd.Known() || len(none.Milestones) != 0 || len(none.Platforms) != 0 {
		t.Errorf("without a plan: %+v", none)
	}
}

// What one late platform delays: the milestones of others that wait for it and were due before it is ready.
func TestPlatforms(t *testing.T) {
	p := platforms(t).Plans.Platforms
	want := []PlatformFigures{
		{
			Entity: "moi", Waiting: 4, WaitingIntegrated: 2, Late: 1, ReadyOn: day("2015-07-30"), LateDays: 60,
			Delayed: 3, DaysPassedOn: 50 + 10 + 1,
		},
		{Entity: "mof", Waiting: 1},
	}
	if !slices.Equal(p, want) {
		t.Errorf("%+v, want %+v", p, want)
	}
}

func TestAMilestoneSaysWhichPhasesAreDone(t *testing.T) {
	w := newWorld(t)
	w.entity("e")
	w.service(Service{Code: "s", Entity: "e"})
	w.plan("e", "2015-01-01", Milestone{Code: "m", Service: "s", Level: 1, PlannedOn: day("2016-06-01")})
	w.facts.Phases = []MilestoneEvent{
		{ID: "2", Entity: "e", Service: "s", Milestone: "m", Phase: PhaseBuild, DoneOn: day("2016-05-01")},
		{ID: "1", Entity: "e", Service: "s", Milestone: "m", Phase: PhaseDesign, DoneOn: day("2016-02-01")},
	}
	for on, want := range map[string]int{"2016-01-31": 0, "2016-02-01": 1, "2016-05-31": 2} {
		if got := w.figures(on).Plans.Milestones[0].Phases; len(got) != want || (want == 2 && got[1].Phase != PhaseBuild) {
			t.Errorf("on %s: %+v, want %d", on, got, want)
		}
	}
}
