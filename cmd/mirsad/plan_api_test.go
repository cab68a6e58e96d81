package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mirsad/internal/register"
)

// TestAPlanGoesItsWholeRoundByTheAPI is the round of the pages with tokens: the template is taken, forty rows with four faults
// are sent and told by cell, mended, tried, submitted; a planner returns one milestone and approves the others.
func TestAPlanGoesItsWholeRoundByTheAPI(t *testing.T) {
	p := serve(t, t.TempDir())
	p.enterPlannedServices(t)
	before := p.plannedByTheEnd(t)
	agency := strings.TrimSpace(firstLine(p.must("token", "create", "--scope", "plan", "--entity", "moi")))
	planner := strings.TrimSpace(firstLine(p.must("token", "create", "--scope", "review")))
	const plan = "/v1/entities/moi/plan-revisions"
	status, content := p.as(agency, http.MethodGet, "/v1/entities/moi/plan-template.xlsx?lang=ar", "", nil)
	if status != http.StatusOK {
		t.Fatalf("the template: %d %s", status, content)
	}
	template := filepath.Join(t.TempDir(), "template.xlsx")
	if err := os.WriteFile(template, content, 0o600); err != nil {
		t.Fatal(err)
	}
	wrong, cells := fillPlan(t, template, true)
	if told := p.cellsTold(t, agency, plan, wrong); strings.Join(told, " ") != strings.Join(cells, " ") {
		t.Errorf("faults in cells %q, want %q", told, cells)
	}
	mended, _ := fillPlan(t, template, false)
	var tried planAnswered
	p.sendPlan(t, agency, plan+"?dry_run=true", mended, http.StatusOK, &tried)
	if !tried.DryRun || len(tried.Difference) != roundRows || tried.Difference[0].Kind != register.PlanAdded {
		t.Errorf("the trial: %+v", tried)
	}
	p.sendPlan(t, agency, plan, mended, http.StatusCreated, &tried)
	decision := []byte(`{"decision":"approve","approved_on":"2016-10-01","returned":[{"milestone":"m-s07-2","comment":"Which register?"}]}`)
	if status, answer := p.as(agency, http.MethodPost, plan+"/1/decision", "application/json", decision); status != http.StatusForbidden {
		t.Errorf("the agency decides: %d %s", status, answer)
	}
	if status, answer := p.as(planner, http.MethodPost, plan+"/1/decision", "application/json", decision); status != http.StatusCreated {
		t.Fatalf("the decision: %d %s", status, answer)
	}
	if status, answer := p.as(planner, http.MethodPost, plan+"/1/decision", "application/json", decision); status != http.StatusConflict {
		t.Errorf("deciding again: %d %s", status, answer)
	}
	if after := p.plannedByTheEnd(t); before != 0 || after != roundRows-1 {
		t.Errorf("the plan for the end of 2016 was %d and is %d, want %d", before, after, roundRows-1)
	}
}

type planAnswered struct {
	DryRun     bool                  `json:"dry_run"`
	Difference []register.PlanChange `json:"difference"`
}

const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// sendPlan sends a workbook and reads the answer.
func (p *program) sendPlan(t *testing.T, bearer, path, file string, want int, into any) {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	status, answer := p.as(bearer, http.MethodPost, path, workbookType, content)
	if err := json.Unmarshal(answer, into); err != nil || status != want {
		t.Fatalf("%s: %d %s", path, status, answer)
	}
}

// cellsTold sends a workbook with faults and returns their cells, in the order of the sheet.
func (p *program) cellsTold(t *testing.T, bearer, path, file string) []string {
	t.Helper()
	var refused struct {
		Errors []struct {
			Cell      string
			Remedy    string
			MessageAr string `json:"message_ar"`
		}
	}
	p.sendPlan(t, bearer, path, file, http.StatusUnprocessableEntity, &refused)
	var cells []string
	for _, fault := range refused.Errors {
		if fault.Remedy == "" || fault.MessageAr == "" {
			t.Errorf("%+v", fault)
		}
		cells = append(cells, fault.Cell)
	}
	return cells
}

// as asks with a bearer.
func (p *program) as(bearer, method, path, contentType string, body []byte) (int, []byte) {
	p.t.Helper()
	request, err := http.NewRequestWithContext(p.t.Context(), method, p.service.URL+path, bytes.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+bearer)
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	return p.exchange(request)
}
