package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"mirsad/internal/account"
)

func TestTheProviderStandsFirst(t *testing.T) {
	for _, each := range []struct {
		ways account.Ways
		want []string
	}{
		{account.Ways{}, []string{`name="password"`}},
		{account.Ways{Provider: true}, []string{`href="/en/sign-in/provider?next=%2Fen%2Fusage"`, "<summary>Sign in with a password", `name="password"`}},
		{account.Ways{Provider: true, OnlyAdminsLocally: true}, []string{"/en/sign-in/provider", "<summary>Administrators", `name="password"`}},
	} {
		server := siteOf(t, fixed{figures: fixture()}, nil, &people{ways: each.ways})
		answer, body := get(t, server, "/en/sign-in?next=/en/usage")
		at := 0
		for _, part := range each.want {
			found := strings.Index(body[at:], part)
			if found < 0 {
				t.Fatalf("%+v: %q is missing, or not in its place (%d)", each.ways, part, answer.StatusCode)
			}
			at += found
		}
		if !each.ways.Provider && strings.Contains(body, "/sign-in/provider") {
			t.Error("a button that leads nowhere")
		}
	}
}

func TestTheWayToTheProviderAndBack(t *testing.T) {
	accounts := &people{ways: account.Ways{Provider: true}}
	server := siteOf(t, fixed{figures: fixture()}, nil, accounts)
	if answer, _ := get(t, server, "/en/sign-in/provider?next=/en/usage"); answer.Header.Get("Location") != "https://id.example/authorize?next=/en/usage" {
		t.Errorf("the button leads to %s", answer.Header.Get("Location"))
	}
	answer, _ := get(t, server, account.CallbackPath+"?code=a&state=b")
	if answer.Header.Get("Location") != "/ar/usage" || answer.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("back at %v", answer.Header)
	}
	for err, words := range map[error]string{
		account.ErrNoRole:          "ليس لك دور",
		account.ErrProviderStale:   "ابدأ من جديد",
		account.ErrProviderRefused: "لم يُقبل رد مزوّد الهوية",
		account.ErrAccountDisabled: "أُغلق دخولك",
	} {
		accounts.err = err
		answer, body := get(t, server, account.CallbackPath+"?code=a&state=b")
		if answer.StatusCode != http.StatusForbidden || !strings.Contains(body, words) || !strings.Contains(body, `dir="rtl"`) {
			t.Errorf("%v: %d, and not %q", err, answer.StatusCode, words)
		}
	}
}

func TestSignIn(t *testing.T) {
	server := site(t, fixed{figures: fixture()}, nil)
	post := func(path string, form url.Values, headers ...string) (answer, string) {
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
	good := url.Values{"email": {"minister@example.org"}, "password": {"a long passphrase"}}
	for next, want := range map[string]string{
		"/en/usage?on=2016-06-30": "/en/usage?on=2016-06-30", "": "/ar/", "https://evil.example/": "/ar/", "//evil.example": "/ar/", `/\evil.example`: "/ar/",
	} {
		good.Set("next", next)
		if answer, _ := post("/ar/sign-in", good); answer.StatusCode != http.StatusSeeOther || answer.Header.Get("Location") != want {
			t.Errorf("next %q leads to %s with %d", next, answer.Header.Get("Location"), answer.StatusCode)
		}
	}
	answer, body := post("/en/sign-in", url.Values{"email": {"<b>"}, "password": {"wrong"}})
	if answer.StatusCode != http.StatusUnauthorized || !strings.Contains(body, `role="alert"`) || strings.Contains(body, "<b>\"") {
		t.Errorf("a wrong password answers %d", answer.StatusCode)
	}
	if answer, _ := post("/en/sign-in", good, "Origin", "https://evil.example"); answer.StatusCode != http.StatusForbidden {
		t.Errorf("a form of another site answers %d", answer.StatusCode)
	}
	if answer, _ := post("/en/sign-out", nil); answer.Header.Get("Location") != "/en/sign-in" {
		t.Errorf("signing out leads to %s", answer.Header.Get("Location"))
	}
}
