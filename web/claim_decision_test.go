package web

import (
	"net/url"
	"strings"
	"testing"

	"mirsad/internal/access"
)

// decision is the form of a decision.
func decision(of string, pairs ...string) url.Values {
	return agencyForm(append([]string{"version", "0", "decision", of}, pairs...)...)
}

const ofVisa = "/en/review/claims/visa/1"

func TestClaimIsDecidedOnWithItsEvidence(t *testing.T) {
	t.Parallel()
	site, _ := agencyClaims(t)
	site.claims(t, "visa", moiAgency, claimedForm())
	empty := agencyParts(
		agencyKeeps("version", "0", "level", "", "effective_on", "", "recheck_on", "", "criterion", "", "comment", ""),
		agencyTimes(3, "[name=level] option"), agencyTimes(10, "[name=criterion] option"),
		agencyTimes(2, "button[name=decision]"),
		agencyTimes(6, "[aria-labelledby=claim] .evidence li"), agencyGone("#others", "main [aria-invalid]",
			".decisions"),
		agencyHas("[name=comment]", "aria-describedby", "f-comment-hint"), agencyGone("main [aria-required]"),
	)
	site.are(t, []agencyCase{
		{shows: "in English", who: planner, path: ofVisa, parts: []agencyPart{
			empty, agencySays("h1", "visa"), agencySays(".lead a", "Interior"),
			agencyLeads("main > p a", "/en/review/claims"),
			agencyLists("[name=level] option", "Level 3: Transactional", "Level 2: Interactive",
				"Level 1: Informative"),
			agencySays("[name=criterion] option", "None"), agencySays("button[value=verify]", "Verify the level"),
			agencySays("button[value=return]", "Return the claim to the entity"),
			agencyLists(
				"[aria-labelledby=claim] .beside dd", "3 · Transactional", "No level", "1 May 2016",
				"Waiting for the programme office",
			),
			agencyTells("[aria-labelledby=claim] > .muted", "Claimed with answers · ", " · "+moiAgency.ID),
			agencySays("[aria-labelledby=claim] > p:nth-of-type(2)", hostile[0]),
			agencySays("#f-effective_on-hint", "If left empty, from the date of the claim. A verified level is lowered from the date "+
				"given here; earlier dates keep the earlier level."),
		}},
		{shows: "in Arabic", who: planner, path: "/ar/review/claims/visa/1", parts: []agencyPart{
			empty, agencySays("button[value=verify]", "تأكيد المستوى"),
			agencySays("button[value=return]", "إعادة الإعلان إلى الجهة"),
			agencySays("[name=level] option", "المستوى 3: إجرائية"), agencySays("label[for=f-criterion]",
				"المعيار الذي لم يتحقق"),
		}},
		{shows: "to an auditor without the form", who: auditor, path: ofVisa, parts: []agencyPart{
			agencyGone("main form", "main > .remark"), agencyTimes(6, ".evidence li"),
		}},
	})
}

func TestClaimDecisionIsRefusedBesideItsFields(t *testing.T) {
	t.Parallel()
	site, _ := agencyClaims(t)
	site.claims(t, "visa", moiAgency, claimedForm())
	for _, each := range []struct {
		shows  string
		form   url.Values
		faults int
		parts  []agencyPart
	}{
		{"a return without a word", decision("return"), 2, []agencyPart{
			agencyMarks("criterion", "It is missing. Fill it in."), agencyMarks("comment",
				"It is missing. Fill it in."),
		}},
		{"no button, which is a return", decision("", "comment", "a key was pressed"), 1, []agencyPart{
			agencyMarks("criterion", "It is missing."), agencyKeeps("comment", "a key was pressed"),
		}},
		{"a return without its comment", decision("return", "criterion", "payment", "level", "2"), 1, []agencyPart{
			agencyMarks("comment", "It is missing."), agencyKeeps("criterion", "payment", "level", "2"),
		}},
		{
			"a criterion that is none", decision("return", "criterion", hostile[2], "comment", hostile[0]), 1,
			[]agencyPart{
				agencyMarks("criterion", "“"+hostile[2]+"” is not one of the "+
					"values."), agencyKeeps("comment", hostile[0]),
			},
		},
		{"a lower level without a comment", decision("verify", "level", "2", "criterion", "payment"), 1, []agencyPart{
			agencyMarks("comment", "It is missing."), agencyKeeps("level", "2"),
		}},
		{"a level above the claim", decision("verify", "level", "4"), 1, []agencyPart{
			agencyMarks("level", "It is not a whole number from 1 to 3."),
		}},
		{"days that are none", decision("verify", "effective_on", "soon", "recheck_on", "later"), 2, []agencyPart{
			agencyMarks("effective_on", "It is not a date."), agencyMarks("recheck_on", "It is not a date."),
			agencyKeeps("effective_on", "soon", "recheck_on", "later"),
		}},
		{"a day before the claim's", decision("verify", "effective_on", "2016-04-30"), 1, []agencyPart{
			agencyMarks("effective_on", "It is not a day from 2016-05-01"), agencyKeeps("effective_on", "2016-04-30"),
		}},
		{"a look back before the level holds", decision("verify", "recheck_on", "2016-05-01"), 1, []agencyPart{
			agencyMarks("recheck_on", "It is not a day from 2016-05-02"),
		}},
		{"a comment that is too long", decision("verify", "comment", strings.Repeat("x", 3000)), 1, []agencyPart{
			agencyMarks("comment", "It is longer than"),
		}},
	} {
		site.are(t, []agencyCase{{
			shows: each.shows, who: planner, path: ofVisa, form: each.form, status: 422, parts: append(
				each.parts, agencyTimes(each.faults, "main [aria-invalid=true]"),
				agencyTimes(2, "button[name=decision]"),
				agencyThere("[role=alert]"),
			),
		}})
	}
	site.are(t, []agencyCase{
		{
			shows: "in Arabic", who: planner, path: "/ar/review/claims/visa/1", form: decision("return"), status: 422,
			parts: []agencyPart{
				agencyMarks("criterion", ""), agencyMarks("comment", ""), agencySays("#f-comment-hint",
					"مطلوب عند إعادة الإعلان، وعند تأكيد مستوى أدنى من المُعلَن."),
			},
		},
		{
			shows: "a version that is none as that of a claim that waits", who: planner, path: ofVisa,
			form: decision("verify", "version", "x"),
			to:   "/en/review/claims/visa/*?done=verified",
		},
	})
}

func TestClaimThatIsReturnedGoesOn(t *testing.T) {
	t.Parallel()
	site, _ := agencyClaims(t)
	site.claims(t, "visa", moiAgency, claimedForm())
	site.decides(t, "visa/1", planner, "decision", "return", "criterion", "payment", "comment", "See "+hostile[2])
	step := ".decisions li"
	site.are(t, []agencyCase{
		{shows: "what was done", who: planner, path: ofVisa + "?done=returned", parts: []agencyPart{
			agencySays(".remark[role=status]", "Returned"), agencyTimes(1, step),
			agencySays(step+" strong", "Returned"),
			agencyTells(step, planner.ID, "Fees are paid online", "See "+hostile[2]), agencyKeeps("version", "1"),
			agencySays("[aria-labelledby=claim] .tag", "Returned"), agencyTimes(2, "button[name=decision]"),
		}},
		{shows: "nothing for what was never done", who: planner, path: ofVisa + "?done=%3Cb%3E", parts: []agencyPart{
			agencyGone(".remark[role=status]"),
		}},
		{shows: "the entity", who: moiAgency, path: "/ar/claims/visa", parts: []agencyPart{
			agencySays(".claims > li .tag", "مُعاد"), agencyTells(step, "مُعاد", "تُدفع الرسوم عبر الإنترنت",
				"See "+hostile[2]),
			agencyKeeps("answers.payment", "yes", "effective_on", "2016-05-01"),
		}},
		{
			shows: "not one who did not look again", who: secondPlanner, path: ofVisa, form: decision("verify"),
			status: 409,
			parts: []agencyPart{
				agencyTells("[role=alert]", planner.ID+" decided first, on", "your decision was not recorded."),
				agencyTimes(1, step),
			},
		},
		{
			shows: "in Arabic who was first", who: secondPlanner, path: "/ar/review/claims/visa/1",
			form: decision("verify"), status: 409,
			parts: []agencyPart{agencyTells("[role=alert]", "سبق اتخاذ القرار في")},
		},
		{
			shows: "one who did", who: secondPlanner, path: ofVisa, form: decision("verify", "version", "1", "level",
				"2",
				"comment", "half"),
			to: "/en/review/claims/visa/*?done=verified",
		},
		{shows: "both decisions", who: planner, path: ofVisa, parts: []agencyPart{
			agencyLists(step+" strong", "Returned", "Verified"), agencySays(step+":last-child .level",
				"2 · Interactive"),
			agencyTells(step+":last-child", "1 May 2016", secondPlanner.ID, "half"), agencyKeeps("version", "2"),
		}},
	})
}

func TestClaimThatIsVerifiedIsLoweredNotReturned(t *testing.T) {
	t.Parallel()
	site, _ := agencyClaims(t)
	site.claims(t, "visa", moiAgency, claimedForm())
	site.decides(t, "visa/1", planner, "decision", "verify", "recheck_on", "2017-05-01")
	site.are(t, []agencyCase{
		{shows: "what was done", who: planner, path: ofVisa + "?done=verified", parts: []agencyPart{
			agencySays(".remark[role=status]", "Verified"), agencyLists("button[name=decision]", "Verify the level"),
			agencyTells(".decisions li", "Verified 3 · Transactional · from 1 May 2016 recorded ", "⟳ 1 May 2017"),
			agencyHas("[name=effective_on]", "aria-required", "true"),
			agencySays(".beside dd:nth-of-type(1)", "3 · Transactional"),
		}},
		{shows: "that it counts", who: planner, path: "/en/review/claims", parts: []agencyPart{
			agencyValueOf("verified.counted", "1"), agencySays("h1", "No claims are waiting to be verified"),
		}},
		{
			shows: "no return any more", who: planner, path: ofVisa, status: 422,
			form:  decision("return", "version", "1", "criterion", "payment", "comment", "no"),
			parts: []agencyPart{agencyTells("[role=alert]", "The level is verified already and cannot be returned.")},
		},
		{
			shows: "no lowering without a day", who: planner, path: ofVisa, status: 422,
			form: decision("verify", "version", "1", "level", "2", "comment", "lower"),
			parts: []agencyPart{
				agencyMarks("effective_on", "It is missing."),
				agencyKeeps("level", "2", "comment", "lower"),
			},
		},
		{
			shows: "a lowering from a day", who: secondPlanner, path: ofVisa,
			form: decision("verify", "version", "1", "level", "2", "comment", "lower", "effective_on", "2016-08-01"),
			to:   "/en/review/claims/visa/*?done=verified",
		},
		{shows: "the level from that day", who: moiAgency, path: "/en/claims/visa", parts: []agencyPart{
			agencyTells(".decisions li:last-child", "Verified 2 · Interactive · from 1 August 2016 recorded "),
			agencyLists(".beside dd", "3 · Transactional", "2 · Interactive"),
		}},
		{shows: "the level before it", who: moiAgency, path: "/en/claims/visa?on=2016-07-31", parts: []agencyPart{
			agencyLists(".beside dd", "3 · Transactional", "3 · Transactional"),
		}},
	})
}

func TestClaimInWhosePlaceAnotherCame(t *testing.T) {
	t.Parallel()
	site, _ := agencyClaims(t)
	site.claims(t, "visa", moiAgency, claimedForm())
	site.claims(t, "visa", moiAgency, claimedForm("comment", "better"))
	site.are(t, []agencyCase{
		{shows: "is closed", who: planner, path: ofVisa, parts: []agencyPart{
			agencySays("main > .remark", "The entity made another claim for the same day; decide on that one."),
			agencyGone("main form"), agencySays("[aria-labelledby=claim] .tag", "Replaced by a newer claim"),
			agencyTimes(1, "[aria-labelledby=others] .claims > li"),
			agencySays("[aria-labelledby=others] .tag", "Waiting for the programme office"),
		}},
		{shows: "is closed in Arabic", who: planner, path: "/ar/review/claims/visa/1", parts: []agencyPart{
			agencySays("main > .remark", "أصدرت الجهة إعلانًا آخر لليوم نفسه، فيُرجى البتّ في الإعلان الأحدث."),
		}},
		{
			shows: "takes no decision", who: planner, path: ofVisa, form: decision("verify"), status: 409,
			parts: []agencyPart{
				agencyTells("[role=alert]", moiAgency.ID+" decided first, on"), agencyGone("main form"),
			},
		},
		{
			shows: "gives way to the other", who: planner, path: "/en/review/claims/visa/2", form: decision("verify"),
			to: "/en/review/claims/visa/*?done=verified",
		},
	})
}

func TestClaimDecisionIsThatOfTheWholeProgramme(t *testing.T) {
	t.Parallel()
	site, _ := agencyClaims(t)
	site.claims(t, "deed", mojAgency, claimedForm())
	bound := access.Principal{ID: "user/p@moi.example", Role: access.RolePlanner, Entity: "moi"}
	for _, who := range []access.Principal{
		moiAgency, mojAgency, auditor, executive, bound,
		agencyReader(access.LinkClaims, "moj"),
	} {
		site.are(t, []agencyCase{{
			shows: "not of " + who.ID, who: who, path: "/en/review/claims/deed/1", form: decision("verify"),
			status: 403,
			parts:  agencyForbidden,
		}})
	}
	site.are(t, []agencyCase{
		{
			shows: "of an administrator", who: administrator, path: "/en/review/claims/deed/1",
			form: decision("verify"),
			to:   "/en/review/claims/deed/*?done=verified",
		},
	})
}
