package web

import (
	"net/url"
	"strconv"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/web/page"
	"mirsad/web/plan"
)

// milestonesOf are the milestones of an entity of a kind.
func milestonesOf(f *figures.Figures, entity, kind string) int {
	return len(page.Filter(f.Plans.Milestones, func(m figures.MilestoneFigures) bool {
		switch {
		case m.Entity != entity:
			return false
		case kind == "late":
			return m.Status == figures.MilestoneLate
		case kind == "awaiting_verification":
			return m.Status == figures.MilestoneAwaiting
		case kind == "due":
			return m.DueWithin(fixtureOn, 90)
		default:
			return m.DoneWithin(fixtureOn, 90)
		}
	}))
}

const (
	milestoneSlips = `[aria-labelledby=milestones] [data-figure$=".slip"]`
	milestoneRow   = "table.milestones tbody tr"
)

func TestMilestonesAreListedByKindAndEntity(t *testing.T) {
	t.Parallel()
	f, site := fixture(), overviewOf(t, nil)
	within := map[string]string{"due": "&within=90", "done": "&within=90"}
	labels := map[string]string{
		"late": "Late ", "awaiting_verification": "Awaiting verification ", "due": "Due in the next 90 days ",
		"done": "Done in the last 90 days ",
	}
	for kind, label := range labels {
		for _, entity := range []string{"e14", "e16", "e01"} {
			n := milestonesOf(f, entity, kind)
			rows := agencyTimes(min(n, plan.MilestonesOnPage), milestoneSlips)
			if n == 0 {
				rows = agencyParts(rows, agencySays("[aria-labelledby=milestones] .nothing",
					"No milestone of this kind."))
			}
			site.are(t, []agencyCase{{
				shows: kind + " of " + entity, who: executive,
				path: "/en/plans?entity=" + entity + "&milestones=" + kind,
				parts: []agencyPart{
					rows, agencyKeeps("entity", entity),
					agencySays(".sorts [aria-current=true]", label+"("+strconv.Itoa(n)+")"),
					agencyTimes(1, ".sorts [aria-current=true]"),
					agencyLeads(
						"[aria-labelledby=milestones] a[download]",
						"/v1/milestones.csv?entity="+entity+"&lang=en&status="+kind+within[kind],
					),
				},
			}})
		}
	}
}

func TestMilestonesAreToldInFull(t *testing.T) {
	t.Parallel()
	site := overviewOf(t, func(f *figures.Figures) {
		service := f.Services[0].Code
		sample := figures.MilestoneFigures{
			Service: service, Entity: "e01", Level: programme.LevelTransactional, Status: figures.MilestoneLate,
			Due:        true,
			OriginalOn: civil.NewDate(2016, 5, 15), CurrentOn: civil.NewDate(2016, 6, 4),
			ExpectedOn: civil.NewDate(2016, 10, 9),
			Slip:       147, Reason: hostile[2], Standing: figures.StatusLate,
			Phases: []figures.PhaseDone{{Phase: programme.PhaseBuild, DoneOn: civil.NewDate(2016, 5, 3)}},
		}
		done := sample
		done.Status, done.Standing, done.ActualOn = figures.MilestoneDone, figures.StatusDone, civil.NewDate(2016, 9, 1)
		done.Service, done.Slip, done.Reason, done.Phases, done.ExpectedOn = f.Services[40].Code, -4, "", nil, 0
		f.Plans.Milestones = []figures.MilestoneFigures{sample, done}
	})
	site.are(t, []agencyCase{
		{shows: "a late one in English", who: executive, path: "/en/plans", parts: []agencyPart{
			agencyTimes(1, milestoneRow), agencySays(milestoneRow+" th bdi", hostile[0]),
			agencySays(milestoneRow+" .code", "s0001"),
			agencyLeads(milestoneRow+" th a", "/en/services/s0001"), agencyLeads(milestoneRow+" td a",
				"/en/entities/e01"),
			agencySays(milestoneRow+" .level", "3 · Transactional"),
			agencyLists(
				milestoneRow+" td.number", "15 May 2016", "4 June 2016", "9 October 2016", "–", "+147",
			),
			agencySays(milestoneRow+" td:nth-child(4)", "LateBuild finished on 3 May 2016"),
			agencySays(milestoneRow+" td:last-child", hostile[2]), agencyValueOf("milestones.s0001.slip", "147"),
			agencyLists(
				"table.milestones th[scope=col]", "Service", "Entity", "Maturity level", "Status", "Original",
				"Current plan",
				"Expected", "Actual", "Slip, days", "Why it moved",
			),
		}},
		{shows: "a late one in Arabic", who: executive, path: "/ar/plans", parts: []agencyPart{
			agencySays(milestoneRow+" .level", "3 · إجرائية"), agencySays(milestoneRow+" .status", "متأخر"),
			agencyLeads(milestoneRow+" td a", "/ar/entities/e01"),
		}},
		{
			shows: "a done one, which was never moved", who: executive, path: "/en/plans?milestones=done",
			parts: []agencyPart{
				agencyTimes(1, milestoneRow), agencyThere(milestoneRow + " .status--done"),
				agencyGone(milestoneRow + " td:nth-child(4) .muted"),
				agencyLists(milestoneRow+" td.number", "15 May 2016", "4 June 2016", "–", "1 September 2016", "−4"),
				agencySays(milestoneRow+" td:last-child", "–"), agencySays(".sorts [aria-current=true]",
					"Done in the last 90 days (1)"),
			},
		},
		{shows: "none that is due", who: executive, path: "/en/plans?milestones=due", parts: []agencyPart{
			agencyGone("table.milestones"), agencySays("[aria-labelledby=milestones] .nothing",
				"No milestone of this kind."),
		}},
	})
}

func TestMilestonesComeInTheOrderOfTheirKind(t *testing.T) {
	t.Parallel()
	site := overviewOf(t, func(f *figures.Figures) {
		services := f.Services
		f.Plans.Milestones = nil
		for i, days := range []int{3, 40, 12} {
			late := figures.MilestoneFigures{
				Service: services[10+i].Code, Entity: "e11", Level: 3, Status: figures.MilestoneLate, Slip: days,
				OriginalOn: fixtureOn.AddDays(-60),
			}
			done := late
			done.Service, done.Status = services[20+i].Code, figures.MilestoneDone
			done.ActualOn = fixtureOn.AddDays(-days)
			waits := late
			waits.Service, waits.Status, waits.WaitingDays = services[30+i].Code, figures.MilestoneAwaiting, days
			f.Plans.Milestones = append(f.Plans.Milestones, late, done, waits)
		}
	})
	site.are(t, []agencyCase{
		{shows: "late, the longest first", who: executive, path: "/en/plans", parts: []agencyPart{
			agencyLists(milestoneRow+" .code", "s0012", "s0013", "s0011"),
		}},
		{shows: "done, the newest first", who: executive, path: "/en/plans?milestones=done", parts: []agencyPart{
			agencyLists(milestoneRow+" .code", "s0021", "s0023", "s0022"),
		}},
		{
			shows: "awaiting verification, the longest first", who: executive,
			path:  "/en/plans?milestones=awaiting_verification",
			parts: []agencyPart{agencyLists(milestoneRow+" .code", "s0032", "s0033", "s0031")},
		},
	})
}

func TestMilestonesKeepTheirListInTheAddress(t *testing.T) {
	t.Parallel()
	kept := "as_at=2016-10-01&milestones=due&on=2016-09-30&shift=level%3A4%3A10"
	site := overviewOf(t, nil)
	site.are(t, []agencyCase{
		{shows: "by its kinds", who: executive, path: "/en/plans?" + kept + "&page=3&entity=e14", parts: []agencyPart{
			agencyLeads(
				".sorts a",
				"/en/plans?as_at=2016-10-01&entity=e14&milestones=late&on=2016-09-30&shift=level%3A4%3A10#milestones",
			),
			agencyLeads(
				"[aria-labelledby=milestones] a[download]",
				"/v1/milestones.csv?as_at=2016-10-01&entity=e14&lang=en&on=2016-09-30&status=due&within=90",
			),
		}},
		{shows: "by its pages", who: executive, path: "/en/plans?" + kept, parts: []agencyPart{
			agencyLeads(
				"nav.pager a[rel=next]",
				"/en/plans?as_at=2016-10-01&milestones=due&on=2016-09-30&page=2&shift=level%3A4%3A10#milestones",
			),
			agencySays("nav.pager span", "1–25 of 135"), agencyGone("nav.pager a[rel=prev]"),
		}},
		{shows: "on its last page", who: executive, path: "/ar/plans?" + kept + "&page=99", parts: []agencyPart{
			agencyTimes(135%plan.MilestonesOnPage, milestoneRow), agencyGone("nav.pager a[rel=next]"),
			agencyLeads(
				"nav.pager a[rel=prev]",
				"/ar/plans?as_at=2016-10-01&milestones=due&on=2016-09-30&page=5&shift=level%3A4%3A10#milestones",
			),
		}},
		{
			shows: "by its form, without the page", who: executive, path: "/en/plans?" + kept + "&page=3",
			parts: []agencyPart{
				agencyHas("[aria-labelledby=milestones] form", "action", "/en/plans#milestones"),
				agencyHiddenIs("[aria-labelledby=milestones] form", kept),
			},
		},
		{shows: "by the other language", who: executive, path: "/en/plans?" + kept, parts: []agencyPart{
			agencyLeads(".top__person a[hreflang=ar]", "/ar/plans?"+kept),
		}},
	})
}

// agencyHiddenIs wants the hidden fields of a form to be those of a query.
func agencyHiddenIs(form, query string) agencyPart {
	want, _ := url.ParseQuery(query)
	var parts []agencyPart
	for name, values := range want {
		parts = append(parts, agencyHas(form+` input[type=hidden][name="`+name+`"]`, "value", values[0]))
	}
	return agencyParts(append(parts, agencyTimes(len(want), form+" input[type=hidden]"))...)
}

func TestMilestonesOfAnAddressThatCannotBe(t *testing.T) {
	t.Parallel()
	overviewOf(t, nil).are(t, []agencyCase{
		{shows: "of no kind", who: executive, path: "/en/plans?milestones=soon", status: 400, parts: agencyInvalid},
		{shows: "of nobody", who: executive, path: "/en/plans?entity=none", status: 404, parts: agencyNotFound},
		{shows: "of a page that is no number", who: executive, path: "/ar/plans?page=x", parts: []agencyPart{
			agencyTimes(plan.MilestonesOnPage, milestoneRow),
		}},
		{shows: "of a day that is none", who: executive, path: "/en/plans?on=soon", status: 400, parts: agencyInvalid},
	})
	broken := agencySiteOf(t, Dependencies{Figures: fixed{figures: fixture(), err: programme.ErrUnavailable}})
	broken.are(t, []agencyCase{
		{shows: "when figures can't be read", who: executive, path: "/en/plans", status: 503, parts: []agencyPart{
			agencySays("h1", "Not available at the moment"), agencyThere("main code.code"), agencyGone("main table"),
		}},
	})
}

func TestMilestonesNeedSomebodyWhoSignedIn(t *testing.T) {
	t.Parallel()
	for _, who := range []access.Principal{executive, planner, auditor, administrator, moiPlans} {
		overviewOf(t, nil).are(t, []agencyCase{{shows: string(who.Role), who: who, path: "/en/plans"}})
	}
	overviewOf(t, nil).are(t, []agencyCase{
		{
			shows: "a link's reader", who: agencyReader(access.LinkPlan, "e02"), path: "/en/plans", status: 403,
			parts: agencyForbidden,
		},
	})
}
