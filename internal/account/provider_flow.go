package account

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"golang.org/x/oauth2"

	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// flow is a sign-in under way: what was sent to the provider, and what must come back to the same browser.
type flow struct {
	State    string        `json:"state"`
	Nonce    string        `json:"nonce"`
	Verifier string        `json:"verifier"` // PKCE's, which only this program can show
	Language i18n.Language `json:"language"`
	Next     string        `json:"next"`
	Until    time.Time     `json:"until"`
}

const (
	// flowTime is how long a person may take at the provider.
	flowTime = 10 * time.Minute
	// longestNext keeps the cookie within what browsers store.
	longestNext     = 1500
	flowSecretBytes = 32

	secureFlowCookie = "__Host-mirsad-sign-in"
	plainFlowCookie  = "mirsad-sign-in"
)

// flows keeps sign-ins under way in the browser that began them, sealed: no server has to remember those that
// are never finished, and each of several web processes can finish what another began.
type flows struct {
	now    func() time.Time
	secure bool
	seal   cipher.AEAD
}

// newFlows takes its key from the client's secret, which every process has and nobody else.
func newFlows(secret string, secure bool, now func() time.Time) (*flows, error) {
	key, err := hkdf.Key(sha256.New, []byte(secret), nil, "mirsad sign-in under way", flowSecretBytes)
	if err != nil {
		return nil, fmt.Errorf("derive the key of sign-ins: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("derive the key of sign-ins: %w", err)
	}
	seal, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("derive the key of sign-ins: %w", err)
	}
	return &flows{now: now, secure: secure, seal: seal}, nil
}

func (s *flows) begin(language i18n.Language, next string) flow {
	if len(next) > longestNext {
		next = ""
	}
	secret := func() string { return base64.RawURLEncoding.EncodeToString(randomBytes(flowSecretBytes)) }
	return flow{
		State: secret(), Nonce: secret(), Verifier: oauth2.GenerateVerifier(),
		Language: language, Next: next, Until: s.now().UTC().Add(flowTime),
	}
}

func (s *flows) name() string {
	if s.secure {
		return secureFlowCookie
	}
	return plainFlowCookie
}

// keep gives the flow to the browser.
func (s *flows) keep(w http.ResponseWriter, f flow) error {
	plain, err := json.Marshal(f)
	if err != nil {
		return fmt.Errorf("write the sign-in under way: %w", err)
	}
	sealed := s.seal.Seal(nil, nil, plain, []byte(s.name())) //nolint:gosec // this mode makes a random nonce of its own
	http.SetCookie(w, s.cookie(base64.RawURLEncoding.EncodeToString(sealed), int(flowTime/time.Second)))
	return nil
}

// take returns the browser's flow and makes it forget it; what is missing, altered or too old is ErrProviderStale.
func (s *flows) take(w http.ResponseWriter, r *http.Request) (flow, error) {
	kept, err := r.Cookie(s.name())
	if err != nil {
		return flow{}, fmt.Errorf("%w: this browser began none", ErrProviderStale)
	}
	http.SetCookie(w, s.cookie("", -1))
	sealed, err := base64.RawURLEncoding.DecodeString(kept.Value)
	if err != nil {
		return flow{}, fmt.Errorf("%w: the cookie is no text of ours", ErrProviderStale)
	}
	plain, err := s.seal.Open(nil, nil, sealed, []byte(s.name()))
	if err != nil {
		return flow{}, fmt.Errorf("%w: the cookie was not sealed here", ErrProviderStale)
	}
	var f flow
	if err := json.Unmarshal(plain, &f); err != nil {
		return flow{}, fmt.Errorf("%w: read the sign-in under way: %w", programme.ErrInvalid, err)
	}
	if !s.now().Before(f.Until) {
		return flow{}, fmt.Errorf("%w: it began too long ago", ErrProviderStale)
	}
	return f, nil
}

// cookie comes back when the provider sends the person here, which is from another site: Lax, not Strict.
func (s *flows) cookie(value string, seconds int) *http.Cookie {
	return &http.Cookie{ //nolint:gosec // Secure wherever there is TLS; without it a browser would drop the cookie
		Name:     s.name(),
		Value:    value,
		Path:     "/",
		MaxAge:   seconds,
		Secure:   s.secure,
		HttpOnly: true,
		SameSite: http.SameSiteLaxMode,
	}
}
