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
	Words

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

// newVisit reads who asks for what, without asking for figures.
func (k *Kit) newVisit(r *http.Request) *Visit {
	principal, known := access.PrincipalFrom(r.Context())
	language := languageOf(r)
	path := r.URL.Path
	if len(path) >= 3 {
		path = path[3:]
	}
	return &Visit{
		Kit: k, Words: Words{k.Bundle.In(language)}, Request: r,
		Reader:  reader{Principal: principal, Known: known},
		Address: Address{Language: language, Path: path, Query: r.URL.Query()},
	}
}

// LoadFigures asks for the figures of the visit's dates and keeps those that the reader may see.
func (v *Visit) LoadFigures() error {
	if !v.Reader.allowed() {
		return programme.ErrForbidden
	}
	question, err := questionOf(v.Address.Query)
	if err != nil {
		return err
	}
	all, err := v.Source.Figures(v.Request.Context(), question)
	if err != nil {
		return fmt.Errorf("load figures: %w", err)
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
	return v.checkAsked()
}

// checkAsked refuses an entity in the query that the reader does not see, whether the page looks at it or not: it must
// not be answered with the figures of all.
func (v *Visit) checkAsked() error {
	if code := v.Address.Query.Get("entity"); code != "" && v.Named.Entities[code] == nil {
		return v.NoEntity(code)
	}
	return nil
}

// Parameter returns a part of the address's path.
func (v *Visit) Parameter(name string) string { return v.Request.PathValue(name) }

// Speak turns the page to another language than the address's.
func (v *Visit) Speak(language i18n.Language) {
	v.Words, v.Address.Language = Words{v.Bundle.In(language)}, language
}
