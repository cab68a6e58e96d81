package access

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"mirsad/internal/programme"
)

// TestWhomARuleLetsIn holds every part of a rule against every kind of who may ask.
func TestWhomARuleLetsIn(t *testing.T) {
	who := map[string]Principal{
		"nobody":         {},
		"executive":      {ID: "user/e", Role: RoleExecutive},
		"planner":        {ID: "user/p", Role: RolePlanner},
		"agency":         {ID: "user/a", Role: RoleAgency, Entity: "moi"},
		"bound planner":  {ID: "user/b", Role: RolePlanner, Entity: "moi"},
		"admin":          {ID: "user/x", Role: RoleAdmin},
		"reading token":  {ID: "token/r", Scopes: []Scope{ScopeRead}},
		"sending token":  {ID: "token/s", Scopes: []Scope{ScopeEvents}, Entity: "moi"},
		"admin token":    {ID: "token/a", Scopes: []Scope{ScopeAdmin}},
		"plan link":      {ID: "link/p", Role: RoleAgency, Entity: "moi", Purpose: LinkPlan},
		"claims link":    {ID: "link/c", Role: RoleAgency, Entity: "moi", Purpose: LinkClaims},
		"first password": {ID: "user/f", Role: RolePlanner, MustChange: true},
	}
	people := "executive planner agency bound planner admin first password"
	for _, each := range []struct {
		name string
		rule Rule
		want string
	}{
		{"nobody's", Rule{}, ""},
		{"open", Open(), "nobody " + people + " reading token sending token admin token plan link claims link"},
		{"everyone", Everyone(), people},
		{"readers", Readers(), people + " reading token admin token"},
		{"office", Office(), "planner bound planner admin first password"},
		{"any token", For(RoleAdmin).AnyToken(), "admin reading token sending token admin token"},
		{"one role", For(RoleAgency), "agency"},
		{"senders", For().Tokens(ScopeEvents), "sending token admin token"},
		{"links for plans", For(RoleAdmin).Links(LinkPlan), "admin plan link"},
		{"the whole programme", Readers().Links(LinkPlan).WholeProgramme(), "executive planner admin reading token admin token first password"},
	} {
		var let []string
		for name, one := range who {
			if each.rule.Allows(one) {
				let = append(let, name)
			}
		}
		slices.Sort(let)
		want := strings.Fields(strings.NewReplacer("bound planner", "bound_planner", "first password", "first_password",
			"reading token", "reading_token", "sending token", "sending_token", "admin token", "admin_token",
			"plan link", "plan_link", "claims link", "claims_link").Replace(each.want))
		for i := range want {
			want[i] = strings.ReplaceAll(want[i], "_", " ")
		}
		slices.Sort(want)
		if !slices.Equal(let, want) {
			t.Errorf("%s lets in %q, want %q", each.name, let, want)
		}
	}
}

func TestARuleNamesItself(t *testing.T) {
	for _, each := range []struct {
		rule                         Rule
		roles, scopes, links, limits string
		open, first                  bool
	}{
		{Rule{}, "", "", "", "", false, false},
		{Open(), "open", "", "", "", true, true},
		{Readers(), "everyone", "read admin", "", "", false, false},
		{For(RoleAgency, RoleAdmin).Tokens(ScopeEvents, ScopePlan), "agency admin", "events plan admin", "", "", false, false},
		{For(RoleAdmin).Tokens(ScopeAdmin), "admin", "admin", "", "", false, false},
		{For(RoleAdmin).AnyToken(), "admin", "any", "", "", false, false},
		{Everyone().FirstPassword().Links(LinkPlan, LinkClaims), "everyone", "", "plan claims", "also with a first password", false, true},
		{Everyone().WholeProgramme(), "everyone", "", "", "whole programme only", false, false},
		{
			Everyone().FirstPassword().WholeProgramme(), "everyone", "", "",
			"whole programme only, also with a first password", false, true,
		},
	} {
		r := each.rule
		if r.RoleNames() != each.roles || r.ScopeNames() != each.scopes || r.LinkNames() != each.links || r.Limits() != each.limits {
			t.Errorf("%q %q %q %q, want %+v", r.RoleNames(), r.ScopeNames(), r.LinkNames(), r.Limits(), each)
		}
		if r.IsOpen() != each.open || r.AllowsFirstPassword() != each.first {
			t.Errorf("%s: open %v, with a first password %v", r.RoleNames(), r.IsOpen(), r.AllowsFirstPassword())
		}
	}
}

func TestRolesAndScopesAreClosedLists(t *testing.T) {
	for _, role := range Roles() {
		if got, err := ParseRole(string(role)); got != role || err != nil {
			t.Errorf("%s: %v, %v", role, got, err)
		}
	}
	for _, scope := range Scopes() {
		if got, err := ParseScope(string(scope)); got != scope || err != nil {
			t.Errorf("%s: %v, %v", scope, got, err)
		}
	}
	for _, none := range []string{"", "Admin", "root", "link"} {
		if got, err := ParseRole(none); got != "" || !errors.Is(err, programme.ErrInvalid) {
			t.Errorf("the role %q: %v, %v", none, got, err)
		}
		if got, err := ParseScope(none); got != "" || !errors.Is(err, programme.ErrInvalid) {
			t.Errorf("the scope %q: %v, %v", none, got, err)
		}
	}
	if len(Roles()) != 5 || len(Scopes()) != 5 || len(Purposes()) != 4 || len(SessionPurposes()) != 3 ||
		Purposes()[0] != LinkInvitation || slices.Contains(SessionPurposes(), LinkInvitation) {
		t.Errorf("%v %v %v %v", Roles(), Scopes(), Purposes(), SessionPurposes())
	}
}

func TestWhatAPrincipalIsCalledAndHas(t *testing.T) {
	for _, each := range []struct {
		who          Principal
		reads, admin bool
		name         string
	}{
		{Principal{}, false, false, ""},
		{Principal{Role: RolePlanner}, false, false, "planner"},
		{Principal{Role: RoleAdmin}, false, true, "admin"},
		{Principal{Scopes: []Scope{ScopeRead}}, true, false, "read"},
		{Principal{Scopes: []Scope{ScopeEvents, ScopePlan}}, false, false, "events,plan"},
		{Principal{Scopes: []Scope{ScopeAdmin}}, true, true, "admin"},
	} {
		if each.who.Has(ScopeRead) != each.reads || each.who.Admin() != each.admin || each.who.RoleName() != each.name {
			t.Errorf("%+v: reads %v, admin %v, %q", each.who, each.who.Has(ScopeRead), each.who.Admin(), each.who.RoleName())
		}
	}
	if _, found := PrincipalFrom(t.Context()); found || Actor(t.Context()) != "operator/command" {
		t.Errorf("nobody is %s", Actor(t.Context()))
	}
	ctx := WithPrincipal(t.Context(), Principal{ID: "user/a"})
	if who, found := PrincipalFrom(ctx); !found || who.ID != "user/a" || Actor(ctx) != "user/a" {
		t.Errorf("%v, %s", who, Actor(ctx))
	}
}

func TestAVerdictIsNotedOnce(t *testing.T) {
	if _, found := VerdictOf(t.Context()); found {
		t.Error("a verdict of nobody")
	}
	NoteRefusal(context.Background(), programme.TokenForbidden) // without a verdict nothing is noted
	v := &Verdict{}
	ctx := WithVerdict(t.Context(), v)
	if found, is := VerdictOf(ctx); !is || found != v || v.Refused() != "" || v.Written() || v.Act() != (Act{}) {
		t.Errorf("new: %+v", v)
	}
	NoteRefusal(ctx, programme.TokenOtherEntity)
	NoteWritten(ctx)
	NoteAct(ctx, "plan/moi", "moi", "before", "after")
	if v.Refused() != programme.TokenOtherEntity || !v.Written() || v.Act() != (Act{"plan/moi", "moi", "before", "after"}) {
		t.Errorf("noted: %+v", v)
	}
}

func TestTheLongestNames(t *testing.T) {
	if !IsCode(strings.Repeat("x", longestCode)) || IsCode(strings.Repeat("x", longestCode+1)) {
		t.Error("the longest code")
	}
	domain := "@example.qa"
	for over, want := range map[int]bool{0: true, 1: false} {
		if _, is := NormalAddress(strings.Repeat("x", longestAddress-len(domain)+over) + domain); is != want {
			t.Errorf("%d beyond the longest address: %v", over, is)
		}
	}
	if err := CheckEntity("a/b"); !errors.Is(err, programme.ErrInvalid) {
		t.Errorf("%v", err)
	}
}
