package web

import (
	"net/http"
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
