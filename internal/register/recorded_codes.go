package register

import (
	"iter"
	"maps"
	"slices"

	"mirsad/internal/programme"
)

// recordedCodes finds codes as they are recorded: what differs from one as people write codes is that one
// (docs/rules.md#entity-and-service).
type recordedCodes struct {
	known  func(code string) bool
	all    func() iter.Seq[string]
	folded map[string]string // nil until a code is met that is not recorded as it is
}

// code returns the recorded code that is meant; the code itself where there is none.
func (r *recordedCodes) code(written string) string {
	if written == "" || r.known(written) {
		return written
	}
	if r.folded == nil {
		r.folded = map[string]string{}
		for _, code := range slices.Backward(slices.Sorted(r.all())) {
			r.folded[programme.FoldCode(code)] = code
		}
	}
	if recorded, is := r.folded[programme.FoldCode(written)]; is {
		return recorded
	}
	return written
}

// codes returns a list of codes as they are recorded.
func (r *recordedCodes) codes(written []string) []string {
	recorded := slices.Clone(written)
	for i := range recorded {
		recorded[i] = r.code(recorded[i])
	}
	return recorded
}

func (c Catalogue) entityCodes() recordedCodes {
	return recordedCodes{known: c.hasEntity, all: func() iter.Seq[string] { return maps.Keys(c.Entities) }}
}

func (c Catalogue) serviceCodes() recordedCodes {
	return recordedCodes{known: c.hasService, all: func() iter.Seq[string] { return maps.Keys(c.Services) }}
}

// AsRecorded returns milestones with the codes of services and entities as they are recorded, so that no plan names one
// in a second way.
func (p *Planning) AsRecorded(milestones []programme.Milestone) []programme.Milestone {
	services, entities := p.serviceCodes(), p.entityCodes()
	recorded := slices.Clone(milestones)
	for i := range recorded {
		m := &recorded[i]
		m.Service, m.DependsOn = services.code(m.Service), entities.codes(m.DependsOn)
	}
	return recorded
}

// asRecorded puts the codes that a service names as they are recorded.
func (c Catalogue) asRecorded(s *programme.Service) {
	services, entities := c.serviceCodes(), c.entityCodes()
	s.Entity, s.DependsOn = entities.code(s.Entity), entities.codes(s.DependsOn)
	s.PartOf, s.Succeeds = services.code(s.PartOf), services.codes(s.Succeeds)
}
