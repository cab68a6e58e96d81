package page

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"mirsad/internal/civil"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// The sizes of the largest forms, in bytes.
const (
	// ShortForm is for some fields.
	ShortForm = 16 << 10
	// LongForm is for a record, a page of totals, and a decision with two fields for each of 5,000 milestones.
	LongForm = 1 << 20
)

// ReadForm reads a form of a size at most.
func ReadForm(rw http.ResponseWriter, r *http.Request, most int64) error {
	r.Body = http.MaxBytesReader(rw, r.Body, most)
	return FormError(r.ParseForm())
}

// FormError is the error of a form that can't be read; one that is too large is answered as such.
func FormError(err error) error {
	if err == nil {
		return nil
	}
	return errors.Join(programme.ErrInvalid, err)
}

// FormVersion reads the version that a form was filled from; 0 is that of nothing recorded yet.
func FormVersion(values url.Values) (uint32, error) {
	version, err := strconv.ParseUint(values.Get("version"), 10, 32)
	if err != nil {
		return 0, fmt.Errorf("%w: version", programme.ErrInvalid)
	}
	return uint32(version), nil
}

// FormDate reads a date of a form; one that can't be read is noted.
func FormDate(values url.Values, name string, unread *[]programme.Fault) civil.Date {
	text := strings.TrimSpace(values.Get(name))
	if text == "" {
		return 0
	}
	date, err := civil.ParseDate(text)
	if err != nil {
		*unread = append(*unread, programme.Fault{Field: name, Kind: "not_a_date"})
	}
	return date
}

// FormNumber reads a whole number in digits of either script; what is none is 0, which every check of a number here
// refuses.
func FormNumber(values url.Values, name string) int {
	number, err := strconv.Atoi(strings.TrimSpace(i18n.Digits(values.Get(name))))
	if err != nil {
		return 0
	}
	return number
}

// FormLevel reads a level; a number that is none is left for the check to refuse.
func FormLevel(values url.Values, name string) programme.Level {
	return programme.Level(min(max(FormNumber(values, name), 0), 9))
}

// FormText reads a text without the spaces around it.
func FormText(values url.Values, name string) string { return strings.TrimSpace(values.Get(name)) }

// FormList cuts a text at commas, Arabic ones too, and at the ends of lines, and takes the spaces away.
func FormList(values url.Values, name string) []string {
	var list []string
	between := func(r rune) bool { return r == ',' || r == '،' || r == '\n' }
	for each := range strings.FieldsFuncSeq(values.Get(name), between) {
		if each = strings.TrimSpace(each); each != "" {
			list = append(list, each)
		}
	}
	return list
}
