package web

import (
	"net/url"
	"strings"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/programme"
)

func TestBadTotalsAreToldBesideTheirFieldsAndGoodOnesKept(t *testing.T) {
	t.Parallel()
	s := totalsSiteOf(t)
	before := len(s.statements())
	mixed := totalsForm(
		"web.completed.visa", hostile[0], "reported", "counter.completed.visa", "12", "reported", "web.started.visa",
		"-4", "reported",
		"counter.started.visa", "5", "not_applicable", "web.started.permit", "9", "not_requested_by_us",
	)
	marks := func(noNumber, below string) agencyPart {
		return agencyParts(
			agencyMarks("value.web.completed.visa", noNumber), agencyMarks("value.web.started.visa", below),
			agencyMarks("value.counter.started.visa", ""), agencyMarks("value.web.started.permit", ""),
			agencyTimes(4, "main [aria-invalid=true]"), agencyTimes(1, sentRow), agencySays(sentRow+" strong", "12"),
			agencyKeeps(
				"value.web.completed.visa", hostile[0], "value.web.started.visa", "-4", "value.counter.started.visa",
				"5",
				"state.counter.started.visa", "not_applicable", "value.counter.completed.visa", "12",
				"state.web.started.permit", "reported",
			),
			agencyHas(`[name="state.web.started.visa"]`, "aria-describedby", "t-web-started-visa-fault"),
		)
	}
	s.are(t, []agencyCase{
		{shows: "in English", who: ownAgency, path: "/en/statements", form: mixed, status: 422, parts: []agencyPart{
			marks("is not a number. Write a whole number in digits, such as 1234", "-4” is below zero"), agencySays("[role=alert]",
				"4 totals cannot be accepted. The reason is shown beside each field."),
		}},
		{shows: "in Arabic", who: ownAgency, path: "/ar/statements", form: mixed, status: 422, parts: []agencyPart{
			marks("ليس عددًا. اكتب عددًا صحيحًا بالأرقام", "أقل من الصفر"), agencySays("[role=alert]", "تعذّر قبول 4 مجاميع، وسبب كل منها مبيّن بجانب حقله."),
		}},
	})
	_, body := post(t, s.server, "/en/statements", mixed)
	if good := confirming(t, body); len(good) != 4 || good.Get("value.counter.completed.visa") != "12" {
		t.Errorf("to be confirmed is %v", good)
	}
	mixed.Set("act", "confirm")
	mixed.Set("seen", s.checks("/en/statements", "counter.completed.visa", "12", "reported").Get("seen"))
	s.are(t, []agencyCase{
		{
			shows: "what was not shown is not confirmed", who: ownAgency, path: "/en/statements", form: mixed,
			status: 409,
			parts:  []agencyPart{agencyTells("[role=alert]", "nothing was sent")},
		},
	})
	if len(s.statements()) != before {
		t.Error("something was kept that nobody confirmed")
	}
	s.intake.broken = programme.ErrUnavailable
	s.are(t, []agencyCase{
		{
			shows: "without an intake", who: ownAgency, path: "/en/statements", status: 503,
			form: totalsForm("web.completed.visa", "1", "reported"), parts: []agencyPart{agencySays("h1",
				"Not available at the moment")},
		},
	})
}

func TestStatementFieldsTakeNumbersAsTheyAreTyped(t *testing.T) {
	t.Parallel()
	s := totalsSiteOf(t)
	for _, each := range []struct{ shows, typed, sent, told string }{
		{"plain", "1234", "1234", "1,234"},
		{"with commas", "1,234", "1234", "1,234"},
		{"with spaces", "1 234 567", "1234567", "1,234,567"},
		{"with spaces that do not break", "1\u00a0234", "1234", "1,234"},
		{"in Arabic digits", "١٢٣٤", "1234", "1,234"},
		{"with the Arabic comma", "١٬٢٣٤", "1234", "1,234"},
		{"with spaces around", "  7 ", "7", "7"},
		{"nought", "0", "0", "0"},
	} {
		form := totalsForm("web.completed.visa", each.typed, "reported")
		s.are(t, []agencyCase{{
			shows: each.shows, who: ownAgency, path: "/en/statements", form: form, parts: []agencyPart{
				agencySays(sentRow+" strong", each.told), agencyTimes(1, sentRow),
				agencyHas(`form.stack [name="value.web.completed.visa"]`, "value", each.sent),
			},
		}})
	}
}

func TestStatementFieldsRefuseWhatIsNoNumber(t *testing.T) {
	t.Parallel()
	s := totalsSiteOf(t)
	for _, each := range []struct{ shows, typed, state string }{
		{"a word", "many", "reported"},
		{"less than nought", "-1", "reported"},
		{"a part", "1.5", "reported"},
		{"badly grouped", "1,23", "reported"},
		{"far too large", "9999999999999", "reported"},
		{"beyond all numbers", strings.Repeat("9", 30), "reported"},
		{"markup", hostile[2], "reported"},
		{"a number of what is not provided", "4", "not_provided"},
	} {
		s.are(t, []agencyCase{{
			shows: each.shows, who: ownAgency, path: "/en/statements", status: 422,
			form: totalsForm("web.completed.visa", each.typed, each.state), parts: []agencyPart{
				agencyMarks("value.web.completed.visa", "."), agencyTimes(1, "main [aria-invalid=true]"),
				agencyGone("#changes", "form.stack"),
				agencyKeeps("value.web.completed.visa", each.typed, "state.web.completed.visa", each.state),
				agencySays("[role=alert]", "One total cannot be accepted. The reason is shown beside its field."),
			},
		}})
	}
}

// What is left alone, or is known already, is not sent.
func TestStatementFieldsThatSayNothingNew(t *testing.T) {
	t.Parallel()
	s := totalsSiteOf(t)
	for _, each := range []struct {
		shows string
		form  url.Values
	}{
		{"nothing typed", totalsForm("web.completed.visa", "", "reported")},
		{"no field at all", url.Values{}},
		{"what is stated already", totalsForm("web.completed.permit", "77", "reported")},
		{"what events say already", totalsForm("web.completed.visa", "120", "reported")},
		{"a service of another entity", totalsForm("web.completed.deed", "5", "reported")},
		{"a measure that is not asked", totalsForm("counter.views.visa", "5", "reported")},
		{"a service that was never live", totalsForm("web.completed.licence", "5", "reported")},
		{"a channel that is none", totalsForm("pigeon.completed.visa", "5", "reported")},
	} {
		s.are(t, []agencyCase{{
			shows: each.shows, who: ownAgency, path: "/en/statements", form: each.form, parts: []agencyPart{
				agencyTells("[role=status].remark", "Nothing was sent: every total you entered is the same as the "+
					"current one, or no field was filled in."),
				agencyGone("#changes", "main [role=alert]", "main [aria-invalid]"), agencyTimes(4, totalRow),
			},
		}})
	}
	s.are(t, []agencyCase{
		{
			shows: "that nothing was provided, which is news where nothing was stated", who: ownAgency,
			path: "/en/statements",
			form: totalsForm("web.started.permit", "", "not_provided"), parts: []agencyPart{
				agencySays("#changes", "One total changes"), agencySays(sentRow+" strong", "not provided"),
				agencyHas(`form.stack [name="state.web.started.permit"]`, "value", "not_provided"),
			},
		},
		{
			shows: "the page of the list and the search in the forms", who: ownAgency,
			path: "/en/statements?q=visa&month=2016-08&page=1",
			form: totalsForm("web.completed.visa", "7", "reported"), parts: []agencyPart{
				agencyHas("form.stack", "action", "/en/statements?month=2016-08&page=1&q=visa"),
				agencyHas("form.totals", "action", "/en/statements?month=2016-08&page=1&q=visa"),
				agencyTimes(2, totalRow),
			},
		},
	})
}

func TestWhoSubmitsTotals(t *testing.T) {
	t.Parallel()
	s := totalsSiteOf(t)
	before := len(s.statements())
	justice := access.Principal{ID: "user/j@moj.example", Role: access.RoleAgency, Entity: "moj"}
	form := totalsForm("web.completed.visa", "1", "reported")
	noForm := agencyGone("form.totals", `[name^="value."]`)
	s.are(t, []agencyCase{
		{
			shows: "not another agency", who: justice, path: "/en/statements?entity=moi", status: 404,
			parts: agencyNotFound,
		},
		{
			shows: "no form of another agency", who: justice, path: "/en/statements?entity=moi", form: form,
			status: 404,
			parts:  agencyNotFound,
		},
		{
			shows: "the other agency its own, of which none is live", who: justice, path: "/en/statements",
			parts: []agencyPart{
				agencySays("h1", "Totals of Justice for September 2016"), agencyThere(".nothing"), agencyGone(totalRow),
			},
		},
		{shows: "an auditor reads", who: auditor, path: "/en/statements?entity=moi", parts: []agencyPart{
			noForm, agencyTimes(4, totalRow), agencyKeeps("entity", "moi"),
			agencyTells(totalRow+":nth-child(3) td:nth-child(4)", "120"),
		}},
		{
			shows: "an auditor sends nothing", who: auditor, path: "/en/statements?entity=moi", form: form, status: 403,
			parts: agencyForbidden,
		},
		{shows: "an administrator chooses", who: administrator, path: "/en/statements", parts: []agencyPart{
			agencyLists("[name=entity] option", "Choose an entity", "Interior", "Justice"),
			agencySays("h1", "Monthly totals"),
			noForm, agencyGone(totalRow, ".sorts", "[name=q]", ".nothing"),
		}},
		{
			shows: "an administrator sends nothing of nobody", who: administrator, path: "/en/statements", form: form,
			status: 400,
			parts:  agencyInvalid,
		},
		{
			shows: "not of an entity that is not there", who: administrator, path: "/en/statements?entity=%3Cb%3E",
			status: 404,
			parts:  agencyNotFound,
		},
		{
			shows: "an administrator for an entity", who: administrator, path: "/ar/statements?entity=moi", form: form,
			parts: []agencyPart{
				agencyHas("form.stack", "action", "/ar/statements?entity=moi&month=2016-09"),
				agencySays("#changes", "يتغير مجموع واحد"),
				agencyKeeps("entity", "moi"),
			},
		},
		{shows: "not an executive", who: executive, path: "/en/statements", status: 403, parts: agencyForbidden},
		{
			shows: "not an executive's form", who: executive, path: "/en/statements?entity=moi", form: form,
			status: 403,
			parts:  agencyForbidden,
		},
		{
			shows: "not a planner's form", who: access.Principal{ID: "user/p", Role: access.RolePlanner}, form: form,
			status: 403,
			path:   "/en/statements?entity=moi", parts: agencyForbidden,
		},
	})
	if len(s.statements()) != before {
		t.Error("something was stored")
	}
}
