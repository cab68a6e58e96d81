package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/account"
	"mirsad/internal/programme"
	"mirsad/web/office"
	"mirsad/web/signin"
)

// bureau is an office of a few people that notes what is decided.
type bureau struct {
	*people

	decided []string
	refusal error
}

// officeOf is the office beside a test's accounts.
func officeOf(accounts signin.Accounts) office.Office {
	if own, is := accounts.(office.Office); is {
		return own
	}
	return &bureau{}
}

// bureauSite is the pages with an office, as the given person sees them.
func bureauSite(t *testing.T, person access.Principal) (*httptest.Server, *bureau) {
	t.Helper()
	office := &bureau{people: &people{person: person}}
	return siteOf(t, fixed{figures: fixture()}, &person, office), office
}

func (b *bureau) note(parts ...string) error {
	if b.refusal == nil {
		b.decided = append(b.decided, strings.Join(parts, " "))
	}
	return b.refusal
}

// took returns what was decided since the last call.
func (b *bureau) took() string {
	taken := strings.Join(b.decided, "; ")
	b.decided = nil
	return taken
}

func (b *bureau) ListUsers(context.Context) ([]account.User, error) {
	return []account.User{
		{ID: "admin@example.org", Email: "admin@example.org", Name: "Administrator", Role: access.RoleAdmin},
		{ID: "gone@example.org", Email: "gone@example.org", Name: "أحمد", Role: access.RolePlanner, Disabled: true},
		{ID: "noor@example.org", Email: "noor@example.org", Name: "Noor " + hostile[0], Role: access.RoleAgency, Entity: "e08", MustChange: true},
		{ID: "oidc:1", Email: "minister@example.org", Name: "The Minister", Role: access.RoleExecutive, Issuer: "https://id.example"},
	}, nil
}

func (b *bureau) LastSignIns(context.Context) (map[string]time.Time, error) {
	return map[string]time.Time{"oidc:1": time.Date(2016, 10, 5, 11, 5, 0, 0, time.UTC)}, nil
}

const firstPassword = "abcde-fghij-klmno-pqrst"

func (b *bureau) AddUser(_ context.Context, email, name string, role access.Role, entity string) (account.User, string, error) {
	return account.User{ID: email, Email: email, Name: name}, firstPassword, b.note("add", email, name, string(role), entity)
}

func (b *bureau) ReadmitUser(_ context.Context, id string) (account.User, string, error) {
	if strings.HasPrefix(id, "oidc:") {
		return account.User{ID: id}, "", b.note("enable", id)
	}
	return account.User{ID: id, Email: id, Name: "أحمد"}, firstPassword, b.note("enable", id)
}

func (b *bureau) ChangeUser(_ context.Context, id string, role access.Role, entity string) (account.User, error) {
	return account.User{ID: id}, b.note("change", id, string(role), entity)
}

func (b *bureau) DisableUser(_ context.Context, id string) (account.User, error) {
	return account.User{ID: id}, b.note("disable", id)
}

// wants checks an answer: 200, kept by nobody, with and (behind a !) without some texts.
func wants(t *testing.T, server *httptest.Server, path string, texts ...string) {
	t.Helper()
	got, body := get(t, server, path)
	if got.StatusCode != http.StatusOK || got.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%s: %d, kept as %q", path, got.StatusCode, got.Header.Get("Cache-Control"))
	}
	contains(t, path, body, texts...)
}

func contains(t *testing.T, path, body string, texts ...string) {
	t.Helper()
	for _, text := range append(texts, "!⟦", "!"+hostile[0]) {
		without, unwanted := strings.CutPrefix(text, "!")
		if strings.Contains(body, without) == unwanted {
			t.Errorf("%s: about %q it is wrong", path, text)
		}
	}
}

func TestPeopleAreListedAndFound(t *testing.T) {
	server, _ := bureauSite(t, administrator)
	wants(t, server, "/en/people", "3 people may sign in", "Must change the password", "Not in the last 90 days", "5 October 2016, 14:05",
		"Ministry of Transport", `href="/en/people?person=noor%40example.org#person"`, `href="/ar/people"`, `aria-current="page">People`, "!id=\"person\"")
	wants(t, server, "/en/people?person=noor@example.org", `<bdi>The Administrator</bdi>`, `!{noor`) // the header names the reader, not who was opened
	wants(t, server, "/ar/people?q=احمد", "أحمد", "معطّل", "!noor@example.org")
	wants(t, server, "/en/people?q=e08", "noor@example.org", "!gone@example.org")
	wants(t, server, "/en/people?q=zzz", "Nobody matches")
	wants(t, server, "/en/people?done=disabled", `role="status"`, "its sessions have ended")
	wants(t, server, "/en/people?done=<b>", `!role="status">The`, "!<b>")
}

func TestAPersonsFormOffersWhatMayBeDecided(t *testing.T) {
	server, _ := bureauSite(t, administrator)
	for person, texts := range map[string][]string{
		"noor@example.org":  {`action="/en/people/change"`, `action="/en/people/disable"`, `value="e08" selected`, `value="agency" selected`},
		"gone@example.org":  {`action="/en/people/enable"`, `!action="/en/people/disable"`, `!action="/en/people/change"`},
		"admin@example.org": {"Ask another administrator", `!action="/en/people/disable"`, `!action="/en/people/change"`},
		"oidc:1":            {"come from the identity provider", `action="/en/people/disable"`, `!action="/en/people/change"`},
		"nobody":            {`!id="person"`},
	} {
		wants(t, server, "/en/people?person="+url.QueryEscape(person), texts...)
	}
}

func TestAnAuditorReadsAndNobodyElseDoes(t *testing.T) {
	server, office := bureauSite(t, auditor)
	wants(t, server, "/en/people?person=noor@example.org", "noor@example.org", `!method="post" action="/en/people`, `!id="person"`, "!?person=noor%40example.org#person")
	for _, path := range []string{"/en/people", "/en/people/change", "/en/people/disable", "/ar/people/enable"} {
		if got, _ := postForm(t, server, path, url.Values{"person": {"noor@example.org"}}); got.StatusCode != http.StatusForbidden || office.took() != "" {
			t.Errorf("%s from an auditor: %d", path, got.StatusCode)
		}
	}
	if _, body := get(t, site(t, fixed{figures: fixture()}, &executive), "/en/"); strings.Contains(body, `href="/en/people"`) {
		t.Error("the menu leads an executive to people")
	}
}

func TestAFirstPasswordIsShownOnce(t *testing.T) {
	server, office := bureauSite(t, administrator)
	for path, form := range map[string]url.Values{
		"/en/people":        {"email": {"new@example.org"}, "name": {"New"}, "role": {"agency"}, "entity": {"e01"}},
		"/en/people/enable": {"person": {"gone@example.org"}},
	} {
		got, body := postForm(t, server, path, form)
		if got.StatusCode != http.StatusCreated || got.Header.Get("Cache-Control") != "no-store" || got.Header.Get("Location") != "" {
			t.Errorf("%s: %d %v", path, got.StatusCode, got.Header)
		}
		contains(t, path, body, firstPassword, "shown only once", `hreflang="ar"`, `href="/ar/people"`)
	}
	if decided := office.took(); !strings.Contains(decided, "add new@example.org New agency e01") || !strings.Contains(decided, "enable gone@example.org") {
		t.Errorf("decided is %q", decided)
	}
	wants(t, server, "/en/people", "!"+firstPassword)
}

func TestDecisionsAboutPeopleLeadBackWithANotice(t *testing.T) {
	server, office := bureauSite(t, administrator)
	for _, each := range []struct {
		path    string
		form    url.Values
		decided string
		to      string
	}{
		{"/ar/people/change", url.Values{"person": {"noor@example.org"}, "role": {"agency"}, "entity": {"e02"}}, "change noor@example.org agency e02", "/ar/people?done=changed&person=noor%40example.org"},
		{"/en/people/change", url.Values{"person": {"noor@example.org"}, "role": {"agency"}, "entity": {"unheard-of"}}, "change noor@example.org agency ", "/en/people?done=changed&person=noor%40example.org"},
		{"/en/people/disable", url.Values{"person": {"oidc:1"}}, "disable oidc:1", "/en/people?done=disabled&person=oidc%3A1"},
		{"/en/people/enable", url.Values{"person": {"oidc:1"}}, "enable oidc:1", "/en/people?done=enabled&person=oidc%3A1"},
	} {
		got, _ := postForm(t, server, each.path, each.form)
		if decided := office.took(); got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != each.to || decided != each.decided {
			t.Errorf("%s: %d to %s, %q", each.path, got.StatusCode, got.Header.Get("Location"), decided)
		}
	}
}

func TestAFaultStandsBesideItsField(t *testing.T) {
	server, office := bureauSite(t, administrator)
	noor, fresh := url.Values{"person": {"noor@example.org"}, "role": {"planner"}, "entity": {"e03"}}, url.Values{"email": {"typed@example.org"}, "name": {"Typed"}, "role": {"auditor"}}
	for _, each := range []struct {
		err    error
		path   string
		form   url.Values
		status int
		parts  []string
	}{
		{account.ErrAddress, "/en/people", fresh, 422, []string{faulty("email", "new-email"), `#new-email[value="typed@example.org"]`, `#new-name[value=Typed]`, `!#person`}},
		{account.ErrPersonExists, "/ar/people", fresh, 409, []string{`#new-email-fault:contains("يوجد حساب بهذا البريد الإلكتروني")`}},
		{account.ErrNoEntity, "/en/people/change", noor, 422, []string{faulty("entity", "person-entity"), `#person-entity [value=e03][selected]`, `#person-role [value=planner][selected]`, `!#new-entity-fault`}},
		{account.ErrLastAdmin, "/en/people/disable", noor, 422, []string{`[role=alert]:contains("last active administrator")`}},
		{account.ErrOwnAccount, "/ar/people/disable", noor, 422, []string{`[role=alert]:contains("لا يمكنك تعديل حسابك")`}},
		{programme.ErrAlreadyDecided, "/en/people/change", noor, 409, []string{`[role=alert]:contains("meanwhile")`}},
		{programme.ErrNotFound, "/en/people/disable", noor, 404, nil},
	} {
		office.refusal = each.err
		got, body := postForm(t, server, each.path, each.form)
		if got.StatusCode != each.status {
			t.Errorf("%v: %d, want %d", each.err, got.StatusCode, each.status)
		}
		finds(t, each.path, body, each.parts...)
	}
}
