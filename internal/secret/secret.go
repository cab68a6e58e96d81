// Package secret makes and reads bearers: <id>.<secret>, of which only the secret's SHA-256 is ever kept.
package secret

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"mirsad/internal/httpserver"
)

const (
	idBytes     = 9
	secretBytes = 32
)

// NewBearer returns a bearer with a new random id and secret.
func NewBearer() string { return BearerOf(hex.EncodeToString(random(idBytes))) }

// Made reports whether an id has the form of those that NewBearer makes: others need not be looked for.
func Made(id string) bool {
	bytes, err := hex.DecodeString(id)
	return err == nil && len(bytes) == idBytes
}

// BearerOf returns a bearer of an id with a new random secret.
func BearerOf(id string) string {
	return id + "." + base64.RawURLEncoding.EncodeToString(random(secretBytes))
}

// Split returns the id and the hexadecimal SHA-256 of the secret; what is no bearer is
// httpserver.ErrUnauthenticated.
func Split(bearer string) (id, hash string, err error) {
	id, text, found := strings.Cut(bearer, ".")
	if !found || id == "" || text == "" {
		return "", "", fmt.Errorf("%w: no bearer", httpserver.ErrUnauthenticated)
	}
	sum := sha256.Sum256([]byte(text))
	return id, hex.EncodeToString(sum[:]), nil
}

// Same compares hashes in the same time whatever they are; none equals none.
func Same(given, kept string) bool {
	return kept != "" && subtle.ConstantTimeCompare([]byte(given), []byte(kept)) == 1
}

// Expiry cuts a moment to the second: people see an expiry in seconds, and it must end exactly then.
func Expiry(moment time.Time) time.Time { return moment.UTC().Truncate(time.Second) }

func random(n int) []byte {
	bytes := make([]byte, n)
	_, _ = rand.Read(bytes) // never fails
	return bytes
}
