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
	Kinds    []link
	Action   string
	Hidden   []field
	Entity   []option
	Rows     []milestoneRow
	Nothing  string
	Range    string
	Previous link
	Next     link
	CSV      string
}

// milestoneRow is a planned go-live against its original date.
type milestoneRow struct {
	Service, Entity                     link
	Code                                string
	Level                               levelChip
	Status                              status
	Original, Current, Expected, Actual string
	Slip                                figure
	Reason                              string
	// Phase says which phase was finished last, and when; empty where no event told of one.
	Phase string
	// Moves tell how each later baseline moved it; on the entity's page alone.
	Moves []string
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
	all := keep(v.figures.Plans.Milestones, func(m figures.MilestoneFigures) bool { return entity == "" || m.Entity == entity })
	for _, each := range milestoneKinds {
		view.Kinds = append(view.Kinds, link{
			Text:    v.T("plans.kind."+each, args("n", len(v.ofKind(all, each)), "days", milestoneDays)),
			Address: v.address.with("milestones", each, "page", "") + "#milestones", Current: each == kind,
		})
	}
	view.turnTo(v, v.ofKind(all, kind))
	return view, nil
}

// ofKind returns the milestones of a list: late and done ones the worst and the newest first, due ones the next first.
func (v *visit) ofKind(all []figures.MilestoneFigures, kind string) []figures.MilestoneFigures {
	on := v.figures.On
	switch kind {
	case "due":
		return keep(all, func(m figures.MilestoneFigures) bool { return m.DueWithin(on, milestoneDays) })
	case "done":
		list := keep(all, func(m figures.MilestoneFigures) bool { return m.DoneWithin(on, milestoneDays) })
		slices.SortStableFunc(list, func(a, b figures.MilestoneFigures) int { return cmp.Compare(b.ActualOn, a.ActualOn) })
		return list
	default:
		list := keep(all, func(m figures.MilestoneFigures) bool { return m.Status == figures.MilestoneLate })
		slices.SortStableFunc(list, func(a, b figures.MilestoneFigures) int { return cmp.Compare(b.Slip, a.Slip) })
		return list
	}
}

// turnTo shows the page of milestones that the address asks for.
func (m *milestonesView) turnTo(v *visit, found []figures.MilestoneFigures) {
	if len(found) == 0 {
		m.Nothing = v.T("plans.milestones.none")
		return
	}
	page, _ := strconv.Atoi(v.address.query.Get("page"))
	first := min(max(page-1, 0)*milestonesOnPage, (len(found)-1)/milestonesOnPage*milestonesOnPage)
	last := min(first+milestonesOnPage, len(found))
	for i := range found[first:last] {
		m.Rows = append(m.Rows, v.milestoneRow(&found[first+i]))
	}
	m.Range = v.T("web.range", args("first", first+1, "last", last, "n", len(found)))
	number := first/milestonesOnPage + 1
	if first > 0 {
		m.Previous = link{Text: v.T("web.previous"), Address: v.address.with("page", strconv.Itoa(number-1)) + "#milestones"}
	}
	if last < len(found) {
		m.Next = link{Text: v.T("web.next"), Address: v.address.with("page", strconv.Itoa(number+1)) + "#milestones"}
	}
}

func (v *visit) milestoneRow(m *figures.MilestoneFigures) milestoneRow {
	row := milestoneRow{
		Service: v.serviceLink(m.Service), Entity: v.entityLink(m.Entity), Code: m.Service, Level: v.chip(m.Level), Status: v.milestoneStatus(m),
		Original: v.day(m.OriginalOn), Current: v.day(m.CurrentOn), Expected: v.day(m.ExpectedOn), Actual: v.day(m.ActualOn),
		Slip:   v.signed("milestones."+m.Service+".slip", programme.CountOf(m.Slip)),
		Reason: m.Reason,
	}
	if n := len(m.Phases); n > 0 {
		last := m.Phases[n-1]
		row.Phase = v.T("plans.phase", args("phase", v.T("plans.phase."+string(last.Phase)), "date", v.Date(last.DoneOn)))
	}
	if v.named.services[m.Service] == nil {
		row.Service.Address = "" // it has left the catalogue
	}
	return row
}

// milestoneStatus is a milestone's standing by rule: at risk while it is late by 30 days at most, or is expected late
// (docs/rules.md#standing-of-a-milestone).
func (v *visit) milestoneStatus(m *figures.MilestoneFigures) status {
	standing := figures.StatusOnTrack
	switch {
	case m.Status == figures.MilestoneDone:
		standing = figures.StatusDone
	case m.OriginalOn < v.figures.On.AddDays(-longSlip):
		standing = figures.StatusLate
	case m.Slip > 0:
		standing = figures.StatusAtRisk
	}
	return status{Code: string(standing), Text: v.T("base.status." + string(standing))}
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
