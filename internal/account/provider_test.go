package account

import (
	"crypto/x509"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/programme"
)

func set(name string, value any) func(map[string]any) {
	return func(said map[string]any) { said[name] = value }
}

func without(name string) func(map[string]any) {
	return func(said map[string]any) { delete(said, name) }
}

// publicKey is the provider's key as everybody can read it.
func publicKey() []byte {
	der, err := x509.MarshalPKIXPublicKey(&rsaKeys()[0].PublicKey)
	if err != nil {
		panic(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
}

// lies are what a provider, or somebody in its place, may say, each with the reason that it is not believed.
var lies = []struct {
	name, reason string
	tell         func(*liar)
}{
	{"wrong nonce", "nonce", func(l *liar) { l.claims = set("nonce", "another") }},
	{"no nonce", "nonce", func(l *liar) { l.claims = without("nonce") }},
	{"wrong audience", "expected audience", func(l *liar) { l.claims = set("aud", "another-client") }},
	{"no audience", "expected audience", func(l *liar) { l.claims = without("aud") }},
	{"wrong issuer", "different provider", func(l *liar) { l.claims = set("iss", "https://evil.example") }},
	{"algorithm none", "signature algorithm", func(l *liar) {
		l.header, l.sign = set("alg", "none"), func(string) []byte { return nil }
	}},
	{"HS256 with the client secret", "signature algorithm", func(l *liar) {
		l.header, l.sign = set("alg", "HS256"), sharedSecret([]byte(clientSecret))
	}},
	{"HS256 with the public key", "signature algorithm", func(l *liar) {
		l.header, l.sign = set("alg", "HS256"), sharedSecret(publicKey())
	}},
	{"expired", "expired", func(l *liar) { l.claims = set("exp", l.Clock.Now().Add(-time.Second).Unix()) }},
	{"not yet valid", "not before", func(l *liar) { l.claims = set("nbf", l.Clock.Now().Add(10*time.Minute).Unix()) }},
	{"issued in the future", "in the future", func(l *liar) { l.claims = set("iat", l.Clock.Now().Add(10*time.Minute).Unix()) }},
	{"another key", "verify signature", func(l *liar) { l.sign = signedBy(rsaKeys()[1]) }},
	{"another key under its own name", "verify signature", func(l *liar) {
		l.header, l.sign = set("kid", "key-2"), signedBy(rsaKeys()[1])
	}},
	{"missing kid", "does not name its key", func(l *liar) { l.header = without("kid") }},
	{"issuer in discovery differs", "did not match the issuer", func(l *liar) { l.discovery = set("issuer", "https://evil.example") }},
	{
		"endpoint in discovery of another scheme",
		"no http address",
		func(l *liar) { l.discovery = set("token_endpoint", "ftp://evil.example/token") },
	},
	{"userinfo of another subject", "another subject", func(l *liar) {
		l.claims = without("groups")
		l.userinfo = map[string]any{"sub": "somebody else", "groups": []string{"mirsad-admins"}}
	}},
	{"wrong party with several audiences", "authorized party", func(l *liar) {
		l.claims = func(said map[string]any) {
			said["aud"], said["azp"] = []string{clientID, "another-client"}, "another-client"
		}
	}},
	{
		"no party with several audiences",
		"authorized party",
		func(l *liar) { l.claims = set("aud", []string{clientID, "another-client"}) },
	},
	{"wrong party with one audience", "authorized party", func(l *liar) { l.claims = set("azp", "another-client") }},
	{"no subject", "subject", func(l *liar) { l.claims = without("sub") }},
	{"access token of another", "access token hash", func(l *liar) { l.claims = set("at_hash", "AAAAAAAAAAAAAAAAAAAAAA") }},
	{"no ID token", "ID token", func(l *liar) { l.noToken = true }},
}

// opened reports whether a sign-in left anything behind that it must not: a session, or a person.
func (l *liar) opened(b *browser) bool {
	return b.Knows() || l.Store.Rows(programme.FamilyAccount) != 0
}

func TestTheLyingProvider(t *testing.T) {
	for _, lie := range lies {
		t.Run(lie.name, func(t *testing.T) {
			l := newLiar(t, nil)
			lie.tell(l)
			b := &browser{Site: l.Site}
			w := b.Get("/en/sign-in/provider")
			cameBack := w.Code == http.StatusSeeOther
			if cameBack { // a lie in the discovery ends it here
				code, state := l.authorize(w.Header().Get("Location"))
				w = comeBack(b, "code", code, "state", state)
			}
			if w.Code != http.StatusForbidden || !strings.Contains(w.Body.String(), lie.reason) {
				t.Errorf("%d %q, want a refusal for %q", w.Code, w.Body, lie.reason)
			}
			if l.opened(b) {
				t.Error("it is believed")
			}
			rows, reason := l.Settled(), "provider_refused"
			if !cameBack {
				reason = "provider_unavailable"
			}
			if len(rows) != 1 || rows[0].Action != audit.SignIn || rows[0].Reason != reason || rows[0].Outcome != audit.Refused {
				t.Errorf("written down is %+v", rows)
			}
		})
	}
	t.Run("replayed code", replayedCode)
	t.Run("state of another browser", stateOfAnother)
	t.Run("missing PKCE verifier", stolenCode)
	t.Run("another issuer's answer", func(t *testing.T) {
		l := newLiar(t, nil)
		b := &browser{Site: l.Site}
		code, state := l.authorize(begin(b, ""))
		refusedFor(t, comeBack(b, "code", code, "state", state, "iss", "https://evil.example"), "evil.example")
	})
	t.Run("somebody's e-mail address", emailOfAnother)
}

func refusedFor(t *testing.T, w *httptest.ResponseRecorder, reason string) {
	t.Helper()
	if w.Code != http.StatusForbidden || !strings.Contains(w.Body.String(), reason) {
		t.Errorf("%d %q, want a refusal for %q", w.Code, w.Body, reason)
	}
}

func TestAProviderThatIsAwayIsWrittenDown(t *testing.T) {
	l := newLiar(t, nil)
	l.server.Close()
	b := &browser{Site: l.Site}
	if w := b.Get("/en/sign-in/provider"); w.Code == http.StatusSeeOther {
		t.Fatalf("sent to a provider that is away: %d", w.Code)
	}
	want := "anonymous|||sign_in|user|refused|provider_unavailable"
	if rows := l.Settled(); len(rows) != 1 || told(rows[0]) != want {
		t.Errorf("written down is %+v, not %s", rows, want)
	}
}

// replayedCode comes back a second time with everything that the first brought, to a provider that takes codes for ever.
func replayedCode(t *testing.T) {
	l := newLiar(t, nil)
	l.codesForever = true
	b := &browser{Site: l.Site}
	code, state := l.authorize(begin(b, ""))
	thief := &browser{Site: l.Site, Flow: b.Flow}
	if w := comeBack(b, "code", code, "state", state); w.Code != http.StatusSeeOther || !b.Knows() {
		t.Fatalf("the honest one is not let in: %d %s", w.Code, w.Body)
	}
	refusedFor(t, comeBack(thief, "code", code, "state", state), "finished before")
	if thief.Knows() {
		t.Error("the answer opens a second session")
	}
	refusedFor(t, comeBack(b, "code", code, "state", state), "this browser began none")
}

// stateOfAnother makes a victim's browser finish the sign-in that an attacker began: they would work as the attacker.
func stateOfAnother(t *testing.T) {
	l := newLiar(t, nil)
	attacker, victim := &browser{Site: l.Site}, &browser{Site: l.Site}
	code, state := l.authorize(begin(attacker, ""))
	refusedFor(t, comeBack(victim, "code", code, "state", state), "began none")
	begin(victim, "")
	refusedFor(t, comeBack(victim, "code", code, "state", state), "another browser's")
	begin(victim, "")
	refusedFor(t, comeBack(victim, "code", code), "another browser's")
	if l.opened(victim) {
		t.Error("the victim is signed in")
	}
}

// stolenCode brings a victim's code with the thief's own state, to a provider that says whatever nonce is wanted: only
// the verifier, which never left the server, stands between them.
func stolenCode(t *testing.T) {
	l := newLiar(t, nil)
	victim, thief := &browser{Site: l.Site}, &browser{Site: l.Site}
	code, _ := l.authorize(begin(victim, ""))
	_, state := l.authorize(begin(thief, ""))
	nonce := ""
	for _, given := range l.codes {
		if given.asked.Get("state") == state {
			nonce = given.asked.Get("nonce")
		}
	}
	l.claims = set("nonce", nonce)
	refusedFor(t, comeBack(thief, "code", code, "state", state), "invalid_grant")
	if l.opened(thief) {
		t.Error("the thief is signed in")
	}
	for _, given := range l.codes {
		if given.asked.Get("code_challenge_method") != "S256" || len(given.asked.Get("code_challenge")) != 43 ||
			given.asked.Get("response_type") != "code" {
			t.Errorf("asked for %v", given.asked)
		}
	}
}

// emailOfAnother is the provider's person with the address of a local administrator: two people.
func emailOfAnother(t *testing.T) {
	l := newLiar(t, nil)
	l.user("noor@example.qa", access.RoleAdmin, "")
	b := &browser{Site: l.Site}
	if w := l.visit(b); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if w := b.Get("/en/"); w.Code != http.StatusOK || !strings.HasPrefix(w.Body.String(), "user/"+providerMark) {
		t.Errorf("signed in as %s", w.Body)
	}
	if w := b.Do(http.MethodPost, "/en/admin", nil); w.Code != http.StatusForbidden {
		t.Errorf("an administrator by an e-mail address: %d", w.Code)
	}
}

func TestAFlowIsOfThisServerAndShort(t *testing.T) {
	l := newLiar(t, nil)
	b := &browser{Site: l.Site}
	code, state := l.authorize(begin(b, ""))
	l.Clock.Pass(flowTime)
	refusedFor(t, comeBack(b, "code", code, "state", state), "too long ago")

	other := newLiar(t, func(p *Provider) { p.ClientSecret = "another secret, long enough" })
	stranger := &browser{Site: other.Site}
	begin(stranger, "")
	b.Flow = stranger.Flow
	refusedFor(t, comeBack(b, "code", code, "state", state), "not sealed here")

	code, state = l.authorize(begin(b, ""))
	altered := *b.Flow
	altered.Value = altered.Value[:len(altered.Value)-4] + "AAAA"
	b.Flow = &altered
	refusedFor(t, comeBack(b, "code", code, "state", state), "not sealed here")

	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/en/sign-in/provider", http.NoBody)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	w := httptest.NewRecorder()
	l.Handler.ServeHTTP(w, r)
	refusedFor(t, w, "another site")

	begin(b, "")
	if header := b.Flow.String(); !strings.Contains(header, "HttpOnly") || !strings.Contains(header, "SameSite=Lax") ||
		!strings.Contains(header, "Max-Age=600") {
		t.Errorf("the cookie is %s", header)
	}
	refusedFor(t, comeBack(b, "state", l.stateOf(b), "error", "access_denied"), "account.sign_in.provider.denied")
}

// stateOf begins again and returns the state, as only the provider sees it.
func (l *liar) stateOf(b *browser) string {
	l.T.Helper()
	_, state := l.authorize(begin(b, ""))
	return state
}

func TestAFixedSessionIsRenewedByTheProvidersSignIn(t *testing.T) {
	l := newLiar(t, nil)
	l.user("planner@example.qa", access.RolePlanner, "")
	b := &browser{Site: l.Site}
	b.SignIn("planner@example.qa", password) // a session that somebody else put into the browser
	fixed := b.Cookie
	if w := l.visit(b); w.Code != http.StatusSeeOther || b.Cookie.Value == fixed.Value {
		t.Errorf("%d, and the session's name stays", w.Code)
	}
	if (&browser{Site: l.Site, Cookie: fixed}).Knows() {
		t.Error("the fixed session is open")
	}
}

func TestComingBackStaysOnThisSite(t *testing.T) {
	l := newLiar(t, nil)
	for next, want := range map[string]string{
		"": "/en/", "/ar/usage?on=2016-09-30": "/ar/usage?on=2016-09-30", "https://evil.example/": "/en/", "//evil.example": "/en/",
		"/" + strings.Repeat("x", 5000): "/en/",
	} {
		b := &browser{Site: l.Site}
		code, state := l.authorize(begin(b, next))
		if w := comeBack(b, "code", code, "state", state); w.Header().Get("Location") != want {
			t.Errorf("%.40q goes on to %q", next, w.Header().Get("Location"))
		}
	}
}
