package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/account"
	"mirsad/internal/programme"
)

// ownAccount is the pages as one person sees them, with the accounts that they change.
func ownAccount(t *testing.T) (*httptest.Server, *people) {
	t.Helper()
	accounts := &people{person: executive}
	accounts.person.Name = hostile[2]
	return siteOf(t, fixed{figures: fixture()}, &executive, accounts), accounts
}

// anotherPassword is the form that changes a password.
func anotherPassword() url.Values {
	return url.Values{"present": {"the old one"}, "new": {"a password of my own"}, "repeat": {"a password of my own"}}
}

func TestOnesOwnAccountInBothLanguages(t *testing.T) {
	t.Parallel()
	server, _ := ownAccount(t)
	for _, each := range []struct {
		language, role, date, current, end string
		headings, names, labels, columns   []string
	}{
		{
			"en", "Executive", "5 October 2016, ", "This session", "End session",
			[]string{"Your account", "Password", "Where you are signed in"},
			[]string{"Name", "E-mail", "Role"},
			[]string{"Current password", "New password", "Repeat the new password"},
			[]string{"Signed in", "Last used", "Ends if not used by", "End session"},
		},
		{
			"ar", "مسؤول تنفيذي", "5 أكتوبر 2016، الساعة ", "هذه الجلسة", "إنهاء الجلسة",
			[]string{"حسابك", "كلمة المرور", "الأماكن التي سجّلت الدخول منها"},
			[]string{"الاسم", "البريد الإلكتروني", "الدور"},
			[]string{"كلمة المرور الحالية", "كلمة المرور الجديدة", "تأكيد كلمة المرور الجديدة"},
			[]string{"وقت الدخول", "آخر استخدام", "تنتهي إن لم تُستخدم قبل", "إنهاء الجلسة"},
		},
	} {
		at := "/" + each.language + "/account"
		own := see(t, server, at).is(http.StatusOK).says("main h1, main h2", each.headings...).
			says("main dt", each.names...)
		own.says("main dd", hostile[2], "minister@example.org", each.role).says("main label", each.labels...)
		own.says("thead th", each.columns...).
			says("tbody tr:nth-child(2) td", each.date+"14:05", each.date+"16:05", each.end)
		own.says("tbody tr:first-child .tag", each.current).has("!tbody tr:first-child form")
		own.holds(`tbody form[method=post][action="`+at+`/sessions"] [name=session]`, "there")
		own.holds("[name=username]", "minister@example.org", "[name=present]", "", "[name=new]", "",
			"[name=repeat]", "")
		own.has(`form[method=post][action="`+at+`/password"]`,
			"[name=present][type=password][autocomplete=current-password]",
			"[name=new][type=password][minlength='12']", "!main [role=alert]", "!main [role=status]", "nav.menu")
		if kept := own.Header.Get("Cache-Control"); kept != "no-store" {
			own.fails("it is kept as %q", kept)
		}
	}
}

// A person of an agency reads the name of the entity, not its code.
func TestOnesOwnAccountNamesTheEntity(t *testing.T) {
	t.Parallel()
	agency := access.Principal{ID: "user/a@example.org", Name: "A", Role: access.RoleAgency, Entity: "e03"}
	server := siteOf(t, fixed{figures: fixture()}, &agency, &people{person: agency, entity: agency.Entity})
	for language, name := range map[string]string{"en": "Ministry of Municipality", "ar": "وزارة البلدية"} {
		own := see(t, server, "/"+language+"/account").is(http.StatusOK).has("!.stamp")
		if said := textOf(own.Find("main dl dd").Last()); !strings.HasPrefix(said, name) {
			own.fails("the entity is %q", said)
		}
	}
}

func TestAFirstPasswordIsChangedBeforeAnythingElse(t *testing.T) {
	t.Parallel()
	server, accounts := ownAccount(t)
	accounts.first = true
	for language, text := range map[string]string{
		"en": "Somebody else chose your password. Choose your own to continue.",
		"ar": "اختار شخص آخر كلمة مرورك. اختر كلمة مرور خاصة بك للمتابعة.",
	} {
		see(t, server, "/"+language+"/account").is(http.StatusOK).says("p.flag", text).has("!nav.menu", "[name=new]")
	}
}

func TestAPersonOfTheProviderHasNoPasswordHere(t *testing.T) {
	t.Parallel()
	server, accounts := ownAccount(t)
	accounts.issuer = "https://id.example"
	for language, text := range map[string]string{
		"en": "You sign in with your government account; its password is changed there.",
		"ar": "تسجّل الدخول بحسابك الحكومي، وتُغيَّر كلمة مروره هناك.",
	} {
		see(t, server, "/"+language+"/account").says("section[aria-labelledby=password] p", text).
			has("![type=password]", "tbody form")
	}
}

func TestAChangedPasswordIsSaidOnTheNextPage(t *testing.T) {
	t.Parallel()
	server, accounts := ownAccount(t)
	for language, notices := range map[string][2]string{
		"en": {"Your password was changed and all your other sessions have ended.", "The session has ended."},
		"ar": {"تم تغيير كلمة المرور، وأُنهيت جميع جلساتك الأخرى.", "أُنهيت الجلسة."},
	} {
		at := "/" + language + "/account"
		accounts.changed, accounts.ended = "", ""
		fill(t, server, at+"/password", anotherPassword()).leadsTo(at + "?done=password")
		see(t, server, at+"?done=password").says("main [role=status]", notices[0])
		fill(t, server, at+"/sessions", url.Values{"session": {"there"}}).leadsTo(at + "?done=session")
		see(t, server, at+"?done=session").says("main [role=status]", notices[1])
		if accounts.changed != "the old one to a password of my own" || accounts.ended != "there" {
			t.Errorf("changed %q, ended %q", accounts.changed, accounts.ended)
		}
	}
	see(t, server, "/en/account?done=<b>").is(http.StatusOK).has("!main [role=status]", "!main b")
}

func TestARefusedPasswordSaysWhyAndIsNotShown(t *testing.T) {
	t.Parallel()
	server, accounts := ownAccount(t)
	differ := anotherPassword()
	differ.Set("repeat", "another")
	for _, each := range []struct {
		err          error
		form         url.Values
		status       int
		text, arabic string
	}{
		{
			nil, differ, 422, "The two new passwords do not match.",
			"كلمتا المرور الجديدتان غير متطابقتين.",
		},
		{
			account.ErrPasswordWrong, anotherPassword(), 422, "The current password is wrong.",
			"كلمة المرور الحالية غير صحيحة.",
		},
		{
			account.ErrPasswordWeak, anotherPassword(), 422,
			"The new password is not accepted. Use at least 12 characters; do not use your name, " +
				"your e-mail address or one character repeated.",
			"كلمة المرور الجديدة غير مقبولة: يجب ألا تقل عن 12 حرفًا، وألا تكون اسمك أو بريدك " +
				"الإلكتروني أو حرفًا واحدًا مكررًا.",
		},
		{
			account.ErrPasswordSame, anotherPassword(), 422, "The new password is the same as the current one. Choose another.",
			"كلمة المرور الجديدة هي الحالية نفسها. اختر غيرها.",
		},
		{
			account.ErrTooManyAttempts, anotherPassword(), 429, "Too many attempts. Wait a little, then try again.",
			"محاولات كثيرة. انتظر قليلًا ثم حاول مرة أخرى.",
		},
	} {
		accounts.err, accounts.changed = each.err, ""
		for language, text := range map[string]string{"en": each.text, "ar": each.arabic} {
			at := "/" + language + "/account"
			refused := fill(t, server, at+"/password", each.form).is(each.status).says("main [role=alert]", text)
			refused.holds("[name=present]", "", "[name=new]", "", "[name=repeat]", "").
				has("!main [role=status]", "tbody tr:nth-child(2)")
			refused.has(`form[action="`+at+`/password"]`, `header a[hreflang]:not([href*="password"])`)
		}
		if each.err == nil && accounts.changed != "" {
			t.Errorf("a password that was not repeated is changed: %q", accounts.changed)
		}
	}
}

func TestWhatHappensToTheAccountsIsSaidWithAStatus(t *testing.T) {
	t.Parallel()
	server, accounts := ownAccount(t)
	accounts.err = programme.ErrNotFound
	// it has ended
	fill(t, server, "/en/account/sessions", url.Values{"session": {"gone"}}).leadsTo("/en/account?done=session")
	fill(t, server, "/en/account/password", anotherPassword()).is(http.StatusNotFound).has("!form[action$=password]")
	accounts.err = programme.ErrUnavailable
	for _, path := range []string{"/ar/account/sessions", "/ar/account/password"} {
		fill(t, server, path, anotherPassword()).is(http.StatusServiceUnavailable).says("h1", "غير متاح حاليًا").
			has("main code")
	}
}
