package access

import (
	"fmt"
	"net/mail"
	"regexp"
	"strings"

	"mirsad/internal/intake"
	"mirsad/internal/programme"
)

// The longest code and e-mail address, in bytes.
const (
	longestCode    = 64
	longestAddress = 200
)

// codeForm is what an entity's code looks like: no code is ever a path of two elements.
var codeForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

// IsCode reports whether a text has the form of a code.
func IsCode(text string) bool { return codeForm.MatchString(text) && len(text) <= longestCode }

// CheckEntity refuses an entity's code of another form; none is no fault.
func CheckEntity(code string) error {
	if code != "" && !IsCode(code) {
		return fmt.Errorf(
			"%w: entity %q is no code: letters, digits, dot, dash and underscore, at most %d", programme.ErrInvalid,
			code, longestCode,
		)
	}
	return nil
}

// NormalAddress is how an e-mail address names a person: without spaces around it and marks that nobody sees, in lower
// case, without a display name; false when it is none.
func NormalAddress(email string) (string, bool) {
	trimmed := strings.ToLower(intake.Clean(email))
	parsed, err := mail.ParseAddress(trimmed)
	return trimmed, err == nil && parsed.Address == trimmed && len(trimmed) <= longestAddress
}
