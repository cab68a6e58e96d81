package api

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"mirsad/internal/access"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/reports/planbook"
)

const plansOf = "/v1/entities/moi/plan-revisions"

// planBodyOf is a plan of the two services of the catalogue; the second go-live is the caller's.
func planBodyOf(second, reason string) string {
	return `{"milestones":[{"code":"m1","service":"forms","level":3,"planned_on":"2016-03-01"},` +
		`{"code":"m2","service":"visa","level":4,"planned_on":"` + second + `","reason":"` + reason + `"}],"comment":"as agreed"}`
}

func (o *office) submits(who access.Principal, content string, want int) map[string]any {
	o.t.Helper()
	status, answer := o.sendAs(who, http.MethodPost, plansOf, content)
	if status != want {
		o.t.Fatalf("%d %v", status, answer)
	}
	return answer
}

// planOn is the number of services planned until a date.
func (o *office) planOn(on string) float64 {
	o.t.Helper()
	return o.must(http.MethodGet, "/v1/progress?on="+on, "")["plan"].(map[string]any)["value"].(float64)
}

func TestAPlanIsSubmittedReturnedInPartAndApproved(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	status, answer := o.sendAs(claimant, http.MethodPost, plansOf+"?dry_run=true", planBodyOf("2016-04-01", ""))
	warnings := answer["warnings"].([]any)
	if status != http.StatusOK || answer["dry_run"] != true || len(answer["difference"].([]any)) != 2 || len(warnings) != 2 || answer["revision"] != nil {
		t.Fatalf("a trial tells the difference and the warnings, a Friday and no second organisation: %d %v", status, answer)
	}
	o.submits(claimant, planBodyOf("2016-04-01", ""), http.StatusCreated)
	if answer := o.submits(claimant, planBodyOf("2016-04-01", ""), http.StatusOK); answer["unchanged"] != true {
		t.Errorf("the same again: %v", answer)
	}
	returning := `{"decision":"approve","approved_on":"2016-01-10","returned":[{"milestone":"m2","comment":"With whom?"}]}`
	if status, answer := o.sendAs(claimant, http.MethodPost, plansOf+"/1/decision", returning); status != http.StatusForbidden || answer["code"] != "own_plan" {
		t.Errorf("who submitted it decides: %d %v", status, answer)
	}
	status, answer = o.sendAs(firstDesk, http.MethodPost, plansOf+"/1/decision", returning)
	if status != http.StatusCreated || answer["revision"].(map[string]any)["state"] != "approved" {
		t.Fatalf("an approval: %d %v", status, answer)
	}
	plan := o.must(http.MethodGet, "/v1/entities/moi/plan?on=2016-01-31", "")
	if got := plan["in_force"].(map[string]any)["milestones"].([]any); len(got) != 1 || got[0].(map[string]any)["code"] != "m1" {
		t.Errorf("in force: %v", got)
	}
	if before := o.must(http.MethodGet, "/v1/entities/moi/plan?on=2016-01-09", ""); before["in_force"] != nil || len(before["baselines"].([]any)) != 0 {
		t.Errorf("the day before its approval: %v", before)
	}
	if got := o.planOn("2016-03-01"); got != 1 {
		t.Errorf("the plan curve on the go-live: %v", got)
	}
}

// The plan in force sent back as it is records nothing, whether it is submitted or kept.
func TestThePlanInForceSentBackIsUnchanged(t *testing.T) {
	o := newOffice(t)
	o.submits(claimant, planBodyOf("2016-04-03", ""), http.StatusCreated)
	if status, answer := o.sendAs(firstDesk, http.MethodPost, plansOf+"/1/decision", `{"decision":"approve","approved_on":"2016-01-10"}`); status != http.StatusCreated {
		t.Fatalf("%d %v", status, answer)
	}
	drafted := strings.Replace(planBodyOf("2016-04-03", ""), "{", `{"draft":true,`, 1)
	for what, content := range map[string]string{"submitted": planBodyOf("2016-04-03", ""), "kept": drafted} {
		answer := o.submits(claimant, content, http.StatusOK)
		if answer["unchanged"] != true || answer["revision"].(map[string]any)["state"] != "approved" {
			t.Errorf("%s: %v", what, answer)
		}
	}
	if revisions := o.must(http.MethodGet, plansOf, "")["items"].([]any); len(revisions) != 1 {
		t.Errorf("%d revisions", len(revisions))
	}
}

// A draft is the entity's own until it is submitted.
func TestADraftIsNotShownToPlanners(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.submits(claimant, strings.Replace(planBodyOf("2016-04-03", ""), "{", `{"draft":true,`, 1), http.StatusCreated)
	for who, sees := range map[*access.Principal]bool{&claimant: true, &firstDesk: false} {
		_, plan := o.sendAs(*who, http.MethodGet, "/v1/entities/moi/plan", "")
		status, _ := o.sendAs(*who, http.MethodGet, plansOf+"/1", "")
		_, list := o.sendAs(*who, http.MethodGet, plansOf, "")
		if (plan["draft"] != nil) != sees || (status == http.StatusOK) != sees || (len(list["items"].([]any)) == 1) != sees {
			t.Errorf("%s: %v, %d, %v", who.ID, plan["draft"], status, list)
		}
	}
}

func TestFaultsOfAPlanAreToldAllAtOnce(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	answer := o.submits(claimant, `{"milestones":[{"service":"forms","level":"three","planned_on":"2016-03-01"},{"service":"nothing","level":3,"planned_on":"2016-13-01"}],"sent":1}`,
		http.StatusUnprocessableEntity)
	fields := map[string]bool{}
	for _, each := range answer["errors"].([]any) {
		fault := each.(map[string]any)
		fields[fault["field"].(string)] = true
		if fault["message_ar"] == "" || fault["remedy"] == "" || strings.Contains(fault["message"].(string), "⟦") {
			t.Errorf("%v", fault)
		}
	}
	if !fields["milestones"] || !fields["sent"] {
		t.Errorf("faults of %v", fields)
	}
	answer = o.submits(claimant, planBodyOf("2010-01-01", ""), http.StatusUnprocessableEntity)
	if got := answer["errors"].([]any)[0].(map[string]any)["field"]; got != "milestones.1.planned_on" {
		t.Errorf("a go-live before the programme: %v", answer)
	}
	for _, path := range []string{plansOf, plansOf + "/1", "/v1/entities/moi/plan"} {
		if status, answer := o.sendAs(stranger, http.MethodGet, path, ""); status != http.StatusNotFound {
			t.Errorf("%s of another entity: %d %v", path, status, answer)
		}
	}
	if status, _ := o.sendAs(stranger, http.MethodPost, plansOf, planBodyOf("2016-04-01", "")); status != http.StatusNotFound {
		t.Errorf("a plan for another entity: %d", status)
	}
}

func TestAReplanKeepsEveryBaselineAndOriginalDate(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	decide := func(n, on string) {
		t.Helper()
		if status, answer := o.sendAs(firstDesk, http.MethodPost, plansOf+"/"+n+"/decision", `{"decision":"approve","approved_on":"`+on+`"}`); status != http.StatusCreated {
			t.Fatalf("%d %v", status, answer)
		}
	}
	o.submits(claimant, planBodyOf("2016-04-03", ""), http.StatusCreated)
	decide("1", "2016-01-10")
	if answer := o.submits(claimant, planBodyOf("2016-09-04", ""), http.StatusUnprocessableEntity); answer["errors"].([]any)[0].(map[string]any)["field"] != "milestones.1.reason" {
		t.Errorf("a move without a reason: %v", answer)
	}
	o.submits(claimant, planBodyOf("2016-09-04", "The platform is late."), http.StatusCreated)
	decide("2", "2016-02-10")
	revision := o.must(http.MethodGet, plansOf+"/2", "")
	moved := revision["difference"].([]any)[1].(map[string]any)
	if moved["kind"] != "moved" || moved["days"] != 154.0 || moved["reason"] != "The platform is late." {
		t.Errorf("what moved: %v", moved)
	}
	plan := o.must(http.MethodGet, "/v1/entities/moi/plan?on=2016-12-31", "")
	if baselines := plan["baselines"].([]any); len(baselines) != 2 || baselines[0].(map[string]any)["milestones"].([]any)[1].(map[string]any)["planned_on"] != "2016-04-03" {
		t.Errorf("the first baseline is frozen: %v", baselines)
	}
	if got := o.must(http.MethodGet, "/v1/services/visa?on=2016-12-31", "")["planned_on"]; got != "2016-04-03" {
		t.Errorf("the original date: %v", got)
	}
}

// Two planners decide at the same moment: one wins, the other is told who did.
func TestOfTwoPlannersOneDecidesOnAPlan(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.submits(claimant, planBodyOf("2016-04-03", ""), http.StatusCreated)
	var wait sync.WaitGroup
	statuses := make([]int, 2)
	answers := make([]map[string]any, 2)
	for i, who := range []access.Principal{firstDesk, secondDesk} {
		wait.Go(func() {
			statuses[i], answers[i] = o.sendAs(who, http.MethodPost, plansOf+"/1/decision", `{"decision":"approve","approved_on":"2016-01-10"}`)
		})
	}
	wait.Wait()
	lost := 0
	if statuses[0] == http.StatusCreated {
		lost = 1
	}
	if statuses[1-lost] != http.StatusCreated || statuses[lost] != http.StatusConflict || answers[lost]["code"] != "already_decided" {
		t.Fatalf("%v %v", statuses, answers)
	}
	winner := []access.Principal{firstDesk, secondDesk}[1-lost]
	if told := answers[lost]["decided_by"]; told != winner.ID {
		t.Errorf("the loser is told %v", told)
	}
	stream, err := o.db.Stream(t.Context(), programme.FamilyPlan, "moi")
	if err != nil || len(stream) != 2 {
		t.Errorf("%d facts, %v", len(stream), err)
	}
}

// trueBook writes and reads true workbooks, as the program's own does.
type trueBook struct{}

func (trueBook) Write(_ context.Context, to io.Writer, planning *register.Planning, entity string, language i18n.Language) error {
	return planbook.Write(to, planbook.TemplateInput{
		Language: language, Programme: "P", Entity: programme.Entity{Code: entity, Name: "Interior", NameAr: "الداخلية"}, Zone: time.UTC,
		Milestones: planning.Planned(entity), AsAt: time.Date(2016, 10, 1, 9, 0, 0, 0, time.UTC),
		Services: []planbook.Service{{Code: "forms", Name: "Forms", NameAr: "نماذج"}, {Code: "visa", Name: "Visa", NameAr: "تأشيرة"}},
	})
}

func (trueBook) Read(workbook []byte, entity string) (register.PlanSheet, error) {
	upload, err := planbook.Read(workbook, entity)
	return upload.Sheet(), err
}

// The same round with the workbook: the template is taken, filled and sent, and faults are told by their cells.
func TestAFilledTemplateIsSentOverTheAPI(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	send := func(method, target string, content []byte) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(access.WithPrincipal(t.Context(), claimant), method, target, bytes.NewReader(content))
		r.Header.Set("Content-Type", workbookType)
		w := httptest.NewRecorder()
		o.api.router.ServeHTTP(w, r)
		return w
	}
	taken := send(http.MethodGet, "/v1/entities/moi/plan-template.xlsx?lang=ar", nil)
	if taken.Code != http.StatusOK || taken.Header().Get("Content-Type") != workbookType {
		t.Fatalf("the template: %d %s", taken.Code, taken.Body)
	}
	fill := func(planned any) []byte {
		book, err := excelize.OpenReader(bytes.NewReader(taken.Body.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close() //nolint:errcheck // only in memory
		sheet := book.GetSheetName(0)
		rows, err := book.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for i, key := range rows[4] {
			value := map[string]any{"service": "forms", "level": 3, "planned_on": planned}[key]
			if value == nil {
				continue
			}
			cell, _ := excelize.CoordinatesToCellName(i+1, 6)
			if err := book.SetCellValue(sheet, cell, value); err != nil {
				t.Fatal(err)
			}
		}
		var out bytes.Buffer
		if err := book.Write(&out); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	refused := send(http.MethodPost, plansOf, fill("soon"))
	if refused.Code != http.StatusUnprocessableEntity || !strings.Contains(refused.Body.String(), `"cell":"`) || !strings.Contains(refused.Body.String(), "milestones.0.planned_on") {
		t.Errorf("a date that is none: %d %s", refused.Code, refused.Body)
	}
	if taken := send(http.MethodPost, plansOf, fill("2016-03-01")); taken.Code != http.StatusCreated || !strings.Contains(taken.Body.String(), `"state":"submitted"`) {
		t.Errorf("the filled template: %d %s", taken.Code, taken.Body)
	}
	if broken := send(http.MethodPost, plansOf, []byte("PK")); broken.Code != http.StatusUnprocessableEntity {
		t.Errorf("what is no workbook: %d %s", broken.Code, broken.Body)
	}
}
