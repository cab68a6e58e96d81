package account

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/httpserver"
)

// The cookie of a link's session; it has a kind of its own, so that it is never taken for a person's session.
const (
	secureLinkCookie = "__Host-mirsad-link"
	plainLinkCookie  = "mirsad-link"
	// linkSessionLife is how long a link's session lasts, at most: it is not renewed. The link opens another.
	linkSessionLife = 2 * time.Hour
)

func (a *Accounts) linkCookieName() string {
	if a.secure() {
		return secureLinkCookie
	}
	return plainLinkCookie
}

// LookAtLink returns the link of an address's last element, <id>.<secret>, and what it is about, and changes nothing: a
// mail scanner that follows it uses nothing up. Its errors are those that LinkText words; each is written down.
func (a *Accounts) LookAtLink(ctx context.Context, bearer string) (Link, LinkSubject, error) {
	link, err := a.linkOf(ctx, bearer)
	if err != nil {
		return Link{}, LinkSubject{}, err
	}
	about, err := a.subjectOf(ctx, link.Entity)
	if errors.Is(err, ErrLinkEntity) { // it was in the catalogue when the link was made
		about, err = LinkSubject{Entity: link.Entity}, nil
	}
	return link, about, err
}

// linkOf returns the living link of a bearer; the secret comes first, so that only its holder learns why not.
func (a *Accounts) linkOf(ctx context.Context, bearer string) (Link, error) {
	id, hash, err := splitBearer(bearer)
	if err != nil || !entityForm.MatchString(id) || len(id) > longestCode {
		a.refuseLink(ctx, Link{}, ErrLinkUnknown)
		return Link{}, ErrLinkUnknown
	}
	link, err := a.readLink(ctx, id)
	if err == nil && !sameHash(hash, link.Hash) {
		err = ErrLinkUnknown
	}
	if err == nil {
		err = refusalOf(link.State(a.dependencies.Now()))
	}
	if err != nil {
		link.ID = id
		a.refuseLink(ctx, link, err)
		return Link{}, err
	}
	return link, nil
}

// fromDetail is where a refused request came from.
type fromDetail struct {
	From string `json:"from,omitempty"`
}

// linkReason is what the audit record calls a link that does not open.
func linkReason(err error) string {
	switch {
	case errors.Is(err, ErrLinkUnknown):
		return "unknown"
	case errors.Is(err, ErrLinkUsed):
		return string(LinkUsed)
	case errors.Is(err, ErrLinkRevoked):
		return string(LinkRevoked)
	case errors.Is(err, ErrLinkExpired):
		return string(LinkExpired)
	case errors.Is(err, ErrLinkSignedIn):
		return "signed_in"
	default:
		return ""
	}
}

// refuseLink writes down a link that did not open; what has no reason is a fault and no refusal.
func (a *Accounts) refuseLink(ctx context.Context, link Link, err error) {
	if reason := linkReason(err); reason != "" {
		a.dependencies.Audit.Refused(ctx, audit.Entry{
			Action: audit.LinkOpen, Object: "link/" + link.ID, Entity: link.Entity, Reason: reason,
			Detail: fromDetail{From: httpserver.ClientAddress(ctx)},
		})
	}
}

// OpenLink begins the session of a link for a submission, and ends the one before. Its errors are those of LookAtLink,
// ErrLinkSignedIn, and ErrAlreadyDecided when somebody opens it at the same moment.
func (a *Accounts) OpenLink(w http.ResponseWriter, r *http.Request, bearer string) (Link, error) {
	ctx := r.Context()
	link, err := a.linkOf(ctx, bearer)
	if err != nil {
		return Link{}, err
	}
	if who, known := access.PrincipalFrom(ctx); known && who.Purpose == "" {
		a.refuseLink(ctx, link, ErrLinkSignedIn)
		return Link{}, ErrLinkSignedIn
	}
	if link.Purpose == access.LinkInvitation { // it makes an account, and opens nothing else
		a.refuseLink(ctx, link, ErrLinkUnknown)
		return Link{}, ErrLinkUnknown
	}
	secret := link.ID + "." + base64.RawURLEncoding.EncodeToString(randomBytes(tokenSecretBytes))
	now := a.dependencies.Now().UTC()
	after := link
	if _, after.Session, err = splitBearer(secret); err != nil {
		return Link{}, err
	}
	after.OpenedAt, after.OpenedFrom, after.SessionUntil = now, httpserver.ClientAddress(ctx), now.Add(linkSessionLife)
	if after.SessionUntil.After(link.ExpiresAt) {
		after.SessionUntil = link.ExpiresAt
	}
	after, err = a.appendLink(
		ctx, audit.Entry{Action: audit.LinkOpen, Actor: "link/" + link.ID, Role: string(access.RoleAgency)}, link,
		after,
	)
	if err != nil {
		return Link{}, err
	}
	http.SetCookie(w, a.linkCookie(secret, int(after.SessionUntil.Sub(now)/time.Second)))
	return after, nil
}

func (a *Accounts) linkCookie(value string, seconds int) *http.Cookie {
	return &http.Cookie{ //nolint:gosec // secure wherever people are reached over TLS, as the session's
		Name:     a.linkCookieName(),
		Value:    value,
		Path:     "/",
		MaxAge:   seconds,
		HttpOnly: true,
		Secure:   a.secure(),
		SameSite: http.SameSiteStrictMode,
	}
}

// linkSession returns the principal of the link's session that the request's cookie names; false without one. The
// cookie of an ended session is deleted, and its use after the end of the link is written down.
func (a *Accounts) linkSession(w http.ResponseWriter, r *http.Request) (access.Principal, bool, error) {
	cookie, err := r.Cookie(a.linkCookieName())
	if err != nil {
		return access.Principal{}, false, nil //nolint:nilerr // no cookie is no fault
	}
	id, hash, err := splitBearer(cookie.Value)
	if err != nil || !entityForm.MatchString(id) || len(id) > longestCode {
		http.SetCookie(w, a.linkCookie("", -1))
		return access.Principal{}, false, nil //nolint:nilerr // a cookie of another form is nobody's
	}
	link, err := a.readLink(r.Context(), id)
	if err != nil && !errors.Is(err, ErrLinkUnknown) {
		return access.Principal{}, false, err
	}
	var reason string
	switch {
	case err != nil || !sameHash(hash, link.Session):
		reason = "unknown"
	case link.State(a.dependencies.Now()) != LinkAlive:
		reason = string(link.State(a.dependencies.Now()))
	case !a.dependencies.Now().Before(link.SessionUntil):
		reason = "session_over"
	default:
		return link.Principal(), true, nil
	}
	a.dependencies.Audit.Refused(r.Context(), audit.Entry{
		Action: audit.Request,
		Actor:  "link/" + id,
		Role:   string(access.RoleAgency),
		Entity: link.Entity,
		Object: r.Method + " " + httpserver.ShownPath(r.URL.Path),
		Reason: reason,
		Detail: fromDetail{From: httpserver.ClientAddress(r.Context())},
	})
	http.SetCookie(w, a.linkCookie("", -1))
	return access.Principal{}, false, nil
}

// endLinkSession ends the session of a link whose reader signs out; the link opens another.
func (a *Accounts) endLinkSession(ctx context.Context, who access.Principal) error {
	link, err := a.linkIn(ctx, who)
	if err != nil {
		return err
	}
	after := link
	after.SessionUntil = a.dependencies.Now().UTC()
	_, err = a.appendLink(ctx, audit.Entry{Action: audit.SignOut}, link, after)
	return err
}
