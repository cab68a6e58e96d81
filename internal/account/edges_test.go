package account

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/account/accounttest"
	"mirsad/internal/audit"
	"mirsad/internal/audit/audittest"
	"mirsad/internal/programme"
)

// failing is a store that does not take facts of one family in.
type failing struct {
	*accounttest.Memory

	family programme.Family
}

func (f *failing) Append(ctx context.Context, draft programme.Draft, after uint32) (programme.Fact, error) {
	if draft.Family == f.family {
		return programme.Fact{}, audittest.ErrAway
	}
	return f.Memory.Append(ctx, draft, after)
}

// A session that could not be recorded is none, and its end that could not be recorded is said.
func TestASessionThatIsNotRecordedIsNone(t *testing.T) {
	c := accounttest.NewClock()
	store := &failing{Memory: &accounttest.Memory{Now: c.Now}}
	f := newFixtureOver(t, store, c, "")
	f.user("planner@example.qa", access.RolePlanner, "")
	store.family = programme.FamilySession
	b := &browser{Site: f.Site}
	w := b.Do(http.MethodPost, "/en/sign-in", map[string][]string{"email": {"planner@example.qa"}, "password": {password}})
	if w.Code == http.StatusOK || !strings.Contains(w.Body.String(), "unavailable") {
		t.Errorf("signed in: %d %s", w.Code, w.Body)
	}
	store.family = ""
	if !b.SignIn("planner@example.qa", password) {
		t.Fatal("not let in")
	}
	store.family = programme.FamilySession
	if w := b.Do(http.MethodPost, "/en/sign-out", nil); w.Code == http.StatusOK && !b.Knows() {
		t.Errorf("signed out without a record: %d", w.Code)
	}
}

// contextOf is a context within the middleware of somebody.
func (f *fixture) contextOf(b *browser) context.Context {
	f.T.Helper()
	var inner context.Context
	one := &browser{Site: f.With(f.answeredBy(func(_ http.ResponseWriter, r *http.Request) { inner = r.Context() })), Cookie: b.Cookie}
	if w := one.Get("/en/account"); inner == nil {
		f.T.Fatalf("the page is not open: %d", w.Code)
	}
	return inner
}

func TestSessionsAreListedAndEndedByWhoMay(t *testing.T) {
	f := newFixture(t, "")
	f.user("a@example.qa", access.RolePlanner, "")
	f.user("b@example.qa", access.RoleAdmin, "")
	f.user("c@example.qa", access.RoleAuditor, "")
	people := map[string]*browser{}
	for _, name := range []string{"a", "b", "c"} {
		people[name] = &browser{Site: f.Site}
		people[name].SignIn(name+"@example.qa", password)
	}
	accounts := func(list []Session, err error) string {
		if err != nil {
			return err.Error()
		}
		names := []string{}
		for _, each := range list {
			names = append(names, each.Account[:1])
		}
		slices.Sort(names)
		return strings.Join(names, "")
	}
	for name, want := range map[string][3]string{"a": {"a", "a", "a"}, "b": {"abc", "b", "abc"}, "c": {"abc", "c", "c"}} {
		ctx := f.contextOf(people[name])
		all, err := f.accounts.ListSessions(ctx)
		if got := accounts(all, err); got != want[0] {
			t.Errorf("%s lists %s", name, got)
		}
		if got := accounts(f.accounts.OwnSessions(ctx)); got != want[1] {
			t.Errorf("%s has %s", name, got)
		}
		if got := accounts(f.accounts.endable(ctx)); got != want[2] {
			t.Errorf("%s may end %s", name, got)
		}
		current := 0
		for _, each := range all {
			if each.Current {
				current++
				if !strings.HasPrefix(each.Account, name) {
					t.Errorf("the session of %s is current to %s", each.Account, name)
				}
			}
		}
		if current != 1 {
			t.Errorf("%d sessions are current", current)
		}
	}
	nobody := context.Background()
	if _, err := f.accounts.ListSessions(nobody); !errors.Is(err, programme.ErrForbidden) {
		t.Errorf("nobody lists: %v", err)
	}
	if err := f.accounts.EndSession(nobody, "x"); !errors.Is(err, programme.ErrForbidden) {
		t.Errorf("nobody ends: %v", err)
	}
	if _, err := f.accounts.EndSessionsOf(nobody, "a@example.qa"); !errors.Is(err, programme.ErrForbidden) {
		t.Errorf("nobody ends all: %v", err)
	}
	if own, err := f.accounts.OwnSessions(nobody); err != nil || len(own) != 0 {
		t.Errorf("nobody has %v, %v", own, err)
	}
	admin := f.contextOf(people["b"])
	if err := f.accounts.EndSession(admin, "none"); !errors.Is(err, programme.ErrNotFound) {
		t.Errorf("no such session: %v", err)
	}
	if ended, err := f.accounts.EndSessionsOf(admin, "a@example.qa"); ended != 1 || err != nil || people["a"].Knows() || !people["c"].Knows() {
		t.Errorf("ended %d, %v", ended, err)
	}
	if ended, err := f.accounts.EndSessionsOf(admin, "b@example.qa"); ended != 0 || err != nil || !people["b"].Knows() {
		t.Errorf("one's own: %d, %v", ended, err)
	}
	verdict := &access.Verdict{}
	auditors, err := f.accounts.ListSessions(f.contextOf(people["c"]))
	if at := slices.IndexFunc(auditors, func(s Session) bool { return s.Current }); err != nil || at < 0 {
		t.Fatalf("%v, %v", auditors, err)
	} else if err := f.accounts.EndSession(access.WithVerdict(admin, verdict), auditors[at].ID); err != nil || people["c"].Knows() {
		t.Errorf("another's session: %v", err)
	}
	const who = "c@example.qa"
	if act := verdict.Act(); act.Before != (endedSessions{Account: who, Sessions: 1}) || act.After != (endedSessions{Account: who}) ||
		!strings.HasPrefix(act.Object, "session/") {
		t.Errorf("noted: %+v", act)
	}
	f.Store.GoAway()
	if _, err := f.accounts.ListSessions(admin); !errors.Is(err, programme.ErrUnavailable) {
		t.Errorf("without the store: %v", err)
	}
	if _, err := f.accounts.EndSessionsOf(admin, "c@example.qa"); !errors.Is(err, programme.ErrUnavailable) {
		t.Errorf("without the store: %v", err)
	}
}

func TestWhenToTryAgainIsSaidOfTooManyAttemptsAlone(t *testing.T) {
	for _, each := range []struct {
		err   error
		is    bool
		after string
	}{
		{&attemptsError{after: 90_500_000_000}, true, "91"}, {ErrTooManyAttempts, true, ""}, {ErrSignInRefused, false, ""}, {nil, false, ""},
	} {
		header := http.Header{}
		if AskAgain(header, each.err) != each.is || header.Get("Retry-After") != each.after {
			t.Errorf("%v: %v", each.err, header)
		}
		if Refused(each.err) != (each.err != nil) {
			t.Errorf("%v is refused: %v", each.err, Refused(each.err))
		}
	}
}

// A stored hash whose cost or shape is not ours is never tried, whatever it is.
func TestAHashThatIsNotOursIsNotTried(t *testing.T) {
	p := newPasswords(64, 1)
	good, err := p.hash(t.Context(), password)
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(good, "$")
	with := func(at int, text string) string {
		other := slices.Clone(parts)
		other[at] = text
		return strings.Join(other, "$")
	}
	for what, hash := range map[string]string{
		"another algorithm": with(1, "argon2i"), "another version": with(2, "v=18"), "no version": with(2, "x"),
		"two threads": with(3, "m=64,t=1,p=2"), "no pass": with(3, "m=64,t=0,p=1"), "too many passes": with(3, "m=64,t=17,p=1"),
		"too much memory": with(3, "m=1048577,t=1,p=1"), "no cost": with(3, "x"), "a salt that is none": with(4, "*"),
		"a key that is none": with(5, "*"), "a short key": with(5, "AAAA"), "more parts": good + "$", "fewer": strings.Join(parts[:5], "$"),
	} {
		if right, err := p.check(password, hash); right || !errors.Is(err, programme.ErrUnavailable) {
			t.Errorf("%s: %v, %v", what, right, err)
		}
	}
	if right, err := p.check(password, good); !right || err != nil {
		t.Errorf("ours: %v, %v", right, err)
	}
}

func TestWhoSignsOutIsWrittenDownAndNobodyIsNot(t *testing.T) {
	f := newFixture(t, "")
	f.user("planner@example.qa", access.RolePlanner, "")
	b := &browser{Site: f.Site}
	b.Do(http.MethodPost, "/en/sign-out", nil)
	b.SignIn("planner@example.qa", password)
	b.Do(http.MethodPost, "/en/sign-out", nil)
	var outs []string
	for _, row := range f.Settled() {
		if row.Action == audit.SignOut {
			outs = append(outs, row.Actor+" "+row.Object)
		}
	}
	if !slices.Equal(outs, []string{"user/planner@example.qa user/planner@example.qa"}) || b.Knows() {
		t.Errorf("written: %q", outs)
	}
}

func TestAPersonOfTheProviderIsWrittenDownAsNewOnceAndBroughtBack(t *testing.T) {
	l := newLiar(t, nil)
	b := &browser{Site: l.Site}
	l.visit(b)
	l.claims = set("name", "Another Name")
	l.visit(b)
	var actions []string
	for _, row := range l.Settled() {
		if strings.HasPrefix(row.Object, "user/") && row.Action != audit.SignIn && row.Action != audit.SignOut {
			actions = append(actions, string(row.Action))
		}
	}
	if !slices.Equal(actions, []string{string(audit.UserCreate), string(audit.UserChange)}) {
		t.Errorf("written: %q", actions)
	}
	who := l.only()
	if _, err := l.accounts.DisableUser(t.Context(), who.ID); err != nil {
		t.Fatal(err)
	}
	back, first, err := l.accounts.ReadmitUser(t.Context(), who.ID)
	if err != nil || back.Disabled || first != "" || l.only().Disabled {
		t.Errorf("%+v, %q, %v", back, first, err)
	}
	if _, _, err := l.accounts.ReadmitUser(t.Context(), who.ID); !errors.Is(err, programme.ErrAlreadyDecided) {
		t.Errorf("brought back twice: %v", err)
	}
	if _, _, err := l.accounts.ReadmitUser(t.Context(), "nobody"); !errors.Is(err, programme.ErrNotFound) {
		t.Errorf("nobody: %v", err)
	}
}

// The cookie set late comes with the answer, however that begins, and once.
func TestTheLateCookieComesOnce(t *testing.T) {
	for name, begin := range map[string]func(http.ResponseWriter){
		"by its status": func(w http.ResponseWriter) { w.WriteHeader(http.StatusTeapot); w.WriteHeader(http.StatusTeapot) },
		"by its text":   func(w http.ResponseWriter) { _, _ = w.Write([]byte("a")); _, _ = w.Write([]byte("b")) },
	} {
		w := httptest.NewRecorder()
		late := &lateCookie{ResponseWriter: w, cookie: &http.Cookie{Name: "n", Value: "v"}}
		begin(late)
		if cookies := w.Result().Cookies(); len(cookies) != 1 || late.Unwrap() != http.ResponseWriter(w) {
			t.Errorf("%s: %v", name, cookies)
		}
	}
}
