package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// visitor is a person's browser without a screen: it keeps cookies and stops at every redirect.
type visitor struct {
	t      *testing.T
	base   string
	client *http.Client
}

func (p *program) visitor() *visitor {
	p.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		p.t.Fatal(err)
	}
	stop := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &visitor{t: p.t, base: p.service.URL, client: &http.Client{Jar: jar, CheckRedirect: stop, Timeout: time.Minute}}
}

// do sends a form, or nothing, and returns the status, where to go on and the body.
func (v *visitor) do(method, path string, form ...string) (status int, location, body string) {
	v.t.Helper()
	values := url.Values{}
	for i := 0; i+1 < len(form); i += 2 {
		values.Set(form[i], form[i+1])
	}
	request, err := http.NewRequestWithContext(v.t.Context(), method, v.base+path, strings.NewReader(values.Encode()))
	if err != nil {
		v.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := v.client.Do(request)
	if err != nil {
		v.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return answer.StatusCode, answer.Header.Get("Location"), string(content)
}

const firstPassword, ownPassword = "chosen by the administrator", "chosen by the planner"

// TestSignInFirstUseAndSessions goes the way of a person who was just given an account.
func TestSignInFirstUseAndSessions(t *testing.T) {
	p := serve(t, t.TempDir())
	if !strings.Contains(p.words.String(), "not reached over TLS") {
		t.Error("no warning about the cookie's plain name")
	}
	for email, role := range map[string]string{"planner@example.qa": "planner", "admin@example.qa": "admin"} {
		command := mirsad(t.Context(), t, p.data, "user", "create", "--email", email, "--role", role)
		if role == "admin" {
			command.Args = append(command.Args, "--keep-password")
		}
		command.Stdin = strings.NewReader(firstPassword + "\n")
		if words, err := command.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, words)
		}
	}
	v := p.visitor()
	v.do("POST", "/en/sign-in", "email", "planner@example.qa", "password", firstPassword)
	if status, to, _ := v.do("GET", "/ar/usage"); status != http.StatusSeeOther || to != "/ar/account" {
		t.Errorf("with a first password: %d to %s", status, to)
	}
	if status, _, body := v.do("GET", "/ar/account"); status != http.StatusOK || !strings.Contains(body, "اختار شخص آخر كلمة مرورك") {
		t.Errorf("the account's page: %d", status)
	}
	status, to, _ := v.do("POST", "/en/account/password", "present", firstPassword, "new", ownPassword, "repeat", ownPassword)
	if status != http.StatusSeeOther || to != "/en/account?done=password" {
		t.Fatalf("the change: %d to %s", status, to)
	}
	if status, _, _ := v.do("GET", "/en/"); status != http.StatusOK {
		t.Errorf("afterwards the overview answers %d", status)
	}

	admin := p.visitor()
	admin.do("POST", "/en/sign-in", "email", "admin@example.qa", "password", firstPassword)
	_, _, body := admin.do("GET", "/v1/sessions")
	var list struct {
		Items []struct{ ID, Account string }
	}
	if err := json.Unmarshal([]byte(body), &list); err != nil || len(list.Items) != 2 {
		t.Fatalf("an administrator sees %s, %v", body, err)
	}
	for _, each := range list.Items {
		if each.Account == "planner@example.qa" {
			if status, _, body := admin.do("DELETE", "/v1/sessions/"+each.ID); status != http.StatusNoContent {
				t.Errorf("ending it: %d %s", status, body)
			}
		}
	}
	if status, to, _ := v.do("GET", "/en/"); status != http.StatusSeeOther || !strings.HasPrefix(to, "/en/sign-in") {
		t.Errorf("the ended session opens the overview: %d", status)
	}
}

// TestOIDCIsWired looks at what the settings make of the sign-in page and of the way to the provider.
func TestOIDCIsWired(t *testing.T) {
	var provider *httptest.Server
	provider = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(map[string]string{
			"issuer": provider.URL, "authorization_endpoint": provider.URL + "/authorize", "token_endpoint": provider.URL + "/token",
			"jwks_uri": provider.URL + "/keys",
		})
	}))
	defer provider.Close()
	p := serveWith(t, t.TempDir(), []string{
		"MIRSAD_OIDC_ISSUER=" + provider.URL, "MIRSAD_OIDC_CLIENT_ID=mirsad", "MIRSAD_OIDC_CLIENT_SECRET=0123456789abcdef",
		"MIRSAD_OIDC_ROLES=planner=planners", "MIRSAD_BASE_URL=http://localhost:8080",
	})
	v := p.visitor()
	if _, _, body := v.do("GET", "/en/sign-in?next=/en/usage"); !strings.Contains(body, `href="/en/sign-in/provider?next=%2Fen%2Fusage"`) {
		t.Error("no button on the sign-in page")
	}
	status, to, _ := v.do("GET", "/en/sign-in/provider?next=/en/usage")
	sent, err := url.Parse(to)
	if err != nil || status != http.StatusSeeOther || !strings.HasPrefix(to, provider.URL+"/authorize?") {
		t.Fatalf("%d to %s", status, to)
	}
	asked := sent.Query()
	if asked.Get("redirect_uri") != "http://localhost:8080/sign-in/callback" || asked.Get("code_challenge_method") != "S256" ||
		asked.Get("scope") != "openid profile email" || asked.Get("state") == "" || asked.Get("nonce") == "" {
		t.Errorf("asked for %v", asked)
	}
	if status, _, body := v.do("GET", "/sign-in/callback?code=a&state=b"); status != http.StatusForbidden || !strings.Contains(body, "Begin again here") {
		t.Errorf("another state: %d", status)
	}

	_, words, code := runWith(t, t.TempDir(), []string{"MIRSAD_OIDC_ISSUER=http://id.example", "MIRSAD_TRUSTED_PROXIES=everybody"}, "version")
	for _, name := range []string{"MIRSAD_OIDC_ISSUER", "MIRSAD_OIDC_CLIENT_ID", "MIRSAD_OIDC_CLIENT_SECRET", "MIRSAD_OIDC_ROLES", "MIRSAD_BASE_URL", "MIRSAD_TRUSTED_PROXIES"} {
		if code != exitWrongUse || !strings.Contains(words, name) {
			t.Errorf("exit %d, and %s is not named in %q", code, name, words)
		}
	}
}
