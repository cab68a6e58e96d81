package adoption

import (
	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/internal/usage"
)

// eachShare attributes a part to the entities that reported it, and one that is missing to the owner: the count
// follows the owner, use stays with the entity that reported it (docs/rules.md#use-of-an-entity).
func (u *Use) eachShare(
	at catalogue.ServiceAt, s *Span, whole part, set programme.ChannelSet, measure programme.MeasureIndex,
	yield func(catalogue.EntityAt, part),
) {
	if whole.rank == usage.NoPart {
		return
	}
	reporters := u.index.Reporters(u.places[at])
	switch {
	case !whole.reported() || len(reporters) == 0:
		if owner := u.ownerIn(at, s); owner != catalogue.NoEntity {
			yield(owner, whole)
		}
	case len(reporters) == 1:
		yield(u.reporters[reporters[0]], whole)
	default:
		for _, reporter := range reporters {
			if p := u.spoken(at, s, set, measure, reporter); p.reported() {
				yield(u.reporters[reporter], p)
			}
		}
	}
}

// ownerIn is the owner of a service in a period; of what has left the catalogue that of its oldest entry
// (docs/rules.md#owner).
func (u *Use) ownerIn(at catalogue.ServiceAt, s *Span) catalogue.EntityAt {
	if versions := u.Services[at].Versions; s.Owner == catalogue.NoEntity && len(versions) > 0 {
		return versions[0].Owner
	}
	return s.Owner
}

// partsOfEntity returns every service's part of a period, as far as one entity reported it or, where it is
// missing, owns the service.
func (u *Use) partsOfEntity(
	p civil.Period, set programme.ChannelSet, measure programme.MeasureIndex, on civil.Date, entity catalogue.EntityAt,
) []part {
	parts := make([]part, len(u.Services))
	for i, whole := range u.partsOf(p, set, measure, on) {
		at := catalogue.ServiceAt(i)
		s := u.SpanOf(at, p, on)
		u.eachShare(at, &s, whole, set, measure, func(reporter catalogue.EntityAt, share part) {
			if reporter == entity {
				parts[at] = share
			}
		})
	}
	return parts
}
