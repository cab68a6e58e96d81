package page

import (
	"fmt"
	"html/template"
	"io/fs"
	"strings"
	"sync"

	"mirsad/web/templates"
)

// pages are the parsed templates, each with the layout and the parts, by name.
type pages map[string]*template.Template

// ParsePages parses every template, once for the process.
var ParsePages = sync.OnceValues(parsePages)

func parsePages() (pages, error) {
	shared, err := template.New("").ParseFS(templates.Files, "layout.html", "part_*.html")
	if err != nil {
		return nil, fmt.Errorf("parse the shared templates: %w", err)
	}
	files, err := fs.Glob(templates.Files, "page_*.html")
	if err != nil {
		return nil, fmt.Errorf("list the templates: %w", err)
	}
	parsed := pages{}
	for _, file := range files {
		name := strings.TrimSuffix(strings.TrimPrefix(file, "page_"), ".html")
		own, err := shared.Clone()
		if err != nil {
			return nil, fmt.Errorf("copy the shared templates: %w", err)
		}
		if parsed[name], err = own.ParseFS(templates.Files, file); err != nil {
			return nil, fmt.Errorf("parse the template of %s: %w", name, err)
		}
	}
	return parsed, nil
}
