package usage_test

import (
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
	"mirsad/internal/usage"
)

// A channel speaks from the day of its first event on, that day included (docs/rules.md#value-of-a-line).
func TestAChannelSpeaksOnItsFirstDay(t *testing.T) {
	w := reckontest.New(t)
	w.Feed("moi", "a", "2016-03-10/2016-03-20", programme.ChannelWeb, 5)
	x := usage.NewIndex(w.Use)
	for on, want := range map[string]programme.Count{
		"2016-03-09": {State: programme.NotProvided}, "2016-03-10": programme.CountOf(5), "2016-03-11": programme.CountOf(10),
	} {
		got := x.Value("a", programme.ChannelWeb, programme.MeasureCompleted, civiltest.Period("2016-03"), civiltest.Day(on))
		if got != want {
			t.Errorf("%s: %+v, want %+v", on, got, want)
		}
	}
}

// Days of which one entity reported the use are nothing of another's, which reported other days; where nobody had any,
// the zero is that of the one who sent what there was.
func TestDaysAreOfTheEntityThatReportedThem(t *testing.T) {
	w := reckontest.New(t)
	w.Feed("moi", "a", "2016-03-01/2016-03-20", programme.ChannelWeb, 5, "2016-03-08")
	w.Feed("moi", "a", "2016-03-01/2016-03-20", programme.ChannelMobile, 1)
	w.Feed("moj", "b", "2016-03-01/2016-03-31", programme.ChannelWeb, 1)
	x := usage.NewIndex(w.Use)
	for _, test := range []struct {
		days, entity string
		want         usage.Number
	}{
		{"2016-03-05/2016-03-07", "", usage.Number{Rank: usage.Reported, Value: 15, Spoken: true}},
		{"2016-03-05/2016-03-07", "moi", usage.Number{Rank: usage.Reported, Value: 15, Spoken: true}},
		{"2016-03-05/2016-03-07", "moj", usage.Number{Spoken: true}}, // others spoke
		{"2016-03-08/2016-03-08", "", usage.Number{Rank: usage.Reported}},
		{"2016-03-08/2016-03-08", "moi", usage.Number{Rank: usage.Reported}},
		{"2016-03-08/2016-03-08", "moj", usage.Number{}},
	} {
		if got := numberOf(t, x, test.days, test.entity); got != test.want {
			t.Errorf("%s of %q: %+v, want %+v", test.days, test.entity, got, test.want)
		}
	}
}
