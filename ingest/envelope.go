package ingest

import (
	"errors"
	"io"

	"github.com/go-faster/jx"

	"mirsad/ingest/rows"
	"mirsad/internal/programme"
)

// envelope is a CloudEvent's attributes as sent; they point into the body. Nil: not given.
type envelope struct {
	specVersion, id, source, kind, time, subject, contentType []byte
	data                                                      []byte
	base64                                                    []byte // data, as senders of bytes write them
}

// read decodes one event into an empty envelope. Attributes that CloudEvents does not name are
// extensions: ignored and not stored. On a fault the envelope holds what was read before it.
func (e *envelope) read(decoder *jx.Decoder, raw []byte) *rows.Fault {
	if !rows.ReadableJSON(raw) {
		return rows.UnreadableJSON(raw)
	}
	decoder.ResetBytes(raw)
	if decoder.Next() != jx.Object {
		if decoder.Validate() != nil {
			return rows.Faulty(programme.RefusedMalformedJSON, "")
		}
		return rows.Faulty(programme.RefusedNotCloudEvent, "")
	}
	var wrong *rows.Fault
	err := rows.EachField(decoder, func(key []byte) error {
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
		return rows.BrokenJSON(err, "")
	}
	if e.base64 != nil {
		wrong = first(wrong, e.decode())
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
	case "data_base64":
		return &e.base64
	default:
		return nil
	}
}

// decode reads data that are given as data_base64, and not in both ways.
func (e *envelope) decode() *rows.Fault {
	data, is := rows.Base64(e.base64)
	if !is || e.data != nil {
		return badValue("data_base64")
	}
	e.data = data
	return nil
}

// lacks names what keeps the object from being a CloudEvent of version 1.0 with JSON data.
func (e *envelope) lacks() *rows.Fault {
	if string(e.specVersion) != "1.0" {
		return rows.Faulty(programme.RefusedNotCloudEvent, "specversion")
	}
	if e.contentType != nil && !rows.JSONContent(e.contentType) {
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
	case !rows.Nameable(e.id):
		return badValue("id")
	case !rows.Nameable(e.source):
		return badValue("source")
	default:
		return nil
	}
}

func first(faults ...*rows.Fault) *rows.Fault {
	for _, f := range faults {
		if f != nil {
			return f
		}
	}
	return nil
}
