package link

import (
	"context"
	"errors"
	"log/slog"

	"mirsad/internal/audit"
	"mirsad/internal/i18n"
	"mirsad/internal/mail"
	"mirsad/internal/programme"
)

// Mail delivers letters; its errors are those that mail.Reason names.
type Mail interface {
	Send(ctx context.Context, letter mail.Letter) error
}

// Subject is what a letter and a landing page say of a link's entity and programme; a name may be in one language.
type Subject struct {
	Entity, EntityAr       string
	Programme, ProgrammeAr string
	Classification         string
}

// In returns the names of entity and programme in a language, or else in the other.
func (s Subject) In(language i18n.Language) (entity, about string) {
	pick := func(english, arabic string) string {
		if (language == i18n.Arabic && arabic != "") || english == "" {
			return arabic
		}
		return english
	}
	return pick(s.Entity, s.EntityAr), pick(s.Programme, s.ProgrammeAr)
}

// subjectOf describes an entity; one that the catalogue does not hold is ErrEntity.
func (l *Links) subjectOf(ctx context.Context, entity string) (Subject, error) {
	if l.dependencies.Subject == nil {
		return Subject{Entity: entity}, nil
	}
	about, err := l.dependencies.Subject(ctx, entity)
	switch {
	case errors.Is(err, programme.ErrNotFound):
		return Subject{}, ErrEntity
	case err != nil:
		return Subject{}, programme.Unavailable("describe entity", err)
	case about.Entity == "" && about.EntityAr == "":
		about.Entity = entity
	}
	return about, nil
}

// mailDetail says where a letter was sent; the address of the link is in no record.
type mailDetail struct {
	To string `json:"to"`
}

// send sends a link to its reader, writes down how that ended, and names it: sent, or one of mail.Reasons.
func (l *Links) send(ctx context.Context, link Link, about Subject, address string) string {
	err := l.dependencies.Mail.Send(ctx, l.letter(link, about, address))
	outcome := mail.Reason(err)
	l.dependencies.Audit.Record(ctx, audit.Entry{
		Action: audit.MailSend,
		Object: "link/" + link.ID,
		Entity: link.Entity,
		Detail: mailDetail{To: link.Email},
		Reason: outcome,
	})
	if err == nil {
		return MailSent
	}
	l.dependencies.Logger.WarnContext(
		ctx, "letter not delivered", slog.String("link", link.ID), slog.String("error", err.Error()),
	)
	return outcome
}

// letter words a link in its reader's language.
func (l *Links) letter(link Link, about Subject, address string) mail.Letter {
	words := l.dependencies.Words.In(link.Language)
	entity, name := about.In(link.Language)
	if name == "" {
		name = words.T("web.product")
	}
	values := i18n.Args{
		"entity":    entity,
		"programme": name,
		"month":     words.Month(link.Month),
		"until":     words.Instant(link.ExpiresAt, l.dependencies.Zone),
	}
	key := "people.letter." + string(link.Purpose)
	return mail.Letter{
		To:             link.Email,
		Language:       link.Language,
		Link:           address,
		Classification: about.Classification,
		Subject:        words.T(key+".subject", values),
		Heading:        words.T(key+".subject", values),
		Paragraphs:     []string{words.T(key+".text", values), words.T("people.letter.once")},
		Action:         words.T(key + ".action"),
		Expires:        words.T("people.letter.expires", values),
		Closing:        words.T("people.letter.closing", values),
	}
}
