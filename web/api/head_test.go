package api

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"mirsad/internal/access"
)

// GET includes HEAD: every call that answers one answers the other, with the same headers.
func TestEveryCallThatIsReadAnswersHEAD(t *testing.T) {
	f := newFixture(t)
	for _, each := range f.api.Routes() {
		if each.Method != http.MethodGet || strings.Contains(each.Path, "{") {
			continue
		}
		get := f.ask(planner, each.Path)
		r := httptest.NewRequestWithContext(access.WithPrincipal(t.Context(), planner), http.MethodHead, each.Path, http.NoBody)
		head := httptest.NewRecorder()
		f.api.router.ServeHTTP(head, r)
		if head.Code != get.Code || head.Code == http.StatusMethodNotAllowed ||
			head.Header().Get("ETag") != get.Header().Get("ETag") {
			t.Errorf("%s: %d by GET, %d by HEAD", each.Path, get.Code, head.Code)
		}
	}
}
