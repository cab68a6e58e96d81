package web

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// milestonesView is a page of milestones: those that are late, that are due soon, or that were done lately.
type milestonesView struct {
	Kinds   []link
	Action  string
	Hidden  []hidden
	Entity  []option
	Rows    []milestoneRow
	Nothing string
	Pager   pager
	CSV     string
}

// milestoneKinds are the lists of milestones, the default first.
var milestoneKinds = []string{"late", "due", "done"}

const (
	// milestoneDays is how far ahead and back the lists of due and done milestones reach.
	milestoneDays = 90
	// milestonesOnPage is the number of milestones of a page.
	milestonesOnPage = 25
)

func (v *visit) milestones() (milestonesView, error) {
	query := v.address.query
	kind := cmp.Or(query.Get("milestones"), milestoneKinds[0])
	if !slices.Contains(milestoneKinds, kind) {
		return milestonesView{}, fmt.Errorf("%w: milestones %q is none of late, due, done", programme.ErrInvalid, kind)
	}
	entity := query.Get("entity")
	if entity != "" && v.named.entities[entity] == nil {
		return milestonesView{}, v.noEntity(entity)
	}
	view := milestonesView{
		Action: "/" + string(v.Language) + v.address.path + "#milestones", Hidden: v.address.others("entity", "page"), Entity: v.entityOptions(entity),
		CSV: v.milestonesFile(kind, entity),
	}
	all := filter(v.figures.Plans.Milestones, func(m figures.MilestoneFigures) bool { return entity == "" || m.Entity == entity })
	for _, each := range milestoneKinds {
		view.Kinds = append(view.Kinds, link{
			Text:    v.T("plans.kind."+each, args("n", len(v.ofKind(all, each)), "days", milestoneDays)),
			Address: v.address.with("milestones", each, "page", "") + "#milestones", Current: each == kind,
		})
	}
	view.showMilestones(v, v.ofKind(all, kind))
	return view, nil
}

// ofKind returns the milestones of a list: late and done ones the worst and the newest first, due ones the next first.
func (v *visit) ofKind(all []figures.MilestoneFigures, kind string) []figures.MilestoneFigures {
	on := v.figures.On
	switch kind {
	case "due":
		return filter(all, func(m figures.MilestoneFigures) bool { return m.DueWithin(on, milestoneDays) })
	case "done":
		list := filter(all, func(m figures.MilestoneFigures) bool { return m.DoneWithin(on, milestoneDays) })
		slices.SortStableFunc(list, func(a, b figures.MilestoneFigures) int { return cmp.Compare(b.ActualOn, a.ActualOn) })
		return list
	default:
		list := filter(all, func(m figures.MilestoneFigures) bool { return m.Status == figures.MilestoneLate })
		slices.SortStableFunc(list, func(a, b figures.MilestoneFigures) int { return cmp.Compare(b.Slip, a.Slip) })
		return list
	}
}

// showMilestones shows the page of milestones that the address asks for.
func (m *milestonesView) showMilestones(v *visit, found []figures.MilestoneFigures) {
	if len(found) == 0 {
		m.Nothing = v.T("plans.milestones.none")
		return
	}
	shown, pages := paged(v.base, found, milestonesOnPage)
	m.Pager = pages.at("milestones")
	for i := range shown {
		m.Rows = append(m.Rows, v.milestoneRow(&shown[i]))
	}
}

// milestonesFile is the address of a list as CSV, of the same dates and entity.
func (v *visit) milestonesFile(kind, entity string) string {
	query := fieldsOf(v.address, dates...)
	within := strconv.Itoa(milestoneDays)
	if kind == "late" {
		within = ""
	}
	return withQuery("/v1/milestones.csv", set(query, []string{"status", kind, "within", within, "entity", entity, "lang", string(v.Language)}))
}
