package web

import (
	"cmp"
	"context"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/account"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/link"
	"mirsad/internal/programme"
)

const boardRow = "[aria-labelledby=board] tbody tr"

// owing says what entities owe; asked is the month that was asked for last.
type owing struct {
	entities []figures.EntitySubmissions
	asked    civil.Month
}

func (o *owing) Submissions(_ context.Context, _ figures.Question, month civil.Month) (*figures.Submissions, error) {
	o.asked = month
	month = cmp.Or(month, fixtureOn.Month())
	return &figures.Submissions{Month: month, DueOn: (month + 1).First().AddDays(9), Entities: o.entities}, nil
}

// everyState is three entities that owe something in every state.
func everyState() *owing {
	overdue := figures.Submission{State: figures.SubmissionOverdue, Was: figures.SubmissionExpected, Days: 1}
	returned := figures.Submission{State: figures.SubmissionOverdue, Was: figures.SubmissionReturned, Days: 12}
	some := figures.Submission{State: figures.SubmissionDraft, Parts: programme.Parts{Reported: 2, Expected: 5}}
	revision := figures.Submission{
		State: figures.SubmissionAccepted, Revision: 3, On: civil.NewDate(2016, 9, 7),
	}
	late := overdue
	late.Parts = programme.Parts{Reported: 0, Expected: 4}
	of := func(state figures.SubmissionState) figures.Submission { return figures.Submission{State: state} }
	return &owing{entities: []figures.EntitySubmissions{
		{Entity: "e01", Name: "A " + hostile[0], Plan: revision, Use: some, Claims: of(figures.SubmissionNone)},
		{Entity: "e03", Name: "B", Plan: returned, Use: late, Claims: of(figures.SubmissionSubmitted), Overdue: 2},
		{
			Entity: "e08", Name: "C", Plan: overdue, Use: of(figures.SubmissionExpected),
			Claims: of(figures.SubmissionReturned), Overdue: 1,
		},
		{
			Entity: "gone", Name: "Gone " + hostile[2], NameAr: "غائبة", Plan: of(figures.SubmissionNone),
			Use: of(figures.SubmissionNone), Claims: of(figures.SubmissionNone),
		},
	}}
}

// boardOf is the board of what is owed over the fixture's entities.
func boardOf(t *testing.T) (*agencySite, *owing) {
	t.Helper()
	all := everyState()
	return agencySiteOf(t, Dependencies{Figures: fixed{figures: fixture()}, Submissions: all}), all
}

func TestClaimBoardTellsEveryState(t *testing.T) {
	t.Parallel()
	site, _ := boardOf(t)
	counts := agencyParts(
		agencyValueOf("submissions.plan.not_applicable", "1"), agencyValueOf("submissions.plan.accepted", "1"),
		agencyValueOf("submissions.plan.overdue", "2"), agencyValueOf("submissions.use.draft", "1"),
		agencyValueOf("submissions.use.expected", "1"), agencyValueOf("submissions.use.overdue", "1"),
		agencyValueOf("submissions.claims.submitted", "1"), agencyValueOf("submissions.claims.returned", "1"),
		agencyValueOf("submissions.claims.not_applicable", "2"), agencyTimes(21, "[aria-labelledby=counts] tbody td"),
	)
	cell := func(row, column string) string {
		return boardRow + ":nth-child(" + row + ") > :nth-child(" + column + ")"
	}
	site.are(t, []agencyCase{
		{shows: "in English, the most overdue first", who: planner, path: "/en/submissions", parts: []agencyPart{
			counts, agencySays("h1", "Submissions for September 2016"), agencyTells(".lead", "due by 10 October 2016."),
			agencySays(cell("1", "1"), "Ministry of Municipality and Environment "+hostile[2]),
			agencySays(cell("1", "2"), "OverdueReturned, 12 days overdue"),
			agencySays(cell("1", "3"), "Overdue0 of 4 · 1 day overdue"),
			agencySays(cell("1", "4"), "Submitted"), agencySays(cell("2", "2"), "Overdue1 day overdue"),
			agencySays(cell("2", "3"), "Expected"), agencySays(cell("2", "4"), "Returned"),
			agencySays(cell("3", "1"), "Gone "+hostile[2]),
			agencySays(cell("3", "2"), "Nothing due"), agencySays(cell("4", "2"),
				"AcceptedRevision 3, 7 September 2016"),
			agencySays(cell("4", "3"), "Draft2 of 5"), agencyThere(cell("1", "2")+" .status--late",
				cell("4", "2")+" .status--done"),
			agencyThere(cell("2", "3")+" .status--no_data", cell("2", "4")+" .status--at_risk",
				cell("1", "4")+" .status--on_track"),
			agencyLeads(cell("1", "1")+" a", "/en/entities/e03"), agencyGone(cell("3", "1") + " a"),
			agencyLists(
				"[aria-labelledby=counts] th[scope=col]", "Submission", "Nothing due", "Expected", "Draft",
				"Submitted", "Returned",
				"Accepted", "Overdue",
			),
			agencyLists("[aria-labelledby=board] th[scope=col]", "Entity", "Plan update", "Usage data",
				"Claimed levels"),
		}},
		{shows: "in Arabic", who: planner, path: "/ar/submissions", parts: []agencyPart{
			counts, agencySays(cell("1", "2"), "فات الموعدتمت الإعادة، متأخر 12 يومًا"),
			agencySays(cell("2", "2"), "فات الموعدمتأخر يومًا واحدًا"),
			agencySays(cell("1", "3"), "فات الموعد0 من 4 · متأخر يومًا واحدًا"),
		}},
		{
			shows: "an agency its own", who: access.Principal{ID: "user/a", Role: access.RoleAgency, Entity: "e08"},
			path: "/en/submissions", parts: []agencyPart{
				agencyTimes(1, boardRow), agencySays(boardRow+" th", "Ministry of Transport and Communications"),
				agencyValueOf("submissions.plan.overdue", "1"), agencyGone(`main a[href*="e03"]`,
					`main [data-figure$=".overdue"][value="2"]`),
			},
		},
	})
}

func TestClaimBoardByStateAndMonth(t *testing.T) {
	t.Parallel()
	site, all := boardOf(t)
	rows := map[figures.SubmissionState]int{
		"": 4, figures.SubmissionNone: 2, figures.SubmissionExpected: 1, figures.SubmissionDraft: 1,
		figures.SubmissionSubmitted: 1,
		figures.SubmissionReturned:  1, figures.SubmissionAccepted: 1, figures.SubmissionOverdue: 2,
	}
	for state, n := range rows {
		site.are(t, []agencyCase{{
			shows: "the state " + string(state), who: planner,
			path: "/en/submissions?month=2016-08&state=" + string(state),
			parts: []agencyPart{
				agencyTimes(n, boardRow), agencyKeeps("state", string(state), "month", "2016-08"),
				agencyValueOf("submissions.plan.overdue", "2"),
			},
		}})
	}
	site.are(t, []agencyCase{
		{shows: "no state that is none", who: planner, path: "/en/submissions?state=%3Cb%3E", parts: []agencyPart{
			agencySays("[aria-labelledby=board] .nothing", "No entity matches."),
		}},
		{shows: "an earlier month with both neighbours", who: planner, parts: []agencyPart{
			agencySays("h1", "Submissions for August 2016"), agencySays(".sorts a[rel=prev]", "July 2016"),
			agencyLeads(".sorts a[rel=prev]", "/en/submissions?month=2016-07&on=2016-09-30&state=overdue"),
			agencyLeads(".sorts a[rel=next]", "/en/submissions?month=2016-09&on=2016-09-30&state=overdue"),
			agencyLeads("a[download]", "/v1/submissions.csv?lang=en&month=2016-08&on=2016-09-30"),
			agencyHiddenIs("form.filters", "on=2016-09-30"),
		}, path: "/en/submissions?month=2016-08&state=overdue&on=2016-09-30"},
		{shows: "no month after the last", who: planner, path: "/ar/submissions?month=2016-09", parts: []agencyPart{
			agencyGone(".sorts a[rel=next]"), agencySays(".sorts a[rel=prev]", "أغسطس 2016"),
		}},
		{shows: "no month 13", who: planner, path: "/en/submissions?month=2016-13", status: 400, parts: agencyInvalid},
	})
	if all.asked != civil.NewMonth(2016, 9) {
		t.Errorf("%s was asked for", all.asked)
	}
}

// remindedBoard is a board whose entities have contacts, some of whom have a link already.
func remindedBoard(t *testing.T) *agencySite {
	t.Helper()
	site, _ := boardOf(t)
	person := func(email, entity string, role access.Role) account.User {
		return account.User{ID: email, Email: email, Role: role, Entity: entity}
	}
	gone := person("gone@e03.example", "e03", access.RoleAgency)
	gone.Disabled = true
	site.desk.contacts = []account.User{
		person("a@e03.example", "e03", access.RoleAgency), person("b@e03.example", "e03", access.RoleAgency), gone,
		person("planner@e03.example", "e03", access.RolePlanner), person("a@e01.example", "e01", access.RoleAgency),
		person("", "e03", access.RoleAgency),
	}
	return site
}

func TestClaimBoardRemindsWhoIsOverdue(t *testing.T) {
	t.Parallel()
	site := remindedBoard(t)
	both := agencyForm("month", "2016-09")
	both["kind"] = []string{"plan", "use", "claims"}
	site.are(t, []agencyCase{
		{shows: "the form, everything chosen", who: planner, path: "/en/submissions?month=2016-08", parts: []agencyPart{
			agencyHas("[aria-labelledby=remind] form", "action", "/en/submissions/remind"),
			agencyTimes(3, "[name=kind][checked]"),
			agencyHas("[aria-labelledby=remind] [name=month]", "value", "2016-08"),
			agencyLists("[aria-labelledby=remind] label", "Plan update", "Usage data", "Claimed levels"),
		}},
		{
			shows: "every contact once for each that is owed", who: planner, path: "/en/submissions/remind", form: both,
			parts: []agencyPart{
				agencySays("[role=status].tag", "4 reminders were sent."),
				agencySays("h1", "Submissions for September 2016"),
				agencyLists(
					"main > ul li", "Nobody at Ministry of Transport and Communications has an account: invite a "+
						"contact under Signed links.",
				),
				agencyTimes(4, boardRow),
			},
		},
	})
	agencyPosted(t, site, "plan e03 2016-09 a@e03.example en", "plan e03 2016-09 b@e03.example en",
		"statements e03 2016-09 a@e03.example en", "statements e03 2016-09 b@e03.example en")
	alive := link.Link{
		Entity: "e03", Email: "a@e03.example", Purpose: access.LinkPlan, Month: civil.NewMonth(2016, 9),
		ExpiresAt: fixtureOn.AddDays(60).Time(),
	}
	expired := alive
	expired.Email, expired.ExpiresAt = "b@e03.example", fixtureOn.Time()
	site.desk.links = []link.Link{alive, expired}
	site.are(t, []agencyCase{
		{
			shows: "not who has an open link", who: administrator, path: "/ar/submissions/remind",
			form: agencyForm("month", "2016-09", "kind", "plan"), parts: []agencyPart{
				agencySays("[role=status].tag", "أُرسل تذكير واحد."), agencySays("main > ul li:first-child",
					"لدى شخص واحد رابط سارٍ بالفعل."),
				agencyTimes(2, "main > ul li"),
			},
		},
	})
	agencyPosted(t, site, "plan e03 2016-09 b@e03.example ar")
	site.are(t, []agencyCase{
		{
			shows: "nobody for nothing", who: planner, path: "/en/submissions/remind",
			form:  agencyForm("month", "2016-09"),
			parts: []agencyPart{agencySays("[role=status].tag", "No reminder was sent."), agencyGone("main > ul")},
		},
	})
	agencyPosted(t, site)
}

// agencyPosted wants letters to have been sent since the last call.
func agencyPosted(t *testing.T, site *agencySite, letters ...string) {
	t.Helper()
	sent := site.desk.letters
	site.desk.letters = nil
	if len(sent) != len(letters) {
		t.Errorf("%q were sent, want %q", sent, letters)
		return
	}
	for i := range sent {
		if sent[i] != letters[i] {
			t.Errorf("%q was sent, want %q", sent[i], letters[i])
		}
	}
}

func TestClaimBoardSaysWhatWasNotSent(t *testing.T) {
	t.Parallel()
	site := remindedBoard(t)
	form := agencyForm("month", "2016-09", "kind", "plan")
	site.desk.mail = "unreachable"
	site.are(t, []agencyCase{
		{
			shows: "letters that were not delivered", who: planner, path: "/en/submissions/remind", form: form,
			parts: []agencyPart{
				agencySays("[role=status].tag", "No reminder was sent."),
				agencySays("main > ul li", "2 e-mails were not delivered; the Signed links page shows to whom."),
			},
		},
		{
			shows: "no month", who: planner, path: "/en/submissions/remind", form: agencyForm("month", "soon"),
			status: 400,
			parts:  agencyInvalid,
		},
	})
	site.desk.mail = link.MailOff
	site.are(t, []agencyCase{
		{shows: "that mail is off", who: planner, path: "/en/submissions", parts: []agencyPart{
			agencyTells("[aria-labelledby=remind]", "E-mail is off because no mail server is set"),
			agencyGone("[aria-labelledby=remind] form"),
		}},
		{
			shows: "and sends nothing", who: planner, path: "/en/submissions/remind", form: form, status: 503,
			parts: []agencyPart{
				agencySays("h1", "Not available at the moment"),
			},
		},
	})
	site.desk.mail = link.MailSent
	for _, who := range []access.Principal{moiPlans, auditor, executive, agencyReader(access.LinkPlan, "e03")} {
		site.are(t, []agencyCase{{
			shows: "not by " + who.ID, who: who, path: "/en/submissions/remind", form: form, status: 403,
			parts: agencyForbidden,
		}})
	}
	site.desk.err = programme.ErrUnavailable
	site.are(t, []agencyCase{
		{shows: "that links can't be made", who: planner, path: "/ar/submissions/remind", form: form, status: 503},
	})
}
