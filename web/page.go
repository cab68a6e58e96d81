package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
)

//go:embed templates/*.html
var templates embed.FS

// pages are the parsed templates, each with the layout and the parts, by name.
type pages map[string]*template.Template

// parsePages parses every template once, at start.
func parsePages() (pages, error) {
	shared, err := template.New("").ParseFS(templates, "templates/layout.html", "templates/part_*.html")
	if err != nil {
		return nil, fmt.Errorf("parse the shared templates: %w", err)
	}
	files, err := fs.Glob(templates, "templates/page_*.html")
	if err != nil {
		return nil, fmt.Errorf("list the templates: %w", err)
	}
	parsed := pages{}
	for _, file := range files {
		name := strings.TrimSuffix(strings.TrimPrefix(file, "templates/page_"), ".html")
		own, err := shared.Clone()
		if err != nil {
			return nil, fmt.Errorf("copy the shared templates: %w", err)
		}
		if parsed[name], err = own.ParseFS(templates, file); err != nil {
			return nil, fmt.Errorf("parse the template of %s: %w", name, err)
		}
	}
	return parsed, nil
}

// showFigures answers with a page that shows figures: gather, view, render.
func (k *kit) showFigures(rw http.ResponseWriter, v *visit, name string, view func(*visit) (any, error)) {
	if err := v.gather(); err != nil {
		k.problem(rw, v, err)
		return
	}
	shown, err := view(v)
	if err != nil {
		k.problem(rw, v, err)
		return
	}
	k.render(rw, v, http.StatusOK, name, shown)
}

// render writes a page only once it is whole, so that a fault never leaves half of one.
func (k *kit) render(rw http.ResponseWriter, v *visit, status int, name string, view any) {
	var body bytes.Buffer
	if err := k.pages[name].ExecuteTemplate(&body, "layout", view); err != nil {
		k.Logger.ErrorContext(v.request.Context(), "page not rendered", slog.String("page", name), slog.Any("error", err))
		http.Error(rw, v.T("web.problem.internal.title"), http.StatusInternalServerError)
		return
	}
	h := rw.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", string(v.Language))
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", kept)
	}
	if status == http.StatusOK && notModified(rw, v.request, body.Bytes()) {
		return
	}
	rw.WriteHeader(status)
	_, _ = body.WriteTo(rw) // the browser went away; nobody is left to tell
}

// noStore answers with a page that nobody keeps, the browser's history neither: one about people, or of what was just
// decided.
func (k *kit) noStore(rw http.ResponseWriter, v *visit, status int, name string, view any) {
	rw.Header().Set("Cache-Control", "no-store")
	k.render(rw, v, status, name, view)
}
