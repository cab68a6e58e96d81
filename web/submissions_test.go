package web

import (
	"os"
	"path/filepath"
	"testing"

	"mirsad/internal/access"
)

func TestTheBoardOfSubmissions(t *testing.T) {
	t.Parallel()
	site := agencySiteOver(t, claimStore(t))
	site.are(t, []agencyCase{
		{shows: "what is owed for a month", who: planner, path: "/en/submissions?month=2016-08", parts: []agencyPart{
			agencySays("h1", "Submissions for August 2016"), agencyTells(".lead",
				"Everything is due by 10 September 2016."),
			agencyTells(boardRow+" td:nth-child(4)", "Overdue", "20 days overdue"),
			agencyValueOf("submissions.claims.overdue", "1"),
			agencyLeads("[aria-labelledby=board] a[download]", "/v1/submissions.csv?lang=en&month=2016-08"),
			agencyLeads(".sorts a[rel=prev]", "/en/submissions?month=2016-07"),
			agencyLists(boardRow+" th", "Interior", "Justice "+hostile[2]),
		}},
		{
			shows: "nobody of a state", who: planner, path: "/ar/submissions?month=2016-08&state=accepted",
			parts: []agencyPart{
				agencySays("[aria-labelledby=board] .nothing", "لا توجد جهة بهذا الوصف."), agencyGone(boardRow),
			},
		},
		{shows: "no month", who: planner, path: "/en/submissions?month=soon", status: 400, parts: agencyInvalid},
		{shows: "its own to an agency", who: mojAgency, path: "/en/submissions?month=2016-08", parts: []agencyPart{
			agencyLists(boardRow+" th", "Justice "+hostile[2]), agencyValueOf("submissions.claims.overdue", "0"),
			agencyGone("[aria-labelledby=remind]"),
		}},
		{shows: "all to an auditor", who: auditor, path: "/en/submissions", parts: []agencyPart{
			agencyTimes(2, boardRow), agencyGone("[aria-labelledby=remind]"),
		}},
		{shows: "all to an administrator", who: administrator, path: "/en/submissions", parts: []agencyPart{
			agencyTimes(2, boardRow), agencyThere("[aria-labelledby=remind] form"),
		}},
		{
			shows: "its own to the other agency", who: moiAgency, path: "/en/submissions",
			parts: []agencyPart{agencyTimes(1, boardRow)},
		},
		{
			shows: "nothing to an executive", who: executive, path: "/en/submissions", status: 403,
			parts: agencyForbidden,
		},
		{
			shows: "nothing to a link's reader", who: agencyReader(access.LinkPlan, "moi"), path: "/en/submissions",
			status: 403,
			parts:  agencyForbidden,
		},
	})
}

func TestTheBoardOfSubmissionsInABrowser(t *testing.T) {
	t.Parallel()
	axe, err := os.ReadFile(filepath.Join("..", "internal", "tools", "proof", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Skip(skipReason(t, "axe is not installed: run `make proof-tools`"))
	}
	server := storeSite(t, claimStore(t), planner)
	tab, heard := browser(t, server)
	for _, language := range []string{"en", "ar"} {
		address := server.URL + "/" + language + "/submissions?month=2016-08"
		if err := open(tab, address, 1440); err != nil {
			t.Fatal(err)
		}
		for _, finding := range accessible(tab, t, string(axe)) {
			t.Errorf("%s: axe: %s", language, finding)
		}
		noSidewaysScroll(tab, t, 320)
		if folder := os.Getenv("MIRSAD_SCREENSHOTS"); folder != "" {
			picture(tab, t, address, filepath.Join(folder, language+"_submissions.png"), 1440)
		}
	}
	for _, complaint := range heard.taken() {
		t.Error(complaint)
	}
}
