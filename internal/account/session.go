package account

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/alexedwards/scs/v2"

	"mirsad/internal/audit"
	"mirsad/internal/programme"
)

// sessionFact is the body of a session's fact, and what scs is given to keep: who signed in and until when.
type sessionFact struct {
	Account    string    `json:"account"`
	Since      uint32    `json:"since"` // the account's sequence at sign-in
	SignedInAt time.Time `json:"signed_in_at"`
	RenewedAt  time.Time `json:"renewed_at"`
	ExpiresAt  time.Time `json:"expires_at"`
	Ended      bool      `json:"ended,omitempty"`
}

// The names of a session's values within scs.
const (
	valueAccount  = "account"
	valueSince    = "since"
	valueSignedIn = "signed_in_at"
	valueRenewed  = "renewed_at"
)

// renewEvery is how often a session in use is recorded again, at most.
const renewEvery = 5 * time.Minute

// The cookie's names: with the prefix __Host- a browser takes it only over TLS, from this host, for every path.
const (
	secureCookie = "__Host-mirsad"
	plainCookie  = "mirsad"
)

// sessions are those of people, each tied to an account; the request's own is in its context.
type sessions struct {
	*scs.SessionManager

	kept *sessionStore
	idle time.Duration
	now  func() time.Time
}

// newSessions takes the settings of accounts; refuse answers what goes wrong beneath a request.
func newSessions(
	cfg Configuration, kept *sessionStore, now func() time.Time,
	refuse func(http.ResponseWriter, *http.Request, error),
) *sessions {
	manager := scs.New()
	manager.Lifetime = cfg.SessionLifetime
	manager.Codec = sessionCodec{}
	manager.Store = kept
	manager.HashTokenInStore = true
	manager.Cookie.Name = plainCookie
	if cfg.secure() {
		manager.Cookie.Name, manager.Cookie.Secure = secureCookie, true
	}
	manager.Cookie.HttpOnly = true
	manager.Cookie.SameSite = http.SameSiteLaxMode
	manager.ErrorFunc = refuse
	return &sessions{SessionManager: manager, kept: kept, idle: cfg.SessionIdle, now: now}
}

// open ties the request's session, under a new name, to the person who has just signed in.
func (s *sessions) open(ctx context.Context, who person) error {
	if err := s.RenewToken(ctx); err != nil {
		return programme.Unavailable("renew session", err)
	}
	now := s.now().UTC()
	s.Put(ctx, valueAccount, who.ID)
	s.Put(ctx, valueSince, strconv.FormatUint(uint64(who.seq), 10))
	s.Put(ctx, valueSignedIn, now.Format(time.RFC3339))
	s.prolong(ctx, now, now)
	if _, _, err := s.Commit(ctx); err != nil { // now, so that a fault is known before "welcome" is said
		return programme.Unavailable("record session", err)
	}
	return nil
}

// prolong sets when the session ends: after the idle time, and never later than its whole life.
func (s *sessions) prolong(ctx context.Context, signedIn, now time.Time) {
	until := now.Add(s.idle)
	if last := signedIn.Add(s.Lifetime); until.After(last) {
		until = last
	}
	s.Put(ctx, valueRenewed, now.Format(time.RFC3339))
	s.SetDeadline(ctx, until)
}

// keepAlive renews a session in use, at most every renewEvery.
func (s *sessions) keepAlive(ctx context.Context) {
	now := s.now().UTC()
	renewed, renewedErr := time.Parse(time.RFC3339, s.GetString(ctx, valueRenewed))
	signedIn, signedInErr := time.Parse(time.RFC3339, s.GetString(ctx, valueSignedIn))
	if renewedErr == nil && signedInErr == nil && now.Sub(renewed) >= renewEvery {
		s.prolong(ctx, signedIn, now)
	}
}

// end ends the request's session.
func (s *sessions) end(ctx context.Context) error {
	if err := s.Destroy(ctx); err != nil {
		return programme.Unavailable("end session", err)
	}
	return nil
}

// personOf returns the person of the request's session; false for an anonymous one. The session of a person
// who has been disabled, was given another password since, or may not sign in this way any more, is ended.
func (a *Accounts) personOf(ctx context.Context) (person, bool, error) {
	address := a.sessions.GetString(ctx, valueAccount)
	if address == "" {
		return person{}, false, nil
	}
	read, err := a.people.Current(ctx)
	if err != nil {
		return person{}, false, err
	}
	who, found := read[address]
	since, err := strconv.ParseUint(a.sessions.GetString(ctx, valueSince), 10, 32)
	// A person newer than the reading signed in elsewhere a moment ago: anonymous for now, and no reason to end
	// anything.
	if err == nil && (!found || uint64(who.seq) < since) {
		return person{}, false, nil
	}
	if err != nil || who.Disabled || uint64(who.since) > since || !a.signInAllowed(who.User) {
		ended := a.sessions.end(ctx)
		if ended == nil {
			a.auditSession(ctx, audit.SignOut, who.User, sessionEnd{Because: "account_changed"})
		}
		return person{}, false, ended
	}
	a.sessions.keepAlive(ctx)
	return who, true, nil
}

// sessionEnd says why a session ended that nobody ended.
type sessionEnd struct {
	Because string `json:"because"`
}

// sessionCodec writes a session's values as the fact that is stored, so that a fact can be read by people.
type sessionCodec struct{}

// Encode writes the values as a sessionFact.
func (sessionCodec) Encode(deadline time.Time, values map[string]any) ([]byte, error) {
	fact := sessionFact{ExpiresAt: deadline.UTC()}
	text := func(name string) string { value, _ := values[name].(string); return value }
	fact.Account = text(valueAccount)
	since, err := strconv.ParseUint(text(valueSince), 10, 32)
	if err != nil {
		return nil, fmt.Errorf("%w: a session of nobody", programme.ErrInvalid)
	}
	fact.Since = uint32(since)
	if fact.SignedInAt, err = time.Parse(time.RFC3339, text(valueSignedIn)); err != nil {
		return nil, fmt.Errorf("session's start: %w", err)
	}
	if fact.RenewedAt, err = time.Parse(time.RFC3339, text(valueRenewed)); err != nil {
		return nil, fmt.Errorf("session's renewal: %w", err)
	}
	return json.Marshal(fact)
}

// Decode reads what Encode writes.
func (sessionCodec) Decode(data []byte) (time.Time, map[string]any, error) {
	var fact sessionFact
	if err := json.Unmarshal(data, &fact); err != nil {
		return time.Time{}, nil, fmt.Errorf("read session: %w", err)
	}
	return fact.ExpiresAt, map[string]any{
		valueAccount:  fact.Account,
		valueSince:    strconv.FormatUint(uint64(fact.Since), 10),
		valueSignedIn: fact.SignedInAt.Format(time.RFC3339),
		valueRenewed:  fact.RenewedAt.Format(time.RFC3339),
	}, nil
}
