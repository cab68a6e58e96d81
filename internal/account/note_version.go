package account

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"mirsad/internal/access"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// nothingChanged is what the audit record says of a change that recorded nothing.
type nothingChanged struct {
	DryRun    bool `json:"dry_run,omitempty"`
	Unchanged bool `json:"unchanged,omitempty"`
}

// NoteNoVersion says for the audit row of a request that it recorded no version of a subject, because it only tried
// (dry) or because the same stands already; the entity is the one whose subject it is, empty for none.
func NoteNoVersion(ctx context.Context, family programme.Family, subject, entity string, dry bool) {
	access.NoteAct(ctx, string(family)+"/"+subject, entity, nil, nothingChanged{DryRun: dry, Unchanged: true})
}

// NoteVersion says for the audit row of a request which version it recorded, what stood before and, where it is an
// entity's or one of its services, whose it is.
func NoteVersion(ctx context.Context, before, after programme.Fact) {
	entity := ""
	switch after.Family {
	case programme.FamilyEntity:
		entity = after.Subject
	case programme.FamilyService:
		var service programme.Service
		if json.Unmarshal(after.Body, &service) == nil { // it was written from one
			entity = service.Entity
		}
	}
	var was any
	if before.Seq > 0 {
		was = before.Body
	}
	access.NoteAct(ctx, string(after.Family)+"/"+after.Subject, entity, was, after.Body)
}

// NotePlan says for the audit row of a request which step it added to the stream of an entity's plan, and returns the
// revision as it stands then.
func NotePlan(ctx context.Context, entity string, stream []programme.Fact, fact programme.Fact) (*register.PlanRevision, error) {
	before, err := register.PlanOf(entity, stream)
	if err != nil {
		return nil, err
	}
	after, err := register.PlanOf(entity, append(slices.Clone(stream), fact))
	if err != nil {
		return nil, err
	}
	revision := after.Newest()
	var was any
	if standing := before.Revision(revision.Revision); standing != nil {
		was = standing.Note()
	}
	access.NoteAct(ctx, fmt.Sprintf("plan/%s/%d", entity, revision.Revision), entity, was, revision.Note())
	return revision, nil
}
