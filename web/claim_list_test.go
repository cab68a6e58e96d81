package web

import (
	"testing"

	"mirsad/internal/access"
)

const claimedRow = "[aria-labelledby=list] tbody tr"

func TestClaimListOfAnEntity(t *testing.T) {
	t.Parallel()
	site, _ := agencyClaims(t)
	site.are(t, []agencyCase{
		{shows: "before anything is claimed", who: moiAgency, path: "/en/claims", parts: []agencyPart{
			agencySays("h1", "Claimed levels"), agencyLists(claimedRow+" .code", "card", "licence", "permit", "visa"),
			agencyLists(claimedRow+" .tag", "Nothing claimed", "Nothing claimed", "Nothing claimed", "Nothing claimed"),
			agencySays(claimedRow+":first-child th a", "card "+hostile[2]),
			agencyLeads(claimedRow+" th a", "/en/services/card"),
			agencyLeads(claimedRow+" td a", "/en/claims/card"), agencyTells(claimedRow+" td a", "Claim a level"),
			agencyGone("main [name=entity]"), agencyValueOf("claims.claimed", "0"),
			agencyValueOf("claims.verified", "0"),
			agencyLists("th[scope=col]", "Service", "Claimed", "Verified", "Newest claim", "Open"),
			agencySays("nav.pager span", "1–4 of 4"), agencySays(".menu [aria-current=page]", "Claims"),
		}},
		{shows: "in Arabic", who: moiAgency, path: "/ar/claims", parts: []agencyPart{
			agencySays("h1", "المستويات المُعلَنة"), agencySays(claimedRow+" .tag", "لم يُعلَن شيء"),
			agencyLeads(claimedRow+" td a", "/ar/claims/card"), agencyTells(claimedRow+" td a", "إعلان مستوى"),
		}},
		{shows: "to another entity its own alone", who: mojAgency, path: "/en/claims", parts: []agencyPart{
			agencyLists(claimedRow+" .code", "deed"), agencyGone(`main a[href$="/claims/visa"]`),
		}},
		{shows: "to an auditor of all, to be read", who: auditor, path: "/en/claims", parts: []agencyPart{
			agencyTimes(5, claimedRow), agencyTells(claimedRow+" td:last-child a", "Open"),
			agencyLeads(claimedRow+":nth-child(2) td a", "/en/entities/moj"),
			agencyTimes(3, "select[name=entity] option"),
		}},
		{shows: "to an administrator of all", who: administrator, path: "/en/claims", parts: []agencyPart{
			agencyTimes(5, claimedRow), agencyTells(claimedRow+" td:last-child a", "Claim a level"),
		}},
		{
			shows: "to a link's reader", who: agencyReader(access.LinkClaims, "moi"), path: "/en/claims",
			parts: []agencyPart{
				agencyTimes(4, claimedRow), agencyGone(".menu a", ".top__person a.person"),
			},
		},
		{
			shows: "not to the reader of a link for a plan", who: agencyReader(access.LinkPlan, "moi"),
			path:   "/en/claims",
			status: 403, parts: agencyForbidden,
		},
	})
}

// The services of which something is to be done come first.
func TestClaimListByState(t *testing.T) {
	t.Parallel()
	site, _ := agencyClaims(t)
	for _, service := range []string{"visa", "permit", "card"} {
		site.claims(t, service, moiAgency, claimedForm())
	}
	site.decides(t, "visa/1", planner, "decision", "return", "criterion", "payment", "comment", "See "+hostile[2])
	site.decides(t, "card/1", planner, "decision", "verify")
	open := func(services ...string) agencyPart { return agencyLists(claimedRow+" .code", services...) }
	site.are(t, []agencyCase{
		{shows: "returned, waiting, none, verified", who: moiAgency, path: "/en/claims", parts: []agencyPart{
			open("visa", "permit", "licence", "card"),
			agencyLists(claimedRow+" .tag", "Returned", "Waiting for the programme office", "Nothing claimed",
				"Verified"),
			agencySays(claimedRow+":first-child td:nth-child(4)", "ReturnedFees are paid onlineSee "+hostile[2]),
			agencySays(claimedRow+":last-child td:nth-child(3)", "3 · Transactional"),
			agencyValueOf("claims.claimed", "3"), agencyValueOf("claims.verified", "1"),
		}},
		{shows: "in Arabic", who: moiAgency, path: "/ar/claims", parts: []agencyPart{
			agencyLists(claimedRow+" .tag", "مُعاد", "بانتظار مكتب البرنامج", "لم يُعلَن شيء", "مُتحقَّق منه"),
			agencySays(claimedRow+":first-child td:nth-child(4)", "مُعادتُدفع الرسوم عبر الإنترنتSee "+hostile[2]),
		}},
		{shows: "returned alone", who: moiAgency, path: "/en/claims?state=returned", parts: []agencyPart{
			open("visa"), agencyKeeps("state", "returned"),
		}},
		{shows: "waiting alone", who: moiAgency, path: "/en/claims?state=open", parts: []agencyPart{open("permit")}},
		{shows: "verified alone", who: moiAgency, path: "/ar/claims?state=verified", parts: []agencyPart{open("card")}},
		{shows: "unclaimed alone", who: moiAgency, path: "/en/claims?state=none", parts: []agencyPart{open("licence")}},
		{shows: "none of a state that is none", who: moiAgency, path: "/en/claims?state=<b>", parts: []agencyPart{
			agencySays("[aria-labelledby=list] .nothing", "No service matches."),
			agencyGone(claimedRow, "nav.pager"),
		}},
		{shows: "of one entity", who: administrator, path: "/en/claims?entity=moj", parts: []agencyPart{
			open("deed"), agencyKeeps("entity", "moj"), agencyValueOf("claims.claimed", "0"),
			agencySays(claimedRow+" td a", "Justice "+hostile[2]),
		}},
		{
			shows: "of one entity and state", who: auditor, path: "/en/claims?entity=moi&state=open&on=2016-09-30",
			parts: []agencyPart{
				open("permit"), agencyKeeps("entity", "moi", "state", "open"),
				agencyHiddenIs("form.filters", "on=2016-09-30"),
				agencyValueOf("claims.verified", "1"), agencyLeads(claimedRow+" td:last-child a",
					"/en/claims/permit?on=2016-09-30"),
			},
		},
	})
}

// Every list of these pages keeps its filters and dates in the links to its other pages.
func TestClaimListsKeepTheirFiltersInTheirPages(t *testing.T) {
	t.Parallel()
	site := &agencySite{server: listSite(t)}
	for _, each := range []struct{ shows, path, previous, next string }{
		{
			"claims", "/en/claims?entity=e101&on=2016-09-30&page=2&state=open",
			"/en/claims?entity=e101&on=2016-09-30&page=1&state=open",
			"/en/claims?entity=e101&on=2016-09-30&page=3&state=open",
		},
		{
			"claims to verify", "/ar/review/claims?entity=e101&page=2",
			"/ar/review/claims?entity=e101&page=1", "/ar/review/claims?entity=e101&page=3",
		},
		{
			"totals", "/en/statements?entity=e50&month=2016-08&page=2&q=s50",
			"/en/statements?entity=e50&month=2016-08&page=1&q=s50",
			"/en/statements?entity=e50&month=2016-08&page=3&q=s50",
		},
	} {
		site.are(t, []agencyCase{{
			shows: each.shows, who: administrator, path: each.path, parts: []agencyPart{
				agencyLeads("nav.pager a[rel=prev]", each.previous), agencyLeads("nav.pager a[rel=next]", each.next),
				agencyTimes(1, "nav.pager"),
			},
		}})
	}
	site.are(t, []agencyCase{
		{
			shows: "totals of a page that are sent", who: administrator, parts: []agencyPart{
				agencyHas("form.totals", "action", "/en/statements?entity=e50&month=2016-08&page=3&q=s50"),
				agencyTimes(10, "[aria-labelledby=totals] tbody tr"), agencyGone("nav.pager a[rel=next]"),
			}, path: "/en/statements?entity=e50&month=2016-08&page=3&q=s50",
		},
		{
			shows: "filters that begin again at the first page", who: administrator, parts: []agencyPart{
				agencyHiddenIs("form.filters", "on=2016-09-30"), agencyKeeps("state", "open"),
			}, path: "/en/claims?entity=e101&on=2016-09-30&page=2&state=open",
		},
	})
}
