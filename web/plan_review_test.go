package web

import (
	"net/url"
	"strings"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/clickhouse"
	"mirsad/internal/programme"
)

const (
	waitingPlan = "[aria-labelledby=waiting] tbody tr"
	decidedPlan = "[aria-labelledby=decided] tbody tr"
)

// steppedOf puts steps into the stream of the plan of another entity.
func steppedOf(t *testing.T, db *clickhouse.DB, entity, actor string, steps ...programme.Plan) {
	t.Helper()
	for _, step := range steps {
		step.Entity = entity
		_, err := db.Decide(t.Context(), programme.FamilyPlan, entity, func([]programme.Fact) (programme.Draft, error) {
			return programme.Draft{Actor: actor, EffectiveOn: step.ApprovedOn, Body: step}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestPlansToReviewAreListed(t *testing.T) {
	t.Parallel()
	site, db := agencyPlans(t)
	site.are(t, []agencyCase{
		{shows: "none", who: planner, path: "/en/review", parts: []agencyPart{
			agencySays("h1", "Submitted plans"), agencySays(".lead", "No plan is waiting for a decision."),
			agencySays(".nothing", "No plan is waiting for a decision."), agencyGone("main table", "aside.stamp"),
			agencySays(".menu [aria-current=page]", "Review plans"),
		}},
		{shows: "none in Arabic", who: planner, path: "/ar/review", parts: []agencyPart{
			agencySays(".lead", "لا خطط بانتظار القرار."), agencySays(".nothing", "لا توجد خطة بانتظار القرار."),
		}},
	})
	approved(t, db, planned()...)
	stepped(t, db, interior.ID, programme.Plan{Kind: programme.PlanSubmitted, Revision: 2, Milestones: redrafted()})
	site.are(t, []agencyCase{
		{shows: "one", who: planner, path: "/en/review", parts: []agencyPart{
			agencySays(".lead", "1 plan is waiting for a decision."), agencyLeads(waitingPlan+" th a", "/en/review/moi/2"),
			agencySays(waitingPlan+" td:nth-child(2)", "2"), agencySays(waitingPlan+" td:nth-child(4)", interior.ID),
			agencySays(waitingPlan+" td:nth-child(5)", "1 added · 1 moved · 1 changed"),
			agencySays(waitingPlan+" td:nth-child(6)", "4"),
			agencyTimes(1, decidedPlan), agencySays(decidedPlan+" td:nth-child(3)", "Approved"),
			agencyLeads(decidedPlan+" th a", "/en/review/moi/1"), agencySays(decidedPlan+" td:last-child", "–"),
		}},
	})
	deed := []programme.Milestone{{Code: "deed-l1", Service: "deed", Level: 1, PlannedOn: civil.NewDate(2016, 11, 2)}}
	steppedOf(t, db, "moj", mojAgency.ID,
		programme.Plan{Kind: programme.PlanDraft, Revision: 1, Milestones: deed},
		programme.Plan{Kind: programme.PlanSubmitted, Revision: 1, Milestones: deed})
	site.are(t, []agencyCase{
		{shows: "many, the oldest first", who: auditor, path: "/en/review", parts: []agencyPart{
			agencySays(".lead", "2 plans are waiting for a decision, the oldest first."),
			agencyLists(waitingPlan+" th a", "Interior", hostile[0]),
			agencySays(waitingPlan+":last-child td:nth-child(5)", "1 added"),
			agencyLists(
				"[aria-labelledby=waiting] th[scope=col]", "Entity", "Revision", "Submitted", "By",
				"Against the plan in force", "Warnings",
			),
		}},
		{shows: "many in Arabic", who: administrator, path: "/ar/review", parts: []agencyPart{
			agencySays(".lead", "خطتان بانتظار القرار، الأقدم أولًا."), agencySays(waitingPlan+" td:nth-child(5)",
				"أُضيف: 1 · تغيّر الموعد: 1 · عُدّل: 1"),
		}},
		{shows: "its own to a planner of one entity", path: "/en/review", parts: []agencyPart{
			agencyLists(waitingPlan+" th a", hostile[0]), agencyGone(decidedPlan, `main a[href*="/moi/"]`),
		}, who: access.Principal{ID: "user/p@moj.example", Role: access.RolePlanner, Entity: "moj"}},
		{shows: "nothing to an agency", who: interior, path: "/en/review", status: 403, parts: agencyForbidden},
		{shows: "nothing to an executive", who: executive, path: "/en/review", status: 403, parts: agencyForbidden},
	})
	steppedOf(t, db, "moj", planner.ID, programme.Plan{
		Kind: programme.PlanReturned, Revision: 1,
		Comment: "No " + hostile[2],
	})
	site.are(t, []agencyCase{
		{shows: "what was decided, the newest first", who: planner, path: "/en/review", parts: []agencyPart{
			agencyLists(decidedPlan+" th a", hostile[0], "Interior"), agencyLists(decidedPlan+" td:nth-child(3)",
				"Returned", "Approved"),
			agencyLists(decidedPlan+" td:last-child", "No "+hostile[2], "–"), agencyTimes(1, waitingPlan),
			agencyLists(decidedPlan+" td:nth-child(5)", planner.ID, planner.ID),
		}},
	})
}

func TestPlanReviewListsTheLastTwentyDecisions(t *testing.T) {
	t.Parallel()
	site, db := agencyPlans(t)
	for revision := 1; revision <= 21; revision++ {
		stepped(t, db, interior.ID, programme.Plan{
			Kind: programme.PlanSubmitted, Revision: revision,
			Milestones: planned(),
		})
		stepped(t, db, planner.ID, programme.Plan{Kind: programme.PlanReturned, Revision: revision, Comment: "no"})
	}
	site.are(t, []agencyCase{
		{shows: "in the list", who: planner, path: "/en/review", parts: []agencyPart{
			agencyTimes(20, decidedPlan), agencySays(decidedPlan+" td:nth-child(2)", "21"),
			agencySays(decidedPlan+":last-child td:nth-child(2)", "2"),
		}},
		{shows: "and all of them with the plan", who: planner, path: "/en/review/moi/1", parts: []agencyPart{
			agencyTimes(21, "[aria-labelledby=history] tbody > tr"),
		}},
	})
}

func TestPlanRevisionIsShownWithTheFormThatDecides(t *testing.T) {
	t.Parallel()
	site, db := agencyPlans(t)
	gone := programme.Milestone{Code: "licence-l2", Service: "licence", Level: 2, PlannedOn: civil.NewDate(2016, 10, 3)}
	approved(t, db, append(planned(), gone)...)
	stepped(t, db, interior.ID, programme.Plan{
		Kind: programme.PlanSubmitted, Revision: 2, Milestones: redrafted(), Comment: "No budget " + hostile[0],
	})
	form := agencyParts(
		agencyKeeps("approved_on", "2016-09-30", "comment", "", "return.visa-l2", "", "why.visa-l2", "", "why.new-l4",
			""),
		agencyTimes(3, `[name^="return."]`), agencyTimes(3, `[name^="why."]`), agencyGone(`[name="return.licence-l2"]`),
		agencyTimes(4, changeRow), agencyTimes(4, warningRow), agencyGone("main [aria-invalid]",
			"[role=status].remark"),
		agencyHas("main form button", "tabindex", "-1"), // a key that is pressed in a field presses this one
		agencyTimes(2, "main [name=act]"), agencyGone("main form > button[name]"),
	)
	site.are(t, []agencyCase{
		{shows: "in English", who: planner, path: "/en/review/moi/2", parts: []agencyPart{
			form, agencySays("h1", "Plan: Interior, revision 2"), agencyTells(".lead",
				"Submitted by "+interior.ID+", "),
			agencySays("main > .remark", "The entity's comment: No budget "+hostile[0]),
			agencyLeads(".path a", "/en/review"),
			agencyHas("main form", "action", "/en/review/moi/2"), agencySays("#warnings",
				"4 points that a planner will ask about"),
			agencySays(`label[for="return-0"] .unseen`, "Send back: visa"),
			agencyHas("#why-0", "aria-label", "What is wrong with it"),
			agencyLists("[name=act]", "Approve", "Return the whole revision"),
			agencySays("#f-comment-hint", "The entity can read it. Required when you return a revision."),
			agencySays("#f-approved_on-hint", "The day from which the approved plan is the plan in force."),
			agencyLists(
				"[aria-labelledby=changes] th[scope=col]", "Milestone", "Change", "Before", "After", "Reason",
				"Send back",
			),
			agencyLists("[aria-labelledby=history] th a", "2", "1"), agencyLeads("[aria-labelledby=history] th a",
				"/en/review/moi/2"),
		}},
		{shows: "in Arabic", who: administrator, path: "/ar/review/moi/2", parts: []agencyPart{
			form, agencySays("h1", "خطة الداخلية، النسخة 2"), agencyLists("[name=act]", "اعتماد", "إعادة النسخة كلها"),
			agencyTells(".lead", "صاحب الإجراء: "+interior.ID), agencySays("#warnings", "4 ملاحظات سيسأل عنها مسؤول التخطيط"),
		}},
		{shows: "to an auditor without the form", who: auditor, path: "/en/review/moi/2", parts: []agencyPart{
			agencyGone("main form", "main [name]"), agencyTimes(4, changeRow), agencyTimes(4, warningRow),
			agencyTimes(5, "[aria-labelledby=changes] th[scope=col]"),
		}},
		{
			shows: "no revision that was never made", who: planner, path: "/en/review/moi/7", status: 404,
			parts: agencyNotFound,
		},
		{
			shows: "no revision that is no number", who: planner, path: "/en/review/moi/x", status: 404,
			parts: agencyNotFound,
		},
		{
			shows: "no entity that is not there", who: planner, path: "/en/review/none/1", status: 404,
			parts: agencyNotFound,
		},
	})
	stepped(t, db, interior.ID, programme.Plan{Kind: programme.PlanDraft, Revision: 3, Milestones: planned()})
	site.are(t, []agencyCase{
		{shows: "no draft", who: planner, path: "/en/review/moi/3", status: 404, parts: agencyNotFound},
		{shows: "no way to it", who: planner, path: "/en/review/moi/2", parts: []agencyPart{
			agencyLists("[aria-labelledby=history] th a", "2", "1"), agencyTimes(3,
				"[aria-labelledby=history] tbody > tr"),
		}},
	})
}

func TestPlanDecisionIsRefusedBesideItsFields(t *testing.T) {
	t.Parallel()
	site, db := agencyPlans(t)
	approved(t, db, planned()...)
	stepped(t, db, interior.ID, programme.Plan{Kind: programme.PlanSubmitted, Revision: 2, Milestones: redrafted()})
	long := strings.Repeat("x", 3000)
	approve := func(pairs ...string) url.Values {
		return agencyForm(append([]string{"act", "approve", "approved_on", "2016-10-01"}, pairs...)...)
	}
	all := approve(
		"return.visa-l2", "on", "why.visa-l2", "a", "return.permit-l3", "on", "why.permit-l3", "b", "return.new-l4",
		"on", "why.new-l4", "c",
	)
	for _, each := range []struct {
		shows  string
		form   url.Values
		faults int
		parts  []agencyPart
	}{
		{"no day", approve("approved_on", ""), 1, []agencyPart{agencyMarks("approved_on",
			"It is missing. Fill it in.")}},
		{"a day that is none", approve("approved_on", "soon"), 1, []agencyPart{
			agencyMarks("approved_on", "It is not a date."), agencyKeeps("approved_on", "soon"),
		}},
		{"a day before the plan in force", approve("approved_on", "2016-01-04"), 1, []agencyPart{
			agencyMarks("approved_on", "It is not a day from 5 January 2016"),
		}},
		{"a tick without a word", approve("return.visa-l2", "on"), 1, []agencyPart{
			agencyMarks("why.visa-l2", "It is missing."), agencyKeeps("return.visa-l2", "on", "return.new-l4", ""),
		}},
		{"a word without a tick", approve("why.new-l4", "Which "+hostile[2]), 1, []agencyPart{
			agencyMarks("why.new-l4", "There is a comment, but the milestone is not ticked to be sent back. Tick it, or "+
				"clear the comment."),
			agencyKeeps("why.new-l4", "Which "+hostile[2], "return.new-l4", ""),
		}},
		{"a word that is too long", approve("return.visa-l2", "on", "why.visa-l2", long), 1, []agencyPart{
			agencyMarks("why.visa-l2", "It is longer than"),
		}},
		{
			"a comment that is too long", approve("comment", long), 1,
			[]agencyPart{agencyMarks("comment", "It is longer than")},
		},
		{"a return without a comment", agencyForm("act", "return", "approved_on", "soon"), 1, []agencyPart{
			agencyMarks("comment", "It is missing."), agencyKeeps("approved_on", "soon"),
		}},
	} {
		site.are(t, []agencyCase{{
			shows: each.shows, who: planner, path: "/en/review/moi/2", form: each.form, status: 422, parts: append(
				each.parts, agencyTimes(each.faults, "main [aria-invalid=true]"), agencyTimes(2, "main [name=act]"),
				agencyTells("[role=alert]", "Nothing was saved: 1 entry must be corrected."),
			),
		}})
	}
	site.are(t, []agencyCase{
		{
			shows: "a return with ticks, above the form", who: planner, path: "/en/review/moi/2", status: 422,
			form: agencyForm("act", "return", "comment", "no", "return.visa-l2", "on"), parts: []agencyPart{
				agencySays("[role=alert] li", "Milestones can be left out only when you approve a revision, not when you return it. "+
					"Leave them out, or approve."),
				agencyKeeps("return.visa-l2", "on", "comment", "no"),
			},
		},
		{
			shows: "an approval of nothing, above the form", who: planner, path: "/en/review/moi/2", status: 422,
			form: all,
			parts: []agencyPart{
				agencyTells("[role=alert] li", "Every milestone is returned; nothing is left to approve."),
				agencyKeeps("why.new-l4", "c"),
			},
		},
		{
			shows: "no button in Arabic", who: planner, path: "/ar/review/moi/2", form: agencyForm("comment", "ضغطة"),
			status: 422,
			parts: []agencyPart{
				agencySays("[role=alert]", "لم يُتخذ قرار: اختر الاعتماد أو الإعادة."), agencyKeeps("comment", "ضغطة"),
			},
		},
	})
	facts(t, db, 2)
}

func TestPlanRevisionThatIsDecidedIsClosed(t *testing.T) {
	t.Parallel()
	site, db := agencyPlans(t)
	submit := func(revision int, milestones []programme.Milestone) {
		stepped(t, db, interior.ID, programme.Plan{
			Kind: programme.PlanSubmitted, Revision: revision,
			Milestones: milestones,
		})
	}
	submit(1, planned())
	site.are(t, []agencyCase{
		{
			shows: "approved whole", who: planner, path: "/ar/review/moi/1", to: "/ar/review/moi/1?done=approved",
			form: agencyForm("act", "approve", "approved_on", "2016-10-01", "comment", "good"),
		},
		{shows: "that it was approved", who: planner, path: "/ar/review/moi/1?done=approved", parts: []agencyPart{
			agencySays("[role=status].remark", "اعتُمدت الخطة، وتسري من اليوم الذي حددته."),
			agencyGone("main form", "#warnings"),
			agencyTells(".remark:not([role])", "اعتُمدت في", "صاحب الإجراء: "+planner.ID), agencyTimes(2, changeRow+" .kind--added"),
		}},
	})
	submit(2, redrafted())
	site.are(t, []agencyCase{
		{
			shows: "returned whole", who: planner, path: "/en/review/moi/2", to: "/en/review/moi/2?done=returned",
			form: agencyForm("act", "return", "comment", "Why "+hostile[2], "approved_on", "2016-10-01"),
		},
		{shows: "that it was returned", who: planner, path: "/en/review/moi/2?done=returned", parts: []agencyPart{
			agencySays("[role=status].remark", "The plan was returned to the entity."), agencyGone("main form"),
			agencyTells(".remark:not([role])", "Returned by "+planner.ID+", "), agencyTimes(3, changeRow),
			agencySays("[aria-labelledby=history] tr:first-child .steps li:last-child .said", "Why "+hostile[2]),
		}},
		{
			shows: "nothing for what was never done", who: planner, path: "/en/review/moi/2?done=%3Cb%3E",
			parts: []agencyPart{
				agencyGone("[role=status].remark"),
			},
		},
	})
	submit(3, redrafted()[:2])
	submit(4, redrafted())
	site.are(t, []agencyCase{
		{shows: "one in whose place another came", who: planner, path: "/en/review/moi/3", parts: []agencyPart{
			agencySays("main > .remark", "The entity has submitted another revision in its place."),
			agencyGone("main form"),
		}},
		{
			shows: "which takes no decision", who: planner, path: "/en/review/moi/3", status: 409,
			form: agencyForm("act", "approve", "approved_on", "2016-10-02", "comment", "kept"), parts: []agencyPart{
				agencyTells("[role=alert]", interior.ID+" decided on this plan on "),
				agencyKeeps("comment", "kept", "approved_on", "2016-10-02"),
				agencyLeads("[role=alert] a", "/en/review/moi/3"),
			},
		},
		{shows: "the first beside nothing, as it was then", who: auditor, path: "/en/review/moi/1", parts: []agencyPart{
			agencySays(changeSaid, "2 added"), agencyTells("main > .remark", "Approved by "+planner.ID),
		}},
	})
	facts(t, db, 6)
}

func TestWhoSubmitsAndWhoReviews(t *testing.T) {
	t.Parallel()
	site, db := agencyPlans(t)
	stepped(t, db, interior.ID, programme.Plan{Kind: programme.PlanSubmitted, Revision: 1, Milestones: planned()})
	justice := access.Principal{ID: "user/j@moj.example", Role: access.RoleAgency, Entity: "moj"}
	bound := access.Principal{ID: "user/p@moj.example", Role: access.RolePlanner, Entity: "moj"}
	version := agencyForm("version", "1")
	for _, each := range []struct {
		shows  string
		who    access.Principal
		path   string
		form   url.Values
		status int
	}{
		{"another agency, the plan", justice, "/en/submit?entity=moi", nil, 404},
		{"another agency, the draft", justice, "/en/submit/draft?entity=moi", nil, 404},
		{"another agency, the template", justice, "/en/submit/plan-template.xlsx?entity=moi", nil, 404},
		{"another agency, a milestone", justice, "/en/submit/milestone?entity=moi", version, 404},
		{"another agency, a submission", justice, "/en/submit/confirm?entity=moi", version, 404},
		{"another agency, a workbook", justice, "/en/submit?entity=moi", version, 404},
		{"an agency, the list of the review", justice, "/en/review", nil, 403},
		{"an agency, a revision", justice, "/en/review/moi/1", nil, 403},
		{"an agency, a decision", justice, "/en/review/moi/1", version, 403},
		{"a planner of another entity, a revision", bound, "/en/review/moi/1", nil, 404},
		{"a planner of one entity, a decision", bound, "/en/review/moi/1", version, 403},
		{"a planner, a plan", planner, "/en/submit", nil, 403},
		{"a planner, a workbook", planner, "/en/submit?entity=moi", version, 403},
		{"a planner, a revision", planner, "/en/review/moi/1", nil, 200},
		{"a planner, no decision yet", planner, "/en/review/moi/1", version, 422},
		{"an auditor, a plan", auditor, "/en/submit?entity=moi", nil, 200},
		{"an auditor, a milestone", auditor, "/en/submit/milestone?entity=moi", nil, 403},
		{"an auditor, a kept milestone", auditor, "/en/submit/milestone?entity=moi", version, 403},
		{"an auditor, a workbook", auditor, "/en/submit?entity=moi", version, 403},
		{"an auditor, a revision", auditor, "/en/review/moi/1", nil, 200},
		{"an auditor, a decision", auditor, "/en/review/moi/1", version, 403},
		{"an administrator, a submission of nobody", administrator, "/en/submit/confirm", version, 400},
		{"an executive, a plan", executive, "/en/submit", nil, 403},
		{"an executive, the review", executive, "/en/review", nil, 403},
	} {
		var parts []agencyPart
		if each.who.Role == access.RoleAuditor {
			parts = append(parts, agencyGone("main form[method=post]"))
		}
		if each.status != 200 && each.status != 422 {
			parts = append(parts, agencyGone("main form", "main table"))
		}
		site.are(t, []agencyCase{{
			shows: each.shows, who: each.who, path: each.path, form: each.form, status: each.status, parts: parts,
		}})
	}
	facts(t, db, 1)
}
