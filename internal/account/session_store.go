package account

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/programme"
)

// sessionStore keeps sessions for scs as streams of facts, one stream a session, named by the hash of the
// cookie's value: a row on sign-in, on renewal and at the end; what was read a moment ago is not read again.
type sessionStore struct {
	store Store
	now   func() time.Time
	fresh time.Duration

	mu   sync.Mutex
	seen map[string]seenSession
}

// seenSession is a session as last read or written here.
type seenSession struct {
	fact   sessionFact
	seq    uint32 // 0: there is none
	readAt time.Time
}

const (
	sessionsKept = 10_000
	// hashedLength is the length of a session's name in the store.
	hashedLength = 43
)

func newSessionStore(store Store, now func() time.Time, fresh time.Duration) *sessionStore {
	return &sessionStore{store: store, now: now, fresh: fresh, seen: map[string]seenSession{}}
}

// FindCtx returns the session unless it has ended or expired.
func (s *sessionStore) FindCtx(ctx context.Context, name string) ([]byte, bool, error) {
	session, err := s.session(ctx, name)
	if err != nil {
		return nil, false, err
	}
	if session.seq == 0 || session.fact.Ended || !s.now().Before(session.fact.ExpiresAt) {
		return nil, false, nil
	}
	data, err := json.Marshal(session.fact)
	return data, err == nil, err
}

// CommitCtx records the session's start or renewal. Another process that renewed it first did the same; one that
// ended it has the last word.
func (s *sessionStore) CommitCtx(ctx context.Context, name string, data []byte, _ time.Time) error {
	var fact sessionFact
	if err := json.Unmarshal(data, &fact); err != nil {
		return fmt.Errorf("read session: %w", err)
	}
	before, err := s.session(ctx, name)
	if err != nil {
		return err
	}
	if before.fact.Ended || (before.seq > 0 && before.fact == fact) {
		return nil
	}
	return s.append(ctx, name, fact, before.seq)
}

// DeleteCtx ends the session; one that never was is no error.
func (s *sessionStore) DeleteCtx(ctx context.Context, name string) error {
	for {
		s.forget(name)
		before, err := s.session(ctx, name)
		if err != nil {
			return err
		}
		if before.seq == 0 || before.fact.Ended {
			return nil
		}
		fact := before.fact
		fact.Ended = true
		if err := s.append(ctx, name, fact, before.seq); err != nil {
			return err
		}
		if after, err := s.session(ctx, name); err != nil || after.fact.Ended {
			return err
		}
		// It was renewed in between: once more.
	}
}

func (s *sessionStore) append(ctx context.Context, name string, fact sessionFact, after uint32) error {
	by := "user/" + fact.Account
	if who, found := access.PrincipalFrom(ctx); found && fact.Ended {
		by = who.ID // an administrator may end it
	}
	added, err := s.store.Append(ctx, programme.Draft{
		Family: programme.FamilySession, Subject: name, Actor: by, Body: fact,
	}, after)
	if errors.Is(err, programme.ErrAlreadyDecided) {
		s.forget(name)
		return nil
	}
	if err != nil {
		return programme.Unavailable("record session", err)
	}
	s.keep(name, seenSession{fact: fact, seq: added.Seq, readAt: s.now()})
	return nil
}

func (s *sessionStore) session(ctx context.Context, name string) (seenSession, error) {
	if len(name) != hashedLength {
		return seenSession{}, nil
	}
	s.mu.Lock()
	session, found := s.seen[name]
	s.mu.Unlock()
	if found && s.now().Sub(session.readAt) < s.fresh {
		return session, nil
	}
	session = seenSession{readAt: s.now()}
	stream, err := s.store.Stream(ctx, programme.FamilySession, name)
	if err != nil {
		return seenSession{}, programme.Unavailable("read session", err)
	}
	for _, fact := range stream {
		if fact.Seq < session.seq {
			continue
		}
		session.seq, session.fact = fact.Seq, sessionFact{}
		if err := json.Unmarshal(fact.Body, &session.fact); err != nil {
			return seenSession{}, programme.Unavailable("read session", err)
		}
	}
	s.keep(name, session)
	return session, nil
}

func (s *sessionStore) keep(name string, session seenSession) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.seen) >= sessionsKept {
		s.makeRoom()
	}
	s.seen[name] = session
}

// makeRoom drops what would be read again anyway; when everything is fresh, everything.
func (s *sessionStore) makeRoom() {
	now := s.now()
	for name, session := range s.seen {
		if now.Sub(session.readAt) >= s.fresh {
			delete(s.seen, name)
		}
	}
	if len(s.seen) >= sessionsKept {
		clear(s.seen)
	}
}

func (s *sessionStore) forget(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.seen, name)
}

// Find, Commit and Delete are scs's interface for stores without a context; scs calls the others.
func (s *sessionStore) Find(name string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), name)
}

// Commit is CommitCtx without a context.
func (s *sessionStore) Commit(name string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), name, data, expiry)
}

// Delete is DeleteCtx without a context.
func (s *sessionStore) Delete(name string) error { return s.DeleteCtx(context.Background(), name) }
