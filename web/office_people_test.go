package web

import (
	"net/http"
	"net/url"
	"testing"

	"mirsad/internal/account"
	"mirsad/internal/programme"
)

// newPerson is the form for another person as a browser sends it.
func newPerson() url.Values {
	return url.Values{"email": {"typed@example.org"}, "name": {hostile[2]}, "role": {"auditor"}, "entity": {"e03"}}
}

// noorsForm is the form of a person who is there.
func noorsForm() url.Values {
	return url.Values{"person": {"noor@example.org"}, "role": {"planner"}, "entity": {"e03"}}
}

func TestAFirstPasswordIsShownOnce(t *testing.T) {
	t.Parallel()
	server, office := bureauSite(t, administrator)
	gone := url.Values{"person": {"gone@example.org"}}
	for _, each := range []struct {
		path                   string
		form                   url.Values
		decided, heading, text string
	}{
		{
			"/en/people", newPerson(), "add typed@example.org " + hostile[2] + " auditor e03",
			"First password of " + hostile[2],
			"It is shown only once: write it down now and pass it on securely. typed@example.org " +
				"chooses another one at the first sign-in.",
		},
		{
			"/ar/people", newPerson(), "add typed@example.org " + hostile[2] + " auditor e03",
			"كلمة المرور الأولى للمستخدم " + hostile[2],
			"تُعرض هذه المرة فقط: دوّنها الآن وسلّمها بطريقة آمنة. وعلى صاحب العنوان typed@example.org أن يختار غيرها عند أول تسجيل دخول.",
		},
		{
			"/en/people/enable", gone, "enable gone@example.org", "First password of أحمد",
			"It is shown only once: write it down now and pass it on securely. gone@example.org " +
				"chooses another one at the first sign-in.",
		},
		{
			"/ar/people/enable", gone, "enable gone@example.org", "كلمة المرور الأولى للمستخدم أحمد",
			"تُعرض هذه المرة فقط: دوّنها الآن وسلّمها بطريقة آمنة. وعلى صاحب العنوان gone@example.org أن يختار غيرها عند أول تسجيل دخول.",
		},
	} {
		done := fill(t, server, each.path, each.form).is(http.StatusCreated)
		done.says("p.secret code", firstPassword).says("#once", each.heading).
			says("section[aria-labelledby=once] > p:last-child", each.text)
		// the form is empty for the next
		done.holds("#new-email", "", "#new-name", "", "#new-role", "", "#new-entity", "")
		done.has("!#person", `form.stack[action="/`+each.path[1:3]+`/people"]`)
		if kept, to := done.Header.Get("Cache-Control"), done.Header.Get("Location"); kept != "no-store" || to != "" {
			done.fails("kept as %q, at %q", kept, to)
		}
		other := map[string]string{"/en": "/ar/people", "/ar": "/en/people"}[each.path[:3]]
		done.has(`header a[hreflang][href="` + other + `"]`)
		if decided := office.took(); decided != each.decided {
			done.fails("decided is %q", decided)
		}
		see(t, server, each.path[:3]+"/people").has("!.secret", "!#once")
	}
}

func TestDecisionsAboutPeopleLeadBackWithANotice(t *testing.T) {
	t.Parallel()
	server, office := bureauSite(t, administrator)
	unheard := noorsForm()
	unheard.Set("entity", "unheard-of")
	for _, each := range []struct {
		what, path      string
		form            url.Values
		decided, to     string
		notice, opening string
	}{
		{
			"a change", "/ar/people/change", noorsForm(), "change noor@example.org planner e03",
			"/ar/people?done=changed&person=noor%40example.org", "حُفظ التعديل، ويسري ابتداءً من الإجراء التالي لصاحب الحساب.",
			"agency",
		},
		{
			"an entity that is none", "/en/people/change", unheard, "change noor@example.org planner ",
			"/en/people?done=changed&person=noor%40example.org",
			"The change is saved and takes effect with the person's next action.", "agency",
		},
		{
			"an end", "/en/people/disable",
			url.Values{"person": {"oidc:1"}},
			"disable oidc:1",
			"/en/people?done=disabled&person=oidc%3A1", "The account is disabled and its sessions have ended.", "",
		},
		{
			"a new beginning", "/en/people/enable",
			url.Values{"person": {"oidc:2"}},
			"enable oidc:2",
			"/en/people?done=enabled&person=oidc%3A2", "The account is enabled again.", "",
		},
	} {
		t.Run(each.what, func(t *testing.T) {
			sent := fill(t, server, each.path, each.form).leadsTo(each.to)
			if decided := office.took(); decided != each.decided {
				sent.fails("decided is %q", decided)
			}
			next := see(t, server, each.to).is(http.StatusOK).says("main [role=status]", each.notice).
				has("#person", "!.secret")
			if each.opening != "" {
				next.holds("#person-role", each.opening)
			}
		})
	}
	for _, none := range []string{"done=<b>", "done=", "done=people.title", "said=disabled"} {
		see(t, server, "/en/people?"+none).is(http.StatusOK).has("!main [role=status]", "!main b")
	}
}

func TestAFaultOfANewPersonIsBesideItsField(t *testing.T) {
	t.Parallel()
	server, office := bureauSite(t, administrator)
	for _, each := range []struct {
		err                 error
		status              int
		field, text, arabic string
	}{
		{
			account.ErrAddress, 422, "email", "This is not an e-mail address: write one such as name@example.org.",
			"هذا ليس عنوان بريد إلكتروني: اكتب عنوانًا مثل name@example.org.",
		},
		{
			account.ErrName, 422, "name", "Enter a name; a very long one must be shortened.",
			"أدخل الاسم، واختصره إن كان طويلًا جدًا.",
		},
		{account.ErrRole, 422, "role", "Choose a role.", "اختر دورًا."},
		{
			account.ErrEntity, 422, "entity", "An agency person belongs to an entity: choose one.",
			"ممثل الجهة ينتمي إلى جهة: اختر واحدة.",
		},
		{
			account.ErrNoEntity, 422, "entity", "Only an agency person belongs to an entity: choose none.",
			"ممثل الجهة وحده ينتمي إلى جهة: اترك الجهة فارغة.",
		},
		{
			account.ErrPersonExists, 409, "email", "An account with this address exists already: change that account.",
			"يوجد حساب بهذا البريد الإلكتروني: عدّل ذلك الحساب.",
		},
	} {
		office.refusal = each.err
		for language, text := range map[string]string{"en": each.text, "ar": each.arabic} {
			refused := fill(t, server, "/"+language+"/people", newPerson()).is(each.status)
			refused.says("#new-"+each.field+"-fault p", text).says("form.stack .flag p", text).
				has(faulty(each.field, "new-"+each.field))
			refused.holds("#new-email", "typed@example.org", "#new-name", hostile[2], "#new-role", "auditor",
				"#new-entity", "e03")
			refused.has("!#person", "!.secret", "!main [role=alert]")
		}
	}
	if decided := office.took(); decided != "" {
		t.Errorf("decided is %q", decided)
	}
}

func TestAFaultOfAPersonsChangeIsInTheirFormAlone(t *testing.T) {
	t.Parallel()
	server, office := bureauSite(t, administrator)
	for _, each := range []struct {
		err                 error
		field, text, arabic string
	}{
		{account.ErrRole, "role", "Choose a role.", "اختر دورًا."},
		{
			account.ErrNoEntity, "entity", "Only an agency person belongs to an entity: choose none.",
			"ممثل الجهة وحده ينتمي إلى جهة: اترك الجهة فارغة.",
		},
		{
			account.ErrProviderDecides, "role",
			"The role and entity of this person come from the identity provider at every sign-in: change them there.",
			"يأتي دور هذا الشخص وجهته من مزوّد الهوية عند كل تسجيل دخول: عدّلهما هناك.",
		},
	} {
		office.refusal = each.err
		for language, text := range map[string]string{"en": each.text, "ar": each.arabic} {
			refused := fill(t, server, "/"+language+"/people/change", noorsForm()).is(http.StatusUnprocessableEntity)
			refused.says("#person-"+each.field+"-fault p", text).says("form.stack .flag p", text)
			refused.has(faulty(each.field, "person-"+each.field))
			refused.holds("#person-role", "planner", "#person-entity", "e03", "#new-role", "", "#new-entity", "")
		}
	}
}

func TestWhatIsRefusedOfAPersonAsAWholeIsSaidAboveTheForms(t *testing.T) {
	t.Parallel()
	server, office := bureauSite(t, administrator)
	for _, each := range []struct {
		err          error
		status       int
		text, arabic string
	}{
		{
			account.ErrLastAdmin, 422, "This is the last active administrator. Appoint another first.",
			"هذا آخر مدير نظام نشط. عيّن غيره أولًا.",
		},
		{
			account.ErrOwnAccount, 422, "You can't change or disable your own account. Ask another administrator.",
			"لا يمكنك تعديل حسابك أو تعطيله بنفسك. اطلب ذلك من مدير نظام آخر.",
		},
		{
			programme.ErrAlreadyDecided, 409, "This account was changed meanwhile. Check it again, then decide.",
			"عدّل شخص آخر هذا الحساب في هذه الأثناء. راجعه ثم قرّر.",
		},
	} {
		office.refusal = each.err
		for language, text := range map[string]string{"en": each.text, "ar": each.arabic} {
			for _, path := range []string{"/people/change", "/people/disable", "/people/enable"} {
				refused := fill(t, server, "/"+language+path, noorsForm()).is(each.status).
					says("main [role=alert] p", text)
				refused.has("#person", "!form.stack .flag", "!main [role=status]")
			}
		}
	}
	for err, status := range map[error]int{
		programme.ErrNotFound: 404, programme.ErrUnavailable: 503, programme.ErrForbidden: 403,
	} {
		office.refusal = err
		for _, path := range []string{"/people", "/people/change", "/people/disable", "/people/enable"} {
			fill(t, server, "/en"+path, noorsForm()).is(status).has("!#person", "!form.stack")
		}
	}
}

func TestPeopleAreManagedWithoutFigures(t *testing.T) {
	t.Parallel()
	office := &bureau{people: &people{person: administrator}}
	server := siteOf(t, fixed{figures: fixture(), err: programme.ErrUnavailable}, &administrator, office)
	list := see(t, server, "/en/people?person=noor@example.org").is(http.StatusOK).
		says("tbody tr:nth-child(3) td:nth-of-type(2)", "e08")
	list.has(`form[action="/en/people/disable"]`).holds("#person-entity", "e08")
	fill(t, server, "/en/people/disable", noorsForm()).leadsTo("/en/people?done=disabled&person=noor%40example.org")
	kept := noorsForm()
	kept.Set("entity", "e99") // without the catalogue nobody can say that there is no such entity
	fill(t, server, "/en/people/change", kept).is(http.StatusSeeOther)
	if decided := office.took(); decided != "disable noor@example.org; change noor@example.org planner e99" {
		t.Errorf("decided is %q", decided)
	}
}
