package account

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/civil"
	"mirsad/internal/i18n"
	"mirsad/internal/mail"
	"mirsad/internal/programme"
)

// What is wrong with a link that somebody asks for; LinkFault words them.
var (
	ErrLinkPurpose = fmt.Errorf("%w: a link's purpose", programme.ErrInvalid)
	// ErrLinkEntity is a link without an entity of the catalogue.
	ErrLinkEntity = fmt.Errorf("%w: a link's entity", programme.ErrInvalid)
	// ErrLinkMonth is a link for a submission without a month, ErrLinkNoMonth an invitation with one.
	ErrLinkMonth   = fmt.Errorf("%w: a link's month", programme.ErrInvalid)
	ErrLinkNoMonth = fmt.Errorf("%w: an invitation with a month", programme.ErrInvalid)
	ErrLinkEmail   = fmt.Errorf("%w: a link's reader", programme.ErrInvalid)
	// ErrLinkLanguage is an unknown language, ErrLinkLife an expiry that is missing or too far away.
	ErrLinkLanguage = fmt.Errorf("%w: a link's language", programme.ErrInvalid)
	ErrLinkLife     = fmt.Errorf("%w: how long a link lives", programme.ErrInvalid)
	// ErrLinkProvider is an invitation where agencies sign in with the identity provider alone.
	ErrLinkProvider = fmt.Errorf("%w: an invitation to a password where there are none", programme.ErrInvalid)
)

// LinkFault returns the field that a fault belongs to and the key of its text, whose remedy is the key with .remedy; an
// empty key when the error is no refusal.
func LinkFault(err error) (field, key string) {
	for _, each := range []struct {
		err        error
		field, key string
	}{
		{ErrLinkPurpose, "purpose", "people.link.fault.purpose"},
		{ErrLinkEntity, "entity", "people.link.fault.entity"},
		{ErrLinkMonth, "month", "people.link.fault.month"},
		{ErrLinkNoMonth, "month", "people.link.fault.no_month"},
		{ErrLinkEmail, "email", "people.link.fault.email"},
		{ErrPersonExists, "email", "people.link.fault.exists"},
		{ErrLinkLanguage, "language", "people.link.fault.language"},
		{ErrLinkLife, "days", "people.link.fault.days"},
		{ErrLinkProvider, "purpose", "people.link.fault.provider"},
	} {
		if errors.Is(err, each.err) {
			return each.field, each.key
		}
	}
	return "", ""
}

// How long a link lives, in days.
const (
	UsualLinkDays   = 14
	LongestLinkDays = 60
)

// LinkAsk is a link that somebody asks for.
type LinkAsk struct {
	Purpose  access.Purpose
	Entity   string
	Month    string // 2016-09; empty for an invitation
	Email    string
	Language i18n.Language
	Days     int // from now
}

// IssuedLink is a new link. Address, which holds the secret, is shown once, and only when no letter carried it.
type IssuedLink struct {
	Link    Link
	Address string
	// Mail is off, sent, or why the letter was not delivered: one of mail.Reasons.
	Mail string
}

// What became of the letter beside the reasons of mail.
const (
	MailOff  = "off"
	MailSent = "sent"
)

// MailOn reports whether letters are sent.
func (a *Accounts) MailOn() bool { return a.dependencies.Mail != nil }

// IssueLink makes a link and sends it to its reader. Without a mail server, or when the letter is not delivered, the
// address is answered instead. What is wrong with the asking LinkFault words.
func (a *Accounts) IssueLink(ctx context.Context, ask LinkAsk) (IssuedLink, error) {
	now := a.dependencies.Now()
	link, err := a.newLink(ask, now)
	if err != nil {
		return IssuedLink{}, err
	}
	about, err := a.subjectOf(ctx, link.Entity)
	if err != nil {
		return IssuedLink{}, err
	}
	if link.Purpose == access.LinkInvitation {
		if err := a.mayInvite(ctx, link.Email); err != nil {
			return IssuedLink{}, err
		}
	}
	bearer := NewBearer()
	if link.ID, link.Hash, err = splitBearer(bearer); err != nil {
		return IssuedLink{}, err
	}
	link, err = a.appendLink(ctx, audit.Entry{Action: audit.LinkCreate}, Link{}, link)
	if err != nil {
		return IssuedLink{}, err
	}
	issued := IssuedLink{Link: link, Address: a.linkAddress(link.Language, bearer), Mail: MailOff}
	if a.dependencies.Mail != nil {
		if issued.Mail = a.sendLink(ctx, link, about, issued.Address); issued.Mail == MailSent {
			issued.Address = ""
		}
	}
	return issued, nil
}

// linkAddress is the whole address that a reader opens.
func (a *Accounts) linkAddress(language i18n.Language, bearer string) string {
	base := cmp.Or(a.configuration.BaseURL, a.configuration.LinkBase)
	return strings.TrimSuffix(base, "/") + "/" + string(language) + "/link/" + bearer
}

// newLink checks what was asked and returns the link without its secret.
func (a *Accounts) newLink(ask LinkAsk, now time.Time) (Link, error) {
	month, monthErr := civil.Month(0), error(nil)
	if ask.Month != "" {
		month, monthErr = civil.ParseMonth(ask.Month)
	}
	email, emailErr := normalAddress(ask.Email)
	if emailErr == nil {
		emailErr = mail.CheckAddress(email)
	}
	_, known := i18n.ParseLanguage(string(ask.Language))
	invites := ask.Purpose == access.LinkInvitation
	switch {
	case !slices.Contains(access.Purposes(), ask.Purpose):
		return Link{}, ErrLinkPurpose
	case invites && a.provider != nil && a.provider.OnlyAdminsLocally:
		return Link{}, ErrLinkProvider
	case ask.Entity == "" || checkEntity(ask.Entity) != nil:
		return Link{}, ErrLinkEntity
	case invites && ask.Month != "":
		return Link{}, ErrLinkNoMonth
	case !invites && (monthErr != nil || month == 0):
		return Link{}, ErrLinkMonth
	case emailErr != nil:
		return Link{}, ErrLinkEmail
	case !known:
		return Link{}, ErrLinkLanguage
	case ask.Days < 1 || ask.Days > LongestLinkDays:
		return Link{}, ErrLinkLife
	}
	return Link{
		Purpose: ask.Purpose, Entity: ask.Entity, Month: month, Email: email, Language: ask.Language,
		ExpiresAt: wholeSecond(now.Add(time.Duration(ask.Days) * aDay)),
	}, nil
}

// mayInvite is ErrPersonExists when the address has an account, a disabled one included: an invitation must not bring
// back a person whom an administrator disabled.
func (a *Accounts) mayInvite(ctx context.Context, email string) error {
	_, found, err := a.readPerson(ctx, email)
	if err == nil && found {
		err = fmt.Errorf("%w: %s", ErrPersonExists, email)
	}
	return err
}

// ListLinks returns all links, the newest first, those used, revoked or expired included.
func (a *Accounts) ListLinks(ctx context.Context) ([]Link, error) {
	facts, err := a.dependencies.Store.Facts(ctx, []programme.Family{programme.FamilyLink}, time.Time{})
	if err != nil {
		return nil, programme.Unavailable("read links", err)
	}
	streams := map[string][]programme.Fact{}
	for _, fact := range facts {
		streams[fact.Subject] = append(streams[fact.Subject], fact)
	}
	links := make([]Link, 0, len(streams))
	for _, stream := range streams {
		link, _, err := foldLink(stream)
		if err != nil {
			return nil, programme.Unavailable("fold links", err)
		}
		links = append(links, link)
	}
	slices.SortFunc(links, func(x, y Link) int {
		return cmp.Or(y.CreatedAt.Compare(x.CreatedAt), cmp.Compare(x.ID, y.ID))
	})
	return links, nil
}

// LinkStateOf returns a link's state now.
func (a *Accounts) LinkStateOf(link Link) LinkState { return link.State(a.dependencies.Now()) }

// RevokeLink ends a link and its session at once; unknown is ErrLinkUnknown, done already is no error.
func (a *Accounts) RevokeLink(ctx context.Context, id string) (Link, error) {
	before, err := a.readLink(ctx, id)
	if err != nil || before.Revoked {
		return before, err
	}
	after := before
	after.Revoked = true
	return a.appendLink(ctx, audit.Entry{Action: audit.LinkRevoke}, before, after)
}
