package httpserver

import (
	"fmt"
	"net/http"
	"testing"
)

// attempt tries to sign in with an X-Forwarded-For and reports whether it is slowed down.
func (s *running) attempt(forwarded string) bool {
	s.t.Helper()
	answer, _ := s.do("POST", s.url+"/en/sign-in", "X-Forwarded-For", forwarded)
	return answer.StatusCode == http.StatusTooManyRequests
}

// Who reaches the program without a proxy says what they like in X-Forwarded-For, and stays who they are.
func TestAForgedForwardedForChangesNothing(t *testing.T) {
	for why, proxies := range map[string][]string{"no proxy": nil, "a proxy elsewhere": {"10.0.0.0/8"}} {
		s := start(t, Configuration{SignInsPerMinute: 3, TrustedProxies: proxies}, nil)
		for i := range 4 {
			if limited := s.attempt(fmt.Sprintf("203.0.113.%d", i)); limited != (i == 3) {
				t.Errorf("%s: attempt %d under another address: limited %v", why, i+1, limited)
			}
		}
	}
}

// Behind a proxy the last address that no proxy has is the client: those before it are the client's own words.
func TestBehindAProxyTheLastUntrustedAddressCounts(t *testing.T) {
	s := start(t, Configuration{SignInsPerMinute: 3, TrustedProxies: []string{"127.0.0.0/8", "10.0.0.0/8"}}, nil)
	for i := range 4 {
		if limited := s.attempt(fmt.Sprintf("198.51.100.%d, 203.0.113.7, 10.1.2.3", i)); limited != (i == 3) {
			t.Errorf("attempt %d with a forged beginning: limited %v", i+1, limited)
		}
	}
	if s.attempt("203.0.113.7, 203.0.113.8, 10.1.2.3") {
		t.Error("another client is limited for what the first did")
	}
}

func TestTheWayToTheProviderIsLimited(t *testing.T) {
	s := start(t, Configuration{SignInsPerMinute: 3}, nil)
	for i, target := range []string{"/en/sign-in/provider", "/sign-in/callback?code=a", "/ar/sign-in/provider", "/sign-in/callback?code=b"} {
		if answer, _ := s.do("GET", s.url+target); (answer.StatusCode == http.StatusTooManyRequests) != (i == 3) {
			t.Errorf("%s: %d", target, answer.StatusCode)
		}
	}
}

func TestOneAddressDoesNotTakeWhatIsForAll(t *testing.T) {
	s := start(t, Configuration{RequestsPerSecond: 1, TrustedProxies: []string{"127.0.0.0/8"}}, nil)
	ask := func(path, client string) (int, string) {
		answer, _ := s.do("GET", s.url+path, "X-Forwarded-For", client)
		return answer.StatusCode, answer.Header.Get("Retry-After")
	}
	for range 10 {
		if status, _ := ask("/en/", "203.0.113.7"); status != http.StatusOK {
			t.Fatalf("within the limit: %d", status)
		}
	}
	if status, wait := ask("/v1/progress", "203.0.113.7"); status != http.StatusTooManyRequests || wait == "" {
		t.Errorf("over the limit: %d, Retry-After %q", status, wait)
	}
	for path, client := range map[string]string{"/en/": "203.0.113.8", "/healthz": "203.0.113.7", "/static/app.js": "203.0.113.7"} {
		if status, _ := ask(path, client); status != http.StatusOK {
			t.Errorf("%s by %s: %d", path, client, status)
		}
	}
}
