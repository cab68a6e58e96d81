package plan

import (
	"cmp"
	"fmt"

	"mirsad/internal/access"
	"mirsad/internal/act"
	"mirsad/internal/programme"
	"mirsad/internal/register"
)

// planVisit is a visit about one entity's plan.
type planVisit struct {
	*visit

	planning *register.Planning
	entity   string // empty: none is chosen yet
	record   *register.PlanRecord
}

// submits reports whether the reader writes plans, decidesPlans whether they decide on them.
func (v *visit) submits() bool {
	return v.Reader.Known && (v.Reader.Role == access.RoleAgency || v.Reader.Role == access.RoleAdmin)
}

func (v *visit) decidesPlans() bool {
	return v.Reader.SeesAll() && (v.Reader.Role == access.RolePlanner || v.Reader.Role == access.RoleAdmin)
}

// reviews reports whether the reader sees the plans that were submitted.
func (v *visit) reviews() bool {
	return v.MayRead(access.RolePlanner, access.RoleAuditor, access.RoleAdmin) == nil
}

// ownPlan returns the plan that a page of submitting is about: the reader's entity's, or the chosen one's.
func (v *visit) ownPlan(writing bool) (*planVisit, error) {
	if !v.submits() && (writing || !v.Reader.Known || v.Reader.Role != access.RoleAuditor) {
		return nil, programme.ErrForbidden
	}
	p, err := v.planOf(cmp.Or(v.Address.Query.Get("entity"), v.Reader.Entity))
	if err == nil && writing && p.entity == "" {
		return nil, programme.ErrInvalid
	}
	return p, err
}

// planOf gathers what a page about an entity's plan shows.
func (v *visit) planOf(entity string) (*planVisit, error) {
	if err := v.LoadFigures(); err != nil {
		return nil, err
	}
	if entity != "" && v.Named.Entities[entity] == nil {
		return nil, v.NoEntity(entity)
	}
	planning, err := v.deps.Planner.Planning(v.Request.Context())
	if err != nil {
		return nil, fmt.Errorf("gather what plans are checked against: %w", err)
	}
	return &planVisit{visit: v, planning: planning, entity: entity, record: planning.Record(entity)}, nil
}

// to returns the address of a page of this entity's plan.
func (p *planVisit) to(path string, pairs ...string) string {
	if p.Reader.Entity == "" {
		pairs = append(pairs, "entity", p.entity)
	}
	return p.Address.To(path, pairs...)
}

// version is the newest fact of the plan's stream; 0 without one.
func (p *planVisit) version() uint32 {
	newest := uint32(0)
	for i := range p.record.Revisions {
		newest = max(newest, p.record.Revisions[i].Last().Seq)
	}
	return newest
}

// plan is the entity's, to be written.
func (p *planVisit) plan() act.Plan { return p.deps.Acts.Plans.Of(p.entity, p.planning) }
