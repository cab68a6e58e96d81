package reckon

import (
	"slices"

	"mirsad/internal/adoption"
	"mirsad/internal/catalogue"
	"mirsad/internal/civil"
	"mirsad/internal/programme"
	"mirsad/internal/usage"
)

// Knowledge is what was known as at one moment: the catalogue, the use and the plans.
// It is immutable and safe for use by many goroutines; every figure is a method on it.
type Knowledge struct {
	*adoption.Use

	baselines []baseline // in the order of approval
	plans     map[string][]programme.Recorded[programme.Plan]
	digest    uint64 // of the facts and rollouts; use is not in it
	phases    []programme.MilestoneEvent
}

// NewKnowledge decodes the facts and indexes the use; a fact whose body can't be read is ErrInvalid, named by family,
// subject and sequence.
func NewKnowledge(facts programme.Facts, use programme.Use, knowing catalogue.Knowing) (*Knowledge, error) {
	until := knowing.Until()
	plans, err := programme.ReadFamily[programme.Plan](facts.Streams, programme.FamilyPlan, until)
	if err != nil {
		return nil, err
	}
	if !until.IsZero() {
		use.Statements = slices.DeleteFunc(slices.Clone(use.Statements), func(s programme.Statement) bool {
			return programme.RecordedAfter(s.RecordedAt, until)
		})
	}
	if use.Holidays, err = programme.HolidaysOf(facts.Streams, until); err != nil {
		return nil, err
	}
	index := usage.NewIndex(use)
	catalogue, err := catalogue.New(facts, namedBy(plans, index), knowing)
	if err != nil {
		return nil, err
	}
	k := &Knowledge{
		Use:    adoption.Join(catalogue, index),
		plans:  programme.BySubject(plans),
		digest: digestOf(facts, until),
		phases: facts.Phases,
	}
	k.baselines = k.approvedBaselines(plans)
	return k, nil
}

// WithDays returns the same knowledge with the sums of events of the days from and to, both included.
func (k *Knowledge) WithDays(rows []programme.EventSum, from, to civil.Date) *Knowledge {
	with := *k
	with.Use = k.Use.WithDays(rows, from, to)
	return &with
}

// namedBy are the codes of entities and services in plans and in the use.
func namedBy(plans []programme.Recorded[programme.Plan], index *usage.Index) catalogue.Codes {
	named := catalogue.Codes{Entities: slices.Clone(index.Entities()), Services: slices.Clone(index.Services())}
	for i := range plans {
		named.Entities = append(named.Entities, plans[i].Subject)
		for _, milestone := range plans[i].Body.Milestones {
			named.Services = append(named.Services, milestone.Service)
		}
	}
	return named
}
