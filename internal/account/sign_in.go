package account

import (
	"context"
	"errors"
	"fmt"
	"net/netip"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
)

// The outcomes of a sign-in that fails. Neither shows whether there is such an account.
var (
	// ErrSignInRefused is a wrong address or password, or a disabled person; its text is account.sign_in.refused.
	ErrSignInRefused = fmt.Errorf("%w: sign-in refused", programme.ErrForbidden)
	// ErrTooManyAttempts asks to wait before the next try; its text is account.sign_in.too_many.
	ErrTooManyAttempts = fmt.Errorf("%w: too many attempts", programme.ErrForbidden)
)

// SignIn opens a session for a person, under a new name, and returns who they are. It runs under Middleware.
// It fails with ErrSignInRefused, ErrTooManyAttempts or, when it could not be tried, programme.ErrUnavailable.
func (a *Accounts) SignIn(ctx context.Context, email, password string) (access.Principal, error) {
	if !hasSession(ctx) {
		return access.Principal{}, fmt.Errorf(
			"%w: sign-in outside the session middleware, or with a token", programme.ErrInvalid,
		)
	}
	address, addressErr := normalAddress(email)
	if addressErr != nil {
		address = "" // is tried all the same, and counted under one name
	}
	if err := a.dependencies.Audit.Capacity(); err != nil {
		return access.Principal{}, err
	}
	people, err := a.people.Current(ctx)
	if err != nil {
		return access.Principal{}, err
	}
	lately, found := people[address]
	counts, turn := a.countedFor(ctx, address, lately, found)
	if err := a.attempts.begin(counts...); err != nil {
		a.auditFailure(ctx, address, "too_many_attempts")
		return access.Principal{}, err
	}
	who, err := a.verify(ctx, turn, address, password)
	if errors.Is(err, ErrSignInRefused) {
		a.auditFailure(ctx, address, "wrong_password")
	}
	if err != nil {
		return access.Principal{}, err
	}
	if err := a.sessions.open(ctx, who); err != nil {
		return access.Principal{}, err
	}
	a.attempts.succeeded(counts...)
	a.know(ctx, who)
	a.auditSession(ctx, audit.SignIn, who.User, nil)
	return who.Principal(), nil
}

// auditFailure writes down a sign-in that failed; too many of them must not stop anyone. What is no e-mail address is
// not written: it may be a password typed into the wrong field.
func (a *Accounts) auditFailure(ctx context.Context, address, reason string) {
	object := "user/" + address
	if address == "" {
		object = "user"
	}
	a.dependencies.Audit.Refused(
		ctx, audit.Entry{Action: audit.SignIn, Actor: audit.Anonymous, Object: object, Reason: reason},
	)
}

// auditSession writes down that a person's session began or ended.
func (a *Accounts) auditSession(ctx context.Context, action audit.Action, user User, detail any) {
	who := user.Principal()
	a.dependencies.Audit.Record(ctx, audit.Entry{
		Action: action, Actor: who.ID, Role: who.RoleName(), Object: who.ID, Entity: who.Entity, Detail: detail,
	})
}

// countedFor returns what an attempt is counted by, and the turn in which its password is checked. A browser that the
// person has used before is counted for itself, and has a turn of its own: others can't keep it out.
func (a *Accounts) countedFor(ctx context.Context, address string, who person, found bool) ([]counted, passwordTurn) {
	if found {
		if browser, known := a.knows(ctx, who); known {
			return []counted{{"browser/" + browser + "/" + address, freeAttempts}}, passwordTurn{known: true, name: who.ID}
		}
	}
	client := clientOf(ctx)
	return []counted{
		{"client/" + client + "/" + address, freeAttempts}, {"person/" + address, freeOfAll},
	}, passwordTurn{name: client}
}

// clientOf names the network that a request comes from: of the newer addresses one customer has millions.
func clientOf(ctx context.Context) string {
	address, err := netip.ParseAddr(httpserver.ClientAddress(ctx))
	if err != nil {
		return "unknown"
	}
	if address = address.Unmap(); address.Is6() {
		if network, err := address.WithZone("").Prefix(networkBits); err == nil {
			return network.String()
		}
	}
	return address.String()
}

// networkBits is how much of a newer address names the customer's network.
const networkBits = 64

// verify takes the same steps, and so the same time, for every address. The store is asked in the turn as well: strangers
// who try must not hold its connections.
func (a *Accounts) verify(ctx context.Context, turn passwordTurn, address, password string) (person, error) {
	if len(password) > longestPassword {
		password = "" // never anyone's; hashing megabytes is not a service we offer
	}
	leave, err := a.passwords.enter(ctx, turn)
	if err != nil {
		return person{}, err
	}
	defer leave()
	who, found, err := a.readPerson(ctx, address)
	if err != nil {
		return person{}, err
	}
	hash := a.passwords.nobody
	if found && who.Local() {
		hash = who.Password
	}
	right, err := a.passwords.check(password, hash)
	if err != nil {
		return person{}, programme.Unavailable("check password", err)
	}
	if !right || !found || who.Disabled || !who.Local() || !a.signInAllowed(who.User) {
		return person{}, ErrSignInRefused
	}
	return who, nil
}

// signInAllowed reports whether the settings let a person sign in the way that is theirs: with this provider, or with a
// password. It is asked at every request as well, so that a restart with other settings ends what they forbid.
func (a *Accounts) signInAllowed(who User) bool {
	if !who.Local() {
		return a.provider != nil && a.provider.Issuer == who.Issuer
	}
	return a.provider == nil || !a.provider.OnlyAdminsLocally || who.Role == access.RoleAdmin
}

// SignOut ends the request's session; without one it does nothing.
func (a *Accounts) SignOut(ctx context.Context) error {
	if !hasSession(ctx) {
		return nil
	}
	if err := a.sessions.end(ctx); err != nil {
		return err
	}
	if who, known := access.PrincipalFrom(ctx); known {
		a.dependencies.Audit.Record(ctx, audit.Entry{Action: audit.SignOut, Object: who.ID})
		access.NoteWritten(ctx)
	}
	return nil
}

// Refused reports whether a sign-in failed for a reason that the person can do something about.
func Refused(err error) bool {
	return errors.Is(err, ErrSignInRefused) || errors.Is(err, ErrTooManyAttempts)
}
