package api

import (
	"context"
	"strings"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// MilestoneFilters are the parameters that choose milestones.
type MilestoneFilters struct {
	Asked
	Status string `query:"status" doc:"late: due and not live; awaiting_verification: live and claimed at its level, and not decided on; due: the original date has come, done or not; done. Default: all." enum:"late,awaiting_verification,due,done"`
	Entity string `query:"entity" doc:"An entity's code."`
	Within string `query:"within" doc:"With status due: those whose original date is one of the next so many days, and none that is late; with done: those that went live in the last so many days." example:"90"`
}

type milestonesInput struct {
	MilestoneFilters
	Paged
}

// MilestoneItem is a planned go-live with the names of its service.
type MilestoneItem struct {
	figures.MilestoneFigures

	ServiceName   string `json:"service_name"`
	ServiceNameAr string `json:"service_name_ar"`
}

type milestonesAnswer struct {
	page[MilestoneItem]

	// The figures are of the whole programme, whatever is filtered.
	Counts      figures.MilestoneCounts   `json:"counts" doc:"How many have each status; the four add up to all."`
	OnTime      programme.Ratio           `json:"on_time" doc:"Done on or before the original date ÷ done."`
	QuarterEnd  programme.Ratio           `json:"quarter_end" doc:"Original go-lives in the last month of a calendar quarter ÷ all."`
	LastQuarter programme.Ratio           `json:"last_quarter" doc:"Original go-lives in the programme's last three months ÷ all."`
	Platforms   []figures.PlatformFigures `json:"platforms" doc:"Entities on which others' milestones depend, and what their delay passes on."`
	Entities    []figures.EntityPlan      `json:"entities" doc:"The time that each entity's milestones span, as first planned and as it stands."`
	Months      []figures.PlanMonth       `json:"months" doc:"Go-lives by month."`
}

func (a *API) registerMilestones() {
	milestones := list[*MilestoneFilters, MilestoneItem]{
		call: call{
			id: "milestones", who: access.Readers(), path: "/v1/milestones",
			summary: "Planned go-lives against their original dates",
		},
		items: func(_ context.Context, v *view, in *MilestoneFilters) ([]MilestoneItem, error) {
			return v.milestones(in)
		},
		columns: milestoneColumns(),
	}
	answers(a, milestones.call, func(_ context.Context, v *view, in *milestonesInput) (milestonesAnswer, error) {
		items, err := v.milestones(&in.MilestoneFilters)
		if err != nil {
			return milestonesAnswer{}, err
		}
		listed, err := paginate(v, in.Paged, items, keyOfMilestone)
		if err != nil {
			return milestonesAnswer{}, err
		}
		plans := &v.Plans
		return milestonesAnswer{
			page: listed, Counts: plans.Counts, OnTime: plans.OnTime,
			QuarterEnd: plans.QuarterEnd, LastQuarter: plans.LastQuarter,
			Platforms: v.platforms(),
			Entities:  v.entityPlans(), Months: present(plans.Months),
		}, nil
	})
	registerCSV(a, milestones)
}

// keyOfMilestone orders as the figures do: by original date, then by service.
func keyOfMilestone(m MilestoneItem) string { return m.OriginalOn.String() + " " + m.Service }

// milestones returns those that the filters choose, of those that the asker sees.
func (v *view) milestones(in *MilestoneFilters) ([]MilestoneItem, error) {
	var read reader
	status := read.oneOf("status", in.Status, "late", "awaiting_verification", "due", "done")
	within := read.number("within", in.Within, 1, 730, 0)
	if err := read.err(); err != nil {
		return nil, err
	}
	if in.Entity != "" {
		if _, err := v.entity(in.Entity); err != nil {
			return nil, err
		}
	}
	names := map[string]*figures.ServiceFigures{}
	for i := range v.Services {
		names[v.Services[i].Code] = &v.Services[i]
	}
	items := []MilestoneItem{}
	for i := range v.Plans.Milestones {
		m := &v.Plans.Milestones[i]
		if !v.who.Sees(m.Entity) || (in.Entity != "" && m.Entity != in.Entity) || !stands(m, status, v.On, within) {
			continue
		}
		item := MilestoneItem{MilestoneFigures: *m, ServiceName: m.Service, ServiceNameAr: m.Service}
		item.DependsOn = present(m.DependsOn)
		if named, found := names[m.Service]; found {
			item.ServiceName, item.ServiceNameAr = named.Name, named.NameAr
		}
		items = append(items, item)
	}
	return items, nil
}

// stands reports whether a milestone is what is asked for, within so many days of a date where any are given.
func stands(m *figures.MilestoneFigures, status string, on civil.Date, within int) bool {
	switch {
	case status == "":
		return true
	case status == "due" && within > 0:
		return m.DueWithin(on, within)
	case status == "done" && within > 0:
		return m.DoneWithin(on, within)
	case status == "due":
		return m.Due
	default:
		return string(m.Status) == status
	}
}

// waiting is how long a milestone waits for its verification; empty for one that does not.
func waiting(m MilestoneItem) cell {
	if m.Status != figures.MilestoneAwaiting {
		return text("")
	}
	return number(m.WaitingDays)
}

// platforms returns those that the asker sees.
func (v *view) platforms() []figures.PlatformFigures {
	list := []figures.PlatformFigures{}
	for _, each := range v.Plans.Platforms {
		if v.who.Sees(each.Entity) {
			list = append(list, each)
		}
	}
	return list
}

// entityPlans returns those that the asker sees.
func (v *view) entityPlans() []figures.EntityPlan {
	list := []figures.EntityPlan{}
	for _, each := range v.Plans.Entities {
		if v.who.Sees(each.Entity) {
			list = append(list, each)
		}
	}
	return list
}

func milestoneColumns() []column[MilestoneItem] {
	return []column[MilestoneItem]{
		{"service", func(m MilestoneItem) cell { return text(m.Service) }},
		{"service_name", func(m MilestoneItem) cell { return text(m.ServiceName) }},
		{"service_name_ar", func(m MilestoneItem) cell { return text(m.ServiceNameAr) }},
		{"entity", func(m MilestoneItem) cell { return text(m.Entity) }},
		{"level", func(m MilestoneItem) cell { return number(int(m.Level)) }},
		{"status", func(m MilestoneItem) cell { return text(m.Status) }},
		{"due", func(m MilestoneItem) cell { return truth(m.Due) }},
		{"original_on", func(m MilestoneItem) cell { return date(m.OriginalOn) }},
		{"current_on", func(m MilestoneItem) cell { return date(m.CurrentOn) }},
		{"expected_on", func(m MilestoneItem) cell { return date(m.ExpectedOn) }},
		{"actual_on", func(m MilestoneItem) cell { return date(m.ActualOn) }},
		{"slip_days", func(m MilestoneItem) cell { return number(m.Slip) }},
		{"reason", func(m MilestoneItem) cell { return text(m.Reason) }},
		{"depends_on", func(m MilestoneItem) cell { return text(strings.Join(m.DependsOn, " ")) }},
		{"milestone", func(m MilestoneItem) cell { return text(m.Milestone) }},
		{"standing", func(m MilestoneItem) cell { return text(m.Standing) }},
		{"no_date_given", func(m MilestoneItem) cell { return truth(m.NoDateGiven) }},
		{"claimed_on", func(m MilestoneItem) cell { return date(m.ClaimedOn) }},
		{"waiting_days", func(m MilestoneItem) cell { return waiting(m) }},
	}
}
