package main

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"mirsad/internal/programme"
)

// checkClaims claims a level as the sample's agency, verifies it as its planner, and looks for both in the audit record and
// where programs read; on the way it looks at the pages of claims and submissions.
func checkClaims(t *testing.T, p *program) {
	t.Helper()
	agency := openBrowser(t, p.service.URL)
	email, password := p.person("agency")
	agency.signIn(p.service.URL, email, password)
	agency.takeFaults()
	var page string
	agency.open(p.service.URL + "/en/claims")
	agency.run(chromedp.Evaluate(`document.querySelector("tbody td:last-child a").pathname`, &page))
	service := page[strings.LastIndex(page, "/")+1:]
	for _, language := range []string{"en", "ar"} {
		for _, path := range []string{"/claims", "/claims/" + service, "/submissions"} {
			agency.lookAt(t, p, language, path)
		}
	}
	agency.open(p.service.URL + page)
	fill := []chromedp.Action{chromedp.SetValue(`#f-effective_on`, "2016-09-29"), chromedp.SetValue(`#f-level`, "")}
	for _, criterion := range programme.Criteria() {
		id, answer := "#f-answers-"+string(criterion), "no"
		if criterion == programme.CriterionInfo || criterion == programme.CriterionForm {
			answer = "yes"
		}
		fill = append(fill, chromedp.SetValue(id, answer), chromedp.SetValue(id+"-text", "It is so."))
	}
	agency.run(append(fill, chromedp.Click(`button[value="claim"]`), chromedp.WaitVisible(`[role=status].remark`))...)
	planner := openBrowser(t, p.service.URL)
	other, password := p.person("planner")
	planner.signIn(p.service.URL, other, password)
	planner.takeFaults()
	var answer struct {
		Items []struct {
			ID, Actor, State string
			Level            programme.Level
		}
	}
	p.get("/v1/services/"+service+"/assessments", &answer)
	claim := ""
	for _, each := range answer.Items {
		if each.State == "open" && each.Actor == "user/"+email && each.Level == programme.LevelInteractive {
			claim = "/review/claims/" + service + "/" + each.ID
		}
	}
	for _, language := range []string{"en", "ar"} {
		for _, path := range []string{"/review/claims", claim, "/submissions"} {
			planner.lookAt(t, p, language, path)
		}
	}
	planner.open(p.service.URL + "/ar" + claim)
	planner.run(chromedp.Click(`button[value="verify"]`), chromedp.WaitVisible(`[role=status].remark`))
	var found struct {
		LevelVerified programme.Level `json:"level_verified"`
	}
	for deadline := time.Now().Add(10 * time.Second); found.LevelVerified != programme.LevelInteractive && time.Now().Before(deadline); {
		time.Sleep(200 * time.Millisecond)
		p.get("/v1/services/"+service+"?on=2016-09-30", &found)
	}
	if found.LevelVerified != programme.LevelInteractive {
		t.Errorf("verified level %d", found.LevelVerified)
	}
	var audit struct {
		Items []struct{ Actor, Action, Object, Before, After any }
	}
	p.get("/v1/audit", &audit)
	told := map[any]bool{}
	for _, row := range audit.Items {
		if object, is := row.Object.(string); is && strings.HasPrefix(object, "assessment/"+service+"/") && row.After != nil {
			told[row.Action] = true
		}
	}
	if !told["claim"] || !told["verify"] {
		t.Errorf("the audit record tells of %v", told)
	}
}
