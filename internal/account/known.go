package account

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// A browser in which a person has signed in before has a sign of it for each such person: it opens nothing, but whoever
// tries that person's address elsewhere does not keep this browser out.
const (
	secureKnownCookie = "__Host-mirsad-known-"
	plainKnownCookie  = "mirsad-known-"
	// knownFor is how long a browser stays known after its last sign-in.
	knownFor = 180 * 24 * time.Hour
	// knownName is how much of the address's hash is in the cookie's name, in bytes.
	knownName  = 6
	knownBytes = 16
)

// visitor is the browser of a request, as far as signing in is concerned.
type visitor struct {
	request *http.Request
	answer  *lateCookie
}

// visitorOf returns the browser of a request that passed the middleware; false in a command.
func visitorOf(ctx context.Context) (visitor, bool) {
	v, is := ctx.Value(sessionKey{}).(visitor)
	return v, is && v.request != nil
}

// lateCookie sets a cookie behind that of the session, which is set when the answer begins.
type lateCookie struct {
	http.ResponseWriter

	cookie *http.Cookie
}

// WriteHeader sets the cookie, once.
func (l *lateCookie) WriteHeader(status int) {
	if l.cookie != nil {
		http.SetCookie(l.ResponseWriter, l.cookie)
		l.cookie = nil
	}
	l.ResponseWriter.WriteHeader(status)
}

// Write begins the answer if nothing has.
func (l *lateCookie) Write(text []byte) (int, error) {
	if l.cookie != nil {
		l.WriteHeader(http.StatusOK)
	}
	return l.ResponseWriter.Write(text)
}

// Unwrap lets http.ResponseController reach what lies below.
func (l *lateCookie) Unwrap() http.ResponseWriter { return l.ResponseWriter }

func (a *Accounts) knownCookieName(id string) string {
	sum := sha256.Sum256([]byte(id))
	name := hex.EncodeToString(sum[:knownName])
	if a.configuration.secure() {
		return secureKnownCookie + name
	}
	return plainKnownCookie + name
}

// know gives the browser of the request the sign that the person has signed in there.
func (a *Accounts) know(ctx context.Context, who person) {
	v, is := visitorOf(ctx)
	if !is || v.answer == nil || !who.Local() {
		return
	}
	until := strconv.FormatInt(a.dependencies.Now().Add(knownFor).Unix(), 10)
	sign := until + "." + base64.RawURLEncoding.EncodeToString(randomBytes(knownBytes))
	v.answer.cookie = &http.Cookie{ //nolint:gosec // Secure wherever there is TLS; without it a browser would drop the cookie
		Name: a.knownCookieName(who.ID), Value: sign + "." + knownSign(who, sign), Path: "/",
		MaxAge: int(knownFor / time.Second), Secure: a.configuration.secure(), HttpOnly: true, SameSite: http.SameSiteLaxMode,
	}
}

// knows returns the name of the request's browser if the person has signed in there with the present password.
func (a *Accounts) knows(ctx context.Context, who person) (browser string, known bool) {
	v, is := visitorOf(ctx)
	if !is || !who.Local() {
		return "", false
	}
	cookie, err := v.request.Cookie(a.knownCookieName(who.ID))
	if err != nil {
		return "", false
	}
	cut := strings.LastIndexByte(cookie.Value, '.')
	if cut < 0 {
		return "", false
	}
	sign, mac := cookie.Value[:cut], cookie.Value[cut+1:]
	until, random, _ := strings.Cut(sign, ".")
	seconds, err := strconv.ParseInt(until, 10, 64)
	if err != nil || !a.dependencies.Now().Before(time.Unix(seconds, 0)) ||
		!hmac.Equal([]byte(mac), []byte(knownSign(who, sign))) {
		return "", false
	}
	return random, true
}

// knownSign signs with what the store keeps of the person's password: every process has it, nobody else, and another
// password ends what was signed.
func knownSign(who person, sign string) string {
	mac := hmac.New(sha256.New, []byte("mirsad known browser "+who.Password))
	_, _ = mac.Write([]byte(who.ID + " " + sign)) // never fails
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
