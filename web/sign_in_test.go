package web

import (
	"errors"
	"net/http"
	"net/url"
	"testing"

	"mirsad/internal/account"
	"mirsad/internal/programme"
)

// signingIn is the form of the sign-in page as a browser sends it.
func signingIn(next string) url.Values {
	return url.Values{"email": {"minister@example.org"}, "password": {"a long passphrase"}, "next": {next}}
}

func TestTheSignInPage(t *testing.T) {
	t.Parallel()
	server := siteOf(t, fixed{figures: fixture()}, nil, &people{})
	for _, each := range []struct {
		language, heading, text, button string
		labels                          []string
	}{
		{
			"en", "Sign in", "Only people of the programme can see the figures.", "Sign in",
			[]string{"E-mail", "Password"},
		},
		{
			"ar", "تسجيل الدخول", "تُعرض الأرقام للمعنيين بالبرنامج فقط.", "دخول",
			[]string{"البريد الإلكتروني", "كلمة المرور"},
		},
	} {
		at := "/" + each.language + "/sign-in"
		form := see(t, server, at).is(http.StatusOK).says("h1", each.heading).says("main p", each.text)
		form.says("main label", each.labels...).says("main button", each.button).
			holds("[name=email]", "", "[name=password]", "", "[name=next]", "")
		form.has(`main form[method=post][action="`+at+`"]`, "[name=email][type=email][autocomplete=username][required]",
			"[name=password][type=password][autocomplete=current-password][required]", "!main details", "!a.go",
			"![role=alert]",
			"!nav.menu", "!header form", "!aside.stamp")
	}
	see(t, server, "/en/sign-in").has(`header a[hreflang=ar][href="/ar/sign-in"]`)
	next := see(t, server, "/en/sign-in?next=%2Fen%2Fusage%3Fon%3D2016-06-30").
		holds("[name=next]", "/en/usage?on=2016-06-30")
	next.has(`header a[hreflang=ar][href="/ar/sign-in?next=%2Fen%2Fusage%3Fon%3D2016-06-30"]`)
	see(t, server, "/ar/sign-in?next="+url.QueryEscape(hostile[0])).holds("[name=next]", hostile[0])
}

func TestTheProviderStandsFirst(t *testing.T) {
	t.Parallel()
	for _, each := range []struct {
		ways                        account.Ways
		language, provider, summary string
	}{
		{
			account.Ways{Provider: true},
			"en", "Sign in with your government account",
			"Sign in with a password of this system",
		},
		{account.Ways{Provider: true}, "ar", "الدخول بالحساب الحكومي", "الدخول بكلمة مرور خاصة بهذا النظام"},
		{
			account.Ways{Provider: true, OnlyAdminsLocally: true},
			"en", "Sign in with your government account",
			"Administrators: sign in with a password of this system",
		},
		{
			account.Ways{Provider: true, OnlyAdminsLocally: true},
			"ar", "الدخول بالحساب الحكومي",
			"لمديري النظام: الدخول بكلمة مرور خاصة بهذا النظام",
		},
	} {
		server := siteOf(t, fixed{figures: fixture()}, nil, &people{ways: each.ways})
		at := "/" + each.language + "/sign-in"
		both := see(t, server, at+"?next=/en/usage").is(http.StatusOK).says("a.go", each.provider).
			says("summary", each.summary)
		both.has(`a.go[href="`+at+`/provider?next=%2Fen%2Fusage"]`, "p:has(a.go) ~ details form [name=password]",
			"!details[open]")
		see(t, server, at).has(`a.go[href="` + at + `/provider"]`)
		wrong := fill(t, server, at,
			url.Values{"email": {"x@example.org"}, "password": {"wrong"}, "next": {"/en/usage"}})
		wrong.is(http.StatusUnauthorized).
			has("details[open] [name=email]", `a.go[href="`+at+`/provider?next=%2Fen%2Fusage"]`)
	}
}

func TestTheWayToTheProviderAndBack(t *testing.T) {
	t.Parallel()
	accounts := &people{ways: account.Ways{Provider: true}}
	server := siteOf(t, fixed{figures: fixture()}, nil, accounts)
	out := see(t, server, "/en/sign-in/provider?next=/en/usage").leadsTo("https://id.example/authorize?next=/en/usage")
	back := see(t, server, account.CallbackPath+"?code=a&state=b").leadsTo("/ar/usage")
	if out.Header.Get("Cache-Control") != "no-store" || back.Header.Get("Cache-Control") != "no-store" {
		t.Error("the way to the provider is kept")
	}
	for _, each := range []struct {
		err         error
		status      int
		there, back string // on the way there in English, on the way back in the language that the person left in
	}{
		{
			account.ErrNoRole, 403,
			"Your account is known but has no role in this programme. Ask the programme office for one.",
			"حسابك معروف، لكن ليس لك دور في هذا البرنامج. اطلب دورًا من مكتب البرنامج.",
		},
		{
			account.ErrProviderStale, 403, "This sign-in has ended, or was begun in another browser. Begin again here.",
			"انتهت محاولة الدخول هذه أو بدأت في متصفح آخر. ابدأ من جديد هنا.",
		},
		{
			account.ErrProviderRefused, 403,
			"The identity provider’s answer was not accepted. Sign in again; if it happens again, " +
				"tell the programme office.",
			"لم يُقبل رد مزوّد الهوية. سجّل الدخول مرة أخرى، وإن تكرر ذلك فأبلغ مكتب البرنامج.",
		},
		{
			account.ErrProviderDenied, 403, "You were not signed in at the identity provider. Try again.",
			"لم يكتمل تسجيل دخولك لدى مزوّد الهوية. حاول مرة أخرى.",
		},
		{
			account.ErrAccountDisabled, 403, "Your access to this programme has been closed. Ask the programme office.",
			"أُلغيت صلاحية دخولك إلى هذا البرنامج. راجع مكتب البرنامج.",
		},
		{
			programme.ErrUnavailable, 503, "Signing in is not possible at the moment. Try again shortly.",
			"تسجيل الدخول غير متاح حاليًا. حاول مرة أخرى بعد قليل.",
		},
	} {
		accounts.err = each.err
		there := see(t, server, "/en/sign-in/provider?next=/en/usage").is(each.status).says("[role=alert]", each.there)
		there.has("html[lang=en][dir=ltr]", "a.go", "details:not([open])").holds("[name=next]", "/en/usage")
		back := see(t, server, account.CallbackPath+"?code=a&state=b").is(each.status).says("[role=alert]", each.back)
		back.has("html[lang=ar][dir=rtl]", `main form[action="/ar/sign-in"]`).holds("[name=next]", "/ar/usage")
	}
	accounts.err = errors.New("a pipe broke")
	see(t, server, "/en/sign-in/provider").is(http.StatusInternalServerError).says("h1", "Something went wrong").
		has("main code", `!main :contains("pipe")`, `main a[href="/en/sign-in"]`)
}

func TestSignInLeadsOnWithinTheSite(t *testing.T) {
	t.Parallel()
	server := site(t, fixed{figures: fixture()}, nil)
	for next, want := range map[string]string{
		"/en/usage?on=2016-06-30": "/en/usage?on=2016-06-30", "": "/ar/", "https://evil.example/": "/ar/",
		"//evil.example": "/ar/",
		`/\evil.example`: "/ar/", "javascript:alert(1)": "/ar/", "en/usage": "/ar/",
	} {
		fill(t, server, "/ar/sign-in", signingIn(next)).leadsTo(want)
	}
	fill(t, server, "/en/sign-out", nil).leadsTo("/en/sign-in")
	fill(t, server, "/ar/sign-out", nil).leadsTo("/ar/sign-in")
}

func TestARefusedSignInKeepsTheAddressAndNoPassword(t *testing.T) {
	t.Parallel()
	accounts := &people{}
	server := siteOf(t, fixed{figures: fixture()}, nil, accounts)
	const failed, failedAr = "The e-mail address or password is wrong. Check both and try again.",
		"عنوان البريد الإلكتروني أو كلمة المرور غير صحيحة. تحقق منهما وحاول مرة أخرى."
	for _, each := range []struct {
		err          error
		status       int
		text, arabic string
	}{
		{nil, 401, failed, failedAr}, // a wrong password
		{programme.ErrForbidden, 401, failed, failedAr},
		{programme.ErrNotFound, 401, failed, failedAr}, // whether there is such an account is not said
		{programme.ErrInvalid, 401, failed, failedAr},
		{account.ErrSignInRefused, 401, failed, failedAr},
		{
			account.ErrTooManyAttempts, 429, "Too many attempts. Wait a little, then try again.",
			"محاولات كثيرة. انتظر قليلًا ثم حاول مرة أخرى.",
		},
	} {
		accounts.err = each.err
		for language, text := range map[string]string{"en": each.text, "ar": each.arabic} {
			form := url.Values{"email": {hostile[0]}, "password": {"a wrong passphrase"}, "next": {"/en/usage"}}
			refused := fill(t, server, "/"+language+"/sign-in", form).is(each.status).says("[role=alert]", text)
			refused.holds("[name=email]", hostile[0], "[name=password]", "", "[name=next]", "/en/usage")
			refused.has(`![value*="a wrong passphrase"]`)
		}
	}
	accounts.err = programme.ErrUnavailable
	fill(t, server, "/en/sign-in", signingIn("")).is(http.StatusServiceUnavailable).
		says("h1", "Not available at the moment")
	fill(t, server, "/ar/sign-out", nil).is(http.StatusServiceUnavailable).says("h1", "غير متاح حاليًا")
}

func TestFormsOfOtherSitesSignNobodyIn(t *testing.T) {
	t.Parallel()
	server, d := landing(t)
	for _, header := range [][]string{{"Origin", "https://evil.example"}, {"Sec-Fetch-Site", "cross-site"}} {
		for _, path := range []string{"/en/sign-in", "/en/sign-out", "/ar/link/plan.secret"} {
			answer, _ := postForm(t, server, path, signingIn(""), header...)
			if answer.StatusCode != http.StatusForbidden {
				t.Errorf("%s with %v: %d", path, header, answer.StatusCode)
			}
		}
	}
	if decided := d.took(); decided != "" {
		t.Errorf("another site's form did %q", decided)
	}
}
