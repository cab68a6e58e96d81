package figures

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
	entities []programme.Recorded[programme.Entity], services []programme.Recorded[programme.Service], assessments []programme.Recorded[programme.Assessment],
	plans []programme.Recorded[programme.Plan], rollouts []programme.Rollout,
) {
	k.placeEntities(entities, services, plans, rollouts)
	k.placeServices(services, assessments, plans, rollouts)
	versions, steps, events := programme.BySubject(services), programme.BySubject(assessments), programme.RolloutsByService(rollouts)
	for i := range k.services {
		record := &k.services[i]
		record.book = usage.None
		record.rollouts = events[record.code]
		record.states = programme.FoldRollouts(record.rollouts)
		record.ladder = programme.FoldAssessments(steps[record.code], record.rollouts)
		for _, version := range versions[record.code] {
			record.versions = append(record.versions, k.catalogueVersion(version))
		}
	}
	k.link()
	for i := range k.services {
		k.services[i].reached = k.firstReached(int32(i))
	}
	k.baselines = k.approvedBaselines(plans)
	k.openBook()
}

func (k *Knowledge) placeEntities(
	entities []programme.Recorded[programme.Entity], services []programme.Recorded[programme.Service], plans []programme.Recorded[programme.Plan], rollouts []programme.Rollout,
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
	for _, code := range k.book.Codes {
		codes[code] = true
	}
	delete(codes, "")
	streams := programme.BySubject(entities)
	k.entityIndex = make(map[string]int32, len(codes))
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		k.entityIndex[code] = int32(len(k.entities)) //nolint:gosec // places fit in 32 bits
		k.entities = append(k.entities, entityRecord{code: code, versions: streams[code]})
	}
}

func (k *Knowledge) placeServices(
	services []programme.Recorded[programme.Service], assessments []programme.Recorded[programme.Assessment], plans []programme.Recorded[programme.Plan], rollouts []programme.Rollout,
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
	for code := range k.book.Services {
		codes[code] = true
	}
	delete(codes, "")
	k.serviceIndex = make(map[string]int32, len(codes))
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		k.serviceIndex[code] = int32(len(k.services)) //nolint:gosec // places fit in 32 bits
		k.services = append(k.services, serviceRecord{code: code})
	}
}

func (k *Knowledge) catalogueVersion(fact programme.Recorded[programme.Service]) catalogueVersion {
	version := catalogueVersion{
		Service: fact.Body, from: fact.EffectiveOn, entity: k.entityAt(fact.Body.Entity),
		channels: programme.ChannelSetOf(fact.Body.Channels), partOf: k.serviceAt(fact.Body.PartOf),
	}
	for _, code := range fact.Body.Succeeds {
		if at := k.serviceAt(code); code != fact.Subject {
			version.follows = append(version.follows, at)
		}
	}
	return version
}

// link tells bundles their parts and remembers who succeeds anybody.
func (k *Knowledge) link() {
	for i := range k.services {
		at := int32(i)
		succeeds := false
		for _, version := range k.services[i].versions {
			succeeds = succeeds || len(version.follows) > 0
			if version.partOf == usage.None || version.partOf == at {
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

// openBook joins the services and entities of the book to those of the facts.
func (k *Knowledge) openBook() {
	for code, at := range k.book.Services {
		k.services[k.serviceIndex[code]].book = at
	}
	k.bookEntity = make([]int32, len(k.book.Codes))
	for at, code := range k.book.Codes {
		k.bookEntity[at] = k.entityAt(code)
	}
}

func (k *Knowledge) entityAt(code string) int32 { return placeOf(k.entityIndex, code) }

func (k *Knowledge) serviceAt(code string) int32 { return placeOf(k.serviceIndex, code) }

func placeOf(index map[string]int32, code string) int32 {
	if at, found := index[code]; found {
		return at
	}
	return usage.None
}

// entityNamed returns the entity as it stands on a date; one without facts is named by its code.
func (k *Knowledge) entityNamed(at int32, on civil.Date) programme.Entity {
	record := &k.entities[at]
	entity := programme.Entity{Code: record.code, Name: record.code, NameAr: record.code}
	if fact := programme.InForce(record.versions, on); fact != nil {
		entity.Name = cmp.Or(fact.Body.Name, record.code)
		entity.NameAr = cmp.Or(fact.Body.NameAr, record.code)
	}
	return entity
}
