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
	f.Handler = f.Guarded(guard.Configuration{RequestsPerSecond: 2}, f.routes())
	bearer, _ := f.token("", access.ScopeRead)
	another, _ := f.token("", access.ScopeRead)
	f.user("planner@example.qa", access.RolePlanner, "")
	person := &browser{Site: f.Site}
	person.SignIn("planner@example.qa", password)
	for name, b := range map[string]*browser{"/v1/services": {Site: f.Site, Bearer: bearer}, "/en/services": person} {
		for n := range 20 {
			if w := b.Get(name); w.Code != http.StatusOK {
				t.Fatalf("%s, request %d: %d", name, n, w.Code)
			}
		}
		w := b.Get(name)
		if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") != "1" {
			t.Errorf("%s: %d, Retry-After %q", name, w.Code, w.Header().Get("Retry-After"))
		}
	}
	if w := (&browser{Site: f.Site, Bearer: another}).Get("/v1/services"); w.Code != http.StatusOK {
		t.Errorf("another account waits too: %d", w.Code)
	}
	f.Clock.Pass(time.Second)
	if w := person.Get("/en/services"); w.Code != http.StatusOK {
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
	f.Handler = f.answeredBy(func(http.ResponseWriter, *http.Request) {
		begun <- true
		<-release
	})
	ended := make(chan bool)
	for n := range 8 {
		b := &browser{Site: f.Site, Bearer: bearers[n/2]}
		go func() {
			b.Get("/v1/services.csv")
			ended <- true
		}()
		clocktest.Await(t, begun, "an export to begin")
	}
	for bearer, want := range map[string]int{bearers[0]: http.StatusTooManyRequests, bearers[len(bearers)-1]: http.StatusServiceUnavailable} {
		w := (&browser{Site: f.Site, Bearer: bearer}).Get("/v1/services.csv")
		if w.Code != want || w.Header().Get("Retry-After") != "5" {
			t.Errorf("%d, want %d; Retry-After %q", w.Code, want, w.Header().Get("Retry-After"))
		}
	}
	close(release)
	for range 8 {
		clocktest.Await(t, ended, "an export to end")
	}
	go func() { <-begun }()
	if w := (&browser{Site: f.Site, Bearer: bearers[0]}).Get("/v1/services.csv"); w.Code != http.StatusOK {
		t.Errorf("when the others have ended: %d", w.Code)
	}
}
