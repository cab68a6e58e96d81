package api

import (
	"encoding/csv"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/figures"
)

func TestSubmissions(t *testing.T) {
	o := newOffice(t)
	answer := o.must(http.MethodGet, "/v1/submissions?month=2016-08", "")
	items := answer["items"].([]any)
	if answer["month"] != "2016-08" || answer["due_on"] != "2016-09-10" || len(items) != 1 {
		t.Fatalf("%v", answer)
	}
	owed := items[0].(map[string]any)
	for kind, want := range map[string]string{"plan": "overdue", "use": "overdue", "claims": "accepted"} {
		if got := owed[kind].(map[string]any)["state"]; got != want {
			t.Errorf("%s is %v, want %s", kind, got, want)
		}
	}
	if owed["overdue"] != 2.0 || owed["use"].(map[string]any)["days"] != 20.0 || owed["use"].(map[string]any)["expected"] != 2.0 {
		t.Errorf("%v", owed)
	}
	last := o.must(http.MethodGet, "/v1/submissions", "")
	if last["month"] != "2016-09" || last["items"].([]any)[0].(map[string]any)["use"].(map[string]any)["state"] != "expected" {
		t.Errorf("the last month that ended: %v", last)
	}
	for _, target := range []string{"/v1/submissions?month=Sept", "/v1/submissions.csv?month=2016-13"} {
		if status, _, _ := o.send(http.MethodGet, target, ""); status != http.StatusBadRequest {
			t.Errorf("%s: %d", target, status)
		}
	}
}

func TestSubmissionsAsCSVAndOfOneEntity(t *testing.T) {
	o := newOffice(t)
	ask := func(who access.Principal, target string) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(access.WithPrincipal(t.Context(), who), http.MethodGet, target, http.NoBody)
		w := httptest.NewRecorder()
		o.api.router.ServeHTTP(w, r)
		return w
	}
	for _, lang := range []string{"", "&lang=en", "&lang=ar"} {
		body := ask(firstDesk, "/v1/submissions.csv?month=2016-08"+lang).Body.String()
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\xef\xbb\xbf"))).ReadAll()
		if err != nil || len(rows) != 1+len(figures.SubmissionKinds()) || strings.Contains(body, "⟦") {
			t.Fatalf("%s: %v, %s", lang, err, body)
		}
		if lang == "" && (rows[2][slices.Index(rows[0], "kind")] != "use" || rows[2][slices.Index(rows[0], "state")] != "overdue") {
			t.Errorf("%v", rows[2])
		}
	}
	stranger := access.Principal{ID: "token/moj", Scopes: []access.Scope{access.ScopeRead}, Entity: "moj"}
	if got := ask(stranger, "/v1/submissions"); strings.Contains(got.Body.String(), `"moi"`) {
		t.Errorf("another entity sees %s", got.Body)
	}
	if got := ask(stranger, "/v1/submissions?entity=moi"); got.Code != http.StatusNotFound {
		t.Errorf("another entity asks: %d", got.Code)
	}
}
