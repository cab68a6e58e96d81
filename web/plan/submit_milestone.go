package plan

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"mirsad/internal/act"
	"mirsad/internal/programme"
	"mirsad/internal/register"
	"mirsad/web/page"
)

// milestoneView is the form of one milestone.
type milestoneView struct {
	frame
	page.FormNotes

	Up            page.Link
	Heading, Lead string
	Action        string
	Version       string
	// Code is the milestone's; empty for a new one.
	Code   string
	Groups []fieldGroup
	// Dropping is the field for why the milestone is dropped; nil for a new one.
	Dropping *page.Field
	// Elsewhere are faults that belong to no field of this form.
	Elsewhere *planFaultsPart
}

// fieldGroup is a fieldset of a form.
type fieldGroup struct {
	Legend string
	Fields []page.Field
}

func (v *visit) milestonePage(rw http.ResponseWriter) error {
	p, err := v.ownPlan(false)
	if err == nil && !p.submits() {
		err = programme.ErrForbidden
	}
	if err != nil {
		return err
	}
	if p.entity == "" { // there the entity is chosen
		page.Redirect(rw, v.Request, p.to("/submit"))
		return nil
	}
	code := v.Address.Query.Get("milestone")
	values := url.Values{}
	if code != "" {
		m := p.record.StartingPoint().Milestone(code)
		if m == nil {
			return register.ErrNoMilestone
		}
		values = milestoneValues(m)
	}
	view := p.milestoneView(code, values)
	return v.NoStore(rw, http.StatusOK, "submit_milestone", view)
}

func (p *planVisit) milestoneView(code string, values url.Values) *milestoneView {
	p.Address.Path, p.Figures = "/submit/milestone", nil
	heading := p.T("submit.milestone.new")
	if m := p.record.StartingPoint().Milestone(code); m != nil {
		heading = p.T(
			"submit.milestone.heading",
			page.Args("service", page.Isolated(p.plannedService(m)), "level", p.LevelName(m.Level)),
		)
	}
	view := &milestoneView{
		frame: p.frame(heading), Heading: heading, Lead: p.T("submit.milestone.lead"),
		Action: p.to("/submit/milestone"), Code: code,
		Up: page.Link{
			Text:    p.T("submit.heading", page.Args("entity", page.Isolated(p.EntityName(p.entity)))),
			Address: p.to("/submit"),
		},
		Groups: p.milestoneFields(values), Version: strconv.FormatUint(uint64(p.version()), 10),
	}
	if code != "" {
		dropping := page.Optional(p.formField(values, "dropping", "text", p.T("submit.milestone.dropping")))
		view.Dropping = &dropping
	}
	return view
}

// sentMilestone is a form of a milestone as it was sent.
type sentMilestone struct {
	register.MilestoneChange

	values url.Values
	// dependsOn names the fields that the dependencies came from.
	dependsOn []string
	// at is the milestone's place in the plan, milestones are the whole plan with the change.
	at         int
	milestones []programme.Milestone
}

func (v *visit) saveMilestone(rw http.ResponseWriter) error {
	p, err := v.ownPlan(true)
	if err == nil {
		err = page.ReadForm(rw, v.Request, page.ShortForm)
	}
	var version uint32
	if err == nil {
		version, err = page.FormVersion(v.Request.PostForm)
	}
	if err != nil {
		return err
	}
	sent := readMilestone(v.Request.PostForm)
	outcome, err := p.plan().KeepMilestone(
		v.Request.Context(), act.By{Who: v.Reader.Principal}, version, sent.MilestoneChange,
	)
	switch err = page.Noted(v.Request.Context(), &outcome, err); {
	case err == nil:
		page.Redirect(rw, v.Request, p.to("/submit/draft", "done", "kept"))
		return nil
	case errors.Is(err, register.ErrUnchanged) && p.record.Draft() != nil:
		page.Redirect(rw, v.Request, p.to("/submit/draft", "done", "unchanged"))
		return nil
	case errors.Is(err, register.ErrUnchanged):
		page.Redirect(rw, v.Request, p.to("/submit", "done", "unchanged"))
		return nil
	default:
		return p.milestoneRefused(rw, sent, err)
	}
}

// milestoneRefused shows the form again with what is wrong beside its fields; faults of other milestones are in a
// table.
func (p *planVisit) milestoneRefused(rw http.ResponseWriter, sent *sentMilestone, err error) error {
	sent.milestones, sent.at = sent.In(p.record.StartingPoint())
	if faults, are := asFaults(err); are {
		err = &programme.FaultsError{Faults: withoutMadeCodes(faults, sent.milestones)}
	}
	answer, err := p.Refused(page.RefusedForm{
		Decided: "submit.conflict", Present: p.to("/submit"),
		Fault: func(fault programme.Fault) page.FormFault {
			row := p.planFault(fault, sent.milestones)
			return page.FormFault{Field: sent.fieldName(fault.Field), Words: row.What + " " + row.Remedy, Fault: fault}
		},
	}, err)
	if err != nil {
		return err
	}
	view := p.milestoneView(sent.Code, sent.values)
	view.Version, view.FormNotes = sent.values.Get("version"), answer.FormNotes
	if others := page.Beside(view.fields(), answer.Faults); len(others) > 0 {
		rows := page.Each(others, func(f page.FormFault) planFault { return p.planFault(f.Fault, sent.milestones) })
		view.Elsewhere = &planFaultsPart{
			ID: "others", Heading: p.T("submit.milestone.others", page.Args("n", len(rows))), Grave: true, Rows: rows,
		}
	}
	return p.NoStore(rw, answer.Status, "submit_milestone", view)
}

// fields lists every field of the form.
func (m *milestoneView) fields() []*page.Field {
	var list []*page.Field
	for i := range m.Groups {
		list = append(list, page.Pointers(m.Groups[i].Fields)...)
	}
	if m.Dropping != nil {
		list = append(list, m.Dropping)
	}
	return list
}

// fieldName is the field of the form that a fault is about; "" when it is none of this milestone's.
func (s *sentMilestone) fieldName(of string) string {
	if of == "comment" {
		return "dropping"
	}
	at, rest := milestoneField(of)
	if at != s.at || s.Dropped {
		return ""
	}
	first, second, _ := strings.Cut(rest, ".")
	number, _, _ := strings.Cut(second, ".")
	place, err := strconv.Atoi(number)
	switch {
	case first == "phases" && err == nil && place < len(s.Milestone.Phases):
		return "phases." + string(s.Milestone.Phases[place].Phase)
	case first == "depends_on" && err == nil && place < len(s.dependsOn):
		return s.dependsOn[place]
	case first == "depends_on":
		return "depends_on.0"
	case first == "code", first == "proposed" && second == "":
		return "service"
	case first == "service" && s.values.Get("service") == "":
		return "new_service"
	default:
		return rest
	}
}
