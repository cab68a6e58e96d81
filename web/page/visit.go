package page

import (
	"fmt"
	"net/http"

	"mirsad/internal/access"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// Visit is one request for a page: who asks, in which language, about which dates.
type Visit struct {
	*Kit
	i18n.Words

	Request  *http.Request
	Reader   reader
	Question figures.Question
	Address  Address
	// Figures are those that the reader may see; nil on pages without figures.
	Figures *figures.Figures
	// All are everyone's: only to tell another entity's object from one that nobody has.
	All *figures.Figures
	// Named finds an entity or service of the catalogue by its code.
	Named names
}

// arrive reads who asks for what, without asking for figures.
func (k *Kit) arrive(r *http.Request) *Visit {
	principal, known := access.PrincipalFrom(r.Context())
	language := languageOf(r)
	path := r.URL.Path
	if len(path) >= 3 {
		path = path[3:]
	}
	return &Visit{
		Kit: k, Words: k.Words.In(language), Request: r,
		Reader:  reader{Principal: principal, Known: known},
		Address: Address{Language: language, Path: path, Query: r.URL.Query()},
	}
}

// Gather asks for the figures of the visit's dates and keeps those that the reader may see.
func (v *Visit) Gather() error {
	if !v.Reader.allowed() {
		return programme.ErrForbidden
	}
	question, err := questionOf(v.Address.Query)
	if err != nil {
		return err
	}
	all, err := v.Source.Figures(v.Request.Context(), question)
	if err != nil {
		return fmt.Errorf("gather figures: %w", err)
	}
	v.Question, v.All = question, all
	v.Figures = all
	if !v.Reader.SeesAll() {
		v.Figures = all.Of(v.Reader.Sees)
	}
	v.Named = names{
		Entities: make(map[string]*figures.EntityFigures, len(v.Figures.Entities)),
		Services: make(map[string]*figures.ServiceFigures, len(v.Figures.Services)),
	}
	for i := range v.Figures.Entities {
		v.Named.Entities[v.Figures.Entities[i].Code] = &v.Figures.Entities[i]
	}
	for i := range v.Figures.Services {
		v.Named.Services[v.Figures.Services[i].Code] = &v.Figures.Services[i]
	}
	return nil
}

// Parameter returns a part of the address's path.
func (v *Visit) Parameter(name string) string { return v.Request.PathValue(name) }

// RightToLeft reports whether the page's language is written from the right.
func (v *Visit) RightToLeft() bool { return v.Language.Direction() == "rtl" }
