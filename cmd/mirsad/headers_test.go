package main

import (
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"mirsad/internal/httpserver"
)

// secretPaths begin the addresses of what nobody keeps: who people are, what opens something, what was done and sent.
var secretPaths = []string{
	"/en/people", "/en/tokens", "/en/sessions", "/en/account", "/en/audit", "/en/links", "/v1/people", "/v1/tokens", "/v1/sessions", "/v1/audit",
	"/v1/links", "/v1/receipts", "/v1/quarantine", "/v1/ingest",
}

// asker asks the program as a person whose session it holds.
type asker struct {
	*program
	cookie *http.Cookie
}

// asked is what an answer says beside its body.
type asked struct {
	StatusCode int
	Header     http.Header
}

func (v *asker) ask(t *testing.T, path, tag string) (asked, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, v.service.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if v.cookie != nil {
		request.AddCookie(v.cookie)
	}
	if tag != "" {
		request.Header.Set("If-None-Match", tag)
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
	return asked{answer.StatusCode, answer.Header}, string(body)
}

// signInPlainly signs in without a browser, for the cookie behind TLS does not travel without it.
func (p *program) signInPlainly(t *testing.T, email, password string) *asker {
	t.Helper()
	form := url.Values{"email": {email}, "password": {password}}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.PostForm(p.service.URL+"/en/sign-in", form)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if cookies := answer.Cookies(); len(cookies) == 2 {
		return &asker{program: p, cookie: cookies[0]}
	}
	t.Fatalf("signing in: %d", answer.StatusCode)
	return nil
}

// TestHeadersOfEveryRoute asks every GET route of the table, behind an address with TLS, as an administrator and as nobody.
func TestHeadersOfEveryRoute(t *testing.T) {
	t.Parallel()
	p := serveWith(t, t.TempDir(), []string{"MIRSAD_BASE_URL=https://mirsad.example"})
	p.enterHostileNames(t)
	command := mirsad(t.Context(), t, p.data, "user", "create", "--keep-password", "--email", "admin@example.qa", "--name", "Admin", "--role", "admin")
	command.Stdin = strings.NewReader("a long password of the test\n")
	if words, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, words)
	}
	nobody, person := &asker{program: p}, p.signInPlainly(t, "admin@example.qa", "a long password of the test")
	answered := 0
	for _, each := range declared(t) {
		if each.Method != http.MethodGet {
			continue
		}
		path := strings.NewReplacer("{$}", "", "{path...}", "none", "{month}", "2016-09", "{entity}", "h0", "{service}", "h0-s",
			"{calendar}", "holidays", "/calendars/{name}", "/calendars/holidays", "/schemas/{name}", "/schemas/mirsad.usage.v1",
			"{chart}", "entities.csv", "{campaign}", "autumn", "{id}", "autumn", "{receipt}", "none", "{index}", "0").
			Replace(each.Paths()[0])
		answer, _ := nobody.ask(t, path, "")
		checkHeaders(t, path, answer)
		answer, _ = person.ask(t, path, "")
		checkHeaders(t, path, answer)
		if answer.StatusCode >= http.StatusInternalServerError {
			t.Errorf("%s: %d", path, answer.StatusCode)
		}
		if answer.StatusCode == http.StatusOK {
			answered++
			person.checkKeeping(t, path, answer)
		}
	}
	if answered < 50 {
		t.Errorf("%d routes answer with 200", answered)
	}
}

func checkHeaders(t *testing.T, path string, answer asked) {
	t.Helper()
	for name, want := range map[string]string{
		"Content-Security-Policy": httpserver.ContentSecurityPolicy, "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
		"Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
		"Strict-Transport-Security": "max-age=31536000; includeSubDomains",
		"Permissions-Policy":        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
	} {
		if name == "Referrer-Policy" && strings.HasPrefix(path, "/en/link/") {
			want = "no-referrer" // the address holds a secret
		}
		if got := answer.Header.Get(name); got != want {
			t.Errorf("%s: %s is %q, want %q", path, name, got, want)
		}
	}
	if answer.Header.Get("Access-Control-Allow-Origin") != "" || answer.Header.Get("Server") != "" {
		t.Errorf("%s: %v", path, answer.Header)
	}
}

// checkKeeping makes sure that what nobody may keep says so, and that the rest is kept privately and asked for again.
func (v *asker) checkKeeping(t *testing.T, path string, answer asked) {
	t.Helper()
	kept, tag := answer.Header.Get("Cache-Control"), answer.Header.Get("ETag")
	secret := slices.ContainsFunc(secretPaths, func(begin string) bool { return strings.HasPrefix(path, begin) })
	switch {
	case kept == "no-store" && tag == "":
	case secret:
		t.Errorf("%s is kept: %q, ETag %q", path, kept, tag)
	case kept != "private, no-cache" || tag == "":
		t.Errorf("%s: Cache-Control %q, ETag %q", path, kept, tag)
	default:
		if again, body := v.ask(t, path, tag); again.StatusCode != http.StatusNotModified || body != "" || again.Header.Get("Cache-Control") != kept {
			t.Errorf("%s asked again: %d with %d bytes", path, again.StatusCode, len(body))
		}
	}
}
