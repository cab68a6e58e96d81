package plan

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"

	"mirsad/internal/intake"
	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/web/page"
)

// shownDependencies is how many entities the form of a milestone has room for at least.
const shownDependencies = 3

// mostDependencies is how many the form reads at most.
const mostDependencies = 20

// milestoneValues are the form's values of a milestone.
func milestoneValues(m *programme.Milestone) url.Values {
	values := url.Values{
		"service": {m.Service}, "level": {strconv.Itoa(int(m.Level))}, "planned_on": {m.PlannedOn.String()},
		"note": {m.Note}, "reason": {m.Reason},
	}
	if !m.ExpectedOn.IsZero() {
		values.Set("expected_on", m.ExpectedOn.String())
	}
	if m.Proposed != nil {
		values.Set("service", "")
		values.Set("new_service", m.Service)
		values.Set("proposed.name", m.Proposed.Name)
		values.Set("proposed.name_ar", m.Proposed.NameAr)
	}
	for _, channel := range m.Channels {
		values.Set("channels."+string(channel), "on")
	}
	for _, phase := range m.Phases {
		values.Set("phases."+string(phase.Phase), phase.On.String())
	}
	for i, entity := range m.DependsOn {
		values.Set("depends_on."+strconv.Itoa(i), entity)
	}
	for _, when := range []struct {
		name   string
		effort *programme.Effort
	}{{"before", m.Before}, {"after", m.After}} {
		if when.effort == nil {
			continue
		}
		for _, part := range effortParts(when.effort) {
			if part.value != nil {
				values.Set(when.name+"."+part.name, strconv.Itoa(*part.value))
			}
		}
	}
	return values
}

// readMilestone reads the form; what can't be read is noted.
func readMilestone(values url.Values) *sentMilestone {
	s := &sentMilestone{values: values, MilestoneChange: register.MilestoneChange{
		Code: values.Get("milestone"), Dropped: values.Get("act") == "drop", Why: values.Get("dropping"),
	}}
	text := func(name string) string { return page.FormText(values, name) }
	m := &s.Milestone
	m.Code, m.Service, m.Level = s.Code, values.Get("service"), page.FormLevel(values, "level")
	if m.Service == "" {
		m.Service = text("new_service")
		names := programme.ProposedService{Name: text("proposed.name"), NameAr: text("proposed.name_ar")}
		if m.Service != "" || names.Name != "" || names.NameAr != "" {
			m.Proposed = &names
		}
	}
	m.PlannedOn, m.ExpectedOn = page.FormDate(values, "planned_on", &s.Unread), page.FormDate(
		values, "expected_on", &s.Unread,
	)
	m.Note, m.Reason = text("note"), text("reason")
	for _, channel := range programme.Channels() {
		if values.Get("channels."+string(channel)) != "" {
			m.Channels = append(m.Channels, channel)
		}
	}
	for _, phase := range programme.Phases() {
		if on := page.FormDate(values, "phases."+string(phase), &s.Unread); !on.IsZero() {
			m.Phases = append(m.Phases, programme.PlannedPhase{Phase: phase, On: on})
		}
	}
	for i := range mostDependencies {
		name := "depends_on." + strconv.Itoa(i)
		if entity := values.Get(name); entity != "" {
			m.DependsOn, s.dependsOn = append(m.DependsOn, entity), append(s.dependsOn, name)
		}
	}
	m.Before, m.After = s.effort("before"), s.effort("after")
	return s
}

// effort reads what one use takes; nil when nothing is said.
func (s *sentMilestone) effort(when string) *programme.Effort {
	read := func(part string) *int {
		name := when + "." + part
		whole, reason := intake.Whole(s.values.Get(name))
		number := int(whole)
		switch reason {
		case "":
		case intake.Empty:
			return nil
		default:
			number = -1 // out of range for the plan's own check
		}
		return &number
	}
	e := &programme.Effort{Visits: read("visits"), Documents: read("documents"), Days: read("days")}
	if e.Visits == nil && e.Documents == nil && e.Days == nil {
		return nil
	}
	return e
}

// formField is a field of a form about a plan, with its hint where the locale has one.
func (p *planVisit) formField(values url.Values, name, kind, label string) page.Field {
	f := page.NewField(name, kind, label, values.Get(name))
	if name == "new_service" {
		f.Direction = "ltr"
	}
	if kind == "checkbox" {
		f.Layout = "tick"
	}
	if hint := "submit.hint." + name; p.Has(hint) {
		f.Hint = p.T(hint)
	}
	return f
}

func (p *planVisit) milestoneFields(values url.Values) []fieldGroup {
	required := func(name, kind string) page.Field { return p.formField(values, name, kind, p.planField(name)) }
	open := func(name, kind string) page.Field { return page.Optional(required(name, kind)) }
	service, level := required("service", "select"), required("level", "select")
	service.Required = false
	service.Options, level.Options = p.serviceChoices(service.Value), p.levelChoices(level.Value)
	phases := fieldGroup{Legend: p.T("template.group.phases")}
	for _, phase := range programme.Phases() {
		if phase != programme.PhaseGoLive {
			phases.Fields = append(phases.Fields, open("phases."+string(phase), "date"))
		}
	}
	channels := fieldGroup{Legend: p.T("template.group.channels")}
	for _, channel := range programme.Channels() {
		each := page.Optional(p.formField(
			values, "channels."+string(channel), "checkbox", p.T("base.channel."+string(channel)),
		))
		each.Checked = each.Value != ""
		channels.Fields = append(channels.Fields, each)
	}
	return []fieldGroup{
		{
			Legend: p.T("template.group.milestone"),
			Fields: []page.Field{
				service, level, required("planned_on", "date"), open("expected_on", "date"), open("reason", "text"),
			},
		},
		{Legend: p.T("template.group.proposed"), Fields: []page.Field{
			page.Optional(p.formField(values, "new_service", "text", p.T("submit.field.new_service"))),
			open("proposed.name", "text"), open("proposed.name_ar", "text"),
		}},
		channels, phases,
		{Legend: p.T("template.group.depends_on"), Fields: p.dependencyFields(values)},
		p.effortFields(values, "before"), p.effortFields(values, "after"),
		{Legend: p.T("template.group.remarks"), Fields: []page.Field{open("note", "text")}},
	}
}

func (p *planVisit) effortFields(values url.Values, when string) fieldGroup {
	group := fieldGroup{Legend: p.T("template.group." + when)}
	for _, part := range effortParts(&programme.Effort{}) {
		group.Fields = append(
			group.Fields,
			page.Optional(p.formField(values, when+"."+part.name, "number", p.T("template.column."+part.name))),
		)
	}
	return group
}

// dependencyFields are as many choices of an entity as the milestone has, and one more.
func (p *planVisit) dependencyFields(values url.Values) []page.Field {
	used := 0
	for i := range mostDependencies {
		if values.Get("depends_on."+strconv.Itoa(i)) != "" {
			used = i + 1
		}
	}
	var fields []page.Field
	for i := range min(max(shownDependencies, used+1), mostDependencies) {
		each := page.Optional(p.formField(
			values, "depends_on."+strconv.Itoa(i), "select", p.T("submit.field.entity_n", page.Args("place", i+1)),
		))
		all := p.EntityChoices(p.All.Entities, each.Value, p.T("submit.none"))
		each.Options = slices.DeleteFunc(all, func(o page.Option) bool { return o.Value == p.entity && !o.Chosen })
		fields = append(fields, each)
	}
	return fields
}

// serviceChoices are the entity's services by name, with none for a service that is not in the catalogue yet.
func (p *planVisit) serviceChoices(chosen string) []page.Option {
	choices := []page.Option{{Text: p.T("submit.new_service")}}
	for code, service := range p.planning.Services {
		if service.Entity == p.entity && (!service.Removed || code == chosen) {
			choices = append(
				choices, page.Option{Value: code, Text: p.Name(service.Name, service.NameAr), Chosen: code == chosen},
			)
		}
	}
	slices.SortFunc(
		choices[1:],
		func(a, b page.Option) int { return cmp.Or(cmp.Compare(a.Text, b.Text), cmp.Compare(a.Value, b.Value)) },
	)
	if chosen != "" && !slices.ContainsFunc(choices, func(o page.Option) bool { return o.Chosen }) {
		choices = append(choices, page.Option{Value: chosen, Text: chosen, Chosen: true})
	}
	return choices
}

func (p *planVisit) levelChoices(chosen string) []page.Option {
	choices := []page.Option{{Text: p.T("submit.choose_level")}}
	for _, level := range programme.Levels() {
		value := strconv.Itoa(int(level))
		choices = append(
			choices, page.Option{Value: value, Text: value + " · " + p.LevelName(level), Chosen: value == chosen},
		)
	}
	return choices
}
