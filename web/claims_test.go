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
)

// The people of a claim.
var (
	moiAgency = access.Principal{
		ID: "user/agency@moi.example", Name: "Agency", Role: access.RoleAgency,
		Entity: "moi",
	}
	mojAgency = access.Principal{
		ID: "user/agency@moj.example", Name: "Other", Role: access.RoleAgency,
		Entity: "moj",
	}
	planner       = access.Principal{ID: "user/planner@office.example", Name: "Planner", Role: access.RolePlanner}
	secondPlanner = access.Principal{ID: "user/second@office.example", Name: "Second", Role: access.RolePlanner}
)

// claimStore is adminStore with another entity and the service launched.
func claimStore(t *testing.T) *clickhouse.DB {
	t.Helper()
	db := adminStore(t)
	if _, err := db.AppendAll(t.Context(), []programme.Draft{
		{
			Family: programme.FamilyEntity, Subject: "moj", Actor: "test",
			Body: programme.Entity{Code: "moj", Name: "Justice " + hostile[2], NameAr: "العدل"},
		},
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
	form := url.Values{
		"effective_on": {"2016-05-01"}, "comment": {hostile[0]}, "level": {"3"}, "answers.info": {"yes"},
		"answers.info.url": {"https://moi.example/"},
	}
	for _, criterion := range programme.CriteriaOf(programme.LevelTransactional) {
		form.Set("answers."+string(criterion), "yes")
		form.Set("answers."+string(criterion)+".text", "seen "+hostile[2])
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return form
}

// agencyClaims is the pages over a store with four live services of one entity and one of another.
func agencyClaims(t *testing.T) (*agencySite, *clickhouse.DB) {
	t.Helper()
	db := claimStore(t)
	var drafts []programme.Draft
	owners := map[string]string{"card": "moi", "licence": "moi", "permit": "moi", "deed": "moj"}
	var launched []programme.Rollout
	for _, code := range []string{"card", "deed", "licence", "permit"} {
		drafts = append(drafts, programme.Draft{
			Family: programme.FamilyService, Subject: code, Actor: "test",
			Body: programme.Service{Code: code, Name: code + " " + hostile[2], NameAr: code, Entity: owners[code]},
		})
		launched = append(launched, programme.Rollout{
			ID: "launch-" + code, Entity: owners[code], Service: code, Source: "test", EventID: "e-" + code,
			Action: programme.ActionLaunch, EffectiveOn: civil.NewDate(2016, 2, 1), Actor: "token/moi",
			RecordedAt: clocktest.Now(),
		})
	}
	if _, err := db.AppendAll(t.Context(), drafts); err != nil {
		t.Fatal(err)
	}
	if err := db.InsertRollouts(t.Context(), "launches", launched); err != nil {
		t.Fatal(err)
	}
	return agencySiteOver(t, db), db
}

// claims sends the form of a claim, which must be taken.
func (s *agencySite) claims(t *testing.T, service string, who access.Principal, form url.Values) {
	t.Helper()
	s.person = who
	if got, body := post(t, s.server, "/en/claims/"+service, form); got.StatusCode != http.StatusSeeOther {
		t.Fatalf("%s: %d %s", service, got.StatusCode, textOf(document(t, body).Find("main")))
	}
}

// decides sends the form of a decision on a claim, which must be taken.
func (s *agencySite) decides(t *testing.T, claim string, who access.Principal, pairs ...string) {
	t.Helper()
	s.person = who
	got, body := post(t, s.server, "/en/review/claims/"+claim, agencyForm(append([]string{"version", "0"},
		pairs...)...))
	if got.StatusCode != http.StatusSeeOther {
		t.Fatalf("%s: %d %s", claim, got.StatusCode, textOf(document(t, body).Find("main")))
	}
}

func TestClaimsOnPages(t *testing.T) {
	t.Parallel()
	site := agencySiteOver(t, claimStore(t))
	faults := claimedForm("answers.payment", "no", "answers.apply.text", "", "effective_on", "soon")
	back := agencyForm(
		"version", "0", "decision", "return", "criterion", "payment", "comment", "At the counter.", "level", "3",
	)
	site.are(t, []agencyCase{
		{
			shows: "faults beside their fields", who: moiAgency, path: "/ar/claims/visa", form: faults, status: 422,
			parts: []agencyPart{
				agencyMarks("answers.payment", "3"), agencyMarks("answers.apply.url", "دليل"),
				agencyMarks("effective_on", "2016-09-30"),
				agencyKeeps("effective_on", "soon"),
			},
		},
		{
			shows: "that a claim is taken", who: moiAgency, path: "/en/claims/visa", form: claimedForm(),
			to: "/en/claims/visa?done=claimed",
		},
		{
			shows: "that the same claim waits", who: moiAgency, path: "/en/claims/visa", form: claimedForm(),
			parts: []agencyPart{
				agencySays(".remark[role=status]", "The same claim is already waiting; nothing was added."),
				agencyTimes(1, ".claims > li"),
			},
		},
		{shows: "what waits for the programme office", who: planner, path: "/en/review/claims", parts: []agencyPart{
			agencySays("h1", "1 claim is waiting to be verified"),
			agencyThere(`#open ~ .scroll td > a[href^="/en/review/claims/visa/"]`),
		}},
		{
			shows: "that a return takes a reason", who: planner, path: "/en/review/claims/visa/1",
			form: agencyForm("version", "0", "decision", "return"), status: 422,
			parts: []agencyPart{agencyMarks("criterion", "It is missing."), agencyMarks("comment", "It is missing.")},
		},
		{
			shows: "that it is returned", who: planner, path: "/en/review/claims/visa/1", form: back,
			to: "/en/review/claims/visa/*?done=returned",
		},
		{shows: "the entity why", who: moiAgency, path: "/en/claims", parts: []agencyPart{
			agencySays("tbody td:nth-child(4)", "ReturnedFees are paid onlineAt the counter."),
		}},
		{
			shows: "the second planner who was first", who: secondPlanner, path: "/en/review/claims/visa/1",
			form: agencyForm("version", "0", "decision", "verify"), status: 409,
			parts: []agencyPart{agencyTells("[role=alert]", planner.ID+" decided first, on ",
				"your decision was not recorded.")},
		},
	})
}

// Two planners press at the same moment on pages of their own.
func TestOfTwoPlannersOnPagesOneDecides(t *testing.T) {
	t.Parallel()
	db := claimStore(t)
	if answer, _ := post(t, storeSite(t, db, moiAgency), "/en/claims/visa",
		claimedForm()); answer.StatusCode != http.StatusSeeOther {
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
	site := agencySiteOver(t, claimStore(t))
	verify := agencyForm("version", "0", "decision", "verify")
	offered := `button[name=decision]`
	site.claims(t, "visa", administrator, claimedForm())
	site.are(t, []agencyCase{
		{
			shows: "the claimant may not verify", who: administrator, path: "/en/review/claims/visa/1", form: verify,
			status: 403,
			parts: []agencyPart{
				agencySays("[role=alert]", "You made this claim; another planner has to decide on it."),
				agencyGone(offered),
			},
		},
		{
			shows: "the claimant is offered no button", who: administrator, path: "/ar/review/claims/visa/1",
			parts: []agencyPart{
				agencyGone(offered), agencySays("main > .remark",
					"هذا الإعلان صادر عنك، فلا بدّ أن يبتّ فيه مسؤول تخطيط آخر."),
			},
		},
		{shows: "another entity", who: mojAgency, path: "/en/claims/visa", status: 404, parts: agencyNotFound},
		{
			shows: "another entity's claim", who: mojAgency, path: "/en/claims/visa", form: claimedForm(), status: 404,
			parts: agencyNotFound,
		},
		{
			shows: "the entity decides nothing", who: moiAgency, path: "/en/review/claims", status: 403,
			parts: agencyForbidden,
		},
		{
			shows: "the entity verifies nothing", who: moiAgency, path: "/en/review/claims/visa/1", form: verify,
			status: 403,
			parts:  agencyForbidden,
		},
		{shows: "a planner claims nothing", who: planner, path: "/en/claims", status: 403, parts: agencyForbidden},
		{
			shows: "a planner sends no claim", who: planner, path: "/en/claims/visa", form: claimedForm(), status: 403,
			parts: agencyForbidden,
		},
		{shows: "a planner may verify", who: planner, path: "/en/review/claims/visa/1", parts: []agencyPart{
			agencyTimes(2, offered),
		}},
		{
			shows: "a planner of one entity verifies nothing", status: 403, parts: agencyForbidden, form: verify,
			who:  access.Principal{ID: "user/p@moi.example", Role: access.RolePlanner, Entity: "moi"},
			path: "/en/review/claims/visa/1",
		},
		{
			shows: "an auditor reads", who: auditor, path: "/en/claims/visa",
			parts: []agencyPart{agencyGone("main form")},
		},
		{shows: "an auditor reads the claim", who: auditor, path: "/ar/review/claims/visa/1", parts: []agencyPart{
			agencyGone(offered, "main form[method=post]"),
		}},
		{shows: "an auditor reads what waits", who: auditor, path: "/ar/review/claims"},
		{
			shows: "an auditor sends no claim", who: auditor, path: "/en/claims/visa", form: claimedForm(), status: 403,
			parts: agencyForbidden,
		},
		{
			shows: "an auditor verifies nothing", who: auditor, path: "/en/review/claims/visa/1", form: verify,
			status: 403,
			parts:  agencyForbidden,
		},
		{shows: "an executive", who: executive, path: "/en/claims", status: 403, parts: agencyForbidden},
		{
			shows: "a claim that is not there", who: planner, path: "/en/review/claims/visa/99", status: 404,
			parts: agencyNotFound,
		},
		{
			shows: "a service that is not there", who: moiAgency, path: "/en/claims/none", status: 404,
			parts: agencyNotFound,
		},
		{
			shows: "a claim of a service that is not there", who: planner, path: "/en/review/claims/none/1",
			status: 404,
			parts:  agencyNotFound,
		},
	})
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
				picture(atDesk, t, office.URL+"/"+language+path, filepath.Join(folder,
					language+strings.ReplaceAll(path, "/", "_")+".png"), 1440)
				picture(atAgency, t, agency.URL+"/"+language+"/claims/visa",
					filepath.Join(folder, language+"_claims_visa.png"), 1440)
			}
		}
	}
	counted := func() string {
		t.Helper()
		var text string
		if err := open(atDesk, office.URL+"/en/review/claims", 1440); err != nil {
			t.Fatal(err)
		}
		if err := chromedp.Run(atDesk, browsertest.Steady(chromedp.AttributeValue(`[data-figure="verified.counted"]`,
			"value", &text, nil))...); err != nil {
			t.Fatal(err)
		}
		return text
	}
	fill := []chromedp.Action{
		chromedp.EmulateViewport(1440, 900), chromedp.Navigate(agency.URL + "/en/claims/visa"),
		chromedp.SetValue(`#f-effective_on`, "2016-05-01"), chromedp.SetValue(`#f-answers-info`, "yes"),
		chromedp.SetValue(`#f-answers-info-url`, "https://moi.example/"),
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
		actions := append([]chromedp.Action{chromedp.EmulateViewport(1440, 900), chromedp.Navigate(office.URL + path)},
			how...)
		if err := chromedp.Run(atDesk, browsertest.Steady(append(actions,
			chromedp.WaitVisible(`[role=status].remark`))...)...); err != nil {
			t.Fatal(err)
		}
	}
	decide("/en/review/claims/visa/1", chromedp.SetValue(`#f-criterion`, "payment"),
		chromedp.SendKeys(`#f-comment`, "At the counter."), chromedp.Click(`button[value="return"]`))
	look("en")
	again := append([]chromedp.Action{
		chromedp.EmulateViewport(1440, 900), chromedp.Navigate(agency.URL + "/en/claims/visa"),
		chromedp.SetValue(`#f-answers-payment-text`, "Paid online since May."),
	}, send...)
	if err := chromedp.Run(atAgency, browsertest.Steady(again...)...); err != nil {
		t.Fatal(err)
	}
	if after := counted(); after != "0" {
		t.Errorf("counted %s while it waits", after)
	}
	decide("/ar/review/claims/visa/3", chromedp.SetValue(`#f-recheck_on`, "2016-06-01"),
		chromedp.Click(`button[value="verify"]`))
	if after := counted(); after != "1" {
		t.Errorf("counted %s after it was verified, want 1", after)
	}
	for path, part := range map[string]agencyPart{
		"/en/services/visa":              agencyThere(`main a[href="/en/review/claims?service=visa"]`),
		"/en/review/claims?service=visa": agencyTimes(2, `#open ~ .scroll td a[href^="/en/review/claims/visa/"]`),
		"/en/review/claims":              agencySays("#rechecks ~ .scroll td:nth-child(4)", "121 days"),
	} {
		_, body := get(t, office, path)
		part(t, document(t, body).Selection)
	}
	for _, complaint := range append(heard.taken(), heardDesk.taken()...) {
		t.Error(complaint)
	}
}
