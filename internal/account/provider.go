package account

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
	"golang.org/x/sync/singleflight"

	"mirsad/internal/programme"
)

// Provider is the OpenID Connect provider that people sign in with; without an issuer there is none.
type Provider struct {
	// Issuer is the provider's name for itself, exactly; its keys and endpoints are found below it.
	Issuer       string
	ClientID     string
	ClientSecret string
	// Scopes are asked for beside openid.
	Scopes []string
	// RoleClaim holds a person's groups; a dot goes into an object, as in realm_access.roles.
	RoleClaim string
	// Roles give a role to a group; the first that a person has counts.
	Roles []RoleGroup
	// EntityClaim holds the code of an agency person's one entity.
	EntityClaim string
	// OnlyAdminsLocally keeps everyone but administrators from signing in with a password.
	OnlyAdminsLocally bool
}

// CallbackPath is where the provider sends people back to; it is registered there below the base URL.
const CallbackPath = "/sign-in/callback"

const (
	providerWait = 10 * time.Second
	// providerAnswer is the longest answer read from a provider, in bytes.
	providerAnswer = 1 << 20
	// clockSkew is how far the provider's clock may be ahead of this one.
	clockSkew = 5 * time.Minute
	// longestSubject is OpenID Connect's limit (Core, section 2).
	longestSubject = 255
)

// signatures are the algorithms of an ID token that are accepted: those with a public key. A shared secret
// would let anybody who knows the client's secret invent people; `none` would let everybody.
func signatures() []string {
	return []string{
		oidc.RS256, oidc.RS384, oidc.RS512, oidc.PS256, oidc.PS384, oidc.PS512, oidc.ES256, oidc.ES384, oidc.ES512,
		oidc.EdDSA,
	}
}

// provider speaks with the identity provider.
type provider struct {
	Provider

	callback string
	now      func() time.Time
	client   *http.Client
	flight   singleflight.Group
	found    atomic.Pointer[discovered]
}

// discovered is what the provider says of itself. It is asked at the first sign-in and not at start: the program
// takes events while the provider is away.
type discovered struct {
	provider *oidc.Provider
	oauth    oauth2.Config
	verifier *oidc.IDTokenVerifier
}

func newProvider(settings Provider, base string, now func() time.Time) *provider {
	return &provider{
		Provider: settings, callback: strings.TrimSuffix(base, "/") + CallbackPath, now: now,
		client: &http.Client{
			Timeout: providerWait, Transport: briefly{http.DefaultTransport},
			// The client's secret goes where the discovery says and nowhere else.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// briefly cuts every answer off at the longest one expected.
type briefly struct{ http.RoundTripper }

// RoundTrip sends the request and limits what can be read of its answer.
func (b briefly) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := b.RoundTripper.RoundTrip(r)
	if err == nil {
		answer.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(answer.Body, providerAnswer), answer.Body}
	}
	return answer, err
}

// discover returns what the provider says of itself; it asks until it has been answered once.
func (p *provider) discover(ctx context.Context) (*discovered, error) {
	if known := p.found.Load(); known != nil {
		return known, nil
	}
	answer, err, _ := p.flight.Do("", func() (any, error) {
		found, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), p.client), p.Issuer)
		if err != nil {
			return nil, fmt.Errorf("%w: discover the identity provider: %w", programme.ErrUnavailable, err)
		}
		known, err := p.accept(found)
		if err == nil {
			p.found.Store(known)
		}
		return known, err
	})
	if err != nil {
		return nil, err
	}
	return answer.(*discovered), nil
}

// accept checks the endpoints: a provider over TLS has none without.
func (p *provider) accept(found *oidc.Provider) (*discovered, error) {
	var more struct {
		Keys    string   `json:"jwks_uri"`
		Methods []string `json:"token_endpoint_auth_methods_supported"`
	}
	if err := found.Claims(&more); err != nil {
		return nil, fmt.Errorf("%w: read the identity provider's discovery: %w", programme.ErrUnavailable, err)
	}
	endpoint := found.Endpoint()
	scheme, _, _ := strings.Cut(p.Issuer, "://")
	for _, each := range []string{endpoint.AuthURL, endpoint.TokenURL, more.Keys, found.UserInfoEndpoint()} {
		if parsed, err := url.Parse(each); each != "" && (err != nil || parsed.Scheme != scheme || parsed.Host == "") {
			return nil, fmt.Errorf(
				"%w: the identity provider names the endpoint %q, which is no %s address", programme.ErrUnavailable,
				each, scheme,
			)
		}
	}
	endpoint.AuthStyle = oauth2.AuthStyleInHeader
	if len(more.Methods) > 0 && !slices.Contains(more.Methods, "client_secret_basic") {
		endpoint.AuthStyle = oauth2.AuthStyleInParams
	}
	return &discovered{
		provider: found,
		oauth: oauth2.Config{
			ClientID: p.ClientID, ClientSecret: p.ClientSecret, Endpoint: endpoint, RedirectURL: p.callback,
			Scopes: append([]string{oidc.ScopeOpenID}, p.Scopes...),
		},
		verifier: found.Verifier(&oidc.Config{ClientID: p.ClientID, SupportedSigningAlgs: signatures(), Now: p.now}),
	}, nil
}

// address is where a person is sent to sign in.
func (p *provider) address(ctx context.Context, f flow) (string, error) {
	at, err := p.discover(ctx)
	if err != nil {
		return "", err
	}
	return at.oauth.AuthCodeURL(f.State, oidc.Nonce(f.Nonce), oauth2.S256ChallengeOption(f.Verifier)), nil
}

// identify trades the code for an ID token and returns who it is about.
func (p *provider) identify(ctx context.Context, code string, f flow) (identity, error) {
	at, err := p.discover(ctx)
	if err != nil {
		return identity{}, err
	}
	ctx = oidc.ClientContext(ctx, p.client)
	answer, err := at.oauth.Exchange(ctx, code, oauth2.VerifierOption(f.Verifier))
	refusal, is := errors.AsType[*oauth2.RetrieveError](err)
	if is && refusal.Response.StatusCode < http.StatusInternalServerError {
		return identity{}, fmt.Errorf("%w: the code is refused: %s", ErrProviderRefused, refusal.ErrorCode)
	}
	if err != nil {
		return identity{}, fmt.Errorf("%w: trade the code: %w", programme.ErrUnavailable, err)
	}
	raw, _ := answer.Extra("id_token").(string)
	token, err := p.verify(ctx, at, raw, f.Nonce)
	if err == nil && token.AccessTokenHash != "" {
		err = token.VerifyAccessToken(answer.AccessToken)
	}
	if err != nil {
		return identity{}, fmt.Errorf("%w: %w", ErrProviderRefused, err)
	}
	claims := map[string]any{}
	if err := token.Claims(&claims); err != nil {
		return identity{}, fmt.Errorf("%w: read the claims: %w", ErrProviderRefused, err)
	}
	if err := p.complete(ctx, at, answer, token.Subject, claims); err != nil {
		return identity{}, err
	}
	return p.identityOf(token.Subject, claims), nil
}

// verify checks the ID token: signature, issuer, audience and time by the library, the rest here.
func (p *provider) verify(ctx context.Context, at *discovered, raw, nonce string) (*oidc.IDToken, error) {
	if err := namesKey(raw); err != nil {
		return nil, err
	}
	token, err := at.verifier.Verify(ctx, raw)
	if err != nil {
		return nil, err
	}
	var more struct {
		Party string `json:"azp"`
	}
	if err := token.Claims(&more); err != nil {
		return nil, err
	}
	switch {
	case subtle.ConstantTimeCompare([]byte(token.Nonce), []byte(nonce)) != 1:
		return nil, errors.New("the nonce is not the one of this sign-in")
	case token.Subject == "" || len(token.Subject) > longestSubject:
		return nil, errors.New("the subject is empty or too long")
	case more.Party != "" && more.Party != p.ClientID:
		return nil, fmt.Errorf("the authorized party is %q", more.Party)
	case more.Party == "" && len(token.Audience) > 1:
		return nil, errors.New("several audiences and no authorized party")
	case token.IssuedAt.IsZero() || token.IssuedAt.After(p.now().Add(clockSkew)):
		return nil, fmt.Errorf("issued in the future, or at no time: %s", token.IssuedAt)
	}
	return token, nil
}

// namesKey refuses a token that does not say which key signed it: the library would try them all.
func namesKey(raw string) error {
	first, _, _ := strings.Cut(raw, ".")
	header, err := base64.RawURLEncoding.DecodeString(first)
	if err != nil {
		return fmt.Errorf("the ID token's header: %w", err)
	}
	var key struct {
		ID string `json:"kid"`
	}
	if err := json.Unmarshal(header, &key); err != nil {
		return fmt.Errorf("the ID token's header: %w", err)
	}
	if key.ID == "" {
		return errors.New("the ID token does not name its key")
	}
	return nil
}

// complete asks the provider's user information for the claims that decide and that the ID token lacks; what
// the signed token says is never replaced.
func (p *provider) complete(
	ctx context.Context, at *discovered, answer *oauth2.Token, subject string, claims map[string]any,
) error {
	whole := claim(claims, p.RoleClaim) != nil && (p.EntityClaim == "" || claim(claims, p.EntityClaim) != nil)
	if whole || at.provider.UserInfoEndpoint() == "" {
		return nil
	}
	told, err := at.provider.UserInfo(ctx, oauth2.StaticTokenSource(answer))
	if err != nil {
		return fmt.Errorf("%w: ask for user information: %w", programme.ErrUnavailable, err)
	}
	if told.Subject != subject {
		return fmt.Errorf("%w: the user information is about another subject", ErrProviderRefused)
	}
	more := map[string]any{}
	if err := told.Claims(&more); err != nil {
		return fmt.Errorf("%w: read the user information: %w", ErrProviderRefused, err)
	}
	for name, value := range more {
		if _, signed := claims[name]; !signed {
			claims[name] = value
		}
	}
	return nil
}
