package account

import (
	"crypto"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/account/accounttest"
)

const (
	clientID     = "mirsad"
	clientSecret = "a secret that is long enough"
	keyName      = "key-1"
	subject      = "248289761001"
)

// rsaKeys are made once: the provider's, and one that is not.
var rsaKeys = sync.OnceValue(func() [2]*rsa.PrivateKey {
	var keys [2]*rsa.PrivateKey
	for i := range keys {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			panic(err)
		}
		keys[i] = key
	}
	return keys
})

// liar is an identity provider that is honest until a test makes it lie.
type liar struct {
	*fixture
	server *httptest.Server

	// The lies: each changes what is about to be said.
	discovery      func(map[string]any)
	header, claims func(map[string]any)
	sign           func(signed string) []byte
	userinfo       map[string]any
	access         string
	noToken        bool
	codesForever   bool

	mu    sync.Mutex
	codes map[string]*grant
}

// grant is what a code was given for.
type grant struct {
	asked url.Values
	spent bool
}

// newLiar is a provider and a site that signs people in with it.
func newLiar(t *testing.T, change func(*Provider)) *liar {
	t.Helper()
	l := &liar{access: "access-token", codes: map[string]*grant{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", l.discover)
	mux.HandleFunc("GET /keys", l.keys)
	mux.HandleFunc("POST /token", l.token)
	mux.HandleFunc("GET /userinfo", func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, l.userinfo) })
	l.server = httptest.NewServer(mux)
	t.Cleanup(l.server.Close)
	settings := Provider{
		Issuer: l.server.URL, ClientID: clientID, ClientSecret: clientSecret, Scopes: []string{"profile", "email"},
		RoleClaim: "groups", EntityClaim: "entity",
		Roles: []RoleGroup{{access.RoleAdmin, "mirsad-admins"}, {access.RolePlanner, "mirsad-planners"}, {access.RoleAgency, "mirsad-agencies"}},
	}
	if change != nil {
		change(&settings)
	}
	c := accounttest.NewClock()
	store := &accounttest.Memory{Now: c.Now}
	l.fixture = newFixtureWith(t, store, c, Configuration{Provider: settings, BaseURL: "http://127.0.0.1:8080"})
	l.Store = store
	return l
}

func writeJSON(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(value)
}

func (l *liar) discover(w http.ResponseWriter, _ *http.Request) {
	said := map[string]any{
		"issuer": l.server.URL, "authorization_endpoint": l.server.URL + "/authorize", "token_endpoint": l.server.URL + "/token",
		"jwks_uri": l.server.URL + "/keys", "id_token_signing_alg_values_supported": []string{"RS256", "HS256", "none"},
	}
	if l.userinfo != nil {
		said["userinfo_endpoint"] = l.server.URL + "/userinfo"
	}
	if l.discovery != nil {
		l.discovery(said)
	}
	writeJSON(w, said)
}

func (l *liar) keys(w http.ResponseWriter, _ *http.Request) {
	public := rsaKeys()[0].PublicKey
	encode := base64.RawURLEncoding.EncodeToString
	writeJSON(w, map[string]any{"keys": []any{map[string]any{
		"kty": "RSA", "use": "sig", "kid": keyName, "n": encode(public.N.Bytes()), "e": encode(big.NewInt(int64(public.E)).Bytes()),
	}}})
}

// authorize is a person who signs in at the provider: it returns the code that the browser brings back.
func (l *liar) authorize(address string) (code, state string) {
	l.T.Helper()
	parsed, err := url.Parse(address)
	if err != nil || parsed.Path != "/authorize" {
		l.T.Fatalf("the browser is sent to %q", address)
	}
	asked := parsed.Query()
	code = base64.RawURLEncoding.EncodeToString(randomBytes(12))
	l.mu.Lock()
	defer l.mu.Unlock()
	l.codes[code] = &grant{asked: asked}
	return code, asked.Get("state")
}

// token trades a code as the standards demand; the lies are in what it answers.
func (l *liar) token(w http.ResponseWriter, r *http.Request) {
	user, secret, _ := r.BasicAuth()
	l.mu.Lock()
	defer l.mu.Unlock()
	given := l.codes[r.FormValue("code")]
	if user != clientID || secret != url.QueryEscape(clientSecret) || given == nil || (given.spent && !l.codesForever) ||
		r.FormValue("redirect_uri") != given.asked.Get("redirect_uri") || !provesKey(given.asked, r.FormValue("code_verifier")) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		writeJSON(w, map[string]any{"error": "invalid_grant"})
		return
	}
	given.spent = true
	answer := map[string]any{"access_token": l.access, "token_type": "Bearer", "expires_in": 300}
	if !l.noToken {
		answer["id_token"] = l.idToken(given.asked.Get("nonce"))
	}
	writeJSON(w, answer)
}

// provesKey is RFC 7636: who asked with a challenge must show its verifier.
func provesKey(asked url.Values, verifier string) bool {
	if asked.Get("code_challenge") == "" {
		return true
	}
	hash := sha256.Sum256([]byte(verifier))
	return asked.Get("code_challenge_method") == "S256" && base64.RawURLEncoding.EncodeToString(hash[:]) == asked.Get("code_challenge")
}

func (l *liar) idToken(nonce string) string {
	now := l.Clock.Now()
	header := map[string]any{"alg": "RS256", "typ": "JWT", "kid": keyName}
	claims := map[string]any{
		"iss": l.server.URL, "sub": subject, "aud": clientID, "nonce": nonce, "iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix(),
		"name": "Noor Al-Planner", "email": "Noor@example.qa", "groups": []string{"everyone", "mirsad-planners"},
	}
	if l.header != nil {
		l.header(header)
	}
	if l.claims != nil {
		l.claims(claims)
	}
	signed := part(header) + "." + part(claims)
	sign := l.sign
	if sign == nil {
		sign = signedBy(rsaKeys()[0])
	}
	return signed + "." + base64.RawURLEncoding.EncodeToString(sign(signed))
}

func part(value map[string]any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

func signedBy(key *rsa.PrivateKey) func(string) []byte {
	return func(signed string) []byte {
		hash := sha256.Sum256([]byte(signed))
		signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, hash[:])
		if err != nil {
			panic(err)
		}
		return signature
	}
}

func sharedSecret(secret []byte) func(string) []byte {
	return func(signed string) []byte {
		mac := hmac.New(sha256.New, secret)
		mac.Write([]byte(signed))
		return mac.Sum(nil)
	}
}

// begin presses the button and returns the provider's address.
func begin(b *browser, next string) string {
	b.Site.T.Helper()
	w := b.Get("/en/sign-in/provider?" + url.Values{"next": {next}}.Encode())
	if w.Code != http.StatusSeeOther {
		b.Site.T.Fatalf("the sign-in does not begin: %d %s", w.Code, w.Body)
	}
	return w.Header().Get("Location")
}

// comeBack brings the provider's answer.
func comeBack(b *browser, answer ...string) *httptest.ResponseRecorder {
	b.Site.T.Helper()
	query := url.Values{}
	for i := 0; i+1 < len(answer); i += 2 {
		query.Set(answer[i], answer[i+1])
	}
	return b.Get(CallbackPath + "?" + query.Encode())
}

// visit goes the whole way to the provider and back.
func (l *liar) visit(b *browser) *httptest.ResponseRecorder {
	l.T.Helper()
	code, state := l.authorize(begin(b, ""))
	return comeBack(b, "code", code, "state", state)
}
