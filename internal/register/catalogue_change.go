package register

import (
	"fmt"
	"iter"
	"maps"
	"regexp"
	"slices"

	"mirsad/internal/programme"
)

// codeForm keeps codes fit for addresses.
var codeForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`)

// IsCode reports whether a text may be the code of an entity, a service or a campaign.
func IsCode(text string) bool { return codeForm.MatchString(text) }

// Catalogue is which codes there are, as recorded last.
type Catalogue struct {
	Entities map[string]bool
	Services map[string]programme.Service
}

// entityLike returns the entity whose code is the given one but for its case.
func (c Catalogue) entityLike(code string) (existing string, found bool) {
	return likeCode(code, maps.Keys(c.Entities))
}

// serviceLike returns the service whose code is the given one but for its case.
func (c Catalogue) serviceLike(code string) (existing string, found bool) {
	return likeCode(code, maps.Keys(c.Services))
}

// likeCode returns the code that differs from the given one by case alone; the given one itself is none.
func likeCode(code string, existing iter.Seq[string]) (like string, found bool) {
	folded := programme.FoldCode(code)
	for each := range existing {
		if each == code {
			return "", false
		}
		if programme.FoldCode(each) == folded && (!found || each < like) {
			like, found = each, true
		}
	}
	return like, found
}

// CatalogueOf reads the newest version of every entity and service.
func CatalogueOf(facts []programme.Fact) (Catalogue, error) {
	known := Catalogue{Entities: map[string]bool{}, Services: map[string]programme.Service{}}
	entities, err := programme.ReadFamily[programme.Entity](facts, programme.FamilyEntity, programme.NoEnd)
	if err != nil {
		return known, err
	}
	services, err := programme.ReadFamily[programme.Service](facts, programme.FamilyService, programme.NoEnd)
	if err != nil {
		return known, err
	}
	for i := range entities {
		known.Entities[entities[i].Subject] = true
	}
	for i := range services { // by sequence: the newest stays
		known.Services[services[i].Subject] = services[i].Body
	}
	return known, nil
}

func (c Catalogue) hasEntity(code string) bool { return c.Entities[code] }

func (c Catalogue) hasService(code string) bool {
	_, found := c.Services[code]
	return found
}

// CheckEntity returns everything for which an entity is refused, whichever door it comes by, but for its code's twins.
func CheckEntity(next programme.Entity) []programme.Fault {
	var found faults
	found.code("code", next.Code)
	found.text("name", next.Name, longestName)
	found.text("name_ar", next.NameAr, longestName)
	return found.Faults
}

// CheckService returns what is wrong with what a service says of itself, whichever door it comes by; what it names of
// others is checked beside.
func CheckService(next *programme.Service) []programme.Fault {
	var found faults
	found.code("code", next.Code)
	found.text("name", next.Name, longestName)
	found.text("name_ar", next.NameAr, longestName)
	found.label("description", next.Description, longestReason)
	found.label("description_ar", next.DescriptionAr, longestReason)
	found.label("audience", next.Audience, longestLabel)
	found.label("counts_apart", next.CountsApart, longestReason)
	return found.Faults
}

// Entity records a new version of an entity, or a new entity. A new version says from which day it holds.
func (c Change) Entity(code string, next programme.Entity, known Catalogue) Deciding {
	return func(stream []programme.Fact) (programme.Draft, error) {
		var found faults
		found.ownCode(code, next.Code)
		next.Code = code
		if existing, twin := known.entityLike(code); twin {
			found.Add("code", "differs_by_case", "value", code, "existing", existing)
		}
		found.Faults = append(found.Faults, CheckEntity(next)...)
		c.since(stream, &found)
		return c.draft(stream, next, found)
	}
}

// Service records a new version of a service, or a new service. A new version says from which day it holds; a new
// owner is a new version like any other.
func (c Change) Service(code string, next programme.Service, known Catalogue) Deciding {
	return func(stream []programme.Fact) (programme.Draft, error) {
		var found faults
		found.ownCode(code, next.Code)
		next.Code = code
		if existing, twin := known.serviceLike(code); twin {
			found.Add("code", "differs_by_case", "value", code, "existing", existing)
		}
		known.asRecorded(&next)
		found.Faults = append(found.Faults, CheckService(&next)...)
		found.references(next, known)
		c.since(stream, &found)
		return c.draft(stream, next, found)
	}
}

// references checks every code that a service names.
func (f *faults) references(s programme.Service, known Catalogue) {
	switch {
	case s.Entity == "":
		f.Add("entity", "missing")
	case !known.hasEntity(s.Entity):
		f.Add("entity", "unknown_code", "value", s.Entity)
	}
	f.channels("channels", s.Channels)
	f.codes("depends_on", s.DependsOn, known.hasEntity)
	if i := slices.Index(s.DependsOn, s.Entity); i >= 0 {
		f.Add(fmt.Sprintf("depends_on.%d", i), "itself", "value", s.Entity)
	}
	f.codes("succeeds", s.Succeeds, known.hasService)
	if i := slices.Index(s.Succeeds, s.Code); i >= 0 {
		f.Add(fmt.Sprintf("succeeds.%d", i), "itself", "value", s.Code)
	}
	bundle := known.Services[s.PartOf]
	switch {
	case s.PartOf == "":
	case s.PartOf == s.Code:
		f.Add("part_of", "itself", "value", s.Code)
	case !known.hasService(s.PartOf):
		f.Add("part_of", "unknown_code", "value", s.PartOf)
	case bundle.PartOf != "":
		f.Add("part_of", "part_itself", "value", s.PartOf)
	}
}

// ownCode checks a code that is given in the address, and in the body only as the same.
func (f *faults) ownCode(code, given string) {
	if given != "" && given != code {
		f.Add("code", "fixed", "value", code)
	}
}

func (f *faults) code(field, code string) {
	if !IsCode(code) {
		f.Add(field, "not_a_code", "value", code)
	}
}

// mostCodes is how many codes a list of them holds: a programme has some forty entities.
const mostCodes = 500

// codes notes codes that are unknown or given twice.
func (f *faults) codes(field string, codes []string, known func(string) bool) {
	if len(codes) > mostCodes {
		f.Add(field, "too_many", "most", mostCodes)
		return
	}
	seen := make(map[string]bool, len(codes))
	for i, code := range codes {
		switch at := fmt.Sprintf("%s.%d", field, i); {
		case !known(code):
			f.Add(at, "unknown_code", "value", code)
		case seen[code]:
			f.Add(at, "repeated", "value", code)
		}
		seen[code] = true
	}
}

// since asks a later version for its day: without one it would rewrite every past.
func (c Change) since(stream []programme.Fact, found *faults) {
	found.day("effective_on", c.EffectiveOn, len(stream) > 0)
}
