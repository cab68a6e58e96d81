package web

import (
	"net/url"
	"strconv"
	"strings"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// input is a field of a form, with its faults beside it.
type input struct {
	Name, Label string
	// Kind is that of HTML's input, or textarea, select, checkbox.
	Kind    string
	Value   string
	Hint    string
	Options []option
	Checked bool
	// Direction is ltr for codes and dates, auto for text in either language.
	Direction string
	Required  bool
	Faults    []string
}

// ID is the input's in the page.
func (i input) ID() string { return "f-" + strings.ReplaceAll(i.Name, ".", "-") }

// Described names what describes the input: its hint and its faults; "" when neither is there.
func (i input) Described() string {
	var ids []string
	if i.Hint != "" {
		ids = append(ids, i.ID()+"-hint")
	}
	if len(i.Faults) > 0 {
		ids = append(ids, i.ID()+"-fault")
	}
	return strings.Join(ids, " ")
}

// input returns a field of a kind with its label and, where the locale has one, its hint.
func (v *visit) input(values url.Values, name, kind string) input {
	i := input{Name: name, Label: v.fieldName(name), Kind: kind, Value: values.Get(name), Direction: "auto", Required: true}
	if kind == "date" || kind == "number" {
		i.Direction = "ltr"
	}
	if hint := "admin.hint." + name; v.Has(hint) {
		i.Hint = v.T(hint)
	}
	return i
}

// optional marks a field that may be left empty.
func optional(i input) input {
	i.Required = false
	return i
}

func (v *visit) reasonInput(text string) input {
	return v.input(url.Values{"reason": {text}}, "reason", "text")
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

// formDate reads a date of a form; one that can't be read is noted.
func formDate(values url.Values, name string, unread *[]programme.Fault) civil.Date {
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

// formNumber reads a whole number; what is none is 0, which every check of a number here refuses.
func formNumber(values url.Values, name string) int {
	number, err := strconv.Atoi(strings.TrimSpace(values.Get(name)))
	if err != nil {
		return 0
	}
	return number
}

// listed cuts a text at commas, Arabic ones too, and takes the spaces away.
func listed(text string) []string {
	var list []string
	for each := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == '،' || r == '\n' }) {
		if each = strings.TrimSpace(each); each != "" {
			list = append(list, each)
		}
	}
	return list
}
