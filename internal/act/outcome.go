package act

import (
	"context"

	"mirsad/internal/access"
	"mirsad/internal/programme"
)

// Outcome is what an act did, or in a dry run would do. It comes with an error too, when it is known what the act was
// about: then nothing was recorded.
type Outcome[T any] struct {
	// Object is what the act was about, and Entity the entity that owns it, as the audit record names them.
	Object, Entity string
	// Before is what was recorded before; nil for nothing.
	Before *T
	// After is what is recorded now or, of a dry run, would be; of an unchanged act it is what was recorded already.
	// It is nil beside an error.
	After *T
	// Dry says that the act was only tried, Unchanged that it would record what is recorded already.
	Dry, Unchanged bool
	// Effect is what settings that are tried would do to the counted total; nil for nothing.
	Effect *programme.Effect

	shown func(*T) any
}

// nothingRecorded is what the audit record says of an act that recorded nothing.
type nothingRecorded struct {
	DryRun    bool `json:"dry_run,omitempty"`
	Unchanged bool `json:"unchanged"`
}

// Recorded reports whether the act recorded anything.
func (o *Outcome[T]) Recorded() bool { return o.After != nil && !o.Dry && !o.Unchanged }

// Note says for the audit row of the request what became of the act.
func (o *Outcome[T]) Note(ctx context.Context) {
	switch {
	case o.Object == "": // it is not known what it was about: the row keeps the address
	case o.Recorded():
		var before any
		if o.Before != nil {
			before = o.shown(o.Before)
		}
		access.NoteAct(ctx, o.Object, o.Entity, before, o.shown(o.After))
	default:
		access.NoteAct(ctx, o.Object, o.Entity, nil, nothingRecorded{DryRun: o.Dry, Unchanged: true})
	}
}

// about begins the outcome of an act on a stream.
func about[T any](by By, family programme.Family, subject, entity string, shown func(*T) any) Outcome[T] {
	return Outcome[T]{Object: string(family) + "/" + subject, Entity: entity, Dry: by.Dry, shown: shown}
}
