package account

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/programme"
)

func TestWhoHasATurnOfTheKnown(t *testing.T) {
	within := contextWithSession(t)
	for what, each := range map[string]struct {
		ctx  context.Context
		want passwordTurn
	}{
		"a command":           {context.Background(), passwordTurn{known: true, name: "operator/command"}},
		"a person":            {access.WithPrincipal(within, access.Principal{ID: "user/a"}), passwordTurn{known: true, name: "user/a"}},
		"nobody":              {within, passwordTurn{name: "unknown"}},
		"a token of a change": {access.WithPrincipal(context.Background(), access.Principal{ID: "token/a"}), passwordTurn{known: true, name: "token/a"}},
	} {
		if got := turnOf(each.ctx); got != each.want {
			t.Errorf("%s: %+v, want %+v", what, got, each.want)
		}
	}
}

// The sign of a known browser is given within a request to a person with a password, and to nobody else.
func TestWhoIsGivenTheSignOfAKnownBrowser(t *testing.T) {
	f := newFixture(t, "")
	local := person{userFact: userFact{User: User{ID: "a@example.qa", Role: access.RolePlanner}, Password: "hash"}}
	provided := person{userFact: userFact{User: User{ID: "oidc:1", Role: access.RolePlanner, Issuer: "https://id.example"}}}
	f.accounts.know(context.Background(), local) // a command has no browser
	for _, ctx := range []context.Context{context.Background(), contextWithSession(t)} {
		for _, who := range []person{local, provided} {
			if browser, known := f.accounts.knows(ctx, who); known || browser != "" {
				t.Errorf("%s is known as %q", who.ID, browser)
			}
		}
	}
}

func TestCommandsWithoutTheStoreSayThatItIsAway(t *testing.T) {
	f := newFixture(t, "")
	f.user("a@example.qa", access.RolePlanner, "")
	f.Store.GoAway()
	_, disable := f.accounts.DisableUser(t.Context(), "a@example.qa")
	_, enable := f.accounts.EnableUser(t.Context(), "a@example.qa")
	_, change := f.accounts.ChangeUser(t.Context(), "a@example.qa", access.RoleAuditor, "")
	_, _, readmit := f.accounts.ReadmitUser(t.Context(), "a@example.qa")
	_, list := f.accounts.ListUsers(t.Context())
	_, has := f.accounts.HasAccount(t.Context(), "a@example.qa")
	_, last := f.accounts.LastSignIns(t.Context())
	_, create := f.accounts.CreateUser(t.Context(), "b@example.qa", "B", access.RolePlanner, "", password)
	for what, err := range map[string]error{
		"disable": disable, "enable": enable, "change": change, "readmit": readmit, "list": list, "has": has, "last": last, "create": create,
	} {
		if !errors.Is(err, programme.ErrUnavailable) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// People are changed by who may, as far as they may.
func TestHowPeopleAreChanged(t *testing.T) {
	f := newFixture(t, "")
	f.user("admin@example.qa", access.RoleAdmin, "")
	f.user("agency@example.qa", access.RoleAgency, "moi")
	admin := access.WithPrincipal(t.Context(), access.Principal{ID: "user/admin@example.qa", Role: access.RoleAdmin})
	token := access.WithPrincipal(t.Context(), access.Principal{ID: "token/t", Scopes: []access.Scope{access.ScopeAdmin}})
	change := func(ctx context.Context, id string, role access.Role, entity string) error {
		_, err := f.accounts.ChangeUser(ctx, id, role, entity)
		return err
	}
	for what, each := range map[string]struct{ got, want error }{
		"nobody":             {change(admin, "none@example.qa", access.RolePlanner, ""), programme.ErrNotFound},
		"oneself":            {change(admin, "admin@example.qa", access.RolePlanner, ""), ErrOwnAccount},
		"the last admin":     {change(token, "admin@example.qa", access.RolePlanner, ""), ErrLastAdmin},
		"an entity too few":  {change(admin, "agency@example.qa", access.RoleAgency, ""), programme.ErrInvalid},
		"an entity too many": {change(admin, "agency@example.qa", access.RolePlanner, "moi"), programme.ErrInvalid},
		"no role":            {change(admin, "agency@example.qa", "root", ""), programme.ErrInvalid},
		"the same":           {change(admin, "agency@example.qa", access.RoleAgency, "moi"), nil},
	} {
		if !errors.Is(each.got, each.want) || (each.want == nil) != (each.got == nil) {
			t.Errorf("%s: %v, want %v", what, each.got, each.want)
		}
	}
	facts := f.Store.Rows(programme.FamilyAccount)
	if err := change(admin, "agency@example.qa", access.RoleAgency, "moj"); err != nil || f.Store.Rows(programme.FamilyAccount) != facts+1 {
		t.Errorf("another entity: %v", err)
	}
	users, err := f.accounts.ListUsers(t.Context())
	if at := slices.IndexFunc(users, func(u User) bool { return u.ID == "agency@example.qa" }); err != nil || users[at].Entity != "moj" {
		t.Errorf("%+v, %v", users, err)
	}
	if _, err := f.accounts.DisableUser(admin, "admin@example.qa"); !errors.Is(err, ErrOwnAccount) && !errors.Is(err, ErrLastAdmin) {
		t.Errorf("disabling oneself: %v", err)
	}
	f.user("second@example.qa", access.RoleAdmin, "")
	if err := change(token, "admin@example.qa", access.RolePlanner, ""); err != nil {
		t.Errorf("one of two administrators: %v", err)
	}
	if err := change(t.Context(), "second@example.qa", access.RolePlanner, ""); err != nil {
		t.Errorf("the last one, by the command at the machine: %v", err)
	}
}

// A password is long enough, not too long, and not what everybody knows of the person.
func TestWhichPasswordsAreTaken(t *testing.T) {
	who := User{ID: "noor@example.qa", Email: "noor@example.qa", Name: "Noor Al-Planner"}
	for secret, want := range map[string]bool{
		strings.Repeat("ab1-", 3): true, strings.Repeat("x", 11): false, "": false,
		strings.Repeat("ab1-", 64): true, strings.Repeat("ab1-", 64) + "x": false, "a sentence of words": true,
	} {
		if err := checkPassword(secret, who); (err == nil) != want {
			t.Errorf("%d characters %.12q: %v", len(secret), secret, err)
		}
	}
}

// Where a sign-in leads is a path of this site, whatever else an address may be.
func TestNoAddressOfAnotherKindIsAPathOfThisSite(t *testing.T) {
	for _, next := range []string{
		"https:/en/", "javascript:/en/", "mailto:a", "//host/en/", "//user@/en/", "http://user@host/en/", "/en/%zz", ":", "?a=b", "en",
	} {
		if got := LocalPath(next, "home"); got != "home" {
			t.Errorf("%q leads to %q", next, got)
		}
	}
	if got := LocalPath("/en/usage?on=2016-09-30#top", "home"); got != "/en/usage?on=2016-09-30" {
		t.Errorf("a path of this site leads to %q", got)
	}
}

func TestWhatIsNoAddressNamesNobody(t *testing.T) {
	f := newFixture(t, "")
	for _, none := range []string{"", "noor", "Noor <noor@example.qa>"} {
		if _, err := f.accounts.DisableUser(t.Context(), none); !errors.Is(err, programme.ErrInvalid) {
			t.Errorf("%q: %v", none, err)
		}
	}
}

// A session in use is recorded again after five minutes, and not before.
func TestASessionIsRenewedEveryFiveMinutes(t *testing.T) {
	f := newFixture(t, "")
	f.user("a@example.qa", access.RolePlanner, "")
	b := &browser{Site: f.Site}
	b.SignIn("a@example.qa", password)
	facts := f.Store.Rows(programme.FamilySession)
	f.Clock.Pass(renewEvery - time.Second)
	if b.Knows(); f.Store.Rows(programme.FamilySession) != facts {
		t.Error("renewed before its time")
	}
	f.Clock.Pass(time.Second)
	if b.Knows(); f.Store.Rows(programme.FamilySession) != facts+1 {
		t.Error("not renewed")
	}
}

// Failures are forgotten after an hour, and those of many addresses do not fill the memory.
func TestFailuresAreForgotten(t *testing.T) {
	now := time.Date(2016, 9, 30, 12, 0, 0, 0, time.UTC)
	a := newAttempts(func() time.Time { return now })
	try := func(by string) bool { return a.begin(counted{by, freeAttempts}) == nil }
	for range freeAttempts {
		try("a")
	}
	if try("a") || a.before(counted{by: "a"}, now).count != freeAttempts {
		t.Error("a try before its wait is over is taken, or counted")
	}
	now = now.Add(failureLifetime)
	if before := a.before(counted{by: "a"}, now).count; before != freeAttempts {
		t.Errorf("within the hour %d are remembered", before)
	}
	now = now.Add(1)
	if before := a.before(counted{by: "a"}, now).count; before != 0 {
		t.Errorf("after the hour %d are remembered", before)
	}
	for i := range failuresKept + 50 {
		now = now.Add(time.Millisecond)
		if !try(fmt.Sprint("x", i)) {
			t.Fatal("a first try waits")
		}
	}
	if len(a.failed) != failuresKept {
		t.Errorf("%d are remembered", len(a.failed))
	}
	if _, kept := a.failed[fmt.Sprint("x", failuresKept+49)]; !kept || a.failed["x0"].count != 0 {
		t.Error("not the longest quiet made room")
	}
	now = now.Add(2 * failureLifetime)
	try("later")
	if len(a.failed) != 1 {
		t.Errorf("%d are remembered when all are old", len(a.failed))
	}
	a.succeeded(counted{by: "later"})
	if len(a.failed) != 0 {
		t.Error("a success is not forgotten")
	}
}

func TestTheCookieOfASignInUnderWayIsBoundToTheHostBehindTLS(t *testing.T) {
	for secure, want := range map[bool]string{true: secureFlowCookie, false: plainFlowCookie} {
		if got := (&flows{secure: secure}).name(); got != want {
			t.Errorf("secure %v: %s", secure, got)
		}
	}
}
