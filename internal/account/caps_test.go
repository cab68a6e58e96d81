package account

import (
	"net/http"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/clocktest"
	"mirsad/internal/guard"
)

func TestOneAccountDoesNotTakeWhatIsForAll(t *testing.T) {
	f := newFixture(t, "")
	f.site = f.guardedWith(guard.Configuration{RequestsPerSecond: 2}, f.routes())
	bearer, _ := f.token("", access.ScopeRead)
	another, _ := f.token("", access.ScopeRead)
	f.user("planner@example.qa", access.RolePlanner, "")
	person := &browser{fixture: f}
	person.signIn("planner@example.qa", password)
	for name, b := range map[string]*browser{"/v1/services": {fixture: f, bearer: bearer}, "/en/services": person} {
		for n := range 20 {
			if w := b.get(name); w.Code != http.StatusOK {
				t.Fatalf("%s, request %d: %d", name, n, w.Code)
			}
		}
		w := b.get(name)
		if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") != "1" {
			t.Errorf("%s: %d, Retry-After %q", name, w.Code, w.Header().Get("Retry-After"))
		}
	}
	if w := (&browser{fixture: f, bearer: another}).get("/v1/services"); w.Code != http.StatusOK {
		t.Errorf("another account waits too: %d", w.Code)
	}
	f.clock.pass(time.Second)
	if w := person.get("/en/services"); w.Code != http.StatusOK {
		t.Errorf("a second later: %d", w.Code)
	}
}

func TestExportsAtOnceAreBounded(t *testing.T) {
	f := newFixture(t, "")
	var bearers []string
	for range 5 {
		bearer, _ := f.token("", access.ScopeRead)
		bearers = append(bearers, bearer)
	}
	begun, release := make(chan bool), make(chan bool)
	f.site = f.answeredBy(func(http.ResponseWriter, *http.Request) {
		begun <- true
		<-release
	})
	ended := make(chan bool)
	for n := range 8 {
		b := &browser{fixture: f, bearer: bearers[n/2]}
		go func() {
			b.get("/v1/services.csv")
			ended <- true
		}()
		clocktest.Await(t, begun, "an export to begin")
	}
	for bearer, want := range map[string]int{bearers[0]: http.StatusTooManyRequests, bearers[len(bearers)-1]: http.StatusServiceUnavailable} {
		w := (&browser{fixture: f, bearer: bearer}).get("/v1/services.csv")
		if w.Code != want || w.Header().Get("Retry-After") != "5" {
			t.Errorf("%d, want %d; Retry-After %q", w.Code, want, w.Header().Get("Retry-After"))
		}
	}
	close(release)
	for range 8 {
		clocktest.Await(t, ended, "an export to end")
	}
	go func() { <-begun }()
	if w := (&browser{fixture: f, bearer: bearers[0]}).get("/v1/services.csv"); w.Code != http.StatusOK {
		t.Errorf("when the others have ended: %d", w.Code)
	}
}
