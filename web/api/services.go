package api

import (
	"context"
	"strings"

	"mirsad/internal/access"
	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/i18n"
	"mirsad/internal/programme"
)

// ServiceItem is a service in a list.
type ServiceItem struct {
	Code          string                `json:"code"`
	Name          string                `json:"name"`
	NameAr        string                `json:"name_ar"`
	Entity        string                `json:"entity"`
	Audience      string                `json:"audience"`
	Mandatory     bool                  `json:"mandatory"`
	Status        figures.ServiceStatus `json:"status"`
	Channels      []programme.Channel   `json:"channels"`
	DependsOn     []string              `json:"depends_on"`
	LaunchedOn    civil.Date            `json:"launched_on"`
	RetiredOn     civil.Date            `json:"retired_on"`
	LevelClaimed  programme.Level       `json:"level_claimed" doc:"1 to 4; 0: none"`
	LevelVerified programme.Level       `json:"level_verified" doc:"1 to 4; 0: none"`
	Counted       bool                  `json:"counted"`
	Clause        programme.Clause      `json:"clause" doc:"The first clause of the rule that fails; empty when counted."`
	ClauseText    string                `json:"clause_text"`
	ClauseTextAr  string                `json:"clause_text_ar"`
	Existed       bool                  `json:"existed" doc:"Before the programme."`
	PlannedOn     civil.Date            `json:"planned_on"`
	ExpectedOn    civil.Date            `json:"expected_on"`
	NoDateGiven   bool                  `json:"no_date_given" doc:"An open milestone for which no date still to come is given."`
	Slip          programme.Count       `json:"slip" doc:"Days."`
	Dormant       bool                  `json:"dormant"`
	Silent        bool                  `json:"silent" doc:"Nothing was received for the last two due periods."`
	// WithoutNumbers is beside Silent: it answered, and never with a number.
	WithoutNumbers bool               `json:"without_numbers" doc:"Answers came for the last two due periods, and none is a number."`
	Completed      figures.UsageTotal `json:"completed" doc:"Digital completions in the last ended month."`
}

// serviceAnswer is one service with its history and a year of use.
type serviceAnswer struct {
	figures.Stamp
	ServiceItem

	History []figures.ServiceEvent `json:"history"`
	Trend   []figures.UsagePoint   `json:"trend"`
}

// ServiceFilters are the parameters that choose services; the verified level is meant.
type ServiceFilters struct {
	Asked
	Entity  string `query:"entity" doc:"An entity's code."`
	Level   string `query:"level" doc:"The verified level; 0: none." enum:"0,1,2,3,4"`
	Counted string `query:"counted" enum:"true,false"`
	Status  string `query:"status" doc:"Default live: launched and not retired on the date." enum:"live,planned,retired,all"`
	Q       string `query:"q" doc:"Part of the code or of a name; Arabic spelling variants are folded."`
}

type servicesInput struct {
	ServiceFilters
	Paged
}

// ReasonFilters are the parameters of the list that says why services are not counted.
type ReasonFilters struct {
	Asked
	Basis   string `query:"basis" doc:"Which level counts; default verified." enum:"verified,claimed"`
	Counted string `query:"counted" doc:"Without it, both." enum:"true,false"`
	Entity  string `query:"entity" doc:"An entity's code."`
}

type reasonsInput struct {
	ReasonFilters
	Paged
}

type serviceInput struct {
	Asked
	Service string `path:"service" doc:"The service's code."`
}

func (a *API) registerServices() {
	services := list[*ServiceFilters, ServiceItem]{
		call: call{
			id: "services", who: access.Readers(), path: "/v1/services", summary: "Services of the catalogue",
		},
		items:   func(_ context.Context, v *view, in *ServiceFilters) ([]ServiceItem, error) { return v.services(in) },
		columns: serviceColumns(),
	}
	answers(a, services.call, func(ctx context.Context, v *view, in *servicesInput) (page[ServiceItem], error) {
		items, err := services.items(ctx, v, &in.ServiceFilters)
		if err != nil {
			return page[ServiceItem]{}, err
		}
		return paginate(v, in.Paged, items, codeOfService)
	})
	registerCSV(a, services)
	reasons := list[*ReasonFilters, ServiceItem]{
		call: call{
			id: "progress-services", who: access.Readers(), path: "/v1/progress/services",
			summary: "Each service and the clause that keeps it from counting",
		},
		items:   func(_ context.Context, v *view, in *ReasonFilters) ([]ServiceItem, error) { return v.reasons(in) },
		columns: serviceColumns(),
	}
	answers(a, reasons.call, func(ctx context.Context, v *view, in *reasonsInput) (page[ServiceItem], error) {
		items, err := reasons.items(ctx, v, &in.ReasonFilters)
		if err != nil {
			return page[ServiceItem]{}, err
		}
		return paginate(v, in.Paged, items, codeOfService)
	})
	registerCSV(a, reasons)
	answers(a, call{id: "service", who: access.Readers(), path: "/v1/services/{service}", summary: "One service with its history"},
		func(_ context.Context, v *view, in *serviceInput) (serviceAnswer, error) {
			found, err := v.service(in.Service)
			if err != nil {
				return serviceAnswer{}, err
			}
			return serviceAnswer{
				Stamp: v.Stamp, ServiceItem: v.item(found, figures.Verified),
				History: present(found.History), Trend: present(found.Trend),
			}, nil
		})
}

func codeOfService(s ServiceItem) string { return s.Code }

// services returns the services that the filters choose, of those the asker sees.
func (v *view) services(in *ServiceFilters) ([]ServiceItem, error) {
	var read reader
	counted, countedGiven := read.boolean("counted", in.Counted)
	level := read.number("level", in.Level, 0, 4, -1)
	status := read.oneOf("status", in.Status, "live", "planned", "retired", "all")
	if err := read.err(); err != nil {
		return nil, err
	}
	if status == "" {
		status = string(figures.ServiceLive)
	}
	wanted := i18n.Fold(strings.TrimSpace(in.Q))
	return v.choose(in.Entity, figures.Verified, func(s *figures.ServiceFigures) bool {
		return (status == "all" || string(s.Status) == status) &&
			(level < 0 || int(s.LevelVerified) == level) &&
			(!countedGiven || s.Counted == counted) &&
			(wanted == "" || mentions(s, wanted))
	})
}

// reasons returns every service of the catalogue with the clause that fails on the basis.
func (v *view) reasons(in *ReasonFilters) ([]ServiceItem, error) {
	basis, err := basisOf(in.Basis)
	if err != nil {
		return nil, err
	}
	var read reader
	counted, given := read.boolean("counted", in.Counted)
	if err := read.err(); err != nil {
		return nil, err
	}
	return v.choose(in.Entity, basis, func(s *figures.ServiceFigures) bool {
		return !given || (clauseOn(s, basis) == "") == counted
	})
}

// choose returns the wanted services of an entity, or of all that the asker sees, by code.
func (v *view) choose(
	entity string, basis figures.Basis, wanted func(*figures.ServiceFigures) bool,
) ([]ServiceItem, error) {
	if entity != "" {
		if _, err := v.entity(entity); err != nil {
			return nil, err
		}
	}
	items := []ServiceItem{}
	for i := range v.Services {
		s := &v.Services[i]
		if v.who.Sees(s.Entity) && (entity == "" || s.Entity == entity) && wanted(s) {
			items = append(items, v.item(s, basis))
		}
	}
	return items, nil
}

func mentions(s *figures.ServiceFigures, folded string) bool {
	return strings.Contains(i18n.Fold(s.Code), folded) || strings.Contains(i18n.Fold(s.Name), folded) ||
		strings.Contains(i18n.Fold(s.NameAr), folded)
}

func clauseOn(s *figures.ServiceFigures, basis figures.Basis) programme.Clause {
	if basis == figures.Claimed {
		return s.ClaimedClause
	}
	return s.Clause
}

// existedOn is of the same basis as the clause.
func existedOn(s *figures.ServiceFigures, basis figures.Basis) bool {
	if basis == figures.Claimed {
		return s.ClaimedExisted
	}
	return s.Existed
}

func (v *view) item(s *figures.ServiceFigures, basis figures.Basis) ServiceItem {
	clause := clauseOn(s, basis)
	return ServiceItem{
		Code: s.Code, Name: s.Name, NameAr: s.NameAr, Entity: s.Entity, Audience: s.Audience, Mandatory: s.Mandatory,
		Status: s.Status, Channels: present(s.Channels), DependsOn: present(s.DependsOn),
		LaunchedOn: s.LaunchedOn, RetiredOn: s.RetiredOn, LevelClaimed: s.LevelClaimed, LevelVerified: s.LevelVerified,
		Counted: clause == "", Clause: clause,
		ClauseText: v.clauseText(i18n.English, clause), ClauseTextAr: v.clauseText(i18n.Arabic, clause),
		Existed: existedOn(s, basis), PlannedOn: s.PlannedOn, ExpectedOn: s.ExpectedOn, NoDateGiven: s.NoDateGiven,
		Slip:    s.Slip,
		Dormant: s.Dormant, Silent: s.Silent, WithoutNumbers: s.WithoutNumbers, Completed: s.Completed,
	}
}

// present makes an empty list of none, which is [] in JSON and not null.
func present[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}

func serviceColumns() []column[ServiceItem] {
	return []column[ServiceItem]{
		{"code", func(s ServiceItem) cell { return text(s.Code) }},
		{"name", func(s ServiceItem) cell { return text(s.Name) }},
		{"name_ar", func(s ServiceItem) cell { return text(s.NameAr) }},
		{"entity", func(s ServiceItem) cell { return text(s.Entity) }},
		{"audience", func(s ServiceItem) cell { return text(s.Audience) }},
		{"status", func(s ServiceItem) cell { return text(s.Status) }},
		{"channels", func(s ServiceItem) cell { return channels(s.Channels) }},
		{"launched_on", func(s ServiceItem) cell { return date(s.LaunchedOn) }},
		{"retired_on", func(s ServiceItem) cell { return date(s.RetiredOn) }},
		{"level_claimed", func(s ServiceItem) cell { return number(int(s.LevelClaimed)) }},
		{"level_verified", func(s ServiceItem) cell { return number(int(s.LevelVerified)) }},
		{"counted", func(s ServiceItem) cell { return truth(s.Counted) }},
		{"clause", func(s ServiceItem) cell { return text(s.Clause) }},
		{"clause_text", func(s ServiceItem) cell { return text(s.ClauseText) }},
		{"clause_text_ar", func(s ServiceItem) cell { return text(s.ClauseTextAr) }},
		{"planned_on", func(s ServiceItem) cell { return date(s.PlannedOn) }},
		{"expected_on", func(s ServiceItem) cell { return date(s.ExpectedOn) }},
		{"slip", func(s ServiceItem) cell { return count(s.Slip) }},
		{"slip_state", func(s ServiceItem) cell { return state(s.Slip.State) }},
		{"dormant", func(s ServiceItem) cell { return truth(s.Dormant) }},
		{"silent", func(s ServiceItem) cell { return truth(s.Silent) }},
		{"without_numbers", func(s ServiceItem) cell { return truth(s.WithoutNumbers) }},
		{"completed", func(s ServiceItem) cell { return count(s.Completed.Count) }},
		{"completed_state", func(s ServiceItem) cell { return state(s.Completed.State) }},
		{"no_date_given", func(s ServiceItem) cell { return truth(s.NoDateGiven) }},
	}
}
