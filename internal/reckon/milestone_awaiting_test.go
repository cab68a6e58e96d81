package reckon_test

import (
	"fmt"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// A milestone awaits verification while its service is live and claimed at the planned level or above by a claim that
// nobody has decided on; it is then not late, however long ago it was due (docs/rules.md#standing-of-a-milestone).
func TestAMilestoneAwaitsVerification(t *testing.T) {
	const low, planned, high = programme.LevelInformative, programme.LevelInteractive, programme.LevelTransactional
	type world = *reckontest.World
	claimed := func(w world, on string, level programme.Level) *programme.Fact {
		w.Rollout("a", programme.ActionLaunch, "2015-01-10", low).VerifiedBy = "admin"
		return w.ClaimOn("a", on, level)
	}
	for name, test := range map[string]struct {
		say  func(w world)
		want figures.MilestoneStatus
		wait int
	}{
		"not launched":                {func(world) {}, figures.MilestoneLate, 0},
		"claimed, and not launched":   {func(w world) { w.ClaimOn("a", "2015-06-01", planned) }, figures.MilestoneLate, 0},
		"claimed":                     {func(w world) { claimed(w, "2015-06-01", planned) }, figures.MilestoneAwaiting, 29},
		"claimed today":               {func(w world) { claimed(w, "2015-06-30", planned) }, figures.MilestoneAwaiting, 0},
		"claimed tomorrow":            {func(w world) { claimed(w, "2015-07-01", planned) }, figures.MilestoneLate, 0},
		"claimed at a higher level":   {func(w world) { claimed(w, "2015-06-01", high) }, figures.MilestoneAwaiting, 29},
		"claimed at a lower level":    {func(w world) { claimed(w, "2015-06-01", low) }, figures.MilestoneLate, 0},
		"claimed by its launch alone": {func(w world) { w.Rollout("a", programme.ActionLaunch, "2015-06-20", planned) }, figures.MilestoneAwaiting, 10},
		"claimed, then a lower level": {func(w world) {
			claimed(w, "2015-06-01", planned)
			w.ClaimOn("a", "2015-06-02", low)
		}, figures.MilestoneLate, 0},
		"claimed again": {func(w world) {
			w.AnswerTo(claimed(w, "2015-06-01", planned), programme.AssessmentReturned, "2015-06-03", 0)
			w.ClaimOn("a", "2015-06-10", planned)
		}, figures.MilestoneAwaiting, 20},
		"returned": {func(w world) {
			w.AnswerTo(claimed(w, "2015-06-01", planned), programme.AssessmentReturned, "2015-06-03", 0)
		}, figures.MilestoneLate, 0},
		"returned tomorrow": {func(w world) {
			w.AnswerTo(claimed(w, "2015-06-01", planned), programme.AssessmentReturned, "2015-07-01", 0)
		}, figures.MilestoneAwaiting, 29},
		"verified lower": {func(w world) {
			w.AnswerTo(claimed(w, "2015-06-01", planned), programme.AssessmentVerified, "2015-06-03", low)
		}, figures.MilestoneLate, 0},
		"verified": {func(w world) {
			w.AnswerTo(claimed(w, "2015-06-01", planned), programme.AssessmentVerified, "2015-06-03", planned)
		}, figures.MilestoneDone, 0},
		"verified from tomorrow": {func(w world) {
			w.AnswerTo(claimed(w, "2015-06-01", planned), programme.AssessmentVerified, "2015-07-01", planned)
		}, figures.MilestoneAwaiting, 29},
		"retired since": {func(w world) {
			claimed(w, "2015-06-01", planned)
			w.Rollout("a", programme.ActionRetire, "2015-06-20", 0)
		}, figures.MilestoneLate, 0},
		"claimed of what succeeds it": {func(w world) {
			w.Service(programme.Service{Code: "heir", Succeeds: []string{"a"}})
			w.Rollout("heir", programme.ActionLaunch, "2015-06-20", planned)
		}, figures.MilestoneAwaiting, 10},
		"each part of a bundle is verified or claimed": {func(w world) {
			for i, on := range []string{"2015-06-01", "2015-06-11", "2015-06-05"} {
				part := fmt.Sprintf("part%d", i)
				w.Service(programme.Service{Code: part, PartOf: "a"})
				w.Rollout(part, programme.ActionLaunch, on, planned)
			}
			w.Facts.Rollouts[len(w.Facts.Rollouts)-1].VerifiedBy = "admin"
		}, figures.MilestoneAwaiting, 19},
		"a part of a bundle was returned": {func(w world) {
			for _, part := range []string{"p", "q"} {
				w.Service(programme.Service{Code: part, PartOf: "a"})
				w.Rollout(part, programme.ActionLaunch, "2015-06-01", low).VerifiedBy = "admin"
			}
			w.ClaimOn("p", "2015-06-02", planned)
			w.AnswerTo(w.ClaimOn("q", "2015-06-02", planned), programme.AssessmentReturned, "2015-06-03", 0)
		}, figures.MilestoneLate, 0},
	} {
		w := reckontest.New(t)
		w.Entity("moi")
		w.Service(programme.Service{Code: "a"})
		m := reckontest.Milestone("a", "2015-04-01")
		m.Level = planned
		w.Plan("moi", "2015-01-05", m)
		test.say(w)
		checkAwaiting(t, name, w.Figures("2015-06-30"), test.want, test.wait)
	}
}

// checkAwaiting asks every figure that counts a programme's one milestone.
func checkAwaiting(t *testing.T, name string, f *figures.Figures, want figures.MilestoneStatus, wait int) {
	t.Helper()
	m, e := f.Plans.Milestones[0], reckontest.EntityOf(t, f, "moi")
	if m.Status != want || m.WaitingDays != wait || m.ClaimedOn.IsZero() != (want != figures.MilestoneAwaiting) ||
		m.NoDateGiven != (want == figures.MilestoneLate) {
		t.Errorf("%s: %s since %v, %d days; want %s, %d days", name, m.Status, m.ClaimedOn, m.WaitingDays, want, wait)
	}
	awaits, late := 0, 0
	standing, status := figures.StatusDone, figures.StatusDone
	switch want {
	case figures.MilestoneAwaiting:
		awaits, standing, status = 1, figures.StatusAwaitingVerification, figures.StatusOnTrack
	case figures.MilestoneLate:
		late, standing, status = 1, figures.StatusLate, figures.StatusLate
	case figures.MilestoneDone, figures.MilestoneOpen:
	}
	none, s := want == figures.MilestoneLate, reckontest.ServiceOf(t, f, "a")
	if f.Plans.ApprovedMilestone("moi", m.Milestone).NoDateGiven != none || s.NoDateGiven != none {
		t.Errorf("%s: no date given in the plan and of the service: %+v", name, s)
	}
	if m.Standing != standing || f.Plans.ApprovedMilestone("moi", m.Milestone).Standing != standing {
		t.Errorf("%s: it is %s, want %s in every plan", name, m.Standing, standing)
	}
	if e.Status != status || e.Reason.Late != late || e.Reason.AwaitingVerification != awaits {
		t.Errorf("%s: the entity is %s for %+v, want %s", name, e.Status, e.Reason, status)
	}
	if plan := f.Plans.Entities[0]; plan.Late != late || plan.AwaitingVerification != awaits {
		t.Errorf("%s: the entity's plan: %+v", name, plan)
	}
	if c := f.Plans.Counts; c.Late != late || c.AwaitingVerification != awaits || len(f.Attention.Late) != late {
		t.Errorf("%s: the programme's: %+v, %d late", name, c, len(f.Attention.Late))
	}
	if r := f.Verified.Reach; r.Late != late || r.AwaitingVerification != awaits {
		t.Errorf("%s: to the goal: %+v", name, r)
	}
	if r := f.Claimed.Reach; r.AwaitingVerification != 0 {
		t.Errorf("%s: as claimed nothing waits: %+v", name, r)
	}
}

// What lies between the milestones and the goal, by the target date.
func TestReach(t *testing.T) {
	w := reckontest.New(t)
	settings := programme.DefaultSettings()
	settings.Goal, settings.Rule.CountExisting = 5, true
	w.Settings(settings)
	w.Live("done", "2015-02-01", programme.LevelInformative)
	for _, code := range []string{"late", "today", "target", "after"} {
		w.Service(programme.Service{Code: code})
	}
	w.Service(programme.Service{Code: "waits"})
	w.Rollout("waits", programme.ActionLaunch, "2015-06-01", programme.LevelInformative)
	w.Plan("moi", "2015-01-01", reckontest.Milestone("done", "2015-02-01"), reckontest.Milestone("late", "2015-06-29"),
		reckontest.Milestone("today", "2015-06-30"), reckontest.Milestone("target", "2016-12-31"),
		reckontest.Milestone("after", "2017-01-01"), reckontest.Milestone("waits", "2015-03-01"))
	want := figures.ReachOf(5, 1, figures.ReachParts{AwaitingVerification: 1, Late: 1, Due: 2})
	if got := w.Figures("2015-06-30").Verified.Reach; got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	want = figures.ReachOf(5, 2, figures.ReachParts{Late: 1, Due: 2})
	if got := w.Figures("2015-06-30").Claimed.Reach; got != want {
		t.Errorf("as claimed %+v, want %+v", got, want)
	}
}

// The required rate is judged by what the plan asks of the next three months.
func TestThePlansOwnRate(t *testing.T) {
	w := reckontest.New(t)
	var milestones []programme.Milestone
	for i, on := range []string{
		"2014-03-01", "2015-07-31", "2015-09-30", "2015-09-30", "2015-10-01", "2016-10-31", "2016-11-30", "2016-11-30", "2016-12-31",
	} {
		code := fmt.Sprintf("s%d", i)
		w.Service(programme.Service{Code: code})
		milestones = append(milestones, reckontest.Milestone(code, on))
	}
	w.Plan("moi", "2013-06-01", milestones...)
	value := func(n float64) programme.Ratio { return programme.Ratio{Value: n, State: programme.Reported} }
	for on, want := range map[string]programme.Ratio{
		"2013-12-31": {State: programme.NotApplicable}, // before the start
		"2014-01-01": value(0.3),                       // one by the end of April
		"2015-06-01": value(1.3),                       // four by the end of September
		"2015-06-30": value(1.3),
		"2016-09-30": value(3),   // nine by the end of December
		"2016-10-15": value(4.5), // two months are left
		"2016-11-30": value(9),
		"2016-12-01": {State: programme.NotProvided}, // none is left
	} {
		if got := w.Figures(on).Verified.PlanRate; got != want {
			t.Errorf("on %s: %v, want %v", on, got, want)
		}
	}
	if got := reckontest.New(t).Figures("2015-06-30").Verified.PlanRate; got.State != programme.NotProvided {
		t.Errorf("without a plan: %v", got)
	}
	ahead := reckontest.New(t)
	ahead.Live("a", "2015-01-01", programme.LevelInformative)
	ahead.Plan("moi", "2015-01-01", reckontest.Milestone("a", "2016-12-01"))
	if got := ahead.Figures("2015-06-30").Verified.PlanRate; got != value(0) {
		t.Errorf("ahead of the plan: %v", got)
	}
	if day := civiltest.Day("2016-12-31"); programme.DefaultSettings().TargetOn != day {
		t.Errorf("the target of the tests is %v", programme.DefaultSettings().TargetOn)
	}
}

// A milestone that is live and claimed no longer waits for another entity's part.
func TestWhatAwaitsVerificationWaitsForNoPlatform(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "gate"})
	w.Entity("moc")
	milestones := []programme.Milestone{}
	for _, code := range []string{"live", "open"} {
		w.Service(programme.Service{Code: code, Entity: "moc"})
		m := reckontest.Milestone(code, "2015-06-01")
		m.DependsOn = []string{"moi"}
		milestones = append(milestones, m)
	}
	w.Plan("moi", "2015-01-01", reckontest.Milestone("gate", "2015-03-01"))
	w.Plan("moc", "2015-01-01", milestones...)
	w.Rollout("live", programme.ActionLaunch, "2015-06-20", programme.LevelInformative)
	p := w.Figures("2015-06-30").Plans.Platforms
	if len(p) != 1 || p[0].Waiting != 1 || p[0].Late != 1 || p[0].Delayed != 1 || p[0].DaysPassedOn != 29 {
		t.Errorf("%+v", p)
	}
}

// A milestone waits since its own claim, else since that of a service that succeeds it, and of no other.
func TestAMilestoneWaitsByItsOwnClaimOrItsHeirs(t *testing.T) {
	for name, test := range map[string]struct {
		own, heir, other string
		want             string
	}{
		"its own":          {"2015-03-01", "", "", "2015-03-01"},
		"its heir's":       {"", "2015-04-01", "", "2015-04-01"},
		"its own and both": {"2015-03-01", "2015-04-01", "2015-02-01", "2015-03-01"},
		"another's heir's": {"", "", "2015-02-01", ""},
	} {
		w := reckontest.New(t)
		w.Service(programme.Service{Code: "old"})
		w.Service(programme.Service{Code: "heir", Succeeds: []string{"old"}})
		w.Service(programme.Service{Code: "another"})
		w.Service(programme.Service{Code: "other", Succeeds: []string{"another"}})
		w.Plan("moi", "2015-01-01", reckontest.Milestone("old", "2015-02-15"))
		for code, on := range map[string]string{"old": test.own, "heir": test.heir, "other": test.other} {
			if on != "" {
				w.Rollout(code, programme.ActionLaunch, on, programme.LevelInformative)
			}
		}
		m, want := w.Figures("2015-06-30").Plans.Milestones[0], civil.Date(0)
		if test.want != "" {
			want = civiltest.Day(test.want)
		}
		if m.Service != "old" || m.ClaimedOn != want {
			t.Errorf("%s: %s waits since %s, want %s", name, m.Service, m.ClaimedOn, want)
		}
	}
}
