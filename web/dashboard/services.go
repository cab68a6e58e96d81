package dashboard

import (
	"slices"
	"strconv"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/web/page"
)

// servicesView finds services: a search, filters and a page of rows.
type servicesView struct {
	frame

	Heading string
	Search  string
	Action  string
	Dates   []page.Hidden
	Entity  []page.Option
	Level   []page.Option
	Status  []page.Option
	Counted []page.Option
	Attend  []page.Option
	Rows    []serviceRow
	Nothing string
	Pager   page.Pager
}

// serviceRow is a service in a table.
type serviceRow struct {
	Link, Entity      page.Link
	Code              string
	Status            string
	Claimed, Verified page.LevelChip
	Counted           bool
	Clause            string
	Completed         page.Figure
	Partial           string // what Completed lacks
	Launched          string
}

// serviceFilter is what the address asks of the list.
type serviceFilter struct {
	search, entity, status, counted, attention string
	level                                      programme.Level
}

// servicesOnPage is the number of rows of a page.
const servicesOnPage = 50

func (v *visit) services() (any, error) {
	filter, err := v.serviceFilter()
	if err != nil {
		return nil, err
	}
	found := v.found(filter)
	shown, pages := page.Paged(v.Visit, found, servicesOnPage)
	view := servicesView{
		frame: v.frame(v.T("web.menu.services")), Heading: v.T("web.services.heading", page.Args("n", len(found))),
		Search: filter.search, Action: "/" + string(v.Language) + "/services",
		Dates:  v.Address.Others("q", "entity", "level", "status", "counted", "attention", "page"),
		Entity: v.EntityOptions(filter.entity), Level: v.LevelOptions(filter.level),
		Status:  v.serviceStatusOptions(filter.status),
		Counted: v.Options("web.counted.", filter.counted, "true", "false"),
		Attend:  v.Options("web.attention.", filter.attention, attentions...),
		Pager:   pages,
	}
	view.Filters = v.Assets.Address("filters.js")
	for _, s := range shown {
		view.Rows = append(view.Rows, v.serviceRow(s))
	}
	if len(found) == 0 {
		view.Nothing = v.T("web.services.nothing")
	}
	return view, nil
}

// attentions are the kinds of attention that the list can be asked for.
var attentions = []string{"late", "dormant", "silent", "without_numbers", "claimed_not_verified"}

func (v *visit) serviceFilter() (serviceFilter, error) {
	query := v.Address.Query
	f := serviceFilter{
		search: query.Get("q"), entity: query.Get("entity"), status: query.Get("status"),
		counted: query.Get("counted"), attention: query.Get("attention"),
	}
	if f.status == "" {
		f.status = string(figures.ServiceLive)
	}
	if text := query.Get("level"); text != "" {
		level, err := programme.ParseLevel(text)
		if err != nil {
			return serviceFilter{}, err
		}
		f.level = level
	}
	return f, nil
}

// found returns the services that a filter leaves, in the figures' order.
func (v *visit) found(f serviceFilter) []*figures.ServiceFigures {
	attended := v.attended(f.attention)
	var out []*figures.ServiceFigures
	for i := range v.Figures.Services {
		s := &v.Figures.Services[i]
		if attended != nil && !attended[s.Code] {
			continue
		}
		if f.keeps(s) && page.Matches(f.search, s.Code, s.Name, s.NameAr) {
			out = append(out, s)
		}
	}
	return out
}

func (f serviceFilter) keeps(s *figures.ServiceFigures) bool {
	return (f.entity == "" || s.Entity == f.entity) &&
		(f.level == 0 || s.LevelVerified == f.level) &&
		(f.status == "all" || string(s.Status) == f.status) &&
		(f.counted == "" || strconv.FormatBool(s.Counted) == f.counted)
}

// attended returns the services on a list of attention; nil when none is asked for.
func (v *visit) attended(kind string) map[string]bool {
	if !slices.Contains(attentions, kind) {
		return nil
	}
	a := &v.Figures.Attention
	codes := map[string][]string{
		"dormant": a.Dormant, "silent": a.Silent, "without_numbers": a.WithoutNumbers,
		"claimed_not_verified": a.ClaimedNotVerified,
	}[kind]
	if kind == "late" {
		codes = page.Each(a.Late, func(m figures.LateMilestone) string { return m.Service })
	}
	listed := make(map[string]bool, len(codes))
	for _, code := range codes {
		listed[code] = true
	}
	return listed
}

func (v *visit) serviceRow(s *figures.ServiceFigures) serviceRow {
	r := serviceRow{
		Link: v.ServiceLink(s.Code), Entity: v.EntityLink(s.Entity), Code: s.Code,
		Status:  v.T("base.service_status." + string(s.Status)),
		Claimed: v.Chip(s.LevelClaimed), Verified: v.Chip(s.LevelVerified),
		Counted: s.Counted, Launched: v.Date(s.LaunchedOn),
		Completed: v.CountOf("services."+s.Code+".completed", s.Completed.Count), Partial: v.Partial(s.Completed),
	}
	if !s.Counted && s.Clause != "" {
		r.Clause = v.T("base.clause." + string(s.Clause))
	}
	return r
}

func (v *visit) serviceStatusOptions(chosen string) []page.Option {
	var options []page.Option
	for _, s := range []figures.ServiceStatus{
		figures.ServiceLive, figures.ServicePlanned, figures.ServiceRetired, figures.ServiceOffline,
	} {
		options = append(
			options,
			page.Option{Value: string(s), Text: v.T("base.service_status." + string(s)), Chosen: string(s) == chosen},
		)
	}
	return append(options, page.Option{Value: "all", Text: v.T("web.any"), Chosen: chosen == "all"})
}

// servicePart is what the template of the services' table takes.
type servicePart struct {
	frame

	Rows []serviceRow
}

// ServiceTable gives services the words of the page they stand on.
func (f frame) ServiceTable(rows []serviceRow) servicePart {
	return servicePart{frame: f, Rows: rows}
}
