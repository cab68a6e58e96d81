package link

import (
	"net/http"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/clocktest"
)

// Links end after as long as they live, whatever the calendar does meanwhile.
func TestLinksEndInTimeOnEveryDay(t *testing.T) {
	for _, moment := range clocktest.Moments() {
		t.Run(moment.Name, func(t *testing.T) {
			f := newFixture(t, "")
			f.Clock.Pass(moment.At.Sub(f.Clock.Now()))
			early, late := f.link(access.LinkPlan), f.link(access.LinkPlan)
			f.Clock.Pass(UsualDays*aDay - time.Second)
			if got := submits(f.opened(early), access.LinkPlan, "moi", septembersMonth); got != http.StatusOK {
				t.Errorf("in the last second of its life a link is answered with %d", got)
			}
			f.Clock.Pass(time.Second)
			if got := open(&browser{Site: f.Site}, late); got == http.StatusOK {
				t.Error("a link has outlived its days")
			}
		})
	}
}
