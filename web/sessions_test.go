package web

import (
	"context"
	"net/http"
	"net/url"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/account"
	"mirsad/internal/programme"
)

func (b *bureau) ListSessions(context.Context) ([]account.Session, error) {
	at := time.Date(2016, 10, 5, 11, 5, 0, 0, time.UTC)
	list := []account.Session{
		{ID: "here", Account: "admin@example.org", Name: "Administrator", Role: access.RoleAdmin, Current: true},
		{ID: "desk", Account: "noor@example.org", Name: "Noor " + hostile[0], Role: access.RoleAgency},
		{ID: "phone", Account: "noor@example.org", Name: "Noor " + hostile[0], Role: access.RoleAgency},
		{ID: "only", Account: "ahmad@example.org", Name: "أحمد", Role: access.RolePlanner},
	}
	for i := range list {
		list[i].SignedInAt, list[i].UsedAt, list[i].ExpiresAt = at, at.Add(time.Hour), at.Add(3*time.Hour)
	}
	return cut(b, list)
}

func (b *bureau) EndSession(_ context.Context, id string) error { return b.note("end", id) }

func (b *bureau) EndSessionsOf(_ context.Context, account string) (int, error) {
	return 2, b.note("end all of", account)
}

func TestAllSessionsAreListed(t *testing.T) {
	t.Parallel()
	server, _ := bureauSite(t, administrator)
	for _, each := range []struct {
		language, lead, date, own, end, endAll string
		columns, roles                         []string
	}{
		{
			"en", "4 sessions are open.", "5 October 2016, ", "This session", "End", "End all sessions of this person",
			[]string{"Name", "Role", "Started", "Last used", "Ends", "End"},
			[]string{"Administrator", "Agency", "Agency", "Planner"},
		},
		{
			"ar", "عدد الجلسات المفتوحة: 4.", "5 أكتوبر 2016، الساعة ", "هذه الجلسة", "إنهاء", "إنهاء كل جلسات هذا المستخدم",
			[]string{"الاسم", "الدور", "بدأت", "آخر استخدام", "تنتهي", "إنهاء"},
			[]string{"مدير النظام", "ممثل جهة", "ممثل جهة", "مسؤول تخطيط"},
		},
	} {
		list := see(t, server, "/"+each.language+"/sessions").is(http.StatusOK).says("p.lead", each.lead).
			says("thead th", each.columns...)
		list.says("tbody th > bdi", "Administrator", "Noor "+hostile[0], "Noor "+hostile[0], "أحمد")
		list.says("tbody th .muted", "admin@example.org", "noor@example.org", "noor@example.org", "ahmad@example.org")
		list.says("tbody td:nth-of-type(1)", each.roles...)
		list.says("tbody tr:first-child td", each.roles[0], each.date+"14:05", each.date+"15:05", each.date+"17:05",
			each.own)
		list.says("tbody tr:nth-child(2) button", each.end, each.endAll).says("tbody tr:nth-child(4) button", each.end)
		list.has("!tbody tr:first-child form") // one's own ends by signing out
		list.says("nav.sorts [aria-current=page]", textOf(list.Find("h1")))
		if kept := list.Header.Get("Cache-Control"); kept != "no-store" {
			list.fails("it is kept as %q", kept)
		}
	}
}

func TestEachSessionHasTheFormThatEndsIt(t *testing.T) {
	t.Parallel()
	server, _ := bureauSite(t, administrator)
	list := see(t, server, "/en/sessions")
	for row, session := range map[string]string{"2": "desk", "3": "phone", "4": "only"} {
		list.holds("tbody tr:nth-child("+row+") form[method=post][action='/en/sessions/end'] [name=session]", session)
	}
	for _, row := range []string{"2", "3"} { // of a person with another
		list.holds("tbody tr:nth-child("+row+") form[action='/en/sessions/end-all'] [name=account]", "noor@example.org")
	}
	list.has(`tbody tr:nth-child(4) button[aria-label="End: أحمد, 5 October 2016, 14:05"]`)
	found := see(t, server, "/ar/sessions?q=noor").says("tbody th .muted", "noor@example.org", "noor@example.org")
	found.has("tbody form[action='/ar/sessions/end-all']")
}

func TestSessionsAreFoundNoneAndOne(t *testing.T) {
	t.Parallel()
	server, office := bureauSite(t, administrator)
	for search, found := range map[string][]string{
		"احمد": {"ahmad@example.org"}, "planner": {"ahmad@example.org"}, "ADMIN@": {"admin@example.org"}, "e08": nil,
		"zzz": nil,
	} {
		list := see(t, server, "/en/sessions?q="+url.QueryEscape(search)).is(http.StatusOK).
			says("tbody th .muted", found...)
		list.holds("form[role=search] [name=q]", search).says("p.lead", "4 sessions are open.")
		if found == nil {
			list.says("p.nothing", "No session matches.").has("!table")
		}
	}
	see(t, server, "/ar/sessions?q=zzz").says("p.nothing", "لا توجد جلسة مطابقة.")
	office.rows = new(1)
	see(t, server, "/en/sessions").says("p.lead", "1 session is open.").has("!tbody form")
	office.rows = new(0)
	see(t, server, "/ar/sessions").says("p.lead", "لا توجد جلسات مفتوحة.").has("p.nothing", "!table")
	office.away = programme.ErrUnavailable
	see(t, server, "/ar/sessions").is(http.StatusServiceUnavailable).says("h1", "غير متاح حاليًا").has("!table")
}

func TestSessionsAreEndedByAdministratorsAlone(t *testing.T) {
	t.Parallel()
	server, office := bureauSite(t, administrator)
	audited, idle := bureauSite(t, auditor)
	see(t, audited, "/en/sessions").is(http.StatusOK).has("!main form[method=post]").
		says("tbody th .muted", "admin@example.org", "noor@example.org", "noor@example.org", "ahmad@example.org").
		says("thead th", "Name", "Role", "Started", "Last used", "Ends")
	for _, each := range []struct{ path, field, value, decided, to, notice string }{
		{"/en/sessions/end", "session", "desk", "end desk", "/en/sessions?done=ended", "The session has ended."},
		{"/ar/sessions/end", "session", "desk", "end desk", "/ar/sessions?done=ended", "انتهت الجلسة."},
		{
			"/en/sessions/end-all", "account", "noor@example.org", "end all of noor@example.org",
			"/en/sessions?done=ended_all",
			"All sessions of this person have ended, except the one you are using.",
		},
		{
			"/ar/sessions/end-all", "account", "noor@example.org", "end all of noor@example.org",
			"/ar/sessions?done=ended_all",
			"انتهت كل جلسات هذا المستخدم، عدا الجلسة التي تستخدمها أنت.",
		},
	} {
		form := url.Values{each.field: {each.value}}
		sent := fill(t, server, each.path, form).leadsTo(each.to)
		if decided := office.took(); decided != each.decided {
			sent.fails("decided is %q", decided)
		}
		see(t, server, each.to).says("main [role=status]", each.notice)
		fill(t, audited, each.path, form).is(http.StatusForbidden)
	}
	if decided := idle.took(); decided != "" {
		t.Errorf("an auditor decided %q", decided)
	}
	see(t, server, "/en/sessions?done=<b>").has("!main [role=status]")
}

func TestASessionThatIsGoneHasEnded(t *testing.T) {
	t.Parallel()
	server, office := bureauSite(t, administrator)
	office.refusal = programme.ErrNotFound
	fill(t, server, "/en/sessions/end", url.Values{"session": {"gone"}}).leadsTo("/en/sessions?done=ended")
	fill(t, server, "/en/sessions/end-all", url.Values{"account": {"nobody"}}).is(http.StatusNotFound).
		says("h1", "Not found")
	office.refusal = programme.ErrUnavailable
	for _, path := range []string{"/ar/sessions/end", "/ar/sessions/end-all"} {
		away := fill(t, server, path, url.Values{"session": {"x"}, "account": {"x"}}).is(http.StatusServiceUnavailable)
		away.says("h1", "غير متاح حاليًا").has("main code")
	}
}
