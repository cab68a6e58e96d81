package api

import (
	"fmt"
	"log/slog"
	"slices"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// visible names what the asker sees, for the tag of an answer.
func (v *view) visible() string {
	if v.who.SeesAll() {
		return "all"
	}
	return "entity " + v.who.Entity
}

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
	if v.who.Sees(entity) {
		return nil
	}
	v.noteRefusal()
	v.logger.Warn(
		"another entity's object was asked for", slog.String("actor", v.who.ID), slog.String("entity", entity),
	)
	return fmt.Errorf("%w: it belongs to %q", programme.ErrNotFound, entity)
}

// owns reports whether the asker sees the service's detail.
func (v *view) owns(service string) bool {
	return slices.ContainsFunc(
		v.Services, func(s figures.ServiceFigures) bool { return s.Code == service && v.who.Sees(s.Entity) },
	)
}
