package programme

import (
	"slices"
	"testing"
)

// Late milestones, the longest overdue first; an entity behind its plan, and a late one, are named too.
func TestLateMilestones(t *testing.T) {
	w := newWorld(t)
	for _, s := range []Service{{Code: "a"}, {Code: "b"}, {Code: "c"}, {Code: "d", Entity: "moc"}, {Code: "e", Entity: "moc"}, {Code: "f", Entity: "moc"}} {
		w.service(s)
	}
	w.plan("moi", "2015-01-01", milestone("a", "2015-05-01"), milestone("b", "2015-03-01"), milestone("c", "2015-07-01"))
	w.plan("moc", "2015-01-01", milestone("d", "2015-04-01"), milestone("e", "2015-04-01"), milestone("f", "2015-04-01"))
	a := w.figures("2015-06-30").Attention
	want := []LateMilestone{
		{Service: "b", Entity: "moi", Level: 1, PlannedOn: day("2015-03-01"), Days: 121},
		{Service: "d", Entity: "moc", Level: 1, PlannedOn: day("2015-04-01"), Days: 90},
		{Service: "e", Entity: "moc", Level: 1, PlannedOn: day("2015-04-01"), Days: 90},
		{Service: "f", Entity: "moc", Level: 1, PlannedOn: day("2015-04-01"), Days: 90},
		{Service: "a", Entity: "moi", Level: 1, PlannedOn: day("2015-05-01"), Days: 60},
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
	w := newWorld(t)
	w.live("a", "2015-02-01", LevelInformative)
	w.plan("moi", "2015-01-01", milestone("a", "2015-02-01"))
	if behind := w.figures("2015-06-30").Attention.BehindPlan; behind != 0 {
		t.Errorf("%d entities are behind, want none", behind)
	}
}

// Claimed but not verified: live, the newest claim above the verified level and not sent back; the longest wait first.
func TestClaimedNotVerified(t *testing.T) {
	w := newWorld(t)
	w.live("verified", "2015-01-01", LevelTransactional)
	w.service(Service{Code: "recent"})
	w.rollout("recent", ActionLaunch, "2015-05-01", LevelInformative)
	w.live("waiting", "2015-01-01", LevelInformative)
	w.rollout("waiting", ActionUpgrade, "2015-02-01", LevelInteractive)
	w.live("returned", "2015-01-01", LevelInformative)
	claim := *w.claimOn("returned", "2015-02-01", LevelInteractive)
	w.answerTo(&claim, AssessmentReturned, "2015-02-02", 0)
	w.service(Service{Code: "not live"})
	w.claimOn("not live", "2015-01-01", LevelInformative)
	if got := w.figures("2015-06-30").Attention.ClaimedNotVerified; !slices.Equal(got, []string{"waiting", "recent"}) {
		t.Errorf("waiting are %v, want waiting, recent", got)
	}
}

// Dormant services, the least used first; silent ones, the longest silent first.
func TestDormantAndSilent(t *testing.T) {
	w := newWorld(t)
	for code, uses := range map[string]int64{"few": 20, "fewer": 2, "many": 30} {
		w.live(code, "2015-01-01", LevelInformative)
		w.uses("moi", code, "2015-06", ChannelWeb, uses)
		w.uses("moi", code, "2015-05", ChannelWeb, uses)
	}
	w.live("never heard of", "2015-01-01", LevelInformative)
	w.live("silent", "2015-01-01", LevelInformative)
	w.uses("moi", "silent", "2015-02", ChannelWeb, 100)
	a := w.figures("2015-06-30").Attention
	if !slices.Equal(a.Dormant, []string{"fewer", "few"}) {
		t.Errorf("dormant are %v", a.Dormant)
	}
	if !slices.Equal(a.Silent, []string{"never heard of", "silent"}) {
		t.Errorf("silent are %v", a.Silent)
	}
}
