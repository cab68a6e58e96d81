package web

import (
	"fmt"
	"net/http"

	"mirsad/internal/access"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// base is one request for a page: who asks, in which language, about which dates.
type base struct {
	*kit
	i18n.Words

	request  *http.Request
	reader   reader
	question figures.Question
	address  address
	// figures are those that the reader may see; nil on pages without figures.
	figures *figures.Figures
	// all are everyone's: only to tell another entity's object from one that nobody has.
	all *figures.Figures
	// named finds an entity or service of the catalogue by its code.
	named names
}

// arrive reads who asks for what, without asking for figures.
func (k *kit) arrive(r *http.Request) *base {
	principal, known := access.PrincipalFrom(r.Context())
	language := languageOf(r)
	path := r.URL.Path
	if len(path) >= 3 {
		path = path[3:]
	}
	return &base{
		kit: k, Words: k.Words.In(language), request: r,
		reader:  reader{Principal: principal, known: known},
		address: address{language: language, path: path, query: r.URL.Query()},
	}
}

// gather asks for the figures of the visit's dates and keeps those that the reader may see.
func (v *base) gather() error {
	if !v.reader.allowed() {
		return programme.ErrForbidden
	}
	question, err := questionOf(v.address.query)
	if err != nil {
		return err
	}
	all, err := v.Source.Figures(v.request.Context(), question)
	if err != nil {
		return fmt.Errorf("gather figures: %w", err)
	}
	v.question, v.all = question, all
	v.figures = all
	if !v.reader.SeesAll() {
		v.figures = all.Of(v.reader.Sees)
	}
	v.named = names{
		entities: make(map[string]*figures.EntityFigures, len(v.figures.Entities)),
		services: make(map[string]*figures.ServiceFigures, len(v.figures.Services)),
	}
	for i := range v.figures.Entities {
		v.named.entities[v.figures.Entities[i].Code] = &v.figures.Entities[i]
	}
	for i := range v.figures.Services {
		v.named.services[v.figures.Services[i].Code] = &v.figures.Services[i]
	}
	return nil
}

// parameter returns a part of the address's path.
func (v *base) parameter(name string) string { return v.request.PathValue(name) }

// rightToLeft reports whether the page's language is written from the right.
func (v *base) rightToLeft() bool { return v.Language.Direction() == "rtl" }
