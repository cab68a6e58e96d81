package register

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// ErrUnchanged says that a change would record what is there already; nothing is added.
var ErrUnchanged = errors.New("unchanged")

// Change is the person who wants to record something, their reason, and what they had read before: a change made from
// an older version than the newest is refused, so that nobody's work is lost unseen.
type Change struct {
	Actor  string
	Reason string
	// Version is the sequence of the fact that was read; 0 when there was none.
	Version uint32
	// EffectiveOn is the day from which it holds; none means always.
	EffectiveOn civil.Date
}

// Deciding decides, on a subject's stream, which fact to add; see the store's Decide.
type Deciding func(stream []programme.Fact) (programme.Draft, error)

// Version is one version of what an administrator records: who, when, why, and what it changed.
type Version struct {
	Version     uint32       `json:"version"`
	Actor       string       `json:"actor"`
	RecordedAt  time.Time    `json:"recorded_at"`
	Reason      string       `json:"reason"`
	EffectiveOn civil.Date   `json:"effective_on,omitzero"`
	Difference  []Difference `json:"difference"`
}

// Difference is a field that differs between two versions; nil where it is absent.
type Difference struct {
	Field  string `json:"field"`
	Before any    `json:"before"`
	After  any    `json:"after"`
}

// longest texts, in characters.
const (
	longestName   = 200
	longestReason = 1000
	longestLabel  = 100
)

// faults collects what is wrong with a change, by checks that many changes share.
type faults struct{ programme.Faults }

// draft checks what every change has in common and returns the draft; faults already found are returned with the rest.
func (c Change) draft(stream []programme.Fact, body any, found faults) (programme.Draft, error) {
	var standing programme.Fact
	if len(stream) > 0 {
		standing = stream[len(stream)-1]
	}
	switch {
	case c.Version < standing.Seq:
		return programme.Draft{}, programme.DecidedBy(standing)
	case c.Version > standing.Seq:
		found.Add("version", "unknown_version", "newest", int(standing.Seq))
	}
	found.text("reason", c.Reason, longestReason)
	if err := found.Err(); err != nil {
		return programme.Draft{}, err
	}
	raw, err := json.Marshal(body)
	if err != nil {
		return programme.Draft{}, fmt.Errorf("%w: %s", programme.ErrInvalid, err.Error())
	}
	if standing.Seq > 0 && standing.EffectiveOn == c.EffectiveOn && len(Differences(standing.Body, raw)) == 0 {
		return programme.Draft{}, ErrUnchanged
	}
	return programme.Draft{
		EffectiveOn: c.EffectiveOn,
		Actor:       c.Actor,
		Reason:      strings.TrimSpace(c.Reason),
		Body:        json.RawMessage(raw),
	}, nil
}

// text notes a required text that is empty, too long or holds what can't be shown.
func (f *faults) text(field, text string, longest int) {
	switch {
	case strings.TrimSpace(text) == "":
		f.Add(field, "missing")
	case !IsVisible(text):
		f.Add(field, "invisible")
	default:
		f.label(field, text, longest)
	}
}

// blanks are letters and symbols without a shape.
const blanks = "\u115f\u1160\u2800\u3164\uffa0"

// IsVisible reports whether a reader sees anything of a text: marks of direction, spaces of every kind, accents without
// a letter and letters without a shape alone are a name that nobody sees.
func IsVisible(text string) bool {
	return strings.ContainsFunc(text, func(c rune) bool {
		return unicode.IsGraphic(c) && !unicode.IsSpace(c) && !unicode.Is(unicode.Mn, c) &&
			!strings.ContainsRune(blanks, c) && c != utf8.RuneError
	})
}

// label is text that may be empty.
func (f *faults) label(field, text string, longest int) {
	switch {
	case utf8.RuneCountInString(text) > longest:
		f.Add(field, "too_long", "most", longest)
	case !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl):
		f.Add(field, "control_characters")
	}
}

// between notes a number that is not from the least to the most.
func (f *faults) between(field string, n, least, most int) {
	if n < least || n > most {
		f.Add(field, "out_of_range", "least", least, "most", most)
	}
}

// known notes a level that there is not.
func (f *faults) known(field string, level programme.Level) {
	f.between(field, int(level), int(programme.LevelInformative), int(programme.LevelIntegrated))
}

// VersionsOf returns a stream's versions, the newest first, each with what it changed in the one before.
func VersionsOf(stream []programme.Fact) []Version {
	versions := make([]Version, 0, len(stream))
	var before json.RawMessage
	for _, fact := range stream {
		versions = append(versions, Version{
			Version: fact.Seq, Actor: fact.Actor, RecordedAt: fact.RecordedAt, Reason: fact.Reason,
			EffectiveOn: fact.EffectiveOn, Difference: Differences(before, fact.Body),
		})
		before = fact.Body
	}
	slices.Reverse(versions)
	return versions
}

// Differences compares two JSON objects field by field, inner objects as outer.inner, lists as a whole; an empty
// before is an object without fields. Version numbers, which facts carry themselves, are left out.
func Differences(before, after json.RawMessage) []Difference {
	old, now := map[string]any{}, map[string]any{}
	flatten("", decoded(before), old)
	flatten("", decoded(after), now)
	fields := maps.Clone(old)
	maps.Copy(fields, now)
	differences := []Difference{}
	for field := range fields {
		if !reflect.DeepEqual(old[field], now[field]) {
			differences = append(differences, Difference{Field: field, Before: old[field], After: now[field]})
		}
	}
	slices.SortFunc(differences, func(a, b Difference) int { return strings.Compare(a.Field, b.Field) })
	return differences
}

// decoded reads stored JSON; what is no JSON has no fields.
func decoded(raw json.RawMessage) any {
	var value any
	if json.Unmarshal(raw, &value) != nil {
		return map[string]any{}
	}
	return value
}

func flatten(name string, value any, into map[string]any) {
	object, is := value.(map[string]any)
	if !is {
		into[name] = value
		return
	}
	for key, each := range object {
		if key == "version" {
			continue
		}
		inner := key
		if name != "" {
			inner = name + "." + key
		}
		flatten(inner, each, into)
	}
}
