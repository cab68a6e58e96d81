package httpserver

import (
	"strings"

	"mirsad/internal/i18n"
)

// DetailError is an error of the table of meanings with what is particular to one request, which a problem says in both
// languages.
type DetailError struct {
	err  error
	key  string
	args i18n.Args
}

// WithDetail adds the text api.detail.<name> to an error of the table of meanings.
func WithDetail(err error, name string, args i18n.Args) error {
	return &DetailError{err: err, key: "api.detail." + name, args: args}
}

// TooManyBytes is an ErrTooLarge that says how many bytes may be sent.
func TooManyBytes(most int64) error {
	return WithDetail(ErrTooLarge, "most_bytes", i18n.Args{"most": most})
}

// WrongMediaType is an ErrUnsupportedMediaType that says which media types may be sent.
func WrongMediaType(types ...string) error {
	return WithDetail(ErrUnsupportedMediaType, "media_types", i18n.Args{"types": strings.Join(types, ", ")})
}

// Error is the meaning with the detail in English.
func (e *DetailError) Error() string {
	return e.err.Error() + ": " + texts().In(i18n.English).T(e.key, e.args)
}

// Unwrap returns the meaning.
func (e *DetailError) Unwrap() error { return e.err }

// faultsInArabic says what is wrong with each field, as FaultsError says it in English.
func faultsInArabic(faults []Fault) string {
	parts := make([]string, 0, len(faults))
	for _, fault := range faults {
		if fault.MessageAr == "" {
			return ""
		}
		parts = append(parts, fault.Field+": "+fault.MessageAr)
	}
	return strings.Join(parts, "؛ ")
}
