package api

import (
	"net/http"
	"path"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"mirsad/internal/figures"
	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
)

// describe returns huma's configuration: OpenAPI 3.1, JSON only, no pages of its own.
func describe(version string) huma.Config {
	cfg := huma.DefaultConfig("Mirsad", version)
	cfg.Info.Description = "Figures of the programme. Every answer says which date it describes (on), by which knowledge (as_at), " +
		"by which version of data and rule, and how complete it is. A number that can be missing is {value, state}."
	cfg.OpenAPIPath, cfg.DocsPath, cfg.SchemasPath = "", "", ""
	cfg.CreateHooks = nil // no $schema in answers: it would name a host
	cfg.Servers = []*huma.Server{{URL: "/"}}
	cfg.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token": {Type: "http", Scheme: "bearer", Description: "<id>.<secret> with scope read"},
	}
	cfg.Security = []map[string][]string{{"token": {}}}
	cfg.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	registry := cfg.Components.Schemas
	registry.RegisterTypeAlias(reflect.TypeFor[programme.Count](), reflect.TypeFor[countShape]())
	registry.RegisterTypeAlias(reflect.TypeFor[programme.Ratio](), reflect.TypeFor[ratioShape]())
	registry.RegisterTypeAlias(reflect.TypeFor[figures.UsageTotal](), reflect.TypeFor[totalShape]())
	registry.RegisterTypeAlias(reflect.TypeFor[programme.ByLevel](), reflect.TypeFor[levelsShape]())
	return cfg
}

// schemaName names a type's schema. Components beside this one have words such as Answer for what they answer: theirs
// begin with the component's name.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch component := path.Base(t.PkgPath()); component {
	case "ingest", "audit", "reports":
		return strings.ToUpper(component[:1]) + component[1:] + name
	default:
		return name
	}
}

// The shapes are how the domain's numbers look as JSON; only the description uses them.
type countShape struct {
	Value *int64 `json:"value" doc:"null unless state is reported"`
	State string `json:"state" enum:"reported,not_provided,not_requested,not_applicable"`
}

type ratioShape struct {
	Value *float64 `json:"value" doc:"null unless state is reported; rounded once"`
	State string   `json:"state" enum:"reported,not_provided,not_requested,not_applicable"`
}

type totalShape struct {
	Value *int64          `json:"value" doc:"the sum of the reported parts"`
	State string          `json:"state" enum:"reported,not_provided,not_requested,not_applicable"`
	Parts programme.Parts `json:"parts"`
}

type levelsShape struct {
	One   int `json:"1"`
	Two   int `json:"2"`
	Three int `json:"3"`
	Four  int `json:"4"`
}

// problems describes what every call may answer instead.
func problems(registry huma.Registry) map[string]*huma.Response {
	schema := registry.Schema(reflect.TypeFor[httpserver.Problem](), true, "Problem")
	described := map[string]*huma.Response{}
	for _, status := range []int{
		http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound,
		http.StatusServiceUnavailable,
	} {
		described[strconv.Itoa(status)] = &huma.Response{
			Description: http.StatusText(status),
			Content:     map[string]*huma.MediaType{"application/problem+json": {Schema: schema}},
		}
	}
	described[strconv.Itoa(http.StatusNotModified)] = &huma.Response{
		Description: "What the client has, named by If-None-Match, still holds",
	}
	return described
}
