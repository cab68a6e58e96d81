package token

import (
	"net/http"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/clocktest"
)

// Tokens end after as long as they live, whatever the calendar does meanwhile.
func TestTokensEndInTimeOnEveryDay(t *testing.T) {
	for _, moment := range clocktest.Moments() {
		t.Run(moment.Name, func(t *testing.T) {
			f := newFixture(t)
			f.Clock.Pass(moment.At.Sub(f.Clock.Now()))
			bearer, _, err := f.tokens.Create(
				t.Context(), []access.Scope{access.ScopeRead}, "", f.Clock.Now().Add(30*aDay),
			)
			if err != nil {
				t.Fatal(err)
			}
			reader := &browser{Site: f.Site, Bearer: bearer}
			f.Clock.Pass(30*aDay - time.Second)
			if got := reader.Get("/v1/progress").Code; got != http.StatusOK {
				t.Errorf("in the last second of its life a token is answered with %d", got)
			}
			f.Clock.Pass(time.Second)
			if got := reader.Get("/v1/progress").Code; got != http.StatusUnauthorized {
				t.Errorf("when its days are over, a token is answered with %d", got)
			}
		})
	}
}
