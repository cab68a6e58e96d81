package account

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/programme"
)

func TestSessionBeginsIsRenewedAndEnds(t *testing.T) {
	f := newFixture(t, "")
	f.user("planner@example.qa", access.RolePlanner, "")
	b := &browser{Site: f.Site}
	if b.Knows() {
		t.Fatal("known before signing in")
	}
	if !b.SignIn(" Planner@Example.QA ", password) || !b.Knows() {
		t.Fatal("not let in")
	}
	first := b.Cookie.Value
	if rows := f.Store.Rows(programme.FamilySession); rows != 1 {
		t.Errorf("%d rows on sign-in, want 1", rows)
	}
	for range 10 { // ten requests in four minutes write nothing
		f.Clock.Pass(24 * time.Second)
		b.Get("/en/")
	}
	if rows := f.Store.Rows(programme.FamilySession); rows != 1 {
		t.Errorf("%d rows after four minutes of use, want 1", rows)
	}
	f.Clock.Pass(2 * time.Minute)
	b.Get("/en/")
	if rows := f.Store.Rows(programme.FamilySession); rows != 2 {
		t.Errorf("%d rows after six minutes of use, want 2", rows)
	}
	if !b.SignIn("planner@example.qa", password) || b.Cookie.Value == first {
		t.Error("signing in again keeps the session's name")
	}
	stolen := &browser{Site: f.Site, Cookie: &http.Cookie{Name: plainCookie, Value: first}}
	if stolen.Knows() {
		t.Error("the name before still opens a session")
	}
	kept := *b.Cookie
	b.Do(http.MethodPost, "/en/sign-out", nil)
	if b.Cookie != nil || b.Knows() {
		t.Error("signing out keeps the cookie")
	}
	if (&browser{Site: f.Site, Cookie: &kept}).Knows() {
		t.Error("the session outlives signing out")
	}
}

func TestSessionExpires(t *testing.T) {
	f := newFixture(t, "")
	f.user("planner@example.qa", access.RolePlanner, "")
	b := &browser{Site: f.Site}
	b.SignIn("planner@example.qa", password)
	f.Clock.Pass(2*time.Hour + time.Second)
	if b.Knows() {
		t.Error("known after two idle hours")
	}
	b.SignIn("planner@example.qa", password)
	for range 11 {
		f.Clock.Pass(time.Hour)
		if !b.Knows() {
			t.Fatal("unknown though in use")
		}
	}
	f.Clock.Pass(time.Hour + time.Second)
	if b.Knows() {
		t.Error("known after twelve hours")
	}
}

func TestDisabledPersonLosesSessionsForGood(t *testing.T) {
	f := newFixture(t, "")
	f.user("planner@example.qa", access.RolePlanner, "")
	b := &browser{Site: f.Site}
	b.SignIn("planner@example.qa", password)
	if _, err := f.accounts.DisableUser(t.Context(), "planner@example.qa"); err != nil {
		t.Fatal(err)
	}
	kept := b.Cookie
	f.user("planner@example.qa", access.RoleAuditor, "") // back the same minute
	if b.Knows() {
		t.Error("the session of before survives")
	}
	b.Cookie = kept
	if b.Knows() {
		t.Error("the session is not ended")
	}
	if !b.SignIn("planner@example.qa", password) || !b.Knows() {
		t.Error("brought back, and not let in")
	}
}

// Another process disables the person: this one notices when what it has read is five seconds old.
func TestDisabledElsewhereIsSeenWithinFiveSeconds(t *testing.T) {
	f := newFixture(t, "")
	f.user("planner@example.qa", access.RolePlanner, "")
	elsewhere := newFixtureOver(t, f.Store, f.Clock, "")
	b := &browser{Site: f.Site}
	b.SignIn("planner@example.qa", password)
	b.Knows()
	if _, err := elsewhere.accounts.DisableUser(t.Context(), "planner@example.qa"); err != nil {
		t.Fatal(err)
	}
	f.Clock.Pass(5 * time.Second)
	if b.Knows() {
		t.Error("known five seconds after")
	}
}

func TestCookie(t *testing.T) {
	for base, want := range map[string]string{
		"https://mirsad.example":  "__Host-mirsad=",
		"http://127.0.0.1:8080":   "mirsad=",
		"":                        "mirsad=",
		"http://https://.example": "mirsad=",
	} {
		f := newFixture(t, base)
		f.user("planner@example.qa", access.RolePlanner, "")
		b := &browser{Site: f.Site}
		w := b.Do(http.MethodPost, "/en/sign-in", map[string][]string{"email": {"planner@example.qa"}, "password": {password}})
		header := w.Header().Get("Set-Cookie")
		secure := strings.HasPrefix(base, "https://")
		if !strings.HasPrefix(header, want) || !strings.Contains(header, "HttpOnly") || !strings.Contains(header, "SameSite=Lax") ||
			!strings.Contains(header, "Path=/") || strings.Contains(header, "Domain") || strings.Contains(header, "Secure") != secure {
			t.Errorf("%s: %s", base, header)
		}
		for _, fact := range f.Store.Kept() {
			if fact.Family == programme.FamilySession && strings.Contains(header, fact.Subject) {
				t.Error("the cookie's value is stored as it is")
			}
		}
	}
}

func TestSignInTellsNothing(t *testing.T) {
	f := newFixture(t, "")
	f.user("planner@example.qa", access.RolePlanner, "")
	f.user("gone@example.qa", access.RolePlanner, "")
	if _, err := f.accounts.DisableUser(t.Context(), "gone@example.qa"); err != nil {
		t.Fatal(err)
	}
	answers := map[string]bool{}
	for email, secret := range map[string]string{
		"planner@example.qa": "wrong password", "nobody@example.qa": password, "gone@example.qa": password, "not an address": password,
		"planner@example.qa ": strings.Repeat("x", 100_000),
	} {
		b := &browser{Site: f.Site}
		w := b.Do(http.MethodPost, "/en/sign-in", map[string][]string{"email": {email}, "password": {secret}})
		if w.Code != http.StatusForbidden || b.Cookie != nil {
			t.Errorf("%q: %d, cookie %v", email, w.Code, b.Cookie)
		}
		answers[w.Body.String()] = true
	}
	if len(answers) != 1 {
		t.Errorf("the refusals differ: %v", answers)
	}
}

func TestAttemptsWaitLongerAndLonger(t *testing.T) {
	for _, email := range []string{"planner@example.qa", "nobody@example.qa"} {
		f := newFixture(t, "")
		f.user("planner@example.qa", access.RolePlanner, "")
		b := &browser{Site: f.Site}
		for range freeAttempts {
			b.SignIn(email, "wrong password")
		}
		_, err := f.accounts.SignIn(contextWithSession(t), email, password)
		if err == nil || err.Error() != ErrTooManyAttempts.Error() {
			t.Errorf("%s: %v at once after %d failures", email, err, freeAttempts)
		}
		f.Clock.Pass(firstWait)
		if let := b.SignIn(email, password); let != (email == "planner@example.qa") {
			t.Errorf("%s after the wait: let in %v", email, let)
		}
	}
	waits := []time.Duration{}
	for count := range 20 {
		waits = append(waits, waitAfter(count-freeAttempts))
	}
	if waits[4] != 0 || waits[5] != time.Second || waits[7] != 4*time.Second || waits[19] != longestWait {
		t.Errorf("waits %v", waits)
	}
}

func TestStoreAwayIsNoRefusal(t *testing.T) {
	f := newFixture(t, "")
	f.user("planner@example.qa", access.RolePlanner, "")
	f.Store.GoAway()
	b := &browser{Site: f.Site}
	w := b.Do(http.MethodPost, "/en/sign-in", map[string][]string{"email": {"planner@example.qa"}, "password": {password}})
	if !strings.Contains(w.Body.String(), programme.ErrUnavailable.Error()) {
		t.Errorf("it says %s", w.Body)
	}
}
