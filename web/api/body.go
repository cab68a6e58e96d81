package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"mirsad/internal/civil"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

const (
	jsonType = "application/json"
	// largestBody is the largest document that is taken, in bytes, and largestPlan the largest plan.
	largestBody = 256 << 10
	largestPlan = 5 << 20
)

// changeBody is what every PUT says beside its content.
type changeBody struct {
	Reason      string     `json:"reason" doc:"Why, in your words; it is kept with the version."`
	Version     uint32     `json:"version,omitempty" doc:"The version that was read; 0 or none for what is new."`
	EffectiveOn civil.Date `json:"effective_on,omitempty" format:"date" doc:"The day from which it holds; required to change what stands."`
}

func (c changeBody) change() register.Change {
	return register.Change{Reason: c.Reason, Version: c.Version, EffectiveOn: c.EffectiveOn}
}

// body is the JSON object of a PUT, field by field.
type body struct {
	fields map[string]json.RawMessage
	faults []programme.Fault
	change register.Change
}

// readBody reads the request's JSON object; what is wrong with single fields is found by into.
func readBody(r *http.Request) (*body, error) { return readBodyUpTo(r, largestBody) }

func readBodyUpTo(r *http.Request, most int64) (*body, error) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != jsonType {
		return nil, httpserver.WrongMediaType(jsonType)
	}
	raw, err := readAll(r, most)
	if err != nil {
		return nil, err
	}
	if longestList(raw) > mostItems {
		return nil, &programme.FaultsError{Faults: []programme.Fault{
			{Field: "body", Kind: "too_many", Args: map[string]any{"most": mostItems}},
		}}
	}
	b := &body{}
	if err := json.Unmarshal(raw, &b.fields); err != nil || b.fields == nil {
		return nil, fmt.Errorf("%w: the body is no JSON object", programme.ErrInvalid)
	}
	return b, nil
}

// readAll reads a body of at most so many bytes.
func readAll(r *http.Request, most int64) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(r.Body, most+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: the body ends too soon", programme.ErrInvalid)
	case int64(len(raw)) > most:
		return nil, httpserver.TooManyBytes(most)
	}
	return raw, nil
}

// mostItems is how many items a list of a document may have: twice the milestones of the largest plan.
const mostItems = 10_000

// deepest is how deep a document may be; none of ours has more than six levels.
const deepest = 100

// longestList counts the items of the longest list in a JSON text, without making anything of it: a few bytes of a list
// are hundreds in memory. What is no JSON is counted somehow, and refused afterwards.
func longestList(raw []byte) int {
	longest, open := 0, []int{} // the items so far of the lists and objects that are open
	for at := 0; at < len(raw); at++ {
		switch raw[at] {
		case '"':
			for at++; at < len(raw) && raw[at] != '"'; at++ {
				if raw[at] == '\\' {
					at++
				}
			}
		case '[', '{':
			if open = append(open, 1); len(open) > deepest {
				return mostItems + 1
			}
		case ',':
			if last := len(open) - 1; last >= 0 {
				open[last]++
				longest = max(longest, open[last])
			}
		case ']', '}':
			open = open[:max(len(open)-1, 0)]
		}
	}
	return longest
}

// into reads every field into a struct, one at a time, so that each that is wrong is named and the others are read.
func (b *body) into(target any) {
	for _, name := range slices.Sorted(maps.Keys(b.fields)) {
		key, err := json.Marshal(name)
		if err != nil {
			b.fault(name, "unknown_field")
			continue
		}
		decoder := json.NewDecoder(io.MultiReader(
			strings.NewReader("{"), bytes.NewReader(key), strings.NewReader(":"), bytes.NewReader(b.fields[name]), strings.NewReader("}")))
		decoder.DisallowUnknownFields()
		err = decoder.Decode(target)
		wrong, typed := errors.AsType[*json.UnmarshalTypeError](err)
		switch {
		case err == nil:
		case typed && wrong.Field != "":
			_, inner, _ := strings.Cut("."+wrong.Field, "."+name) // before it stands the name of an embedded type
			b.fault(name+inner, "bad_value")
		case strings.Contains(err.Error(), "unknown field"):
			b.fault(name, "unknown_field")
		default:
			b.fault(name, "bad_value")
		}
	}
}

func (b *body) fault(field, kind string) {
	b.faults = append(b.faults, programme.Fault{Field: field, Kind: kind})
}

// match takes the version of If-Match, which must not differ from one in the body.
func (b *body) match(header string) {
	if header == "" {
		return
	}
	text := strings.Trim(strings.TrimPrefix(header, "W/"), `"`)
	version, err := strconv.ParseUint(text, 10, 32)
	_, inBody := b.fields["version"]
	switch {
	case err != nil:
		b.fault("If-Match", "bad_value")
	case inBody && uint64(b.change.Version) != version:
		b.fault("version", "two_versions")
	default:
		b.change.Version = uint32(version)
	}
}
