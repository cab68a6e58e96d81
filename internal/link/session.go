package link

import (
	"context"
	"errors"
	"net/http"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/httpserver"
	"mirsad/internal/secret"
)

// The cookie of a link's session; it has a kind of its own, so that it is never taken for a person's session.
const (
	secureCookie = "__Host-mirsad-link"
	plainCookie  = "mirsad-link"
	// sessionLife is how long a link's session lasts, at most: it is not renewed. The link opens another.
	sessionLife = 2 * time.Hour
)

func (l *Links) cookieName() string {
	if l.configuration.secure() {
		return secureCookie
	}
	return plainCookie
}

// LookAt returns the link of an address's last element, <id>.<secret>, and what it is about, and changes nothing: a
// mail scanner that follows it uses nothing up. Its errors are those that Text words; each is written down.
func (l *Links) LookAt(ctx context.Context, bearer string) (Link, Subject, error) {
	link, err := l.living(ctx, bearer)
	if err != nil {
		return Link{}, Subject{}, err
	}
	about, err := l.subjectOf(ctx, link.Entity)
	if errors.Is(err, ErrEntity) { // it was in the catalogue when the link was made
		about, err = Subject{Entity: link.Entity}, nil
	}
	return link, about, err
}

// living returns the living link of a bearer; the secret comes first, so that only its holder learns why not.
func (l *Links) living(ctx context.Context, bearer string) (Link, error) {
	id, hash, err := secret.Split(bearer)
	if err != nil || !access.IsCode(id) {
		l.refuse(ctx, Link{}, ErrUnknown)
		return Link{}, ErrUnknown
	}
	link, err := l.read(ctx, id)
	if err == nil && !secret.Same(hash, link.Hash) {
		err = ErrUnknown
	}
	if err == nil {
		err = refusalOf(link.State(l.dependencies.Now()))
	}
	if err != nil {
		link.ID = id
		l.refuse(ctx, link, err)
		return Link{}, err
	}
	return link, nil
}

// fromDetail is where a refused request came from.
type fromDetail struct {
	From string `json:"from,omitempty"`
}

// reasonOf is what the audit record calls a link that does not open.
func reasonOf(err error) string {
	switch {
	case errors.Is(err, ErrUnknown):
		return "unknown"
	case errors.Is(err, ErrUsed):
		return string(Used)
	case errors.Is(err, ErrRevoked):
		return string(Revoked)
	case errors.Is(err, ErrExpired):
		return string(Expired)
	case errors.Is(err, ErrSignedIn):
		return "signed_in"
	default:
		return ""
	}
}

// refuse writes down a link that did not open; what has no reason is a fault and no refusal.
func (l *Links) refuse(ctx context.Context, link Link, err error) {
	if reason := reasonOf(err); reason != "" {
		l.dependencies.Audit.Refused(ctx, audit.Entry{
			Action: audit.LinkOpen, Object: "link/" + link.ID, Entity: link.Entity, Reason: reason,
			Detail: fromDetail{From: httpserver.ClientAddress(ctx)},
		})
	}
}

// Open begins the session of a link for a submission, and ends the one before. Its errors are those of LookAt,
// ErrSignedIn, and ErrAlreadyDecided when somebody opens it at the same moment.
func (l *Links) Open(w http.ResponseWriter, r *http.Request, bearer string) (Link, error) {
	ctx := r.Context()
	link, err := l.living(ctx, bearer)
	if err != nil {
		return Link{}, err
	}
	if who, known := access.PrincipalFrom(ctx); known && who.Purpose == "" {
		l.refuse(ctx, link, ErrSignedIn)
		return Link{}, ErrSignedIn
	}
	if link.Purpose == access.LinkInvitation { // it makes an account, and opens nothing else
		l.refuse(ctx, link, ErrUnknown)
		return Link{}, ErrUnknown
	}
	bearer = secret.BearerOf(link.ID) // another one: what a cookie holds opens no link
	now := l.dependencies.Now().UTC()
	after := link
	if _, after.Session, err = secret.Split(bearer); err != nil {
		return Link{}, err
	}
	after.OpenedAt, after.OpenedFrom, after.SessionUntil = now, httpserver.ClientAddress(ctx), now.Add(sessionLife)
	if after.SessionUntil.After(link.ExpiresAt) {
		after.SessionUntil = link.ExpiresAt
	}
	after, err = l.record(
		ctx, audit.Entry{Action: audit.LinkOpen, Actor: "link/" + link.ID, Role: string(access.RoleAgency)}, link,
		after,
	)
	if err != nil {
		return Link{}, err
	}
	http.SetCookie(w, l.cookie(bearer, int(after.SessionUntil.Sub(now)/time.Second)))
	return after, nil
}

func (l *Links) cookie(value string, seconds int) *http.Cookie {
	return &http.Cookie{ //nolint:gosec // secure wherever people are reached over TLS, as the session's
		Name:     l.cookieName(),
		Value:    value,
		Path:     "/",
		MaxAge:   seconds,
		HttpOnly: true,
		Secure:   l.configuration.secure(),
		SameSite: http.SameSiteStrictMode,
	}
}

// session returns the principal of the link's session that the request's cookie names; false without one. The
// cookie of an ended session is deleted, and its use after the end of the link is written down.
func (l *Links) session(w http.ResponseWriter, r *http.Request) (access.Principal, bool, error) {
	cookie, err := r.Cookie(l.cookieName())
	if err != nil {
		return access.Principal{}, false, nil //nolint:nilerr // no cookie is no fault
	}
	id, hash, err := secret.Split(cookie.Value)
	if err != nil || !access.IsCode(id) {
		http.SetCookie(w, l.cookie("", -1))
		return access.Principal{}, false, nil //nolint:nilerr // a cookie of another form is nobody's
	}
	link, err := l.read(r.Context(), id)
	if err != nil && !errors.Is(err, ErrUnknown) {
		return access.Principal{}, false, err
	}
	var reason string
	switch {
	case err != nil || !secret.Same(hash, link.Session):
		reason = "unknown"
	case link.State(l.dependencies.Now()) != Alive:
		reason = string(link.State(l.dependencies.Now()))
	case !l.dependencies.Now().Before(link.SessionUntil):
		reason = "session_over"
	default:
		return link.Principal(), true, nil
	}
	l.dependencies.Audit.Refused(r.Context(), audit.Entry{
		Action: audit.Request,
		Actor:  "link/" + id,
		Role:   string(access.RoleAgency),
		Entity: link.Entity,
		Object: r.Method + " " + httpserver.ShownPath(r.URL.Path),
		Reason: reason,
		Detail: fromDetail{From: httpserver.ClientAddress(r.Context())},
	})
	http.SetCookie(w, l.cookie("", -1))
	return access.Principal{}, false, nil
}

// SignOut ends the link's session that makes the request, if one does; the link opens another.
func (l *Links) SignOut(ctx context.Context) error {
	who, _ := access.PrincipalFrom(ctx)
	if who.Purpose == "" {
		return nil
	}
	link, err := l.opened(ctx, who)
	if err != nil {
		return err
	}
	after := link
	after.SessionUntil = l.dependencies.Now().UTC()
	_, err = l.record(ctx, audit.Entry{Action: audit.SignOut}, link, after)
	return err
}
