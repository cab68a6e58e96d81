package rows

import (
	"strings"
	"unicode"

	"mirsad/internal/programme"
)

// Fault is why a row is refused: a code of the closed list and the field at fault.
type Fault struct {
	Code programme.RefusalCode
	// Field is named as in the event; empty: the row as a whole. For the sender's own name of it see Row.Field.
	Field string
}

// Faulty refuses a row.
func Faulty(code programme.RefusalCode, field string) *Fault { return &Fault{Code: code, Field: field} }

// longestField bounds how much of a sender's field name is repeated back.
const longestField = 64

// UnknownField refuses a row for a field of its data that its kind doesn't have. The name is the sender's: it is cut, and
// what doesn't print is replaced.
func UnknownField(name []byte) *Fault {
	return Faulty(programme.RefusedUnknownField, dataPrefix+printable(name))
}

func printable(name []byte) string {
	shown := strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return unicode.ReplacementChar
		}
		return r
	}, string(name[:min(len(name), longestField)]))
	return strings.ToValidUTF8(shown, "")
}
