package main

import (
	"maps"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"mirsad/internal/i18n"
)

// reachSaid is what the API says is missing to the goal.
type reachSaid struct {
	Missing       int            `json:"missing"`
	Awaiting      int            `json:"awaiting_verification"`
	Late          int            `json:"late"`
	Due           int            `json:"due"`
	AtMostWithout map[string]int `json:"at_most_without"`
}

// figures are the numbers by the names that pages and the workbook have for them.
func (r *reachSaid) figures() map[string]int {
	return map[string]int{
		"progress.reach.missing": r.Missing, "progress.reach.awaiting_verification": r.Awaiting,
		"progress.reach.late": r.Late, "progress.reach.due": r.Due,
		"progress.reach.at_most_without.awaiting_verification": r.AtMostWithout["awaiting_verification"],
		"progress.reach.at_most_without.late":                  r.AtMostWithout["late"],
		"progress.reach.at_most_without.due":                   r.AtMostWithout["due"],
	}
}

// checkReach counts the milestones by their status and asks for the counts wherever they are shown: they agree.
func (v *asker) checkReach(t *testing.T, p *program, said *standings) {
	t.Helper()
	counted := map[string]int{"done": 0, "awaiting_verification": 0, "late": 0, "open": 0}
	for _, milestones := range said.milestones {
		for _, m := range milestones {
			counted[m.Status]++
			counted["all"]++
		}
	}
	var list struct {
		Counts map[string]int `json:"counts"`
	}
	p.get("/v1/milestones?limit=1&on="+said.on, &list)
	if !maps.Equal(list.Counts, counted) {
		t.Errorf("on %s the milestones are counted %v, their statuses %v", said.on, list.Counts, counted)
	}
	var progress struct {
		Goal    int       `json:"goal"`
		Counted int       `json:"counted"`
		Reach   reachSaid `json:"reach"`
	}
	p.get("/v1/progress?on="+said.on, &progress)
	r := &progress.Reach
	if r.Missing != max(0, progress.Goal-progress.Counted) || r.Awaiting != counted["awaiting_verification"] || r.Late != counted["late"] || r.Due > counted["open"] {
		t.Errorf("on %s: %+v of %v", said.on, r, counted)
	}
	if r.AtMostWithout["late"] != progress.Counted+r.Awaiting+r.Due || r.AtMostWithout["due"] != progress.Counted+r.Awaiting+r.Late ||
		r.AtMostWithout["awaiting_verification"] != progress.Counted+r.Late+r.Due {
		t.Errorf("on %s: %+v of %d", said.on, r, progress.Counted)
	}
	t.Logf("on %s: %d counted of %d, %+v of %v", said.on, progress.Counted, progress.Goal, r, counted)
	for _, path := range []string{"/en/", "/ar/plans"} {
		document := v.page(t, said, path)
		for name, want := range r.figures() {
			figure := first(document, hasFigure(name))
			if got := attribute(figure, "value"); got != strconv.Itoa(want) {
				t.Errorf("on %s, %s: %s is %q, the API says %d", said.on, path, name, got, want)
			}
		}
	}
	p.checkReachInWorkbook(t, said, r)
	p.checkReasons(t, said)
}

func (p *program) checkReachInWorkbook(t *testing.T, said *standings, r *reachSaid) {
	t.Helper()
	status, content := p.request(http.MethodGet, "/v1/reports/"+said.on[:7]+"/highlights.xlsx?lang=en", "", nil)
	if status != http.StatusOK {
		t.Fatalf("workbook of %s: %d", said.on, status)
	}
	bundle, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	book := openWorkbook(t, content)
	cells := book.cells(bundle.In(i18n.English).T("reports.sheet.maturity"))
	for name, want := range r.figures() {
		_, cell, _ := strings.Cut(book.names[strings.ReplaceAll(name, ".", "_")], "!")
		if got := cells[strings.ReplaceAll(cell, "$", "")]; got != strconv.Itoa(want) {
			t.Errorf("on %s, workbook: %s is %q, the API says %d", said.on, name, got, want)
		}
	}
}

// checkReasons adds up each entity's milestones: its scorecard says the same.
func (p *program) checkReasons(t *testing.T, said *standings) {
	t.Helper()
	for entity, milestones := range said.milestones {
		want := map[string]int{}
		for _, m := range milestones {
			want[m.Status]++
		}
		var card struct {
			Reason map[string]int `json:"reason"`
		}
		p.get("/v1/entities/"+entity+"/scorecard?on="+said.on, &card)
		for _, status := range []string{"done", "awaiting_verification", "late"} {
			if card.Reason[status] != want[status] {
				t.Errorf("on %s: %s of %s are %d, its scorecard says %d", said.on, status, entity, want[status], card.Reason[status])
			}
		}
	}
}

func hasFigure(name string) func(*html.Node) bool {
	return func(n *html.Node) bool { return attribute(n, "data-figure") == name }
}
