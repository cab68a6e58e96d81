package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
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
	// away is what reading a list answers, rows how many each list has; nil: all.
	away error
	rows *int
}

// cut is a list of a bureau, or as much of it as a test wants.
func cut[T any](b *bureau, list []T) ([]T, error) {
	if b.rows != nil {
		list = list[:*b.rows]
	}
	return list, b.away
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
	return cut(b, []account.User{
		{ID: "admin@example.org", Email: "admin@example.org", Name: "Administrator", Role: access.RoleAdmin},
		{ID: "gone@example.org", Email: "gone@example.org", Name: "أحمد", Role: access.RolePlanner, Disabled: true},
		{
			ID: "noor@example.org", Email: "noor@example.org", Name: "Noor " + hostile[0], Role: access.RoleAgency,
			Entity: "e08", MustChange: true,
		},
		{
			ID: "oidc:1", Email: "minister@example.org", Name: "The Minister", Role: access.RoleExecutive,
			Issuer: "https://id.example",
		},
		{ID: "oidc:2", Email: "former@example.org", Name: "Former", Issuer: "https://id.example", Disabled: true},
	})
}

func (b *bureau) LastSignIns(context.Context) (map[string]time.Time, error) {
	return map[string]time.Time{"oidc:1": time.Date(2016, 10, 5, 11, 5, 0, 0, time.UTC)}, nil
}

const firstPassword = "abcde-fghij-klmno-pqrst"

func (b *bureau) AddUser(
	_ context.Context, email, name string, role access.Role, entity string,
) (account.User, string, error) {
	return account.User{ID: email, Email: email, Name: name}, firstPassword, b.note("add", email, name, string(role),
		entity)
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

func TestPeopleAreListed(t *testing.T) {
	t.Parallel()
	server, _ := bureauSite(t, administrator)
	for _, each := range []struct {
		language, lead               string
		columns, roles, states, when []string
	}{
		{
			"en", "3 people may sign in.",
			[]string{"Name", "Role", "Entity", "Last sign-in", "State", "Save the change"},
			[]string{"Administrator", "Planner", "Agency", "Executive", "No role"},
			[]string{"Active", "Disabled", "Must change the password", "Active", "Disabled"},
			[]string{"Not in the last 90 days", "5 October 2016, 14:05"},
		},
		{
			"ar", "عدد من يمكنهم تسجيل الدخول: 3.",
			[]string{"الاسم", "الدور", "الجهة", "آخر تسجيل دخول", "الحالة", "حفظ التعديل"},
			[]string{"مدير النظام", "مسؤول تخطيط", "ممثل جهة", "مسؤول تنفيذي", "بلا دور"},
			[]string{"نشط", "معطّل", "عليه تغيير كلمة المرور", "نشط", "معطّل"},
			[]string{"ليس خلال آخر 90 يومًا", "5 أكتوبر 2016، الساعة 14:05"},
		},
	} {
		list := see(t, server, "/"+each.language+"/people").is(http.StatusOK).says("p.lead", each.lead).
			says("thead th", each.columns...)
		list.says("tbody th > bdi", "Administrator", "أحمد", "Noor "+hostile[0], "The Minister", "Former")
		list.says("tbody th .muted", "admin@example.org", "gone@example.org", "noor@example.org",
			"minister@example.org",
			"former@example.org")
		list.says("tbody td:nth-of-type(1)", each.roles...).says("tbody td:nth-of-type(4)", each.states...)
		list.says("tbody tr:nth-child(1) td:nth-of-type(3)", each.when[0]).
			says("tbody tr:nth-child(4) td:nth-of-type(3)", each.when[1])
		list.says("tbody tr:nth-child(1) td:nth-of-type(2)", "–").says("tbody td .tag", each.states[1], each.states[1])
		if kept := list.Header.Get("Cache-Control"); kept != "no-store" {
			list.fails("it is kept as %q", kept)
		}
		list.has(`tbody a[href="/`+each.language+`/people?person=noor%40example.org#person"]`, "!#person",
			"!main [role=status]")
		list.says("nav.sorts [aria-current=page]", textOf(list.Find("h1"))).
			says("nav.menu [aria-current=page]", textOf(list.Find("h1")))
	}
	see(t, server, "/en/people").
		says("tbody tr:nth-child(3) td:nth-of-type(2)", "Ministry of Transport and Communications").
		says("nav.sorts a", "People", "Tokens", "Sessions", "Signed links").has(`header a[hreflang=ar][href="/ar/people"]`)
}

func TestPeopleAreFound(t *testing.T) {
	t.Parallel()
	server, _ := bureauSite(t, administrator)
	for _, each := range []struct {
		what, search string
		found        []string
	}{
		{"a name without its hamza", "احمد", []string{"gone@example.org"}},
		{"a part of an address", "NOOR@", []string{"noor@example.org"}},
		{"an entity's code", "e08", []string{"noor@example.org"}},
		{"an entity's name", "transport", []string{"noor@example.org"}},
		{"a role in the page's words", "executive", []string{"minister@example.org"}},
		{"spaces around", "  former ", []string{"former@example.org"}},
		{"markup", hostile[0], []string{"noor@example.org"}},
		{"nobody", "zzz", nil},
	} {
		list := see(t, server, "/en/people?q="+url.QueryEscape(each.search)).is(http.StatusOK)
		list.says("tbody th .muted", each.found...).holds("form[role=search] [name=q]", each.search)
		list.has(`header a[hreflang=ar][href="/ar/people?` + url.Values{"q": {each.search}}.Encode() + `"]`)
		if len(each.found) == 0 {
			list.says("p.nothing", "Nobody matches this search.").has("!table")
		}
		list.says("p.lead", "3 people may sign in.") // of all
	}
	see(t, server, "/ar/people?q=zzz").says("p.nothing", "لا يوجد من يطابق هذا البحث.").
		says("form[role=search] label", "بحث بالاسم أو البريد الإلكتروني أو الدور أو الجهة")
}

func TestNobodyAndOnePersonInTheList(t *testing.T) {
	t.Parallel()
	server, office := bureauSite(t, administrator)
	office.rows = new(0)
	see(t, server, "/en/people").says("p.lead", "0 people may sign in.").has("p.nothing", "!table", "#new")
	see(t, server, "/ar/people").says("p.lead", "لا أحد يمكنه تسجيل الدخول.")
	office.rows = new(1)
	see(t, server, "/en/people").says("p.lead", "1 person may sign in.").says("tbody th > bdi", "Administrator")
	office.away = programme.ErrUnavailable
	see(t, server, "/en/people").is(http.StatusServiceUnavailable).says("h1", "Not available at the moment").
		has("!table", "!form.stack")
}

func TestAPersonsFormOffersWhatMayBeDecided(t *testing.T) {
	t.Parallel()
	server, _ := bureauSite(t, administrator)
	const change, disable, enable = "/people/change", "/people/disable", "/people/enable"
	for _, each := range []struct {
		person, heading, fixed, fixedAr string
		forms                           []string
	}{
		{"noor@example.org", "Change Noor " + hostile[0], "", "", []string{change, disable}},
		{
			"gone@example.org", "Change أحمد",
			"This account is disabled. If it is enabled again, it gets a new first password, " +
				"which is shown once.",
			"هذا الحساب معطّل. عند إعادة تفعيله يحصل على كلمة مرور أولى جديدة تُعرض مرة واحدة.",
			[]string{enable},
		},
		{
			"oidc:2", "Change Former",
			"This account is disabled. Enabled again, its owner signs in at the identity provider as before.",
			"هذا الحساب معطّل. عند إعادة تفعيله يسجّل صاحبه الدخول لدى مزوّد الهوية كما كان.",
			[]string{enable},
		},
		{
			"oidc:1", "Change The Minister",
			"The role and entity of this person come from the identity provider at every sign-in: change them there.",
			"يأتي دور هذا الشخص وجهته من مزوّد الهوية عند كل تسجيل دخول: عدّلهما هناك.",
			[]string{disable},
		},
		{
			"admin@example.org", "Change Administrator",
			"You can't change or disable your own account. Ask another administrator.",
			"لا يمكنك تعديل حسابك أو تعطيله بنفسك. اطلب ذلك من مدير نظام آخر.", nil,
		},
	} {
		for language, fixed := range map[string]string{"en": each.fixed, "ar": each.fixedAr} {
			opened := see(t, server, "/"+language+"/people?person="+url.QueryEscape(each.person)).is(http.StatusOK)
			for _, path := range []string{change, disable, enable} {
				action := "/" + language + path
				form := opened.Find(`section[aria-labelledby=person] form[method=post][action="` + action + `"]`)
				if there := form.Length() == 1; there != slices.Contains(each.forms, path) {
					opened.fails("the form to %s is there: %t", path, there)
				} else if of := attribute(form.Find("[name=person]"), "value"); there && of != each.person {
					opened.fails("the form to %s is of %q", path, of)
				}
			}
			if fixed != "" {
				opened.says("section[aria-labelledby=person] > p.muted", fixed)
			}
			if language == "en" {
				opened.says("#person", each.heading)
			}
		}
	}
	see(t, server, "/en/people?person=nobody").is(http.StatusOK).has("!#person", "#new")
}

func TestTheFieldsOfAPerson(t *testing.T) {
	t.Parallel()
	server, _ := bureauSite(t, administrator)
	for _, each := range []struct {
		language, hint    string
		opened, new, role []string
	}{
		{
			"en", "Only for people of an agency.",
			[]string{"Role", "Entity"},
			[]string{"E-mail", "Name", "Role", "Entity"},
			[]string{"Executive", "Planner", "Agency", "Auditor", "Administrator"},
		},
		{
			"ar", "لممثل الجهة فقط.",
			[]string{"الدور", "الجهة"},
			[]string{"البريد الإلكتروني", "الاسم", "الدور", "الجهة"},
			[]string{"مسؤول تنفيذي", "مسؤول تخطيط", "ممثل جهة", "مدقق", "مدير النظام"},
		},
	} {
		form := see(t, server, "/"+each.language+"/people?person=noor@example.org").
			says("#person-role option", each.role...)
		form.says("section[aria-labelledby=person] label", each.opened...).
			says("section[aria-labelledby=new] label", each.new...)
		form.holds("#person-role", "agency", "#person-entity", "e08", "#new-email", "", "#new-name", "",
			"#new-role", "", "#new-entity", "")
		form.says("#person-entity-hint", each.hint).
			has("#new-email[type=email][aria-required]", "!#new-entity[aria-required]")
		if n := form.Find("#new-entity option").Length(); n != len(fixture().Entities)+1 {
			form.fails("%d entities are offered", n)
		}
	}
}

func TestAnAuditorReadsPeople(t *testing.T) {
	t.Parallel()
	server, office := bureauSite(t, auditor)
	list := see(t, server, "/en/people?person=noor@example.org").is(http.StatusOK)
	list.says("tbody th .muted", "admin@example.org", "gone@example.org", "noor@example.org", "minister@example.org",
		"former@example.org")
	list.has("!main form[method=post]", "!#person", "!#new", "!tbody a").
		says("thead th", "Name", "Role", "Entity", "Last sign-in", "State")
	for _, path := range []string{"/en/people", "/en/people/change", "/en/people/disable", "/ar/people/enable"} {
		fill(t, server, path, url.Values{"person": {"noor@example.org"}}).is(http.StatusForbidden)
	}
	if decided := office.took(); decided != "" {
		t.Errorf("an auditor decided %q", decided)
	}
}
