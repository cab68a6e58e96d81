package web

import (
	"net/http"
	"strings"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/clickhouse"
	"mirsad/internal/programme"
)

// agencyPlans is the pages over a store with two entities, one of which has services.
func agencyPlans(t *testing.T) (*agencySite, *clickhouse.DB) {
	t.Helper()
	db := planStore(t)
	return agencySiteOver(t, db), db
}

// approved puts an approved plan into the store.
func approved(t *testing.T, db *clickhouse.DB, milestones ...programme.Milestone) {
	t.Helper()
	stepped(t, db, planner.ID, programme.Plan{
		Kind: programme.PlanApproved, Revision: 1, ApprovedOn: civil.NewDate(2016, 1, 5), Milestones: milestones,
	})
}

// facts wants a number of facts in the plan's stream.
func facts(t *testing.T, db *clickhouse.DB, n int) {
	t.Helper()
	if stream := planStream(t, db); len(stream) != n {
		t.Errorf("%d facts, want %d", len(stream), n)
	}
}

// interiorLink is the reader of a signed link for the plan of an entity.
var interiorLink = agencyReader(access.LinkPlan, "moi")

const plannedMilestone = "[aria-labelledby=plan] tbody tr"

func TestPlanPageBeforeAnyPlan(t *testing.T) {
	t.Parallel()
	site, _ := agencyPlans(t)
	writes := agencyParts(
		agencyThere(`form[enctype="multipart/form-data"] input[type=file][name=workbook][required]`),
		agencyKeeps("comment", ""),
		agencyGone("#answer", "main [role=alert]", "main > .remark", plannedMilestone,
			"[aria-labelledby=history] table"),
		agencyHas("#workbook", "aria-describedby", "workbook-hint"),
		agencyHas("#comment", "aria-describedby", "comment-hint"),
	)
	site.are(t, []agencyCase{
		{shows: "in English", who: interior, path: "/en/submit", parts: []agencyPart{
			writes, agencySays("h1", "Plan: Interior"), agencySays("title",
				"Submit a plan · National e-services programme"),
			agencySays(".menu [aria-current=page]", "Our plan"), agencyGone("main [name=entity]"),
			agencySays("[aria-labelledby=plan] .nothing", "There is no approved plan yet."),
			agencySays("[aria-labelledby=history] .nothing", "No revision has been recorded yet."),
			agencyLeads("[aria-labelledby=by-book] a", "/en/submit/plan-template.xlsx"),
			agencyLeads("[aria-labelledby=by-form] a", "/en/submit/milestone"),
			agencyHas("form.stack", "action", "/en/submit"), agencySays("form.stack button", "Upload and check"),
			agencySays("#comment-hint", "For the planners. If milestones are dropped, say here why."),
		}},
		{shows: "in Arabic", who: interior, path: "/ar/submit", parts: []agencyPart{
			writes, agencySays("h1", "خطة الداخلية"), agencySays(".menu [aria-current=page]", "خطة جهتي"),
			agencySays("[aria-labelledby=plan] .nothing", "لا توجد خطة معتمدة بعد."),
			agencySays("form.stack button", "رفع الملف والتحقق منه"),
		}},
		{shows: "of a hostile name", who: mojAgency, path: "/en/submit", parts: []agencyPart{
			writes, agencySays("h1", "Plan: "+hostile[0]),
		}},
		{shows: "to a link's reader", who: interiorLink, path: "/en/submit", parts: []agencyPart{
			writes, agencyGone(".menu a", "a.person"), agencySays(".person", "noor@moi.example"),
		}},
		{shows: "to an administrator, who chooses", who: administrator, path: "/en/submit", parts: []agencyPart{
			agencySays("h1", "Submit a plan"), agencyLists("[name=entity] option", "Choose an entity", hostile[0],
				"Interior"),
			agencyGone("main form[method=post]", "main section"), agencySays(".menu [aria-current=page]",
				"Submit a plan"),
		}},
		{
			shows: "to an administrator, who has chosen", who: administrator, path: "/en/submit?entity=moi",
			parts: []agencyPart{
				writes, agencyKeeps("entity", "moi"), agencyHas("form.stack", "action", "/en/submit?entity=moi"),
				agencyLeads("[aria-labelledby=by-form] a", "/en/submit/milestone?entity=moi"),
				agencyLeads("[aria-labelledby=by-book] a", "/en/submit/plan-template.xlsx?entity=moi"),
			},
		},
		{shows: "to an auditor, who reads", who: auditor, path: "/ar/submit?entity=moi", parts: []agencyPart{
			agencyGone("main form[method=post]", "#by-form"), agencyKeeps("entity", "moi"),
			agencyLeads("[aria-labelledby=by-book] a", "/ar/submit/plan-template.xlsx?entity=moi"),
		}},
		{
			shows: "not of another entity", who: mojAgency, path: "/en/submit?entity=moi", status: 404,
			parts: agencyNotFound,
		},
		{
			shows: "not of nobody", who: administrator, path: "/en/submit?entity=%3Cb%3E", status: 404,
			parts: agencyNotFound,
		},
		{shows: "not to a planner", who: planner, path: "/en/submit", status: 403, parts: agencyForbidden},
		{
			shows: "not to a link's reader for claims", who: agencyReader(access.LinkClaims, "moi"), path: "/en/submit",
			status: 403,
			parts:  agencyForbidden,
		},
	})
}

func TestPlanPageOfThePlanInForce(t *testing.T) {
	t.Parallel()
	site, db := agencyPlans(t)
	proposed := programme.Milestone{
		Code: "m-moi-new-4", Service: "moi-new", Level: 4, PlannedOn: civil.NewDate(2016, 12, 5),
		ExpectedOn: civil.NewDate(2016, 12, 20),
		Proposed:   &programme.ProposedService{Name: hostile[2], NameAr: "خدمة"},
	}
	approved(t, db, append(planned(), proposed)...)
	moved := append(planned(), proposed)
	moved[0].PlannedOn, moved[0].Reason = civil.NewDate(2016, 11, 20), "a vendor"
	stepped(t, db, planner.ID, programme.Plan{
		Kind: programme.PlanApproved, Revision: 2, ApprovedOn: civil.NewDate(2016, 6, 5), Milestones: moved,
		Comment:  "Fine " + hostile[0],
		Returned: []programme.ReturnedMilestone{{Milestone: "permit-l3", Comment: "Why? " + hostile[2]}},
	})
	row := func(n string) string { return plannedMilestone + ":nth-child(" + n + ") " }
	site.are(t, []agencyCase{
		{shows: "in English", who: interior, path: "/en/submit", parts: []agencyPart{
			agencyTimes(3, plannedMilestone), agencyLists(plannedMilestone+" .code", "visa-l2", "permit-l3",
				"m-moi-new-4"),
			agencyLists(row("1")+"td", "2 · Interactive", "1 November 2016", "20 November 201619 days later",
				"20 November 2016", "–",
				"At risk", "Change"),
			agencyLists(row("3")+".day", "5 December 2016", "5 December 2016", "20 December 2016", "–"),
			agencyLeads(row("1")+"th a", "/en/services/visa"), agencyGone(row("3") + "th a"),
			agencySays(row("3")+"th bdi", hostile[2]),
			agencyLeads(row("2")+"td:last-child a", "/en/submit/milestone?milestone=permit-l3"),
			agencyTells("#answer", "Revision 2 was approved by "+planner.ID+", "), agencyGone("main > .remark"),
		}},
		{shows: "in Arabic", who: interior, path: "/ar/submit", parts: []agencyPart{
			agencyTells(row("1")+"td:nth-child(4)", "20 نوفمبر 2016", "تأخير 19 يومًا"),
			agencySays(row("3")+"th bdi", "خدمة"),
			agencyTells("#answer", "اعتُمدت النسخة 2", "صاحب الإجراء: "+planner.ID),
		}},
		{shows: "what the planner said", who: interior, path: "/en/submit", parts: []agencyPart{
			agencySays("[aria-labelledby=answer] p", "Fine "+hostile[0]),
			agencySays("[aria-labelledby=answer] li", "permit: Why? "+hostile[2]),
			agencyTimes(1, "[aria-labelledby=answer] li"),
			agencySays("[aria-labelledby=answer] .muted",
				"These milestones were sent back; they are not part of the approval:"),
		}},
		{shows: "its revisions, the newest first", who: interior, path: "/en/submit", parts: []agencyPart{
			agencyLists("[aria-labelledby=history] tbody th", "23 milestones", "13 milestones"),
			agencyLists("[aria-labelledby=history] tbody > tr > td:nth-child(2)", "Approved", "Approved"),
			agencyTells("[aria-labelledby=history] .steps li", "Approved · "+planner.ID, "Fine "+hostile[0],
				"Why? "+hostile[2]),
			agencyGone("[aria-labelledby=history] th a"),
		}},
		{
			shows: "with ways to the review for who reviews", who: administrator, path: "/en/submit?entity=moi",
			parts: []agencyPart{
				agencyLeads("[aria-labelledby=history] th a", "/en/review/moi/2"),
				agencyLeads(row("2")+"td:last-child a", "/en/submit/milestone?entity=moi&milestone=permit-l3"),
			},
		},
		{
			shows: "without ways to change for who reads", who: auditor, path: "/en/submit?entity=moi",
			parts: []agencyPart{
				agencyTimes(3, plannedMilestone), agencyGone(`main a[href*="/submit/milestone"]`),
				agencyTimes(6, row("1")+"td"),
			},
		},
		{shows: "nothing of it to another", who: mojAgency, path: "/en/submit", parts: []agencyPart{
			agencyGone(plannedMilestone, "#answer", "[aria-labelledby=history] table"),
		}},
	})
}

func TestPlanPageSaysWhatIsOpen(t *testing.T) {
	t.Parallel()
	site, db := agencyPlans(t)
	stepped(t, db, interior.ID, programme.Plan{
		Kind: programme.PlanSubmitted, Revision: 1, Milestones: planned(), Comment: "first " + hostile[2],
	})
	site.are(t, []agencyCase{
		{shows: "what waits", who: interior, path: "/en/submit", parts: []agencyPart{
			agencyTells("main > .remark", "Revision 1 was submitted by "+interior.ID, "It is waiting for a planner."),
			agencyGone("main > .remark a"), agencyKeeps("comment", "first "+hostile[2]),
			agencySays("[aria-labelledby=history] tbody > tr > td:nth-child(2)", "Waiting for a planner"),
		}},
	})
	stepped(t, db, "user/colleague@moi.example", programme.Plan{
		Kind: programme.PlanDraft, Revision: 2, Milestones: planned()[:1], Comment: "second",
	})
	site.are(t, []agencyCase{
		{shows: "the draft too", who: interior, path: "/en/submit", parts: []agencyPart{
			agencyTimes(2, "main > .remark"), agencyTells("main > .remark",
				"Revision 2 is a draft of user/colleague@moi.example"),
			agencyLeads("main > .remark a", "/en/submit/draft"), agencySays("main > .remark a",
				"Review and submit"),
			agencyKeeps("comment", "second"),
		}},
		{shows: "in Arabic", who: administrator, path: "/ar/submit?entity=moi", parts: []agencyPart{
			agencyTells("main > .remark", "النسخة 2 مسودة (صاحب الإجراء: user/colleague@moi.example)"),
			agencyLeads("main > .remark a", "/ar/submit/draft?entity=moi"),
		}},
	})
	stepped(t, db, planner.ID, programme.Plan{
		Kind: programme.PlanReturned, Revision: 1,
		Comment: "Too late " + hostile[0],
	})
	site.are(t, []agencyCase{
		{shows: "that it was returned", who: interior, path: "/en/submit", parts: []agencyPart{
			agencyTells("#answer", "Revision 1 was returned by "+planner.ID),
			agencySays("[aria-labelledby=answer] p", "Too late "+hostile[0]),
			agencyTimes(1, "main > .remark"), agencyGone("[aria-labelledby=answer] .muted"),
			agencyLists("[aria-labelledby=history] tbody > tr > td:nth-child(2)", "Draft", "Returned"),
		}},
		{shows: "what was done", who: interior, path: "/ar/submit?done=submitted", parts: []agencyPart{
			agencySays("[role=status].remark", "قُدّمت الخطة، وهي الآن لدى مسؤول التخطيط."),
		}},
		{shows: "that nothing was done", who: interior, path: "/en/submit?done=unchanged", parts: []agencyPart{
			agencySays("[role=status].remark", "This is the same as the current version; nothing was saved."),
		}},
		{shows: "nothing for what was never done", who: interior, path: "/en/submit?done=%3Cb%3E", parts: []agencyPart{
			agencyGone("[role=status].remark"),
		}},
	})
}

func TestPlanTemplateIsForItsEntity(t *testing.T) {
	t.Parallel()
	site, db := agencyPlans(t)
	approved(t, db, planned()...)
	for _, each := range []struct {
		shows, path, name string
		who               access.Principal
		status            int
	}{
		{"in English", "/en/submit/plan-template.xlsx", "plan-moi-en.xlsx", interior, 200},
		{"in Arabic", "/ar/submit/plan-template.xlsx", "plan-moi-ar.xlsx", interior, 200},
		{"to a link's reader", "/ar/submit/plan-template.xlsx", "plan-moi-ar.xlsx", interiorLink, 200},
		{"to an auditor", "/en/submit/plan-template.xlsx?entity=moi", "plan-moi-en.xlsx", auditor, 200},
		{"of no entity", "/en/submit/plan-template.xlsx", "", auditor, 400},
		{"of another entity", "/en/submit/plan-template.xlsx?entity=moi", "", mojAgency, 404},
		{"to a planner", "/en/submit/plan-template.xlsx?entity=moi", "", planner, 403},
	} {
		t.Run(each.shows, func(t *testing.T) {
			site.person = each.who
			got, body := get(t, site.server, each.path)
			if got.StatusCode != each.status {
				t.Fatalf("%d, want %d", got.StatusCode, each.status)
			}
			if each.status != http.StatusOK {
				return
			}
			if want := `attachment; filename="` + each.name + `"`; got.Header.Get("Content-Disposition") != want ||
				got.Header.Get("Cache-Control") != "no-store" || !strings.HasPrefix(body, "PK") {
				t.Errorf("%v", got.Header)
			}
		})
	}
}
