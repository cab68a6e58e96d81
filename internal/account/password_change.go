package account

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"mirsad/internal/access"
	"mirsad/internal/programme"
)

// The outcomes of a change of password that fails; PasswordText words them.
var (
	// ErrPasswordWrong is a present password that is not the person's.
	ErrPasswordWrong = fmt.Errorf("%w: not the present password", programme.ErrForbidden)
	// ErrPasswordWeak is a new password that is not accepted.
	ErrPasswordWeak = fmt.Errorf("%w: the new password is not accepted", programme.ErrInvalid)
	// ErrPasswordSame is a new password that is the present one.
	ErrPasswordSame = fmt.Errorf("%w: the new password is the present one", programme.ErrInvalid)
)

// PasswordText returns the key of the text for a change of password that failed; "" when it is no refusal.
func PasswordText(err error) string {
	for _, each := range []struct {
		err error
		key string
	}{
		{ErrPasswordWrong, "account.password.wrong"},
		{ErrPasswordWeak, "account.password.weak"},
		{ErrPasswordSame, "account.password.same"},
		{ErrTooManyAttempts, "account.sign_in.too_many"},
	} {
		if errors.Is(err, each.err) {
			return each.key
		}
	}
	return ""
}

// Self returns the account of the person who makes the request; a token's owner is ErrForbidden.
func (a *Accounts) Self(ctx context.Context) (User, error) {
	who, err := a.self(ctx)
	return who.User, err
}

func (a *Accounts) self(ctx context.Context) (person, error) {
	principal, _ := access.PrincipalFrom(ctx)
	id, is := strings.CutPrefix(principal.ID, "user/")
	if !is || !hasSession(ctx) {
		return person{}, fmt.Errorf("%w: only a person in a session has an account", programme.ErrForbidden)
	}
	who, found, err := a.readPerson(ctx, id)
	if err == nil && !found {
		err = fmt.Errorf("%w: no account %s", programme.ErrNotFound, id)
	}
	return who, err
}

// ChangePassword gives the person who makes the request another password. It ends all their sessions but this one,
// which goes on under a new name.
func (a *Accounts) ChangePassword(ctx context.Context, present, next string) error {
	who, err := a.self(ctx)
	if err != nil {
		return err
	}
	if !who.Local() {
		return fmt.Errorf("%w: the identity provider keeps this person's password", programme.ErrForbidden)
	}
	// Counted apart from signing in: somebody who guesses here has taken over a session, and must not lock the person
	// out.
	changes := counted{"change/" + who.ID, freeAttempts}
	if err := a.attempts.begin(changes); err != nil {
		return err
	}
	if len(present) > longestPassword {
		present = ""
	}
	right, err := a.passwords.matches(ctx, turnOf(ctx), present, who.Password)
	if err != nil {
		return programme.Unavailable("check password", err)
	}
	if !right {
		return ErrPasswordWrong
	}
	a.attempts.succeeded(changes)
	if err := checkPassword(next, who.User); err != nil {
		return fmt.Errorf("%w: %w", ErrPasswordWeak, err)
	}
	if next == present {
		return ErrPasswordSame
	}
	return a.settle(ctx, who, next)
}

// settle records the new password and renews the session that it was given in.
func (a *Accounts) settle(ctx context.Context, who person, password string) error {
	hash, err := a.passwords.hash(ctx, password)
	if err != nil {
		return err
	}
	access.NoteAct(ctx, "user/"+who.ID, who.Entity, nil, nil)
	after := who.userFact
	after.Password, after.MustChange = hash, false
	if _, err := a.storeUser(ctx, access.Actor(ctx), who, after); err != nil {
		return err
	}
	changed, _, err := a.readPerson(ctx, who.ID)
	if err != nil {
		return err
	}
	if err := a.sessions.open(ctx, changed); err != nil {
		return err
	}
	a.know(ctx, changed)
	return nil
}
