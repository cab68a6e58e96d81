package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
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
	return list, nil
}

func (b *bureau) EndSession(_ context.Context, id string) error { return b.note("end", id) }

func (b *bureau) EndSessionsOf(_ context.Context, account string) (int, error) {
	return 2, b.note("end all of", account)
}

func TestAllSessionsAreListed(t *testing.T) {
	server, _ := bureauSite(t, administrator)
	wants(t, server, "/en/sessions", "4 sessions are open", "5 October 2016, 14:05", "5 October 2016, 15:05", "5 October 2016, 17:05", "This session",
		`name="session" value="desk"`, `name="account" value="noor@example.org"`, `!value="here"`, `!name="account" value="ahmad@example.org"`, `aria-current="page">Sessions`)
	wants(t, server, "/ar/sessions?q=احمد", "ahmad@example.org", "!noor@example.org", `action="/ar/sessions/end"`)
	wants(t, server, "/ar/sessions?q=zzz", "لا توجد جلسة مطابقة")
	wants(t, server, "/en/sessions?done=ended_all", `role="status"`)
	audited, _ := bureauSite(t, auditor)
	wants(t, audited, "/en/sessions", "noor@example.org", `!action="/en/sessions/end`)
}

func TestSessionsAreEndedByAdministratorsAlone(t *testing.T) {
	server, office := bureauSite(t, administrator)
	audited, idle := bureauSite(t, auditor)
	for _, each := range []struct{ path, field, value, decided, to string }{
		{"/en/sessions/end", "session", "desk", "end desk", "/en/sessions?done=ended"},
		{"/ar/sessions/end-all", "account", "noor@example.org", "end all of noor@example.org", "/ar/sessions?done=ended_all"},
	} {
		form := url.Values{each.field: {each.value}}
		got, _ := postForm(t, server, each.path, form)
		if decided := office.took(); got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != each.to || decided != each.decided {
			t.Errorf("%s: %d to %s, %q", each.path, got.StatusCode, got.Header.Get("Location"), decided)
		}
		if got, _ := postForm(t, audited, each.path, form); got.StatusCode != http.StatusForbidden || idle.took() != "" {
			t.Errorf("%s from an auditor: %d", each.path, got.StatusCode)
		}
	}
	office.refusal = programme.ErrNotFound // it has ended in the meantime
	if got, _ := postForm(t, server, "/en/sessions/end", url.Values{"session": {"gone"}}); got.StatusCode != http.StatusSeeOther {
		t.Errorf("a session that has ended already: %d", got.StatusCode)
	}
	office.refusal = programme.ErrUnavailable
	if got, body := postForm(t, server, "/en/sessions/end-all", url.Values{"account": {"x"}}); got.StatusCode != http.StatusServiceUnavailable || strings.Contains(body, "⟦") {
		t.Errorf("without a store: %d", got.StatusCode)
	}
}
