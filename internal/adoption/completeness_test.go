package adoption_test

import (
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// Expected are service-months live at least one day, less what was not requested or does not apply.
func TestExpected(t *testing.T) {
	w := reckontest.New(t)
	w.Entity("moi")
	w.Live("reported", "2015-01-01", programme.LevelInformative)
	w.States("reported", "2016-03", programme.ChannelWeb, programme.Reported, 0)
	w.Live("missing", "2015-01-01", programme.LevelInformative)
	w.Live("last day", "2016-03-31", programme.LevelInformative)
	w.Live("retired before", "2015-01-01", programme.LevelInformative)
	w.Rollout("retired before", programme.ActionRetire, "2016-03-01", 0)
	w.Service(programme.Service{Code: "not asked", Channels: []programme.Channel{programme.ChannelWeb}})
	w.Rollout("not asked", programme.ActionLaunch, "2015-01-01", programme.LevelInformative, programme.ChannelWeb)
	w.States("not asked", "2016-03", programme.ChannelWeb, programme.NotRequested, 0)
	w.Service(programme.Service{Code: "never launched"})
	want := figures.Completeness{Parts: programme.Parts{Reported: 1, Expected: 3}, Share: programme.RatioOf(1, 3), Grade: "D"}
	f := w.Figures("2016-03-31")
	if f.Completeness != want || reckontest.EntityOf(t, f, "moi").Completeness != want {
		t.Errorf("the programme %+v, the entity %+v; want %+v", f.Completeness, reckontest.EntityOf(t, f, "moi").Completeness, want)
	}
}

// On time is by the end of the 10th of the next month, by the first version of what was stated.
func TestOnTime(t *testing.T) {
	for recorded, want := range map[string]string{"2016-04-10": "A", "2016-04-11": "B"} {
		w := reckontest.New(t)
		w.Live("a", "2015-01-01", programme.LevelInformative)
		w.States("a", "2016-03", programme.ChannelWeb, programme.Reported, 5).RecordedAt = civiltest.Noon(civiltest.Day(recorded))
		if got := w.Figures("2016-03-31").Completeness.Grade; got != want {
			t.Errorf("stated on %s: grade %s, want %s", recorded, got, want)
		}
		w.States("a", "2016-03", programme.ChannelWeb, programme.Reported, 6).RecordedAt = civiltest.Noon(civiltest.Day("2016-06-01"))
		if got := w.Figures("2016-03-31").Completeness.Grade; got != want {
			t.Errorf("stated on %s and corrected: grade %s, want %s", recorded, got, want)
		}
	}
}
