package adoption

import (
	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/internal/usage"
)

// Use is the use of every service of a catalogue as known at one moment.
// It is immutable and safe for use by many goroutines; every figure of use is a method on it.
type Use struct {
	*catalogue.Catalogue

	index *usage.Index
	// places holds the place in the index of each service of the catalogue; NoService for one without use.
	places []usage.ServiceAt
	// reporters holds the place in the catalogue of each entity of the index.
	reporters []catalogue.EntityAt
}

// Join joins the services and entities of an index to those of a catalogue, in which each of them has a place.
func Join(of *catalogue.Catalogue, index *usage.Index) *Use {
	u := &Use{
		Catalogue: of, index: index,
		places:    make([]usage.ServiceAt, len(of.Services)),
		reporters: make([]catalogue.EntityAt, len(index.Entities())),
	}
	for i := range u.places {
		u.places[i] = usage.NoService
	}
	for at, code := range index.Services() {
		u.places[u.FindService(code)] = usage.ServiceAt(at)
	}
	for at, code := range index.Entities() {
		u.reporters[at] = u.FindEntity(code)
	}
	return u
}

// footprint is when, how finely and by whom use of a service was reported.
func (u *Use) footprint(at catalogue.ServiceAt) usage.Footprint {
	return u.index.Footprint(u.places[at])
}

// LastReported is the last day of which anything of a service was reported by a date; 0 for never.
func (u *Use) LastReported(at catalogue.ServiceAt, on civil.Date) civil.Date {
	seen := u.footprint(at)
	return seen.LastOn(on)
}

// WithDays returns the same use with the sums of events of the days from and to, both included.
func (u *Use) WithDays(rows []programme.EventSum, from, to civil.Date) *Use {
	with := *u
	with.index = u.index.WithDays(rows, from, to)
	return &with
}
