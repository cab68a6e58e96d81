package i18n

import "testing"

func TestAStandingIsWordedByStatusThenDirection(t *testing.T) {
	words := load(t).In(English)
	for _, test := range []struct{ status, direction, want string }{
		{"at_risk", "up", "At risk"}, {"no_data", "", "No data"}, {"", "down", "↓ Falling"}, {"", "", "No target set"},
	} {
		if got := words.Standing(test.status, test.direction); got != test.want {
			t.Errorf("%q, %q: %q, want %q", test.status, test.direction, got, test.want)
		}
	}
	if got := words.Status(""); got != "No data" {
		t.Errorf("no status is %q", got)
	}
}
