package web

import (
	"net/url"

	"mirsad/internal/access"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
)

// names are the catalogue's names by code.
type names struct {
	entities map[string]*figures.EntityFigures
	services map[string]*figures.ServiceFigures
}

// name returns the one of two names that is in the page's language, else the other.
func (v *base) name(english, arabic string) string {
	if (v.Language == i18n.Arabic && arabic != "") || english == "" {
		return arabic
	}
	return english
}

// entityName returns an entity's name, or its code when the reader may not see it.
func (v *base) entityName(code string) string {
	if e := v.named.entities[code]; e != nil {
		return v.name(e.Name, e.NameAr)
	}
	return code
}

// entityLink leads to an entity's page.
func (v *base) entityLink(code string) link {
	return link{Text: v.entityName(code), Address: v.address.to("/entities/" + url.PathEscape(code))}
}

// serviceLink leads to a service's page.
func (v *base) serviceLink(code string) link {
	text := code
	if s := v.named.services[code]; s != nil {
		text = v.name(s.Name, s.NameAr)
	}
	return link{Text: text, Address: v.address.to("/services/" + url.PathEscape(code))}
}

// claimsLink leads to a service's claims: the programme office to where they are verified, others to where they are
// made.
func (v *base) claimsLink(code string) link {
	switch {
	case !v.hasClaims:
		return link{}
	case v.reader.Role == access.RolePlanner:
		return link{Text: v.T("claims.made"), Address: v.address.to("/review/claims", "service", code)}
	case v.mayRead(access.RoleAgency, access.RoleAuditor, access.RoleAdmin) == nil:
		return link{Text: v.T("claims.made"), Address: v.address.to("/claims/" + url.PathEscape(code))}
	default:
		return link{}
	}
}

// anyEntity names an entity of the catalogue, also one whose detail the reader may not see: who takes part in a
// service is told to all who see it.
func (v *base) anyEntity(code string) string {
	for i := range v.all.Entities {
		if v.all.Entities[i].Code == code {
			return v.name(v.all.Entities[i].Name, v.all.Entities[i].NameAr)
		}
	}
	return code
}

func (v *base) programmeName() string {
	return v.name(v.figures.Programme.Name, v.figures.Programme.NameAr)
}
