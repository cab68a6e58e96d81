package page

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"mirsad/internal/civil"
	"mirsad/internal/intake"
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
	date, err := DateIn(values.Get(name))
	if err != nil {
		*unread = append(*unread, programme.Fault{Field: name, Kind: "not_a_date"})
	}
	return date
}

// DateIn reads a day as people write one; a text in which nobody sees anything is none.
func DateIn(text string) (civil.Date, error) {
	date, reason := new(intake.Dates).Day(text)
	if reason != "" && reason != intake.Empty {
		return 0, fmt.Errorf("%w: date %q: %s", civil.ErrInvalid, text, reason)
	}
	return date, nil
}

// MonthIn reads a month as people write one.
func MonthIn(text string) (civil.Month, error) {
	month, reason := new(intake.Dates).Month(text)
	if reason != "" {
		return 0, fmt.Errorf("%w: month %q: %s", civil.ErrInvalid, text, reason)
	}
	return month, nil
}

// FormNumber reads a whole number as people write it, in digits of either script; what is none is 0, which every check of a number here
// refuses.
func FormNumber(values url.Values, name string) int {
	number, _ := intake.Whole(values.Get(name)) // 0 with a reason
	return int(number)
}

// FormLevel reads a level; a number that is none is left for the check to refuse.
func FormLevel(values url.Values, name string) programme.Level {
	return programme.Level(min(max(FormNumber(values, name), 0), 9))
}

// FormText reads a text without the spaces around it and without marks that nobody sees.
func FormText(values url.Values, name string) string { return intake.Prose(values.Get(name)) }

// FormList cuts a text at commas and semicolons, Arabic ones too, and at the ends of lines.
func FormList(values url.Values, name string) []string { return intake.List(values.Get(name)) }

// FormCodes cuts a text of codes, between which there may be spaces alone.
func FormCodes(values url.Values, name string) []string { return intake.Codes(values.Get(name)) }
