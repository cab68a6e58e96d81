package act

import (
	"context"
	"fmt"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/link"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// Claims are levels that entities say their services have.
type Claims struct{ recorder }

// Claimed is the outcome of an act on a claim.
type Claimed = Outcome[register.Claim]

// Make claims a level of a service of the actor's own entity. A service that the actor does not see is ErrNotFound, as
// an unknown one is, and one that is not theirs to claim of ErrForbidden.
func (c Claims) Make(ctx context.Context, by By, service string, next programme.Assessment) (Claimed, error) {
	asked, err := c.assessed(ctx, by, service)
	if err != nil {
		return Claimed{}, err
	}
	if who := by.Who; !who.Admin() && who.Entity != asked.service.Entity {
		return Claimed{}, fmt.Errorf("%w: %s claims for no entity", programme.ErrForbidden, who.ID)
	}
	change := register.Change{Actor: by.Who.ID}
	use := link.Act{Purpose: access.LinkClaims, Entity: asked.service.Entity, Month: by.Who.Month}
	out, t, err := c.assess(ctx, by, asked, change.Claim(asked.service, next, asked.known), use)
	if err == nil && t.unchanged {
		var claims []register.Claim
		if claims, err = asked.claims(t.stream); err == nil {
			out.After = change.Waiting(claims, next)
		}
	}
	return out, err
}

// Decide records what the programme office decides on a claim of a service.
func (c Claims) Decide(ctx context.Context, by By, service string, decision register.Decision) (Claimed, error) {
	asked, err := c.assessed(ctx, by, service)
	if err != nil {
		return Claimed{}, err
	}
	rule := register.Change{Actor: by.Who.ID}.Decide(decision, asked.rollouts)
	out, _, err := c.assess(ctx, by, asked, rule, link.Act{})
	return out, err
}

// assessed is a service with what its claims are judged by.
type assessed struct {
	service  programme.Service
	known    register.Catalogue
	rollouts []programme.Rollout
}

// assessed reads a service of the catalogue that the actor sees.
func (c Claims) assessed(ctx context.Context, by By, code string) (*assessed, error) {
	known, err := c.catalogue(ctx)
	if err != nil {
		return nil, err
	}
	service, found := known.Services[code]
	if !found {
		return nil, fmt.Errorf("%w: service %q", programme.ErrNotFound, code)
	}
	if err := c.seen(ctx, by.Who, service.Entity); err != nil {
		return nil, err
	}
	rollouts, err := c.register.ServiceRollouts(ctx, code)
	if err != nil {
		return nil, recorded(err)
	}
	return &assessed{service: service, known: known, rollouts: rollouts}, nil
}

// assess records a step of a service's assessment, or tries it.
func (c Claims) assess(
	ctx context.Context, by By, asked *assessed, rule register.Deciding, use link.Act,
) (Claimed, taken, error) {
	code := asked.service.Code
	out := about(by, programme.FamilyAssessment, code, asked.service.Entity, func(c *register.Claim) any { return c })
	t, err := c.take(ctx, by, step{
		family: programme.FamilyAssessment, subject: code, rule: rule, link: use,
		read: func(stream []programme.Fact) error {
			_, err := register.ClaimsOf(stream, asked.rollouts)
			return err
		},
	})
	if err != nil || t.unchanged {
		out.Unchanged = t.unchanged
		return out, t, err
	}
	if by.Dry {
		t.fact.RecordedAt = asked.newest(t.stream) // it comes after everything that is recorded
	}
	if out.After, err = register.ClaimAfter(t.stream, asked.rollouts, t.fact); err != nil {
		return out, t, recorded(err)
	}
	claims, err := asked.claims(t.stream)
	if err != nil {
		return out, t, err
	}
	if was, err := register.FindClaim(claims, out.After.ID); err == nil && out.After.ID != "" {
		out.Before = was
	}
	if !by.Dry {
		out.Object += "/" + out.After.ID
	}
	return out, t, nil
}

// claims are those of the service by a stream.
func (a *assessed) claims(stream []programme.Fact) ([]register.Claim, error) {
	claims, err := register.ClaimsOf(stream, a.rollouts)
	if err != nil {
		return nil, recorded(err)
	}
	return claims, nil
}

// newest is when the newest of what was claimed and decided was recorded.
func (a *assessed) newest(stream []programme.Fact) time.Time {
	at := newest(stream).RecordedAt
	for i := range a.rollouts {
		if each := a.rollouts[i].RecordedAt; each.After(at) {
			at = each
		}
	}
	return at
}
