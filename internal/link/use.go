package link

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
	"mirsad/internal/secret"
)

// Act is what somebody is about to do; a link that is not for exactly this does not do it.
type Act struct {
	Purpose access.Purpose
	Entity  string
	Month   civil.Month
}

// Use makes the submission that its reader has confirmed. In the session of a link it first uses the link up, by
// the place in its stream: of two submissions at once one succeeds, and the other is ErrAlreadyDecided or ErrUsed.
// It then ends the session, so the answer must be the last page. A submission that is certainly refused gives the link
// back; one with an unknown outcome does not, because it may have been stored. Without a link it just submits.
//
// Another purpose, entity or month than the link's is ErrForbidden, and written down.
func (l *Links) Use(ctx context.Context, act Act, submit func(context.Context) error) error {
	who, _ := access.PrincipalFrom(ctx)
	if who.Purpose == "" {
		return submit(ctx)
	}
	if act != (Act{Purpose: who.Purpose, Entity: who.Entity, Month: who.Month}) {
		reason := programme.TokenForbidden
		if act.Entity != who.Entity {
			reason = programme.TokenOtherEntity
		}
		access.NoteRefusal(ctx, reason)
		return fmt.Errorf(
			"%w: the link is for %s of %s, %s", programme.ErrForbidden, who.Purpose, who.Entity, who.Month,
		)
	}
	link, err := l.opened(ctx, who)
	if err != nil {
		return err
	}
	own := func(context.Context) error { return submit(ctx) } // the use has its row, and what is submitted another
	return l.useUp(access.WithVerdict(ctx, &access.Verdict{}), link, own)
}

// opened returns the link whose session makes the request, as it is now.
func (l *Links) opened(ctx context.Context, who access.Principal) (Link, error) {
	link, err := l.read(ctx, strings.TrimPrefix(who.ID, "link/"))
	if err != nil {
		return Link{}, err
	}
	err = refusalOf(link.State(l.dependencies.Now()))
	if err == nil && !secret.Same(who.Session, link.Session) {
		err = ErrUnknown // it was opened again elsewhere
	}
	if err != nil {
		l.refuse(ctx, link, err)
	}
	return link, err
}

// useUp records the use of a link, then acts; what is refused for certain takes the record back.
func (l *Links) useUp(ctx context.Context, link Link, act func(context.Context) error) error {
	entry := audit.Entry{Action: audit.LinkUse, Actor: "link/" + link.ID, Role: string(access.RoleAgency)}
	used := link
	used.UsedAt, used.UsedFrom = l.dependencies.Now().UTC(), httpserver.ClientAddress(ctx)
	used, err := l.record(ctx, entry, link, used)
	if err != nil {
		return err
	}
	failed := act(ctx)
	if failed == nil || !refusedForCertain(failed) {
		return failed
	}
	back := used
	back.UsedAt, back.UsedFrom = link.UsedAt, link.UsedFrom
	_, err = l.record(context.WithoutCancel(ctx), entry, used, back)
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

// Accept makes the account that an invitation is for, with a name and a password that its reader chose, and uses the
// invitation up. Its errors: those of LookAt, ErrPersonExists, and those of People.
func (l *Links) Accept(ctx context.Context, bearer, name, password string) error {
	link, err := l.living(ctx, bearer)
	if err != nil {
		return err
	}
	if link.Purpose != access.LinkInvitation {
		l.refuse(ctx, link, ErrUnknown)
		return ErrUnknown
	}
	if err := l.dependencies.People.CheckInvited(link.Email, name, link.Entity, password); err != nil {
		return err
	}
	return l.useUp(access.WithPrincipal(ctx, link.Principal()), link, func(ctx context.Context) error {
		if err := l.mayInvite(ctx, link.Email); err != nil {
			return err
		}
		return l.dependencies.People.AddInvited(ctx, link.Email, name, link.Entity, password)
	})
}
