package reckon

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
