package account

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
)

const victim = "victim@example.qa"

// at is a browser at an address of the network.
type at struct {
	f       *fixture
	address string
	cookies []*http.Cookie
}

// signsIn sends the form and returns the answer; the browser keeps the cookies that it is given.
func (b *at) signsIn(email, secret string) *httptest.ResponseRecorder {
	b.f.T.Helper()
	form := url.Values{"email": {email}, "password": {secret}}
	r := httptest.NewRequestWithContext(b.f.T.Context(), http.MethodPost, "/en/sign-in", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.RemoteAddr = b.address
	for _, cookie := range b.cookies {
		r.AddCookie(cookie)
	}
	w := httptest.NewRecorder()
	httpserver.FromPeer(b.f.Handler).ServeHTTP(w, r)
	if w.Code == http.StatusOK {
		b.cookies = w.Result().Cookies()
	}
	return w
}

func (b *at) letIn(email, secret string) bool { return b.signsIn(email, secret).Code == http.StatusOK }

// known is the sign that the browser is known; its session is not.
func (b *at) known() *http.Cookie {
	b.f.T.Helper()
	for _, cookie := range b.cookies {
		if strings.Contains(cookie.Name, plainKnownCookie) {
			return cookie
		}
	}
	b.f.T.Fatal("the browser is not known")
	return nil
}

func withVictim(t *testing.T) *fixture {
	t.Helper()
	f := newFixture(t, "")
	f.user(victim, access.RolePlanner, "")
	f.user("other@example.qa", access.RolePlanner, "")
	return f
}

func TestWhoGuessesKeepsItselfOutAndNotTheOwner(t *testing.T) {
	f := withVictim(t)
	attacker := &at{f: f, address: "192.0.2.1:1000"}
	for range 50 {
		attacker.letIn(victim, "wrong password")
	}
	if attacker.letIn(victim, password) {
		t.Error("who guesses does not wait")
	}
	owner := &at{f: f, address: "198.51.100.7:1000"}
	if !owner.letIn(strings.ToUpper(victim), password) {
		t.Error("the owner is kept out by who guesses elsewhere")
	}
	for _, each := range [][2]string{
		{"[2001:db8:1:2::1]:1000", "[2001:db8:1:2:ffff::9]:1000"}, // a customer's network
		{"[::ffff:192.0.2.9]:1000", "192.0.2.9:1000"},             // one address in two forms
	} {
		for range freeAttempts {
			(&at{f: f, address: each[0]}).letIn("other@example.qa", "wrong password")
		}
		if (&at{f: f, address: each[1]}).letIn("other@example.qa", password) {
			t.Errorf("%s is another client than %s", each[1], each[0])
		}
	}
}

// From very many clients together one person's password is guessed slowly too, and still not from a known browser.
func TestManyClientsTogetherWaitAndAKnownBrowserDoesNot(t *testing.T) {
	f := withVictim(t)
	owner := &at{f: f, address: "192.0.2.1:1000"}
	if !owner.letIn(victim, password) {
		t.Fatal("not let in")
	}
	for i := range freeOfAll {
		if (&at{f: f, address: fmt.Sprintf("10.0.%d.%d:1", i/256, i%256)}).letIn(victim, "wrong password") {
			t.Fatal("let in")
		}
	}
	if (&at{f: f, address: "198.51.100.7:1000"}).letIn(victim, password) {
		t.Errorf("after %d failures from as many clients another is free to try", freeOfAll)
	}
	if !(&at{f: f, address: "198.51.100.8:1000"}).letIn("other@example.qa", password) {
		t.Error("another person is kept out as well")
	}
	elsewhere := &at{f: f, address: "10.0.0.1:1", cookies: []*http.Cookie{owner.known()}}
	if !elsewhere.letIn(victim, password) {
		t.Error("the owner's browser is kept out, at the address of who guesses")
	}
}

// A known browser is throttled for itself, so that a stolen sign is no way to guess.
func TestAKnownBrowserIsCountedForItself(t *testing.T) {
	f := withVictim(t)
	owner := &at{f: f, address: "192.0.2.1:1000"}
	owner.letIn(victim, password)
	thief := &at{f: f, address: "192.0.2.2:1000", cookies: []*http.Cookie{owner.known()}}
	for range freeAttempts {
		thief.letIn(victim, "wrong password")
	}
	if thief.letIn(victim, password) {
		t.Error("who has the sign is free to guess")
	}
	f.Clock.Pass(time.Second)
	if !thief.letIn(victim, password) {
		t.Error("not let in after the wait")
	}
}

// The sign is of one person, with one password, for a time, and nobody else makes one.
func TestASignOfAKnownBrowserIsNotForged(t *testing.T) {
	f := withVictim(t)
	owner, other := &at{f: f, address: "192.0.2.1:1000"}, &at{f: f, address: "192.0.2.1:1000"}
	owner.letIn(victim, password)
	other.letIn("other@example.qa", password)
	genuine := owner.known()
	if !genuine.HttpOnly || genuine.SameSite != http.SameSiteLaxMode || genuine.Path != "/" || genuine.MaxAge <= 0 {
		t.Errorf("the cookie is %v", genuine)
	}
	with := func(value string) *at {
		return &at{f: f, address: "203.0.113.5:1000", cookies: []*http.Cookie{{Name: genuine.Name, Value: value}}}
	}
	for range freeAttempts {
		with("").letIn(victim, "wrong password")
	}
	parts := strings.Split(genuine.Value, ".")
	for what, value := range map[string]string{
		"none": "", "no sign": "x", "without a mac": parts[0] + "." + parts[1], "an empty mac": parts[0] + "." + parts[1] + ".",
		"a later end": "9" + genuine.Value, "another's": other.known().Value,
		"another browser's mac": parts[0] + "." + parts[1] + "x." + parts[2],
	} {
		if with(value).letIn(victim, password) {
			t.Errorf("%s is taken", what)
		}
	}
	if !with(genuine.Value).letIn(victim, password) {
		t.Error("the genuine one is not taken")
	}
	f.Clock.Pass(knownFor)
	for range freeAttempts {
		with("").letIn(victim, "wrong password")
	}
	if with(genuine.Value).letIn(victim, password) {
		t.Error("an old one is taken")
	}
}

func TestAnotherPasswordEndsTheSignsOfKnownBrowsers(t *testing.T) {
	f := withVictim(t)
	owner := &at{f: f, address: "192.0.2.1:1000"}
	owner.letIn(victim, password)
	before := owner.known()
	b := &browser{Site: f.Site}
	b.SignIn(victim, password)
	if err := f.change(b, password, "another long password"); err != nil {
		t.Fatal(err)
	}
	thief := &at{f: f, address: "203.0.113.5:1000", cookies: []*http.Cookie{before}}
	for range freeAttempts {
		(&at{f: f, address: thief.address}).letIn(victim, "wrong password")
	}
	if thief.letIn(victim, "another long password") {
		t.Error("the sign outlives the password")
	}
}

// However many strangers try at once, few of them wait, the others are told at once, and a known browser has its own turn.
func TestACrowdOfStrangersKeepsNobodyKnownWaiting(t *testing.T) {
	f := withVictim(t)
	owner := &at{f: f, address: "192.0.2.1:1000"}
	owner.letIn(victim, password)
	leave, err := f.accounts.passwords.strangers.Enter(t.Context(), "slow", 1)
	if err != nil {
		t.Fatal(err)
	}
	const tries = 100
	busy := make(chan bool, tries)
	var group sync.WaitGroup
	for i := range tries {
		group.Go(func() {
			w := (&at{f: f, address: fmt.Sprintf("10.0.0.%d:1", i)}).signsIn("nobody@example.qa", "wrong password")
			if strings.Contains(w.Body.String(), "busy") {
				busy <- true
			}
		})
	}
	for range tries - strangersTurns.Waiting {
		<-busy
	}
	if !(&at{f: f, address: "198.51.100.7:1000", cookies: []*http.Cookie{owner.known()}}).letIn(victim, password) {
		t.Error("the known browser waits behind strangers")
	}
	leave()
	group.Wait()
	if !(&at{f: f, address: "198.51.100.7:1000"}).letIn(victim, password) {
		t.Error("a stranger is not let in after the crowd")
	}
}

// One client's tries wait behind each other, and leave the line to other strangers.
func TestOneClientsTriesLeaveTheLineToOthers(t *testing.T) {
	f := withVictim(t)
	leave, err := f.accounts.passwords.strangers.Enter(t.Context(), "slow", 1)
	if err != nil {
		t.Fatal(err)
	}
	const tries = 18
	refused := make(chan bool, tries)
	var group sync.WaitGroup
	for i := range tries {
		group.Go(func() {
			w := (&at{f: f, address: "10.0.0.1:1"}).signsIn(fmt.Sprintf("n%d@example.qa", i), "wrong password")
			refused <- strings.Contains(w.Body.String(), "busy")
		})
	}
	for range tries - strangersTurns.OwnWaiting {
		if !<-refused {
			t.Error("more of one client wait than may")
		}
	}
	let := make(chan bool)
	go func() { let <- (&at{f: f, address: "198.51.100.7:1000"}).letIn(victim, password) }()
	leave()
	if !<-let {
		t.Error("another stranger is kept out")
	}
	group.Wait()
	if _, err := f.accounts.passwords.matches(t.Context(), passwordTurn{name: "a"}, password, "$"); errors.Is(err, programme.ErrBusy) {
		t.Error("the line is not empty")
	}
}
