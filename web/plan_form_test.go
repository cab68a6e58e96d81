package web

import (
	"net/url"
	"strconv"
	"strings"
	"testing"

	"mirsad/internal/clickhouse"
	"mirsad/internal/programme"
)

// milestoneForm is the form of a milestone from the newest version of the plan; pairs change it.
func milestoneForm(t *testing.T, db *clickhouse.DB, pairs ...string) url.Values {
	t.Helper()
	version := strconv.Itoa(len(planStream(t, db)))
	return agencyForm(append([]string{"act", "save", "version", version}, pairs...)...)
}

func TestPlanFormOfANewMilestone(t *testing.T) {
	t.Parallel()
	site, db := agencyPlans(t)
	approved(t, db, planned()...)
	empty := agencyParts(
		agencyKeeps(
			"version", "1", "milestone", "", "service", "", "level", "", "planned_on", "", "expected_on", "", "reason",
			"",
			"new_service", "", "proposed.name", "", "proposed.name_ar", "", "note", "", "before.visits", "",
			"after.days", "",
		),
		agencyTimes(8, "main fieldset"), agencyTimes(len(programme.Channels()), `[name^="channels."]`),
		agencyTimes(4, `[name^="phases."]`),
		agencyTimes(3, `[name^="depends_on."]`), agencyGone("[name^='channels.'][checked]", "[name=dropping]",
			"main [aria-invalid]"),
		agencyTimes(2, "main [aria-required]"), agencyThere("[name=level][aria-required]",
			"[name=planned_on][aria-required]"),
	)
	site.are(t, []agencyCase{
		{shows: "in English", who: interior, path: "/en/submit/milestone", parts: []agencyPart{
			empty, agencySays("h1", "A new milestone"), agencyHas("main form", "action", "/en/submit/milestone"),
			agencyLists("[name=service] option", "A new service", "licence", "permit", "visa"),
			agencyLists(
				"[name=level] option", "Choose a level", "1 · Informative", "2 · Interactive", "3 · Transactional",
				"4 · Integrated",
			),
			agencyLists("[name='depends_on.0'] option", "None", hostile[0]),
			agencySays(`label[for="f-depends_on-2"]`, "Entity 3"),
			agencyLists(
				"legend", "Milestone", "Only for a new service", "Channels at go-live", "Planned end of phases",
				"Depends on other entities",
				"What one use takes today", "What one use takes after go-live", "Remarks",
			),
			agencySays("#f-reason-hint", "Needed when the planned go-live moves against the plan in force."),
			agencyLists("main .acts button", "Save to the draft"), agencyLeads(".path a", "/en/submit"),
			agencyHas("[name=new_service]", "dir", "ltr"), agencyHas("[name='proposed.name_ar']", "dir", "auto"),
		}},
		{shows: "in Arabic", who: interior, path: "/ar/submit/milestone", parts: []agencyPart{
			empty, agencySays("h1", "معلم رئيسي جديد"), agencySays("[name=service] option", "خدمة جديدة"),
			agencySays("[name=level] option:nth-child(2)", "1 · معلوماتية"),
			agencyLists("[name='depends_on.0'] option", "لا توجد", "العدل"),
		}},
		{
			shows: "to an administrator for the entity", who: administrator, path: "/en/submit/milestone?entity=moi",
			parts: []agencyPart{
				empty, agencyHas("main form", "action", "/en/submit/milestone?entity=moi"),
				agencyLeads(".path a", "/en/submit?entity=moi"),
			},
		},
		{
			shows: "not for no entity", who: administrator, path: "/en/submit/milestone", to: "/en/submit",
		},
		{
			shows: "not to an auditor", who: auditor, path: "/en/submit/milestone?entity=moi", status: 403,
			parts: agencyForbidden,
		},
		{
			shows: "not to a planner", who: planner, path: "/en/submit/milestone?entity=moi", status: 403,
			parts: agencyForbidden,
		},
		{
			shows: "not of another entity", who: mojAgency, path: "/en/submit/milestone?entity=moi", status: 404,
			parts: agencyNotFound,
		},
	})
}

func TestPlanFormOfAMilestoneHoldsItsValues(t *testing.T) {
	t.Parallel()
	site, db := agencyPlans(t)
	stepped(t, db, interior.ID, programme.Plan{Kind: programme.PlanDraft, Revision: 1, Milestones: redrafted()})
	site.are(t, []agencyCase{
		{shows: "one that moved", who: interior, path: "/en/submit/milestone?milestone=visa-l2", parts: []agencyPart{
			agencySays("h1", "visa, Interactive"), agencyKeeps("milestone", "visa-l2", "service", "visa", "level", "2"),
			agencyKeeps("planned_on", "2016-11-25", "reason", "The "+hostile[0], "note", hostile[2], "dropping", ""),
			agencyLists("main .acts button", "Save to the draft", "Remove from the draft"),
			agencySays("label[for=f-dropping]", "Why it is dropped"), agencyTimes(9, "main fieldset"),
		}},
		{
			shows: "one that waits for others", who: interior, path: "/ar/submit/milestone?milestone=permit-l3",
			parts: []agencyPart{
				agencySays("h1", "permit، إجرائية"), agencyKeeps("depends_on.0", "moj", "before.visits", "3",
					"before.documents", ""),
				agencyTimes(3, `[name^="depends_on."]`), agencyLists("main .acts button", "حفظ في المسودة",
					"حذفه من المسودة"),
			},
		},
		{
			shows: "one of a new service", who: interior, path: "/en/submit/milestone?milestone=new-l4",
			parts: []agencyPart{
				agencySays("h1", hostile[2]+", Integrated"), agencyKeeps("service", "", "new_service", "moi-new",
					"proposed.name", hostile[2]),
				agencyKeeps("proposed.name_ar", "خدمة", "channels.web", "on", "channels.mobile", "", "phases.build",
					"2016-12-01"),
			},
		},
		{
			shows: "none that is not there", who: interior, path: "/en/submit/milestone?milestone=%3Cb%3E", status: 404,
			parts: agencyNotFound,
		},
	})
}

func TestPlanFormIsRefusedBesideItsFields(t *testing.T) {
	t.Parallel()
	site, db := agencyPlans(t)
	approved(t, db, planned()...)
	fill := func(pairs ...string) url.Values {
		return milestoneForm(t, db, append([]string{"service", "licence", "level", "3", "planned_on", "2016-12-15"},
			pairs...)...)
	}
	visa := func(pairs ...string) url.Values {
		return fill(append([]string{
			"milestone", "visa-l2", "service", "visa", "level", "2", "planned_on",
			"2016-11-01",
		}, pairs...)...)
	}
	for _, each := range []struct {
		shows  string
		form   url.Values
		faults int
		parts  []agencyPart
	}{
		{"nothing given", milestoneForm(t, db), 3, []agencyPart{
			agencyMarks("new_service", "It is missing."), agencyMarks("level", "It is not a whole number from 1 to 4."),
			agencyMarks("planned_on", "It is missing."),
		}},
		{
			"days that are none", fill("planned_on", "2016-12-x", "expected_on", "soon", "phases.build", "31.2."), 3,
			[]agencyPart{
				agencyMarks("planned_on", "It is not a date."), agencyMarks("expected_on", "It is not a date."),
				agencyMarks("phases.build", "It is not a date."),
				agencyKeeps("planned_on", "2016-12-x", "expected_on", "soon", "phases.build", "31.2."),
			},
		},
		{"a phase after the go-live", fill("phases.build", "2016-12-16"), 1, []agencyPart{
			agencyMarks("phases.build", "to 15 December 2016."), agencyKeeps("phases.build", "2016-12-16"),
		}},
		{
			"phases out of their order", fill("phases.design", "2016-11-02", "phases.build", "2016-11-01"), 1,
			[]agencyPart{
				agencyMarks("phases.build", "It is not a day from 2 November 2016 to 15 December 2016."),
			},
		},
		{"a go-live before the programme", fill("planned_on", "2013-12-31"), 1, []agencyPart{
			agencyMarks("planned_on", "It is not a day from 1 January 2014"),
		}},
		{
			"numbers that are none", fill("before.visits", "many", "after.days", "-1", "after.documents", "10001"), 3,
			[]agencyPart{
				agencyMarks("before.visits", "It is not a whole number from 0 to 10"),
				agencyMarks("after.days", "It is not a whole number"),
				agencyMarks("after.documents", "It is not a whole number"),
				agencyKeeps("before.visits", "many", "after.days", "-1"),
			},
		},
		{"itself among the others", fill("depends_on.0", "moj", "depends_on.2", "moi"), 1, []agencyPart{
			agencyMarks("depends_on.2", "“moi” names the item itself."),
			agencyKeeps("depends_on.0", "moj", "depends_on.2", "moi"),
		}},
		{"one twice among the others", fill("depends_on.0", "moj", "depends_on.1", "moj"), 1, []agencyPart{
			agencyMarks("depends_on.1", "“moj” is listed twice."),
		}},
		{"nobody among the others", fill("depends_on.0", hostile[2]), 1, []agencyPart{
			agencyMarks("depends_on.0", "“"+hostile[2]+"” is not in the catalogue."),
		}},
		{"a level that is planned already", fill("service", "permit"), 1, []agencyPart{
			agencyMarks("level", "Service “permit” is planned twice at level 3."), agencyKeeps("service", "permit"),
		}},
		{"a service that nobody knows", fill("service", "passport"), 1, []agencyPart{
			agencyMarks("service", "Service “passport” is not in the catalogue."), agencyKeeps("service", "passport"),
		}},
		{"a new service without its names", fill("service", "", "new_service", "moi-new"), 2, []agencyPart{
			agencyMarks("proposed.name", "It is missing."), agencyMarks("proposed.name_ar", "It is missing."),
			agencyKeeps("new_service", "moi-new"),
		}},
		{
			"a new service that is none", fill("service", "", "new_service", "a b", "proposed.name", hostile[0],
				"proposed.name_ar", "ب"), 1,
			[]agencyPart{
				agencyMarks("new_service", "“a b” is not a code."), agencyKeeps("new_service", "a b", "proposed.name",
					hostile[0]),
			},
		},
		{"a new service that is in the catalogue", fill("service", "", "new_service", "licence", "proposed.name", "A",
			"proposed.name_ar", "ب"), 1, []agencyPart{agencyMarks("service",
			"Service “licence” is already in the catalogue.")}},
		{"a move without a reason", visa("planned_on", "2016-11-10"), 1, []agencyPart{
			agencyMarks("reason", "The go-live moves by 9 days, without a reason. Say why it moves."),
			agencySays("h1", "visa, Interactive"),
			agencyKeeps("milestone", "visa-l2", "planned_on", "2016-11-10"),
		}},
		{"another service in its place", visa("service", "licence"), 1, []agencyPart{
			agencyMarks("service", "Milestone “visa-l2” belongs to service visa in the plan in force."),
		}},
		{"a note that is too long", fill("note", strings.Repeat("x", 3000)), 1, []agencyPart{
			agencyMarks("note", "It is longer than"),
		}},
		{"a drop without a reason", visa("act", "drop"), 1, []agencyPart{
			agencyMarks("dropping", "1 milestone of the plan in force is missing."),
			agencyKeeps("milestone", "visa-l2"),
		}},
	} {
		site.are(t, []agencyCase{{
			shows: each.shows, who: interior, path: "/en/submit/milestone", form: each.form, status: 422,
			parts: append(
				each.parts, agencyTimes(each.faults, "main [aria-invalid=true]"),
				agencyGone("[aria-labelledby=others]"),
				agencyThere("[role=alert]"), agencyKeeps("version", "1"),
			),
		}})
	}
	site.are(t, []agencyCase{
		{
			shows: "in Arabic", who: interior, path: "/ar/submit/milestone", form: fill("planned_on", "قريبًا"),
			status: 422,
			parts:  []agencyPart{agencyMarks("planned_on", "2016-09-30"), agencyKeeps("planned_on", "قريبًا")},
		},
		{
			shows: "more than a form may hold", who: interior, path: "/en/submit/milestone",
			form:   fill("note", strings.Repeat("x", 16<<10)),
			status: 413, parts: agencyProblem("Too large"),
		},
		{
			shows: "a version that is none", who: interior, path: "/en/submit/milestone", form: fill("version", "x"),
			status: 400,
			parts:  agencyInvalid,
		},
	})
	facts(t, db, 1)
}

// What is wrong with other milestones of the draft is told in a table, for it belongs to no field of the form.
func TestPlanFormTellsFaultsElsewhere(t *testing.T) {
	t.Parallel()
	site, db := agencyPlans(t)
	approved(t, db, planned()...)
	broken := redrafted()
	broken[0].Reason = ""
	stepped(t, db, interior.ID, programme.Plan{Kind: programme.PlanDraft, Revision: 2, Milestones: broken})
	row := "[aria-labelledby=others] tbody tr "
	form := milestoneForm(t, db, "service", "licence", "level", "3", "planned_on", "")
	site.are(t, []agencyCase{
		{
			shows: "beside its own", who: interior, path: "/en/submit/milestone", form: form, status: 422,
			parts: []agencyPart{
				agencySays("#others", "1 error elsewhere in the plan"), agencySays(row+"th", "visa"),
				agencyMarks("planned_on", "It is missing."),
				agencyLists(row+"td", "Reason for a change of date", "The go-live moves by 24 days, without a reason.",
					"Say why it moves."),
			},
		},
		{shows: "in Arabic", who: interior, path: "/ar/submit/milestone", form: form, status: 422, parts: []agencyPart{
			agencySays("#others", "خطأ واحد في موضع آخر من الخطة"),
		}},
	})
}

func TestAMilestoneIsAddedChangedAndDroppedByTheForm(t *testing.T) {
	t.Parallel()
	site, db := agencyPlans(t)
	approved(t, db, planned()...)
	send := func(want agencyCase, pairs ...string) {
		want.who, want.path, want.form = interior, "/en/submit/milestone", milestoneForm(t, db, pairs...)
		site.are(t, []agencyCase{want})
	}
	visa := []string{"milestone", "visa-l2", "service", "visa", "level", "2", "note", hostile[2], "planned_on"}
	send(agencyCase{shows: "nothing changed is nothing kept", to: "/en/submit?done=unchanged"},
		append(visa, "2016-11-01")...)
	send(agencyCase{shows: "one is added", to: "/en/submit/draft?done=kept"}, "service", "licence", "level", "3",
		"planned_on", "2016-12-15", "channels.web", "on", "phases.build", "2016-11-15", "before.visits", "3",
		"depends_on.1", "moj")
	send(agencyCase{shows: "nothing changed in the draft", to: "/en/submit/draft?done=unchanged"},
		append(visa, "2016-11-01")...)
	moved := append(visa, "2016-11-10", "reason", "a vendor")
	send(agencyCase{shows: "not from an older version", status: 409, parts: []agencyPart{
		agencyTells("[role=alert]", interior.ID+" changed this plan on "),
		agencyKeeps("reason", "a vendor", "version", "1"),
		agencyLeads("[role=alert] a", "/en/submit"), agencySays("[role=alert] a", "Open the current version"),
	}}, append(moved, "version", "1")...)
	send(agencyCase{shows: "one is moved", to: "/en/submit/draft?done=kept"}, moved...)
	send(agencyCase{shows: "nothing is dropped that is not there", status: 409, parts: []agencyPart{
		agencyTells("[role=alert]", "changed this plan on"),
	}}, "act", "drop", "milestone", "gone-l1")
	send(agencyCase{shows: "one is dropped", to: "/en/submit/draft?done=kept"}, "milestone", "permit-l3", "act", "drop",
		"dropping", "no budget")
	site.are(t, []agencyCase{
		{shows: "all of it in the draft", who: interior, path: "/en/submit/draft?done=kept", parts: []agencyPart{
			agencySays(changeSaid, "1 added · 1 moved · 1 dropped"), agencyKeeps("comment", "no budget"),
			agencyTells(changeRow+":has(.kind--moved)", "a vendor", "9 days later"),
			agencyTells(changeRow+":has(.kind--added)", "Web", "Build 15 November 2016", "Visits 3", hostile[0]),
			agencySays("[role=status].remark", "The change was saved in the draft. It is submitted when you "+
				"confirm it below."),
		}},
		{
			shows: "the added one in its form", who: interior, path: "/ar/submit/milestone?milestone=m-licence-3",
			parts: []agencyPart{
				agencyKeeps("phases.build", "2016-11-15", "channels.web", "on", "before.visits", "3", "depends_on.0",
					"moj"),
			},
		},
	})
	facts(t, db, 4)
}
