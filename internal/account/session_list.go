package account

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/programme"
)

// Session is somebody's session as people see it.
type Session struct {
	// ID names the session and opens nothing: neither the cookie's value nor the name in the store follows from it.
	ID string `json:"id"`
	// Account is the id of the person, Name and Role are theirs.
	Account string      `json:"account"`
	Name    string      `json:"name"`
	Role    access.Role `json:"role"`
	// UsedAt is when its use was last recorded, which happens at most every five minutes.
	SignedInAt time.Time `json:"signed_in_at"`
	UsedAt     time.Time `json:"used_at"`
	ExpiresAt  time.Time `json:"expires_at"`
	// Current is the session that asks.
	Current bool `json:"current"`

	stored string // its name in the store
}

const publicIDBytes = 15

// publicID makes the public name of a session out of its name in the store.
func publicID(stored string) string {
	hash := sha256.Sum256([]byte("session\x00" + stored))
	return strings.ToLower(base32.StdEncoding.EncodeToString(hash[:publicIDBytes]))
}

// storedName is how scs names the session of a cookie's value in the store.
func storedName(cookie string) string {
	hash := sha256.Sum256([]byte(cookie))
	return base64.RawURLEncoding.EncodeToString(hash[:])
}

// ListSessions returns the sessions that are open, the newest first: everybody's to an administrator and an auditor,
// to others their own.
func (a *Accounts) ListSessions(ctx context.Context) ([]Session, error) {
	who, found := access.PrincipalFrom(ctx)
	if !found {
		return nil, fmt.Errorf("%w: nobody asks for sessions", programme.ErrForbidden)
	}
	return a.sessionsOf(ctx, func(account string) bool {
		return who.Admin() || who.Role == access.RoleAuditor || who.ID == "user/"+account
	})
}

// endable returns the sessions that the person of the request may end: an auditor can't end another person's.
func (a *Accounts) endable(ctx context.Context) ([]Session, error) {
	who, found := access.PrincipalFrom(ctx)
	if !found {
		return nil, fmt.Errorf("%w: nobody ends sessions", programme.ErrForbidden)
	}
	return a.sessionsOf(ctx, func(account string) bool { return who.Admin() || who.ID == "user/"+account })
}

// OwnSessions returns the open sessions of the person who makes the request, an administrator's own as well.
func (a *Accounts) OwnSessions(ctx context.Context) ([]Session, error) {
	who, _ := access.PrincipalFrom(ctx)
	return a.sessionsOf(ctx, func(account string) bool { return who.ID == "user/"+account })
}

func (a *Accounts) sessionsOf(ctx context.Context, wanted func(account string) bool) ([]Session, error) {
	now := a.dependencies.Now()
	// An open session was recorded when it began at the latest.
	facts, err := a.dependencies.Store.Recent(
		ctx, programme.FamilySession, now.Add(-a.configuration.SessionLifetime-time.Minute),
	)
	if err != nil {
		return nil, programme.Unavailable("read sessions", err)
	}
	known, err := a.people.Read(ctx)
	if err != nil {
		return nil, err
	}
	current := ""
	if hasSession(ctx) {
		current = storedName(a.sessions.Token(ctx))
	}
	sessions := []Session{}
	for _, fact := range facts {
		kept, err := readSession(fact)
		if err != nil {
			return nil, err
		}
		who, found := known[kept.Account]
		open := found && !kept.Ended && now.Before(kept.ExpiresAt) && !who.Disabled && who.since <= kept.Since &&
			a.signInAllowed(who.User)
		if !open || !wanted(kept.Account) {
			continue
		}
		sessions = append(sessions, Session{
			ID:         publicID(fact.Subject),
			Account:    kept.Account,
			Name:       who.Name,
			Role:       who.Role,
			stored:     fact.Subject,
			SignedInAt: kept.SignedInAt,
			UsedAt:     kept.RenewedAt,
			ExpiresAt:  kept.ExpiresAt,
			Current:    fact.Subject == current,
		})
	}
	slices.SortFunc(sessions, newestFirst)
	return sessions, nil
}

func newestFirst(x, y Session) int {
	return cmp.Or(y.SignedInAt.Compare(x.SignedInAt), cmp.Compare(x.ID, y.ID))
}

// readSession reads the body of a session's fact.
func readSession(fact programme.Fact) (sessionFact, error) {
	var kept sessionFact
	if err := json.Unmarshal(fact.Body, &kept); err != nil {
		return sessionFact{}, programme.Unavailable("read session", err)
	}
	return kept, nil
}

// endedSessions is what the audit record says of sessions that somebody ends: whose they are and how many were open.
type endedSessions struct {
	Account  string `json:"account"`
	Sessions int    `json:"sessions"`
}

// EndSession ends a session of the person who makes the request, or anybody's for an administrator; another is
// ErrNotFound. Other processes notice within five seconds.
func (a *Accounts) EndSession(ctx context.Context, id string) error {
	sessions, err := a.endable(ctx)
	if err != nil {
		return err
	}
	for _, each := range sessions {
		if each.ID != id {
			continue
		}
		if each.Current {
			return a.SignOut(ctx)
		}
		access.NoteAct(
			ctx, "session/"+each.ID, "", endedSessions{Account: each.Account, Sessions: 1},
			endedSessions{Account: each.Account},
		)
		return a.sessions.kept.DeleteCtx(ctx, each.stored)
	}
	return fmt.Errorf("%w: no such session", programme.ErrNotFound)
}

// EndSessionsOf ends all open sessions of an account but the one that asks, and returns how many those were. It ends
// what EndSession would.
func (a *Accounts) EndSessionsOf(ctx context.Context, account string) (int, error) {
	sessions, err := a.endable(ctx)
	if err != nil {
		return 0, err
	}
	ended := 0
	defer func() {
		access.NoteAct(
			ctx, "user/"+account, "", endedSessions{Account: account, Sessions: ended}, endedSessions{Account: account},
		)
	}()
	for _, each := range sessions {
		if each.Account != account || each.Current {
			continue
		}
		if err := a.sessions.kept.DeleteCtx(ctx, each.stored); err != nil {
			return ended, err
		}
		ended++
	}
	return ended, nil
}
