package catalogue

// ServiceAt is the place of a service in Catalogue.Services, and in every list of one value a service.
type ServiceAt int

// EntityAt is the place of an entity in Catalogue.Entities, and in every list of one value an entity.
type EntityAt int

// UnitAt names a unit of succession, in which services count as one: by the place of its first member.
type UnitAt int

// No place at all.
const (
	NoService ServiceAt = -1
	NoEntity  EntityAt  = -1
)
