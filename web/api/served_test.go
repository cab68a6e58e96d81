package api

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"mirsad/internal/account"
	"mirsad/internal/clocktest"
	"mirsad/internal/guard"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
	"mirsad/internal/route"
	"mirsad/internal/secret"
	"mirsad/internal/token"
)

// empty is a store in which nobody has an account.
type empty struct{}

func (empty) Facts(context.Context, []programme.Family, time.Time) ([]programme.Fact, error) {
	return nil, nil
}

func (empty) Recent(context.Context, programme.Family, time.Time) ([]programme.Fact, error) {
	return nil, nil
}

func (empty) Stream(context.Context, programme.Family, string) ([]programme.Fact, error) {
	return nil, nil
}

func (empty) Append(context.Context, programme.Draft, uint32) (programme.Fact, error) {
	return programme.Fact{}, programme.ErrUnavailable
}

// TestServed asks the API as it is served: behind the server's chain, the accounts and the table of routes.
func TestServed(t *testing.T) {
	f := newFixture(t)
	quiet := slog.New(slog.DiscardHandler)
	accounts, err := account.New(account.Configuration{}, account.Dependencies{Store: empty{}, Logger: quiet, Now: clocktest.Now})
	if err != nil {
		t.Fatal(err)
	}
	tokens, err := token.New(token.Dependencies{Store: empty{}, Logger: quiet, Now: clocktest.Now})
	if err != nil {
		t.Fatal(err)
	}
	operator := secret.NewBearer()
	if err := tokens.AddOperator("test", operator); err != nil {
		t.Fatal(err)
	}
	routes, err := route.NewRegistry(route.Problems{}, f.api.Routes())
	if err != nil {
		t.Fatal(err)
	}
	guarded, err := guard.New(guard.Configuration{}, guard.Dependencies{Routes: routes, Now: clocktest.Now})
	if err != nil {
		t.Fatal(err)
	}
	server, err := httpserver.New(httpserver.Configuration{Listen: "127.0.0.1:0"}, httpserver.Dependencies{
		Handlers: []httpserver.Mount{{Pattern: "/", Handler: tokens.Middleware(accounts.Middleware(guarded.Handler()))}},
		Registry: prometheus.NewRegistry(), Logger: quiet, Now: clocktest.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Stop(context.Background()) })
	base := "http://" + server.Address()

	for target, want := range map[string]int{"/v1/progress": http.StatusUnauthorized, "/openapi.json": http.StatusUnauthorized, "/en/": http.StatusSeeOther} {
		if status, _, _ := fetch(t, base+target, ""); status != want {
			t.Errorf("nobody, %s: %d, want %d", target, status, want)
		}
	}
	status, header, body := fetch(t, base+"/v1/services", operator)
	var list struct {
		Items []struct{ Code string } `json:"items"`
	}
	if err := json.Unmarshal(body, &list); err != nil || status != http.StatusOK || len(list.Items) != 2 {
		t.Errorf("the operator: %d %s, %v", status, body, err)
	}
	if status, _, _ := fetch(t, base+"/v1/services", operator, "If-None-Match", header.Get("ETag")); status != http.StatusNotModified {
		t.Errorf("again: %d", status)
	}
	status, header, body = fetch(t, base+"/v1/progress?on=soon", operator)
	var problem httpserver.Problem
	if err := json.Unmarshal(body, &problem); err != nil || status != http.StatusBadRequest || problem.Reference != header.Get("X-Request-Id") {
		t.Errorf("a bad date: %d %s, %v", status, body, err)
	}
}

// fetch sends a GET without following redirects.
func fetch(t *testing.T, address, bearer string, header ...string) (int, http.Header, []byte) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	if bearer != "" {
		request.Header.Set("Authorization", "Bearer "+bearer)
	}
	for i := 0; i+1 < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, answer.Header, body
}
