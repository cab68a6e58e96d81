package reckon

import (
	"testing"

	"mirsad/internal/programme"
)

func TestNothingIsRequiredPastTheGoal(t *testing.T) {
	if got := requiredRate(10, 12, 3); got != programme.RateOf(0, 3) {
		t.Errorf("past the goal %v a month are required, want 0", got)
	}
}
