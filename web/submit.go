package web

import (
	"bytes"
	"cmp"
	"net/http"
	"strconv"

	"mirsad/internal/civil"
	"mirsad/internal/figures"
	"mirsad/internal/programme"
)

// submitView is an entity's plan with the ways to change it.
type submitView struct {
	frame
	formNotes

	Heading, Lead string
	// Choices are the entities of who may choose one; Chooser is where the form goes.
	Choices  []option
	Chooser  string
	Chosen   bool
	Standing []link // what is open: a draft, a submission
	Answer   *planAnswer
	Faults   *planFaultsPart
	Template string
	Upload   *uploadForm
	Add      string
	Rows     []plannedRow
	Nothing  string
	History  []planRevisionRow
}

// planAnswer is what a planner said last.
type planAnswer struct {
	Heading, Comment string
	Returned         []returnedRow
}

// uploadForm is the form that takes a filled template.
type uploadForm struct {
	Action, Comment string
	// CommentFault and FileFault say that the table of faults is about them.
	CommentFault, FileFault bool
}

// plannedRow is a milestone of the plan in force and where it stands.
type plannedRow struct {
	Service, Code                       string
	Link                                string // to the service's page; empty for one that is not in the catalogue
	Level                               levelChip
	Baseline, Current, Expected, Actual string
	Moved                               string
	Status                              status
	// Change leads to the form of the milestone; empty for who only reads.
	Change string
}

// submitNotices are what the page says after a form, by the done of its address.
var submitNotices = map[string]string{"submitted": "submit.done.submitted", "unchanged": "submit.done.unchanged"}

func (w *Web) submitPage(rw http.ResponseWriter, r *http.Request) {
	v := w.arrive(r)
	p, err := v.ownPlan(false)
	if err != nil {
		w.problem(rw, v, err)
		return
	}
	view := p.submitView()
	if key := submitNotices[v.address.query.Get("done")]; key != "" {
		view.Notice = p.T(key)
	}
	w.noStore(rw, v, http.StatusOK, "submit", view)
}

// planTemplate sends the Excel template, filled with the plan in force.
func (w *Web) planTemplate(rw http.ResponseWriter, r *http.Request) {
	v := w.arrive(r)
	p, err := v.ownPlan(false)
	if err == nil && p.entity == "" {
		err = programme.ErrInvalid
	}
	var book bytes.Buffer
	if err == nil {
		err = w.deps.PlanBook.Write(r.Context(), &book, p.planning, p.entity, v.Language)
	}
	if err != nil {
		w.problem(rw, v, err)
		return
	}
	rw.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	rw.Header().Set("Content-Disposition", `attachment; filename="plan-`+p.entity+"-"+string(v.Language)+`.xlsx"`)
	rw.Header().Set("Cache-Control", "no-store")
	_, _ = book.WriteTo(rw) // the browser went away; nobody is left to tell
}

func (p *planVisit) submitView() *submitView {
	p.address.path = "/submit"
	title := p.T("submit.title")
	view := &submitView{Heading: title, Lead: p.T("submit.lead"), Chosen: p.entity != ""}
	if p.reader.Entity == "" {
		view.Chooser = "/" + string(p.Language) + "/submit"
		view.Choices = p.entityChoices(p.figures.Entities, p.entity, p.T("submit.choose"))
	}
	if p.entity == "" {
		p.figures = nil // the page shows none, so it bears no stamp
		view.frame = p.frame(title)
		return view
	}
	view.Heading = p.T("submit.heading", args("entity", isolated(p.entityName(p.entity))))
	view.frame = p.frame(title)
	view.Template = p.to("/submit/plan-template.xlsx")
	if p.submits() {
		view.Upload = &uploadForm{Action: p.to("/submit"), Comment: p.record.StartingPoint().WrittenComment()}
		view.Add = p.to("/submit/milestone")
	}
	view.Standing, view.Answer, view.History = p.standingRevisions(), p.planAnswer(), p.revisions()
	for _, m := range p.record.Planned() {
		view.Rows = append(view.Rows, p.plannedRow(&m))
	}
	if len(view.Rows) == 0 {
		view.Nothing = p.T("submit.nothing")
	}
	return view
}

// standingRevisions says what is open: the draft, and what waits for a planner.
func (p *planVisit) standingRevisions() []link {
	var open []link
	if draft := p.record.Draft(); draft != nil {
		last := draft.Last()
		open = append(open, link{
			Text:    p.T("submit.draft", args("number", draft.Revision, "actor", isolated(last.Actor), "at", p.Instant(last.RecordedAt, p.Zone))),
			Address: p.to("/submit/draft"),
		})
	}
	if waiting := p.record.Waiting(); waiting != nil {
		last := waiting.Last()
		text := p.T("submit.waiting", args("number", waiting.Revision, "actor", isolated(last.Actor), "at", p.Instant(last.RecordedAt, p.Zone)))
		open = append(open, link{Text: text})
	}
	return open
}

func (p *planVisit) planAnswer() *planAnswer {
	of, step := p.answer()
	if step == nil {
		return nil
	}
	said := p.planStep(of, step)
	return &planAnswer{
		Heading: p.T("submit.answer."+string(step.Kind), args("number", of.Revision, "actor", isolated(step.Actor), "at", said.When)),
		Comment: said.Comment, Returned: said.Returned,
	}
}

func (p *planVisit) plannedRow(m *programme.Milestone) plannedRow {
	baseline, actual := p.original(m), civil.Date(0)
	row := plannedRow{
		Service: p.plannedService(m), Code: m.Code, Level: p.chip(m.Level), Baseline: p.Date(baseline), Current: p.Date(m.PlannedOn),
		Expected: p.Date(cmp.Or(m.ExpectedOn, m.PlannedOn)),
	}
	if s := p.named.services[m.Service]; s != nil {
		row.Link, actual = p.serviceLink(m.Service).Address, wentLive(s, m.Level)
	}
	row.Actual = p.Date(actual)
	if moved := int(m.PlannedOn - baseline); moved != 0 {
		row.Moved = p.days(moved)
	}
	row.Status = p.milestoneStatus(baseline, cmp.Or(m.ExpectedOn, m.PlannedOn), actual)
	if p.submits() {
		row.Change = p.to("/submit/milestone", "milestone", m.Code)
	}
	return row
}

// original is the go-live that the first approved plan with the milestone gave it.
func (p *planVisit) original(m *programme.Milestone) civil.Date {
	first, on := civil.Date(0), m.PlannedOn
	for i := range p.record.Revisions {
		revision := &p.record.Revisions[i]
		if revision.State != programme.PlanApproved || (first != 0 && revision.ApprovedOn >= first) {
			continue
		}
		for at := range revision.Milestones {
			if revision.Milestones[at].Code == m.Code {
				first, on = revision.ApprovedOn, revision.Milestones[at].PlannedOn
			}
		}
	}
	return on
}

// wentLive is the day since which the service is online at the level, as verified; none while it is not.
func wentLive(s *figures.ServiceFigures, level programme.Level) civil.Date {
	if s.LevelVerified < level || s.LaunchedOn.IsZero() {
		return 0
	}
	reached := civil.Date(0)
	for i := range s.History {
		event := &s.History[i]
		if event.Action == "verified" && event.Level >= level && (reached.IsZero() || event.On < reached) {
			reached = event.On
		}
	}
	return max(reached, s.LaunchedOn)
}

// milestoneStatus is where one milestone stands on the date of the figures: late when its original day has passed, at risk when
// it is expected later than that day.
func (p *planVisit) milestoneStatus(original, expected, actual civil.Date) status {
	code := figures.StatusOnTrack
	switch {
	case !actual.IsZero():
		code = figures.StatusDone
	case original < p.figures.On:
		code = figures.StatusLate
	case expected > original:
		code = figures.StatusAtRisk
	}
	return status{Code: string(code), Text: p.T("base.status." + string(code))}
}

// revisionNumber reads the number of a revision; what is none is 0, which no revision has.
func revisionNumber(text string) int {
	number, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return number
}
