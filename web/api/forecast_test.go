package api

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"mirsad/internal/figures"
)

// The list of back-test points stands with the forecast and how often its bands held.
func TestBacktest(t *testing.T) {
	f := newFixture(t)
	answer := f.get(planner, "/v1/progress/forecast?limit=1")
	items := answer["items"].([]any)
	if len(items) != 1 || answer["next"] == "" {
		t.Fatalf("%d items, next %v", len(items), answer["next"])
	}
	first := items[0].(map[string]any)
	if first["from"] != "2015-03" || first["horizon"] != 3.0 || first["month"] != "2015-06" || first["counted"] != 950.0 || first["within_80"] != true {
		t.Errorf("%v", first)
	}
	second := f.get(planner, "/v1/progress/forecast?limit=1&next="+answer["next"].(string))
	if rest := second["items"].([]any); len(rest) != 1 || rest[0].(map[string]any)["horizon"] != 12.0 || second["next"] != "" {
		t.Errorf("then %v", second["items"])
	}
	if within := answer["within_80"].(map[string]any); within["value"] != .5 {
		t.Errorf("within the 80 %% band: %v", within)
	}
	csv := f.ask(planner, "/v1/progress/forecast.csv?lang=ar").Body.String()
	if !strings.Contains(csv, "2015-03,12,2016-03,930,960,985,1010,1040,200,false,false,false") || !strings.Contains(csv, "الوسيط") {
		t.Errorf("as CSV: %s", csv)
	}
}

// What if answers both bands, and the scenario as an address has it.
func TestWhatIf(t *testing.T) {
	f := newFixture(t)
	answer := f.get(planner, "/v1/progress/what-if?shift=entity:moi:30,level:4:-15&basis=claimed")
	if answer["shift"] != "entity:moi:30,level:4:-15" || answer["basis"] != "claimed" || answer["moved"] != 7.0 {
		t.Errorf("%v", answer)
	}
	if f.made.basis != figures.Claimed || !slices.Equal(f.made.scenario, figures.Scenario{{Kind: "entity", Of: "moi", Days: 30}, {Kind: "level", Of: "4", Days: -15}}) {
		t.Errorf("asked %s %v", f.made.basis, f.made.scenario)
	}
	for _, side := range []string{"before", "after"} {
		both := answer[side].(map[string]any)
		if p10 := both["p10"].(map[string]any); p10["value"] != 930.0 || len(both["months"].([]any)) != 1 {
			t.Errorf("%s: %v", side, both)
		}
	}
}

// A bad scenario is told by the parameter, with the remedy in both languages.
func TestBadWhatIf(t *testing.T) {
	f := newFixture(t)
	for _, target := range []string{"/v1/progress/what-if", "/v1/progress/what-if?shift=moi", "/v1/progress/what-if?shift=entity:moi:9999", "/v1/progress/what-if?shift=entity:moi:3&basis=hoped"} {
		w := f.ask(planner, target)
		if w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	}
	w := f.ask(planner, "/v1/progress/what-if?shift=moi")
	var problem struct {
		Errors []map[string]any `json:"errors"`
	}
	if err := json.Unmarshal(w.Body.Bytes(), &problem); err != nil || !strings.Contains(w.Body.String(), "entity:CODE:DAYS") || !strings.Contains(w.Body.String(), "إزاحة") {
		t.Errorf("%v: %s", err, w.Body)
	}
	// Another entity is to an agency as one that does not exist; its own, and a level, it may move.
	for target, want := range map[string]int{"entity:moj:3": 404, "platform:moj:3": 404, "entity:nobody:3": 404, "entity:moi:3": 200, "platform:moi:3": 200, "level:4:3": 200} {
		if w := f.ask(agency, "/v1/progress/what-if?shift="+target); w.Code != want {
			t.Errorf("an agency shifts %s: %d, want %d", target, w.Code, want)
		}
	}
}

// Milestones by where they stand; an agency sees its own.
func TestMilestones(t *testing.T) {
	f := newFixture(t)
	for target, want := range map[string][]string{
		"/v1/milestones": {"moi-1", "moj-1", "moj-2"}, "/v1/milestones?status=late": {"moj-1"}, "/v1/milestones?status=due": {"moi-1", "moj-1"},
		"/v1/milestones?status=done": {"moi-1"}, "/v1/milestones?entity=moj": {"moj-1", "moj-2"},
		"/v1/milestones?status=due&within=90": {"moj-2"}, "/v1/milestones?status=due&within=1": {}, "/v1/milestones?status=done&within=730": {"moi-1"},
	} {
		if got := servicesOf(f.get(planner, target)); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", target, got, want)
		}
	}
	own := f.get(agency, "/v1/milestones")
	if got := servicesOf(own); !slices.Equal(got, []string{"moi-1"}) || len(own["platforms"].([]any)) != 1 || len(own["entities"].([]any)) != 1 {
		t.Errorf("an agency sees %v, %v and %v", got, own["platforms"], own["entities"])
	}
	if w := f.ask(agency, "/v1/milestones?entity=moj"); w.Code != http.StatusNotFound {
		t.Errorf("another's milestones: %d", w.Code)
	}
	if w := f.ask(planner, "/v1/milestones?status=early"); w.Code != http.StatusBadRequest {
		t.Errorf("an unknown status: %d", w.Code)
	}
	if w := f.ask(planner, "/v1/milestones?status=due&within=soon"); w.Code != http.StatusBadRequest {
		t.Errorf("no number of days: %d", w.Code)
	}
	item := f.get(planner, "/v1/milestones?status=late")["items"].([]any)[0].(map[string]any)
	for name, want := range map[string]any{
		"service_name": "Register a deed", "entity": "moj", "level": 2.0, "original_on": "2016-09-01", "current_on": "2016-10-31",
		"expected_on": "2016-10-31", "actual_on": "", "slip": 60.0, "reason": "=1+1", "status": "late", "due": true,
	} {
		if item[name] != want {
			t.Errorf("%s is %v, want %v", name, item[name], want)
		}
	}
	csv := f.ask(planner, "/v1/milestones.csv?status=late").Body.String()
	if !strings.Contains(csv, "moj-1,Register a deed,تسجيل عقد,moj,2,late,true,2016-09-01,2016-10-31,2016-10-31,,60,'=1+1,moi") {
		t.Errorf("as CSV: %s", csv)
	}
}
