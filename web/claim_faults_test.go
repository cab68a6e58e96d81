package web

import (
	"net/url"
	"strings"
	"testing"

	"mirsad/internal/programme"
)

func TestClaimIsRefusedBesideItsFields(t *testing.T) {
	t.Parallel()
	site, _ := agencyClaims(t)
	without := func(form url.Values, names ...string) url.Values {
		for _, name := range names {
			form.Del(name)
		}
		return form
	}
	integrated := claimedForm("level", "4", "answers.linked", "yes", "answers.linked.text", "with others")
	none := agencyForm("effective_on", "2016-05-01", "level", "")
	cases := []struct {
		shows  string
		form   url.Values
		faults int
		parts  []agencyPart
	}{
		{"no day", claimedForm("effective_on", ""), 1, []agencyPart{agencyMarks("effective_on",
			"It is missing. Fill it in.")}},
		{"a day that is none", claimedForm("effective_on", "2016-02-31"), 1, []agencyPart{
			agencyMarks("effective_on", "It is not a date. Write it like 2016-09-30."),
			agencyKeeps("effective_on", "2016-02-31"),
		}},
		{"a day long ago", claimedForm("effective_on", "1900-01-01"), 1, []agencyPart{
			agencyMarks("effective_on", "It is not a day from"), agencyKeeps("effective_on", "1900-01-01"),
		}},
		{"a yes without evidence", claimedForm("answers.payment.text", ""), 1, []agencyPart{
			agencyMarks("answers.payment.url", "A yes without evidence. Enter an address where it can be seen"),
		}},
		{"an address that is none", claimedForm("answers.info.url", "javascript:alert(1)"), 1, []agencyPart{
			agencyMarks("answers.info.url", "“javascript:alert(1)” is not an address that begins with http:// or "+
				"https://."),
			agencyKeeps("answers.info.url", "javascript:alert(1)"), agencyGone(`main a[href^="javascript"]`),
		}},
		{"a no that keeps the level away", claimedForm("answers.payment", "no"), 1, []agencyPart{
			agencyMarks("answers.payment", "This criterion keeps the service below level 3."),
			agencyKeeps("answers.payment", "no"),
		}},
		{"two that keep the level away", claimedForm("answers.payment", "no", "answers.apply", ""), 2, []agencyPart{
			agencyMarks("answers.payment", "below level 3"), agencyMarks("answers.apply", "below level 3"),
		}},
		{"the first criterion of all", claimedForm("answers.info", "no"), 1, []agencyPart{
			agencyMarks("answers.info", "This criterion keeps the service below level 3."),
		}},
		{"a level that needs any of some", claimedForm("level", "4"), 3, []agencyPart{
			agencyMarks("answers.linked", "Level 4 needs a yes for one of its criteria, and there is none."),
			agencyMarks("answers.notify_once", "Level 4 needs"), agencyMarks("answers.proactive", "Level 4 needs"),
			agencyKeeps("level", "4"),
		}},
		{"a level below what the answers reach", claimedForm("level", "1"), 1, []agencyPart{
			agencyMarks("level", "The answers support level 3, not the level that is claimed. Claim level 3, or "+
				"correct the answers."),
		}},
		{"a level that is none", claimedForm("level", "9"), 1, []agencyPart{
			agencyMarks("level", "It is not a whole number from 1 to 4."), agencyGone("[name=level] option[selected]"),
		}},
		{"a link with nobody", integrated, 4, []agencyPart{
			agencyMarks("answers.linked.entities", "It names no other entity. Name at least one other entity "+
				"that takes part."),
		}},
		{"a comment that is too long", claimedForm("comment", strings.Repeat("x", 3000)), 1, []agencyPart{
			agencyMarks("comment", "It is longer than"),
		}},
		{"everything at once", claimedForm("effective_on", "", "answers.payment", "no", "answers.apply.text", "",
			"answers.info.url", "moi.example"), 4, []agencyPart{
			agencyMarks("effective_on", "It is missing."), agencyMarks("answers.payment", "below level 3"),
			agencyMarks("answers.apply.url", "A yes without evidence."),
			agencyMarks("answers.info.url", "is not an address"),
			agencyKeeps("answers.info.url", "moi.example", "comment", hostile[0], "answers.documents.text",
				"seen "+hostile[2]),
		}},
		{
			"a hostile text", without(claimedForm("level", hostile[0], "answers.info.url", hostile[2]), "effective_on"),
			2,
			[]agencyPart{
				agencyKeeps("answers.info.url", hostile[2]), agencyMarks("answers.info.url",
					"“"+hostile[2]+"” is not an address"),
			},
		},
	}
	for i := range cases {
		each := &cases[i]
		site.are(t, []agencyCase{{
			shows: each.shows, who: moiAgency, path: "/en/claims/visa", form: each.form, status: 422,
			parts: append(each.parts, agencyTimes(each.faults, "main [aria-invalid=true]"),
				agencyThere("main [role=alert]")),
		}})
	}
	site.are(t, []agencyCase{
		{
			shows: "no answers, above the form", who: moiAgency, path: "/en/claims/visa", form: none, status: 422,
			parts: []agencyPart{
				agencyTells("[role=alert] li", "It is missing."), agencyGone(".claims"),
			},
		},
		{
			shows: "in Arabic", who: moiAgency, path: "/ar/claims/visa", status: 422,
			form: claimedForm("answers.payment.text", "", "level", "1"), parts: []agencyPart{
				agencyMarks("answers.payment.url", "دليل"), agencyMarks("level", "3"),
				agencyTimes(2, "main [aria-invalid=true]"),
			},
		},
		{
			shows: "more than a form may hold", who: moiAgency, path: "/en/claims/visa", status: 413,
			form: claimedForm("comment", strings.Repeat("x", 1<<20)), parts: agencyProblem("Too large"),
		},
		{shows: "nothing of all that was kept", who: moiAgency, path: "/en/claims", parts: []agencyPart{
			agencyTimes(4, claimedRow+" .tag:contains('Nothing claimed')"),
		}},
	})
}

func TestClaimNeedsNoMoreThanItsLevelTakes(t *testing.T) {
	t.Parallel()
	site, _ := agencyClaims(t)
	info := func(pairs ...string) url.Values {
		return agencyForm(append([]string{
			"effective_on", "2016-05-01", "answers.info", "yes", "answers.info.text", "on the page",
		}, pairs...)...)
	}
	three := claimedForm("level", "", "answers.payment", programme.AnswerNotApplicable)
	four := claimedForm("level", "", "answers.proactive", "yes", "answers.proactive.text", "at birth")
	for _, each := range []struct {
		shows, service, level string
		form                  url.Values
	}{
		{"level 1 by one answer", "card", "1 · Informative", info()},
		{"level 2 by any of three", "licence", "2 · Interactive", info("answers.form", "yes", "answers.form.text",
			"the form")},
		{"level 3 with what is not applicable", "permit", "3 · Transactional", three},
		{"level 4 by one that names nobody", "visa", "4 · Integrated", four},
	} {
		site.claims(t, each.service, moiAgency, each.form)
		site.are(t, []agencyCase{{
			shows: each.shows, who: moiAgency, path: "/en/claims/" + each.service,
			parts: []agencyPart{agencySays(".claims .level", each.level), agencySays(".beside dd", each.level)},
		}})
	}
}
