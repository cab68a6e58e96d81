package programme

import (
	"cmp"
	"maps"
	"slices"
)

// entityRecord is everything known of one entity.
type entityRecord struct {
	code     string
	versions []recorded[Entity] // by sequence
}

// register gives every entity and service its place, in the order of codes, and folds its facts.
func (k *Knowledge) register(
	entities []recorded[Entity], services []recorded[Service], assessments []recorded[Assessment],
	plans []recorded[Plan], rollouts []Rollout,
) {
	k.placeEntities(entities, services, plans, rollouts)
	k.placeServices(services, assessments, plans, rollouts)
	versions, steps, events := bySubject(services), bySubject(assessments), rolloutsByService(rollouts)
	for i := range k.services {
		record := &k.services[i]
		record.book = none
		record.rollouts = events[record.code]
		record.states = foldRollouts(record.rollouts)
		record.ladder = foldAssessments(steps[record.code], record.rollouts)
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
	entities []recorded[Entity], services []recorded[Service], plans []recorded[Plan], rollouts []Rollout,
) {
	codes := map[string]bool{}
	for i := range entities {
		codes[entities[i].Subject] = true
	}
	for i := range services {
		codes[services[i].body.Entity] = true
	}
	for i := range plans {
		codes[plans[i].Subject] = true
	}
	for i := range rollouts {
		codes[rollouts[i].Entity] = true
	}
	for _, code := range k.book.codes {
		codes[code] = true
	}
	delete(codes, "")
	streams := bySubject(entities)
	k.entityIndex = make(map[string]int32, len(codes))
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		k.entityIndex[code] = int32(len(k.entities)) //nolint:gosec // places fit in 32 bits
		k.entities = append(k.entities, entityRecord{code: code, versions: streams[code]})
	}
}

func (k *Knowledge) placeServices(
	services []recorded[Service], assessments []recorded[Assessment], plans []recorded[Plan], rollouts []Rollout,
) {
	codes := map[string]bool{}
	for i := range services {
		codes[services[i].Subject] = true
		codes[services[i].body.PartOf] = true
		for _, succeeded := range services[i].body.Succeeds {
			codes[succeeded] = true
		}
	}
	for i := range assessments {
		codes[assessments[i].Subject] = true
	}
	for i := range plans {
		for _, milestone := range plans[i].body.Milestones {
			codes[milestone.Service] = true
		}
	}
	for i := range rollouts {
		codes[rollouts[i].Service] = true
	}
	for code := range k.book.services {
		codes[code] = true
	}
	delete(codes, "")
	k.serviceIndex = make(map[string]int32, len(codes))
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		k.serviceIndex[code] = int32(len(k.services)) //nolint:gosec // places fit in 32 bits
		k.services = append(k.services, serviceRecord{code: code})
	}
}

func rolloutsByService(rollouts []Rollout) map[string][]Rollout {
	events := map[string][]Rollout{}
	for from := 0; from < len(rollouts); {
		to := from
		for to < len(rollouts) && rollouts[to].Service == rollouts[from].Service {
			to++
		}
		events[rollouts[from].Service] = rollouts[from:to:to]
		from = to
	}
	return events
}

func (k *Knowledge) catalogueVersion(fact recorded[Service]) catalogueVersion {
	version := catalogueVersion{
		Service: fact.body, from: fact.EffectiveOn, entity: k.entityAt(fact.body.Entity),
		channels: channelSetOf(fact.body.Channels), partOf: k.serviceAt(fact.body.PartOf),
	}
	for _, code := range fact.body.Succeeds {
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
			if version.partOf == none || version.partOf == at {
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
	for code, at := range k.book.services {
		k.services[k.serviceIndex[code]].book = at
	}
	k.bookEntity = make([]int32, len(k.book.codes))
	for at, code := range k.book.codes {
		k.bookEntity[at] = k.entityAt(code)
	}
}

func (k *Knowledge) entityAt(code string) int32 { return placeOf(k.entityIndex, code) }

func (k *Knowledge) serviceAt(code string) int32 { return placeOf(k.serviceIndex, code) }

func placeOf(index map[string]int32, code string) int32 {
	if at, found := index[code]; found {
		return at
	}
	return none
}

// entityNamed returns the entity as it stands on a date; one without facts is named by its code.
func (k *Knowledge) entityNamed(at int32, on Date) Entity {
	record := &k.entities[at]
	entity := Entity{Code: record.code, Name: record.code, NameAr: record.code}
	if fact := inForce(record.versions, on); fact != nil {
		entity.Name = cmp.Or(fact.body.Name, record.code)
		entity.NameAr = cmp.Or(fact.body.NameAr, record.code)
	}
	return entity
}
