package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/programme"
	"mirsad/internal/token"
	"mirsad/web/office"
	"mirsad/web/signin"
)

const (
	newToken  = "0123456789abcdef01"
	newBearer = newToken + ".a-secret-of-forty-three-characters-or-so"
)

// tokenEnds is when new tokens expire.
var tokenEnds = time.Date(2016, 12, 31, 9, 0, 0, 0, time.UTC)

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
		{
			State: token.Alive,
			Token: token.Token{
				ID: "t-alive", Scopes: []access.Scope{access.ScopeEvents, access.ScopePlan}, Entity: "e08",
				RotatedFrom: "t-rotated",
			},
		},
		{
			State: token.Alive,
			Token: token.Token{ID: "t-rotated", Scopes: []access.Scope{access.ScopeRead}, RotatedTo: "t-alive"},
		},
		{
			State: token.Revoked,
			Token: token.Token{ID: "t-revoked", Scopes: []access.Scope{access.ScopeAdmin}, RevokedAt: at},
		},
	}
	for i, reason := range []programme.TokenRefusal{
		programme.TokenWrongSecret, programme.TokenExpired, programme.TokenRevoked, programme.TokenForbidden,
		programme.TokenOtherEntity,
	} {
		list = append(list, token.Listed{
			Token: token.Token{ID: fmt.Sprint("t-expired-", i), Scopes: []access.Scope{access.ScopeReview}},
			State: token.Expired,
			Use:   programme.TokenUse{LastUsed: at, LastRefused: at, Reason: reason},
		})
	}
	for i := range list {
		list[i].CreatedAt, list[i].CreatedBy, list[i].ExpiresAt = at, "user/"+hostile[2], at.AddDate(0, 3, 0)
	}
	return cut(b.bureau, list)
}

func (b tokenBureau) Issue(
	_ context.Context, scopes []access.Scope, entity string, days int,
) (string, token.Token, error) {
	return newBearer, token.Token{ID: newToken, ExpiresAt: tokenEnds}, b.note("issue", fmt.Sprint(scopes), entity,
		strconv.Itoa(days))
}

func (b tokenBureau) Replace(_ context.Context, id string, days, overlap int) (token.Rotation, error) {
	rotation := token.Rotation{
		Bearer: newBearer, Old: token.Token{ID: id, ExpiresAt: tokenEnds},
		New: token.Token{ID: newToken, ExpiresAt: tokenEnds},
	}
	return rotation, b.note("rotate", id, strconv.Itoa(days), strconv.Itoa(overlap))
}

func (b tokenBureau) Revoke(_ context.Context, id string) (token.Token, error) {
	return token.Token{ID: id}, b.note("revoke", id)
}

func TestTokensAreListed(t *testing.T) {
	t.Parallel()
	server, _ := bureauSite(t, administrator)
	for _, each := range []struct {
		language, lead, all, never, replaced, replaces, revoked, open string
		columns, scopes, reasons                                      []string
	}{
		{
			"en", "2 tokens are in force.", "All entities", "Never", "In force replaced by t-alive",
			"In force replaces t-rotated",
			"Revoked 5 October 2016, 14:05", "Rotate or revoke",
			[]string{
				"Token", "What it may do", "Entity", "Created", "Expires", "State", "Last used", "Last refused",
				"Change",
			},
			[]string{"Send events, Send plans", "Read figures", "Administration"},
			[]string{"wrong secret", "expired", "revoked", "not within its scopes", "another entity's data"},
		},
		{
			"ar", "رمزا وصول ساريان.", "كل الجهات", "لا يوجد", "سارٍ حلّ محله t-alive", "سارٍ بديل عن t-rotated",
			"أُلغي في 5 أكتوبر 2016، الساعة 14:05", "استبدال أو إلغاء",
			[]string{"رمز الوصول", "صلاحياته", "الجهة", "أُنشئ", "ينتهي", "الحالة", "آخر استخدام", "آخر رفض", "تعديل"},
			[]string{"إرسال الأحداث، إرسال الخطط", "قراءة الأرقام", "الإدارة"},
			[]string{"الجزء السري من رمز الوصول غير صحيح", "انتهت مدته", "ملغى", "خارج صلاحياته", "بيانات جهة أخرى"},
		},
	} {
		list := see(t, server, "/"+each.language+"/tokens").is(http.StatusOK).says("p.lead", each.lead).
			says("thead th", each.columns...)
		list.says("tbody th", "t-alive", "t-rotated", "t-revoked", "t-expired-0", "t-expired-1", "t-expired-2",
			"t-expired-3", "t-expired-4")
		list.says("tbody tr:nth-child(-n+3) td:nth-of-type(1)", each.scopes...)
		list.says("tbody tr:nth-child(-n+3) td:nth-of-type(5)", each.replaces, each.replaced, each.revoked)
		list.says("tbody tr:nth-child(2) td:nth-of-type(2)", each.all).
			says("tbody tr:nth-child(2) td:nth-of-type(6)", each.never)
		list.says("tbody td:nth-of-type(7) .muted", each.reasons...).says("tbody a", each.open, each.open)
		list.says("tbody tr:first-child td:nth-of-type(3) .muted", "user/"+hostile[2])
		list.has(`tbody a[href="/`+each.language+`/tokens?token=t-alive#token"]`, `!tbody a[href*="t-revoked"]`,
			"!#token")
		if kept := list.Header.Get("Cache-Control"); kept != "no-store" {
			list.fails("it is kept as %q", kept)
		}
	}
	see(t, server, "/en/tokens").
		says("tbody tr:first-child td:nth-of-type(2)", "Ministry of Transport and Communications").
		says("tbody tr:first-child td:nth-of-type(4)", "5 January 2017, 14:05").
		says("nav.sorts [aria-current=page]", "Tokens")
}

func TestTokensAreFoundNoneAndOne(t *testing.T) {
	t.Parallel()
	server, office := bureauSite(t, administrator)
	for search, found := range map[string][]string{
		"t-rev": {"t-revoked"}, "send PLANS": {"t-alive"}, "e08": {"t-alive"}, "transport": {"t-alive"}, "zzz": nil,
		"in force": {"t-alive", "t-rotated"}, "all entities, administration": nil,
	} {
		list := see(t, server, "/en/tokens?q="+url.QueryEscape(search)).says("tbody th", found...)
		list.holds("form[role=search] [name=q]", search).says("p.lead", "2 tokens are in force.")
		if found == nil {
			list.says("p.nothing", "There are no tokens to show.").has("!table", "#new")
		}
	}
	office.rows = new(1)
	see(t, server, "/en/tokens").says("p.lead", "1 token is in force.").says("tbody th", "t-alive")
	office.rows = new(0)
	see(t, server, "/ar/tokens").says("p.lead", "لا توجد رموز وصول سارية.").says("p.nothing", "لا توجد رموز وصول لعرضها.")
	office.away = programme.ErrUnavailable
	see(t, server, "/en/tokens").is(http.StatusServiceUnavailable).has("!table", "!#new")
}

func TestTheFormsOfTokens(t *testing.T) {
	t.Parallel()
	server, _ := bureauSite(t, administrator)
	for _, each := range []struct {
		language                string
		opened, labels, choices []string
		hint, overlap           string
	}{
		{
			"en",
			[]string{"Valid for (days)", "Days the old token stays valid alongside it"},
			[]string{
				"Send events", "Send plans", "Read figures", "Review", "Administration", "Entity", "Valid for (days)",
			},
			[]string{"events", "plan", "read", "review", "admin"},
			"A token for events or plans is bound to one entity, one for administration to none.",
			"Never past its own expiry; 0 ends it now.",
		},
		{
			"ar",
			[]string{"مدة رمز الوصول بالأيام", "الأيام التي يبقى فيها رمز الوصول القديم ساريًا إلى جانبه"},
			[]string{
				"إرسال الأحداث", "إرسال الخطط", "قراءة الأرقام", "المراجعة", "الإدارة", "الجهة", "مدة رمز الوصول بالأيام",
			},
			[]string{"events", "plan", "read", "review", "admin"},
			"رمز الأحداث أو الخطط يخص جهة واحدة، ورمز الإدارة لا يخص جهة بعينها.",
			"لا تتجاوز تاريخ انتهائه الأصلي؛ والقيمة 0 تُنهيه فورًا.",
		},
	} {
		at := "/" + each.language + "/tokens"
		opened := see(t, server, at+"?token=t-alive").is(http.StatusOK).
			says("section[aria-labelledby=token] label", each.opened...)
		opened.says("section[aria-labelledby=new] label", each.labels...).says("#new-entity-hint", each.hint)
		opened.says("#token-overlap-hint", each.overlap)
		opened.holds("#token-days", "90", "#token-overlap", "7", "#new-days", "90", "#new-entity", "")
		opened.holds(`form[action="`+at+`/rotate"] [name=token]`, "t-alive",
			`form[action="`+at+`/revoke"] [name=token]`, "t-alive")
		for i, scope := range each.choices {
			opened.holds("[name=scopes][value="+scope+"]", "").says("label:has([value="+scope+"])", each.labels[i])
		}
		see(t, server, at+"?token=t-rotated").has(`!form[action="`+at+`/rotate"]`, `form[action="`+at+`/revoke"]`)
		for _, ended := range []string{"t-revoked", "t-expired-0", "nobody", ""} {
			see(t, server, at+"?token="+ended).is(http.StatusOK).has("!#token", "#new")
		}
	}
	see(t, server, "/en/tokens?token=t-rotated").
		says("section[aria-labelledby=token] > p", "This token has been rotated already: rotate its successor.")
	see(t, server, "/ar/tokens?token=t-rotated").
		says("section[aria-labelledby=token] > p", "استُبدل رمز الوصول هذا من قبل: استبدل رمز الوصول الذي حلّ محله.")
	audited, _ := bureauSite(t, auditor)
	see(t, audited, "/en/tokens?token=t-alive").
		has("!main form[method=post]", "!#token", "!#new", "!tbody a", "tbody tr:nth-child(8)")
}
