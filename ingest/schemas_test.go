package ingest

import (
	"bytes"
	"encoding/json"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"mirsad/ingest/schemas"
	"mirsad/internal/access"
	"mirsad/internal/programme"
)

// eventSchema is event.json with the schemas it refers to, as a client with a validator that checks formats has it.
var eventSchema = sync.OnceValues(func() (*jsonschema.Schema, error) {
	texts, err := schemas.Texts()
	if err != nil {
		return nil, err
	}
	const base = "https://mirsad.example"
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	for file, content := range texts {
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(content))
		if err != nil {
			return nil, err
		}
		if err := compiler.AddResource(base+schemas.Path+"/"+file, document); err != nil {
			return nil, err
		}
	}
	return compiler.Compile(base + schemas.Path + "/event.json")
})

// schemaFault is why the schema of events refuses a row; nil: it accepts it.
func schemaFault(tb testing.TB, row string) error {
	tb.Helper()
	schema, err := eventSchema()
	if err != nil {
		tb.Fatal(err)
	}
	instance, err := jsonschema.UnmarshalJSON(strings.NewReader(row))
	if err != nil {
		return err
	}
	return schema.Validate(instance)
}

// aboutShape are the refusals that the row alone decides, whoever sends it and whenever.
var aboutShape = map[programme.RefusalCode]bool{
	programme.RefusedNotCloudEvent: true, programme.RefusedUnknownField: true, programme.RefusedMissingField: true,
	programme.RefusedBadValue: true, programme.RefusedStateValueMismatch: true,
}

func mustFitSchema(tb testing.TB, by access.Principal, row string) {
	tb.Helper()
	if err := schemaFault(tb, row); err != nil && excepted(by, row) == "" {
		tb.Errorf("accepted, yet the schema refuses %s: %v", row, err)
	}
}

func TestSchemaRefusesWhatTheDecoderRefusesForItsShape(t *testing.T) {
	for _, c := range refused {
		if aboutShape[c.code] && schemaFault(t, c.row) == nil && excepted(c.by, c.row) == "" {
			t.Errorf("%s: the schema accepts %s", c.name, c.row)
		}
	}
}

func TestSchemaDescribesMilestones(t *testing.T) {
	milestone := func(data fields) string { return event(programme.TypeMilestone, data) }
	full := fields{"milestone": "الإطلاق", "phase": "go_live", "done_on": "2016-09-01"}
	if err := schemaFault(t, milestone(full)); err != nil {
		t.Error(err)
	}
	for _, change := range []fields{
		{"milestone": nil},
		{"milestone": ""},
		{"milestone": strings.Repeat("م", 201)},
		{"phase": "launch"},
		{"phase": nil},
		{"done_on": "2016-02-30"},
		{"done_on": nil},
		{"done_on": "0000-01-01"},
		{"by": "somebody"},
	} {
		if schemaFault(t, milestone(with(full, change))) == nil {
			t.Errorf("accepted with %v", change)
		}
	}
}

// A list of words in a schema is the domain's list, in its order.
func TestSchemasHoldTheDomainsWords(t *testing.T) {
	texts, err := schemas.Texts()
	if err != nil {
		t.Fatal(err)
	}
	var criteria []programme.Criterion
	for level := programme.Level(1); level <= 4; level++ {
		criteria = append(criteria, programme.CriteriaOf(level)...)
	}
	for pointer, want := range map[string]any{
		"event#properties/type":                               []string{programme.TypeUsage, programme.TypeStatement, programme.TypeRollout, programme.TypeMilestone},
		"mirsad.usage.v1#properties/channel":                  programme.Channels(),
		"mirsad.usage.v1#properties/stage":                    programme.Stages(),
		"mirsad.statement.v1#properties/channel":              programme.Channels(),
		"mirsad.statement.v1#properties/measure":              programme.Measures(),
		"mirsad.statement.v1#properties/state":                programme.States(),
		"mirsad.rollout.v1#properties/action":                 programme.Actions(),
		"mirsad.rollout.v1#properties/channels/items":         programme.Channels(),
		"mirsad.milestone.v1#properties/phase":                programme.Phases(),
		"mirsad.rollout.v1#$defs/answer/properties/answer":    answers,
		"mirsad.rollout.v1#$defs/answer/properties/criterion": criteria,
	} {
		name, steps, _ := strings.Cut(pointer, "#")
		var node map[string]any
		if err := json.Unmarshal(texts[name+".json"], &node); err != nil {
			t.Fatal(err)
		}
		for step := range strings.SplitSeq(steps, "/") {
			node, _ = node[step].(map[string]any)
		}
		if got, want := jsonOf(t, node["enum"]), jsonOf(t, want); got != want {
			t.Errorf("%s: %s, want %s", pointer, got, want)
		}
	}
}

func jsonOf(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestSchemasAreServed(t *testing.T) {
	f := newFixture(t, quick, newMemoryStore(), standing)
	list := decoded[schemaPage](t, f.get(&reader, schemas.Path))
	names := slices.Sorted(slices.Values(append(programme.EventTypes(), "event")))
	var got []string
	for _, item := range list.Items {
		got = append(got, item.Name)
		response := f.get(&reader, item.URL)
		schema := decoded[map[string]any](t, response)
		if response.Code != http.StatusOK || response.Header().Get("Content-Type") != "application/schema+json" || schema["$id"] != item.Name+".json" {
			t.Errorf("%s: %d %v %v", item.URL, response.Code, response.Header(), schema["$id"])
		}
		if item.Title == "" || item.Description == "" || schema["$schema"] != "https://json-schema.org/draft/2020-12/schema" {
			t.Errorf("%+v says too little", item)
		}
	}
	if !reflect.DeepEqual(got, names) {
		t.Errorf("served %v, want %v", got, names)
	}
	for _, unknown := range []string{"/none.json", "/event", "/..", "/schemas.go"} {
		if response := f.get(&reader, schemas.Path+unknown); response.Code != http.StatusNotFound {
			t.Errorf("%s: %d", unknown, response.Code)
		}
	}
}
