package schemas

import (
	"encoding/json"
	"testing"

	"mirsad/internal/programme"
)

// eventSchema is what the schema of an event says of types.
type eventSchema struct {
	Properties struct {
		Type struct{ Enum []string }
	}
	AllOf []struct {
		If struct {
			Properties struct{ Type struct{ Const string } }
		}
		Then struct {
			Properties struct {
				Data struct {
					Ref string `json:"$ref"`
				}
			}
		}
	}
}

func TestTheEventsSchemaKnowsEveryType(t *testing.T) {
	texts, err := Texts()
	if err != nil {
		t.Fatal(err)
	}
	var event eventSchema
	if err := json.Unmarshal(texts["event.json"], &event); err != nil {
		t.Fatal(err)
	}
	types := programme.EventTypes()
	enum := event.Properties.Type.Enum
	if len(enum) != len(types) || len(event.AllOf) != len(types) || len(texts) != len(types)+1 {
		t.Fatalf("%d types, %d cases and %d schemas for %v", len(enum), len(event.AllOf), len(texts), types)
	}
	for at, name := range types {
		file := name + ".json"
		if texts[file] == nil {
			t.Errorf("%s has no schema", name)
		}
		known, one := enum[at], event.AllOf[at]
		if known != name || one.If.Properties.Type.Const != name || one.Then.Properties.Data.Ref != file {
			t.Errorf("%s is known as %s, with %+v", name, known, one)
		}
	}
}

func TestSchemasNameThemselves(t *testing.T) {
	items, err := List()
	if err != nil {
		t.Fatal(err)
	}
	texts, err := Texts()
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range items {
		var schema struct {
			ID string `json:"$id"`
		}
		err := json.Unmarshal(texts[item.Name+".json"], &schema)
		if err != nil || schema.ID != item.Name+".json" || item.URL != Path+"/"+schema.ID {
			t.Errorf("%+v names itself %q, %v", item, schema.ID, err)
		}
	}
}
