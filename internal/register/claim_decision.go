package register

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// Decision is what a planner decides on a claim.
type Decision struct {
	// Claim is the claim's identifier or number.
	Claim string
	// Verify confirms a level; else the claim is returned with the criterion that fails.
	Verify bool
	// Level is what is confirmed, at most the claimed one; 0 means the claimed one.
	Level programme.Level
	// EffectiveOn is the day it holds from; the zero date means the claim's own.
	EffectiveOn civil.Date
	Criterion   programme.Criterion
	Comment     string
	// RecheckOn asks to look again on a day.
	RecheckOn civil.Date
	// Version is how many decisions on the claim were read: 0 for one that waits, and needed to decide again.
	Version int
}

// Decide records a planner's decision on a claim of the service whose stream is decided on; rollouts are the service's
// rollout events, for one that names a level is a claim too. The person who made the claim can't decide on it:
// ErrOwnClaim. A claim that was decided on, unless that was read, is a *DecidedError; an unknown one ErrNotFound.
func (c Change) Decide(d Decision, rollouts []programme.Rollout) Deciding {
	return func(stream []programme.Fact) (programme.Draft, error) {
		claims, err := ClaimsOf(stream, rollouts)
		if err != nil {
			return programme.Draft{}, err
		}
		made, err := FindClaim(claims, d.Claim)
		switch {
		case err != nil:
			return programme.Draft{}, err
		case made.Actor == c.Actor:
			return programme.Draft{}, fmt.Errorf("%w: claim %s", programme.ErrOwnClaim, made.ID)
		}
		if err := d.conflict(made, claims); err != nil {
			return programme.Draft{}, err
		}
		found := d.faults(made)
		if err := found.Err(); err != nil {
			return programme.Draft{}, err
		}
		next := d.assessment(made)
		return programme.Draft{EffectiveOn: next.EffectiveOn, Actor: c.Actor, Reason: next.Comment, Body: next}, nil
	}
}

func (d *Decision) assessment(made *Claim) programme.Assessment {
	next := programme.Assessment{
		Kind:        programme.AssessmentReturned,
		Service:     made.Service,
		Claim:       made.ID,
		Level:       made.Level,
		EffectiveOn: made.EffectiveOn,
		Criterion:   d.Criterion,
		Comment:     strings.TrimSpace(d.Comment),
	}
	if d.Verify {
		next.Kind, next.RecheckOn = programme.AssessmentVerified, d.RecheckOn
		next.Level, next.EffectiveOn = cmp.Or(d.Level, made.Level), cmp.Or(d.EffectiveOn, made.EffectiveOn)
	}
	return next
}

// conflict says who decided on the claim since it was read, or claimed something else in its place.
func (d *Decision) conflict(made *Claim, claims []Claim) error {
	newest := made.Newest()
	switch {
	case made.State == ClaimReplaced:
		return decidedSince(made.Service, replacing(made, claims))
	case d.Version > made.Version():
		var found faults
		found.Add("version", "unknown_version", "newest", made.Version())
		return found.Err()
	case d.Version == made.Version(), made.State == ClaimOpen && d.Version == 0:
		return nil
	default:
		return decidedSince(made.Service, newest)
	}
}

// replacing is the claim for the same day that applies in place of one, as if it were a decision.
func replacing(made *Claim, claims []Claim) *ClaimDecision {
	at := slices.IndexFunc(claims, func(c Claim) bool {
		return c.EffectiveOn == made.EffectiveOn && compareMade(&c, made) > 0
	})
	return &ClaimDecision{
		Number:     claims[at].Number,
		Actor:      claims[at].Actor,
		RecordedAt: claims[at].RecordedAt,
		Comment:    claims[at].Comment,
	}
}

func decidedSince(service string, by *ClaimDecision) error {
	return &programme.DecidedError{
		Family:  programme.FamilyAssessment,
		Subject: service,
		Seq:     by.Number,
		Actor:   by.Actor,
		At:      by.RecordedAt,
		Reason:  by.Comment,
	}
}

// faults returns everything that is wrong with the decision on the claim.
func (d *Decision) faults(made *Claim) faults {
	var found faults
	lower := d.Verify && d.Level.Valid() && d.Level < made.Level
	if !d.Verify || lower {
		found.text("comment", d.Comment, longestReason)
	} else {
		found.label("comment", d.Comment, longestReason)
	}
	d.criterionFaults(&found, made)
	if !d.Verify {
		d.returnFaults(&found, made)
		return found
	}
	if d.Level != 0 {
		found.between("level", int(d.Level), int(programme.LevelInformative), int(made.Level))
	}
	// A level that is verified already is confirmed or lowered from a day, so that what it was before stays.
	if found.day("effective_on", d.EffectiveOn, made.State == ClaimVerified) && d.EffectiveOn < made.EffectiveOn {
		found.Add("effective_on", "not_between", "from", made.EffectiveOn.String(), "to", latestDay.String())
	}
	since := cmp.Or(d.EffectiveOn, made.EffectiveOn)
	if found.day("recheck_on", d.RecheckOn, false) && d.RecheckOn <= since {
		found.Add("recheck_on", "not_between", "from", since.AddDays(1).String(), "to", latestDay.String())
	}
	return found
}

// criterionFaults asks a return for the criterion that fails, which is one of those that the claimed level rests on.
func (d *Decision) criterionFaults(found *faults, made *Claim) {
	var asked []programme.Criterion
	for _, level := range programme.Levels() {
		if level <= made.Level {
			asked = append(asked, programme.CriteriaOf(level)...)
		}
	}
	switch {
	case d.Criterion == "" && !d.Verify:
		found.Add("criterion", "missing")
	case d.Criterion != "" && !slices.Contains(asked, d.Criterion):
		found.Add("criterion", "not_one_of", "value", string(d.Criterion), "allowed", fmt.Sprint(asked))
	}
}

// returnFaults notes what only a verification has; and a verified level is lowered, not returned.
func (d *Decision) returnFaults(found *faults, made *Claim) {
	if made.State == ClaimVerified {
		found.Add("decision", "verified_already")
	}
	if d.Level != 0 {
		found.Add("level", "of_verification")
	}
	if !d.EffectiveOn.IsZero() {
		found.Add("effective_on", "of_verification")
	}
	if !d.RecheckOn.IsZero() {
		found.Add("recheck_on", "of_verification")
	}
}
