package account

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/programme"
)

// What an administrator asks for people and does not get; PersonFault words them.
var (
	// ErrAddress, ErrName, ErrRole, ErrEntity and ErrNoEntity are a field of a person that is wrong: ErrEntity an
	// agency person without an entity or with one that is no code, ErrNoEntity anybody else with one.
	ErrAddress  = fmt.Errorf("%w: e-mail address", programme.ErrInvalid)
	ErrName     = fmt.Errorf("%w: name", programme.ErrInvalid)
	ErrRole     = fmt.Errorf("%w: role", programme.ErrInvalid)
	ErrEntity   = fmt.Errorf("%w: entity", programme.ErrInvalid)
	ErrNoEntity = fmt.Errorf("%w: entity of a person who has none", programme.ErrInvalid)
	// ErrPersonExists is an e-mail address that has an account.
	ErrPersonExists = fmt.Errorf("%w: has an account", programme.ErrAlreadyDecided)
	// ErrOwnAccount keeps people from ending or lowering their own access by mistake, and from raising it.
	ErrOwnAccount = fmt.Errorf("%w: one's own account", programme.ErrForbidden)
	// ErrLastAdmin keeps the programme administered.
	ErrLastAdmin = fmt.Errorf("%w: the last active administrator", programme.ErrForbidden)
	// ErrProviderDecides is a role that comes from the identity provider at every sign-in.
	ErrProviderDecides = fmt.Errorf("%w: the identity provider decides the role", programme.ErrForbidden)
)

// PersonFault returns the field that a fault belongs to and the key of its text: "" for a fault of no field, and an
// empty key when the error is no refusal.
func PersonFault(err error) (field, key string) {
	for _, each := range []struct {
		err        error
		field, key string
	}{
		{ErrAddress, "email", "people.fault.email"},
		{ErrName, "name", "people.fault.name"},
		{ErrRole, "role", "people.fault.role"},
		{ErrEntity, "entity", "people.fault.entity"},
		{ErrNoEntity, "entity", "people.fault.no_entity"},
		{ErrPersonExists, "email", "people.fault.exists"},
		{ErrOwnAccount, "", "people.fault.own"},
		{ErrLastAdmin, "", "people.fault.last_admin"},
		{ErrProviderDecides, "role", "people.fault.provider"},
		{programme.ErrAlreadyDecided, "", "people.fault.meanwhile"},
	} {
		if errors.Is(err, each.err) {
			return each.field, each.key
		}
	}
	return "", ""
}

// The form of a first password: 20 characters of 32 kinds, 100 bits, in groups that can be read aloud.
const (
	firstPasswordGroups = 4
	firstPasswordGroup  = 5
)

// firstPassword returns a random password that its owner replaces at first use.
func firstPassword() string {
	random := strings.ToLower(rand.Text())
	groups := make([]string, firstPasswordGroups)
	for i := range groups {
		groups[i] = random[i*firstPasswordGroup : (i+1)*firstPasswordGroup]
	}
	return strings.Join(groups, "-")
}

// AddUser is CreateUser with a first password made here, which is returned this once.
func (a *Accounts) AddUser(
	ctx context.Context, email, name string, role access.Role, entity string,
) (User, string, error) {
	password := firstPassword()
	user, err := a.CreateUser(ctx, email, name, role, entity, password)
	return user, password, err
}

// ReadmitUser enables a disabled person by their id. A person who signs in with a password gets a new first one, which
// is returned only here; a person of the provider gets none. A person who is not disabled is ErrAlreadyDecided.
func (a *Accounts) ReadmitUser(ctx context.Context, id string) (User, string, error) {
	who, found, err := a.readPerson(ctx, id)
	switch {
	case err != nil:
		return User{}, "", err
	case !found:
		return User{}, "", fmt.Errorf("%w: no account %s", programme.ErrNotFound, id)
	case !who.Disabled:
		return User{}, "", fmt.Errorf("%w: %s is not disabled", programme.ErrAlreadyDecided, id)
	case who.Local():
		return a.AddUser(ctx, who.Email, who.Name, who.Role, who.Entity)
	}
	after := who.userFact
	after.Disabled = false
	user, err := a.appendUser(ctx, audit.UserEnable, who, after)
	return user, "", err
}

// ChangeUser gives a person another role or entity by their id, from their next request on. Nobody changes their own
// (ErrOwnAccount), nor is the last administrator given another role (ErrLastAdmin); a person of the identity provider
// has their role from there (ErrProviderDecides). What is as asked already is no error.
func (a *Accounts) ChangeUser(ctx context.Context, id string, role access.Role, entity string) (User, error) {
	who, found, err := a.readPerson(ctx, id)
	switch {
	case err != nil:
		return User{}, err
	case !found:
		return User{}, fmt.Errorf("%w: no account %s", programme.ErrNotFound, id)
	case !who.Local():
		return User{}, ErrProviderDecides
	case isSelf(ctx, who):
		return User{}, ErrOwnAccount
	}
	after := who.userFact
	after.Role, after.Entity = role, entity
	if err := checkRole(after.User); err != nil {
		return User{}, err
	}
	if after.User == who.User {
		return who.User, nil
	}
	return a.demote(ctx, audit.UserChange, who, after)
}

// isSelf reports whether the account belongs to the person who makes the request.
func isSelf(ctx context.Context, who person) bool {
	asks, found := access.PrincipalFrom(ctx)
	return found && asks.ID == who.User.Principal().ID
}

// demote records an account that may no longer administer, unless no administrator would be left. The command at the
// machine may do even that, because it can make another administrator.
func (a *Accounts) demote(ctx context.Context, action audit.Action, before person, after userFact) (User, error) {
	_, asked := access.PrincipalFrom(ctx)
	ends := asked && a.administers(before.User) && !a.administers(after.User)
	if ends {
		if err := a.needAnother(ctx, before.ID); err != nil {
			return User{}, err
		}
	}
	user, err := a.appendUser(ctx, action, before, after)
	if err != nil || !ends {
		return user, err
	}
	// Two administrators who demote each other at once both still saw the other. The one that finds nobody left undoes
	// it.
	if alone := a.needAnother(ctx, before.ID); errors.Is(alone, ErrLastAdmin) {
		lowered := person{userFact: after, seq: before.seq + 1}
		_, err := a.appendUser(context.WithoutCancel(ctx), audit.UserChange, lowered, before.userFact)
		return User{}, errors.Join(alone, err)
	}
	return user, nil
}

// administers reports whether a person can sign in and administer.
func (a *Accounts) administers(who User) bool {
	return who.Role == access.RoleAdmin && !who.Disabled && a.signInAllowed(who)
}

// needAnother is ErrLastAdmin when nobody but the account's owner administers, as the store says now.
func (a *Accounts) needAnother(ctx context.Context, id string) error {
	known, err := a.people.Read(ctx)
	if err != nil {
		return err
	}
	for _, each := range known {
		if each.ID != id && a.administers(each.User) {
			return nil
		}
	}
	return ErrLastAdmin
}

// SignInsKnownFor is how far back LastSignIns looks.
const SignInsKnownFor = 90 * 24 * time.Hour

// LastSignIns returns when each account's owner last signed in, by the account's id; who did not within SignInsKnownFor
// is not in it.
func (a *Accounts) LastSignIns(ctx context.Context) (map[string]time.Time, error) {
	facts, err := a.dependencies.Store.Recent(ctx, programme.FamilySession, a.dependencies.Now().Add(-SignInsKnownFor))
	if err != nil {
		return nil, programme.Unavailable("read sign-ins", err)
	}
	last := map[string]time.Time{}
	for _, fact := range facts {
		kept, err := readSession(fact)
		if err != nil {
			return nil, err
		}
		if kept.SignedInAt.After(last[kept.Account]) {
			last[kept.Account] = kept.SignedInAt
		}
	}
	return last, nil
}
