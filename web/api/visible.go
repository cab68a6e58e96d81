package api

import (
	"fmt"
	"log/slog"
	"slices"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// bound returns the entity whose detail alone the asker sees; "" for who sees every entity's. Totals of the
// programme are everyone's.
func (v *view) bound() string {
	if v.who.Admin() {
		return ""
	}
	return v.who.Entity
}

// sees reports whether the asker sees the entity's detail.
func (v *view) sees(entity string) bool { return v.bound() == "" || v.bound() == entity }

// entity returns an entity's figures; unknown or another's is ErrNotFound alike.
func (v *view) entity(code string) (*figures.EntityFigures, error) {
	for i := range v.Entities {
		if v.Entities[i].Code == code {
			return &v.Entities[i], v.mayOpen(code)
		}
	}
	return nil, fmt.Errorf("%w: entity %q", programme.ErrNotFound, code)
}

// service returns a service's figures; unknown or another entity's is ErrNotFound alike.
func (v *view) service(code string) (*figures.ServiceFigures, error) {
	for i := range v.Services {
		if v.Services[i].Code == code {
			return &v.Services[i], v.mayOpen(v.Services[i].Entity)
		}
	}
	return nil, fmt.Errorf("%w: service %q", programme.ErrNotFound, code)
}

// mayOpen tells the log and the audit record, and nobody else, that an object is there but another's.
func (v *view) mayOpen(entity string) error {
	if v.sees(entity) {
		return nil
	}
	v.noteRefusal()
	v.logger.Warn("another entity's object was asked for", slog.String("actor", v.who.ID), slog.String("entity", entity))
	return fmt.Errorf("%w: it belongs to %q", programme.ErrNotFound, entity)
}

// owns reports whether the asker sees the service's detail.
func (v *view) owns(service string) bool {
	return slices.ContainsFunc(v.Services, func(s figures.ServiceFigures) bool { return s.Code == service && v.sees(s.Entity) })
}
