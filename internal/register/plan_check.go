package register

import (
	"cmp"
	"fmt"
	"slices"

	"mirsad/internal/civil"
	"mirsad/internal/programme"
)

// Planning is what an entity's milestones are checked against.
type Planning struct {
	Catalogue

	// On is the date that figures describe; approvals are in force from it unless another day is given.
	On civil.Date
	// Starts and Target are the programme's first and last day.
	Starts, Target civil.Date
	// Holidays are the days on which nothing should go live.
	Holidays programme.Calendar
	// Verified is the verified level of each service that has one.
	Verified map[string]programme.Level
	// Plans are the plans of all entities, by code.
	Plans map[string]*PlanRecord
}

// PlanningOf reads what facts say of it: the catalogue, the plans and the holidays.
func PlanningOf(facts []programme.Fact) (*Planning, error) {
	known, err := CatalogueOf(facts)
	if err != nil {
		return nil, err
	}
	plans, err := PlansOf(facts)
	if err != nil {
		return nil, err
	}
	var holidays []programme.Fact
	for _, fact := range facts {
		if fact.Family == programme.FamilyProgramme &&
			fact.Subject == programme.CalendarSubject(programme.CalendarHolidays) {
			holidays = append(holidays, fact)
		}
	}
	slices.SortFunc(holidays, func(a, b programme.Fact) int { return cmp.Compare(a.Seq, b.Seq) })
	calendar, err := programme.CalendarOf(programme.CalendarHolidays, holidays)
	if err != nil {
		return nil, fmt.Errorf("%w: the calendar of holidays: %s", programme.ErrInvalid, err.Error())
	}
	return &Planning{Catalogue: known, Plans: plans, Holidays: calendar}, nil
}

// Record returns everything that an entity ever planned.
func (p *Planning) Record(entity string) *PlanRecord {
	if record := p.Plans[entity]; record != nil {
		return record
	}
	return &PlanRecord{Entity: entity, Revisions: []PlanRevision{}}
}

// The most that a plan and a milestone hold.
const (
	mostMilestones = 5000
	mostEffort     = 10_000
)

// Planned returns the milestones of an entity's plan in force; none before its first approval.
func (p *Planning) Planned(entity string) []programme.Milestone { return p.Record(entity).Planned() }

// Faults returns everything for which an entity's milestones are refused; fields are named milestones.3.planned_on. The
// comment says why milestones of the plan in force are dropped.
func (p *Planning) Faults(entity string, milestones []programme.Milestone, comment string) []programme.Fault {
	var found faults
	switch {
	case len(milestones) == 0:
		found.Add("milestones", "missing")
	case len(milestones) > mostMilestones:
		found.Add("milestones", "too_many", "most", mostMilestones)
		return found.Faults
	}
	check := planCheck{
		Planning: p,
		entity:   entity,
		before:   byCode(p.Planned(entity)),
		codes:    map[string]bool{},
		folded:   map[string]string{},
		planned:  map[string]bool{},
		found:    &found,
	}
	for code := range check.before {
		check.folded[programme.FoldCode(code)] = code
	}
	for i := range milestones {
		check.milestone(fmt.Sprintf("milestones.%d.", i), &milestones[i])
	}
	found.label("comment", comment, longestReason)
	if dropped := check.dropped(); dropped > 0 && comment == "" {
		found.Add("comment", "dropped_without_reason", "n", dropped)
	}
	return found.Faults
}

// planCheck goes through the milestones of one plan.
type planCheck struct {
	*Planning

	entity  string
	before  map[string]*programme.Milestone // the plan in force
	codes   map[string]bool                 // seen so far
	folded  map[string]string               // codes of the plan in force and of those seen, by the code without case
	planned map[string]bool                 // services at a level seen so far
	found   *faults
}

func (c *planCheck) dropped() int {
	dropped := 0
	for code := range c.before {
		if !c.codes[code] {
			dropped++
		}
	}
	return dropped
}

// ownCode refuses a code that is there twice, and one that differs by case alone from another of the plan or of the plan
// in force.
func (c *planCheck) ownCode(field, code string) {
	folded := programme.FoldCode(code)
	existing, known := c.folded[folded]
	switch {
	case c.codes[code]:
		c.found.Add(field, "repeated", "value", code)
	case known && existing != code && c.before[code] == nil:
		c.found.Add(field, "differs_by_case", "value", code, "existing", existing)
	}
	c.codes[code], c.folded[folded] = true, cmp.Or(existing, code)
}

func (c *planCheck) milestone(at string, m *programme.Milestone) {
	before := c.before[m.Code]
	c.found.code(at+"code", m.Code)
	c.ownCode(at+"code", m.Code)
	if before != nil && before.Service != m.Service {
		c.found.Add(at+"code", "of_another_service", "value", m.Code, "service", before.Service)
	}
	c.service(at, m)
	c.level(at, m, before)
	c.dates(at, m, before)
	c.found.channels(at+"channels", m.Channels)
	c.found.codes(at+"depends_on", m.DependsOn, c.hasEntity)
	if i := slices.Index(m.DependsOn, c.entity); i >= 0 {
		c.found.Add(fmt.Sprintf("%sdepends_on.%d", at, i), "itself", "value", c.entity)
	}
	c.found.effort(at+"before.", m.Before)
	c.found.effort(at+"after.", m.After)
	c.found.label(at+"note", m.Note, longestReason)
	c.found.label(at+"reason", m.Reason, longestReason)
	if before != nil && before.PlannedOn != m.PlannedOn && !m.PlannedOn.IsZero() && m.Reason == "" {
		c.found.Add(
			at+"reason", "moved_without_reason",
			"n", int(max(m.PlannedOn-before.PlannedOn, before.PlannedOn-m.PlannedOn)),
		)
	}
}

// service checks that the milestone is about a service of the entity, in the catalogue or proposed with its names.
func (c *planCheck) service(at string, m *programme.Milestone) {
	known, exists := c.Services[m.Service]
	switch {
	case m.Service == "":
		c.found.Add(at+"service", "missing")
	case exists && known.Entity != c.entity:
		c.found.Add(at+"service", "of_another_entity", "value", m.Service)
	case exists && known.Removed:
		c.found.Add(at+"service", "service_removed", "value", m.Service)
	case exists && m.Proposed != nil && c.before[m.Code] == nil: // once approved, a proposal may enter the catalogue
		c.found.Add(at+"proposed", "in_catalogue", "value", m.Service)
	case !exists && m.Proposed == nil:
		c.found.Add(at+"service", "not_proposed", "value", m.Service)
	case !exists:
		c.found.code(at+"service", m.Service)
		c.found.text(at+"proposed.name", m.Proposed.Name, longestName)
		c.found.text(at+"proposed.name_ar", m.Proposed.NameAr, longestName)
	}
}

func (c *planCheck) level(at string, m, before *programme.Milestone) {
	if !m.Level.Valid() {
		c.found.known(at+"level", m.Level)
		return
	}
	once := fmt.Sprintf("%s/%d", m.Service, m.Level)
	if c.planned[once] {
		c.found.Add(at+"level", "planned_twice", "value", m.Service, "level", int(m.Level))
	}
	c.planned[once] = true
	if verified := c.Verified[m.Service]; before == nil && verified >= m.Level {
		c.found.Add(at+"level", "reached_already", "level", int(verified))
	}
}

// dates checks the go-live and the ends of the phases before it, which follow one another.
func (c *planCheck) dates(at string, m, before *programme.Milestone) {
	unmoved := before != nil && before.PlannedOn == m.PlannedOn
	if c.found.day(at+"planned_on", m.PlannedOn, true) && m.PlannedOn < c.Starts && !unmoved {
		c.found.Add(at+"planned_on", "not_between", "from", c.Starts.String(), "to", latestDay.String())
	}
	c.found.day(at+"expected_on", m.ExpectedOn, false)
	last, seen := civil.Date(0), -1
	if most := len(programme.Phases()); len(m.Phases) > most {
		c.found.Add(at+"phases", "too_many", "most", most)
		return
	}
	for i, each := range m.Phases {
		field := fmt.Sprintf("%sphases.%d.", at, i)
		order := slices.Index(programme.Phases(), each.Phase)
		switch {
		case order < 0 || each.Phase == programme.PhaseGoLive:
			c.found.Add(
				field+"phase", "not_one_of", "value", string(each.Phase),
				"allowed", fmt.Sprint(programme.Phases()[:len(programme.Phases())-1]),
			)
			continue
		case order <= seen:
			c.found.Add(field+"phase", "out_of_order", "value", string(each.Phase))
			continue
		}
		seen = order
		if !c.found.day(field+"on", each.On, true) {
			continue
		}
		if each.On < last || (!m.PlannedOn.IsZero() && each.On > m.PlannedOn) {
			c.found.Add(
				field+"on", "not_between",
				"from", cmp.Or(last, earliestDay).String(), "to", cmp.Or(m.PlannedOn, latestDay).String(),
			)
		}
		last = each.On
	}
}

// channels notes channels that do not exist or are given twice.
func (f *faults) channels(field string, channels []programme.Channel) {
	if most := len(programme.Channels()); len(channels) > most {
		f.Add(field, "too_many", "most", most)
		return
	}
	for i, channel := range channels {
		at := fmt.Sprintf("%s.%d", field, i)
		if !slices.Contains(programme.Channels(), channel) {
			f.Add(at, "not_one_of", "value", string(channel), "allowed", fmt.Sprint(programme.Channels()))
		}
		if slices.Index(channels, channel) < i {
			f.Add(at, "repeated", "value", string(channel))
		}
	}
}

func (f *faults) effort(at string, effort *programme.Effort) {
	if effort == nil {
		return
	}
	for _, each := range []struct {
		field string
		value *int
	}{{"visits", effort.Visits}, {"documents", effort.Documents}, {"days", effort.Days}} {
		if each.value != nil {
			f.between(at+each.field, *each.value, 0, mostEffort)
		}
	}
}
