package main

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// honestProvider is an identity provider that knows one planner. What a provider may lie about is tested beside the accounts.
func honestProvider(t *testing.T) string {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	encode := base64.RawURLEncoding.EncodeToString
	answer := func(w http.ResponseWriter, value any) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(value)
	}
	issuer, mux := "", http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]string{
			"issuer": issuer, "authorization_endpoint": issuer + "/authorize", "token_endpoint": issuer + "/token", "jwks_uri": issuer + "/keys",
		})
	})
	mux.HandleFunc("GET /authorize", func(w http.ResponseWriter, r *http.Request) {
		asked := r.URL.Query() // the code is the nonce, so that nothing need be remembered
		back := asked.Get("redirect_uri") + "?" + url.Values{"code": {asked.Get("nonce")}, "state": {asked.Get("state")}}.Encode()
		http.Redirect(w, r, back, http.StatusSeeOther)
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]any{"keys": []any{map[string]string{
			"kty": "RSA", "kid": "1", "n": encode(key.N.Bytes()), "e": encode(big.NewInt(int64(key.E)).Bytes()),
		}}})
	})
	mux.HandleFunc("POST /token", func(w http.ResponseWriter, r *http.Request) {
		claims, _ := json.Marshal(map[string]any{
			"iss": issuer, "sub": "1", "aud": "mirsad", "nonce": r.FormValue("code"), "iat": now(t).Unix(), "exp": now(t).Add(time.Minute).Unix(),
			"name": "Noor of the Provider", "groups": []string{"planners"},
		})
		signed := encode([]byte(`{"alg":"RS256","kid":"1"}`)) + "." + encode(claims)
		hash := sha256.Sum256([]byte(signed))
		signature, _ := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, hash[:])
		answer(w, map[string]any{"access_token": "a", "token_type": "Bearer", "id_token": signed + "." + encode(signature)})
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	issuer = strings.Replace(server.URL, "127.0.0.1", "localhost", 1) // another site than the program's, to a browser
	return issuer
}

// freePort is an address that the program can be told before it starts: the provider must know it.
func freePort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().String()
}

// TestOIDCInABrowser goes to a provider on another site and back, where cookies and policies of a real browser decide.
func TestOIDCInABrowser(t *testing.T) {
	address := freePort(t)
	p := serveWith(t, t.TempDir(), []string{
		"MIRSAD_OIDC_ISSUER=" + honestProvider(t), "MIRSAD_OIDC_CLIENT_ID=mirsad", "MIRSAD_OIDC_CLIENT_SECRET=0123456789abcdef",
		"MIRSAD_OIDC_ROLES=planner=planners", "MIRSAD_LISTEN=" + address, "MIRSAD_BASE_URL=http://" + address,
	})
	b := openBrowser(t, p.service.URL)
	var name, place string
	b.run(
		chromedp.Navigate(p.service.URL+"/ar/account"), // asks to sign in, and is come back to
		chromedp.Click("a.go"),
		chromedp.WaitVisible("#sessions"),
		chromedp.Text(".top__person .person", &name),
		chromedp.Location(&place),
	)
	if name != "Noor of the Provider" || place != p.service.URL+"/ar/account" {
		t.Errorf("%q at %s", name, place)
	}
	for _, fault := range b.takeFaults() {
		if !strings.Contains(fault, "localhost") {
			t.Error(fault)
		}
	}
	if found := b.axe(); len(found) > 0 {
		t.Errorf("the account's page: %v", found)
	}
	if out := p.must("user", "list"); !strings.Contains(out, "oidc:") || !strings.Contains(out, "planner") {
		t.Errorf("listed as %s", out)
	}
}
