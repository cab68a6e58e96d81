package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"mirsad/internal/civil"
	"mirsad/internal/clocktest"
)

// reader is a browser before the guarded site: somebody who has signed in, or nobody yet.
type reader struct {
	site   *guardedSite
	cookie *http.Cookie
}

// asks sends a request with the reader's cookie and keeps the one that is set with the answer.
func (r *reader) asks(method, path string, form url.Values) *seen {
	t := r.site.t
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, r.site.server.URL+path,
		strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	if request.Header.Set("Content-Type", "application/x-www-form-urlencoded"); r.cookie != nil {
		request.AddCookie(r.cookie)
	}
	got, body := do(t, request)
	for _, cookie := range (&http.Response{Header: got.Header}).Cookies() {
		if !strings.Contains(cookie.Name, "known") {
			r.cookie = cookie
		}
	}
	return look(t, method+" "+path, got, body)
}

func (r *reader) opens(path string) *seen { return r.asks(http.MethodGet, path, nil) }

func (r *reader) fills(path string, form url.Values) *seen {
	return r.asks(http.MethodPost, path, form)
}

// signsIn fills the form of the sign-in page.
func (r *reader) signsIn(email, password string) *seen {
	return r.fills("/en/sign-in", url.Values{"email": {email}, "password": {password}})
}

// formOf is the form for a person of the entity moi.
func formOf(pairs ...string) url.Values {
	form := url.Values{
		"email": {"noor@moi.example"}, "name": {"Noor " + hostile[0]}, "role": {"agency"}, "entity": {"moi"},
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return form
}

// TestAPersonIsAddedComesInAndIsShutOut goes the whole way over the real accounts and the real guard.
func TestAPersonIsAddedComesInAndIsShutOut(t *testing.T) {
	t.Parallel()
	s := guardedSiteOf(t)
	admin, noor := &reader{site: s, cookie: s.cookie}, &reader{site: s}
	first := textOf(admin.fills("/en/people", formOf()).is(http.StatusCreated).Find("p.secret code"))
	admin.opens("/en/people").says("tbody th > bdi", "The Administrator", "Noor "+hostile[0]).
		says("p.lead", "2 people may sign in.").
		says("tbody tr:nth-child(2) td:nth-of-type(2)", "Interior").
		says("tbody tr:nth-child(2) td:nth-of-type(4)", "Must change the password")

	noor.signsIn("noor@moi.example", "not "+first).is(http.StatusUnauthorized)
	s.audit.Settle(t.Context())
	admin.opens("/en/audit?action=sign_in&outcome=refused").
		says("tbody td:nth-of-type(5)", "✕ Refused: wrong address or password")
	noor.signsIn("noor@moi.example", first).leadsTo("/en/")
	noor.opens("/ar/definitions").leadsTo("/ar/account")
	noor.opens("/en/account").says("p.flag", "Somebody else chose your password. Choose your own to continue.").
		has("!nav.menu")
	noor.fills("/en/account/password",
		url.Values{"present": {first}, "new": {chosenPassword}, "repeat": {chosenPassword}}).
		leadsTo("/en/account?done=password")
	noor.opens("/en/account").has("!p.flag", "nav.menu").
		says("main dd", "Noor "+hostile[0], "noor@moi.example", "Agency", "Interior")

	noor.opens("/en/people").is(http.StatusForbidden)
	s.audit.Settle(t.Context())
	// all are moi's
	noor.opens("/en/audit").is(http.StatusOK).has("tbody tr").says("tbody td:nth-of-type(4):not(:contains('moi'))")
	noor.opens("/en/audit?entity=moj").is(http.StatusNotFound)

	admin.opens("/en/sessions").has(
		"tbody th .muted:contains('noor@moi.example')", "tbody th .muted:contains('admin@example.org')") // both of one moment
	admin.fills("/en/people/disable", url.Values{"person": {"noor@moi.example"}}).is(http.StatusSeeOther)
	noor.opens("/en/account").leadsTo("/en/sign-in?next=%2Fen%2Faccount")
	admin.opens("/en/sessions").says("tbody th .muted", "admin@example.org")
	admin.opens("/en/people?person=noor@moi.example").says("tbody .tag", "Disabled").
		has(`form[action="/en/people/enable"]`)
}

func TestWhatTheRealAccountsRefuseIsBesideItsField(t *testing.T) {
	t.Parallel()
	s := guardedSiteOf(t)
	admin := &reader{site: s, cookie: s.cookie}
	admin.fills("/en/people", formOf()).is(http.StatusCreated)
	own := url.Values{"person": {"admin@example.org"}, "role": {"executive"}}
	for _, each := range []struct {
		what, path string
		form       url.Values
		status     int
		at, text   string
	}{
		{
			"an address twice", "/people", formOf(), 409, "#new-email-fault",
			"An account with this address exists already: change that account.",
		},
		{
			"no address", "/people", formOf("email", "Noor"), 422, "#new-email-fault",
			"This is not an e-mail address: write one such as name@example.org.",
		},
		{
			"no name", "/people", formOf("email", "b@moi.example", "name", " "), 422, "#new-name-fault",
			"Enter a name; a very long one must be shortened.",
		},
		{
			"no role", "/people", formOf("email", "b@moi.example", "role", ""), 422, "#new-role-fault",
			"Choose a role.",
		},
		{
			"an unknown role", "/people", formOf("email", "b@moi.example", "role", "king"), 422, "#new-role-fault",
			"Choose a role.",
		},
		{
			"an agency person of none", "/people", formOf("email", "b@moi.example", "entity", ""), 422,
			"#new-entity-fault",
			"An agency person belongs to an entity: choose one.",
		},
		{
			"an agency person of an unheard-of entity", "/people",
			formOf("email", "b@moi.example", "entity", "none"), 422,
			"#new-entity-fault", "An agency person belongs to an entity: choose one.",
		},
		{
			"an auditor of an entity", "/people", formOf("email", "b@moi.example", "role", "auditor"), 422,
			"#new-entity-fault",
			"Only an agency person belongs to an entity: choose none.",
		},
		{
			"one's own role", "/people/change", own, 422, "[role=alert] p",
			"You can't change or disable your own account. Ask another administrator.",
		},
		{
			"one's own end", "/people/disable", own, 422, "[role=alert] p",
			"You can't change or disable your own account. Ask another administrator.",
		},
		{
			"a token for nothing", "/tokens",
			url.Values{"days": {"30"}},
			422, "#scopes-fault",
			"Choose what the token may do.",
		},
		{
			"a token for an unknown thing", "/tokens",
			url.Values{"scopes": {"rule"}, "days": {"30"}},
			422,
			"#scopes-fault",
			"Choose what the token may do.",
		},
		{
			"events of no entity", "/tokens",
			url.Values{"scopes": {"events"}, "days": {"30"}},
			422,
			"#new-entity-fault",
			"A token for events or plans is bound to one entity: choose it.",
		},
		{
			"administration of one entity", "/tokens",
			url.Values{"scopes": {"admin"}, "entity": {"moi"}, "days": {"30"}},
			422,
			"#new-entity-fault", "A token for administration acts for all entities: choose none.",
		},
		{
			"no days", "/tokens",
			url.Values{"scopes": {"read"}, "days": {"0"}},
			422, "#new-days-fault",
			"A token can be valid for 1 to 732 days.",
		},
		{
			"too many days", "/tokens",
			url.Values{"scopes": {"read"}, "days": {"733"}},
			422, "#new-days-fault",
			"A token can be valid for 1 to 732 days.",
		},
	} {
		t.Run(each.what, func(*testing.T) {
			admin.fills("/en"+each.path, each.form).is(each.status).says(each.at, each.text).has("!.secret")
		})
	}
	admin.fills("/en/people/disable", url.Values{"person": {"nobody@example.org"}}).is(http.StatusNotFound)
	admin.fills("/en/tokens/revoke", url.Values{"token": {"0123456789abcdef01"}}).is(http.StatusNotFound)
	admin.opens("/en/people").says("tbody th .muted", "admin@example.org", "noor@moi.example")
	admin.opens("/en/tokens").has("p.nothing")
}

func TestATokenIsMadeReplacedOnceAndRevoked(t *testing.T) {
	t.Parallel()
	s := guardedSiteOf(t)
	admin := &reader{site: s, cookie: s.cookie}
	made := admin.fills("/en/tokens", url.Values{"scopes": {"events", "plan"}, "entity": {"moi"}, "days": {"30"}}).
		is(http.StatusCreated)
	bearer := textOf(made.Find("p.secret code"))
	id, secret, _ := strings.Cut(bearer, ".")
	made.says("tbody th", id).says("tbody td:nth-of-type(1)", "Send events, Send plans").
		says("tbody td:nth-of-type(2)", "Interior")
	made.says("tbody td:nth-of-type(5)", "In force").has(`tbody a[href="/en/tokens?token=` + id + `#token"]`)

	rotate := url.Values{"token": {id}, "days": {"60"}, "overlap": {"0"}}
	next := admin.fills("/ar/tokens/rotate", rotate).is(http.StatusCreated).has(`tbody tr:contains("` + id + `")`)
	successor, _, _ := strings.Cut(textOf(next.Find("p.secret code")), ".")
	if successor == id || successor == "" {
		next.fails("the successor of %s is %q", id, successor)
	}
	admin.fills("/en/tokens/rotate", rotate).has("main [role=alert]", "!.secret", `!:contains("`+secret+`")`)
	list := admin.opens("/en/tokens?q="+id).says("p.lead", "1 token is in force.")
	list.has(`tbody td:contains("replaced by ` + successor + `")`)

	admin.fills("/en/tokens/revoke", url.Values{"token": {successor}}).leadsTo("/en/tokens?done=revoked")
	admin.opens("/en/tokens").says("p.lead", "No token is in force.").has("!tbody a")
	s.audit.Settle(t.Context())
	record := admin.opens("/en/audit?object=token/").is(http.StatusOK).has(`!:contains("` + secret + `")`)
	record.says("tbody td:nth-of-type(2)", "Token revoked", "Token replaced", "Token created", "Token created")
	record.says("tbody td:nth-of-type(3)", "token/"+successor, "token/"+id, "token/"+successor, "token/"+id)
	admin.opens("/en/audit?action=token_rotate&outcome=refused").
		says("tbody td:nth-of-type(5)", "✕ Refused: answered with 409")
}

func TestTheAuditRecordIsSearchedInTheStore(t *testing.T) {
	t.Parallel()
	s := guardedSiteOf(t)
	admin := &reader{site: s, cookie: s.cookie}
	admin.fills("/en/people", formOf()).is(http.StatusCreated)
	admin.fills("/en/people", formOf()).is(http.StatusConflict)
	admin.fills("/en/admin", settingsForm("goal", "1200")).is(http.StatusSeeOther)
	s.audit.Settle(t.Context())
	day := civil.DateOf(clocktest.Now().In(qatar))
	const administered, made, signed = "Administration", "Account created", "Sign-in"
	for _, each := range []struct {
		query   string
		actions []string
	}{
		{"", []string{administered, made, made, signed, made}}, // the first account was made before anybody signed in
		{"action=user_create", []string{made, made, made}},
		{"action=user_create&outcome=refused", []string{made}},
		{"actor=ADMIN@", []string{administered, made, made, signed}},
		{"actor=noor", nil},
		{"object=programme", []string{administered}},
		{"object=noor%40moi", []string{made}},
		{"action=administer&from=" + (day - 1).String() + "&to=" + (day + 1).String(), []string{administered}},
		{"to=" + (day - 2).String(), nil},
		{"from=" + (day + 2).String(), nil},
	} {
		found := admin.opens("/en/audit?"+each.query).is(http.StatusOK).says("tbody td:nth-of-type(2)", each.actions...)
		if each.actions == nil {
			found.has("p.nothing", "!a[download]")
		} else {
			found.has(`a[download][href^="/v1/audit.csv"]`)
		}
	}
}
