package account

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/programme"
)

// only returns the one account of the provider.
func (l *liar) only() User {
	l.T.Helper()
	users, err := l.accounts.ListUsers(l.T.Context())
	if err != nil {
		l.T.Fatal(err)
	}
	users = slices.DeleteFunc(users, User.Local)
	if len(users) != 1 {
		l.T.Fatalf("%d people of the provider: %+v", len(users), users)
	}
	return users[0]
}

func TestAPersonOfTheProvider(t *testing.T) {
	l := newLiar(t, nil)
	b := &browser{Site: l.Site}
	if w := l.visit(b); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/en/" || !b.Knows() {
		t.Fatalf("not let in: %d %s", w.Code, w.Body)
	}
	who := l.only()
	if who.Role != access.RolePlanner || who.Name != "Noor Al-Planner" || who.Email != "noor@example.qa" || who.Subject != subject || who.Issuer != l.server.URL {
		t.Errorf("made as %+v", who)
	}
	l.visit(&browser{Site: l.Site})
	if rows := l.Store.Rows(programme.FamilyAccount); rows != 1 {
		t.Errorf("%d facts after a second sign-in that changes nothing", rows)
	}

	l.claims = func(said map[string]any) { said["groups"], said["email"] = "mirsad-admins", "other@example.qa" }
	l.visit(b)
	if after := l.only(); after.ID != who.ID || after.Role != access.RoleAdmin || after.Email != "other@example.qa" {
		t.Errorf("after a change at the provider %+v", after)
	}
	l.claims = set("sub", "another")
	l.visit(&browser{Site: l.Site})
	if users, _ := l.accounts.ListUsers(t.Context()); len(users) != 2 {
		t.Errorf("two subjects are %d people", len(users))
	}
}

func TestNobodyMappedIsRefusedInWords(t *testing.T) {
	for why, claims := range map[string]func(map[string]any){
		"no groups":              without("groups"),
		"other groups":           set("groups", []string{"everyone"}),
		"groups of another kind": set("groups", map[string]any{"mirsad-planners": true}),
		"an agency of none":      set("groups", []string{"mirsad-agencies"}),
		"an agency of two": func(said map[string]any) {
			said["groups"], said["entity"] = "mirsad-agencies", []string{"moi", "moj"}
		},
		"an entity that is a path": func(said map[string]any) { said["groups"], said["entity"] = "mirsad-agencies", "../moi" },
	} {
		l := newLiar(t, nil)
		l.claims = claims
		b := &browser{Site: l.Site}
		refusedFor(t, l.visit(b), "account.sign_in.provider.no_role")
		if l.opened(b) {
			t.Errorf("%s: let in", why)
		}
	}
}

func TestRolesAndEntitiesOfTheProvider(t *testing.T) {
	l := newLiar(t, func(p *Provider) { p.RoleClaim = "realm_access.roles" })
	l.claims = func(said map[string]any) {
		delete(said, "groups")
		said["realm_access"] = map[string]any{"roles": []string{"mirsad-agencies"}}
		said["entity"], said["aud"], said["azp"] = "moi", []string{clientID, "another"}, clientID
	}
	b := &browser{Site: l.Site}
	if w := l.visit(b); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if who := l.only(); who.Role != access.RoleAgency || who.Entity != "moi" {
		t.Errorf("%+v", who)
	}
	if w := b.Get("/v1/entities/moj"); w.Code != http.StatusNotFound {
		t.Errorf("another's entity: %d", w.Code)
	}
}

// The user information completes the ID token and never replaces what that says.
func TestUserInformation(t *testing.T) {
	l := newLiar(t, nil)
	l.claims = without("groups")
	l.userinfo = map[string]any{"sub": subject, "groups": []string{"mirsad-planners"}, "name": "Somebody Else"}
	b := &browser{Site: l.Site}
	if w := l.visit(b); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if who := l.only(); who.Role != access.RolePlanner || who.Name != "Noor Al-Planner" {
		t.Errorf("%+v", who)
	}
}

func TestARoleTakenAwayAtTheProvider(t *testing.T) {
	l := newLiar(t, nil)
	elsewhere, here := &browser{Site: l.Site}, &browser{Site: l.Site}
	l.visit(elsewhere)
	l.claims = set("groups", []string{"everyone"})
	refusedFor(t, l.visit(here), "no_role")
	refusedFor(t, l.visit(here), "no_role")
	if elsewhere.Knows() || here.Knows() {
		t.Error("a session of before is open")
	}
	l.claims = nil
	if w := l.visit(here); w.Code != http.StatusSeeOther || !here.Knows() || elsewhere.Knows() {
		t.Errorf("with the role back: %d %s", w.Code, w.Body)
	}
}

func TestADisabledPersonOfTheProvider(t *testing.T) {
	l := newLiar(t, nil)
	l.user("noor@example.qa", access.RoleAuditor, "")
	b, local := &browser{Site: l.Site}, &browser{Site: l.Site}
	l.visit(b)
	local.SignIn("noor@example.qa", password)
	stolen := &browser{Site: l.Site, Cookie: b.Cookie}
	if _, err := l.accounts.DisableUser(t.Context(), "noor@example.qa"); err != nil {
		t.Fatal(err)
	}
	if stolen.Knows() || local.Knows() {
		t.Error("a cookie outlives the account")
	}
	refusedFor(t, l.visit(b), "account.sign_in.provider.disabled")
	if _, err := l.accounts.EnableUser(t.Context(), l.only().ID); err != nil {
		t.Fatal(err)
	}
	if w := l.visit(b); w.Code != http.StatusSeeOther || stolen.Knows() {
		t.Errorf("brought back: %d %s", w.Code, w.Body)
	}
	if _, err := l.accounts.EnableUser(t.Context(), "noor@example.qa"); !errors.Is(err, programme.ErrNotFound) {
		t.Errorf("bringing back who is not disabled: %v", err)
	}
}

func TestOnlyAdministratorsSignInLocally(t *testing.T) {
	l := newLiar(t, func(p *Provider) { p.OnlyAdminsLocally = true })
	l.user("planner@example.qa", access.RolePlanner, "")
	l.user("admin@example.qa", access.RoleAdmin, "")
	b := &browser{Site: l.Site}
	if b.SignIn("planner@example.qa", password) || !b.SignIn("admin@example.qa", password) {
		t.Error("not as set")
	}
	// A restart with other settings ends the sessions that they forbid.
	before := newFixtureOver(t, l.Store, l.Clock, "")
	planner := &browser{Site: before.Site}
	planner.SignIn("planner@example.qa", password)
	if !planner.Knows() || (&browser{Site: l.Site, Cookie: planner.Cookie}).Knows() {
		t.Error("a local session goes on")
	}
	person := &browser{Site: l.Site}
	l.visit(person)
	if !person.Knows() || (&browser{Site: before.Site, Cookie: person.Cookie}).Knows() {
		t.Error("a session of the provider goes on without it")
	}
	if before.accounts.Ways().Provider || !l.accounts.Ways().OnlyAdminsLocally {
		t.Error("the ways are not as set")
	}
}

func TestRoleGroups(t *testing.T) {
	groups, err := ParseRoleGroups("planner=mirsad-planners, executive=a=b,planner=c")
	if err != nil || len(groups) != 3 || groups[1] != (RoleGroup{access.RoleExecutive, "a=b"}) || groups[2] != (RoleGroup{access.RolePlanner, "c"}) {
		t.Errorf("%v, %v", groups, err)
	}
	_, err = ParseRoleGroups("king=a,planner=")
	if !errors.Is(err, programme.ErrInvalid) || !strings.Contains(err.Error(), "king") || !strings.Contains(err.Error(), "planner=") {
		t.Errorf("not every fault is named: %v", err)
	}
}

func TestStrangersNamesAreMadePlain(t *testing.T) {
	if got := plainName(" Noor\x00\n\u202e " + strings.Repeat("ن", 300)); len(got) > longestName || strings.ContainsAny(got, "\x00\n") {
		t.Errorf("%q", got)
	}
}
