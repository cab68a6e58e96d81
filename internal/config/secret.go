package config

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"reflect"
	"slices"
	"strings"

	"mirsad/internal/programme"
)

// shortestSecret is the length, in bytes, below which a secret is taken for a guess or a default.
const shortestSecret = 16

// wellKnown are words of examples and defaults everywhere; a secret made of one of them, however often or
// with whatever digits and signs around it, is known to everybody.
var wellKnown = []string{
	"changeme", "changeit", "password", "passwd", "passphrase", "secret", "default", "example", "letmein", "qwerty",
	"admin", "administrator", "root", "test", "guest", "demo", "welcome", "clickhouse", "mirsad", "keycloak", "oidc",
	"client", "please", "replace", "this", "your", "my", "me", "change",
}

// fewestSymbols is how many different characters a secret has at least: "aaaaaaaaaaaaaaaa" is not a secret.
const fewestSymbols = 6

// validateSecrets reports every secret setting that is short, well known or the same as a setting that is no secret;
// none of its words repeats a secret.
func (s Settings) validateSecrets() error {
	var faults []error
	eachSecret(reflect.ValueOf(s), func(name string, secret Secret, beside []string) {
		value := string(secret)
		if name == urlSetting {
			user, err := databaseUser(value)
			if err != nil {
				faults = append(faults, err)
			}
			if user == nil {
				return
			}
			password, _ := user.Password()
			value, beside = password, append(beside, user.Username())
		}
		if why := weakness(value, beside); why != "" {
			faults = append(faults, fmt.Errorf(
				"%w: %s %s: make a random one of %d characters or more, such as with openssl rand -base64 24",
				programme.ErrInvalid, name, why, shortestSecret,
			))
		}
	})
	return errors.Join(faults...)
}

// urlSetting is the one secret that is an address with a password in it.
const urlSetting = "MIRSAD_CLICKHOUSE_URL"

// databaseUser returns the user who signs in to the database with a password. On this machine alone there may be none,
// which is no error. An address that can't be read is reported elsewhere.
func databaseUser(address string) (*url.Userinfo, error) {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Host == "" {
		return nil, nil //nolint:nilnil // nothing to check here
	}
	if password, given := parsed.User.Password(); given && password != "" {
		return parsed.User, nil
	}
	if ownMachine(parsed.Hostname()) {
		return nil, nil //nolint:nilnil // nobody signs in, and need not
	}
	return nil, fmt.Errorf(
		"%w: %s has no password: give the database's user one, as in https://user:password@host:8443",
		programme.ErrInvalid, urlSetting,
	)
}

// eachSecret calls what it is given with every secret that is set, its name and the settings beside it that are no
// secrets.
func eachSecret(settings reflect.Value, found func(name string, secret Secret, beside []string)) {
	var beside []string
	for _, value := range settings.Fields() {
		if value.Kind() == reflect.String && value.Type() != reflect.TypeFor[Secret]() && value.Len() > 0 {
			beside = append(beside, value.String())
		}
	}
	for field, value := range settings.Fields() {
		secret, is := reflect.TypeAssert[Secret](value)
		switch {
		case is && secret != "":
			found(field.Tag.Get("env"), secret, beside)
		case value.Kind() == reflect.Struct:
			eachSecret(value, found)
		}
	}
}

// weakness says in words that go on after a secret's name what is wrong with it; "" when nothing is.
func weakness(secret string, beside []string) string {
	same := func(other string) bool { return strings.EqualFold(other, secret) }
	switch {
	case slices.ContainsFunc(beside, same):
		return "is the same as another setting"
	case isWellKnown(secret):
		return "is a well-known word"
	case len(secret) < shortestSecret:
		return fmt.Sprintf("is shorter than %d characters", shortestSecret)
	case symbols(secret) < fewestSymbols:
		return "repeats a few characters"
	}
	return ""
}

// isWellKnown reports whether nothing but well-known words is left of a secret when its digits and signs are taken
// away.
func isWellKnown(secret string) bool {
	plain := strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s")
	bare := strings.TrimRight(secret, "0123456789!.")
	for _, text := range []string{secret, plain.Replace(secret), plain.Replace(bare)} {
		letters := strings.Map(func(c rune) rune {
			if c < 'a' || c > 'z' {
				return -1
			}
			return c
		}, strings.ToLower(text))
		if letters != "" && madeOf(letters, wellKnown) {
			return true
		}
	}
	return false
}

// madeOf reports whether a text is one or more of the words, one after the other.
func madeOf(text string, words []string) bool {
	reached := make([]bool, len(text)+1)
	reached[0] = true
	for i := range text {
		for _, word := range words {
			if reached[i] && strings.HasPrefix(text[i:], word) {
				reached[i+len(word)] = true
			}
		}
	}
	return reached[len(text)]
}

func symbols(text string) int {
	seen := map[rune]bool{}
	for _, c := range text {
		seen[c] = true
	}
	return len(seen)
}

// The permissions of a secret's file that others than its owner and group have.
const (
	othersRead  = 0o004
	othersWrite = 0o002
)

// checkSecretFile refuses a file that everybody may write: anybody who can write it chooses the secret.
func checkSecretFile(name string, info os.FileInfo) error {
	if info.Mode().Perm()&othersWrite != 0 {
		return fmt.Errorf(
			"%w: everybody may write the file of %s: take that right away with chmod o-w", programme.ErrInvalid, name,
		)
	}
	return nil
}

// ReadableByAll names the NAME_FILE variables of environ whose files everybody on the machine may read. That is no
// fault: what runs containers mounts secrets so, where nobody else is; elsewhere it is worth a warning.
func ReadableByAll(environ []string) []string {
	var open []string
	for _, pair := range environ {
		name, path, _ := strings.Cut(pair, "=")
		setting, isFile := strings.CutSuffix(name, fileSuffix)
		if !isFile || !strings.HasPrefix(name, prefix) || !known(setting) {
			continue
		}
		if info, err := os.Stat(path); err == nil && info.Mode().Perm()&othersRead != 0 {
			open = append(open, name)
		}
	}
	return open
}
