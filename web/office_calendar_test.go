package web

import (
	"net/http"
	"net/url"
	"testing"
)

func TestAnEmptyCalendarShowsItsFormAndNoVersions(t *testing.T) {
	t.Parallel()
	server := storeSite(t, adminStore(t), administrator)
	for _, each := range []struct{ path, heading, lead, nothing, example string }{
		{
			"/en/admin/calendars/holidays", "Public holidays",
			"One line for each day or range of days, with its name in English and Arabic.",
			"Nothing has been recorded yet.", "Like this: 2016-06-06/2016-07-05 | Ramadan | رمضان",
		},
		{
			"/ar/admin/calendars/ramadan", "شهر رمضان", "سطر واحد لكل يوم أو مدة، مع الاسم بالإنجليزية وبالعربية.",
			"لم يُسجَّل شيء بعد.", "مثل: 2016-06-06/2016-07-05 | Ramadan | رمضان",
		},
		{
			"/en/admin/calendars/due_days", "Due days",
			"One line for each day or range of days, with its name in English and Arabic.",
			"Nothing has been recorded yet.", "Like this: 2016-06-06/2016-07-05 | Ramadan | رمضان",
		},
	} {
		form := see(t, server, each.path).is(http.StatusOK).says("h1", each.heading).says("p.lead", each.lead)
		form.says("p.nothing", each.nothing).says("#f-days-hint", each.example).
			says("nav.sorts [aria-current=page]", each.heading)
		form.holds("#f-days", "", "#f-reason", "", "form.record [name=version]", "0")
		form.has(`form.record[action="`+each.path+`"]`, "!#f-days[aria-required]", "!table")
	}
	see(t, server, "/en/admin/calendars/birthdays").is(http.StatusNotFound).says("h1", "Not found")
	fill(t, server, "/ar/admin/calendars/birthdays", calendarForm("0", "2016-09-12 | a | b")).is(http.StatusNotFound)
}

func TestARecordedCalendarIsShownInTheOrderOfItsDays(t *testing.T) {
	t.Parallel()
	server := storeSite(t, adminStore(t), administrator)
	const ramadan = "/en/admin/calendars/ramadan"
	fill(t, server, ramadan,
		calendarForm("0", "2016-06-06/2016-07-05 | Ramadan | رمضان\n\n2015-06-18/2015-07-16|Ramadan|رمضان\n")).
		leadsTo(ramadan + "?saved=1")
	recorded := see(t, server, ramadan+"?saved=1").says("main [role=status]", "Saved as version 1.")
	recorded.holds("#f-days", "2015-06-18/2015-07-16 | Ramadan | رمضان\n2016-06-06/2016-07-05 | Ramadan | رمضان\n",
		"form.record [name=version]", "1").says("tbody tr > th", "1").says("tbody td:nth-of-type(3)", "announced")
	see(t, server, "/en/admin/calendars/holidays").holds("#f-days", "", "form.record [name=version]", "0")

	one := "2016-09-12 | " + hostile[0] + " | " + hostile[2] + "\n"
	fill(t, server, "/ar/admin/calendars/holidays", calendarForm("0", one)).
		leadsTo("/ar/admin/calendars/holidays?saved=1")
	see(t, server, "/ar/admin/calendars/holidays").holds("#f-days", one).says("tbody tr > th", "1")
	fill(t, server, "/ar/admin/calendars/holidays", calendarForm("1", "")).
		leadsTo("/ar/admin/calendars/holidays?saved=2")
	see(t, server, "/ar/admin/calendars/holidays").holds("#f-days", "").says("tbody tr > th", "2", "1")
}

func TestACalendarCanBeTriedAndIsNotOverwritten(t *testing.T) {
	t.Parallel()
	server := storeSite(t, adminStore(t), administrator)
	const holidays, eid = "/en/admin/calendars/holidays", "2016-09-12/2016-09-13 | Eid | العيد\n"
	trying := calendarForm("0", eid)
	trying.Set("act", "try")
	trial := fill(t, server, holidays, trying).is(http.StatusOK).says("#trial", "What would change").
		holds("#f-days", eid)
	trial.has("section[aria-labelledby=trial] .changes li", "!section[aria-labelledby=trial] > p") // it moves no total
	see(t, server, holidays).holds("#f-days", "").has("!tbody tr")

	fill(t, server, holidays, calendarForm("0", eid)).leadsTo(holidays + "?saved=1")
	fill(t, server, holidays, calendarForm("1", eid)).is(http.StatusOK).
		says("main [role=status]", "Nothing has changed; no version was added.")
	late := fill(t, server, holidays, calendarForm("0", "2016-12-18 | National Day | اليوم الوطني")).
		is(http.StatusConflict)
	late.holds("#f-days", "2016-12-18 | National Day | اليوم الوطني").
		says(`[role=alert] a[href="`+holidays+`"]`, "Open the current version")
	see(t, server, holidays).holds("#f-days", eid)
}

func TestFaultsOfACalendarNameTheLineOrTheEntry(t *testing.T) {
	t.Parallel()
	server := storeSite(t, adminStore(t), administrator)
	for _, each := range []struct {
		what, calendar, days string
		texts, arabic        []string
	}{
		{
			"one name", "holidays", "2016-01-01 | only one name\n",
			[]string{"Line 1 can't be read. Write it as the example shows."},
			[]string{"تتعذر قراءة السطر 1. اكتبه كما في المثال."},
		},
		{
			"lines are counted with the empty ones", "holidays",
			"2016-01-01 | a | b\n\nsoon | c | d\n2016-02-30 | e | f\n",
			[]string{
				"Line 3 can't be read. Write it as the example shows.",
				"Line 4 can't be read. Write it as the example shows.",
			},
			[]string{"تتعذر قراءة السطر 3. اكتبه كما في المثال.", "تتعذر قراءة السطر 4. اكتبه كما في المثال."},
		},
		{
			"two of one day", "holidays", "2016-01-01 | a | b\n2016-01-01 | c | d",
			[]string{"Entry 2: It overlaps the entry that begins on 2016-01-01. Join the two, or change " +
				"the days of one."},
			[]string{"البند 2: يتداخل مع البند الذي يبدأ في 2016-01-01. ادمج البندين أو غيّر أيام أحدهما."},
		},
		{
			"no Arabic name", "ramadan", "2016-01-01 | a | ",
			[]string{"Entry 1: It is missing. Fill it in."},
			[]string{"البند 1: لم يُذكر. اذكره."},
		},
		{
			"a due day is one day", "due_days", "2016-01-05/2016-01-06 | a | b",
			[]string{
				"Entry 1: It is not a day from 2016-01-05 to 2016-01-05. Choose a day from 2016-01-05 to 2016-01-05.",
			},
			[]string{"البند 1: ليس يومًا من 2016-01-05 إلى 2016-01-05. اختر يومًا من 2016-01-05 إلى 2016-01-05."},
		},
		{
			"two due days of a month", "due_days", "2016-01-05 | a | b\n2016-01-20 | c | d",
			[]string{"Entry 2: It overlaps the entry that begins on 2016-01-05. Join the two, or change " +
				"the days of one."},
			[]string{"البند 2: يتداخل مع البند الذي يبدأ في 2016-01-05. ادمج البندين أو غيّر أيام أحدهما."},
		},
	} {
		t.Run(each.what, func(t *testing.T) {
			for language, texts := range map[string][]string{"en": each.texts, "ar": each.arabic} {
				path := "/" + language + "/admin/calendars/" + each.calendar
				refused := fill(t, server, path, calendarForm("0", each.days)).is(http.StatusUnprocessableEntity)
				refused.says("#f-days-fault p", texts...).has(faulty("days", "f-days")).holds("#f-days", each.days)
				see(t, server, path).has("!tbody tr")
			}
		})
	}
	noReason := url.Values{"version": {"0"}, "days": {"2016-01-01 | a | b"}}
	fill(t, server, "/en/admin/calendars/holidays", noReason).is(http.StatusUnprocessableEntity).
		says("#f-reason-fault p", "It is missing. Fill it in.").has(faulty("reason", "f-reason"))
}
