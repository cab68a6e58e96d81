package web

import (
	"net/http"
	"net/url"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/link"
	"mirsad/internal/programme"
)

// linkForm is the form for a link as a browser sends it.
func linkForm() url.Values {
	return url.Values{
		"purpose": {"plan"}, "entity": {"e08"}, "month": {"٢٠١٦-٠٩"}, "email": {"a@example.org"}, "language": {"ar"},
		"days": {"١٤"},
	}
}

func TestALinkThatNoLetterBroughtIsShownOnce(t *testing.T) {
	t.Parallel()
	server, d := deskSite(t, planner)
	const copied = "copy the link and pass it on securely"
	for _, each := range []struct{ mail, text string }{
		{link.MailOff, "E-mail is off because no mail server is set (MIRSAD_SMTP_HOST). Copy the link and pass it on securely."},
		{
			"address",
			"The e-mail was not sent: the address is not valid. Copy the link and pass it on " +
				"securely, or revoke it and create another.",
		},
		{
			"recipient", "The mail server refuses a@example.org. Check the address; then revoke this link and " +
				"create another, or copy it and pass it on securely.",
		},
		{
			"sender",
			"The mail server refuses the sender. Have the administrator check MIRSAD_SMTP_FROM; " + copied + ".",
		},
		{
			"sign_in", "The mail server refuses Mirsad's sign-in. Have the administrator check " +
				"MIRSAD_SMTP_USERNAME and its password; " + copied + ".",
		},
		{
			"tls", "The connection to the mail server could not be secured. Ask the administrator to check MIRSAD_SMTP_TLS and " +
				"the server's certificate; " + copied + ".",
		},
		{
			"unreachable", "The mail server does not answer. The e-mail may still arrive; " + copied +
				", and have the administrator check MIRSAD_SMTP_HOST.",
		},
		{"other", "The e-mail was not sent; the server's log says why. Copy the link and pass it on securely."},
	} {
		d.mail = each.mail
		made := fill(t, server, "/en/links", linkForm()).is(http.StatusCreated).says("p.secret code", linkAddress)
		made.says("#once", "The new link for a@example.org").says("section[aria-labelledby=once] > p:last-child",
			each.text+" It is shown only once and works until 31 December 2016, 12:00.")
		made.has(`![href*="a-secret"]`, "!main [role=status]").
			holds("#new-email", "", "#new-month", "", "#new-purpose", "invitation")
		if kept, to := made.Header.Get("Cache-Control"), made.Header.Get("Location"); kept != "no-store" || to != "" {
			made.fails("kept as %q, at %q", kept, to)
		}
		if decided := d.took(); decided != "link plan e08 2016-09 a@example.org ar 14" {
			made.fails("decided is %q", decided)
		}
		arabic := fill(t, server, "/ar/links", linkForm()).is(http.StatusCreated).says("p.secret code", linkAddress)
		arabic.says("#once", "الرابط الجديد لصاحب العنوان a@example.org")
		d.took()
	}
	see(t, server, "/en/links").has("!.secret", "!#once")
}

func TestALinkThatWasSentIsNotShown(t *testing.T) {
	t.Parallel()
	server, d := deskSite(t, administrator)
	d.mail = link.MailSent
	for language, notice := range map[string]string{
		"en": "The link was sent to a@example.org.", "ar": "أُرسل الرابط إلى a@example.org.",
	} {
		fill(t, server, "/"+language+"/links", linkForm()).is(http.StatusCreated).says("main [role=status]", notice).
			has("!.secret", "!#once").holds("#new-email", "")
	}
}

func TestARevokedLinkIsSaid(t *testing.T) {
	t.Parallel()
	server, d := deskSite(t, planner)
	for language, notice := range map[string]string{
		"en": "The link is revoked and its session has ended.", "ar": "أُلغي الرابط وانتهت جلسته.",
	} {
		at := "/" + language + "/links"
		fill(t, server, at+"/revoke", url.Values{"link": {"l-3"}}).leadsTo(at + "?done=revoked")
		if decided := d.took(); decided != "revoke l-3" {
			t.Errorf("decided is %q", decided)
		}
		see(t, server, at+"?done=revoked").says("main [role=status]", notice)
	}
	see(t, server, "/en/links?done=<b>").has("!main [role=status]")
	for err, status := range map[error]int{
		programme.ErrNotFound: 404, programme.ErrAlreadyDecided: 409, programme.ErrUnavailable: 503,
	} {
		d.refusal = err
		fill(t, server, "/en/links/revoke", url.Values{"link": {"l-1"}}).is(status).has("!table")
	}
}

func TestAFaultOfALinkIsBesideItsFieldWithWhatToDo(t *testing.T) {
	t.Parallel()
	server, d := deskSite(t, planner)
	for _, each := range []struct {
		err                 error
		status              int
		field, text, arabic string
	}{
		{
			link.ErrPurpose, 422, "purpose",
			"A link cannot have this purpose. Choose invitation, plan, statements or claims.",
			"هذا الغرض ليس من أغراض الروابط. اختر الدعوة أو الخطة أو المجاميع الشهرية أو إعلان المستويات.",
		},
		{
			link.ErrEntity, 422, "entity",
			"This entity is not in the catalogue. Choose the entity that the recipient works for.",
			"هذه الجهة ليست في الدليل. اختر الجهة التي يعمل بها المستلم.",
		},
		{
			link.ErrMonth, 422, "month", "This is not a month. Write it as 2016-09.",
			"هذه القيمة ليست شهرًا. اكتبه هكذا: 2016-09.",
		},
		{
			link.ErrNoMonth, 422, "month", "An invitation has no month. Leave the month empty.",
			"الدعوة لا ترتبط بشهر. اترك الشهر فارغًا.",
		},
		{
			link.ErrEmail, 422, "email",
			"This is not an e-mail address. Write one such as name@example.org, without a name beside it.",
			"هذا ليس عنوان بريد إلكتروني. اكتب عنوانًا مثل name@example.org دون اسم بجانبه.",
		},
		{
			link.ErrPersonExists, 409, "email", "Somebody with this address has an account, or had one. An administrator can find it " +
				"under People and enable it again if it is disabled.",
			"لصاحب هذا العنوان حساب، أو كان له حساب. يجده مدير النظام في صفحة المستخدمين، حيث يُعاد تفعيل الحساب " +
				"المعطَّل.",
		},
		{
			link.ErrLanguage, 422, "language", "There is no such language. Choose en or ar.",
			"هذه اللغة غير متاحة. اختر en أو ar.",
		},
		{
			link.ErrLife, 422, "days", "A link cannot be valid for that long. Enter a whole number of days from 1 to 60.",
			"لا يصلح الرابط لهذه المدة. اكتب عددًا صحيحًا من الأيام بين 1 و60.",
		},
		{
			link.ErrNoPasswords, 422, "purpose", "Agencies sign in with the identity provider here, so nobody is " +
				"invited to choose a password. Ask for the account to be created at the identity provider.",
			"تسجّل الجهات الدخول هنا عن طريق مزوّد الهوية، فلا يُدعى أحد إلى اختيار كلمة مرور. اطلب إنشاء الحساب لدى " +
				"مزوّد الهوية.",
		},
	} {
		d.refusal = each.err
		for language, text := range map[string]string{"en": each.text, "ar": each.arabic} {
			refused := fill(t, server, "/"+language+"/links", linkForm()).is(each.status)
			refused.says("#new-"+each.field+"-fault p", text).says("form.stack .flag p", text).
				has(faulty(each.field, "new-"+each.field))
			refused.holds("#new-purpose", "plan", "#new-entity", "e08", "#new-month", "2016-09",
				"#new-email", "a@example.org",
				"#new-language", "ar", "#new-days", "١٤").has("!.secret", "!main [role=status]", "table")
		}
	}
	d.refusal = programme.ErrUnavailable
	fill(t, server, "/en/links", linkForm()).is(http.StatusServiceUnavailable).has("!form.stack", "!.secret")
}

func TestWhoMakesNoLinks(t *testing.T) {
	t.Parallel()
	for _, who := range []access.Principal{auditor, executive, agencyPerson} {
		server, d := deskSite(t, who)
		for _, path := range []string{"/en/links", "/ar/links", "/en/links/revoke"} {
			fill(t, server, path, linkForm()).is(http.StatusForbidden).has("!.secret", "!table")
		}
		if decided := d.took(); decided != "" {
			t.Errorf("%s decided %q", who.Role, decided)
		}
	}
}
