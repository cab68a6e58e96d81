package account

import (
	"context"
	"errors"

	"mirsad/internal/access"
	"mirsad/internal/intake"
)

// HasAccount reports whether an e-mail address has an account, a disabled one included.
func (a *Accounts) HasAccount(ctx context.Context, email string) (bool, error) {
	_, found, err := a.readPerson(ctx, email)
	return found, err
}

// CheckInvited checks what the reader of an invitation chose. Its errors: ErrName, ErrPasswordWeak.
func (a *Accounts) CheckInvited(email, name, entity, password string) error {
	wanted := User{ID: email, Email: email, Name: intake.Prose(name), Role: access.RoleAgency, Entity: entity}
	err := checkUser(wanted, password)
	if err != nil && !errors.Is(err, ErrName) {
		err = errors.Join(ErrPasswordWeak, err)
	}
	return err
}

// AddInvited makes the account of somebody of an agency who was invited, with the password that they chose.
func (a *Accounts) AddInvited(ctx context.Context, email, name, entity, password string) error {
	_, err := a.CreateUser(ctx, email, name, access.RoleAgency, entity, password, KeepsPassword())
	return err
}
