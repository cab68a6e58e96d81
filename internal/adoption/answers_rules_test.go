package adoption_test

import (
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
	"mirsad/internal/reckon/reckontest"
)

// A number of a day or of a stretch is an answer with a value, though no number of the whole period follows from it
// (docs/rules.md#silent-and-without-numbers).
func TestANumberOfAPartIsANumber(t *testing.T) {
	for name, test := range map[string]struct {
		state           programme.State
		periods         [2]string
		without, silent bool
	}{
		"numbers of days":      {programme.Reported, [2]string{"2016-07-04", "2016-08-04"}, false, false},
		"numbers of stretches": {programme.Reported, [2]string{"2016-07-04/2016-07-20", "2016-08-01/2016-08-05"}, false, false},
		"states of days":       {programme.NotProvided, [2]string{"2016-07-04", "2016-08-04"}, true, false},
		"states of months":     {programme.NotRequested, [2]string{"2016-07", "2016-08"}, true, false},
		"a number once":        {programme.NotProvided, [2]string{"2016-06", "2016-08"}, false, false},
		"nothing":              {programme.Reported, [2]string{"2016-05", "2016-06"}, false, true},
	} {
		w := reckontest.New(t)
		w.Live("a", "2015-01-01", 3)
		w.States("a", "2016-05", programme.ChannelWeb, programme.Reported, 4)
		for _, period := range test.periods {
			w.States("a", period, programme.ChannelWeb, test.state, 0)
		}
		f := w.Knowledge().Figures(civiltest.Day("2016-09-30"))
		service := reckontest.ServiceOf(t, f, "a")
		if service.WithoutNumbers != test.without || service.Silent != test.silent {
			t.Errorf("%s: without numbers %v, silent %v", name, service.WithoutNumbers, service.Silent)
		}
	}
}
