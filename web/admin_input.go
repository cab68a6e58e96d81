package web

import (
	"net/url"
	"strconv"
	"strings"
)

// recordField returns a field of a kind with its label and, where the locale has one, its hint.
func (v *visit) recordField(values url.Values, name, kind string) field {
	f := newField(name, kind, v.fieldName(name), values.Get(name))
	if kind == "textarea" {
		f.Rows = recordRows
	}
	if hint := "admin.hint." + name; v.Has(hint) {
		f.Hint = v.T(hint)
	}
	return f
}

// recordRows is the height of a list of lines: a calendar's days, a campaign's services.
const recordRows = 12

func (v *visit) reasonField(text string) field {
	f := v.recordField(url.Values{"reason": {text}}, "reason", "text")
	f.Layout = "wide"
	return f
}

// fieldName words the name of a field; one without words stands as it is in the API.
func (v *visit) fieldName(field string) string {
	if key := "admin.field." + field; v.Has(key) {
		return v.T(key)
	}
	return field
}

// entryWords says which entry of a list a fault is in: days.2.from is of the third.
func (v *visit) entryWords(name, field string) string {
	rest := strings.TrimPrefix(strings.TrimPrefix(field, name), ".")
	first, _, _ := strings.Cut(rest, ".")
	place, err := strconv.Atoi(first)
	if err != nil {
		return ""
	}
	return v.T("admin.entry", args("place", place+1)) + " "
}
