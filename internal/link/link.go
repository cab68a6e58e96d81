package link

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/civil"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// Link lets somebody of an entity without an account do one thing, once, until it expires. Of its secret the SHA-256 is
// stored. Each is a stream of its own family: links are neither tokens, which programs hold, nor accounts, and their
// use is decided by the place in their stream.
type Link struct {
	ID       string         `json:"id"`
	Hash     string         `json:"sha256"` // of the secret, hexadecimal
	Purpose  access.Purpose `json:"purpose"`
	Entity   string         `json:"entity"`
	Month    civil.Month    `json:"month,omitzero"` // 0 for an invitation
	Email    string         `json:"email"`          // the person it is for
	Language i18n.Language  `json:"language"`
	// ExpiresAt ends it in any case.
	ExpiresAt time.Time `json:"expires_at"`
	Revoked   bool      `json:"revoked,omitempty"`
	// OpenedAt is when its session was last begun, UsedAt when it was used up, and from which addresses.
	OpenedAt   time.Time `json:"opened_at,omitzero"`
	OpenedFrom string    `json:"opened_from,omitempty"`
	UsedAt     time.Time `json:"used_at,omitzero"`
	UsedFrom   string    `json:"used_from,omitempty"`
	// Session is the SHA-256 of the open session's secret, SessionUntil its end.
	Session      string    `json:"session,omitempty"`
	SessionUntil time.Time `json:"session_until,omitzero"`
	// CreatedBy and CreatedAt are those of the first fact; RevokedAt is zero unless it is revoked.
	CreatedBy string    `json:"-"`
	CreatedAt time.Time `json:"-"`
	RevokedAt time.Time `json:"-"`

	seq uint32 // 0: it has no facts
}

// State is whether a link opens anything.
type State string

// The states of a link.
const (
	Alive   State = "alive"
	Used    State = "used"
	Revoked State = "revoked"
	Expired State = "expired"
)

// State returns the link's state at a moment.
func (l Link) State(now time.Time) State {
	switch {
	case l.Revoked:
		return Revoked
	case !l.UsedAt.IsZero():
		return Used
	case !now.Before(l.ExpiresAt):
		return Expired
	default:
		return Alive
	}
}

// Principal returns the principal of the link's session: an agency of one entity, month and purpose.
func (l Link) Principal() access.Principal {
	return access.Principal{
		ID:      "link/" + l.ID,
		Name:    l.Email,
		Role:    access.RoleAgency,
		Entity:  l.Entity,
		Purpose: l.Purpose,
		Month:   l.Month,
		Session: l.Session,
	}
}

// Why a link does not open; Text words them. Only the holder of the secret learns which.
var (
	// ErrUnknown is a link that nobody made, or another secret.
	ErrUnknown = fmt.Errorf("%w: no such link", programme.ErrNotFound)
	ErrUsed    = fmt.Errorf("%w: the link has been used", programme.ErrForbidden)
	ErrRevoked = fmt.Errorf("%w: the link has been revoked", programme.ErrForbidden)
	ErrExpired = fmt.Errorf("%w: the link has expired", programme.ErrForbidden)
	// ErrSignedIn is a reader who is signed in: who acts must not be a matter of doubt.
	ErrSignedIn = fmt.Errorf("%w: signed in beside a link", programme.ErrForbidden)
)

// Text returns the key of the text for a link that does not open; "" when the error is another.
func Text(err error) string {
	for _, each := range []struct {
		err error
		key string
	}{
		{ErrUnknown, "people.link.unknown"},
		{ErrUsed, "people.link.was_used"},
		{ErrRevoked, "people.link.was_revoked"},
		{ErrExpired, "people.link.has_expired"},
		{ErrSignedIn, "people.link.signed_in"},
		{programme.ErrAlreadyDecided, "people.link.meanwhile"},
	} {
		if errors.Is(err, each.err) {
			return each.key
		}
	}
	return ""
}

// refusalOf is the error of a link in a state, nil while it is alive.
func refusalOf(state State) error {
	switch state {
	case Used:
		return ErrUsed
	case Revoked:
		return ErrRevoked
	case Expired:
		return ErrExpired
	case Alive:
	}
	return nil
}

// fold folds one link's facts, in any order; false when there are none.
func fold(stream []programme.Fact) (Link, bool, error) {
	slices.SortFunc(stream, func(x, y programme.Fact) int { return cmp.Compare(x.Seq, y.Seq) })
	var folded Link
	for i, fact := range stream {
		var next Link
		if err := json.Unmarshal(fact.Body, &next); err != nil {
			return Link{}, false, fmt.Errorf("read link %s, fact %d: %w", fact.Subject, fact.Seq, err)
		}
		next.CreatedBy, next.CreatedAt, next.RevokedAt = folded.CreatedBy, folded.CreatedAt, folded.RevokedAt
		if i == 0 {
			next.CreatedBy, next.CreatedAt = fact.Actor, fact.RecordedAt
		}
		folded = next.recorded(fact)
	}
	return folded, len(stream) > 0, nil
}

// recorded returns the link as of the fact that holds it.
func (l Link) recorded(fact programme.Fact) Link {
	l.seq = fact.Seq
	if l.Revoked && l.RevokedAt.IsZero() {
		l.RevokedAt = fact.RecordedAt
	}
	return l
}

// read returns a link as the store has it now; unknown is ErrUnknown.
func (l *Links) read(ctx context.Context, id string) (Link, error) {
	stream, err := l.dependencies.Store.Stream(ctx, programme.FamilyLink, id)
	if err != nil {
		return Link{}, programme.Unavailable("read link", err)
	}
	link, found, err := fold(stream)
	if err != nil {
		return Link{}, programme.Unavailable("fold link", err)
	}
	if !found {
		return Link{}, ErrUnknown
	}
	return link, nil
}

// record records a link as it is after a change, and who changed it, at the place after the one that was read:
// of two people who change it at once, the second gets ErrAlreadyDecided.
func (l *Links) record(ctx context.Context, entry audit.Entry, before, after Link) (Link, error) {
	entry.Object, entry.Entity, entry.After = "link/"+after.ID, after.Entity, after.shown()
	if before.seq > 0 {
		entry.Before = before.shown()
	}
	by := cmp.Or(entry.Actor, access.Actor(ctx))
	var fact programme.Fact
	err := l.dependencies.Audit.Change(ctx, entry, func() (err error) {
		fact, err = l.dependencies.Store.Append(ctx, programme.Draft{
			Family: programme.FamilyLink, Subject: after.ID, Actor: by, Body: after,
		}, before.seq)
		if err != nil {
			err = programme.Unavailable("record link", err)
		}
		return err
	})
	if err != nil {
		return Link{}, err
	}
	if before.seq == 0 {
		after.CreatedBy, after.CreatedAt = fact.Actor, fact.RecordedAt
	}
	return after.recorded(fact), nil
}

// shown is a link as the audit record shows it: without hashes.
type shown struct {
	Purpose    access.Purpose `json:"purpose"`
	Entity     string         `json:"entity"`
	Month      civil.Month    `json:"month,omitzero"`
	Email      string         `json:"email"`
	ExpiresAt  time.Time      `json:"expires_at"`
	Revoked    bool           `json:"revoked,omitempty"`
	OpenedAt   time.Time      `json:"opened_at,omitzero"`
	OpenedFrom string         `json:"opened_from,omitempty"`
	UsedAt     time.Time      `json:"used_at,omitzero"`
	UsedFrom   string         `json:"used_from,omitempty"`
}

func (l Link) shown() shown {
	return shown{
		Purpose:    l.Purpose,
		Entity:     l.Entity,
		Month:      l.Month,
		Email:      l.Email,
		ExpiresAt:  l.ExpiresAt,
		Revoked:    l.Revoked,
		OpenedAt:   l.OpenedAt,
		OpenedFrom: l.OpenedFrom,
		UsedAt:     l.UsedAt,
		UsedFrom:   l.UsedFrom,
	}
}
