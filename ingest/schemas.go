package ingest

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"text/template"

	"github.com/go-chi/chi/v5"

	"mirsad/internal/httpserver"
	"mirsad/internal/programme"
)

// schemaFiles describe what the decoder accepts, for an agency's own tests; schemas_test.go holds the two against each
// other. The schema of the data of one type has a file of its own; that of an event, which names them all, is a template.
//
//go:embed schemas/*.json schemas/event.json.tmpl
var schemaFiles embed.FS

const (
	schemaFolder = "schemas"
	schemaPath   = "/v1/schemas"
	schemaEnding = ".json"
	// eventSchemaFile is the schema of a whole event, whatever its type.
	eventSchemaFile = "event" + schemaEnding
)

// SchemaItem names one JSON Schema: that of an event, or of the data of one type.
type SchemaItem struct {
	Name        string `json:"name"`
	Title       string `json:"title"`
	Description string `json:"description"`
	// URL is a path on this server; the schemas refer to one another by paths relative to it.
	URL string `json:"url"`
}

// schemaPage is the list of schemas; there are few, so there is no next page.
type schemaPage struct {
	Items []SchemaItem `json:"items"`
}

// schemas returns the texts of the JSON Schemas by the names of their files.
var schemas = sync.OnceValues(func() (map[string][]byte, error) {
	files, err := fs.Glob(schemaFiles, schemaFolder+"/*"+schemaEnding)
	if err != nil {
		return nil, fmt.Errorf("list schemas: %w", err)
	}
	texts := make(map[string][]byte, len(files)+1)
	for _, file := range files {
		if texts[path.Base(file)], err = schemaFiles.ReadFile(file); err != nil {
			return nil, fmt.Errorf("read schema: %w", err)
		}
	}
	event, err := template.ParseFS(schemaFiles, path.Join(schemaFolder, eventSchemaFile+".tmpl"))
	if err != nil {
		return nil, fmt.Errorf("read schema: %w", err)
	}
	var text bytes.Buffer
	if err := event.Execute(&text, programme.EventTypes()); err != nil {
		return nil, fmt.Errorf("write schema: %w", err)
	}
	texts[eventSchemaFile] = text.Bytes()
	return texts, nil
})

// Schemas lists the JSON Schemas that are served, by name.
func Schemas() ([]SchemaItem, error) {
	texts, err := schemas()
	if err != nil {
		return nil, err
	}
	items := make([]SchemaItem, 0, len(texts))
	for _, file := range slices.Sorted(maps.Keys(texts)) {
		item := SchemaItem{Name: strings.TrimSuffix(file, schemaEnding), URL: schemaPath + "/" + file}
		if err := json.Unmarshal(texts[file], &item); err != nil {
			return nil, fmt.Errorf("read schema %s: %w", item.Name, err)
		}
		items = append(items, item)
	}
	return items, nil
}

func (i *Ingest) getSchemas(w http.ResponseWriter, r *http.Request) {
	items, err := Schemas()
	if err != nil {
		i.answerProblem(w, r, Answer{}, err)
		return
	}
	writeJSON(w, http.StatusOK, schemaPage{Items: items})
}

func (i *Ingest) getSchema(w http.ResponseWriter, r *http.Request) {
	name := chi.URLParam(r, "name")
	texts, err := schemas()
	if err != nil {
		i.answerProblem(w, r, Answer{}, err)
		return
	}
	content, found := texts[name]
	if !found {
		httpserver.WriteProblem(w, r, fmt.Errorf("%w: schema %q", programme.ErrNotFound, name))
		return
	}
	w.Header().Set("Content-Type", "application/schema+json")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(content) //nolint:gosec // a file of the program, not what the client sent; one that has gone needs no answer
}
