package reports

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/guard"
	"mirsad/internal/programme"
	"mirsad/internal/route"
)

func request(t *testing.T, r *Reports, address string, principal *access.Principal,
	headers ...string,
) *httptest.ResponseRecorder {
	t.Helper()
	req := httptest.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	if principal != nil {
		req = req.WithContext(access.WithPrincipal(req.Context(), *principal))
	}
	recorder := httptest.NewRecorder()
	guarded(t, r).ServeHTTP(recorder, req)
	return recorder
}

// guarded serves the reports behind the guard, which decides who may have them.
func guarded(t *testing.T, r *Reports) http.Handler {
	t.Helper()
	routes, err := route.NewRegistry(route.Problems{}, r.Routes())
	if err != nil {
		t.Fatal(err)
	}
	guard, err := guard.New(guard.Configuration{}, guard.Dependencies{Routes: routes, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	return guard.Handler()
}

func TestWhoMayHaveTheWorkbook(t *testing.T) {
	r, _ := newReports(t, sample(small))
	for name, c := range map[string]struct {
		principal *access.Principal
		want      int
	}{
		"nobody": {nil, http.StatusUnauthorized},
		"agency": {&access.Principal{Role: access.RoleAgency, Entity: "e00"}, http.StatusForbidden},
		"event token": {
			&access.Principal{Scopes: []access.Scope{access.ScopeEvents}, Entity: "e00"},
			http.StatusForbidden,
		},
		"executive":  {&access.Principal{Role: access.RoleExecutive}, http.StatusOK},
		"planner":    {&access.Principal{Role: access.RolePlanner}, http.StatusOK},
		"auditor":    {&access.Principal{Role: access.RoleAuditor}, http.StatusOK},
		"admin":      {&access.Principal{Role: access.RoleAdmin}, http.StatusOK},
		"read token": {&access.Principal{Scopes: []access.Scope{access.ScopeRead}}, http.StatusOK},
	} {
		answer := request(t, r, "/v1/reports/2016-09/highlights.xlsx", c.principal)
		if answer.Code != c.want {
			t.Errorf("%s: %d, not %d", name, answer.Code, c.want)
		}
		if c.want != http.StatusOK && answer.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: refused with %s", name, answer.Header().Get("Content-Type"))
		}
	}
}

func TestTheAnswersHeaders(t *testing.T) {
	r, stub := newReports(t, sample(small))
	executive := &access.Principal{Role: access.RoleExecutive}
	const address = "/v1/reports/2016-09/highlights.xlsx?lang=ar&as_at=2016-10-02"
	answer := request(t, r, address, executive)
	if want := (figures.Question{On: september.Last(), AsAt: civil.NewDate(2016, 10, 2)}); stub.asked != want {
		t.Errorf("asked %v, not %v", stub.asked, want)
	}
	for name, want := range map[string]string{
		"Content-Type": workbookType, "Content-Disposition": `attachment; filename="highlights-2016-09-ar.xlsx"`,
		"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-cache",
	} {
		if got := answer.Header().Get(name); got != want {
			t.Errorf("%s: %q, not %q", name, got, want)
		}
	}
	tag := answer.Header().Get("ETag")
	if got := request(t, r, address, executive, "If-None-Match",
		`"other", W/`+tag); got.Code != http.StatusNotModified {
		t.Errorf("the same again: %d", got.Code)
	}
	stub.figures.DataVersion += "1"
	if got := request(t, r, address, executive, "If-None-Match", tag); got.Code != http.StatusOK ||
		got.Header().Get("ETag") == tag {
		t.Errorf("after new data: %d with ETag %s", got.Code, got.Header().Get("ETag"))
	}
}

func TestWrongRequests(t *testing.T) {
	r, stub := newReports(t, sample(small))
	planner := &access.Principal{Role: access.RolePlanner}
	for address, want := range map[string]int{
		"/v1/reports/2016-13/highlights.xlsx":                  http.StatusBadRequest,
		"/v1/reports/2016-09/highlights.xlsx?lang=fr":          http.StatusBadRequest,
		"/v1/reports/2016-09/highlights.xlsx?as_at=yesterday":  http.StatusBadRequest,
		"/v1/reports/2016-11/highlights.xlsx":                  http.StatusNotFound,
		"/v1/reports/2016-09/highlights.pdf":                   http.StatusNotFound,
		"/v1/reports/2016-10/highlights.xlsx?as_at=2016-10-02": http.StatusOK,
	} {
		if got := request(t, r, address, planner); got.Code != want {
			t.Errorf("%s: %d, not %d", address, got.Code, want)
		}
	}
	for _, c := range []struct {
		err  error
		want int
	}{{fmt.Errorf("engine: %w", programme.ErrUnavailable), http.StatusServiceUnavailable}, {
		errors.New("secret words"),
		http.StatusInternalServerError,
	}} {
		stub.err = c.err
		answer := request(t, r, "/v1/reports/2016-09/highlights.xlsx", planner)
		if answer.Code != c.want || strings.Contains(answer.Header().Get("Content-Disposition"), "xlsx") {
			t.Errorf("%v: %d", c.err, answer.Code)
		}
	}
}
