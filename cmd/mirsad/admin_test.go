package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// checkAdministration changes the programme's goal in the browser, as its administrator, and looks for the change
// where programs read it; then it tries to change it once more from what stood before.
func checkAdministration(t *testing.T, p *program) {
	t.Helper()
	before := p.settingsNow()
	b := openBrowser(t, p.service.URL)
	email, password := p.person("admin")
	b.signIn(p.service.URL, email, password)
	b.takeFaults()
	followed := map[string]bool{}
	for _, language := range []string{"en", "ar"} {
		for _, path := range []string{"/admin", "/admin/calendars/ramadan", "/admin/campaigns", "/admin/campaigns/spring"} {
			b.open(p.service.URL + "/" + language + path)
			if strings.Contains(b.text(), "⟦") {
				t.Errorf("%s%s: a text is missing", language, path)
			}
			for _, fault := range append(append(b.axe(), b.takeFaults()...), b.deadLinks(followed)...) {
				t.Errorf("%s%s: %s", language, path, fault)
			}
		}
	}
	b.open(p.service.URL + "/en/admin")
	b.run(
		chromedp.SetValue(`input[name=goal]`, "1234"), chromedp.SendKeys(`input[name=reason]`, "The cabinet decided so."),
		chromedp.Click(`button[value=save]`), chromedp.WaitVisible(`[role=status].remark`),
	)
	if text := b.text(); !strings.Contains(text, "Saved as version") || !strings.Contains(text, "The cabinet decided so.") || !strings.Contains(text, "user/"+email) {
		t.Errorf("the page does not tell of the change: %s", text)
	}
	eventually(t, "the new goal", func() bool { return p.settingsNow()["goal"] == 1234.0 })
	after := p.settingsNow()
	if after["version"] != before["version"].(float64)+1 {
		t.Errorf("version %v after %v", after["version"], before["version"])
	}
	before["goal"], before["reason"] = 900, "too late"
	content, err := json.Marshal(before)
	if err != nil {
		t.Fatal(err)
	}
	status, answer := p.request(http.MethodPut, "/v1/programme", "application/json", content)
	if status != http.StatusConflict || !strings.Contains(string(answer), "user/"+email) {
		t.Errorf("a change of what stood before: %d %s", status, answer)
	}
	status, answer = p.request(http.MethodPut, "/v1/services/nothing.here", "application/json", []byte(`{"name":"x"}`))
	if status != http.StatusUnprocessableEntity {
		t.Errorf("a service without its parts: %d %s", status, answer)
	}
}

// settingsNow returns the settings as the API answers them.
func (p *program) settingsNow() map[string]any {
	p.t.Helper()
	var settings map[string]any
	p.get("/v1/programme", &settings)
	return settings
}
