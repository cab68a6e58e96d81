package account

import (
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/clocktest"
)

// Sessions end after as long as they live, whatever the calendar does meanwhile.
func TestSessionsEndInTimeOnEveryDay(t *testing.T) {
	for _, moment := range clocktest.Moments() {
		t.Run(moment.Name, func(t *testing.T) {
			f := newFixture(t, "")
			f.Clock.Pass(moment.At.Sub(f.Clock.Now()))
			f.user("planner@example.qa", access.RolePlanner, "")
			b := &browser{Site: f.Site}
			if !b.SignIn("planner@example.qa", password) {
				t.Fatal("not let in")
			}
			f.Clock.Pass(2*time.Hour - time.Second)
			if !b.Knows() {
				t.Error("the session has ended before two idle hours were over")
			}
			f.Clock.Pass(2*time.Hour + time.Second)
			if b.Knows() {
				t.Error("the session has outlived two idle hours")
			}
		})
	}
}
