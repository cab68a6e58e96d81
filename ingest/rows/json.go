package rows

import (
	"bytes"
	"encoding/base64"
	"errors"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/go-faster/jx"

	"mirsad/internal/intake"
	"mirsad/internal/programme"
)

// errRepeated says that an object gives a field twice: of which one would be dropped unseen.
var errRepeated = errors.New("a field is given twice")

// BrokenJSON refuses a row of which an error says that it can't be decoded.
func BrokenJSON(err error, field string) *Fault {
	fault := Faulty(programme.RefusedMalformedJSON, field)
	if errors.Is(err, errRepeated) {
		fault.Words = "ingest.json.repeated"
	}
	return fault
}

// UnreadableJSON refuses a row whose text is not what it says.
func UnreadableJSON(raw []byte) *Fault {
	fault := Faulty(programme.RefusedMalformedJSON, "")
	if utf8.Valid(raw) {
		fault.Words = "ingest.json.surrogate"
	}
	return fault
}

// mostKeys is how many keys of an object are compared without a map: events have fewer.
const mostKeys = 12

// EachField calls visit for every field of the object that the decoder is at; visit reads or skips its value. A field that is
// given twice is an error.
func EachField(decoder *jx.Decoder, visit func(key []byte) error) error {
	fields, err := decoder.ObjIter()
	if err != nil {
		return err
	}
	var space [mostKeys][]byte
	keys, more, marks := space[:0], map[string]bool(nil), uint64(0)
	for fields.Next() {
		key := fields.Key()
		mark := markOf(key)
		if marks&mark != 0 && slices.ContainsFunc(keys, func(other []byte) bool { return bytes.Equal(key, other) }) {
			return errRepeated
		}
		marks |= mark
		switch {
		case len(keys) < mostKeys:
			keys = append(keys, key)
		case more[string(key)]:
			return errRepeated
		default:
			if more == nil {
				more = map[string]bool{}
			}
			more[string(key)] = true
		}
		if err := visit(key); err != nil {
			return err
		}
	}
	return fields.Err()
}

// markOf is one of 64 bits for a key: most keys of an event have one of their own.
func markOf(key []byte) uint64 {
	if len(key) == 0 {
		return 1
	}
	return 1 << ((len(key)*7 + int(key[0])*3 + int(key[len(key)-1])) & 63)
}

// ReadableJSON reports whether the texts of a row of JSON are what they say: UTF-8, and no half of a pair of surrogates,
// which decoders replace by another character, so that different names would become one.
func ReadableJSON(raw []byte) bool {
	return utf8.Valid(raw) && (bytes.IndexByte(raw, '\\') < 0 || paired(raw))
}

// paired walks through the escapes of a text.
func paired(raw []byte) bool {
	for {
		at := bytes.IndexByte(raw, '\\')
		if at < 0 || at+1 >= len(raw) {
			return true
		}
		if raw[at+1] != 'u' {
			raw = raw[at+2:]
			continue
		}
		unit, rest := escaped(raw[at:])
		switch {
		case unit < 0xd800 || unit > 0xdfff:
		case unit >= 0xdc00:
			return false
		default:
			if unit, rest = escaped(rest); unit < 0xdc00 || unit > 0xdfff {
				return false
			}
		}
		raw = rest
	}
}

// escaped reads \uXXXX at the beginning; −1: it is not there.
func escaped(raw []byte) (unit int, rest []byte) {
	const length = len(`\u0000`)
	if len(raw) < length || raw[0] != '\\' || raw[1] != 'u' {
		return -1, raw[min(len(raw), 2):]
	}
	for _, c := range raw[2:length] {
		digit := bytes.IndexByte([]byte("0123456789abcdef"), c|0x20)
		if digit < 0 {
			return -1, raw[2:]
		}
		unit = unit<<4 | digit
	}
	return unit, raw[length:]
}

// JSONContent reports whether a media type is one of JSON.
func JSONContent(contentType []byte) bool {
	kind, _, _ := bytes.Cut(contentType, []byte(";"))
	kind = bytes.ToLower(bytes.TrimSpace(kind))
	return string(kind) == "application/json" || string(kind) == "text/json" || bytes.HasSuffix(kind, []byte("+json"))
}

// Base64 reads the data of an event that are given as data_base64; false: they are no base64, or no JSON.
func Base64(encoded []byte) (data []byte, is bool) {
	data, err := base64.StdEncoding.DecodeString(string(encoded))
	if err != nil {
		return nil, false
	}
	data = bytes.TrimPrefix(data, mark)
	return data, ReadableJSON(data) && jx.Valid(data)
}

// longestName bounds what names something, in characters.
const longestName = 500

// Nameable reports whether a text can name something for a person: neither endless nor without anything to be seen, and
// without control characters.
func Nameable(text []byte) bool {
	if len(text) > longestName && utf8.RuneCount(text) > longestName {
		return false
	}
	if bytes.IndexFunc(text, unicode.IsControl) >= 0 {
		return false
	}
	for _, c := range text {
		if c > ' ' && c < utf8.RuneSelf {
			return true
		}
	}
	return intake.Seen(string(text))
}
