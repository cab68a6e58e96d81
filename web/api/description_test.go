package api

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"mirsad/ingest"
	"mirsad/internal/account"
	"mirsad/internal/audit"
	"mirsad/internal/link"
	"mirsad/internal/route"
	"mirsad/reports"
)

// others are the routes of the components that are described beside the API's own.
func others() []route.Route {
	return slices.Concat((*ingest.Ingest)(nil).Routes(), (*account.Accounts)(nil).Routes(), (*link.Links)(nil).Routes(),
		(*audit.Recorder)(nil).Routes(), (*reports.Reports)(nil).Routes())
}

// describedOffice is /openapi.json of an API with everything in it.
func describedOffice(t *testing.T) map[string]any {
	t.Helper()
	return newOffice(t).must(http.MethodGet, "/openapi.json", "")
}

// operations are what the document describes, as GET /v1/progress.
func operations(document map[string]any) map[string]map[string]any {
	found := map[string]map[string]any{}
	for path, item := range document["paths"].(map[string]any) {
		for method, operation := range item.(map[string]any) {
			found[strings.ToUpper(method)+" "+path] = operation.(map[string]any)
		}
	}
	return found
}

// plain leaves the names of a path's parameters out: {entity} and {code} are one place.
func plain(pattern string) string {
	return regexp.MustCompile(`\{[^}.]*\}`).ReplaceAllString(pattern, "{}")
}

// TestTheDescriptionIsTheTableOfRoutes holds every route below /v1 against /openapi.json, and the reverse.
func TestTheDescriptionIsTheTableOfRoutes(t *testing.T) {
	office := newOffice(t)
	described := map[string]bool{}
	for each := range operations(office.must(http.MethodGet, "/openapi.json", "")) {
		described[plain(each)] = true
	}
	served := map[string]bool{}
	for _, each := range append(office.api.Routes(), others()...) {
		if !strings.HasPrefix(each.Path, "/v1/") {
			continue
		}
		name := plain(each.Method + " " + each.Path)
		served[name] = true
		if !described[name] {
			t.Errorf("%s is not described", name)
		}
	}
	for each := range described {
		if !served[each] {
			t.Errorf("%s is described, and nobody may use it", each)
		}
	}
	if len(served) < 60 {
		t.Errorf("%d routes", len(served))
	}
}

// TestTheDescriptionIsOpenAPI checks what OpenAPI 3.1 requires of a document, and that every schema of it is one by
// JSON Schema 2020-12, each reference included.
func TestTheDescriptionIsOpenAPI(t *testing.T) {
	document := describedOffice(t)
	info, _ := document["info"].(map[string]any)
	if document["openapi"] != "3.1.0" || info["title"] == "" || info["version"] == nil {
		t.Errorf("openapi %v, info %v", document["openapi"], info)
	}
	ids := map[any]string{}
	for name, operation := range operations(document) {
		if before, twice := ids[operation["operationId"]]; twice || operation["operationId"] == nil {
			t.Errorf("%s and %s have the id %v", name, before, operation["operationId"])
		}
		ids[operation["operationId"]] = name
		checkParameters31(t, name, operation)
		responses, _ := operation["responses"].(map[string]any)
		success := false
		for status, response := range responses {
			success = success || status[0] == '2'
			if text, _ := response.(map[string]any)["description"].(string); text == "" || !regexp.MustCompile(`^[1-5]\d\d$`).MatchString(status) {
				t.Errorf("%s: response %s: %v", name, status, response)
			}
		}
		if !success {
			t.Errorf("%s describes no success", name)
		}
	}
	compileSchemas(t, document)
}

// checkParameters31 checks that each place in a path is a parameter that is required, and the reverse.
func checkParameters31(t *testing.T, name string, operation map[string]any) {
	t.Helper()
	var places []string
	for _, match := range regexp.MustCompile(`\{([^}]*)\}`).FindAllStringSubmatch(name, -1) {
		places = append(places, match[1])
	}
	list, _ := operation["parameters"].([]any)
	inPath := 0
	for _, each := range list {
		parameter := each.(map[string]any)
		if parameter["name"] == nil || parameter["schema"] == nil {
			t.Errorf("%s: %v", name, parameter)
		}
		if parameter["in"] != "path" {
			continue
		}
		inPath++
		if parameter["required"] != true || !slices.Contains(places, parameter["name"].(string)) {
			t.Errorf("%s: %v", name, parameter)
		}
	}
	if inPath != len(places) {
		t.Errorf("%s has %d places and %d parameters in its path", name, len(places), inPath)
	}
}

func compileSchemas(t *testing.T, document map[string]any) {
	t.Helper()
	schemas := document["components"].(map[string]any)["schemas"].(map[string]any)
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	if err := compiler.AddResource("https://mirsad.example/openapi.json", document); err != nil {
		t.Fatal(err)
	}
	for name := range schemas {
		if _, err := compiler.Compile("https://mirsad.example/openapi.json#/components/schemas/" + name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	text, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	for _, match := range regexp.MustCompile(`"\$ref":"#/components/schemas/([^"]*)"`).FindAllStringSubmatch(string(text), -1) {
		if schemas[match[1]] == nil {
			t.Errorf("%s is referred to and not there", match[1])
		}
	}
}

// TestSettingsNeedNoVersionOfTheRule validates a body as it is sent against its description: the server numbers the rule.
func TestSettingsNeedNoVersionOfTheRule(t *testing.T) {
	t.Parallel()
	document := describedOffice(t)
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("https://mirsad.example/openapi.json", document); err != nil {
		t.Fatal(err)
	}
	content := operations(document)["PUT /v1/programme"]["requestBody"].(map[string]any)["content"].(map[string]any)
	reference := content[jsonType].(map[string]any)["schema"].(map[string]any)["$ref"].(string)
	schema, err := compiler.Compile("https://mirsad.example/openapi.json" + reference)
	if err != nil {
		t.Fatal(err)
	}
	body := map[string]any{
		"version": 1, "reason": "because", "name": "a", "name_ar": "ب", "goal": 1000, "starts_on": "2014-01-01", "target_on": "2016-12-31",
		"due_day": 10, "rule": map[string]any{"minimum_level": 1, "new_at_level": 0, "audiences": []any{}, "count_existing": true},
	}
	if err := schema.Validate(body); err != nil {
		t.Error(err)
	}
	delete(body, "goal")
	if schema.Validate(body) == nil {
		t.Error("a body without a goal is described as right")
	}
}
