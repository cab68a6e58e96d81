package web

import (
	"bytes"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/web/plan"
)

func TestFaultsOfAWorkbookAreToldByCellAndNothingIsKept(t *testing.T) {
	db := planStore(t)
	stepped(t, db, planner.ID, programme.Plan{Kind: programme.PlanApproved, Revision: 1, ApprovedOn: civil.NewDate(2016, 1, 5), Milestones: planned()})
	server := storeSite(t, db, interior)
	workbook, cell := filled(t, server,
		map[string]any{"planned_on": "2016-11-20"},                          // moved without a reason
		map[string]any{"level": "nine"},                                     // unreadable
		map[string]any{"service": "licence", "level": 2},                    // no date
		map[string]any{"service": "visa", "level": 2, "planned_on": "soon"}, // planned twice, and no date
	)
	for _, language := range []string{"en", "ar"} {
		answer, body := upload(t, server, "/"+language+"/submit", workbook, hostile[0])
		if answer.StatusCode != http.StatusUnprocessableEntity || answer.Header.Get("Cache-Control") != "no-store" {
			t.Fatalf("%s: %d", language, answer.StatusCode)
		}
		shows(t, language, body, cell("reason", 0)+"</bdi>", cell("level", 1)+"</bdi>", cell("planned_on", 2)+"</bdi>", cell("planned_on", 3)+"</bdi>",
			`aria-invalid="true"`, `aria-describedby="faults"`, `role="alert"`, "&lt;script&gt;alert")
	}
	if _, body := upload(t, server, "/en/submit", workbook, ""); !strings.Contains(body, "The go-live moves by 19 days, without a reason.") {
		t.Error("the fault of the plan itself is not told beside those of the cells")
	}
	for name, content := range map[string][]byte{"no file": nil, "no workbook": []byte("%PDF-1.4"), "cut": workbook[:len(workbook)/2]} {
		if answer, body := upload(t, server, "/en/submit", content, ""); answer.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, `id="faults"`) {
			t.Errorf("%s: %d", name, answer.StatusCode)
		}
	}
	if answer, _ := upload(t, server, "/en/submit", bytes.Repeat([]byte("x"), plan.UploadLimit+1), ""); answer.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("too large: %d", answer.StatusCode)
	}
	if stream := planStream(t, db); len(stream) != 1 {
		t.Errorf("%d facts: something was kept", len(stream))
	}
}

func TestAPlanIsUploadedConfirmedAndDecided(t *testing.T) {
	db := planStore(t)
	stepped(t, db, planner.ID, programme.Plan{Kind: programme.PlanApproved, Revision: 1, ApprovedOn: civil.NewDate(2016, 1, 5), Milestones: planned()})
	server := storeSite(t, db, interior)
	same, _ := filled(t, server)
	if answer, _ := upload(t, server, "/en/submit", same, ""); answer.Header.Get("Location") != "/en/submit?done=unchanged" {
		t.Errorf("the template as it came: %v", answer.Header)
	}
	workbook, _ := filled(t, server, map[string]any{"planned_on": "2016-11-20", "reason": "The " + hostile[2]}, nil,
		map[string]any{"service": "licence", "level": 2, "planned_on": "2016-12-15"})
	answer, body := upload(t, server, "/ar/submit", workbook, "first")
	if answer.Header.Get("Location") != "/ar/submit/draft?made_for=1" {
		t.Fatalf("%d %v %s", answer.StatusCode, answer.Header, body)
	}
	_, body = get(t, server, "/en/submit/draft")
	shows(t, "the draft", body, "1 added · 1 moved · 1 unchanged", "19 days later", "1 November 2016", "20 November 2016", "m-licence-2", `name="version" value="2"`, `value="first"`)
	_, body = get(t, server, "/ar/submit/draft")
	shows(t, "the draft in Arabic", body, "تأخير 19 يومًا", "أُضيف: 1", `dir="rtl"`)
	form := url.Values{"revision": {"2"}, "version": {"2"}, "comment": {"second " + hostile[0]}}
	if answer, _ = post(t, server, "/en/submit/confirm", form); answer.Header.Get("Location") != "/en/submit?done=submitted" {
		t.Fatalf("%d %v", answer.StatusCode, answer.Header)
	}
	_, body = get(t, server, "/en/submit?done=submitted")
	shows(t, "my plan", body, "The plan was submitted and is now with a planner.", "Revision 2 was submitted by \u2068user/noor@moi.example", "1 November 2016")
	office := storeSite(t, db, planner)
	_, body = get(t, office, "/en/review")
	shows(t, "the list", body, "1 plan waits for a decision.", `href="/en/review/moi/2"`, "1 added · 1 moved · 1 unchanged")
	_, body = get(t, office, "/ar/review/moi/2")
	shows(t, "the revision", body, `name="return.m-licence-2"`, `name="approved_on" value="2016-09-30"`, "user/noor@moi.example")
	answer, body = post(t, office, "/en/review/moi/2", url.Values{"comment": {"a key was pressed"}})
	shows(t, "no button", body, "Nothing was decided", `value="a key was pressed"`)
	if answer.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("no button: %d", answer.StatusCode)
	}
	refused := url.Values{"act": {"approve"}, "approved_on": {"2015-01-01"}, "return.m-licence-2": {"on"}, "why.visa-l2": {"kept?"}, "comment": {"as typed"}}
	answer, body = post(t, office, "/en/review/moi/2", refused)
	shows(t, "the refusal", body, `value="2015-01-01"`, `value="as typed"`, `value="kept?"`, "not ticked to be sent back", "It is not a day from", `name="return.m-licence-2" checked`)
	if answer.StatusCode != http.StatusUnprocessableEntity || strings.Count(body, `aria-invalid="true"`) != 3 {
		t.Errorf("%d, %d invalid fields", answer.StatusCode, strings.Count(body, `aria-invalid="true"`))
	}
	decision := url.Values{"act": {"approve"}, "approved_on": {"2016-10-01"}, "return.m-licence-2": {"on"}, "why.m-licence-2": {"Which " + hostile[2]}}
	if answer, _ = post(t, office, "/en/review/moi/2", decision); answer.Header.Get("Location") != "/en/review/moi/2?done=approved" {
		t.Fatalf("%d %v", answer.StatusCode, answer.Header)
	}
	record, err := register.PlanOf("moi", planStream(t, db))
	if inForce := record.InForce(); err != nil || inForce.Revision != 2 || len(inForce.Milestones) != 2 || inForce.Milestones[0].PlannedOn != civil.NewDate(2016, 11, 20) {
		t.Errorf("in force: %+v, %v", inForce, err)
	}
	_, body = get(t, server, "/en/submit")
	shows(t, "the answer", body, "Revision 2 was approved by \u2068user/planner@office.example", "sent back", "Which &lt;img", "19 days later")
	answer, body = post(t, storeSite(t, db, access.Principal{ID: "user/other@example.org", Role: access.RolePlanner}), "/ar/review/moi/2", decision)
	shows(t, "decided already", body, "user/planner@office.example", `value="2016-10-01"`, "Which &lt;img", "سبقك")
	if answer.StatusCode != http.StatusConflict || len(planStream(t, db)) != 4 {
		t.Errorf("decided twice: %d", answer.StatusCode)
	}
}

func TestWhatMovedOnMeanwhileIsNotSubmitted(t *testing.T) {
	t.Parallel()
	db := planStore(t)
	stepped(t, db, interior.ID, programme.Plan{Kind: programme.PlanDraft, Revision: 1, Milestones: planned()})
	server := storeSite(t, db, interior)
	form := url.Values{"revision": {"1"}, "version": {"1"}, "comment": {"as typed"}}
	stepped(t, db, "user/colleague@moi.example", programme.Plan{Kind: programme.PlanDraft, Revision: 1, Milestones: planned()[:1]})
	for _, language := range []string{"en", "ar"} {
		answer, body := post(t, server, "/"+language+"/submit/confirm", form)
		shows(t, language, body, "user/colleague@moi.example", `value="as typed"`, `href="/`+language+`/submit"`)
		if answer.StatusCode != http.StatusConflict {
			t.Errorf("%s: %d", language, answer.StatusCode)
		}
	}
	form.Set("version", "0") // asks for no check
	if answer, _ := post(t, server, "/en/submit/confirm", form); answer.StatusCode != http.StatusBadRequest {
		t.Errorf("without a version: %d", answer.StatusCode)
	}
	if stream := planStream(t, db); len(stream) != 2 {
		t.Errorf("%d facts", len(stream))
	}
}

func TestNobodyDecidesOnTheirOwnPlanOnThePage(t *testing.T) {
	t.Parallel()
	db := planStore(t)
	stepped(t, db, administrator.ID, programme.Plan{Kind: programme.PlanSubmitted, Revision: 1, Milestones: planned()})
	server := storeSite(t, db, administrator)
	for language, words := range map[string]string{"en": "another planner must decide on it", "ar": "يبتّ فيها مسؤول تخطيط آخر"} {
		_, body := get(t, server, "/"+language+"/review/moi/1")
		shows(t, language, body, words)
		if strings.Contains(body, `name="act"`) {
			t.Errorf("%s: the form is offered", language)
		}
		form := url.Values{"act": {"approve"}, "approved_on": {"2016-10-01"}, "comment": {"as typed"}, "return.visa-l2": {"on"}, "why.visa-l2": {"because"}}
		answer, body := post(t, server, "/"+language+"/review/moi/1", form)
		shows(t, language, body, words, `value="as typed"`, `value="because"`)
		if answer.StatusCode != http.StatusForbidden {
			t.Errorf("%s: %d", language, answer.StatusCode)
		}
	}
	if stream := planStream(t, db); len(stream) != 1 {
		t.Errorf("%d facts", len(stream))
	}
}

func TestWhoSubmitsAndWhoReviews(t *testing.T) {
	t.Parallel()
	db := planStore(t)
	stepped(t, db, interior.ID, programme.Plan{Kind: programme.PlanSubmitted, Revision: 1, Milestones: planned()})
	justice := access.Principal{ID: "user/j@moj.example", Role: access.RoleAgency, Entity: "moj"}
	bound := access.Principal{ID: "user/p@moj.example", Role: access.RolePlanner, Entity: "moj"}
	for _, each := range []struct {
		person access.Principal
		method string
		path   string
		want   int
	}{
		{justice, "GET", "/en/submit?entity=moi", 404},
		{justice, "GET", "/en/submit/draft?entity=moi", 404},
		{justice, "GET", "/en/submit/plan-template.xlsx?entity=moi", 404},
		{justice, "POST", "/en/submit/milestone?entity=moi", 404},
		{justice, "POST", "/en/submit/confirm?entity=moi", 404},
		{justice, "POST", "/en/submit?entity=moi", 404},
		{justice, "GET", "/en/submit", 200},
		{justice, "GET", "/en/review", 403},
		{justice, "GET", "/en/review/moi/1", 403},
		{justice, "POST", "/en/review/moi/1", 403},
		{bound, "GET", "/en/review/moi/1", 404},
		{bound, "POST", "/en/review/moi/1", 404},
		{bound, "GET", "/en/review", 200},
		{planner, "GET", "/en/submit", 403},
		{planner, "GET", "/en/review/moi/1", 200},
		{planner, "GET", "/en/review/moi/2", 404},
		{planner, "GET", "/en/review/moi/x", 404},
		{planner, "POST", "/en/review/moi/1", 422},
		{auditor, "GET", "/en/submit?entity=moi", 200},
		{auditor, "GET", "/en/submit/milestone?entity=moi", 403},
		{auditor, "POST", "/en/submit?entity=moi", 403},
		{auditor, "GET", "/en/review/moi/1", 200},
		{auditor, "POST", "/en/review/moi/1", 403},
		{administrator, "GET", "/en/submit", 200},
		{administrator, "GET", "/en/submit?entity=moi", 200},
		{administrator, "GET", "/en/submit/draft", 303},
		{administrator, "POST", "/en/submit/confirm", 400},
		{administrator, "GET", "/en/submit?entity=none", 404},
		{executive, "GET", "/en/submit", 403},
		{executive, "GET", "/en/review", 403},
	} {
		server := storeSite(t, db, each.person)
		var answer answer
		var body string
		if each.method == http.MethodGet {
			answer, body = get(t, server, each.path)
		} else {
			answer, body = post(t, server, each.path, url.Values{"version": {"1"}})
		}
		if answer.StatusCode != each.want {
			t.Errorf("%s %s as %s: %d, want %d", each.method, each.path, each.person.ID, answer.StatusCode, each.want)
		}
		if each.person.Entity == "moj" && strings.Contains(body, "visa-l2") {
			t.Errorf("%s shows another entity's plan", each.path)
		}
		forms := strings.Count(body, `method="post"`) - 1 // signing out
		if each.person.Role == access.RoleAuditor && each.want == 200 && forms != 0 {
			t.Errorf("%s offers an auditor %d forms", each.path, forms)
		}
	}
	if stream := planStream(t, db); len(stream) != 1 {
		t.Errorf("%d facts", len(stream))
	}
}

func TestAMilestoneIsAddedChangedAndDroppedByTheForm(t *testing.T) {
	db := planStore(t)
	stepped(t, db, planner.ID, programme.Plan{Kind: programme.PlanApproved, Revision: 1, ApprovedOn: civil.NewDate(2016, 1, 5), Milestones: planned()})
	server := storeSite(t, db, interior)
	send := func(pairs ...string) (answer, string) {
		form := url.Values{"act": {"save"}, "version": {strconv.Itoa(len(planStream(t, db)))}}
		for i := 0; i+1 < len(pairs); i += 2 {
			form.Set(pairs[i], pairs[i+1])
		}
		return post(t, server, "/en/submit/milestone", form)
	}
	answer, body := send("service", "licence", "level", "3", "planned_on", "2016-12-x", "phases.build", "2019-01-01", "before.visits", "many", "depends_on.2", "moi", "note", hostile[2])
	shows(t, "faults", body, `id="f-planned_on-fault"`, `id="f-before-visits-fault"`, `id="f-depends_on-2-fault"`, `value="2016-12-x"`, `value="2019-01-01"`, "&lt;img")
	if answer.StatusCode != http.StatusUnprocessableEntity || len(planStream(t, db)) != 1 {
		t.Errorf("%d", answer.StatusCode)
	}
	answer, body = send("service", "licence", "level", "3", "planned_on", "2016-12-15", "channels.web", "on", "phases.build", "2016-11-15", "before.visits", "3", "depends_on.1", "moj")
	if answer.Header.Get("Location") != "/en/submit/draft?done=kept" {
		t.Fatalf("%d %s", answer.StatusCode, body)
	}
	if answer, body = send("milestone", "visa-l2", "service", "visa", "level", "2", "planned_on", "2016-11-10"); !strings.Contains(body, `id="f-reason-fault"`) {
		t.Errorf("moved without a reason: %d", answer.StatusCode)
	}
	if answer, body = send("milestone", "visa-l2", "service", "visa", "level", "2", "planned_on", "2016-11-10", "reason", "a vendor", "version", "1"); answer.StatusCode != http.StatusConflict {
		t.Errorf("from an older version: %d", answer.StatusCode)
	}
	shows(t, "conflict", body, `value="a vendor"`, "user/noor@moi.example\u2069 changed this plan")
	send("milestone", "visa-l2", "service", "visa", "level", "2", "planned_on", "2016-11-10", "reason", "a vendor")
	if _, body = send("milestone", "permit-l3", "act", "drop"); !strings.Contains(body, `id="f-dropping-fault"`) {
		t.Error("dropped without a reason")
	}
	if answer, _ = send("act", "drop"); answer.StatusCode != http.StatusConflict && answer.StatusCode != http.StatusNotFound {
		t.Errorf("nothing to drop: %d", answer.StatusCode)
	}
	send("milestone", "permit-l3", "act", "drop", "dropping", "no budget")
	_, body = get(t, server, "/en/submit/draft")
	shows(t, "the draft", body, "1 added · 1 moved · 1 dropped", "a vendor", `value="no budget"`, "Web", "Build 15 November 2016", "Visits 3", "9 days later")
	_, body = get(t, server, "/ar/submit/milestone?milestone=m-licence-3")
	shows(t, "the form", body, `name="phases.build" value="2016-11-15"`, `name="channels.web" checked`, `name="before.visits" value="3"`, `<option value="moj" selected>`)
}
