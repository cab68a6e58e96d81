package reckon_test

import (
	"slices"
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// Late milestones, the longest overdue first; an entity behind its plan, and a late one, are named too.
func TestLateMilestones(t *testing.T) {
	w := reckontest.New(t)
	for _, s := range []programme.Service{{Code: "a"}, {Code: "b"}, {Code: "c"}, {Code: "d", Entity: "moc"}, {Code: "e", Entity: "moc"}, {Code: "f", Entity: "moc"}} {
		w.Service(s)
	}
	w.Plan("moi", "2015-01-01", reckontest.Milestone("a", "2015-05-01"), reckontest.Milestone("b", "2015-03-01"), reckontest.Milestone("c", "2015-07-01"))
	w.Plan("moc", "2015-01-01", reckontest.Milestone("d", "2015-04-01"), reckontest.Milestone("e", "2015-04-01"), reckontest.Milestone("f", "2015-04-01"))
	a := w.Figures("2015-06-30").Attention
	want := []figures.LateMilestone{
		{Service: "b", Entity: "moi", Level: 1, PlannedOn: civiltest.Day("2015-03-01"), Days: 121},
		{Service: "d", Entity: "moc", Level: 1, PlannedOn: civiltest.Day("2015-04-01"), Days: 90},
		{Service: "e", Entity: "moc", Level: 1, PlannedOn: civiltest.Day("2015-04-01"), Days: 90},
		{Service: "f", Entity: "moc", Level: 1, PlannedOn: civiltest.Day("2015-04-01"), Days: 90},
		{Service: "a", Entity: "moi", Level: 1, PlannedOn: civiltest.Day("2015-05-01"), Days: 60},
	}
	if !slices.Equal(a.Late, want) {
		t.Errorf("late are %v, want %v", a.Late, want)
	}
	if !slices.Equal(a.LateEntities, []string{"moc", "moi"}) || a.BehindPlan != 2 {
		t.Errorf("late entities %v, %d behind", a.LateEntities, a.BehindPlan)
	}
}

// An entity that is exactly on its plan is not behind it.
func TestBehindPlan(t *testing.T) {
	w := reckontest.New(t)
	w.Live("a", "2015-02-01", programme.LevelInformative)
	w.Plan("moi", "2015-01-01", reckontest.Milestone("a", "2015-02-01"))
	if behind := w.Figures("2015-06-30").Attention.BehindPlan; behind != 0 {
		t.Errorf("%d entities are behind, want none", behind)
	}
}

// Claimed but not verified: live, the newest claim above the verified level and not sent back; the longest wait first.
func TestClaimedNotVerified(t *testing.T) {
	w := reckontest.New(t)
	w.Live("verified", "2015-01-01", programme.LevelTransactional)
	w.Service(programme.Service{Code: "recent"})
	w.Rollout("recent", programme.ActionLaunch, "2015-05-01", programme.LevelInformative)
	w.Live("waiting", "2015-01-01", programme.LevelInformative)
	w.Rollout("waiting", programme.ActionUpgrade, "2015-02-01", programme.LevelInteractive)
	w.Live("returned", "2015-01-01", programme.LevelInformative)
	claim := *w.ClaimOn("returned", "2015-02-01", programme.LevelInteractive)
	w.AnswerTo(&claim, programme.AssessmentReturned, "2015-02-02", 0)
	w.Service(programme.Service{Code: "not live"})
	w.ClaimOn("not live", "2015-01-01", programme.LevelInformative)
	if got := w.Figures("2015-06-30").Attention.ClaimedNotVerified; !slices.Equal(got, []string{"waiting", "recent"}) {
		t.Errorf("waiting are %v, want waiting, recent", got)
	}
}

// Dormant services, the least used first; silent ones, the longest silent first.
func TestDormantAndSilent(t *testing.T) {
	w := reckontest.New(t)
	for code, uses := range map[string]int64{"few": 20, "fewer": 2, "many": 30} {
		w.Live(code, "2015-01-01", programme.LevelInformative)
		w.Uses("moi", code, "2015-06", programme.ChannelWeb, uses)
		w.Uses("moi", code, "2015-05", programme.ChannelWeb, uses)
	}
	w.Live("never heard of", "2015-01-01", programme.LevelInformative)
	w.Live("silent", "2015-01-01", programme.LevelInformative)
	w.Uses("moi", "silent", "2015-02", programme.ChannelWeb, 100)
	a := w.Figures("2015-06-30").Attention
	if !slices.Equal(a.Dormant, []string{"fewer", "few"}) {
		t.Errorf("dormant are %v", a.Dormant)
	}
	if !slices.Equal(a.Silent, []string{"never heard of", "silent"}) {
		t.Errorf("silent are %v", a.Silent)
	}
}
