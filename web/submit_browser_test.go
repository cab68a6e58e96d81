package web

import (
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"mirsad/internal/access"
	"mirsad/internal/browsertest"
	"mirsad/internal/civil"
	"mirsad/internal/clickhouse"
	"mirsad/internal/programme"
)

// plannedWork is a store in which every page about plans has something to show.
func plannedWork(t *testing.T) *clickhouse.DB {
	t.Helper()
	db := planStore(t)
	three := 3
	changed := planned()
	changed[0].PlannedOn, changed[0].Reason = civil.NewDate(2016, 11, 25), "The "+hostile[0] // a Friday
	changed[1].Before, changed[1].DependsOn = &programme.Effort{Visits: &three}, []string{"moj"}
	added := append(changed, programme.Milestone{
		Code: "new-l4", Service: "moi-new", Level: 4, PlannedOn: civil.NewDate(2017, 2, 1),
		Proposed: &programme.ProposedService{Name: hostile[2], NameAr: "خدمة"},
		Phases:   []programme.PlannedPhase{{Phase: programme.PhaseBuild, On: civil.NewDate(2016, 12, 1)}},
		Channels: programme.Channels(),
	})
	stepped(t, db, planner.ID, programme.Plan{
		Kind: programme.PlanApproved, Revision: 1,
		ApprovedOn: civil.NewDate(2016, 1, 5), Milestones: planned(),
	})
	stepped(t, db, interior.ID, programme.Plan{Kind: programme.PlanSubmitted, Revision: 2, Milestones: changed[:2]})
	stepped(t, db, planner.ID, programme.Plan{
		Kind: programme.PlanReturned, Revision: 2,
		Comment: "Why so late? " + hostile[0],
	})
	stepped(t, db, interior.ID,
		programme.Plan{Kind: programme.PlanSubmitted, Revision: 3, Milestones: added[1:], Comment: "No budget"},
		programme.Plan{Kind: programme.PlanDraft, Revision: 4, Milestones: added})
	return db
}

// TestPlanPagesInABrowser looks at every page about plans, two of them with faults, as axe and a narrow screen do.
func TestPlanPagesInABrowser(t *testing.T) {
	t.Parallel()
	axe, err := os.ReadFile(filepath.Join("..", "internal", "tools", "proof", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Skip(skipReason(t, "axe is not installed: run `make proof-tools`"))
	}
	db := plannedWork(t)
	for _, each := range []struct {
		person access.Principal
		paths  []string
	}{
		{interior, []string{"/submit", "/submit/draft", "/submit/milestone", "/submit/milestone?milestone=visa-l2"}},
		{planner, []string{"/review", "/review/moi/3", "/review/moi/2", "/review/moi/1"}},
		{administrator, []string{"/submit", "/submit?entity=moi"}},
	} {
		server := storeSite(t, db, each.person)
		tab, heard := browser(t, server)
		for _, language := range []string{"en", "ar"} {
			for _, path := range each.paths {
				t.Run(each.person.Name+" "+language+path, func(t *testing.T) {
					if err := open(tab, server.URL+"/"+language+path, 1440); err != nil {
						t.Fatal(err)
					}
					looked(tab, t, string(axe), language+path)
					for _, complaint := range heard.taken() {
						t.Error(complaint)
					}
				})
			}
			t.Run(each.person.Name+" "+language+" with faults", func(t *testing.T) {
				sendWrongPlan(tab, t, server, each.person, language)
				looked(tab, t, string(axe), language+"_faults_"+string(each.person.Role))
				for _, complaint := range heard.taken() {
					if !strings.Contains(complaint, "422") {
						t.Error(complaint)
					}
				}
			})
		}
	}
}

// sendWrongPlan sends a form that is refused, and waits for its faults.
func sendWrongPlan(tab context.Context, t *testing.T, server *httptest.Server, person access.Principal,
	language string,
) {
	t.Helper()
	var err error
	switch person.Role {
	case access.RolePlanner:
		if err = open(tab, server.URL+"/"+language+"/review/moi/3", 1440); err == nil {
			err = chromedp.Run(tab, browsertest.Steady(chromedp.Click(`input[name="return.new-l4"]`),
				chromedp.Click(`button[value=approve]`), chromedp.WaitVisible(`[role=alert]`))...)
		}
	case access.RoleAdmin:
		if err = open(tab, server.URL+"/"+language+"/submit/milestone?entity=moi", 1440); err == nil {
			err = chromedp.Run(tab, browsertest.Steady(chromedp.Click(`button[value=save]`),
				chromedp.WaitVisible(`[role=alert]`))...)
		}
	default:
		wrong := filepath.Join(t.TempDir(), "plan.xlsx")
		workbook, _ := filled(t, server, map[string]any{"level": "nine"}, nil,
			map[string]any{"service": "licence", "level": 2})
		if err = os.WriteFile(wrong, workbook, 0o600); err != nil {
			t.Fatal(err)
		}
		if err = open(tab, server.URL+"/"+language+"/submit", 1440); err == nil {
			err = chromedp.Run(tab, browsertest.Steady(chromedp.SetUploadFiles(`#workbook`, []string{wrong}),
				chromedp.Click(`form[enctype] button`), chromedp.WaitVisible(`[role=alert]`))...)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}

// looked has axe and narrow screens look at the open page, and keeps a picture where one is asked for.
func looked(tab context.Context, t *testing.T, axe, name string) {
	t.Helper()
	for _, finding := range accessible(tab, t, axe) {
		t.Error("axe: " + finding)
	}
	for _, width := range []int64{1440, 390, 320} {
		if folder := os.Getenv("MIRSAD_SCREENSHOTS"); folder != "" && width != 320 {
			var shot []byte
			err := chromedp.Run(tab, browsertest.Steady(chromedp.EmulateViewport(width, 900),
				chromedp.FullScreenshot(&shot, 100))...)
			if err == nil {
				file := strings.NewReplacer("/", "_", "?", "_", "=", "_").Replace(name)
				err = os.WriteFile(filepath.Join(folder, file+"_"+map[int64]string{
					1440: "wide",
					390:  "narrow",
				}[width]+".png"), shot, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		noSidewaysScroll(tab, t, width)
	}
	for _, finding := range accessible(tab, t, axe) { // 320 px wide
		t.Error("axe, narrow: " + finding)
	}
}
