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
