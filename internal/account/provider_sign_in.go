package account

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"mirsad/internal/audit"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// The outcomes of a sign-in with the provider that fails; SignInText words them.
var (
	// ErrProviderRefused is an answer of the provider that is not accepted; the log says why.
	ErrProviderRefused = fmt.Errorf("%w: the identity provider's answer is not accepted", programme.ErrForbidden)
	// ErrProviderStale is an answer to no sign-in that this browser has under way.
	ErrProviderStale = fmt.Errorf("%w: no such sign-in is under way", programme.ErrForbidden)
	// ErrProviderDenied is a person who turned back at the provider.
	ErrProviderDenied = fmt.Errorf("%w: not signed in at the identity provider", programme.ErrForbidden)
	// ErrNoRole is a person whom the provider knows and who has no role here.
	ErrNoRole = fmt.Errorf("%w: no role is mapped", programme.ErrForbidden)
	// ErrAccountDisabled is a person who was disabled here.
	ErrAccountDisabled = fmt.Errorf("%w: the account is disabled", programme.ErrForbidden)
)

// SignInText returns the key of the text for a sign-in that failed; "" when it is no refusal of a person.
func SignInText(err error) string {
	for _, each := range []struct {
		err error
		key string
	}{
		{ErrSignInRefused, "refused"},
		{ErrTooManyAttempts, "too_many"},
		{ErrProviderRefused, "provider.refused"},
		{ErrProviderStale, "provider.stale"},
		{ErrProviderDenied, "provider.denied"},
		{ErrNoRole, "provider.no_role"},
		{ErrAccountDisabled, "provider.disabled"},
		{programme.ErrUnavailable, "unavailable"},
	} {
		if errors.Is(err, each.err) {
			return "account.sign_in." + each.key
		}
	}
	return ""
}

// Ways says how people may sign in.
type Ways struct {
	// Provider: with the identity provider. OnlyAdminsLocally: with a password administrators alone.
	Provider, OnlyAdminsLocally bool
}

// Ways returns how people may sign in.
func (a *Accounts) Ways() Ways {
	if a.provider == nil {
		return Ways{}
	}
	return Ways{Provider: true, OnlyAdminsLocally: a.provider.OnlyAdminsLocally}
}

// BeginProviderSignIn returns the provider's address to send the person to, and has the browser remember the
// sign-in under way. Another site's request is ErrProviderStale, a provider that does not answer ErrUnavailable.
func (a *Accounts) BeginProviderSignIn(
	w http.ResponseWriter, r *http.Request, language i18n.Language, next string,
) (string, error) {
	if a.provider == nil {
		return "", fmt.Errorf("%w: no identity provider is set", programme.ErrNotFound)
	}
	if from := r.Header.Get("Sec-Fetch-Site"); from != "" && from != "same-origin" && from != "none" {
		// Nobody is signed in without having asked for it.
		return "", fmt.Errorf("%w: begun by another site", ErrProviderStale)
	}
	f := a.flows.begin(language, next)
	to, err := a.provider.address(r.Context(), f)
	if err != nil {
		a.auditFailure(r.Context(), "", failureReason(err)) // who wanted to sign in is not known yet
		return "", err
	}
	if err := a.flows.keep(w, f); err != nil {
		return "", err
	}
	return to, nil
}

// failureReason is what the audit record says of a sign-in with the provider that failed.
func failureReason(err error) string {
	if errors.Is(err, programme.ErrUnavailable) {
		return "provider_unavailable"
	}
	return strings.NewReplacer("account.sign_in.", "", ".", "_").Replace(SignInText(err))
}

// Arrival is where a person who came back from the provider goes on.
type Arrival struct {
	Language i18n.Language // "" when this browser began no sign-in
	Next     string        // a path of this site
}

// FinishProviderSignIn opens a session for the person whom the provider sent back. It runs under Middleware; the
// arrival says in which language to go on, after a failure too. SignInText words its errors.
func (a *Accounts) FinishProviderSignIn(w http.ResponseWriter, r *http.Request) (Arrival, error) {
	if a.provider == nil || !hasSession(r.Context()) {
		return Arrival{}, fmt.Errorf("%w: no identity provider is set, or no session", programme.ErrNotFound)
	}
	if err := a.dependencies.Audit.Capacity(); err != nil {
		return Arrival{}, err
	}
	arrival, account, err := a.finish(w, r)
	if key := SignInText(err); key != "" && !errors.Is(err, programme.ErrUnavailable) {
		a.auditFailure(r.Context(), account, failureReason(err))
	}
	return arrival, err
}

// finish returns the account too as soon as the provider has said whose it is.
func (a *Accounts) finish(w http.ResponseWriter, r *http.Request) (arrival Arrival, account string, err error) {
	f, err := a.flows.take(w, r)
	if err != nil {
		return Arrival{}, "", err
	}
	arrival = Arrival{Language: f.Language, Next: LocalPath(f.Next, "/"+string(f.Language)+"/")}
	code, err := a.provider.codeOf(r, f)
	if err != nil {
		return arrival, account, err
	}
	who, err := a.provider.identify(r.Context(), code, f)
	if err != nil {
		return arrival, account, err
	}
	account = who.id()
	if err := a.spend(r.Context(), f, account); err != nil {
		return arrival, account, err
	}
	admitted, err := a.admit(r.Context(), who)
	if err != nil {
		return arrival, account, err
	}
	if err := a.sessions.open(r.Context(), admitted); err != nil {
		return arrival, account, err
	}
	a.auditSession(r.Context(), audit.SignIn, admitted.User, nil)
	return arrival, account, nil
}

// codeOf reads the provider's answer in the address and makes sure that it answers this browser's question.
func (p *provider) codeOf(r *http.Request, f flow) (string, error) {
	answer := r.URL.Query()
	if subtle.ConstantTimeCompare([]byte(answer.Get("state")), []byte(f.State)) != 1 {
		return "", fmt.Errorf("%w: the state is another browser's", ErrProviderStale)
	}
	if issuer := answer.Get("iss"); issuer != "" && issuer != p.Issuer { // RFC 9207
		return "", fmt.Errorf("%w: it comes from %q", ErrProviderRefused, issuer)
	}
	if fault := answer.Get("error"); fault != "" {
		return "", fmt.Errorf("%w: %q", ErrProviderDenied, fault)
	}
	if answer.Get("code") == "" {
		return "", fmt.Errorf("%w: it brings no code", ErrProviderRefused)
	}
	return answer.Get("code"), nil
}

// spend makes a sign-in count once, whatever the provider says of its code and the browser keeps of its cookie: it
// is recorded as a session that has ended, and of two records the store takes one.
func (a *Accounts) spend(ctx context.Context, f flow, account string) error {
	now := a.dependencies.Now().UTC()
	hash := sha256.Sum256([]byte(f.State))
	_, err := a.dependencies.Store.Append(ctx, programme.Draft{
		Family:  programme.FamilySession,
		Subject: "sign-in/" + base64.RawURLEncoding.EncodeToString(hash[:]),
		Actor:   "user/" + account,
		Body:    sessionFact{Account: account, SignedInAt: now, RenewedAt: now, ExpiresAt: now, Ended: true},
	}, 0)
	if errors.Is(err, programme.ErrAlreadyDecided) {
		return fmt.Errorf("%w: it has been finished before", ErrProviderStale)
	}
	if err != nil {
		return programme.Unavailable("record sign-in", err)
	}
	return nil
}
