package usage_test

import (
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
	"mirsad/internal/usage"
)

// A statement about some days of a month speaks inside it, so the line's events don't (docs/rules.md#value-of-a-line):
// the same holds for a day, for a stretch, and for a month within a stretch that reaches beyond it.
func TestEventsDoNotSpeakBesideAStatementOfAPart(t *testing.T) {
	for stated, want := range map[string]programme.Count{
		"2016-03-02":            {State: programme.NotProvided},
		"2016-03-01/2016-03-25": {State: programme.NotProvided},
		"2016-03-30/2016-03-31": {State: programme.NotProvided},
		"2016-03-30/2016-04-01": programme.CountOf(5),
		"2016-02-29/2016-03-30": programme.CountOf(5),
	} {
		for _, state := range programme.States() {
			w := reckontest.New(t)
			w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 5)
			w.States("a", stated, programme.ChannelWeb, state, 0)
			if got := value(usage.NewIndex(w.Use), "2016-03"); got != want {
				t.Errorf("%s %s: March is %+v, want %+v", stated, state, got, want)
			}
		}
	}
	w := reckontest.New(t)
	w.Uses("moi", "a", "2016-03", programme.ChannelWeb, 5)
	w.States("a", "2016-03-01/2016-03-25", programme.ChannelWeb, programme.Reported, 4)
	w.States("a", "2016-03", programme.ChannelWeb, programme.Reported, 9)
	x := usage.NewIndex(w.Use)
	if got := value(x, "2016-03"); got != programme.CountOf(9) {
		t.Errorf("beside a statement of the month: %+v", got)
	}
	if got := value(x, "2016-03-01/2016-03-25"); got != programme.CountOf(4) {
		t.Errorf("the stretch itself: %+v", got)
	}
	if got := x.Value("a", programme.ChannelMobile, programme.MeasureCompleted, civiltest.Period("2016-03"), civil.Never); got.Known() {
		t.Errorf("another line: %+v", got)
	}
}
