package programme_test

import (
	"testing"

	"mirsad/internal/civil/civiltest"
	"mirsad/internal/programme"
)

// The due day is a setting; one past the month's end is its last day.
func TestDueDay(t *testing.T) {
	for day, want := range map[int]string{0: "2016-02-10", 5: "2016-02-05", 31: "2016-02-29"} {
		if got := (programme.Settings{DueDay: day}).DueOn(civiltest.Period("2016-01")).String(); got != want {
			t.Errorf("due day %d: %s, want %s", day, got, want)
		}
	}
}
