package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/clocktest"
	"mirsad/internal/programme"
)

// The people of a claim: two of the entity's, two planners, and another entity's token.
var (
	claimant   = access.Principal{ID: "user/agency@moi", Role: access.RoleAgency, Entity: "moi"}
	firstDesk  = access.Principal{ID: "user/first@office", Role: access.RolePlanner}
	secondDesk = access.Principal{ID: "user/second@office", Role: access.RolePlanner}
	stranger   = access.Principal{ID: "token/moj", Scopes: []access.Scope{access.ScopePlan}, Entity: "moj"}
)

// sendAs asks the API as somebody.
func (o *office) sendAs(who access.Principal, method, target, content string) (int, map[string]any) {
	o.t.Helper()
	r := httptest.NewRequestWithContext(access.WithPrincipal(o.t.Context(), who), method, target, strings.NewReader(content))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	o.api.router.ServeHTTP(w, r)
	answer := map[string]any{}
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		o.t.Errorf("%s %s: %v in %s", method, target, err, w.Body)
	}
	return w.Code, answer
}

// claimOf is the body of a claim of level 3, which all answers hold.
func claimOf(payment string) string {
	answers := []string{`{"criterion":"info","answer":"yes","url":"https://moi.example/info"}`}
	for _, criterion := range programme.CriteriaOf(programme.LevelTransactional) {
		answer := "yes"
		if criterion == programme.CriterionPayment {
			answer = payment
		}
		answers = append(answers, fmt.Sprintf(`{"criterion":%q,"answer":%q,"text":"as seen on 1 May"}`, criterion, answer))
	}
	return `{"level":3,"effective_on":"2016-05-01","comment":"live","answers":[` + strings.Join(answers, ",") + `]}`
}

// verifiedNow is the level that figures tell of the service.
func (o *office) verifiedNow() float64 {
	o.t.Helper()
	return o.must(http.MethodGet, "/v1/services/forms", "")["level_verified"].(float64)
}

const assessmentsOf = "/v1/services/forms/assessments"

func TestALevelIsClaimedReturnedClaimedAgainAndVerified(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	if status, answer := o.sendAs(claimant, http.MethodPost, assessmentsOf, claimOf("no")); status != http.StatusUnprocessableEntity ||
		answer["errors"].([]any)[0].(map[string]any)["field"] != "answers.payment" {
		t.Errorf("more than the answers reach: %d %v", status, answer)
	}
	status, answer := o.sendAs(claimant, http.MethodPost, assessmentsOf+"?dry_run=true", claimOf("yes"))
	if claim := answer["claim"].(map[string]any); status != http.StatusOK || answer["dry_run"] != true || claim["state"] != "open" || claim["number"] != 1.0 {
		t.Errorf("a trial: %d %v", status, answer)
	}
	status, answer = o.sendAs(claimant, http.MethodPost, assessmentsOf, claimOf("yes"))
	if claim := answer["claim"].(map[string]any); status != http.StatusCreated || claim["level"] != 3.0 || claim["id"] == "" {
		t.Fatalf("a claim: %d %v", status, answer)
	}
	status, answer = o.sendAs(claimant, http.MethodPost, assessmentsOf, claimOf("yes"))
	if claim := answer["claim"].(map[string]any); status != http.StatusOK || answer["unchanged"] != true || claim["state"] != "open" || claim["number"] != 1.0 {
		t.Errorf("the same again: %d %v", status, answer)
	}
	decide := func(who access.Principal, n, content string) (int, map[string]any) {
		return o.sendAs(who, http.MethodPost, assessmentsOf+"/"+n+"/verification", content)
	}
	if status, _ := decide(firstDesk, "1", `{"decision":"return","criterion":"payment"}`); status != http.StatusUnprocessableEntity {
		t.Errorf("returned without a word: %d", status)
	}
	if status, answer := decide(firstDesk, "1", `{"decision":"return","criterion":"payment","comment":"Paid at the counter."}`); status != http.StatusOK ||
		answer["claim"].(map[string]any)["state"] != "returned" {
		t.Errorf("returned: %d %v", status, answer)
	}
	if status, _ := o.sendAs(claimant, http.MethodPost, assessmentsOf, claimOf("yes")); status != http.StatusCreated {
		t.Errorf("claimed again: %d", status)
	}
	before := o.verifiedNow()
	status, answer = decide(firstDesk, "3", `{"decision":"verify","effective_on":"2016-06-01","recheck_on":"2016-12-01"}`)
	if claim := answer["claim"].(map[string]any); status != http.StatusOK || claim["state"] != "verified" || claim["version"] != 1.0 {
		t.Errorf("verified: %d %v", status, answer)
	}
	if after := o.verifiedNow(); before != 1 || after != 3 {
		t.Errorf("level %v, then %v", before, after)
	}
	items := o.must(http.MethodGet, assessmentsOf, "")["items"].([]any)
	if len(items) != 3 || items[1].(map[string]any)["state"] != "returned" || items[2].(map[string]any)["state"] != "verified" {
		t.Errorf("listed: %v", items)
	}
}

func TestFourEyesOnAClaim(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	event := programme.Rollout{
		ID: "0123456789abcdef0123456789abcdef", Entity: "moi", Service: "forms", Source: "moi", EventID: "7", Action: programme.ActionUpgrade,
		Level: programme.LevelInteractive, EffectiveOn: civil.NewDate(2016, 4, 1), Actor: "token/moi", RecordedAt: clocktest.Now(),
	}
	if err := o.db.InsertRollouts(t.Context(), "upgrade", []programme.Rollout{event}); err != nil {
		t.Fatal(err)
	}
	planner := access.Principal{ID: "token/moi", Scopes: []access.Scope{access.ScopeReview, access.ScopeEvents}}
	target := assessmentsOf + "/" + event.ID + "/verification"
	if status, answer := o.sendAs(planner, http.MethodPost, target, `{"decision":"verify"}`); status != http.StatusForbidden || answer["code"] != "own_claim" {
		t.Errorf("the sender of the event verifies it: %d %v", status, answer)
	}
	if status, answer := o.sendAs(admin, http.MethodPost, assessmentsOf, claimOf("yes")); status != http.StatusCreated {
		t.Fatalf("the administrator claims: %d %v", status, answer)
	}
	if status, answer := o.sendAs(admin, http.MethodPost, assessmentsOf+"/1/verification", `{"decision":"verify"}`); status != http.StatusForbidden || answer["code"] != "own_claim" {
		t.Errorf("the claimant verifies: %d %v", status, answer)
	}
	if got := o.verifiedNow(); got != 1 {
		t.Errorf("verified level %v", got)
	}
	if status, answer := o.sendAs(firstDesk, http.MethodPost, target, `{"decision":"verify"}`); status != http.StatusOK {
		t.Errorf("another verifies the event's claim by its id: %d %v", status, answer)
	}
	if got := o.verifiedNow(); got != 2 {
		t.Errorf("verified level %v, want the event's", got)
	}
}

func TestOfTwoPlannersOneDecides(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	if status, answer := o.sendAs(claimant, http.MethodPost, assessmentsOf, claimOf("yes")); status != http.StatusCreated {
		t.Fatal(status, answer)
	}
	desks := []access.Principal{firstDesk, secondDesk}
	bodies := []string{`{"decision":"verify"}`, `{"decision":"return","criterion":"apply","comment":"no"}`}
	statuses, answers := make([]int, 2), make([]map[string]any, 2)
	var both sync.WaitGroup
	for i := range desks {
		both.Go(func() {
			statuses[i], answers[i] = o.sendAs(desks[i], http.MethodPost, assessmentsOf+"/1/verification", bodies[i])
		})
	}
	both.Wait()
	winner, loser := 0, 1
	if statuses[0] == http.StatusConflict {
		winner, loser = 1, 0
	}
	if statuses[winner] != http.StatusOK || statuses[loser] != http.StatusConflict || answers[loser]["decided_by"] != desks[winner].ID {
		t.Errorf("%v: %v", statuses, answers)
	}
	stream, err := o.db.Stream(t.Context(), programme.FamilyAssessment, "forms")
	if err != nil || len(stream) != 2 {
		t.Errorf("%d facts, %v", len(stream), err)
	}
	if status, answer := o.sendAs(desks[loser], http.MethodPost, assessmentsOf+"/1/verification", bodies[loser]); status != http.StatusConflict ||
		answer["decided_by"] != desks[winner].ID {
		t.Errorf("afterwards: %d %v", status, answer)
	}
}

func TestAnotherEntitysServiceIsNotClaimed(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for method, target := range map[string]string{http.MethodGet: assessmentsOf, http.MethodPost: assessmentsOf} {
		if status, answer := o.sendAs(stranger, method, target, claimOf("yes")); status != http.StatusNotFound {
			t.Errorf("%s: %d %v", method, status, answer)
		}
	}
	if status, _ := o.sendAs(claimant, http.MethodPost, "/v1/services/none/assessments", claimOf("yes")); status != http.StatusNotFound {
		t.Errorf("an unknown service: %d", status)
	}
	if status, _ := o.sendAs(firstDesk, http.MethodPost, assessmentsOf, claimOf("yes")); status != http.StatusForbidden {
		t.Errorf("a planner claims: %d", status)
	}
	if status, answer := o.sendAs(claimant, http.MethodPost, assessmentsOf, `{"level":"x","colour":1,"effective_on":"2016-05-01"}`); status != http.StatusUnprocessableEntity ||
		len(answer["errors"].([]any)) < 3 {
		t.Errorf("a bad body: %d %v", status, answer)
	}
}
