package route

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/programme"
)

func answer(text string) Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		_, err := w.Write([]byte(text + " " + r.PathValue("service")))
		return err
	}
}

func TestAPageIsServedInBothLanguagesUnderOneName(t *testing.T) {
	page := Page("/services/{service}", answer("page"), access.Everyone())
	registry, err := NewRegistry(Problems{}, []Route{page, Get("/v1/services/{service}", answer("call"), access.Readers())})
	if err != nil {
		t.Fatal(err)
	}
	for target, want := range map[string]string{
		"/en/services/a": "page a", "/ar/services/a": "page a", "/v1/services/a": "call a", "/fr/services/a": "",
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, target, http.NoBody)
		w := httptest.NewRecorder()
		registry.ServeHTTP(w, r)
		if found, _, is := registry.Find(r); is != (want != "") || (is && IsPage(target) && found.Name() != "/{lang}/services/{service}") {
			t.Errorf("%s is the route %q", target, found.Name())
		}
		if want != "" && w.Body.String() != want {
			t.Errorf("%s: %s", target, w.Body)
		}
		if want == "" && w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", target, w.Code)
		}
	}
}

func TestTwoRoutesForOneAddressAreAFaultOfTheWiring(t *testing.T) {
	twice := Get("/v1/services", answer(""), access.Readers())
	if _, err := NewRegistry(Problems{}, []Route{twice}, []Route{twice}); !errors.Is(err, programme.ErrInvalid) {
		t.Errorf("%v", err)
	}
}

// An error that a handler returns is a page for a person on a page, and a problem for everyone else.
func TestAReturnedErrorIsAnswered(t *testing.T) {
	fails := func(http.ResponseWriter, *http.Request) error { return programme.ErrNotFound }
	problems := Problems{Page: func(w http.ResponseWriter, _ *http.Request, _ error) {
		w.WriteHeader(http.StatusTeapot)
	}}
	registry, err := NewRegistry(problems, []Route{Page("/plans", fails, access.Everyone()), Get("/v1/plans", fails, access.Everyone())})
	if err != nil {
		t.Fatal(err)
	}
	for _, each := range []struct {
		target, bearer string
		want           int
	}{
		{"/en/plans", "", http.StatusTeapot}, {"/v1/plans", "", http.StatusNotFound}, {"/en/plans", "Bearer x.y", http.StatusNotFound},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, each.target, http.NoBody)
		if each.bearer != "" {
			r.Header.Set("Authorization", each.bearer)
		}
		w := httptest.NewRecorder()
		registry.ServeHTTP(w, r)
		if w.Code != each.want {
			t.Errorf("%s with %q: %d, want %d", each.target, each.bearer, w.Code, each.want)
		}
	}
}

func TestThePrintedTableNamesEveryLimit(t *testing.T) {
	var printed strings.Builder
	err := Print(&printed, []Route{
		Post("/v1/plans", nil, access.For(access.RoleAgency).Tokens(access.ScopePlan), Records("submit"), Body(6<<20)),
		Page("/account", nil, access.Everyone().FirstPassword().Links(access.LinkPlan)),
		Get("/v1/reports", nil, access.For(access.RoleExecutive).WholeProgramme()),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []string{
		"POST /v1/plans agency plan admin - - submit 6 MB", "GET /{lang}/account everyone - plan also with a first password - -",
		"GET /v1/reports executive - - whole programme only - -",
	} {
		if !strings.Contains(strings.Join(strings.Fields(printed.String()), " "), row) {
			t.Errorf("%q is not in\n%s", row, &printed)
		}
	}
}
