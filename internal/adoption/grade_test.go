package adoption

import "testing"

// Grade A from 98 % of what is expected on time; B from 90 %, C from 75 %, else D (docs/rules.md#completeness).
func TestGrades(t *testing.T) {
	for name, test := range map[string]struct {
		got  Received
		want string
	}{
		"nothing expected":    {Received{}, ""},
		"98 on time":          {Received{100, 98, 98}, "A"},
		"all, 97 on time":     {Received{100, 100, 97}, "B"},
		"exactly 90":          {Received{100, 90, 90}, "B"},
		"just under 90":       {Received{1000, 899, 899}, "C"},
		"exactly 75":          {Received{100, 75, 0}, "C"},
		"just under 75":       {Received{1000, 749, 749}, "D"},
		"nothing of anything": {Received{5, 0, 0}, "D"},
	} {
		if got := test.got.Completeness(); got.Grade != test.want || got.Share.Known() != (test.got.Expected > 0) {
			t.Errorf("%s: %+v, want grade %q", name, got, test.want)
		}
	}
}
