package web

import (
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/clocktest"
	"mirsad/internal/programme"
)

const waitingClaim = "[aria-labelledby=open] > .scroll > table > tbody > tr"

func TestClaimsToVerifyAreListed(t *testing.T) {
	t.Parallel()
	site, _ := agencyClaims(t)
	site.are(t, []agencyCase{
		{shows: "none", who: planner, path: "/en/review/claims", parts: []agencyPart{
			agencySays("h1", "No claims are waiting to be verified"), agencySays("[aria-labelledby=open] .nothing",
				"No claim is waiting."),
			agencySays("[aria-labelledby=rechecks] .nothing", "No re-check is overdue."),
			agencyGone("nav.pager", "main table"),
			agencyValueOf("claimed.counted", "0"), agencyValueOf("verified.counted", "0"),
		}},
		{shows: "none in Arabic", who: planner, path: "/ar/review/claims", parts: []agencyPart{
			agencySays("h1", "لا توجد إعلانات بانتظار التحقق"), agencySays("[aria-labelledby=open] .nothing",
				"لا يوجد إعلان قيد الانتظار."),
		}},
	})
	for _, service := range []string{"visa", "card"} {
		site.claims(t, service, moiAgency, claimedForm())
	}
	site.claims(t, "deed", mojAgency, agencyForm(
		"effective_on", "2016-06-01", "answers.info", "yes", "answers.info.url", "https://moj.example/?a=1&b=2",
	))
	site.are(t, []agencyCase{
		{shows: "the oldest first", who: planner, path: "/en/review/claims", parts: []agencyPart{
			agencySays("h1", "3 claims are waiting to be verified"), agencySays(".lead",
				"Oldest first. The person who claimed a level cannot verify it."),
			agencyLists(waitingClaim+" > th a:first-child", "visa", "card "+hostile[2], "deed "+hostile[2]),
			agencyLists(waitingClaim+":first-child > th a", "visa", "Interior"),
			agencyLists(waitingClaim+" > td:nth-child(2)", "3 · Transactional", "3 · Transactional", "1 · Informative"),
			agencyLists(waitingClaim+" > td:nth-child(4)", "1 May 2016", "1 May 2016", "1 June 2016"),
			agencyTells(waitingClaim+":last-child > td:nth-child(5)", mojAgency.ID),
			agencyLists(
				waitingClaim+" summary", "6 criteria answered with yes", "6 criteria answered with yes",
				"1 criterion answered with yes",
			),
			agencyTimes(6, waitingClaim+":first-child .evidence li"),
			agencyLeads(waitingClaim+":last-child .evidence a", "https://moj.example/?a=1&b=2"),
			agencyHas(waitingClaim+" .evidence a", "rel", "noopener noreferrer nofollow"),
			agencyThere(waitingClaim + `:first-child > td > a[href^="/en/review/claims/visa/"]`),
			agencySays("nav.pager span", "1–3 of 3"),
			agencyValueOf("claimed.counted", "3"), agencyValueOf("verified.counted", "0"),
			agencyGone(waitingClaim + " > td > .tag"),
		}},
		{shows: "in Arabic", who: planner, path: "/ar/review/claims", parts: []agencyPart{
			agencySays("h1", "3 إعلانات بانتظار التحقق"), agencySays(waitingClaim+":last-child summary",
				"معيار واحد أُجيب عنه بنعم"),
			agencySays(waitingClaim+":first-child > td:nth-child(2)", "3 · إجرائية"),
		}},
		{shows: "of one entity", who: auditor, path: "/en/review/claims?entity=moj&on=2016-09-30", parts: []agencyPart{
			agencySays("h1", "1 claim is waiting to be verified"), agencyTimes(1, waitingClaim),
			agencyKeeps("entity", "moj", "service", ""),
			agencyHiddenIs("form.filters", "on=2016-09-30"), agencyLeads(waitingClaim+" > th a",
				"/en/services/deed?on=2016-09-30"),
		}},
		{shows: "of one service", who: planner, path: "/en/review/claims?service=+card+", parts: []agencyPart{
			agencySays("#open", "Claims of this service"), agencyTimes(1, waitingClaim), agencyKeeps("service", "card"),
			agencySays(waitingClaim+" > td > .tag", "Waiting for the programme office"),
			agencySays("h1", "3 claims are waiting to be verified"),
		}},
		{
			shows: "of a service that is not there", who: planner, path: "/en/review/claims?service=%3Cimg%20src=x%3E",
			parts: []agencyPart{
				agencySays("[aria-labelledby=open] .nothing", "No claim is waiting."), agencyKeeps("service", "<img src=x>"),
			},
		},
		{shows: "not to an agency", who: mojAgency, path: "/en/review/claims", status: 403, parts: agencyForbidden},
		{
			shows: "nor to a link's reader", who: agencyReader(access.LinkClaims, "moi"), path: "/en/review/claims",
			status: 403,
			parts:  agencyForbidden,
		},
	})
}

func TestClaimsOverdueToBeLookedAtAgain(t *testing.T) {
	t.Parallel()
	site, _ := agencyClaims(t)
	for service, day := range map[string]string{"visa": "2016-06-01", "card": "2016-09-29", "permit": "2016-12-01"} {
		site.claims(t, service, moiAgency, claimedForm())
		site.decides(t, service+"/1", planner, "decision", "verify", "recheck_on", day)
	}
	row := "[aria-labelledby=rechecks] tbody tr"
	site.are(t, []agencyCase{
		{shows: "in English", who: planner, path: "/en/review/claims", parts: []agencyPart{
			agencyLists(row+" th a:first-child", "visa", "card "+hostile[2]),
			agencyLists(row+" td:nth-child(4)", "121 days", "1 day"),
			agencyLists(row+" td:nth-child(3)", "1 June 2016", "29 September 2016"),
			agencySays(row+" .level", "3 · Transactional"),
			agencyThere(row + `:first-child td a[href^="/en/review/claims/visa/"]`),
			agencySays("h1", "No claims are waiting to be verified"), agencyValueOf("verified.counted", "3"),
		}},
		{shows: "in Arabic", who: auditor, path: "/ar/review/claims", parts: []agencyPart{
			agencyLists(row+" td:nth-child(4)", "121 يومًا", "يوم واحد"),
		}},
		{shows: "of an entity without any", who: planner, path: "/en/review/claims?entity=moj", parts: []agencyPart{
			agencySays("[aria-labelledby=rechecks] .nothing", "No re-check is overdue."), agencyGone(row),
		}},
	})
}

// An event that names a level claims it, without answers.
func TestClaimByAnEventHasNoEvidence(t *testing.T) {
	t.Parallel()
	site, db := agencyClaims(t)
	if err := db.InsertRollouts(t.Context(), "level", []programme.Rollout{{
		ID: "raised", Entity: "moi", Service: "visa", Source: "test", EventID: "raised",
		Action: programme.ActionUpgrade, Level: 2,
		EffectiveOn: civil.NewDate(2016, 3, 1), Actor: "token/" + hostile[0], RecordedAt: clocktest.Now(),
	}}); err != nil {
		t.Fatal(err)
	}
	site.are(t, []agencyCase{
		{shows: "in the list", who: planner, path: "/en/review/claims", parts: []agencyPart{
			agencySays(waitingClaim+" > td:nth-child(6)", "No evidence was provided."),
			agencyGone(waitingClaim + " details"),
			agencyTells(waitingClaim+" > td:nth-child(5)", "token/"+hostile[0]),
		}},
		{shows: "on its page", who: planner, path: "/en/review/claims/visa/raised", parts: []agencyPart{
			agencyTells("[aria-labelledby=claim] > .muted", "Claimed by an event sent by the entity: ", "token/"+hostile[0]),
			agencyGone(".evidence"), agencyLists("[aria-labelledby=claim] .beside dd:first-of-type", "2 · Interactive",
				"No level", "1 March 2016", "Waiting for the programme office"),
		}},
		{shows: "to the entity", who: moiAgency, path: "/ar/claims/visa", parts: []agencyPart{
			agencySays(".claims > li > p:last-child", "لم يُقدَّم دليل."),
			agencyTells(".claims .muted", "أُعلن بحدث أرسلته الجهة"),
		}},
	})
}
