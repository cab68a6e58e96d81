package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/account"
	"mirsad/internal/link"
	"mirsad/internal/programme"
)

// landing is where signed links lead, for who has not signed in.
func landing(t *testing.T) (*httptest.Server, *desk) {
	t.Helper()
	d := &desk{bureau: &bureau{people: &people{}}}
	return siteOf(t, fixed{figures: fixture()}, nil, d), d
}

// secret checks that the address, which holds the link's secret, is sent nowhere and kept nowhere.
func (s *seen) secret() *seen {
	s.t.Helper()
	for name, want := range map[string]string{
		"Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow",
	} {
		if got := s.Header.Get(name); got != want {
			s.fails("%s is %q, want %q", name, got, want)
		}
	}
	return s
}

// joining is the form of an invitation as a browser sends it.
func joining() url.Values {
	return url.Values{
		"name": {"Noor " + hostile[0]}, "password": {"a long passphrase"}, "repeat": {"a long passphrase"},
	}
}

func TestTheLandingPageOfALink(t *testing.T) {
	t.Parallel()
	server, d := landing(t)
	const text = "This link is for reader@example.org. It opens the form for this entity and this " +
		"month only, and stops working when you confirm your submission."
	const arabic = "هذا الرابط مخصص لصاحب العنوان reader@example.org. يفتح النموذج لهذه الجهة وهذا الشهر ولا شيء " +
		"غيرهما، وينتهي العمل به حين تؤكد التقديم."
	const until, untilAr = "It works until 31 December 2016, 12:00.", "يعمل الرابط حتى 31 ديسمبر 2016، الساعة 12:00."
	for _, each := range []struct{ path, heading, text, until, button string }{
		{"/en/link/plan.secret", "Plan of Ministry " + hostile[0] + ", September 2016", text, until, "Open the form"},
		{
			"/en/link/statements.secret", "Monthly totals of Ministry " + hostile[0] + ", September 2016", text, until,
			"Open the form",
		},
		{
			"/en/link/claims.secret", "Service levels claimed by Ministry " + hostile[0] + ", September 2016", text, until,
			"Open the form",
		},
		{"/ar/link/plan.secret", "خطة وزارة " + hostile[2] + "، سبتمبر 2016", arabic, untilAr, "فتح النموذج"},
		{
			"/ar/link/statements.secret", "المجاميع الشهرية من وزارة " + hostile[2] + "، سبتمبر 2016", arabic, untilAr,
			"فتح النموذج",
		},
		{"/ar/link/claims.secret", "إعلان مستويات خدمات وزارة " + hostile[2] + "، سبتمبر 2016", arabic, untilAr, "فتح النموذج"},
	} {
		page := see(t, server, each.path).is(http.StatusOK).secret().says("h1", each.heading).
			says("main button", each.button)
		page.says("main p", "Internal", each.text, each.until).has(`main form[method=post][action="` + each.path + `"]`)
		page.has("!main input", "!main [role=alert]", "!nav.menu", "!header form")
	}
	if decided := d.took(); decided != "" {
		t.Errorf("looking at links did %q", decided)
	}
}

func TestAnInvitationAsksForANameAndAPassword(t *testing.T) {
	t.Parallel()
	server, d := landing(t)
	for _, each := range []struct {
		language, heading, text, button string
		labels                          []string
	}{
		{
			"en", "Set up your account for Ministry " + hostile[0], "You are invited to an account with the address " +
				"reader@example.org. Enter your name and choose a password; then sign in with both.",
			"Set up the account",
			[]string{"Your name", "New password", "Repeat the new password"},
		},
		{
			"ar", "إنشاء حسابك لدى وزارة " + hostile[2], "أنت مدعو إلى إنشاء حساب بالعنوان reader@example.org. اكتب " +
				"اسمك واختر كلمة مرور، ثم سجّل الدخول بالعنوان وكلمة المرور.",
			"إنشاء الحساب",
			[]string{"اسمك", "كلمة المرور الجديدة", "تأكيد كلمة المرور الجديدة"},
		},
	} {
		page := see(t, server, "/"+each.language+"/link/invitation.secret").is(http.StatusOK).secret().
			says("h1", each.heading)
		page.says("main .gate > p:nth-of-type(2)", each.text).says("main label", each.labels...).
			says("main button", each.button)
		page.holds("[name=username]", "reader@example.org", "[name=name]", "", "[name=password]", "",
			"[name=repeat]", "")
		page.has("[name=password][type=password][autocomplete=new-password][required]",
			"[name=name][required][maxlength='100']")
	}
	if decided := d.took(); decided != "" {
		t.Errorf("looking at links did %q", decided)
	}
}

func TestALinkThatDoesNotOpenSaysWhy(t *testing.T) {
	t.Parallel()
	server, d := landing(t)
	for _, each := range []struct {
		err          error
		status       int
		text, arabic string
	}{
		{
			link.ErrUnknown, 404,
			"This link is not known. Check that the whole address was copied, or ask the " +
				"programme office for a new link.",
			"هذا الرابط غير معروف. تحقق من اكتمال العنوان، أو اطلب غيره من مكتب البرنامج.",
		},
		{
			link.ErrUsed, 410,
			"This link has been used; it works once. Ask the programme office for another if something is missing.",
			"استُخدم هذا الرابط، وهو يعمل مرة واحدة. إن كان هناك نقص، فاطلب غيره من مكتب البرنامج.",
		},
		{
			link.ErrRevoked, 410, "This link has been revoked. Ask the programme office for another.",
			"أُلغي هذا الرابط. اطلب غيره من مكتب البرنامج.",
		},
		{
			link.ErrExpired, 410, "This link has expired. Ask the programme office for another.",
			"انتهت مدة هذا الرابط. اطلب غيره من مكتب البرنامج.",
		},
		{
			link.ErrSignedIn, 403,
			"You are signed in. Sign out first, then open the link again, so that it is clear who acts.",
			"أنت مسجّل الدخول الآن. سجّل الخروج أولًا، ثم افتح الرابط من جديد، ليتضح من يقوم بالإجراء.",
		},
		{
			programme.ErrAlreadyDecided, 409, "This link was opened or used at the same moment elsewhere. Open it " +
				"again; if it has been used, ask the programme office for another.",
			"فُتح هذا الرابط أو استُخدم في اللحظة نفسها في مكان آخر. افتحه من جديد؛ فإن كان قد استُخدم، فاطلب غيره " +
				"من مكتب البرنامج.",
		},
	} {
		d.landed, d.refusal = each.err, each.err
		for language, text := range map[string]string{"en": each.text, "ar": each.arabic} {
			for _, shown := range []*seen{
				see(t, server, "/"+language+"/link/plan.secret"),
				fill(t, server, "/"+language+"/link/plan.secret", nil),
				fill(t, server, "/"+language+"/link/invitation.secret", joining()),
			} {
				shown.is(each.status).secret().says("p.lead", text)
				// nothing of the link
				shown.has("!main form", `!main bdi:contains("Internal")`, `!main :contains("Ministry")`)
			}
		}
	}
	d.landed = programme.ErrUnavailable
	see(t, server, "/en/link/plan.secret").is(http.StatusServiceUnavailable).secret().
		says("h1", "Not available at the moment")
	see(t, server, "/ar/link/plan.secret").is(http.StatusServiceUnavailable).has("main code", "!main form")
}

func TestAnOpenedLinkLeadsToItsForm(t *testing.T) {
	t.Parallel()
	server, d := landing(t)
	for link, to := range map[string]string{
		"plan.secret": "/submit", "statements.secret": "/statements?month=2016-09", "claims.secret": "/claims",
	} {
		for _, language := range []string{"/en", "/ar"} {
			opened := fill(t, server, language+"/link/"+link, url.Values{}).leadsTo(language + to).secret()
			if decided := d.took(); decided != "open "+link {
				opened.fails("it did %q", decided)
			}
		}
	}
}

func TestAnAcceptedInvitationLeadsToSignIn(t *testing.T) {
	t.Parallel()
	server, d := landing(t)
	for _, language := range []string{"/en", "/ar"} {
		joined := fill(t, server, language+"/link/invitation.secret", joining()).leadsTo(language + "/sign-in").secret()
		if decided := d.took(); decided != "accept invitation.secret Noor "+hostile[0]+" a long passphrase" {
			joined.fails("it did %q", decided)
		}
	}
}

func TestAnInvitationThatIsRefusedKeepsTheNameAndNoPassword(t *testing.T) {
	t.Parallel()
	server, d := landing(t)
	differ := joining()
	differ.Set("repeat", "another passphrase")
	for _, each := range []struct {
		err          error
		form         url.Values
		text, arabic string
	}{
		{nil, differ, "The two passwords do not match.", "كلمتا المرور غير متطابقتين."},
		{
			account.ErrName, joining(), "Enter a name; a very long one must be shortened.",
			"أدخل الاسم، واختصره إن كان طويلًا جدًا.",
		},
		{
			account.ErrPasswordWeak, joining(),
			"The new password is not accepted. Use at least 12 characters; do not use your name, " +
				"your e-mail address or one character repeated.",
			"كلمة المرور الجديدة غير مقبولة: يجب ألا تقل عن 12 حرفًا، وألا تكون اسمك أو بريدك " +
				"الإلكتروني أو حرفًا واحدًا مكررًا.",
		},
		{
			account.ErrPersonExists, joining(), "Somebody with this address has an account, or had one. An administrator can find it " +
				"under People and enable it again if it is disabled.",
			"لصاحب هذا العنوان حساب، أو كان له حساب. يجده مدير النظام في صفحة المستخدمين، حيث يُعاد تفعيل الحساب " +
				"المعطَّل.",
		},
	} {
		d.refusal = each.err
		for language, text := range map[string]string{"en": each.text, "ar": each.arabic} {
			refused := fill(t, server, "/"+language+"/link/invitation.secret", each.form).
				is(http.StatusUnprocessableEntity).secret()
			refused.says("main [role=alert]", text)
			refused.holds("[name=name]", "Noor "+hostile[0], "[name=password]", "", "[name=repeat]", "")
		}
	}
	if decided := d.took(); decided != "" {
		t.Errorf("it did %q", decided)
	}
}

// TestTheReaderOfALinkHasOnePage looks at what surrounds a page in a link's session.
func TestTheReaderOfALinkHasOnePage(t *testing.T) {
	t.Parallel()
	who := access.Principal{
		ID: "link/0123", Name: hostile[2], Role: access.RoleAgency, Entity: "e08", Purpose: access.LinkPlan,
	}
	d := &desk{bureau: &bureau{people: &people{}}}
	page := see(t, siteOf(t, fixed{figures: fixture()}, &who, d), "/en/definitions").says("header .person", hostile[2])
	page.has("!header a.person", "!nav.menu", `header form[action="/en/sign-out"]`)
	guarded := guardedPages(
		t,
		Dependencies{
			Figures:  fixed{figures: fixture()},
			Accounts: d,
			Office:   d,
			Tokens:   tokensOf(d),
			Links:    linksOf(d),
			Audit:    auditOf(t),
		},
		&who,
	)
	for _, path := range []string{"/account", "/people", "/tokens", "/sessions", "/links", "/audit"} {
		see(t, guarded, "/en"+path).is(http.StatusForbidden)
	}
}
