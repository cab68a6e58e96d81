package account

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/guard"
	"mirsad/internal/httpserver"
)

func TestPeopleOverTheAPI(t *testing.T) {
	f := newFixture(t, "")
	f.user("admin@example.qa", access.RoleAdmin, "")
	f.user("planner@example.qa", access.RolePlanner, "")
	f.Handler = f.Guarded(guard.Configuration{}, f.accounts.Routes())
	admin, _ := f.token("", access.ScopeAdmin)
	reader, _ := f.token("", access.ScopeRead)
	ask := func(bearer, method, path, body string) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
		r.Header.Set("Authorization", "Bearer "+bearer)
		w := httptest.NewRecorder()
		f.Handler.ServeHTTP(w, r)
		return w
	}
	for _, each := range []struct {
		bearer, method, path, body string
		status                     int
		field                      string
	}{
		{reader, "GET", "/v1/people", "", 403, ""},
		{reader, "POST", "/v1/people", `{}`, 403, ""},
		{admin, "POST", "/v1/people", `{"email":"nobody","name":"N","role":"planner"}`, 422, "email"},
		{admin, "POST", "/v1/people", `{"email":"planner@example.qa","name":"N","role":"planner"}`, 409, "email"},
		{admin, "POST", "/v1/people", `{"email":"n@example.qa","name":"N","role":"agency"}`, 422, "entity"},
		{admin, "POST", "/v1/people", `{"password":"mine"}`, 422, ""},
		{admin, "POST", "/v1/people/admin@example.qa/disable", "", 403, ""}, // the last one
		{admin, "POST", "/v1/people/none@example.qa/disable", "", 404, ""},
		{admin, "POST", "/v1/people/planner@example.qa/enable", "", 409, ""},
	} {
		w := ask(each.bearer, each.method, each.path, each.body)
		var problem httpserver.Problem
		if err := json.Unmarshal(w.Body.Bytes(), &problem); err != nil || w.Code != each.status {
			t.Errorf("%s %s %s: %d %s", each.method, each.path, each.body, w.Code, w.Body)
		}
		if each.field != "" && (len(problem.Errors) != 1 || problem.Errors[0].Field != each.field || strings.Contains(problem.Errors[0].MessageAr, "⟦")) {
			t.Errorf("%s: %+v", each.body, problem.Errors)
		}
	}
	before := len(f.Settled())
	w := ask(admin, "POST", "/v1/people", `{"email":"Noor@example.qa","name":"Noor","role":"agency","entity":"moi"}`)
	var made PersonItem
	if err := json.Unmarshal(w.Body.Bytes(), &made); err != nil || w.Code != http.StatusCreated || made.ID != "noor@example.qa" ||
		len(made.FirstPassword) != 23 || w.Header().Get("Cache-Control") != "no-store" {
		t.Fatalf("%d %s, %v", w.Code, w.Body, err)
	}
	ask(admin, "POST", "/v1/people/noor@example.qa/disable", "")
	w = ask(admin, "GET", "/v1/people", "")
	if w.Code != http.StatusOK || w.Header().Get("Cache-Control") != "no-store" || strings.Contains(w.Body.String(), "argon2") || !strings.Contains(w.Body.String(), `"disabled":true`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	rows := f.Settled()[before:]
	if len(rows) != 2 || rows[0].Action != audit.UserCreate || rows[1].Action != audit.UserDisable || rows[1].Object != "user/noor@example.qa" {
		t.Errorf("written down are %+v", rows)
	}
	for _, row := range rows {
		if strings.Contains(row.Before+row.After+row.Detail, made.FirstPassword) {
			t.Error("the first password is written down")
		}
	}
}
