package main

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/programme"
	"mirsad/internal/token"
)

func TestTokenDays(t *testing.T) {
	for _, test := range []struct {
		text  string
		least int
		days  int // 0 and an error where it is refused
		fails bool
	}{
		{text: "90d", least: 1, days: 90},
		{text: "0d", days: 0},
		{text: "0d", least: 1, fails: true},
		{text: "-1d", fails: true},
		{text: "90", fails: true},
		{text: "d", fails: true},
		{text: "1h", fails: true},
		{text: "200000d", fails: true}, // more than a duration holds
	} {
		got, err := parseDays(test.text, test.least)
		if (err != nil) != test.fails || got != time.Duration(test.days)*24*time.Hour {
			t.Errorf("%q, at least %d: %s, %v", test.text, test.least, got, err)
		}
	}
}

func TestTokenInWords(t *testing.T) {
	at := time.Date(2016, time.September, 30, 8, 5, 59, 0, time.UTC)
	token := token.Token{
		ID: "a1", Hash: "never shown", Scopes: []access.Scope{access.ScopeEvents, access.ScopeRead}, Entity: "moi",
		CreatedAt: at, ExpiresAt: at.AddDate(0, 3, 0),
	}
	rotated, revoked, admin := token, token, token
	rotated.RotatedTo = "b2"
	revoked.Revoked, revoked.RevokedAt = true, at.AddDate(0, 1, 0)
	admin.Scopes, admin.Entity = []access.Scope{access.ScopeAdmin}, ""
	use := programme.TokenUse{LastUsed: at, LastRefused: at.Add(time.Hour), Reason: programme.TokenWrongSecret}
	const head = "a1 | events,read | moi | created 2016-09-30 | "
	for want, got := range map[string]listedToken{
		head + "expires 2016-12-30 | used never | refused never":                                             listToken(token, programme.TokenUse{}, at),
		head + "expires 2016-12-30, rotated to b2 | used 2016-09-30 08:05 UTC | refused never":               listToken(rotated, programme.TokenUse{LastUsed: at}, at),
		head + "expired 2016-12-30, rotated to b2 | used never | refused never":                              listToken(rotated, programme.TokenUse{}, at.AddDate(1, 0, 0)),
		head + "revoked 2016-10-30 | used 2016-09-30 08:05 UTC | refused 2016-09-30 09:05 UTC: wrong secret": listToken(revoked, use, at.AddDate(1, 0, 0)),
		"a1 | admin | (all entities) | created 2016-09-30 | expires 2016-12-30 | used never | refused never": listToken(admin, programme.TokenUse{}, at),
	} {
		if words := strings.Join(got.cells(), " | "); words != want {
			t.Errorf("\n got %s\nwant %s", words, want)
		}
	}
}

// status asks the server with a bearer.
func (p *program) status(ctx context.Context, bearer, path string) int {
	p.t.Helper()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.service.URL+path, http.NoBody)
	if err != nil {
		p.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+bearer)
	answer, err := p.client.Do(request)
	if err != nil {
		p.t.Fatal(err)
	}
	_ = answer.Body.Close()
	return answer.StatusCode
}

// awaitToken waits until the server has read what another process did to a token.
func (p *program) awaitToken(bearer string) {
	p.t.Helper()
	eventually(p.t, "the server to read of a token", func() bool {
		return p.status(p.t.Context(), bearer, "/openapi.json") != http.StatusUnauthorized
	})
}

// TestTokenCommands goes through a token's life with the true program: made, used, rotated, refused, listed.
func TestTokenCommands(t *testing.T) {
	t.Parallel()
	p := serve(t, t.TempDir())
	alone := func(args ...string) (bearer, id string) {
		t.Helper()
		out, words, code := runBeside(t, p.data, append([]string{"token"}, args...)...)
		id, _, found := strings.Cut(out, ".")
		if code != exitDone || !found || strings.Count(out, "\n") != 1 || strings.ContainsAny(strings.TrimSpace(out), " \t") {
			t.Fatalf("token %v: exit %d, %q is no bearer alone\n%s", args, code, out, words)
		}
		return strings.TrimSpace(out), id
	}
	bearer, id := alone("create", "--scope", "events", "--entity", "moi", "--expires", "30d")
	p.awaitToken(bearer)
	if got := p.status(t.Context(), bearer, "/v1/quarantine"); got != http.StatusOK {
		t.Fatalf("the token: %d", got)
	}
	successor, newID := alone("rotate", id, "--overlap", "2d")
	for _, each := range []string{successor, bearer} {
		p.awaitToken(each)
		if got := p.status(t.Context(), each, "/v1/quarantine"); got != http.StatusOK {
			t.Errorf("during the overlap: %d", got)
		}
	}
	if got := p.status(t.Context(), successor, "/v1/quarantine?entity=moj"); got != http.StatusForbidden {
		t.Errorf("another entity's refused rows: %d", got)
	}
	if out, words, code := runBeside(t, p.data, "token", "rotate", id); code != exitFailed || out != "" || !strings.Contains(words, newID) {
		t.Errorf("rotating twice: exit %d, %q, %q", code, out, words)
	}
	p.stop() // what it knows of the tokens' use is recorded then

	listed := listTokens(t, p.data)
	if len(listed) != 2 {
		t.Fatalf("%d tokens listed", len(listed))
	}
	old, found := listed[id]
	if !found || old.RotatedTo != newID || old.State != "alive" || old.LastUsed.IsZero() || !old.LastRefused.IsZero() ||
		old.ExpiresAt.Sub(old.CreatedAt).Round(time.Hour) != 2*24*time.Hour {
		t.Errorf("the old one: %+v", old)
	}
	replaced := listed[newID]
	if replaced.RotatedFrom != id || replaced.Entity != "moi" || !slices.Equal(replaced.Scopes, []access.Scope{access.ScopeEvents}) ||
		replaced.RefusedFor != programme.TokenOtherEntity || replaced.LastRefused.Before(replaced.LastUsed) ||
		replaced.ExpiresAt.Sub(replaced.CreatedAt).Round(time.Hour) != 90*24*time.Hour {
		t.Errorf("the successor: %+v", replaced)
	}
	out, _, code := runBeside(t, p.data, "token", "list")
	if code != exitDone || strings.Count(out, "\n") != 2 || !strings.Contains(out, "rotated to "+newID) || !strings.Contains(out, ": other entity") {
		t.Errorf("list: exit %d\n%s", code, out)
	}
}

// listTokens is token list --json, by id.
func listTokens(t *testing.T, data string) map[string]listedToken {
	t.Helper()
	out, words, code := runBeside(t, data, "token", "list", "--json")
	var tokens []listedToken
	if err := json.Unmarshal([]byte(out), &tokens); err != nil || code != exitDone || strings.Contains(out, "sha256") {
		t.Fatalf("exit %d, %v\n%s%s", code, err, out, words)
	}
	listed := map[string]listedToken{}
	for _, token := range tokens {
		listed[token.ID] = token
	}
	return listed
}
