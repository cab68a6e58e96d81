package account

import (
	"net/http"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/clocktest"
)

// Sessions, links and tokens end after as long as they live, whatever the calendar does meanwhile.
func TestSessionsAndLinksEndInTimeOnEveryDay(t *testing.T) {
	for _, moment := range clocktest.Moments() {
		t.Run(moment.Name, func(t *testing.T) {
			f := newFixture(t, "")
			f.clock.pass(moment.At.Sub(f.clock.now()))
			f.user("planner@example.qa", access.RolePlanner, "")
			b := &browser{fixture: f}
			if !b.signIn("planner@example.qa", password) {
				t.Fatal("not let in")
			}
			f.clock.pass(2*time.Hour - time.Second)
			if !b.knows() {
				t.Error("the session has ended before two idle hours were over")
			}
			f.clock.pass(2*time.Hour + time.Second)
			if b.knows() {
				t.Error("the session has outlived two idle hours")
			}
			bearer, _, err := f.accounts.CreateToken(t.Context(), []access.Scope{access.ScopeRead}, "", f.clock.now().Add(30*aDay))
			if err != nil {
				t.Fatal(err)
			}
			early, late := f.link(access.LinkPlan), f.link(access.LinkPlan)
			f.clock.pass(UsualLinkDays*aDay - time.Second)
			if got := f.opened(early).submits(access.LinkPlan, "moi", septembersMonth); got != http.StatusOK {
				t.Errorf("in the last second of its life a link is answered with %d", got)
			}
			f.clock.pass(time.Second)
			if got := (&browser{fixture: f}).open(late); got == http.StatusOK {
				t.Error("a link has outlived its days")
			}
			reader := &browser{fixture: f, bearer: bearer}
			f.clock.pass((30-UsualLinkDays)*aDay - time.Second)
			if got := reader.get("/v1/progress").Code; got != http.StatusOK {
				t.Errorf("in the last second of its life a token is answered with %d", got)
			}
			f.clock.pass(time.Second)
			if got := reader.get("/v1/progress").Code; got != http.StatusUnauthorized {
				t.Errorf("when its days are over, a token is answered with %d", got)
			}
		})
	}
}
