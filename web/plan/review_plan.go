package plan

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"mirsad/internal/act"
	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/web/page"
)

// reviewPlanView is a submitted revision beside the plan in force, with the form that decides on it.
type reviewPlanView struct {
	frame
	page.FormNotes

	Up            page.Link
	Heading, Lead string
	Comment       string // the entity's
	Warnings      *planFaultsPart
	Changes       *planChanges
	// Decision is the form; nil for who only reads and where nothing is to be decided, for the reason in Closed.
	Decision *decisionForm
	Closed   string
	History  []planRevisionRow
}

// decisionForm approves a revision or sends it back.
type decisionForm struct {
	Action              string
	Comment, ApprovedOn page.Field
}

// reviewNotices are what the page says after a form, by the done of its address.
var reviewNotices = map[string]string{"approved": "review.done.approved", "returned": "review.done.returned"}

// reviewed returns the visit of a page about a submitted revision.
func (v *visit) reviewed() (*planVisit, *register.PlanRevision, error) {
	if !v.reviews() {
		return nil, nil, programme.ErrForbidden
	}
	p, err := v.planOf(v.Parameter("entity"))
	if err != nil {
		return nil, nil, err
	}
	revision := p.record.Revision(revisionNumber(v.Parameter("revision")))
	if revision == nil || revision.State == programme.PlanDraft {
		return nil, nil, programme.ErrNotFound
	}
	return p, revision, nil
}

func (v *visit) reviewPlan(rw http.ResponseWriter) error {
	p, revision, err := v.reviewed()
	if err != nil {
		return err
	}
	view := p.reviewPlanView(revision, url.Values{"approved_on": {p.planning.On.String()}})
	if key := reviewNotices[v.Address.Query.Get("done")]; key != "" {
		view.Notice = p.T(key)
	}
	switch {
	case revision.State != programme.PlanSubmitted:
		view.Closed = p.T(
			"review.closed."+string(revision.State),
			page.Args(
				"actor", page.Isolated(p.ActorName(revision.Last().Actor)), "at", p.Instant(revision.Last().RecordedAt, p.Zone),
			),
		)
		view.closed()
	case !p.decidesPlans():
		view.closed()
	case revision.WrittenBy(p.Reader.ID):
		view.Closed = p.T("review.own")
		view.closed()
	}
	return v.NoStore(rw, http.StatusOK, "review_plan", view)
}

// closed takes the form away.
func (view *reviewPlanView) closed() {
	view.Decision, view.Changes.Returning = nil, false
	for i := range view.Changes.Rows {
		view.Changes.Rows[i].Return = nil
	}
}

func (p *planVisit) reviewPlanView(revision *register.PlanRevision, values url.Values) *reviewPlanView {
	p.Figures = nil
	heading := p.T(
		"review.heading", page.Args("entity", page.Isolated(p.EntityName(p.entity)), "number", revision.Revision),
	)
	view := &reviewPlanView{
		frame: p.frame(heading), Heading: heading,
		Up: page.Link{Text: p.T("review.title"), Address: p.Address.To("/review")},
		Lead: p.T(
			"review.submitted",
			page.Args(
				"actor", page.Isolated(p.ActorName(submission(revision).Actor)), "at",
				p.Instant(submission(revision).RecordedAt, p.Zone),
			),
		),
		Comment: submission(revision).Comment, Changes: p.planChanges(p.standingBefore(revision), revision.Milestones),
		History: p.revisions(),
		Decision: &decisionForm{
			Action:     "/" + string(p.Language) + p.reviewPath(revision.Revision),
			Comment:    p.decisionComment(values),
			ApprovedOn: p.formField(values, "approved_on", "date", p.T("submit.field.approved_on")),
		},
	}
	if revision.State == programme.PlanSubmitted {
		view.Warnings = p.planWarnings(revision.Milestones)
	}
	view.Changes.Returning = true
	for i := range view.Changes.Rows {
		row := &view.Changes.Rows[i]
		if row.Kind == string(register.PlanDropped) {
			continue // only what is in the revision can be sent back
		}
		row.Return = p.returnForm(i, row, values)
	}
	return view
}

// returnForm is the form of a row of the difference.
func (p *planVisit) returnForm(place int, row *planChangeRow, values url.Values) *returnForm {
	tick := page.NewField(
		"return."+row.Code, "checkbox", p.T("review.return_one", page.Args("service", page.Isolated(row.Service))), "",
	)
	tick.ID, tick.Checked = "return-"+strconv.Itoa(place), values.Get(tick.Name) != ""
	why := page.NewField("why."+row.Code, "text", p.T("review.why"), values.Get("why."+row.Code))
	why.ID = "why-" + strconv.Itoa(place)
	return &returnForm{Tick: page.Optional(tick), Why: page.Optional(why)}
}

// decisionComment is the field for what the planner says to the whole revision.
func (p *planVisit) decisionComment(values url.Values) page.Field {
	comment := page.Optional(p.formField(values, "comment", "text", p.T("review.comment")))
	comment.Hint = p.T("review.comment_hint")
	return comment
}

// submission is the step by which a revision was submitted last.
func submission(revision *register.PlanRevision) *register.PlanStep {
	for i := len(revision.Steps) - 1; i >= 0; i-- {
		if revision.Steps[i].Kind == programme.PlanSubmitted {
			return &revision.Steps[i]
		}
	}
	return revision.Last()
}

// standingBefore are the milestones of the plan that was in force when a revision was decided on, or is while it waits.
func (p *planVisit) standingBefore(revision *register.PlanRevision) []programme.Milestone {
	if revision.State == programme.PlanSubmitted {
		return p.record.Planned()
	}
	var before *register.PlanRevision
	for i := range p.record.Revisions {
		each := &p.record.Revisions[i]
		if each.State == programme.PlanApproved && each.Last().Seq < revision.Last().Seq &&
			(before == nil || each.Last().Seq > before.Last().Seq) {
			before = each
		}
	}
	if before == nil {
		return nil
	}
	return before.Milestones
}

// decideOnPlan approves a revision, whole or but for the milestones that go back, or sends it back.
func (v *visit) decideOnPlan(rw http.ResponseWriter) error {
	p, revision, err := v.reviewed()
	if err == nil && !p.decidesPlans() {
		err = programme.ErrForbidden
	}
	if err == nil {
		err = page.ReadForm(rw, v.Request, page.LongForm)
	}
	if err != nil {
		return err
	}
	decision, unread := readDecision(revision, v.Request.PostForm)
	// a key was pressed in a field: that decides nothing
	if act := v.Request.PostForm.Get("act"); act != "approve" && act != "return" {
		view := p.reviewPlanView(revision, v.Request.PostForm)
		view.Alert = p.T("review.choose")
		return v.NoStore(rw, http.StatusUnprocessableEntity, "review_plan", view)
	}
	if err = p.recordDecision(decision, unread); err == nil {
		done := map[bool]string{true: "approved", false: "returned"}[decision.Approve]
		page.Redirect(rw, v.Request, p.Address.To(p.reviewPath(revision.Revision), "done", done))
		return nil
	}
	return p.decisionRefused(rw, revision, decision, err)
}

// recordDecision records the decision; what could not be read is told with everything else that is wrong.
func (p *planVisit) recordDecision(decision register.PlanDecision, unread []programme.Fault) error {
	ctx := p.Request.Context()
	outcome, err := p.plan().Decide(ctx, act.By{Who: p.Reader.Principal, Unread: unread}, decision)
	return page.Noted(ctx, &outcome, err)
}

// readDecision reads the form; a comment on a milestone that is not ticked is a fault, so that it is not lost unseen.
func readDecision(revision *register.PlanRevision, form url.Values) (register.PlanDecision, []programme.Fault) {
	var unread []programme.Fault
	d := register.PlanDecision{
		Revision: revision.Revision, Approve: form.Get("act") == "approve", Comment: page.FormText(form, "comment"),
		ApprovedOn: page.FormDate(form, "approved_on", &unread),
	}
	if !d.Approve {
		unread = nil
	}
	for i := range revision.Milestones {
		code := revision.Milestones[i].Code
		ticked, why := form.Get("return."+code) != "", page.FormText(form, "why."+code)
		switch {
		case ticked:
			d.Returned = append(d.Returned, programme.ReturnedMilestone{Milestone: code, Comment: why})
		case why != "" && d.Approve:
			unread = append(unread, programme.Fault{Field: "why." + code, Kind: "not_ticked"})
		}
	}
	return d, unread
}

// decisionRefused shows the revision again with why nothing was decided, and with what was typed.
func (p *planVisit) decisionRefused(
	rw http.ResponseWriter, revision *register.PlanRevision, decision register.PlanDecision, err error,
) error {
	answer, err := p.Refused(page.RefusedForm{
		Decided: "review.conflict", Present: p.Address.To(p.reviewPath(revision.Revision)), Own: "review.own",
		Fault: func(fault programme.Fault) page.FormFault {
			row := p.planFault(fault, nil)
			return page.FormFault{
				Field: decisionField(&decision, fault.Field), Words: row.What + " " + row.Remedy, Fault: fault,
			}
		},
	}, err)
	if err != nil {
		return err
	}
	view := p.reviewPlanView(revision, p.Request.PostForm)
	for _, other := range page.Beside(view.fields(), answer.Faults) {
		answer.Others = append(answer.Others, other.Words)
	}
	view.FormNotes = answer.FormNotes
	return p.NoStore(rw, answer.Status, "review_plan", view)
}

// fields lists every field of the form.
func (view *reviewPlanView) fields() []*page.Field {
	list := []*page.Field{&view.Decision.Comment, &view.Decision.ApprovedOn}
	for i := range view.Changes.Rows {
		if form := view.Changes.Rows[i].Return; form != nil {
			list = append(list, &form.Why)
		}
	}
	return list
}

// decisionField is the field of the form that a fault of a decision is about: returned.3.comment is why that milestone
// goes back.
func decisionField(decision *register.PlanDecision, of string) string {
	if inside, is := strings.CutPrefix(of, "returned."); is {
		number, _, _ := strings.Cut(inside, ".")
		if at, err := strconv.Atoi(number); err == nil && at < len(decision.Returned) {
			return "why." + decision.Returned[at].Milestone
		}
	}
	return of
}
