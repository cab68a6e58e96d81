package account

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/intake"
	"mirsad/internal/programme"
)

// User is a person who may sign in.
type User struct {
	// ID names the account: the e-mail address of a local one, oidc:<hash of issuer and subject> of the provider's.
	ID    string `json:"-"`
	Email string `json:"email"`
	Name  string `json:"name"`
	// Role is empty for a person of the provider who has none any more.
	Role     access.Role `json:"role"`
	Entity   string      `json:"entity,omitempty"`
	Disabled bool        `json:"disabled,omitempty"`
	// MustChange is a password that somebody else chose: nothing is open to it but choosing another.
	MustChange bool `json:"must_change,omitempty"`
	// Issuer and Subject are who the person is at the identity provider; empty for a local account.
	Issuer    string    `json:"issuer,omitempty"`
	Subject   string    `json:"subject,omitempty"`
	ChangedAt time.Time `json:"-"`
}

// Local reports whether the person signs in with a password kept here.
func (u User) Local() bool { return u.Issuer == "" }

// Principal returns the person as the principal of a request.
func (u User) Principal() access.Principal {
	return access.Principal{ID: "user/" + u.ID, Name: u.Name, Role: u.Role, Entity: u.Entity, MustChange: u.MustChange}
}

// userFact is the body of an account's fact: the whole account as it is from then on.
type userFact struct {
	User
	Password string `json:"password"` // argon2id in PHC form; empty for a person of the provider
}

// person is an account folded from its stream.
type person struct {
	userFact
	seq uint32
	// since is the sequence of the newest fact that ended all sessions before it: disabled, another password,
	// or no role any more.
	since uint32
}

// foldPerson folds one account's facts, in any order; false when there are none.
func foldPerson(stream []programme.Fact) (person, bool, error) {
	slices.SortFunc(stream, func(a, b programme.Fact) int { return cmp.Compare(a.Seq, b.Seq) })
	var folded person
	for _, fact := range stream {
		var next userFact
		if err := json.Unmarshal(fact.Body, &next); err != nil {
			return person{}, false, fmt.Errorf("read account %s, fact %d: %w", fact.Subject, fact.Seq, err)
		}
		if next.Disabled || next.Password != folded.Password || next.Role == "" {
			folded.since = fact.Seq
		}
		next.ID, next.ChangedAt = fact.Subject, fact.RecordedAt
		folded.userFact, folded.seq = next, fact.Seq
	}
	return folded, len(stream) > 0, nil
}

const longestName = 200

// UserOption changes how a person is made.
type UserOption func(*User)

// KeepsPassword is for a password that the person chose, or that belongs to the sample: it need not be changed.
func KeepsPassword() UserOption { return func(u *User) { u.MustChange = false } }

// CreateUser adds a person, or brings a disabled one back with a new password, which they change at first use. A person
// who exists is ErrAlreadyDecided; a bad address, role or password, or an agency person without an entity, is
// ErrInvalid.
func (a *Accounts) CreateUser(
	ctx context.Context, email, name string, role access.Role, entity, password string, options ...UserOption,
) (User, error) {
	address, err := normalAddress(email)
	if err != nil {
		return User{}, err
	}
	user := User{
		ID:         address,
		Email:      address,
		Name:       intake.Prose(name),
		Role:       role,
		Entity:     entity,
		MustChange: true,
	}
	for _, option := range options {
		option(&user)
	}
	if err := checkUser(user, password); err != nil {
		return User{}, err
	}
	before, found, err := a.readPerson(ctx, address)
	if err != nil {
		return User{}, err
	}
	if found && !before.Disabled {
		return User{}, fmt.Errorf("%w: %s", ErrPersonExists, address)
	}
	hash, err := a.passwords.hash(ctx, password)
	if err != nil {
		return User{}, err
	}
	return a.appendUser(ctx, audit.UserCreate, before, userFact{User: user, Password: hash})
}

// DisableUser ends the access and every session of the person with an e-mail address or id, both by password and
// through the provider: a person who leaves must not get in by the other way. Unknown is ErrNotFound, done already is
// no error; nobody disables themselves (ErrOwnAccount) or the last administrator (ErrLastAdmin).
func (a *Accounts) DisableUser(ctx context.Context, emailOrID string) (User, error) {
	people, err := a.named(ctx, emailOrID)
	if err != nil {
		return User{}, err
	}
	if slices.ContainsFunc(people, func(who person) bool { return isSelf(ctx, who) }) {
		return User{}, ErrOwnAccount
	}
	for i, who := range people {
		if who.Disabled {
			continue
		}
		after := who.userFact
		after.Disabled = true
		if people[i].User, err = a.demote(ctx, audit.UserDisable, who, after); err != nil {
			return User{}, err
		}
	}
	return people[0].User, nil
}

// EnableUser brings disabled people of the provider back; a local one gets a new password with CreateUser instead.
func (a *Accounts) EnableUser(ctx context.Context, emailOrID string) (User, error) {
	people, err := a.named(ctx, emailOrID)
	if err != nil {
		return User{}, err
	}
	for _, who := range people {
		if who.Local() || !who.Disabled {
			continue
		}
		after := who.userFact
		after.Disabled = false
		return a.appendUser(ctx, audit.UserEnable, who, after)
	}
	return User{}, fmt.Errorf(
		"%w: no disabled account of the identity provider is named %s", programme.ErrNotFound, emailOrID,
	)
}

// named returns the accounts that an e-mail address or an id names, the one with that id first.
func (a *Accounts) named(ctx context.Context, emailOrID string) ([]person, error) {
	id := emailOrID
	if !strings.HasPrefix(id, providerMark) {
		address, err := normalAddress(emailOrID)
		if err != nil {
			return nil, err
		}
		id = address
	}
	known, err := a.people.Read(ctx)
	if err != nil {
		return nil, err
	}
	var people []person
	for _, each := range known {
		switch id {
		case each.ID:
			people = slices.Insert(people, 0, each)
		case each.Email:
			people = append(people, each)
		}
	}
	if len(people) == 0 {
		return nil, fmt.Errorf("%w: no account %s", programme.ErrNotFound, id)
	}
	return people, nil
}

// ListUsers returns all people by e-mail address, disabled ones included.
func (a *Accounts) ListUsers(ctx context.Context) ([]User, error) {
	known, err := a.people.Read(ctx)
	if err != nil {
		return nil, err
	}
	users := make([]User, 0, len(known))
	for _, each := range known {
		users = append(users, each.User)
	}
	slices.SortFunc(
		users, func(x, y User) int { return cmp.Or(cmp.Compare(x.Email, y.Email), cmp.Compare(x.ID, y.ID)) },
	)
	return users, nil
}

func (a *Accounts) readPerson(ctx context.Context, address string) (person, bool, error) {
	stream, err := a.dependencies.Store.Stream(ctx, programme.FamilyAccount, address)
	if err != nil {
		return person{}, false, programme.Unavailable("read account", err)
	}
	return foldPerson(stream)
}

// appendUser records an account as it is after a change, and who changed it.
func (a *Accounts) appendUser(ctx context.Context, action audit.Action, before person, body userFact) (User, error) {
	return a.auditUser(ctx, audit.Entry{Action: action}, access.Actor(ctx), before, body)
}

// appendUserAs is appendUser for a change that is not made by the person of the request.
func (a *Accounts) appendUserAs(
	ctx context.Context, by string, action audit.Action, before person, body userFact,
) (User, error) {
	return a.auditUser(ctx, audit.Entry{Action: action, Actor: by}, by, before, body)
}

func (a *Accounts) auditUser(
	ctx context.Context, entry audit.Entry, by string, before person, body userFact,
) (User, error) {
	entry.Object, entry.Entity, entry.After = "user/"+body.ID, body.Entity, body.User
	if before.seq > 0 {
		entry.Before = before.User
	}
	var user User
	err := a.dependencies.Audit.Change(ctx, entry, func() error {
		var err error
		user, err = a.storeUser(ctx, by, before, body)
		return err
	})
	return user, err
}

// storeUser records an account without writing it into the audit record: a page that changes it is written there
// itself.
func (a *Accounts) storeUser(ctx context.Context, by string, before person, body userFact) (User, error) {
	fact, err := a.dependencies.Store.Append(ctx, programme.Draft{
		Family: programme.FamilyAccount, Subject: body.ID, Actor: by, Body: body,
	}, before.seq)
	if err != nil {
		return User{}, programme.Unavailable("record account", err)
	}
	a.people.Forget()
	body.ChangedAt = fact.RecordedAt
	return body.User, nil
}

func checkUser(user User, password string) error {
	if user.Name == "" || len(user.Name) > longestName {
		return fmt.Errorf("%w: a person needs one of at most %d bytes", ErrName, longestName)
	}
	if err := checkRole(user); err != nil {
		return err
	}
	return checkPassword(password, user)
}

// checkRole checks a person's role and the entity that it needs or must not have.
func checkRole(user User) error {
	if _, err := access.ParseRole(string(user.Role)); err != nil {
		return errors.Join(ErrRole, err)
	}
	if err := access.CheckEntity(user.Entity); err != nil {
		return errors.Join(ErrEntity, err)
	}
	switch agency := user.Role == access.RoleAgency; {
	case agency && user.Entity == "":
		return fmt.Errorf("%w: an agency person belongs to one", ErrEntity)
	case !agency && user.Entity != "":
		return fmt.Errorf("%w: only an agency person belongs to one", ErrNoEntity)
	}
	return nil
}

// normalAddress is how an e-mail address names its account; one that is none is ErrAddress.
func normalAddress(email string) (string, error) {
	address, is := access.NormalAddress(email)
	if !is {
		return "", fmt.Errorf("%w: %q is none", ErrAddress, email)
	}
	return address, nil
}
