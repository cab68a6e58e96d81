package rows

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"mirsad/internal/httpserver"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// Fault is why a row is refused: a code of the closed list and the field at fault.
type Fault struct {
	Code programme.RefusalCode `json:"code"`
	// Field is named as in the event; empty: the row as a whole. For the sender's own name of it see Row.Field.
	Field string `json:"field,omitempty"`
	// Words is the key of the words that say exactly what is wrong; empty: those of the code and the field.
	Words string `json:"words,omitempty"`
	// Found is what the row has there, cut and printable; Other the place of the row that contradicts it.
	Found string `json:"found,omitempty"`
	Other int    `json:"other,omitempty"`
}

// Faulty refuses a row.
func Faulty(code programme.RefusalCode, field string) *Fault { return &Fault{Code: code, Field: field} }

// Args are what the words of a fault are about.
func (f *Fault) Args() i18n.Args {
	return i18n.Args{"field": f.Field, "text": f.Found, "encoding": f.Found, "other": f.Other}
}

// The bounds of what is repeated of a sender's text.
const (
	longestField = 64 // bytes of a field's name
	longestFound = 60 // characters of a cell
)

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

// foundIn is a cell as a refusal shows it.
func foundIn(cell string) string {
	shown := strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return unicode.ReplacementChar
		}
		return r
	}, strings.ToValidUTF8(cell[:min(len(cell), longestFound*utf8.UTFMax)], ""))
	if letters := []rune(shown); len(letters) > longestFound {
		return string(letters[:longestFound]) + "…"
	}
	return shown
}

// tableFault refuses a table as a whole.
func tableFault(field, key, encoding string, row int) error {
	return &httpserver.FaultsError{
		Faults: []httpserver.Fault{httpserver.NewFault(field, key, i18n.Args{"encoding": encoding, "row": row})},
	}
}
