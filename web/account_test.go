package web

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"mirsad/internal/account"
)

func postForm(t *testing.T, server *httptest.Server, path string, form url.Values, headers ...string) (answer, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	return do(t, request)
}

func TestOnesOwnAccount(t *testing.T) {
	t.Parallel()
	accounts := &people{person: executive}
	server := siteOf(t, fixed{figures: fixture()}, &executive, accounts)
	for path, words := range map[string][]string{
		"/en/account":               {"The Minister", "Executive", "5 October 2016", `value="there"`, `action="/en/account/password"`, `href="/ar/account"`},
		"/ar/account":               {"مسؤول تنفيذي", `action="/ar/account/sessions"`, `dir="rtl"`},
		"/en/account?done=password": {`role="status"`, "all your other sessions have ended"},
		"/en/account?done=<b>":      {"Your account"},
	} {
		answer, body := get(t, server, path)
		for _, each := range words {
			if answer.StatusCode != http.StatusOK || !strings.Contains(body, each) {
				t.Errorf("%s: %d, without %q", path, answer.StatusCode, each)
			}
		}
		if answer.Header.Get("Cache-Control") != "no-store" || strings.Contains(body, `value="here"`) || strings.Contains(body, "<b>") {
			t.Errorf("%s: kept as %q, or the session in use can be ended by mistake", path, answer.Header.Get("Cache-Control"))
		}
	}
	accounts.first = true
	if _, body := get(t, server, "/en/account"); !strings.Contains(body, "Somebody else chose your password") || strings.Contains(body, `class="menu"`) {
		t.Error("a first password is not named, or ways are shown that are closed")
	}
	accounts.first, accounts.issuer = false, "https://id.example"
	if _, body := get(t, server, "/en/account"); strings.Contains(body, `type="password"`) || !strings.Contains(body, "its password is changed there") {
		t.Error("a person of the provider is asked for a password")
	}
}

func TestChangingThePassword(t *testing.T) {
	accounts := &people{person: executive}
	server := siteOf(t, fixed{figures: fixture()}, &executive, accounts)
	form := url.Values{"present": {"old"}, "new": {"a password of my own"}, "repeat": {"a password of my own"}}
	if answer, _ := postForm(t, server, "/ar/account/password", form); answer.Header.Get("Location") != "/ar/account?done=password" ||
		accounts.changed != "old to a password of my own" {
		t.Errorf("leads to %s after %q", answer.Header.Get("Location"), accounts.changed)
	}
	for err, words := range map[error]string{
		account.ErrPasswordWrong: "The current password is wrong", account.ErrPasswordWeak: "at least 12 characters",
		account.ErrPasswordSame: "Choose another", account.ErrTooManyAttempts: "Too many attempts",
	} {
		accounts.err = err
		status := http.StatusUnprocessableEntity
		if errors.Is(err, account.ErrTooManyAttempts) {
			status = http.StatusTooManyRequests
		}
		answer, body := postForm(t, server, "/en/account/password", form)
		if answer.StatusCode != status || !strings.Contains(body, words) || strings.Contains(body, "a password of my own") {
			t.Errorf("%v: %d, or without %q, or with the password", err, answer.StatusCode, words)
		}
	}
	accounts.err, accounts.changed = nil, ""
	form.Set("repeat", "another")
	if answer, body := postForm(t, server, "/en/account/password", form); answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "The two new passwords do not match") {
		t.Errorf("two that differ: %d", answer.StatusCode)
	}
	if answer, _ := postForm(t, server, "/en/account/password", form, "Sec-Fetch-Site", "cross-site"); answer.StatusCode != http.StatusForbidden || accounts.changed != "" {
		t.Errorf("another site's form: %d, changed %q", answer.StatusCode, accounts.changed)
	}
}

func TestEndingASession(t *testing.T) {
	accounts := &people{person: executive}
	server := siteOf(t, fixed{figures: fixture()}, &executive, accounts)
	answer, _ := postForm(t, server, "/en/account/sessions", url.Values{"session": {"there"}})
	if answer.Header.Get("Location") != "/en/account?done=session" || accounts.ended != "there" {
		t.Errorf("leads to %s after %q", answer.Header.Get("Location"), accounts.ended)
	}
}
