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
	"/submit?entity=h1", "/submit/milestone?entity=h1", "/submit?entity=h0", "/review", "/review/h0/1", "/links", "/submissions",
	"/claims/h0-s", "/review/claims", "/review/claims?service=h0-s", "/statements?entity=h0",
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

// enterHostilePlans submits a plan with a proposed service of every hostile name, and claims levels with such evidence.
func (p *program) enterHostilePlans(t *testing.T) {
	t.Helper()
	var milestones []map[string]any
	for n, name := range hostileNames {
		milestones = append(milestones, map[string]any{
			"service": fmt.Sprintf("p%d", n), "proposed": map[string]string{"name": name, "name_ar": name}, "level": 4,
			"planned_on": fmt.Sprintf("2027-03-%02d", n+1), "depends_on": []string{"h1", "h2"}, "note": name, "reason": name,
		})
		p.send201(fmt.Sprintf("/v1/services/h%d-s/assessments", n), map[string]any{
			"level": 1, "effective_on": "2016-02-01", "comment": name, "answers": []map[string]string{{"criterion": "info", "answer": "yes", "text": name}},
		})
	}
	p.send201("/v1/entities/h0/plan-revisions", map[string]any{"milestones": milestones, "comment": hostileNames[1]})
}

// send201 posts what is to be recorded.
func (p *program) send201(path string, body any) {
	p.t.Helper()
	content, err := json.Marshal(body)
	if err != nil {
		p.t.Fatal(err)
	}
	if status, answer := p.request(http.MethodPost, path, "application/json", content); status != http.StatusCreated {
		p.t.Fatalf("POST %s: %d %s", path, status, answer)
	}
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
