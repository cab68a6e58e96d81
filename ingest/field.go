package ingest

import (
	"errors"
	"strconv"

	"github.com/go-faster/jx"

	"mirsad/ingest/rows"
	"mirsad/internal/programme"
)

// errRefused ends a decoding whose fault is known already.
var errRefused = errors.New("row refused")

// eachDataField calls visit for every field of data until it finds a fault.
func (j *judge) eachDataField(data []byte, visit func(key []byte, decoder *jx.Decoder) *rows.Fault) *rows.Fault {
	j.dataDecoder.ResetBytes(data)
	switch j.dataDecoder.Next() {
	case jx.Object:
	case jx.Null:
		return missing("data")
	default:
		return badValue("data")
	}
	var wrong *rows.Fault
	err := rows.EachField(j.dataDecoder, func(key []byte) error {
		if wrong = visit(key, j.dataDecoder); wrong != nil {
			return errRefused
		}
		return nil
	})
	if wrong == nil && err != nil {
		return rows.BrokenJSON(err, "data")
	}
	return wrong
}

// eachElement calls visit for every element of an array until it finds a fault; null is left as not given.
func eachElement(decoder *jx.Decoder, field string, visit func(decoder *jx.Decoder) *rows.Fault) *rows.Fault {
	switch decoder.Next() {
	case jx.Null:
		_ = decoder.Skip() // the row is known to be valid JSON
		return nil
	case jx.Array:
	default:
		return badValue(field)
	}
	var wrong *rows.Fault
	err := decoder.Arr(func(decoder *jx.Decoder) error {
		if wrong = visit(decoder); wrong != nil {
			return errRefused
		}
		return nil
	})
	if wrong == nil && err != nil {
		return badValue(field)
	}
	return wrong
}

// channels are the words of a field that more than one kind of event has, by their spelling.
var channels = named(programme.Channels())

func named[T ~string](values []T) map[string]T {
	names := make(map[string]T, len(values))
	for _, value := range values {
		names[string(value)] = value
	}
	return names
}

// chosen reads one of a closed list of words; null is left as not given.
func chosen[T ~string](decoder *jx.Decoder, field string, list map[string]T, into *T) *rows.Fault {
	text, wrong := str(decoder, field)
	if wrong != nil || text == nil {
		return wrong
	}
	value, known := list[string(text)]
	if !known {
		return badValue(field)
	}
	*into = value
	return nil
}

// str reads a string; null is nil, as not given.
func str(decoder *jx.Decoder, field string) ([]byte, *rows.Fault) {
	switch decoder.Next() {
	case jx.Null:
		_ = decoder.Skip() // the row is known to be valid JSON
		return nil, nil
	case jx.String:
		text, err := decoder.StrBytes()
		if err != nil {
			return nil, badValue(field)
		}
		return text, nil
	default:
		return nil, badValue(field)
	}
}

// whole reads a whole number from low to high, written without fraction or exponent; null is left as not given.
func whole[T ~int64 | ~uint64 | ~uint8](decoder *jx.Decoder, field string, low, high int64, into *T) *rows.Fault {
	switch decoder.Next() {
	case jx.Null:
		_ = decoder.Skip() // the row is known to be valid JSON
		return nil
	case jx.Number:
		number, err := decoder.Num()
		if err != nil {
			return badValue(field)
		}
		value, err := strconv.ParseInt(string(number), 10, 64)
		if err != nil || value < low || value > high {
			return badValue(field)
		}
		*into = T(value)
		return nil
	default:
		return badValue(field)
	}
}

// parsed reads a string by a parser of the domain; null and the empty string are left as not given.
func parsed[T any](decoder *jx.Decoder, field string, parse func(string) (T, error), into *T) *rows.Fault {
	text, wrong := str(decoder, field)
	if wrong != nil || len(text) == 0 {
		return wrong
	}
	value, err := parse(string(text))
	if err != nil {
		return badValue(field)
	}
	*into = value
	return nil
}
