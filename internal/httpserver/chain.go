package httpserver

import (
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/go-chi/chi/v5/middleware"
	"github.com/go-chi/httprate"

	"mirsad/internal/programme"
)

// chain puts together what every request passes, the outermost first in the list.
func (s *Server) chain() (http.Handler, error) {
	mounts, err := s.mounts()
	if err != nil {
		return nil, err
	}
	client, err := s.clientAddress()
	if err != nil {
		return nil, err
	}
	sameOrigin, err := s.sameOrigin()
	if err != nil {
		return nil, err
	}
	measured, err := newMeasured(s.dependencies.Registry)
	if err != nil {
		return nil, err
	}
	handler := http.Handler(mounts)
	for _, wrap := range []func(http.Handler) http.Handler{
		compressAnswers, s.limitSignIn(), s.limitAddresses(), sameOrigin, refuseOddPaths, s.securityHeaders,
		recovered, client,
	} {
		handler = wrap(handler)
	}
	return s.recorded(measured, handler), nil
}

// mounts registers every mount; ServeMux panics on a conflict, which is a fault of the wiring and named as such.
func (s *Server) mounts() (mux *http.ServeMux, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%w: mount: %v", programme.ErrInvalid, fault)
		}
	}()
	mux = http.NewServeMux()
	mux.HandleFunc("GET /healthz", s.healthy)
	mux.HandleFunc("GET /readyz", s.ready)
	for _, mount := range s.dependencies.Handlers {
		mux.Handle(mount.Pattern, mount.Handler)
	}
	return mux, nil
}

// clientAddress resolves who asks: the peer, or behind trusted proxies the first address they vouch for.
func (s *Server) clientAddress() (func(http.Handler) http.Handler, error) {
	if len(s.configuration.TrustedProxies) == 0 {
		return FromPeer, nil
	}
	for _, network := range s.configuration.TrustedProxies {
		if _, err := netip.ParsePrefix(network); err != nil {
			return nil, fmt.Errorf(
				"%w: trusted proxy %q is no network such as 10.0.0.0/8", programme.ErrInvalid, network,
			)
		}
	}
	return middleware.ClientIPFromXFF(s.configuration.TrustedProxies...), nil
}

// FromPeer takes the peer of a connection for the client.
func FromPeer(next http.Handler) http.Handler { return middleware.ClientIPFromRemoteAddr(next) }

// sameOrigin refuses requests that change state and come from another site. A bearer token is exempt: no
// browser adds one by itself, and nobody looks at a cookie beside it.
func (s *Server) sameOrigin() (func(http.Handler) http.Handler, error) {
	protection := http.NewCrossOriginProtection()
	if s.configuration.BaseURL != "" {
		base, err := url.Parse(s.configuration.BaseURL)
		if err != nil || base.Host == "" {
			return nil, fmt.Errorf(
				"%w: the base URL is no address such as https://mirsad.example", programme.ErrInvalid,
			)
		}
		if err := protection.AddTrustedOrigin(base.Scheme + "://" + base.Host); err != nil {
			return nil, fmt.Errorf("%w: the base URL: %w", programme.ErrInvalid, err)
		}
	}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Authorization") == "" && protection.Check(r) != nil {
				WriteProblem(w, r, ErrCrossSite)
				return
			}
			next.ServeHTTP(w, r)
		})
	}, nil
}

// limitSignIn slows down who tries many passwords from one address; account slows down per person as well.
func (s *Server) limitSignIn() func(http.Handler) http.Handler {
	return limited(s.configuration.SignInsPerMinute, time.Minute, signsIn)
}

// requestsOver is the time over which an address's requests are counted.
const requestsOver = 10 * time.Second

// limitAddresses keeps one address from taking what is for all; account does so by person and token.
func (s *Server) limitAddresses() func(http.Handler) http.Handler {
	seconds := int(requestsOver / time.Second)
	return limited(
		s.configuration.RequestsPerSecond*seconds, requestsOver,
		func(r *http.Request) bool { return !quiet(r.URL.Path) },
	)
}

// limited lets one address make so many of the counted requests in a time, and says when it may try again.
func limited(most int, in time.Duration, counted func(*http.Request) bool) func(http.Handler) http.Handler {
	byClient := func(r *http.Request) (string, error) {
		return httprate.CanonicalizeIP(middleware.GetClientIP(r.Context())), nil
	}
	refuse := func(w http.ResponseWriter, r *http.Request) { WriteProblem(w, r, ErrTooManyRequests) }
	limit := httprate.LimitBy(most, in, byClient, httprate.WithLimitHandler(refuse))
	return func(next http.Handler) http.Handler {
		slow := limit(next)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if counted(r) {
				slow.ServeHTTP(w, r)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// signsIn reports whether a request tries to sign in: a form, or the way to an identity provider and back, each of
// which has this program ask the provider.
func signsIn(r *http.Request) bool {
	if r.Method == http.MethodPost {
		return strings.HasSuffix(r.URL.Path, "/sign-in") || strings.HasSuffix(r.URL.Path, "/account/password")
	}
	return strings.HasSuffix(r.URL.Path, "/sign-in/provider") || strings.HasSuffix(r.URL.Path, "/sign-in/callback")
}

const compressionLevel = 5

// compressAnswers packs texts that are read; answers to posted events are a few bytes and left alone.
func compressAnswers(next http.Handler) http.Handler {
	packed := middleware.Compress(compressionLevel,
		"text/html", "text/css", "text/csv", "text/javascript", "application/javascript",
		"application/json", "application/problem+json", "image/svg+xml")(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			packed.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// refuseOddPaths keeps paths that two readers could read differently from every handler.
func refuseOddPaths(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !PlainPath(r.URL) {
			WriteProblem(w, r, &FaultsError{Faults: []Fault{faultOf("path", "odd_path")}})
			return
		}
		next.ServeHTTP(w, r)
	})
}

// PlainPath reports whether a path reads in one way only: no empty, "." or ".." element, no encoded slash,
// no backslash and no control character.
func PlainPath(u *url.URL) bool {
	if !strings.HasPrefix(u.Path, "/") ||
		strings.ContainsFunc(u.Path, func(c rune) bool { return c < ' ' || c == 0x7f || c == '\\' }) {
		return false
	}
	encoded := strings.ToLower(u.EscapedPath())
	if strings.Contains(encoded, "%2f") || strings.Contains(encoded, "%5c") {
		return false
	}
	elements := strings.Split(u.Path[1:], "/")
	for i, element := range elements {
		last := i == len(elements)-1
		if element == "." || element == ".." || (element == "" && !last) {
			return false
		}
	}
	return true
}
