package accounttest

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
)

// flowCookie ends the name of the cookie of a sign-in under way at the provider.
const flowCookie = "mirsad-sign-in"

// knownCookie is in the name of the sign that a person has signed in before.
const knownCookie = "mirsad-known-"

// Browser keeps a cookie between requests, as a person's does; a program sends a bearer instead.
type Browser struct {
	Site   *Site
	Cookie *http.Cookie
	Flow   *http.Cookie // of a sign-in under way at the provider
	Known  *http.Cookie // the sign that its person has signed in here before
	Bearer string
}

// Do sends a form.
func (b *Browser) Do(method, target string, form url.Values) *httptest.ResponseRecorder {
	b.Site.T.Helper()
	body := strings.NewReader(form.Encode())
	r := httptest.NewRequestWithContext(b.Site.T.Context(), method, target, body)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, cookie := range []*http.Cookie{b.Cookie, b.Flow, b.Known} {
		if cookie != nil {
			r.AddCookie(cookie)
		}
	}
	if b.Bearer != "" {
		r.Header.Set("Authorization", "Bearer "+b.Bearer)
	}
	w := httptest.NewRecorder()
	b.Site.Handler.ServeHTTP(w, r)
	for _, cookie := range w.Result().Cookies() {
		place := &b.Cookie
		switch {
		case strings.HasSuffix(cookie.Name, flowCookie):
			place = &b.Flow
		case strings.Contains(cookie.Name, knownCookie):
			place = &b.Known
		}
		*place = cookie
		if cookie.MaxAge < 0 {
			*place = nil
		}
	}
	return w
}

// Get asks for a page.
func (b *Browser) Get(target string) *httptest.ResponseRecorder {
	return b.Do(http.MethodGet, target, nil)
}

// SignIn tries the form and reports whether it let the person in.
func (b *Browser) SignIn(email, password string) bool {
	b.Site.T.Helper()
	form := url.Values{"email": {email}, "password": {password}}
	return b.Do(http.MethodPost, "/en/sign-in", form).Code == http.StatusOK
}

// Knows reports whether the site knows who asks.
func (b *Browser) Knows() bool {
	b.Site.T.Helper()
	return b.Get("/en/").Code == http.StatusOK
}
