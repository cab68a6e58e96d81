package account

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"time"

	"mirsad/internal/programme"
)

// Roles lists all roles.
func Roles() []Role {
	return []Role{RoleExecutive, RolePlanner, RoleAgency, RoleAuditor, RoleAdmin}
}

// ParseRole reads a role's name; anything else is ErrInvalid.
func ParseRole(text string) (Role, error) {
	if role := Role(text); slices.Contains(Roles(), role) {
		return role, nil
	}
	return "", fmt.Errorf("%w: role %q is none of %v", programme.ErrInvalid, text, Roles())
}

// User is a person who may sign in.
type User struct {
	Email     string    `json:"email"`
	Name      string    `json:"name"`
	Role      Role      `json:"role"`
	Entity    string    `json:"entity,omitempty"`
	Disabled  bool      `json:"disabled,omitempty"`
	ChangedAt time.Time `json:"-"`
}

// Principal returns the person as who makes a request.
func (u User) Principal() Principal {
	return Principal{ID: "user/" + u.Email, Name: u.Name, Role: u.Role, Entity: u.Entity}
}

// userFact is the body of an account's fact: the whole account as it stands from then on.
type userFact struct {
	User
	Password string `json:"password"` // argon2id in PHC form
}

// person is an account folded from its stream.
type person struct {
	userFact
	seq uint32
	// since is the sequence of the newest fact that ended all sessions before it: disabled, or another password.
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
		if next.Disabled || next.Password != folded.Password {
			folded.since = fact.Seq
		}
		next.ChangedAt = fact.RecordedAt
		folded.userFact, folded.seq = next, fact.Seq
	}
	return folded, len(stream) > 0, nil
}

const (
	longestName = 200
	longestCode = 64
)

// entityForm is what an entity's code looks like: no code is ever a path of two elements.
var entityForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

// CreateUser adds a person, or brings a disabled one back with a new password. A person who exists is
// ErrAlreadyDecided; a bad address, role or password, or an agency person without an entity, is ErrInvalid.
func (a *Accounts) CreateUser(ctx context.Context, email, name string, role Role, entity, password string) (User, error) {
	address, err := normalAddress(email)
	if err != nil {
		return User{}, err
	}
	user := User{Email: address, Name: strings.TrimSpace(name), Role: role, Entity: entity}
	if err := checkUser(user, password); err != nil {
		return User{}, err
	}
	before, found, err := a.readPerson(ctx, address)
	if err != nil {
		return User{}, err
	}
	if found && !before.Disabled {
		return User{}, fmt.Errorf("%w: %s has an account", programme.ErrAlreadyDecided, address)
	}
	hash, err := a.passwords.hash(ctx, password)
	if err != nil {
		return User{}, err
	}
	return a.appendUser(ctx, userFact{User: user, Password: hash}, before.seq)
}

// DisableUser ends a person's access and every session of theirs; unknown is ErrNotFound, done already is no error.
func (a *Accounts) DisableUser(ctx context.Context, email string) (User, error) {
	address, err := normalAddress(email)
	if err != nil {
		return User{}, err
	}
	before, found, err := a.readPerson(ctx, address)
	if err != nil {
		return User{}, err
	}
	if !found {
		return User{}, fmt.Errorf("%w: no account %s", programme.ErrNotFound, address)
	}
	if before.Disabled {
		return before.User, nil
	}
	after := before.userFact
	after.Disabled = true
	return a.appendUser(ctx, after, before.seq)
}

// ListUsers returns all people by e-mail address, disabled ones included.
func (a *Accounts) ListUsers(ctx context.Context) ([]User, error) {
	known, err := a.directory.read(ctx)
	if err != nil {
		return nil, err
	}
	users := make([]User, 0, len(known.people))
	for _, each := range known.people {
		users = append(users, each.User)
	}
	slices.SortFunc(users, func(x, y User) int { return cmp.Compare(x.Email, y.Email) })
	return users, nil
}

func (a *Accounts) readPerson(ctx context.Context, address string) (person, bool, error) {
	stream, err := a.dependencies.Store.Stream(ctx, programme.FamilyAccount, address)
	if err != nil {
		return person{}, false, unavailable("read account", err)
	}
	return foldPerson(stream)
}

func (a *Accounts) appendUser(ctx context.Context, body userFact, after uint32) (User, error) {
	fact, err := a.dependencies.Store.Append(ctx, programme.Draft{
		Family: programme.FamilyAccount, Subject: body.Email, Actor: actor(ctx), Body: body,
	}, after)
	if err != nil {
		return User{}, unavailable("record account", err)
	}
	a.directory.forget()
	body.ChangedAt = fact.RecordedAt
	return body.User, nil
}

func checkUser(user User, password string) error {
	if _, err := ParseRole(string(user.Role)); err != nil {
		return err
	}
	if user.Name == "" || len(user.Name) > longestName {
		return fmt.Errorf("%w: a person needs a name of at most %d bytes", programme.ErrInvalid, longestName)
	}
	if err := checkEntity(user.Entity); err != nil {
		return err
	}
	if (user.Role == RoleAgency) != (user.Entity != "") {
		return fmt.Errorf("%w: an agency person belongs to one entity, everyone else to none", programme.ErrInvalid)
	}
	return checkPassword(password, user)
}

func checkEntity(code string) error {
	if code != "" && (!entityForm.MatchString(code) || len(code) > longestCode) {
		return fmt.Errorf("%w: entity %q is no code: letters, digits, dot, dash and underscore, at most %d", programme.ErrInvalid, code, longestCode)
	}
	return nil
}

// normalAddress is how an e-mail address names its account: trimmed, in lower case, without a display name.
func normalAddress(email string) (string, error) {
	trimmed := strings.ToLower(strings.TrimSpace(email))
	parsed, err := mail.ParseAddress(trimmed)
	if err != nil || parsed.Address != trimmed || len(trimmed) > longestName {
		return "", fmt.Errorf("%w: %q is no e-mail address", programme.ErrInvalid, email)
	}
	return trimmed, nil
}
