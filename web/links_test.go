package web

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/i18n"
	"mirsad/internal/link"
	"mirsad/internal/programme"
	"mirsad/web/signin"
)

// desk is a bureau that has links as well.
type desk struct {
	*bureau

	mail   string
	landed error
}

const (
	linkSecret  = "0123456789abcdef01.a-secret-that-must-not-leak"
	linkAddress = "https://mirsad.example/en/link/" + linkSecret
)

func linksOf(accounts signin.Accounts) Links {
	if own, is := accounts.(*desk); is {
		return deskLinks{own}
	}
	return nil
}

// deskLinks are the links of a desk, which end another session than its people do.
type deskLinks struct{ *desk }

func (d deskLinks) SignOut(context.Context) error { return d.note("end link") }

func TestWhoCameByALinkEndsItsSession(t *testing.T) {
	t.Parallel()
	server, d := deskSite(t, access.Principal{ID: "link/l-1", Role: access.RoleAgency, Entity: "e08", Purpose: access.LinkPlan})
	if got, _ := postForm(t, server, "/en/sign-out", nil); got.Header.Get("Location") != "/en/sign-in" || d.took() != "end link" {
		t.Errorf("a link's reader: %d to %q", got.StatusCode, got.Header.Get("Location"))
	}
	server, d = deskSite(t, planner)
	if got, _ := postForm(t, server, "/en/sign-out", nil); got.Header.Get("Location") != "/en/sign-in" || d.took() != "" {
		t.Errorf("a person: %d to %q", got.StatusCode, got.Header.Get("Location"))
	}
}

func deskSite(t *testing.T, person access.Principal) (*httptest.Server, *desk) {
	t.Helper()
	d := &desk{bureau: &bureau{people: &people{person: person}}, mail: link.MailOff}
	return siteOf(t, fixed{figures: fixture()}, &person, d), d
}

func (d *desk) List(context.Context) ([]link.Link, error) {
	at := time.Date(2016, 10, 5, 11, 5, 0, 0, time.UTC)
	var list []link.Link
	for i, purpose := range access.Purposes() {
		made := link.Link{
			ID: fmt.Sprint("l-", i), Purpose: purpose, Entity: "e08", Month: civil.NewMonth(2016, time.September),
			Email: fmt.Sprintf("reader%d@example.org", i), CreatedAt: at, CreatedBy: "user/" + hostile[2],
			ExpiresAt: at.AddDate(0, 0, 14),
		}
		switch i {
		case 0:
			made.Month = 0
		case 1:
			made.Revoked = true
		case 2:
			made.OpenedAt, made.OpenedFrom, made.UsedAt, made.UsedFrom = at, "192.0.2.7", at, "192.0.2.8"
		}
		list = append(list, made)
	}
	return cut(d.bureau, list)
}

func (d *desk) StateOf(made link.Link) link.State {
	return made.State(time.Date(2016, 10, 6, 0, 0, 0, 0, time.UTC))
}

func (d *desk) MailOn() bool { return d.mail != link.MailOff }

func (d *desk) Issue(_ context.Context, ask link.Ask) (link.Issued, error) {
	made := link.Link{ID: "l-new", Email: ask.Email, ExpiresAt: tokenEnds}
	issued := link.Issued{Link: made, Address: linkAddress, Mail: d.mail}
	if d.mail == link.MailSent {
		issued.Address = ""
	}
	return issued, d.note("link", string(ask.Purpose), ask.Entity, ask.Month, ask.Email, string(ask.Language),
		strconv.Itoa(ask.Days))
}

func (d *desk) Revoke(_ context.Context, id string) (link.Link, error) {
	return link.Link{ID: id}, d.note("revoke", id)
}

// linkOf is the link of a bearer, which begins with the purpose.
func linkOf(bearer string) link.Link {
	made := link.Link{
		Entity: "e08", Month: civil.NewMonth(2016, time.September), Email: "reader@example.org", ExpiresAt: tokenEnds,
	}
	purpose, _, _ := strings.Cut(bearer, ".")
	if made.Purpose = access.Purpose(purpose); made.Purpose == access.LinkInvitation {
		made.Month = 0
	}
	return made
}

func (d *desk) LookAt(_ context.Context, bearer string) (link.Link, link.Subject, error) {
	made := linkOf(bearer)
	subject := link.Subject{
		Entity: "Ministry " + hostile[0], EntityAr: "وزارة " + hostile[2], Classification: "Internal",
	}
	return made, subject, d.landed
}

func (d *desk) Open(_ http.ResponseWriter, _ *http.Request, bearer string) (link.Link, error) {
	return linkOf(bearer), d.note("open", bearer)
}

func (d *desk) Use(ctx context.Context, act link.Act, submit func(context.Context) error) error {
	if err := d.note("use", string(act.Purpose), act.Entity); err != nil {
		return err
	}
	return submit(ctx)
}

func (d *desk) Accept(_ context.Context, bearer, name, password string) error {
	return d.note("accept", bearer, name, password)
}

func TestLinksAreListed(t *testing.T) {
	t.Parallel()
	server, _ := deskSite(t, planner)
	for _, each := range []struct {
		language, lead, never, from, revoke string
		columns, purposes, months, states   []string
	}{
		{
			"en", "2 links are valid.", "Never", "5 October 2016, 14:05 from ", "Revoke",
			[]string{"For", "Entity", "Purpose", "Month", "Created", "Expires", "State", "Last opened", "Used", "Revoke"},
			[]string{"Invitation to an account", "Plan", "Monthly totals", "Claims of rollouts and levels"},
			[]string{"–", "September 2016", "September 2016", "September 2016"},
			[]string{"Valid", "Revoked", "Used", "Valid"},
		},
		{
			"ar", "رابطان ساريان.", "لم يحدث بعد", "5 أكتوبر 2016، الساعة 14:05 من ", "إلغاء",
			[]string{"المستلم", "الجهة", "الغرض", "الشهر", "أُنشئ", "ينتهي", "الحالة", "آخر فتح", "الاستخدام", "إلغاء"},
			[]string{"دعوة إلى إنشاء حساب", "الخطة", "المجاميع الشهرية", "إعلانات الإطلاق والمستويات"},
			[]string{"–", "سبتمبر 2016", "سبتمبر 2016", "سبتمبر 2016"},
			[]string{"سارٍ", "ملغى", "مستخدَم", "سارٍ"},
		},
	} {
		at := "/" + each.language + "/links"
		list := see(t, server, at).is(http.StatusOK).says("p.lead", each.lead).says("thead th", each.columns...)
		list.says("tbody th > bdi", "reader0@example.org", "reader1@example.org", "reader2@example.org",
			"reader3@example.org")
		list.says("tbody th .code", "l-0", "l-1", "l-2", "l-3").says("tbody td:nth-of-type(2)", each.purposes...)
		list.says("tbody td:nth-of-type(3)", each.months...).says("tbody td:nth-of-type(6)", each.states...)
		list.says("tbody tr:nth-child(1) td:nth-of-type(7)", each.never).
			says("tbody tr:nth-child(1) td:nth-of-type(8)", each.never)
		list.says("tbody tr:nth-child(3) td:nth-of-type(7)", each.from+"192.0.2.7")
		list.says("tbody tr:nth-child(3) td:nth-of-type(8)", each.from+"192.0.2.8")
		list.says("tbody tr:nth-child(1) td:nth-of-type(4) .muted", "user/"+hostile[2])
		list.says("tbody button", each.revoke, each.revoke).
			has("!tbody tr:nth-child(2) form", "!tbody tr:nth-child(3) form")
		list.holds(`tbody tr:nth-child(4) form[action="`+at+`/revoke"] [name=link]`, "l-3")
		list.has(`tbody button[aria-label="`+each.revoke+` l-3"]`, "!nav.sorts", `!a[href$="/people"]`)
		list.says("nav.menu [aria-current=page]", textOf(list.Find("h1")))
		if kept := list.Header.Get("Cache-Control"); kept != "no-store" {
			list.fails("it is kept as %q", kept)
		}
	}
	see(t, server, "/en/links").
		says("tbody tr:first-child td:nth-of-type(1)", "Ministry of Transport and Communications").
		says("tbody tr:first-child td:nth-of-type(5)", "19 October 2016, 14:05")
}

func TestLinksAreFoundNoneAndOne(t *testing.T) {
	t.Parallel()
	server, d := deskSite(t, administrator)
	for search, found := range map[string][]string{
		"reader2": {"l-2"}, "CLAIMS": {"l-3"}, "revoked": {"l-1"}, "september": {"l-1", "l-2", "l-3"},
		"transport": {"l-0", "l-1", "l-2", "l-3"}, "e08": {"l-0", "l-1", "l-2", "l-3"}, "192.0.2": nil, "zzz": nil,
	} {
		list := see(t, server, "/en/links?q="+url.QueryEscape(search)).says("tbody th .code", found...)
		list.holds("form[role=search] [name=q]", search).says("p.lead", "2 links are valid.")
		if found == nil {
			list.says("p.nothing", "There are no links to show.").has("!table", "#new")
		}
	}
	see(t, server, "/en/links").says("nav.sorts a", "People", "Tokens", "Sessions", "Signed links")
	d.rows = new(1)
	see(t, server, "/ar/links").says("p.lead", "رابط واحد سارٍ.").says("tbody th .code", "l-0")
	d.rows = new(0)
	see(t, server, "/ar/links").says("p.lead", "لا توجد روابط سارية.").says("p.nothing", "لا توجد روابط لعرضها.")
	d.away = programme.ErrUnavailable
	see(t, server, "/en/links").is(http.StatusServiceUnavailable).has("!table", "!#new")
}

func TestTheFormOfALink(t *testing.T) {
	t.Parallel()
	server, d := deskSite(t, planner)
	for _, each := range []struct {
		language, on, off, entity   string
		labels, purposes, languages []string
	}{
		{
			"en", "The link is sent to its recipient by e-mail.",
			"E-mail is off because no mail server is set (MIRSAD_SMTP_HOST). Copy the link and " +
				"pass it on securely.",
			"Choose an entity",
			[]string{
				"Purpose", "Entity", "Month", "E-mail address of the recipient", "Language of the e-mail",
				"Days until it expires",
			},
			[]string{"Invitation to an account", "Plan", "Monthly totals", "Claims of rollouts and levels"},
			[]string{"English", "Arabic"},
		},
		{
			"ar", "يُرسل الرابط إلى مستلمه بالبريد الإلكتروني.",
			"البريد غير مفعّل لعدم تحديد خادم بريد (MIRSAD_SMTP_HOST): انسخ الرابط وسلّمه بطريقة آمنة.", "اختر جهة",
			[]string{
				"الغرض", "الجهة", "الشهر", "البريد الإلكتروني للمستلم", "لغة الرسالة", "عدد الأيام حتى انتهاء الرابط",
			},
			[]string{"دعوة إلى إنشاء حساب", "الخطة", "المجاميع الشهرية", "إعلانات الإطلاق والمستويات"},
			[]string{"الإنجليزية", "العربية"},
		},
	} {
		d.mail = link.MailOff
		form := see(t, server, "/"+each.language+"/links").says("form.stack label", each.labels...)
		form.says("#new-purpose option", each.purposes...).says("#new-language option", each.languages...)
		form.says("#new-entity option:first-child", each.entity).
			says("section[aria-labelledby=new] > p:nth-of-type(2)", each.off)
		form.holds("#new-purpose", "invitation", "#new-entity", "", "#new-month", "", "#new-email", "",
			"#new-language", each.language, "#new-days", "14")
		form.has(`form.stack[method=post][action="/`+each.language+`/links"]`, "#new-month-hint",
			"!#new-month[aria-required]")
		d.mail = link.MailSent
		see(t, server, "/"+each.language+"/links").says("section[aria-labelledby=new] > p:nth-of-type(2)", each.on)
	}
	audited, _ := deskSite(t, auditor)
	see(t, audited, "/en/links").is(http.StatusOK).says("tbody th .code", "l-0", "l-1", "l-2", "l-3").
		has("!main form[method=post]", "!#new").says("nav.sorts a", "People", "Tokens", "Sessions", "Signed links")
}

func TestLinksInABrowser(t *testing.T) {
	t.Parallel()
	axe, err := os.ReadFile(filepath.Join("..", "internal", "tools", "proof", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Skip(skipReason(t, "axe is not installed: run `make proof-tools`"))
	}
	server, _ := deskSite(t, planner)
	tab, heard := browser(t, server)
	for _, language := range i18n.Languages() {
		for _, path := range []string{"/links", "/link/statements.secret", "/link/invitation.secret"} {
			if err := open(tab, server.URL+"/"+string(language)+path, 1440); err != nil {
				t.Fatal(err)
			}
			for _, finding := range accessible(tab, t, string(axe)) {
				t.Errorf("%s %s: axe: %s", language, path, finding)
			}
			for _, width := range []int64{390, 320} {
				noSidewaysScroll(tab, t, width)
			}
			for _, complaint := range heard.taken() {
				t.Errorf("%s %s: %s", language, path, complaint)
			}
		}
	}
}
