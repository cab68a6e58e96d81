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
	"mirsad/internal/account"
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
			ID: fmt.Sprint("l-", i), Purpose: purpose, Entity: "e08", Month: civil.NewMonth(2016, time.September), Email: fmt.Sprintf("reader%d@example.org", i),
			CreatedAt: at, CreatedBy: "user/planner@example.org", ExpiresAt: at.AddDate(0, 0, 14),
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
	return list, nil
}

func (d *desk) StateOf(made link.Link) link.State {
	return made.State(time.Date(2016, 10, 6, 0, 0, 0, 0, time.UTC))
}

func (d *desk) MailOn() bool { return d.mail != link.MailOff }

func (d *desk) Issue(_ context.Context, ask link.Ask) (link.Issued, error) {
	issued := link.Issued{Link: link.Link{ID: "l-new", Email: ask.Email}, Address: linkAddress, Mail: d.mail}
	if d.mail == link.MailSent {
		issued.Address = ""
	}
	return issued, d.note("link", string(ask.Purpose), ask.Entity, ask.Month, ask.Email, string(ask.Language), strconv.Itoa(ask.Days))
}

func (d *desk) Revoke(_ context.Context, id string) (link.Link, error) {
	return link.Link{ID: id}, d.note("revoke", id)
}

func (d *desk) LookAt(_ context.Context, bearer string) (link.Link, link.Subject, error) {
	made := link.Link{Purpose: access.LinkStatements, Entity: "e08", Month: civil.NewMonth(2016, time.September), Email: "reader@example.org"}
	if strings.HasPrefix(bearer, "inv.") {
		made.Purpose, made.Month = access.LinkInvitation, 0
	}
	return made, link.Subject{Entity: "Ministry " + hostile[0], EntityAr: "وزارة " + hostile[2], Classification: "Internal"}, d.landed
}

func (d *desk) Open(_ http.ResponseWriter, _ *http.Request, bearer string) (link.Link, error) {
	return link.Link{Purpose: access.LinkPlan}, d.note("open", bearer)
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
	wants(t, server, "/en/links", "2 links are valid", "reader3@example.org", "Claims of rollouts and levels", "September 2016", "Used", "from 192.0.2.8", "Revoked",
		"user/planner@example.org", `aria-label="Revoke l-3"`, `!aria-label="Revoke l-1"`, "E-mail is off", `aria-current="page">Signed links`, `!href="/en/people"`)
	wants(t, server, "/ar/links?q=reader2", "reader2@example.org", "مستعمل", "!reader3@")
	wants(t, server, "/ar/links?done=revoked", `role="status"`, "أُلغي الرابط")
	audited, _ := deskSite(t, auditor)
	wants(t, audited, "/en/links", "reader3@example.org", `!action="/en/links/revoke"`, `!id="new-purpose"`, `href="/en/people"`)
	for _, who := range []access.Principal{auditor, executive} {
		refused, d := deskSite(t, who)
		for _, path := range []string{"/en/links", "/en/links/revoke"} {
			if got, _ := postForm(t, refused, path, url.Values{}); got.StatusCode != http.StatusForbidden || d.took() != "" {
				t.Errorf("%s as %s: %d", path, who.Role, got.StatusCode)
			}
		}
	}
}

func TestMakingALink(t *testing.T) {
	form := url.Values{"purpose": {"plan"}, "entity": {"e08"}, "month": {"٢٠١٦-٠٩"}, "email": {"a@example.org"}, "language": {"ar"}, "days": {"١٤"}}
	server, d := deskSite(t, planner)
	got, body := postForm(t, server, "/en/links", form)
	if decided := d.took(); got.StatusCode != http.StatusCreated || got.Header.Get("Cache-Control") != "no-store" || decided != "link plan e08 2016-09 a@example.org ar 14" {
		t.Errorf("%d, %q", got.StatusCode, decided)
	}
	contains(t, "mail off", body, "<code>"+linkAddress+"</code>", "shown this once", "E-mail is off")
	for _, reason := range []string{"recipient", "sender", "sign_in", "tls", "unreachable", "address", "other"} {
		d.mail = reason
		_, body = postForm(t, server, "/ar/links", form)
		contains(t, reason, body, "<code>"+linkAddress+"</code>", "!⟦", "انسخ")
	}
	d.mail = link.MailSent
	_, body = postForm(t, server, "/en/links", form)
	contains(t, "sent", body, "The link was sent to a@example.org", "!a-secret")
	d.took()
	got, _ = postForm(t, server, "/ar/links/revoke", url.Values{"link": {"l-3"}})
	if got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != "/ar/links?done=revoked" || d.took() != "revoke l-3" {
		t.Errorf("revoked: %d to %s", got.StatusCode, got.Header.Get("Location"))
	}
	for _, each := range []struct {
		err   error
		parts []string
	}{
		{link.ErrMonth, []string{`#new-month-fault:contains("2016-09")`, faulty("month", "new-month"), `#new-email[value="a@example.org"]`}},
		{link.ErrLife, []string{`#new-days-fault:contains("60")`}},
		{link.ErrPersonExists, []string{faulty("email", "new-email")}},
	} {
		d.refusal = each.err
		got, body := postForm(t, server, "/en/links", form)
		if got.StatusCode != http.StatusUnprocessableEntity && got.StatusCode != http.StatusConflict {
			t.Errorf("%v: %d", each.err, got.StatusCode)
		}
		finds(t, each.err.Error(), body, each.parts...)
	}
}

func TestTheLandingPageOfALink(t *testing.T) {
	d := &desk{bureau: &bureau{people: &people{}}}
	server := siteOf(t, fixed{figures: fixture()}, nil, d)
	for path, texts := range map[string][]string{
		"/en/link/sub.secret": {"Statements of Ministry", "September 2016", "reader@example.org", "Internal", `method="post" action="/en/link/sub.secret"`, "!type=\"password\"", "!<script>alert"},
		"/ar/link/inv.secret": {`dir="rtl"`, "إنشاء حسابك", `autocomplete="new-password"`, "!<img src=x"},
	} {
		answer, body := get(t, server, path)
		contains(t, path, body, texts...)
		if answer.StatusCode != http.StatusOK || answer.Header.Get("Referrer-Policy") != "no-referrer" || answer.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %v", path, answer.StatusCode, answer.Header)
		}
	}
	if decided := d.took(); decided != "" {
		t.Errorf("looking at it did %q", decided)
	}
	for err, status := range map[error]int{
		link.ErrUnknown: 404, link.ErrUsed: 410, link.ErrRevoked: 410, link.ErrExpired: 410, programme.ErrUnavailable: 503,
	} {
		d.landed = err
		answer, body := get(t, server, "/ar/link/sub.secret")
		contains(t, err.Error(), body, `!method="post" action="/ar/link`, "!⟦")
		if answer.StatusCode != status || answer.Header.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%v: %d %v", err, answer.StatusCode, answer.Header)
		}
	}
}

func TestOpeningALink(t *testing.T) {
	d := &desk{bureau: &bureau{people: &people{}}}
	server := siteOf(t, fixed{figures: fixture()}, nil, d)
	got, _ := postForm(t, server, "/ar/link/sub.secret", url.Values{})
	if got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != "/ar/submit" || got.Header.Get("Referrer-Policy") != "no-referrer" || d.took() != "open sub.secret" {
		t.Errorf("opened: %d to %s", got.StatusCode, got.Header.Get("Location"))
	}
	form := url.Values{"name": {"Noor"}, "password": {"a long passphrase"}, "repeat": {"a long passphrase"}}
	got, _ = postForm(t, server, "/en/link/inv.secret", form)
	if got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != "/en/sign-in" || d.took() != "accept inv.secret Noor a long passphrase" {
		t.Errorf("accepted: %d to %s", got.StatusCode, got.Header.Get("Location"))
	}
	for err, status := range map[error]int{
		account.ErrPasswordWeak: 422, account.ErrName: 422, account.ErrPersonExists: 422, link.ErrPersonExists: 422, link.ErrUsed: 410, link.ErrSignedIn: 403, programme.ErrAlreadyDecided: 409,
	} {
		d.refusal = err
		got, body := postForm(t, server, "/en/link/inv.secret", form)
		contains(t, err.Error(), body, "!⟦", "!a long passphrase")
		if got.StatusCode != status || d.took() != "" {
			t.Errorf("%v: %d, want %d", err, got.StatusCode, status)
		}
	}
	form.Set("repeat", "another")
	if got, body := postForm(t, server, "/en/link/inv.secret", form); got.StatusCode != 422 || !strings.Contains(body, "do not match") || !strings.Contains(body, `value="Noor"`) {
		t.Errorf("they differ: %d", got.StatusCode)
	}
}

// TestTheReaderOfALinkHasOnePage looks at what surrounds a page in a link's session.
func TestTheReaderOfALinkHasOnePage(t *testing.T) {
	who := access.Principal{ID: "link/0123", Name: "reader@example.org", Role: access.RoleAgency, Entity: "e08", Purpose: access.LinkPlan}
	server := siteOf(t, fixed{figures: fixture()}, &who, &desk{bureau: &bureau{people: &people{}}})
	_, body := get(t, server, "/en/definitions")
	contains(t, "the page", body, "reader@example.org", `!href="/en/account"`, `!class="menu"`, `action="/en/sign-out"`)
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
		for _, path := range []string{"/links", "/link/sub.secret", "/link/inv.secret"} {
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
