package page

import (
	"testing"
	"time"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

func TestArgumentsArePairs(t *testing.T) {
	got := Args("n", 3, "name", "x", "alone")
	if len(got) != 2 || got["n"] != 3 || got["name"] != "x" {
		t.Errorf("%v", got)
	}
	if got := Args(3, "n"); len(got) != 0 {
		t.Errorf("a name that is no text: %v", got)
	}
}

func TestEnteredTextIsIsolated(t *testing.T) {
	if got := Isolated("وزارة (1)"); got != "\u2068وزارة (1)\u2069" {
		t.Errorf("%q", got)
	}
}

func TestADayIsADateOrADash(t *testing.T) {
	v := someone(t)
	if got := v.Day(0); got != v.Count(programme.Count{}) || got == "" {
		t.Errorf("no day is %q", got)
	}
	if got := v.Day(civil.NewDate(2016, time.September, 30)); got != "30 September 2016" {
		t.Errorf("%q", got)
	}
	if got := v.ChannelNames(
		[]programme.Channel{programme.ChannelWeb, programme.ChannelCounter},
	); len(got) != 2 || got[0] == "" ||
		got[0] == got[1] {
		t.Errorf("%q", got)
	}
}
