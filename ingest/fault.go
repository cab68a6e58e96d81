package ingest

import (
	"mirsad/ingest/rows"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

func missing(field string) *rows.Fault  { return rows.Faulty(programme.RefusedMissingField, field) }
func badValue(field string) *rows.Fault { return rows.Faulty(programme.RefusedBadValue, field) }

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
}

// Explain words a refusal in both languages, by its code and, where there is a text for it, its field.
func Explain(words *i18n.Bundle, refusal programme.Refusal) Rejection {
	english, arabic := words.In(i18n.English), words.In(i18n.Arabic)
	return Rejection{
		Index: refusal.Index, ID: refusal.EventID, Code: refusal.Code, Field: refusal.Field,
		Message:   refusalText(english, "message", refusal),
		MessageAr: refusalText(arabic, "message", refusal),
		Remedy:    refusalText(english, "remedy", refusal),
		RemedyAr:  refusalText(arabic, "remedy", refusal),
	}
}

func refusalText(words i18n.Words, part string, refusal programme.Refusal) string {
	key := "ingest." + part + "." + string(refusal.Code)
	// A table's columns have no "data." before them.
	for _, field := range []string{refusal.Field, "data." + refusal.Field} {
		if special := key + "." + field; refusal.Field != "" && words.Has(special) {
			return words.T(special)
		}
	}
	args := i18n.Args{"field": refusal.Field}
	if refusal.Code == programme.RefusedUnknownType {
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

func explainAll(words *i18n.Bundle, refusals []programme.Refusal) []Rejection {
	rejections := make([]Rejection, 0, len(refusals))
	for _, refusal := range refusals {
		rejections = append(rejections, Explain(words, refusal))
	}
	return rejections
}
