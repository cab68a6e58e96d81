package ingest

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// An unsayable is a rule of the decoder that JSON Schema can't say, or a liberty of it that the schema leaves out on purpose.
type unsayable struct {
	reason  string
	by      access.Principal
	example string // of a row that decoder and schema decide differently
	applies func(by access.Principal, row string) bool
}

var broken = regexp.MustCompile(`[:\[,]\s*-?\d+(\.|[eE]|\.\d+[eE])`)

// unsayables are all exceptions from "decoder and schema decide the same".
var unsayables = []unsayable{
	{
		"1.0 and 1e3 are integers to JSON Schema; the decoder wants whole numbers written as such",
		agency, usage(nil, fields{"data": json.RawMessage(`{"channel":"web","stage":"complete","count":1.0}`)}),
		func(_ access.Principal, row string) bool {
			return broken.MatchString(row)
		},
	},
	{
		"of two equal names one counts, and JSON leaves open which",
		agency, `{"data":{"channel":"fax","channel":"web","stage":"complete"},` + usage(nil, fields{"data": nil})[1:],
		func(_ access.Principal, row string) bool {
			return repeatsAnywhere(row)
		},
	},
	{
		"total and digital are for the importers of administrators; the schema is for agencies",
		admin, statement(fields{"value": nil, "total": 10, "digital": 3}),
		func(by access.Principal, row string) bool {
			data := dataOf(row)
			return by.Admin() && (data["total"] != nil || data["digital"] != nil)
		},
	},
	{
		"only a parser knows the whole of what an http address is",
		agency, rolloutEvent(fields{"evidence": []any{fields{"criterion": "info", "answer": "yes", "url": "https://moi example/"}}}),
		func(_ access.Principal, row string) bool {
			answers, _ := dataOf(row)["evidence"].([]any)
			for _, each := range answers {
				answer, _ := each.(map[string]any)
				text, _ := answer["url"].(string)
				if text != "" && !programme.WebAddress(text) {
					return true
				}
			}
			return false
		},
	},
	{
		"format does not reach into an interval, and no keyword compares its two days",
		agency, statement(fields{"period": "2016-03-31/2015-04-01"}),
		func(_ access.Principal, row string) bool {
			text, _ := dataOf(row)["period"].(string)
			_, err := civil.ParsePeriod(text)
			return strings.Contains(text, "/") && err != nil
		},
	},
	{
		"only the server knows whose entity is one's own",
		agency, rolloutEvent(fields{"evidence": []any{fields{"criterion": "linked", "answer": "yes", "entities": []any{"moi"}}}}),
		func(_ access.Principal, row string) bool {
			return strings.Contains(row, `"moi"`)
		},
	},
}

func attributesOf(row string) map[string]any {
	var attributes map[string]any
	if json.Unmarshal([]byte(row), &attributes) != nil {
		return nil
	}
	return attributes
}

func dataOf(row string) map[string]any {
	data, _ := attributesOf(row)["data"].(map[string]any)
	return data
}

// repeatsAnywhere reports whether any object of the row names a field twice: what is read then has fewer fields than was written.
func repeatsAnywhere(row string) bool {
	decoder := json.NewDecoder(strings.NewReader(row))
	var names func() (int, error)
	names = func() (int, error) { // counts the fields of the value that follows, in all depths
		token, err := decoder.Token()
		delim, opens := token.(json.Delim)
		if err != nil || !opens {
			return 0, err
		}
		count := 0
		for decoder.More() {
			if delim == '{' {
				count++
				if _, err := decoder.Token(); err != nil {
					return count, err
				}
			}
			inner, err := names()
			if count += inner; err != nil {
				return count, err
			}
		}
		_, err = decoder.Token()
		return count, err
	}
	written, err := names()
	if err != nil {
		return false
	}
	var value any
	return json.Unmarshal([]byte(row), &value) == nil && fieldsIn(value) != written
}

func fieldsIn(value any) int {
	count := 0
	switch value := value.(type) {
	case map[string]any:
		for _, inner := range value {
			count += 1 + fieldsIn(inner)
		}
	case []any:
		for _, inner := range value {
			count += fieldsIn(inner)
		}
	}
	return count
}

// excepted returns why decoder and schema may differ on the row; empty: they may not.
func excepted(by access.Principal, row string) string {
	for _, each := range unsayables {
		if each.applies(by, row) {
			return each.reason
		}
	}
	return ""
}

// An exception without a difference would hide one that nobody meant.
func TestExceptionsAreReal(t *testing.T) {
	f := newFixture(t, quick, newMemoryStore(), standing)
	for _, each := range unsayables {
		code := f.decision(t, each.by, each.example)
		if code != "" && !aboutShape[code] {
			t.Errorf("%s: the example is refused as %s", each.reason, code)
		}
		if (code == "") == (schemaFault(t, each.example) == nil) {
			t.Errorf("%s: decoder and schema agree on %s", each.reason, each.example)
		}
		if !each.applies(each.by, each.example) {
			t.Errorf("%s: does not apply to %s", each.reason, each.example)
		}
		if each.applies(agency, usage(nil)) || each.applies(agency, statement(nil)) || each.applies(agency, rolloutEvent(nil)) {
			t.Errorf("%s: applies to plain rows", each.reason)
		}
	}
}
