package ingest

import (
	"bytes"
	"errors"
	"io"
	"unicode"
	"unicode/utf8"

	"github.com/go-faster/jx"

	"mirsad/ingest/rows"
	"mirsad/internal/programme"
)

// envelope is a CloudEvent's attributes as sent; they point into the body. Nil: not given.
type envelope struct {
	specVersion, id, source, kind, time, subject, contentType []byte
	data                                                      []byte
}

// read decodes one event into an empty envelope. Attributes that CloudEvents does not name are
// extensions: ignored and not stored. On a fault the envelope holds what was read before it.
func (e *envelope) read(decoder *jx.Decoder, raw []byte) *rows.Fault {
	if !utf8.Valid(raw) {
		return rows.Faulty(programme.RefusedMalformedJSON, "")
	}
	decoder.ResetBytes(raw)
	if decoder.Next() != jx.Object {
		if decoder.Validate() != nil {
			return rows.Faulty(programme.RefusedMalformedJSON, "")
		}
		return rows.Faulty(programme.RefusedNotCloudEvent, "")
	}
	var wrong *rows.Fault
	err := eachField(decoder, func(key []byte) error {
		field := e.attribute(key)
		switch {
		case field == nil && string(key) == "data":
			data, err := decoder.Raw()
			e.data = data
			return err
		case field == nil || decoder.Next() == jx.Null:
			return decoder.Skip()
		case decoder.Next() != jx.String:
			wrong = first(wrong, badValue(string(key)))
			return decoder.Skip()
		}
		text, err := decoder.StrBytes()
		*field = text
		return err
	})
	if err != nil || !errors.Is(decoder.Skip(), io.EOF) { // nothing may come after the object
		return rows.Faulty(programme.RefusedMalformedJSON, "")
	}
	return first(e.lacks(), wrong)
}

// attribute returns where the named attribute goes; nil for data and for extensions.
func (e *envelope) attribute(key []byte) *[]byte {
	switch string(key) {
	case "specversion":
		return &e.specVersion
	case "id":
		return &e.id
	case "source":
		return &e.source
	case "type":
		return &e.kind
	case "time":
		return &e.time
	case "subject":
		return &e.subject
	case "datacontenttype":
		return &e.contentType
	default:
		return nil
	}
}

// lacks names what keeps the object from being a CloudEvent of version 1.0 with JSON data.
func (e *envelope) lacks() *rows.Fault {
	if string(e.specVersion) != "1.0" {
		return rows.Faulty(programme.RefusedNotCloudEvent, "specversion")
	}
	if e.contentType != nil && !jsonContent(e.contentType) {
		return badValue("datacontenttype")
	}
	return nil
}

// complete names the first attribute that every accepted event needs and this one has not.
func (e *envelope) complete() *rows.Fault {
	switch {
	case len(e.id) == 0:
		return missing("id")
	case len(e.source) == 0:
		return missing("source")
	case len(e.kind) == 0:
		return missing("type")
	case len(e.subject) == 0:
		return missing("subject")
	case len(e.time) == 0:
		return missing("time")
	case !nameable(e.id):
		return badValue("id")
	case !nameable(e.source):
		return badValue("source")
	default:
		return nil
	}
}

// longestName bounds id and source, in characters.
const longestName = 500

// nameable reports whether a text can name something for a person: neither blank nor endless, and without control
// characters.
func nameable(text []byte) bool {
	if len(text) > longestName && utf8.RuneCount(text) > longestName {
		return false
	}
	return len(bytes.Trim(text, " ")) > 0 && bytes.IndexFunc(text, unicode.IsControl) < 0
}

func jsonContent(contentType []byte) bool {
	kind, _, _ := bytes.Cut(contentType, []byte(";"))
	kind = bytes.ToLower(bytes.TrimSpace(kind))
	return string(kind) == "application/json" || string(kind) == "text/json" || bytes.HasSuffix(kind, []byte("+json"))
}

func first(faults ...*rows.Fault) *rows.Fault {
	for _, f := range faults {
		if f != nil {
			return f
		}
	}
	return nil
}

// eachField calls visit for every field of the object that the decoder is at; visit reads or skips its value.
func eachField(decoder *jx.Decoder, visit func(key []byte) error) error {
	fields, err := decoder.ObjIter()
	if err != nil {
		return err
	}
	for fields.Next() {
		if err := visit(fields.Key()); err != nil {
			return err
		}
	}
	return fields.Err()
}
