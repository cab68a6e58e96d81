// Package refusal words refused rows for their senders, in both languages: by the code of the refusal and, where more is
// known of the row, by what was found in each of its cells.
package refusal

import (
	"encoding/json"

	"mirsad/ingest/rows"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// Rejection is a refused row as its sender sees it.
type Rejection struct {
	// Index is the row's position in the body, from 0.
	Index     int                   `json:"index" doc:"Position in the body, from 0."`
	ID        string                `json:"id"`
	Code      programme.RefusalCode `json:"code" doc:"Of a closed list; programs decide by it."`
	Field     string                `json:"field"`
	Message   string                `json:"message"`
	MessageAr string                `json:"message_ar"`
	Remedy    string                `json:"remedy"`
	RemedyAr  string                `json:"remedy_ar"`
	// Row is there for tables, Faults when more than one cell of the row is at fault.
	Row    int        `json:"row,omitempty" doc:"Of a table: the row as spreadsheet programs number it, from 1."`
	Found  string     `json:"found,omitempty" doc:"What the cell holds."`
	Faults []RowFault `json:"faults,omitempty" doc:"All faults of the row, when there are several."`
}

// RowFault is one of several faults of a row.
type RowFault struct {
	Code      programme.RefusalCode `json:"code"`
	Field     string                `json:"field"`
	Found     string                `json:"found,omitempty"`
	Message   string                `json:"message"`
	MessageAr string                `json:"message_ar"`
	Remedy    string                `json:"remedy"`
	RemedyAr  string                `json:"remedy_ar"`
}

// Explain words a refusal in both languages, by its code and, where there is a text for it, its field.
func Explain(words *i18n.Bundle, refused programme.Refusal) Rejection {
	english, arabic := words.In(i18n.English), words.In(i18n.Arabic)
	rejection := Rejection{
		Index: refused.Index, ID: refused.EventID, Code: refused.Code, Field: refused.Field,
		Message:   refusalText(english, "message", refused),
		MessageAr: refusalText(arabic, "message", refused),
		Remedy:    refusalText(english, "remedy", refused),
		RemedyAr:  refusalText(arabic, "remedy", refused),
	}
	if why := ReasonsIn(refused.Reasons); len(why.Faults) > 0 {
		rejection.explain(words, &why)
	}
	return rejection
}

// All words the refused rows of a body.
func All(words *i18n.Bundle, refusals []programme.Refusal) []Rejection {
	rejections := make([]Rejection, 0, len(refusals))
	for _, refused := range refusals {
		rejections = append(rejections, Explain(words, refused))
	}
	return rejections
}

func refusalText(words i18n.Words, part string, refused programme.Refusal) string {
	key := "ingest." + part + "." + string(refused.Code)
	// A table's columns have no "data." before them.
	for _, field := range []string{refused.Field, "data." + refused.Field} {
		if special := key + "." + field; refused.Field != "" && words.Has(special) {
			return words.T(special)
		}
	}
	args := i18n.Args{"field": refused.Field}
	if refused.Code == programme.RefusedUnknownType {
		args["types"] = typesIn(words)
	}
	return words.T(key, args)
}

// typesIn lists the types of events that are taken: this one, that one or another.
func typesIn(words i18n.Words) string {
	types := programme.EventTypes()
	listed := types[0]
	for at, next := range types[1:] {
		key := "ingest.types.more"
		if at == len(types)-2 {
			key = "ingest.types.last"
		}
		listed = words.T(key, i18n.Args{"types": listed, "type": next})
	}
	return listed
}

// Reasons are why a row is refused: all its faults, of which the first names the refusal.
type Reasons struct {
	// Row is the row of a table as spreadsheet programs number it; 0: it is of none.
	Row    int          `json:"row,omitempty"`
	Faults []rows.Fault `json:"faults"`
}

// ReasonsIn reads reasons as they are kept; there are none where code and field say all.
func ReasonsIn(kept string) Reasons {
	var why Reasons
	if kept != "" && json.Unmarshal([]byte(kept), &why) != nil {
		return Reasons{}
	}
	return why
}

// String is the reasons as they are kept.
func (r *Reasons) String() string {
	kept, err := json.Marshal(r)
	if err != nil {
		panic(err) // plain data always marshals
	}
	return string(kept)
}

// explain adds what is known of a row beside the code of its refusal.
func (r *Rejection) explain(words *i18n.Bundle, why *Reasons) {
	told := make([]RowFault, 0, len(why.Faults))
	for i := range why.Faults {
		told = append(told, wordedFault(words, &why.Faults[i]))
	}
	first := told[0]
	r.Row, r.Found = why.Row, first.Found
	r.Message, r.MessageAr, r.Remedy, r.RemedyAr = first.Message, first.MessageAr, first.Remedy, first.RemedyAr
	if len(told) > 1 {
		r.Faults = told
	}
}

// wordedFault words a fault in both languages: by its own words, else by those of its code.
func wordedFault(words *i18n.Bundle, fault *rows.Fault) RowFault {
	told := RowFault{Code: fault.Code, Field: fault.Field, Found: fault.Found}
	if fault.Words == "" {
		general := Explain(words, programme.Refusal{Code: fault.Code, Field: fault.Field})
		told.Message, told.MessageAr, told.Remedy, told.RemedyAr =
			general.Message, general.MessageAr, general.Remedy, general.RemedyAr
		return told
	}
	english, arabic, args := words.In(i18n.English), words.In(i18n.Arabic), fault.Args()
	told.Message, told.MessageAr = english.T(fault.Words, args), arabic.T(fault.Words, args)
	told.Remedy, told.RemedyAr = english.T(fault.Words+".remedy", args), arabic.T(fault.Words+".remedy", args)
	return told
}
