package adoption_test

import (
	"testing"
	"time"

	"mirsad/internal/adoption"
	"mirsad/internal/catalogue"
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

// What is received and on time adds up over services; one of many that is late costs no more than its part.
func TestReceivedAddsUp(t *testing.T) {
	for name, test := range map[string]struct {
		onTime, late, missing int
		want                  string
	}{
		"two on time":      {2, 0, 0, "A"},
		"49 of 50 on time": {49, 1, 0, "A"},
		"48 of 50 on time": {48, 2, 0, "B"},
		"9 of 10, late":    {0, 9, 1, "B"},
		"3 of 4":           {3, 0, 1, "C"},
		"2 of 3":           {2, 0, 1, "D"},
	} {
		w := reckontest.New(t)
		say := func(n int, kind, recorded string) {
			for i := range n {
				code := kind + string(rune('A'+i))
				w.Live(code, "2015-01-01", programme.LevelInformative)
				if recorded != "" {
					w.States(code, "2016-03", programme.ChannelWeb, programme.Reported, 5).RecordedAt = civiltest.Noon(civiltest.Day(recorded))
				}
			}
		}
		say(test.onTime, "on time", "2016-04-05")
		say(test.late, "late", "2016-05-05")
		say(test.missing, "missing", "")
		c := w.Figures("2016-03-31").Completeness
		if c.Grade != test.want || c.Reported != test.onTime+test.late || c.Expected != c.Reported+test.missing {
			t.Errorf("%s: %+v, want grade %s", name, c, test.want)
		}
	}
}

// The due day ends in the zone of the programme.
func TestOnTimeInTheZone(t *testing.T) {
	midnight := civiltest.Day("2016-04-11").BeginsIn(reckontest.Qatar)
	for name, test := range map[string]struct {
		zone     *time.Location
		recorded time.Time
		want     string
	}{
		"the last second":             {reckontest.Qatar, midnight.Add(-time.Second), "A"},
		"midnight":                    {reckontest.Qatar, midnight, "B"},
		"midnight, in a zone further": {time.UTC, midnight, "A"},
	} {
		w := reckontest.New(t)
		w.Live("a", "2015-01-01", programme.LevelInformative)
		w.States("a", "2016-03", programme.ChannelWeb, programme.Reported, 5).RecordedAt = test.recorded
		k := w.Knowing(catalogue.Knowing{Provisional: true, Zone: test.zone})
		if got := k.Figures(civiltest.Day("2016-03-31")).Completeness.Grade; got != test.want {
			t.Errorf("%s: grade %s, want %s", name, got, test.want)
		}
	}
}

// Each grade is tried on both sides of its limit: the last share that has it and the first that has not.
func TestTheLimitsOfGrades(t *testing.T) {
	for reported, want := range map[int]string{1000: "B", 900: "B", 899: "C", 750: "C", 749: "D", 0: "D"} {
		if got := (adoption.Received{Reported: reported, Expected: 1000}).Completeness(); got.Grade != want {
			t.Errorf("%d of 1,000, all of it late: grade %s, want %s", reported, got.Grade, want)
		}
	}
	if got := (adoption.Received{}).Completeness(); got.Grade != "" || got.Share.Known() {
		t.Errorf("where nothing is expected: %+v", got)
	}
}

// A month of which one day is in a gap of its entity's feed is not received.
func TestAMonthThatLacksADayIsNotReceived(t *testing.T) {
	for name, test := range map[string]struct {
		pauses []string
		want   programme.Parts
	}{
		"whole":      {nil, programme.Parts{Reported: 1, Expected: 1}},
		"a day less": {[]string{"2016-02-16/2016-03-01"}, programme.Parts{Reported: 0, Expected: 1}},
	} {
		w := reckontest.New(t)
		w.Service(programme.Service{Code: "a", Channels: []programme.Channel{programme.ChannelWeb}})
		w.Rollout("a", programme.ActionLaunch, "2015-01-01", programme.LevelInformative, programme.ChannelWeb).VerifiedBy = "admin"
		w.Feed("moi", "a", "2016-01-01/2016-04-30", programme.ChannelWeb, 5, test.pauses...)
		if got := w.Figures("2016-03-31").Completeness.Parts; got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

// A sum says how many days it covers where all its parts lack as many.
func TestTheDaysOfASum(t *testing.T) {
	gap, other := []string{"2016-03-05/2016-03-18"}, []string{"2016-03-10/2016-03-23"}
	march := figures.UsageQuery{From: civiltest.Day("2016-03-01"), To: civiltest.Day("2016-03-31")}
	for name, test := range map[string]struct {
		first, second []string
		days          figures.Days
		partial       int
	}{
		"whole":              {nil, nil, figures.Days{}, 0},
		"both lack as many":  {gap, other, figures.Days{Covered: 17, Expected: 31}, 2},
		"the first lacks it": {gap, nil, figures.Days{}, 1},
		"the other lacks it": {nil, gap, figures.Days{}, 1},
		"one lacks more":     {gap, []string{"2016-03-10/2016-03-24"}, figures.Days{}, 2},
	} {
		w := reckontest.New(t)
		w.Live("a", "2015-01-01", programme.LevelInformative)
		w.Live("b", "2015-01-01", programme.LevelInformative)
		w.Feed("moi", "a", "2016-01-01/2016-04-30", programme.ChannelWeb, 5, test.first...)
		w.Feed("moc", "b", "2016-01-01/2016-04-30", programme.ChannelWeb, 5, test.second...)
		got := w.Knowledge().Usage(civiltest.Day("2016-04-30"), march)[0].Points[0].Total
		if got.Days != test.days || got.Partial != test.partial {
			t.Errorf("%s: %+v of %d in part, want %+v of %d", name, got.Days, got.Partial, test.days, test.partial)
		}
	}
}
