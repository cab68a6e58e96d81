package api

import (
	"net/http"
	"testing"

	"mirsad/internal/access"
)

// TestAnAgencyPersonWithoutAnEntitySeesNoDetail asks as somebody whose entity is missing: what belongs to an entity is
// not shown, as on the pages, and the programme's totals are.
func TestAnAgencyPersonWithoutAnEntitySeesNoDetail(t *testing.T) {
	f := newFixture(t)
	nowhere := access.Principal{ID: "user/lost@example.qa", Role: access.RoleAgency}
	for _, list := range []string{
		"/v1/services", "/v1/progress/services", "/v1/entities", "/v1/milestones", "/v1/quality",
	} {
		if items, _ := f.get(nowhere, list)["items"].([]any); len(items) != 0 {
			t.Errorf("%s lists %d items", list, len(items))
		}
	}
	for _, target := range []string{
		"/v1/entities/moi", "/v1/entities/moi/scorecard", "/v1/services/moi-1", "/v1/usage?entity=moi", "/v1/usage?service=moi-1",
		"/v1/usage?by=entity", "/v1/usage?by=service", "/v1/usage/growth?entity=moi", "/v1/progress/what-if?shift=entity:moi:3",
	} {
		if w := f.ask(nowhere, target); w.Code != http.StatusNotFound {
			t.Errorf("GET %s: %d", target, w.Code)
		}
	}
	concentration, _ := f.get(nowhere, "/v1/usage/growth")["concentration"].(map[string]any)
	if largest := concentration["largest"]; largest != "" {
		t.Errorf("the largest service is named: %v", largest)
	}
	for _, target := range []string{"/v1/progress", "/v1/usage", "/v1/usage?by=channel"} {
		if w := f.ask(nowhere, target); w.Code != http.StatusOK {
			t.Errorf("GET %s, which is everyone's: %d", target, w.Code)
		}
	}
}
