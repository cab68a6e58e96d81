package web

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/clocktest"
	"mirsad/internal/gather"
	"mirsad/internal/i18n"
	"mirsad/internal/link"
)

// officePaths are the pages of administration, with the forms of each.
var officePaths = map[string][]string{
	"/admin": {"/admin"}, "/admin/calendars/holidays": {"/admin/calendars/holidays"},
	"/admin/campaigns": nil, "/admin/campaigns/spring": {"/admin/campaigns/spring"},
	"/people":   {"/people", "/people/change", "/people/disable", "/people/enable"},
	"/tokens":   {"/tokens", "/tokens/rotate", "/tokens/revoke"},
	"/sessions": {"/sessions/end", "/sessions/end-all"}, "/links": {"/links", "/links/revoke"}, "/audit": nil,
}

func TestWhoOpensWhichPageOfAdministration(t *testing.T) {
	t.Parallel()
	db := adminStore(t)
	kept, err := gather.New(gather.Configuration{Zone: qatar}, gather.Dependencies{Store: db, Now: clocktest.Now})
	if err != nil {
		t.Fatal(err)
	}
	fill(t, storeSite(t, db, administrator), "/en/admin/campaigns/spring", campaignForm()).is(http.StatusSeeOther)
	all := slices.Collect(maps.Keys(officePaths))
	for _, each := range []struct {
		who          access.Principal
		reads, sends []string
	}{
		{administrator, all, all},
		{auditor, all, nil},
		{planner, []string{"/links"}, []string{"/links"}},
		{agencyPerson, []string{"/audit"}, nil},
		{executive, nil, nil},
	} {
		d := &desk{bureau: &bureau{people: &people{person: each.who}}, mail: link.MailOff}
		server := guardedPages(t, Dependencies{
			Figures: fixed{figures: fixture()}, Accounts: d, Office: d, Tokens: tokensOf(d), Links: linksOf(d), Audit: auditOf(t), Register: db,
			Weigher: kept,
		}, &each.who)
		for path, forms := range officePaths {
			want := http.StatusForbidden
			if slices.Contains(each.reads, path) {
				want = http.StatusOK
			}
			see(t, server, "/en"+path).is(want)
			for _, form := range forms {
				sent := fill(t, server, "/ar"+form, url.Values{"version": {"7"}, "person": {"noor@example.org"}})
				if refused := sent.StatusCode == http.StatusForbidden; refused == slices.Contains(each.sends, path) {
					sent.fails("as %s: %d", each.who.Role, sent.StatusCode)
				}
			}
		}
		if decided := d.took(); (decided == "") != (len(each.sends) == 0) {
			t.Errorf("as %s it was decided: %q", each.who.Role, decided)
		}
	}
}

func TestWhoHasNotSignedInIsSentToSignInAndBack(t *testing.T) {
	t.Parallel()
	d := &desk{bureau: &bureau{people: &people{}}}
	deps := Dependencies{Figures: fixed{figures: fixture()}, Accounts: d, Office: d, Tokens: tokensOf(d), Links: linksOf(d), Audit: auditOf(t)}
	nobody, first := guardedPages(t, deps, nil), guardedPages(t, deps, &newcomer)
	for path, forms := range map[string][]string{
		"/people": {"/people/disable"}, "/tokens": {"/tokens"}, "/audit": nil,
	} {
		see(t, nobody, "/en"+path+"?q=x").leadsTo("/en/sign-in?next=%2Fen" + url.QueryEscape(path+"?q=x"))
		see(t, first, "/ar"+path).leadsTo("/ar/account")
		for _, form := range forms {
			fill(t, nobody, "/ar"+form, url.Values{"person": {"noor@example.org"}}).
				leadsTo("/ar/sign-in?next=%2Far" + url.QueryEscape(path) + "&unsent=1")
			fill(t, first, "/en"+form, url.Values{"person": {"noor@example.org"}}).leadsTo("/en/account")
		}
	}
	if decided := d.took(); decided != "" {
		t.Errorf("it was decided: %q", decided)
	}
}

func TestTheMenuLeadsWhereTheReaderMayGo(t *testing.T) {
	t.Parallel()
	for _, each := range []struct {
		who  access.Principal
		menu []string // of the pages of administration
	}{
		{administrator, []string{"/people", "/audit"}},
		{auditor, []string{"/people", "/audit"}},
		{planner, []string{"/links"}},
		{agencyPerson, []string{"/audit"}},
		{executive, nil},
	} {
		server, _ := deskSite(t, each.who)
		for _, language := range i18n.Languages() {
			home := see(t, server, "/"+string(language)+"/definitions").is(http.StatusOK)
			for _, path := range []string{"/people", "/audit", "/links", "/tokens", "/sessions"} {
				link := `nav.menu a[href="/` + string(language) + path + `"]`
				if there := home.Find(link).Length() == 1; there != slices.Contains(each.menu, path) {
					home.fails("as %s the menu leads to %s: %t", each.who.Role, path, there)
				}
			}
		}
	}
}

func TestAnAuditorReadsTheFormsAndCannotChangeThem(t *testing.T) {
	t.Parallel()
	db := adminStore(t)
	fill(t, storeSite(t, db, administrator), "/en/admin/campaigns/spring", campaignForm()).is(http.StatusSeeOther)
	reading := storeSite(t, db, auditor)
	for _, path := range []string{"/admin", "/admin/calendars/holidays", "/admin/campaigns/spring"} {
		for language, heading := range map[string]string{"en": "Current settings", "ar": "الإعدادات الحالية"} {
			read := see(t, reading, "/"+language+path).is(http.StatusOK).says("#form", heading)
			read.has("!form.record button", "!#f-reason", "form.record .field",
				"!form.record .field input:not([readonly]):not([disabled])",
				"!form.record select:not([disabled])", "!form.record textarea:not([readonly])")
		}
		fill(t, reading, "/en"+path, settingsForm("goal", "5")).is(http.StatusForbidden).says("h1", "No permission")
	}
	see(t, reading, "/en/admin").holds("#f-goal", "1000")
	see(t, storeSite(t, db, executive), "/en/admin").is(http.StatusForbidden)
}
