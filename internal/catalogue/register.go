package catalogue

import (
	"cmp"
	"maps"
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// Entity is everything known of one entity.
type Entity struct {
	Code     string
	Versions []programme.Recorded[programme.Entity] // by sequence
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
	for i := range c.Services {
		record := &c.Services[i]
		record.Rollouts = events[record.Code]
		record.States = programme.FoldRollouts(record.Rollouts)
		record.Ladder = programme.FoldAssessments(steps[record.Code], record.Rollouts)
		for _, version := range versions[record.Code] {
			record.Versions = append(record.Versions, c.versionOf(version))
		}
	}
	c.link()
	for i := range c.Services {
		c.Services[i].Reached = c.firstReached(ServiceAt(i))
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
	c.entityIndex = make(map[string]EntityAt, len(codes))
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		c.entityIndex[code] = EntityAt(len(c.Entities))
		c.Entities = append(c.Entities, Entity{Code: code, Versions: streams[code]})
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
	c.serviceIndex = make(map[string]ServiceAt, len(codes))
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		c.serviceIndex[code] = ServiceAt(len(c.Services))
		c.Services = append(c.Services, Service{Code: code})
	}
}

func (c *Catalogue) versionOf(fact programme.Recorded[programme.Service]) Version {
	version := Version{
		Service: fact.Body, From: fact.EffectiveOn, Owner: c.FindEntity(fact.Body.Entity),
		Listed: programme.ChannelSetOf(fact.Body.Channels), bundle: c.FindService(fact.Body.PartOf),
	}
	for _, code := range fact.Body.Succeeds {
		if at := c.FindService(code); code != fact.Subject {
			version.Follows = append(version.Follows, at)
		}
	}
	return version
}

// link gives bundles their parts and remembers the services that succeed another.
func (c *Catalogue) link() {
	for i := range c.Services {
		at := ServiceAt(i)
		succeeds := false
		for _, version := range c.Services[i].Versions {
			succeeds = succeeds || len(version.Follows) > 0
			if version.bundle == NoService || version.bundle == at {
				continue
			}
			bundle := &c.Services[version.bundle]
			if !slices.Contains(bundle.Parts, at) {
				bundle.Parts = append(bundle.Parts, at)
			}
		}
		if succeeds {
			c.Successors = append(c.Successors, at)
		}
	}
}

// FindEntity returns an entity's place; NoEntity for an unknown code.
func (c *Catalogue) FindEntity(code string) EntityAt {
	if at, found := c.entityIndex[code]; found {
		return at
	}
	return NoEntity
}

// FindService returns a service's place; NoService for an unknown code.
func (c *Catalogue) FindService(code string) ServiceAt {
	if at, found := c.serviceIndex[code]; found {
		return at
	}
	return NoService
}

// EntityNamed returns the entity as it is on a date; one without facts is named by its code.
func (c *Catalogue) EntityNamed(at EntityAt, on civil.Date) programme.Entity {
	record := &c.Entities[at]
	entity := programme.Entity{Code: record.Code, Name: record.Code, NameAr: record.Code}
	if fact := programme.InForce(record.Versions, on); fact != nil {
		entity.Name = cmp.Or(fact.Body.Name, record.Code)
		entity.NameAr = cmp.Or(fact.Body.NameAr, record.Code)
	}
	return entity
}
