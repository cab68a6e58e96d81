package plan

import (
	"bytes"
	"cmp"
	"net/http"
	"strconv"

	"mirsad/internal/figures"
	"mirsad/internal/programme"
	"mirsad/web/page"
)

// submitView is an entity's plan with the ways to change it.
type submitView struct {
	frame
	page.FormNotes

	Heading, Lead string
	// Choices are the entities of who may choose one; Chooser is where the form goes.
	Choices  []page.Option
	Chooser  string
	Chosen   bool
	Standing []page.Link // what is open: a draft, a submission
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
	Level                               page.LevelChip
	Baseline, Current, Expected, Actual string
	Moved                               string
	Status                              page.Status
	// Change leads to the form of the milestone; empty for who only reads.
	Change string
}

// submitNotices are what the page says after a form, by the done of its address.
var submitNotices = map[string]string{"submitted": "submit.done.submitted", "unchanged": "submit.done.unchanged"}

func (v *visit) submitPage(rw http.ResponseWriter) error {
	p, err := v.ownPlan(false)
	if err != nil {
		return err
	}
	view := p.submitView()
	if key := submitNotices[v.Address.Query.Get("done")]; key != "" {
		view.Notice = p.T(key)
	}
	return v.NoStore(rw, http.StatusOK, "submit", view)
}

// planTemplate sends the Excel template, filled with the plan in force.
func (v *visit) planTemplate(rw http.ResponseWriter) error {
	p, err := v.ownPlan(false)
	if err == nil && p.entity == "" {
		err = programme.ErrInvalid
	}
	var book bytes.Buffer
	if err == nil {
		err = v.deps.PlanBook.Write(v.Request.Context(), &book, p.planning, p.entity, v.Language)
	}
	if err != nil {
		return err
	}
	rw.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	rw.Header().Set("Content-Disposition", `attachment; filename="plan-`+p.entity+"-"+string(v.Language)+`.xlsx"`)
	rw.Header().Set("Cache-Control", "no-store")
	_, _ = book.WriteTo(rw) // the browser went away; nobody is left to answer
	return nil
}

func (p *planVisit) submitView() *submitView {
	p.Address.Path = "/submit"
	title := p.T("submit.title")
	view := &submitView{Heading: title, Lead: p.T("submit.lead"), Chosen: p.entity != ""}
	if p.Reader.Entity == "" {
		view.Chooser = "/" + string(p.Language) + "/submit"
		view.Choices = p.EntityChoices(p.Figures.Entities, p.entity, p.T("submit.choose"))
	}
	if p.entity == "" {
		p.Figures = nil // the page shows none, so it bears no stamp
		view.frame = p.frame(title)
		return view
	}
	view.Heading = p.T("submit.heading", page.Args("entity", page.Isolated(p.EntityName(p.entity))))
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
func (p *planVisit) standingRevisions() []page.Link {
	var open []page.Link
	if draft := p.record.Draft(); draft != nil {
		last := draft.Last()
		open = append(open, page.Link{
			Text: p.T(
				"submit.draft",
				page.Args(
					"number", draft.Revision, "actor", page.Isolated(p.ActorName(last.Actor)), "at",
					p.Instant(last.RecordedAt, p.Zone),
				),
			),
			Address: p.to("/submit/draft"),
		})
	}
	if waiting := p.record.Waiting(); waiting != nil {
		last := waiting.Last()
		text := p.T(
			"submit.waiting",
			page.Args(
				"number", waiting.Revision, "actor", page.Isolated(p.ActorName(last.Actor)), "at",
				p.Instant(last.RecordedAt, p.Zone),
			),
		)
		open = append(open, page.Link{Text: text})
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
		Heading: p.T(
			"submit.answer."+string(step.Kind),
			page.Args("number", of.Revision, "actor", page.Isolated(p.ActorName(step.Actor)), "at", said.When),
		),
		Comment: said.Comment, Returned: said.Returned,
	}
}

func (p *planVisit) plannedRow(m *programme.Milestone) plannedRow {
	current := p.Date(m.PlannedOn)
	row := plannedRow{
		Service: p.plannedService(m), Code: m.Code, Level: p.Chip(m.Level),
		Baseline: current, Current: current, Expected: p.Date(cmp.Or(m.ExpectedOn, m.PlannedOn)),
		Status: p.StatusOf(figures.StatusNoData), // until the figures know the plan
	}
	if p.Named.Services[m.Service] != nil {
		row.Link = p.ServiceLink(m.Service).Address
	}
	if known := p.Figures.Plans.ApprovedMilestone(p.entity, m.Code); known != nil {
		row.Baseline, row.Actual, row.Status = p.Date(known.OriginalOn), p.Date(known.ActualOn),
			p.StatusOf(known.Standing)
		if known.NoDateGiven {
			row.Expected = p.T("base.no_date_given")
		}
		if moved := int(m.PlannedOn - known.OriginalOn); moved != 0 {
			row.Moved = p.days(moved)
		}
	}
	if p.submits() {
		row.Change = p.to("/submit/milestone", "milestone", m.Code)
	}
	return row
}

// revisionNumber reads the number of a revision; what is none is 0, which no revision has.
func revisionNumber(text string) int {
	number, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return number
}
