package page

import "strings"

// Field is a field of a form, with what explains it and what is wrong with it.
type Field struct {
	// ID names the field in its page. Name is the field's in the form, and in the faults that belong beside it.
	ID, Name, Label string
	// Kind is that of HTML's input, or textarea, select, checkbox. A number is typed as text, so that what is none is
	// shown again as it was typed.
	Kind    string
	Value   string
	Hint    string
	Options []Option
	Checked bool
	// Direction is ltr for codes, dates and numbers, auto for text in either language.
	Direction string
	// Required says that the field may not be left empty. The server checks that, in the language of the page.
	Required bool
	// Multiple lets more than one option be chosen.
	Multiple bool
	// ReadOnly shows the field to readers who may not change it.
	ReadOnly bool
	// Rows is the height of a textarea or of a list of options, in lines.
	Rows int
	// Layout is wide for a row of its own, tick for one of many small boxes, empty for a cell of the form's grid.
	Layout string
	Faults []string
}

// textareaRows is the height of a textarea unless its form says otherwise.
const textareaRows = 4

// NewField returns a field that may not be left empty, called in the page by its name.
func NewField(name, kind, label, value string) Field {
	f := Field{
		ID: "f-" + strings.ReplaceAll(name, ".", "-"), Name: name, Kind: kind, Label: label, Value: value,
		Direction: "auto", Required: true,
	}
	switch kind {
	case "date", "number", "email", "url":
		f.Direction = "ltr"
	case "textarea":
		f.Layout, f.Rows = "wide", textareaRows
	}
	return f
}

// Optional marks a field that may be left empty.
func Optional(f Field) Field {
	f.Required = false
	return f
}

// Described names what describes the field: its hint and its faults; "" when neither is there.
func (f Field) Described() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.ID+"-hint")
	}
	if len(f.Faults) > 0 {
		ids = append(ids, f.ID+"-fault")
	}
	return strings.Join(ids, " ")
}
