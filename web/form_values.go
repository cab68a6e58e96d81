package web

import (
	"net/url"
	"strconv"
	"strings"

	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// formDate reads a date of a form; one that can't be read is noted.
func formDate(values url.Values, name string, unread *[]programme.Fault) programme.Date {
	text := strings.TrimSpace(values.Get(name))
	if text == "" {
		return 0
	}
	date, err := programme.ParseDate(text)
	if err != nil {
		*unread = append(*unread, programme.Fault{Field: name, Kind: "not_a_date"})
	}
	return date
}

// formNumber reads a whole number in digits of either script; what is none is 0, which every check of a number here
// refuses.
func formNumber(values url.Values, name string) int {
	number, err := strconv.Atoi(strings.TrimSpace(i18n.Digits(values.Get(name))))
	if err != nil {
		return 0
	}
	return number
}

// formLevel reads a level; a number that is none is left for the check to refuse.
func formLevel(values url.Values, name string) programme.Level {
	return programme.Level(min(max(formNumber(values, name), 0), 9))
}

// formText reads a text without the spaces around it.
func formText(values url.Values, name string) string { return strings.TrimSpace(values.Get(name)) }

// formList cuts a text at commas, Arabic ones too, and at the ends of lines, and takes the spaces away.
func formList(values url.Values, name string) []string {
	var list []string
	for each := range strings.FieldsFuncSeq(values.Get(name), func(r rune) bool { return r == ',' || r == '،' || r == '\n' }) {
		if each = strings.TrimSpace(each); each != "" {
			list = append(list, each)
		}
	}
	return list
}
