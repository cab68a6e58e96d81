// Package schemas holds the JSON Schemas of events: what the decoder accepts, for an agency's own tests. The schema of
// the data of one type has a file of its own; that of an event, which names all types, is a template.
package schemas

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"text/template"

	"mirsad/internal/programme"
)

//go:embed *.json event.json.tmpl
var files embed.FS

// Path is where schemas are served; they refer to one another by paths relative to it.
const Path = "/v1/schemas"

const (
	ending = ".json"
	// eventFile is the schema of a whole event, whatever its type.
	eventFile = "event" + ending
)

// Item names one JSON Schema: that of an event, or of the data of one type.
type Item struct {
	Name        string `json:"name"`
	Title       string `json:"title"`
	Description string `json:"description"`
	// URL is a path on this server.
	URL string `json:"url"`
}

// Texts returns the JSON Schemas by the names of their files.
func Texts() (map[string][]byte, error) { return texts() }

var texts = sync.OnceValues(func() (map[string][]byte, error) {
	names, err := fs.Glob(files, "*"+ending)
	if err != nil {
		return nil, fmt.Errorf("list schemas: %w", err)
	}
	texts := make(map[string][]byte, len(names)+1)
	for _, name := range names {
		if texts[name], err = files.ReadFile(name); err != nil {
			return nil, fmt.Errorf("read schema: %w", err)
		}
	}
	event, err := template.ParseFS(files, eventFile+".tmpl")
	if err != nil {
		return nil, fmt.Errorf("read schema: %w", err)
	}
	var text bytes.Buffer
	if err := event.Execute(&text, programme.EventTypes()); err != nil {
		return nil, fmt.Errorf("write schema: %w", err)
	}
	texts[eventFile] = text.Bytes()
	return texts, nil
})

// List names the JSON Schemas that are served, by name.
func List() ([]Item, error) {
	texts, err := Texts()
	if err != nil {
		return nil, err
	}
	items := make([]Item, 0, len(texts))
	for _, file := range slices.Sorted(maps.Keys(texts)) {
		item := Item{Name: strings.TrimSuffix(file, ending), URL: Path + "/" + file}
		if err := json.Unmarshal(texts[file], &item); err != nil {
			return nil, fmt.Errorf("read schema %s: %w", item.Name, err)
		}
		items = append(items, item)
	}
	return items, nil
}
