package link

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
	"mirsad/internal/secret"
)

// What is wrong with a link that somebody asks for; Fault words them.
var (
	ErrPurpose = fmt.Errorf("%w: a link's purpose", programme.ErrInvalid)
	// ErrEntity is a link without an entity of the catalogue.
	ErrEntity = fmt.Errorf("%w: a link's entity", programme.ErrInvalid)
	// ErrMonth is a link for a submission without a month, ErrNoMonth an invitation with one.
	ErrMonth   = fmt.Errorf("%w: a link's month", programme.ErrInvalid)
	ErrNoMonth = fmt.Errorf("%w: an invitation with a month", programme.ErrInvalid)
	ErrEmail   = fmt.Errorf("%w: a link's reader", programme.ErrInvalid)
	// ErrLanguage is an unknown language, ErrLife an expiry that is missing or too far away.
	ErrLanguage = fmt.Errorf("%w: a link's language", programme.ErrInvalid)
	ErrLife     = fmt.Errorf("%w: how long a link lives", programme.ErrInvalid)
	// ErrPersonExists is an invitation of somebody who has an account.
	ErrPersonExists = fmt.Errorf("%w: has an account", programme.ErrAlreadyDecided)
	// ErrNoPasswords is an invitation where agencies sign in with the identity provider alone.
	ErrNoPasswords = fmt.Errorf("%w: an invitation to a password where there are none", programme.ErrInvalid)
)

// Fault returns the field that a fault belongs to and the key of its text, whose remedy is the key with .remedy; an
// empty key when the error is no refusal.
func Fault(err error) (field, key string) {
	for _, each := range []struct {
		err        error
		field, key string
	}{
		{ErrPurpose, "purpose", "people.link.fault.purpose"},
		{ErrEntity, "entity", "people.link.fault.entity"},
		{ErrMonth, "month", "people.link.fault.month"},
		{ErrNoMonth, "month", "people.link.fault.no_month"},
		{ErrEmail, "email", "people.link.fault.email"},
		{ErrPersonExists, "email", "people.link.fault.exists"},
		{ErrLanguage, "language", "people.link.fault.language"},
		{ErrLife, "days", "people.link.fault.days"},
		{ErrNoPasswords, "purpose", "people.link.fault.provider"},
	} {
		if errors.Is(err, each.err) {
			return each.field, each.key
		}
	}
	return "", ""
}

// How long a link lives, in days.
const (
	UsualDays   = 14
	LongestDays = 60

	aDay = 24 * time.Hour
)

// Ask is a link that somebody asks for.
type Ask struct {
	Purpose  access.Purpose
	Entity   string
	Month    string // 2016-09; empty for an invitation
	Email    string
	Language i18n.Language
	Days     int // from now
}

// Issued is a new link. Address, which holds the secret, is shown once, and only when no letter carried it.
type Issued struct {
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
func (l *Links) MailOn() bool { return l.dependencies.Mail != nil }

// Issue makes a link and sends it to its reader. Without a mail server, or when the letter is not delivered, the
// address is answered instead. What is wrong with the asking Fault words.
func (l *Links) Issue(ctx context.Context, ask Ask) (Issued, error) {
	now := l.dependencies.Now()
	link, err := l.checked(ask, now)
	if err != nil {
		return Issued{}, err
	}
	about, err := l.subjectOf(ctx, link.Entity)
	if err != nil {
		return Issued{}, err
	}
	if link.Purpose == access.LinkInvitation {
		if err := l.mayInvite(ctx, link.Email); err != nil {
			return Issued{}, err
		}
	}
	bearer := secret.NewBearer()
	if link.ID, link.Hash, err = secret.Split(bearer); err != nil {
		return Issued{}, err
	}
	link, err = l.record(ctx, audit.Entry{Action: audit.LinkCreate}, Link{}, link)
	if err != nil {
		return Issued{}, err
	}
	issued := Issued{Link: link, Address: l.address(link.Language, bearer), Mail: MailOff}
	if l.dependencies.Mail != nil {
		if issued.Mail = l.send(ctx, link, about, issued.Address); issued.Mail == MailSent {
			issued.Address = ""
		}
	}
	return issued, nil
}

// address is the whole address that a reader opens.
func (l *Links) address(language i18n.Language, bearer string) string {
	base := cmp.Or(l.configuration.BaseURL, l.configuration.LinkBase)
	return strings.TrimSuffix(base, "/") + "/" + string(language) + "/link/" + bearer
}

// A link is for a month of the years in which a programme may have services.
var firstMonth, lastMonth = civil.NewDate(2000, 1, 1).Month(), civil.NewDate(2100, 12, 1).Month()

// checked checks what was asked and returns the link without its secret.
func (l *Links) checked(ask Ask, now time.Time) (Link, error) {
	month, monthErr := civil.Month(0), error(nil)
	if ask.Month != "" {
		month, monthErr = civil.ParseMonth(ask.Month)
	}
	email, named := access.NormalAddress(ask.Email)
	_, known := i18n.ParseLanguage(string(ask.Language))
	invites := ask.Purpose == access.LinkInvitation
	switch {
	case !slices.Contains(access.Purposes(), ask.Purpose):
		return Link{}, ErrPurpose
	case invites && l.configuration.NoInvitations:
		return Link{}, ErrNoPasswords
	case ask.Entity == "" || access.CheckEntity(ask.Entity) != nil:
		return Link{}, ErrEntity
	case invites && ask.Month != "":
		return Link{}, ErrNoMonth
	case !invites && (monthErr != nil || month < firstMonth || month > lastMonth):
		return Link{}, ErrMonth
	case !named || mail.CheckAddress(email) != nil:
		return Link{}, ErrEmail
	case !known:
		return Link{}, ErrLanguage
	case ask.Days < 1 || ask.Days > LongestDays:
		return Link{}, ErrLife
	}
	return Link{
		Purpose: ask.Purpose, Entity: ask.Entity, Month: month, Email: email, Language: ask.Language,
		ExpiresAt: secret.Expiry(now.Add(time.Duration(ask.Days) * aDay)),
	}, nil
}

// mayInvite is ErrPersonExists when the address has an account, a disabled one included: an invitation must not bring
// back a person whom an administrator disabled.
func (l *Links) mayInvite(ctx context.Context, email string) error {
	has, err := l.dependencies.People.HasAccount(ctx, email)
	if err == nil && has {
		err = fmt.Errorf("%w: %s", ErrPersonExists, email)
	}
	return err
}

// List returns all links, the newest first, those used, revoked or expired included.
func (l *Links) List(ctx context.Context) ([]Link, error) {
	facts, err := l.dependencies.Store.Facts(ctx, []programme.Family{programme.FamilyLink}, time.Time{})
	if err != nil {
		return nil, programme.Unavailable("read links", err)
	}
	streams := map[string][]programme.Fact{}
	for _, fact := range facts {
		streams[fact.Subject] = append(streams[fact.Subject], fact)
	}
	links := make([]Link, 0, len(streams))
	for _, stream := range streams {
		link, _, err := fold(stream)
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

// StateOf returns a link's state now.
func (l *Links) StateOf(link Link) State { return link.State(l.dependencies.Now()) }

// Revoke ends a link and its session at once; unknown is ErrUnknown, done already is no error.
func (l *Links) Revoke(ctx context.Context, id string) (Link, error) {
	before, err := l.read(ctx, id)
	if err != nil || before.Revoked {
		return before, err
	}
	after := before
	after.Revoked = true
	return l.record(ctx, audit.Entry{Action: audit.LinkRevoke}, before, after)
}
