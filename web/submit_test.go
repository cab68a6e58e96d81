package web

import (
	"bytes"
	"net/http"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/web/plan"
)

// uploads sends a workbook and compares the answer with what is wanted.
func (s *agencySite) uploads(t *testing.T, workbook []byte, comment string, want agencyCase) {
	t.Helper()
	t.Run(want.shows, func(t *testing.T) {
		s.person = want.who
		got, body := upload(t, s.server, want.path, workbook, comment)
		agencyAnswered(t, &want, got, body)
	})
}

const (
	faultRow   = "[aria-labelledby=faults] tbody tr"
	changeRow  = "[aria-labelledby=changes] tbody tr"
	changeSaid = "[aria-labelledby=changes] > .strong"
)

func TestFaultsOfAWorkbookAreToldByCellAndNothingIsKept(t *testing.T) {
	t.Parallel()
	site, db := agencyPlans(t)
	approved(t, db, planned()...)
	site.person = interior
	workbook, cell := filled(t, site.server,
		map[string]any{"planned_on": "2016-11-20"},                          // moved without a reason
		map[string]any{"level": "nine"},                                     // unreadable
		map[string]any{"service": "licence", "level": 2},                    // no date
		map[string]any{"service": "visa", "level": 2, "planned_on": "soon"}, // planned twice, and no date
	)
	marked := agencyParts(
		agencyThere("[aria-labelledby=faults][role=alert]",
			"[name=workbook][aria-invalid=true][aria-describedby=faults]"),
		agencyKeeps("comment", hostile[0]), agencyGone("[name=comment][aria-invalid]"), agencyTimes(5, faultRow),
		agencyLists(faultRow+" .cell", cell("reason", 0), cell("level", 1), cell("planned_on", 2), cell("level", 3),
			cell("planned_on", 3)),
	)
	site.uploads(t, workbook, hostile[0], agencyCase{
		shows: "in English", who: interior, path: "/en/submit", status: 422, parts: []agencyPart{
			marked, agencySays("#faults", "Nothing was saved: 5 errors must be corrected"),
			agencyLists(
				faultRow+" .wrong", "The go-live moves by 19 days, without a reason.",
				"“nine” is not a maturity level.", "It is missing.",
				"Service “visa” is planned twice at level 2.", "“soon” is not a date from 2000 to 2100.",
			),
			agencySays(faultRow+" td:last-child", "Say why it moves."), agencySays(faultRow+" th", "visa"),
			agencySays(faultRow+" td:nth-child(3)", "Reason for a change of date"),
			agencyLists("[aria-labelledby=faults] th[scope=col]", "Cell", "Milestone", "Field", "What is wrong",
				"What to do"),
		},
	})
	site.uploads(t, workbook, hostile[0], agencyCase{
		shows: "in Arabic", who: interior, path: "/ar/submit", status: 422,
		parts: []agencyPart{marked, agencySays("#faults", "لم يُسجَّل شيء: هناك 5 أخطاء يجب تصحيحها")},
	})
	site.uploads(t, workbook, "for moi", agencyCase{
		shows: "to an administrator for the entity", who: administrator, path: "/en/submit?entity=moi", status: 422,
		parts: []agencyPart{agencyTimes(5, faultRow), agencyHas("form.stack", "action", "/en/submit?entity=moi")},
	})
	for name, content := range map[string][]byte{
		"no file": nil, "no workbook": []byte("%PDF-1.4"), "a workbook that was cut": workbook[:len(workbook)/2],
	} {
		site.uploads(t, content, "kept", agencyCase{
			shows: name, who: interior, path: "/en/submit", status: 422, parts: []agencyPart{
				agencyTimes(1, faultRow), agencyKeeps("comment", "kept"), agencySays(faultRow+" .cell", "–"),
				agencySays(faultRow+" th", "The whole plan"), agencyThere("[name=workbook][aria-invalid=true]"),
			},
		})
	}
	site.uploads(t, bytes.Repeat([]byte("x"), plan.UploadLimit+1), "", agencyCase{
		shows: "too large", who: interior, path: "/en/submit", status: http.StatusRequestEntityTooLarge,
		parts: agencyProblem("Too large"),
	})
	site.are(t, []agencyCase{{
		shows: "no form of parts", who: interior, path: "/en/submit", form: agencyForm("comment", "x"), status: 400,
		parts: agencyInvalid,
	}})
	facts(t, db, 1)
}

func TestPlanWorkbookThatDropsMilestonesSaysWhy(t *testing.T) {
	t.Parallel()
	site, db := agencyPlans(t)
	approved(t, db, planned()...)
	site.person = interior
	gone, _ := filled(t, site.server, map[string]any{
		"code": "", "service": "", "level": "", "planned_on": "", "note": "",
	})
	site.uploads(t, gone, "", agencyCase{
		shows: "the comment is marked and not the file", who: interior, path: "/en/submit", status: 422,
		parts: []agencyPart{
			agencyThere("[name=comment][aria-invalid=true][aria-describedby=faults]"),
			agencyGone("[name=workbook][aria-invalid]"),
			agencySays(faultRow+" .wrong", "1 milestone of the plan in force is missing."),
			agencySays(faultRow+" td:nth-child(3)", "Comment"),
		},
	})
	site.uploads(t, gone, "no budget", agencyCase{
		shows: "with a comment it is a draft", who: interior, path: "/en/submit", to: "/en/submit/draft?made_for=1",
	})
	site.are(t, []agencyCase{{shows: "what is dropped", who: interior, path: "/en/submit/draft", parts: []agencyPart{
		agencySays(changeSaid, "1 dropped · 1 unchanged"), agencyLists(changeRow+" .kind", "Dropped"),
		agencyKeeps("comment", "no budget"),
		agencySays(changeRow+" td:nth-child(4)", "–"), agencyTells(changeRow+" td:nth-child(3)", "1 November 2016"),
	}}})
}

func TestAPlanIsUploadedConfirmedAndDecided(t *testing.T) {
	t.Parallel()
	site, db := agencyPlans(t)
	approved(t, db, planned()...)
	site.person = interior
	same, _ := filled(t, site.server)
	site.uploads(t, same, "", agencyCase{
		shows: "the template as it came is no draft", who: interior, path: "/en/submit",
		to: "/en/submit?done=unchanged",
	})
	workbook, _ := filled(t, site.server, map[string]any{"planned_on": "2016-11-20", "reason": "The " + hostile[2]},
		nil,
		map[string]any{"service": "licence", "level": 2, "planned_on": "2016-12-15"})
	site.uploads(t, workbook, "first", agencyCase{
		shows: "the workbook is a draft", who: interior, path: "/ar/submit", to: "/ar/submit/draft?made_for=1",
	})
	site.uploads(t, workbook, "first", agencyCase{
		shows: "which the same again leaves alone", who: interior, path: "/en/submit",
		to: "/en/submit/draft?made_for=1",
	})
	second := "second " + hostile[0]
	approval := agencyForm(
		"act", "approve", "approved_on", "2016-10-01", "return.m-licence-2", "on", "why.m-licence-2",
		"Which "+hostile[2],
	)
	other := access.Principal{ID: "user/other@example.org", Role: access.RolePlanner}
	site.are(t, []agencyCase{
		{shows: "the draft", who: interior, path: "/en/submit/draft", parts: []agencyPart{
			agencySays(changeSaid, "1 added · 1 moved · 1 unchanged"),
			agencyKeeps("version", "2", "revision", "2", "comment", "first"),
			agencyLists(changeRow+" .kind", "Moved", "Added"), agencySays(changeRow+" td .strong", "19 days later"),
			agencyLists(changeRow+":first-child dd", "1 November 2016", "20 November 2016"),
			agencySays(changeRow+":last-child .code", "m-licence-2"), agencySays(changeRow+" td:nth-child(5)",
				"The "+hostile[2]),
		}},
		{shows: "the draft in Arabic", who: interior, path: "/ar/submit/draft", parts: []agencyPart{
			agencySays(changeRow+" td .strong", "تأخير 19 يومًا"), agencyTells(changeSaid, "أُضيف: 1"),
		}},
		{
			shows: "that it is confirmed", who: interior, path: "/en/submit/confirm", to: "/en/submit?done=submitted",
			form: agencyForm("revision", "2", "version", "2", "comment", second),
		},
		{shows: "my plan", who: interior, path: "/en/submit?done=submitted", parts: []agencyPart{
			agencySays("[role=status].remark", "The plan was submitted and is now with a planner."),
			agencyTells("main > .remark:not([role])", "Revision 2 was submitted by "+interior.ID),
			agencySays(plannedMilestone+" .day",
				"1 November 2016"),
		}},
		{shows: "what waits", who: planner, path: "/en/review", parts: []agencyPart{
			agencySays(".lead", "1 plan is waiting for a decision."), agencyLeads("[aria-labelledby=waiting] th a",
				"/en/review/moi/2"),
			agencySays("[aria-labelledby=waiting] td:nth-child(5)", "1 added · 1 moved · 1 unchanged"),
		}},
		{shows: "the revision", who: planner, path: "/ar/review/moi/2", parts: []agencyPart{
			agencyKeeps("return.m-licence-2", "", "approved_on", "2016-09-30"), agencyTells(".lead", interior.ID),
		}},
		{
			shows: "that no button decides nothing", who: planner, path: "/en/review/moi/2", status: 422,
			form: agencyForm("comment", "a key was pressed"), parts: []agencyPart{
				agencySays("[role=alert]", "Nothing was decided: choose to approve or to return."),
				agencyKeeps("comment", "a key was pressed"),
			},
		},
		{
			shows: "what is refused beside its fields", who: planner, path: "/en/review/moi/2", status: 422,
			form: agencyForm(
				"act", "approve", "approved_on", "2015-01-01", "return.m-licence-2", "on", "why.visa-l2", "kept?",
				"comment", "as typed",
			), parts: []agencyPart{
				agencyKeeps("approved_on", "2015-01-01", "comment", "as typed", "why.visa-l2", "kept?",
					"return.m-licence-2", "on"),
				agencyMarks("why.visa-l2", "not ticked to be sent back"), agencyMarks("approved_on",
					"It is not a day from 5 January 2016"),
				agencyMarks("why.m-licence-2", "It is missing."), agencyTimes(3, "[aria-invalid=true]"),
			},
		},
		{
			shows: "that it is approved", who: planner, path: "/en/review/moi/2", form: approval,
			to: "/en/review/moi/2?done=approved",
		},
		{shows: "the entity the answer", who: interior, path: "/en/submit", parts: []agencyPart{
			agencyTells("#answer", "Revision 2 was approved by "+planner.ID),
			agencyTells("[aria-labelledby=answer] li", "Which "+hostile[2]),
			agencyTells(plannedMilestone+" td:nth-child(4)", "19 days later"),
		}},
		{
			shows: "another planner who was first", who: other, path: "/ar/review/moi/2", form: approval, status: 409,
			parts: []agencyPart{
				agencyTells("[role=alert]", "قبل قرارك (صاحب الإجراء: "+planner.ID),
				agencyKeeps("approved_on", "2016-10-01"),
				agencyLeads("[role=alert] a", "/ar/review/moi/2"),
				agencyTells("[aria-labelledby=history] .steps li:last-child", "Which "+hostile[2]),
			},
		},
	})
	record, err := register.PlanOf("moi", planStream(t, db))
	if inForce := record.InForce(); err != nil || inForce.Revision != 2 || len(inForce.Milestones) != 2 ||
		inForce.Milestones[0].PlannedOn != civil.NewDate(2016, 11, 20) {
		t.Errorf("in force: %+v, %v", inForce, err)
	}
	facts(t, db, 4)
}

func TestNobodyDecidesOnTheirOwnPlanOnThePage(t *testing.T) {
	t.Parallel()
	site, db := agencyPlans(t)
	stepped(t, db, administrator.ID, programme.Plan{Kind: programme.PlanSubmitted, Revision: 1, Milestones: planned()})
	form := agencyForm(
		"act", "approve", "approved_on", "2016-10-01", "comment", "as typed", "return.visa-l2", "on", "why.visa-l2",
		"because",
	)
	for language, words := range map[string]string{
		"en": "You have worked on this revision, so another planner must decide on it. Nothing was saved.",
		"ar": "شاركت في إعداد هذه النسخة، لذلك يبتّ فيها مسؤول تخطيط آخر. لم يُسجَّل شيء.",
	} {
		path := "/" + language + "/review/moi/1"
		site.are(t, []agencyCase{
			{shows: language + " without the form", who: administrator, path: path, parts: []agencyPart{
				agencySays("main > .remark", words), agencyGone("main form", "[name=act]", `[name^="return."]`),
				agencyTimes(2, changeRow),
			}},
			{
				shows: language + " when it is sent all the same", who: administrator, path: path, form: form,
				status: 403,
				parts: []agencyPart{
					agencySays("[role=alert]", words), agencyKeeps("comment", "as typed", "why.visa-l2", "because",
						"return.visa-l2", "on"),
				},
			},
		})
	}
	facts(t, db, 1)
}

func TestWhatMovedOnMeanwhileIsNotSubmitted(t *testing.T) {
	t.Parallel()
	site, db := agencyPlans(t)
	colleague := "user/colleague@moi.example"
	stepped(t, db, interior.ID, programme.Plan{Kind: programme.PlanDraft, Revision: 1, Milestones: planned()})
	stepped(t, db, colleague, programme.Plan{Kind: programme.PlanDraft, Revision: 1, Milestones: planned()[:1]})
	form := agencyForm("revision", "1", "version", "1", "comment", "as typed")
	for language, words := range map[string][2]string{
		"en": {colleague + " changed this plan on ", "Your changes were not saved."},
		"ar": {"صاحب الإجراء: " + colleague, "ولم يُحفظ شيء مما أرسلته."},
	} {
		site.are(t, []agencyCase{{
			shows: language, who: interior, path: "/" + language + "/submit/confirm", form: form, status: 409,
			parts: []agencyPart{
				agencyTells("[role=alert]", words[0], words[1]), agencyKeeps("comment", "as typed", "version", "2"),
				agencyLeads("[role=alert] a", "/"+language+"/submit"), agencyTimes(1, changeRow),
			},
		}})
	}
	site.are(t, []agencyCase{
		{
			shows: "without a version, which asks for no check", who: interior, path: "/en/submit/confirm", status: 400,
			form: agencyForm("revision", "1", "version", "0"), parts: agencyInvalid,
		},
		{
			shows: "with a version that is none", who: interior, path: "/en/submit/confirm", status: 400,
			form: agencyForm("revision", "1", "version", hostile[0]), parts: agencyInvalid,
		},
		{
			shows: "with another revision", who: interior, path: "/en/submit/confirm", status: 409,
			form: agencyForm("revision", "7", "version", "2"), parts: []agencyPart{agencyThere("[role=alert]")},
		},
	})
	facts(t, db, 2)
}
