package ingest

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"mirsad/internal/programme"
)

// schemaFiles describe what the decoder accepts, for an agency's own tests; schemas_test.go holds the two against each other.
//
//go:embed schemas/*.json
var schemaFiles embed.FS

const (
	schemaFolder = "schemas"
	schemaPath   = "/v1/schemas"
	schemaEnding = ".json"
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

// Schemas lists the JSON Schemas that are served, by name.
func Schemas() ([]SchemaItem, error) {
	files, err := fs.ReadDir(schemaFiles, schemaFolder)
	if err != nil {
		return nil, fmt.Errorf("list schemas: %w", err)
	}
	items := make([]SchemaItem, 0, len(files))
	for _, file := range files {
		content, err := schemaFiles.ReadFile(path.Join(schemaFolder, file.Name()))
		if err != nil {
			return nil, fmt.Errorf("read schema: %w", err)
		}
		item := SchemaItem{Name: strings.TrimSuffix(file.Name(), schemaEnding), URL: schemaPath + "/" + file.Name()}
		if err := json.Unmarshal(content, &item); err != nil {
			return nil, fmt.Errorf("read schema %s: %w", item.Name, err)
		}
		items = append(items, item)
	}
	return items, nil
}

func (i *Ingest) getSchemas(w http.ResponseWriter, r *http.Request) error {
	items, err := Schemas()
	if err != nil {
		i.answerProblem(w, r, Answer{}, err)
		return nil
	}
	writeJSON(w, http.StatusOK, schemaPage{Items: items})
	return nil
}

func (i *Ingest) getSchema(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("name")
	content, err := schemaFiles.ReadFile(path.Join(schemaFolder, path.Base(name)))
	if err != nil { // the files are part of the program: one that can't be read isn't there
		return fmt.Errorf("%w: schema %q", programme.ErrNotFound, name)
	}
	w.Header().Set("Content-Type", "application/schema+json")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(content) //nolint:gosec // a file of the program, not what the client sent; one that has gone needs no answer
	return nil
}
