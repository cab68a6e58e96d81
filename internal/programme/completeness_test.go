package programme

import "testing"

// Grade A from 98 % of what is expected on time; B from 90 %, C from 75 %, else D (docs/rules.md#completeness).
func TestGrades(t *testing.T) {
	for name, test := range map[string]struct {
		got  received
		want string
	}{
		"nothing expected":    {received{}, ""},
		"98 on time":          {received{100, 98, 98}, "A"},
		"all, 97 on time":     {received{100, 100, 97}, "B"},
		"exactly 90":          {received{100, 90, 90}, "B"},
		"just under 90":       {received{1000, 899, 899}, "C"},
		"exactly 75":          {received{100, 75, 0}, "C"},
		"just under 75":       {received{1000, 749, 749}, "D"},
		"nothing of anything": {received{5, 0, 0}, "D"},
	} {
		if got := test.got.completeness(); got.Grade != test.want || got.Share.Known() != (test.got.expected > 0) {
			t.Errorf("%s: %+v, want grade %q", name, got, test.want)
		}
	}
}

// Expected are service-months live at least one day, less what was not requested or does not apply.
func TestExpected(t *testing.T) {
	w := newWorld(t)
	w.entity("moi")
	w.live("reported", "2015-01-01", LevelInformative)
	w.states("reported", "2016-03", ChannelWeb, Reported, 0)
	w.live("missing", "2015-01-01", LevelInformative)
	w.live("last day", "2016-03-31", LevelInformative)
	w.live("retired before", "2015-01-01", LevelInformative)
	w.rollout("retired before", ActionRetire, "2016-03-01", 0)
	w.service(Service{Code: "not asked", Channels: []Channel{ChannelWeb}})
	w.rollout("not asked", ActionLaunch, "2015-01-01", LevelInformative, ChannelWeb)
	w.states("not asked", "2016-03", ChannelWeb, NotRequested, 0)
	w.service(Service{Code: "never launched"})
	want := Completeness{Parts: Parts{Reported: 1, Expected: 3}, Share: RatioOf(1, 3), Grade: "D"}
	f := w.figures("2016-03-31")
	if f.Completeness != want || entityOf(t, f, "moi").Completeness != want {
		t.Errorf("the programme %+v, the entity %+v; want %+v", f.Completeness, entityOf(t, f, "moi").Completeness, want)
	}
}

// On time is by the end of the 10th of the next month, by the first version of what was stated.
func TestOnTime(t *testing.T) {
	for recorded, want := range map[string]string{"2016-04-10": "A", "2016-04-11": "B"} {
		w := newWorld(t)
		w.live("a", "2015-01-01", LevelInformative)
		w.states("a", "2016-03", ChannelWeb, Reported, 5).RecordedAt = noon(day(recorded))
		if got := w.figures("2016-03-31").Completeness.Grade; got != want {
			t.Errorf("stated on %s: grade %s, want %s", recorded, got, want)
		}
		w.states("a", "2016-03", ChannelWeb, Reported, 6).RecordedAt = noon(day("2016-06-01"))
		if got := w.figures("2016-03-31").Completeness.Grade; got != want {
			t.Errorf("stated on %s and corrected: grade %s, want %s", recorded, got, want)
		}
	}
}

// The due day is a setting; one past the month's end is its last day.
func TestDueDay(t *testing.T) {
	for day, want := range map[int]string{0: "2016-02-10", 5: "2016-02-05", 31: "2016-02-29"} {
		if got := (Settings{DueDay: day}).dueOn(period("2016-01")).String(); got != want {
			t.Errorf("due day %d: %s, want %s", day, got, want)
		}
	}
}
