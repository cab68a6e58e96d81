package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"mirsad/internal/clickhouse/clickhousetest"
	"mirsad/internal/programme"
	"mirsad/web/page"
)

func TestTheSettingsFormShowsWhatIsRecorded(t *testing.T) {
	t.Parallel()
	server := storeSite(t, adminStore(t), administrator)
	for _, each := range []struct {
		language         string
		heading          string
		labels, sections []string
		levels           []string
		hint             string
	}{
		{
			"en", "The programme's settings",
			[]string{
				"Name in English", "Name in Arabic", "Goal, in services", "Starts on", "Target date", "Reporting date",
				"Data accepted from", "Due day of the next month", "Minimum level", "Level from which a service is new",
				"Audiences in scope",
				"Count services that existed before the programme", "Classification label", "Reason",
			},
			[]string{"The programme's settings", "Public holidays", "Ramadan", "Due days", "Campaigns"},
			[]string{"Same as the minimum level", "Informative", "Interactive", "Transactional", "Integrated"},
			"A month is on time when its data arrive by this day.",
		},
		{
			"ar", "إعدادات البرنامج",
			[]string{
				"الاسم بالإنجليزية", "الاسم بالعربية", "الهدف بعدد الخدمات", "تاريخ البدء", "الموعد المستهدف",
				"تاريخ التقرير",
				"تُقبل البيانات من", "يوم التسليم من الشهر التالي", "الحد الأدنى للمستوى", "المستوى الذي تُعد الخدمة عنده جديدة",
				"فئات المستفيدين المشمولة", "احتساب الخدمات القائمة قبل البرنامج", "تصنيف السرية", "السبب",
			},
			[]string{"إعدادات البرنامج", "العطل الرسمية", "شهر رمضان", "مواعيد التسليم", "حملات التوعية"},
			[]string{"مطابق للحد الأدنى للمستوى", "معلوماتية", "تفاعلية", "إجرائية", "متكاملة"},
			"تُعد بيانات الشهر في موعدها إن وصلت حتى هذا اليوم.",
		},
	} {
		form := see(t, server, "/"+each.language+"/admin").is(http.StatusOK)
		form.says("h1", each.heading).says("form.record label", each.labels...).says("nav.sorts a", each.sections...)
		form.says("nav.sorts [aria-current=page]", each.heading).says("#f-rule-new_at_level option", each.levels...)
		form.says("#f-due_day-hint", each.hint)
		form.holds(
			"form.record [name=version]", "1", "#f-name", "National e-services programme", "#f-goal", "1000",
			"#f-starts_on", "2014-01-01", "#f-target_on", "2016-12-31", "#f-reporting_date", "2016-09-30",
			"#f-data_from", "",
			"#f-due_day", "10", "#f-rule-minimum_level", "1", "#f-rule-new_at_level", "0", "#f-rule-count_existing", "",
			"#f-classification", "", "#f-reason", "",
		)
		form.has(`form.record[method=post][action="/`+each.language+`/admin"]`, "button[name=act][value=save]",
			"button[name=act][value=try]", "![aria-invalid]", "!main [role=alert]", "!main [role=status]")
		for _, optional := range []string{
			"reporting_date", "data_from", "rule-audiences", "classification", "rule-new_at_level",
		} {
			form.has("!#f-" + optional + "[aria-required]")
		}
	}
}

func TestTheVersionsOfTheSettingsAreListed(t *testing.T) {
	t.Parallel()
	server := storeSite(t, adminStore(t), administrator)
	first := see(t, server, "/en/admin")
	first.says("tbody tr > th", "1").says("tbody tr td:nth-of-type(2)", "Mirsad itself").
		says("tbody tr td:nth-of-type(3)", hostile[0])
	fill(t, server, "/en/admin", settingsForm(
		"goal", "1200", "rule.count_existing", "on", "rule.audiences", "citizens، business", "reason", hostile[2],
	)).leadsTo("/en/admin?saved=2")
	second := see(t, server, "/ar/admin")
	second.says("tbody tr > th", "2", "1").says("tbody tr:first-child td:nth-of-type(2)", administrator.ID)
	second.says("tbody tr:first-child td:nth-of-type(3)", hostile[2])
	second.says("tbody tr:first-child .changes li", "الهدف بعدد الخدمات: 1000 ← 1200",
		`فئات المستفيدين المشمولة: – ← citizens، business`, "احتساب الخدمات القائمة قبل البرنامج: لا ← نعم")
}

func TestTryingSettingsRecordsNothing(t *testing.T) {
	t.Parallel()
	server := storeSite(t, adminStore(t), administrator)
	for _, each := range []struct{ language, heading, change, before, after string }{
		{
			"en", "What would change", "Goal, in services: 1000 → 1200",
			"Today's rule counts 0 of 1,000 services on 30 September 2016, 0 of them end-to-end.",
			"With this change 0 of 1,200 would be counted on 30 September 2016, 0 of them end-to-end.",
		},
		{
			"ar", "ما سيتغير", "الهدف بعدد الخدمات: 1000 ← 1200",
			"المحتسب الآن في 30 سبتمبر 2016: 0 من 1,000، منها 0 منجزة بالكامل عبر الإنترنت.",
			"المحتسب بعد هذا التغيير في 30 سبتمبر 2016: 0 من 1,200، منها 0 منجزة بالكامل عبر الإنترنت.",
		},
	} {
		trial := fill(t, server, "/"+each.language+"/admin", settingsForm("goal", "1200", "act", "try")).
			is(http.StatusOK)
		trial.says("#trial", each.heading).says("section[aria-labelledby=trial] li", each.change)
		trial.says("section[aria-labelledby=trial] > p", each.before, each.after)
		trial.holds("#f-goal", "1200", "#f-reason", "because", "form.record [name=version]", "1")
		see(t, server, "/"+each.language+"/admin").holds("#f-goal", "1000").says("tbody tr > th", "1").has("!#trial")
	}
	fill(t, server, "/en/admin", settingsForm("goal", "0", "act", "try")).is(http.StatusUnprocessableEntity).
		has("!#trial", faulty("goal", "f-goal"))
}

func TestRecordedSettingsAreSaidOnce(t *testing.T) {
	t.Parallel()
	server := storeSite(t, adminStore(t), administrator)
	fill(t, server, "/ar/admin", settingsForm(
		"goal", "١٢٠٠", "rule.count_existing", "on", "rule.audiences", "citizens، business", "rule.minimum_level", "2",
		"rule.new_at_level", "3", "classification", hostile[0], "act", "save",
	)).leadsTo("/ar/admin?saved=2")
	recorded := see(t, server, "/ar/admin?saved=2").says("main [role=status]", "حُفظت النسخة رقم 2.")
	recorded.holds(
		"#f-goal", "1200", "#f-rule-audiences", "citizens, business", "#f-rule-count_existing", "on",
		"#f-rule-minimum_level", "2", "#f-rule-new_at_level", "3", "#f-classification", hostile[0],
		"form.record [name=version]", "2", "#f-reason", "",
	)
	see(t, server, "/en/admin?saved=2").says("main [role=status]", "Saved as version 2.")
	for _, other := range []string{"1", "3", "x", "<b>"} {
		see(t, server, "/en/admin?saved="+url.QueryEscape(other)).is(http.StatusOK).has("!main [role=status]")
	}
}

func TestSettingsOfAnOlderVersionAreKeptInTheForm(t *testing.T) {
	t.Parallel()
	server := storeSite(t, adminStore(t), administrator)
	fill(t, server, "/en/admin", settingsForm("goal", "1200")).leadsTo("/en/admin?saved=2")
	for _, each := range []struct{ language, said, link string }{
		{"en", page.Isolated(administrator.ID) + " changed this on ", "Open the current version"},
		{"ar", "بعد فتحك النموذج (صاحب الإجراء: " + page.Isolated(administrator.ID) + ")", "فتح النسخة الحالية"},
	} {
		path := "/" + each.language + "/admin"
		late := fill(t, server, path, settingsForm("goal", "900")).is(http.StatusConflict)
		if alert := textOf(late.Find("[role=alert]")); !strings.Contains(alert, each.said) {
			late.fails("the alert is %q", alert)
		}
		late.holds("#f-goal", "900", "form.record [name=version]", "1").
			says(`[role=alert] a[href="`+path+`"]`, each.link)
	}
	see(t, server, "/en/admin").holds("#f-goal", "1200")
	same := settingsForm("goal", "1200", "version", "2")
	fill(t, server, "/en/admin", same).is(http.StatusOK).
		says("main [role=status]", "Nothing has changed; no version was added.").holds("#f-goal", "1200")
	fill(t, server, "/ar/admin", same).says("main [role=status]", "لا يوجد اختلاف عن الوضع الراهن، ولم تُضف نسخة.")
	see(t, server, "/en/admin").says("tbody tr > th", "2", "1")
}

func TestEachFaultOfTheSettingsIsBesideItsField(t *testing.T) {
	t.Parallel()
	server := storeSite(t, adminStore(t), administrator)
	const (
		missing, missingAr = "It is missing. Fill it in.", "لم يُذكر. اذكره."
		noDate, noDateAr   = "It is not a date. Write it like 2016-09-30.", "ليس تاريخًا. اكتبه بالصيغة 2016-09-30."
	)
	number := func(to string) (text, textAr string) {
		return "It is not a whole number from 1 to " + to + ". Write a whole number from 1 to " + to + ".",
			"ليس عددًا صحيحًا من 1 إلى " + to + ". اكتب عددًا صحيحًا من 1 إلى " + to + "."
	}
	between := func(from, to string) (text, textAr string) {
		return "It is not a day from " + from + " to " + to + ". Choose a day from " + from + " to " + to + ".",
			"ليس يومًا من " + from + " إلى " + to + ". اختر يومًا من " + from + " إلى " + to + "."
	}
	goal, goalAr := number("1,000,000")
	day, dayAr := number("28")
	level, levelAr := number("4")
	target, targetAr := between("2014-01-02", "2064-01-01")
	for _, each := range []struct{ name, value, text, textAr string }{
		{"name", " ", missing, missingAr},
		{"name_ar", "", missing, missingAr},
		{"reason", "", missing, missingAr},
		{"goal", "0", goal, goalAr},
		{"goal", "many", goal, goalAr},
		{"goal", "-5", goal, goalAr},
		{"due_day", "29", day, dayAr},
		{"rule.minimum_level", "7", level, levelAr},
		{"starts_on", "soon", noDate, noDateAr},
		{"target_on", "2013-01-01", target, targetAr},
		{"reporting_date", "soon", noDate, noDateAr},
		{"data_from", "2016-02-30", noDate, noDateAr},
		{
			"name", strings.Repeat("n", 1000), "It is longer than 200 characters. Write at most 200 characters.",
			"عدد الأحرف يتجاوز 200. اكتب ما لا يزيد على 200 من الأحرف.",
		},
	} {
		id := "f-" + strings.ReplaceAll(each.name, ".", "-")
		for language, text := range map[string]string{"en": each.text, "ar": each.textAr} {
			refused := fill(t, server, "/"+language+"/admin", settingsForm("goal", "1200", each.name, each.value))
			refused.is(http.StatusUnprocessableEntity).says("#"+id+"-fault p", text).has(faulty(each.name, id))
			refused.says("form.record .flag", text).has("!main [role=status]")
			if each.name != "rule.minimum_level" { // a list shows what it offers
				refused.holds("#"+id, each.value)
			}
		}
	}
	see(t, server, "/en/admin").says("tbody tr > th", "1")
}

func TestAllFaultsOfTheSettingsAreSaidAtOnce(t *testing.T) {
	t.Parallel()
	server := storeSite(t, adminStore(t), administrator)
	form := settingsForm("goal", "many", "starts_on", "soon", "name", "", "reason", "", "rule.count_existing", "on")
	for language, alert := range map[string]string{
		"en": "Nothing was saved: 4 entries must be corrected.", "ar": "لم يُحفظ شيء: يلزم تصحيح 4 مُدخلات.",
	} {
		refused := fill(t, server, "/"+language+"/admin", form).is(http.StatusUnprocessableEntity).
			says("[role=alert] p", alert)
		refused.has(faulty("goal", "f-goal"), faulty("starts_on", "f-starts_on"), faulty("name", "f-name"),
			faulty("reason", "f-reason"))
		refused.has("!#f-target_on-fault", "!#f-due_day-fault")
		refused.holds("#f-goal", "many", "#f-starts_on", "soon", "#f-rule-count_existing", "on",
			"form.record [name=version]", "1")
	}
}

func TestAFormThatCannotBeReadHasAPageOfItsOwn(t *testing.T) {
	t.Parallel()
	server := storeSite(t, adminStore(t), administrator)
	fill(t, server, "/en/admin", settingsForm("version", "x")).is(http.StatusBadRequest).
		says("h1", "This address can't be read")
	fill(t, server, "/ar/admin", settingsForm("version", "")).is(http.StatusBadRequest).
		says("h1", "تعذرت قراءة هذا العنوان")
	fill(t, server, "/en/admin", settingsForm("reason", strings.Repeat("long ", 1<<18))).
		is(http.StatusRequestEntityTooLarge).says("h1", "Too large")
	see(t, server, "/en/admin").says("tbody tr > th", "1")
}

func TestWhatTheSettingsFormDoesNotShowStaysAsItIs(t *testing.T) {
	t.Parallel()
	db := clickhousetest.New(t)
	settings := programme.DefaultSettings()
	settings.Sample, settings.TimeZone = true, "Asia/Riyadh"
	clickhousetest.Catalogue(t, db, settings, "begun", nil, "visa")
	server := storeSite(t, db, administrator)
	fill(t, server, "/en/admin", settingsForm("goal", "1100")).leadsTo("/en/admin?saved=2")
	see(t, server, "/en/admin").says("tbody tr:first-child .changes li", "Goal, in services: 1000 → 1100")
}
