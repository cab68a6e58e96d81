package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
	"github.com/xuri/excelize/v2"

	"mirsad/internal/programme"
)

// roundRows is how many milestones the agency plans.
const roundRows = 40

// TestAPlanGoesItsWholeRound lets an agency plan forty services with the workbook, in Arabic and in a real browser, with four
// faults at first; a planner sends one milestone back and approves the others, and the programme's plan line moves.
func TestAPlanGoesItsWholeRound(t *testing.T) {
	t.Parallel()
	p := serve(t, t.TempDir())
	p.enterPlannedServices(t)
	before := p.plannedByTheEnd(t)
	agency := openBrowser(t, p.service.URL)
	agency.signIn(p.service.URL, "noor@example.qa", hostilePassword)
	agency.takeFaults()
	agency.open(p.service.URL + "/ar/submit")
	template := agency.download(t, `a[href$="plan-template.xlsx"]`)
	wrong, cells := fillPlan(t, template, true)
	agency.uploadPlan(wrong, `[role=alert]`)
	if faults := agency.takeFaults(); len(faults) != 1 || !strings.Contains(faults[0], "422") {
		t.Errorf("the browser notes %q", faults)
	}
	agency.shoot(t, "plan-faults")
	var told []string
	agency.run(chromedp.Evaluate(`[...document.querySelectorAll("td.cell")].map(e => e.innerText)`, &told))
	if strings.Join(told, " ") != strings.Join(cells, " ") {
		t.Fatalf("faults in cells %q, want %q", told, cells)
	}
	if text := agency.text(); !strings.Contains(text, "لم يُسجَّل شيء: هناك 4 أخطاء") || strings.Contains(text, "⟦") {
		t.Errorf("the faults are told like this: %s", text)
	}
	mended, _ := fillPlan(t, template, false)
	agency.uploadPlan(mended, `form[action$="/submit/confirm"]`)
	if text := agency.text(); !strings.Contains(text, "أُضيف: 40") || !strings.Contains(text, "15 ديسمبر 2016") {
		t.Errorf("the difference: %s", text)
	}
	agency.shoot(t, "plan-difference")
	agency.run(chromedp.Click(`form[action$="/submit/confirm"] button`), chromedp.WaitVisible(`[role=status].remark`))
	if text := agency.text(); !strings.Contains(text, "قُدّمت الخطة") {
		t.Errorf("after confirming: %s", text)
	}
	p.approveAllButOne(t)
	agency.open(p.service.URL + "/ar/submit")
	agency.shoot(t, "plan-approved")
	if text := agency.text(); !strings.Contains(text, "Which register does it need?") {
		t.Errorf("the agency does not see why a milestone came back: %s", text)
	}
	for _, fault := range append(agency.axe(), agency.takeFaults()...) {
		t.Error(fault)
	}
	if after := p.plannedByTheEnd(t); before != 0 || after != roundRows-1 {
		t.Errorf("the plan for the end of 2016 was %d and is %d, want %d", before, after, roundRows-1)
	}
	p.checkPlanIsAudited(t)
}

// enterPlannedServices makes an entity with services that are not online, and its people.
func (p *program) enterPlannedServices(t *testing.T) {
	t.Helper()
	folder := t.TempDir()
	var services strings.Builder
	services.WriteString("code,name,name_ar,entity\n")
	for n := range roundRows + 1 {
		_, _ = fmt.Fprintf(&services, "s%02d,Service %d,الخدمة %d,moi\n", n, n, n)
	}
	entities := filepath.Join(folder, "entities.csv")
	for file, content := range map[string]string{entities: "code,name,name_ar\nmoi,Ministry of Interior,وزارة الداخلية\n", filepath.Join(folder, "services.csv"): services.String()} {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p.must("import", "catalogue", entities, filepath.Join(folder, "services.csv"))
	for _, person := range [][]string{{"noor@example.qa", "agency", "--entity", "moi"}, {"planner@example.qa", "planner"}} {
		command := mirsad(t.Context(), t, p.data, append([]string{"user", "create", "--email", person[0], "--name", person[0], "--keep-password", "--role"}, person[1:]...)...)
		command.Stdin = strings.NewReader(hostilePassword + "\n")
		if words, err := command.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, words)
		}
	}
}

// plannedByTheEnd is how many services the programme plans to have by the end of 2016; 0 without a plan.
func (p *program) plannedByTheEnd(t *testing.T) int {
	t.Helper()
	time.Sleep(versionEvery + time.Second) // figures are those of the newest data within it
	var progress struct {
		Plan   programme.Count `json:"plan"`
		Series []struct {
			Plan programme.Count `json:"plan"`
		} `json:"series"`
	}
	p.get("/v1/progress?on=2016-12-31", &progress)
	drawn := int64(-1) // by the end of the burn-up
	for _, month := range progress.Series {
		if month.Plan.Known() {
			drawn = month.Plan.Value
		}
	}
	if progress.Plan.Known() && drawn != progress.Plan.Value {
		t.Errorf("the plan is %d, its line ends with %d", progress.Plan.Value, drawn)
	}
	return int(progress.Plan.Value)
}

// download clicks a link and returns the file that it brings.
func (b *browser) download(t *testing.T, link string) string {
	t.Helper()
	folder, done := t.TempDir(), make(chan string, 1)
	chromedp.ListenTarget(b.ctx, func(event any) {
		if e, is := event.(*cdpbrowser.EventDownloadProgress); is && e.State == cdpbrowser.DownloadProgressStateCompleted {
			done <- filepath.Join(folder, e.GUID)
		}
	})
	b.run(
		cdpbrowser.SetDownloadBehavior(cdpbrowser.SetDownloadBehaviorBehaviorAllowAndName).WithDownloadPath(folder).WithEventsEnabled(true),
		chromedp.Click(link),
	)
	select {
	case file := <-done:
		return file
	case <-time.After(30 * time.Second):
		t.Fatal("the template does not arrive")
		return ""
	}
}

// fillPlan fills the template with forty milestones; wrong with four faults, whose cells it returns in the order of the sheet.
func fillPlan(t *testing.T, template string, wrong bool) (path string, cells []string) {
	t.Helper()
	content, err := os.ReadFile(template)
	if err != nil {
		t.Fatal(err)
	}
	file, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	sheet := file.GetSheetName(0)
	rows, err := file.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	set := func(row int, key string, value any) string {
		for i, each := range rows[4] {
			if each == key {
				cell, _ := excelize.CoordinatesToCellName(i+1, row+6)
				if err := file.SetCellValue(sheet, cell, value); err != nil {
					t.Fatal(err)
				}
				return cell
			}
		}
		t.Fatalf("the template has no column %s", key)
		return ""
	}
	for n := range roundRows {
		set(n, "service", fmt.Sprintf("s%02d", n))
		set(n, "level", "2")
		set(n, "planned_on", time.Date(2016, time.Month(11+n%2), 1+14*(n%2), 0, 0, 0, 0, time.UTC))
		set(n, "channel.web", "نعم")
	}
	if wrong {
		cells = []string{
			set(3, "level", "تسعة"), set(11, "planned_on", "31/31/2016"), set(20, "before.visits", "many"),
			strings.Replace(set(30, "service", "s29"), "B", "E", 1), // planned twice at its level
		}
	}
	var filled bytes.Buffer // saving as a file, the library declares macros, which no plan may hold
	if err := file.Write(&filled); err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "plan.xlsx")
	if err := os.WriteFile(path, filled.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path, cells
}

func (b *browser) uploadPlan(file, until string) {
	b.t.Helper()
	b.run(chromedp.SetUploadFiles(`#workbook`, []string{file}), chromedp.Click(`form[enctype] button`), chromedp.WaitVisible(until))
}

// approveAllButOne decides in English, as the planner does.
func (p *program) approveAllButOne(t *testing.T) {
	t.Helper()
	b := openBrowser(t, p.service.URL)
	b.signIn(p.service.URL, "planner@example.qa", hostilePassword)
	b.takeFaults()
	b.open(p.service.URL + "/en/review")
	if text := b.text(); !strings.Contains(text, "40 added") || !strings.Contains(text, "1 plan is waiting for a decision.") {
		t.Errorf("what waits: %s", text)
	}
	b.run(chromedp.Click(`a[href="/en/review/moi/1"]`), chromedp.WaitVisible(`#decide`))
	b.shoot(t, "plan-review")
	for _, fault := range append(b.axe(), b.takeFaults()...) {
		t.Error(fault)
	}
	b.run(
		chromedp.Click(`input[name="return.m-s07-2"]`), chromedp.SendKeys(`input[name="why.m-s07-2"]`, "Which register does it need?"),
		chromedp.SetValue(`#f-approved_on`, "2016-10-01"),
		chromedp.Click(`button[value=approve]`), chromedp.WaitVisible(`[role=status].remark`),
	)
	if text := b.text(); !strings.Contains(text, "The plan was approved.") {
		t.Errorf("after approving: %s", text)
	}
}

// checkPlanIsAudited looks for one row of each step with the revision it was about.
func (p *program) checkPlanIsAudited(t *testing.T) {
	t.Helper()
	var found struct {
		Items []struct {
			Action, Object, Outcome, Entity string
		} `json:"items"`
	}
	p.get("/v1/audit?limit=100", &found)
	steps := map[string]int{}
	for _, row := range found.Items {
		if row.Object == "plan/moi/1" && row.Outcome == "done" && row.Entity == "moi" {
			steps[row.Action]++
		}
	}
	if steps["submit"] != 2 || steps["review"] != 1 {
		t.Errorf("audited steps of the revision: %v in %+v", steps, found.Items)
	}
}
