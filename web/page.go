package web

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"

	"mirsad/internal/route"
	"mirsad/web/templates"
)

// pages are the parsed templates, each with the layout and the parts, by name.
type pages map[string]*template.Template

// parsePages parses every template once, at start.
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

// room makes the handlers of the pages of one kind; V is a visit with what those pages need beside.
type room[V any] struct {
	*kit

	// own gives a visit what these pages need.
	own func(*base) V
}

// arrive reads who asks for what, without asking for figures.
func (r *room[V]) arrive(request *http.Request) V { return r.own(r.kit.arrive(request)) }

// page returns the handler of a page that shows figures: gather, view, render.
func (r *room[V]) page(name string, view func(V) (any, error)) route.Handler {
	return func(rw http.ResponseWriter, request *http.Request) error {
		v := r.kit.arrive(request)
		if err := v.gather(); err != nil {
			r.problem(rw, v, err)
			return nil
		}
		shown, err := view(r.own(v))
		if err != nil {
			r.problem(rw, v, err)
			return nil
		}
		r.render(rw, v, http.StatusOK, name, shown)
		return nil
	}
}

// visited returns the handler of a page; the error that serve returns is answered by a page that says what is wrong.
func (r *room[V]) visited(serve func(http.ResponseWriter, V) error) route.Handler {
	return func(rw http.ResponseWriter, request *http.Request) error {
		v := r.kit.arrive(request)
		if err := serve(rw, r.own(v)); err != nil {
			r.problem(rw, v, err)
		}
		return nil
	}
}

// render writes a page only once it is whole, so that a fault never leaves half of one.
func (k *kit) render(rw http.ResponseWriter, v *base, status int, name string, view any) {
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
func (k *kit) noStore(rw http.ResponseWriter, v *base, status int, name string, view any) {
	rw.Header().Set("Cache-Control", "no-store")
	k.render(rw, v, status, name, view)
}
