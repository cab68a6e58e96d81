package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/programme"
	"mirsad/internal/token"
	"mirsad/web/office"
	"mirsad/web/signin"
)

const newBearer = "0123456789abcdef01.a-secret-of-forty-three-characters-or-so"

// tokenBureau is the tokens of a bureau.
type tokenBureau struct{ *bureau }

// tokensOf are the tokens beside the office of a test's accounts.
func tokensOf(accounts signin.Accounts) office.Tokens {
	switch own := accounts.(type) {
	case *desk:
		return tokenBureau{own.bureau}
	case *bureau:
		return tokenBureau{own}
	default:
		return tokenBureau{&bureau{}}
	}
}

func (b tokenBureau) InUse(context.Context) ([]token.Listed, error) {
	at := time.Date(2016, 10, 5, 11, 5, 0, 0, time.UTC)
	list := []token.Listed{
		{Token: token.Token{ID: "t-alive", Scopes: []access.Scope{access.ScopeEvents, access.ScopePlan}, Entity: "e08"}, State: token.Alive},
		{Token: token.Token{ID: "t-rotated", Scopes: []access.Scope{access.ScopeRead}, RotatedTo: "t-alive"}, State: token.Alive},
		{Token: token.Token{ID: "t-revoked", Scopes: []access.Scope{access.ScopeAdmin}, RevokedAt: at}, State: token.Revoked},
	}
	for i, reason := range []programme.TokenRefusal{
		programme.TokenWrongSecret, programme.TokenExpired, programme.TokenRevoked, programme.TokenForbidden, programme.TokenOtherEntity,
	} {
		list = append(list, token.Listed{
			Token: token.Token{ID: fmt.Sprint("t-expired-", i), Scopes: []access.Scope{access.ScopeReview}}, State: token.Expired,
			Use: programme.TokenUse{LastUsed: at, LastRefused: at, Reason: reason},
		})
	}
	for i := range list {
		list[i].CreatedAt, list[i].CreatedBy, list[i].ExpiresAt = at, "user/admin@example.org", at.AddDate(0, 3, 0)
	}
	return list, nil
}

func (b tokenBureau) Issue(_ context.Context, scopes []access.Scope, entity string, days int) (string, token.Token, error) {
	return newBearer, token.Token{ID: "0123456789abcdef01"}, b.note("issue", fmt.Sprint(scopes), entity, strconv.Itoa(days))
}

func (b tokenBureau) Replace(_ context.Context, id string, days, overlap int) (token.Rotation, error) {
	return token.Rotation{Bearer: newBearer, Old: token.Token{ID: id}, New: token.Token{ID: "0123456789abcdef01"}}, b.note("rotate", id, strconv.Itoa(days), strconv.Itoa(overlap))
}

func (b tokenBureau) Revoke(_ context.Context, id string) (token.Token, error) {
	return token.Token{ID: id}, b.note("revoke", id)
}

func TestTokensAreListed(t *testing.T) {
	t.Parallel()
	server, _ := bureauSite(t, administrator)
	wants(t, server, "/en/tokens", "2 tokens are in force", "Send events, Send plans", "Ministry of Transport", "All entities", "Revoked 5 October 2016, 14:05",
		"replaced by", "wrong secret", "another entity&#39;s data", "Never", `href="/en/tokens?token=t-alive#token"`, "!?token=t-revoked", `aria-current="page">Tokens`)
	wants(t, server, "/ar/tokens?q=t-rev", "t-revoked", "أُلغي في", "!t-alive")
	wants(t, server, "/en/tokens?token=t-alive", `action="/en/tokens/rotate"`, `action="/en/tokens/revoke"`, `value="90"`, `value="7"`)
	wants(t, server, "/en/tokens?token=t-rotated", "rotated already", `!action="/en/tokens/rotate"`, `action="/en/tokens/revoke"`)
	wants(t, server, "/en/tokens?token=t-revoked", `!id="token"`)
	wants(t, server, "/ar/tokens?done=revoked", `role="status"`, "أُلغي رمز الوصول.")
	audited, _ := bureauSite(t, auditor)
	wants(t, audited, "/en/tokens?token=t-alive", "t-alive", `!action="/en/tokens/`, `!name="scopes"`, "!Rotate or revoke")
}

func TestABearerIsShownOnceAndInNoAddress(t *testing.T) {
	server, office := bureauSite(t, administrator)
	for path, form := range map[string]url.Values{
		"/en/tokens":        {"scopes": {"events", "plan"}, "entity": {"e01"}, "days": {"٩٠"}},
		"/en/tokens/rotate": {"token": {"t-alive"}, "days": {" 30"}, "overlap": {"0"}},
	} {
		got, body := postForm(t, server, path, form)
		if got.StatusCode != http.StatusCreated || got.Header.Get("Cache-Control") != "no-store" || got.Header.Get("Location") != "" {
			t.Errorf("%s: %d %v", path, got.StatusCode, got.Header)
		}
		contains(t, path, body, "<code>"+newBearer+"</code>", "shown this once", `!="`+newBearer)
	}
	decided := office.took()
	if !strings.Contains(decided, "issue [events plan] e01 90") || !strings.Contains(decided, "rotate t-alive 30 0") {
		t.Errorf("decided is %q", decided)
	}
	wants(t, server, "/en/tokens", "!"+newBearer)
	got, _ := postForm(t, server, "/ar/tokens/revoke", url.Values{"token": {"t-alive"}})
	if got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != "/ar/tokens?done=revoked" || office.took() != "revoke t-alive" {
		t.Errorf("revoked: %d to %s", got.StatusCode, got.Header.Get("Location"))
	}
}

func TestATokensFaultStandsBesideItsField(t *testing.T) {
	server, office := bureauSite(t, administrator)
	fresh := url.Values{"scopes": {"read"}, "entity": {"e03"}, "days": {"many"}}
	old := url.Values{"token": {"t-alive"}, "days": {"30"}, "overlap": {"x"}}
	for _, each := range []struct {
		err    error
		path   string
		form   url.Values
		status int
		parts  []string
	}{
		{token.ErrScopes, "/en/tokens", fresh, 422, []string{`#scopes-fault`, `[name=scopes][value=read][checked]`, `#new-entity [value=e03][selected]`}},
		{token.ErrLife, "/ar/tokens", fresh, 422, []string{`#new-days-fault:contains("732")`, `#new-days[value=many]`}},
		{token.ErrWhole, "/en/tokens", fresh, 422, []string{faulty("entity", "new-entity")}},
		{nil, "/en/tokens", url.Values{"scopes": {"read"}, "entity": {"unheard-of"}, "days": {"1"}}, 422, []string{faulty("entity", "new-entity")}},
		{token.ErrOverlap, "/en/tokens/rotate", old, 422, []string{faulty("overlap", "token-overlap"), `#token-overlap[value=x]`, `#token-days[value="30"]`}},
		{programme.ErrAlreadyDecided, "/en/tokens/rotate", old, 409, []string{`[role=alert]:contains("meanwhile")`}},
		{programme.ErrNotFound, "/en/tokens/revoke", old, 404, nil},
	} {
		office.refusal = each.err
		got, body := postForm(t, server, each.path, each.form)
		if got.StatusCode != each.status || office.took() != "" {
			t.Errorf("%v: %d, want %d", each.err, got.StatusCode, each.status)
		}
		finds(t, each.path, body, each.parts...)
	}
}
