package catalogue_test

import (
	"testing"

	"mirsad/internal/catalogue"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// service finds a service of the world.
func service(t *testing.T, w *reckontest.World, code string) *catalogue.Service {
	t.Helper()
	k := w.Knowledge()
	at := k.FindService(code)
	if at == catalogue.NoService {
		t.Fatalf("no service %s", code)
	}
	return &k.Services[at]
}

// Of the entries of a service the newest by sequence that is in force on a date holds, from its first day on.
func TestTheEntryInForce(t *testing.T) {
	w := reckontest.New(t)
	w.ServiceFrom(civiltest.Day("2015-01-01"), programme.Service{Code: "a", Name: "first"})
	w.ServiceFrom(civiltest.Day("2015-06-01"), programme.Service{Code: "a", Name: "second"})
	w.ServiceFrom(civiltest.Day("2015-06-01"), programme.Service{Code: "a", Name: "corrected"})
	w.ServiceFrom(civiltest.Day("2016-01-01"), programme.Service{Code: "a", Name: "gone", Removed: true})
	w.ServiceFrom(civiltest.Day("2016-03-01"), programme.Service{Code: "a", Name: "back"})
	a := service(t, w, "a")
	for on, want := range map[string]string{
		"2014-12-31": "",
		"2015-01-01": "first",
		"2015-05-31": "first",
		"2015-06-01": "corrected",
		"2015-12-31": "corrected",
		"2016-01-01": "",
		"2016-02-29": "",
		"2016-03-01": "back",
	} {
		got := ""
		if version := a.VersionOn(civiltest.Day(on)); version != nil {
			got = version.Name
		}
		if got != want {
			t.Errorf("on %s the entry is %q, want %q", on, got, want)
		}
	}
}

// A service is live in a stretch when it is on any day of it, on every channel that it has on any of them.
func TestLiveInAStretch(t *testing.T) {
	w := reckontest.New(t)
	w.Live("a", "2015-02-01", programme.LevelInformative)
	w.Rollout("a", programme.ActionAddChannel, "2015-04-01", 0, programme.ChannelMobile)
	w.Rollout("a", programme.ActionRetire, "2015-06-01", 0)
	w.Rollout("a", programme.ActionLaunch, "2015-08-01", programme.LevelInformative, programme.ChannelMobile)
	const web, mobile, counter = programme.ChannelWeb, programme.ChannelMobile, programme.ChannelCounter
	for name, test := range map[string]struct {
		from, to string
		channels []programme.Channel
	}{
		"before its launch":               {"2015-01-01", "2015-01-31", nil},
		"that ends with its launch":       {"2015-01-01", "2015-02-01", []programme.Channel{web, counter}},
		"of one day":                      {"2015-02-01", "2015-02-01", []programme.Channel{web, counter}},
		"before a channel is added":       {"2015-02-01", "2015-03-31", []programme.Channel{web, counter}},
		"with the day it is added":        {"2015-02-01", "2015-04-01", []programme.Channel{web, mobile, counter}},
		"that begins with the added":      {"2015-04-01", "2015-04-30", []programme.Channel{web, mobile, counter}},
		"that begins on its last day":     {"2015-05-31", "2015-07-31", []programme.Channel{web, mobile, counter}},
		"while it is retired":             {"2015-06-01", "2015-07-31", nil},
		"that ends with its next launch":  {"2015-06-01", "2015-08-01", []programme.Channel{mobile, counter}},
		"of the present life, long after": {"2026-01-01", "2026-12-31", []programme.Channel{mobile, counter}},
	} {
		a := service(t, w, "a")
		live, channels := a.SpanOn(civiltest.Day(test.from), civiltest.Day(test.to), programme.ChannelSetOf([]programme.Channel{web, counter}))
		if want := programme.ChannelSetOf(test.channels); live != (len(test.channels) > 0) || channels != want {
			t.Errorf("a stretch %s: live %v on %v, want on %v", name, live, channels.List(), test.channels)
		}
	}
}

// Rollouts describe the life of a service; an entry or a claim alone doesn't.
func TestWhoseLifeIsKnown(t *testing.T) {
	w := reckontest.New(t)
	w.Service(programme.Service{Code: "listed"})
	w.ClaimOn("claimed", "2015-01-01", programme.LevelInformative)
	w.Rollout("retired", programme.ActionRetire, "2015-01-01", 0)
	w.Live("live", "2015-01-01", programme.LevelInformative)
	for code, want := range map[string]bool{"listed": false, "claimed": false, "retired": true, "live": true} {
		if got := service(t, w, code).Launches(civiltest.Day("2015-01-01")); got != want {
			t.Errorf("%s: %v", code, got)
		}
		if service(t, w, code).Launches(civiltest.Day("2014-12-31")) {
			t.Errorf("%s: before its first event", code)
		}
	}
}
