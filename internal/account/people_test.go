package account

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/account/accounttest"
	"mirsad/internal/programme"
)

// as returns a context of who asks from a page.
func (f *fixture) as(email string) context.Context {
	f.T.Helper()
	who, found, err := f.accounts.readPerson(f.T.Context(), email)
	if err != nil || !found {
		f.T.Fatalf("%s: %v, %v", email, found, err)
	}
	return access.WithPrincipal(f.T.Context(), who.Principal())
}

func TestAFirstPasswordIsMadeAndReplaced(t *testing.T) {
	f := newFixture(t, "")
	f.user("admin@example.qa", access.RoleAdmin, "")
	user, first, err := f.accounts.AddUser(f.as("admin@example.qa"), "Noor@Example.qa", "Noor", access.RoleAgency, "moi")
	if err != nil || !user.MustChange || user.Email != "noor@example.qa" || len(first) != 23 || strings.Count(first, "-") != 3 {
		t.Fatalf("%+v %q, %v", user, first, err)
	}
	if by := f.lastActor(programme.FamilyAccount); by != "user/admin@example.qa" {
		t.Errorf("recorded for %s", by)
	}
	noor := &browser{Site: f.Site}
	if !noor.SignIn("noor@example.qa", first) || noor.Knows() {
		t.Error("the first password opens nothing, or more than the account page")
	}
	if _, again, err := f.accounts.AddUser(
		t.Context(),
		"other@example.qa",
		"Other",
		access.RolePlanner,
		"",
	); err != nil ||
		again == first {
		t.Errorf("two people have one first password, %v", err)
	}
}

func TestAFaultNamesItsField(t *testing.T) {
	f := newFixture(t, "")
	f.user("planner@example.qa", access.RolePlanner, "")
	for _, each := range []struct {
		email, name string
		role        access.Role
		entity      string
		field, key  string
	}{
		{"nobody", "Noor", access.RolePlanner, "", "email", "people.fault.email"},
		{"planner@example.qa", "Noor", access.RolePlanner, "", "email", "people.fault.exists"},
		{"noor@example.qa", "  ", access.RolePlanner, "", "name", "people.fault.name"},
		{"noor@example.qa", "Noor", "minister", "", "role", "people.fault.role"},
		{"noor@example.qa", "Noor", access.RoleAgency, "", "entity", "people.fault.entity"},
		{"noor@example.qa", "Noor", access.RoleAgency, "../x", "entity", "people.fault.entity"},
		{"noor@example.qa", "Noor", access.RoleAuditor, "moi", "entity", "people.fault.no_entity"},
	} {
		_, _, err := f.accounts.AddUser(t.Context(), each.email, each.name, each.role, each.entity)
		if field, key := PersonFault(err); field != each.field || key != each.key {
			t.Errorf("%+v: %q %q, %v", each, field, key, err)
		}
	}
	if field, key := PersonFault(nil); field != "" || key != "" {
		t.Errorf("no error is %q %q", field, key)
	}
}

func TestAnotherRoleCountsFromTheNextRequestOn(t *testing.T) {
	f := newFixture(t, "")
	f.user("admin@example.qa", access.RoleAdmin, "")
	f.user("noor@example.qa", access.RolePlanner, "")
	noor := &browser{Site: f.Site}
	noor.SignIn("noor@example.qa", password)
	before := f.Store.Rows(programme.FamilyAccount)
	ctx := f.as("admin@example.qa")
	if _, err := f.accounts.ChangeUser(
		ctx,
		"noor@example.qa",
		access.RolePlanner,
		"",
	); err != nil ||
		f.Store.Rows(programme.FamilyAccount) != before {
		t.Errorf("a change of nothing is recorded, or refused: %v", err)
	}
	if _, err := f.accounts.ChangeUser(ctx, "noor@example.qa", access.RoleAgency, ""); !errors.Is(err, ErrEntity) {
		t.Errorf("an agency person of no entity: %v", err)
	}
	user, err := f.accounts.ChangeUser(ctx, "noor@example.qa", access.RoleAgency, "moi")
	if err != nil || user.Entity != "moi" || !noor.Knows() {
		t.Fatalf("%+v, %v", user, err)
	}
	if w := noor.Get("/en/entities/moj"); w.Code != 404 {
		t.Errorf("another entity's page is answered with %d", w.Code)
	}
	if _, err := f.accounts.ChangeUser(ctx, "gone@example.qa", access.RolePlanner, ""); !errors.Is(err, programme.ErrNotFound) {
		t.Errorf("nobody is changed: %v", err)
	}
}

func TestNobodyEndsOrChangesTheirOwnAccess(t *testing.T) {
	f := newFixture(t, "")
	f.user("admin@example.qa", access.RoleAdmin, "")
	f.user("other@example.qa", access.RoleAdmin, "")
	ctx := f.as("admin@example.qa")
	if _, err := f.accounts.ChangeUser(ctx, "admin@example.qa", access.RolePlanner, ""); !errors.Is(err, ErrOwnAccount) {
		t.Errorf("self-demotion: %v", err)
	}
	if _, err := f.accounts.DisableUser(ctx, " Admin@example.qa"); !errors.Is(err, ErrOwnAccount) {
		t.Errorf("self-disabling: %v", err)
	}
	if _, err := f.accounts.ChangeUser(ctx, "other@example.qa", access.RolePlanner, ""); err != nil {
		t.Errorf("another administrator: %v", err)
	}
}

func TestTheLastAdministratorStays(t *testing.T) {
	f := newFixture(t, "")
	f.user("admin@example.qa", access.RoleAdmin, "")
	f.user("gone@example.qa", access.RoleAdmin, "")
	if _, err := f.accounts.DisableUser(f.as("admin@example.qa"), "gone@example.qa"); err != nil {
		t.Fatal(err)
	}
	_, id := f.token("", access.ScopeAdmin) // a token is not oneself, and must not end the last one either
	ctx := access.WithPrincipal(t.Context(), access.Principal{ID: "token/" + id, Scopes: []access.Scope{access.ScopeAdmin}})
	if _, err := f.accounts.DisableUser(ctx, "admin@example.qa"); !errors.Is(err, ErrLastAdmin) {
		t.Errorf("disabled: %v", err)
	}
	if _, err := f.accounts.ChangeUser(ctx, "admin@example.qa", access.RoleAuditor, ""); !errors.Is(err, ErrLastAdmin) {
		t.Errorf("demoted: %v", err)
	}
	if _, err := f.accounts.DisableUser(t.Context(), "admin@example.qa"); err != nil {
		t.Errorf("the command at the machine, which can make another: %v", err)
	}
}

// meanwhile does something once, before a fact is recorded: what another process does at the same moment.
type meanwhile struct {
	*accounttest.Memory
	do func()
}

func (m *meanwhile) Append(ctx context.Context, draft programme.Draft, after uint32) (programme.Fact, error) {
	if do := m.do; do != nil && draft.Family == programme.FamilyAccount {
		m.do = nil
		do()
	}
	return m.Memory.Append(ctx, draft, after)
}

func TestTwoWhoLowerEachOtherAtOnce(t *testing.T) {
	c := accounttest.NewClock()
	store := &meanwhile{Memory: &accounttest.Memory{Now: c.Now}}
	f := newFixtureOver(t, store, c, "")
	f.Store = store.Memory
	f.user("one@example.qa", access.RoleAdmin, "")
	f.user("two@example.qa", access.RoleAdmin, "")
	one, two := f.as("one@example.qa"), f.as("two@example.qa")
	var second error
	store.do = func() { _, second = f.accounts.DisableUser(two, "one@example.qa") }
	if _, err := f.accounts.DisableUser(one, "two@example.qa"); !errors.Is(err, ErrLastAdmin) || second != nil {
		t.Fatalf("%v and %v", err, second)
	}
	users, err := f.accounts.ListUsers(t.Context())
	if err != nil || !users[0].Disabled || users[1].Disabled {
		t.Errorf("%+v, %v", users, err)
	}
}

func TestDisablingEndsSessionsAndReadmittingOpensNoOldOne(t *testing.T) {
	f := newFixture(t, "")
	f.user("admin@example.qa", access.RoleAdmin, "")
	f.user("noor@example.qa", access.RolePlanner, "")
	noor := &browser{Site: f.Site}
	noor.SignIn("noor@example.qa", password)
	stolen := *noor
	ctx := f.as("admin@example.qa")
	if _, _, err := f.accounts.ReadmitUser(ctx, "noor@example.qa"); !errors.Is(err, programme.ErrAlreadyDecided) {
		t.Errorf("who is not disabled is readmitted: %v", err)
	}
	if _, err := f.accounts.DisableUser(ctx, "noor@example.qa"); err != nil || noor.Knows() {
		t.Fatalf("still signed in, %v", err)
	}
	user, first, err := f.accounts.ReadmitUser(ctx, "noor@example.qa")
	if err != nil || user.Disabled || !user.MustChange || first == "" {
		t.Fatalf("%+v %q, %v", user, first, err)
	}
	if stolen.Knows() || noor.SignIn("noor@example.qa", password) || !noor.SignIn("noor@example.qa", first) {
		t.Error("the old session or password opens the account again, or the new one does not")
	}
}

func TestLastSignIns(t *testing.T) {
	f := newFixture(t, "")
	f.user("noor@example.qa", access.RolePlanner, "")
	f.user("new@example.qa", access.RolePlanner, "")
	(&browser{Site: f.Site}).SignIn("noor@example.qa", password)
	f.Clock.Pass(time.Hour)
	(&browser{Site: f.Site}).SignIn("noor@example.qa", password)
	last, err := f.accounts.LastSignIns(t.Context())
	if at := last["noor@example.qa"]; err != nil || len(last) != 1 || !at.Equal(f.Clock.Now()) {
		t.Errorf("%v, %v", last, err)
	}
}

func TestAllSessionsOfAPersonEnd(t *testing.T) {
	f := newFixture(t, "")
	for email, role := range map[string]access.Role{"admin@example.qa": access.RoleAdmin, "auditor@example.qa": access.RoleAuditor, "noor@example.qa": access.RolePlanner} {
		f.user(email, role, "")
	}
	admin, auditor, desk, phone := &browser{Site: f.Site}, &browser{Site: f.Site}, &browser{Site: f.Site}, &browser{Site: f.Site}
	admin.SignIn("admin@example.qa", password)
	auditor.SignIn("auditor@example.qa", password)
	desk.SignIn("noor@example.qa", password)
	phone.SignIn("noor@example.qa", password)
	if seen := f.sessions(auditor); len(seen) != 4 {
		t.Errorf("an auditor sees %d sessions", len(seen))
	}
	if status := f.end(auditor, f.idOf(desk)); status != 404 {
		t.Errorf("an auditor ends another's session: %d", status)
	}
	if n, err := f.accounts.EndSessionsOf(f.as("auditor@example.qa"), "noor@example.qa"); n != 0 || err != nil || !desk.Knows() {
		t.Errorf("an auditor ends %d, %v", n, err)
	}
	if n, err := f.accounts.EndSessionsOf(
		f.as("admin@example.qa"),
		"noor@example.qa",
	); n != 2 || err != nil || desk.Knows() || phone.Knows() ||
		!admin.Knows() {
		t.Errorf("ended %d, %v", n, err)
	}
}
