package link

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/account/accounttest"
	"mirsad/internal/audit"
	"mirsad/internal/civil"
	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

func TestALinkIsUsedOnce(t *testing.T) {
	f := newFixture(t, "")
	bearer := f.link(access.LinkPlan)
	id, _, _ := strings.Cut(bearer, ".")
	stranger := &browser{Site: f.Site}
	for range 3 { // a mail scanner follows it
		if w := stranger.Get("/en/link/" + bearer); w.Code != http.StatusOK || stranger.Cookie != nil {
			t.Fatalf("looking at it: %d", w.Code)
		}
	}
	if rows := f.Store.Rows(programme.FamilyLink); rows != 1 {
		t.Errorf("looking at it made %d facts", rows-1)
	}
	b := f.opened(bearer)
	if w := b.Get("/en/submit"); w.Code != http.StatusOK {
		t.Errorf("its session: %d", w.Code)
	}
	copied := &browser{Site: f.Site, Cookie: b.Cookie}
	if got := submits(b, access.LinkPlan, "moi", septembersMonth); got != http.StatusOK {
		t.Fatalf("submitting: %d", got)
	}
	f.Refusals()
	if got := submits(copied, access.LinkPlan, "moi", septembersMonth); got != http.StatusSeeOther {
		t.Errorf("the session after the use: %d", got)
	}
	if got, want := f.Refusals(), "request POST /en/submit used"; got != want {
		t.Errorf("written is %q, want %q", got, want)
	}
	if got := open(stranger, bearer); got != http.StatusForbidden {
		t.Errorf("opening it again: %d", got)
	}
	if got, want := f.Refusals(), "link_open link/"+id+" used"; got != want {
		t.Errorf("written is %q, want %q", got, want)
	}
	if w := stranger.Get("/en/link/" + bearer); w.Code != http.StatusForbidden || !strings.Contains(w.Body.String(), "was_used") {
		t.Errorf("looking at it: %d %s", w.Code, w.Body)
	}
}

func TestALinkEnds(t *testing.T) {
	for name, end := range map[string]func(f *fixture, id string){
		"revoked": func(f *fixture, id string) {
			if _, err := f.links.Revoke(t.Context(), id); err != nil {
				t.Fatal(err)
			}
		},
		"expired": func(f *fixture, _ string) { f.Clock.Pass(UsualDays * 24 * time.Hour) },
	} {
		f := newFixture(t, "")
		bearer := f.link(access.LinkPlan)
		id, _, _ := strings.Cut(bearer, ".")
		f.Clock.Pass((UsualDays*24 - 1) * time.Hour)
		b := f.opened(bearer)
		end(f, id)
		if w := b.Get("/en/submit"); w.Code != http.StatusSeeOther {
			t.Errorf("%s: its session goes on: %d", name, w.Code)
		}
		if got := open(b, bearer); got != http.StatusForbidden {
			t.Errorf("%s: it opens: %d", name, got)
		}
		if got, want := f.Refusals(), "request GET /en/submit "+name+"; link_open link/"+id+" "+name; got != want {
			t.Errorf("written is %q, want %q", got, want)
		}
	}
}

func TestALinksSessionIsShort(t *testing.T) {
	f := newFixture(t, "https://mirsad.example")
	bearer := f.link(access.LinkPlan)
	b := f.opened(bearer)
	if c := b.Cookie; c.Name != secureCookie || !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteStrictMode || c.MaxAge != 7200 {
		t.Errorf("the cookie is %v", c)
	}
	if strings.Contains(b.Cookie.Value, strings.Split(bearer, ".")[1]) {
		t.Error("the cookie holds the link's secret")
	}
	first := &browser{Site: f.Site, Cookie: b.Cookie}
	again := f.opened(bearer)
	if first.Get("/en/submit").Code != http.StatusSeeOther || again.Get("/en/submit").Code != http.StatusOK {
		t.Error("opening it again does not end the session before")
	}
	f.Clock.Pass(sessionLife)
	if again.Get("/en/submit").Code != http.StatusSeeOther || again.Cookie != nil {
		t.Error("its session does not end")
	}
	out := f.opened(bearer)
	kept := &browser{Site: f.Site, Cookie: out.Cookie}
	out.Do(http.MethodPost, "/en/sign-out", nil)
	if kept.Get("/en/submit").Code != http.StatusSeeOther {
		t.Error("signing out does not end it")
	}
}

func TestATamperedLinkIsNone(t *testing.T) {
	f := newFixture(t, "")
	bearer, other := f.link(access.LinkPlan), f.link(access.LinkClaims)
	id, secret, _ := strings.Cut(bearer, ".")
	otherID, otherSecret, _ := strings.Cut(other, ".")
	f.Refusals()
	for _, tampered := range []string{
		id + "." + otherSecret, otherID + "." + secret, id + "." + secret[1:], id + "." + strings.ToUpper(secret), id, id + ".", "." + secret,
		strings.Repeat("0", 18) + "." + secret, "x*." + secret,
	} {
		f.Clock.Pass(2 * time.Minute) // each refusal is told
		b := &browser{Site: f.Site}
		if got := open(b, tampered); got != http.StatusForbidden || b.Cookie != nil {
			t.Errorf("%s: %d", tampered, got)
		}
		if got := f.Refusals(); !strings.HasPrefix(got, "link_open link/") || !strings.HasSuffix(got, " unknown") ||
			strings.Contains(got, secret) {
			t.Errorf("%s: written is %q", tampered, got)
		}
	}
	b := f.opened(bearer)
	value := b.Cookie.Value
	for _, tampered := range []string{otherID + value[len(id):], value[:len(value)-2] + "__", bearer, "x"} {
		b.Cookie = &http.Cookie{Name: plainCookie, Value: tampered}
		if w := b.Get("/en/submit"); w.Code != http.StatusSeeOther {
			t.Errorf("cookie %s: %d", tampered, w.Code)
		}
	}
}

func TestALinkDoesOneThingOnly(t *testing.T) {
	f := newFixture(t, "")
	b := f.opened(f.link(access.LinkPlan))
	id, _, _ := strings.Cut(b.Cookie.Value, ".")
	f.Refusals()
	for _, each := range []struct {
		act    Act
		reason string
	}{
		{Act{Purpose: access.LinkClaims, Entity: "moi", Month: month(t, septembersMonth)}, "forbidden"},
		{Act{Purpose: access.LinkPlan, Entity: "moj", Month: month(t, septembersMonth)}, "other_entity"},
		{Act{Purpose: access.LinkPlan, Entity: "moi", Month: month(t, "2016-10")}, "forbidden"},
	} {
		f.Clock.Pass(2 * time.Minute)
		if got := submits(b, each.act.Purpose, each.act.Entity, each.act.Month.String()); got != http.StatusForbidden {
			t.Errorf("%+v: %d", each.act, got)
		}
		if got, want := f.Refusals(), "request POST /en/submit "+each.reason; got != want {
			t.Errorf("%+v: written is %q, want %q", each.act, got, want)
		}
	}
	for target, want := range map[string]int{
		"/en/": http.StatusForbidden, "/en/entities/moi": http.StatusForbidden, "/en/entities/moj": http.StatusForbidden, "/v1/progress": http.StatusForbidden,
		"/v1/quarantine": http.StatusForbidden, "/en/account": http.StatusForbidden, "/v1/sessions": http.StatusForbidden, "/en/audit": http.StatusForbidden,
	} {
		if w := b.Get(target); w.Code != want {
			t.Errorf("%s: %d, want %d", target, w.Code, want)
		}
		if got := f.Refusals(); got != "request GET "+target+" forbidden" {
			t.Errorf("%s: written is %q", target, got)
		}
	}
	if got := submits(b, access.LinkPlan, "moi", septembersMonth); got != http.StatusOK {
		t.Errorf("what it is for: %d", got)
	}
	if links, err := f.links.List(t.Context()); err != nil || links[0].ID != id || f.links.StateOf(links[0]) != Used {
		t.Errorf("%+v, %v", links, err)
	}
}

func month(t *testing.T, text string) civil.Month {
	t.Helper()
	m, err := civil.ParseMonth(text)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestARefusedSubmissionGivesTheLinkBack(t *testing.T) {
	f := newFixture(t, "")
	b := f.opened(f.link(access.LinkPlan))
	f.refusal = programme.ErrInvalid
	if got := submits(b, access.LinkPlan, "moi", septembersMonth); got != http.StatusForbidden {
		t.Errorf("refused: %d", got)
	}
	f.refusal = programme.ErrUnavailable // it may stand
	if got := submits(b, access.LinkPlan, "moi", septembersMonth); got != http.StatusForbidden {
		t.Errorf("not known: %d", got)
	}
	f.refusal = nil
	if got := submits(b, access.LinkPlan, "moi", septembersMonth); got != http.StatusSeeOther {
		t.Errorf("after an end that is not known: %d", got)
	}
}

func TestAnInvitationMakesOneAccount(t *testing.T) {
	f := newFixture(t, "")
	bearer := f.link(access.LinkInvitation)
	b := &browser{Site: f.Site}
	accept := func(name, secret string) int {
		return b.Do(http.MethodPost, "/en/link/"+bearer, url.Values{"name": {name}, "password": {secret}}).Code
	}
	if open(b, bearer) != http.StatusForbidden || b.Cookie != nil {
		t.Error("an invitation opens a session")
	}
	if accept("Noor", "short") != http.StatusForbidden || accept("", password) != http.StatusForbidden {
		t.Error("a weak password or no name is accepted")
	}
	if got := accept("Noor", password); got != http.StatusOK {
		t.Fatalf("accepting: %d", got)
	}
	if got := accept("Evil", "another long password"); got != http.StatusForbidden {
		t.Errorf("accepting it again: %d", got)
	}
	if !b.SignIn("noor@example.qa", password) || b.Get("/en/entities/moi").Code != http.StatusOK ||
		b.Get("/en/entities/moj").Code == http.StatusOK {
		t.Error("the account is not one of its entity")
	}
	if w := b.Do(
		http.MethodPost,
		"/en/link/"+f.link(access.LinkPlan),
		nil,
	); w.Code != http.StatusForbidden ||
		!strings.Contains(w.Body.String(), "signed_in") {
		t.Errorf("opening a link while signed in: %d %s", w.Code, w.Body)
	}
	users, err := f.accounts.ListUsers(t.Context())
	if err != nil || len(users) != 1 || users[0].Role != access.RoleAgency || users[0].Entity != "moi" || users[0].MustChange {
		t.Errorf("%+v, %v", users, err)
	}
	if _, err := f.accounts.DisableUser(t.Context(), "noor@example.qa"); err != nil {
		t.Fatal(err)
	}
	ask := Ask{Purpose: access.LinkInvitation, Entity: "moi", Email: "noor@example.qa", Language: i18n.English, Days: 1}
	if _, err := f.links.Issue(t.Context(), ask); !errors.Is(err, ErrPersonExists) {
		t.Errorf("an invitation would bring a disabled person back: %v", err)
	}
}

// TestAnOldInvitationBringsNobodyBack accepts an invitation of somebody who got an account meanwhile and lost it.
func TestAnOldInvitationBringsNobodyBack(t *testing.T) {
	f := newFixture(t, "")
	bearer := f.link(access.LinkInvitation)
	f.user("noor@example.qa", access.RoleAgency, "moi")
	if _, err := f.accounts.DisableUser(t.Context(), "noor@example.qa"); err != nil {
		t.Fatal(err)
	}
	if err := f.links.Accept(t.Context(), bearer, "Noor", password); !errors.Is(err, ErrPersonExists) {
		t.Errorf("accepted: %v", err)
	}
}

// TestASecretOfALinkIsInNoRecord looks for it in everything that is stored and told.
func TestASecretOfALinkIsInNoRecord(t *testing.T) {
	f := newFixture(t, "")
	bearer := f.link(access.LinkPlan)
	_, secret, _ := strings.Cut(bearer, ".")
	b := f.opened(bearer)
	_, session, _ := strings.Cut(b.Cookie.Value, ".")
	b.Get("/en/link/" + bearer)
	b.Get("/en/people")
	submits(b, access.LinkPlan, "moi", septembersMonth)
	open(&browser{Site: f.Site}, bearer)
	stale := &browser{Site: f.Site, Cookie: &http.Cookie{Name: plainCookie, Value: strings.Split(bearer, ".")[0] + "." + session}}
	stale.Get("/en/link/" + bearer)
	f.Audit.Settle(t.Context())
	rows, err := json.Marshal(f.Store.Written())
	if err != nil {
		t.Fatal(err)
	}
	facts, err := json.Marshal(f.Store.Kept())
	if err != nil {
		t.Fatal(err)
	}
	listed := f.asAdmin().Get("/v1/links")
	for where, text := range map[string]string{"audit": string(rows), "facts": string(facts), "list": listed.Body.String()} {
		if len(text) < 200 || strings.Contains(text, secret) || strings.Contains(text, session) {
			t.Errorf("%s: %s", where, text)
		}
	}
	if strings.Contains(listed.Body.String(), "sha256") || !strings.Contains(listed.Body.String(), `"state":"used"`) {
		t.Errorf("listed is %s", listed.Body)
	}
}

// TestOfTwoWhoUseALinkOneWinsOnTheRealEngine submits from many at once, in two processes.
func TestOfTwoWhoUseALinkOneWinsOnTheRealEngine(t *testing.T) {
	t.Parallel()
	c := accounttest.NewClock()
	db := clickhousetest.NewWith(t, c.Now, time.UTC)
	here, there := newFixtureOver(t, db, c, ""), newFixtureOver(t, db, c, "")
	bearer := here.link(access.LinkPlan)
	cookie := here.opened(bearer).Cookie
	var submitted []string
	var mu sync.Mutex
	var wait sync.WaitGroup
	for i := range 8 {
		f := []*fixture{here, there}[i%2]
		link, err := f.links.read(t.Context(), strings.Split(bearer, ".")[0])
		if err != nil {
			t.Fatal(err)
		}
		as := access.WithPrincipal(t.Context(), link.Principal())
		wait.Go(func() {
			act := Act{Purpose: access.LinkPlan, Entity: "moi", Month: link.Month}
			err := f.links.Use(as, act, func(context.Context) error {
				mu.Lock()
				defer mu.Unlock()
				submitted = append(submitted, "once")
				return nil
			})
			if err != nil && !errors.Is(err, programme.ErrAlreadyDecided) && !errors.Is(err, ErrUsed) {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if len(submitted) != 1 {
		t.Errorf("submitted %d times", len(submitted))
	}
	late := &browser{Site: there.Site, Cookie: cookie}
	if got := submits(late, access.LinkPlan, "moi", septembersMonth); got != http.StatusSeeOther {
		t.Errorf("afterwards: %d", got)
	}
	links, err := there.links.List(t.Context())
	if err != nil || len(links) != 1 || links[0].Month != month(t, septembersMonth) || there.links.StateOf(links[0]) != Used {
		t.Errorf("%+v, %v", links, err)
	}
	if rows, err := db.AuditRows(t.Context(), audit.Filter{Action: audit.LinkUse}, audit.Cursor{}, 100); err != nil ||
		!slices.ContainsFunc(rows, func(r audit.Row) bool { return r.Outcome == audit.Done }) {
		t.Errorf("%v, %v", rows, err)
	}
}
