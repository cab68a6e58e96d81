package page

import (
	"net/url"
	"strings"

	"mirsad/internal/access"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
)

// names are the catalogue's names by code.
type names struct {
	Entities map[string]*figures.EntityFigures
	Services map[string]*figures.ServiceFigures
}

// EntityName returns an entity's name, or its code when the reader may not see it.
func (v *Visit) EntityName(code string) string {
	if e := v.Named.Entities[code]; e != nil {
		return v.Name(e.Name, e.NameAr)
	}
	return code
}

// EntityLink leads to an entity's page.
func (v *Visit) EntityLink(code string) Link {
	return Link{Text: v.EntityName(code), Address: v.Address.To("/entities/" + url.PathEscape(code))}
}

// ServiceLink leads to a service's page.
func (v *Visit) ServiceLink(code string) Link {
	text := code
	if s := v.Named.Services[code]; s != nil {
		text = v.Name(s.Name, s.NameAr)
	}
	return Link{Text: text, Address: v.Address.To("/services/" + url.PathEscape(code))}
}

// ClaimsLink leads to a service's claims: the programme office to where they are verified, others to where they are
// made.
func (v *Visit) ClaimsLink(code string) Link {
	switch {
	case v.Reader.Role == access.RolePlanner:
		return Link{Text: v.T("claims.made"), Address: v.Address.To("/review/claims", "service", code)}
	case v.MayRead(access.RoleAgency, access.RoleAuditor, access.RoleAdmin) == nil:
		return Link{Text: v.T("claims.made"), Address: v.Address.To("/claims/" + url.PathEscape(code))}
	default:
		return Link{}
	}
}

// AnyEntity names an entity of the catalogue, also one whose detail the reader may not see: who takes part in a
// service is told to all who see it.
func (v *Visit) AnyEntity(code string) string {
	for i := range v.All.Entities {
		if v.All.Entities[i].Code == code {
			return v.Name(v.All.Entities[i].Name, v.All.Entities[i].NameAr)
		}
	}
	return code
}

// ProgrammeName is the programme's name in the page's language.
func (v *Visit) ProgrammeName() string {
	return v.Name(v.Figures.Programme.Name, v.Figures.Programme.NameAr)
}

// Args pairs names and values for a text.
func Args(pairs ...any) i18n.Args {
	out := i18n.Args{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if name, ok := pairs[i].(string); ok {
			out[name] = pairs[i+1]
		}
	}
	return out
}

// ActorName words who did something: a person by their sign-in name, the operator of the command line and the program itself
// by what they are.
func (w Words) ActorName(actor string) string {
	switch name, isOperator := strings.CutPrefix(actor, "operator/"); {
	case isOperator:
		return w.T("audit.operator", i18n.Args{"name": name})
	case actor == "anonymous":
		return w.T("audit.anonymous")
	case actor == "system", actor == "program":
		return w.T("audit.system")
	default:
		return actor
	}
}

// Isolated keeps entered text from turning the words around it: it has a direction of its own.
func Isolated(text string) string { return "\u2068" + text + "\u2069" }
