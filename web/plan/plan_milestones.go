package plan

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/web/page"
)

// milestonesView is a page of milestones: those that are late, that await verification, that are due soon, or that were
// done in the last months.
type milestonesView struct {
	Kinds   []page.Link
	Action  string
	Hidden  []page.Hidden
	Entity  []page.Option
	Rows    []page.MilestoneRow
	Nothing string
	Pager   page.Pager
	CSV     string
}

// milestoneKinds are the lists of milestones, the default first.
var milestoneKinds = []string{"late", "awaiting_verification", "due", "done"}

const (
	// milestoneDays is how far ahead and back the lists of due and done milestones reach.
	milestoneDays = 90
	// MilestonesOnPage is the number of milestones of a page.
	MilestonesOnPage = 25
)

func (v *visit) milestones() (milestonesView, error) {
	query := v.Address.Query
	kind := cmp.Or(query.Get("milestones"), milestoneKinds[0])
	if !slices.Contains(milestoneKinds, kind) {
		return milestonesView{}, fmt.Errorf("%w: milestones %q is none of late, awaiting_verification, due, done", programme.ErrInvalid, kind)
	}
	entity := query.Get("entity")
	if entity != "" && v.Named.Entities[entity] == nil {
		return milestonesView{}, v.NoEntity(entity)
	}
	view := milestonesView{
		Action: "/" + string(v.Language) + v.Address.Path + "#milestones", Hidden: v.Address.Others("entity", "page"),
		Entity: v.EntityOptions(entity),
		CSV:    v.milestonesFile(kind, entity),
	}
	all := page.Filter(
		v.Figures.Plans.Milestones, func(m figures.MilestoneFigures) bool { return entity == "" || m.Entity == entity },
	)
	for _, each := range milestoneKinds {
		view.Kinds = append(view.Kinds, page.Link{
			Text:    v.T("plans.kind."+each, page.Args("n", len(v.ofKind(all, each)), "days", milestoneDays)),
			Address: v.Address.With("milestones", each, "page", "") + "#milestones", Current: each == kind,
		})
	}
	view.showMilestones(v, v.ofKind(all, kind))
	return view, nil
}

// ofKind returns the milestones of a list: late ones the worst first, those that await verification
// the longest first, done ones the newest first, due ones the next first.
func (v *visit) ofKind(all []figures.MilestoneFigures, kind string) []figures.MilestoneFigures {
	on := v.Figures.On
	switch kind {
	case "due":
		return page.Filter(all, func(m figures.MilestoneFigures) bool { return m.DueWithin(on, milestoneDays) })
	case "awaiting_verification":
		list := page.Filter(all, func(m figures.MilestoneFigures) bool { return m.Status == figures.MilestoneAwaiting })
		slices.SortStableFunc(list, func(a, b figures.MilestoneFigures) int { return cmp.Compare(b.WaitingDays, a.WaitingDays) })
		return list
	case "done":
		list := page.Filter(all, func(m figures.MilestoneFigures) bool { return m.DoneWithin(on, milestoneDays) })
		slices.SortStableFunc(
			list, func(a, b figures.MilestoneFigures) int { return cmp.Compare(b.ActualOn, a.ActualOn) },
		)
		return list
	default:
		list := page.Filter(all, func(m figures.MilestoneFigures) bool { return m.Status == figures.MilestoneLate })
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
	shown, pages := page.Paged(v.Visit, found, MilestonesOnPage)
	m.Pager = pages.At("milestones")
	for i := range shown {
		m.Rows = append(m.Rows, v.MilestoneRow(&shown[i]))
	}
}

// milestonesFile is the address of a list as CSV, of the same dates and entity.
func (v *visit) milestonesFile(kind, entity string) string {
	query := page.FieldsOf(v.Address, page.Dates...)
	within := strconv.Itoa(milestoneDays)
	if kind == "late" || kind == "awaiting_verification" {
		within = ""
	}
	return page.WithQuery(
		"/v1/milestones.csv",
		page.Set(query, []string{"status", kind, "within", within, "entity", entity, "lang", string(v.Language)}),
	)
}
