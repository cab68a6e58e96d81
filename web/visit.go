package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"mirsad/internal/access"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// visit is one request for a page: who asks, in which language, about which dates.
type visit struct {
	*Web
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
	// unkept marks a page that nobody may keep, the browser's history neither.
	unkept bool
}

// names are the catalogue's names by code.
type names struct {
	entities map[string]*figures.EntityFigures
	services map[string]*figures.ServiceFigures
}

// arrive reads who asks for what, without asking for figures.
func (w *Web) arrive(r *http.Request) *visit {
	principal, known := access.PrincipalFrom(r.Context())
	language := languageOf(r)
	path := r.URL.Path
	if len(path) >= 3 {
		path = path[3:]
	}
	return &visit{
		Web: w, Words: w.Words.In(language), request: r,
		reader:  reader{Principal: principal, known: known},
		address: address{language: language, path: path, query: r.URL.Query()},
	}
}

// gather asks for the figures of the visit's dates and keeps those that the reader may see.
func (v *visit) gather() error {
	if !v.reader.allowed() {
		return programme.ErrForbidden
	}
	question, err := questionOf(v.address.query)
	if err != nil {
		return err
	}
	all, err := v.Figures.Figures(v.request.Context(), question)
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

// noEntity is the error of an entity that the reader does not see; the audit record is told when it is another's.
func (v *visit) noEntity(code string) error {
	return v.notSeen(slices.ContainsFunc(v.all.Entities, func(e figures.EntityFigures) bool { return e.Code == code }))
}

// noService is noEntity for a service.
func (v *visit) noService(code string) error {
	return v.notSeen(slices.ContainsFunc(v.all.Services, func(s figures.ServiceFigures) bool { return s.Code == code }))
}

func (v *visit) notSeen(there bool) error {
	if there {
		access.NoteRefusal(v.request.Context(), programme.TokenOtherEntity)
	}
	return programme.ErrNotFound
}

// parameter returns a part of the address's path.
func (v *visit) parameter(name string) string { return v.request.PathValue(name) }

// name returns the one of two names that is in the page's language, else the other.
func (v *visit) name(english, arabic string) string {
	if (v.Language == i18n.Arabic && arabic != "") || english == "" {
		return arabic
	}
	return english
}

// entityName returns an entity's name, or its code when the reader may not see it.
func (v *visit) entityName(code string) string {
	if e := v.named.entities[code]; e != nil {
		return v.name(e.Name, e.NameAr)
	}
	return code
}

// entityLink leads to an entity's page.
func (v *visit) entityLink(code string) link {
	return link{Text: v.entityName(code), Address: v.address.to("/entities/" + url.PathEscape(code))}
}

// serviceLink leads to a service's page.
func (v *visit) serviceLink(code string) link {
	text := code
	if s := v.named.services[code]; s != nil {
		text = v.name(s.Name, s.NameAr)
	}
	return link{Text: text, Address: v.address.to("/services/" + url.PathEscape(code))}
}

// rightToLeft reports whether the page's language is written from the right.
func (v *visit) rightToLeft() bool { return v.Language.Direction() == "rtl" }

// anyEntity names an entity of the catalogue, also one whose detail the reader may not see: who takes part in a
// service is told to all who see it.
func (v *visit) anyEntity(code string) string {
	for i := range v.all.Entities {
		if v.all.Entities[i].Code == code {
			return v.name(v.all.Entities[i].Name, v.all.Entities[i].NameAr)
		}
	}
	return code
}
