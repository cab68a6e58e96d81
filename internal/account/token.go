package account

import (
	"cmp"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"mirsad/internal/access"
	"mirsad/internal/audit"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
)

// Token is what a program signs in with: the bearer <id>.<secret>. Only the secret's SHA-256 is stored.
type Token struct {
	ID        string         `json:"id"`
	Hash      string         `json:"sha256"` // of the secret, hexadecimal
	Scopes    []access.Scope `json:"scopes"`
	Entity    string         `json:"entity,omitempty"` // the one it is bound to; empty: all
	ExpiresAt time.Time      `json:"expires_at"`
	Revoked   bool           `json:"revoked,omitempty"`
	// RotatedFrom is the id of the token that this one replaces, RotatedTo of the one that replaces it.
	RotatedFrom string `json:"rotated_from,omitempty"`
	RotatedTo   string `json:"rotated_to,omitempty"`
	// CreatedBy and CreatedAt are those of the token's first fact.
	CreatedBy string    `json:"-"`
	CreatedAt time.Time `json:"-"`
	// RevokedAt is zero unless it is revoked.
	RevokedAt time.Time `json:"-"`

	actor string // token/<id>, or operator/<name>
	seq   uint32 // 0: it has no facts, as an operator's and one that nobody made
}

const (
	tokenIDBytes     = 9
	tokenSecretBytes = 32
	shortestSecret   = 32
	defaultExpiry    = 90 * 24 * time.Hour
	longestExpiry    = 2 * 366 * 24 * time.Hour
)

// Expired reports whether the token's time is over.
func (t Token) Expired(now time.Time) bool { return !t.ExpiresAt.IsZero() && !now.Before(t.ExpiresAt) }

// refuses returns why a bearer with this hash is not the token's, or "" when it is. The secret is compared first:
// only its holder may find out whether the token is revoked.
func (t Token) refuses(hash string, now time.Time) programme.TokenRefusal {
	switch {
	case subtle.ConstantTimeCompare([]byte(hash), []byte(t.Hash)) != 1:
		return programme.TokenWrongSecret
	case t.Revoked:
		return programme.TokenRevoked
	case t.Expired(now):
		return programme.TokenExpired
	default:
		return ""
	}
}

// Principal returns the token as the principal of a request.
func (t Token) Principal() access.Principal {
	return access.Principal{ID: t.actor, Name: t.actor, Scopes: t.Scopes, Entity: t.Entity}
}

func foldToken(stream []programme.Fact) (Token, bool, error) {
	slices.SortFunc(stream, func(a, b programme.Fact) int { return cmp.Compare(a.Seq, b.Seq) })
	var folded Token
	for i, fact := range stream {
		var next Token
		if err := json.Unmarshal(fact.Body, &next); err != nil {
			return Token{}, false, fmt.Errorf("read token %s, fact %d: %w", fact.Subject, fact.Seq, err)
		}
		next.CreatedBy, next.CreatedAt, next.RevokedAt = folded.CreatedBy, folded.CreatedAt, folded.RevokedAt
		if i == 0 {
			next.CreatedBy, next.CreatedAt = fact.Actor, fact.RecordedAt
		}
		folded = next.recorded(fact)
	}
	return folded, len(stream) > 0, nil
}

// recorded returns the token as of the fact that holds it.
func (t Token) recorded(fact programme.Fact) Token {
	t.actor, t.seq = "token/"+t.ID, fact.Seq
	if t.Revoked && t.RevokedAt.IsZero() {
		t.RevokedAt = fact.RecordedAt
	}
	return t
}

// NewBearer returns a bearer with a new random id and secret.
func NewBearer() string {
	encode := base64.RawURLEncoding.EncodeToString
	return hex.EncodeToString(randomBytes(tokenIDBytes)) + "." + encode(randomBytes(tokenSecretBytes))
}

// CreateToken makes a token and returns its bearer, which is shown this once. No expiry means 90 days; a
// token for events or plans needs its entity, one for administration has none: anything else is ErrInvalid.
func (a *Accounts) CreateToken(
	ctx context.Context, scopes []access.Scope, entity string, expires time.Time,
) (string, Token, error) {
	now := a.dependencies.Now()
	if expires.IsZero() {
		expires = now.Add(defaultExpiry)
	}
	if err := checkToken(scopes, entity, expires, now); err != nil {
		return "", Token{}, err
	}
	bearer, token := newToken(scopes, entity, expires)
	token, err := a.appendToken(ctx, audit.TokenCreate, Token{}, token)
	if err != nil {
		return "", Token{}, err
	}
	return bearer, token, nil
}

// newToken returns a token that is not recorded yet, and its bearer.
func newToken(scopes []access.Scope, entity string, expires time.Time) (string, Token) {
	bearer := NewBearer()
	id, hash, _ := splitBearer(bearer)
	return bearer, Token{
		ID:        id,
		Hash:      hash,
		Scopes:    normalScopes(scopes),
		Entity:    entity,
		ExpiresAt: wholeSecond(expires),
	}
}

// wholeSecond cuts a moment to the second: people see an expiry in seconds, and it must end exactly then.
func wholeSecond(moment time.Time) time.Time { return moment.UTC().Truncate(time.Second) }

// ListTokens returns all tokens, the newest first, those revoked or expired included.
func (a *Accounts) ListTokens(ctx context.Context) ([]Token, error) {
	read, err := a.directory.read(ctx)
	if err != nil {
		return nil, err
	}
	tokens := make([]Token, 0, len(read.tokens))
	for _, token := range read.tokens {
		tokens = append(tokens, token)
	}
	slices.SortFunc(tokens, func(x, y Token) int {
		return cmp.Or(y.CreatedAt.Compare(x.CreatedAt), cmp.Compare(x.ID, y.ID))
	})
	return tokens, nil
}

// RevokeToken ends a token; unknown is ErrNotFound, done already is no error.
func (a *Accounts) RevokeToken(ctx context.Context, id string) (Token, error) {
	token, err := a.readToken(ctx, id)
	if err != nil || token.Revoked {
		return token, err
	}
	before := token
	token.Revoked = true
	return a.appendToken(ctx, audit.TokenRevoke, before, token)
}

// readToken returns a token as the store has it now; unknown is ErrNotFound.
func (a *Accounts) readToken(ctx context.Context, id string) (Token, error) {
	stream, err := a.dependencies.Store.Stream(ctx, programme.FamilyToken, id)
	if err != nil {
		return Token{}, programme.Unavailable("read token", err)
	}
	token, found, err := foldToken(stream)
	if err != nil {
		return Token{}, programme.Unavailable("fold token", err)
	}
	if !found {
		return Token{}, fmt.Errorf("%w: no token %q: mirsad token list shows them all", programme.ErrNotFound, id)
	}
	return token, nil
}

// AddOperator lets a bearer administer until the process ends; it is kept in memory only. Facts name
// operator/<name> as their actor. A bearer whose secret is short is ErrInvalid.
func (a *Accounts) AddOperator(name, bearer string) error {
	id, hash, err := splitBearer(bearer)
	if err != nil || len(bearer)-len(id)-1 < shortestSecret {
		return fmt.Errorf(
			"%w: an operator's bearer is <id>.<secret>, the secret %d characters or more", programme.ErrInvalid,
			shortestSecret,
		)
	}
	a.directory.addOperator(
		Token{ID: id, Hash: hash, Scopes: []access.Scope{access.ScopeAdmin}, actor: "operator/" + name},
	)
	return nil
}

// tokenOf returns the token of a bearer; unknown, wrong, expired and revoked are all httpserver.ErrUnauthenticated.
func (a *Accounts) tokenOf(ctx context.Context, bearer string) (Token, error) {
	id, hash, err := splitBearer(bearer)
	if err != nil {
		return Token{}, err
	}
	token, found := a.directory.operatorToken(id)
	if !found {
		read, err := a.directory.current(ctx)
		if err != nil {
			return Token{}, err
		}
		token = read.tokens[id] // the zero token has no hash, so nothing equals it
	}
	if reason := token.refuses(hash, a.dependencies.Now()); reason != "" {
		a.uses.note(token, reason)
		return Token{}, fmt.Errorf("%w: token", httpserver.ErrUnauthenticated)
	}
	return token, nil
}

// appendToken records a token as it is after a change, and who changed it. For a new token, before is the zero value.
func (a *Accounts) appendToken(ctx context.Context, action audit.Action, before, token Token) (Token, error) {
	entry := audit.Entry{Action: action, Object: "token/" + token.ID, Entity: token.Entity, After: token.shown()}
	if before.seq > 0 {
		entry.Before = before.shown()
	}
	var fact programme.Fact
	err := a.auditChange(ctx, entry, func() (err error) {
		fact, err = a.dependencies.Store.Append(ctx, programme.Draft{
			Family: programme.FamilyToken, Subject: token.ID, Actor: actor(ctx), Body: token,
		}, token.seq)
		if err != nil {
			err = programme.Unavailable("record token", err)
		}
		return err
	})
	if err != nil {
		return Token{}, err
	}
	a.directory.forget()
	if token.seq == 0 {
		token.CreatedBy, token.CreatedAt = fact.Actor, fact.RecordedAt
	}
	return token.recorded(fact), nil
}

// splitBearer returns the id and the hexadecimal SHA-256 of the secret.
func splitBearer(bearer string) (id, hash string, err error) {
	id, secret, found := strings.Cut(bearer, ".")
	if !found || id == "" || secret == "" {
		return "", "", fmt.Errorf("%w: no bearer", httpserver.ErrUnauthenticated)
	}
	sum := sha256.Sum256([]byte(secret))
	return id, hex.EncodeToString(sum[:]), nil
}

func checkToken(scopes []access.Scope, entity string, expires, now time.Time) error {
	if len(scopes) == 0 {
		return fmt.Errorf("%w: it needs one or more of %v", ErrTokenScopes, access.Scopes())
	}
	for _, scope := range scopes {
		if _, err := access.ParseScope(string(scope)); err != nil {
			return errors.Join(ErrTokenScopes, err)
		}
	}
	if err := checkEntity(entity); err != nil {
		return errors.Join(ErrTokenEntity, err)
	}
	admin := slices.Contains(scopes, access.ScopeAdmin)
	sends := slices.Contains(scopes, access.ScopeEvents) || slices.Contains(scopes, access.ScopePlan)
	switch {
	case admin && entity != "":
		return fmt.Errorf("%w: scope admin acts for every entity: leave the entity out", ErrTokenWhole)
	case sends && !admin && entity == "":
		return fmt.Errorf("%w: one for events or plans is bound to one entity: name it", ErrTokenEntity)
	case !expires.After(now) || expires.Sub(now) > longestExpiry:
		return fmt.Errorf("%w: it expires later than now and within two years", ErrTokenLife)
	}
	return nil
}

func normalScopes(scopes []access.Scope) []access.Scope {
	sorted := slices.Clone(scopes)
	slices.Sort(sorted)
	return slices.Compact(sorted)
}
