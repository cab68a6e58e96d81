package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// officePages show what administrators enter and what the audit record keeps of it.
var officePages = []string{
	"/account", "/people", "/people?q=window", "/tokens", "/sessions", "/audit", "/audit?action=administer",
	"/admin", "/admin/calendars/holidays", "/admin/campaigns", "/admin/campaigns/h1",
	"/submit?entity=h1", "/submit/milestone?entity=h1", "/review",
}

// enterHostileDecisions records the corpus as what administrators enter: people, settings, a calendar, campaigns, each
// with its reason.
func (p *program) enterHostileDecisions(t *testing.T) {
	t.Helper()
	for n, name := range hostileNames[:6] { // a process each: these are the ones that run where somebody is careless
		command := mirsad(t.Context(), t, p.data, "user", "create", "--keep-password", "--name", name, "--role", "admin",
			"--email", fmt.Sprintf("h%d@example.qa", n))
		command.Stdin = strings.NewReader(hostilePassword + "\n")
		if words, err := command.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, words)
		}
	}
	settings := p.settingsNow()
	settings["name"], settings["name_ar"], settings["classification"] = hostileNames[1], hostileNames[0], hostileNames[2]
	settings["reason"] = hostileNames[10]
	p.record("/v1/programme", settings)
	var days []map[string]string
	for n, name := range hostileNames {
		day := fmt.Sprintf("2016-02-%02d", n+1)
		days = append(days, map[string]string{"from": day, "name": name, "name_ar": name})
		p.record(fmt.Sprintf("/v1/campaigns/h%d", n), map[string]any{
			"name": name, "name_ar": name, "starts_on": day, "ends_on": "2016-03-31", "services": []string{"h0-s"}, "reason": name,
		})
	}
	p.record("/v1/calendars/holidays", map[string]any{"days": days, "reason": hostileNames[2]})
}

const hostilePassword = "a long password of the test"

// record sends what an administrator decides.
func (p *program) record(path string, body any) {
	p.t.Helper()
	content, err := json.Marshal(body)
	if err != nil {
		p.t.Fatal(err)
	}
	if status, answer := p.request(http.MethodPut, path, "application/json", content); status != http.StatusOK {
		p.t.Fatalf("PUT %s: %d %s", path, status, answer)
	}
}
