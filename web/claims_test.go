package web

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"mirsad/internal/access"
	"mirsad/internal/browsertest"
	"mirsad/internal/civil"
	"mirsad/internal/clickhouse"
	"mirsad/internal/clocktest"
	"mirsad/internal/programme"
	"mirsad/web/page"
)

// The people of a claim.
var (
	moiAgency     = access.Principal{ID: "user/agency@moi.example", Name: "Agency", Role: access.RoleAgency, Entity: "moi"}
	mojAgency     = access.Principal{ID: "user/agency@moj.example", Name: "Other", Role: access.RoleAgency, Entity: "moj"}
	planner       = access.Principal{ID: "user/planner@office.example", Name: "Planner", Role: access.RolePlanner}
	secondPlanner = access.Principal{ID: "user/second@office.example", Name: "Second", Role: access.RolePlanner}
)

// claimStore is adminStore with another entity and the service launched.
func claimStore(t *testing.T) *clickhouse.DB {
	t.Helper()
	db := adminStore(t)
	if _, err := db.AppendAll(t.Context(), []programme.Draft{
		{Family: programme.FamilyEntity, Subject: "moj", Actor: "test", Body: programme.Entity{Code: "moj", Name: "Justice " + hostile[2], NameAr: "العدل"}},
	}); err != nil {
		t.Fatal(err)
	}
	if err := db.InsertRollouts(t.Context(), "launch", []programme.Rollout{{
		ID: "launch", Entity: "moi", Service: "visa", Source: "test", EventID: "1", Action: programme.ActionLaunch,
		EffectiveOn: civil.NewDate(2016, 2, 1), Actor: "token/moi", RecordedAt: clocktest.Now(),
	}}); err != nil {
		t.Fatal(err)
	}
	return db
}

// claimedForm is the form of a claim of level 3; pairs change it.
func claimedForm(pairs ...string) url.Values {
	form := url.Values{"effective_on": {"2016-05-01"}, "comment": {hostile[0]}, "level": {"3"}, "answers.info": {"yes"}, "answers.info.url": {"https://moi.example/"}}
	for _, criterion := range programme.CriteriaOf(programme.LevelTransactional) {
		form.Set("answers."+string(criterion), "yes")
		form.Set("answers."+string(criterion)+".text", "seen "+hostile[2])
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return form
}

func TestClaimsOnPages(t *testing.T) {
	t.Parallel()
	db := claimStore(t)
	agency, office := storeSite(t, db, moiAgency), storeSite(t, db, planner)
	answer, body := post(t, agency, "/ar/claims/visa", claimedForm("answers.payment", "no", "answers.apply.text", "", "effective_on", "soon"))
	if answer.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("with faults: %d", answer.StatusCode)
	}
	finds(t, "with faults", body, faulty("answers.payment", "f-answers-payment"), faulty("answers.apply.url", "f-answers-apply-url"),
		faulty("effective_on", "f-effective_on"), `[name=effective_on][value=soon]`)
	if answer, _ = post(t, agency, "/en/claims/visa", claimedForm()); answer.Header.Get("Location") != "/en/claims/visa?done=claimed" {
		t.Fatalf("%d %v", answer.StatusCode, answer.Header)
	}
	if _, body = post(t, agency, "/en/claims/visa", claimedForm()); !strings.Contains(body, "The same claim is already waiting") {
		t.Error("the same claim again is not said to be the same")
	}
	_, body = get(t, office, "/en/review/claims")
	_, path, _ := strings.Cut(body, `href="/en/review/claims/visa/`)
	path, _, _ = strings.Cut(path, `"`)
	path = "/en/review/claims/visa/" + path
	if strings.Contains(body, "<img src=x") || strings.Contains(body, "⟦") || !strings.Contains(body, "1 claim waits to be verified") {
		t.Errorf("the list of what waits: %s", body)
	}
	if answer, body = post(t, office, path, url.Values{"version": {"0"}, "decision": {"return"}}); answer.StatusCode != http.StatusUnprocessableEntity ||
		!strings.Contains(body, `id="f-criterion-fault"`) || !strings.Contains(body, `id="f-comment-fault"`) {
		t.Errorf("returned without a word: %d", answer.StatusCode)
	}
	back := url.Values{"version": {"0"}, "decision": {"return"}, "criterion": {"payment"}, "comment": {"At the counter."}, "level": {"3"}}
	if answer, _ = post(t, office, path, back); answer.StatusCode != http.StatusSeeOther {
		t.Errorf("returned: %d", answer.StatusCode)
	}
	if _, body = get(t, agency, "/en/claims"); !strings.Contains(body, "Fees are paid online") || !strings.Contains(body, "At the counter.") {
		t.Error("the entity is not told which criterion fails")
	}
	if answer, body = post(t, storeSite(t, db, secondPlanner), path, url.Values{"version": {"0"}, "decision": {"verify"}}); answer.StatusCode != http.StatusConflict ||
		!strings.HasPrefix(textOf(document(t, body).Find("[role=alert]")), page.Isolated(planner.ID)+" decided first") {
		t.Errorf("the second planner: %d", answer.StatusCode)
	}
}

// Two planners press at the same moment on pages of their own.
func TestOfTwoPlannersOnPagesOneDecides(t *testing.T) {
	t.Parallel()
	db := claimStore(t)
	if answer, _ := post(t, storeSite(t, db, moiAgency), "/en/claims/visa", claimedForm()); answer.StatusCode != http.StatusSeeOther {
		t.Fatal(answer.StatusCode)
	}
	first, second := storeSite(t, db, planner), storeSite(t, db, secondPlanner)
	statuses := make([]int, 2)
	var both sync.WaitGroup
	both.Go(func() {
		answer, _ := post(t, first, "/en/review/claims/visa/1", url.Values{"version": {"0"}, "decision": {"verify"}})
		statuses[0] = answer.StatusCode
	})
	both.Go(func() {
		answer, _ := post(t, second, "/en/review/claims/visa/1", url.Values{"version": {"0"}, "decision": {"verify"}})
		statuses[1] = answer.StatusCode
	})
	both.Wait()
	if statuses[0]+statuses[1] != http.StatusSeeOther+http.StatusConflict {
		t.Errorf("%v", statuses)
	}
}

func TestFourEyesOnPages(t *testing.T) {
	t.Parallel()
	db := claimStore(t)
	admin := storeSite(t, db, administrator)
	if answer, body := post(t, admin, "/en/claims/visa", claimedForm()); answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d %s", answer.StatusCode, body)
	}
	answer, body := post(t, admin, "/en/review/claims/visa/1", url.Values{"version": {"0"}, "decision": {"verify"}})
	if answer.StatusCode != http.StatusForbidden || !strings.Contains(body, "You made this claim") {
		t.Errorf("the claimant verifies: %d", answer.StatusCode)
	}
	if _, body := get(t, admin, "/ar/review/claims/visa/1"); strings.Contains(body, `value="verify"`) {
		t.Error("the claimant is offered the button")
	}
	for _, c := range []struct {
		who    access.Principal
		path   string
		status int
	}{
		{mojAgency, "/en/claims/visa", http.StatusNotFound},
		{moiAgency, "/en/review/claims", http.StatusForbidden},
		{planner, "/en/claims", http.StatusForbidden},
		{auditor, "/en/claims/visa", http.StatusOK},
		{auditor, "/ar/review/claims/visa/1", http.StatusOK},
		{auditor, "/ar/review/claims", http.StatusOK},
		{planner, "/en/review/claims/visa/99", http.StatusNotFound},
	} {
		if answer, _ := get(t, storeSite(t, db, c.who), c.path); answer.StatusCode != c.status {
			t.Errorf("%s, %s: %d, want %d", c.who.ID, c.path, answer.StatusCode, c.status)
		}
	}
	for who, path := range map[string]string{"auditor": "/en/claims/visa", "planner": "/en/claims/visa"} {
		person := map[string]access.Principal{"auditor": auditor, "planner": planner}[who]
		if answer, _ := post(t, storeSite(t, db, person), path, claimedForm()); answer.StatusCode != http.StatusForbidden {
			t.Errorf("the %s claims: %d", who, answer.StatusCode)
		}
	}
	if answer, _ := post(t, storeSite(t, db, auditor), "/en/review/claims/visa/1", url.Values{"version": {"0"}, "decision": {"verify"}}); answer.StatusCode != http.StatusForbidden {
		t.Errorf("the auditor verifies: %d", answer.StatusCode)
	}
}

// TestAClaimInABrowser claims, returns, claims again and verifies, and looks at what counts; axe and a narrow screen
// look at each page.
func TestAClaimInABrowser(t *testing.T) {
	t.Parallel()
	axe, err := os.ReadFile(filepath.Join("..", "internal", "tools", "proof", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Skip(skipReason(t, "axe is not installed: run `make proof-tools`"))
	}
	db := claimStore(t)
	agency, office := storeSite(t, db, moiAgency), storeSite(t, db, planner)
	atDesk, heardDesk := browser(t, office)
	atAgency, heard := browser(t, agency)
	look := func(language string) {
		t.Helper()
		for _, path := range []string{"/claims", "/claims/visa"} {
			address := agency.URL + "/" + language + path
			if err := open(atAgency, address, 1440); err != nil {
				t.Fatal(err)
			}
			for _, finding := range accessible(atAgency, t, string(axe)) {
				t.Errorf("%s: axe: %s", address, finding)
			}
			noSidewaysScroll(atAgency, t, 320)
		}
		for _, path := range []string{"/review/claims", "/review/claims/visa/1"} {
			if err := open(atDesk, office.URL+"/"+language+path, 1440); err != nil {
				t.Fatal(err)
			}
			for _, finding := range accessible(atDesk, t, string(axe)) {
				t.Errorf("%s: axe: %s", path, finding)
			}
			noSidewaysScroll(atDesk, t, 320)
			if folder := os.Getenv("MIRSAD_SCREENSHOTS"); folder != "" {
				picture(atDesk, t, office.URL+"/"+language+path, filepath.Join(folder, language+strings.ReplaceAll(path, "/", "_")+".png"), 1440)
				picture(atAgency, t, agency.URL+"/"+language+"/claims/visa", filepath.Join(folder, language+"_claims_visa.png"), 1440)
			}
		}
	}
	counted := func() string {
		t.Helper()
		var text string
		if err := open(atDesk, office.URL+"/en/review/claims", 1440); err != nil {
			t.Fatal(err)
		}
		if err := chromedp.Run(atDesk, browsertest.Steady(chromedp.AttributeValue(`[data-figure="verified.counted"]`, "value", &text, nil))...); err != nil {
			t.Fatal(err)
		}
		return text
	}
	fill := []chromedp.Action{
		chromedp.EmulateViewport(1440, 900), chromedp.Navigate(agency.URL + "/en/claims/visa"),
		chromedp.SetValue(`#f-effective_on`, "2016-05-01"), chromedp.SetValue(`#f-answers-info`, "yes"), chromedp.SetValue(`#f-answers-info-url`, "https://moi.example/"),
	}
	for _, criterion := range programme.CriteriaOf(programme.LevelTransactional) {
		id := "#f-answers-" + string(criterion)
		fill = append(fill, chromedp.SetValue(id, "yes"), chromedp.SetValue(id+"-text", "It is so."))
	}
	send := []chromedp.Action{chromedp.Click(`button[value="claim"]`), chromedp.WaitVisible(`[role=status].remark`)}
	if before := counted(); before != "0" {
		t.Errorf("counted %s before", before)
	}
	if err := chromedp.Run(atAgency, browsertest.Steady(append(fill, send...)...)...); err != nil {
		t.Fatal(err)
	}
	look("ar")
	decide := func(path string, how ...chromedp.Action) {
		t.Helper()
		actions := append([]chromedp.Action{chromedp.EmulateViewport(1440, 900), chromedp.Navigate(office.URL + path)}, how...)
		if err := chromedp.Run(atDesk, browsertest.Steady(append(actions, chromedp.WaitVisible(`[role=status].remark`))...)...); err != nil {
			t.Fatal(err)
		}
	}
	decide("/en/review/claims/visa/1", chromedp.SetValue(`#f-criterion`, "payment"), chromedp.SendKeys(`#f-comment`, "At the counter."), chromedp.Click(`button[value="return"]`))
	look("en")
	again := append([]chromedp.Action{
		chromedp.EmulateViewport(1440, 900), chromedp.Navigate(agency.URL + "/en/claims/visa"), chromedp.SetValue(`#f-answers-payment-text`, "Paid online since May."),
	}, send...)
	if err := chromedp.Run(atAgency, browsertest.Steady(again...)...); err != nil {
		t.Fatal(err)
	}
	if after := counted(); after != "0" {
		t.Errorf("counted %s while it waits", after)
	}
	decide("/ar/review/claims/visa/3", chromedp.SetValue(`#f-recheck_on`, "2016-06-01"), chromedp.Click(`button[value="verify"]`))
	if after := counted(); after != "1" {
		t.Errorf("counted %s after it was verified, want 1", after)
	}
	if _, body := get(t, office, "/en/services/visa"); !strings.Contains(body, `href="/en/review/claims?service=visa"`) {
		t.Error("the service does not lead to its claims")
	}
	if _, body := get(t, office, "/en/review/claims?service=visa"); strings.Count(body, `href="/en/review/claims/visa/`) != 3 || !strings.Contains(body, "Returned") {
		t.Error("the claims that were decided on are not found")
	}
	if _, body := get(t, office, "/en/review/claims"); !strings.Contains(body, "121 days") {
		t.Error("the re-check that is overdue is not listed")
	}
	for _, complaint := range append(heard.taken(), heardDesk.taken()...) {
		t.Error(complaint)
	}
}
