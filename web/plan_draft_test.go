package web

import (
	"strings"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/link"
	"mirsad/internal/programme"
)

// redrafted is the plan of the tests with every kind of change in it.
func redrafted() []programme.Milestone {
	three := 3
	changed := planned()
	changed[0].PlannedOn, changed[0].Reason = civil.NewDate(2016, 11, 25), "The "+hostile[0] // a Friday
	changed[1].Before, changed[1].DependsOn = &programme.Effort{Visits: &three}, []string{"moj"}
	return append(changed[:2], programme.Milestone{
		Code: "new-l4", Service: "moi-new", Level: 4, PlannedOn: civil.NewDate(2017, 2, 1),
		Proposed: &programme.ProposedService{Name: hostile[2], NameAr: "خدمة"},
		Channels: []programme.Channel{programme.ChannelWeb},
		Phases:   []programme.PlannedPhase{{Phase: programme.PhaseBuild, On: civil.NewDate(2016, 12, 1)}},
	})
}

const warningRow = "[aria-labelledby=warnings] tbody tr"

func TestPlanDraftTellsTheDifference(t *testing.T) {
	t.Parallel()
	site, db := agencyPlans(t)
	dropped := programme.Milestone{
		Code: "licence-l2", Service: "licence", Level: 2,
		PlannedOn: civil.NewDate(2016, 10, 3),
	}
	approved(t, db, append(planned(), dropped)...)
	stepped(t, db, interior.ID, programme.Plan{
		Kind: programme.PlanDraft, Revision: 2, Milestones: redrafted(), Comment: "No budget " + hostile[2],
	})
	row := func(kind, column string) string {
		return changeRow + ":has(.kind--" + kind + ") > :nth-child(" + column + ")"
	}
	site.are(t, []agencyCase{
		{shows: "in English", who: interior, path: "/en/submit/draft", parts: []agencyPart{
			agencySays("h1", "Revision 2: check and submit"), agencyTells(".lead", "Drafted by "+interior.ID+", "),
			agencyLeads(".path a", "/en/submit"), agencySays(".path a", "Plan: Interior"),
			agencySays(changeSaid, "1 added · 1 moved · 1 changed · 1 dropped"), agencyTimes(4, changeRow),
			agencySays(row("moved", "1")+" .code", "visa-l2"), agencySays(row("moved", "2"), "Moved24 days later"),
			agencySays(row("moved", "3"), "Planned go-live1 November 2016"),
			agencySays(row("moved", "4"), "Planned go-live25 November 2016"),
			agencySays(row("moved", "5"), "The "+hostile[0]),
			agencyLists(row("changed", "3")+" dd", "not provided", "not provided"),
			agencyLists(row("changed", "4")+" dd", "Visits 3", hostile[0]), agencySays(row("changed", "5"), "–"),
			agencyLists(row("changed", "4")+" dt", "What one use takes today", "Depends on other entities"),
			agencySays(row("added", "1")+" .level", "4 · Integrated"), agencySays(row("added", "3"), "–"),
			agencyLists(row("added", "4")+" dd", "1 February 2017", hostile[2]+" · خدمة", "Web",
				"Build 1 December 2016"),
			agencySays(row("dropped", "4"), "–"), agencyLists(row("dropped", "3")+" dd", "3 October 2016"),
			agencyLists("[aria-labelledby=changes] th[scope=col]", "Milestone", "Change", "Before", "After", "Reason"),
		}},
		{shows: "in Arabic", who: interior, path: "/ar/submit/draft", parts: []agencyPart{
			agencySays(changeSaid, "أُضيف: 1 · تغيّر الموعد: 1 · عُدّل: 1 · حُذف: 1"),
			agencySays(row("moved", "2"), "تغيّر موعدهتأخير 24 يومًا"),
			agencyLists(changeRow+" .kind", "تغيّر موعده", "معدَّل", "مضاف", "محذوف"),
		}},
		{shows: "what a planner will ask about", who: interior, path: "/en/submit/draft", parts: []agencyPart{
			agencySays("#warnings", "4 points that a planner will ask about"),
			agencyGone("[aria-labelledby=warnings][role=alert]"),
			agencyLists(
				warningRow+" td:nth-child(3)", "25 November 2016 is a Friday or Saturday.",
				hostile[0]+", on which it depends, has no approved plan.",
				"The go-live is after the programme's target date, 31 December 2016.",
				"Level 4 links at least two organisations; none is named.",
			),
			agencyLists(warningRow+" th", "visa", "permit", hostile[2], hostile[2]),
			agencyGone(warningRow + " .wrong"),
		}},
		{shows: "the form to submit it", who: interior, path: "/en/submit/draft", parts: []agencyPart{
			agencyHas("form.stack", "action", "/en/submit/confirm"), agencyKeeps("revision", "2", "version", "2"),
			agencyKeeps("comment", "No budget "+hostile[2]), agencySays("form.stack button", "Submit to the planners"),
			agencyHas("#comment", "aria-describedby", "comment-hint"), agencyGone("[aria-labelledby=confirm] .remark"),
		}},
		{shows: "its milestones, each to be changed", who: interior, path: "/en/submit/draft", parts: []agencyPart{
			agencyLists("[aria-labelledby=milestones] tbody .code", "visa-l2", "permit-l3", "new-l4"),
			agencySays("[aria-labelledby=milestones] summary", "3 milestones"),
			agencyLeads("[aria-labelledby=milestones] td a", "/en/submit/milestone?milestone=visa-l2"),
			agencyLeads("[aria-labelledby=milestones] > p a", "/en/submit/milestone"),
		}},
		{
			shows: "to an administrator for the entity", who: administrator, path: "/en/submit/draft?entity=moi",
			parts: []agencyPart{
				agencyHas("form.stack", "action", "/en/submit/confirm?entity=moi"),
				agencyLeads(".path a", "/en/submit?entity=moi"),
				agencyLeads("[aria-labelledby=milestones] td a", "/en/submit/milestone?entity=moi&milestone=visa-l2"),
			},
		},
		{shows: "to an auditor without a form", who: auditor, path: "/en/submit/draft?entity=moi", parts: []agencyPart{
			agencyTimes(4, changeRow), agencyTimes(4, warningRow), agencyGone("main form", "#milestones"),
		}},
		{shows: "what was done", who: interior, path: "/ar/submit/draft?done=kept", parts: []agencyPart{
			agencySays("[role=status].remark", "حُفظ التغيير في المسودة، ولا يُقدَّم إلا حين تؤكده أدناه."),
		}},
		{shows: "that nothing was done", who: interior, path: "/en/submit/draft?done=unchanged", parts: []agencyPart{
			agencySays("[role=status].remark", "This is the same as the current version; nothing was saved."),
		}},
		{shows: "a template of an older plan", who: interior, path: "/en/submit/draft?made_for=0", parts: []agencyPart{
			agencySays(
				"[role=status].remark", "The template was made for revision 0; the plan in force is revision 1. "+
					"Compare the difference with care, or download the template again.",
			),
		}},
		{
			shows: "nothing of the template of this plan", who: interior, path: "/en/submit/draft?made_for=1",
			parts: []agencyPart{
				agencyGone("[role=status].remark"),
			},
		},
		{
			shows: "nothing of a template of no plan", who: interior, path: "/en/submit/draft?made_for=%3Cb%3E",
			parts: []agencyPart{
				agencyGone("[role=status].remark"),
			},
		},
	})
}

func TestPlanDraftThatIsNotThere(t *testing.T) {
	t.Parallel()
	site, db := agencyPlans(t)
	site.are(t, []agencyCase{
		{shows: "leads to the plan", who: interior, path: "/en/submit/draft", to: "/en/submit"},
		{
			shows: "leads to the entity's plan", who: auditor, path: "/ar/submit/draft?entity=moi",
			to: "/ar/submit?entity=moi",
		},
		{
			shows: "is not submitted", who: interior, path: "/en/submit/confirm",
			form:   agencyForm("revision", "1", "version", "1"),
			status: 404, parts: agencyNotFound,
		},
		{
			shows: "is not another's", who: mojAgency, path: "/en/submit/draft?entity=moi", status: 404,
			parts: agencyNotFound,
		},
	})
	approved(t, db, planned()...)
	stepped(t, db, interior.ID, programme.Plan{Kind: programme.PlanDraft, Revision: 2, Milestones: planned()})
	site.are(t, []agencyCase{
		{shows: "as one that differs in nothing", who: interior, path: "/en/submit/draft", parts: []agencyPart{
			agencySays("[aria-labelledby=changes] .nothing", "Nothing differs from the plan in force."),
			agencyGone("form.stack", changeRow),
			agencySays(changeSaid, "2 unchanged"), agencyTimes(2, "[aria-labelledby=milestones] tbody tr"),
		}},
	})
}

func TestPlanDraftIsRefusedWithATableOfFaults(t *testing.T) {
	t.Parallel()
	site, db := agencyPlans(t)
	approved(t, db, planned()...)
	broken := planned()[:1]
	broken[0].PlannedOn = civil.NewDate(2016, 11, 20) // moved without a reason, and the other is dropped
	stepped(t, db, interior.ID, programme.Plan{Kind: programme.PlanDraft, Revision: 2, Milestones: broken})
	form := agencyForm("revision", "2", "version", "2")
	long := agencyForm("revision", "2", "version", "2", "comment", strings.Repeat("x", 3000))
	site.are(t, []agencyCase{
		{shows: "in English", who: interior, path: "/en/submit/confirm", form: form, status: 422, parts: []agencyPart{
			agencyThere("[aria-labelledby=faults][role=alert]",
				"[name=comment][aria-invalid=true][aria-describedby=faults]"),
			agencySays("#faults", "Nothing was saved: 2 errors must be corrected"),
			agencyGone("[role=alert].flag", faultRow+" .cell"),
			agencyLists(
				faultRow+" .wrong", "The go-live moves by 19 days, without a reason.",
				"1 milestone of the plan in force is missing.",
			),
			agencyLists(faultRow+" th", "visa", "The whole plan"), agencyLists(faultRow+" td:nth-child(2)",
				"Reason for a change of date", "Comment"),
			agencyKeeps("comment", "", "version", "2"),
		}},
		{shows: "in Arabic", who: interior, path: "/ar/submit/confirm", form: form, status: 422, parts: []agencyPart{
			agencySays("#faults", "لم يُسجَّل شيء: هناك خطآن يجب تصحيحهما"), agencyTimes(2, faultRow),
		}},
		{
			shows: "a comment that is too long", who: interior, path: "/en/submit/confirm", form: long, status: 422,
			parts: []agencyPart{
				agencyTells(faultRow+":nth-child(2) .wrong", "It is longer than"),
				agencyKeeps("comment", strings.Repeat("x", 3000)),
			},
		},
	})
	facts(t, db, 2)
}

func TestPlanDraftIsSubmittedOnce(t *testing.T) {
	t.Parallel()
	site, db := agencyPlans(t)
	stepped(t, db, interior.ID, programme.Plan{Kind: programme.PlanSubmitted, Revision: 1, Milestones: planned()[:1]})
	stepped(t, db, interior.ID, programme.Plan{Kind: programme.PlanDraft, Revision: 2, Milestones: planned()})
	confirm := agencyForm("revision", "2", "version", "2", "comment", "both")
	site.are(t, []agencyCase{
		{shows: "which submission gives way", who: interior, path: "/en/submit/draft", parts: []agencyPart{
			agencySays("[aria-labelledby=confirm] .remark", "It replaces revision 1, which is still waiting."),
			agencySays(changeSaid, "2 added"),
		}},
		{
			shows: "not by an auditor", who: auditor, path: "/en/submit/confirm?entity=moi", form: confirm, status: 403,
			parts: agencyForbidden,
		},
		{
			shows: "not by another entity", who: mojAgency, path: "/en/submit/confirm?entity=moi", form: confirm,
			status: 404,
			parts:  agencyNotFound,
		},
		{
			shows: "not for no entity", who: administrator, path: "/en/submit/confirm", form: confirm, status: 400,
			parts: agencyInvalid,
		},
		{
			shows: "by an administrator for the entity", who: administrator, path: "/ar/submit/confirm?entity=moi",
			form: confirm,
			to:   "/ar/submit?done=submitted&entity=moi",
		},
		{
			shows: "and not again", who: interior, path: "/en/submit/confirm", form: confirm, status: 409,
			parts: []agencyPart{
				agencyTells("[role=alert]", administrator.ID+" changed this plan on"), agencyKeeps("comment", "both"),
			},
		},
		{shows: "what became of both", who: administrator, path: "/en/submit?entity=moi", parts: []agencyPart{
			agencyLists("[aria-labelledby=history] tbody > tr > td:nth-child(2)", "Waiting for a planner",
				"Replaced by a later one"),
			agencyLists("[aria-labelledby=history] tr:first-child .said", "both"),
		}},
	})
	facts(t, db, 3)
}

func TestPlanByALinkUsesItUp(t *testing.T) {
	t.Parallel()
	site, db := agencyPlans(t)
	confirm := agencyForm("revision", "1", "version", "1", "comment", "by link")
	site.are(t, []agencyCase{
		{shows: "the form of a milestone", who: interiorLink, path: "/ar/submit/milestone", parts: []agencyPart{
			agencyKeeps("service", "", "version", "0"), agencyGone(".menu a"),
		}},
		{
			shows: "that a draft is kept", who: interiorLink, path: "/en/submit/milestone",
			to: "/en/submit/draft?done=kept",
			form: agencyForm("act", "save", "version", "0", "service", "visa", "level", "2", "planned_on",
				"2016-11-01"),
		},
		{shows: "nothing of the review", who: interiorLink, path: "/en/review", status: 403, parts: agencyForbidden},
		{
			shows: "nothing of the whole programme", who: interiorLink, path: "/en/plans", status: 403,
			parts: agencyForbidden,
		},
		{
			shows: "nothing of another entity", who: interiorLink, path: "/en/submit?entity=moj", status: 404,
			parts: agencyNotFound,
		},
	})
	if len(site.desk.acts) != 0 {
		t.Errorf("a draft used the link up: %+v", site.desk.acts)
	}
	site.desk.err = link.ErrUsed
	site.are(t, []agencyCase{
		{shows: "that it was used", who: interiorLink, path: "/en/submit/confirm", form: confirm, status: 403},
	})
	facts(t, db, 1)
	site.desk.err = nil
	site.are(t, []agencyCase{
		{shows: "the last page", who: interiorLink, path: "/en/submit/confirm", form: confirm, parts: []agencyPart{
			agencySays("h1", "The plan is submitted"), agencyTells("main", "The link cannot be used again;"),
			agencyGone("main form", ".menu a", ".person"),
		}},
		{shows: "the plan to the office", who: planner, path: "/en/review", parts: []agencyPart{
			agencySays("[aria-labelledby=waiting] td:nth-child(4)", "link/l1"),
		}},
	})
	want := link.Act{Purpose: access.LinkPlan, Entity: "moi", Month: interiorLink.Month}
	if last := site.desk.acts[len(site.desk.acts)-1]; last != want {
		t.Errorf("%+v was used up, want %+v", last, want)
	}
	facts(t, db, 2)
}
