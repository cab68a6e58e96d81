package reckon

import (
	"cmp"
	"maps"
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// entityRecord is everything known of one entity.
type entityRecord struct {
	code     string
	versions []programme.Recorded[programme.Entity] // by sequence
}

// register gives every entity and service its place, in the order of codes, and folds its facts.
func (c *Catalogue) register(
	entities []programme.Recorded[programme.Entity],
	services []programme.Recorded[programme.Service],
	assessments []programme.Recorded[programme.Assessment],
	rollouts []programme.Rollout,
	named Codes,
) {
	c.placeEntities(entities, services, rollouts, named.Entities)
	c.placeServices(services, assessments, rollouts, named.Services)
	versions, steps := programme.BySubject(services), programme.BySubject(assessments)
	events := programme.RolloutsByService(rollouts)
	for i := range c.services {
		record := &c.services[i]
		record.rollouts = events[record.code]
		record.states = programme.FoldRollouts(record.rollouts)
		record.ladder = programme.FoldAssessments(steps[record.code], record.rollouts)
		for _, version := range versions[record.code] {
			record.versions = append(record.versions, c.catalogueVersion(version))
		}
	}
	c.link()
	for i := range c.services {
		c.services[i].reached = c.firstReached(serviceAt(i))
	}
}

func (c *Catalogue) placeEntities(
	entities []programme.Recorded[programme.Entity],
	services []programme.Recorded[programme.Service],
	rollouts []programme.Rollout,
	named []string,
) {
	codes := map[string]bool{}
	for i := range entities {
		codes[entities[i].Subject] = true
	}
	for i := range services {
		codes[services[i].Body.Entity] = true
	}
	for i := range rollouts {
		codes[rollouts[i].Entity] = true
	}
	for _, code := range named {
		codes[code] = true
	}
	delete(codes, "")
	streams := programme.BySubject(entities)
	c.entityIndex = make(map[string]entityAt, len(codes))
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		c.entityIndex[code] = entityAt(len(c.entities))
		c.entities = append(c.entities, entityRecord{code: code, versions: streams[code]})
	}
}

func (c *Catalogue) placeServices(
	services []programme.Recorded[programme.Service],
	assessments []programme.Recorded[programme.Assessment],
	rollouts []programme.Rollout,
	named []string,
) {
	codes := map[string]bool{}
	for i := range services {
		codes[services[i].Subject] = true
		codes[services[i].Body.PartOf] = true
		for _, succeeded := range services[i].Body.Succeeds {
			codes[succeeded] = true
		}
	}
	for i := range assessments {
		codes[assessments[i].Subject] = true
	}
	for i := range rollouts {
		codes[rollouts[i].Service] = true
	}
	for _, code := range named {
		codes[code] = true
	}
	delete(codes, "")
	c.serviceIndex = make(map[string]serviceAt, len(codes))
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		c.serviceIndex[code] = serviceAt(len(c.services))
		c.services = append(c.services, serviceRecord{code: code})
	}
}

func (c *Catalogue) catalogueVersion(fact programme.Recorded[programme.Service]) catalogueVersion {
	version := catalogueVersion{
		Service: fact.Body, from: fact.EffectiveOn, entity: c.findEntity(fact.Body.Entity),
		channels: programme.ChannelSetOf(fact.Body.Channels), partOf: c.findService(fact.Body.PartOf),
	}
	for _, code := range fact.Body.Succeeds {
		if at := c.findService(code); code != fact.Subject {
			version.follows = append(version.follows, at)
		}
	}
	return version
}

// link gives bundles their parts and remembers the services that succeed another.
func (c *Catalogue) link() {
	for i := range c.services {
		at := serviceAt(i)
		succeeds := false
		for _, version := range c.services[i].versions {
			succeeds = succeeds || len(version.follows) > 0
			if version.partOf == noService || version.partOf == at {
				continue
			}
			bundle := &c.services[version.partOf]
			if !slices.Contains(bundle.parts, at) {
				bundle.parts = append(bundle.parts, at)
			}
		}
		if succeeds {
			c.successors = append(c.successors, at)
		}
	}
}

// findEntity returns an entity's place; noEntity for an unknown code.
func (c *Catalogue) findEntity(code string) entityAt {
	if at, found := c.entityIndex[code]; found {
		return at
	}
	return noEntity
}

// findService returns a service's place; noService for an unknown code.
func (c *Catalogue) findService(code string) serviceAt {
	if at, found := c.serviceIndex[code]; found {
		return at
	}
	return noService
}

// entityNamed returns the entity as it is on a date; one without facts is named by its code.
func (c *Catalogue) entityNamed(at entityAt, on civil.Date) programme.Entity {
	record := &c.entities[at]
	entity := programme.Entity{Code: record.code, Name: record.code, NameAr: record.code}
	if fact := programme.InForce(record.versions, on); fact != nil {
		entity.Name = cmp.Or(fact.Body.Name, record.code)
		entity.NameAr = cmp.Or(fact.Body.NameAr, record.code)
	}
	return entity
}
