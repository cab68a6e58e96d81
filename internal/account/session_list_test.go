package account

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/account/accounttest"
	"mirsad/internal/guard"
	"mirsad/internal/programme"
)

// calls is the site with the API's calls in place of the pages.
func (f *fixture) calls() *accounttest.Site {
	return f.With(f.Guarded(guard.Configuration{}, f.accounts.Routes()))
}

// sessions asks the API for the sessions that a browser or a token may see.
func (f *fixture) sessions(b *browser) []Session {
	f.T.Helper()
	w := (&browser{Site: f.calls(), Cookie: b.Cookie, Bearer: b.Bearer}).Get("/v1/sessions")
	var list sessionList
	if err := json.Unmarshal(w.Body.Bytes(), &list); err != nil || w.Code != http.StatusOK || w.Header().Get("Cache-Control") != "no-store" {
		f.T.Fatalf("%d %s, %v", w.Code, w.Body, err)
	}
	return list.Items
}

// end asks the API to end a session and returns the status.
func (f *fixture) end(b *browser, id string) int {
	f.T.Helper()
	return (&browser{Site: f.calls(), Cookie: b.Cookie, Bearer: b.Bearer}).Do(http.MethodDelete, "/v1/sessions/"+id, nil).Code
}

func TestSessionsAreListedAndEnded(t *testing.T) {
	f := newFixture(t, "")
	f.user("admin@example.qa", access.RoleAdmin, "")
	f.user("planner@example.qa", access.RolePlanner, "")
	admin, desk, phone := &browser{Site: f.Site}, &browser{Site: f.Site}, &browser{Site: f.Site}
	admin.SignIn("admin@example.qa", password)
	desk.SignIn("planner@example.qa", password)
	f.Clock.Pass(time.Minute)
	phone.SignIn("planner@example.qa", password)

	own := f.sessions(desk)
	if len(own) != 2 || own[0].Current || !own[1].Current || own[0].Account != "planner@example.qa" || own[0].Role != access.RolePlanner {
		t.Fatalf("a planner sees %+v", own)
	}
	for _, each := range own {
		for _, b := range []*browser{desk, phone} {
			if each.ID == b.Cookie.Value || each.ID == storedName(b.Cookie.Value) || strings.Contains(b.Cookie.Value, each.ID) {
				t.Error("the public name is the secret one")
			}
			if (&browser{Site: f.Site, Cookie: &http.Cookie{Name: plainCookie, Value: each.ID}}).Knows() {
				t.Error("the public name opens the session")
			}
		}
	}
	all := f.sessions(admin)
	bearer, _ := f.token("", access.ScopeAdmin)
	if len(all) != 3 || len(f.sessions(&browser{Site: f.Site, Bearer: bearer})) != 3 {
		t.Fatalf("an administrator sees %+v", all)
	}
	if status := f.end(desk, f.idOf(admin)); status != http.StatusNotFound || !admin.Knows() {
		t.Errorf("a planner ends an administrator's session: %d", status)
	}
	if status := f.end(admin, f.idOf(phone)); status != http.StatusNoContent || phone.Knows() {
		t.Errorf("an administrator can't end a session: %d", status)
	}
	if by := f.lastActor(programme.FamilySession); by != "user/admin@example.qa" {
		t.Errorf("ended by %s", by)
	}
	if status := f.end(desk, f.idOf(desk)); status != http.StatusNoContent || desk.Knows() {
		t.Errorf("ending one's own: %d", status)
	}
	if left := f.sessions(admin); len(left) != 1 {
		t.Errorf("left are %+v", left)
	}
	if status := f.end(admin, "unheard-of"); status != http.StatusNotFound {
		t.Errorf("ending nothing: %d", status)
	}
}

// idOf is the public name of a browser's session.
func (f *fixture) idOf(b *browser) string { return publicID(storedName(b.Cookie.Value)) }

// lastActor is who recorded the newest fact of a family.
func (f *fixture) lastActor(family programme.Family) string {
	by := ""
	for _, fact := range f.Store.Kept() {
		if fact.Family == family {
			by = fact.Actor
		}
	}
	return by
}

func TestClosedSessionsAreNotListed(t *testing.T) {
	f := newFixture(t, "")
	f.user("admin@example.qa", access.RoleAdmin, "")
	f.user("planner@example.qa", access.RolePlanner, "")
	gone, admin := &browser{Site: f.Site}, &browser{Site: f.Site}
	gone.SignIn("planner@example.qa", password)
	f.Clock.Pass(2*time.Hour + time.Second)
	admin.SignIn("admin@example.qa", password)
	if list := f.sessions(admin); len(list) != 1 {
		t.Errorf("an idle one is listed: %+v", list)
	}
	gone.SignIn("planner@example.qa", password)
	if _, err := f.accounts.DisableUser(t.Context(), "planner@example.qa"); err != nil {
		t.Fatal(err)
	}
	if list := f.sessions(admin); len(list) != 1 {
		t.Errorf("a disabled person's is listed: %+v", list)
	}
}

// A cookie that somebody copied is worth nothing once its owner is disabled, at this process and at another.
func TestAStolenCookieEndsWithItsOwner(t *testing.T) {
	f := newFixture(t, "")
	f.user("planner@example.qa", access.RolePlanner, "")
	elsewhere := newFixtureOver(t, f.Store, f.Clock, "")
	b := &browser{Site: f.Site}
	b.SignIn("planner@example.qa", password)
	stolen := *b.Cookie
	here, there := &browser{Site: f.Site, Cookie: &stolen}, &browser{Site: elsewhere.Site, Cookie: &stolen}
	if !here.Knows() || !there.Knows() {
		t.Fatal("the copy does not work to begin with")
	}
	if _, err := f.accounts.DisableUser(t.Context(), "planner@example.qa"); err != nil {
		t.Fatal(err)
	}
	if here.Knows() {
		t.Error("it works where the person was disabled")
	}
	f.Clock.Pass(defaultFresh)
	there.Cookie = &stolen
	if there.Knows() {
		t.Error("it works elsewhere after five seconds")
	}
}

func TestAFixedSessionIsRenewedOnSignIn(t *testing.T) {
	f := newFixture(t, "")
	f.user("planner@example.qa", access.RolePlanner, "")
	f.user("attacker@example.qa", access.RolePlanner, "")
	attacker := &browser{Site: f.Site}
	attacker.SignIn("attacker@example.qa", password)
	fixed := *attacker.Cookie
	for _, value := range []string{fixed.Value, strings.Repeat("x", len(fixed.Value))} { // a real one, and one made up
		victim := &browser{Site: f.Site, Cookie: &http.Cookie{Name: plainCookie, Value: value}}
		if !victim.SignIn("planner@example.qa", password) || victim.Cookie.Value == value {
			t.Error("signing in keeps the name that the browser came with")
		}
		w := (&browser{Site: f.Site, Cookie: &http.Cookie{Name: plainCookie, Value: value}}).Get("/en/")
		if strings.Contains(w.Body.String(), "planner") {
			t.Errorf("the name that the attacker knows opens the victim's session: %s", w.Body)
		}
	}
}

// change runs a change of password in a browser's session.
func (f *fixture) change(b *browser, present, next string) error {
	f.T.Helper()
	var err error
	site := f.With(f.answeredBy(func(_ http.ResponseWriter, r *http.Request) {
		err = f.accounts.ChangePassword(r.Context(), present, next)
	}))
	one := &browser{Site: site, Cookie: b.Cookie}
	if w := one.Do(http.MethodPost, "/en/account/password", nil); w.Code != http.StatusOK {
		f.T.Fatalf("the change is not open: %d %s", w.Code, w.Body)
	}
	b.Cookie = one.Cookie
	return err
}

func TestTheFirstPasswordIsChangedAtFirstUse(t *testing.T) {
	f := newFixture(t, "")
	if _, err := f.accounts.CreateUser(t.Context(), "planner@example.qa", "P", access.RolePlanner, "", password); err != nil {
		t.Fatal(err)
	}
	b, other := &browser{Site: f.Site}, &browser{Site: f.Site}
	if !b.SignIn("planner@example.qa", password) || !other.SignIn("planner@example.qa", password) {
		t.Fatal("not let in")
	}
	for target, want := range map[string]int{
		"/en/": http.StatusSeeOther, "/ar/usage": http.StatusSeeOther, "/v1/progress": http.StatusForbidden, "/v1/sessions": http.StatusForbidden,
		"/en/account": http.StatusOK, "/static/app.js": http.StatusOK,
	} {
		if w := b.Get(target); w.Code != want || (want == http.StatusSeeOther && !strings.HasSuffix(w.Header().Get("Location"), "/account")) {
			t.Errorf("%s: %d %s", target, w.Code, w.Header().Get("Location"))
		}
	}
	for next, want := range map[string]error{password: ErrPasswordSame, "short": ErrPasswordWeak, "planner@example.qa": ErrPasswordWeak} {
		if err := f.change(b, password, next); !errors.Is(err, want) {
			t.Errorf("%q: %v", next, err)
		}
	}
	if err := f.change(b, "wrong password", "a password of my own"); !errors.Is(err, ErrPasswordWrong) {
		t.Errorf("with a wrong one: %v", err)
	}
	before := b.Cookie.Value
	if err := f.change(b, password, "a password of my own"); err != nil {
		t.Fatal(err)
	}
	if !b.Knows() || b.Cookie.Value == before || other.Get("/en/account").Code == http.StatusOK {
		t.Error("the change does not renew this session and end the others")
	}
	if b.SignIn("planner@example.qa", password) || !b.SignIn("planner@example.qa", "a password of my own") {
		t.Error("the old password is still the one")
	}
}

func TestGuessingThePresentPasswordIsSlow(t *testing.T) {
	f := newFixture(t, "")
	f.user("planner@example.qa", access.RolePlanner, "")
	b := &browser{Site: f.Site}
	b.SignIn("planner@example.qa", password)
	for range freeAttempts {
		_ = f.change(b, "wrong password", "a password of my own")
	}
	if err := f.change(b, password, "a password of my own"); !errors.Is(err, ErrTooManyAttempts) {
		t.Errorf("after %d guesses: %v", freeAttempts, err)
	}
	if !(&browser{Site: f.Site}).SignIn("planner@example.qa", password) {
		t.Error("the person is locked out by who guesses in a stolen session")
	}
	if _, err := f.accounts.Self(context.Background()); !errors.Is(err, programme.ErrForbidden) {
		t.Errorf("nobody has an account: %v", err)
	}
}

func TestAPersonOfTheProviderHasNoPasswordHere(t *testing.T) {
	l := newLiar(t, nil)
	b := &browser{Site: l.Site}
	l.visit(b)
	if err := l.change(b, "", "a password of my own"); !errors.Is(err, programme.ErrForbidden) {
		t.Errorf("changed: %v", err)
	}
	if b.SignIn("noor@example.qa", "") {
		t.Error("signed in without a password")
	}
}
