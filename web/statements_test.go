package web

import (
	"errors"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/clocktest"
	"mirsad/internal/link"
	"mirsad/internal/programme"
)

const (
	totalRow = "[aria-labelledby=totals] tbody tr"
	sentRow  = "[aria-labelledby=changes] tbody tr"
)

// totalCell is the cell of a total.
func totalCell(service, channel, measure string) string {
	return `td:has([name="value.` + channel + "." + measure + "." + service + `"])`
}

func TestTheTotalsOfAMonthAreShownWithTheirSource(t *testing.T) {
	t.Parallel()
	s := totalsSiteOf(t)
	today := clocktest.Now().In(qatar).Format(time.DateOnly)
	s.are(t, []agencyCase{
		{shows: "the last month that has ended", who: ownAgency, path: "/en/statements", parts: []agencyPart{
			agencySays("h1", "Totals of Interior for September 2016"), agencyTimes(4, totalRow),
			agencyLists(totalRow+" th .code", "permit", "permit", "visa", "visa"),
			agencyTells(totalRow+":nth-child(3) th", "visa · Web"),
			agencyLists("[aria-labelledby=totals] th[scope=col]", "Service and channel", "Views", "Started",
				"Completed"),
			agencyTells(totalCell("visa", "web", "completed"), "Current: 120 (sum of events)"),
			agencyTells(totalCell("visa", "web", "views"), "Current: 300 (sum of events)"),
			agencyTells(totalCell("permit", "web", "completed"), "Current: 77 (from a total entered)"),
			agencyTells(totalCell("permit", "counter", "started"), "Current: not provided"),
			agencySays(totalRow+":nth-child(4) td.totals__none", "not requested"),
			agencyGone(`[name="value.counter.views.visa"]`),
			agencyGone(`[name*="licence"]`, `[name*="deed"]`), agencyValueOf("completed", "77"),
			agencyKeeps("value.web.completed.visa", "", "state.web.completed.visa", "reported", "month", "2016-09"),
			agencyLists(`[name="state.web.completed.visa"] option`, "reported", "not provided", "not applicable"),
			agencyHas(`[name="value.web.completed.visa"]`, "aria-label", "New value: Completed, Web, \u2068visa\u2069"),
			agencyHas(`[name="state.web.completed.visa"]`, "aria-label", "State: Completed, Web, \u2068visa\u2069"),
			agencyHas("form.totals", "action", "/en/statements?month=2016-09"),
			agencySays("form.totals button", "Check the totals"),
			agencyGone("main [role=alert]", "#changes", "main [name=entity]"), agencySays("nav.pager span", "1–4 of 4"),
		}},
		{
			shows: "August, as far as the search finds it", who: ownAgency, path: "/ar/statements?month=2016-08&q=PERM",
			parts: []agencyPart{
				agencySays("h1", "مجاميع الداخلية عن أغسطس "+
					"2016"), agencyLists(totalRow+" th .code", "permit", "permit"),
				agencyKeeps("q", "PERM", "month", "2016-08"), agencyThere(`[name="value.web.completed.permit"]`),
				agencyHas("form.totals", "action", "/ar/statements?month=2016-08&q=PERM"),
				agencySays("form.totals button", "مراجعة المجاميع قبل الإرسال"),
				agencyLeads(".sorts a[rel=prev]", "/ar/statements?month=2016-07&q=PERM"),
				agencySays(".sorts a[rel=prev]", "يوليو 2016"),
				agencyLeads(".sorts a[rel=next]", "/ar/statements?month=2016-09&q=PERM"),
			},
		},
		{
			shows: "nothing that the search does not find", who: ownAgency, path: "/en/statements?q=%3Cb%3E",
			parts: []agencyPart{
				agencySays(".nothing", "No service of the entity was live in this month, or none matches the search."),
				agencyGone(totalRow, "form.totals", "nav.pager"), agencyKeeps("q", "<b>"),
			},
		},
		{
			shows: "nothing before anything was live", who: ownAgency, path: "/en/statements?month=2014-12",
			parts: []agencyPart{
				agencyThere(".nothing"), agencyGone(totalRow),
			},
		},
		{
			shows: "no month after the last", who: ownAgency, path: "/en/statements",
			parts: []agencyPart{agencyGone(".sorts a[rel=next]")},
		},
		{
			shows: "no month that has not begun", who: ownAgency, path: "/en/statements?month=2016-10", status: 400,
			parts: agencyInvalid,
		},
		{shows: "no month 13", who: ownAgency, path: "/en/statements?month=2016-13", status: 400, parts: agencyInvalid},
		{
			shows: "knowledge of the past without a form", who: ownAgency, path: "/en/statements?as_at=" + today,
			parts: []agencyPart{
				agencyGone("form.totals", `[name^="value."]`), agencyTimes(4, totalRow),
			},
		},
	})
}

func TestTotalsAreCheckedAndConfirmed(t *testing.T) {
	t.Parallel()
	s := totalsSiteOf(t)
	before := len(s.statements())
	fields := []string{
		"web.completed.visa", "\u2067\u200f٢٬٥٠٠\u2069", "reported", "counter.completed.visa", "5", "reported", "counter.started.visa",
		"", "not_applicable",
		"web.completed.permit", "77", "reported", "web.started.permit", "", "reported",
	}
	s.are(t, []agencyCase{{
		shows: "what would change", who: ownAgency, path: "/ar/statements", form: totalsForm(fields...),
		parts: []agencyPart{
			agencySays("#changes", "تتغير 3 مجاميع"), agencyTimes(3, sentRow),
			agencyTells("[aria-labelledby=changes] > p", "لم يُرسل شيء بعد."),
			agencyLists(sentRow+" strong", "2,500", "لا ينطبق", "5"), agencyTells(sentRow+" td", "120",
				"(مجموع الأحداث)", "←"),
			agencyKeeps("value.web.completed.visa", "2500"), agencySays("form.stack button", "تأكيد 3 مجاميع وإرسالها"),
			agencyGone(".receipt", "main [role=alert]"),
		},
	}})
	if len(s.statements()) != before {
		t.Fatal("the check stored something")
	}
	form := s.checks("/ar/statements", fields...)
	if form.Get("value.web.completed.visa") != "2500" || form.Has("value.web.completed.permit") ||
		form.Has("value.web.started.permit") {
		t.Errorf("to be confirmed: %v", form)
	}
	_, body := post(t, s.server, "/ar/statements", form)
	agencyParts(
		agencySays("#changes", "أُرسلت 3 مجاميع"), agencySays(".beside dt", "إيصال الاستلام"), agencyTimes(3, sentRow),
		agencySays("[aria-labelledby=changes] > [role=status]", "تظهر الأرقام الجديدة في كل المواضع خلال ثوانٍ."),
		agencyLeads("main > p a", "/ar/statements?month=2016-09"), agencyGone("form.stack", "form.totals"),
	)(t, document(t, body).Selection)
	found := s.statements()
	if len(found) != before+3 {
		t.Fatalf("%d statements", len(found))
	}
	receipt := textOf(document(t, body).Find(".receipt"))
	kept, _, err := s.intake.Receipt(t.Context(), receipt)
	if err != nil || kept.Accepted != 3 || kept.Actor != ownAgency.ID || kept.Entity != "moi" {
		t.Errorf("receipt %q: %+v, %v", receipt, kept, err)
	}
	s.are(t, []agencyCase{
		{shows: "the totals afterwards", who: ownAgency, path: "/en/statements?q=visa", parts: []agencyPart{
			agencyTells(totalCell("visa", "web", "completed"), "2,500 (from a total entered)"),
			agencyTells(totalCell("visa", "counter", "started"), "not applicable (from a total entered)"),
		}},
		{
			shows: "that the same again is no news", who: ownAgency, path: "/ar/statements", form: form,
			parts: []agencyPart{
				agencyTells("[role=status].remark", "لم يُرسل شيء"), agencyGone("#changes"),
			},
		},
	})
	if len(s.statements()) != before+3 {
		t.Error("sending the same again is news")
	}
}

func TestNobodyConfirmsOverWhatHasChangedSince(t *testing.T) {
	t.Parallel()
	s := totalsSiteOf(t)
	form := s.checks("/en/statements", "web.completed.permit", "80", "reported")
	s.receive(eventLine("s-2", "statement", "2016-10-02", "permit", completedOf("79")))
	s.are(t, []agencyCase{
		{
			shows: "the change once more", who: ownAgency, path: "/en/statements", form: form, status: 409,
			parts: []agencyPart{
				agencyTells("[role=alert]", "The current totals have changed since you opened this page, so nothing was sent."),
				agencyTells(sentRow+" td", "79", "(from a total entered)"), agencySays(sentRow+" strong", "80"),
				agencySays("form.stack button", "Confirm and send one total"),
			},
		},
		{
			shows: "the change in Arabic", who: ownAgency, path: "/ar/statements", form: form, status: 409,
			parts: []agencyPart{
				agencyTells("[role=alert]", "تغيّرت المجاميع المسجَّلة بعد فتحك الصفحة، فلم يُرسل شيء."),
			},
		},
	})
	if s.stated("permit", programme.ChannelWeb) != 79 {
		t.Error("it was sent all the same")
	}
	_, body := post(t, s.server, "/en/statements", form)
	s.are(t, []agencyCase{{
		shows: "that it is sent when it is confirmed again", who: ownAgency, path: "/en/statements",
		form:  confirming(t, body),
		parts: []agencyPart{agencySays("#changes", "One total was sent"), agencySays(sentRow+" strong", "80")},
	}})
	if s.stated("permit", programme.ChannelWeb) != 80 {
		t.Error("it was not sent")
	}
}

func TestASignedLinkSubmitsTheTotalsOfItsMonth(t *testing.T) {
	t.Parallel()
	s := totalsSiteOf(t)
	august := civil.NewMonth(2016, 8)
	reader := agencyReader(access.LinkStatements, "moi")
	reader.Month = august
	fields := []string{"web.completed.visa", "50", "reported"}
	s.person = reader
	form := s.checks("/en/statements", fields...)
	s.are(t, []agencyCase{
		{shows: "its month alone", who: reader, path: "/en/statements", parts: []agencyPart{
			agencySays("h1", "Totals of Interior for August 2016"), agencyGone(".sorts", "form.filters", ".menu a",
				totalRow+" th a"),
			agencyTimes(4, totalRow),
		}},
		{
			shows: "no other month", who: reader, path: "/en/statements?month=2016-09", status: 403,
			parts: agencyForbidden,
		},
		{
			shows: "no form of another month", who: reader, path: "/en/statements?month=2016-09",
			form: totalsForm(fields...), status: 403,
			parts: agencyForbidden,
		},
		{shows: "no other entity", who: reader, path: "/en/statements?entity=moj", status: 404, parts: agencyNotFound},
		{
			shows: "no link for another purpose", who: agencyReader(access.LinkPlan, "moi"), path: "/en/statements",
			status: 403,
			parts:  agencyForbidden,
		},
	})
	if len(s.desk.acts) != 0 {
		t.Fatal("looking uses the link up")
	}
	before := len(s.statements())
	s.desk.err = link.ErrUsed
	s.are(t, []agencyCase{
		{shows: "that it was used", who: reader, path: "/en/statements", form: form, status: 410, parts: []agencyPart{
			agencySays("h1", "This link does not open"), agencyTells("main", "This link has been used; it works once."),
		}},
	})
	if s.desk.err = nil; len(s.statements()) != before {
		t.Fatal("a link that was used submits")
	}
	s.are(t, []agencyCase{
		{shows: "the last page", who: reader, path: "/en/statements", form: form, parts: []agencyPart{
			agencySays("#changes", "One total was sent"), agencyTells("[aria-labelledby=changes] > [role=status]",
				"The link has been used"),
			agencyThere(".receipt"), agencyGone("form.totals", "main > p a", ".person"),
		}},
	})
	want := link.Act{Purpose: access.LinkStatements, Entity: "moi", Month: august}
	if s.desk.acts[len(s.desk.acts)-1] != want || len(s.statements()) != before+1 {
		t.Errorf("%+v", s.desk.acts)
	}
	reader.Purpose = access.LinkPlan
	csv := []byte("service,channel,measure,period,state,value\nvisa,web,completed,2016-08,reported,1\n")
	if _, err := s.intake.Submit(t.Context(), reader, "moi", csv, "text/csv", true); !errors.Is(err,
		programme.ErrForbidden) {
		t.Errorf("a link for a plan sends totals: %v", err)
	}
}
