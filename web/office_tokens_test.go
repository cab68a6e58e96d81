package web

import (
	"net/http"
	"net/url"
	"testing"

	"mirsad/internal/programme"
	"mirsad/internal/token"
)

// newTokenForm is the form for another token as a browser sends it.
func newTokenForm() url.Values {
	return url.Values{"scopes": {"events", "plan"}, "entity": {"e01"}, "days": {"٩٠"}}
}

// rotateForm is the form that replaces a token.
func rotateForm() url.Values {
	return url.Values{"token": {"t-alive"}, "days": {" 30"}, "overlap": {"0"}}
}

func TestABearerIsShownOnceAndInNoAddress(t *testing.T) {
	t.Parallel()
	server, office := bureauSite(t, administrator)
	const once = "It is shown only once: copy it now and pass it on securely. It is in force until 31 " +
		"December 2016, 12:00."
	const onceAr = "يُعرض هذه المرة فقط: انسخه الآن وسلّمه بطريقة آمنة. يسري حتى 31 ديسمبر 2016، الساعة 12:00."
	for _, each := range []struct {
		path                   string
		form                   url.Values
		decided, heading, text string
	}{
		{"/en/tokens", newTokenForm(), "issue [events plan] e01 90", "The new token " + newToken, once},
		{"/ar/tokens", newTokenForm(), "issue [events plan] e01 90", "رمز الوصول الجديد " + newToken, onceAr},
		{
			"/en/tokens/rotate", rotateForm(), "rotate t-alive 30 0", "The new token " + newToken,
			once + " The old token t-alive ends 31 December 2016, 12:00.",
		},
		{
			"/ar/tokens/rotate", rotateForm(), "rotate t-alive 30 0", "رمز الوصول الجديد " + newToken,
			onceAr + " ينتهي رمز الوصول القديم t-alive في 31 ديسمبر 2016، الساعة 12:00.",
		},
	} {
		made := fill(t, server, each.path, each.form).is(http.StatusCreated).says("p.secret code", newBearer)
		made.says("#once", each.heading).says("section[aria-labelledby=once] > p:last-child", each.text)
		made.has(`![href*="`+newBearer+`"]`, `![value*="`+newBearer+`"]`, "!#token", "!form.stack .flag")
		made.holds("#new-days", "90", "#new-entity", "", "[name=scopes][value=events]", "") // for the next
		if kept, to := made.Header.Get("Cache-Control"), made.Header.Get("Location"); kept != "no-store" || to != "" {
			made.fails("kept as %q, at %q", kept, to)
		}
		if decided := office.took(); decided != each.decided {
			made.fails("decided is %q", decided)
		}
		see(t, server, each.path[:3]+"/tokens").has("!.secret", "!#once")
	}
}

func TestARevokedTokenIsSaid(t *testing.T) {
	t.Parallel()
	server, office := bureauSite(t, administrator)
	for language, notice := range map[string]string{"en": "The token is revoked.", "ar": "أُلغي رمز الوصول."} {
		at := "/" + language + "/tokens"
		fill(t, server, at+"/revoke", url.Values{"token": {"t-alive"}}).leadsTo(at + "?done=revoked")
		if decided := office.took(); decided != "revoke t-alive" {
			t.Errorf("decided is %q", decided)
		}
		see(t, server, at+"?done=revoked").says("main [role=status]", notice).has("!#token")
		see(t, server, at+"?done=issued").has("!main [role=status]")
	}
}

func TestAFaultOfANewTokenIsBesideItsField(t *testing.T) {
	t.Parallel()
	server, office := bureauSite(t, administrator)
	sent := url.Values{"scopes": {"read", "review"}, "entity": {"e03"}, "days": {"many"}}
	for _, each := range []struct {
		err                 error
		field, text, arabic string
	}{
		{token.ErrScopes, "scopes", "Choose what the token may do.", "اختر صلاحيات رمز الوصول."},
		{
			token.ErrEntity, "new-entity", "A token for events or plans is bound to one entity: choose it.",
			"رمز الأحداث أو الخطط يخص جهة واحدة: اخترها.",
		},
		{
			token.ErrWhole, "new-entity", "A token for administration acts for all entities: choose none.",
			"رمز الإدارة يعمل لكل الجهات: لا تختر جهة.",
		},
		{token.ErrLife, "new-days", "A token can be valid for 1 to 732 days.", "مدة رمز الوصول من يوم واحد إلى 732 يومًا."},
	} {
		office.refusal = each.err
		for language, text := range map[string]string{"en": each.text, "ar": each.arabic} {
			refused := fill(t, server, "/"+language+"/tokens", sent).is(http.StatusUnprocessableEntity)
			refused.says("#"+each.field+"-fault", text).says("form.stack .flag", text)
			refused.holds("#new-entity", "e03", "#new-days", "many", "[name=scopes][value=read]", "read",
				"[name=scopes][value=review]", "review", "[name=scopes][value=admin]", "")
			refused.has(`[aria-describedby~="`+each.field+`-fault"]`, "!.secret", "!#token")
		}
	}
	office.refusal = nil
	unheard := url.Values{"scopes": {"read"}, "entity": {"unheard-of"}, "days": {"1"}}
	fill(t, server, "/en/tokens", unheard).is(http.StatusUnprocessableEntity).has(faulty("entity", "new-entity"))
	if decided := office.took(); decided != "" {
		t.Errorf("decided is %q", decided)
	}
}

func TestAFaultOfARotationIsInItsFormAlone(t *testing.T) {
	t.Parallel()
	server, office := bureauSite(t, administrator)
	sent := url.Values{"token": {"t-alive"}, "days": {"30"}, "overlap": {"x"}}
	for _, each := range []struct {
		err                 error
		field, text, arabic string
	}{
		{
			token.ErrOverlap, "overlap", "The old token can stay valid for 0 to 732 days.",
			"يمكن أن يبقى رمز الوصول القديم ساريًا من 0 إلى 732 يومًا.",
		},
		{token.ErrLife, "days", "A token can be valid for 1 to 732 days.", "مدة رمز الوصول من يوم واحد إلى 732 يومًا."},
	} {
		office.refusal = each.err
		for language, text := range map[string]string{"en": each.text, "ar": each.arabic} {
			refused := fill(t, server, "/"+language+"/tokens/rotate", sent).is(http.StatusUnprocessableEntity)
			refused.says("#token-"+each.field+"-fault", text).says("form.stack .flag", text).
				has(faulty(each.field, "token-"+each.field))
			refused.holds("#token-days", "30", "#token-overlap", "x", "#new-days", "90",
				`form[action$="/rotate"] [name=token]`, "t-alive")
		}
	}
}

func TestWhatIsRefusedOfATokenAsAWhole(t *testing.T) {
	t.Parallel()
	server, office := bureauSite(t, administrator)
	for _, each := range []struct {
		err          error
		status       int
		text, arabic string
	}{
		{
			programme.ErrAlreadyDecided, 409, "This token was rotated or changed meanwhile. Check the list again.",
			"استُبدل رمز الوصول هذا أو عُدّل في هذه الأثناء. راجع القائمة من جديد.",
		},
		{
			programme.ErrInvalid, 422, "This token is revoked or has expired. Create a new one.",
			"رمز الوصول هذا ملغى أو انتهت مدته. أنشئ رمز وصول جديدًا.",
		},
	} {
		office.refusal = each.err
		for language, text := range map[string]string{"en": each.text, "ar": each.arabic} {
			for _, path := range []string{"/tokens/rotate", "/tokens/revoke"} {
				fill(t, server, "/"+language+path, rotateForm()).is(each.status).says("main [role=alert] p", text).
					has("!.secret", "!form.stack .flag", "table")
			}
		}
	}
	for err, status := range map[error]int{programme.ErrNotFound: 404, programme.ErrUnavailable: 503} {
		office.refusal = err
		for _, path := range []string{"/tokens", "/tokens/rotate", "/tokens/revoke"} {
			fill(t, server, "/en"+path, rotateForm()).is(status).has("!.secret", "!form.stack")
		}
	}
}
