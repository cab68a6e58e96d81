package plan

import (
	"errors"
	"net/http"
	"strconv"

	"mirsad/internal/act"
	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/web/page"
)

// draftView is the draft of a plan against the plan in force, to be submitted.
type draftView struct {
	frame
	page.FormNotes

	Up            page.Link
	Heading, Lead string
	Outdated      *planFault
	Faults        *planFaultsPart
	Warnings      *planFaultsPart
	Changes       *planChanges
	// Confirm is the form that submits the draft; nil for who only reads, and where there is nothing to submit.
	Confirm *confirmForm
	Add     string
	Rows    []draftRow
}

// confirmForm submits the draft that the reader has seen.
type confirmForm struct {
	Action       string
	Revision     string
	Version      string
	Comment      string
	CommentFault bool
	// Replaces says which submission gives way; empty for none.
	Replaces string
}

// draftRow is a milestone of the draft with the way to its form.
type draftRow struct {
	Service, Code string
	Level         page.LevelChip
	Planned       string
	Change        string
}

// draftNotices are what the page says after a form, by the done of its address.
var draftNotices = map[string]string{"kept": "submit.done.kept", "unchanged": "submit.done.unchanged"}

func (v *visit) draftPage(rw http.ResponseWriter) error {
	p, err := v.ownPlan(false)
	if err != nil {
		return err
	}
	draft := p.record.Draft()
	if draft == nil {
		page.Redirect(rw, v.Request, p.to("/submit"))
		return nil
	}
	view := p.draftView(draft)
	if key := draftNotices[v.Address.Query.Get("done")]; key != "" {
		view.Notice = p.T(key)
	}
	return v.NoStore(rw, http.StatusOK, "submit_draft", view)
}

func (p *planVisit) draftView(draft *register.PlanRevision) *draftView {
	p.Address.Path, p.Figures = "/submit/draft", nil
	heading := p.T("submit.draft.heading", page.Args("number", draft.Revision))
	last := draft.Last()
	view := &draftView{
		frame: p.frame(heading), Heading: heading,
		Up: page.Link{
			Text:    p.T("submit.heading", page.Args("entity", page.Isolated(p.EntityName(p.entity)))),
			Address: p.to("/submit"),
		},
		Lead: p.T(
			"submit.draft.lead",
			page.Args("actor", page.Isolated(p.ActorName(last.Actor)), "at", p.Instant(last.RecordedAt, p.Zone)),
		),
		Changes: p.planChanges(p.record.Planned(), draft.Milestones), Warnings: p.planWarnings(draft.Milestones),
	}
	if p.submits() {
		view.Add = p.to("/submit/milestone")
		for i := range draft.Milestones {
			m := &draft.Milestones[i]
			view.Rows = append(view.Rows, draftRow{
				Service: p.plannedService(m), Code: m.Code, Level: p.Chip(m.Level), Planned: p.Date(m.PlannedOn),
				Change: p.to("/submit/milestone", "milestone", m.Code),
			})
		}
		if len(view.Changes.Rows) > 0 {
			view.Confirm = p.confirmForm(draft)
		}
	}
	p.outdated(view)
	return view
}

func (p *planVisit) confirmForm(draft *register.PlanRevision) *confirmForm {
	form := &confirmForm{
		Action: p.to("/submit/confirm"), Revision: strconv.Itoa(draft.Revision),
		Version: strconv.FormatUint(uint64(p.version()), 10),
		Comment: draft.WrittenComment(),
	}
	if waiting := p.record.Waiting(); waiting != nil {
		form.Replaces = p.T("submit.replaces", page.Args("number", waiting.Revision))
	}
	return form
}

// outdated warns of a workbook that was filled with an older plan than the one in force.
func (p *planVisit) outdated(view *draftView) {
	made, err := strconv.Atoi(p.Address.Query.Get("made_for"))
	if err != nil || made < 0 {
		return
	}
	for _, warning := range p.record.Outdated(made) {
		fault := p.planFault(warning, nil)
		view.Outdated = &fault
	}
}

// planWarnings are what a planner will ask about; nil for nothing.
func (p *planVisit) planWarnings(milestones []programme.Milestone) *planFaultsPart {
	found := p.planning.Warnings(p.entity, milestones)
	if len(found) == 0 {
		return nil
	}
	return &planFaultsPart{
		ID: "warnings", Heading: p.T("submit.warnings", page.Args("n", len(found))),
		Rows: p.planFaults(found, milestones),
	}
}

// confirmDraft submits the draft that the reader has seen, if it is still what stands.
func (v *visit) confirmDraft(rw http.ResponseWriter) error {
	p, err := v.ownPlan(true)
	if err == nil {
		err = page.ReadForm(rw, v.Request, page.ShortForm)
	}
	if err != nil {
		return err
	}
	version, err := page.FormVersion(v.Request.PostForm)
	if err == nil && version == 0 { // 0 asks for no check
		err = programme.ErrInvalid
	}
	if err != nil {
		return err
	}
	comment, revision := v.Request.PostForm.Get("comment"), revisionNumber(v.Request.PostForm.Get("revision"))
	change := register.Change{Reason: comment, Version: version}
	outcome, err := p.plan().SubmitDraft(v.Request.Context(), act.By{Who: v.Reader.Principal}, change, revision)
	switch err = page.Noted(v.Request.Context(), &outcome, err); {
	case err == nil:
		return v.Confirmed(rw, p.to("/submit", "done", "submitted"))
	case errors.Is(err, register.ErrUnchanged): // the same was submitted before
		page.Redirect(rw, v.Request, p.to("/submit", "done", "unchanged"))
		return nil
	default:
		return p.draftRefused(rw, err, comment)
	}
}

// draftRefused shows the draft as it stands now, with why it was not submitted and with what was typed.
func (p *planVisit) draftRefused(rw http.ResponseWriter, err error, comment string) error {
	shown := p.record.StartingPoint()
	answer, err := p.Refused(page.RefusedForm{Decided: "submit.conflict", Present: p.to("/submit")}, err)
	if err == nil && shown == nil {
		err = programme.ErrNotFound
	}
	if err != nil {
		return err
	}
	view := p.draftView(shown)
	if view.Confirm == nil {
		view.Confirm = p.confirmForm(shown)
	}
	view.Confirm.Comment, view.FormNotes = comment, answer.FormNotes
	if faults := answer.Found(); len(faults) > 0 { // its table says what the alert would
		rows := p.planFaults(faults, shown.Milestones)
		view.Alert = ""
		view.Faults = &planFaultsPart{
			ID: "faults", Heading: p.T("submit.faults", page.Args("n", len(rows))), Grave: true, Rows: rows,
		}
		for _, fault := range faults {
			view.Confirm.CommentFault = view.Confirm.CommentFault || fault.Within("comment")
		}
	}
	return p.NoStore(rw, answer.Status, "submit_draft", view)
}
