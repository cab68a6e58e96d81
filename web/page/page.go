package page

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
	"sync"

	"mirsad/internal/route"
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

// Room makes the handlers of the pages of one kind; V is a visit with what those pages need beside.
type Room[V any] struct {
	*Kit

	// Own gives a visit what these pages need.
	Own func(*Visit) V
}

// Arrive reads who asks for what, without asking for figures.
func (r *Room[V]) Arrive(request *http.Request) V { return r.Own(r.arrive(request)) }

// Page returns the handler of a page that shows figures: gather, view, render.
func (r *Room[V]) Page(name string, view func(V) (any, error)) route.Handler {
	return func(rw http.ResponseWriter, request *http.Request) error {
		v := r.arrive(request)
		if err := v.Gather(); err != nil {
			r.ShowProblem(rw, v, err)
			return nil
		}
		shown, err := view(r.Own(v))
		if err != nil {
			r.ShowProblem(rw, v, err)
			return nil
		}
		r.Render(rw, v, http.StatusOK, name, shown)
		return nil
	}
}

// Visited returns the handler of a page; the error that serve returns is answered by a page that says what is wrong.
func (r *Room[V]) Visited(serve func(http.ResponseWriter, V) error) route.Handler {
	return func(rw http.ResponseWriter, request *http.Request) error {
		v := r.arrive(request)
		if err := serve(rw, r.Own(v)); err != nil {
			r.ShowProblem(rw, v, err)
		}
		return nil
	}
}

// Render writes a page only once it is whole, so that a fault never leaves half of one.
func (k *Kit) Render(rw http.ResponseWriter, v *Visit, status int, name string, view any) {
	var body bytes.Buffer
	if err := k.Pages[name].ExecuteTemplate(&body, "layout", view); err != nil {
		k.Logger.ErrorContext(v.Request.Context(), "page not rendered", slog.String("page", name), slog.Any("error", err))
		http.Error(rw, v.T("web.problem.internal.title"), http.StatusInternalServerError)
		return
	}
	h := rw.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", string(v.Language))
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", Kept)
	}
	if status == http.StatusOK && NotModified(rw, v.Request, body.Bytes()) {
		return
	}
	rw.WriteHeader(status)
	_, _ = body.WriteTo(rw) // the browser went away; nobody is left to tell
}

// NoStore answers with a page that nobody keeps, the browser's history neither: one about people, or of what was just
// decided.
func (k *Kit) NoStore(rw http.ResponseWriter, v *Visit, status int, name string, view any) {
	rw.Header().Set("Cache-Control", "no-store")
	k.Render(rw, v, status, name, view)
}

// Plain is a handler that answers its errors itself.
func Plain(handler http.HandlerFunc) route.Handler { return route.Serve(handler) }
