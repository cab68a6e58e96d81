package reckon

// serviceAt is the place of a service in Knowledge.services, and in every list of one value a service.
type serviceAt int

// entityAt is the place of an entity in Knowledge.entities, and in every list of one value an entity.
type entityAt int

// unitAt names a unit of succession, in which services count as one: by the place of its first member.
type unitAt int

// No place at all.
const (
	noService serviceAt = -1
	noEntity  entityAt  = -1
)
