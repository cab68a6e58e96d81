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

	"mirsad/internal/route"
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

// page returns the handler of a page that shows figures: gather, view, render.
func (w *Web) page(name string, view func(*visit) (any, error)) route.Handler {
	return w.visited(func(rw http.ResponseWriter, v *visit) error {
		if err := v.gather(); err != nil {
			return err
		}
		shown, err := view(v)
		if err != nil {
			return err
		}
		w.render(rw, v, http.StatusOK, name, shown)
		return nil
	})
}

// visited returns the handler of a page; the error that serve returns is answered by a page that says what is wrong.
func (w *Web) visited(serve func(http.ResponseWriter, *visit) error) route.Handler {
	return func(rw http.ResponseWriter, r *http.Request) error {
		v := w.arrive(r)
		if err := serve(rw, v); err != nil {
			w.problem(rw, v, err)
		}
		return nil
	}
}

// render writes a page only once it is whole, so that a fault never leaves half of one.
func (w *Web) render(rw http.ResponseWriter, v *visit, status int, name string, view any) {
	var body bytes.Buffer
	if err := w.pages[name].ExecuteTemplate(&body, "layout", view); err != nil {
		w.Logger.ErrorContext(v.request.Context(), "page not rendered", slog.String("page", name), slog.Any("error", err))
		http.Error(rw, v.T("web.problem.internal.title"), http.StatusInternalServerError)
		return
	}
	h := rw.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", string(v.Language))
	switch {
	case v.unkept:
		h.Set("Cache-Control", "no-store")
	case h.Get("Cache-Control") == "": // pages about people say no-store themselves
		h.Set("Cache-Control", kept)
	}
	if status == http.StatusOK && notModified(rw, v.request, body.Bytes()) {
		return
	}
	rw.WriteHeader(status)
	_, _ = body.WriteTo(rw) // the browser went away; nobody is left to tell
}
