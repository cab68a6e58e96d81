package account

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/civil"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
)

// LinkAct is what somebody is about to do; a link that is not for exactly this does not do it.
type LinkAct struct {
	Purpose access.Purpose
	Entity  string
	Month   civil.Month
}

// UseLink makes the submission that its reader has confirmed. In the session of a link it first uses the link up, by
// the place in its stream: of two submissions at once one succeeds, and the other is ErrAlreadyDecided or ErrLinkUsed.
// It then ends the session, so the answer must be the last page. A submission that is certainly refused gives the link
// back; one with an unknown outcome does not, because it may have been stored. Without a link it just submits.
//
// Another purpose, entity or month than the link's is ErrForbidden, and written down.
func (a *Accounts) UseLink(ctx context.Context, act LinkAct, submit func(context.Context) error) error {
	who, _ := access.PrincipalFrom(ctx)
	if who.Purpose == "" {
		return submit(ctx)
	}
	if act != (LinkAct{Purpose: who.Purpose, Entity: who.Entity, Month: who.Month}) {
		reason := programme.TokenForbidden
		if act.Entity != who.Entity {
			reason = programme.TokenOtherEntity
		}
		access.NoteRefusal(ctx, reason)
		return fmt.Errorf(
			"%w: the link is for %s of %s, %s", programme.ErrForbidden, who.Purpose, who.Entity, who.Month,
		)
	}
	link, err := a.linkIn(ctx, who)
	if err != nil {
		return err
	}
	own := func(context.Context) error { return submit(ctx) } // the use has its row, and what is submitted another
	return a.useUp(access.WithVerdict(ctx, &access.Verdict{}), link, own)
}

// linkIn returns the link whose session makes the request, as it is now.
func (a *Accounts) linkIn(ctx context.Context, who access.Principal) (Link, error) {
	link, err := a.readLink(ctx, strings.TrimPrefix(who.ID, "link/"))
	if err != nil {
		return Link{}, err
	}
	err = refusalOf(link.State(a.dependencies.Now()))
	if err == nil && !sameHash(who.Session, link.Session) {
		err = ErrLinkUnknown // it was opened again elsewhere
	}
	if err != nil {
		a.refuseLink(ctx, link, err)
	}
	return link, err
}

// useUp records the use of a link, then acts; what is refused for certain takes the record back.
func (a *Accounts) useUp(ctx context.Context, link Link, act func(context.Context) error) error {
	entry := audit.Entry{Action: audit.LinkUse, Actor: "link/" + link.ID, Role: string(access.RoleAgency)}
	used := link
	used.UsedAt, used.UsedFrom = a.dependencies.Now().UTC(), httpserver.ClientAddress(ctx)
	used, err := a.appendLink(ctx, entry, link, used)
	if err != nil {
		return err
	}
	failed := act(ctx)
	if failed == nil || !refusedForCertain(failed) {
		return failed
	}
	back := used
	back.UsedAt, back.UsedFrom = link.UsedAt, link.UsedFrom
	_, err = a.appendLink(context.WithoutCancel(ctx), entry, used, back)
	return errors.Join(failed, err)
}

// refusedForCertain reports whether an error means that nothing was stored.
func refusedForCertain(err error) bool {
	for _, meaning := range []error{
		programme.ErrInvalid, programme.ErrNotFound, programme.ErrForbidden, programme.ErrAlreadyDecided,
	} {
		if errors.Is(err, meaning) {
			return !errors.Is(err, programme.ErrUnavailable)
		}
	}
	return false
}

// AcceptInvitation makes the account that an invitation is for, with a name and a password that its reader chose, and
// uses the invitation up. Its errors: those of LookAtLink, ErrName, ErrPasswordWeak, ErrPersonExists.
func (a *Accounts) AcceptInvitation(ctx context.Context, bearer, name, password string) (User, error) {
	link, err := a.linkOf(ctx, bearer)
	if err != nil {
		return User{}, err
	}
	if link.Purpose != access.LinkInvitation {
		a.refuseLink(ctx, link, ErrLinkUnknown)
		return User{}, ErrLinkUnknown
	}
	wanted := User{
		ID:     link.Email,
		Email:  link.Email,
		Name:   strings.TrimSpace(name),
		Role:   access.RoleAgency,
		Entity: link.Entity,
	}
	if err := checkUser(wanted, password); err != nil {
		if !errors.Is(err, ErrName) {
			err = errors.Join(ErrPasswordWeak, err)
		}
		return User{}, err
	}
	var made User
	as := access.WithPrincipal(ctx, link.Principal())
	err = a.useUp(as, link, func(ctx context.Context) error {
		if err := a.mayInvite(ctx, link.Email); err != nil {
			return err
		}
		made, err = a.CreateUser(
			ctx, link.Email, wanted.Name, access.RoleAgency, link.Entity, password, KeepsPassword(),
		)
		return err
	})
	return made, err
}
