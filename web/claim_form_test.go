package web

import (
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/link"
	"mirsad/internal/programme"
)

func TestClaimFormBeforeAnythingIsClaimed(t *testing.T) {
	t.Parallel()
	site, _ := agencyClaims(t)
	empty := agencyParts(
		agencyKeeps("effective_on", "", "level", "", "comment", "", "answers.info", "", "answers.info.url", ""),
		agencyTimes(len(programme.Criteria()), "main fieldset"), agencyTimes(4, "main .step"),
		agencyTimes(1, ".step:nth-of-type(1) fieldset"), agencyTimes(4, "select[name='answers.payment'] option"),
		agencyTimes(5, "select[name=level] option"), agencyTimes(2, "main select[multiple]"),
		agencyThere("[name='answers.linked.entities'][multiple]", "[name='answers.notify_once.entities'][multiple]"),
		agencyTimes(2, "[name='answers.linked.entities'] option"), agencyGone("main [aria-invalid]", ".claims",
			"main [role=alert]"),
		agencyHas("main [name=effective_on]", "aria-required", "true"),
		agencyGone("main [name=comment][aria-required]"),
	)
	site.are(t, []agencyCase{
		{shows: "in English", who: moiAgency, path: "/en/claims/visa", parts: []agencyPart{
			empty, agencySays("h1", "visa"), agencySays("[aria-labelledby=claims] .nothing",
				"No level has been claimed for this service yet."),
			agencyHas("main form", "action", "/en/claims/visa"), agencyLeads("main > p a", "/en/claims"),
			agencySays(".lead a", "Interior"), agencyLeads(".lead a", "/en/entities/moi"),
			agencyLists(".step h3", "1 · Informative", "2 · Interactive", "3 · Transactional", "4 · Integrated"),
			agencySays(".step:nth-of-type(2) > .muted", "Needs level 1 and a yes to any of these."),
			agencyLists(
				".step:nth-of-type(2) legend", "The state of a request can be looked up online",
				"Enquiries and complaints are taken online", "A form is submitted online, even if a visit follows",
			),
			agencyLists("select[name='answers.info'] option", "Not answered", "Yes", "No", "Not applicable"),
			agencySays("select[name=level] option", "The level that the answers support"), agencySays("main .acts button", "Send the claim"),
			agencySays("label[for=f-answers-info-url]", "Address of the evidence"),
		}},
		{shows: "in Arabic", who: moiAgency, path: "/ar/claims/visa", parts: []agencyPart{
			empty, agencySays(".step:nth-of-type(1) > .muted", "يتطلب الإجابة بنعم."),
			agencySays("main .acts button", "إرسال الإعلان"),
			agencyLists("select[name='answers.info'] option", "دون إجابة", "نعم", "لا", "لا ينطبق"),
		}},
		{shows: "with a hostile name", who: moiAgency, path: "/en/claims/card", parts: []agencyPart{
			agencySays("h1", "card "+hostile[2]), agencySays("title",
				"card "+hostile[2]+" · National e-services programme"),
			agencyTells("[name='answers.linked.entities']", "Justice "+hostile[2]),
		}},
		{shows: "to an administrator", who: administrator, path: "/en/claims/deed", parts: []agencyPart{
			empty, agencyHas("main form", "action", "/en/claims/deed"),
		}},
		{
			shows: "to a link's reader", who: agencyReader(access.LinkClaims, "moi"), path: "/ar/claims/visa",
			parts: []agencyPart{empty},
		},
		{shows: "not to an auditor", who: auditor, path: "/en/claims/visa", parts: []agencyPart{
			agencyGone("main form", "main [name]"), agencySays("h1", "visa"),
		}},
		{
			shows: "not of another's service", who: moiAgency, path: "/en/claims/deed", status: 404,
			parts: agencyNotFound,
		},
		{
			shows: "nor to a link's reader of another", who: agencyReader(access.LinkClaims, "moj"),
			path:   "/en/claims/visa",
			status: 404, parts: agencyNotFound,
		},
	})
}

// A claim that was returned is corrected and not written again.
func TestClaimFormBeginsWithTheNewestClaim(t *testing.T) {
	t.Parallel()
	site, _ := agencyClaims(t)
	form := claimedForm("level", "4", "answers.linked", "yes", "answers.linked.text", "with justice")
	form.Add("answers.linked.entities", "moj")
	site.claims(t, "visa", moiAgency, form)
	list := ".claims > li "
	site.are(t, []agencyCase{
		{
			shows: "what was done, and the claim", who: moiAgency, path: "/en/claims/visa?done=claimed",
			parts: []agencyPart{
				agencySays(".remark[role=status]", "The claim is waiting for the programme office."),
				agencyTimes(1, ".claims > li"),
				agencySays(list+"p", "4 · Integrated Waiting for the programme office from 1 May 2016"),
				agencyTells(list+".muted", "Claimed with answers · ", moiAgency.ID),
				agencySays(list+"> p:nth-of-type(3)", hostile[0]),
				agencyTimes(7, list+".evidence li"), agencySays(list+".evidence li:first-child .tag", "Yes"),
				agencyLeads(list+".evidence li:first-child a", "https://moi.example/"),
				agencyHas(list+".evidence a", "rel", "noopener noreferrer nofollow"),
				agencyTells(list+".evidence li:nth-child(2)", "The whole application is made "+
					"online", "seen "+hostile[2]),
				agencyTells(list+".evidence li:last-child", "with justice", "Justice "+hostile[2]),
			},
		},
		{shows: "its answers in the fields", who: moiAgency, path: "/en/claims/visa", parts: []agencyPart{
			agencyKeeps(
				"effective_on", "2016-05-01", "answers.info", "yes", "answers.info.url", "https://moi.example/",
				"answers.payment", "yes", "answers.payment.text", "seen "+hostile[2], "answers.linked", "yes",
				"answers.linked.entities", "moj", "answers.proactive", "",
			),
			agencyKeeps("comment", "", "level", ""), agencyGone("main [role=status].remark"),
			agencySays(".beside dd", "4 · Integrated"),
		}},
		{shows: "in Arabic", who: moiAgency, path: "/ar/claims/visa?done=claimed", parts: []agencyPart{
			agencySays(".remark[role=status]", "الإعلان بانتظار مكتب البرنامج."),
			agencyTells(list+".muted", "أُعلن بإجابات عن المعايير"),
			agencySays(list+".evidence .tag", "نعم"), agencyTells(list+".evidence li:last-child", "العدل"),
		}},
		{shows: "the claim to an auditor", who: auditor, path: "/en/claims/visa", parts: []agencyPart{
			agencyTimes(7, list+".evidence li"), agencyGone("main form"),
		}},
		{shows: "that the same waits", who: moiAgency, path: "/ar/claims/visa", form: form, parts: []agencyPart{
			agencySays(".remark[role=status]", "الإعلان نفسه قيد الانتظار بالفعل، ولم يُضَف شيء."),
			agencyTimes(1, ".claims > li"),
			agencyKeeps("comment", hostile[0]),
		}},
		{
			shows: "that another one is taken", who: moiAgency, path: "/en/claims/visa?on=2016-09-30",
			form: claimedForm("comment", "again"),
			to:   "/en/claims/visa?done=claimed&on=2016-09-30",
		},
		{shows: "both, the newest first", who: moiAgency, path: "/en/claims/visa", parts: []agencyPart{
			agencyLists(".claims > li > p:first-child .tag", "Waiting for the programme office",
				"Replaced by a newer claim"),
			agencySays(".claims > li:first-child > p:nth-of-type(3)", "again"),
		}},
	})
}

func TestClaimByALinkUsesItUp(t *testing.T) {
	t.Parallel()
	site, _ := agencyClaims(t)
	reader := agencyReader(access.LinkClaims, "moi")
	site.are(t, []agencyCase{
		{
			shows: "not with faults", who: reader, path: "/en/claims/visa", form: claimedForm("effective_on", "soon"),
			status: 422,
			parts:  []agencyPart{agencyMarks("effective_on", "It is not a date.")},
		},
		{
			shows: "not for another's service", who: reader, path: "/en/claims/deed", form: claimedForm(), status: 404,
			parts: agencyNotFound,
		},
	})
	if len(site.desk.acts) != 0 {
		t.Fatalf("%+v used the link up", site.desk.acts)
	}
	site.desk.err = link.ErrUsed
	site.are(t, []agencyCase{
		{shows: "that it was used", who: reader, path: "/en/claims/visa", form: claimedForm(), status: 403},
	})
	site.desk.err = nil
	site.are(t, []agencyCase{
		{shows: "the last page", who: reader, path: "/en/claims/visa", form: claimedForm(), parts: []agencyPart{
			agencySays("h1", "The level is claimed"), agencyTells("main", "The link cannot be used again;"),
			agencyGone("main form", ".menu a"),
		}},
	})
	want := link.Act{Purpose: access.LinkClaims, Entity: "moi", Month: reader.Month}
	if last := site.desk.acts[len(site.desk.acts)-1]; last != want {
		t.Errorf("%+v was used up, want %+v", last, want)
	}
	site.are(t, []agencyCase{
		{shows: "the claim to the office", who: planner, path: "/en/review/claims", parts: []agencyPart{
			agencyTells("#open ~ .scroll td:nth-child(5)", "link/l1"),
		}},
	})
}
