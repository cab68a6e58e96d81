package reckon

import (
	"cmp"
	"maps"
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/internal/usage"
)

// entityRecord is everything known of one entity.
type entityRecord struct {
	code     string
	versions []programme.Recorded[programme.Entity] // by sequence
}

// register gives every entity and service its place, in the order of codes, and folds its facts.
func (k *Knowledge) register(
	entities []programme.Recorded[programme.Entity],
	services []programme.Recorded[programme.Service],
	assessments []programme.Recorded[programme.Assessment],
	plans []programme.Recorded[programme.Plan],
	rollouts []programme.Rollout,
) {
	k.placeEntities(entities, services, plans, rollouts)
	k.placeServices(services, assessments, plans, rollouts)
	versions, steps := programme.BySubject(services), programme.BySubject(assessments)
	events := programme.RolloutsByService(rollouts)
	for i := range k.services {
		record := &k.services[i]
		record.use = usage.NoService
		record.rollouts = events[record.code]
		record.states = programme.FoldRollouts(record.rollouts)
		record.ladder = programme.FoldAssessments(steps[record.code], record.rollouts)
		for _, version := range versions[record.code] {
			record.versions = append(record.versions, k.catalogueVersion(version))
		}
	}
	k.link()
	for i := range k.services {
		k.services[i].reached = k.firstReached(serviceAt(i))
	}
	k.baselines = k.approvedBaselines(plans)
	k.joinUse()
}

func (k *Knowledge) placeEntities(
	entities []programme.Recorded[programme.Entity],
	services []programme.Recorded[programme.Service],
	plans []programme.Recorded[programme.Plan],
	rollouts []programme.Rollout,
) {
	codes := map[string]bool{}
	for i := range entities {
		codes[entities[i].Subject] = true
	}
	for i := range services {
		codes[services[i].Body.Entity] = true
	}
	for i := range plans {
		codes[plans[i].Subject] = true
	}
	for i := range rollouts {
		codes[rollouts[i].Entity] = true
	}
	for _, code := range k.use.Entities() {
		codes[code] = true
	}
	delete(codes, "")
	streams := programme.BySubject(entities)
	k.entityIndex = make(map[string]entityAt, len(codes))
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		k.entityIndex[code] = entityAt(len(k.entities))
		k.entities = append(k.entities, entityRecord{code: code, versions: streams[code]})
	}
}

func (k *Knowledge) placeServices(
	services []programme.Recorded[programme.Service],
	assessments []programme.Recorded[programme.Assessment],
	plans []programme.Recorded[programme.Plan],
	rollouts []programme.Rollout,
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
	for i := range plans {
		for _, milestone := range plans[i].Body.Milestones {
			codes[milestone.Service] = true
		}
	}
	for i := range rollouts {
		codes[rollouts[i].Service] = true
	}
	for _, code := range k.use.Services() {
		codes[code] = true
	}
	delete(codes, "")
	k.serviceIndex = make(map[string]serviceAt, len(codes))
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		k.serviceIndex[code] = serviceAt(len(k.services))
		k.services = append(k.services, serviceRecord{code: code})
	}
}

func (k *Knowledge) catalogueVersion(fact programme.Recorded[programme.Service]) catalogueVersion {
	version := catalogueVersion{
		Service: fact.Body, from: fact.EffectiveOn, entity: k.findEntity(fact.Body.Entity),
		channels: programme.ChannelSetOf(fact.Body.Channels), partOf: k.findService(fact.Body.PartOf),
	}
	for _, code := range fact.Body.Succeeds {
		if at := k.findService(code); code != fact.Subject {
			version.follows = append(version.follows, at)
		}
	}
	return version
}

// link gives bundles their parts and remembers the services that succeed another.
func (k *Knowledge) link() {
	for i := range k.services {
		at := serviceAt(i)
		succeeds := false
		for _, version := range k.services[i].versions {
			succeeds = succeeds || len(version.follows) > 0
			if version.partOf == noService || version.partOf == at {
				continue
			}
			bundle := &k.services[version.partOf]
			if !slices.Contains(bundle.parts, at) {
				bundle.parts = append(bundle.parts, at)
			}
		}
		if succeeds {
			k.successors = append(k.successors, at)
		}
	}
}

// joinUse joins the services and entities of the use to those of the facts.
func (k *Knowledge) joinUse() {
	for at, code := range k.use.Services() {
		k.services[k.serviceIndex[code]].use = usage.ServiceAt(at)
	}
	k.useEntities = make([]entityAt, len(k.use.Entities()))
	for at, code := range k.use.Entities() {
		k.useEntities[at] = k.findEntity(code)
	}
}

// findEntity returns an entity's place; noEntity for an unknown code.
func (k *Knowledge) findEntity(code string) entityAt {
	if at, found := k.entityIndex[code]; found {
		return at
	}
	return noEntity
}

// findService returns a service's place; noService for an unknown code.
func (k *Knowledge) findService(code string) serviceAt {
	if at, found := k.serviceIndex[code]; found {
		return at
	}
	return noService
}

// entityNamed returns the entity as it is on a date; one without facts is named by its code.
func (k *Knowledge) entityNamed(at entityAt, on civil.Date) programme.Entity {
	record := &k.entities[at]
	entity := programme.Entity{Code: record.code, Name: record.code, NameAr: record.code}
	if fact := programme.InForce(record.versions, on); fact != nil {
		entity.Name = cmp.Or(fact.Body.Name, record.code)
		entity.NameAr = cmp.Or(fact.Body.NameAr, record.code)
	}
	return entity
}
