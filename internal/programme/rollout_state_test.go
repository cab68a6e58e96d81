package programme_test

import (
	"slices"
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// onDay is an event of a service on a day.
func onDay(action programme.Action, day civil.Date) programme.Rollout {
	return programme.Rollout{Action: action, EffectiveOn: day}
}

func TestTheLifeOfAService(t *testing.T) {
	const launch, retire, upgrade = programme.ActionLaunch, programme.ActionRetire, programme.ActionUpgrade
	type life struct {
		live, retired                     bool
		firstLaunch, liveSince, retiredOn civil.Date
	}
	for name, test := range map[string]struct {
		events []programme.Rollout
		want   life
	}{
		"nothing happened":            {nil, life{}},
		"launched":                    {[]programme.Rollout{onDay(launch, 10)}, life{true, false, 10, 10, 0}},
		"launched again while live":   {[]programme.Rollout{onDay(launch, 10), onDay(launch, 20)}, life{true, false, 10, 10, 0}},
		"retired":                     {[]programme.Rollout{onDay(launch, 10), onDay(retire, 20)}, life{false, true, 10, 10, 20}},
		"launched again":              {[]programme.Rollout{onDay(launch, 10), onDay(retire, 20), onDay(launch, 30)}, life{true, false, 10, 30, 0}},
		"retired again":               {[]programme.Rollout{onDay(launch, 10), onDay(retire, 20), onDay(retire, 30)}, life{false, true, 10, 10, 20}},
		"retired before any launch":   {[]programme.Rollout{onDay(retire, 20)}, life{false, true, 0, 0, 20}},
		"upgraded before any launch":  {[]programme.Rollout{onDay(upgrade, 20)}, life{}},
		"upgraded while it is live":   {[]programme.Rollout{onDay(launch, 10), onDay(upgrade, 20)}, life{true, false, 10, 10, 0}},
		"downgraded while it is live": {[]programme.Rollout{onDay(launch, 10), onDay(programme.ActionDowngrade, 20)}, life{true, false, 10, 10, 0}},
	} {
		states := programme.FoldRollouts(test.events)
		state := programme.StateOn(states, 99)
		got := life{state.Live(), state.Retired, state.FirstLaunch, state.LiveSince, state.RetiredOn}
		if got != test.want || len(states) != len(test.events) {
			t.Errorf("%s: %+v, want %+v", name, got, test.want)
		}
	}
}

func TestAStateHoldsFromTheDayOfItsEvent(t *testing.T) {
	states := programme.FoldRollouts([]programme.Rollout{
		onDay(programme.ActionLaunch, 10), onDay(programme.ActionRetire, 20), onDay(programme.ActionLaunch, 20),
	})
	for on, want := range map[civil.Date]bool{9: false, 10: true, 19: true, 20: true} {
		state := programme.StateOn(states, on)
		if state.Live() != want {
			t.Errorf("on day %d it is live: %v", on, state.Live())
		}
	}
	retired := programme.StateOn(states[:2], 20)
	if retired.Live() || programme.StateOn(states, 20).LiveSince != 20 {
		t.Error("of two events on a day the later applies")
	}
}

func TestANewLaunchForgetsChannelsAddedBefore(t *testing.T) {
	web, mobile := []programme.Channel{programme.ChannelWeb}, []programme.Channel{programme.ChannelMobile}
	catalogue := programme.ChannelSetOf([]programme.Channel{programme.ChannelWeb, programme.ChannelPost})
	with := func(action programme.Action, channels []programme.Channel) programme.Rollout {
		return programme.Rollout{Action: action, Channels: channels}
	}
	const launch, add, remove = programme.ActionLaunch, programme.ActionAddChannel, programme.ActionRemoveChannel
	for name, test := range map[string]struct {
		events []programme.Rollout
		want   []programme.Channel
	}{
		"added, launched again":      {[]programme.Rollout{with(launch, web), with(add, mobile), with(launch, web)}, []programme.Channel{"web", "post"}},
		"launched without the web":   {[]programme.Rollout{with(launch, mobile)}, []programme.Channel{"mobile", "post"}},
		"removed, launched again":    {[]programme.Rollout{with(remove, web), with(launch, nil)}, []programme.Channel{"web", "post"}},
		"added, removed":             {[]programme.Rollout{with(add, mobile), with(remove, mobile)}, []programme.Channel{"web", "post"}},
		"the counter's kind removed": {[]programme.Rollout{with(launch, web), with(remove, []programme.Channel{"post"})}, []programme.Channel{"web"}},
		"launched on no channel":     {[]programme.Rollout{with(launch, mobile), with(launch, nil)}, []programme.Channel{"web", "post"}},
	} {
		state := programme.StateOn(programme.FoldRollouts(test.events), 0)
		if got := state.Channels(catalogue).List(); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

// version is a version of the event e of moi, recorded at a second.
func version(second int64, edit func(*programme.Rollout)) programme.Rollout {
	r := programme.Rollout{ID: "e", Entity: "moi", Service: "a", RecordedAt: at(second)}
	if edit != nil {
		edit(&r)
	}
	return r
}

func TestOfTheVersionsOfAnEventTheNewestKnownCounts(t *testing.T) {
	first := version(1, nil)
	second := version(2, func(r *programme.Rollout) { r.Level = 3 })
	for name, test := range map[string]struct {
		until time.Time
		want  programme.Level
		n     int
	}{
		"all":               {programme.NoEnd, 3, 1},
		"at the second":     {at(2), 3, 1},
		"before the second": {at(2).Add(-1), 0, 1},
		"before the first":  {at(1).Add(-1), 0, 0},
	} {
		for _, order := range [][]programme.Rollout{{first, second}, {second, first}} {
			got := programme.CurrentRollouts(order, test.until)
			if len(got) != test.n || (test.n > 0 && got[0].Level != test.want) {
				t.Errorf("%s: %+v", name, got)
			}
		}
	}
}

func TestAnIdentifierIsItsEntitysOwn(t *testing.T) {
	other := version(2, func(r *programme.Rollout) { r.Entity = "moj" })
	if got := programme.CurrentRollouts([]programme.Rollout{version(1, nil), other}, programme.NoEnd); len(got) != 2 {
		t.Errorf("two entities with one identifier have %d events", len(got))
	}
}

// Two versions recorded at one moment are told apart by what they say, so that their order changes nothing.
func TestOfTwoVersionsOfOneMomentTheChoiceIsAlwaysTheSame(t *testing.T) {
	for name, edit := range map[string]func(*programme.Rollout){
		"a later day":       func(r *programme.Rollout) { r.EffectiveOn = 5 },
		"a higher level":    func(r *programme.Rollout) { r.Level = 3 },
		"an action":         func(r *programme.Rollout) { r.Action = programme.ActionLaunch },
		"another service":   func(r *programme.Rollout) { r.Service = "b" },
		"channels":          func(r *programme.Rollout) { r.Channels = []programme.Channel{programme.ChannelWeb} },
		"a verification":    func(r *programme.Rollout) { r.VerifiedBy = "user/admin" },
		"an actor who sent": func(r *programme.Rollout) { r.Actor = "token/1" },
	} {
		bare, more := version(1, nil), version(1, edit)
		for _, order := range [][]programme.Rollout{{bare, more}, {more, bare}} {
			got := programme.CurrentRollouts(order, programme.NoEnd)
			if len(got) != 1 || got[0].EffectiveOn != more.EffectiveOn || got[0].Level != more.Level ||
				got[0].Action != more.Action || got[0].Service != more.Service || len(got[0].Channels) != len(more.Channels) ||
				got[0].VerifiedBy != more.VerifiedBy || got[0].Actor != more.Actor {
				t.Errorf("%s: %+v", name, got)
			}
		}
	}
}

func TestEventsAreInTheOrderInWhichTheyApply(t *testing.T) {
	event := func(id, service string, day civil.Date, second int64) programme.Rollout {
		return programme.Rollout{ID: id, Service: service, EffectiveOn: day, RecordedAt: at(second)}
	}
	want := []string{"1", "2", "3", "4", "5", "6"}
	events := []programme.Rollout{
		event(
			"6",
			"b",
			1,
			1,
		),
		event("5", "a", 9, 1),
		event("4", "a", 8, 3),
		event("3", "a", 8, 2),
		event("2", "a", 8, 2),
		event("1", "a", 7, 9),
	}
	var order []string
	current := programme.CurrentRollouts(events, programme.NoEnd)
	for i := range current {
		order = append(order, current[i].ID)
	}
	if !slices.Equal(order, want) {
		t.Errorf("%v, want %v", order, want)
	}
	cut := programme.RolloutsByService(current)
	if len(cut) != 2 || len(cut["a"]) != 5 || cut["b"][0].ID != "6" || cap(cut["a"]) != 5 {
		t.Errorf("cut by service: %d of a, %d of b", len(cut["a"]), len(cut["b"]))
	}
}
