package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestCampaignsAreListedNoneOneAndMany(t *testing.T) {
	t.Parallel()
	db := adminStore(t)
	server := storeSite(t, db, administrator)
	see(t, server, "/en/admin/campaigns").is(http.StatusOK).says("p.nothing", "There is no campaign yet.").has("!table")
	see(t, server, "/ar/admin/campaigns").says("p.nothing", "لا توجد حملات بعد.").says("h1", "حملات التوعية")

	fill(t, server, "/en/admin/campaigns/spring", campaignForm("name", hostile[2])).
		leadsTo("/en/admin/campaigns/spring?saved=1")
	one := see(t, server, "/en/admin/campaigns").says("tbody th a", hostile[2]).has("!p.nothing")
	one.says("tbody td", "spring", "1 March 2016 to 31 March 2016", "1").
		has(`tbody a[href="/en/admin/campaigns/spring"]`)

	fill(t, server, "/en/admin/campaigns/autumn", campaignForm("name", "Autumn", "name_ar", "الخريف",
		"starts_on", "2016-09-01", "ends_on", "2016-09-30")).leadsTo("/en/admin/campaigns/autumn?saved=1")
	for language, names := range map[string][]string{"en": {"Autumn", hostile[2]}, "ar": {"الخريف", "الربيع"}} {
		many := see(t, server, "/"+language+"/admin/campaigns")
		many.says("tbody th a", names...).says("tbody td:nth-of-type(1)", "autumn", "spring")
		many.says("nav.sorts [aria-current=page]", textOf(many.Find("h1")))
	}
	reading := see(t, storeSite(t, db, auditor), "/en/admin/campaigns").is(http.StatusOK)
	reading.says("tbody td:nth-of-type(1)", "autumn", "spring").has("!main form")
}

func TestANewCampaignBeginsWithItsCode(t *testing.T) {
	t.Parallel()
	db := adminStore(t)
	server := storeSite(t, db, administrator)
	see(t, server, "/en/admin/campaigns").says("form.filters label", "Code").has(
		`form.filters[method=get][action="/en/admin/campaigns"] input[name=id][required][maxlength="100"]`)
	see(t, server, "/en/admin/campaigns?id=spring").leadsTo("/en/admin/campaigns/spring")
	see(t, server, "/ar/admin/campaigns?id=+spring-2016.1+").leadsTo("/ar/admin/campaigns/spring-2016.1")
	for _, noCode := range []string{"", "../admin", "//evil.example", "two words", hostile[0]} {
		see(t, server, "/en/admin/campaigns?id="+url.QueryEscape(noCode)).is(http.StatusOK).says("h1", "Campaigns")
	}
	reading := storeSite(t, db, auditor)
	see(t, reading, "/en/admin/campaigns?id=spring").is(http.StatusOK)
	see(t, reading, "/en/admin/campaigns/spring").is(http.StatusNotFound)
}

func TestTheFormOfACampaign(t *testing.T) {
	t.Parallel()
	server := storeSite(t, adminStore(t), administrator)
	for _, each := range []struct {
		language, heading, hint string
		labels                  []string
	}{
		{
			"en", "Campaign spring", "Codes, one per line or separated by commas.",
			[]string{"Name in English", "Name in Arabic", "Starts on", "Ends on", "Services", "Reason"},
		},
		{
			"ar", "الحملة spring", "الرموز، واحد في كل سطر أو مفصولة بفواصل.",
			[]string{"الاسم بالإنجليزية", "الاسم بالعربية", "تاريخ البدء", "تاريخ الانتهاء", "الخدمات", "السبب"},
		},
	} {
		form := see(t, server, "/"+each.language+"/admin/campaigns/spring").is(http.StatusOK).says("h1", each.heading)
		form.says("form.record label", each.labels...).says("#f-services-hint", each.hint)
		form.holds("#f-name", "", "#f-starts_on", "", "#f-services", "", "form.record [name=version]", "0")
		form.has("#f-services[dir=ltr]", "p.nothing")
	}
}

func TestACampaignIsRecordedChangedAndTried(t *testing.T) {
	t.Parallel()
	server := storeSite(t, adminStore(t), administrator)
	const spring = "/en/admin/campaigns/spring"
	fill(t, server, spring, campaignForm("name", hostile[0])).leadsTo(spring + "?saved=1")
	recorded := see(t, server, spring+"?saved=1").says("main [role=status]", "Saved as version 1.")
	recorded.holds("#f-name", hostile[0], "#f-name_ar", "الربيع", "#f-starts_on", "2016-03-01",
		"#f-ends_on", "2016-03-31",
		"#f-services", "visa", "#f-reason", "", "form.record [name=version]", "1")

	trial := fill(t, server, spring,
		campaignForm("version", "1", "name", hostile[0], "ends_on", "2016-04-15", "act", "try"))
	trial.is(http.StatusOK).says("section[aria-labelledby=trial] li", "Ends on: 2016-03-31 → 2016-04-15")
	see(t, server, spring).holds("#f-ends_on", "2016-03-31")

	fill(t, server, spring, campaignForm("version", "1", "name", "Spring")).leadsTo(spring + "?saved=2")
	see(t, server, spring).says("tbody tr:first-child .changes li", "Name in English: "+hostile[0]+" → Spring").
		says("tbody tr > th", "2", "1")
	late := fill(t, server, spring, campaignForm("version", "1", "name", "Late")).is(http.StatusConflict).
		holds("#f-name", "Late")
	late.says("[role=alert] a", "Open the current version")
	see(t, server, "/en/admin/campaigns/summer").holds("#f-name", "") // another campaign is as it was
}

func TestFaultsOfACampaignAreBesideTheirFields(t *testing.T) {
	t.Parallel()
	server := storeSite(t, adminStore(t), administrator)
	const path, missing, missingAr = "/admin/campaigns/spring", "It is missing. Fill it in.", "لم يُذكر. اذكره."
	for _, each := range []struct{ name, value, text, textAr string }{
		{"name", "", missing, missingAr},
		{"name_ar", " ", missing, missingAr},
		{"starts_on", "", missing, missingAr},
		{"services", " , \n", missing, missingAr},
		{"reason", "", missing, missingAr},
		{
			"ends_on", "2016-02-28",
			"It is not a day from 2016-03-01 to 2018-03-01. Choose a day from 2016-03-01 to 2018-03-01.",
			"ليس يومًا من 2016-03-01 إلى 2018-03-01. اختر يومًا من 2016-03-01 إلى 2018-03-01.",
		},
		{"ends_on", "soon", "It is not a date. Write it like 2016-09-30.", "ليس تاريخًا. اكتبه بالصيغة 2016-09-30."},
		{
			"services", "visa\npassport",
			"Entry 2: “passport” is not in the catalogue. Check the code, or add it to the catalogue first.",
			"البند 2: «passport» ليس في الدليل. تحقق من الرمز أو أضفه إلى الدليل أولًا.",
		},
	} {
		t.Run(each.name+" "+strings.TrimSpace(each.value), func(t *testing.T) {
			for language, text := range map[string]string{"en": each.text, "ar": each.textAr} {
				refused := fill(t, server, "/"+language+path, campaignForm(each.name, each.value))
				refused.is(http.StatusUnprocessableEntity).says("form.record .flag p", text)
				refused.has(faulty(each.name, "f-"+each.name)).holds("#f-"+each.name, each.value)
			}
			see(t, server, "/en"+path).holds("form.record [name=version]", "0")
		})
	}
}
