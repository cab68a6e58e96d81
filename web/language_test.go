package web

import "testing"

func TestTheFrontDoorSpeaksTheBrowsersLanguage(t *testing.T) {
	server := site(t, fixed{figures: fixture()}, &executive)
	for header, want := range map[string]string{"ar-QA,ar;q=0.9": "/ar/", "en-GB": "/en/", "": "/en/", "fr,ar;q=0.5": "/ar/"} {
		answer, _ := get(t, server, "/", "Accept-Language", header)
		if got := answer.Header.Get("Location"); got != want {
			t.Errorf("%q leads to %s, want %s", header, got, want)
		}
	}
}
